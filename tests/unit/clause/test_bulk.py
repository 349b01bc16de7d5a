from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlglot import exp

from goodstanding.clause.bulk.columns import Column, Question, lacking, needed
from goodstanding.clause.bulk.dialects import Dialect, written
from goodstanding.clause.bulk.query import counts, masks
from goodstanding.clause.bulk.reading import columns, refusals, sql
from goodstanding.clause.bulk.refusals import DEEPEST
from goodstanding.clause.bulk.values import literal, whole
from goodstanding.clause.tree import (
    Binary,
    Condition,
    Failure,
    Field,
    ListLiteral,
    Literal,
    Macro,
    Node,
    Operator,
    Quantifier,
    Sign,
    Type,
    Unary,
    Variable,
)
from goodstanding.clause.values import ValueType
from unit.clause.world import CONDITIONS, NOW, VARIABLES, condition

READ = (
    "account.balance > 30 && !account.verified",
    "account.balance + 5 > 100 || 100 - account.balance < 5",
    "account.score > 1.5 && account.score != account.score",
    "account.score / 2.0 < account.score",
    "account.balance / account.balance == 1 && account.balance % 7 == 1",
    "now - account.opened < duration('24h')",
    "account.opened + account.idle > now",
    "account.name == 'it\\'s ${x}' && account.name.startsWith('%')",
    "account.name in ['a', 'b', owner.name]",
    "account.score in [1.0, 2.0] && account.balance in []",
    "'GB' in account.countries && account.countries.size() > 1",
    "account.countries.exists_one(c, c.startsWith('G'))",
    "owner.orders.exists(o, o.in_force && 'x' in o.products) || order in owner.orders",
    "owner.orders.filter(o, o.in_force).map(o, o.since).all(s, s > now)",
    "owner.orders.exists(o, o == order) && account.balance > -(2 + 3)",
    "has(account.name) ? account.verified : account.owner == owner",
    "account.owner.strikes >= 3 && has(account.owner.name)",
)
REFUSED = (
    "dyn(account.balance) == 1",
    "account.name.matches('a+')",
    "account.opened.getFullYear() == 2024",
    "account.name == 'a\\000b'",
    "{'a': 1}['a'] == 1",
    "account.countries[0] == 'GB'",
    "[1.5, account.score] == [1.5]",
    "owner.orders == owner.orders",
    "size(owner.orders + owner.orders) == 1",
    "(account.verified ? owner : account.owner).strikes > 1",
    "(account.verified ? owner : account.owner) == owner",
    "owner in [owner]",
    "[account].map(a, a.owner).exists(o, o.strikes > 1)",
    "owner.orders.map(o, owner).exists(p, p.strikes > 1)",
    "[[1], [2]].exists(l, 1 in l)",
    "[].size() == 0",
)


def problems(source: str) -> list[str]:
    return [f"{one.line}:{one.column}: {one.message}\n    {one.hint}" for one in refusals(condition(source))]


def test_the_sql_of_a_condition_is_one_tree_for_every_engine(golden: Callable[[str, str], None]) -> None:
    page = []
    for source in READ:
        read = condition(source)
        assert refusals(read) == ()
        tree = sql(read, now=NOW)
        page += [source, *(f"  {dialect}: {written(tree, dialect)}" for dialect in Dialect)]
    golden("clause/bulk_sql.txt", "\n".join(page) + "\n")


def test_what_cannot_be_read_in_bulk_is_told_with_its_place_and_a_way_out(golden: Callable[[str, str], None]) -> None:
    page = []
    for source in REFUSED:
        said = problems(source)
        assert said, source
        page += [source, *(f"  {one}" for one in said)]
    golden("clause/bulk_refused.txt", "\n".join(page) + "\n")


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("account.balance > owner.strikes", ["account.balance", "owner.strikes"]),
        ("has(account.name)", ["account.name", "account.name.absent"]),
        ("account.owner.strikes > 1", ["account.owner.strikes"]),
        ("account.owner == owner", ["account.owner", "owner"]),
        ("owner.orders.exists(o, has(o.since))", ["owner.orders(id,since,since.absent)"]),
        ("now > account.opened", ["account.opened"]),
        ("owner.orders.exists(o, o == order)", ["order", "owner.orders(id)"]),
    ],
)
def test_a_condition_names_the_columns_that_it_reads(source: str, expected: list[str]) -> None:
    found = [
        f"{column.name}({','.join(name for name, _ in column.fields)})" if column.fields else column.name
        for column in columns(condition(source))
    ]
    assert found == expected


def test_a_table_lacks_what_it_does_not_hold_or_holds_in_another_type() -> None:
    question = Question(name="q", condition=condition("order.in_force && account.idle > duration('1h')"), bound="order")
    assert [column.name for column in needed(question)] == ["account.idle", "order", "order.in_force"]
    held = (
        Column(name="account.idle", type=Type(value=ValueType.INT)),
        Column(name="order.in_force", type=Type(value=ValueType.STRING)),
    )
    assert [column.name for column in lacking(question, held)] == ["order", "order.in_force"]


def test_a_list_of_entities_is_held_with_the_facts_that_are_read_of_them() -> None:
    question = Question(name="q", condition=condition("owner.orders.exists(o, o.in_force && 'x' in o.products)"))
    string, of = Type(value=ValueType.STRING), Type(value=None)
    fields = (("id", string), ("in_force", Type(value=ValueType.BOOL)))
    listed = ("products", Type(value=ValueType.LIST, of=string))
    assert lacking(question, [Column(name="owner.orders", type=of, fields=fields)])
    assert not lacking(question, [Column(name="owner.orders", type=of, fields=(*fields, listed))])


def test_a_clause_with_a_binding_is_undecided_where_nothing_is_bound() -> None:
    question = Question(name="q", condition=condition("order.in_force"), bound="order")
    query = masks([question], keys=["account"], now=NOW).sql(dialect="duckdb")
    assert 'CASE WHEN NOT "order" IS NULL THEN "order.in_force" END AS "q"' in query


def test_no_question_is_a_count_of_rows() -> None:
    assert counts([], now=NOW).sql(dialect="duckdb") == 'SELECT COUNT(*) FROM "rows"'


def test_what_is_too_deep_or_too_large_is_refused() -> None:
    bool_ = Type(value=ValueType.BOOL)
    deep: Unary | Literal = Literal(type=bool_, line=1, column=1, value=True)
    for _ in range(DEEPEST):
        deep = Unary(type=bool_, line=1, column=1, sign=Sign.NOT, operand=deep)
    assert "too deep" in refusals(_condition(deep))[0].message
    choice = "account.verified"
    for _ in range(12):
        choice = f"({choice} ? account.verified : account.blocked)"
    assert "too large" in problems(choice)[0]


def _condition(tree: Unary | Literal | Failure) -> Condition:
    return Condition(source="", tree=tree, variables=(), reads=(), facts=())


def test_every_chain_of_operands_is_written() -> None:
    chain = " || ".join(f"account.balance == {number}" for number in range(300))
    query = written(sql(CONDITIONS.read(chain, variables=VARIABLES), now=NOW), Dialect.DUCKDB)
    assert query.count("=") == 300


def test_a_node_that_no_engine_reads_is_refused() -> None:
    failure = Failure(type=Type(value=ValueType.BOOL), line=2, column=3, message="no such function")
    assert [(one.line, one.column) for one in refusals(_condition(failure))] == [(2, 3)]


BOOL, INT, OWNER = Type(value=ValueType.BOOL), Type(value=ValueType.INT), Type(value=ValueType.ENTITY, entity="owner")
ACCOUNT = Variable(type=Type(value=ValueType.ENTITY, entity="account"), line=1, column=1, name="account")
NUMBERS = ListLiteral(type=Type(value=ValueType.LIST, of=INT), line=1, column=1, items=())


@pytest.mark.parametrize(
    ("tree", "said"),
    [
        (Literal(type=Type(value=ValueType.DOUBLE), line=1, column=1, value=float("nan")), "this value"),
        (
            Field(type=INT, line=1, column=1, of=Literal(type=OWNER, line=1, column=1, value="x"), name="strikes"),
            "computed",
        ),
        (
            Field(
                type=INT,
                line=1,
                column=1,
                of=Field(type=OWNER, line=1, column=1, of=ACCOUNT, name="owner"),
                name="absent",
            ),
            "can't be told from its column",
        ),
        (
            Binary(
                type=BOOL,
                line=1,
                column=1,
                operator=Operator.EQUAL,
                left=Literal(type=INT, line=1, column=1, value=1),
                right=Literal(type=Type(value=ValueType.DOUBLE), line=1, column=1, value=1.0),
            ),
            "`==` of `int` and `double`",
        ),
        (
            Quantifier(
                type=BOOL,
                line=1,
                column=1,
                macro=Macro.ALL,
                over=NUMBERS,
                variable="i",
                second="n",
                body=Literal(type=BOOL, line=1, column=1, value=True),
            ),
            "this macro",
        ),
    ],
)
def test_what_a_policy_could_never_say_is_refused_all_the_same(tree: Node, said: str) -> None:
    read = Condition(source="", tree=tree, variables=(("account", "account"),), reads=(), facts=())
    assert said in refusals(read)[0].message


def test_what_was_refused_is_never_written() -> None:
    failure = Failure(type=Type(value=ValueType.BOOL), line=2, column=3, message="no such function")
    with pytest.raises(AssertionError):
        sql(_condition(failure), now=NOW)


def test_a_dimension_that_names_an_entity_reads_its_id() -> None:
    assert [column.name for column in columns(condition("owner", None))] == ["owner"]


def test_a_list_is_held_only_as_a_list_of_the_same() -> None:
    question = Question(name="q", condition=condition("'GB' in account.countries"))
    strings, numbers = (Type(value=ValueType.LIST, of=Type(value=of)) for of in (ValueType.STRING, ValueType.INT))
    assert not lacking(question, [Column(name="account.countries", type=strings)])
    assert lacking(question, [Column(name="account.countries", type=numbers)])
    assert lacking(question, [Column(name="account.countries", type=Type(value=ValueType.STRING))])


def test_whole_numbers_and_lengths_of_time_are_written_whole() -> None:
    assert [literal(value).sql() for value in (7, timedelta(seconds=2))] == [whole(7).sql(), whole(2_000_000).sql()]


def test_a_function_that_is_no_name_of_ours_is_written_as_it_is() -> None:
    assert written(exp.Anonymous(this="f", expressions=[exp.column("a")]), Dialect.SPARK) == "ANONYMOUS(f, a)"


def test_what_is_only_asked_for_may_be_of_any_type() -> None:
    question = Question(name="q", condition=condition("has(account.name)"))
    held = [Column(name="account.name", type=INT), Column(name="account.name.absent", type=BOOL)]
    assert not lacking(question, held)
