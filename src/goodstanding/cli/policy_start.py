"""`policy new`: a policy to start from."""

from __future__ import annotations

import sys
from datetime import timedelta
from pathlib import Path
from typing import Annotated

import typer

from goodstanding.bootstrap import SystemClock
from goodstanding.clause.vocabulary_document import read_vocabulary
from goodstanding.cli.acting import example, time
from goodstanding.cli.output import AsJson, show
from goodstanding.cli.policy_files import VocabularyFile, refuse, vocabulary_text
from goodstanding.kernel.ids import is_slug
from goodstanding.policy.starting import starting_policy

_AHEAD = timedelta(days=30)
"""A policy is announced before it applies (the notice period of the guide)."""


def add_to(app: typer.Typer) -> None:
    """Add this verb to `policy`."""
    lines = (
        "goodstanding policy new rules.md",
        "goodstanding policy new rules.md --id rules --title 'Rules for ads' --in-force-from 2027-01-01",
    )
    app.command("new", epilog=example(*lines))(new)


def new(
    *,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The file to write; one that is there is kept.")],
    policy_id: Annotated[str, typer.Option("--id", help="The policy's id; the file's name where none is given.")] = "",
    title: Annotated[str, typer.Option(help="Its title.")] = "",
    in_force_from: Annotated[
        str, typer.Option(metavar="DATE", help="From when it applies; in 30 days where nothing is said.")
    ] = "",
    vocabulary: VocabularyFile = None,
    as_json: AsJson = False,
) -> None:
    """Write a policy to start from: a front matter, a clause with its examples, and what each line is for.

    It passes `policy check` and `policy test` as it is. Nothing is asked except on a terminal; nothing is overwritten.
    """
    if file.exists():
        refuse(f"`{file}` is there already", "choose another name, or remove it first")
    text, name = vocabulary_text(vocabulary)
    words = read_vocabulary(text, file=name)
    suggested = (
        "-".join("".join(c if c.isascii() and c.isalnum() else " " for c in file.stem.lower()).split()) or "rules"
    )
    chosen = policy_id or _asked("Id of the policy", suggested)
    if not is_slug(chosen):
        refuse(f"`{chosen}` can't be an id", "write lower case words joined by hyphens, such as `ads`")
    start = time(in_force_from) if in_force_from else SystemClock().now() + _AHEAD
    called = " ".join(title.split()) or _asked("Its title", "Advertising rules")
    try:
        with file.open("x", encoding="utf-8") as opened:
            opened.write(starting_policy(words, policy=chosen, title=called, start=start.date()))
    except FileNotFoundError:
        refuse(f"there is no folder `{file.parent}`", "make it first, or choose another")
    show(
        {"written": str(file), "id": chosen},
        f"{file}: written; now `goodstanding policy check {file}`",
        as_json=as_json,
    )


def _asked(question: str, otherwise: str) -> str:
    """An answer from the terminal; the usual one where nobody is there to ask."""
    return str(typer.prompt(question, default=otherwise, err=True)) if sys.stdin.isatty() else otherwise
