"""What a clause itself reaches for one subject, before evidence cuts it down (P2).

A side of the scope that is read from a field and not known makes the finding undecided; it never means everywhere.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from goodstanding.clause.model import Cell
from goodstanding.clause.tree import Condition
from goodstanding.clause.verdict import Failed, value_of
from goodstanding.kernel.extents import ALL, Extent
from goodstanding.kernel.scope import EVERYWHERE, Scope
from goodstanding.owners.rules import reach
from goodstanding.policy.model import Clause, Dimension, Reach

if TYPE_CHECKING:
    from goodstanding.decisions.bench import Bench
    from goodstanding.decisions.subjects import Subject
    from goodstanding.evidence.rules import KnownFacts


class ClauseScope(msgspec.Struct, frozen=True, kw_only=True):
    """A clause's box, the cells that its sides were read from, those of them that are not known, and errors."""

    box: Scope = EVERYWHERE
    cells: tuple[Cell, ...] = ()
    missing: tuple[Cell, ...] = ()
    errors: tuple[str, ...] = ()


class _Side(msgspec.Struct, frozen=True, kw_only=True):
    """One side of the box; `extent` is `None` where it is not known."""

    extent: Extent | None
    cells: tuple[Cell, ...] = ()
    errors: tuple[str, ...] = ()


def clause_scope(clause: Clause, subject: Subject, facts: KnownFacts, bench: Bench) -> ClauseScope:
    """The clause's own box for one subject; an exemption restricts nothing, so its box spans every capability."""
    territories, topics, audiences = sides = tuple(
        _side(said, subject, facts, bench) for said in (clause.territory, clause.topics, clause.audience)
    )
    if territories.extent is None or topics.extent is None or audiences.extent is None:
        unknown = [side for side in sides if side.extent is None]
        return ClauseScope(
            missing=tuple(cell for side in unknown for cell in side.cells),
            errors=tuple(error for side in unknown for error in side.errors),
        )
    accounts, ads = _reach(clause, subject, bench)
    box = Scope(
        capabilities=Extent.of(clause.restricts) if clause.restricts else ALL,
        accounts=accounts,
        ads=ads,
        territories=territories.extent,
        topics=topics.extent,
        audiences=audiences.extent,
    )
    return ClauseScope(box=box, cells=tuple(cell for side in sides for cell in side.cells))


def _side(said: Dimension, subject: Subject, facts: KnownFacts, bench: Bench) -> _Side:
    """One side, fixed or read from the bound entity."""
    if isinstance(said, Extent):
        return _Side(extent=said)
    cells = read_cells(said, subject)
    match value_of(said, subject.bindings, facts, now=bench.at):
        case tuple(members):
            return _Side(extent=Extent.of(str(member) for member in members), cells=cells)
        case str(member):
            return _Side(extent=Extent.of([member]), cells=cells)
        case Failed(errors=errors):
            return _Side(extent=None, cells=cells, errors=errors)
    return _Side(extent=None, cells=cells)


def read_cells(condition: Condition, subject: Subject) -> tuple[Cell, ...]:
    """The cells that a condition names directly at what its variables stand for."""
    return tuple(
        Cell(subject.bindings[root], path.partition(".")[0])
        for root, path in condition.reads
        if root in subject.bindings
    )


def _reach(clause: Clause, subject: Subject, bench: Bench) -> tuple[Extent, Extent]:
    """The accounts and ads that a clause reaches at the most, affiliates included."""
    if clause.reach is Reach.OWNER or subject.account is None:
        return reach(bench.holdings, bench.owner, bench.at, affiliates=True), ALL
    return Extent.of([subject.account]), ALL if subject.ad is None else Extent.of([subject.ad.id])
