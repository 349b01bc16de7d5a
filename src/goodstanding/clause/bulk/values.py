"""Values, comparisons and arithmetic in SQL, so that every engine answers as CEL does.

- NULL is unknown, and stays: no comparison of NULL is true or false.
- NaN: engines hold it greater than everything and equal to itself. A comparison that this would make true asks that the
  greater side is at most infinite; `x <= inf` is false for NaN and NULL for NULL in every engine.
- Integers: sums, products, quotients and remainders are NULL where CEL has an error; `dialects` writes how.
- Times and lengths of time are whole microseconds from 1970; what leaves CEL's ranges is NULL.
- Literals are cast from their text, so that no engine reads a decimal or a narrower integer.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Final

from sqlglot import exp

from goodstanding.clause.times import LONGEST
from goodstanding.clause.tree import Operator
from goodstanding.clause.values import ValueType

if TYPE_CHECKING:
    from collections.abc import Iterable

    from goodstanding.clause.tree import Type

Sql = exp.Expr

LOWEST, HIGHEST = -(2**63), 2**63 - 1
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND: Final = timedelta(microseconds=1)
_LIMITS: Final = {
    ValueType.INT: (LOWEST, HIGHEST),
    ValueType.TIMESTAMP: (
        (datetime.min.replace(tzinfo=UTC) - _EPOCH) // _MICROSECOND,
        (datetime.max.replace(tzinfo=UTC) - _EPOCH) // _MICROSECOND,
    ),
    ValueType.DURATION: (-(LONGEST // _MICROSECOND), LONGEST // _MICROSECOND),
}
_COMPARISONS: Final[dict[Operator, type[exp.Binary]]] = {
    Operator.EQUAL: exp.EQ,
    Operator.NOT_EQUAL: exp.NEQ,
    Operator.LESS: exp.LT,
    Operator.LESS_OR_EQUAL: exp.LTE,
    Operator.GREATER: exp.GT,
    Operator.GREATER_OR_EQUAL: exp.GTE,
}
FLIPPED: Final = {
    Operator.EQUAL: Operator.EQUAL,
    Operator.NOT_EQUAL: Operator.NOT_EQUAL,
    Operator.LESS: Operator.GREATER,
    Operator.LESS_OR_EQUAL: Operator.GREATER_OR_EQUAL,
    Operator.GREATER: Operator.LESS,
    Operator.GREATER_OR_EQUAL: Operator.LESS_OR_EQUAL,
}
"""What a comparison is with its sides exchanged."""

_CHECKED: Final[dict[Operator, type[exp.Expr]]] = {
    Operator.ADD: exp.SafeAdd,
    Operator.SUBTRACT: exp.SafeSubtract,
    Operator.MULTIPLY: exp.SafeMultiply,
}
_PLAIN: Final[dict[Operator, type[exp.Binary]]] = {
    Operator.ADD: exp.Add,
    Operator.SUBTRACT: exp.Sub,
    Operator.MULTIPLY: exp.Mul,
    Operator.DIVIDE: exp.Div,
}


def limits(type_: Type) -> tuple[int, int]:
    """The least and the greatest whole number of a type: an integer, or a time in microseconds."""
    assert isinstance(type_.value, ValueType)
    return _LIMITS[type_.value]


def microseconds(value: datetime | timedelta) -> int:
    """A time from 1970, or a length of time."""
    span = value - _EPOCH if isinstance(value, datetime) else value
    return span // _MICROSECOND


def whole(value: int) -> Sql:
    """An integer of 64 bits."""
    return exp.cast(exp.Literal.string(str(value)), "bigint")


def double(value: float) -> Sql:
    """A double, from the shortest text that names it."""
    text = {float("inf"): "Infinity", float("-inf"): "-Infinity"}.get(value, repr(value))
    return exp.cast(exp.Literal.string(text), "double")


def literal(value: object) -> Sql:
    """A value written in a condition."""
    match value:
        case bool():
            return exp.Boolean(this=value)
        case int():
            return whole(value)
        case float():
            return double(value)
        case datetime() | timedelta():
            return whole(microseconds(value))
        case _:
            return exp.Literal.string(str(value))


def wrapped(sql: Sql) -> Sql:
    """In parentheses where an operator beside it could take a part of it."""
    return exp.paren(sql) if isinstance(sql, exp.Binary | exp.Unary | exp.Predicate) else sql


def binary(node: type[exp.Binary], left: Sql, right: Sql) -> Sql:
    """An operator with its operands in parentheses where needed."""
    return node(this=wrapped(left), expression=wrapped(right))


def is_known(sql: Sql) -> Sql:
    """Whether there is a value."""
    return exp.Not(this=exp.Is(this=wrapped(sql), expression=exp.Null()))


def both(tests: Iterable[Sql], connective: type[exp.Connector] = exp.And) -> Sql:
    """All tests, or one of them with `exp.Or`; a balanced tree, since engines limit the depth."""
    level = [*tests]
    while len(level) > 1:
        pairs = [level[start : start + 2] for start in range(0, len(level), 2)]
        level = [binary(connective, *pair) if len(pair) == 2 else pair[0] for pair in pairs]  # noqa: PLR2004  a pair
    return level[0]


def when(*arms: tuple[Sql, Sql]) -> exp.Case:
    """`CASE`; NULL where no test holds."""
    return exp.Case(ifs=[exp.If(this=test, true=value) for test, value in arms])


def compared(op: Operator, left: Sql, right: Sql, type_: Type, *, fixed: tuple[bool, bool] = (False, False)) -> Sql:
    """A comparison; `fixed` says which sides are literals, and these are never NaN."""
    test = binary(_COMPARISONS[op], left, right)
    if type_.value is not ValueType.DOUBLE:
        return test
    match op:
        case Operator.NOT_EQUAL if not any(fixed):
            return exp.Not(this=exp.paren(compared(Operator.EQUAL, left.copy(), right.copy(), type_)))
        case Operator.EQUAL | Operator.NOT_EQUAL if any(fixed):
            return test
        case Operator.GREATER | Operator.GREATER_OR_EQUAL:
            greater, other, safe = left, right, fixed
        case _:
            greater, other, safe = right, left, fixed[::-1]
    if safe[0]:
        return test
    finite = binary(exp.LTE, greater.copy(), double(float("inf")))
    if safe[1]:
        return both((test, finite))
    unknown = exp.Is(this=wrapped(other.copy()), expression=exp.Null())  # then NaN on this side must not make it false
    return both((test, binary(exp.Or, finite, unknown)))


def arithmetic(op: Operator, left: Sql, right: Sql, type_: Type) -> Sql:
    """`+ - * / %` of two numbers or times; `type_` is what it gives."""
    if type_.value is ValueType.DOUBLE:
        return binary(_PLAIN[op], left, right)
    if op in {Operator.DIVIDE, Operator.REMAINDER}:
        return binary(exp.IntDiv if op is Operator.DIVIDE else exp.Mod, left, right)
    result = _CHECKED[op](this=wrapped(left), expression=wrapped(right))
    if type_.value is ValueType.INT:
        return result
    lowest, highest = limits(type_)
    return when((exp.Between(this=result, low=whole(lowest), high=whole(highest)), result.copy()))
