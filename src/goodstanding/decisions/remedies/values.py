"""Which values are worth trying for a fact: finitely many, since a condition only ever compares.

Between two neighbouring boundaries a condition can't tell one value from another, so one value of each stretch stands
for all, the boundary itself for itself. Boundaries are found where a fact, or `now`, is compared with something that
does not contain it; `+`, `-` and `*` around it are undone. A number that is not negative does not become negative, and
a string that is none of those named is the empty one. A fact whose value is an entity is never changed: who somebody is
does not change. Other facts in a comparison count with the value that they have in the case.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from goodstanding.clause import operators
from goodstanding.clause.operators import EvaluationError
from goodstanding.clause.tree import (
    Binary,
    Call,
    Condition,
    Field,
    Has,
    Literal,
    Node,
    Operator,
    Sign,
    Unary,
    Variable,
    walk,
)
from goodstanding.clause.values import ABSENT, Value, ValueType
from goodstanding.clause.verdict import read_value
from goodstanding.clause.vocabulary import FactKind, Vocabulary

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Mapping

    from goodstanding.clause.model import Facts
    from goodstanding.clause.values import EntityRef

Leaf: TypeAlias = "tuple[str, str]"
"""What is compared: an entity's kind and a fact's name, or `NOW`."""

NOW: Final[Leaf] = ("now", "")

_COMPARISONS = frozenset(
    {
        Operator.EQUAL,
        Operator.NOT_EQUAL,
        Operator.LESS,
        Operator.LESS_OR_EQUAL,
        Operator.GREATER,
        Operator.GREATER_OR_EQUAL,
    }
)


def boundaries(
    condition: Condition, bindings: Mapping[str, EntityRef], facts: Facts, *, now: datetime
) -> Iterator[tuple[Leaf, Value]]:
    """Every fact that a condition compares, and `now`, with the values at which the comparison turns."""

    def value(node: Node) -> Value | None:
        named = {each.name for each in walk(node) if isinstance(each, Variable)} - {"now"}
        if not named <= bindings.keys():
            return None
        variables = tuple(pair for pair in condition.variables if pair[0] in named)
        alone = Condition(source="", tree=node, variables=variables, reads=(), facts=())
        return read_value(alone, bindings, facts, now=now).value

    for node in walk(condition.tree):
        match node:
            case Binary(operator=Operator.IN, left=left, right=right):
                yield from _memberships(left, right, value)
            case Binary(operator=op, left=left, right=right) if op in _COMPARISONS:
                yield from _turns(left, value(right), value)
                yield from _turns(right, value(left), value)
            case Call(operands=(Field() as field, Literal(value=text))):
                yield _leaf(field), text
            case Has():
                yield _leaf(node), ABSENT


def _leaf(node: Field | Has) -> Leaf:
    """The fact that a field names."""
    return node.of.type.entity, node.name


def _memberships(left: Node, right: Node, value: Callable[[Node], Value | None]) -> Iterator[tuple[Leaf, Value]]:
    """`x in […]` turns at each member; `"x" in list` at having that member."""
    members, member = value(right), value(left)
    if isinstance(left, Field) and isinstance(members, tuple):
        yield from ((_leaf(left), each) for each in members)
    if isinstance(right, Field) and member is not None:
        yield _leaf(right), member


def _turns(side: Node, wanted: Value | None, value: Callable[[Node], Value | None]) -> Iterator[tuple[Leaf, Value]]:
    """The values of facts inside one side with which it comes to a wanted value."""
    if wanted is None:
        return
    match side:
        case Field():
            yield _leaf(side), wanted
        case Variable(name="now"):
            yield NOW, wanted
        case Unary(sign=Sign.MINUS, operand=operand):
            yield from _turns(operand, _undone(Operator.MULTIPLY, wanted, -1), value)
        case Binary(operator=Operator.ADD, left=left, right=right):
            yield from _turns(left, _undone(Operator.SUBTRACT, wanted, value(right)), value)
            yield from _turns(right, _undone(Operator.SUBTRACT, wanted, value(left)), value)
        case Binary(operator=Operator.SUBTRACT, left=left, right=right):
            yield from _turns(left, _undone(Operator.ADD, wanted, value(right)), value)
            yield from _turns(right, _undone(Operator.SUBTRACT, value(left), wanted), value)
        case Binary(operator=Operator.MULTIPLY, left=left, right=right):
            yield from _turns(left, _undone(Operator.DIVIDE, wanted, value(right)), value)
            yield from _turns(right, _undone(Operator.DIVIDE, wanted, value(left)), value)


def _undone(op: Operator, left: Value | None, right: Value | None) -> Value | None:
    """What an operator gives, where it gives anything."""
    if left is None or right is None:
        return None
    try:
        return operators.apply(op, left, right)
    except (EvaluationError, TypeError):
        return None


def targets(
    fact: FactKind, before: Value | None, marks: Collection[Value], vocabulary: Vocabulary
) -> tuple[Value, ...]:
    """What a fact that is no list could become, nearest to what it is now first; unknown is never among them."""
    found: list[Value] = [mark for mark in marks if mark is ABSENT]
    match fact.type:
        case ValueType.BOOL:
            found += [True, False]
        case ValueType.STRING:
            named = {mark for mark in marks if isinstance(mark, str)}
            found += sorted(named | _closed_set(fact, vocabulary)) or [""]
            found += [""] if named and fact.of is None and "" not in named else []
        case ValueType.INT | ValueType.DOUBLE:
            found += _numbers(fact.type, before, marks)
        case ValueType.TIMESTAMP:
            found += _stretches([m for m in marks if isinstance(m, datetime)], timedelta(seconds=1), before)
        case ValueType.DURATION:
            found += _stretches([m for m in marks if isinstance(m, timedelta)], timedelta(seconds=1), before)
    return tuple(value for value in dict.fromkeys(found) if value != before or type(value) is not type(before))


def _closed_set(fact: FactKind, vocabulary: Vocabulary) -> set[str]:
    """The members of the closed set that a string belongs to, where the vocabulary lists them."""
    sets = {"topic": vocabulary.topics, "audience": vocabulary.audiences, "capability": vocabulary.capabilities}
    return {named.id for named in sets.get(fact.of or "", ())}


def _numbers(kind: ValueType, before: Value | None, marks: Collection[Value]) -> list[Value]:
    """One number of each stretch."""
    numbers = [mark for mark in marks if isinstance(mark, (int, float)) and not isinstance(mark, bool)]
    if kind is ValueType.INT:
        near = sorted({int(mark) + step for mark in numbers for step in (-1, 0, 1)})
        found = sorted(near, key=lambda value: (abs(value - before) if isinstance(before, int) else 0, value))
    else:
        found = _stretches([float(mark) for mark in numbers], 1.0, before)
    stays_positive = all(mark >= 0 for mark in numbers) and (not isinstance(before, (int, float)) or before >= 0)
    return [value for value in found if value >= 0 or not stays_positive]


def _stretches(marks: list[Any], step: float | timedelta, before: Value | None) -> list[Any]:
    """The marks, what lies half way between two neighbours, and one step beyond the ends."""
    if not marks:
        return []
    points = sorted(set(marks))
    between = [low + (high - low) / 2 for low, high in pairwise(points)]
    found = sorted({*points, *between, points[0] - step, points[-1] + step})
    if type(before) is not type(points[0]):
        return found
    return sorted(found, key=lambda value: (abs(value - before), value))
