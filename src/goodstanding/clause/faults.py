"""What has no value: CEL's evaluation errors, and the names of types as they stand in their messages."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from goodstanding.clause.values import EntityRef, Map, Moment, Null, Span, TypeName, UInt, Value

_NAMES: Final[dict[type, str]] = {
    bool: "bool",
    int: "int",
    UInt: "uint",
    float: "double",
    str: "string",
    bytes: "bytes",
    tuple: "list",
    Map: "map",
    Null: "null_type",
    TypeName: "type",
    datetime: "google.protobuf.Timestamp",
    Moment: "google.protobuf.Timestamp",
    timedelta: "google.protobuf.Duration",
    Span: "google.protobuf.Duration",
}

TYPE_NAMES: Final = frozenset(_NAMES.values())
"""The names that stand for types."""


class EvaluationError(Exception):
    """CEL defines no value here; the message says why."""


def type_name(value: Value) -> str:
    """The name of a value's type."""
    return value.kind if isinstance(value, EntityRef) else _NAMES.get(type(value), "nothing")


def no_overload(name: str, *values: Value) -> EvaluationError:
    """The error of an operator or function over types that it does not take."""
    types = ", ".join(type_name(value).rpartition(".")[2].lower() for value in values)
    return EvaluationError(f"no matching overload: `{name}` can't be applied to `{types}`")
