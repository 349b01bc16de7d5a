"""Conversions between types: `int`, `uint`, `double`, `string`, `bytes`, `bool`, `timestamp`, `duration`, `type`.

A text is read whole or not at all; a double becomes a whole number by cutting off its fraction.
"""

from __future__ import annotations

import math
import re
from datetime import datetime, timedelta
from typing import Final

from goodstanding.clause import times
from goodstanding.clause.faults import EvaluationError, no_overload, type_name
from goodstanding.clause.tree import Function
from goodstanding.clause.values import Moment, Span, TypeName, UInt, Value

_WHOLE = re.compile(r"[+-]?\d{1,40}", re.ASCII)
_NUMBER = re.compile(
    r"[+-]?(?:(?:\d{1,400}(?:\.\d{0,400})?|\.\d{1,400})(?:[eE][+-]?\d{1,9})?|inf|infinity|nan)",
    re.ASCII | re.IGNORECASE,
)
_TRUE: Final = frozenset(("1", "t", "true", "TRUE", "True"))
_FALSE: Final = frozenset(("0", "f", "false", "FALSE", "False"))
_PLAIN = range(-4, 6)
"""Doubles with an exponent in here are written without one."""

CONVERSIONS: Final = frozenset(
    {
        Function.BOOL,
        Function.INT,
        Function.UINT,
        Function.DOUBLE,
        Function.STRING,
        Function.BYTES,
        Function.TIMESTAMP,
        Function.DURATION,
        Function.TYPE,
        Function.DYN,
    }
)


def convert(function: Function, value: Value) -> Value:
    """A value as another type.

    Raises:
        EvaluationError: it is out of the type's range, of another form, or of a type that does not convert.
    """
    match function:
        case Function.DYN:
            return value
        case Function.TYPE:
            return TypeName(type_name(value))
        case Function.INT:
            return _whole(function, value, -(2**63), 2**63 - 1)
        case Function.UINT:
            return UInt(_whole(function, value, 0, 2**64 - 1))
        case Function.DOUBLE:
            return _double(value)
        case Function.BOOL:
            return _bool(value)
        case Function.STRING:
            return _string(value)
        case Function.BYTES:
            return _bytes(value)
    return _time(function, value)


def _whole(function: Function, value: Value, low: int, high: int) -> int:
    """`int` and `uint`."""
    match value:
        case bool():
            raise no_overload(function.value, value)
        case int() | UInt(number=int()):
            number = value if isinstance(value, int) else value.number
        case float():
            number = _cut(value, low, high)
        case str() if _WHOLE.fullmatch(value) and not (low == 0 and value.startswith("-")):
            number = int(value)
        case str():
            raise _unreadable(value, function)
        case datetime() | Moment() if function is Function.INT:
            number = times.nanoseconds(value) // 10**9
        case _:
            raise no_overload(function.value, value)
    if not low <= number <= high:
        msg = f"`{number}` is out of the range of `{function}`"
        raise EvaluationError(msg)
    return number


def _cut(value: float, low: int, high: int) -> int:
    """A double without its fraction; at the ends of the range doubles are too far apart to be sure."""
    if not (float(low) < value < float(high) or (low == 0 and -1 < value <= 0)):
        msg = f"`{value}` is out of the range of whole numbers"
        raise EvaluationError(msg)
    return int(value)


def _double(value: Value) -> float:
    match value:
        case float():
            return value
        case int() if not isinstance(value, bool):
            return float(value)
        case UInt(number=number):
            return float(number)
        case str() if _NUMBER.fullmatch(value):
            return float(value)
        case str():
            raise _unreadable(value, Function.DOUBLE)
    raise no_overload(Function.DOUBLE, value)


def _bool(value: Value) -> bool:
    match value:
        case bool():
            return value
        case str() if value in _TRUE | _FALSE:
            return value in _TRUE
        case str():
            raise _unreadable(value, Function.BOOL)
    raise no_overload(Function.BOOL, value)


def _string(value: Value) -> str:
    match value:
        case str():
            return value
        case bool():
            return "true" if value else "false"
        case int():
            return str(value)
        case UInt(number=number):
            return str(number)
        case float():
            return say_double(value)
        case bytes():
            return _text(value)
        case datetime() | Moment():
            return times.say_time(value)
        case timedelta() | Span():
            return times.say_length(value)
    raise no_overload(Function.STRING, value)


def say_double(value: float) -> str:
    """The shortest text that is read back as the same double: `0.1`, `1e+06`."""
    if not math.isfinite(value):
        return str(value)
    mantissa, _, exponent = f"{value!r}".partition("e")
    if not value:
        return mantissa.removesuffix(".0")
    digits = mantissa.lstrip("-").replace(".", "").strip("0") or "0"
    scale = _scale(mantissa.lstrip("-"), int(exponent or 0))
    if scale in _PLAIN:
        return f"{value:.{max(len(digits) - 1 - scale, 0)}f}"
    return f"{'-' if value < 0 else ''}{digits[0]}{'.' if digits[1:] else ''}{digits[1:]}e{scale:+03}"


def _scale(mantissa: str, exponent: int) -> int:
    """The power of ten of the first digit that is not zero."""
    whole, _, fraction = mantissa.partition(".")
    if whole.strip("0"):
        return exponent + len(whole) - 1
    return exponent - (len(fraction) - len(fraction.lstrip("0")) + 1)


def _text(value: bytes) -> str:
    try:
        return value.decode("utf-8")
    except UnicodeDecodeError:
        msg = "the bytes are no UTF-8"
        raise EvaluationError(msg) from None


def _encoded(text: str) -> bytes:
    try:
        return text.encode("utf-8")
    except UnicodeEncodeError:
        msg = "the text is no Unicode: state it without lone surrogates"
        raise EvaluationError(msg) from None


def _bytes(value: Value) -> bytes:
    match value:
        case bytes():
            return value
        case str():
            return _encoded(value)
    raise no_overload(Function.BYTES, value)


def _time(function: Function, value: Value) -> Value:
    """`timestamp` and `duration`."""
    try:
        match function, value:
            case (Function.TIMESTAMP, datetime() | Moment()) | (Function.DURATION, timedelta() | Span()):
                return value
            case Function.TIMESTAMP, str(text):
                return times.timestamp_exactly(text)
            case Function.TIMESTAMP, int(seconds) if not isinstance(seconds, bool):
                return times.time_at(seconds * 10**9)
            case Function.DURATION, str(text):
                return times.duration_exactly(text)
    except ValueError as error:
        raise EvaluationError(str(error)) from None
    raise no_overload(function.value, value)


def _unreadable(text: str, function: Function) -> EvaluationError:
    return EvaluationError(f"`{text[:80]}` can't be read as `{function}`")
