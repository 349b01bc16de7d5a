"""What the bulk reading leaves out: what SQL would not read as the verdict does, each part with a way out.

What is refused here is refused when a policy is checked, never while rows are read; `tree` can write everything
else. Upholds P3: where an engine's answer might differ from the verdict, there is no bulk answer.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final

from goodstanding.clause.tree import (
    Binary,
    Call,
    Choice,
    Field,
    Function,
    Has,
    ListLiteral,
    Literal,
    Logical,
    Macro,
    Node,
    Operator,
    Quantifier,
    Type,
    Unary,
    Variable,
    parts,
)
from goodstanding.clause.values import ValueType
from goodstanding.errors import ConditionProblem

if TYPE_CHECKING:
    from collections.abc import Iterator
    from collections.abc import Set as AbstractSet

    from goodstanding.clause.tree import Condition

DEEPEST: Final = 100
"""How deep a condition may be nested."""

HEAVIEST: Final = 20_000
"""How many nodes its SQL may have; guards repeat what they guard."""

FUNCTIONS: Final = frozenset({Function.SIZE, Function.STARTS_WITH, Function.ENDS_WITH, Function.CONTAINS})
ABSENT: Final = "absent"
"""The last part of the name of a column that says where evidence records that there is no value."""

_MACROS: Final = frozenset({Macro.EXISTS, Macro.ALL, Macro.EXISTS_ONE, Macro.FILTER, Macro.MAP})
_SCALARS: Final = frozenset(
    {
        ValueType.BOOL,
        ValueType.INT,
        ValueType.DOUBLE,
        ValueType.STRING,
        ValueType.TIMESTAMP,
        ValueType.DURATION,
        ValueType.ENTITY,
    }
)
_READ: Final = Literal | ListLiteral | Variable | Field | Has | Unary | Binary | Logical | Choice | Call | Quantifier

_WRITTEN: Final = bool | int | float | str | datetime | timedelta

_Refused = tuple[str, str]


def refusals(condition: Condition) -> tuple[ConditionProblem, ...]:
    """What keeps a condition from being read in bulk; nothing, when it can be."""
    roots = frozenset(name for name, _ in condition.variables)
    if _depth(condition.tree) > DEEPEST:
        return (_at(condition.tree, ("this is nested too deep to be read in bulk", "split it into several clauses")),)
    found = tuple(_problems(condition.tree, roots))
    if not found and _weight(condition.tree) > HEAVIEST:
        return (_at(condition.tree, ("this is too large to be read in bulk", "split it into several clauses")),)
    return found


def _at(node: Node, refused: _Refused) -> ConditionProblem:
    message, hint = refused
    return ConditionProblem(message=message, line=node.line, column=node.column, hint=hint)


def _depth(tree: Node) -> int:
    """How deep a tree is, by levels: no tree is too deep for this."""
    deep = 0
    level = [tree]
    while level:
        deep += 1
        level = [part for node in level for part in parts(node)]
    return deep


def _problems(node: Node, roots: AbstractSet[str]) -> Iterator[ConditionProblem]:
    """The problems inside a node; its own only where there are none inside, so that each cause is told once."""
    found = [problem for part in parts(node) for problem in _problems(part, roots)]
    if found:
        yield from found
    elif refused := _refused(node, roots):
        yield _at(node, refused)


def _refused(node: Node, roots: AbstractSet[str]) -> _Refused | None:
    """Why one node can't be read in bulk."""
    if not isinstance(node, _READ):
        return "this can't be read in bulk", "name a fact that says it, or compare with values written out"
    if not _has_a_column_type(node.type):
        return f"`{node.type}` can't be read in bulk", "use facts and values of one plain type, or lists of these"
    match node:
        case Literal(value=str(text)) if "\0" in text:
            return "the character U+0000 can't be read in bulk", "leave it out of the text"
        case Literal(value=value) if not isinstance(value, _WRITTEN) or value != value:  # noqa: PLR0124  NaN
            return "this value can't be read in bulk", "name a fact that says it"
        case Field() | Has():
            return _refused_fact(node, roots)
        case Choice() if node.type.entity or (node.type.of is not None and node.type.of.entity):
            return "a choice between entities can't be read in bulk", "choose between their facts"
        case Binary():
            return _refused_operator(node)
        case Call(function=function) if function not in FUNCTIONS:
            return f"`{function.value}` can't be read in bulk", "state it as a fact of its own"
        case ListLiteral() if node.type.of is not None and node.type.of.entity:
            return "a list of entities can't be written in bulk", "name a fact that lists them"
        case Quantifier():
            return _refused_quantifier(node, roots)
    return None


def _has_a_column_type(type_: Type) -> bool:
    if type_.value is ValueType.LIST:
        return type_.of is not None and type_.of.value in _SCALARS
    return type_.value in _SCALARS


def _refused_fact(node: Field | Has, roots: AbstractSet[str]) -> _Refused | None:
    """A fact is read from a variable, over facts that name entities, or from the element of a quantifier."""
    of = node.of
    if isinstance(of, Variable):
        far = of.name not in roots and node.type.of is not None and node.type.of.entity
        return _too_far(node, of) if far else None
    while isinstance(of, Field):
        of = of.of
    if not isinstance(of, Variable):
        return f"`.{node.name}` of a computed entity can't be read in bulk", "name the entity itself"
    if of.name not in roots:
        return _too_far(node, of)
    if node.name == ABSENT:
        return f"a fact called `{ABSENT}` can't be told from its column in bulk", "give the fact another name"
    return None


def _too_far(node: Field | Has, element: Variable) -> _Refused:
    return (
        f"`.{node.name}` is too far from the element `{element.name}` to be read in bulk",
        f"state it as a fact of `{element.name}`, or bind the entity with `each`",
    )


def _refused_operator(node: Binary) -> _Refused | None:
    left, right = node.left.type, node.right.type
    match node.operator:
        case Operator.EQUAL | Operator.NOT_EQUAL:
            if left.of is not None and left.of.value in {ValueType.DOUBLE, ValueType.ENTITY}:
                return f"two values of `{left}` can't be compared in bulk", "compare their elements with `all`"
            same = left == right
        case Operator.IN:
            same = right.of == left
        case Operator.ADD if left.of is not None:
            if left.of.value is ValueType.ENTITY:
                return "lists of entities can't be joined in bulk", "ask of each list by itself"
            same = left == right
        case _:
            same = left == right or ValueType.TIMESTAMP in {left.value, right.value}
    if same:
        return None
    return f"`{node.operator.value}` of `{left}` and `{right}` can't be read in bulk", "use one type on both sides"


def _refused_quantifier(node: Quantifier, roots: AbstractSet[str]) -> _Refused | None:
    if node.macro not in _MACROS or node.second:
        return "this macro can't be read in bulk", "use `exists`, `all`, `exists_one`, `filter` or `map` over a list"
    element = isinstance(node.body, Variable) and node.body.name not in roots
    if node.macro is Macro.MAP and node.body.type.entity and not element:
        return "a list of entities that facts name can't be read in bulk", "map to a fact of these entities"
    return None


def _weight(node: Node) -> int:
    """About how many nodes the SQL of a node has."""
    inner = [_weight(part) for part in parts(node)]
    match node:
        case Binary():
            return 4 + 3 * sum(inner)
        case Choice():
            return 4 + sum(inner) + inner[0]
        case Quantifier():
            return 12 + 4 * sum(inner)
        case ListLiteral():
            return 4 + 2 * sum(inner)
        case _:
            return 2 + sum(inner)
