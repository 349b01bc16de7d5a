"""The protocol buffers wire format, as far as reading a checked CEL expression needs it.

No package carries the `cel.expr` messages, and the format is short: a varint holds field number and wire type; type 0
is a varint, type 1 is eight bytes, type 2 is a length and bytes.
"""

from __future__ import annotations

import struct

Message = dict[int, list["int | bytes"]]


def message(data: bytes) -> Message:
    """The fields of a message by number, in the order of the bytes.

    Raises:
        ValueError: a wire type that no `cel.expr` message uses.
    """
    fields: Message = {}
    at = 0
    while at < len(data):
        key, at = _varint(data, at)
        value: int | bytes
        match key & 7:
            case 0:
                value, at = _varint(data, at)
            case 1:
                value, at = data[at : at + 8], at + 8
            case 2:
                size, at = _varint(data, at)
                value, at = data[at : at + size], at + size
            case other:
                msg = f"wire type {other} is not part of a checked expression: use a supported cel-expr-python"
                raise ValueError(msg)
        fields.setdefault(key >> 3, []).append(value)
    return fields


def inner(fields: Message, number: int) -> Message:
    """The message in a field; an absent one is empty."""
    return message(payload(fields, number))


def inners(fields: Message, number: int) -> list[Message]:
    """The messages of a repeated field."""
    return [message(item) for item in fields.get(number, []) if isinstance(item, bytes)]


def payload(fields: Message, number: int) -> bytes:
    """The bytes of a field; absent ones are empty."""
    value = fields.get(number, [b""])[-1]
    return value if isinstance(value, bytes) else b""


def text(fields: Message, number: int) -> str:
    """The text of a field."""
    return payload(fields, number).decode("utf-8")


def integer(fields: Message, number: int) -> int:
    """A field as a signed 64-bit integer; an absent one is 0."""
    value = fields.get(number, [0])[-1]
    unsigned = value if isinstance(value, int) else 0
    return unsigned - 2**64 if unsigned >= 2**63 else unsigned


def double(fields: Message, number: int) -> float:
    """A field as a double."""
    return float(struct.unpack("<d", payload(fields, number))[0])


def _varint(data: bytes, at: int) -> tuple[int, int]:
    """A base-128 number, and where it ends."""
    value = shift = 0
    while True:
        byte = data[at]
        at += 1
        value |= (byte & 0x7F) << shift
        if byte < 0x80:  # noqa: PLR2004  the continuation bit
            return value, at
        shift += 7
