"""Characters, columns and times as a reader sees them; shared by the plain text and the page.

Characters that act on their surroundings instead of being read (terminal escapes, direction overrides, invisible
separators) are shown by their code point: a handle or a quotation must not rewrite the statement around it.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import UTC
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import msgspec

from goodstanding.reasons.model import Statement

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime, tzinfo

WIDTH = 78
"""Columns of a mail-ready line (RFC 5322, section 2.1.1)."""

_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
_LINKED = frozenset({"http", "https", "mailto"})
_LINE_END = re.compile(r"\r\n?|[\u2028\u2029\x85\v\f]")


def visible(statement: Statement) -> Statement:
    """The same statement with every acting character shown by its code point."""
    return msgspec.convert(_visible(msgspec.to_builtins(statement)), Statement)


def _visible(value: object) -> object:
    """The same document, its texts made visible."""
    match value:
        case str():
            return value if value.isprintable() else "".join(map(_shown, _LINE_END.sub("\n", value)))
        case dict():
            return {key: _visible(item) for key, item in value.items()}
        case list() | tuple():
            return [_visible(item) for item in value]
        case _:
            return value


def _shown(char: str) -> str:
    """One character, or `[U+202E]` for one that is not read but acts."""
    if char == "\n" or unicodedata.category(char) not in {"Cc", "Cf", "Cs", "Co", "Cn"} or char in "\u200c\u200d\u00ad":
        return char
    return " " if char == "\t" else f"[U+{ord(char):04X}]"


def paragraphs(text: str) -> tuple[str, ...]:
    """The paragraphs of a text, parted by empty lines; lines inside one are joined."""
    return tuple(" ".join(part.split()) for part in re.split(r"\n\s*\n", text) if part.strip())


def when(at: datetime, zone: tzinfo) -> str:
    """A time in the reader's zone, with UTC beside it: `31 August 2024, 02:00 CEST (00:00 UTC)`."""
    local, universal = at.astimezone(zone), at.astimezone(UTC)
    clock = f"{universal:%H:%M} UTC"
    if local.utcoffset() == universal.utcoffset():
        return f"{_day(universal)}, {clock}"
    same_day = local.date() == universal.date()
    return f"{_day(local)}, {local:%H:%M} {local.tzname()} ({clock if same_day else f'{_day(universal)}, {clock}'})"


def _day(at: datetime) -> str:
    """`31 August 2024`."""
    return f"{at.day} {_MONTHS[at.month - 1]} {at.year}"


def link_to(address: str) -> str:
    """What a link may point to, or nothing: only `http`, `https` and `mailto`, since an address is somebody's input."""
    try:
        scheme = urlsplit(address).scheme.lower()
    except ValueError:
        return ""
    if scheme in _LINKED and not re.search(r"\s", address):
        return address
    return f"mailto:{address}" if re.fullmatch(r"[^\s@/:]+@[^\s@/:]+", address) else ""


def columns(text: str) -> int:
    """How many columns a text takes: wide characters take two, combining ones none."""
    return len(text) if text.isascii() else sum(map(_columns, text))


def _columns(char: str) -> int:
    """The columns of one character."""
    if unicodedata.combining(char) or unicodedata.category(char) == "Cf":
        return 0
    return 2 if unicodedata.east_asian_width(char) in {"W", "F"} else 1


def wrapped(text: str, *, first: str = "", rest: str = "", width: int = WIDTH) -> list[str]:
    """A paragraph in lines of at most `width` columns; a longer word is broken."""
    lines, line = [], first
    empty = True
    for word in _words(text, width - max(columns(first), columns(rest))):
        if not empty and columns(line) + 1 + columns(word) > width:
            lines.append(line)
            line, empty = rest, True
        line = f"{line}{word}" if empty else f"{line} {word}"
        empty = False
    return [*lines, line.rstrip()]


def _words(text: str, room: int) -> Iterator[str]:
    """The words of a text, those that take more than the room in pieces."""
    for word in text.split():
        piece, taken = "", 0
        for char in word:
            if taken + _columns(char) > room:
                yield piece
                piece, taken = "", 0
            piece += char
            taken += _columns(char)
        yield piece
