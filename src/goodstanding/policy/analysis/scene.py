"""A policy, or two versions of one, as a scene that questions can be asked about.

Every clause is read for the same subject: one ad, its account, its owner, and one entity that `each` binds, which
stands on its list. A question also speaks of one point: a territory, a topic and an audience, so that what a clause
does is compared where it does it. What an example says is held against the verdict reading, never against Z3 again.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from goodstanding.clause.logic import values as lv
from goodstanding.clause.logic.bounds import Bound
from goodstanding.clause.logic.reading import Answer, Example, Formulas, Scene, refusals
from goodstanding.clause.logic.values import EPOCH, MICROSECOND, Guard
from goodstanding.clause.model import Cell, Verdict
from goodstanding.clause.prose.reading import say_cells
from goodstanding.clause.prose.wording import bare, label_of
from goodstanding.clause.tree import Type
from goodstanding.clause.values import EntityRef, ValueType
from goodstanding.clause.verdict import read_verdict, value_of
from goodstanding.kernel.extents import Extent
from goodstanding.policy.analysis.model import Case
from goodstanding.policy.model import Clause, ClauseKind, Reach

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from goodstanding.clause.tree import Condition
    from goodstanding.clause.vocabulary import Vocabulary
    from goodstanding.policy.model import Dimension, Policy

SIDES: Final = {"territory": "in {}", "topics": "about {}", "audience": "to {}"}
_DOMAINS: Final = {"territory": "territory", "topics": "topic", "audience": "audience"}
_NAMES: Final = frozenset(Reach)

Prepared = tuple[Guard, tuple[Formulas, ...]]
"""A guard, and what it is made of."""


class PolicyScene:
    """The clauses that can be reasoned about, in one world."""

    def __init__(self, policies: Sequence[Policy], vocabulary: Vocabulary) -> None:
        """The newest version comes first; its time is the time of the scene."""
        self.vocabulary = vocabulary
        self.policies = policies
        clauses = [clause for policy in policies for clause in policy.clauses]
        conditions = [one for clause in clauses for one in conditions_of(clause) if not refusals(one)]
        self._facts = {pair for condition in conditions for pair in condition.facts}
        names = {name: kind for condition in conditions for name, kind in condition.variables}
        bindings = {name: _entity(name, kind) for name, kind in names.items()}
        named = {name for clause in clauses for side in _extents(clause) for name in side.names or ()}
        self.scene = Scene(vocabulary, conditions, bindings, now=policies[0].in_force_from, texts=sorted(named))
        self.point = {side: self.scene.world.member(domain, f"point {side}") for side, domain in _DOMAINS.items()}

    def period(self, policy: Policy) -> Guard:
        """That it is read while a version is in force."""
        now = self.scene.world.now
        start = now >= (policy.in_force_from - EPOCH) // MICROSECOND
        until = policy.in_force_until
        return start if until is None else lv.conj((start, now < (until - EPOCH) // MICROSECOND))

    def listed(self, clause: Clause) -> Prepared:
        """That the entity that `each` binds stands on its list, where a condition can see that."""
        each = clause.each
        if each is None or (each.root, each.fact) not in self._facts or each.name not in self.scene.bindings:
            return True, ()
        type_ = Type(value=ValueType.LIST, of=Type(value=ValueType.ENTITY, entity=each.kind))
        cell = Cell(_entity(each.root, each.root), each.fact)
        found = self.scene.world.fact(cell, type_)
        assert isinstance(found.value, lv.Items), each  # the vocabulary says that it is a list
        bound = lv.Options(((True, self.scene.bindings[each.name]),))
        guard = lv.conj((found.known, lv.among(bound, found.value)))
        return guard, (Formulas(met=guard, not_met=False, cells=frozenset({cell}), bound=Bound(items=1)),)

    def box(self, clause: Clause) -> Prepared:
        """That the point lies where a clause acts."""
        guards: list[Guard] = []
        parts: list[Formulas] = []
        for side, member in self.point.items():
            said: Dimension = getattr(clause, side)
            if not isinstance(said, Extent):
                formulas = self.scene.lists(said, member)
                guards.append(formulas.met)
                parts.append(formulas)
            elif said.names is not None:
                guards.append(lv.disj(guard for guard, name in member.choices if name in said.names))
        return lv.conj(guards), tuple(parts)

    def acts(self, clause: Clause) -> Prepared:
        """That a clause acts at the point: it is met there, or as an entry requirement not known to be met."""
        assert clause.condition is not None, clause.id  # one that is published only never acts
        formulas = self.scene.formulas(clause.condition)
        held = lv.neg(formulas.met) if clause.kind is ClauseKind.ENTRY_REQUIREMENT else formulas.met
        (listed, seen), (box, sides) = self.listed(clause), self.box(clause)
        return lv.conj((held, listed, box)), (formulas, *seen, *sides)

    def catches(self, clause: Clause, policy: Policy) -> Prepared:
        """That a clause acts at the point and no exemption of its policy lifts it or may lift it."""
        acting, parts = self.acts(clause)
        lifting = [self.scene.formulas(one.when) for one in exemptions_of(clause, policy) if one.when]
        return lv.conj((acting, *(one.not_met for one in lifting))), (*parts, *lifting)

    def ask(
        self, policy: Policy, wanted: Iterable[Prepared], confirm: Callable[[Example], bool], *more: Guard
    ) -> Answer:
        """Look for a case while a version is in force."""
        wanted = list(wanted)
        guards = [self.period(policy), *(guard for guard, _ in wanted), *more]
        about = list(dict.fromkeys(part for _, parts in wanted for part in parts))
        return self.scene.ask(guards, about, confirm=confirm, chosen=self.point)

    def verdict(self, condition: Condition, example: Example) -> Verdict:
        """What the verdict reading says of an example."""
        return read_verdict(condition, self.scene.bindings, example.facts, now=example.now).verdict

    def acts_on(self, clause: Clause, example: Example) -> bool:
        """Whether a clause acts on an example at its point, by the verdict reading."""
        assert clause.condition is not None, clause.id  # as in `acts`
        met = self.verdict(clause.condition, example) is Verdict.MET
        return met is not (clause.kind is ClauseKind.ENTRY_REQUIREMENT) and self._in_box(clause, example)

    def catches_example(self, clause: Clause, policy: Policy, example: Example) -> bool:
        """As `acts_on`, with the exemptions of a policy."""
        lifting = [one.when for one in exemptions_of(clause, policy) if one.when]
        lifted = any(self.verdict(when, example) is not Verdict.NOT_MET for when in lifting)
        return self.acts_on(clause, example) and not lifted

    def _in_box(self, clause: Clause, example: Example) -> bool:
        for side, member in example.chosen.items():
            said: Dimension = getattr(clause, side)
            if isinstance(said, Extent):
                inside = said.contains(member)
            else:
                given = value_of(said, self.scene.bindings, example.facts, now=example.now)
                inside = member in given if isinstance(given, tuple) else member == given
            if not inside:
                return False
        return True

    def case(self, example: Example, clauses: Iterable[Clause], *conditions: Condition) -> Case:
        """An example in words: the facts that decide the conditions of some clauses, and the point where it matters."""
        clauses = list(clauses)
        read = [*(clause.condition for clause in clauses if clause.condition), *conditions]
        cells = dict.fromkeys(cell for condition in read for cell in self._decisive(condition, example))
        about = [
            words.format(label_of(example.chosen[side], _DOMAINS[side], self.vocabulary))
            for side, words in SIDES.items()
            if any(getattr(clause, side) != Extent() for clause in clauses)
        ]
        facts = say_cells(cells, example.facts, self.vocabulary, self.name)
        return Case(facts=tuple(fact[:1].upper() + fact[1:] for fact in facts), about=tuple(about))

    def _decisive(self, condition: Condition, example: Example) -> Iterator[Cell]:
        """The first set of facts that decides a condition, or those that are missing."""
        reading = read_verdict(condition, self.scene.bindings, example.facts, now=example.now)
        yield from (*reading.sufficient[:1], reading.missing)[0]

    def name(self, entity: EntityRef) -> str:
        """What an entity of an example is called."""
        kind = self.vocabulary.entity(entity.kind)
        label = kind.label if kind else entity.kind
        return label if entity.id == "1" else f"{bare(label)} {entity.id}"


def exemptions_of(clause: Clause, policy: Policy) -> Iterator[Clause]:
    """The exemptions of a policy that lift a clause and can be reasoned about."""
    for one in policy.clauses:
        if clause.overridable and clause.id in one.lifts and readable(one):
            yield one


def readable(clause: Clause) -> bool:
    """Whether a clause has a condition, and all that it computes can be reasoned about."""
    return clause.condition is not None and not any(refusals(one) for one in conditions_of(clause))


def conditions_of(clause: Clause) -> Iterator[Condition]:
    """Everything that a clause computes."""
    for one in (clause.condition, clause.ends, clause.territory, clause.topics, clause.audience):
        if one is not None and not isinstance(one, Extent):
            yield one


def _extents(clause: Clause) -> Iterator[Extent]:
    """The sides that a clause writes out."""
    yield from (side for side in (clause.territory, clause.topics, clause.audience) if isinstance(side, Extent))


def _entity(name: str, kind: str) -> EntityRef:
    """What a variable stands for: the first of its kind, or the second where the first is the subject itself."""
    return EntityRef(kind, "2" if kind in _NAMES and name != kind else "1")
