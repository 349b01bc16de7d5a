"""Sets of cells, each enough for a value: how they combine, and why at most 32 of them are kept.

`a && b` true needs one set of each side (`both`); `a && b` false needs one set of a side that is false (`either`). A
set that contains another is dropped. Every intermediate family is cut to the 32 smallest, since products grow without
bound; what is left is still sufficient, so fewer sets only narrow a scope (P2). A family remembers that it was cut,
since a smaller set may then have gone missing, and `verdict` shrinks what is left to minimal sets.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import msgspec

from goodstanding.clause.model import Cell

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

LIMIT: Final = 32


class Family(msgspec.Struct, frozen=True):
    """Sets of cells, none inside another; `cut` when some were left out for being too many."""

    sets: tuple[frozenset[Cell], ...]
    cut: bool = False


NOTHING_NEEDED: Final = Family((frozenset(),))


def one(cell: Cell) -> Family:
    """The family of what rests on one cell."""
    return Family((frozenset((cell,)),))


def both(families: Iterable[Family], spend: Callable[[int], None] | None = None) -> Family:
    """What needs one set of every family: the unions of one from each; `spend` is told how many cells are gone over."""
    result = NOTHING_NEEDED
    for family in families:
        if len(result.sets) == 1 and len(family.sets) == 1:
            result = Family((result.sets[0] | family.sets[0],), result.cut or family.cut)
        else:
            if spend is not None:
                spend(len(result.sets) * len(family.sets) * (1 + len(result.sets[-1]) + len(family.sets[-1])))
            pairs = (left | right for left in result.sets for right in family.sets)
            result = minimal(pairs, cut=result.cut or family.cut)
    return result


def either(families: Iterable[Family]) -> Family:
    """What needs a set of any family."""
    kept = tuple(families)
    if len(kept) == 1:
        return kept[0]
    return minimal((cells for family in kept for cells in family.sets), cut=any(family.cut for family in kept))


def minimal(sets: Iterable[frozenset[Cell]], *, cut: bool = False) -> Family:
    """The sets that contain no other, by size and then by cell; the first 32 of them."""
    kept: list[frozenset[Cell]] = []
    for cells in sorted(set(sets), key=order):
        if any(smaller <= cells for smaller in kept):
            continue
        if len(kept) == LIMIT:
            return Family(tuple(kept), cut=True)
        kept.append(cells)
    return Family(tuple(kept), cut)


def order(cells: frozenset[Cell]) -> tuple[int, list[Cell]]:
    """By size and then by cell."""
    return len(cells), sorted(cells)
