"""YAML in which every scalar is text and every problem has its place.

`NO` is Norway here, and `1.10` is a version: no scalar is ever anything but text. All problems of a document are
collected, so that its author mends them in one go. It leaves to its callers what the keys mean.

A text that nobody would write (too long, too deep, of too many parts) is refused before it costs a second to read.
"""

from __future__ import annotations

import difflib
from typing import TYPE_CHECKING, Final, NoReturn, TypeVar

import yaml

from goodstanding.errors import InputError, Place, Problem

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable
    from enum import StrEnum

E = TypeVar("E", bound="StrEnum")

LONGEST: Final = 200_000
"""The most characters of a document."""

MOST_PROBLEMS: Final = 100
"""So many problems are listed at the most; who has more mends these first."""

_DEEPEST: Final = 64
"""The most lists and mappings in one another."""

_COMPARED: Final = 300
"""So many words are held against a misspelt one; among more of them, those with the same first letter."""

_MOST: Final = 50_000
"""The most keys, values and items of a text."""

_INSTEAD: Final = {"found invalid Unicode character escape code": "write the character itself"}
"""What to do about what libyaml says, where it is not just syntax."""


def composed(text: str) -> yaml.Node | None:
    """The outermost node of a text, read by libyaml once what it holds has been counted.

    Raises:
        yaml.YAMLError: it is not YAML, or too much of it; places count characters.
        UnicodeEncodeError: it holds half a character.
    """
    try:
        _bounded(text)
        node: yaml.Node | None = yaml.compose(text, Loader=yaml.CBaseLoader)
    except yaml.reader.ReaderError as error:  # libyaml counts bytes
        error.position = len(text.encode()[: error.position].decode(errors="ignore"))
        raise
    return node


def _bounded(text: str) -> None:
    """Go through a text without building anything.

    Raises:
        yaml.YAMLError: it is not YAML, or too deep, or of too many parts.
    """
    depth = count = 0
    for event in yaml.parse(text, Loader=yaml.CBaseLoader):
        count += isinstance(event, yaml.NodeEvent)
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if depth > _DEEPEST:
            _give_up(f"lists and mappings are nested deeper than {_DEEPEST} levels", event)
        if count > _MOST:
            _give_up(f"there are more than {_MOST} keys, values and items", event)


def _give_up(why: str, event: yaml.Event) -> NoReturn:
    raise yaml.composer.ComposerError(None, None, why, event.start_mark)  # type: ignore[arg-type]  # libyaml's


def too_long(text: str, most: int) -> str:
    """What there is to say of a text of more characters than the most; empty where it has no more."""
    return f"this has {len(text)} characters, and {most} are the most" if len(text) > most else ""


class MarkedYaml:
    """One document under examination; `problems` grows as it is read.

    `first_line` is the line of the file on which the text begins, for a block inside another document.
    """

    def __init__(self, file: str, *, first_line: int = 1) -> None:
        """Begin without problems."""
        self.file = file
        self.first_line = first_line
        self.problems: list[Problem] = []

    def root(self, text: str) -> yaml.Node | None:
        """The document's outermost node; `None` when it is empty or not YAML, which is then a problem."""
        if message := too_long(text, LONGEST):
            self._add(None, message, "split it, or leave out what is not needed", 1)
            return None
        try:
            node = composed(text)
        except yaml.MarkedYAMLError as error:
            mark, said = error.problem_mark or error.context_mark, error.problem or error.context
            hint = _INSTEAD.get(str(said), "mend the syntax at this place")
            self._add(mark, f"not YAML: {said}", hint, 1)
            return None
        except (yaml.YAMLError, UnicodeEncodeError):  # neither says a place
            hint = "remove characters that can't be printed, and halves of characters"
            self._add(None, "not YAML", hint, 1)
            return None
        if node is None:
            self._add(None, "the document is empty", "", 1)
        return node

    def problem(self, node: yaml.Node, message: str, hint: str = "") -> None:
        """Note a problem at a node."""
        span = node.end_mark.column - node.start_mark.column if node.end_mark.line == node.start_mark.line else 1
        self._add(node.start_mark, message, hint, max(span, 1))

    def place(self, node: yaml.Node) -> Place:
        """Where a node begins."""
        return self._place(node.start_mark)

    def fields(
        self, node: yaml.Node, what: str, *, known: Collection[str], required: Collection[str] = ()
    ) -> dict[str, yaml.Node]:
        """The values of a mapping with a fixed set of keys; unknown, repeated and lacking keys are problems."""
        found = {}
        for name, (key, value) in self.entries(node, what).items():
            if name in known:
                found[name] = value
            else:
                self.problem(key, f"{what} has no `{name}`", did_you_mean(name, known))
        if isinstance(node, yaml.MappingNode):
            self.lacking(node, what, found, required)
        return found

    def lacking(self, node: yaml.Node, what: str, found: Collection[str], required: Iterable[str]) -> None:
        """Note each required key that is not among those found."""
        for name in required:
            if name not in found:
                self.problem(node, f"{what} lacks `{name}`", f"add `{name}:`")

    def entries(self, node: yaml.Node, what: str) -> dict[str, tuple[yaml.Node, yaml.Node]]:
        """The keys and values of a mapping by name; repeated keys and keys that are not text are problems."""
        if not isinstance(node, yaml.MappingNode):
            self.problem(node, f"{what} is not a mapping", "write `key: value` lines under it")
            return {}
        found: dict[str, tuple[yaml.Node, yaml.Node]] = {}
        for key, value in node.value:
            if not isinstance(key, yaml.ScalarNode):
                self.problem(key, f"a key of {what} is not text")
            elif key.value in found:
                first = self.place(found[key.value][0])
                self.problem(key, f"`{key.value}` is there twice", f"the first is in line {first.line}")
            else:
                found[key.value] = (key, value)
        return found

    def text(self, node: yaml.Node, what: str) -> str:
        """A text that is not empty; white space at its ends is cut off."""
        if not isinstance(node, yaml.ScalarNode):
            self.problem(node, f"{what} is not a text")
            return ""
        text = str(node.value).strip()
        if not text:
            self.problem(node, f"{what} is empty")
        return text

    def texts(self, node: yaml.Node, what: str) -> list[tuple[str, yaml.Node]]:
        """A list of texts, each with its node; a repeated one is a problem."""
        if not isinstance(node, yaml.SequenceNode):
            self.problem(node, f"{what} is not a list", "write `[one, two]`")
            return []
        seen: dict[str, yaml.Node] = {}
        for item in node.value:
            text = self.text(item, f"an item of {what}")
            if text in seen:
                self.problem(item, f"`{text}` is there twice")
            elif text:
                seen[text] = item
        return list(seen.items())

    def choice(self, text: str, node: yaml.Node, what: str, choices: type[E]) -> E | None:
        """One member of an enumeration, or `None` and a problem."""
        try:
            return choices(text)
        except ValueError:
            if text:
                self.problem(node, f"`{text}` is not {what}", did_you_mean(text, list(choices)))
            return None

    def _add(self, mark: yaml.Mark | None, message: str, hint: str, span: int) -> None:
        """Note a problem.

        Raises:
            InputError: they are as many as are listed.
        """
        self.problems.append(
            Problem(message=on_one_line(message), place=self._place(mark), hint=on_one_line(hint), span=span)
        )
        if len(self.problems) >= MOST_PROBLEMS:
            raise InputError(self.problems)

    def _place(self, mark: yaml.Mark | None) -> Place:
        line, column = (mark.line, mark.column) if mark else (0, 0)
        return Place(file=self.file, line=self.first_line + line, column=column + 1)


def on_one_line(text: str) -> str:
    """A message with what it quotes from a file: line ends, controls and marks of direction as escapes."""
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode("ascii") for c in text)


def did_you_mean(text: str, known: Iterable[str]) -> str:
    """The nearest known word, or the list of them where none is near."""
    words = sorted(known)
    likely = words if len(words) <= _COMPARED else [word for word in words if word[:1] == text[:1]][:_COMPARED]
    near = difflib.get_close_matches(text, likely, n=1)
    return f"did you mean `{near[0]}`?" if near else f"one of {', '.join(f'`{word}`' for word in words)}"
