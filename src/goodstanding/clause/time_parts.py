"""The parts of times and lengths of time: `getHours` and its like.

A time's parts are those of UTC, or of the zone that is named: an offset (`+05:30`, `-02:00`, `02:00`) or a name of the
IANA database. The names are not known here, since their tables are files and change: whoever reads an expression gives
`zones`. A length of time is converted whole (`getMinutes` of `1h` is 60), apart from its milliseconds.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from typing import Final, TypeAlias

from goodstanding.clause import times
from goodstanding.clause.faults import EvaluationError, no_overload
from goodstanding.clause.tree import Function
from goodstanding.clause.values import Moment, Span, Value

Zones: TypeAlias = Callable[[str], tzinfo | None]
"""The zone of a name; `None` where there is none."""

_OFFSET = re.compile(r"([+-]?)(\d{1,2}):(\d\d)", re.ASCII)

_OF_TIMES: Final[dict[Function, Callable[[datetime], int]]] = {
    Function.FULL_YEAR: lambda at: at.year,
    Function.MONTH: lambda at: at.month - 1,
    Function.DAY_OF_MONTH: lambda at: at.day - 1,
    Function.DATE: lambda at: at.day,
    Function.DAY_OF_WEEK: lambda at: at.isoweekday() % 7,
    Function.DAY_OF_YEAR: lambda at: at.timetuple().tm_yday - 1,
    Function.HOURS: lambda at: at.hour,
    Function.MINUTES: lambda at: at.minute,
    Function.SECONDS: lambda at: at.second,
    Function.MILLISECONDS: lambda at: at.microsecond // 1_000,
}
_OF_LENGTHS: Final = {
    Function.HOURS: (3_600 * 10**9, None),
    Function.MINUTES: (60 * 10**9, None),
    Function.SECONDS: (10**9, None),
    Function.MILLISECONDS: (10**6, 1_000),
}
PARTS: Final = frozenset(_OF_TIMES)


def no_zones(name: str) -> tzinfo | None:
    """Knows no zone but UTC."""
    return UTC if name == "UTC" else None


def part(function: Function, operands: tuple[Value, ...], zones: Zones) -> int:
    """A part of a time, in a zone, or of a length of time.

    Raises:
        EvaluationError: the zone is not known, or the operands have no such part.
    """
    match operands:
        case (datetime() | Moment() as time,):
            return _OF_TIMES[function](_local(time, UTC))
        case (datetime() | Moment() as time, str(name)):
            return _OF_TIMES[function](_local(time, _zone(name, zones)))
        case (timedelta() | Span() as length,) if function in _OF_LENGTHS:
            unit, within = _OF_LENGTHS[function]
            count = times.nanoseconds(length)
            whole = abs(count) // unit
            return (whole % within if within else whole) * (-1 if count < 0 else 1)
    raise no_overload(function.value, *operands)


def offset(name: str) -> tzinfo | None:
    """The zone of a fixed offset, if the name is one."""
    match = _OFFSET.fullmatch(name)
    if match is None:
        return None
    length = timedelta(hours=int(match[2]), minutes=int(match[3]))
    return timezone(-length if match[1] == "-" else length) if length < timedelta(days=1) else None


def _zone(name: str, zones: Zones) -> tzinfo:
    found = offset(name) or zones(name)
    if found is None:
        msg = f"`{name[:80]}` is no time zone that is known here: write an offset such as `+02:00`, or `UTC`"
        raise EvaluationError(msg)
    return found


def _local(time: times.Time, zone: tzinfo) -> datetime:
    """A time as a calendar shows it in a zone; what is finer than a microsecond has no part."""
    if isinstance(time, Moment):
        time = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(microseconds=time.nanoseconds // 1_000)
    try:
        return time.astimezone(zone)
    except OverflowError:
        msg = "the time is not in the years 1 to 9999 in that zone"
        raise EvaluationError(msg) from None
