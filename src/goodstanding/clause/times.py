"""Times and lengths of time as conditions write them, to the microsecond and in CEL's ranges."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from fractions import Fraction

_MICROSECONDS = {
    "h": Fraction(3_600_000_000),
    "m": Fraction(60_000_000),
    "s": Fraction(1_000_000),
    "ms": Fraction(1_000),
    "us": Fraction(1),
    "ns": Fraction(1, 1_000),
}
_PART = re.compile(r"(\d+(?:\.\d*)?|\.\d+)(h|ms|us|ns|m|s)")
_DURATION = re.compile(rf"([+-]?)((?:{_PART.pattern})+|0)")
_DAYS = re.compile(r"(\d+)d")
_TIMESTAMP = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.(\d{1,9}))?(?:Z|[+-]\d\d:\d\d)")

LONGEST = timedelta(microseconds=(2**63 - 1) // 1_000)
"""292 years: CEL's arithmetic counts nanoseconds in 64 bits, and engines differ on what is longer."""


def duration(text: str) -> timedelta:
    """Read `1h30m`, `-2.5s`: hours, minutes, seconds, ms, us.

    Raises:
        ValueError: the text is of another form, finer than a microsecond, or longer than 292 years.
    """
    match = _DURATION.fullmatch(text)
    if match is None:
        days = _DAYS.fullmatch(text)
        hint = f"write `{int(days[1]) * 24}h`" if days else "write hours, minutes and seconds: `36h`, `1h30m`, `10s`"
        msg = f"`{text}` is not a length of time: {hint}"
        raise ValueError(msg)
    exact = sum((Fraction(n) * _MICROSECONDS[unit] for n, unit in _PART.findall(match[2])), Fraction(0))
    if exact.denominator != 1 or exact > LONGEST // timedelta(microseconds=1):
        msg = f"`{text}` is finer than a microsecond or longer than 292 years: round it"
        raise ValueError(msg)
    return timedelta(microseconds=int(exact)) * (-1 if match[1] == "-" else 1)


def timestamp(text: str) -> datetime:
    """Read an RFC 3339 time as an instant in UTC.

    Raises:
        ValueError: the text is of another form, finer than a microsecond, or not in the years 1 to 9999.
    """
    match = _TIMESTAMP.fullmatch(text)
    if match is None:
        msg = f"`{text}` is not a time: write one such as `2024-09-30T00:00:00Z`"
        raise ValueError(msg)
    if (match[1] or "")[6:].strip("0"):
        msg = f"`{text}` is finer than a microsecond: round it"
        raise ValueError(msg)
    try:
        return datetime.fromisoformat(text).astimezone(UTC)
    except (ValueError, OverflowError):
        msg = f"`{text}` is no day of the calendar: write one such as `2024-09-30T00:00:00Z`"
        raise ValueError(msg) from None
