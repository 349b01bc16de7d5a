"""`policy check|show|publish`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from goodstanding.app.desk import publish
from goodstanding.app.library import volume
from goodstanding.bootstrap import pack
from goodstanding.cli.acting import HERE, As, DeskFolder, carry_out, example
from goodstanding.cli.files import text_of
from goodstanding.cli.output import AsJson, Exit, show, show_problems
from goodstanding.errors import PolicyError
from goodstanding.kernel.ids import PersonId
from goodstanding.policy.render import diagnostics, shown

if TYPE_CHECKING:
    from goodstanding.policy.model import Policy

app = typer.Typer(help="Rules that people read and machines apply.", no_args_is_help=True)

PolicyFile = Annotated[Path, typer.Argument(metavar="FILE", help="The policy, in Markdown.")]
VocabularyFile = Annotated[
    Path | None, typer.Option("--vocabulary", help="Its vocabulary; the example pack's by default.")
]


def _vocabulary(file: Path | None) -> tuple[str, str]:
    """The text of a vocabulary, and what to call it."""
    return (pack("vocabulary.yaml"), "vocabulary.yaml") if file is None else (text_of(file), str(file))


def _read(file: Path, vocabulary: Path | None) -> Policy:
    """Read a policy with its vocabulary."""
    return volume(text_of(file), str(file), *_vocabulary(vocabulary)).policy


@app.command(epilog=example("goodstanding policy check ads.md", "goodstanding policy check ads.md --json"))
def check(*, file: PolicyFile, vocabulary: VocabularyFile = None, as_json: AsJson = False) -> None:
    """Read a policy and list every problem at once, each at its place with what to do about it."""
    try:
        policy = _read(file, vocabulary)
    except PolicyError as error:
        if as_json:
            show_problems(error.problems, as_json=True)
        else:
            typer.echo(diagnostics(error.problems, text_of(file)), err=True)
        raise typer.Exit(Exit.REFUSED) from None
    summary = {"id": policy.id, "version": policy.version, "clauses": len(policy.clauses), "digest": policy.digest}
    show({**summary, "problems": []}, f"{file}: {len(policy.clauses)} clauses, no problems", as_json=as_json)


@app.command("show", epilog=example("goodstanding policy show ads.md"))
def show_policy(*, file: PolicyFile, vocabulary: VocabularyFile = None, as_json: AsJson = False) -> None:
    """Show what each clause of a policy does, beside what it says."""
    policy = _read(file, vocabulary)
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


@app.command("publish", epilog=example("goodstanding policy publish ads.md --as ines"))
def publish_policy(
    *,
    file: PolicyFile,
    vocabulary: VocabularyFile = None,
    desk: DeskFolder = HERE,
    by: As = "",
    as_json: AsJson = False,
) -> None:
    """Publish a policy version at the desk, with the vocabulary that it was written in."""
    text, (words, words_file) = text_of(file), _vocabulary(vocabulary)
    volume(text, str(file), words, words_file)  # every problem is told before the desk is opened
    command = publish(text=text, file=file.name, vocabulary=words, vocabulary_file=words_file, by=PersonId(by))
    carry_out(desk, command, by=by, as_json=as_json)
