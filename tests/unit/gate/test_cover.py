from __future__ import annotations

from goodstanding.gate.cover import covered
from goodstanding.kernel.extents import ALL, Extent
from goodstanding.kernel.instants import Period, instant
from goodstanding.kernel.scope import EVERYWHERE, Scope
from unit.gate.made import names


def box(territories: Extent, topics: Extent) -> Scope:
    return Scope(territories=territories, topics=topics)


def test_nothing_is_covered_by_nothing_and_something_is_not() -> None:
    assert covered(Scope(topics=names()), [])
    assert not covered(EVERYWHERE, [])


def test_everything_is_not_covered_by_any_list_of_names() -> None:
    assert not covered(EVERYWHERE, [Scope(topics=names("a", "b")), Scope(topics=names("c"))])
    assert covered(EVERYWHERE, [Scope(topics=names("a")), EVERYWHERE])


def test_boxes_cover_together_what_none_covers_alone() -> None:
    square = box(names("DE", "FR"), names("a", "b"))
    quarters = [box(names(place), names(topic)) for place in ("DE", "FR") for topic in ("a", "b")]
    assert covered(square, quarters)
    assert not covered(square, quarters[1:])
    assert not covered(square, [box(names("DE"), names("a", "b")), box(names("FR"), names("a"))])


def test_time_is_left_out() -> None:
    past = Scope(period=Period(end=instant("2031-01-01")))
    assert covered(EVERYWHERE, [past])
    assert not covered(past, [])


def test_boxes_that_each_fall_short_along_another_dimension_cover_together() -> None:
    region = box(names("DE", "FR"), names("a", "b"))
    assert covered(region, [box(names("DE"), ALL), box(ALL, names("a")), box(names("FR"), names("b"))])
    assert not covered(region, [box(names("DE"), ALL), box(ALL, names("a"))])
