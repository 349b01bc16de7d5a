"""Times and lengths of time as conditions write them, in CEL's ranges, and their arithmetic in whole nanoseconds.

A condition of a policy is read to the microsecond, which every engine keeps; an expression without a vocabulary to the
nanosecond. What whole microseconds can say is a `datetime` or a `timedelta` and nothing else, so that one time has one
form.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from fractions import Fraction
from typing import Final, TypeAlias

from goodstanding.clause.values import Moment, Span

Time: TypeAlias = datetime | Moment
Length: TypeAlias = timedelta | Span

_NANOSECONDS = {
    "h": Fraction(3_600_000_000_000),
    "m": Fraction(60_000_000_000),
    "s": Fraction(1_000_000_000),
    "ms": Fraction(1_000_000),
    "us": Fraction(1_000),
    "ns": Fraction(1),
}
_PART = re.compile(r"(\d+(?:\.\d*)?|\.\d+)(h|ms|us|ns|m|s)", re.ASCII)
_DURATION = re.compile(rf"([+-]?)((?:{_PART.pattern})+|0)", re.ASCII)
_DAYS = re.compile(r"(\d+)d", re.ASCII)
_TIMESTAMP = re.compile(r"(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.(\d{1,9}))?(Z|[+-]\d\d:\d\d)", re.ASCII)
_LONGEST_TEXT = 100

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)
LONGEST = timedelta(microseconds=(2**63 - 1) // 1_000)
"""292 years: CEL's arithmetic counts nanoseconds in 64 bits, and engines differ on what is longer."""

LONGEST_NANOSECONDS: Final = 2**63 - 1
FIRST: Final = -62_135_596_800 * 10**9
LAST: Final = 253_402_300_800 * 10**9 - 1
"""The years 1 to 9999, in nanoseconds from 1970."""


def nanoseconds(value: Time | Length) -> int:
    """A length of time, or a time from 1970."""
    match value:
        case datetime():
            return (value - _EPOCH) // _MICROSECOND * 1_000
        case timedelta():
            return value // _MICROSECOND * 1_000
    return value.nanoseconds


def time_at(count: int) -> Time:
    """The time so many nanoseconds from 1970.

    Raises:
        ValueError: it is not in the years 1 to 9999.
    """
    if not FIRST <= count <= LAST:
        msg = "the time is not in the years 1 to 9999"
        raise ValueError(msg)
    micros, finer = divmod(count, 1_000)
    return Moment(count) if finer else _EPOCH + timedelta(microseconds=micros)


def length_of(count: int) -> Length:
    """The length of so many nanoseconds.

    Raises:
        ValueError: it is longer than 292 years.
    """
    if abs(count) > LONGEST_NANOSECONDS:
        msg = "the length of time is over 292 years"
        raise ValueError(msg)
    micros, finer = divmod(count, 1_000)
    return Span(count) if finer else timedelta(microseconds=micros)


def duration(text: str) -> timedelta:
    """Read `1h30m`, `-2.5s`: hours, minutes, seconds, ms, us.

    Raises:
        ValueError: the text is of another form, finer than a microsecond, or longer than 292 years.
    """
    exact = _exact_length(text)
    if exact % 1_000 or abs(exact) > LONGEST_NANOSECONDS:
        msg = f"`{text}` is finer than a microsecond or longer than 292 years: round it"
        raise ValueError(msg)
    return timedelta(microseconds=int(exact) // 1_000)


def duration_exactly(text: str) -> Length:
    """Read a length of time to the nanosecond; what is finer is cut off.

    Raises:
        ValueError: the text is of another form, or longer than 292 years.
    """
    return length_of(int(_exact_length(text)))


def _exact_length(text: str) -> Fraction:
    """The nanoseconds that a text says."""
    match = _DURATION.fullmatch(text) if len(text) <= _LONGEST_TEXT else None
    if match is None:
        days = _DAYS.fullmatch(text[:_LONGEST_TEXT])
        hint = f"write `{int(days[1]) * 24}h`" if days else "write hours, minutes and seconds: `36h`, `1h30m`, `10s`"
        msg = f"`{text[:_LONGEST_TEXT]}` is not a length of time: {hint}"
        raise ValueError(msg)
    exact = sum((Fraction(n) * _NANOSECONDS[unit] for n, unit in _PART.findall(match[2])), Fraction(0))
    return -exact if match[1] == "-" else exact


def timestamp(text: str) -> datetime:
    """Read an RFC 3339 time as an instant in UTC.

    Raises:
        ValueError: the text is of another form, finer than a microsecond, or not in the years 1 to 9999.
    """
    time = timestamp_exactly(text)
    if isinstance(time, Moment):
        msg = f"`{text}` is finer than a microsecond: round it"
        raise ValueError(msg)  # noqa: TRY004  the text is of the right type, its value is not
    return time


def timestamp_exactly(text: str) -> Time:
    """Read an RFC 3339 time to the nanosecond.

    Raises:
        ValueError: the text is of another form, or not in the years 1 to 9999.
    """
    match = _TIMESTAMP.fullmatch(text)
    if match is None:
        msg = f"`{text[:_LONGEST_TEXT]}` is not a time: write one such as `2024-09-30T00:00:00Z`"
        raise ValueError(msg)
    try:
        whole = datetime.fromisoformat(match[1] + match[3]).astimezone(UTC)
    except (ValueError, OverflowError):
        msg = f"`{text}` is no day of the calendar: write one such as `2024-09-30T00:00:00Z`"
        raise ValueError(msg) from None
    return time_at(nanoseconds(whole) + int((match[2] or "").ljust(9, "0")))


def say_time(time: Time) -> str:
    """A time as RFC 3339, with as many places of seconds as it has."""
    seconds, fraction = divmod(nanoseconds(time), 10**9)
    whole = (_EPOCH + timedelta(seconds=seconds)).isoformat().removesuffix("+00:00")
    return f"{whole}{_places(fraction)}Z"


def say_length(length: Length) -> str:
    """A length of time in seconds: `90s`, `-1.5s`."""
    count = nanoseconds(length)
    seconds, fraction = divmod(abs(count), 10**9)
    return f"{'-' if count < 0 else ''}{seconds}{_places(fraction)}s"


def _places(fraction: int) -> str:
    return f".{fraction:09}".rstrip("0") if fraction else ""
