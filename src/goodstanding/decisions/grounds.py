"""The boxes of a finding: the clause's scope cut down to what the evidence behind each sufficient set covers.

DESIGN, "Scope of a finding": the clause's scope ∩ the union, over the minimal sufficient sets of facts, of the
intersection of the evidence scopes inside each set. At most 32 sets, by size, then fact id; fewer sets only narrow.
Upholds P2.
"""

from __future__ import annotations

from itertools import islice, product
from typing import TYPE_CHECKING

from goodstanding.decisions.model import Ground
from goodstanding.kernel.extents import Extent
from goodstanding.kernel.grades import Grade
from goodstanding.kernel.scope import Scope
from goodstanding.owners.rules import reach

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from goodstanding.clause.model import Cell
    from goodstanding.decisions.subjects import Subject
    from goodstanding.evidence.rules import KnownFacts, Piece
    from goodstanding.kernel.ids import OwnerId
    from goodstanding.owners.model import Holdings

LARGEST = 32
"""How many sufficient sets are kept."""


def grounds(
    sets: Iterable[tuple[Cell, ...]],
    *,
    clause_scope: Scope,
    subject: Subject,
    owner: OwnerId,
    facts: KnownFacts,
    holdings: Holdings,
    at: datetime,
) -> tuple[Ground, ...]:
    """One ground for each set of facts whose evidence leaves anything of the clause's scope.

    A ground whose box lies within an earlier one's adds nothing and is left out.
    """
    found: list[Ground] = []
    for pieces in _supported(sets, subject, facts):
        box = clause_scope
        for piece in pieces:
            box = box.intersect(_covered(piece, owner, subject, holdings, at))
        if pieces and not box.is_empty and not any(box.within(ground.scope) for ground in found):
            found.append(Ground(facts=tuple(piece.fact.id for piece in pieces), scope=box))
    return tuple(found)


def _supported(sets: Iterable[tuple[Cell, ...]], subject: Subject, facts: KnownFacts) -> list[tuple[Piece, ...]]:
    """Every choice of pieces that supports a sufficient set of cells, smallest first, then by fact id."""
    chosen: dict[tuple[str, ...], tuple[Piece, ...]] = {}
    for cells in sets:
        for choice in islice(product(*_alternatives(cells, subject, facts)), LARGEST):
            unique = {piece.fact.id: piece for pieces in choice for piece in pieces}
            chosen[tuple(sorted(unique))] = tuple(unique[name] for name in sorted(unique))
    ordered = sorted(chosen, key=lambda names: (len(names), names))
    return [chosen[names] for names in ordered[:LARGEST]]


def _alternatives(cells: tuple[Cell, ...], subject: Subject, facts: KnownFacts) -> list[tuple[tuple[Piece, ...], ...]]:
    """For each cell, the ways to support it: any one piece, or all at once for a list put together from several."""
    ways: list[tuple[tuple[Piece, ...], ...]] = []
    for cell in cells:
        pieces = facts.support(cell)
        one_says_all = len({piece.fact.says for piece in pieces}) == 1
        ways.append(tuple((piece,) for piece in pieces) if one_says_all else (pieces,))
    if subject.listed is not None and subject.binding is not None:
        ways.append(tuple((piece,) for piece in facts.about_member(subject.listed, subject.binding)))
    return ways


def _covered(piece: Piece, owner: OwnerId, subject: Subject, holdings: Holdings, at: datetime) -> Scope:
    """What one piece of evidence covers: a measurement its own subject everywhere, anything else what it says."""
    entity, evidence = piece.fact.cell.entity, piece.evidence
    accounts, ads = reach(holdings, owner, at, affiliates=evidence.covers.affiliates), Extent()
    if entity.kind == "account":
        accounts = Extent.of([entity.id])
    elif entity.kind == "ad":
        accounts = accounts if subject.ad is None else Extent.of([subject.ad.account])
        ads = Extent.of([entity.id])
    if evidence.grade is Grade.MEASUREMENT:
        return Scope(accounts=accounts, ads=ads, period=evidence.valid)
    return Scope(
        accounts=accounts,
        ads=ads,
        territories=evidence.covers.territories,
        topics=evidence.covers.topics,
        period=evidence.valid,
    )
