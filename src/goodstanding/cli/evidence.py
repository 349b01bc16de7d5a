"""`evidence add`, `evidence resolve`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from goodstanding.app.case_file import read_case_file
from goodstanding.app.holdings import resolve_dispute
from goodstanding.app.importing import add_evidence, names_of
from goodstanding.app.library import published_volume
from goodstanding.bootstrap import open_desk
from goodstanding.cli.acting import HERE, As, DeskFolder, act, acted, person, told
from goodstanding.cli.output import AsJson, show
from goodstanding.kernel.ids import CaseId, FactId

app = typer.Typer(help="Sources, quotations and the facts that rest on them.", no_args_is_help=True)


@app.command()
def add(
    *,
    case: Annotated[str, typer.Argument(help="The case.")],
    file: Annotated[Path, typer.Argument(help="A case file whose `evidence:` is added.", dir_okay=False)],
    desk: DeskFolder = HERE,
    by: As = "",
    as_json: AsJson = False,
) -> None:
    """Record the evidence of a file that is known by now and not on record yet; refused whole if it does not hold."""
    with open_desk(desk) as opened:
        vocabulary = published_volume(opened.state.published[-1]).vocabulary
        known = opened.state.cases[CaseId(case)].keys if case in opened.state.cases else {}
    material = read_case_file(
        file.read_text(encoding="utf-8"), file=str(file), vocabulary=vocabulary, known=tuple(names_of(known))
    )
    command = add_evidence(CaseId(case), material.dossier, vocabulary=vocabulary, by=person(by))
    recorded = act(desk, command, by=by, as_json=as_json)
    show(acted(recorded), told(recorded), as_json=as_json)


@app.command()
def resolve(
    *,
    case: Annotated[str, typer.Argument(help="The case.")],
    fact: Annotated[str, typer.Argument(help="The fact that stands.")],
    reason: Annotated[str, typer.Option(help="Why it stands against the others.")],
    desk: DeskFolder = HERE,
    by: As = "",
    as_json: AsJson = False,
) -> None:
    """Say which of several contradicting facts stands, and why."""
    command = resolve_dispute(CaseId(case), kept=FactId(fact), reason=reason, by=person(by))
    recorded = act(desk, command, by=by, as_json=as_json)
    show(acted(recorded), told(recorded), as_json=as_json)
