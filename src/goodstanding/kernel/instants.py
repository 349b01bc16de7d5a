"""Instants, periods and lengths of time; always UTC, always arguments, never the clock.

An instant is an aware `datetime` in UTC. It is written as RFC 3339 with `Z`, to the microsecond where it has one.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from typing import NewType

import msgspec

Instant = NewType("Instant", datetime)

# A date, or RFC 3339 §5.6 to the microsecond; `datetime.fromisoformat` alone reads more, and more with each Python.
_WRITTEN = re.compile(
    r"\d{4}-\d{2}-\d{2}"
    r"(?P<time>[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d{1,6})?)?(?P<offset>Z|[+-]\d{2}:\d{2})?)?",
    re.ASCII,
)
_LENGTH = re.compile(r"(\d{1,5})(h|d)", re.ASCII)


def instant(text: str) -> Instant:
    """Read an instant: a date (midnight UTC) or an RFC 3339 time with its offset.

    Raises:
        ValueError: the text is neither, or the time has no offset.
    """
    written = _WRITTEN.fullmatch(text)
    if written is None:
        raise ValueError(_not_a_time(text))
    if written["time"] and not written["offset"]:
        msg = f"`{text}` has no offset: write `{text}Z`"
        raise ValueError(msg)
    try:
        parsed = datetime.fromisoformat(text)
        return Instant(parsed.astimezone(UTC) if parsed.tzinfo else parsed.replace(tzinfo=UTC))
    except (ValueError, OverflowError):
        raise ValueError(_not_a_time(text)) from None


def _not_a_time(text: str) -> str:
    """The message for a text that names no instant."""
    return f"`{text}` is not a time: write a date (`2024-09-30`) or a time with its offset (`2024-09-30T12:00:00Z`)"


def utc(value: datetime) -> Instant:
    """Take an aware time as an instant.

    Raises:
        ValueError: the time is naive.
    """
    if value.tzinfo is None:
        msg = f"`{value.isoformat()}` has no zone: give an aware time"
        raise ValueError(msg)
    return Instant(value.astimezone(UTC))


def iso(at: datetime) -> str:
    """Write an instant as RFC 3339 with `Z`.

    Raises:
        ValueError: the time is naive; guessing the machine's zone would give one act two times.
    """
    return utc(at).isoformat().replace("+00:00", "Z")


def length(text: str) -> timedelta:
    """Read a length of time such as `24h` or `180d`.

    Raises:
        ValueError: the text is neither hours nor days.
    """
    match = _LENGTH.fullmatch(text)
    if match is None:
        msg = f"`{text}` is not a length of time: write hours (`24h`) or days (`30d`)"
        raise ValueError(msg)
    amount = int(match[1])
    return timedelta(hours=amount) if match[2] == "h" else timedelta(days=amount)


class Period(msgspec.Struct, frozen=True, kw_only=True):
    """From an instant (inclusive) to an instant (exclusive); `None` means open on that side."""

    start: datetime | None = None
    end: datetime | None = None

    def contains(self, at: datetime) -> bool:
        """Whether an instant lies inside."""
        return (self.start is None or self.start <= at) and (self.end is None or at < self.end)

    def intersect(self, other: Period) -> Period:
        """The time common to both; `is_empty` tells when there is none."""
        starts = [s for s in (self.start, other.start) if s is not None]
        ends = [e for e in (self.end, other.end) if e is not None]
        return Period(start=max(starts, default=None), end=min(ends, default=None))

    def within(self, other: Period) -> bool:
        """Whether every instant of this one lies in the other."""
        return self.is_empty or self.intersect(other) == self

    @property
    def is_empty(self) -> bool:
        """Whether no instant lies inside."""
        return self.start is not None and self.end is not None and self.end <= self.start


ALWAYS = Period()
