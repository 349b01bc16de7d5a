"""`evidence add|resolve`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from goodstanding.app.case_file import read_case_file
from goodstanding.app.holdings import resolve_dispute
from goodstanding.app.importing import add_evidence, names_of
from goodstanding.bootstrap import open_desk
from goodstanding.cli.acting import HERE, As, Case, DeskFolder, example, show_recorded
from goodstanding.cli.files import text_of
from goodstanding.cli.naming import case_named, current_vocabulary
from goodstanding.cli.output import AsJson
from goodstanding.kernel.ids import FactId, PersonId

app = typer.Typer(help="Sources, quotations and the facts that rest on them.", no_args_is_help=True)


@app.command(epilog=example("goodstanding evidence add kettle new-evidence.yaml --as ines"))
def add(
    *,
    case: Case,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A case file whose `evidence:` is added.")],
    desk: DeskFolder = HERE,
    by: As = "",
    as_json: AsJson = False,
) -> None:
    """Record the evidence of a file that is known by now and not on record yet; refused whole if it does not hold.

    The facts may speak of whatever the case's own file named, under the same keys.
    """
    text = text_of(file)
    with open_desk(desk) as opened:
        vocabulary = current_vocabulary(opened.state)
        known = case_named(opened.state, case)
        material = read_case_file(text, file=str(file), vocabulary=vocabulary, known=tuple(names_of(known.keys)))
        command = add_evidence(known.id, material.dossier, vocabulary=vocabulary, by=PersonId(by))
        recorded = opened.must(command, by=by)
    show_recorded(recorded, as_json=as_json)


@app.command(
    epilog=example(
        "goodstanding evidence resolve kettle fact-id \\",
        "  --reason 'the laboratory measured it; the other is hearsay' --as dan",
    )
)
def resolve(
    *,
    case: Case,
    fact: Annotated[
        str, typer.Argument(metavar="FACT", help="The fact that stands, as `case show` names it.", show_default=False)
    ],
    reason: Annotated[str, typer.Option(help="Why it stands against the others.")],
    desk: DeskFolder = HERE,
    by: As = "",
    as_json: AsJson = False,
) -> None:
    """Say which of several contradicting facts stands, and why; until then the fact is undecided."""
    with open_desk(desk) as opened:
        name = case_named(opened.state, case).id
        recorded = opened.must(resolve_dispute(name, kept=FactId(fact), reason=reason, by=PersonId(by)), by=by)
    show_recorded(recorded, as_json=as_json)
