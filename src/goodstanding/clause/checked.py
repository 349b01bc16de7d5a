"""A checked CEL expression (`cel.expr.CheckedExpr`), as the wire carries it: nodes by id, their types and offsets.

The message is the same in `cel.expr` and `google.api.expr.v1alpha1`. It leaves to `parse` which nodes are supported.
"""

from __future__ import annotations

from typing import TypeAlias

import msgspec

from goodstanding.clause import wire
from goodstanding.clause.tree import Type
from goodstanding.clause.values import ValueType

_PRIMITIVES = {1: ValueType.BOOL, 2: ValueType.INT, 4: ValueType.DOUBLE, 5: ValueType.STRING}
_WELL_KNOWN = {2: ValueType.TIMESTAMP, 3: ValueType.DURATION}
ANYTHING = Type(value=None)


class Constant(msgspec.Struct, frozen=True):
    """A literal; `None` where CEL's type is none of ours (null, uint, bytes)."""

    id: int
    value: bool | int | float | str | None


class Name(msgspec.Struct, frozen=True):
    """A variable."""

    id: int
    name: str


class Selection(msgspec.Struct, frozen=True):
    """`operand.field`, or `has(operand.field)` when it only tests."""

    id: int
    operand: Raw
    field: str
    tests: bool


class Application(msgspec.Struct, frozen=True):
    """A call of a function or an operator; the receiver comes first."""

    id: int
    function: str
    operands: tuple[Raw, ...]


class Sequence(msgspec.Struct, frozen=True):
    """A list literal."""

    id: int
    items: tuple[Raw, ...]


class Construction(msgspec.Struct, frozen=True):
    """A map or message literal, of which nothing more is read."""

    id: int


class Comprehension(msgspec.Struct, frozen=True):
    """The fold that every macro over a list expands to."""

    id: int
    variable: str
    over: Raw
    start: Raw
    step: Raw
    result: Raw


Raw: TypeAlias = "Constant | Name | Selection | Application | Sequence | Construction | Comprehension"


class Checked(msgspec.Struct, frozen=True):
    """A whole expression: `types` has no entry for types that are none of ours; `offsets` count characters."""

    root: Raw
    types: dict[int, Type | None]
    offsets: dict[int, int]


def checked(serialized: bytes, package: str) -> Checked:
    """Read the `google.protobuf.Any` that holds a checked expression; `package` prefixes the entities' messages."""
    outer = wire.inner(wire.message(serialized), 2)
    source = wire.inner(outer, 5)
    return Checked(
        root=_raw(wire.inner(outer, 4)),
        types={wire.integer(e, 1): _type(wire.inner(e, 2), package) for e in wire.inners(outer, 3)},
        offsets={wire.integer(e, 1): wire.integer(e, 2) for e in wire.inners(source, 4)},
    )


def _raw(expression: wire.Message) -> Raw:
    """`Expr = id:2 (const:3 | ident:4 | select:5 | call:6 | list:7 | struct:8 | comprehension:9)`."""
    number = wire.integer(expression, 2)
    kind = next(field for field in range(3, 10) if field in expression)
    body = wire.inner(expression, kind)
    match kind:
        case 3:
            return Constant(number, _constant(body))
        case 4:
            return Name(number, wire.text(body, 1))
        case 5:
            return Selection(number, _raw(wire.inner(body, 1)), wire.text(body, 2), bool(wire.integer(body, 3)))
        case 6:
            receiver = [wire.inner(body, 1)] if 1 in body else []
            operands = tuple(_raw(operand) for operand in (*receiver, *wire.inners(body, 3)))
            return Application(number, wire.text(body, 2), operands)
        case 7:
            return Sequence(number, tuple(_raw(item) for item in wire.inners(body, 1)))
        case 8:
            return Construction(number)
        case _:
            over, start, step, result = (_raw(wire.inner(body, field)) for field in (2, 4, 6, 7))
            return Comprehension(number, wire.text(body, 1), over, start, step, result)


def _constant(body: wire.Message) -> bool | int | float | str | None:
    """`Constant = null:1 | bool:2 | int64:3 | uint64:4 | double:5 | string:6 | bytes:7`."""
    match next(iter(body)):
        case 2:
            return bool(wire.integer(body, 2))
        case 3:
            return wire.integer(body, 3)
        case 5:
            return wire.double(body, 5)
        case 6:
            return wire.text(body, 6)
    return None


def _type(body: wire.Message, package: str) -> Type | None:
    """`Type = dyn:1 | null:2 | primitive:3 | well_known:5 | list:6 | map:7 | message:9 | …`."""
    match next(iter(body)):
        case 1:
            return ANYTHING
        case 3 if value := _PRIMITIVES.get(wire.integer(body, 3)):
            return Type(value=value)
        case 5 if value := _WELL_KNOWN.get(wire.integer(body, 5)):
            return Type(value=value)
        case 6:
            of = _type(wire.inner(wire.inner(body, 6), 1), package)
            return of and Type(value=ValueType.LIST, of=of)
        case 9:
            return Type(value=ValueType.ENTITY, entity=wire.text(body, 9).removeprefix(f"{package}."))
    return None
