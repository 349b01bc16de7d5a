"""The syntax tree of a condition: our own, small, frozen, typed, every node at its line and column.

All readings read this tree and nothing else. `&&` and `||` are flat here, however CEL nested them; macros are the
quantifiers that their author wrote; `timestamp('…')` and `duration('…')` are literals. The verdict reads every node;
what the other readings can't do they refuse (`language`).
"""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, TypeAlias, assert_never

import msgspec

from goodstanding.clause.values import Value, ValueType, WiderType

if TYPE_CHECKING:
    from collections.abc import Iterator


class Type(msgspec.Struct, frozen=True, kw_only=True):
    """What a node can give: `of` is a list's element or a map's value, `key` a map's key, `entity` an entity's kind.

    `value` is `None` where the type is known only when the expression is read (CEL's `dyn`), as for an empty list's
    elements.
    """

    value: ValueType | WiderType | None
    of: Type | None = None
    entity: str = ""
    key: Type | None = None

    def __str__(self) -> str:
        """`bool`, `order`, `list of order`, `map of string to int`."""
        if self.key is not None:
            return f"map of {self.key} to {self.of}"
        if self.of is not None:
            return f"list of {self.of}"
        return self.entity or (self.value.value if self.value else "anything")


class Operator(StrEnum):
    """Operators that need both operands."""

    EQUAL = "=="
    NOT_EQUAL = "!="
    LESS = "<"
    LESS_OR_EQUAL = "<="
    GREATER = ">"
    GREATER_OR_EQUAL = ">="
    IN = "in"
    ADD = "+"
    SUBTRACT = "-"
    MULTIPLY = "*"
    DIVIDE = "/"
    REMAINDER = "%"


class Connective(StrEnum):
    """Operators that one operand can decide."""

    AND = "&&"
    OR = "||"


class Sign(StrEnum):
    """Operators of one operand."""

    NOT = "!"
    MINUS = "-"


class Function(StrEnum):
    """The functions: of lists and texts, conversions, and parts of times and lengths of time."""

    SIZE = "size"
    STARTS_WITH = "startsWith"
    ENDS_WITH = "endsWith"
    CONTAINS = "contains"
    MATCHES = "matches"
    BOOL = "bool"
    INT = "int"
    UINT = "uint"
    DOUBLE = "double"
    STRING = "string"
    BYTES = "bytes"
    TIMESTAMP = "timestamp"
    DURATION = "duration"
    TYPE = "type"
    DYN = "dyn"
    FULL_YEAR = "getFullYear"
    MONTH = "getMonth"
    DAY_OF_MONTH = "getDayOfMonth"
    DATE = "getDate"
    DAY_OF_WEEK = "getDayOfWeek"
    DAY_OF_YEAR = "getDayOfYear"
    HOURS = "getHours"
    MINUTES = "getMinutes"
    SECONDS = "getSeconds"
    MILLISECONDS = "getMilliseconds"


class Macro(StrEnum):
    """The macros over lists and maps; the last two give a map."""

    EXISTS = "exists"
    ALL = "all"
    EXISTS_ONE = "exists_one"
    FILTER = "filter"
    MAP = "map"
    TRANSFORM_MAP = "transformMap"
    TRANSFORM_MAP_ENTRY = "transformMapEntry"


class Located(msgspec.Struct, frozen=True, kw_only=True):
    """What every node has; lines and columns count from 1."""

    type: Type
    line: int
    column: int


class Literal(Located, frozen=True, kw_only=True):
    """A value written in the condition."""

    value: Value


class ListLiteral(Located, frozen=True, kw_only=True):
    """`[a, b]`."""

    items: tuple[Node, ...]


class MapLiteral(Located, frozen=True, kw_only=True):
    """`{a: b, …}`."""

    entries: tuple[tuple[Node, Node], ...]


class Variable(Located, frozen=True, kw_only=True):
    """`now`, an entity that the condition is read for, or the element of a quantifier."""

    name: str


class Field(Located, frozen=True, kw_only=True):
    """`of.name`: a fact of an entity, or the value at a map's key."""

    of: Node
    name: str


class Has(Located, frozen=True, kw_only=True):
    """`has(of.name)`: whether evidence gives a value, or records that there is none; whether a map has a key."""

    of: Node
    name: str


class Index(Located, frozen=True, kw_only=True):
    """`of[at]`: an item of a list, or the value at a map's key."""

    of: Node
    at: Node


class Unary(Located, frozen=True, kw_only=True):
    """`!a` or `-a`."""

    sign: Sign
    operand: Node


class Binary(Located, frozen=True, kw_only=True):
    """A comparison, a membership or arithmetic."""

    operator: Operator
    left: Node
    right: Node


class Logical(Located, frozen=True, kw_only=True):
    """`a && b && …` or `a || b || …`; two or more operands, none of the same connective."""

    connective: Connective
    operands: tuple[Node, ...]


class Choice(Located, frozen=True, kw_only=True):
    """`if_ ? then : otherwise`."""

    if_: Node
    then: Node
    otherwise: Node


class Call(Located, frozen=True, kw_only=True):
    """A function of one or two operands; the receiver comes first."""

    function: Function
    operands: tuple[Node, ...]


class Quantifier(Located, frozen=True, kw_only=True):
    """`over.macro(variable, body)`; `where` is the filter of the three-part `map`.

    With a second variable, the first is the place in a list or the key of a map, and `second` what stands there.
    """

    macro: Macro
    over: Node
    variable: str
    body: Node
    where: Node | None = None
    second: str = ""


class Failure(Located, frozen=True, kw_only=True):
    """What has no value whatever the facts are, such as an unknown function; only `untyped` lets one through."""

    message: str


Node: TypeAlias = (
    "Literal | ListLiteral | MapLiteral | Variable | Field | Has | Index | Unary | Binary | Logical | Choice | Call"
    " | Quantifier | Failure"
)


class Condition(msgspec.Struct, frozen=True, kw_only=True):
    """An expression that was parsed and type-checked against a vocabulary.

    `variables`: pairs of name and entity kind, without `now`. `reads`: every fact that it names, as variable and path
    from it (`("owner", "orders.in_force")`), sorted. `facts`: the same as entity kind and fact name.
    """

    source: str
    tree: Node
    variables: tuple[tuple[str, str], ...]
    reads: tuple[tuple[str, str], ...]
    facts: tuple[tuple[str, str], ...]

    @property
    def type(self) -> Type:
        """What it gives."""
        return self.tree.type


def parts(node: Node) -> tuple[Node, ...]:
    """The nodes directly inside a node, in the order of the text."""
    match node:
        case Literal() | Variable() | Failure():
            return ()
        case ListLiteral(items=nodes) | Logical(operands=nodes) | Call(operands=nodes):
            return nodes
        case MapLiteral(entries=entries):
            return tuple(part for entry in entries for part in entry)
        case Field(of=of) | Has(of=of):
            return (of,)
        case Index(of=of, at=at):
            return (of, at)
        case Unary(operand=operand):
            return (operand,)
        case Binary(left=left, right=right):
            return (left, right)
        case Choice(if_=if_, then=then, otherwise=otherwise):
            return (if_, then, otherwise)
        case Quantifier(over=over, where=where, body=body):
            return (over, body) if where is None else (over, where, body)
        case _ as unreachable:
            assert_never(unreachable)


def walk(node: Node) -> Iterator[Node]:
    """A node and everything inside it, in the order of the text; no tree is too deep for it."""
    waiting = [node]
    while waiting:
        inner = waiting.pop()
        yield inner
        waiting.extend(reversed(parts(inner)))
