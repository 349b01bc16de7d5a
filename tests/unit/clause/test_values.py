from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goodstanding.clause.values import ABSENT, EntityRef, Value, from_typed, to_typed
from goodstanding.kernel.canonical import Json, canonical

INT64 = st.integers(-(2**63), 2**63 - 1)
single: st.SearchStrategy[Value] = st.one_of(
    st.just(ABSENT),
    st.booleans(),
    INT64,
    st.floats(allow_nan=False, allow_infinity=False),
    st.text(),
    st.datetimes(timezones=st.just(UTC)),
    INT64.map(lambda microseconds: timedelta(microseconds=microseconds)),
    st.builds(EntityRef, st.text("abc", min_size=1), st.text("abc:-", min_size=1)),
)
values: st.SearchStrategy[Value] = st.recursive(single, lambda inner: st.lists(inner, max_size=3).map(tuple))


def kinds(value: Value) -> object:
    """The value with its types, since `True == 1 == 1.0` in Python and not in CEL's type system."""
    return [kinds(item) for item in value] if isinstance(value, tuple) else (type(value), value)


@given(values)
def test_what_is_written_is_read_back_with_its_type(value: Value) -> None:
    assert kinds(from_typed(to_typed(value))) == kinds(value)


@given(values)
def test_no_float_and_no_wide_integer_reaches_the_record(value: Value) -> None:
    assert canonical(to_typed(value))


@given(values)
def test_one_value_has_one_written_form(value: Value) -> None:
    assert to_typed(from_typed(to_typed(value))) == to_typed(value)


@pytest.mark.parametrize(
    ("value", "document"),
    [
        (True, {"t": "bool", "v": "true"}),
        (7, {"t": "int", "v": "7"}),
        (1.5, {"t": "double", "v": "1.5"}),
        ("7", {"t": "string", "v": "7"}),
        (datetime(2024, 9, 30, tzinfo=UTC), {"t": "timestamp", "v": "2024-09-30T00:00:00Z"}),
        (timedelta(seconds=1), {"t": "duration", "v": "1000000"}),
        (EntityRef("order", "bod-17-01"), {"t": "entity", "v": "order:bod-17-01"}),
        (("a",), {"t": "list", "v": [{"t": "string", "v": "a"}]}),
        (ABSENT, {"t": "absent", "v": ""}),
    ],
)
def test_each_type_has_its_form(value: Value, document: Json) -> None:
    assert to_typed(value) == document
    assert from_typed(document) == value


@pytest.mark.parametrize(
    "document",
    [
        None,
        "true",
        {},
        {"t": "bool", "v": "yes"},
        {"t": "bool", "v": True},
        {"t": "int", "v": 7},
        {"t": "int", "v": " 7"},
        {"t": "int", "v": "1_000"},
        {"t": "int", "v": "007"},
        {"t": "int", "v": "9223372036854775808"},
        {"t": "double", "v": "nan"},
        {"t": "double", "v": "inf"},
        {"t": "double", "v": "1e999"},
        {"t": "double", "v": "1_0.5"},
        {"t": "duration", "v": "1h"},
        {"t": "duration", "v": "9223372036854775808"},
        {"t": "list", "v": "a"},
        {"t": "colour", "v": "red"},
    ],
)
def test_a_document_of_another_form_is_refused_with_an_example(document: Json) -> None:
    with pytest.raises(ValueError, match="is not a typed value: write one such as"):
        from_typed(document)


@pytest.mark.parametrize("value", [float("nan"), float("inf"), -float("inf")])
def test_a_number_that_is_not_finite_is_no_fact(value: float) -> None:
    with pytest.raises(ValueError, match="can't be a fact: state a finite number"):
        to_typed(value)


@pytest.mark.parametrize("value", [2**63, -(2**63) - 1, timedelta.max])
def test_a_number_wider_than_64_bits_is_no_fact(value: Value) -> None:
    with pytest.raises(ValueError, match="can't be a fact: state a number of at most 64 bits"):
        to_typed(value)


@pytest.mark.parametrize("text", ["", "order", ":x", "order:"])
def test_an_entity_is_named_by_its_kind_and_id(text: str) -> None:
    with pytest.raises(ValueError, match="is not `kind:id`"):
        EntityRef.read(text)


def test_an_id_may_hold_a_colon() -> None:
    assert EntityRef.read("domain:a:b") == EntityRef("domain", "a:b")
