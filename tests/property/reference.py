"""The naive reference: what a condition means, as plainly and as slowly as it can be said.

Written from CEL's specification and from what is promised of facts: one nobody knows is unknown, `has` of it too; one
on record as absent is an error, and `has` of it false. It shares the tree with the product and nothing else.
"""

from __future__ import annotations

import math
import operator
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from enum import Enum
from fractions import Fraction

from goodstanding.clause import tree
from goodstanding.clause.model import Cell, Facts, Unknown
from goodstanding.clause.values import ABSENT, EntityRef, Value


class Nothing(Enum):
    """No value: what is unknown may become known, an error stays one."""

    UNKNOWN = "unknown"
    ERROR = "error"


def meaning(  # noqa: C901, PLR0912  one place says what every node means
    node: tree.Node, scope: Mapping[str, Value], facts: Facts
) -> Value | Nothing:
    """What a node gives."""

    def of(part: tree.Node, **more: Value) -> Value | Nothing:
        return meaning(part, {**scope, **more}, facts)

    match node:
        case tree.Literal(value=value):
            return value
        case tree.Variable(name=name):
            return scope[name]
        case tree.Field() | tree.Has():
            entity = of(node.of)
            if not isinstance(entity, EntityRef):
                return entity
            known = facts.read(Cell(entity, node.name))
            if isinstance(known, Unknown):
                return Nothing.UNKNOWN
            if isinstance(node, tree.Has):
                return known.value is not ABSENT
            return Nothing.ERROR if known.value is ABSENT else known.value
        case tree.Logical(connective=connective):
            return one_decides(connective is tree.Connective.OR, [of(operand) for operand in node.operands])
        case tree.Choice():
            test = of(node.if_)
            return test if isinstance(test, Nothing) else of(node.then if test else node.otherwise)
        case tree.ListLiteral():
            return all_needed(lambda *items: items, [of(item) for item in node.items])
        case tree.Unary(sign=sign):
            return all_needed(operator.not_ if sign is tree.Sign.NOT else negative, [of(node.operand)])
        case tree.Binary():
            return all_needed(BINARY[node.operator], [of(node.left), of(node.right)])
        case tree.Call():
            return all_needed(FUNCTIONS[node.function], [of(operand) for operand in node.operands])
        case tree.Quantifier(variable=name, body=body, where=where):
            over = of(node.over)
            if not isinstance(over, tuple):
                return over
            tests = [of(body if where is None else where, **{name: item}) for item in over]
            match node.macro:
                case tree.Macro.EXISTS | tree.Macro.ALL:
                    return one_decides(node.macro is tree.Macro.EXISTS, tests)
                case tree.Macro.EXISTS_ONE:
                    return all_needed(lambda *held: sum(held) == 1, tests)
                case tree.Macro.FILTER:
                    return all_needed(lambda *held: tuple(i for i, h in zip(over, held, strict=True) if h), tests)
            kept = [(i, t) for i, t in zip(over, tests, strict=True) if where is None or t is not False]
            mapped = [t if where is None or isinstance(t, Nothing) else of(body, **{name: i}) for i, t in kept]
            return all_needed(lambda *items: items, mapped)
    raise AssertionError(node)


def one_decides(deciding: bool, operands: Sequence[Value | Nothing]) -> Value | Nothing:
    """One operand that decides is enough; otherwise what is unknown outweighs an error."""
    if any(operand is deciding for operand in operands):
        return deciding
    return next((nothing for nothing in Nothing if nothing in operands), not deciding)


def all_needed(function: Callable[..., Value], operands: Sequence[Value | Nothing]) -> Value | Nothing:
    """One operand in error is an error, whatever becomes known of the others."""
    for nothing in (Nothing.ERROR, Nothing.UNKNOWN):
        if any(operand is nothing for operand in operands):
            return nothing
    try:
        return function(*operands)
    except ArithmeticError:
        return Nothing.ERROR


EPOCH, TICK = datetime(1, 1, 1, tzinfo=UTC), timedelta(microseconds=1)


def same(left: Value, right: Value) -> bool:
    """Equality: element by element, a truth value is no number, and NaN equals nothing."""
    if isinstance(left, tuple) and isinstance(right, tuple):
        return len(left) == len(right) and all(map(same, left, right))
    return isinstance(left, bool) is isinstance(right, bool) and left == right


def whole(exact: Fraction | int) -> int:
    """A 64-bit integer, cut off towards zero."""
    if not -(2**63) <= math.trunc(exact) < 2**63:
        raise OverflowError
    return math.trunc(exact)


def negative(number: float) -> float:
    """Unary minus."""
    return whole(-number) if isinstance(number, int) else -number


def counted(moment: datetime | timedelta) -> int:
    """Microseconds, of an instant since the year 1."""
    return (moment - EPOCH if isinstance(moment, datetime) else moment) // TICK


def moved(left: Value, right: Value, sign: int) -> Value:
    """Times and lengths of time: at most 2⁶³ nanoseconds, and the years 1 to 9999."""
    assert isinstance(left, datetime | timedelta)
    assert isinstance(right, datetime | timedelta)
    result = counted(left) + sign * counted(right)
    if isinstance(left, datetime) is not isinstance(right, datetime):
        return EPOCH + result * TICK
    if abs(result) > (2**63 - 1) // 1000:
        raise OverflowError
    return result * TICK


def added(left: Value, right: Value) -> Value:
    """`+` of numbers, strings, lists and times."""
    if isinstance(left, datetime | timedelta):
        return moved(left, right, 1)
    total = left + right  # type: ignore[operator]  # the checker of the language saw to the types
    return whole(total) if isinstance(total, int) else total


def subtracted(left: Value, right: Value) -> Value:
    """`-` of numbers and times."""
    if isinstance(left, datetime | timedelta):
        return moved(left, right, -1)
    rest = left - right  # type: ignore[operator]  # as above
    return whole(rest) if isinstance(rest, int) else rest


def multiplied(left: float, right: float) -> float:
    """`*`."""
    product = left * right
    return whole(product) if isinstance(product, int) else product


def divided(left: float, right: float) -> float:
    """`/`: whole numbers towards zero, doubles as IEEE 754 has it."""
    if isinstance(left, int):
        return whole(Fraction(left, int(right)))
    return left / right if right else left * math.copysign(math.inf, right)


def remaining(left: int, right: int) -> int:
    """`%`: what division towards zero leaves."""
    return left - right * whole(Fraction(left, right))


BINARY: Mapping[tree.Operator, Callable[..., Value]] = {
    tree.Operator.EQUAL: same,
    tree.Operator.NOT_EQUAL: lambda left, right: not same(left, right),
    tree.Operator.LESS: operator.lt,
    tree.Operator.LESS_OR_EQUAL: operator.le,
    tree.Operator.GREATER: operator.gt,
    tree.Operator.GREATER_OR_EQUAL: operator.ge,
    tree.Operator.IN: lambda one, many: any(same(one, other) for other in many),
    tree.Operator.ADD: added,
    tree.Operator.SUBTRACT: subtracted,
    tree.Operator.MULTIPLY: multiplied,
    tree.Operator.DIVIDE: divided,
    tree.Operator.REMAINDER: remaining,
}
FUNCTIONS: Mapping[tree.Function, Callable[..., Value]] = {
    tree.Function.SIZE: len,
    tree.Function.STARTS_WITH: lambda text, part: text[: len(part)] == part,
    tree.Function.ENDS_WITH: lambda text, part: text[len(text) - len(part) :] == part if part else True,
    tree.Function.CONTAINS: lambda text, part: any(text[at:].startswith(part) for at in range(len(text) + 1)),
}
