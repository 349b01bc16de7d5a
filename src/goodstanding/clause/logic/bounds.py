"""What the logic reading refuses, and how many items of a list it has to look at.

Refused is what has no translation into Z3's terms that agrees with the verdict reading; each refusal is at its place
and says the way out. Lists are looked at up to a number of items. Where a condition asks of a list only `exists`, `all`
and `in`, a few items settle every length: each of these needs at most one item to be what it is, and the others can go.
Where it counts or compares lists it is not so, and then a proof has to speak of what lies beyond, too (`settled`).
"""

from __future__ import annotations

from collections import Counter
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final

import msgspec

from goodstanding.clause.logic.values import EPOCH, HIGHEST_CHARACTER, MICROSECOND, RANGES
from goodstanding.clause.logic.worlds import Hints, Stock
from goodstanding.clause.tree import (
    Binary,
    Call,
    Choice,
    Condition,
    Field,
    Function,
    Has,
    Index,
    ListLiteral,
    Literal,
    Logical,
    Macro,
    MapLiteral,
    Node,
    Operator,
    Quantifier,
    Type,
    Unary,
    Variable,
    parts,
    walk,
)
from goodstanding.clause.values import Moment, Span, ValueType
from goodstanding.errors import ConditionProblem

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from goodstanding.clause.values import EntityRef
    from goodstanding.clause.vocabulary import Vocabulary

_HOUR: Final = timedelta(hours=1) // MICROSECOND
_DAY: Final = timedelta(days=1) // MICROSECOND

_PLAIN_NUMBER: Final = 10**9
"""Examples do without numbers as large as this, where they can."""

LEAST, MOST = 3, 8
"""How many items of a list are looked at, at least and at most."""

_PLAIN: Final = frozenset(ValueType) - {ValueType.LIST, ValueType.ABSENT}
_FUNCTIONS: Final = frozenset({Function.SIZE, Function.STARTS_WITH, Function.ENDS_WITH, Function.CONTAINS})
_MACROS: Final = frozenset({Macro.EXISTS, Macro.ALL, Macro.EXISTS_ONE, Macro.FILTER, Macro.MAP})
_NODES: Final = (*(Literal, ListLiteral, Variable, Field, Has, Unary, Binary, Logical, Choice, Call, Quantifier),)
_WAY_OUT: Final = "leave it out of the clause, or state what it would give as a fact of its own"


class Bound(msgspec.Struct, frozen=True, kw_only=True):
    """How many items of each list a condition needs.

    `settled`: so many settle every length. `enough`: so many entities do for a proof.
    """

    items: int
    settled: bool = True
    enough: bool = True

    def beside(self, other: Bound) -> Bound:
        """The bound of two conditions that are read together."""
        return Bound(
            items=self.items + other.items,
            settled=self.settled and other.settled,
            enough=self.enough and other.enough,
        )


def refusals(condition: Condition) -> tuple[ConditionProblem, ...]:
    """What the logic reading can't translate, in the order of the text; empty when it can translate the condition."""
    found = (_refusal(node) for node in walk(condition.tree))
    return tuple(dict.fromkeys(problem for problem in found if problem is not None))


def bound_of(condition: Condition) -> Bound:
    """The bound of one condition, `LEAST` where it needs fewer."""
    nodes = list(walk(condition.tree))
    looks = sum(_looks_into_a_list(node) for node in nodes)
    numbers = [node.value for node in nodes if isinstance(node, Literal) and type(node.value) is int]
    settled = _settled(condition.tree, frozenset(), inside=False)
    most_counted = 0 if settled else max([number for number in numbers if number <= MOST], default=0) + 1
    items = max(looks, most_counted)
    return Bound(
        items=min(MOST, max(LEAST, items)),
        settled=settled and items <= MOST,
        enough=not any(_leads_on(part) for node in nodes if isinstance(node, Quantifier) for part in walk(node.body)),
    )


def stock_of(conditions: Iterable[Condition], bindings: Mapping[str, EntityRef], *, items: int) -> Stock:
    """The entities that are reasoned about: those bound, those in lists, one for each fact that names one."""
    bound: dict[str, int] = {}
    for entity in bindings.values():
        bound[entity.kind] = max(bound.get(entity.kind, 0), int(entity.id))
    named: dict[str, int] = {}
    lists: dict[tuple[str, str], str] = {}
    for node in (node for condition in conditions for node in walk(condition.tree)):
        match node:
            case Field(type=Type(value=ValueType.ENTITY, entity=kind)):
                named[kind] = named.get(kind, 0) + 1
            case Field(type=Type(of=Type(entity=kind)), of=of, name=name) if kind:
                lists[of.type.entity, name] = kind
    holders = Counter(lists.values())
    counts = {
        kind: bound.get(kind, 0) + named.get(kind, 0) + items * holders[kind] for kind in {*bound, *named, *holders}
    }
    sole = {kind for (holder, _), kind in lists.items() if holders[kind] == 1 and counts[holder] == 1}
    return Stock(counts=counts, bound=bound, sole=frozenset(sole - set(named)))


def hints_of(
    conditions: Iterable[Condition], vocabulary: Vocabulary, *, now: datetime, texts: Iterable[str] = ()
) -> Hints:
    """What conditions name, and what lies next to it."""
    nodes = [node for condition in conditions for node in walk(condition.tree)]
    written = [node.value for node in nodes if isinstance(node, Literal)]
    here = (now - EPOCH) // MICROSECOND
    lengths = [value // MICROSECOND for value in written if isinstance(value, timedelta)]
    instants = [(value - EPOCH) // MICROSECOND for value in written if isinstance(value, datetime)]
    near = {0, _DAY, *(length + step for length in lengths for step in (0, _HOUR, -_HOUR))}
    words = [*texts, *(value for value in written if isinstance(value, str))]
    return Hints(
        numbers=tuple(
            sorted(
                {0, 1, *(n + step for n in written if type(n) is int for step in (-1, 0, 1) if abs(n) < _PLAIN_NUMBER)}
            )
        ),
        doubles=tuple(sorted({0.0, 1.0, *(x + step for x in written if type(x) is float for step in (-0.5, 0, 0.5))})),
        texts=tuple(sorted({"a", *words, *(f"{word}s" for word in words)})),
        instants=_in_range([here, *(here - n for n in near), *(at + s for at in instants for s in (-_DAY, 0, _DAY))]),
        lengths=tuple(sorted(near)),
        whole=any(_weighs_texts(node) and _closed(node, vocabulary) for node in nodes),
    )


def _in_range(instants: Iterable[int]) -> tuple[int, ...]:
    low, high = RANGES[ValueType.TIMESTAMP]
    return tuple(sorted({at for at in instants if low <= at <= high}))


def _weighs_texts(node: Node) -> bool:
    """Whether a node does more with texts than to hold one against written ones."""
    match node:
        case Call(operands=(first, *_)):
            return first.type.value is ValueType.STRING
        case Binary(left=left, right=right) if ValueType.STRING in {left.type.value, right.type.value}:
            written = any(isinstance(side, Literal | ListLiteral) for side in (left, right))
            return not written or node.operator not in {Operator.EQUAL, Operator.NOT_EQUAL, Operator.IN}
    return False


def _closed(node: Node, vocabulary: Vocabulary) -> bool:
    """Whether a node looks at a text that may be of a closed set."""
    for part in walk(node):
        match part:
            case Variable(type=Type(value=ValueType.STRING)):
                return True
            case Field(of=of, name=name) if ValueType.STRING in {part.type.value, part.type.of and part.type.of.value}:
                kind = vocabulary.entity(of.type.entity)
                fact = kind.fact(name) if kind else None
                if fact is not None and fact.of not in {None, ValueType.STRING}:
                    return True
    return False


def _leads_on(node: Node) -> bool:
    """Whether a node leads from one entity to another, for each item of a list."""
    return isinstance(node, Field) and (
        node.type.value is ValueType.ENTITY or bool(node.type.of and node.type.of.entity)
    )


def _refusal(node: Node) -> ConditionProblem | None:
    """Why one node has no translation."""
    what = _unreadable(node)
    if not what:
        return None
    message = f"{what} is not read by the analysis"
    return ConditionProblem(message=message, line=node.line, column=node.column, hint=_WAY_OUT)


def _unreadable(node: Node) -> str:
    """What stands at a node that has no translation; empty when it has one.

    Operands of different types never meet here: CEL's checker refuses them, or leaves a type that is refused.
    """
    match node:
        case Literal(value=str(text)) if max(text, default="") > HIGHEST_CHARACTER:
            return "a character beyond U+2FFFF"
        case Literal(value=Moment() | Span()):
            return "a time finer than a microsecond"
        case Call(function=function) if function not in _FUNCTIONS:
            return f"`{function.value}`"
        case Quantifier(macro=macro) if macro not in _MACROS:
            return f"`{macro.value}`"
        case Index():
            return "`[ ]`"
        case MapLiteral():
            return "a map"
    return "" if _readable(node.type) else f"a value of the type `{node.type}`"


def _readable(type_: Type) -> bool:
    """Whether values of a type have a translation."""
    if type_.value is ValueType.LIST:
        return type_.of is not None and (type_.of.value is None or _readable(type_.of))
    return type_.value in _PLAIN


def _looks_into_a_list(node: Node) -> bool:
    """Whether a node looks at the items of a list that facts give."""
    match node:
        case Quantifier(over=over):
            return not isinstance(over, ListLiteral)
        case Binary(operator=Operator.IN, right=right):
            return not isinstance(right, ListLiteral)
    return False


def _settled(node: Node, element: frozenset[str], *, inside: bool) -> bool:
    """Whether every list that facts give stands where a few items settle any length.

    `element` holds the name of the innermost quantifier's element: a list of another root would be looked at once for
    each element, and need an item each time.
    """
    match node:
        case Field() if node.type.value is ValueType.LIST:
            return False  # it stands where something is made of it as a whole
        case Quantifier(macro=Macro.EXISTS | Macro.ALL, over=over, variable=variable, body=body):
            return _direct(over, element, inside=inside) and _settled(body, frozenset({variable}), inside=True)
        case Binary(operator=Operator.IN, left=left, right=right):
            return _direct(right, element, inside=inside) and _settled(left, element, inside=inside)
    return all(_settled(part, element, inside=inside) for part in parts(node))


def _direct(over: Node, element: frozenset[str], *, inside: bool) -> bool:
    """Whether a list is written out, or is one fact of the innermost element (outside quantifiers, of a variable)."""
    match over:
        case ListLiteral():
            return all(_settled(item, element, inside=inside) for item in over.items)
        case Field(of=Variable(name=name)):
            return not inside or name in element
        case Field(of=Field() as entity) if not inside:
            return _direct(entity, element, inside=inside)
    return False
