"""The canonical layout of the blocks in a policy: order of keys, quotes, brackets, indentation; nothing of their sense.

Comments stay with the key that they stand above or behind. Prose, front matter and the words of expressions are never
touched. A block whose values would read otherwise afterwards, or that is written in a way this does not know, stays as
its author wrote it: that is checked for each block, so a layout never changes what a policy means.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

import msgspec
import yaml

from goodstanding.policy.sections import read_structure
from goodstanding.policy.source import Source

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from goodstanding.errors import Problem
    from goodstanding.policy.yaml_parts import Block

CLAUSE_KEYS: Final = (
    *("ending", "each", "when", "requires", "needs", "lifts", "restricts", "reach", "territory", "topics", "audience"),
    *("approver", "ends", "overridable", "basis", "law", "hold", "hold_only", "notice", "strike", "strike_weight"),
    *("strike_category", "review_after", "procedure", "guidance"),
)
EXAMPLE_KEYS: Final = ("name", "given", "now", "expect", "because", "missing", "restricts")
_WORD = re.compile(r"[\w.@/-]+")
_COMMENT = re.compile(r"[ \t]+#.*")
_WIDEST = 120


class _Entry(msgspec.Struct, frozen=True, kw_only=True):
    """One key of a block with its lines and the comments above it."""

    key: str
    node: yaml.Node
    above: tuple[str, ...]
    lines: tuple[str, ...]
    first: int


def laid_out(text: str) -> str:
    """A policy with its blocks in the canonical layout; `text` has plain line ends and is a policy that can be read."""
    problems: list[Problem] = []
    source = Source(file="", text=text)
    lines = list(source.lines)
    blocks = [
        (block, keys)
        for section in read_structure(source, problems).sections
        for block, keys in (
            *(((section.block, CLAUSE_KEYS),) if section.block else ()),
            *((example, EXAMPLE_KEYS) for example in section.examples),
        )
    ]
    for block, keys in sorted(blocks, key=lambda pair: -pair[0].starts[0]):
        place = source.place(block.starts[0])
        indent = " " * (place.column - 1)
        count = len(block.starts)
        new = [f"{indent}{line}".rstrip(" \t") for line in _block(block, keys).split("\n")]
        lines[place.line - 1 : place.line - 1 + count] = new
    return "\n".join(lines)


def _block(block: Block, order: Sequence[str]) -> str:
    """One block, laid out; as it is where that would change what it says."""
    root = _composed(block.text)
    if not isinstance(root, yaml.MappingNode) or root.flow_style:
        return block.text
    entries, header, end = _entries(block.text.split("\n"), root)
    rank = {key: place for place, key in enumerate(order)}
    ordered = sorted(entries, key=lambda entry: rank.get(entry.key, len(rank)))
    lines = [*header, *(line for entry in ordered for line in (*entry.above, *_entry(entry))), *end]
    new = "\n".join(lines)
    composed = _composed(new)
    return new if composed is not None and _sense(composed, top=True) == _sense(root, top=True) else block.text


def _composed(text: str) -> yaml.Node | None:
    """The outermost node of a block, or nothing where it can't be read."""
    try:
        node: yaml.Node | None = yaml.compose(text, Loader=yaml.BaseLoader)
    except (yaml.YAMLError, ValueError, RecursionError):
        return None
    return node


def _sense(node: yaml.Node, *, top: bool = False) -> object:
    """What a node says, without its way of writing; only the outermost keys may stand in another order."""
    match node:
        case yaml.MappingNode():
            pairs = [(_sense(key), _sense(value)) for key, value in node.value]
            return sorted(pairs, key=repr) if top else pairs
        case yaml.SequenceNode():
            return [_sense(item) for item in node.value]
        case _:
            return str(node.value)


def _entries(lines: list[str], root: yaml.MappingNode) -> tuple[list[_Entry], list[str], list[str]]:
    """The keys of a block with their lines; the comments above all of them, and those below."""
    firsts = [key.start_mark.line for key, _ in root.value]
    entries: list[_Entry] = []
    header, above = _header(lines[: firsts[0]] if firsts else [])
    for (key, node), first, last in zip(root.value, firsts, [*firsts[1:], len(lines)], strict=True):
        own = lines[first:last]
        end = len(own)
        while end > 1 and (not own[end - 1].strip(" \t") or own[end - 1].startswith("#")):
            end -= 1
        below = [line for line in own[end:] if line.strip(" \t")]
        entries.append(_Entry(key=str(key.value), node=node, above=tuple(above), lines=tuple(own[:end]), first=first))
        above = below
    return entries, header, above


def _header(lines: list[str]) -> tuple[list[str], list[str]]:
    """The comments before the first key: those above a blank line are of the whole block."""
    blank = max((at for at, line in enumerate(lines) if not line.strip(" \t")), default=-1)
    header = [line for line in lines[: blank + 1] if line.strip(" \t")]
    return ([*header, ""] if header else []), lines[blank + 1 :]


def _entry(entry: _Entry) -> Iterator[str]:
    """The lines of one key; as they are where a comment stands among them."""
    raw = [line.rstrip(" \t") for line in entry.lines]
    node = entry.node
    if isinstance(node, yaml.ScalarNode) and node.style in {"|", ">"}:
        yield from _scalar_block(raw)
        return
    comment = _behind(raw, entry)
    if comment is None:
        yield from raw
        return
    laid = list(_value(node, f"{entry.key}:", indent=""))
    yield f"{laid[0]}{comment}"
    yield from laid[1:]


def _behind(raw: Sequence[str], entry: _Entry) -> str | None:
    """The comment behind the value; nothing where comments stand in other places or lines are folded."""
    node = entry.node
    if isinstance(node, yaml.CollectionNode) and not node.flow_style:
        return None if any("#" in line for line in raw) or _is_folded(node) else ""
    if _is_folded(node):
        return None
    end = node.end_mark
    if any("#" in line for line in raw[: end.line - entry.first]):
        return None
    rest = raw[end.line - entry.first][end.column :]
    if not rest.strip(" \t"):
        return ""
    return rest if _COMMENT.fullmatch(rest) and len(raw) == end.line - entry.first + 1 else None


def _is_folded(node: yaml.Node) -> bool:
    """Whether a text in it goes over several lines."""
    if isinstance(node, yaml.ScalarNode):
        return node.start_mark.line != node.end_mark.line
    inner = [one for pair in node.value for one in (pair if isinstance(pair, tuple) else (pair,))]
    return any(map(_is_folded, inner))


def _scalar_block(raw: list[str]) -> Iterator[str]:
    """A folded or literal text: its lines, indented by two."""
    yield raw[0]
    inner = raw[1:]
    if any(character.isdigit() for character in raw[0].partition(":")[2].partition("#")[0]):
        yield from inner  # an indentation that the author gave
        return
    own = min((len(line) - len(line.lstrip(" ")) for line in inner if line), default=0)
    yield from (f"  {line[own:]}" if line else "" for line in inner)


def _value(node: yaml.Node, head: str, *, indent: str) -> Iterator[str]:
    """A key and its value."""
    flat = _scalar(node) if isinstance(node, yaml.ScalarNode) else _flat(node)
    if flat is not None and (isinstance(node, yaml.ScalarNode) or len(indent) + len(head) + len(flat) < _WIDEST):
        yield f"{indent}{head} {flat}".rstrip(" \t")
        return
    yield f"{indent}{head}"
    for one in node.value:
        key, value = (f"{_scalar(one[0])}:", one[1]) if isinstance(one, tuple) else ("-", one)
        yield from _value(value, key, indent=f"{indent}  ")


def _flat(node: yaml.Node) -> str | None:
    """A value on one line, where that is its form: a scalar, a list of words, a mapping in its author's braces."""
    match node:
        case yaml.ScalarNode():
            return _scalar(node, inside=True)
        case yaml.SequenceNode():
            words = all(isinstance(item, yaml.ScalarNode) and _WORD.fullmatch(item.value) for item in node.value)
            return f"[{', '.join(_scalar(item, inside=True) for item in node.value)}]" if words else None
        case yaml.MappingNode(flow_style=True):
            inner = [(_scalar(key, inside=True), _flat(value)) for key, value in node.value]
            said = [f"{key}: {value}" for key, value in inner if value is not None]
            return f"{{{', '.join(said)}}}" if len(said) == len(inner) else None
    return None


def _scalar(node: yaml.Node, *, inside: bool = False) -> str:
    """A scalar without quotes where it reads the same, also `inside` brackets; else in quotes."""
    text = str(node.value)
    tries = (f"a: {text}", f"a: [{text}]", f"a: {{a: {text}}}")[: 3 if inside else 1]
    sense = ([("a", text)], [("a", [text])], [("a", [("a", text)])])
    if all(_reads(one, expected) for one, expected in zip(tries, sense, strict=False)):
        return text
    if not text.isprintable():
        return f'"{"".join(map(_escaped, text))}"'
    if '"' in text or "\\" in text:
        doubled = text.replace("'", "''")
        return f"'{doubled}'"
    return f'"{text}"'


def _reads(text: str, expected: object) -> bool:
    """Whether a text of YAML says that."""
    node = _composed(text)
    return node is not None and _sense(node) == expected


def _escaped(character: str) -> str:
    """A character as it stands in double quotes."""
    if character in {'"', "\\"}:
        return f"\\{character}"
    return character if character.isprintable() else f"\\U{ord(character):08x}"
