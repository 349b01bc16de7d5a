"""What the platform's own record measures: strikes (`strikes`), and whether an owner is under a restriction.

Strikes expire, and what was undone never counts (P9). These facts are of grade `measurement`, on the record itself.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

import msgspec

from goodstanding.app.strikes import counted, tallies
from goodstanding.clause.model import Cell
from goodstanding.clause.values import EntityRef, Value, to_typed
from goodstanding.evidence.model import Coverage, Dossier, Evidence, Fact, Source
from goodstanding.kernel.digests import digest_of
from goodstanding.kernel.grades import Grade
from goodstanding.kernel.ids import EvidenceId, FactId
from goodstanding.kernel.instants import Period

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime

    from goodstanding.app.state import State
    from goodstanding.app.strikes import Counted
    from goodstanding.clause.vocabulary import Vocabulary
    from goodstanding.decisions.model import Decision
    from goodstanding.kernel.canonical import Json
    from goodstanding.kernel.ids import OwnerId

_RECORD = "record/"
"""What the ids of measured evidence begin with."""

NO_OTHER_COUNT: Mapping[Cell, int] = MappingProxyType({})
"""The record as it is."""


def measured(
    state: State, owner: OwnerId, vocabulary: Vocabulary, at: datetime, *, strikes: Mapping[Cell, int] = NO_OTHER_COUNT
) -> Dossier:
    """The facts that the record measures of an owner and its accounts, as far as the vocabulary has words for them.

    `strikes` puts other numbers in place of some counts of strikes, to see what would still follow.
    """
    values: list[tuple[Cell, Value]] = [
        (Cell(EntityRef("owner", owner), "restricted"), bool(_restrictions(state, owner, at))),
        *((one.cell, strikes.get(one.cell, one.total)) for one in counted(state, owner, at)),
        *tallies(state, owner, at),
    ]
    known = [(cell, value) for cell, value in values if _has(vocabulary, cell)]
    pieces = [_measurement(cell, value, at) for cell, value in known]
    return Dossier(evidence=tuple(e for e, _ in pieces), facts=tuple(f for _, f in pieces))


def rested_on(
    state: State, decision: Decision, with_strikes: Callable[[Mapping[Cell, int]], Decision]
) -> dict[FactId, tuple[tuple[str, ...], ...]]:
    """What each measured fact under an effect rests on: sets of ids, each of which alone would give the same effects.

    Without one of them the effect falls (P9). `with_strikes` decides again on other counts of live strikes.
    """
    used = {fact for effect in decision.effects for ground in effect.grounds for fact in ground.facts}
    counts = {one.cell: one for one in counted(state, decision.matter.owner, decision.matter.at)}
    found: dict[FactId, tuple[tuple[str, ...], ...]] = {}
    for fact in decision.facts:
        if fact.id not in used or not fact.evidence.startswith(_RECORD):
            continue
        count = counts.get(fact.cell)
        if count is not None:
            found[fact.id] = count.carried_by(_least(count, decision, with_strikes))
        elif fact.cell.fact == "restricted":
            names = _restrictions(state, fact.cell.entity.id, decision.matter.at)
            found[fact.id] = tuple((name,) for name in names) or ((),)
    return found


def _least(count: Counted, decision: Decision, with_strikes: Callable[[Mapping[Cell, int]], Decision]) -> int:
    """The smallest count, counting down, that still gives the same effects."""
    least = count.total
    while least > 0 and _effects(decision) <= _effects(with_strikes({count.cell: least - 1})):
        least -= 1
    return least


def _effects(decision: Decision) -> set[tuple[str, str]]:
    """What a decision leads to, as clause and subject."""
    return {(effect.clause.id, str(effect.subject)) for effect in decision.effects}


def _restrictions(state: State, owner: str, at: datetime) -> list[str]:
    """The restrictions of an owner in force; holds and inherited ones are not findings about it."""
    return [
        r.id
        for r in state.restrictions.values()
        if r.owner == owner and r.kind == "restriction" and r.lifted_at is None and r.scope.period.contains(at)
    ]


def _has(vocabulary: Vocabulary, cell: Cell) -> bool:
    """Whether the vocabulary knows the fact."""
    kind = vocabulary.entity(cell.entity.kind)
    return kind is not None and kind.fact(cell.fact) is not None


def _measurement(cell: Cell, value: Value, at: datetime) -> tuple[Evidence, Fact]:
    """One measured fact with its evidence, which says nothing of the time before it was measured."""
    typed: Json = to_typed(value)
    name = EvidenceId(f"{_RECORD}{cell}")
    evidence = Evidence(
        id=name,
        source=Source(title="The platform's own record", publisher="the platform"),
        grade=Grade.MEASUREMENT,
        covers=Coverage(binds="the platform"),
        known_from=at,
        retrieved_at=at,
        digest=digest_of({"cell": str(cell), "value": typed}),
        valid=Period(start=at),
    )
    said = value if isinstance(value, str | int) else evidence.digest
    return evidence, msgspec.convert(
        {"id": FactId(f"{name}={said}"), "cell": msgspec.to_builtins(cell), "value": typed, "evidence": name}, Fact
    )
