"""What commands print: text for people, or JSON where `--json` is given; and the exit codes."""

from __future__ import annotations

import json
import sys
from datetime import UTC, datetime
from enum import IntEnum
from typing import TYPE_CHECKING, Annotated

import msgspec
import typer
from rich.console import Console
from rich.table import Table

if TYPE_CHECKING:
    from collections.abc import Iterable

    from goodstanding.app.ports import Refusal
    from goodstanding.errors import Problem
    from goodstanding.kernel.canonical import Json


class Exit(IntEnum):
    """The exit codes, as `goodstanding --help` and the reference list them."""

    DONE = 0
    REFUSED = 1
    BAD_INPUT = 2
    NOT_PROVEN = 3
    NO_DESK = 4
    INTERRUPTED = 130


AsJson = Annotated[bool, typer.Option("--json", help="Print JSON instead of text.")]

WIDEST = 200
"""How wide a table may get where there is no terminal, such as in a file."""


def show(document: object, text: str, *, as_json: bool) -> None:
    """Print one result: as JSON to standard output, or as the text given."""
    if as_json:
        print_json(msgspec.to_builtins(document))
    else:
        sys.stdout.write(text if text.endswith("\n") else f"{text}\n")


def print_json(document: Json) -> None:
    """JSON with two spaces, not escaped, ending in a line feed."""
    sys.stdout.write(json.dumps(document, indent=2, ensure_ascii=False) + "\n")


def moment(at: datetime) -> str:
    """An instant for people, to the minute; JSON has it whole."""
    return f"{at.astimezone(UTC):%Y-%m-%d %H:%M} UTC"


def show_table(columns: tuple[str, ...], rows: Iterable[tuple[str, ...]], *, as_json: bool) -> None:
    """Print rows as a table, or as a JSON list of objects."""
    if as_json:
        print_json([dict(zip(columns, row, strict=True)) for row in rows])
        return
    table = Table(*columns, box=None, pad_edge=False)
    for row in rows:
        table.add_row(*row)
    wide = None if sys.stdout.isatty() else WIDEST
    Console(file=sys.stdout, highlight=False, markup=False, width=wide).print(table)


def show_refusal(refusal: Refusal, *, as_json: bool) -> None:
    """Print why a command was not carried out, and what to do instead."""
    if as_json:
        print_json({"refused": msgspec.to_builtins(refusal)})
        return
    promise = f" [{refusal.promise}]" if refusal.promise else ""
    hint = f"  what to do: {refusal.hint}\n" if refusal.hint else ""
    sys.stderr.write(f"refused{promise}: {refusal.message}\n{hint}")


def show_problems(problems: Iterable[Problem], *, as_json: bool) -> None:
    """Print everything that is wrong with an input, each problem at its place."""
    if as_json:
        print_json({"problems": [_problem(one) for one in problems]})
        return
    for one in problems:
        where = f"{one.place}: " if one.place else ""
        hint = f"  what to do: {one.hint}\n" if one.hint else ""
        sys.stderr.write(f"goodstanding: {where}{one.message}\n{hint}")


def _problem(problem: Problem) -> Json:
    """A problem as JSON; `file`, `line` and `column` are null where it has no place."""
    place = problem.place
    return {
        "message": problem.message,
        "hint": problem.hint,
        "file": place.file if place else None,
        "line": place.line if place else None,
        "column": place.column if place else None,
    }
