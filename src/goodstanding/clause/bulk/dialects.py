"""How the engines write what sqlglot's own dialects write otherwise, or do not know: the whole list.

| our node | DuckDB | Spark |
|---|---|---|
| `SafeAdd`, `SafeSubtract`, `SafeMultiply` (NULL on overflow) | `TRY(a + b)` | `TRY_ADD(a, b)` |
| `IntDiv`, `Mod` (NULL for no quotient) | `TRY(a // NULLIF(b, 0))` | `a DIV` a divisor by cases |
| `Div` of doubles (IEEE 754) | `a / b` | by cases: Spark refuses a divisor of zero |
| `ArraySize` (NULL of NULL) | `ARRAY_LENGTH(l)` | `ARRAY_SIZE(l)`; its `SIZE` may be -1 |
| `LIST_COUNT` (elements that are not NULL) | `LIST_COUNT(l)` | `ARRAY_SIZE(ARRAY_COMPACT(l))` |
| `UnixMicros` | `EPOCH_US(t)`; `t` itself beside a number | `UNIX_MICROS(CAST(t AS TIMESTAMP))` |
| a text with `${` | as it is | in two pieces: Spark replaces `${…}` before it parses |
"""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, ClassVar, Final, assert_never

from sqlglot import exp
from sqlglot.dialects.duckdb import DuckDB
from sqlglot.dialects.spark import Spark
from sqlglot.generators.duckdb import DuckDBGenerator
from sqlglot.generators.spark import SparkGenerator

from goodstanding.clause.bulk.lists import FULL
from goodstanding.clause.bulk.values import LOWEST, Sql, binary, double, when, whole

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlglot.generator import Generator


class Dialect(StrEnum):
    """The engines that SQL is written for."""

    DUCKDB = "duckdb"
    SPARK = "spark"


def written(tree: Sql, dialect: Dialect) -> str:
    """The SQL of a tree."""
    match dialect:
        case Dialect.DUCKDB:
            return tree.sql(dialect=GoodstandingDuckDB)
        case Dialect.SPARK:
            return tree.sql(dialect=GoodstandingSpark)
        case _ as unreachable:
            assert_never(unreachable)


def _tried(operator: str) -> Callable[[Generator, exp.Expr], str]:
    def write(self: Generator, node: exp.Expr) -> str:
        return f"TRY({self.sql(node, 'this')} {operator} {self.sql(node, 'expression')})"

    return write


def _divided(operator: str) -> Callable[[Generator, exp.Expr], str]:
    """A quotient or remainder in DuckDB: zeros are common and cost little as NULL, what overflows is rare."""

    def write(self: Generator, node: exp.Expr) -> str:
        left, right = self.sql(node, "this"), self.sql(node, "expression")
        return (
            f"({left} {operator} {right})"
            if _divides(node.expression)
            else f"TRY({left} {operator} NULLIF({right}, 0))"
        )

    return write


def _divided_by_cases(operator: str) -> Callable[[Generator, exp.Expr], str]:
    """A quotient or remainder in Spark: the divisor is NULL where there is none."""

    def write(self: Generator, node: exp.Expr) -> str:
        left, right = node.this, node.expression
        if not _divides(right):
            least = binary(exp.Or, binary(exp.NEQ, right, whole(-1)), binary(exp.NEQ, left.copy(), whole(LOWEST)))
            right = when((binary(exp.And, binary(exp.NEQ, right.copy(), whole(0)), least), right.copy()))
        return f"({self.sql(left)} {operator} {self.sql(right)})"

    return write


def _divides(divisor: exp.Expr) -> bool:
    """Whether every number has a quotient by this one."""
    number = _number(divisor)
    return number is not None and number not in {0, -1}


def _number(sql: exp.Expr) -> int | None:
    """The number that is written there."""
    if isinstance(sql, exp.Cast) and isinstance(sql.this, exp.Literal) and sql.is_type("bigint"):
        return int(sql.this.name)
    return None


def _compared(operator: str) -> Callable[[Generator, exp.Expr], str]:
    """A comparison in DuckDB: a time is compared with a time, not turned into a number first."""

    def write(self: Generator, node: exp.Expr) -> str:
        left, right, number = node.this, self.sql(node, "expression"), _number(node.expression)
        if isinstance(left, exp.UnixMicros) and number is not None:
            return f"{self.sql(left.this)} {operator} MAKE_TIMESTAMP({number})"
        return f"{self.sql(left)} {operator} {right}"

    return write


def _function(name: str) -> Callable[[Generator, exp.Expr], str]:
    def write(self: Generator, node: exp.Expr) -> str:
        return self.func(name, node.this, node.expression)

    return write


def _quotient(self: Generator, node: exp.Expr) -> str:
    """A quotient of doubles: beyond zero lies an infinity with both signs, or NaN for nothing."""
    left, right = node.this, node.expression
    zero = binary(exp.EQ, right.copy(), double(0.0))
    negative = exp.EQ(this=exp.cast(right.copy(), "string"), expression=exp.Literal.string("-0.0"))
    infinity = exp.Case(ifs=[exp.If(this=negative, true=double(float("-inf")))], default=double(float("inf")))
    divisor = when((binary(exp.NEQ, right.copy(), double(0.0)), right.copy()))
    quotient = f"{self.sql(left)} / {self.sql(divisor)}"
    return f"CASE WHEN {self.sql(zero)} THEN {self.sql(left)} * {self.sql(infinity)} ELSE {quotient} END"


def _compact(self: Generator, node: exp.Anonymous) -> str:
    if node.name == FULL:
        return f"ARRAY_SIZE(ARRAY_COMPACT({self.expressions(node)}))"
    return str(self.function_fallback_sql(node))


def _unbroken(self: Generator, node: exp.Literal) -> str:
    text = self.literal_sql(node)
    return f"({text.replace('${', f'${_BREAK}{{')})" if node.is_string and "${" in text else text


_BREAK: Final = "' || '"


class GoodstandingDuckDB(DuckDB):
    """DuckDB, with the left column of the table above."""

    class Generator(DuckDBGenerator):
        """Writes DuckDB's SQL."""

        TRANSFORMS: ClassVar = {
            **DuckDBGenerator.TRANSFORMS,
            exp.SafeAdd: _tried("+"),
            exp.SafeSubtract: _tried("-"),
            exp.SafeMultiply: _tried("*"),
            exp.IntDiv: _divided("//"),
            exp.Mod: _divided("%"),
            exp.GT: _compared(">"),
            exp.GTE: _compared(">="),
            exp.LT: _compared("<"),
            exp.LTE: _compared("<="),
        }


class GoodstandingSpark(Spark):
    """Spark, with the right column of the table above."""

    class Generator(SparkGenerator):
        """Writes Spark's SQL."""

        TRANSFORMS: ClassVar = {
            **SparkGenerator.TRANSFORMS,
            exp.SafeAdd: _function("TRY_ADD"),
            exp.SafeSubtract: _function("TRY_SUBTRACT"),
            exp.SafeMultiply: _function("TRY_MULTIPLY"),
            exp.Div: _quotient,
            exp.IntDiv: _divided_by_cases("DIV"),
            exp.Mod: _divided_by_cases("%"),
            exp.ArraySize: lambda self, node: self.func("ARRAY_SIZE", node.this),
            exp.Anonymous: _compact,
            exp.UnixMicros: lambda self, node: self.func("UNIX_MICROS", exp.cast(node.this, "timestamp")),
            exp.Literal: _unbroken,
        }
