"""Two versions of a policy: what the new one newly catches or releases, clause by clause and for each capability.

Catching is compared at one point (territory, topic, audience) for one capability, so that a wider territory counts as
much as a wider condition. A clause that reaches further while its public text stays as it was is silently widened: the
people who read the policy could not know.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from goodstanding.clause.logic import values as lv
from goodstanding.clause.logic.reading import Example, Impossible
from goodstanding.clause.model import Verdict
from goodstanding.kernel.extents import Extent
from goodstanding.policy.analysis.clauses import remark
from goodstanding.policy.analysis.model import Case, Change, Difference, Kind, Remark, Severity
from goodstanding.policy.analysis.pairs import accepted
from goodstanding.policy.analysis.scene import exemptions_of, readable
from goodstanding.policy.model import Clause, ClauseKind, Reach

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from goodstanding.clause.logic.reading import Answer
    from goodstanding.clause.tree import Condition
    from goodstanding.kernel.scope import Capability
    from goodstanding.policy.analysis.scene import PolicyScene, Prepared
    from goodstanding.policy.model import Policy

_EXTENT = list(Reach)
"""From the narrowest reach to the widest."""


class _Side(NamedTuple):
    """A clause in its policy."""

    clause: Clause
    policy: Policy


class Versions:
    """The comparison; `remarks` grows on the way."""

    def __init__(self, new: Policy, old: Policy, scene: PolicyScene) -> None:
        """Take both versions, read in one scene."""
        self._new = new
        self._old = old
        self._scene = scene
        self.remarks: list[Remark] = []

    def by_clause(self) -> Iterator[Change]:
        """Each clause that both versions have and that was changed, and those that only one has."""
        before = {clause.id: clause for clause in self._old.clauses}
        for clause in self._new.clauses:
            earlier = before.pop(clause.id, None)
            if earlier is None or earlier.kind is not clause.kind:
                if clause.kind is not ClauseKind.PUBLISHED_ONLY:
                    self._note(clause, Kind.ADDED, "it is new in this version")
            elif readable(clause) and readable(earlier) and _differs(clause, earlier):
                yield self._clause(clause, earlier)
        for gone in before.values():
            if gone.kind is not ClauseKind.PUBLISHED_ONLY:
                self._note(gone, Kind.REMOVED, "this version no longer has it")

    def by_capability(self) -> Iterator[Change]:
        """The two versions as a whole."""
        for capability in dict.fromkeys((*self._new.capabilities, *self._old.capabilities)):
            new, old = self._acting(self._new, capability), self._acting(self._old, capability)
            caught, released = self._more(new, old), self._more(old, new)
            yield _change(capability, caught, released)

    def of(self, new: Clause | None, old: Clause | None) -> Change:
        """One clause that differs or that only one version has, without a remark; what can't be read is not known."""
        either = new or old
        assert either is not None  # a difference is one of a clause
        new, old = (None if one and one.kind is ClauseKind.PUBLISHED_ONLY else one for one in (new, old))
        both = [one for one in (new, old) if one is not None]
        lifting = {one.kind is ClauseKind.EXEMPTION for one in both}
        if len(lifting) > 1 or not all(readable(one) for one in both):
            return Change(what=either.id, catches=Difference.DONT_KNOW, releases=Difference.DONT_KNOW)
        stricter = tuple(self._words(new, old)) if new is not None and old is not None else ()
        change = _change(either.id, self._beyond(new, old), self._beyond(old, new))
        return msgspec.structs.replace(change, stricter=stricter)

    def _clause(self, new: Clause, old: Clause) -> Change:
        """One clause in both versions."""
        caught, released = self._beyond(new, old), self._beyond(old, new)
        widened = [*self._words(new, old)]
        change = msgspec.structs.replace(_change(new.id, caught, released), stricter=tuple(widened))
        stricter, looser = (released, caught) if new.kind is ClauseKind.EXEMPTION else (caught, released)
        if stricter[0] is Difference.YES:
            what = "lifts less than before" if new.kind is ClauseKind.EXEMPTION else "catches more than before"
            widened.insert(0, what)
        if widened:
            self._widened(new, old, widened, stricter[1])
        elif looser[0] is Difference.YES:
            what = "lifts more than before" if new.kind is ClauseKind.EXEMPTION else "catches less than before"
            self._note(new, Kind.NARROWED, f"it {what}", example=looser[1])
        if Difference.DONT_KNOW in {change.catches, change.releases}:
            self._note(new, Kind.DONT_KNOW, "it is not known what its change catches or releases: too hard a question")
        return change

    def _widened(self, new: Clause, old: Clause, how: Sequence[str], example: Case | None) -> None:
        """A clause that became stricter."""
        message = f"it {', and it '.join(how)}"
        if new.text_digest != old.text_digest:
            self._note(new, Kind.WIDENED, message, example=example)
            return
        hint = "say in the text of the clause what is new, or take it back"
        message += ", and its public text is what it was"
        more = {"example": example, "hint": hint}
        self.remarks.append(remark(new, Kind.SILENTLY_WIDENED, Severity.FAULT, message, **more))

    def _words(self, new: Clause, old: Clause) -> Iterator[str]:
        """What became stricter beside the condition and the place."""
        if set(new.restricts) - set(old.restricts):
            yield "restricts more"
        if new.reach and old.reach and _EXTENT.index(new.reach) > _EXTENT.index(old.reach):
            yield f"reaches the {new.reach} instead of the {old.reach}"
        if old.overridable and not new.overridable:
            yield "can no longer be lifted"
        if (new.hold or timedelta(0)) > (old.hold or timedelta(0)):
            yield "holds longer"
        if (new.strike or timedelta(0)) > (old.strike or timedelta(0)):
            yield "counts a strike for longer"
        if new.notice < old.notice:
            yield "gives less notice"
        if new.kind is not ClauseKind.EXEMPTION and self._takes_more_evidence(new, old):
            yield "takes evidence that it did not take before"
        if new.kind is not ClauseKind.EXEMPTION and self._lasts_longer(new, old):
            yield "lasts longer"

    def _takes_more_evidence(self, new: Clause, old: Clause) -> bool:
        """Whether a fact that both read may now rest on evidence of another grade."""
        words = self._scene.vocabulary
        both = set(new.condition.reads if new.condition else ()) & set(old.condition.reads if old.condition else ())
        return any(set(accepted(new, *pair, words)) - set(accepted(old, *pair, words)) for pair in both)

    def _lasts_longer(self, new: Clause, old: Clause) -> bool:
        """Whether something that ended the old clause does not end the new one."""
        if old.ends is None or (new.ends is not None and new.ends.source == old.ends.source):
            return False
        if new.ends is None:
            return True
        ended, lasting = self._scene.scene.formulas(old.ends), self._scene.scene.formulas(new.ends)
        apart = (lv.conj((ended.met, lasting.not_met)), (ended, lasting))
        verdicts = ((old.ends, Verdict.MET), (new.ends, Verdict.NOT_MET))

        def confirmed(example: Example) -> bool:
            return all(self._scene.verdict(one, example) is its for one, its in verdicts)

        return isinstance(self._scene.ask(self._new, [apart], confirmed), Example)

    def _beyond(self, one: Clause | None, other: Clause | None) -> tuple[Difference, Case | None]:
        """What a clause acts on and another version of it does not; what is not there acts on nothing."""
        if one is None:
            return Difference.NO, None
        acting, parts = self._scene.acts(one)
        elsewhere, more = self._scene.acts(other) if other is not None else (False, ())
        answer = self._scene.ask(
            self._new,
            [(lv.conj((acting, lv.neg(elsewhere))), (*parts, *more))],
            lambda example: (
                self._scene.acts_on(one, example) and not (other is not None and self._scene.acts_on(other, example))
            ),
        )
        read = [one] if other is None else [one, other]
        return self._told(answer, lambda example: self._scene.case(example, read))

    def _acting(self, policy: Policy, capability: Capability) -> tuple[_Side, ...]:
        """The clauses of a version that can take a capability away."""
        return tuple(
            _Side(clause, policy) for clause in policy.clauses if capability in clause.restricts and readable(clause)
        )

    def _more(self, ones: Sequence[_Side], others: Sequence[_Side]) -> tuple[Difference, Case | None]:
        """What is caught by some clauses and by none of some others."""
        changed = [one for one in ones if not any(_same(one, other) for other in others)]
        if not changed:
            return Difference.NO, None
        catching = [self._scene.catches(*one) for one in changed]
        sparing = [self._scene.catches(*other) for other in others]
        wanted: Prepared = (
            lv.conj((lv.disj(guard for guard, _ in catching), *(lv.neg(guard) for guard, _ in sparing))),
            tuple(part for _, parts in (*catching, *sparing) for part in parts),
        )
        answer = self._scene.ask(
            self._new,
            [wanted],
            lambda example: (
                any(self._scene.catches_example(*one, example) for one in changed)
                and not any(self._scene.catches_example(*other, example) for other in others)
            ),
        )
        return self._told(answer, lambda example: self._caught_by(changed, example))

    def _caught_by(self, sides: Sequence[_Side], example: Example) -> Case:
        """An example in the words of the clause that catches it."""
        catching = next(side.clause for side in sides if self._scene.catches_example(*side, example))
        return self._scene.case(example, [catching])

    def _told(self, answer: Answer, tell: Callable[[Example], Case]) -> tuple[Difference, Case | None]:
        if isinstance(answer, Example):
            return Difference.YES, tell(answer)
        return (Difference.NO if isinstance(answer, Impossible) else Difference.DONT_KNOW), None

    def _note(self, clause: Clause, kind: Kind, message: str, **more: object) -> None:
        self.remarks.append(remark(clause, kind, Severity.NOTE, message, **more))


def _change(what: str, caught: tuple[Difference, Case | None], released: tuple[Difference, Case | None]) -> Change:
    return Change(what=what, catches=caught[0], caught=caught[1], releases=released[0], released=released[1])


def _source(condition: Condition | Extent | None) -> object:
    return condition if condition is None or isinstance(condition, Extent) else condition.source


def _meaning(clause: Clause) -> tuple[object, ...]:
    """Everything about a clause that a machine reads."""
    computed = (clause.when, clause.requires, clause.ends, clause.territory, clause.topics, clause.audience)
    plain = (
        clause.kind,
        clause.reach,
        clause.each,
        clause.restricts,
        clause.overridable,
        clause.hold,
        clause.hold_only,
    )
    rest = (clause.notice, clause.strike, clause.lifts, sorted(clause.needs.items()))
    return (*map(_source, computed), *plain, *rest)


def _differs(one: Clause, other: Clause) -> bool:
    return _meaning(one) != _meaning(other)


def _same(one: _Side, other: _Side) -> bool:
    """Whether two clauses mean the same, exemptions included."""
    if one.clause.id != other.clause.id or _differs(one.clause, other.clause):
        return False
    lifting = [[_meaning(exemption) for exemption in exemptions_of(*side)] for side in (one, other)]
    return lifting[0] == lifting[1]
