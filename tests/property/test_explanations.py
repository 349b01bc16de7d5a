"""The explanation of a verdict: what it names is enough and needed, and what it says is missing can matter."""

from __future__ import annotations

import functools
import itertools
import random
from collections.abc import Callable, Iterator, Mapping
from typing import TypeAlias

import pytest

from counts import count
from goodstanding.clause.compiled.reading import Compiled, compile_condition
from goodstanding.clause.model import Cell, Reading, Verdict
from goodstanding.clause.sufficiency import LIMIT
from goodstanding.clause.tree import Condition
from goodstanding.clause.values import ABSENT, Value
from goodstanding.clause.verdict import read_verdict
from property.conditions import BINDINGS, CONDITIONS, NOW, VARIABLES, FactsIn, random_condition, random_facts, seeded
from property.reference import Nothing, meaning

Read: TypeAlias = Callable[[Condition, Mapping[Cell, Value]], Reading]
Known: TypeAlias = dict[Cell, Value]


def explained(condition: Condition, known: Mapping[Cell, Value]) -> Reading:
    """The explained reading of the tree."""
    return read_verdict(condition, BINDINGS, FactsIn(known), now=NOW)


def compiled(condition: Condition, known: Mapping[Cell, Value]) -> Reading:
    """The explained reading of generated code, its keys as the cells that they are."""
    names = {entity: name for name, entity in BINDINGS.items()}
    cells = {f"{names.get(cell.entity, cell.entity)}.{cell.fact}": cell for cell in EVERYTHING}
    facts = {key: known[cell] for key, cell in cells.items() if cell in known}
    given = code_of(condition).explained({**BINDINGS, **facts}, NOW)
    verdicts = {True: Verdict.MET, False: Verdict.NOT_MET, None: Verdict.UNDECIDED}
    assert given.value is None or isinstance(given.value, bool)
    return Reading(
        verdict=verdicts[given.value],
        sufficient=() if given.value is None else (tuple(cells[key] for key in given.decisive),),
        missing=tuple(cells[key] for key in given.missing),
        errors=given.errors,
    )


@functools.lru_cache(maxsize=4)
def code_of(condition: Condition) -> Compiled:
    """One condition is read on many facts."""
    return compile_condition(condition)


EVERYTHING = tuple(random_facts(seeded(0), unknown=0.0))
"""Every cell that anything can be known at."""

READINGS: list[Read] = [explained, compiled]
readings = pytest.mark.parametrize("read", READINGS)


def examples(chance: random.Random, *, unknown: float) -> Iterator[tuple[Condition, Known]]:
    """As many conditions as are counted, each with what is known."""
    for _ in range(count("explanations")):
        yield random_condition(chance), random_facts(chance, unknown=unknown)


def without(known: Known, cells: set[Cell]) -> Known:
    return {cell: value for cell, value in known.items() if cell not in cells}


@readings
def test_deleting_a_fact_outside_an_explanation_never_changes_the_verdict(read: Read) -> None:
    decided = 0
    for condition, known in examples(seeded(1), unknown=0.1):
        reading = read(condition, known)
        decided += reading.verdict is not Verdict.UNDECIDED
        for cells in reading.sufficient:
            others = set(known) - set(cells)
            assert read(condition, without(known, others)).verdict is reading.verdict, (condition.source, cells)
        for cell in set(known) - set(itertools.chain(*reading.sufficient[:1])):
            assert read(condition, without(known, {cell})).verdict is reading.verdict, (condition.source, cell)
    assert decided > count("explanations") // 3


@readings
def test_deleting_a_fact_inside_leaves_the_verdict_undecided_or_explained_otherwise(read: Read) -> None:
    left = otherwise = 0
    for condition, known in examples(seeded(2), unknown=0.1):
        reading = read(condition, known)
        for cells, cell in ((one, cell) for one in reading.sufficient[:2] for cell in one):
            alone = {named: known[named] for named in cells if named != cell}
            assert read(condition, alone).verdict is Verdict.UNDECIDED, (condition.source, cells, cell)
            after = read(condition, without(known, {cell}))
            if after.verdict is Verdict.UNDECIDED:
                left += 1
            else:
                otherwise += 1
                assert after.verdict is reading.verdict, (condition.source, cell)
                assert all(cell not in other for other in after.sufficient)
                others = [other for other in reading.sufficient if cell not in other]
                assert others or read is compiled or len(reading.sufficient) == LIMIT, (condition.source, cell)
    assert left > 0 < otherwise


@readings
def test_what_is_missing_is_unknown_and_only_where_nothing_is_decided(read: Read) -> None:
    for condition, known in examples(seeded(3), unknown=0.3):
        reading = read(condition, known)
        decided = reading.verdict is not Verdict.UNDECIDED
        assert bool(reading.missing or reading.errors) is not decided
        assert bool(reading.sufficient) is decided
        assert not set(reading.missing) & set(known)


@readings
def test_learning_only_what_is_not_missing_changes_nothing(read: Read) -> None:
    found = 0
    for condition, everything in examples(seeded(4), unknown=0.0):
        chance = seeded(condition.source)
        known = {cell: value for cell, value in everything.items() if chance.random() < 0.6}
        reading = read(condition, known)
        if reading.verdict is Verdict.UNDECIDED:
            found += 1
            learnt = without(everything, set(reading.missing))
            assert read(condition, learnt).verdict is Verdict.UNDECIDED, condition.source
            assert undecided(condition, learnt)
    assert found > count("explanations") // 5


@readings
@pytest.mark.parametrize("errors", [False, True])
def test_each_missing_fact_can_matter_and_no_other_can(read: Read, *, errors: bool) -> None:
    """By brute force, where each fact is named once: otherwise one may matter only where facts contradict each other.

    Beside a fact that is in error, one may be named too many, never one too few.
    """
    chance, missing = seeded(5), 0
    for _ in range(count("explanations")):
        names = chance.sample(ONCE, 5)
        condition = CONDITIONS.read(read_once(chance, names, errors=errors), variables=VARIABLES)
        cells = [Cell(BINDINGS[root], fact) for root, _, fact in (name.partition(".") for name in names)]
        known = {cell: chance.choice(can_say(cell)[: 2 + errors]) for cell in cells if chance.random() < 0.4}
        named = set(read(condition, known).missing)
        can = {cell for cell in set(cells) - set(known) if can_matter(condition, cell, known, cells)}
        assert can <= named if errors else can == named, (condition.source, known)
        missing += len(can)
    assert missing > count("explanations")


ONCE = ["account.flag", "account.open", "owner.known", "ad.bold", "order.in_force", "account.n", "order.weight"]
"""Facts without facts behind them: boolean and whole numbers."""


def read_once(chance: random.Random, names: list[str], *, errors: bool) -> str:
    """A condition that names each of some facts once."""
    if len(names) == 1:
        return leaf(chance, names[0], errors=errors)
    cut = chance.randrange(1, len(names))
    left, right = (read_once(chance, part, errors=errors) for part in (names[:cut], names[cut:]))
    match chance.choice(["&&", "||", "&&", "||", "?", "!", "=="]):
        case "?" if cut > 1:
            middle = chance.randrange(1, cut)
            test, then = (read_once(chance, part, errors=errors) for part in (names[:middle], names[middle:cut]))
            return f"({test} ? {then} : {right})"
        case "!" | "?":
            return f"!({left} || {right})"
        case sign:
            return f"({left} {sign} {right})"


def leaf(chance: random.Random, name: str, *, errors: bool) -> str:
    """A test of one fact that can hold and can fail."""
    if chance.random() < 0.15:
        return f"has({name})"
    if name in {"account.n", "order.weight"}:
        tests = [f"({name} > 0)", f"({name} == 1)", f"[0, 2].exists(e, e == {name})", f"(1 / {name} == 1)"]
        return chance.choice(tests if errors else tests[:3])
    return name


def can_say(cell: Cell) -> tuple[Value, ...]:
    """The values that decide a test both ways, and absence."""
    return (1, 0, ABSENT) if cell.fact in {"n", "weight"} else (True, False, ABSENT)


def can_matter(condition: Condition, cell: Cell, known: Known, cells: list[Cell]) -> bool:
    """Whether something may become known of the others so that this cell decides."""
    others = [other for other in cells if other not in known and other != cell]
    for said in itertools.product(*((None, *can_say(other)) for other in others)):
        learnt = known | {other: value for other, value in zip(others, said, strict=True) if value is not None}
        told = (learnt | {cell: value} for value in can_say(cell))
        if undecided(condition, learnt) and not all(undecided(condition, more) for more in told):
            return True
    return False


def undecided(condition: Condition, known: Mapping[Cell, Value]) -> bool:
    """Whether the reference gives no value."""
    return isinstance(meaning(condition.tree, {**BINDINGS, "now": NOW}, FactsIn(known)), Nothing)
