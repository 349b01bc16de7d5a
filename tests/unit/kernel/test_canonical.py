from __future__ import annotations

import json
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goodstanding.kernel.canonical import Json, canonical

LARGEST = 2**53 - 1
documents: st.SearchStrategy[Json] = st.recursive(
    st.none() | st.booleans() | st.integers(-LARGEST, LARGEST) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=12,
)


def test_keys_come_in_the_order_of_rfc_8785_section_3_2_3() -> None:
    written = canonical(
        {
            "\u20ac": "Euro Sign",
            "\r": "Carriage Return",
            "\ufb33": "Hebrew Letter Dalet With Dagesh",
            "1": "One",
            "\U0001f600": "Emoji: Grinning Face",
            "\u0080": "Control",
            "\u00f6": "Latin Small Letter O With Diaeresis",
        }
    )
    assert [value.split()[0] for value in json.loads(written).values()] == [
        "Carriage",
        "One",
        "Control",
        "Latin",
        "Euro",
        "Emoji:",
        "Hebrew",
    ]


def test_strings_are_escaped_as_in_rfc_8785_section_3_2_4() -> None:
    written = canonical({"string": "\u20ac$\u000f\u000aA'\u0042\u0022\u005c\\\"/", "literals": [None, True, False]})
    assert written == b'{"literals":[null,true,false],"string":"\xe2\x82\xac$\\u000f\\nA\'B\\"\\\\\\\\\\"/"}'


def test_short_escapes_and_nothing_else_is_escaped() -> None:
    assert canonical("\b\t\n\f\r\x1f\x7f\u2028") == b'"\\b\\t\\n\\f\\r\\u001f\x7f\xe2\x80\xa8"'


@given(documents)
def test_reading_the_bytes_gives_the_document_back(document: Json) -> None:
    assert json.loads(canonical(document)) == document


@given(st.dictionaries(st.text(), st.integers(0, 9), min_size=2))
def test_the_order_of_writing_does_not_matter(document: dict[str, Json]) -> None:
    assert canonical(dict(reversed(document.items()))) == canonical(document)


def test_the_largest_integers_are_carried() -> None:
    assert canonical([LARGEST, -LARGEST]) == b"[9007199254740991,-9007199254740991]"


@pytest.mark.parametrize(
    ("document", "said"),
    [
        ({"a": [1, 1.5]}, "`$.a[1]` holds a float"),
        ([LARGEST + 1], "`$[0]` holds a int"),
        ([-LARGEST - 1], "`$[0]` holds a int"),
        ({"a": {1: 2}}, "the key `1` is not text"),
        ({"a": b"x"}, "`$.a` holds a bytes"),
        ("\ud800", "surrogates not allowed"),
        ({"\ud800": 1}, "surrogates not allowed"),
    ],
)
def test_what_two_writers_could_print_differently_is_refused(document: Json, said: str) -> None:
    with pytest.raises(ValueError, match=re.escape(said)):
        canonical(document)
