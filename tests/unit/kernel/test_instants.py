from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goodstanding.kernel.instants import ALWAYS, Period, instant, iso, length, utc

DAYS = tuple(datetime(2024, 1, day, tzinfo=UTC) for day in range(1, 6))
days = st.none() | st.sampled_from(DAYS)
periods = st.builds(Period, start=days, end=days)


def test_a_date_is_midnight_utc() -> None:
    assert instant("2024-09-30") == datetime(2024, 9, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    "text",
    ["2024-09-30T12:00Z", "2024-09-30T12:00:00Z", "2024-09-30 12:00:00.000000Z", "2024-09-30T14:00:00+02:00"],
)
def test_one_instant_may_be_written_in_several_ways_and_is_held_in_utc(text: str) -> None:
    read = instant(text)
    assert read == datetime(2024, 9, 30, 12, tzinfo=UTC)
    assert read.tzinfo is UTC


@pytest.mark.parametrize("text", ["2024-09-30T12:00", "2024-09-30 12:00:00"])
def test_a_time_without_its_offset_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=f"`{text}` has no offset: write `{text}Z`"):
        instant(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "soon",
        "2024-13-01",
        "20240930",
        "2024-W40-1",
        "2024-09-30x12:00",
        "2024-09-30T12:00:00,5Z",
        "2024-09-30T12:00:00.1234567Z",
        "2024-09-30T12:00:60Z",
        "٢٠٢٤-٠٩-٣٠",
        "0001-01-01T00:00:00+23:00",
        "2024-09-30\n",
    ],
)
def test_a_text_that_names_no_instant_is_refused_with_what_to_write(text: str) -> None:
    with pytest.raises(ValueError, match="is not a time: write a date"):
        instant(text)


@given(st.datetimes(timezones=st.just(UTC)))
def test_what_is_written_is_read_back(at: datetime) -> None:
    assert instant(iso(at)) == at
    assert iso(at).endswith("Z")


def test_a_time_in_another_zone_is_taken_over_and_written_in_utc() -> None:
    at = datetime(2024, 9, 30, 14, tzinfo=timezone(timedelta(hours=2)))
    assert utc(at).tzinfo is UTC
    assert iso(at) == "2024-09-30T12:00:00Z"


def test_a_naive_time_is_neither_taken_nor_written() -> None:
    naive = datetime(2024, 9, 30)  # noqa: DTZ001  the naive time is what is refused
    for refuse in (utc, iso):
        with pytest.raises(ValueError, match="has no zone: give an aware time"):
            refuse(naive)


def test_lengths_are_hours_or_days() -> None:
    assert length("24h") == timedelta(hours=24)
    assert length("180d") == timedelta(days=180)


@pytest.mark.parametrize("text", ["", "30", "30 d", "-1d", "1w", "1.5h", "123456d", "٣d"])
def test_other_lengths_are_refused_with_what_to_write(text: str) -> None:
    with pytest.raises(ValueError, match="is not a length of time: write hours"):
        length(text)


def test_a_period_holds_its_start_and_not_its_end() -> None:
    january = Period(start=DAYS[0], end=DAYS[2])
    assert [january.contains(day) for day in DAYS] == [True, True, False, False, False]


@given(periods, periods)
def test_an_instant_lies_in_the_intersection_when_it_lies_in_both(a: Period, b: Period) -> None:
    for day in DAYS:
        assert a.intersect(b).contains(day) == (a.contains(day) and b.contains(day))


@given(periods, periods, periods)
def test_intersection_of_periods_is_commutative_associative_and_idempotent(a: Period, b: Period, c: Period) -> None:
    assert a.intersect(b) == b.intersect(a)
    assert a.intersect(b).intersect(c) == a.intersect(b.intersect(c))
    assert a.intersect(a) == a
    assert a.intersect(ALWAYS) == a


@given(periods)
def test_an_empty_period_holds_no_instant_and_lies_in_every_other(a: Period) -> None:
    assert a.within(ALWAYS)
    if a.is_empty:
        assert not any(a.contains(day) for day in DAYS)
        assert a.within(Period(start=DAYS[0], end=DAYS[0]))


def test_a_period_lies_in_a_wider_one_only() -> None:
    narrow, wide = Period(start=DAYS[1], end=DAYS[2]), Period(start=DAYS[0], end=DAYS[3])
    assert narrow.within(wide)
    assert not wide.within(narrow)
    assert not ALWAYS.within(wide)
