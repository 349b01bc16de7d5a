from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from goodstanding.clause import verdict as module
from goodstanding.clause.model import Known, Unknown, Verdict, Why
from goodstanding.clause.operators import EvaluationError
from goodstanding.clause.values import ABSENT, EntityRef, Value
from goodstanding.clause.verdict import Failed, read_verdict, value_of
from unit.clause.world import BINDINGS, NOW, ORDERS, OWNER, FactsIn, cell, condition, shown, value, verdict

ONE_ORDER = {"owner:o.orders": ORDERS[:1]}
TWO_ORDERS: dict[str, Value] = {"owner:o.orders": ORDERS[:2]}


def test_a_conjunction_of_known_facts_is_met_by_all_of_them() -> None:
    reading = verdict(
        "order.in_force && order.forbids_supply", {"order:r0.in_force": True, "order:r0.forbids_supply": True}
    )
    assert reading.verdict is Verdict.MET
    assert shown(reading.sufficient) == ["order:r0.forbids_supply order:r0.in_force"]


def test_each_false_conjunct_alone_is_enough_for_not_met() -> None:
    reading = verdict(
        "order.in_force && order.forbids_supply", {"order:r0.in_force": False, "order:r0.forbids_supply": False}
    )
    assert reading.verdict is Verdict.NOT_MET
    assert shown(reading.sufficient) == ["order:r0.forbids_supply", "order:r0.in_force"]


def test_an_unknown_conjunct_leaves_the_condition_undecided_and_is_named() -> None:
    reading = verdict("order.in_force && order.forbids_supply", {"order:r0.in_force": True})
    assert reading.verdict is Verdict.UNDECIDED
    assert [str(c) for c in reading.missing] == ["order:r0.forbids_supply"]
    assert reading.sufficient == ()


def test_a_false_conjunct_decides_whatever_is_unknown_or_fails() -> None:
    assert verdict("order.in_force && account.verified", {"order:r0.in_force": False}).verdict is Verdict.NOT_MET
    assert verdict("1 / 0 > 1 && order.in_force", {"order:r0.in_force": False}).verdict is Verdict.NOT_MET
    assert verdict("1 / 0 > 1 || order.in_force", {"order:r0.in_force": True}).verdict is Verdict.MET


def test_an_error_leaves_the_condition_undecided_and_says_where() -> None:
    reading = verdict(
        "account.verified &&\n  account.balance / 0 > 1", {"account:a.verified": True, "account:a.balance": 1}
    )
    assert reading.verdict is Verdict.UNDECIDED
    assert reading.errors == ("division by zero (line 2, column 19 of the condition)",)
    assert reading.missing == ()


def test_what_is_unknown_is_asked_for_even_beside_an_error() -> None:
    reading = verdict("1 / 0 > 1 || account.verified", {})
    assert [str(c) for c in reading.missing] == ["account:a.verified"]
    assert len(reading.errors) == 1


def test_nothing_is_asked_for_where_an_error_is_certain() -> None:
    reading = verdict("account.balance + 1 / 0 > 1", {})
    assert (reading.verdict, reading.missing) == (Verdict.UNDECIDED, ())


def test_has_is_unknown_without_evidence_and_false_where_absence_is_on_record() -> None:
    assert verdict("has(account.name)", {}).verdict is Verdict.UNDECIDED
    assert verdict("has(account.name)", {"account:a.name": ABSENT}).verdict is Verdict.NOT_MET
    met = verdict("has(account.name)", {"account:a.name": "x"})
    assert (met.verdict, shown(met.sufficient)) == (Verdict.MET, ["account:a.name"])
    assert verdict("has(account.owner.name)", {}).missing == (cell("account:a.owner"),)


def test_reading_a_fact_on_record_as_absent_is_an_error() -> None:
    reading = verdict("account.owner.name == 'x'", {"account:a.owner": OWNER, "owner:o.name": ABSENT})
    assert reading.errors == ("`owner:o.name` is recorded as absent (line 1, column 14 of the condition)",)


def test_a_fact_at_the_end_of_a_path_rests_on_the_whole_path() -> None:
    reading = verdict("account.owner.strikes > 2", {"account:a.owner": OWNER, "owner:o.strikes": 3})
    assert shown(reading.sufficient) == ["account:a.owner owner:o.strikes"]


@pytest.mark.parametrize(
    ("known", "problem"),
    [
        ({"account:a.balance": "12"}, "`account:a.balance` is not of the type int"),
        ({"account:a.balance": True}, "`account:a.balance` is not of the type int"),
        ({"account:a.balance": OWNER}, "`account:a.balance` is not of the type int"),
        ({"account:a.balance": ("x",)}, "`account:a.balance` is not of the type int"),
    ],
)
def test_a_value_of_another_type_than_the_vocabulary_says_is_an_error(known: dict[str, Value], problem: str) -> None:
    assert problem in verdict("account.balance > 1", known).errors[0]


def test_an_element_of_another_kind_is_an_error() -> None:
    assert verdict("owner.orders.exists(o, o.in_force)", {"owner:o.orders": (OWNER,)}).errors


def test_one_element_is_enough_for_exists_and_each_is_a_ground() -> None:
    known = {**TWO_ORDERS, "order:r0.in_force": True, "order:r1.in_force": True}
    reading = verdict("owner.orders.exists(o, o.in_force)", known)
    assert shown(reading.sufficient) == ["order:r0.in_force owner:o.orders", "order:r1.in_force owner:o.orders"]


def test_exists_is_undecided_while_an_element_is_unknown_and_none_holds() -> None:
    known = {**TWO_ORDERS, "order:r0.in_force": False}
    reading = verdict("owner.orders.exists(o, o.in_force)", known)
    assert (reading.verdict, reading.missing) == (Verdict.UNDECIDED, (cell("order:r1.in_force"),))


def test_all_needs_every_element_and_is_met_by_an_empty_list() -> None:
    source = "owner.orders.all(o, o.in_force)"
    assert verdict(source, {**TWO_ORDERS, "order:r0.in_force": False}).verdict is Verdict.NOT_MET
    assert shown(verdict(source, {"owner:o.orders": ()}).sufficient) == ["owner:o.orders"]
    assert verdict(source, {}).missing == (cell("owner:o.orders"),)


def test_exists_one_filter_and_map_need_every_element() -> None:
    some = {**TWO_ORDERS, "order:r0.in_force": True}
    both = {**some, "order:r1.in_force": False}
    for source in (
        "owner.orders.exists_one(o, o.in_force)",
        "size(owner.orders.filter(o, o.in_force)) == 1",
        "true in owner.orders.map(o, o.in_force)",
    ):
        assert verdict(source, some).missing == (cell("order:r1.in_force"),)
        assert verdict(source, both).verdict is Verdict.MET
        assert len(verdict(source, both).sufficient[0]) == 3


def test_map_with_a_filter_asks_of_the_body_only_where_the_filter_may_hold() -> None:
    source = "owner.orders.map(o, o.in_force, o.forbids_supply) == [true]"
    known = {**TWO_ORDERS, "order:r0.in_force": True, "order:r1.in_force": False}
    assert verdict(source, known).missing == (cell("order:r0.forbids_supply"),)
    assert verdict(source, {**known, "order:r0.forbids_supply": True}).verdict is Verdict.MET
    assert len(verdict(source, TWO_ORDERS).missing) == 4


def test_a_choice_needs_its_test_and_one_branch() -> None:
    source = "account.verified ? account.balance > 3 : account.blocked"
    reading = verdict(source, {"account:a.verified": False, "account:a.blocked": True})
    assert shown(reading.sufficient) == ["account:a.blocked account:a.verified"]
    assert len(verdict(source, {}).missing) == 3
    assert verdict(source, {"account:a.balance": 9, "account:a.blocked": True}).missing == (cell("account:a.verified"),)
    assert verdict("1 / 0 == 1 ? account.verified : account.blocked", {}).missing == ()


def test_entities_are_equal_when_they_are_the_same() -> None:
    assert verdict("account.owner == owner", {"account:a.owner": OWNER}).verdict is Verdict.MET
    assert verdict("account.owner == owner", {"account:a.owner": EntityRef("owner", "x")}).verdict is Verdict.NOT_MET
    assert verdict("order in owner.orders", ONE_ORDER).verdict is Verdict.MET


def test_now_is_the_time_of_the_reading() -> None:
    known = {"account:a.opened": datetime(2024, 8, 1, tzinfo=UTC)}
    assert verdict("now - account.opened > duration('720h')", known).verdict is Verdict.MET
    assert verdict("account.opened > now", known).verdict is Verdict.NOT_MET


BOTH_OF_ALL: dict[str, Value] = {
    "owner:o.orders": ORDERS,
    "account:a.verified": True,
    **{f"{order}.{fact}": True for order in ORDERS for fact in ("in_force", "forbids_supply")},
}
EITHER = "owner.orders.all(o, o.in_force || o.forbids_supply)"


@pytest.mark.parametrize(
    "source", [EITHER, f"{EITHER} && {EITHER}", f"(account.verified || {EITHER}) && {EITHER} && {EITHER}"]
)
def test_more_than_32_sets_are_cut_to_32_each_sufficient_and_minimal(source: str) -> None:
    reading = verdict(source, BOTH_OF_ALL)
    assert len(reading.sufficient) == 32
    for cells in reading.sufficient:
        assert verdict(source, {str(c): BOTH_OF_ALL[str(c)] for c in cells}).verdict is Verdict.MET
        for left_out in cells:
            fewer = {str(c): BOTH_OF_ALL[str(c)] for c in cells if c != left_out}
            assert verdict(source, fewer).verdict is Verdict.UNDECIDED


def test_a_condition_with_too_many_steps_is_undecided_and_says_so() -> None:
    many = ", ".join(["1"] * 60)
    nested = f"[{many}].all(a, [{many}].all(b, [{many}].all(c, a + b == c + 1)))"
    reading = verdict(nested, {})
    assert reading.verdict is Verdict.UNDECIDED
    assert str(module.STEPS) in reading.errors[0]


def test_a_binding_that_lacks_is_a_fault_of_the_caller() -> None:
    with pytest.raises(KeyError):
        read_verdict(condition("true"), {}, FactsIn({}), now=NOW)


def test_value_of_gives_the_value_or_why_there_is_none() -> None:
    def of(source: str, known: dict[str, Value]) -> object:
        return value_of(condition(source, None), BINDINGS, FactsIn(known, Why.GRADE), now=NOW)

    assert of("order.products", {"order:r0.products": ("antivirus",)}) == ("antivirus",)
    assert of("account.verified", {"account:a.verified": False}) is False
    assert of("order.products", {}) == Unknown(Why.GRADE)
    assert of("order.products", {"order:r0.products": ABSENT}) == Failed(
        ("`order:r0.products` is recorded as absent (line 1, column 6 of the condition)",)
    )


def test_a_value_reading_says_what_the_value_rests_on() -> None:
    reading = value("order.products", {"order:r0.products": ("antivirus",)})
    assert (reading.value, shown(reading.sufficient)) == (("antivirus",), ["order:r0.products"])
    assert value("order.products", {}).missing == (cell("order:r0.products"),)


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("-7 / 2", -3),
        ("-7 % 2", -1),
        ("7 % -2", 1),
        ("7 / 2", 3),
        ("2 + 3 * 4 - 1", 13),
        ("-account.balance", -5),
        ("-account.score", -0.5),
        ("1.5 * 2.0 - 1.0 + 0.5", 2.5),
        ("1.0 / 4.0", 0.25),
        ("1.0 / 0.0", float("inf")),
        ("-1.0 / 0.0", float("-inf")),
        ("'a' + 'b'", "ab"),
        ("[1] + [2]", (1, 2)),
        ("size('aé😀')", 3),
        ("'aé'.size()", 2),
        ("size([1, 2])", 2),
        ("account.opened + duration('1h') - account.opened", timedelta(hours=1)),
        ("account.idle + account.idle", timedelta(hours=2)),
        ("[1, 2, 3].filter(x, x > 1)", (2, 3)),
        ("[1, 2].map(x, x * 2)", (2, 4)),
        ("[1, 2].map(x, x > 1, x * 2)", (4,)),
        ("true ? 'a' : 'b'", "a"),
    ],
)
def test_arithmetic_and_lists_give_what_cel_gives(source: str, expected: Value) -> None:
    known: dict[str, Value] = {
        "account:a.balance": 5,
        "account:a.score": 0.5,
        "account:a.opened": NOW,
        "account:a.idle": timedelta(hours=1),
    }
    assert value(source, known).value == expected


@pytest.mark.parametrize(
    "source",
    [
        "0.0 / 0.0 != 0.0 / 0.0",
        "!(0.0 / 0.0 > 1.0)",
        "!(0.0 / 0.0 in [0.0 / 0.0])",
        "[0.0 / 0.0] != [0.0 / 0.0]",
        "0.0 / 0.0 / 0.0 != 1.0",
        "'b' > 'a' && 'é' > 'z' && '\\U0001F600' > '\\uFFFD'",
        "1 <= 1 && 1 >= 1 && 1 < 2 && !(1 != 1)",
        "[[1], [2]] == [[1], [2]] && [1] != [1, 2]",
        "'abc'.startsWith('a') && 'abc'.endsWith('c') && 'abc'.contains('b') && !'abc'.contains('d')",
        "[1, 2].exists_one(x, x > 1) && !true == false",
        "[].all(x, x > 1) && [] == []",
    ],
)
def test_what_holds_in_cel_holds_here(source: str) -> None:
    reading = verdict(source, {})
    assert (reading.verdict, reading.sufficient) == (Verdict.MET, ((),))


@pytest.mark.parametrize(
    "source",
    [
        "9223372036854775807 + 1",
        "-9223372036854775807 - 2",
        "9223372036854775807 * 2",
        "-9223372036854775808 / -1",
        "-(-9223372036854775808)",
        "1 / 0",
        "1 % 0",
        "timestamp('9999-12-31T23:59:59Z') + duration('1h')",
        "timestamp('0001-01-01T00:00:00Z') - duration('1h')",
        "duration('2500000h') + duration('2500000h')",
    ],
)
def test_what_is_out_of_range_is_an_error_and_not_a_value(source: str) -> None:
    reading = value(source, {})
    assert (reading.value, len(reading.errors)) == (None, 1)


def test_reading_leaves_what_it_was_given_as_it_was() -> None:
    facts = FactsIn({"account:a.verified": True})
    assert facts.read(cell("account:a.verified")) == Known(value=True)
    assert not issubclass(EvaluationError, ValueError)
