from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from goodstanding.clause.checked import Comprehension, Name
from goodstanding.clause.macros import macro_of
from goodstanding.clause.tree import Connective, Field, Literal, Logical, Macro, Quantifier, Type, Variable, parts, walk
from goodstanding.clause.values import ValueType
from goodstanding.errors import ConditionError
from unit.clause.world import CONDITIONS, condition


def problems(source: str, result: ValueType | None = ValueType.BOOL) -> list[tuple[int, int, str, str]]:
    with pytest.raises(ConditionError) as caught:
        condition(source, result)
    return [(p.line, p.column, p.message, p.hint) for p in caught.value.problems]


def test_connectives_are_flat_however_cel_nests_them() -> None:
    tree = condition(" && ".join(["account.verified"] * 40)).tree
    assert isinstance(tree, Logical)
    assert (tree.connective, len(tree.operands)) == (Connective.AND, 40)
    mixed = condition("account.verified && (account.blocked || order.in_force) && true").tree
    assert [type(part).__name__ for part in parts(mixed)] == ["Field", "Logical", "Literal"]


@pytest.mark.parametrize(
    ("source", "macro", "filtered"),
    [
        ("owner.orders.exists(o, o.in_force)", Macro.EXISTS, False),
        ("owner.orders.all(o, o.in_force)", Macro.ALL, False),
        ("owner.orders.exists_one(o, o.in_force)", Macro.EXISTS_ONE, False),
        ("owner.orders.filter(o, o.in_force)", Macro.FILTER, False),
        ("owner.orders.map(o, o.since)", Macro.MAP, False),
        ("owner.orders.map(o, o.in_force, o.since)", Macro.MAP, True),
    ],
)
def test_macros_are_recognised_with_their_parts(source: str, macro: Macro, filtered: bool) -> None:
    tree = condition(source, None).tree
    assert isinstance(tree, Quantifier)
    assert (tree.macro, tree.variable, tree.where is not None) == (macro, "o", filtered)


def test_nodes_know_their_line_and_column_in_characters() -> None:
    tree = condition("'é' == 'ü' ||\n  account.blocked").tree
    assert isinstance(tree, Logical)
    assert (tree.line, tree.column) == (1, 12)
    field = tree.operands[1]
    assert isinstance(field, Field)
    assert (field.line, field.column) == (2, 10)
    assert (field.of.line, field.of.column) == (2, 3)


def test_nodes_know_their_types() -> None:
    tree = condition("owner.orders.map(o, o.products)", None).tree
    assert str(tree.type) == "list of list of string"
    assert str(condition("owner.orders", None).type) == "list of order"
    assert str(condition("[]", None).type) == "list of anything"
    assert condition("now - account.opened", None).type == Type(value=ValueType.DURATION)


def test_a_condition_says_which_facts_it_names() -> None:
    read = condition(
        "owner.orders.filter(o, o.in_force).exists(p, 'antivirus' in p.products) && has(account.owner.name)"
        " && (true ? [owner] : [account.owner]).map(x, x.orders)[0:].size() > 1".replace("[0:]", "")
    )
    assert read.reads == (
        ("account", "owner"),
        ("account", "owner.name"),
        ("account", "owner.orders"),
        ("owner", "orders"),
        ("owner", "orders.in_force"),
        ("owner", "orders.products"),
    )
    assert read.facts == (
        ("account", "owner"),
        ("order", "in_force"),
        ("order", "products"),
        ("owner", "name"),
        ("owner", "orders"),
    )
    assert condition("[1].exists(x, x == size(owner.orders.map(o, o.since)))").reads == (
        ("owner", "orders"),
        ("owner", "orders.since"),
    )
    assert condition("now > now").reads == ()


def test_written_times_are_literals() -> None:
    literals = [
        n.value
        for n in walk(condition("account.opened < timestamp('2024-01-01T01:00:00+01:00')").tree)
        if isinstance(n, Literal)
    ]
    assert [str(v) for v in literals] == ["2024-01-01 00:00:00+00:00"]
    assert [
        str(n.value) for n in walk(condition("account.idle > duration('-1h30m0.5s')").tree) if isinstance(n, Literal)
    ] == ["-1 day, 22:29:59.500000"]


def test_a_leading_dot_and_other_spellings_give_the_same_tree() -> None:
    tree = condition(".account.verified").tree
    assert isinstance(tree, Field)
    assert isinstance(tree.of, Variable)
    assert tree.of.name == "account"
    assert condition("size(account.name) > 1").reads == condition("account.name.size() > 1").reads


def test_a_wrong_result_type_is_refused_with_both_types() -> None:
    assert problems("account.balance") == [
        (1, 8, "this gives `int`, and `bool` is needed", "compare it with something")
    ]
    assert problems("account.verified", ValueType.LIST) == [
        (1, 8, "this gives `bool`, and `list` is needed", "name a fact of the type list")
    ]


def test_a_comprehension_of_no_known_shape_is_refused() -> None:
    name = Name(1, "x")
    with pytest.raises(ValueError, match="no known shape"):
        macro_of(Comprehension(1, "x", name, name, name, name, ""))


def test_environments_are_kept() -> None:
    assert CONDITIONS.read("now > now", variables={}) == CONDITIONS.read("now > now", variables={})


def test_reading_conditions_loads_neither_cel_nor_protobuf(root: Path) -> None:
    code = (
        "import sys, goodstanding.clause.verdict, goodstanding.clause.prose.reading, goodstanding.clause.parse;"
        "print([m for m in sys.modules if m.startswith(('cel_expr_python', 'google.protobuf'))])"
    )
    run = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=root, env={"PYTHONPATH": "src"}
    )
    assert run.stdout == "[]\n"
