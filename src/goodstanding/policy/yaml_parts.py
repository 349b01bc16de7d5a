"""A YAML mapping inside a Markdown file, every part of which knows its place in that file.

It reads scalars as text, lists and mappings, and nothing else of YAML: no tags, no anchors, no repeated keys. What the
keys mean is left to `front_matter` and `clauses`.
"""

from __future__ import annotations

import bisect
import re
from typing import TYPE_CHECKING, Final, TypeAlias

import msgspec
import yaml

from goodstanding.clause.marked_yaml import composed, too_long
from goodstanding.policy.source import Source, Span, line_starts

if TYPE_CHECKING:
    from collections.abc import Sequence

    from goodstanding.errors import Problem

_QUOTING = "put the value in quotes if it begins with `!`, `*`, `&`, `%`, `@`, a quote or a bracket"
_HINTS = {
    "tab character": "use spaces in place of the tab",
    "nested deeper": "write it more plainly",
    "there are more than": "split the clause",
    "mapping values are not allowed": "put the value in quotes: a colon and a space begin another `key: value`",
}
"""Ways out of what the YAML reader says; for all else it is quotes."""

LONGEST: Final = 20_000
"""The most characters of a block."""

_ESCAPES = {"x": 4, "u": 6, "U": 10}
_WORD = re.compile(r"[\w.]+")


class Text(msgspec.Struct, frozen=True):
    """A scalar; `origins` gives for each character of the value its offset in the file."""

    value: str
    span: Span
    origins: tuple[int, ...]

    def part(self, start: int, end: int) -> Span:
        """Where a part of the value stands in the file; what lies outside is taken to its end."""
        inside = self.origins[start:end]
        return Span(inside[0], inside[-1] + 1) if inside else Span(self.span.end, self.span.end)

    def word(self, line: int, column: int) -> Span:
        """Where the name or path stands that a line and column (from 1) of the value lie in; at least one character."""
        starts = line_starts(self.value)
        at = starts[min(line, len(starts)) - 1] + column - 1
        words = (found.span() for found in _WORD.finditer(self.value))
        return self.part(*next((span for span in words if span[0] <= at < span[1]), (at, at + 1)))


class Items(msgspec.Struct, frozen=True):
    """A list."""

    items: tuple[Part, ...]
    span: Span


class Field(msgspec.Struct, frozen=True):
    """One key of a mapping and its value."""

    key: str
    span: Span
    part: Part


class Table(msgspec.Struct, frozen=True):
    """A mapping, in the order of the file; `unread` are the keys whose values were refused."""

    fields: tuple[Field, ...]
    span: Span
    unread: frozenset[str] = frozenset()

    def get(self, key: str) -> Field | None:
        """The field of that key, if there is one."""
        return next((field for field in self.fields if field.key == key), None)


Part: TypeAlias = Text | Items | Table


class Block(msgspec.Struct, frozen=True, kw_only=True):
    """The text inside a fence; `starts`: the offset of each of its lines in the file; `fence`: the opening line."""

    text: str
    starts: tuple[int, ...]
    fence: Span

    def to_file(self, offset: int) -> int:
        """The offset in the file of an offset in the block."""
        own = line_starts(self.text)
        line = bisect.bisect_right(own, offset) - 1
        return self.starts[min(line, len(self.starts) - 1)] + offset - own[line]


def read_table(block: Block, *, source: Source, problems: list[Problem]) -> Table | None:
    """Read a block as a mapping; what can't be read is added to `problems`."""
    node = _composed(block, source, problems)
    part = _Reading(block, source, problems).part(node) if node else None
    if part is None or isinstance(part, Table):
        return part
    problems.append(source.problem(part.span, "the block is not a mapping", "write one `key: value` a line"))
    return None


def _composed(block: Block, source: Source, problems: list[Problem]) -> yaml.Node | None:
    """The outermost node of a block; `None`, and a problem, if there is none."""
    if message := too_long(block.text, LONGEST):
        problems.append(source.problem(block.fence, message, "split the clause"))
        return None
    try:
        node = composed(block.text)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        at = block.to_file(min(mark.index, len(block.text))) if mark else block.fence.start
        hint = next((hint for said, hint in _HINTS.items() if said in str(error.problem)), _QUOTING)
        problems.append(source.problem(Span(at, at + 1), _sentence(error), hint))
        return None
    except yaml.reader.ReaderError as error:
        at = block.to_file(error.position)
        problems.append(source.problem(Span(at, at + 1), "this character can't be printed", "remove it"))
        return None
    if node is None:
        problems.append(source.problem(block.fence, "the block is empty", "write one `key: value` a line"))
    return node


def _sentence(error: yaml.MarkedYAMLError) -> str:
    """What the YAML reader says, on one line."""
    said = ", ".join(text for text in (error.context, error.problem) if text)
    return f"the block is not YAML: {said}".replace("\n", " ")


class _Reading:
    """One pass over the nodes of a block."""

    def __init__(self, block: Block, source: Source, problems: list[Problem]) -> None:
        self._block = block
        self._source = source
        self._problems = problems
        self._seen: set[int] = set()

    def part(self, node: yaml.Node) -> Part | None:
        """A node as a part, or nothing and a problem."""
        span = Span(self._block.to_file(node.start_mark.index), self._block.to_file(node.end_mark.index))
        if not node.tag.startswith("tag:yaml.org,2002:"):
            self._refuse(span, f"YAML takes `{node.tag}` for a tag", _QUOTING)
            return None
        if id(node) in self._seen:
            self._refuse(span, "an alias repeats another part of the block", "write the value out")
            return None
        self._seen.add(id(node))
        match node:
            case yaml.ScalarNode():
                return self._text(node, span)
            case yaml.SequenceNode():
                items = [self.part(item) for item in node.value]
                return Items(tuple(item for item in items if item is not None), span)
            case _:
                return self._table(node.value, span)

    def _table(self, pairs: Sequence[tuple[yaml.Node, yaml.Node]], span: Span) -> Table:
        """A mapping, each key once."""
        fields: dict[str, Field] = {}
        unread = set()
        for key_node, value_node in pairs:
            key = self.part(key_node)
            value = self.part(value_node)
            if not isinstance(key, Text):
                if key is not None:
                    self._refuse(key.span, "a key is not plain text", "write one word and a colon")
            elif key.value in fields:
                self._refuse(key.span, f"`{key.value}` stands twice", "keep one of the two")
            elif value is None:
                unread.add(key.value)
            else:
                fields[key.value] = Field(key.value, key.span, value)
        return Table(tuple(fields.values()), span, frozenset(unread))

    def _text(self, node: yaml.ScalarNode, span: Span) -> Text:
        """A scalar with the origin of each of its characters."""
        raw = self._block.text[node.start_mark.index : node.end_mark.index]
        places = _alignment(raw, node.value, style=node.style or "")
        base = node.start_mark.index
        return Text(node.value, span, tuple(self._block.to_file(base + at) for at in places))

    def _refuse(self, span: Span, message: str, hint: str) -> None:
        """Add a problem."""
        self._problems.append(self._source.problem(span, message, hint))


def _alignment(raw: str, value: str, *, style: str) -> list[int]:
    """For each character of a scalar's value, its place in the scalar as written.

    Folding changes white space only, so the other characters are found in order; an escape in double quotes is one
    character however long it is written.
    """
    at = raw.find("\n") + 1 if style in "|>" and style else len(style)
    places: list[int] = []
    for character in value:
        length = 1
        if style == '"' and raw.startswith("\\", at):
            length = _ESCAPES.get(raw[at + 1 : at + 2], 2)
        elif not character.isspace():
            at = max(at, raw.find(character, at))
        places.append(min(at, len(raw)))
        at += length
    return places
