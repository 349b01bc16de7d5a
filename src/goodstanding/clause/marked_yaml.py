"""YAML in which every scalar is text and every problem has its place.

`NO` is Norway here, and `1.10` is a version: no scalar is ever anything but text. All problems of a document are
collected, so that its author mends them in one go. It leaves to its callers what the keys mean.
"""

from __future__ import annotations

import difflib
from typing import TYPE_CHECKING, TypeVar

import yaml

from goodstanding.errors import Place, Problem

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable
    from enum import StrEnum

E = TypeVar("E", bound="StrEnum")


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
        try:
            node = yaml.compose(text, Loader=yaml.BaseLoader)
        except yaml.MarkedYAMLError as error:
            mark = error.problem_mark or error.context_mark
            self._add(mark, f"not YAML: {error.problem or error.context}", "mend the syntax at this place", 1)
            return None
        except (yaml.YAMLError, RecursionError):
            self._add(None, "not YAML", "remove characters that can't be printed, and flatten deep nesting", 1)
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
        self.problems.append(Problem(message=message, place=self._place(mark), hint=hint, span=span))

    def _place(self, mark: yaml.Mark | None) -> Place:
        line, column = (mark.line, mark.column) if mark else (0, 0)
        return Place(file=self.file, line=self.first_line + line, column=column + 1)


def did_you_mean(text: str, known: Iterable[str]) -> str:
    """The nearest known word, or the list of them where none is near."""
    words = sorted(known)
    near = difflib.get_close_matches(text, words, n=1)
    return f"did you mean `{near[0]}`?" if near else f"one of {', '.join(f'`{word}`' for word in words)}"
