"""`policy check|show`; each other verb of `policy` has a file of its own."""

from __future__ import annotations

import sys
from datetime import timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from goodstanding.cli import policy_diff, policy_explain, policy_format, policy_start, policy_tests
from goodstanding.cli.acting import example
from goodstanding.cli.files import text_of
from goodstanding.cli.output import AsJson, Exit, show, show_problems
from goodstanding.cli.policy_files import PolicyFile, VocabularyFile, opened
from goodstanding.errors import PolicyError, Problem
from goodstanding.policy.examples.blocks import read_examples
from goodstanding.policy.readings import Refused, refused
from goodstanding.policy.render import diagnostics, shown

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from goodstanding.clause.tree import Condition
    from goodstanding.errors import ConditionProblem
    from goodstanding.policy.model import Clause

app = typer.Typer(help="Rules that people read and machines apply.", no_args_is_help=True)


class Beside(StrEnum):
    """The readings beside the verdict that may refuse a clause."""

    BULK = "bulk"
    LOGIC = "logic"


@app.command(
    epilog=example(
        "goodstanding policy check ads.md",
        "goodstanding policy check ads.md --for bulk --for logic",
        "goodstanding policy check ads.md --json",
    )
)
def check(
    *,
    file: PolicyFile,
    needed: Annotated[
        list[Beside] | None,
        typer.Option("--for", help="A reading that has to take every clause: `bulk` or `logic`; several."),
    ] = None,
    vocabulary: VocabularyFile = None,
    as_json: AsJson = False,
) -> None:
    """Read a policy and list every problem at once, each at its place with what to do about it.

    It also notes which clauses can't be read for many accounts at once (`bulk`) or reasoned about (`logic`); with
    `--for` such a note is a problem. It reads the examples and does not run them: that is for `policy test`.
    """
    try:
        book = opened(file, vocabulary)
        examples = read_examples(book.policy, file=str(file), vocabulary=book.vocabulary)
    except PolicyError as error:
        _stop(error.problems, text_of(file), as_json=as_json)
    policy = book.policy
    notes = refused(policy, file=str(file), readings=_readings())
    fatal = [_sentence(note) for note in notes if note.reading in {one.value for one in needed or ()}]
    if fatal:
        _stop(fatal, policy.text, as_json=as_json)
    summary = {"id": policy.id, "version": policy.version, "clauses": len(policy.clauses), "digest": policy.digest}
    document = {**summary, "examples": len(examples), "problems": [], "notes": [_note(note) for note in notes]}
    lines = [f"{note.problem.place}: note: {_sentence(note).message} ({note.problem.hint})" for note in notes]
    lines.append(f"{file}: {len(policy.clauses)} clauses, {len(examples)} examples, no problems")
    show(document, "\n".join(lines), as_json=as_json)


def _stop(problems: Sequence[Problem], text: str, *, as_json: bool) -> None:
    """Show the problems and leave.

    Raises:
        typer.Exit: always.
    """
    if as_json:
        show_problems(problems, as_json=True)
    else:
        sys.stderr.write(diagnostics(problems, text))
    raise typer.Exit(Exit.REFUSED) from None


def _readings() -> dict[str, Callable[[Condition], Sequence[ConditionProblem]]]:
    """What each reading refuses; loaded when asked for, since engines and provers take their time."""
    from goodstanding.clause.bulk import reading as bulk  # noqa: PLC0415  see above
    from goodstanding.clause.logic import reading as logic  # noqa: PLC0415  see above

    return {Beside.BULK.value: bulk.refusals, Beside.LOGIC.value: logic.refusals}


def _sentence(note: Refused) -> Problem:
    """A refusal with the reading's name."""
    one = note.problem
    message = f"`{note.clause}` can't be read by {note.reading}: {one.message}"
    return Problem(message=message, place=one.place, hint=one.hint, span=one.span)


def _note(note: Refused) -> dict[str, object]:
    """A refusal for `--json`."""
    place = note.problem.place
    where = {"line": place.line, "column": place.column} if place else {}
    what = {"message": note.problem.message, "hint": note.problem.hint}
    return {"clause": note.clause, "reading": note.reading, **what, **where}


@app.command("show", epilog=example("goodstanding policy show ads.md"))
def show_policy(*, file: PolicyFile, vocabulary: VocabularyFile = None, as_json: AsJson = False) -> None:
    """Show what each clause of a policy does, beside what it says."""
    policy = opened(file, vocabulary).policy
    clauses = [
        {
            "id": clause.id,
            "title": clause.title,
            "kind": clause.kind.value,
            "text": clause.text,
            "when": "" if clause.condition is None else clause.condition.source,
            "restricts": list(clause.restricts),
            "overridable": clause.overridable,
            "strike": _strike(clause),
        }
        for clause in policy.clauses
    ]
    show({"id": policy.id, "version": policy.version, "clauses": clauses}, shown(policy), as_json=as_json)


def _strike(clause: Clause) -> dict[str, object] | None:
    """How a strike of a clause counts; nothing where it counts none."""
    if clause.strike is None:
        return None
    hours = clause.strike // timedelta(hours=1)
    return {"hours": hours, "weight": clause.strike_weight, "category": clause.strike_category or None}


policy_start.add_to(app)
policy_tests.add_to(app)
policy_explain.add_to(app)
policy_diff.add_to(app)
policy_format.add_to(app)
