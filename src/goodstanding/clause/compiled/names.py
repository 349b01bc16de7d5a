"""The names and small pieces that both kinds of generated code share: temporaries, constants, keys, operations.

No text of a condition or vocabulary gets into generated source: keys, literals and messages stand in the namespace that
the source is run in, under names made here, and the source holds nothing but those names, our own operators, and whole
numbers.
"""

from __future__ import annotations

from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final

from goodstanding.clause import operators
from goodstanding.clause.compiled import runtime
from goodstanding.clause.tree import (
    Binary,
    Call,
    Field,
    Function,
    Has,
    ListLiteral,
    Literal,
    Node,
    Operator,
    Sign,
    Type,
    Unary,
    Variable,
)
from goodstanding.clause.values import EntityRef, ValueType

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from goodstanding.clause.tree import Quantifier
    from goodstanding.clause.values import Value

Operation = Unary | Binary | Call | ListLiteral
"""The nodes that need all their operands."""

_CLASSES: Final = {
    ValueType.BOOL: bool,
    ValueType.INT: int,
    ValueType.DOUBLE: float,
    ValueType.STRING: str,
    ValueType.TIMESTAMP: datetime,
    ValueType.DURATION: timedelta,
}
_EXACT: Final = {ValueType.BOOL, ValueType.INT, ValueType.DOUBLE, ValueType.STRING}
_TIMES: Final = {ValueType.TIMESTAMP, ValueType.DURATION}
_HASHED: Final = {ValueType.BOOL, ValueType.INT, ValueType.STRING}
_COMPARISONS: Final = {
    Operator.EQUAL,
    Operator.NOT_EQUAL,
    Operator.LESS,
    Operator.LESS_OR_EQUAL,
    Operator.GREATER,
    Operator.GREATER_OR_EQUAL,
}
_SUMS: Final = {Operator.ADD, Operator.SUBTRACT, Operator.MULTIPLY}
_INLINE: Final = {
    Function.SIZE: "len({})",
    Function.STARTS_WITH: "{}.startswith({})",
    Function.ENDS_WITH: "{}.endswith({})",
    Function.CONTAINS: "{1} in {0}",
}


class UncompilableError(Exception):
    """The tree has a node that this code does not know; the tree itself is read instead."""


class Names:
    """The namespace of one piece of code, and how its parts are written."""

    def __init__(self, variables: Collection[tuple[str, str]]) -> None:
        """Begin with variables, each with its kind, and what code may call.

        Raises:
            UncompilableError: two variables are of one kind, so that one fact could have two keys.
        """
        self.kinds = dict(variables)
        self.variables = {kind: name for name, kind in variables}
        if not len(self.kinds) == len(self.variables) == len(variables):
            raise UncompilableError
        classes = {class_.__name__: class_ for class_ in _CLASSES.values()}
        called = {"EntityRef": EntityRef, "len": len, "type": type}
        self.namespace: dict[str, object] = {"__builtins__": {}, **classes, **called}
        self._constants: dict[tuple[str, object], str] = {}
        self._elements = {"now": "now"}
        self._temporaries = 0

    def temporary(self, letter: str = "v") -> str:
        """A name that nothing else has."""
        self._temporaries += 1
        return f"{letter}{self._temporaries}"

    def constant(self, value: object) -> str:
        """How a value is written in code."""
        if value is True or value is False or (type(value) is int and value >= 0):
            return repr(value)
        name = f"C{len(self.namespace)}"
        self.namespace[name] = value
        return name

    def text(self, value: str) -> str:
        """The name of a text, the same for the same text."""
        known = ("text", value)
        if known not in self._constants:
            self._constants[known] = self.constant(value)
        return self._constants[known]

    def call(self, function: object, name: str) -> str:
        """A function under its own name."""
        self.namespace[name] = function
        return name

    def key(self, node: Field | Has) -> str | None:
        """The key of a fact of a variable; `None` for what is reached through another fact or as an element.

        Raises:
            UncompilableError: it is a key of a map.
        """
        if node.of.type.value is not ValueType.ENTITY:
            raise UncompilableError
        if isinstance(node.of, Variable) and node.of.name in self.kinds:
            return f"{node.of.name}.{node.name}"
        return None

    def element(self, name: str) -> str | None:
        """How `now` and the elements in scope are called in code."""
        return self._elements.get(name)

    @contextmanager
    def inside(self, node: Quantifier) -> Iterator[str]:
        """Inside a macro its element has a name."""
        outside = self._elements
        self._elements = {**outside, node.variable: self.temporary("e")}
        yield self._elements[node.variable]
        self._elements = outside

    def place(self, node: Node) -> str:
        """The end of an error message."""
        return self.text(f" (line {node.line}, column {node.column} of the condition)")

    def fits(self, type_: Type, first: str, name: str) -> str:
        """A test that a value is of a type; `first` is where it is computed, `name` is it from then on.

        Raises:
            UncompilableError: no fact is of that type.
        """
        match type_.value:
            case ValueType.BOOL:
                return f"(({first}) is True or {name} is False)"
            case ValueType.ENTITY:
                return f"(type({first}) is EntityRef and {name}.kind == {self.text(type_.entity)})"
            case ValueType.LIST if type_.of is not None:
                return self._fits_list(type_.of, first)
        return f"type({first}) is {_class(type_)}"

    def _fits_list(self, of: Type, first: str) -> str:
        if of.value is ValueType.ENTITY:
            return f"{self.call(runtime.entities, 'entities')}({first}, {self.text(of.entity)})"
        return f"{self.call(runtime.scalars, 'scalars')}({first}, {_class(of)})"

    def operation(self, node: Operation, values: Sequence[str]) -> tuple[str, str]:
        """An operation on values that are there: a test that it has a result, if it may have none, and the result.

        Raises:
            UncompilableError: inside a macro it builds texts or lists: macros in a chain grow them without bound.
        """
        if len(self._elements) > 1 and _builds(node):
            raise UncompilableError
        match node:
            case ListLiteral():
                return "", f"({''.join(f'{value}, ' for value in values)})"
            case Unary(sign=Sign.NOT):
                return "", f"(not {values[0]})"
            case Binary(left=left, right=right):
                return self._binary(node, left, right, values)
            case Call(function=function, operands=operands) if _inline(function, operands):
                return "", f"({_INLINE[function].format(*values)})"
        return self._attempt(node, values)

    def _binary(self, node: Binary, left: Node, right: Node, values: Sequence[str]) -> tuple[str, str]:
        """A comparison, membership or sum of values whose classes are certain; whatever else is left to `operators`."""
        exact, operator = _known_class(left), node.operator
        plainly = f"({values[0]} {operator.value} {values[1]})"
        if operator in _COMPARISONS and exact is not None and exact is _known_class(right):
            return "", plainly
        if operator in {Operator.EQUAL, Operator.NOT_EQUAL} and _entities(left, right):
            return "", plainly
        if operator is Operator.IN and _hashed(left.type) and _hashed(right.type.of):
            items = written(right)
            return "", plainly if items is None else f"({values[0]} in {self.constant(frozenset(items))})"
        if exact is float and operator in _SUMS and _known_class(right) is float:
            return "", plainly
        if exact is str and operator is Operator.ADD and _known_class(right) is str:
            return "", plainly
        if exact is int and operator in _SUMS and _known_class(right) is int:
            sum_ = self.temporary()
            lowest, highest = self.constant(-(2**63)), self.constant(2**63 - 1)
            return f"{lowest} <= ({sum_} := {plainly}) <= {highest}", sum_
        return self._attempt(node, values)

    def _attempt(self, node: Unary | Binary | Call, values: Sequence[str]) -> tuple[str, str]:
        result = self.temporary()
        attempt = self.call(runtime.attempt, "attempt")
        return f"({result} := {attempt}({self.applied(node, values)})) is not None", result

    def applied(self, node: Unary | Binary | Call, values: Sequence[str]) -> str:
        """The function of `operators` that an operation is, and its operands."""
        operands = ", ".join(values)
        if isinstance(node, Unary):
            return f"{self.call(operators.sign, 'sign')}, {self.constant(node.sign)}, {operands}"
        if isinstance(node, Binary):
            return f"{self.call(operators.apply, 'apply')}, {self.constant(node.operator)}, {operands}"
        return f"{self.call(operators.call, 'call')}, {self.constant(node.function)}, ({operands},)"


def _class(type_: Type) -> str:
    class_ = _CLASSES.get(type_.value) if isinstance(type_.value, ValueType) else None
    if class_ is None:
        raise UncompilableError
    return class_.__name__


def _known_class(node: Node) -> type | None:
    """The Python class of a node's values, where no other can occur: times that are computed may be finer."""
    value = node.type.value
    if not isinstance(value, ValueType):
        return None
    if value in _EXACT or (value in _TIMES and isinstance(node, Field)) or node_is_now(node):
        return _CLASSES[value]
    if isinstance(node, Literal) and type(node.value) is _CLASSES.get(value):
        return _CLASSES[value]
    return None


def written(node: Node) -> tuple[Value, ...] | None:
    """The items of a list of literals."""
    if not isinstance(node, ListLiteral):
        return None
    items = tuple(item.value for item in node.items if isinstance(item, Literal))
    return items if len(items) == len(node.items) else None


def node_is_now(node: Node) -> bool:
    """Whether it is the variable `now`."""
    return isinstance(node, Variable) and node.name == "now"


def _entities(left: Node, right: Node) -> bool:
    return left.type.value is ValueType.ENTITY and right.type.value is ValueType.ENTITY


def _hashed(type_: Type | None) -> bool:
    """Whether Python's own membership is CEL's: no NaN, no time of two forms."""
    return type_ is not None and (type_.value in _HASHED or type_.value is ValueType.ENTITY)


def _builds(node: Operation) -> bool:
    """Whether it makes a text or list out of others."""
    adds = isinstance(node, Binary) and node.operator is Operator.ADD
    return isinstance(node, ListLiteral) or (adds and node.type.value not in {ValueType.INT, ValueType.DOUBLE} | _TIMES)


def _inline(function: Function, operands: Sequence[Node]) -> bool:
    if function is Function.SIZE:
        return operands[0].type.value in {ValueType.STRING, ValueType.LIST}
    return function in _INLINE and all(operand.type.value is ValueType.STRING for operand in operands)
