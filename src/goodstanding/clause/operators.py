"""What CEL's strict operators and functions make of values that are all known.

Integers are 64 bits wide and overflow is an error; `/` and `%` truncate towards zero; doubles follow IEEE 754 (division
by zero is infinite, NaN equals nothing); strings compare and count by code point; times lie in the years 1 to 9999.
Numbers of different types compare as numbers, a whole number beside a double as a double; other values of different
types are not equal, and have no order and no arithmetic.
"""

from __future__ import annotations

import math
import operator
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Final, TypeAlias, cast

from goodstanding.clause import conversions, maps, patterns, time_parts, times
from goodstanding.clause.faults import EvaluationError, no_overload
from goodstanding.clause.time_parts import Zones, no_zones
from goodstanding.clause.tree import Function, Operator, Sign
from goodstanding.clause.values import Map, Moment, Span, UInt, Value

__all__ = ["EvaluationError", "apply", "call", "equal", "sign"]

Number: TypeAlias = int | float

_LOWEST, _HIGHEST, _HIGHEST_UNSIGNED = -(2**63), 2**63 - 1, 2**64 - 1
_OVERFLOW = "the result is out of range"
_LONGEST = 1_000_000
"""The most characters or items of a value that an operator makes."""

_NUMBERS: Final = frozenset((int, float, UInt))
_ORDERED: Final = frozenset((bool, int, float, str, bytes, datetime, timedelta))
_TIMES: Final = frozenset((datetime, Moment))
_LENGTHS: Final = frozenset((timedelta, Span))


def apply(op: Operator, left: Value, right: Value) -> Value:
    """A binary operator.

    Raises:
        EvaluationError: overflow, division of a whole number by zero, or types that do not go together.
    """
    match op:
        case Operator.EQUAL:
            return equal(left, right)
        case Operator.NOT_EQUAL:
            return not equal(left, right)
        case Operator.IN:
            return _among(left, right)
    if op in _ORDERINGS:
        return _ordered(op, left, right)
    return _arithmetic(op, left, right)


def sign(op: Sign, operand: Value) -> Value:
    """`!` or unary `-`.

    Raises:
        EvaluationError: the smallest integer has no negative, nor has what is no number.
    """
    if op is Sign.NOT and type(operand) is bool:
        return not operand
    if op is Sign.MINUS and type(operand) is int:
        return _in_range(-operand)
    if op is Sign.MINUS and type(operand) is float:
        return -operand
    raise no_overload(op.value, operand)


def call(function: Function, operands: tuple[Value, ...], zones: Zones = no_zones) -> Value:
    """A function; `zones` knows the time zones that have a name.

    Raises:
        EvaluationError: it has no value for these operands, or does not take their types.
    """
    match function, operands:
        case Function.SIZE, (str() | bytes() | tuple() as sized,):
            return len(sized)
        case Function.SIZE, (Map(entries=entries),):
            return len(entries)
        case Function.STARTS_WITH, (str(text), str(part)):
            return text.startswith(part)
        case Function.ENDS_WITH, (str(text), str(part)):
            return text.endswith(part)
        case Function.CONTAINS, (str(text), str(part)):
            return part in text
        case Function.MATCHES, (str(text), str(pattern)):
            return patterns.matches(text, pattern)
    if function in conversions.CONVERSIONS:
        return conversions.convert(function, operands[0])
    if function in time_parts.PARTS:
        return time_parts.part(function, operands, zones)
    raise no_overload(function.value, *operands)


def equal(left: Value, right: Value) -> bool:
    """CEL's equality: element by element, numbers as numbers; NaN equals nothing, nor do values of other types."""
    kind, other = type(left), type(right)
    if kind is other:
        if isinstance(left, tuple) and isinstance(right, tuple):
            return len(left) == len(right) and all(equal(a, b) for a, b in zip(left, right, strict=True))
        if isinstance(left, Map) and isinstance(right, Map):
            return _equal_maps(left, right)
        return left == right
    if kind in _NUMBERS and other in _NUMBERS:
        one, two = _comparable(left, right)
        return one == two
    return False


def _equal_maps(left: Map, right: Map) -> bool:
    if left.entries.keys() != right.entries.keys():
        return False
    return all(equal(value, right.entries[place][1]) for place, (_, value) in left.entries.items())


def _comparable(left: Value, right: Value) -> tuple[Number, Number]:
    """Two numbers of any types; beside a double, a whole number is the double next to it."""
    one, two = (n.number if isinstance(n, UInt) else cast("Number", n) for n in (left, right))
    if isinstance(one, float) or isinstance(two, float):
        return float(one), float(two)
    return one, two


def _among(left: Value, right: Value) -> bool:
    """`in`."""
    if isinstance(right, tuple):
        return any(equal(left, item) for item in right)
    if isinstance(right, Map):
        return maps.holds(right, left)
    raise no_overload(Operator.IN, left, right)


_ORDERINGS: Final = cast(
    "dict[Operator, Callable[[object, object], bool]]",
    {
        Operator.LESS: operator.lt,
        Operator.LESS_OR_EQUAL: operator.le,
        Operator.GREATER: operator.gt,
        Operator.GREATER_OR_EQUAL: operator.ge,
    },
)


def _ordered(op: Operator, left: Value, right: Value) -> bool:
    """`<`, `<=`, `>` and `>=`."""
    kind, other = type(left), type(right)
    if kind is other and kind in _ORDERED:
        return _ORDERINGS[op](left, right)
    if kind in _NUMBERS and other in _NUMBERS:
        return _ORDERINGS[op](*_comparable(left, right))
    for family in (_TIMES, _LENGTHS):
        if kind in family and other in family:
            return _ORDERINGS[op](*(times.nanoseconds(cast("times.Time", value)) for value in (left, right)))
    raise no_overload(op.value, left, right)


def _arithmetic(op: Operator, left: Value, right: Value) -> Value:
    kind, other = type(left), type(right)
    if kind in _TIMES | _LENGTHS or other in _TIMES | _LENGTHS:
        return _time_arithmetic(op, left, right)
    if kind is not other:
        raise no_overload(op.value, left, right)
    match left, right:
        case (int(), int()) if kind is int:
            return _in_range(_integer(op, left, right))
        case UInt(number=one), UInt(number=two):
            return UInt(_in_range(_integer(op, one, two), 0, _HIGHEST_UNSIGNED))
        case (float(), float()) if op is not Operator.REMAINDER:
            return _double(op, left, right)
        case (str(), str()) | (bytes(), bytes()) | (tuple(), tuple()) if op is Operator.ADD:
            return _joined(cast("str", left), cast("str", right))
    raise no_overload(op.value, left, right)


def _joined(left: str, right: str) -> Value:
    """Two texts, bytes or lists, one after the other."""
    if len(left) + len(right) > _LONGEST:
        msg = f"the result has more than {_LONGEST} characters or items"
        raise EvaluationError(msg)
    return left + right


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
    quotient = abs(left) // abs(right) * (1 if (left < 0) is (right < 0) else -1)
    if op is Operator.DIVIDE:
        return quotient
    return left - right * _in_range(quotient, high=_HIGHEST_UNSIGNED if left > 0 else _HIGHEST)


def _in_range(value: int, low: int = _LOWEST, high: int = _HIGHEST) -> int:
    if not low <= value <= high:
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
    """Times and lengths of time: time ± length, length + time, time - time, length ± length."""
    of_times = (type(left) in _TIMES, type(right) in _TIMES)
    fits = all(type(value) in _TIMES | _LENGTHS for value in (left, right))
    allowed = {Operator.ADD: of_times != (True, True), Operator.SUBTRACT: of_times != (False, True)}
    if not fits or not allowed.get(op, False):
        raise no_overload(op.value, left, right)
    one, two = (times.nanoseconds(cast("times.Time", value)) for value in (left, right))
    count = one + two if op is Operator.ADD else one - two
    try:
        return times.time_at(count) if of_times in {(True, False), (False, True)} else times.length_of(count)
    except ValueError:
        raise EvaluationError(_OVERFLOW) from None
