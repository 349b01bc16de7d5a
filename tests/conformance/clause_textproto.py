"""A reader of protocol buffer text, as far as the conformance data of CEL needs it.

`message = (name [":"] ("{" message "}" | "[" … "]" | scalar+))*`; every field becomes a list of values, and adjacent
strings are one.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

Message = dict[str, list["Message | str | float"]]

_TOKEN = re.compile(
    r"""\s+|\#[^\n]*|(?P<token>[{}\[\]<>:,;]|"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|[^\s{}\[\]<>:,;"'#]+)"""
)


def read(text: str) -> Message:
    """The message of a whole file."""
    tokens = [match["token"] for match in _TOKEN.finditer(text) if match["token"]]
    message, rest = _message(tokens, 0)
    assert rest == len(tokens), tokens[rest : rest + 5]
    return message


def _message(tokens: list[str], at: int) -> tuple[Message, int]:
    fields: Message = {}
    while at < len(tokens) and tokens[at] not in "}>":
        name, at = _name(tokens, at)
        values, at = _values(tokens, at)
        fields.setdefault(name, []).extend(values)
        while at < len(tokens) and tokens[at] in ",;":
            at += 1
    return fields, at


def _name(tokens: list[str], at: int) -> tuple[str, int]:
    """A field name, or `[type.url/of.Any]`; a colon may follow."""
    if tokens[at] == "[":
        end = tokens.index("]", at)
        name, at = "".join(tokens[at + 1 : end]), end + 1
    else:
        name, at = tokens[at], at + 1
    return name, at + (tokens[at] == ":")


def _values(tokens: list[str], at: int) -> tuple[list[Message | str | float], int]:
    if tokens[at] in "{<":
        message, at = _message(tokens, at + 1)
        return [message], at + 1
    if tokens[at] == "[":
        found: list[Message | str | float] = []
        at += 1
        while tokens[at] != "]":
            values, at = _values(tokens, at)
            found += values
            at += tokens[at] == ","
        return found, at + 1
    if tokens[at][0] in "\"'":
        end = at
        while end < len(tokens) and tokens[end][0] in "\"'":
            end += 1
        return ["".join(_string(token) for token in tokens[at:end])], end
    return [_scalar(tokens[at])], at + 1


def _string(token: str) -> str:
    """Escapes are C's: octal and hexadecimal ones are bytes, those with `u` and `U` are characters.

    Bytes that are no UTF-8 are kept as lone surrogates, as Python does for file names.
    """
    characters = re.sub(r"\\\\|\\\?|\\u([0-9a-fA-F]{4})|\\U([0-9a-fA-F]{8})", _character, token)
    raw = "".join(c if c.isascii() else "".join(f"\\x{byte:02x}" for byte in c.encode()) for c in characters)
    return bytes(ast.literal_eval("b" + raw)).decode("utf-8", errors="surrogateescape")


def _character(match: re.Match[str]) -> str:
    code = match[1] or match[2]
    if match[0] == "\\?":
        return "?"
    return chr(int(code, 16)) if code else match[0]


def _scalar(token: str) -> str | float:
    for number in (int, float):
        try:
            return number(token)
        except ValueError:
            continue
    return token


def cases(message: Message) -> Iterator[tuple[str, Message]]:
    """Every test of a file with its name inside it."""
    for section in message.get("section", []):
        assert isinstance(section, dict)
        for test in section.get("test", []):
            assert isinstance(test, dict)
            yield f"{section['name'][0]}/{test['name'][0]}", test
