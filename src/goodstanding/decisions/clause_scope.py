"""What a clause itself reaches for one subject, before evidence cuts it down (P2).

A side of the scope that is read from a field and not known makes the finding undecided; it never means everywhere.
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

import msgspec

from goodstanding.clause.model import Cell
from goodstanding.clause.tree import Condition
from goodstanding.clause.verdict import value_of
from goodstanding.kernel.extents import ALL, Extent
from goodstanding.kernel.scope import EVERYWHERE, Scope
from goodstanding.owners.rules import reach
from goodstanding.policy.model import Clause, Dimension, Reach

if TYPE_CHECKING:
    from goodstanding.decisions.subjects import Subject
    from goodstanding.evidence.rules import KnownFacts
    from goodstanding.kernel.ids import OwnerId
    from goodstanding.owners.model import Holdings


class ClauseScope(msgspec.Struct, frozen=True, kw_only=True):
    """A clause's box, the cells that its sides were read from, and those of them that are not known."""

    box: Scope = EVERYWHERE
    cells: tuple[Cell, ...] = ()
    missing: tuple[Cell, ...] = ()


class _Side(msgspec.Struct, frozen=True, kw_only=True):
    """One side of the box; `extent` is `None` where it is not known."""

    extent: Extent | None
    cells: tuple[Cell, ...] = ()


def clause_scope(
    clause: Clause, subject: Subject, facts: KnownFacts, holdings: Holdings, owner: OwnerId, *, at: datetime
) -> ClauseScope:
    """The clause's own box for one subject; an exemption restricts nothing, so its box spans every capability."""
    territories, topics, audiences = (
        _side(said, subject, facts, at) for said in (clause.territory, clause.topics, clause.audience)
    )
    sides = (territories, topics, audiences)
    missing = tuple(cell for side in sides if side.extent is None for cell in side.cells)
    if territories.extent is None or topics.extent is None or audiences.extent is None:
        return ClauseScope(missing=missing)
    accounts, ads = _reach(clause, subject, holdings, owner, at)
    box = Scope(
        capabilities=Extent.of(clause.restricts) if clause.restricts else ALL,
        accounts=accounts,
        ads=ads,
        territories=territories.extent,
        topics=topics.extent,
        audiences=audiences.extent,
    )
    return ClauseScope(box=box, cells=tuple(cell for side in sides for cell in side.cells))


def _side(said: Dimension, subject: Subject, facts: KnownFacts, at: datetime) -> _Side:
    """One side, fixed or read from the bound entity."""
    if isinstance(said, Extent):
        return _Side(extent=said)
    cells = read_cells(said, subject)
    match value_of(said, subject.bindings, facts, now=at):
        case tuple(members):
            return _Side(extent=Extent.of(str(member) for member in members), cells=cells)
        case str(member):
            return _Side(extent=Extent.of([member]), cells=cells)
    return _Side(extent=None, cells=cells)


def read_cells(condition: Condition, subject: Subject) -> tuple[Cell, ...]:
    """The cells that a condition names directly at what its variables stand for."""
    return tuple(
        Cell(subject.bindings[root], path.partition(".")[0])
        for root, path in condition.reads
        if root in subject.bindings
    )


def _reach(clause: Clause, subject: Subject, holdings: Holdings, owner: OwnerId, at: datetime) -> tuple[Extent, Extent]:
    """The accounts and ads that a clause reaches at the most, affiliates included."""
    match clause.reach:
        case Reach.AD if subject.ad is not None:
            return Extent.of([subject.ad.account]), Extent.of([subject.ad.id])
        case Reach.ACCOUNT if subject.account is not None:
            return Extent.of([subject.account]), ALL
        case _:
            return reach(holdings, owner, at, affiliates=True), ALL
