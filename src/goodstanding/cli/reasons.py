"""`reasons check`: what somebody else's notice says, and what it lacks. It informs; it never gates."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from goodstanding.cli.acting import example
from goodstanding.cli.files import text_of
from goodstanding.cli.output import AsJson, show
from goodstanding.reasons.notices.check import check_notice
from goodstanding.reasons.notices.render import render_check

app = typer.Typer(help="Statements of reasons, and other people's notices.", no_args_is_help=True)


@app.callback()
def reasons() -> None:
    """Statements of reasons, and other people's notices."""


@app.command(
    epilog=example(
        "goodstanding reasons check letter.txt",
        "goodstanding reasons check second.txt --earlier first.txt --json",
        "goodstanding reasons check - < letter.txt",
    )
)
def check(
    *,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The text of the notice; `-` reads standard input.")],
    earlier: Annotated[list[Path] | None, typer.Option(help="An earlier notice in the same matter; several.")] = None,
    as_json: AsJson = False,
) -> None:
    """List what a notice says, quoted, what is missing, and what is wrong with it.

    It exits with 0 whatever it finds: a text is read for its words, which shows what is absent and not what is true.
    """
    before = [text_of(path) for path in earlier or ()]
    found = check_notice(text_of(file), earlier=before)
    show(found, render_check(found), as_json=as_json)
