"""Every engine says on every row what the verdict reading says, extremes that no fact may be included."""

from __future__ import annotations

import random
import shutil
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from typing import NamedTuple

import duckdb
import pytest

from contract.bulk_rows import Known, facts_with_extremes, readable_conditions, verdict, write_table
from counts import FULL, count
from goodstanding.clause.bulk.columns import Question
from goodstanding.clause.bulk.dialects import Dialect, written
from goodstanding.clause.bulk.query import counts, masks
from goodstanding.clause.tree import Condition
from goodstanding.storage.engines.duckdb import DuckDbTable, Limits, open_duckdb
from goodstanding.storage.engines.spark import SparkTable, open_spark
from property.conditions import CONDITIONS, NOW, VARIABLES


class Engine(NamedTuple):
    """How to open a table with an engine, and the name of how many conditions are drawn for it."""

    open: Callable[[Path], AbstractContextManager[DuckDbTable | SparkTable]]
    drawn: str


WRITTEN = (
    "account.x < account.y || account.x <= account.y",
    "account.x != account.y && account.x == account.x",
    "account.x / account.y > 0.0 || 1.0 / account.x < 0.0",
    "account.x > 1.5 || account.x < -1.5 || account.x == 0.0",
    "account.x in account.xs || account.x in [1.5, account.y]",
    "account.xs.exists(x, x > account.y) || account.xs.all(x, x <= 1.0)",
    "account.n + account.m > 0 || account.n - 5 < 9223372036854775806",
    "account.n * account.m >= 0 && account.n / account.m != 7 && account.n % account.m <= 3",
    "-account.n > 0 || account.n / -1 > 0 || account.n % -1 == 0 || account.n / 0 == 1",
    "now - account.opened < duration('36h') || account.opened + account.idle > now",
    "5 - account.n > 3 || 9223372036854775807 + account.m > 3",
    "has(account.name) || has(order.by.name)",
    "account.flag ? account.open : account.name == 'a'",
    "account.tags.exists_one(t, t.startsWith('a')) || size(account.tags) == 2",
    "account.ns.map(n, n + 1).all(n, n > 0) || account.ns.filter(n, n / n == 1).size() > 0",
    "owner.orders.exists(o, o.in_force && o.weight > 1) || order in owner.orders",
    "owner.orders.all(o, !has(o.label)) || owner.orders.map(o, o.weight).exists(w, w == 3)",
    "account.name.contains('%') || account.name.endsWith('\\\\') || account.name + '${x}\\'' == account.code",
    "account.name < account.code || size(account.name) > 2 || account.name in account.tags",
    "account.seen.exists(s, s > account.opened) || account.owner == owner || account.ns == [1, account.n]",
)
"""What is measured to differ between engines and CEL, each at least once."""


@pytest.fixture(params=["duckdb", "spark"])
def engine(request: pytest.FixtureRequest) -> Engine:
    """Each engine; Spark takes a second a condition, so it is given fewer."""
    if request.param == "duckdb":
        return Engine(lambda table: open_duckdb([table], limits=Limits(threads=1)), "bulk_conditions")
    if not FULL:
        pytest.skip("Spark takes a minute: FULL=1 reads with it too")
    pytest.importorskip("pyspark", reason="there is no pyspark here: install the extra `spark`")
    if shutil.which("java") is None:
        pytest.skip("there is no Java here: install the Debian package `default-jre-headless`")
    return Engine(lambda table: open_spark([table]), "spark_conditions")


def test_an_engine_says_on_every_row_what_the_verdict_says(engine: Engine, tmp_path: Path) -> None:
    chance = random.Random(20240930)  # noqa: S311  no secret
    known = [CONDITIONS.read(source, variables=VARIABLES) for source in WRITTEN]
    drawn = readable_conditions(chance, count(engine.drawn))
    conditions = [*known, *drawn]
    rows = [facts_with_extremes(chance) for _ in range(count("bulk_rows"))]
    table = tmp_path / "facts.parquet"
    write_table(table, conditions, rows)
    with engine.open(table) as opened:
        for start in range(0, len(conditions), 20):
            hold(opened, conditions[start : start + 20], rows, tmp_path / f"masks{start}")


def hold(opened: DuckDbTable | SparkTable, conditions: Sequence[Condition], rows: Sequence[Known], to: Path) -> None:
    """Hold the masks and the counts of some conditions against the verdict."""
    questions = [Question(name=f"q{place}", condition=condition) for place, condition in enumerate(conditions)]
    expected = [[verdict(condition, known) for condition in conditions] for known in rows]
    for number, said in enumerate(read_masks(opened, questions, to)):
        for condition, one, right in zip(conditions, said, expected[number], strict=True):
            assert one is right, f"row {number}: {condition.source}"
    total, *each = opened.one(counts(questions, now=NOW), lambda _: None)
    assert total == len(rows)
    for place, column in enumerate(zip(*expected, strict=True)):
        assert each[2 * place : 2 * place + 2] == [column.count(True), len(rows) - column.count(None)]


def read_masks(
    opened: DuckDbTable | SparkTable, questions: Sequence[Question], to: Path
) -> list[tuple[bool | None, ...]]:
    """The masks of all rows, in the order of the rows, as the engine writes them."""
    query = masks(questions, keys=["row"], now=NOW)
    if isinstance(opened, DuckDbTable):
        rows = opened._connection.execute(written(query, Dialect.DUCKDB)).fetchall()
    else:
        opened.write(query, to)
        rows = duckdb.connect().read_parquet(f"{to}/*.parquet").fetchall()
    return [tuple(row[1:]) for row in sorted(rows, key=lambda row: int(row[0]))]
