"""Compiled conditions against the verdict reading: the same value, missing facts and errors, and a smallest set of its.

Conditions and facts are drawn with their extremes (`conditions`); some facts are then given a value of another type.
"""

from __future__ import annotations

import random
import warnings
from collections.abc import Iterator, Mapping

from counts import count
from goodstanding.clause.compiled.reading import Compiled, compile_condition
from goodstanding.clause.compiled.runtime import Explained
from goodstanding.clause.model import Cell
from goodstanding.clause.tree import Condition
from goodstanding.clause.values import Value
from goodstanding.clause.verdict import ValueReading, read_value
from goodstanding.errors import ConditionError
from property.conditions import BINDINGS, CONDITIONS, NOW, VARIABLES, Author, FactsIn, random_facts

ACCOUNTS = 8
"""How many sets of facts each condition is read on."""


def key(cell: Cell) -> str:
    """Where the fact of a cell stands for compiled code."""
    name = next((name for name, entity in BINDINGS.items() if entity == cell.entity), str(cell.entity))
    return f"{name}.{cell.fact}"


def keyed(known: Mapping[Cell, Value]) -> dict[str, Value | None]:
    return {**BINDINGS, **{key(cell): value for cell, value in known.items()}}


def in_keys(message: str) -> str:
    for name, entity in BINDINGS.items():
        message = message.replace(f"`{entity}.", f"`{name}.")
    return message


def accounts(chance: random.Random) -> Iterator[dict[Cell, Value]]:
    """Random facts, now and then one of a wrong type."""
    for _ in range(ACCOUNTS):
        known = random_facts(chance, unknown=chance.choice([0.0, 0.1, 0.3, 0.6]), absent=chance.choice([0.0, 0.05]))
        for cell in chance.sample(sorted(known), k=chance.choice([0, 0, 1, 4])):
            known[cell] = chance.choice(["text", 7, 1.5, True, (), ("a", 1), NOW])
        yield known


def same(left: Value | None, right: Value | None) -> bool:
    """Equal and of the same type, and NaN is NaN."""
    return repr(left) == repr(right)


def holds(compiled: Compiled, read: ValueReading, facts: Mapping[str, Value | None]) -> Explained:
    """Hold one explanation against the verdict's."""
    explained = compiled.explained(facts, NOW)
    shown = (compiled.condition.source, facts, read, explained)
    assert same(compiled.plain(facts, NOW), read.value), shown
    assert same(explained.value, read.value), shown
    assert explained.missing == tuple(sorted(map(key, read.missing))), shown
    assert explained.errors == tuple(sorted(map(in_keys, read.errors))), shown
    sets = [tuple(sorted(map(key, cells))) for cells in read.sufficient]
    if sets and compiled.code and "Reached(" not in compiled.code:
        assert explained.decisive == sets[0], shown
    assert explained.decisive in [cells for cells in sets or [()] if len(cells) == min(map(len, sets), default=0)], (
        shown
    )
    return explained


def drawn(chance: random.Random, type_: str) -> Condition:
    """A random expression of a type; those that are refused are drawn again."""
    while True:
        try:
            return CONDITIONS.read(
                Author(chance).write(type_, chance.choice([2, 3, 4, 5])), variables=VARIABLES, result=None
            )
        except ConditionError:
            continue


def compiled_quietly(condition: Condition) -> Compiled:
    """A compiled condition, whose code Python has nothing to say of."""
    with warnings.catch_warnings(record=True) as said:
        warnings.simplefilter("always")
        compiled = compile_condition(condition)
    assert not said, (condition.source, [str(one.message) for one in said])
    return compiled


def test_compiled_conditions_read_as_the_tree_is_read() -> None:
    chance = random.Random(20240930)  # noqa: S311  the same conditions in every run
    generated = decided = 0
    examples = count("property_examples")
    for _ in range(examples):
        condition = drawn(chance, "bool")
        compiled = compiled_quietly(condition)
        generated += bool(compiled.code)
        for known in accounts(chance):
            read = read_value(condition, BINDINGS, FactsIn(known), now=NOW)
            decided += holds(compiled, read, keyed(known)).value is not None
    print(f"{examples * ACCOUNTS} readings agreed: {generated} of {examples} conditions compiled, {decided} decided")
    assert generated > examples // 2
    assert examples < decided < examples * (ACCOUNTS - 1)


def test_compiled_expressions_of_every_type_give_the_value_that_the_tree_gives() -> None:
    chance = random.Random(20180101)  # noqa: S311  the same expressions in every run
    types = ["int", "double", "string", "timestamp", "duration", "list int", "list string", "list double", "owner"]
    for number in range(count("property_examples")):
        condition = drawn(chance, types[number % len(types)])
        compiled = compiled_quietly(condition)
        for known in accounts(chance):
            holds(compiled, read_value(condition, BINDINGS, FactsIn(known), now=NOW), keyed(known))
