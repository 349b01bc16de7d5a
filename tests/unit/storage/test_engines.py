"""What DuckDB may read, how it takes tables that are not quite as wanted, and what is said when it can't."""

from __future__ import annotations

import sys
from pathlib import Path

import duckdb
import pytest

from goodstanding.bootstrap import open_table
from goodstanding.clause.bulk.columns import Column, Question, lacking
from goodstanding.clause.bulk.query import counts, masks
from goodstanding.clause.tree import Type
from goodstanding.clause.values import ValueType
from goodstanding.errors import InputError
from goodstanding.storage.engines.duckdb import DuckDbTable, Limits, open_duckdb
from goodstanding.storage.engines.spark import open_spark
from unit.clause.world import NOW, condition


def table(folder: Path, select: str, name: str = "rows.parquet") -> Path:
    """A Parquet file with what a query gives."""
    path = folder / name
    with duckdb.connect() as connection:
        connection.sql(select).write_parquet(str(path))
    return path


def count(path: Path, source: str) -> tuple[int, ...]:
    """How many rows there are, and on how many a condition is met and decided."""
    question = Question(name="q", condition=condition(source))
    with open_table(path, engine="duckdb") as rows:
        assert lacking(question, rows.columns()) == ()
        return tuple(rows.one(counts([question], now=NOW), lambda _: None))


def test_narrow_numbers_overflow_where_wide_ones_do(tmp_path: Path) -> None:
    path = table(tmp_path, 'SELECT CAST(120 AS TINYINT) AS "account.balance", CAST(1.5 AS FLOAT) AS "account.score"')
    assert count(path, "account.balance * 1000 == 120000 && account.score == 1.5") == (1, 1, 1)


def test_times_with_a_zone_are_read_as_the_instants_that_they_are(tmp_path: Path) -> None:
    path = table(tmp_path, """SELECT TIMESTAMPTZ '2024-09-30 02:00:00+02:00' AS "account.opened" """)
    assert count(path, "account.opened == timestamp('2024-09-30T00:00:00Z')") == (1, 1, 1)


def test_a_list_with_null_inside_is_not_known(tmp_path: Path) -> None:
    path = table(tmp_path, """SELECT unnest([['GB'], ['GB', NULL], [], NULL]) AS "account.countries" """)
    assert count(path, "'GB' in account.countries") == (4, 1, 2)
    assert count(path, "account.countries.exists(c, c == 'GB')") == (4, 1, 2)


def test_a_folder_of_files_is_one_table(tmp_path: Path) -> None:
    for number in (1, 2):
        table(tmp_path, f'SELECT {number} AS "account.balance"', f"part-{number}.parquet")
    assert count(tmp_path, "account.balance == 2") == (2, 1, 2)


def test_masks_are_written_to_a_file(tmp_path: Path) -> None:
    path, to = table(tmp_path, 'SELECT 7 AS account, 3 AS "account.balance"'), tmp_path / "masks.parquet"
    query = masks([Question(name="over-2", condition=condition("account.balance > 2"))], keys=["account"], now=NOW)
    with open_duckdb([path], limits=Limits(threads=1), to=[to]) as rows:
        rows.write(query, to)
    assert duckdb.read_parquet(str(to)).fetchall() == [(7, True)]


def test_a_column_of_a_type_that_conditions_do_not_know_is_not_taken_for_another(tmp_path: Path) -> None:
    path = table(tmp_path, """SELECT DATE '2024-01-01' AS "account.opened", [{'id': 'r', 'n': 1}] AS "owner.orders" """)
    with open_table(path, engine="duckdb") as rows:
        opened, orders = rows.columns()
        assert opened == Column(name="account.opened", type=Type(value=None))
        assert orders.fields[0] == ("id", Type(value=ValueType.STRING))
        question = Question(name="q", condition=condition("account.opened > now"))
        assert lacking(question, [opened]) != ()


def test_a_connection_reads_its_files_and_nothing_else(tmp_path: Path) -> None:
    path, other = table(tmp_path, "SELECT 1 AS a"), table(tmp_path, "SELECT 2 AS a", "other.parquet")
    with pytest.raises(InputError, match="can't read the table"), open_duckdb([path], limits=Limits()) as rows:
        rows._connection.read_parquet(str(other))
    with pytest.raises(InputError, match="can't read the table"), open_duckdb([path], limits=Limits()) as rows:
        rows._connection.execute("SET memory_limit = '9GB'")


def test_what_is_no_table_is_told_in_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="there is no Parquet file"), open_table(tmp_path, engine="duckdb"):
        pass
    (tmp_path / "bad.parquet").write_text("not a table")
    with pytest.raises(InputError, match="DuckDB can't read the table"), open_table(tmp_path, engine="duckdb"):
        pass


def test_a_query_that_needs_more_memory_than_allowed_is_told_what_to_do(tmp_path: Path) -> None:
    path = table(tmp_path, "SELECT range AS a FROM range(2000000)")
    limits = Limits(memory="8MB", threads=1)
    with pytest.raises(InputError, match="more memory"), open_duckdb([path], limits=limits) as rows:
        rows._connection.execute("SELECT list(a) FROM rows").fetchall()


def test_progress_is_told_while_a_query_runs(tmp_path: Path) -> None:
    path = table(
        tmp_path, 'SELECT range AS "account.balance", repeat(\'a\', 50) || range AS "account.name" FROM range(3000000)'
    )
    heard: list[float] = []
    question = Question(name="q", condition=condition("account.name.contains('b') || account.balance % 7 == 1"))
    with open_duckdb([path] * 5, limits=Limits(threads=1)) as rows:
        assert isinstance(rows, DuckDbTable)
        rows.one(counts([question] * 5, now=NOW), heard.append)
    assert heard
    assert all(0 <= one <= 1 for one in heard)


def test_without_pyspark_spark_says_what_to_install(tmp_path: Path) -> None:
    hidden = {name: module for name, module in sys.modules.items() if name.partition(".")[0] == "pyspark"}
    for name in hidden:
        del sys.modules[name]
    sys.modules["pyspark"] = None  # type: ignore[assignment]  # how Python marks what can't be imported
    try:
        with pytest.raises(InputError, match="no Spark here"), open_spark([tmp_path]):
            pass
    finally:
        del sys.modules["pyspark"]
        sys.modules.update(hidden)
