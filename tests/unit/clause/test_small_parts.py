from __future__ import annotations

import pytest

from goodstanding.clause import sufficiency, times, wire
from goodstanding.clause.checked import _constant, _type
from goodstanding.clause.sufficiency import LIMIT, NOTHING_NEEDED, both, either, minimal, one
from goodstanding.clause.tree import Type
from goodstanding.clause.values import NULL, UInt, ValueType, WiderType
from unit.clause.world import cell

A, B, C = (cell(f"order:r{n}.in_force") for n in range(3))


def test_sets_that_contain_another_are_dropped() -> None:
    sets = [frozenset({A, B}), frozenset({A}), frozenset({B, C}), frozenset({A})]
    assert minimal(sets).sets == (frozenset({A}), frozenset({B, C}))


def test_both_multiplies_and_either_adds() -> None:
    a_or_b = either([one(A), one(B)])
    assert a_or_b.sets == (frozenset({A}), frozenset({B}))
    assert both([a_or_b, one(C)]).sets == (frozenset({A, C}), frozenset({B, C}))
    assert both([a_or_b, one(A)]).sets == (frozenset({A}),)
    assert both([]) == NOTHING_NEEDED
    assert either([one(A)]) == one(A)


def test_a_family_remembers_that_it_was_cut() -> None:
    many = minimal(frozenset({cell(f"order:r{n}.in_force")}) for n in range(LIMIT + 1))
    assert (len(many.sets), many.cut) == (LIMIT, True)
    assert both([one(A), many]).cut
    assert either([one(A), many]).cut
    assert not minimal(many.sets).cut
    assert sufficiency.both([sufficiency.Family((frozenset({A}),), cut=True), one(B)]).cut


def test_the_wire_reader_reads_the_types_that_it_needs_and_refuses_others() -> None:
    fields = wire.message(b"\x08\xff\xff\xff\xff\xff\xff\xff\xff\xff\x01\x11\x00\x00\x00\x00\x00\x00\xf8\x3f\x1a\x02ab")
    assert wire.integer(fields, 1) == -1
    assert wire.double(fields, 2) == 1.5
    assert wire.text(fields, 3) == "ab"
    assert (wire.integer(fields, 9), wire.text(fields, 9), wire.inners(fields, 9)) == (0, "", [])
    assert (wire.payload(fields, 1), wire.integer(fields, 3)) == (b"", 0)
    assert wire.message(b"\x82\x01\x01a") == {16: [b"a"]}
    assert wire.pairs([b"\x08\x01\x10\x02", b"\x08\x81\x01\x10\x03", b"\x08\x05", 7]) == {1: 2, 129: 3, 5: 0}
    with pytest.raises(ValueError, match="wire type 5"):
        wire.message(b"\x0d\x00\x00\x00\x00")


def test_constants_are_read_as_values() -> None:
    assert _constant({1: [0]}) is NULL
    assert _constant({4: [2**64 - 1]}) == UInt(2**64 - 1)
    assert _constant({7: [b"a"]}) == b"a"


def test_types_that_are_none_of_ours_are_none() -> None:
    assert _type({5: [1]}, "p") is None
    assert _type(wire.message(b"\x32\x04\x0a\x02\x28\x01"), "p") is None
    assert _type(wire.message(b"\x3a\x08\x0a\x02\x28\x01\x12\x02\x18\x02"), "p") is None
    assert _type({13: [0]}, "p") is None


@pytest.mark.parametrize(
    ("text", "seconds"),
    [("0", 0), ("1h30m", 5400), ("-1.5s", -1.5), ("+.5m", 30), ("250ms", 0.25), ("1000ns", 0.000001)],
)
def test_lengths_of_time_are_read_as_cel_writes_them(text: str, seconds: float) -> None:
    assert times.duration(text).total_seconds() == seconds


@pytest.mark.parametrize("text", ["", "1", "1x", "1h 30m", "h", "--1s", "1.5.5s"])
def test_other_lengths_of_time_are_refused(text: str) -> None:
    with pytest.raises(ValueError, match="is not a length of time"):
        times.duration(text)


@pytest.mark.parametrize("text", ["0001-01-01T00:00:00+01:00", "2024-13-01T00:00:00Z", "9999-12-31T23:59:59-01:00"])
def test_times_outside_the_calendar_are_refused(text: str) -> None:
    with pytest.raises(ValueError, match="is no day of the calendar"):
        times.timestamp(text)


def test_a_map_names_its_keys_and_its_values() -> None:
    of = Type(value=WiderType.MAP, key=Type(value=ValueType.STRING), of=Type(value=ValueType.INT))
    assert str(of) == "map of string to int"
