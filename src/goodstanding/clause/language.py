"""What of the language each reading supports: the table operator × reading, asked of the readings themselves.

What a reading can't do it refuses when a policy is checked, at its place and with the way out, never when a case is
read. Nothing here decides what a reading supports: `refusals` asks each, and `table` asks with an example of every part
of the language. `page` writes the reference page.
"""

from __future__ import annotations

import re
from enum import StrEnum
from typing import TYPE_CHECKING, Final

import msgspec

from goodstanding.clause.language_rows import SECTIONS, VARIABLES, WORDS, Row
from goodstanding.clause.parse import Conditions
from goodstanding.clause.prose import reading as prose
from goodstanding.clause.untyped import without_meaning
from goodstanding.clause.vocabulary_document import read_vocabulary
from goodstanding.errors import ConditionError, ConditionProblem

if TYPE_CHECKING:
    from collections.abc import Iterable

    from goodstanding.clause.tree import Condition


class ReadBy(StrEnum):
    """The readings of a condition, and the reading of an expression over plain facts (`clause eval`)."""

    VERDICT = "verdict"
    PROSE = "prose"
    BULK = "bulk"
    LOGIC = "logic"
    PLAIN_FACTS = "plain facts"


class Line(msgspec.Struct, frozen=True):
    """A row with its answers: the first problem of each reading that refuses it."""

    row: Row
    refused: dict[ReadBy, ConditionProblem]


def refusals(condition: Condition) -> dict[ReadBy, tuple[ConditionProblem, ...]]:
    """What each reading refuses of a condition; the verdict refuses nothing that was parsed."""
    from goodstanding.clause.bulk import reading as bulk  # noqa: PLC0415  they load sqlglot and Z3
    from goodstanding.clause.logic import reading as logic  # noqa: PLC0415  they load sqlglot and Z3

    asked = {ReadBy.PROSE: prose.refusals, ReadBy.BULK: bulk.refusals, ReadBy.LOGIC: logic.refusals}
    found = {reading: ask(condition) for reading, ask in asked.items()}
    return {reading: problems for reading, problems in found.items() if problems}


def table() -> tuple[tuple[str, tuple[Line, ...]], ...]:
    """Every section of the table with its lines."""
    conditions = Conditions(read_vocabulary(WORDS, file="the example vocabulary of the language"))
    return tuple((title, tuple(_line(row, conditions) for row in rows)) for title, rows in SECTIONS)


def _line(row: Row, conditions: Conditions) -> Line:
    """One row, answered by every reading."""
    found: dict[ReadBy, ConditionProblem] = {}
    try:
        condition = conditions.read(row.example, variables=VARIABLES)
    except ConditionError as error:
        found = dict.fromkeys((ReadBy.VERDICT, ReadBy.PROSE, ReadBy.BULK, ReadBy.LOGIC), error.problems[0])
    else:
        found = {reading: problems[0] for reading, problems in refusals(condition).items()}
    if problems := without_meaning(row.example):
        found[ReadBy.PLAIN_FACTS] = problems[0]
    return Line(row, found)


_NAMED: Final = re.compile(r"^(?:a value of the type )?`[^`]+`(?: of `[^`]+` and `[^`]+`| with these operands)?")
_HEAD: Final = """# The language of conditions

Conditions are written in [CEL](https://cel.dev), the Common Expression Language. Each is read in four ways, and this is
what each reading supports; `goodstanding clause eval` reads expressions over plain facts, where every part of standard
CEL works that needs no protocol buffer message. The table is generated: every answer is what the reading itself gives
for an example.

What a reading can't do is refused when the policy is checked, at its place and with the way out. A number in brackets
leads to the reason below.

- A fact without accepted evidence is unknown, at any depth, and so is `has` on it. Unknown never restricts.
- Plain maps follow CEL: a missing key is an error, and `has` on it is false.
- An error is part of the answer. `&&` and `||` absorb it as CEL does; otherwise the condition is undecided.
- Whole numbers have 64 bits, and what leaves them is an error. NaN equals nothing. Texts compare by code point.
- A reading of one case takes at most 100,000 steps, and an expression has at most 20,000 characters.
"""


def page() -> str:
    """The reference page, in Markdown."""
    notes: dict[str, int] = {}
    lines = [_HEAD]
    for title, rows in table():
        lines += [f"## {title}\n", _cells(["", "example", *ReadBy]), _cells(["---"] * (len(ReadBy) + 2))]
        lines += [_written(line, notes) for line in rows]
        lines.append("")
    lines.append("## Why not, and the way out\n")
    lines += [f"{number}. {note}" for note, number in notes.items()]
    return "\n".join(lines) + "\n"


def _written(line: Line, notes: dict[str, int]) -> str:
    """One line of the table; what it refuses is noted below the tables."""
    example = line.row.example.replace("|", "\\|")
    cells = [line.row.part.replace("|", "\\|"), f"`{example}`"]
    for reading in ReadBy:
        problem = line.refused.get(reading)
        cells.append("yes" if problem is None else f"no ({_note(problem, notes)})")
    return _cells(cells)


def _note(problem: ConditionProblem, notes: dict[str, int]) -> int:
    """The number of a reason; what it is about stands in its line, so that one reason has one number."""
    message = _NAMED.sub("this", problem.message, count=1)
    said = f"{message}: {problem.hint}" if problem.hint else message
    return notes.setdefault(said[:1].upper() + said[1:], len(notes) + 1)


def _cells(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"
