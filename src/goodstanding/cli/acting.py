"""The options that every acting command shares, and how it acts: which desk, and as whom."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from goodstanding.app.ports import Refusal
from goodstanding.bootstrap import open_desk
from goodstanding.cli.output import show_refusal
from goodstanding.kernel.ids import PersonId
from goodstanding.kernel.instants import instant

if TYPE_CHECKING:
    from goodstanding.app.ports import Command
    from goodstanding.app.state import State
    from goodstanding.ledger.model import Recorded

DeskFolder = Annotated[
    Path, typer.Option("--desk", envvar="GOODSTANDING_DESK", help="The desk's folder.", file_okay=False)
]
As = Annotated[
    str,
    typer.Option(
        "--as", envvar="GOODSTANDING_AS", help="Who acts. Asserted until sign-in exists, and the entry says so."
    ),
]
HERE = Path("desk")


def at_of(text: str) -> datetime:
    """An instant from an option.

    Raises:
        typer.BadParameter: it is neither a date nor a time with its offset.
    """
    try:
        return instant(text)
    except ValueError as error:
        raise typer.BadParameter(str(error)) from None


def act(folder: Path, command: Command[State], *, by: str, as_json: bool) -> tuple[Recorded, ...]:
    """Open the desk, carry out one command, and close it again; a refusal ends the process."""
    with open_desk(folder) as desk:
        outcome = desk.act(command, by=by)
    if isinstance(outcome, Refusal):
        show_refusal(outcome, as_json=as_json)
    return outcome


def person(text: str) -> PersonId:
    """A person's id."""
    return PersonId(text)


def acted(recorded: tuple[Recorded, ...]) -> dict[str, object]:
    """What was recorded, for `--json`: each entry's place, kind and what is in the clear."""
    return {"entries": [{"seq": one.seq, "kind": one.entry.kind.value, "clear": one.entry.clear} for one in recorded]}


def told(recorded: tuple[Recorded, ...]) -> str:
    """The same for people, one entry a line."""
    lines = []
    for one in recorded:
        ids = ", ".join(str(v) for v in one.entry.clear.values() if isinstance(v, str))
        lines.append(f"{one.seq:>6}  {one.entry.kind.value}  {ids}".rstrip())
    return "\n".join(lines)
