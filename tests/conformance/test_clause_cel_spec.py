"""The language's own conformance data: what we support gives the specified result, the rest is refused unread."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from conformance.clause_textproto import Message, cases, read
from goodstanding.clause.values import Value
from goodstanding.clause.verdict import read_value
from goodstanding.errors import ConditionError
from unit.clause.world import CONDITIONS, NOW, FactsIn

# file: how many of its tests run at least; the others are refused with a reason, or need what conditions don't have.
FILES = {
    "basic": 23,
    "comparisons": 98,
    "fp_math": 29,
    "integer_math": 41,
    "lists": 12,
    "logic": 21,
    "macros": 32,
    "parse": 89,
    "plumbing": 2,
    "string": 36,
    "timestamps": 30,
}


class Unwritable(Exception):  # noqa: N818  a result that no condition can have
    """A value of a type that conditions do not have."""


def plain(value: Message) -> Value:
    """An expected value."""
    ((kind, (given, *_)),) = value.items()
    match kind, given:
        case "bool_value", _:
            return given == "true"
        case "int64_value", int():
            return given
        case "string_value", str():
            return given
        case "double_value", str() | int() | float():
            return float(given)
        case "list_value", dict():
            return tuple(plain(item) for item in given.get("values", []) if isinstance(item, dict))
    raise Unwritable(kind)


def outcome(test: Message) -> str:
    """`ran`, or why the test says nothing about us."""
    if "bindings" in test or "type_env" in test:
        return "needs variables that are no entities"
    source = str(test["expr"][0])
    try:
        condition = CONDITIONS.read(source, variables={}, result=None)
    except ConditionError as error:
        return f"refused: {error.problems[0].message}"
    reading = read_value(condition, {}, FactsIn({}), now=NOW)
    if "eval_error" in test:
        assert (reading.value, bool(reading.errors)) == (None, True), source
        return "ran"
    try:
        (value, *_) = test.get("value", [{"bool_value": ["true"]}])
        assert isinstance(value, dict)
        expected = plain(value)
    except Unwritable as kind:
        return f"gives {kind}"
    assert (type(reading.value), repr(reading.value)) == (type(expected), repr(expected)), source
    return "ran"


@pytest.mark.parametrize(("name", "least"), FILES.items())
def test_what_we_support_agrees_with_the_specification(shared: Path, name: str, least: int) -> None:
    text = (shared / "data" / "cel_spec" / f"{name}.textproto").read_text(encoding="utf-8")
    counts = Counter(outcome(test) for _, test in cases(read(text)))
    print(f"\n{name}: {counts['ran']} of {counts.total()} ran")
    for why, many in counts.most_common():
        print(f"    {many:4} {why}")
    assert counts["ran"] >= least
