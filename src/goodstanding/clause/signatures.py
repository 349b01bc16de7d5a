"""How each function is written: `f(a)`, `a.f()` or both, and with how many operands (the receiver counts).

The type checker knows this for conditions over a vocabulary; expressions over plain facts are not type-checked.
"""

from __future__ import annotations

from typing import Final

from goodstanding.clause.conversions import CONVERSIONS
from goodstanding.clause.time_parts import PARTS
from goodstanding.clause.tree import Function

_MEMBERS: Final = frozenset({Function.STARTS_WITH, Function.ENDS_WITH, Function.CONTAINS})


def fits(function: Function, operands: int, *, member: bool) -> bool:
    """Whether a function can be written so."""
    if function in CONVERSIONS:
        return not member and operands == 1
    if function in PARTS:
        return member and operands in {1, 2}
    if function is Function.SIZE:
        return operands == 1
    return operands == 2 and (member or function not in _MEMBERS)  # noqa: PLR2004  receiver and argument
