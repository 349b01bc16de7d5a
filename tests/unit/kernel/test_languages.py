from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from goodstanding.kernel.languages import Language, day, length, listed, moment, number

EN, DE, FR, BR = (Language(tag) for tag in ("en", "de", "fr", "pt-BR"))
FIRST = datetime(2024, 10, 1, 0, 30, tzinfo=UTC)


def test_numbers_keep_all_their_digits() -> None:
    assert [number(12345.6789, of) for of in (EN, DE, BR)] == ["12,345.6789", "12.345,6789", "12.345,6789"]
    assert [number(value, EN) for value in (0, -3, 1e300, 1e-30)] == ["0", "-3", "1E300", "1E-30"]
    assert number(float("inf"), EN) == "inf"


def test_the_first_of_a_month_is_written_as_the_language_writes_it() -> None:
    assert [day(FIRST, of) for of in (EN, DE, FR)] == ["1 October 2024", "1. Oktober 2024", "1er octobre 2024"]
    assert day(FIRST.replace(day=2), FR) == "2 octobre 2024"


def test_a_time_of_day_has_the_seconds_that_it_needs() -> None:
    assert moment(FIRST, EN) == "1 October 2024, 00:30 UTC"
    assert moment(FIRST.replace(second=5), DE) == "1. Oktober 2024, 00:30:05 UTC"
    assert moment(FIRST.replace(microsecond=1500), DE) == "1. Oktober 2024, 00:30:00.0015 UTC"


def test_lengths_of_time_name_their_units() -> None:
    assert length(timedelta(days=1, seconds=90.5), EN) == "1 day, 1 minute and 30.5 seconds"
    assert length(timedelta(hours=2), FR) == "2\u00a0heures"
    assert length(timedelta(days=1234), DE) == "1.234 Tage"
    assert length(timedelta(), EN) == ""


def test_lists_have_no_comma_before_their_last_word() -> None:
    assert [listed(["a", "b", "c"], "or", of) for of in (EN, DE, FR)] == ["a, b or c", "a, b oder c", "a, b ou c"]


def test_a_language_that_nobody_has_described_is_refused() -> None:
    with pytest.raises(ValueError, match="nothing is known of how `qqq` writes"):
        number(1, Language("qqq"))
