"""Every reading of a condition agrees with the naive reference, on random conditions and random facts.

One example is one condition and the facts of its own account. What a reading refuses beforehand it need not read; how
much that is stays within a stated share, so that a reading can't agree by refusing.
"""

from __future__ import annotations

import functools
import json
import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

import duckdb
import msgspec
import pytest

from contract.bulk_rows import merged_columns, value_at
from counts import FULL, count
from goodstanding.clause.bulk.query import Question, masks
from goodstanding.clause.bulk.reading import refusals as bulk_refusals
from goodstanding.clause.compiled.reading import compile_condition
from goodstanding.clause.logic.reading import refusals as logic_refusals
from goodstanding.clause.logic.reading import truth
from goodstanding.clause.model import Cell, Verdict
from goodstanding.clause.tree import Condition
from goodstanding.clause.values import Value
from goodstanding.clause.verdict import read_verdict
from goodstanding.storage.engines.duckdb import Limits, open_duckdb
from goodstanding.storage.engines.spark import open_spark
from property.conditions import (
    BINDINGS,
    CONDITIONS,
    NOW,
    VARIABLES,
    FactsIn,
    random_condition,
    random_facts,
    seeded,
)
from property.reference import Nothing, meaning

if TYPE_CHECKING:
    from sqlglot import exp

TOGETHER: Final = 200
"""So many examples are read in one query of an engine."""

SPARK, SPARK_TOGETHER = 200, 40
"""So many examples are read with Spark, and so many in one query."""

COMPILED: Final = 0.85
"""The least share of conditions for which code is generated; the others are read from the tree."""

BULK: Final = 0.75
"""The least share of conditions that the bulk reading does not refuse."""

LOGIC: Final = 0.95
"""The least share of conditions that the logic reading does not refuse."""

SCOPE: Final[Mapping[str, Value]] = {**BINDINGS, "now": NOW}


class Example(msgspec.Struct, frozen=True):
    """A condition, what is known, and what the reference makes of it."""

    condition: Condition
    known: Mapping[Cell, Value]
    expected: Value | Nothing

    def __str__(self) -> str:
        """Enough to see it again."""
        known = ", ".join(f"{cell}: {value!r}" for cell, value in self.known.items())
        return f"{self.condition.source}\non {known}\nis {self.expected!r}"


def example(seed: int) -> Example:
    """The example of a seed."""
    chance = seeded(seed)
    condition = random_condition(chance, depth=chance.choice([2, 3, 4]))
    known = random_facts(chance, unknown=chance.choice([0.0, 0.1, 0.3]))
    return Example(condition, known, meaning(condition.tree, SCOPE, FactsIn(known)))


@pytest.fixture(scope="module", params=[-1, *range(count("agreeing_readings") // TOGETHER)])
def examples(request: pytest.FixtureRequest) -> tuple[Example, ...]:
    """Examples that are read together; pytest runs all readings on them before it makes the next."""
    if request.param < 0:
        return planted()
    first = request.param * TOGETHER
    return tuple(example(seed) for seed in range(first, first + TOGETHER))


def two_valued(reading: Verdict) -> bool | None:
    """The verdict as a truth value; undecided is none."""
    return {Verdict.MET: True, Verdict.NOT_MET: False}.get(reading)


def said(expected: Value | Nothing) -> Value | None:
    """What a reading says that does not tell errors from what is unknown."""
    return None if isinstance(expected, Nothing) else expected


PLANTED: Final = (
    "[1].map(e, account.flag, 1 / (e - 1)) == [2]",
    "[1, 2].map(e, account.n > e, e / (account.m - account.m)) == []",
    "size([1, 2].filter(e, account.flag || 1 / (e - 1) > 0)) == 1",
    "[0.0 / 0.0, account.x].exists(e, e == e) || account.x / 0.0 > 1.0",
    "account.x - account.x == 0.0 || account.x != account.x",
    "0.0 / 0.0 in [account.x, 0.0 / 0.0] || [account.x / 0.0] == [account.x / 0.0]",
    "account.n * account.m > account.n - account.m && account.n / account.m <= account.n % account.m",
    "-(account.n) > 0 || account.n + 9223372036854775807 > 0",
    "account.n / -1 == account.n % -1",
    "account.ns.all(e, false) || account.ns.exists(e, true) || account.ns.exists_one(e, e == account.n)",
    "account.ns == [] || [] == account.tags.filter(e, e == '')",
    "size(account.name + account.code) > size(account.name) && account.name < account.code",
    "account.name.endsWith('') && account.name.contains('') && !account.name.startsWith('\\U0001f98a')",
    "account.opened + account.idle > account.opened || account.opened - account.opened == duration('0s')",
    "now - account.opened > account.idle ? has(account.owner.main) : has(ad.topic) && has(account.ns)",
    "owner.orders.all(e, e.in_force || !has(e.label)) && owner.orders.exists_one(e, e.weight > account.n)",
    "-7 / 2 == -3 && 7 / -2 == -3 && -7 % 2 == -1 && 7 % -2 == 1 && (account.n - 9) / 4 <= (account.n - 9) % 4",
    "'Ab'.startsWith('A') && !'ab'.startsWith('A') && !'ab'.endsWith('B') && !'ab'.contains('B')",
    "account.x * 0.0 / 0.0 > account.y || account.x * 0.0 / 0.0 >= 1.0 || account.y < account.x * 0.0 / 0.0",
    "account.ns + [1] == [1] || size(account.ns + [account.n]) > 1 || account.n in [1] + account.ns",
    "account.flag == account.open || (account.flag ? account.open : !account.open)",
)
"""What chance draws too seldom: errors under filters, NaN, the ends of 64 bits, empty lists and strings."""


@functools.cache
def planted() -> tuple[Example, ...]:
    """Each planted condition on a dozen sets of facts."""
    found = []
    for source in PLANTED:
        condition = CONDITIONS.read(source, variables=VARIABLES)
        for seed in range(12):
            known = random_facts(seeded(seed), unknown=[0.0, 0.3][seed % 2], absent=0.05)
            found.append(Example(condition, known, meaning(condition.tree, SCOPE, FactsIn(known))))
    return tuple(found)


def test_the_examples_are_of_every_kind(examples: tuple[Example, ...]) -> None:
    kinds = [one.expected for one in examples]
    for kind, least in ((True, 25), (False, 25), (Nothing.UNKNOWN, 20), (Nothing.ERROR, 4)):
        assert sum(found is kind for found in kinds) >= least


def test_the_verdict_agrees(examples: tuple[Example, ...]) -> None:
    for one in examples:
        reading = read_verdict(one.condition, BINDINGS, FactsIn(one.known), now=NOW)
        assert two_valued(reading.verdict) == said(one.expected), str(one)
        assert bool(reading.missing) is (one.expected is Nothing.UNKNOWN), str(one)
        if one.expected is Nothing.ERROR:
            assert reading.errors, str(one)


def test_what_is_compiled_agrees(examples: tuple[Example, ...]) -> None:
    generated = 0
    for one in examples:
        compiled = compile_condition(one.condition)
        generated += bool(compiled.code)
        facts = keyed(one.known)
        assert compiled.plain(facts, NOW) == said(one.expected), str(one)
        explained = compiled.explained(facts, NOW)
        assert explained.value == said(one.expected), str(one)
        assert bool(explained.missing) is (one.expected is Nothing.UNKNOWN), str(one)
    assert generated >= COMPILED * len(examples)


def keyed(known: Mapping[Cell, Value]) -> dict[str, Value | None]:
    """Facts as compiled conditions take them: under a variable's name, or under their entity."""
    names = {entity: name for name, entity in BINDINGS.items()}
    return {**BINDINGS, **{f"{names.get(cell.entity, cell.entity)}.{cell.fact}": said for cell, said in known.items()}}


def test_bulk_on_duckdb_agrees(examples: tuple[Example, ...], tmp_path: Path) -> None:
    read = readable(examples)
    table, answers = tmp_path / "rows.parquet", tmp_path / "answers.parquet"
    write_rows(table, read)
    with open_duckdb([table], limits=Limits(threads=1), to=[answers]) as engine:
        engine.write(question(read), answers)
    with duckdb.connect() as connection:
        rows = connection.read_parquet(str(answers)).order("row").fetchall()
    hold(read, rows)


def write_rows(path: Path, read: Sequence[Example]) -> None:
    """A Parquet file with a row for the facts of each example, by way of JSON, since single inserts take a while."""
    types = merged_columns(one.condition for one in read)
    lines = path.with_suffix(".jsonl")
    with lines.open("w", encoding="utf-8") as file:
        for number, one in enumerate(read):
            values = {name: value_at(name, one.known) for name in types}
            print(json.dumps({"row": number, **values}, default=str), file=file)
    with duckdb.connect() as connection:
        rows = connection.read_json(str(lines), columns={"row": "BIGINT", **types}, format="newline_delimited")
        rows.write_parquet(str(path))


def readable(examples: Sequence[Example]) -> list[Example]:
    """The examples that can be read in bulk, which are not too few."""
    read = [one for one in examples if not bulk_refusals(one.condition)]
    assert len(read) >= BULK * len(examples)
    return read


def question(read: Sequence[Example]) -> exp.Select:
    """All conditions on all rows, in one query."""
    questions = [Question(name=f"c{number}", condition=one.condition) for number, one in enumerate(read)]
    return masks(questions, keys=["row"], now=NOW)


def hold(read: Sequence[Example], rows: Sequence[Sequence[object]]) -> None:
    """Each condition on its own facts, and on the facts of the next three."""
    assert len(rows) == len(read)
    for number, one in enumerate(read):
        assert rows[number][number + 1] == said(one.expected), str(one)
        for other in range(number + 1, min(number + 4, len(read))):
            expected = said(meaning(one.condition.tree, SCOPE, FactsIn(read[other].known)))
            assert rows[other][number + 1] == expected, (str(one), str(read[other]), expected)


def test_logic_agrees(examples: tuple[Example, ...]) -> None:
    read = [one for one in examples if not logic_refusals(one.condition)]
    assert len(read) >= LOGIC * len(examples)
    for one in read:
        assert truth(one.condition, BINDINGS, FactsIn(one.known), now=NOW) == said(one.expected), str(one)


@pytest.mark.slow
@pytest.mark.skipif(not FULL, reason="Spark takes minutes: FULL=1 reads random conditions with it too")
@pytest.mark.parametrize("first", range(0, SPARK, SPARK_TOGETHER))
def test_bulk_on_spark_agrees(first: int, tmp_path: Path) -> None:
    pytest.importorskip("pyspark", reason="there is no pyspark here: install the extra `spark`")
    if shutil.which("java") is None:
        pytest.skip("there is no Java here: install the Debian package `openjdk-17-jre-headless`")
    read = readable([example(seed) for seed in range(first, first + SPARK_TOGETHER)])
    write_rows(tmp_path / "rows.parquet", read)
    with open_spark([tmp_path / "rows.parquet"]) as engine:
        engine.write(question(read), tmp_path / "answers")
    with duckdb.connect() as connection:
        rows = connection.read_parquet(str(tmp_path / "answers" / "*.parquet")).order("row").fetchall()
    hold(read, rows)
