"""`policy check`, `policy show`, `policy publish`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from goodstanding.app.desk import publish
from goodstanding.app.library import Volume, volume
from goodstanding.bootstrap import pack
from goodstanding.cli.acting import HERE, As, DeskFolder, act, acted, person, told
from goodstanding.cli.output import AsJson, Exit, show, show_problems
from goodstanding.errors import PolicyError
from goodstanding.policy.render import diagnostics, shown

app = typer.Typer(help="Rules that people read and machines apply.", no_args_is_help=True)

PolicyFile = Annotated[Path, typer.Argument(help="The policy, in Markdown.", dir_okay=False)]
VocabularyFile = Annotated[
    Path | None, typer.Option("--vocabulary", help="Its vocabulary; the example pack's by default.", dir_okay=False)
]


def _vocabulary(file: Path | None) -> tuple[str, str]:
    """The text of a vocabulary, and what to call it."""
    return (
        (pack("vocabulary.yaml"), "vocabulary.yaml") if file is None else (file.read_text(encoding="utf-8"), str(file))
    )


def _read(file: Path, vocabulary: Path | None) -> Volume:
    """Read a policy with its vocabulary."""
    return volume(file.read_text(encoding="utf-8"), str(file), *_vocabulary(vocabulary))


@app.command()
def check(*, file: PolicyFile, vocabulary: VocabularyFile = None, as_json: AsJson = False) -> None:
    """Read a policy and list every problem at once, each at its place."""
    try:
        policy = _read(file, vocabulary).policy
    except PolicyError as error:
        if as_json:
            show_problems(error.problems, as_json=True, code=Exit.REFUSED)
        typer.echo(diagnostics(error.problems, file.read_text(encoding="utf-8")), err=True)
        raise typer.Exit(Exit.REFUSED) from None
    summary = {"id": policy.id, "version": policy.version, "clauses": len(policy.clauses), "digest": policy.digest}
    show({**summary, "problems": []}, f"{file}: {len(policy.clauses)} clauses, no problems", as_json=as_json)


@app.command("show")
def show_policy(*, file: PolicyFile, vocabulary: VocabularyFile = None, as_json: AsJson = False) -> None:
    """Show what each clause of a policy does, beside what it says."""
    policy = _read(file, vocabulary).policy
    clauses = [
        {
            "id": clause.id,
            "title": clause.title,
            "kind": clause.kind.value,
            "text": clause.text,
            "when": "" if clause.condition is None else clause.condition.source,
            "restricts": list(clause.restricts),
            "overridable": clause.overridable,
        }
        for clause in policy.clauses
    ]
    show({"id": policy.id, "version": policy.version, "clauses": clauses}, shown(policy), as_json=as_json)


@app.command("publish")
def publish_policy(
    *,
    file: PolicyFile,
    vocabulary: VocabularyFile = None,
    desk: DeskFolder = HERE,
    by: As = "",
    as_json: AsJson = False,
) -> None:
    """Publish a policy version at the desk, with the vocabulary that it was written in."""
    text, (words, words_file) = file.read_text(encoding="utf-8"), _vocabulary(vocabulary)
    volume(text, str(file), words, words_file)
    command = publish(text=text, file=file.name, vocabulary=words, vocabulary_file=words_file, by=person(by))
    recorded = act(desk, command, by=by, as_json=as_json)
    show(acted(recorded), told(recorded), as_json=as_json)
