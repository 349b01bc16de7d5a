"""Whether a box lies wholly inside the union of other boxes, along all dimensions but time.

One box after the other is not enough: two exemptions may each lift half of what is asked.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from goodstanding.kernel.extents import Extent
from goodstanding.kernel.instants import ALWAYS
from goodstanding.kernel.scope import EXTENTS, Scope

if TYPE_CHECKING:
    from collections.abc import Sequence

ELSEWHERE = "*"
"""Stands for every name that no box mentions; no id, topic or territory is written so.

Where everything is asked for, this one name is enough: a box that contains it is one of everything.
"""


def covered(region: Scope, boxes: Sequence[Scope]) -> bool:
    """Whether every point of a region lies in one of the boxes, whatever the time."""
    if region.is_empty:
        return True
    timeless = [replace(box, period=ALWAYS) for box in boxes]
    return _covered(replace(region, period=ALWAYS), timeless)


def _covered(region: Scope, boxes: Sequence[Scope]) -> bool:
    """Split the region along one dimension at a time; at most one level for each dimension."""
    near = [box for box in boxes if not box.intersect(region).is_empty]
    if any(region.within(box) for box in near):
        return True
    if not near:
        return False
    split = next(d for d in EXTENTS if any(not getattr(region, d).within(getattr(box, d)) for box in near))
    names = getattr(region, split).names
    atoms = (ELSEWHERE,) if names is None else names
    return all(_covered(replace(region, **{split: Extent.of([atom])}), near) for atom in atoms)
