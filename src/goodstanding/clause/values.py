"""What a fact can say: typed values, and their typed-string form in JSON (no float may enter the record).

Below them stand the values that only an expression can have: null, unsigned integers, bytes, maps, types, and times
finer than a microsecond. No fact is one of these, so none of them has a typed-string form.
"""

from __future__ import annotations

import math
import re
from datetime import datetime, timedelta
from enum import Enum, StrEnum
from typing import TYPE_CHECKING, Final, Literal, TypeAlias, assert_never

import msgspec

from goodstanding.kernel.instants import instant, iso

if TYPE_CHECKING:
    from goodstanding.kernel.canonical import Json


# One value has one written form, so that reading and writing again gives the same bytes (P11).
_WHOLE = re.compile(r"0|-?[1-9]\d{0,18}", re.ASCII)
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?(?:e[+-]?\d+)?", re.ASCII)
_INT64 = range(-(2**63), 2**63)


class EntityRef(msgspec.Struct, frozen=True, order=True):
    """One thing that facts are about: its kind in the vocabulary, and its id. Written `order:bod-17-01`."""

    kind: str
    id: str

    def __str__(self) -> str:
        """`kind:id`."""
        return f"{self.kind}:{self.id}"

    @classmethod
    def read(cls, text: str) -> EntityRef:
        """Read `kind:id`.

        Raises:
            ValueError: there is no colon, or nothing on one side of it.
        """
        kind, colon, name = text.partition(":")
        if not (kind and colon and name):
            msg = f"`{text}` is not `kind:id`"
            raise ValueError(msg)
        return cls(kind, name)


class Absent(Enum):
    """The one value that says: evidence records that there is none (P3, `has` is then known to be false)."""

    ABSENT = "absent"


ABSENT: Final = Absent.ABSENT


class Null(Enum):
    """CEL's `null`, which is a value; what is not known is none."""

    NULL = "null"


NULL: Final = Null.NULL


class UInt(msgspec.Struct, frozen=True):
    """An unsigned whole number of 64 bits."""

    number: int


class TypeName(msgspec.Struct, frozen=True):
    """A type as a value: `int`, `google.protobuf.Timestamp`."""

    name: str


class Moment(msgspec.Struct, frozen=True):
    """A time that no `datetime` can hold, in nanoseconds from 1970; those of whole microseconds are `datetime`."""

    nanoseconds: int


class Span(msgspec.Struct, frozen=True):
    """A length of time that no `timedelta` can hold, in nanoseconds; those of whole microseconds are `timedelta`."""

    nanoseconds: int


Key: TypeAlias = "int | str | tuple[bool]"
"""What a key of a map is found by: numbers that are equal are one key, and a boolean is no number."""


class Map(msgspec.Struct, frozen=True):
    """A map: its entries by what they are found by, in the order of the text."""

    entries: dict[Key, tuple[Value, Value]]


Value: TypeAlias = (
    "bool | int | float | str | datetime | timedelta | EntityRef | tuple[Value, ...] | Literal[Absent.ABSENT]"
    " | Literal[Null.NULL] | UInt | bytes | Map | TypeName | Moment | Span"
)


class ValueType(StrEnum):
    """The types of values, as the vocabulary and the typed-string form name them."""

    BOOL = "bool"
    INT = "int"
    DOUBLE = "double"
    STRING = "string"
    TIMESTAMP = "timestamp"
    DURATION = "duration"
    ENTITY = "entity"
    LIST = "list"
    ABSENT = "absent"


class WiderType(StrEnum):
    """The types that an expression can have and a fact can't."""

    NULL = "null"
    UINT = "uint"
    BYTES = "bytes"
    MAP = "map"
    TYPE = "type"


def to_typed(value: Value) -> Json:
    """The typed-string form: `{"t": "double", "v": "1.5"}`; durations in whole microseconds.

    Raises:
        ValueError: the value is NaN or infinite, which no engine compares as CEL does, wider than CEL's 64 bits, or of
            a type that no fact has.
    """
    match value:
        case Absent():
            return {"t": ValueType.ABSENT.value, "v": ""}
        case bool():
            return {"t": ValueType.BOOL.value, "v": "true" if value else "false"}
        case int():
            return {"t": ValueType.INT.value, "v": _whole(value)}
        case float():
            if not math.isfinite(value):
                msg = f"`{value}` can't be a fact: state a finite number"
                raise ValueError(msg)
            return {"t": ValueType.DOUBLE.value, "v": repr(value)}
        case str():
            return {"t": ValueType.STRING.value, "v": value}
        case datetime():
            return {"t": ValueType.TIMESTAMP.value, "v": iso(value)}
        case timedelta():
            return {"t": ValueType.DURATION.value, "v": _whole(value // timedelta(microseconds=1))}
        case EntityRef():
            return {"t": ValueType.ENTITY.value, "v": str(value)}
        case tuple():
            return {"t": ValueType.LIST.value, "v": [to_typed(item) for item in value]}
        case Null() | UInt() | bytes() | Map() | TypeName() | Moment() | Span():
            msg = "a fact is a boolean, number, text, time, length of time, entity or list: state one of these"
            raise ValueError(msg)
        case _ as unreachable:
            assert_never(unreachable)


def _whole(value: int) -> str:
    """A whole number as it is written.

    Raises:
        ValueError: it is wider than CEL's 64 bits.
    """
    if value not in _INT64:
        msg = f"`{value}` can't be a fact: state a number of at most 64 bits"
        raise ValueError(msg)
    return str(value)


def from_typed(document: Json) -> Value:
    """Read the typed-string form.

    Raises:
        ValueError: the document is not of that form.
    """
    match document:
        case {"t": "absent"}:
            return ABSENT
        case {"t": "bool", "v": "true" | "false" as text}:
            return text == "true"
        case {"t": "int", "v": str(text)} if _WHOLE.fullmatch(text) and int(text) in _INT64:
            return int(text)
        case {"t": "double", "v": str(text)} if _NUMBER.fullmatch(text) and math.isfinite(float(text)):
            return float(text)
        case {"t": "string", "v": str(text)}:
            return text
        case {"t": "timestamp", "v": str(text)}:
            return instant(text)
        case {"t": "duration", "v": str(text)} if _WHOLE.fullmatch(text) and int(text) in _INT64:
            return timedelta(microseconds=int(text))
        case {"t": "entity", "v": str(text)}:
            return EntityRef.read(text)
        case {"t": "list", "v": list(items)}:
            return tuple(from_typed(item) for item in items)
    msg = f"`{document}` is not a typed value: write one such as {{t: bool, v: 'true'}}"
    raise ValueError(msg)
