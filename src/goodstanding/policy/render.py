"""Policies and their problems as plain text: what a terminal shows.

A problem shows its message, the line of the file with the place underlined, and what to do about it. The policy shows
for each clause what a machine understood of it, beside what people read.
"""

from __future__ import annotations

import unicodedata
from datetime import timedelta
from typing import TYPE_CHECKING

from goodstanding.kernel.extents import Extent
from goodstanding.kernel.instants import iso
from goodstanding.policy.source import with_plain_line_ends

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from goodstanding.errors import Problem
    from goodstanding.policy.model import Clause, Dimension, Policy

_BAR = "|"


def diagnostics(problems: Iterable[Problem], text: str) -> str:
    """All problems of a file, each with its line; `text` is the file's."""
    lines = with_plain_line_ends(text).split("\n")
    blocks = ["\n".join(_diagnostic(problem, lines)) for problem in problems]
    count = "1 problem" if len(blocks) == 1 else f"{len(blocks)} problems"
    return "\n\n".join([*blocks, count]) + "\n"


def _diagnostic(problem: Problem, lines: list[str]) -> Iterator[str]:
    """One problem, line by line."""
    yield f"{problem.place}: {problem.message}" if problem.place else problem.message
    if problem.place and problem.place.line <= len(lines):
        line = lines[problem.place.line - 1]
        number = str(problem.place.line)
        before, marked = line[: problem.place.column - 1], line[problem.place.column - 1 :][: problem.span]
        yield f" {number} {_BAR} {_printable(line)}"
        yield f" {' ' * len(number)} {_BAR} {_blank(before)}{'^' * max(1, _width(marked))}"
    if problem.hint:
        yield f"   hint: {problem.hint}"


def _printable(line: str) -> str:
    """A line with what would move the cursor shown as a question mark."""
    return "".join(c if c == "\t" or unicodedata.category(c)[0] != "C" else "�" for c in line)


def _blank(text: str) -> str:
    """White space as wide as a text; tabs stay tabs, so that the underline lands where the terminal puts the line."""
    return "".join("\t" if character == "\t" else " " * _width(character) for character in text)


def _width(text: str) -> int:
    """How many columns a text takes: two for wide characters, none for combining ones."""
    return sum(
        0 if unicodedata.combining(character) else 2 if unicodedata.east_asian_width(character) in "WF" else 1
        for character in text
    )


def shown(policy: Policy) -> str:
    """A policy as text: what it is, then each clause."""
    until = f" until {iso(policy.in_force_until)}" if policy.in_force_until else ""
    head = [
        f"{policy.title} ({policy.id}, version {policy.version})",
        f"in force from {iso(policy.in_force_from)}{until}",
        f"language {policy.language}, vocabulary {policy.vocabulary}, {policy.digest}",
    ]
    return "\n".join([*head, *(line for clause in policy.clauses for line in ("", *shown_clause(clause)))]) + "\n"


def shown_clause(clause: Clause) -> tuple[str, ...]:
    """A clause as lines: id, title and kind, public text, and what its block says."""
    labelled = [(label, value) for label, value in _rows(clause) if value]
    wide = max((len(label) for label, _ in labelled), default=0)
    return (
        f"{clause.id}: {clause.title} [{clause.kind}]",
        *(f"  {line}".rstrip() for line in clause.text.split("\n")),
        *(f"    {label:<{wide}}  {value}" for label, value in labelled),
    )


def _rows(clause: Clause) -> Iterator[tuple[str, str]]:
    """What the block says, as label and value; an empty value is left out."""
    each, procedure = clause.each, clause.procedure
    yield "each", f"{each.name} in {each.root}.{each.fact}" if each else ""
    yield "when", _words(clause.when.source) if clause.when else ""
    yield "requires", _words(clause.requires.source) if clause.requires else ""
    yield "needs", "; ".join(f"{name}: {', '.join(grades)}" for name, grades in clause.needs.items())
    yield "lifts", ", ".join(clause.lifts)
    yield "approver", clause.approver
    yield "officer", procedure.officer if procedure else ""
    yield "considerations", "; ".join(procedure.considerations) if procedure else ""
    yield "restricts", ", ".join(clause.restricts)
    yield "reach", clause.reach or ""
    if clause.condition is not None:
        yield from (("territory", _side(clause.territory)), ("topics", _side(clause.topics)))
        yield "audience", _side(clause.audience)
        yield "overridable", "" if clause.overridable else "no"
        yield "basis", f"{clause.basis}: {clause.law}" if clause.law else clause.basis
    yield "hold", _length(clause.hold) + (" (can only hold)" if clause.hold_only else "")
    yield "notice", _length(clause.notice)
    yield "ends", _words(clause.ends.source) if clause.ends else ""
    yield "review after", _length(clause.review_after)
    yield "strike lives", _length(clause.strike)
    yield "strike weight", str(clause.strike_weight) if clause.strike else ""
    yield "strike category", clause.strike_category
    yield "guidance", clause.guidance.text if clause.guidance else ""


def _words(source: str) -> str:
    """An expression on one line."""
    return " ".join(source.split())


def _side(side: Dimension) -> str:
    """One side of the scope."""
    if not isinstance(side, Extent):
        return side.source
    return ", ".join(side.names) if side.names is not None else "all"


def _length(length: timedelta | None) -> str:
    """A length of time in days, or in hours where it is no whole number of days."""
    if not length:
        return ""
    hours = length // timedelta(hours=1)
    count, unit = (hours, "hour") if hours % 24 else (hours // 24, "day")
    return f"{count} {unit}" if count == 1 else f"{count} {unit}s"
