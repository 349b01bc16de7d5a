"""How large values are: what looking at one costs in steps, and which are too large to be made.

Parts may be shared (`[x, x]` of a list), so a small value in memory can be a large one to compare or to print; sizes
are counted as if nothing were shared, and what is made stays small enough to be looked at.
"""

from __future__ import annotations

from typing import Final

from goodstanding.clause.faults import EvaluationError
from goodstanding.clause.values import Map, Value

HEAVY: Final = frozenset((str, bytes, tuple, Map))
"""The types whose values can be large."""

LARGEST: Final = 100_000
"""The most parts of a value that is made of others; a kilobyte of text is one."""


def weight(value: Value) -> int:
    """The steps that looking at a value costs."""
    if isinstance(value, str | bytes):
        return len(value) >> 6
    return _parts(value) >> 3


def check(value: Value) -> None:
    """Refuse a value that is too large.

    Raises:
        EvaluationError: it has more parts than `LARGEST`.
    """
    if _parts(value) > LARGEST:
        msg = f"the result has more than {LARGEST} parts"
        raise EvaluationError(msg)


def _parts(value: Value) -> int:
    """The parts of a value, those of its parts included; counting ends soon after the largest that is allowed."""
    count = 0
    waiting = [value]
    while waiting and count <= LARGEST:
        part = waiting.pop()
        if isinstance(part, tuple):
            inner = part
        elif isinstance(part, Map):
            inner = tuple(value for entry in part.entries.values() for value in entry)
        else:
            count += len(part) >> 10 if isinstance(part, str | bytes) else 0
            continue
        count += len(inner)
        waiting.extend(item for item in inner if type(item) in HEAVY)
    return count
