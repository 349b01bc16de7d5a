from __future__ import annotations

from datetime import UTC, datetime

import msgspec
import pytest
import z3

from goodstanding.clause.logic import reading as logic
from goodstanding.clause.logic import values as lv
from goodstanding.clause.logic.bounds import bound_of
from goodstanding.clause.logic.reading import Answer, Example, Impossible, NotKnown, Scene, refusals, truth
from goodstanding.clause.logic.worlds import Partly
from goodstanding.clause.model import Known, Unknown, Verdict, Why
from goodstanding.clause.tree import Binary, Condition, Macro, Quantifier
from goodstanding.clause.values import ABSENT, EntityRef, Span, Value
from goodstanding.clause.verdict import read_verdict
from unit.clause.world import ACCOUNT, BINDINGS, NOW, OWNER, VARIABLES, VOCABULARY, FactsIn, cell, condition

FIRST = {name: EntityRef(kind, "1") for name, kind in VARIABLES.items()}


def scene_of(*conditions: Condition) -> Scene:
    return Scene(VOCABULARY, conditions, FIRST, now=NOW)


def found(source: str, verdict: Verdict = Verdict.MET) -> Answer:
    """A case in which a condition has a verdict, held against the verdict reading."""
    read = condition(source)
    assert refusals(read) == ()
    scene = scene_of(read)
    formulas = scene.formulas(read)
    guard = formulas.met if verdict is Verdict.MET else formulas.not_met
    return scene.ask([guard], [formulas], confirm=lambda example: _verdict(read, example) is verdict)


def _verdict(read: Condition, example: Example) -> Verdict:
    return read_verdict(read, FIRST, example.facts, now=example.now).verdict


@pytest.mark.parametrize(
    "source",
    [
        "account.balance > 30 && account.verified",
        "account.balance / 7 == -3 && account.balance % 7 == -1",
        "account.score * 2.0 == 5.0",
        "account.name.startsWith('é') && account.name.endsWith('🦊') && size(account.name) == 3",
        "account.name > 'b' && account.name < 'c' && account.name + 'x' != 'bax'",
        "now - account.opened > duration('720h')",
        "account.opened + account.idle == timestamp('2024-02-29T00:00:00Z')",
        "account.idle - duration('1h') == duration('36h') && -account.balance == 3 && -account.score == 0.5",
        "account.countries.exists(c, c == 'DE') && !('FR' in account.countries)",
        "size(account.countries) == 5",
        "account.countries == ['DE', 'FR']",
        "account.countries + ['AT'] == ['DE', 'AT']",
        "account.countries.map(c, c + '!') == ['DE!']",
        "account.countries.map(c, c != 'DE', c + '!') == ['FR!'] && 'DE' in account.countries",
        "size(owner.orders.filter(o, o.in_force)) == 2 && owner.orders.exists_one(o, o.forbids_supply)",
        "owner.orders.all(o, o.in_force) && size(owner.orders) > 1",
        "account.owner == owner || account.owner.strikes > 2",
        "has(account.balance) ? account.balance == 1 : false",
        "!has(account.owner) && !has(account.countries) && !has(account.name)",
        "order in owner.orders && order.since < timestamp('1969-01-01T00:00:00Z')",
        "(account.verified < account.blocked || account.blocked >= true) && account.verified <= account.blocked",
        "ad.topic in ['antivirus', 'training'] && ad.topic != 'training'",
        "account.name.contains('\\\\u{41}')",
        "[account.balance, 2].exists(n, n == 2 && account.balance > 2)",
        "(account.verified ? owner.orders : [order]).exists(o, o.in_force)",
        "(account.verified ? owner : account.owner).strikes - 3 > 2",
        "account.owner.orders.exists(o, o.in_force) && owner.orders.all(o, !o.in_force) && has(account.owner.orders)",
        "has(owner.orders) && account.balance in [1, 2] && ad.topic.startsWith('anti')",
        "account.countries.exists(c, c.startsWith('Z'))",
    ],
)
def test_facts_that_meet_a_condition_are_found_and_confirmed(source: str) -> None:
    assert isinstance(found(source), Example)
    assert not isinstance(found(source, Verdict.NOT_MET), Impossible)


@pytest.mark.parametrize(
    "source",
    [
        "account.balance > 60 && account.balance < 30",
        "account.balance > 9223372036854775806 + 1",
        "ad.topic == 'boats'",
        "account.score < 0.0 && account.score > 0.0",
        "owner.orders.exists(o, o.in_force) && owner.orders.all(o, !o.in_force)",
        "account.countries.exists(c, c == 'XX')",
        "account.opened > timestamp('9999-12-31T23:59:59.999999Z')",
        "size(account.countries) < 0",
        "account.balance / 0 == 1",
        "owner.orders.exists_one(o, o.in_force) && size(owner.orders) == 0",
        "false",
    ],
)
def test_that_nothing_meets_a_condition_is_proven(source: str) -> None:
    assert found(source) == Impossible()


def test_what_is_true_of_every_list_looked_at_is_not_known_of_longer_ones() -> None:
    assert found("size(account.countries) > 40") == NotKnown()
    assert found("account.countries.filter(c, c == 'DE') != account.countries.filter(c, c == 'DE')") == NotKnown()
    assert found("owner.orders.map(o, o.since).exists(s, s > now && s < now)") == NotKnown()
    assert (
        found("account.countries.exists_one(c, c == 'DE') != account.countries.exists_one(c, c == 'DE')") == NotKnown()
    )


def test_a_question_that_is_too_hard_is_not_known() -> None:
    cubes = " + ".join(f"{n} * {n} * {n}" for n in ("account.balance", "owner.strikes", "size(owner.name)"))
    small = "account.balance > 3 && owner.strikes > 3 && size(owner.name) > 3 && account.balance % 7 == 5"
    assert found(f"{small} && {cubes} == 1234567891") in {NotKnown(), Impossible()}


def test_an_example_that_the_verdict_reading_does_not_confirm_is_not_shown() -> None:
    read = condition("account.verified")
    scene = scene_of(read)
    formulas = scene.formulas(read)
    assert scene.ask([formulas.met], [formulas], confirm=lambda _: False) == NotKnown()


def test_examples_take_values_that_the_condition_names() -> None:
    answer = found("account.balance > 30 && account.opened < now")
    assert isinstance(answer, Example)
    known = answer.facts.read(cell("account:1.balance"))
    assert known == Known(31)


def test_what_is_unknown_or_absent_has_no_truth() -> None:
    read = condition("account.balance > 3 || has(account.name)")
    values: dict[str, Value] = {f"{ACCOUNT}.balance": ABSENT}
    assert truth(read, BINDINGS, FactsIn(values), now=NOW) is None
    assert truth(read, BINDINGS, FactsIn(values | {f"{ACCOUNT}.name": ABSENT}), now=NOW) is None
    assert truth(read, BINDINGS, FactsIn(values | {f"{ACCOUNT}.name": "x"}), now=NOW) is True
    assert truth(read, BINDINGS, FactsIn({f"{ACCOUNT}.balance": 4}), now=NOW) is True


@pytest.mark.parametrize(
    "source",
    [
        "account.owner.strikes > 2",
        "account.verified ? true : true",
        "owner.orders.map(o, o.since) == []",
        "size([order].filter(o, o.in_force)) == 1",
        "[order].map(o, o.in_force) == [true]",
        "account.balance in account.countries.map(c, 1)",
        "!account.verified",
        "-account.balance == 1",
        "size(account.name) == 1",
        "[account.verified] == [true]",
    ],
)
def test_nothing_is_true_of_what_is_not_known(source: str) -> None:
    assert truth(condition(source), BINDINGS, FactsIn({}), now=NOW) is None


def test_a_macro_that_gives_a_map_is_refused() -> None:
    read = condition("owner.orders.exists(o, o.in_force)")
    assert isinstance(read.tree, Quantifier)
    tree = msgspec.structs.replace(read.tree, macro=Macro.TRANSFORM_MAP)
    (problem,) = refusals(msgspec.structs.replace(read, tree=tree))
    assert problem.message == "`transformMap` is not read by the analysis"


def test_a_time_finer_than_a_microsecond_is_refused() -> None:
    read = condition("account.idle > duration('1s')")
    assert isinstance(read.tree, Binary)
    finer = msgspec.structs.replace(read.tree.right, value=Span(1))
    tree = msgspec.structs.replace(read.tree, right=finer)
    (problem,) = refusals(msgspec.structs.replace(read, tree=tree))
    assert problem.message == "a time finer than a microsecond is not read by the analysis"


def test_a_fact_of_another_type_has_no_truth() -> None:
    read = condition("account.balance > 3")
    for wrong in ("4", (4,), True, OWNER, 4.0):
        assert truth(read, BINDINGS, FactsIn({f"{ACCOUNT}.balance": wrong}), now=NOW) is None
    orders: dict[str, Value] = {f"{OWNER}.orders": (ACCOUNT,)}
    assert truth(condition("size(owner.orders) == 1"), BINDINGS, FactsIn(orders), now=NOW) is None


def test_a_character_that_z3_does_not_know_is_refused_in_a_condition_and_told_of_in_a_fact() -> None:
    (problem,) = refusals(condition("account.name == '\\U0010ffff'"))
    assert (problem.message, problem.line, problem.column) == (
        "a character beyond U+2FFFF is not read by the analysis",
        1,
        17,
    )
    names: dict[str, Value] = {f"{ACCOUNT}.name": "\U0010ffff"}
    with pytest.raises(ValueError, match="beyond U\\+2FFFF"):
        truth(condition("size(account.name) == 1"), BINDINGS, FactsIn(names), now=NOW)


def test_conditions_of_every_plain_kind_are_taken() -> None:
    assert (
        refusals(condition("account.balance > 3 && account.countries == [] && [1.5].exists(x, x > account.score)"))
        == ()
    )


def test_what_is_asked_of_a_list_says_how_many_items_settle_it() -> None:
    assert bound_of(condition("account.verified")).items == 3
    asked = " && ".join(f"owner.orders.exists(o, o.since > timestamp('20{n}-01-01T00:00:00Z'))" for n in range(10, 15))
    assert (bound_of(condition(asked)).items, bound_of(condition(asked)).settled) == (5, True)
    assert not bound_of(condition("size(owner.orders) > 4")).settled
    assert bound_of(condition("size(owner.orders) > 4")).items == 5
    inner = "owner.orders.exists(o, owner.orders.exists(p, p.in_force && o.in_force))"
    assert not bound_of(condition(inner)).settled
    assert bound_of(condition("owner.orders.exists(o, 'antivirus' in o.products)")).settled
    assert bound_of(condition("account.owner.orders.exists(o, o.in_force)")).settled


def test_a_cell_can_be_said_to_be_just_so() -> None:
    read = condition("account.balance > 30 && 'DE' in account.countries")
    scene = scene_of(read)
    formulas = scene.formulas(read)
    balance, countries = (scene.world.variables[cell(f"account:1.{name}")] for name in ("balance", "countries"))

    def possible(*guards: z3.BoolRef) -> bool:
        answer = scene.ask([formulas.met, *guards], [formulas], confirm=lambda _: True)
        return isinstance(answer, Example)

    assert possible(balance.holds(Known(31)), countries.holds(Known(("DE",))))
    assert not possible(balance.holds(Known(30)))
    assert not possible(balance.holds(Known(ABSENT)))
    assert not possible(balance.holds(Unknown(Why.NO_EVIDENCE)))
    assert not possible(countries.holds(Known(("FR", "AT"))))


def test_some_cells_of_an_open_world_can_be_settled() -> None:
    read = condition("account.balance > 30 && has(account.name)")
    scene = scene_of(read)
    settled = Partly(scene.world, {cell("account:1.balance"): Known(31), cell("account:1.name"): Known("x")})
    formulas = scene.formulas_in(read, settled)
    assert lv.decided(formulas.met) is True
    assert scene.formulas_in(read, Partly(scene.world, {cell("account:1.balance"): Known(3)})).met is not True


def test_now_is_an_instant_that_an_example_chooses() -> None:
    answer = found("now == timestamp('2031-05-01T00:00:00Z')")
    assert isinstance(answer, Example)
    assert answer.now == datetime(2031, 5, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    ("source", "message"),
    [
        ("int(account.name) == 1", "`int` is not read by the analysis"),
        ("{'a': 1}.exists(k, k == account.name)", "a map is not read by the analysis"),
        ("account.countries[0] == 'DE'", "`[ ]` is not read by the analysis"),
        ("dyn(account.balance) < account.score", "`dyn` is not read by the analysis"),
        (
            "[account.balance, account.score].exists(x, x > 1)",
            "a value of the type `anything` is not read by the analysis",
        ),
        ("b'a' == b'a'", "a value of the type `bytes` is not read by the analysis"),
        ("account.opened.getFullYear() > 2020", "`getFullYear` is not read by the analysis"),
    ],
)
def test_what_has_no_translation_is_refused_at_its_place(source: str, message: str) -> None:
    problems = refusals(condition(source))
    assert message in [problem.message for problem in problems]
    assert all(problem.hint and problem.line == 1 for problem in problems)


@pytest.mark.parametrize("source", ["account.countries[0] == 'DE'", "null == null"])
def test_nothing_is_translated_that_was_refused(source: str) -> None:
    with pytest.raises(ValueError, match="ask `refusals` first"):
        truth(condition(source), BINDINGS, FactsIn({}), now=NOW)


def test_the_empty_text_stands_before_every_other() -> None:
    source = "size(account.name + 'é') > size(account.name) && account.name < 'é'"
    facts = FactsIn({"account:a.name": ""})
    assert truth(condition(source), BINDINGS, facts, now=NOW) is True
    assert truth(condition("!(account.name < 'é')"), BINDINGS, facts, now=NOW) is False


def test_a_truth_that_z3_does_not_settle_is_an_error() -> None:
    with pytest.raises(ValueError, match="does not settle"):
        logic._settled(z3.Bool("open"))
