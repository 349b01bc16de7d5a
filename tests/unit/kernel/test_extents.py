"""Extents are a bounded lattice of sets; `all` is its top, the empty extent its bottom."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goodstanding.kernel.extents import ALL, Extent

NAMES = ("AT", "BE", "FR", "US")
NOTHING = Extent.of(())
extents = st.just(ALL) | st.lists(st.sampled_from(NAMES)).map(Extent.of)


@given(extents, extents)
def test_a_name_lies_in_the_intersection_when_it_lies_in_both(a: Extent, b: Extent) -> None:
    for name in (*NAMES, "ZZ"):
        assert a.intersect(b).contains(name) == (a.contains(name) and b.contains(name))


@given(extents, extents)
def test_within_is_the_order_that_intersection_gives(a: Extent, b: Extent) -> None:
    assert a.within(b) == (a.intersect(b) == a)


@given(extents, extents, extents)
def test_intersection_is_commutative_associative_and_idempotent(a: Extent, b: Extent, c: Extent) -> None:
    assert a.intersect(b) == b.intersect(a)
    assert a.intersect(b).intersect(c) == a.intersect(b.intersect(c))
    assert a.intersect(a) == a


@given(extents)
def test_all_is_the_top_and_nothing_is_the_bottom(a: Extent) -> None:
    assert a.within(ALL)
    assert NOTHING.within(a)
    assert a.intersect(ALL) == a
    assert a.intersect(NOTHING) == NOTHING
    assert a.is_all == (a == ALL)
    assert a.is_empty == (a == NOTHING)


@given(st.permutations(NAMES))
def test_the_order_of_naming_and_repeats_do_not_matter(names: list[str]) -> None:
    assert Extent.of([*names, names[0]]) == Extent(NAMES)


@pytest.mark.parametrize("names", [("US", "AT"), ("AT", "AT")])
def test_an_extent_has_one_form(names: tuple[str, ...]) -> None:
    with pytest.raises(ValueError, match=r"is not sorted without repeats: use `Extent\.of`"):
        Extent(names)


def test_an_extent_is_shown_as_all_or_as_its_names() -> None:
    assert ALL.shown() == "all"
    assert Extent.of(["US", "AT"]).shown() == ["AT", "US"]
    assert NOTHING.shown() == []
