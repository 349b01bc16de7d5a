"""The options that every acting command shares, and how it acts: on which desk, and as whom."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from goodstanding.appeals.model import Citation
from goodstanding.bootstrap import open_desk
from goodstanding.cli.output import show
from goodstanding.kernel.instants import instant

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from goodstanding.app.ports import Command, Ids, Refusal
    from goodstanding.app.state import State
    from goodstanding.kernel.canonical import Json
    from goodstanding.ledger.model import Draft, Recorded


def _somebody(text: str) -> str:
    """Somebody is named.

    Raises:
        typer.BadParameter: nobody is.
    """
    if not text.strip():
        msg = "nobody is named as acting: write `--as PERSON`, or set `GOODSTANDING_AS`"
        raise typer.BadParameter(msg)
    return text


def time(text: str) -> datetime:
    """An instant from an option.

    Raises:
        typer.BadParameter: it is neither a date nor a time with its offset.
    """
    try:
        return instant(text)
    except ValueError as error:
        raise typer.BadParameter(str(error)) from None


def citation(text: str) -> Citation:
    """A citation from an option.

    Raises:
        typer.BadParameter: it cites nothing.
    """
    try:
        return Citation.of(text)
    except ValueError as error:
        raise typer.BadParameter(str(error)) from None


HERE = Path("desk")
DeskFolder = Annotated[Path, typer.Option("--desk", envvar="GOODSTANDING_DESK", help="The desk's folder.")]
As = Annotated[
    str,
    typer.Option(
        "--as",
        envvar="GOODSTANDING_AS",
        metavar="PERSON",
        callback=_somebody,
        help="Who acts. Asserted until sign-in exists, and the entry says so.",
    ),
]
Case = Annotated[str, typer.Argument(metavar="CASE", help="The case.", show_default=False)]


def example(*lines: str) -> str:
    """The epilog of a command: how it is called, one example a line."""
    block = "\n".join(lines)
    return f"For example:\n\n```text\n{block}\n```"


def carry_out(folder: Path, command: Command[State], *, by: str, as_json: bool) -> None:
    """Open the desk, carry out one command, close it again, and print what was recorded.

    Raises:
        RefusedError: it was refused.
    """
    with open_desk(folder) as desk:
        recorded = desk.must(command, by=by)
    show_recorded(recorded, as_json=as_json)


def at_its_time(build: Callable[[State, datetime], Command[State]]) -> Command[State]:
    """A command that has to know the state and the instant at which it is carried out."""

    def run(state: State, now: datetime, ids: Ids) -> Sequence[Draft] | Refusal:
        return build(state, now)(state, now, ids)

    return run


def show_recorded(recorded: tuple[Recorded, ...], *, as_json: bool) -> None:
    """Print what was recorded, one entry a line."""
    show(acted(recorded), told(recorded), as_json=as_json)


def acted(recorded: tuple[Recorded, ...]) -> dict[str, object]:
    """What was recorded, for `--json`: each entry's place, kind and what is in the clear."""
    return {"entries": [{"seq": one.seq, "kind": one.entry.kind.value, "clear": one.entry.clear} for one in recorded]}


def told(recorded: tuple[Recorded, ...]) -> str:
    """The same for people: place and kind, and the ids that other commands take."""
    return "\n".join(f"{one.seq:>6}  {one.entry.kind.value}  {_ids(one.entry.clear)}".rstrip() for one in recorded)


def _ids(clear: Mapping[str, Json]) -> str:
    """What is in the clear, in short: texts as they are, records by their id."""
    said = {key: value.get("id") if isinstance(value, dict) else value for key, value in clear.items()}
    return "  ".join(f"{key} {value}" for key, value in said.items() if isinstance(value, str))
