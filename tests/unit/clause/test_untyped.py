from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from goodstanding.clause import patterns
from goodstanding.clause.faults import EvaluationError
from goodstanding.clause.json_values import Plain, from_json, to_json
from goodstanding.clause.untyped import evaluate, evaluate_values, without_meaning
from goodstanding.clause.values import ABSENT, NULL, EntityRef, Map, Moment, Null, Span, TypeName, UInt, Value, to_typed


def gives(source: str, facts: dict[str, object] | None = None) -> Plain:
    found = evaluate(source, facts or {})
    assert found.value is not None, found
    return found.as_json()["value"]


def error(source: str, facts: dict[str, object] | None = None) -> str:
    found = evaluate(source, facts or {})
    assert found.value is None, found
    assert found.error is not None
    assert "\n" not in found.error
    return found.error


def test_a_value_rests_on_the_fewest_facts() -> None:
    found = evaluate("(a && b) || c", {"a": True, "b": True, "c": True, "d": 1})
    assert found.as_json() == {"value": True, "error": None, "because": ["c"], "missing": []}


def test_an_absent_fact_is_unknown_and_named() -> None:
    found = evaluate("a && b", {"a": True})
    assert found.as_json() == {"value": None, "error": None, "because": [], "missing": ["b"]}
    assert evaluate("a && b", {"a": False}).as_json()["value"] is False
    assert evaluate("has(a.b)", {}).missing == ("a",)


def test_null_in_the_facts_is_a_value_and_no_unknown() -> None:
    assert gives("a == null", {"a": None}) is True
    found = evaluate("a", {"a": None})
    assert (found.value, found.as_json()["value"], found.because) == (NULL, None, ("a",))


def test_a_map_in_the_facts_follows_cel() -> None:
    facts: dict[str, object] = {"account": {"balance": 5}}
    assert gives("account.balance > 4", facts) is True
    assert gives("has(account.balance) && !has(account.name)", facts) is True
    assert "no such key: `name`" in error("account.name == 'a'", facts)
    assert evaluate("account.balance", facts).because == ("account",)


def test_names_of_facts_may_have_dots_and_the_longest_wins() -> None:
    assert gives("a.b.c", {"a.b.c": 1, "a.b": {"c": 2}, "a": {"b": {"c": 3}}}) == 1
    assert gives("a.b.c", {"a.b": {"c": 2}, "a": {"b": {"c": 3}}}) == 2
    assert gives("a.d.e", {"a.b": 1, "a": {"d": {"e": 4}}}) == 4
    assert gives("has(a.b)", {"a.b": 1}) is True
    assert gives("has(a.b.c)", {"a.b": {"c": 1}}) is True
    assert evaluate("a.balance > 1 || has(a.name)", {"a.b": 1}).missing == ("a.balance", "a.name")
    assert evaluate("a.b.c > 1", {}).missing == ("a",)


def test_an_element_hides_a_fact_and_a_leading_dot_finds_it() -> None:
    assert gives("[1].all(x, x == 1)", {"x": 2}) is True
    assert gives("[1].all(x, .x == 2)", {"x": 2}) is True
    assert gives("[{'z': 0}].all(y, y.z == 0 && has(y.z))", {"y.z": 42}) is True


def test_a_type_has_a_name_unless_a_fact_has_it() -> None:
    assert gives("type(1) == int && type(int) == type") is True
    assert gives("google.protobuf.Timestamp") == "google.protobuf.Timestamp"
    assert gives("type", {"type": "shop"}) == "shop"
    assert gives("type.name", {"type": {"name": "shop"}}) == "shop"
    assert gives("type.name", {"type.name": "shop"}) == "shop"
    assert "can't be applied to `type`" in error("int.name")
    assert "can't be applied to `type`" in error("has(int.name)")


def test_an_error_says_what_and_where() -> None:
    assert error("1 +\n 'a'") == (
        "no matching overload: `+` can't be applied to `int, string` (line 1, column 3 of the condition)"
    )
    assert error("1 +") == "syntax: unexpected the end (line 1, column 4)"
    assert error("x.?y") == (
        "unsupported syntax '.?': optional values are not supported: write `has(…) ? … : …` (line 1, column 1)"
    )
    assert "is not supported: the language here is standard CEL" in error("math.greatest(1, 2)")
    assert "messages are not supported" in error("a.b{c: 1}")
    assert "nested deeper than 32" in error("(" * 40 + "1" + ")" * 40)
    assert "nested deeper than 32" in error("1" + " + 1" * 40)
    assert "20001 characters" in error("1" * 20_001)
    assert "surrogate" in error("'\ud800'")


def test_an_error_is_absorbed_as_cel_does() -> None:
    assert gives("f(17) || true") is True
    assert gives("'a' && false") is False
    assert "`&&`" in error("'a' && 'b'")
    assert error("1 / 0 > 1 || x") == "division by zero (line 1, column 3 of the condition)"
    assert evaluate("1 / 0 > 1 || x", {}).missing == ("x",)


@pytest.mark.parametrize(
    ("value", "document"),
    [
        (NULL, None),
        (ABSENT, None),
        (True, True),
        (2**63 - 1, 2**63 - 1),
        (UInt(2**64 - 1), 2**64 - 1),
        (1.5, 1.5),
        (float("nan"), "NaN"),
        (float("inf"), "Infinity"),
        (float("-inf"), "-Infinity"),
        ("é", "é"),
        (b"\xff", "/w=="),
        (datetime(2024, 9, 30, 1, 2, 3, 500_000, tzinfo=UTC), "2024-09-30T01:02:03.5Z"),
        (Moment(1), "1970-01-01T00:00:00.000000001Z"),
        (timedelta(minutes=-1, seconds=-1.5), "-61.5s"),
        (Span(-1), "-0.000000001s"),
        ((1, "a"), [1, "a"]),
        (Map({(True,): (True, 1), 2: (UInt(2), 2), 3: (3, NULL)}), {"true": 1, "2": 2, "3": None}),
        (Map({(False,): (False, 1)}), {"false": 1}),
        (TypeName("int"), "int"),
        (EntityRef("order", "a"), "order:a"),
    ],
)
def test_each_value_has_its_json(value: Value, document: Plain) -> None:
    assert to_json(value) == document


def test_json_is_read_as_values_of_cel() -> None:
    read = from_json({"a": [1, 2.5, "x", None, True]}, "f")
    assert read == Map({"a": ("a", (1, 2.5, "x", NULL, True))})


@pytest.mark.parametrize(
    ("facts", "problem"),
    [
        ({"x": 2**63}, "more than 64 bits"),
        ({"x": "\ud800"}, "no Unicode"),
        ({"x": {"\ud800": 1}}, "no Unicode"),
        ({"x": {1: 1}}, "state keys as texts"),
        ({"x": {1, 2}}, "of the type `set`"),
    ],
)
def test_facts_that_are_no_values_of_cel_are_named(facts: dict[str, object], problem: str) -> None:
    assert problem in error("x == 1", facts)
    assert gives("1 == 1", facts) is True


def test_facts_may_be_nested_but_not_without_end() -> None:
    deep: object = 1
    for _ in range(1_000):
        deep = [deep]
    assert "nested deeper than 64" in error("x == 1", {"x": deep})


@pytest.mark.parametrize("value", [NULL, UInt(1), b"a", Map({}), TypeName("int"), Moment(1), Span(1)])
def test_no_value_of_an_expression_alone_reaches_the_record(value: Value) -> None:
    with pytest.raises(ValueError, match="state one of these"):
        to_typed(value)
    assert isinstance(NULL, Null)


def test_zones_are_given_by_whoever_reads() -> None:
    source = "timestamp('2009-02-13T23:31:30Z').getHours('Asia/Kathmandu')"
    assert "is no time zone that is known here" in error(source)
    assert evaluate(source, {}, zones=ZoneInfo).value == 5
    assert gives("timestamp('2009-02-13T23:31:30Z').getHours('+01:00')") == 0
    assert gives("timestamp('2009-02-13T23:31:30Z').getHours('-01:30')") == 22
    assert "is no time zone" in error("timestamp('2009-02-13T23:31:30Z').getHours('25:00')")
    assert "not in the years 1 to 9999 in that zone" in error("timestamp('9999-12-31T23:31:30Z').getHours('23:00')")


def test_values_of_cel_can_be_given_as_they_are() -> None:
    assert evaluate_values("x + 1u", {"x": UInt(5)}).value == UInt(6)
    assert evaluate_values("1 +", {}).error is not None
    assert "no Unicode" in str(evaluate_values("bytes(x)", {"x": "\ud800"}).error)


def test_what_has_no_meaning_is_listed() -> None:
    assert without_meaning("x.y > 1") == ()
    assert [problem.column for problem in without_meaning("f(1) || g(2)")] == [2, 10]
    assert [problem.column for problem in without_meaning("1 +")] == [4]


LONG = {"l": list(range(300)), "s": "x" * 1_000_000, "b": list(range(50_000))}


@pytest.mark.parametrize(
    "source",
    [
        "l.all(a, l.all(b, l.all(c, a + b < c + 1000)))",
        "l.exists(x, s == s && false)",
        "l.exists(x, s.contains('xxxxxxxxy'))",
        "l.exists(x, b == b && false)",
        "l.exists(x, x in b && false)",
        "l.exists(x, s.matches('(x+x+)+y'))",
        "b.exists(x, 'x'.matches(string(x)))",
        "[1]" + ".map(x, [x, x])" * 25 + " == 1",
        "[1]" + ".map(x, {'a': x, 'b': x})" * 25 + " == 1",
        "['aaaaaaaaaa']" + ".map(x, x + x)" * 25 + "[0].size()",
        "[[1]]" + ".map(x, x + x)" * 25 + "[0].size()",
        "b.transformMap(i, v, [v, [v]]).transformMap(i, v, [v, v])",
    ],
)
def test_hostile_work_ends_with_an_error(source: str) -> None:
    said = error(source, dict(LONG))
    assert "steps" in said or "parts" in said or "characters or items" in said


def test_many_equal_explanations_do_not_take_for_ever() -> None:
    facts: dict[str, object] = {f"{letter}{n}": True for letter in "ab" for n in range(300)}
    found = evaluate(" && ".join(f"(a{n} || b{n})" for n in range(300)), facts)
    assert found.error is not None
    assert evaluate(" && ".join(f"(a{n} || b{n})" for n in range(20)), facts).value is True


def test_a_pattern_is_read_by_re2_or_refused() -> None:
    assert patterns.matches("aé", "^a.$")
    for bad in ("(", "\\pL{1000}", "a" * 1_001):
        with pytest.raises(EvaluationError):
            patterns.matches("a", bad)
    with pytest.raises(EvaluationError, match="no Unicode"):
        patterns.matches("\ud800", "a")
