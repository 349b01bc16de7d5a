"""`policy analyse`: what is wrong with a policy, and what a new version changes, before it applies."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.progress import Progress

from goodstanding.app.library import volume
from goodstanding.bootstrap import pack
from goodstanding.cli.acting import example
from goodstanding.cli.files import text_of
from goodstanding.cli.output import AsJson, Exit, show
from goodstanding.policy.analysis.render import shown_analysis
from goodstanding.policy.analysis.rules import analyse

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from goodstanding.app.library import Volume


def add_to(app: typer.Typer) -> None:
    """Put the verb among those of `policy`."""
    app.command(
        "analyse",
        epilog=example(
            "goodstanding policy analyse ads.md",
            "goodstanding policy analyse ads.md --against ads-2017-06.md --json",
        ),
    )(analyse_policy)


def analyse_policy(
    *,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The policy, in Markdown.")],
    against: Annotated[Path | None, typer.Option("--against", help="The version before, in Markdown.")] = None,
    vocabulary: Annotated[
        Path | None, typer.Option("--vocabulary", help="Its vocabulary; the example pack's by default.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Look for clauses that can't be met, contradict others, add nothing, or that nobody can cure.

    With `--against` also what this version newly catches or releases, with an example or a proof that there is none.
    It exits with 1 where it finds a fault.
    """
    new = _volume(file, vocabulary)
    old = None if against is None else _volume(against, vocabulary).policy
    with watching() as watch:
        analysis = analyse(new.policy, new.vocabulary, against=old, watch=watch)
    show(analysis, shown_analysis(analysis), as_json=as_json)
    if analysis.faults:
        raise typer.Exit(Exit.REFUSED)


@contextmanager
def watching() -> Iterator[Callable[[str, int, int], None]]:
    """Show on a terminal how far it has come: what is looked at, how much is done, how much there is."""
    with Progress(console=Console(stderr=True), transient=True, disable=not sys.stderr.isatty()) as progress:
        task = progress.add_task("reading")

        def watch(what: str, done: int, of: int) -> None:
            progress.update(task, description=what, completed=done, total=of)

        yield watch


def _volume(file: Path, vocabulary: Path | None) -> Volume:
    """A policy with its vocabulary."""
    words = (
        (pack("vocabulary.yaml"), "vocabulary.yaml") if vocabulary is None else (text_of(vocabulary), str(vocabulary))
    )
    return volume(text_of(file), str(file), *words)
