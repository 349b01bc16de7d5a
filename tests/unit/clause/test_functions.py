from __future__ import annotations

import pytest

from goodstanding.clause.conversions import say_double
from goodstanding.clause.json_values import Plain
from goodstanding.clause.untyped import evaluate


def gives(source: str) -> Plain:
    found = evaluate(source, {})
    assert found.value is not None, found
    return found.as_json()["value"]


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("int(-1.9)", -1),
        ("int(5u)", 5),
        ("int('+12')", 12),
        ("int(timestamp('1969-12-31T23:59:59.5Z'))", -1),
        ("uint(1.9)", 1),
        ("uint(-0.5)", 0),
        ("uint('18446744073709551615')", 2**64 - 1),
        ("double(5)", 5.0),
        ("double(5u)", 5.0),
        ("double('1e400')", "Infinity"),
        ("double('-.5e1')", -5.0),
        ("double(1.5)", 1.5),
        ("string(5u)", "5"),
        ("string(true)", "true"),
        ("string(b'a')", "a"),
        ("string(timestamp('2024-01-02T03:04:05.120Z'))", "2024-01-02T03:04:05.12Z"),
        ("string(duration('-1h0.5s'))", "-3600.5s"),
        ("bytes(b'a')", "YQ=="),
        ("bytes('é')", "w6k="),
        ("bool('T')", None),
        ("bool('t')", True),
        ("bool(false)", False),
        ("timestamp(0)", "1970-01-01T00:00:00Z"),
        ("timestamp(timestamp(0))", "1970-01-01T00:00:00Z"),
        ("duration(duration('1.9ns'))", "0.000000001s"),
        ("dyn(1)", 1),
        ("type(null)", "null_type"),
        ("size({1: 2}) + size(b'ab') + size('é')", 4),
        ("duration('-3.5s').getMilliseconds()", -500),
        ("duration('1h').getMinutes()", 60),
        ("timestamp('2024-12-31T01:02:03.456789012Z').getDayOfYear()", 365),
        ("timestamp('2024-12-31T01:02:03.456789012Z').getMilliseconds()", 456),
        ("[7, 8][1u] + [7, 8][0.0]", 15),
        ("{1u: 'a', true: 'b'}[1.0]", "a"),
        ("3 in {3u: 1} && !(1.5 in {3u: 1}) && 1u in [1.0]", True),
        ("b'a' < b'b' && false < true && 1 < 2u && 1.5 > 1u", True),
        ("timestamp('2024-01-01T00:00:00.000000001Z') > timestamp('2024-01-01T00:00:00Z')", True),
        ("duration('1ns') < duration('1us')", True),
        ("{'a': [1.0]} == {'a': [1u]} && {'a': 1} != {'b': 1} && 1 != '1'", True),
        ("9223372036854775807 == 9223372036854775808.0", True),
        ("5u % 3u + 7u / 2u - 1u", 4),
        ("[1, 2].transformMap(i, v, v > 1, v * 2)", {"1": 4}),
        ("{'a': 1}.transformMapEntry(k, v, {v: k})", {"1": "a"}),
        ("[1, 2].transformList(i, v, i > 0, v)", [2]),
        ("{'a': 1}.filter(k, k == 'a')", ["a"]),
        ("[1, 2].existsOne(i, v, v > 1)", True),
    ],
)
def test_functions_and_operators_give_what_cel_gives(source: str, expected: Plain) -> None:
    if expected is None:
        assert evaluate(source, {}).error
    else:
        found = gives(source)
        assert (type(found), found) == (type(expected), expected)


@pytest.mark.parametrize(
    "source",
    [
        "int(true)",
        "int('1.5')",
        "int('')",
        "int(null)",
        "int(9223372036854775807.0)",
        "int(-9223372036854775808.0)",
        "int(double('NaN'))",
        "int(18446744073709551615u)",
        "uint(-1)",
        "uint('-1')",
        "uint(timestamp(0))",
        "double('0x10')",
        "double('1_0')",
        "double(true)",
        "bool(1)",
        "string(null)",
        "string(b'\\xff')",
        "bytes(1)",
        "timestamp(253402300800)",
        "timestamp(1u)",
        "timestamp(true)",
        "timestamp('2024-01-01')",
        "duration(1)",
        "duration('1d')",
        "duration('320000000000s')",
        "size(1)",
        "'a'.startsWith(1)",
        "startsWith('a', 'a')",
        "'1'.int()",
        "getHours(timestamp(0))",
        "duration('1s').getFullYear()",
        "timestamp(0).getHours(1)",
        "[1][1]",
        "[1][-1]",
        "[1]['a']",
        "[1][true]",
        "[1][0.5]",
        "1[0]",
        "{1: 1}[2]",
        "{1.5: 1}",
        "{null: 1}",
        "{1: 1, 1u: 2}",
        "{1: 1}[null]",
        "1.a",
        "has([1].a)",
        "{'a': 1}.b",
        "1 in 'a'",
        "-5u",
        "3u - 5u",
        "!1",
        "1 + 1u",
        "5.0 % 2.0",
        "{} + {}",
        "null < null",
        "'a' - 'a'",
        "timestamp(0) + timestamp(0)",
        "duration('1s') - timestamp(0)",
        "duration('1s') * duration('1s')",
        "duration('1s') + 1",
        "timestamp(0) < duration('1s')",
        "-9223372036854775808 % -1",
        "1 ? 2 : 3",
        "[1].exists_one(x, x)",
        "[1].filter(x, x)",
        "[1].map(x, x, x)",
        "1.all(x, true)",
        "[1].transformMapEntry(i, v, v)",
        "[1, 2].transformMapEntry(i, v, {'a': v})",
    ],
)
def test_what_cel_defines_no_value_for_is_an_error(source: str) -> None:
    found = evaluate(source, {})
    assert (found.value, found.missing) == (None, ())
    assert found.error


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0.0, "0"),
        (-0.0, "-0"),
        (1.0, "1"),
        (123.456, "123.456"),
        (-0.0045, "-0.0045"),
        (100000.0, "100000"),
        (1e6, "1e+06"),
        (-1234567.0, "-1.234567e+06"),
        (0.00001, "1e-05"),
        (5e-324, "5e-324"),
        (1.7976931348623157e308, "1.7976931348623157e+308"),
        (float("nan"), "nan"),
        (float("-inf"), "-inf"),
    ],
)
def test_a_double_is_written_as_short_as_it_can_be(value: float, text: str) -> None:
    assert say_double(value) == text
    assert repr(float(text)) == repr(value)
