"""The protocol buffers wire format, as far as reading a checked CEL expression needs it.

No package carries the `cel.expr` messages, and the format is short: a varint holds field number and wire type; type 0
is a varint, type 1 is eight bytes, type 2 is a length and bytes.
"""

from __future__ import annotations

import struct

Message = dict[int, list["int | bytes"]]

_NUMBER, _WIDE, _LENGTH = 0, 1, 2
_CONTINUES = 0x80
_SHORT, _FIRST, _SECOND = 4, 0x08, 0x10


def message(data: bytes) -> Message:
    """The fields of a message by number, in the order of the bytes.

    Raises:
        ValueError: a wire type that no `cel.expr` message uses.
    """
    fields: Message = {}
    at, end = 0, len(data)
    while at < end:
        key = data[at]
        at += 1
        if key >= _CONTINUES:
            key, at = _varint(data, at - 1)
        value: int | bytes
        kind = key & 7
        if kind == _WIDE:
            value, at = data[at : at + 8], at + 8
        else:
            number = data[at]
            at += 1
            if number >= _CONTINUES:
                number, at = _varint(data, at - 1)
            if kind == _LENGTH:
                value, at = data[at : at + number], at + number
            elif kind == _NUMBER:
                value = number
            else:
                msg = f"wire type {kind} is not part of a checked expression: use a supported cel-expr-python"
                raise ValueError(msg)
        known = fields.get(key >> 3)
        if known is None:
            fields[key >> 3] = [value]
        else:
            known.append(value)
    return fields


def pairs(entries: list[int | bytes]) -> dict[int, int]:
    """The entries of a map from small numbers to numbers: `1: key, 2: value`, each left out where it is 0."""
    found = {}
    for entry in entries:
        if isinstance(entry, bytes) and len(entry) == _SHORT and entry[0] == _FIRST and entry[2] == _SECOND:
            found[entry[1]] = entry[3]  # both are below 128, as nearly always
        elif isinstance(entry, bytes):
            fields = message(entry)
            found[integer(fields, 1)] = integer(fields, 2)
    return found


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
        if byte < _CONTINUES:
            return value, at
        shift += 7
