"""`reasons check`: what somebody else's notice says, and what it lacks. It informs; it never gates."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from goodstanding.cli.output import AsJson, show
from goodstanding.reasons.notices.check import check_notice
from goodstanding.reasons.notices.render import render_check

app = typer.Typer(help="Statements of reasons, and other people's notices.", no_args_is_help=True)


@app.callback()
def reasons() -> None:
    """Statements of reasons, and other people's notices."""


@app.command()
def check(
    *,
    file: Annotated[Path, typer.Argument(help="The text of the notice.", dir_okay=False, allow_dash=True)],
    earlier: Annotated[
        list[Path] | None, typer.Option(help="An earlier notice in the same matter; several times.", dir_okay=False)
    ] = None,
    as_json: AsJson = False,
) -> None:
    """List what a notice says, quoted, what is missing, and what is wrong with it."""
    before = [path.read_text(encoding="utf-8") for path in earlier or ()]
    text = typer.get_text_stream("stdin").read() if str(file) == "-" else file.read_text(encoding="utf-8")
    found = check_notice(text, earlier=before)
    show(found, render_check(found), as_json=as_json)
