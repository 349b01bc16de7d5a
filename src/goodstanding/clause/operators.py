"""What CEL's strict operators and functions make of values that are all known.

Integers are 64 bits wide and overflow is an error; `/` and `%` truncate towards zero; doubles follow IEEE 754 (division
by zero is infinite, NaN equals nothing); strings compare and count by code point; times lie in the years 1 to 9999.
"""

from __future__ import annotations

import math
import operator
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Final, TypeAlias, assert_never, cast

from goodstanding.clause.times import LONGEST
from goodstanding.clause.tree import Function, Operator, Sign
from goodstanding.clause.values import Value

Number: TypeAlias = int | float

_LOWEST, _HIGHEST = -(2**63), 2**63 - 1
_OVERFLOW = "the result is out of range"


class EvaluationError(Exception):
    """CEL defines no value here; the message says why."""


def apply(op: Operator, left: Value, right: Value) -> Value:
    """A binary operator.

    Raises:
        EvaluationError: overflow, or division of an integer by zero.
    """
    match op:
        case Operator.EQUAL:
            return equal(left, right)
        case Operator.NOT_EQUAL:
            return not equal(left, right)
        case Operator.IN:
            return any(equal(left, item) for item in cast("tuple[Value, ...]", right))
    if op in _ORDERINGS:
        return _ORDERINGS[op](left, right)
    return _arithmetic(op, left, right)


def sign(op: Sign, operand: Value) -> Value:
    """`!` or unary `-`.

    Raises:
        EvaluationError: the smallest integer has no negative.
    """
    if op is Sign.NOT:
        return not operand
    negative = -cast("Number", operand)
    return _in_range(negative) if isinstance(negative, int) else negative


def call(function: Function, operands: tuple[Value, ...]) -> Value:
    """A function."""
    if function is Function.SIZE:
        return len(cast("str", operands[0]))
    text, part = cast("tuple[str, str]", operands)
    match function:
        case Function.STARTS_WITH:
            return text.startswith(part)
        case Function.ENDS_WITH:
            return text.endswith(part)
        case Function.CONTAINS:
            return part in text
        case _ as unreachable:
            assert_never(unreachable)


def equal(left: Value, right: Value) -> bool:
    """CEL's equality: element by element, and NaN equals nothing, which Python's own tuples would not see."""
    if isinstance(left, tuple) and isinstance(right, tuple):
        return len(left) == len(right) and all(equal(a, b) for a, b in zip(left, right, strict=True))
    return left == right


_ORDERINGS: Final = cast(
    "dict[Operator, Callable[[Value, Value], bool]]",
    {
        Operator.LESS: operator.lt,
        Operator.LESS_OR_EQUAL: operator.le,
        Operator.GREATER: operator.gt,
        Operator.GREATER_OR_EQUAL: operator.ge,
    },
)


def _arithmetic(op: Operator, left: Value, right: Value) -> Value:
    match left, right:
        case (str(), str()) | (tuple(), tuple()):
            return cast("str", left) + cast("str", right)
        case (datetime() | timedelta(), _) | (_, datetime() | timedelta()):
            return _time_arithmetic(op, left, right)
        case (int(), int()):
            return _in_range(_integer(op, left, right))
    return _double(op, cast("float", left), cast("float", right))


def _integer(op: Operator, left: int, right: int) -> int:
    match op:
        case Operator.ADD:
            return left + right
        case Operator.SUBTRACT:
            return left - right
        case Operator.MULTIPLY:
            return left * right
    if right == 0:
        msg = "division by zero"
        raise EvaluationError(msg)
    quotient = _in_range(abs(left) // abs(right) * (1 if (left < 0) is (right < 0) else -1))
    return quotient if op is Operator.DIVIDE else left - right * quotient


def _in_range(value: int) -> int:
    if not _LOWEST <= value <= _HIGHEST:
        raise EvaluationError(_OVERFLOW)
    return value


def _double(op: Operator, left: float, right: float) -> float:
    match op:
        case Operator.ADD:
            return left + right
        case Operator.SUBTRACT:
            return left - right
        case Operator.MULTIPLY:
            return left * right
    if right:
        return left / right
    if not left or math.isnan(left):
        return math.nan
    return math.copysign(math.inf, math.copysign(1, left) * math.copysign(1, right))


def _time_arithmetic(op: Operator, left: Value, right: Value) -> Value:
    function = operator.add if op is Operator.ADD else operator.sub
    try:
        result = function(left, right)
    except OverflowError:
        raise EvaluationError(_OVERFLOW) from None
    if isinstance(result, timedelta) and not -LONGEST <= result <= LONGEST:
        raise EvaluationError(_OVERFLOW)
    return cast("datetime | timedelta", result)
