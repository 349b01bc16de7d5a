"""`clause eval`: one expression over plain facts, or a whole file of them, a line each."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from goodstanding.bootstrap import zones
from goodstanding.clause.untyped import Evaluation, evaluate
from goodstanding.cli.acting import example
from goodstanding.cli.facts_files import NotFactsError, facts_of, json_of
from goodstanding.cli.files import STANDARD_INPUT, lines_of, text_of
from goodstanding.cli.output import AsJson, show
from goodstanding.cli.policy_files import refuse

if TYPE_CHECKING:
    from goodstanding.kernel.canonical import Json

app = typer.Typer(help="Expressions, tried on facts before they stand in a policy.", no_args_is_help=True)

_LINE = frozenset({"expr", "facts"})


@app.callback()
def clause() -> None:
    """Expressions, tried on facts before they stand in a policy."""


@app.command(
    "eval",
    epilog=example(
        "goodstanding clause eval 'account.days_overdue > 30' --facts facts.json --json",
        "goodstanding clause eval condition.cel --facts facts.yaml",
        "goodstanding clause eval --batch cases.jsonl",
    ),
)
def evaluate_clause(
    *,
    expression: Annotated[
        str, typer.Argument(metavar="EXPR", help="The expression, a file with it, or `-` for standard input.")
    ] = "",
    facts: Annotated[
        Path | None, typer.Option(help="The facts by name, in JSON or YAML; what is not there is not known.")
    ] = None,
    batch: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE.jsonl", help='Lines `{"expr": …, "facts": {…}}`; one JSON object a line comes back.'
        ),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Say what an expression gives on facts: its value, the facts that decide it, those missing, and any error.

    A fact that is not there is not known, and unknown never decides. An error of the expression is part of the answer,
    so the exit code is 0 whatever comes out; a bad line of a batch has its error in its own object, and the others go
    on.
    """
    if batch is not None:
        if expression or facts is not None:
            refuse("a batch brings its own expressions and facts", "give `--batch`, or EXPR with `--facts`")
        _batch(batch)
        return
    if not expression:
        refuse(
            "there is no expression", "write one, such as `goodstanding clause eval '1 + 1 == 2'`, or `--batch FILE`"
        )
    given = facts_of(text_of(facts), str(facts)) if facts is not None else {}
    evaluation = evaluate(_source(expression), given, zones=zones)
    if as_json:
        show(evaluation.as_json(), "", as_json=True)
    else:
        sys.stdout.write(_shown(evaluation))


def _source(expression: str) -> str:
    """The expression itself, or what the file of that name holds."""
    if expression == STANDARD_INPUT:
        return text_of(Path(expression)).strip()
    try:
        is_file = Path(expression).is_file()
    except (OSError, ValueError):  # too long for a name, or none at all
        is_file = False
    return text_of(Path(expression)).strip() if is_file else expression


def _batch(file: Path) -> None:
    """Answer each line as it comes."""
    for line in lines_of(file):
        answer = _answered(line).as_json()
        text = json.dumps(answer, ensure_ascii=False)
        if not text.isascii() and any("\ud800" <= character <= "\udfff" for character in text):
            text = json.dumps(answer)  # half a character can only be written as an escape
        sys.stdout.write(f"{text}\n")


def _answered(line: bytes) -> Evaluation:
    """What one line of a batch gives."""
    try:
        asked = json_of(line.decode())
        expression, facts = _asked(asked)
    except UnicodeDecodeError:
        return Evaluation(error="the line is not text in UTF-8")
    except NotFactsError as error:
        return Evaluation(error=str(error))
    return evaluate(expression, facts, zones=zones)


def _asked(asked: Json) -> tuple[str, Mapping[str, Json]]:
    """The expression and the facts of a line.

    Raises:
        NotFactsError: the line has another form.
    """
    if not isinstance(asked, Mapping) or not asked.keys() <= _LINE or not isinstance(asked.get("expr"), str):
        msg = 'the line is not of the form `{"expr": "…", "facts": {…}}`'
        raise NotFactsError(msg)
    facts = asked.get("facts", {})
    if not isinstance(facts, Mapping):
        msg = "`facts` is not an object"
        raise NotFactsError(msg)
    return str(asked["expr"]), facts


def _shown(evaluation: Evaluation) -> str:
    """An evaluation as text."""
    answer = evaluation.as_json()
    value = "not known" if evaluation.value is None else json.dumps(answer["value"], ensure_ascii=False)
    lines = [f"error: {evaluation.error}" if evaluation.error else value]
    lines += [f"  because of {name}" for name in evaluation.because]
    lines += [f"  missing {name}" for name in evaluation.missing]
    return "\n".join(lines) + "\n"
