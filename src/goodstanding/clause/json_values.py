"""Values of CEL as JSON, in both directions.

Out: bytes as base64, times as RFC 3339, lengths of time as `1.5s`, NaN and the infinities as texts, keys of maps as
texts, types and entities by name. In: a whole number is an `int`, another number a double; a text stays a text.
"""

from __future__ import annotations

import base64
import math
from datetime import datetime, timedelta
from typing import Final, TypeAlias, assert_never

from goodstanding.clause import times
from goodstanding.clause.values import (
    NULL,
    Absent,
    EntityRef,
    Map,
    Moment,
    Null,
    Span,
    TypeName,
    UInt,
    Value,
)

Plain: TypeAlias = "bool | int | float | str | list[Plain] | dict[str, Plain] | None"
"""JSON with doubles, which no record may hold."""

_DEEPEST: Final = 64
_INT64: Final = range(-(2**63), 2**63)


def to_json(value: Value) -> Plain:
    """A value as JSON."""
    match value:
        case Null() | Absent():
            return None
        case bool() | int() | str():
            return value
        case UInt(number=number):
            return number
        case float():
            return value if math.isfinite(value) else _not_finite(value)
        case bytes():
            return base64.b64encode(value).decode("ascii")
        case datetime() | Moment():
            return times.say_time(value)
        case timedelta() | Span():
            return times.say_length(value)
        case tuple():
            return [to_json(item) for item in value]
        case Map(entries=entries):
            return {_key(key): to_json(inner) for key, inner in entries.values()}
        case TypeName(name=name):
            return name
        case EntityRef():
            return str(value)
        case _ as unreachable:
            assert_never(unreachable)


def _not_finite(value: float) -> str:
    if math.isnan(value):
        return "NaN"
    return "Infinity" if value > 0 else "-Infinity"


def _key(key: Value) -> str:
    """A key of a map as a text."""
    match key:
        case bool():
            return "true" if key else "false"
        case UInt(number=number):
            return str(number)
    return str(key)


def from_json(document: object, name: str, depth: int = 0) -> Value:
    """A fact as JSON has it; `name` is what messages call it.

    Raises:
        ValueError: a number or text that CEL has none of, or lists and maps deeper than 64.
    """
    if depth > _DEEPEST:
        msg = f"the fact `{name}` is nested deeper than {_DEEPEST} levels: state it flatter"
        raise ValueError(msg)
    match document:
        case None:
            return NULL
        case bool() | float():
            return document
        case int():
            if document not in _INT64:
                msg = f"the fact `{name}` has a number of more than 64 bits: state a smaller one"
                raise ValueError(msg)
            return document
        case str():
            return _text(document, name)
        case list():
            return tuple(from_json(item, name, depth + 1) for item in document)
        case dict():
            found = ((_text(key, name), inner) for key, inner in document.items())
            return Map({key: (key, from_json(inner, name, depth + 1)) for key, inner in found})
    msg = f"the fact `{name}` is of the type `{type(document).__name__}`: state it as JSON has it"
    raise ValueError(msg)


def _text(text: object, name: str) -> str:
    """A text, which has to be Unicode.

    Raises:
        ValueError: half of a surrogate pair stands alone in it, or a key is no text.
    """
    if not isinstance(text, str):
        msg = f"the fact `{name}` has the key `{text}`: state keys as texts"
        raise ValueError(msg)  # noqa: TRY004  what was given is wrong, not how this is called
    if not text.isascii():
        try:
            text.encode("utf-8")
        except UnicodeEncodeError:
            msg = f"the fact `{name}` has a text that is no Unicode: state it without lone surrogates"
            raise ValueError(msg) from None
    return text
