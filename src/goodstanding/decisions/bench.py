"""What every reading of one decision has before it, and which evidence counts for which clause (P3)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING

import msgspec

from goodstanding.clause.model import Cell
from goodstanding.clause.values import EntityRef
from goodstanding.clause.vocabulary import Vocabulary
from goodstanding.evidence.model import Dossier
from goodstanding.evidence.rules import KnownFacts
from goodstanding.kernel.grades import Grade
from goodstanding.kernel.ids import ClauseId, EvidenceId, OwnerId
from goodstanding.kernel.scope import Scope
from goodstanding.owners.model import Holdings
from goodstanding.policy.model import Clause

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

ANY_GRADE = tuple(Grade)

_ONLY_WHERE_THE_CLAUSE_SAYS_SO = frozenset({Grade.ALLEGATION, Grade.ESTIMATE})


class Granted(msgspec.Struct, frozen=True, kw_only=True):
    """An exemption granted to one owner, as of the decision: the clauses that it lifts, and in which box."""

    id: str
    lifts: tuple[ClauseId, ...]
    scope: Scope


class Bench(msgspec.Struct, frozen=True, kw_only=True):
    """What every reading of one decision has before it.

    `names` gives what an entity is called. `routine`: the evidence that is there for every owner, whatever it did; by
    itself it brings no finding closer and calls no person. `granted`: the exemptions that the owner has.
    """

    vocabulary: Vocabulary
    dossier: Dossier
    holdings: Holdings
    owner: OwnerId
    at: datetime
    names: Callable[[EntityRef], str]
    routine: frozenset[EvidenceId] = frozenset()
    granted: tuple[Granted, ...] = ()

    def known_to(self, clause: Clause, bindings: Mapping[str, EntityRef]) -> KnownFacts:
        """The facts as a clause may see them, when its variables stand for these entities."""
        return KnownFacts(self.dossier, self.at, accepting(clause, bindings, self.vocabulary))

    def at_any_grade(self) -> KnownFacts:
        """The facts on evidence of any grade, for what is no restriction."""
        return KnownFacts(self.dossier, self.at, lambda _: ANY_GRADE)


def accepting(
    clause: Clause, bindings: Mapping[str, EntityRef], vocabulary: Vocabulary
) -> Callable[[Cell], Collection[Grade]]:
    """The grades that a clause accepts at a cell: what `needs` says of its variable, else what the vocabulary says.

    An allegation or an estimate never counts because the vocabulary would take it: the clause has to say so itself.
    """
    by_entity = {entity: clause.needs[name] for name, entity in bindings.items() if name in clause.needs}

    def accepts(cell: Cell) -> Collection[Grade]:
        if cell.entity in by_entity:
            return by_entity[cell.entity]
        kind = vocabulary.entity(cell.entity.kind)
        fact = kind.fact(cell.fact) if kind is not None else None
        return () if fact is None else set(fact.accepts) - _ONLY_WHERE_THE_CLAUSE_SAYS_SO

    return accepts
