"""A CEL expression as the wire carries it: nodes by id, their offsets, and their types if it was checked.

The messages (`cel.expr.CheckedExpr`, `cel.expr.ParsedExpr`) are the same in `google.api.expr.v1alpha1`. It leaves to
`build` which nodes are supported.
"""

from __future__ import annotations

from typing import Final, TypeAlias

import msgspec

from goodstanding.clause import wire
from goodstanding.clause.tree import Type
from goodstanding.clause.values import NULL, UInt, Value, ValueType, WiderType

_PRIMITIVES: Final[dict[int, ValueType | WiderType]] = {
    1: ValueType.BOOL,
    2: ValueType.INT,
    3: WiderType.UINT,
    4: ValueType.DOUBLE,
    5: ValueType.STRING,
    6: WiderType.BYTES,
}
_WELL_KNOWN: Final = {2: ValueType.TIMESTAMP, 3: ValueType.DURATION}
ANYTHING = Type(value=None)


class Constant(msgspec.Struct, frozen=True):
    """A literal."""

    id: int
    value: Value


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
    """A call of a function or an operator; the receiver of a member (`a.f(b)`) comes first."""

    id: int
    function: str
    operands: tuple[Raw, ...]
    member: bool = False


class Sequence(msgspec.Struct, frozen=True):
    """A list literal."""

    id: int
    items: tuple[Raw, ...]


class Construction(msgspec.Struct, frozen=True):
    """A map, or a message of which only the name is read."""

    id: int
    message: str
    entries: tuple[tuple[Raw, Raw], ...]


class Comprehension(msgspec.Struct, frozen=True):
    """The fold that every macro over a list or map expands to; `second` is empty if it has one variable."""

    id: int
    variable: str
    over: Raw
    start: Raw
    step: Raw
    result: Raw
    second: str


Raw: TypeAlias = "Constant | Name | Selection | Application | Sequence | Construction | Comprehension"


class Checked(msgspec.Struct, frozen=True):
    """A whole expression: `types` has no entry for types that are none of ours; `offsets` count characters."""

    root: Raw
    types: dict[int, Type]
    offsets: dict[int, int]


def checked(serialized: bytes, package: str) -> Checked:
    """Read the `google.protobuf.Any` that holds a checked expression; `package` prefixes the entities' messages."""
    outer = wire.inner(wire.message(serialized), 2)
    types = ((wire.integer(entry, 1), _type(wire.inner(entry, 2), package)) for entry in wire.inners(outer, 3))
    return Checked(
        root=_raw(wire.inner(outer, 4)),
        types={number: type_ for number, type_ in types if type_ is not None},
        offsets=_offsets(wire.inner(outer, 5)),
    )


def parsed(serialized: bytes) -> Checked:
    """Read the `google.protobuf.Any` that holds a parsed expression; every node can give anything."""
    outer = wire.inner(wire.message(serialized), 2)
    return Checked(root=_raw(wire.inner(outer, 2)), types={}, offsets=_offsets(wire.inner(outer, 3)))


def _offsets(source: wire.Message) -> dict[int, int]:
    """`SourceInfo = … positions:4`."""
    return wire.pairs(source.get(4, []))


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
            return Application(number, wire.text(body, 2), operands, 1 in body)
        case 7:
            return Sequence(number, tuple(_raw(item) for item in wire.inners(body, 1)))
        case 8:
            return _construction(number, body)
        case _:
            over, start, step, result = (_raw(wire.inner(body, field)) for field in (2, 4, 6, 7))
            return Comprehension(number, wire.text(body, 1), over, start, step, result, wire.text(body, 8))


def _construction(number: int, body: wire.Message) -> Construction:
    """`CreateStruct = message_name:1 (entry:2 = field:2 | map_key:3, value:4)`."""
    if message := wire.text(body, 1):
        return Construction(number, message, ())
    entries = ((_raw(wire.inner(entry, 3)), _raw(wire.inner(entry, 4))) for entry in wire.inners(body, 2))
    return Construction(number, "", tuple(entries))


def _constant(body: wire.Message) -> Value:
    """`Constant = null:1 | bool:2 | int64:3 | uint64:4 | double:5 | string:6 | bytes:7`."""
    match next(iter(body)):
        case 2:
            return bool(wire.integer(body, 2))
        case 3:
            return wire.integer(body, 3)
        case 4:
            return UInt(wire.integer(body, 4) % 2**64)
        case 5:
            return wire.double(body, 5)
        case 6:
            return wire.text(body, 6)
        case 7:
            return wire.payload(body, 7)
    return NULL


def _type(body: wire.Message, package: str) -> Type | None:
    """`Type = dyn:1 | null:2 | primitive:3 | well_known:5 | list:6 | map:7 | message:9 | type:11 | …`."""
    match next(iter(body)):
        case 1:
            return ANYTHING
        case 2:
            return Type(value=WiderType.NULL)
        case 3 if value := _PRIMITIVES.get(wire.integer(body, 3)):
            return Type(value=value)
        case 5 if known := _WELL_KNOWN.get(wire.integer(body, 5)):
            return Type(value=known)
        case 6:
            of = _type(wire.inner(wire.inner(body, 6), 1), package)
            return of and Type(value=ValueType.LIST, of=of)
        case 7:
            key, of = (_type(wire.inner(wire.inner(body, 7), field), package) for field in (1, 2))
            return Type(value=WiderType.MAP, key=key, of=of) if key and of else None
        case 9:
            return Type(value=ValueType.ENTITY, entity=wire.text(body, 9).removeprefix(f"{package}."))
        case 11:
            return Type(value=WiderType.TYPE)
    return None
