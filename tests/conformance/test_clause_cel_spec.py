"""The language's own conformance data: every case gives the specified result, or is listed by name and reason."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from datetime import tzinfo
from pathlib import Path
from typing import cast
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import pytest

from conformance.clause_textproto import Message, cases, read
from goodstanding.clause.json_values import to_json
from goodstanding.clause.maps import map_of
from goodstanding.clause.operators import equal
from goodstanding.clause.times import length_of, time_at
from goodstanding.clause.untyped import Evaluation, evaluate_values
from goodstanding.clause.values import NULL, TypeName, UInt, Value

WHOLE = (
    "basic",
    "comparisons",
    "conversions",
    "fields",
    "fp_math",
    "integer_math",
    "lists",
    "logic",
    "macros",
    "macros2",
    "namespace",
    "parse",
    "plumbing",
    "string",
    "timestamps",
    "unknowns",
)
EXTENSIONS = ("math_ext", "optionals", "string_ext")

MESSAGES = "needs a protobuf message"
CONTAINER = "resolves names in a container"
ABSENT = "an absent fact is unknown here, and unknown is no error"
EXTENSION = "is an extension, not the standard language"


class NeedsAMessageError(Exception):
    """A value that is a protobuf message."""


def zone(name: str) -> tzinfo | None:
    try:
        return ZoneInfo(name)
    except (ValueError, ZoneInfoNotFoundError):
        return None


def text_of(value: object) -> str:
    assert isinstance(value, str)
    return value


def messages(message: Message, name: str) -> list[Message]:
    return cast("list[Message]", message.get(name, []))


def value_of(message: Message) -> Value:
    """A value of CEL as the data write it."""
    ((kind, (given, *_)),) = message.items()
    match kind, given:
        case "null_value", _:
            return NULL
        case "bool_value", _:
            return given == "true"
        case "int64_value", int():
            return given
        case "uint64_value", int():
            return UInt(given)
        case "double_value", str() | int() | float():
            return float(given)
        case "string_value", str():
            return given
        case "bytes_value", str():
            return given.encode("utf-8", errors="surrogateescape")
        case "type_value", str():
            return TypeName(given)
        case "list_value", dict():
            return tuple(value_of(item) for item in messages(given, "values"))
        case "map_value", dict():
            entries = messages(given, "entries")
            pairs = ((messages(entry, "key")[0], messages(entry, "value")[0]) for entry in entries)
            return map_of((value_of(key), value_of(item)) for key, item in pairs)
        case "object_value", dict():
            return well_known(given)
    raise NeedsAMessageError(kind)


def well_known(message: Message) -> Value:
    """The two messages that are values of CEL."""
    ((name, (inner, *_)),) = message.items()
    assert isinstance(inner, dict)
    seconds, nanos = (int(cast("int", inner.get(field, [0])[0])) for field in ("seconds", "nanos"))
    match name.rpartition(".")[2]:
        case "Timestamp":
            return time_at(seconds * 10**9 + nanos)
        case "Duration":
            return length_of(seconds * 10**9 + nanos)
    raise NeedsAMessageError(name)


def bindings(test: Message) -> Iterator[tuple[str, Value]]:
    """The variables of a case."""
    for binding in messages(test, "bindings"):
        (outer,) = messages(binding, "value")
        (value,) = messages(outer, "value")
        yield text_of(binding["key"][0]), value_of(value)


def outcome(test: Message) -> str:
    """`passed`, or why the language here does not have what the case is about."""
    source = text_of(test["expr"][0])
    try:
        bound = dict(bindings(test))
        expected = [value_of(value) for value in messages(test, "value")]
    except NeedsAMessageError:
        return MESSAGES
    found = evaluate_values(source, bound, zones=zone)
    if "cel.expr.conformance" in text_of(test.get("container", [""])[0]) or "messages are not supported" in str(
        found.error
    ):
        return MESSAGES
    if "eval_error" in test:
        assert found.value is None, source
        return "passed" if found.error else ABSENT
    if "container" in test and not agrees(found, expected):
        return CONTAINER
    if found.missing and "cel.expr.conformance" in source:
        return MESSAGES
    assert agrees(found, expected), (source, found, expected)
    return "passed"


def agrees(found: Evaluation, expected: list[Value]) -> bool:
    """Whether the value is the specified one, of the same type, or NaN as specified."""
    (value,) = expected or [True]
    if found.value is None or type(found.value) is not type(value):
        return False
    return equal(found.value, value) or to_json(found.value) == to_json(value) == "NaN"


def extension(test: Message) -> str:
    """An extension's case is refused, whatever it gives."""
    found = evaluate_values(text_of(test["expr"][0]), {})
    assert found.value is None, test
    assert found.error or found.missing
    return EXTENSION


def figures(shared: Path, name: str, run: Callable[[Message], str]) -> list[str]:
    """The lines of the list for one file."""
    message = read((shared / "data" / "cel_spec" / f"{name}.textproto").read_text(encoding="utf-8"))
    outcomes = [(case, run(test)) for case, test in cases(message)]
    counts = Counter(why for _, why in outcomes)
    refused = [f"    {case}: {why}" for case, why in outcomes if why not in {"passed", EXTENSION}]
    return [f"{name}: {counts['passed']} passed, {counts.total() - counts['passed']} refused, 0 failed", *refused]


def test_every_case_passes_or_is_listed_with_its_reason(shared: Path, golden: Callable[[str, str], None]) -> None:
    lines = [line for name in WHOLE for line in figures(shared, name, outcome)]
    lines += [
        line for name in EXTENSIONS for line in [*figures(shared, name, extension), f"    every case {EXTENSION}"]
    ]
    golden("cel_spec.txt", "\n".join(lines) + "\n")


@pytest.mark.parametrize(
    "name", ["basic", "fp_math", "integer_math", "lists", "logic", "macros", "string", "timestamps"]
)
def test_a_file_without_messages_passes_whole(shared: Path, name: str) -> None:
    refused = [line for line in figures(shared, name, outcome)[1:] if ABSENT not in line]
    assert refused == []
