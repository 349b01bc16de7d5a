"""A drawn timeline: two lanes, the real case above and ours below, as SVG for a strict content security policy.

There is no `style`, no script and no address in it; colours come from the page's stylesheet by class, so that both
themes work. Dates stand in order and at even distance, with the time between them written on the axis: years of silence
and three busy weeks would otherwise make labels overlap. Nothing is told by colour alone: each card says in words what
it means. It leaves to `pages` the table that says the same, and to the caller what the events are.
"""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from html import escape
from itertools import pairwise
from math import ceil
from typing import TYPE_CHECKING, Final

import msgspec

from goodstanding.web.lettering import wrapped

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


class Lane(StrEnum):
    """Whose doing an event is."""

    REAL = "The real case"
    OURS = "With goodstanding"


class Tone(StrEnum):
    """What an event means for the advertiser, in a word that stands on its card."""

    FACT = "fact"
    SAID = "said"
    OFF = "switched off"
    OPEN = "stays open"
    LIFTED = "lifted"
    REFUSED = "refused"


class Event(msgspec.Struct, frozen=True, kw_only=True):
    """One dated thing on one lane."""

    lane: Lane
    at: datetime
    title: str
    text: str = ""
    tone: Tone = Tone.FACT


class _Card(msgspec.Struct, frozen=True):
    """An event with its lines broken; `height` is of the whole card."""

    event: Event
    title: tuple[str, ...]
    text: tuple[str, ...]
    height: float


WIDE: Final = 1100
TALL: Final = 360
_COLUMNS: Final = 6
_GUTTER: Final = 106
_PAD: Final = 11
_GAP: Final = 10
_TAG, _TITLE, _TEXT = 11.0, 13.0, 12.0
_LEADING: Final = 1.36
_AXIS: Final = 46
_BETWEEN: Final = 30
_HEADING: Final = 34


def draw_timeline(rows: Iterable[Event], *, name: str = "timeline") -> str:
    """The drawing for wide screens, legible at 1100 pixels; `name` begins the ids inside it."""
    columns = _by_date(rows)
    bands = _bands(columns)
    parts: list[str] = []
    y = 4.0
    for at, band in enumerate(bands):
        before = bands[at - 1][-1][0] if at else None
        drawn, height = _band(band, y, before)
        parts.append(drawn)
        y += height + _BETWEEN
    return _svg("".join(parts), "timeline-wide", name, (WIDE, y - _BETWEEN + 4), columns)


def draw_tall_timeline(rows: Iterable[Event], *, name: str = "timeline-tall") -> str:
    """The drawing for phones, legible at 360 pixels: one axis from top to bottom, each card naming its lane."""
    columns = _by_date(rows)
    parts: list[str] = []
    y = 0.0
    for at, (day, events) in enumerate(columns):
        if at:
            parts.append(_words((22, y + 12), (_between(columns[at - 1][0], day),), _TAG, "tl-gap"))
            y += 24
        parts.append(f'<rect class="tl-day" x="0" y="{y:g}" width="108" height="24" rx="12"/>')
        parts.append(_words((54, y + 16), (_day(day),), _TITLE, "tl-date", anchor="middle"))
        y += _HEADING
        for event in events:
            card = _card(event, TALL - 22)
            parts.append(_drawn(card, 22, y, TALL - 22, lane_said=True))
            y += card.height + _GAP
    axis = f'<line class="tl-axis" x1="10" y1="12" x2="10" y2="{max(y - _GAP, 12):g}"/>'
    return _svg(axis + "".join(parts), "timeline-tall", name, (TALL, max(y, 24)), columns)


def _by_date(rows: Iterable[Event]) -> list[tuple[date, list[Event]]]:
    """The events of each day, days in order; within a day the real case first, then in the order given."""
    days: dict[date, list[Event]] = {}
    for event in rows:
        days.setdefault(event.at.date(), []).append(event)
    order = list(Lane)
    return [(day, sorted(days[day], key=lambda e: order.index(e.lane))) for day in sorted(days)]


def _bands(columns: Sequence[tuple[date, list[Event]]]) -> list[Sequence[tuple[date, list[Event]]]]:
    """The days in as few rows as fit, filled evenly."""
    if not columns:
        return []
    size = ceil(len(columns) / ceil(len(columns) / _COLUMNS))
    return [columns[start : start + size] for start in range(0, len(columns), size)]


def _band(band: Sequence[tuple[date, list[Event]]], top: float, before: date | None) -> tuple[str, float]:
    """One row of days: cards above the axis, the axis, cards below; and its height."""
    step = (WIDE - _GUTTER) / len(band)
    room = min(step - _GAP, 240)
    stacks = {
        lane: [[_card(event, room) for event in events if event.lane is lane] for _, events in band] for lane in Lane
    }
    above, below = (max((_stacked(stack) for stack in stacks[lane]), default=0) for lane in (Lane.REAL, Lane.OURS))
    axis = top + above + _AXIS / 2
    parts = [f'<line class="tl-axis" x1="{_GUTTER}" y1="{axis:g}" x2="{WIDE}" y2="{axis:g}"/>']
    parts.extend(_lane_names(axis, above=above > 0, below=below > 0))
    if before is not None:
        parts.append(_gap_words(_GUTTER - 8, axis, f"{_between(before, band[0][0])}", anchor="end"))
    for at, (day, _) in enumerate(band):
        left = _GUTTER + at * step
        parts.append(_stack(stacks[Lane.REAL][at], left, top + above - _stacked(stacks[Lane.REAL][at]), room))
        parts.append(_stack(stacks[Lane.OURS][at], left, axis + _AXIS / 2, room))
        parts.append(_date_on_axis(left, axis, day, tuple(bool(stacks[lane][at]) for lane in Lane)))
    for at, ((first, _), (second, _)) in enumerate(pairwise(band), 1):
        middle = _GUTTER + at * step - (step - 96) / 2
        parts.append(_gap_words(middle, axis, _between(first, second), anchor="middle"))
    return "".join(parts), above + _AXIS + below


def _lane_names(axis: float, *, above: bool, below: bool) -> Iterable[str]:
    """The names of the lanes, beside the axis."""
    if above:
        lines = wrapped(Lane.REAL.value, _GUTTER - 8, _TAG, bold=True)
        yield _words((0, axis - 24 - (len(lines) - 1) * _TAG * _LEADING), lines, _TAG, "tl-lane tl-lane-real")
    if below:
        lines = wrapped(Lane.OURS.value, _GUTTER - 8, _TAG, bold=True)
        yield _words((0, axis + 34), lines, _TAG, "tl-lane tl-lane-ours")


def _date_on_axis(left: float, axis: float, day: date, sides: tuple[bool, ...]) -> str:
    """A day on the axis, with a stem to the cards on either side."""
    x = left + 48
    stems = "".join(
        f'<line class="tl-stem" x1="{x:g}" y1="{axis:g}" x2="{x:g}" y2="{end:g}"/>'
        for there, end in zip(sides, (axis - _AXIS / 2, axis + _AXIS / 2), strict=True)
        if there
    )
    pill = f'<rect class="tl-day" x="{left:g}" y="{axis - 12:g}" width="96" height="24" rx="12"/>'
    return stems + pill + _words((x, axis + 4.5), (_day(day),), _TEXT, "tl-date", anchor="middle")


def _gap_words(x: float, axis: float, text: str, *, anchor: str) -> str:
    """The time between two days, above the axis."""
    return _words((x, axis - 6), (text,), _TAG, "tl-gap", anchor=anchor)


def _card(event: Event, wide: float) -> _Card:
    """Break the lines of an event and reckon the card's height."""
    room = wide - 2 * _PAD
    title = wrapped(event.title, room, _TITLE, bold=True)
    text = wrapped(event.text, room, _TEXT)
    lines = _TAG + _TITLE * len(title) + _TEXT * len(text)
    return _Card(event, title, text, round(lines * _LEADING + 2 * _PAD - 2 + (3 if text else 0), 1))


def _stacked(cards: Sequence[_Card]) -> float:
    """The height of cards one upon the other."""
    return sum(card.height for card in cards) + _GAP * max(len(cards) - 1, 0)


def _stack(cards: Sequence[_Card], left: float, top: float, wide: float) -> str:
    """Cards one under the other."""
    parts = []
    for card in cards:
        parts.append(_drawn(card, left, top, wide))
        top += card.height + _GAP
    return "".join(parts)


def _drawn(card: _Card, left: float, top: float, wide: float, *, lane_said: bool = False) -> str:
    """One card."""
    event = card.event
    tone = f"tl-{event.tone.name.lower()}"
    x, y = left + _PAD, top + _PAD + _TAG - 2
    box = f'x="{left:g}" y="{top:g}" width="{wide:g}" height="{card.height:g}" rx="7"'
    parts = [f'<g class="tl-event {tone}"><rect class="tl-card" {box}/>']
    if lane_said:
        parts.append(_words((x, y), (event.lane.value,), _TAG, f"tl-lane tl-lane-{event.lane.name.lower()}"))
        parts.append(_words((left + wide - _PAD, y), (event.tone.value,), _TAG, "tl-tone", anchor="end"))
    else:
        parts.append(_words((x, y), (event.tone.value,), _TAG, "tl-tone"))
    y += _TAG * 0.36 + _TITLE
    parts.append(_words((x, y), card.title, _TITLE, "tl-title"))
    y += _TITLE * _LEADING * len(card.title) + 1
    parts.append(_words((x, y), card.text, _TEXT, "tl-text"))
    return "".join(parts) + "</g>"


def _words(at: tuple[float, float], lines: Sequence[str], size: float, kind: str, *, anchor: str = "start") -> str:
    """Lines of text; the size stands in the drawing, since the lines were broken for it."""
    x, y = at
    spans = "".join(
        f'<tspan x="{x:g}" y="{y + n * size * _LEADING:g}">{_plain(line)}</tspan>' for n, line in enumerate(lines)
    )
    return f'<text class="{kind}" font-size="{size:g}" text-anchor="{anchor}">{spans}</text>' if lines else ""


def _plain(text: str) -> str:
    """A text that can't be read as markup."""
    return escape("".join(character if character.isprintable() else " " for character in text))


def _svg(
    inside: str, kind: str, name: str, size: tuple[float, float], columns: Sequence[tuple[date, list[Event]]]
) -> str:
    """The drawing with its text alternative."""
    wide, high = size[0], ceil(size[1])
    count = sum(len(events) for _, events in columns)
    span = f", {_day(columns[0][0])} to {_day(columns[-1][0])}" if columns else ""
    told = " ".join(
        f"{_day(day)}, {event.lane.value.lower()}, {event.tone.value}: {event.title}."
        for day, events in columns
        for event in events
    )
    return (
        f'<svg class="timeline {kind}" xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {wide:g} {high}"'
        f' width="{wide:g}" height="{high}" role="img" aria-labelledby="{_plain(name)}-title {_plain(name)}-desc">'
        f'<title id="{_plain(name)}-title">Timeline, {count} events{span}</title>'
        f'<desc id="{_plain(name)}-desc">{_plain(told)}</desc>{inside}</svg>'
    )


def _day(day: date) -> str:
    """`31 Jan 2018`."""
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


_MONTHS: Final = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()


def _between(first: date, second: date) -> str:
    """The time between two days, in its largest fitting unit."""
    days = (second - first).days
    units = (("year", 365.25, 700), ("month", 30.44, 60), ("week", 7.0, 21), ("day", 1.0, 0))
    unit, length = next((unit, length) for unit, length, least in units if days >= least)
    count = round(days / length)
    return f"{count} {unit}{'' if count == 1 else 's'}"
