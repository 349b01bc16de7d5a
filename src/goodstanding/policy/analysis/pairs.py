"""Two clauses at a time: which overlap, which adds nothing, which contradict each other.

Only clauses that read a common fact are held against each other: others can always be met or not met apart. Clauses
that restrict different things, or differ in what evidence they take, never make one another redundant.
"""

from __future__ import annotations

from datetime import timedelta
from itertools import combinations
from typing import TYPE_CHECKING

from goodstanding.clause.logic import values as lv
from goodstanding.clause.logic.reading import Example, Impossible, NotKnown
from goodstanding.clause.model import Verdict
from goodstanding.policy.analysis.clauses import remark
from goodstanding.policy.analysis.model import Kind, Remark, Severity
from goodstanding.policy.analysis.scene import readable
from goodstanding.policy.model import Clause, ClauseKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from goodstanding.clause.logic.reading import Answer
    from goodstanding.clause.vocabulary import Vocabulary
    from goodstanding.kernel.grades import Grade
    from goodstanding.policy.analysis.scene import PolicyScene, Prepared
    from goodstanding.policy.model import Policy

_STOPPING = frozenset({ClauseKind.RESTRICTION, ClauseKind.ENTRY_REQUIREMENT})


class Pairs:
    """The clauses of one policy that can be met and are not always met, two by two."""

    def __init__(self, clauses: Iterable[Clause], policy: Policy, scene: PolicyScene) -> None:
        """`clauses` are those that can be reasoned about."""
        self._clauses = tuple(clause for clause in clauses if readable(clause))
        self._policy = policy
        self._scene = scene

    def remarks(self) -> Iterator[Remark]:
        """Everything found."""
        for one, other in combinations(self._clauses, 2):
            if not _share_facts(one, other):
                continue
            if {one.kind, other.kind} <= _STOPPING and not (one.hold_only or other.hold_only):
                found = self._no_way(one, other)
                if found is not None:
                    yield found
                    continue
            if one.kind is other.kind is ClauseKind.RESTRICTION and _comparable(one, other):
                yield from self._overlap(one, other)
        for exemption in self._clauses:
            if exemption.kind is ClauseKind.EXEMPTION:
                yield from self._lifted(exemption)

    def _overlap(self, one: Clause, other: Clause) -> Iterator[Remark]:
        """Which of two restrictions adds nothing to the other, or that both are met in one case."""
        if self._adds_nothing(one, other):
            same = self._adds_nothing(other, one)
            yield _redundant(other, one, same=True) if same else _redundant(one, other)
        elif self._adds_nothing(other, one):
            yield _redundant(other, one)
        else:
            together = self._ask([self._scene.acts(one), self._scene.acts(other)], one, other)
            if isinstance(together, Example):
                message = f"one case can meet this and `{other.id}`, on facts that both read"
                case = self._scene.case(together, [one, other])
                yield remark(one, Kind.OVERLAPPING, Severity.NOTE, message, other=other.id, example=case)
            elif isinstance(together, NotKnown):
                message = f"it is not known whether one case can meet this and `{other.id}`: the question is too hard"
                yield remark(one, Kind.DONT_KNOW, Severity.NOTE, message, other=other.id)

    def _adds_nothing(self, one: Clause, other: Clause) -> bool:
        """Whether `other` does all that `one` does, wherever and for as long as `one` does it."""
        if not milder(one, other, self._scene.vocabulary):
            return False
        (acting, parts), (elsewhere, more) = self._scene.acts(one), self._scene.acts(other)
        apart: Prepared = (lv.conj((acting, lv.neg(elsewhere))), (*parts, *more))
        if not isinstance(self._ask([apart], one), Impossible):
            return False
        return other.ends is None or (one.ends is not None and self._ends_sooner(one, other))

    def _ends_sooner(self, one: Clause, other: Clause) -> bool:
        """Whether whatever ends `other` ends `one`."""
        assert one.ends is not None, one.id  # asked by `_adds_nothing`
        assert other.ends is not None, other.id
        ended, lasting = self._scene.scene.formulas(other.ends), self._scene.scene.formulas(one.ends)
        apart = (lv.conj((ended.met, lasting.not_met)), (ended, lasting))
        return isinstance(self._scene.ask(self._policy, [apart], lambda _: True), Impossible)

    def _ask(self, wanted: Iterable[Prepared], *acting: Clause) -> Answer:
        """Ask for a case on which the clauses act."""
        return self._scene.ask(
            self._policy, wanted, lambda example: all(self._scene.acts_on(clause, example) for clause in acting)
        )

    def _no_way(self, one: Clause, other: Clause) -> Remark | None:
        """Whether two clauses leave nobody a way to comply with both, where both act."""
        wanted = [self._scene.box(one), self._scene.box(other), self._free(one), self._free(other)]
        if not set(one.restricts) & set(other.restricts):
            return None
        if not isinstance(self._scene.ask(self._policy, wanted[:2], lambda _: True), Example):
            return None
        answer = self._scene.ask(self._policy, wanted, lambda _: True)
        if not isinstance(answer, Impossible):
            return None
        message = f"nobody can comply with this and `{other.id}`: what one asks for, the other stops"
        hint = "let one of the two exempt what the other asks for"
        return remark(one, Kind.NO_WAY_TO_COMPLY, Severity.FAULT, message, other=other.id, hint=hint)

    def _free(self, clause: Clause) -> Prepared:
        """That a clause does not act: it is not met, or its requirement is."""
        assert clause.condition is not None, clause.id  # it would not be readable
        formulas = self._scene.scene.formulas(clause.condition)
        return (formulas.met if clause.kind is ClauseKind.ENTRY_REQUIREMENT else formulas.not_met), (formulas,)

    def _lifted(self, exemption: Clause) -> Iterator[Remark]:
        """What an exemption does to the clauses that it lifts."""
        for clause in self._clauses:
            if clause.id not in exemption.lifts or clause.condition is None or exemption.condition is None:
                continue
            lifting = self._scene.scene.formulas(exemption.condition)
            lifted = self._scene.scene.formulas(clause.condition)
            together = lv.conj((lifting.met, lifted.met))
            alone = lv.conj((lifted.met, lifting.not_met))
            if isinstance(self._both(together, exemption, clause, Verdict.MET), Impossible):
                message = f"it lifts `{clause.id}` and can never be met together with it"
                hint = "mend the condition, or take the clause out of `lifts`"
                yield remark(exemption, Kind.NEVER_LIFTS, Severity.FAULT, message, other=clause.id, hint=hint)
            elif isinstance(self._both(alone, exemption, clause, Verdict.NOT_MET), Impossible):
                message = f"it lifts `{clause.id}` whenever that clause is met"
                hint = "narrow the exemption, or remove the clause"
                yield remark(exemption, Kind.ALWAYS_LIFTED, Severity.FAULT, message, other=clause.id, hint=hint)

    def _both(self, guard: lv.Guard, exemption: Clause, clause: Clause, verdict: Verdict) -> Answer:
        """Ask for a case that meets a clause and has a verdict on its exemption."""
        conditions = [(exemption.condition, verdict), (clause.condition, Verdict.MET)]
        parts = tuple(self._scene.scene.formulas(one) for one, _ in conditions if one is not None)
        return self._scene.ask(
            self._policy,
            [(guard, parts)],
            lambda example: all(self._scene.verdict(one, example) is its for one, its in conditions if one is not None),
        )


def milder(one: Clause, other: Clause, vocabulary: Vocabulary) -> bool:
    """Whether a clause does nothing that another does not do as well, where both are met, on the same evidence."""
    return (
        set(one.restricts) <= set(other.restricts)
        and (other.hold is not None if one.hold is not None else True)
        and (one.strike or timedelta(0)) <= (other.strike or timedelta(0))
        and one.notice >= other.notice
        and (one.overridable or not other.overridable)
        and all(
            set(accepted(one, *pair, vocabulary)) <= set(accepted(other, *pair, vocabulary)) for pair in _reads(one)
        )
    )


def accepted(clause: Clause, root: str, name: str, vocabulary: Vocabulary) -> tuple[Grade, ...]:
    """The grades of evidence that a clause takes for a fact at one of its variables."""
    if root in clause.needs:
        return clause.needs[root]
    kinds = dict(clause.condition.variables) if clause.condition else {}
    entity = vocabulary.entity(kinds.get(root, root))
    fact = entity.fact(name.partition(".")[0]) if entity else None
    return fact.accepts if fact else ()


def _reads(clause: Clause) -> tuple[tuple[str, str], ...]:
    return clause.condition.reads if clause.condition else ()


def _share_facts(one: Clause, other: Clause) -> bool:
    """Whether two clauses read a common fact."""
    facts = [set(clause.condition.facts) if clause.condition else set() for clause in (one, other)]
    return bool(facts[0] & facts[1])


def _comparable(one: Clause, other: Clause) -> bool:
    """Whether two restrictions switch off a common thing, in the same way, for the same subject."""
    same = one.reach is other.reach and one.hold_only is other.hold_only
    return same and bool(set(one.restricts) & set(other.restricts))


def _redundant(one: Clause, other: Clause, *, same: bool = False) -> Remark:
    """The remark on a clause that adds nothing to another."""
    what = "says the same as" if same else "adds nothing to"
    message = f"it {what} `{other.id}`: every case of it is a case of that clause, which does as much"
    hint = "remove one of the two, or let them do different things"
    return remark(one, Kind.REDUNDANT, Severity.FAULT, message, other=other.id, hint=hint)
