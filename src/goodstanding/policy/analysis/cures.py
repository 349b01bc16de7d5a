"""In whose hands the cure of a clause is: who could end what it brings about, by changing facts.

A cure makes the condition not met, or what ends the clause true; of an entry requirement, it meets it. Facts that
nobody changes stay as they are, and so do those of everybody whose hands are not asked about. Taking the bound entity
off its list is a cure, too. The question "is there a case that these hands can't cure" goes to and fro: a case, a cure
for it, another case that this cure does not help, until there is no case or no cure.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from goodstanding.clause.logic import values as lv
from goodstanding.clause.logic.reading import INSTANT, Example, Impossible, NotKnown
from goodstanding.clause.logic.worlds import Partly
from goodstanding.clause.model import Cell, Verdict
from goodstanding.clause.vocabulary import ChangedBy
from goodstanding.policy.analysis.model import Cure
from goodstanding.policy.model import Clause, ClauseKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from goodstanding.clause.logic.reading import Answer, Formulas
    from goodstanding.clause.logic.tree import World
    from goodstanding.clause.logic.values import Guard
    from goodstanding.clause.model import Known, Unknown
    from goodstanding.policy.analysis.scene import PolicyScene
    from goodstanding.policy.model import Policy

ROUNDS: Final = 24
"""How often a cure is held against another case before the answer is "don't know"."""

ADVERTISER: Final = frozenset({ChangedBy.ADVERTISER})
ANYBODY: Final = frozenset(ChangedBy) - {ChangedBy.NOBODY}


class Cures:
    """The cures of one clause."""

    def __init__(self, clause: Clause, policy: Policy, scene: PolicyScene) -> None:
        """Take the clause in its policy."""
        self._clause = clause
        self._policy = policy
        self._scene = scene
        self._after = scene.scene.another("after ")

    def found(self) -> tuple[Cure, Example | None]:
        """In whose hands the cure is; with a case that nobody can cure, where there is one."""
        own = self.without_cure(ADVERTISER)
        if isinstance(own, Impossible):
            return Cure.ADVERTISER, None
        every = self.without_cure(ANYBODY)
        if isinstance(every, Example):
            return Cure.NOBODY_AT_TIMES, every
        if isinstance(own, NotKnown) or isinstance(every, NotKnown):
            return Cure.DONT_KNOW, None
        return (Cure.ADVERTISER_AT_TIMES if self._ever(ADVERTISER) else Cure.OTHERS), None

    def without_cure(self, hands: frozenset[ChangedBy]) -> Answer:
        """A case in which the clause acts and these hands can't end it."""
        if self._off_the_list(hands):
            return Impossible()
        helpless: list[Guard] = []
        for _ in range(ROUNDS):
            answer = self._case(helpless)
            if not isinstance(answer, Example):
                return answer
            cure = self._cure(answer, hands)
            if not isinstance(cure, dict):
                return answer if cure else NotKnown()
            relief = self._relief(Partly(self._scene.scene.world, cure))
            helpless.append(lv.neg(lv.disj(guard for guard, _ in relief)))
        return NotKnown()

    def _case(self, more: Sequence[Guard]) -> Answer:
        """A case in which the clause acts, everything is known of it, and no cure tried before helps."""
        formulas = [formulas for _, formulas in self._relief(self._scene.scene.world)]
        variables = self._scene.scene.world.variables
        known = [variables[cell].known for formula in formulas for cell in sorted(formula.cells)]
        wanted = [*self._acting(self._relief(self._scene.scene.world)), *known, *more]
        return self._scene.ask(self._policy, [(lv.conj(wanted), tuple(formulas))], self._confirmed)

    def _confirmed(self, example: Example) -> bool:
        condition = self._clause.condition
        return condition is not None and self._scene.verdict(condition, example) is self._verdict

    @property
    def _verdict(self) -> Verdict:
        """The verdict under which the clause acts."""
        return Verdict.NOT_MET if self._clause.kind is ClauseKind.ENTRY_REQUIREMENT else Verdict.MET

    def _acting(self, relief: Sequence[tuple[Guard, Formulas]]) -> list[Guard]:
        """That the clause acts, and nothing has ended it."""
        formulas = relief[0][1]
        acting = formulas.met if self._verdict is Verdict.MET else formulas.not_met
        return [acting, *(lv.neg(guard) for guard, _ in relief)]

    def _relief(self, world: World) -> list[tuple[Guard, Formulas]]:
        """What would end it, in a world."""
        scene, clause = self._scene.scene, self._clause
        assert clause.condition is not None, clause.id  # as in `_case`
        formulas = scene.formulas_in(clause.condition, world)
        relief = [(formulas.not_met if self._verdict is Verdict.MET else formulas.met, formulas)]
        if clause.ends is not None:
            ends = scene.formulas_in(clause.ends, world)
            relief.append((ends.met, ends))
        return relief

    def _cure(self, example: Example, hands: frozenset[ChangedBy]) -> dict[Cell, Known | Unknown] | bool:
        """What these hands would change; true where there is no cure, false where that is not known."""
        fixed = {cell: known for cell, known in example.cells.items() if not self._in(hands, cell)}
        relief = self._relief(self._after)
        instant = self._scene.scene.world.now == lv.constant(example.now, INSTANT)
        wanted = [lv.disj(guard for guard, _ in relief), instant, *self._held(fixed)]
        return self._scene.scene.solve(wanted, [formulas for _, formulas in relief], self._after, beside=set(fixed))

    def _held(self, fixed: Mapping[Cell, Known | Unknown]) -> Iterable[Guard]:
        """That some cells are as they were."""
        variables = self._after.variables
        return [variables[cell].holds(known) for cell, known in fixed.items() if cell in variables]

    def _ever(self, hands: frozenset[ChangedBy]) -> bool:
        """Whether these hands can end it in some case; where that is not known, not."""
        before = self._relief(self._scene.scene.world)
        after = self._relief(self._after)
        now, then = self._scene.scene.world, self._after
        fixed = [cell for _, formulas in before for cell in sorted(formulas.cells) if not self._in(hands, cell)]
        same = [guard for cell in fixed for guard in now.variables[cell].same_as(then.variables[cell])]
        limits = [limit for world in (now, then) for _, part in before for limit in world.limits_of(part.cells)]
        wanted = [*self._acting(before), lv.disj(guard for guard, _ in after), *same]
        found = self._scene.scene.solve(wanted, [part for _, part in after], self._after, also=limits)
        return isinstance(found, dict)

    def _off_the_list(self, hands: frozenset[ChangedBy]) -> bool:
        """Whether these hands can take the bound entity off its list."""
        each = self._clause.each
        return each is not None and self._changed_by(each.root, each.fact) in hands

    def _in(self, hands: frozenset[ChangedBy], cell: Cell) -> bool:
        return self._changed_by(cell.entity.kind, cell.fact) in hands

    def _changed_by(self, kind: str, name: str) -> ChangedBy:
        entity = self._scene.vocabulary.entity(kind)
        fact = entity.fact(name) if entity else None
        return fact.changed_by if fact else ChangedBy.NOBODY
