"""Spark over Parquet files, where the data lives; `pyspark` is an extra, and is loaded only here.

Times in the files are read as UTC, and arithmetic is ANSI's, whatever the cluster's settings say.
"""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

from goodstanding.clause.bulk.columns import ANY, Column
from goodstanding.clause.bulk.dialects import Dialect, written
from goodstanding.clause.bulk.query import ROWS
from goodstanding.clause.tree import Type
from goodstanding.clause.values import ValueType
from goodstanding.errors import InputError, Problem

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from pyspark.sql import DataFrame, SparkSession
    from pyspark.sql.types import DataType
    from sqlglot import exp

_TYPES: Final = {
    "boolean": ValueType.BOOL,
    "bigint": ValueType.INT,
    "double": ValueType.DOUBLE,
    "string": ValueType.STRING,
    "timestamp": ValueType.TIMESTAMP,
    "timestamp_ntz": ValueType.TIMESTAMP,
}
_WIDER: Final = {
    "tinyint": "bigint",
    "smallint": "bigint",
    "int": "bigint",
    "float": "double",
    "array<tinyint>": "array<bigint>",
    "array<smallint>": "array<bigint>",
    "array<int>": "array<bigint>",
    "array<float>": "array<double>",
}
_SETTINGS: Final = {
    "spark.sql.session.timeZone": "UTC",
    "spark.sql.ansi.enabled": "true",
    "spark.sql.caseSensitive": "true",
}


class SparkTable:
    """A table of Parquet files, open."""

    def __init__(self, session: SparkSession, files: Sequence[Path]) -> None:
        """Take a session that can read the files."""
        self._session = session
        stored = session.read.parquet(*(str(file) for file in files))
        self._rows = _widened(stored)
        self._rows.createOrReplaceTempView(ROWS)

    def columns(self) -> tuple[Column, ...]:
        """What the table holds."""
        return tuple(_column(field.name, field.dataType) for field in self._rows.schema.fields)

    def one(self, query: exp.Select, progress: Callable[[float], None]) -> tuple[int, ...]:
        """The only row of a query; Spark shows its progress itself, so `progress` hears of the end only."""
        row = self._session.sql(written(query, Dialect.SPARK)).collect()[0]
        progress(1.0)
        return tuple(row)

    def write(self, query: exp.Select, to: Path) -> None:
        """Write the rows of a query to a folder of Parquet files."""
        self._session.sql(written(query, Dialect.SPARK)).write.parquet(str(to))


@contextmanager
def open_spark(files: Sequence[Path]) -> Iterator[SparkTable]:
    """Open a table of Parquet files that are alike, in the session of this process or a new local one.

    Raises:
        InputError: there is no Spark here, or it can't read the table.
    """
    try:
        from pyspark.errors import PySparkException  # noqa: PLC0415  an extra
        from pyspark.sql import SparkSession  # noqa: PLC0415  an extra
    except ImportError as error:
        problem = Problem(message="there is no Spark here", hint="install `goodstanding[spark]`, or use DuckDB")
        raise InputError([problem]) from error
    try:
        session = SparkSession.builder.config(map={"spark.ui.enabled": "false", **_SETTINGS}).getOrCreate()
        for name, value in _SETTINGS.items():
            session.conf.set(name, value)
        yield SparkTable(session, files)
    except PySparkException as error:
        message = str(error).splitlines()[0]
        hint = "install Java 17 or later, and name Parquet files that hold the same columns"
        raise InputError([Problem(message=f"Spark can't read the table: {message}", hint=hint)]) from error


def _widened(stored: DataFrame) -> DataFrame:
    """Numbers as wide as CEL's."""
    from pyspark.sql.functions import col  # noqa: PLC0415  an extra

    columns = []
    for field in stored.schema.fields:
        column = col(f"`{field.name.replace('`', '``')}`")
        wider = _WIDER.get(field.dataType.simpleString())
        columns.append(column if wider is None else column.cast(wider).alias(field.name))
    return stored.select(*columns)


def _column(name: str, type_: DataType) -> Column:
    """A column as the bulk reading calls it; of an unknown type it can only be asked whether there is a value."""
    element = getattr(type_, "elementType", None)
    if fields := getattr(element, "fields", None):
        return Column(name=name, type=ANY, fields=tuple((field.name, _type(field.dataType)) for field in fields))
    return Column(name=name, type=_type(type_))


def _type(type_: DataType) -> Type:
    element = getattr(type_, "elementType", None)
    if element is not None:
        return Type(value=ValueType.LIST, of=_type(element))
    return Type(value=_TYPES.get(type_.simpleString()))
