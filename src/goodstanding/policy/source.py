r"""The text of one file, and where in it something stands.

Offsets count characters from 0 in the text with its line ends made `\n`; places count from 1, as editors do.
"""

from __future__ import annotations

import bisect
import functools
import re
from typing import TYPE_CHECKING

import msgspec

from goodstanding.clause.marked_yaml import MOST_PROBLEMS, on_one_line
from goodstanding.errors import Place, PolicyError, Problem

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_LINE_END = re.compile(r"\r\n?")


def with_plain_line_ends(text: str) -> str:
    r"""The text with every line ended by `\n`, as Markdown reads it."""
    return _LINE_END.sub("\n", text)


class Problems(list[Problem]):
    """The problems of a document, as they are found."""

    def append(self, problem: Problem) -> None:
        """One more.

        Raises:
            PolicyError: they are as many as are listed.
        """
        super().append(problem)
        if len(self) >= MOST_PROBLEMS:
            raise PolicyError(self)

    def extend(self, problems: Iterable[Problem]) -> None:
        """Several more, one after the other."""
        for problem in problems:
            self.append(problem)


class Span(msgspec.Struct, frozen=True):
    """From an offset to an offset (exclusive) in a source."""

    start: int
    end: int


class Source:
    """A file's text, able to say where an offset is."""

    def __init__(self, *, file: str, text: str) -> None:
        """Take the text, its line ends already plain, and note where its lines begin."""
        self.file = file
        self.text = text
        self.lines: Sequence[str] = text.split("\n")
        self._starts = line_starts(text)

    def offset(self, line: int) -> int:
        """Where a line (counted from 0) begins; past the last line, the end of the text."""
        return self._starts[line] if line < len(self._starts) else len(self.text)

    def line_span(self, line: int) -> Span:
        """The whole of a line (counted from 0), without its line end."""
        start = self.offset(line)
        return Span(start, start + len(self.lines[line]) if line < len(self.lines) else start)

    def place(self, offset: int) -> Place:
        """Line and column of an offset."""
        line = bisect.bisect_right(self._starts, offset) - 1
        return Place(file=self.file, line=line + 1, column=offset - self._starts[line] + 1)

    def problem(self, span: Span, message: str, hint: str = "") -> Problem:
        """A problem at a span; the underline ends with its first line."""
        end = self.text.find("\n", span.start)
        last = min(span.end, len(self.text) if end < 0 else end)
        return Problem(
            message=on_one_line(message),
            place=self.place(span.start),
            hint=on_one_line(hint),
            span=max(1, last - span.start),
        )


@functools.lru_cache(maxsize=8)
def line_starts(text: str) -> tuple[int, ...]:
    """The offset at which each line begins; asked again for each character of a block, so remembered."""
    return (0, *(found.end() for found in re.finditer("\n", text)))
