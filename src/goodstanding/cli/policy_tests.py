"""`policy test`: the examples that stand in a policy, run."""

from __future__ import annotations

from typing import TYPE_CHECKING

import typer

from goodstanding.cli.acting import example
from goodstanding.cli.output import AsJson, Exit, show
from goodstanding.cli.policy_files import PolicyFile, VocabularyFile, opened
from goodstanding.policy.examples.blocks import read_examples
from goodstanding.policy.examples.rules import Outcome, run, short
from goodstanding.policy.rules import clause

if TYPE_CHECKING:
    from collections.abc import Sequence

    from goodstanding.app.library import Volume
    from goodstanding.kernel.canonical import Json


def add_to(app: typer.Typer) -> None:
    """Add this verb to `policy`."""
    lines = ("goodstanding policy test ads.md", "goodstanding policy test ads.md --json")
    app.command("test", epilog=example(*lines))(run_examples)


def run_examples(*, file: PolicyFile, vocabulary: VocabularyFile = None, as_json: AsJson = False) -> None:
    """Run the examples that stand in a policy: given these facts, is its clause met, not met or undecided?

    An example is a block of kind `example` under its clause, with `given` facts, what to `expect`, and where you like
    `because`, `missing` and `restricts`. A fact that is not given is not known. It exits with 1 if one fails.
    """
    book = opened(file, vocabulary)
    examples = read_examples(book.policy, file=str(file), vocabulary=book.vocabulary)
    outcomes = [
        run(one, found, book.vocabulary) for one in examples if (found := clause(book.policy, one.clause)) is not None
    ]
    tried = {outcome.example.clause for outcome in outcomes}
    untried = [one.id for one in book.policy.clauses if one.condition is not None and one.id not in tried]
    document = {
        "policy": book.policy.id,
        "version": book.policy.version,
        "examples": [_document(outcome) for outcome in outcomes],
        "failed": sum(bool(outcome.failures) for outcome in outcomes),
        "clauses_without_examples": untried,
    }
    show(document, _text(outcomes, untried, book), as_json=as_json)
    if document["failed"]:
        raise typer.Exit(Exit.REFUSED)


def _document(outcome: Outcome) -> dict[str, Json]:
    """One example for `--json`."""
    one = outcome.example
    return {
        "clause": one.clause,
        "name": one.name,
        "file": one.place.file,
        "line": one.place.line,
        "expected": one.expect.value,
        "got": outcome.verdict.value,
        "because": [[short(cell) for cell in cells] for cells in outcome.because],
        "missing": [short(cell) for cell in outcome.missing],
        "errors": list(outcome.errors),
        "failures": list(outcome.failures),
    }


def _text(outcomes: Sequence[Outcome], untried: Sequence[str], book: Volume) -> str:
    """What failed, each at its place, then the counts."""
    lines = [
        f"{outcome.example.place}: {outcome.example.clause}: {outcome.example.name or 'example'}\n  "
        + "\n  ".join(outcome.failures)
        for outcome in outcomes
        if outcome.failures
    ]
    failed = len(lines)
    if untried:
        lines.append(f"no example: {', '.join(untried)}")
    count = f"{len(outcomes)} example{'' if len(outcomes) == 1 else 's'}"
    lines.append(f"{book.policy.id} {book.policy.version}: {count}, {f'{failed} failed' if failed else 'all hold'}")
    return "\n".join(lines)
