from __future__ import annotations

import pytest

from goodstanding.kernel.grades import Grade, Handling
from goodstanding.kernel.ids import is_slug
from goodstanding.kernel.languages import language
from goodstanding.kernel.money import Money
from goodstanding.kernel.territories import CODES, EU, territory


def test_an_id_that_people_write_is_lower_case_words_joined_by_hyphens() -> None:
    assert is_slug("supply-forbidden-2")
    for text in ("", "Supply", "a--b", "-a", "a-", "a b", "a_b", "ö"):
        assert not is_slug(text)


def test_a_language_is_a_primary_tag_with_an_optional_region() -> None:
    assert [language(tag) for tag in ("en", "pt-BR", "gsw")] == ["en", "pt-BR", "gsw"]
    for tag in ("", "EN", "en-gb", "english", "en_GB"):
        with pytest.raises(ValueError, match="is not a language tag: write one such as `en`"):
            language(tag)


def test_money_is_written_with_two_decimals_and_groups() -> None:
    assert str(Money(minor=123456789, currency="EUR")) == "EUR 1,234,567.89"
    assert str(Money(minor=-5, currency="USD")) == "USD -0.05"


def test_territories_are_the_codes_of_iso_3166() -> None:
    assert len(CODES) == 249
    assert len(EU) == 27
    assert EU < CODES
    assert territory("US") == "US"
    for code in ("us", "UK", "EU", "XK", ""):
        with pytest.raises(ValueError, match="is not an ISO 3166-1 alpha-2 code"):
            territory(code)


def test_grades_and_handlings_are_those_of_the_design() -> None:
    assert [grade.value for grade in Grade] == [
        "allegation",
        "report",
        "admission",
        "finding",
        "directive",
        "measurement",
        "estimate",
    ]
    assert {h.value for h in Handling} == {"open", "about others", "source protected", "sealed", "not kept"}
