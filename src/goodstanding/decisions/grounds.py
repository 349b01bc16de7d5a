"""The boxes of a finding: the clause's scope cut down to what the evidence behind each sufficient set covers.

DESIGN, "Scope of a finding": the clause's scope ∩ the union, over the minimal sufficient sets of facts, of the
intersection of the evidence scopes inside each set. At most 32 sets, by size, then fact id; fewer sets only narrow.
Upholds P2.
"""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING

import msgspec

from goodstanding.clause.model import Cell
from goodstanding.decisions.model import Ground
from goodstanding.evidence.rules import Piece
from goodstanding.kernel.extents import ALL, Extent
from goodstanding.kernel.grades import Grade
from goodstanding.kernel.scope import Scope
from goodstanding.owners.rules import reach

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from goodstanding.decisions.bench import Bench
    from goodstanding.decisions.clause_scope import ClauseScope
    from goodstanding.decisions.subjects import Subject
    from goodstanding.evidence.rules import KnownFacts
    from goodstanding.kernel.ids import EvidenceId

LARGEST = 32
"""How many sufficient sets are kept."""


class Supported(msgspec.Struct, frozen=True, kw_only=True):
    """One sufficient set of cells, the pieces that support it here, and the box they leave."""

    cells: tuple[Cell, ...]
    pieces: tuple[Piece, ...]
    box: Scope

    @property
    def names(self) -> tuple[str, ...]:
        """The ids of its facts, in their order."""
        return tuple(piece.fact.id for piece in self.pieces)

    @property
    def ground(self) -> Ground:
        """The set as the decision keeps it."""
        return Ground(facts=tuple(piece.fact.id for piece in self.pieces), scope=self.box)


def grounds(
    sets: Iterable[tuple[Cell, ...]],
    *,
    scope: ClauseScope,
    subject: Subject,
    facts: KnownFacts,
    bench: Bench,
    barred: Callable[[tuple[Piece, ...]], bool],
) -> tuple[Supported, ...]:
    """The sets of facts whose evidence leaves anything of the clause's scope; none rests on a `barred` piece.

    A way to support a set goes early when another reaches as far, so that the limit is hardly ever met.
    """
    found: list[Supported] = []
    for cells in sets:
        ways: tuple[Supported, ...] = (Supported(cells=cells, pieces=(), box=scope.box),)
        for alternatives in _alternatives(sorted({*cells, *scope.cells}), subject, facts):
            allowed = [pieces for pieces in alternatives if not barred(pieces)]
            further = (_with(way, pieces, subject, bench) for way, pieces in product(ways, allowed))
            ways = _that_add_something((way for way in further if not way.box.is_empty), bench.routine)
        found.extend(ways)
    return _that_add_something(found, bench.routine)


def _with(way: Supported, pieces: tuple[Piece, ...], subject: Subject, bench: Bench) -> Supported:
    """A way that rests on more pieces, cut down to what each of them covers."""
    box = way.box
    for piece in pieces:
        box = box.intersect(covered(piece, subject, bench))
    by_id = {piece.fact.id: piece for piece in (*way.pieces, *pieces)}
    return Supported(cells=way.cells, pieces=tuple(by_id[name] for name in sorted(by_id)), box=box)


def _that_add_something(supported: Iterable[Supported], routine: frozenset[EvidenceId]) -> tuple[Supported, ...]:
    """At most 32 sets, smallest first, then by fact id; none adds nothing to another that is kept.

    A set adds nothing that reaches no further and rests on as much of the platform's record. Were the record
    undone (P9), a set that does not need it would still stand, so it is kept.
    """
    kept: list[Supported] = []
    for one in sorted(supported, key=lambda one: (len(one.pieces), one.names)):
        if not any(_carries(earlier, one, routine) for earlier in kept):
            kept.append(one)
    return tuple(kept[:LARGEST])


def _carries(earlier: Supported, one: Supported, routine: frozenset[EvidenceId]) -> bool:
    """Whether a set adds nothing to another one."""
    return one.box.within(earlier.box) and _of(earlier, routine) <= _of(one, routine)


def _of(one: Supported, evidence: frozenset[EvidenceId]) -> set[EvidenceId]:
    """What a set uses of some evidence."""
    return {piece.evidence.id for piece in one.pieces} & evidence


def _alternatives(cells: list[Cell], subject: Subject, facts: KnownFacts) -> list[tuple[tuple[Piece, ...], ...]]:
    """For each cell, the ways to support it: any one piece, or all at once for a list put together from several."""
    ways: list[tuple[tuple[Piece, ...], ...]] = []
    for cell in cells:
        pieces = facts.support(cell)
        one_says_all = len({piece.fact.says for piece in pieces}) == 1
        ways.append(tuple((piece,) for piece in pieces) if one_says_all else (pieces,))
    if subject.listed is not None and subject.binding is not None:
        ways.append(tuple((piece,) for piece in facts.about_member(subject.listed, subject.binding)))
    return ways


def covered(piece: Piece, subject: Subject, bench: Bench) -> Scope:
    """What one piece of evidence covers: a measurement its own subject everywhere, anything else what it says."""
    entity, evidence = piece.fact.cell.entity, piece.evidence
    accounts, ads = reach(bench.holdings, bench.owner, bench.at, affiliates=evidence.covers.affiliates), ALL
    if entity.kind == "account":
        accounts = Extent.of([entity.id])
    elif subject.ad is not None and entity.kind == "ad":
        accounts, ads = Extent.of([subject.ad.account]), Extent.of([entity.id])
    if evidence.grade is Grade.MEASUREMENT:
        return Scope(accounts=accounts, ads=ads, period=evidence.valid)
    return Scope(
        accounts=accounts,
        ads=ads,
        territories=evidence.covers.territories,
        topics=evidence.covers.topics,
        period=evidence.valid,
    )
