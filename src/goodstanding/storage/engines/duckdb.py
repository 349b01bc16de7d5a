"""DuckDB over Parquet files, in this process, within a limit of memory.

A connection reads the files of its table and nothing else: no other file, no network, no extension, and its
configuration is locked before a query runs.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor, wait
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final, cast

import duckdb
import msgspec

from goodstanding.clause.bulk.columns import ANY, Column
from goodstanding.clause.bulk.dialects import Dialect, written
from goodstanding.clause.bulk.query import ROWS
from goodstanding.clause.tree import Type
from goodstanding.clause.values import ValueType
from goodstanding.errors import InputError, Problem

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from duckdb import DuckDBPyConnection
    from duckdb.sqltypes import DuckDBPyType
    from sqlglot import exp

_TYPES: Final = {
    "boolean": ValueType.BOOL,
    "bigint": ValueType.INT,
    "double": ValueType.DOUBLE,
    "varchar": ValueType.STRING,
    "timestamp": ValueType.TIMESTAMP,
}
_WIDER: Final = {
    "TINYINT": "BIGINT",
    "SMALLINT": "BIGINT",
    "INTEGER": "BIGINT",
    "FLOAT": "DOUBLE",
    "TINYINT[]": "BIGINT[]",
    "SMALLINT[]": "BIGINT[]",
    "INTEGER[]": "BIGINT[]",
    "FLOAT[]": "DOUBLE[]",
}
_WAIT: Final = 0.1
"""Seconds between two words of progress."""


class Limits(msgspec.Struct, frozen=True, kw_only=True):
    """What DuckDB may use; `memory` is what it accounts for, a process needs some 150 MB beside."""

    memory: str = "700MB"
    threads: int | None = None


class DuckDbTable:
    """A table of Parquet files, open."""

    def __init__(self, connection: DuckDBPyConnection, files: Sequence[Path]) -> None:
        """Take a connection that may read the files."""
        self._connection = connection
        stored = connection.read_parquet([str(file) for file in files])
        types = {name: str(type_) for name, type_ in zip(stored.columns, stored.types, strict=True)}
        self._rows = stored.project(*(_widened(name, type_) for name, type_ in types.items()))
        self._rows.create_view(ROWS)

    def columns(self) -> tuple[Column, ...]:
        """What the table holds."""
        return tuple(_column(name, type_) for name, type_ in zip(self._rows.columns, self._rows.types, strict=True))

    def one(self, query: exp.Select, progress: Callable[[float], None]) -> tuple[int, ...]:
        """The only row of a query; `progress` is told how much is done, from 0 to 1."""
        with ThreadPoolExecutor(max_workers=1) as pool:
            running = pool.submit(self._connection.execute, written(query, Dialect.DUCKDB))
            while wait([running], timeout=_WAIT).not_done:
                progress(max(0.0, self._connection.query_progress()) / 100)
            row = running.result().fetchone()
        assert row is not None
        return row

    def write(self, query: exp.Select, to: Path) -> None:
        """Write the rows of a query to a Parquet file, which the connection was opened to write."""
        self._connection.sql(written(query, Dialect.DUCKDB)).write_parquet(str(to), compression="zstd")


@contextmanager
def open_duckdb(files: Sequence[Path], *, limits: Limits, to: Sequence[Path] = ()) -> Iterator[DuckDbTable]:
    """Open a table of Parquet files that are alike; `to` are the files that may be written.

    Raises:
        InputError: a file is no Parquet file, or what is asked of it does not fit it or the limits.
    """
    config: dict[str, str | bool | int | float | list[str]] = {
        "memory_limit": limits.memory,
        "temp_directory": "",
        "preserve_insertion_order": False,
        "autoinstall_known_extensions": False,
        "autoload_known_extensions": False,
    }
    if limits.threads is not None:
        config["threads"] = limits.threads
    try:
        with duckdb.connect(":memory:", config=config) as connection:
            connection.execute("SET allowed_paths = ?", [[str(path) for path in (*files, *to)]])
            connection.execute("SET enable_external_access = false")
            connection.execute("SET lock_configuration = true")
            yield DuckDbTable(connection, files)
    except duckdb.Error as error:
        message = str(error).splitlines()[0]
        raise InputError([Problem(message=f"DuckDB can't read the table: {message}", hint=_hint(error))]) from error


def _hint(error: duckdb.Error) -> str:
    if isinstance(error, duckdb.OutOfMemoryException):
        return "allow more memory, or fewer threads"
    return "name Parquet files that hold the same columns"


def _widened(name: str, type_: str) -> duckdb.Expression:
    """A column with numbers as wide as CEL's, and with times in UTC without a zone."""
    column = duckdb.ColumnExpression(name)
    if type_ == "TIMESTAMP WITH TIME ZONE":
        return duckdb.FunctionExpression("make_timestamp", duckdb.FunctionExpression("epoch_us", column)).alias(name)
    return column.cast(_WIDER[type_]).alias(name) if type_ in _WIDER else column


def _column(name: str, type_: DuckDBPyType) -> Column:
    """A column as the bulk reading calls it; of an unknown type it can only be asked whether there is a value."""
    of = _inside(type_).get("child")
    if of is not None and of.id == "struct":
        return Column(name=name, type=ANY, fields=tuple((field, _type(inner)) for field, inner in _inside(of).items()))
    return Column(name=name, type=_type(type_))


def _type(type_: DuckDBPyType) -> Type:
    if type_.id == "list":
        return Type(value=ValueType.LIST, of=_type(_inside(type_)["child"]))
    return Type(value=_TYPES.get(type_.id))


def _inside(type_: DuckDBPyType) -> dict[str, DuckDBPyType]:
    """The types inside a list or a structure, by name."""
    inside = type_.children if type_.id in {"list", "struct"} else []
    return dict(cast("list[tuple[str, DuckDBPyType]]", inside))
