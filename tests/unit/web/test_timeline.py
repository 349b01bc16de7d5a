from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime
from itertools import combinations
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goodstanding.app.case_file_story import TONES
from goodstanding.web.lettering import width, wrapped
from goodstanding.web.timeline import Event, Lane, Tone, draw_tall_timeline, draw_timeline

SVG = "{http://www.w3.org/2000/svg}"
LAYOUTS = pytest.mark.parametrize("draw", [draw_timeline, draw_tall_timeline])
Draw = Callable[[tuple[Event, ...]], str]

dates = st.datetimes(datetime(2017, 1, 1), datetime(2025, 1, 1)).map(lambda at: at.replace(tzinfo=UTC))  # noqa: DTZ001  made aware at once
words = st.text(max_size=90)
some_events = st.lists(
    st.builds(Event, lane=st.sampled_from(Lane), at=dates, title=words, text=words, tone=st.sampled_from(Tone)),
    max_size=14,
).map(tuple)


def parsed(drawing: str) -> ET.Element:
    return ET.fromstring(drawing)  # noqa: S314  our own drawing


def boxes(root: ET.Element, kind: str) -> list[tuple[float, float, float, float]]:
    """Left, top, right and bottom of every rectangle of a class."""
    found = [r for r in root.iter(f"{SVG}rect") if r.get("class") == kind]
    sides = [[float(r.get(side, "")) for side in ("x", "y", "width", "height")] for r in found]
    return [(x, y, x + w, y + h) for x, y, w, h in sides]


@LAYOUTS
def test_a_drawing_has_no_style_no_script_and_no_address(draw: Draw, events: tuple[Event, ...]) -> None:
    root = parsed(draw(events))
    assert {element.tag.removeprefix(SVG) for element in root.iter()} <= set(
        "svg title desc g rect line text tspan".split()
    )
    names = {name for element in root.iter() for name in element.attrib}
    assert not names & {"style", "href", "fill", "stroke"}
    assert not [name for name in names if name.startswith("on")]


@LAYOUTS
def test_a_drawing_tells_its_text_alternative(draw: Draw, events: tuple[Event, ...]) -> None:
    root = parsed(draw(events))
    assert root.get("role") == "img"
    ids = {element.get("id") for element in root.iter() if element.get("id")}
    assert set((root.get("aria-labelledby") or "").split()) == ids
    assert root.findtext(f"{SVG}title") == "Timeline, 17 events, 13 Sep 2017 to 30 Sep 2024"
    told = root.findtext(f"{SVG}desc") or ""
    assert all(f"{event.tone.value}: {event.title}." in told for event in events)


@LAYOUTS
@given(events=some_events)
def test_cards_and_days_never_overlap_and_stay_inside(draw: Draw, events: tuple[Event, ...]) -> None:
    root = parsed(draw(events))
    wide, high = (float(root.get(side, "")) for side in ("width", "height"))
    placed = boxes(root, "tl-card") + boxes(root, "tl-day")
    assert len(boxes(root, "tl-card")) == len(events)
    assert all(
        left >= 0 and top >= 0 and right <= wide + 0.01 and bottom <= high for left, top, right, bottom in placed
    )
    for one, other in combinations(placed, 2):
        assert one[2] <= other[0] or other[2] <= one[0] or one[3] <= other[1] or other[3] <= one[1]


@LAYOUTS
@given(events=some_events)
def test_the_same_events_give_the_same_drawing(draw: Draw, events: tuple[Event, ...]) -> None:
    assert draw(events) == draw(events)


@LAYOUTS
def test_every_word_of_an_event_is_drawn_inside_its_card(draw: Draw, events: tuple[Event, ...]) -> None:
    root = parsed(draw(events))
    cards = [group for group in root.iter(f"{SVG}g") if (group.get("class") or "").startswith("tl-event")]
    drawn = {" ".join(t.text or "" for t in group.iter(f"{SVG}tspan")) for group in cards}
    assert all(any(f"{event.title} {event.text}".strip() in text for text in drawn) for event in events)
    for group in cards:
        (left, top, right, bottom) = boxes(group, "tl-card")[0]
        for line in group.iter(f"{SVG}tspan"):
            assert left <= float(line.get("x", "")) <= right
            assert top < float(line.get("y", "")) < bottom


def test_nothing_is_told_by_colour_alone(events: tuple[Event, ...]) -> None:
    drawing = draw_timeline(events)
    assert {tone.value for tone in Tone} == {word for word in map(str, Tone) if f">{word}<" in drawing}
    tall = draw_tall_timeline(events)
    assert tall.count(">The real case<") == 9
    assert tall.count(">With goodstanding<") == 8


def test_the_time_between_days_is_written_on_the_axis() -> None:
    days = ("2018-01-01", "2018-01-02", "2018-01-20", "2018-02-20", "2018-06-01", "2021-06-01")
    events = tuple(
        Event(lane=Lane.REAL, at=datetime.fromisoformat(day).replace(tzinfo=UTC), title="x", tone=Tone.FACT)
        for day in days
    )
    gaps = ["1 day", "18 days", "4 weeks", "3 months", "3 years"]
    assert re.findall(r'class="tl-gap"[^>]*><tspan[^>]*>([^<]*)<', draw_timeline(events)) == gaps
    assert re.findall(r'class="tl-gap"[^>]*><tspan[^>]*>([^<]*)<', draw_tall_timeline(events)) == gaps


def test_text_from_outside_is_never_markup() -> None:
    event = Event(lane=Lane.OURS, at=datetime(2018, 1, 1, tzinfo=UTC), title='<script>"&\x00', text="]]>\u202e")
    drawing = draw_timeline((event,), name='a"b')
    assert "<script>" not in drawing
    assert "\x00" not in drawing
    assert parsed(drawing).tag == f"{SVG}svg"


def test_no_events_give_an_empty_drawing() -> None:
    assert parsed(draw_timeline(())).findtext(f"{SVG}title") == "Timeline, 0 events"
    assert parsed(draw_tall_timeline(())).findtext(f"{SVG}title") == "Timeline, 0 events"


@given(text=st.text(max_size=200), room=st.integers(30, 200))
def test_wrapping_loses_no_character_and_fits_the_room(text: str, room: int) -> None:
    lines = wrapped(text, room, 12)
    assert "".join("".join(lines).split()) == "".join(text.split())
    assert all(width(line, 12) <= room for line in lines)


def test_bold_and_broad_characters_are_wider() -> None:
    assert width("word", 12, bold=True) > width("word", 12)
    assert width("世界", 12) > width("MW", 12) > width("AB", 12) > width("ab", 12) > width("fr", 12) > width("il", 12)


def test_each_tone_of_a_story_has_its_look_in_a_drawing() -> None:
    assert tuple(tone.name.lower() for tone in Tone) == TONES
