"""Compiled conditions: what they answer, how facts are keyed, and when the tree is read instead."""

from __future__ import annotations

from datetime import timedelta

import msgspec
import pytest

from goodstanding.clause.compiled.explained import ExplainedCode
from goodstanding.clause.compiled.names import Names, UncompilableError
from goodstanding.clause.compiled.plain import PlainCode
from goodstanding.clause.compiled.reading import Compiled, compile_condition, compile_together
from goodstanding.clause.compiled.runtime import ELEMENTS, Explained
from goodstanding.clause.parse import Conditions
from goodstanding.clause.tree import Condition, Failure, Logical, Type
from goodstanding.clause.values import ABSENT, EntityRef, Value, ValueType
from unit.clause.world import NOW, VOCABULARY, condition

R1, R2 = EntityRef("order", "r1"), EntityRef("order", "r2")
OWNER = EntityRef("owner", "o")
UNKNOWN_STRIKES = "`owner.strikes` is recorded as absent (line 1, column {} of the condition)"


def made(source: str, *, generated: bool = True) -> Compiled:
    compiled = compile_condition(condition(source, None))
    assert bool(compiled.code) is generated, source
    return compiled


def met(*keys: str) -> Explained:
    return Explained(value=True, decisive=keys)


def not_met(*keys: str) -> Explained:
    return Explained(value=False, decisive=keys)


def said(source: str, facts: dict[str, Value | None], *, generated: bool = True) -> Explained:
    """The explanation; the plain value is the same."""
    compiled = made(source, generated=generated)
    explained = compiled.explained(facts, NOW)
    assert repr(compiled.plain(facts, NOW)) == repr(explained.value)
    return explained


def test_what_decides_is_the_smallest_set_and_the_first_of_its_size() -> None:
    facts: dict[str, Value | None] = {
        "account.verified": False,
        "account.blocked": True,
        "account.balance": 0,
        "account.name": "a",
    }
    assert said("(account.verified || account.balance > 3) && !account.blocked", facts) == not_met("account.blocked")
    assert said("account.balance < 0 || account.blocked || account.name == 'a'", facts) == met("account.blocked")
    both = "(account.verified || account.balance > 3) && (account.balance > 5 || account.name == 'b')"
    assert said(both, facts) == not_met("account.balance", "account.name")


def test_a_set_that_parts_share_counts_once() -> None:
    source = "(account.verified && account.blocked || account.balance > 0) && (account.verified || account.score > 1.0)"
    facts: dict[str, Value | None] = {
        "account.verified": True,
        "account.blocked": True,
        "account.balance": 1,
        "account.score": 2.0,
    }
    assert said(source, facts) == met("account.balance", "account.score")
    assert said(source, {**facts, "account.balance": None}).decisive == ("account.blocked", "account.verified")
    assert said(source, {**facts, "account.score": 0.0}).decisive == ("account.balance", "account.verified")
    assert said(source, {}).missing == tuple(sorted(facts))
    assert said(f"!({source})", facts).decisive == ("account.balance", "account.score")


def test_what_is_absent_or_of_another_type_is_an_error_and_another_operand_may_still_decide() -> None:
    facts: dict[str, Value | None] = {"owner.strikes": ABSENT, "account.verified": True}
    assert said("owner.strikes > 2 && has(owner.strikes)", facts) == not_met("owner.strikes")
    assert said("owner.strikes > 2", facts) == Explained(None, errors=(UNKNOWN_STRIKES.format(6),))
    assert said("owner.strikes > 2 || account.verified", facts) == met("account.verified")
    assert said("account.name == 'a' && owner.strikes > 2", facts) == Explained(
        None, missing=("account.name",), errors=(UNKNOWN_STRIKES.format(29),)
    )
    wrong = said("account.verified", {"account.verified": 1})
    assert wrong.errors == ("`account.verified` is not of the type bool (line 1, column 8 of the condition)",)


@pytest.mark.parametrize(
    ("source", "value"),
    [
        ("account.balance / 0", None),
        ("account.balance * account.balance", None),
        ("-account.balance", -(2**62)),
        ("account.score * account.score", 6.25),
        ("account.score / 0.0 > 1.0", True),
        ("account.name + '!'", "é🦊!"),
        ("size(account.name)", 2),
        ("size(account.countries) == 2", True),
        ("account.name.startsWith('é') && account.name.contains('🦊') && !account.name.endsWith('é')", True),
        ("account.balance in [1, 2]", False),
        ("'DE' in account.countries", True),
        ("now - account.opened >= duration('24h')", True),
        ("account.opened < now ? account.name : 'z'", "é🦊"),
        ("[account.balance, 7]", (2**62, 7)),
        ("b'a' == b'a' && account.opened + duration('1h') < now", True),
        ("duration('1h') < now - account.opened", True),
        ("!(account.balance > 3)", False),
        ("account.opened.getFullYear() == 2024 && account.name.matches('.🦊')", True),
        ("1 + 1 == 2 || account.blocked", True),
        ("account.countries.map(c, c != 'DE', size(c))", (2,)),
        ("account.countries.filter(c, c > 'DE')", ("FR",)),
        ("account.countries.exists_one(c, c == account.name)", False),
    ],
)
def test_operations_give_what_the_tree_gives(source: str, value: Value | None) -> None:
    facts: dict[str, Value | None] = {
        "account.balance": 2**62,
        "account.score": 2.5,
        "account.name": "é🦊",
        "account.countries": ("DE", "FR"),
        "account.opened": NOW - timedelta(days=1),
    }
    assert said(source, facts).value == value


def test_facts_of_reached_entities_stand_under_kind_and_id() -> None:
    source = "owner.orders.exists(o, o.in_force && o.forbids_supply)"
    facts: dict[str, Value | None] = {
        "owner.orders": (R1, R2),
        "order:r1.in_force": False,
        "order:r2.in_force": True,
        "order:r2.forbids_supply": True,
    }
    assert said(source, facts) == met("order:r2.forbids_supply", "order:r2.in_force", "owner.orders")
    del facts["order:r2.forbids_supply"]
    assert said(source, facts) == Explained(None, missing=("order:r2.forbids_supply",))
    assert said(source, {}) == Explained(None, missing=("owner.orders",))
    facts["order:r2.in_force"] = ABSENT
    assert said("owner.orders.all(o, has(o.in_force))", facts).decisive == ("order:r2.in_force", "owner.orders")
    far = said("account.owner.strikes > 1", {"account.owner": OWNER, "owner:o.strikes": 2})
    assert far == met("account.owner", "owner:o.strikes")
    assert said("account.owner.strikes > 1", {}) == Explained(None, missing=("account.owner",))


def test_a_reached_entity_that_a_variable_is_has_its_facts_there() -> None:
    facts: dict[str, Value | None] = {"owner": OWNER, "account.owner": OWNER, "owner.strikes": 2}
    assert said("account.owner.strikes == owner.strikes && account.owner == owner", facts) == met(
        "account.owner", "owner.strikes"
    )
    del facts["owner"]
    assert said("account.owner == owner", facts) == Explained(None, missing=("owner",))
    assert said("account.owner == owner", {**facts, "owner": 7}).errors


def test_elements_that_share_facts_are_counted_as_families() -> None:
    source = "owner.orders.all(o, o.in_force || account.verified)"
    facts: dict[str, Value | None] = {
        "owner.orders": (R1, R2),
        "order:r1.in_force": True,
        "order:r2.in_force": True,
        "account.verified": True,
    }
    assert said(source, facts).decisive == ("account.verified", "owner.orders")


def test_a_call_that_goes_through_too_many_elements_reads_the_tree() -> None:
    codes = tuple(str(number) for number in range(ELEMENTS + 1))
    assert said("account.countries.exists(c, c == 'x')", {"account.countries": codes}) == not_met("account.countries")
    assert said("account.countries.all(c, account.verified)", {"account.countries": codes}).missing


def test_more_alternatives_than_are_kept_are_left_to_the_tree() -> None:
    orders = tuple(EntityRef("order", f"r{number}") for number in range(8))
    facts: dict[str, Value | None] = {"owner.orders": orders, "account.verified": False}
    facts |= {f"{order}.{fact}": True for order in orders for fact in ("in_force", "forbids_supply")}
    source = "owner.orders.all(o, o.in_force || o.forbids_supply || account.verified)"
    assert len(said(source, facts).decisive) == 9


@pytest.mark.parametrize(
    "source",
    [
        "account.countries.map(c, c + c) == account.countries",
        "account.countries.exists(c, [c] == account.countries)",
        "account.countries[0] == 'DE'",
        "{'a': 1}['a'] == 1 || account.verified",
        "{'a': 1}.exists(k, k == 'a')",
        "dyn(account.verified) || account.blocked",
        "{'a': account.balance}.a == 1",
    ],
)
def test_what_no_code_is_written_for_is_read_from_the_tree(source: str) -> None:
    tree = condition(source)
    assert compile_condition(tree).code == ""
    missing = said(source, {}, generated=False).missing
    assert set(missing) <= {"account.countries", "account.verified", "account.blocked", "account.balance"}


def test_the_tree_answers_by_key_too() -> None:
    first = "account.countries[0] == 'DE'"
    facts: dict[str, Value | None] = {"account.countries": ("DE",), "owner": OWNER}
    assert said(first, facts, generated=False) == met("account.countries")
    wrong = said(first, {"account": EntityRef("account", "a"), "account.countries": 7}, generated=False)
    assert wrong.errors[0].startswith("`account.countries` is not of the type list")
    compared = f"{first} && account.owner == owner"
    assert said(compared, {"account.countries": ("DE",)}, generated=False) == Explained(None, missing=("owner",))
    far = said("account.owner.strikes > [1][0]", {"account.owner": OWNER, "owner:o.strikes": 2}, generated=False)
    assert far.decisive == ("account.owner", "owner:o.strikes")


def test_two_variables_of_one_kind_are_read_from_the_tree() -> None:
    conditions = Conditions(VOCABULARY)
    two = conditions.read("a.verified && !b.verified", variables={"a": "account", "b": "account"})
    compiled = compile_condition(two)
    assert compiled.code == ""
    assert compiled.plain({"a.verified": True, "b.verified": False}, NOW) is True
    same = EntityRef("account", "x")
    assert compiled.plain({"a": same, "b": same, "b.verified": True}, NOW) is False


def test_a_node_without_value_and_a_condition_too_deep_for_python_are_read_from_the_tree() -> None:
    failing = condition("account.verified || account.blocked")
    operand = Failure(type=failing.tree.type, line=1, column=1, message="no such function")
    assert isinstance(failing.tree, Logical)
    tree = msgspec.structs.replace(failing.tree, operands=(operand, failing.tree.operands[1]))
    compiled = compile_condition(msgspec.structs.replace(failing, tree=tree))
    assert compiled.code == ""
    assert compiled.plain({"account.blocked": True}, NOW) is True


def test_each_kind_of_code_refuses_what_it_does_not_know() -> None:
    failure = Failure(type=Type(value=ValueType.BOOL), line=1, column=1, message="no such function")
    with pytest.raises(UncompilableError):
        ExplainedCode(Names(()), failure).write(failure)
    with pytest.raises(UncompilableError):
        PlainCode(Names(())).write(failure)


@pytest.mark.parametrize("source", ["true ? 1 : 2", "account.verified ? 1 + 2 : 4", "size('a') == 1 ? 0 : 1"])
def test_code_is_generated_for_branches_that_are_literals(source: str) -> None:
    assert made(source).plain({"account.verified": True}, NOW) is not None  # a warning of Python would be an error


def test_several_conditions_are_read_in_one_call() -> None:
    sources = ["account.verified", "account.balance > 3", "account.countries.exists(c, c == 'DE')"]
    together = compile_together([condition(source) for source in sources])
    facts: dict[str, Value | None] = {
        "account.verified": True,
        "account.balance": 3,
        "account.countries": ("DE",),
    }
    assert together(facts, NOW) == (True, False, True)
    assert together({**facts, "account.balance": None}, NOW) == (True, None, True)
    assert compile_together([condition(source) for source in sources[:2]])(facts, NOW) == (True, False)
    mixed = compile_together([condition("account.verified"), condition("account.countries[0] == 'DE'")])
    assert mixed(facts, NOW) == (True, True)


def test_no_text_of_an_author_gets_into_the_code() -> None:
    code = made("account.name == 'import os' && account.countries.exists(element, element == 'x')").code
    assert not any(word in code for word in ("import", "element", "account", "name"))


def empty() -> Condition:
    """A condition whose list is of nothing that is known."""
    return msgspec.structs.replace(condition("account.countries == []"), source="")


def test_lists_of_nothing_compare_as_the_tree_compares_them() -> None:
    assert compile_condition(empty()).plain({"account.countries": ()}, NOW) is True


def test_a_fact_of_a_type_that_no_code_is_written_for_is_read_from_the_tree() -> None:
    read = condition("account.verified")
    wider = Type(value=None)
    tree = msgspec.structs.replace(read.tree, type=wider)
    assert compile_condition(msgspec.structs.replace(read, tree=tree)).code == ""
    listed = Type(value=ValueType.LIST, of=wider)
    tree = msgspec.structs.replace(read.tree, type=listed)
    assert compile_condition(msgspec.structs.replace(read, tree=tree)).code == ""
