"""Scopes are boxes: a product of extents and a period, ordered by what they reach."""

from __future__ import annotations

from datetime import UTC, datetime
from itertools import product

from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from goodstanding.kernel.extents import ALL, Extent
from goodstanding.kernel.instants import Period
from goodstanding.kernel.scope import EVERYWHERE, EXTENTS, Scope

DAYS = tuple(datetime(2024, 1, day, tzinfo=UTC) for day in (1, 2, 3))
NAMES = ("a", "b")
extents = st.just(ALL) | st.lists(st.sampled_from(NAMES), max_size=2).map(Extent.of)
days = st.none() | st.sampled_from(DAYS)
scopes = st.builds(
    Scope, capabilities=extents, territories=extents, topics=extents, period=st.builds(Period, start=days, end=days)
)
POINTS = tuple(product((*NAMES, "c"), (*NAMES, "c"), (*NAMES, "c"), DAYS))


def reached(scope: Scope) -> set[tuple[str, str, str, datetime]]:
    """The naive reading: every point of a small world that lies inside the box."""
    return {
        point
        for point in POINTS
        if scope.capabilities.contains(point[0])
        and scope.territories.contains(point[1])
        and scope.topics.contains(point[2])
        and scope.period.contains(point[3])
    }


@given(scopes, scopes)
def test_the_intersection_reaches_what_both_reach(a: Scope, b: Scope) -> None:
    assert reached(a.intersect(b)) == reached(a) & reached(b)


@given(scopes, scopes)
def test_a_scope_within_another_reaches_nowhere_that_it_does_not(a: Scope, b: Scope) -> None:
    if a.within(b):
        assert reached(a) <= reached(b)
    assert a.intersect(b).within(a)
    assert a.intersect(b).within(b)


@given(scopes)
def test_an_empty_scope_reaches_nothing_and_lies_within_every_other(a: Scope) -> None:
    assert a.within(EVERYWHERE)
    if a.is_empty:
        assert not reached(a)
        assert a.within(Scope(services=Extent.of(())))


@given(scopes, scopes)
def test_intersection_of_scopes_is_commutative_and_idempotent(a: Scope, b: Scope) -> None:
    assert a.intersect(b) == b.intersect(a)
    assert a.intersect(a) == a
    assert a.intersect(EVERYWHERE) == a


def test_every_dimension_narrows() -> None:
    for name in EXTENTS:
        narrow = replace(EVERYWHERE, **{name: Extent.of(["a"])})
        assert narrow.within(EVERYWHERE)
        assert not EVERYWHERE.within(narrow)
        assert EVERYWHERE.intersect(narrow) == narrow
        assert replace(EVERYWHERE, **{name: Extent.of(())}).is_empty


def test_a_longer_period_is_not_within_a_shorter_one() -> None:
    short = Scope(period=Period(start=DAYS[0], end=DAYS[1]))
    assert not EVERYWHERE.within(short)
    assert not Scope(period=Period(start=DAYS[0], end=DAYS[2])).within(short)


def test_the_dimensions_are_those_of_the_record() -> None:
    assert (*EXTENTS, "period") == Scope.__struct_fields__
