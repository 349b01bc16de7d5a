"""`case open|list|show|message|approach|public|statement`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from goodstanding.app.case_file import read_case_file
from goodstanding.app.importing import add_evidence, known_by, take_in
from goodstanding.app.speaking import record_approach, send_message, speak_publicly
from goodstanding.appeals.model import Audience, Citation, PublicStatement
from goodstanding.bootstrap import open_desk
from goodstanding.cli import remedies
from goodstanding.cli.acting import HERE, As, Case, DeskFolder, at_its_time, carry_out, citation, example, show_recorded
from goodstanding.cli.case_page import case_document, case_text
from goodstanding.cli.files import text_of
from goodstanding.cli.naming import case_named, current_vocabulary, statement_named
from goodstanding.cli.output import AsJson, moment, show, show_table
from goodstanding.cli.statements import write_beside, write_statement
from goodstanding.kernel.ids import CaseId, PersonId
from goodstanding.kernel.instants import iso

if TYPE_CHECKING:
    from datetime import datetime

    from goodstanding.app.ports import Command
    from goodstanding.app.state import State

app = typer.Typer(help="Cases: whose, about what, and everything said in them.", no_args_is_help=True)
remedies.add_to(app)

Grounds = Annotated[
    list[Citation] | None,
    typer.Option(
        metavar="CITATION", parser=citation, help="A ground on record: `fact:…`, `evidence:…`, `clause:…`; several."
    ),
]


@app.command("open", epilog=example("goodstanding examples", "goodstanding case open examples/case.yaml --as ines"))
def open_case(
    *,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The case's file: owners, accounts, ads, evidence.")],
    desk: DeskFolder = HERE,
    by: As = "",
    as_json: AsJson = False,
) -> None:
    """Register everybody that a case's file names, open the case, and record the evidence that is known by now.

    What becomes known later stays in the file until `evidence add` records it.
    """
    text = text_of(file)
    with open_desk(desk) as opened:
        vocabulary = current_vocabulary(opened.state)
        material = read_case_file(text, file=str(file), vocabulary=vocabulary)
        recorded = opened.must(take_in(material, by=PersonId(by)), by=by)
        if material.case is not None and known_by(material.dossier, opened.now()).evidence:
            evidence = add_evidence(CaseId(material.case.id), material.dossier, vocabulary=vocabulary, by=PersonId(by))
            recorded = (*recorded, *opened.must(evidence, by=by))
    show_recorded(recorded, as_json=as_json)


@app.command("list", epilog=example("goodstanding case list --json"))
def list_cases(*, desk: DeskFolder = HERE, as_json: AsJson = False) -> None:
    """List the cases."""
    with open_desk(desk) as opened:
        rows = [
            (
                case.id,
                case.title,
                (iso if as_json else moment)(case.opened_at),
                str(len(case.decisions)),
                str(len(case.appeals)),
            )
            for case in opened.state.cases.values()
        ]
    show_table(("case", "title", "opened", "decisions", "appeals"), rows, as_json=as_json)


@app.command("show", epilog=example("goodstanding case show kettle"))
def show_case(*, case: Case, desk: DeskFolder = HERE, as_json: AsJson = False) -> None:
    """Show a case: its facts, its decisions, what is in force, its appeals; with the ids that other commands take."""
    with open_desk(desk) as opened:
        found = case_named(opened.state, case)
        show(case_document(opened.state, found), case_text(opened.state, found), as_json=as_json)


@app.command(
    epilog=example(
        "goodstanding case message kettle --as ines \\",
        "  --text 'We have your letter of Monday and look at the ad again.'",
    )
)
def message(
    *,
    case: Case,
    text: Annotated[str, typer.Option(help="What is said to the party.")],
    tells: Grounds = None,
    desk: DeskFolder = HERE,
    by: As = "",
    as_json: AsJson = False,
) -> None:
    """Write to the party, and say which grounds the message tells; one that only repeats an earlier one is refused."""
    command = send_message(CaseId(case), text=text, told=tuple(tells or ()), by=PersonId(by))
    carry_out(desk, command, by=by, as_json=as_json)


@app.command(
    epilog=example(
        "goodstanding case approach kettle --who sales --as ines \\",
        "  --summary 'asked whether the ad could run until the end of the month'",
    )
)
def approach(
    *,
    case: Case,
    who: Annotated[str, typer.Option(help="Sales, an executive, the press office, a government.")],
    summary: Annotated[str, typer.Option(help="What was asked or said.")],
    desk: DeskFolder = HERE,
    by: As = "",
    as_json: AsJson = False,
) -> None:
    """Record that somebody approached the desk about a case."""
    command = record_approach(CaseId(case), who=who, summary=summary, by=PersonId(by))
    carry_out(desk, command, by=by, as_json=as_json)


@app.command(
    epilog=example(
        "goodstanding case public kettle --as olu --audience press \\",
        "  --text 'The ad named a price that the shop did not keep.' \\",
        "  --ground clause:misrepresentation",
    )
)
def public(
    *,
    case: Case,
    text: Annotated[str, typer.Option(help="What is to be said.")],
    ground: Grounds = None,
    audience: Annotated[Audience, typer.Option(help=f"Who hears it: {', '.join(Audience)}.")] = Audience.PRESS,
    desk: DeskFolder = HERE,
    by: As = "",
    as_json: AsJson = False,
) -> None:
    """Say something about a case to others; refused where the party was not told the same, and each ground, first."""

    def spoken(_state: State, now: datetime) -> Command[State]:
        statement = PublicStatement(
            case=CaseId(case), audience=audience, by=PersonId(by), at=now, text=text, grounds=tuple(ground or ())
        )
        return speak_publicly(statement, by=PersonId(by))

    carry_out(desk, at_its_time(spoken), by=by, as_json=as_json)


@app.command(epilog=example("goodstanding case statement kettle --out letter"))
def statement(
    *,
    which: Annotated[
        str, typer.Argument(metavar="STATEMENT", help="The statement, or the case if it has one.", show_default=False)
    ],
    out: Annotated[Path, typer.Option(help="The folder to write to.")],
    desk: DeskFolder = HERE,
    as_json: AsJson = False,
) -> None:
    """Write a statement out of the desk: JSON, page and text, its receipt, and the public key.

    Whoever has these files can check them with `goodstanding verify`, without the desk and without a network.
    """
    with open_desk(desk) as opened:
        name = statement_named(opened.state, which)
        out.mkdir(parents=True, exist_ok=True)
        written = (*write_statement(opened, name, out, stem=name), *write_beside(opened, out))
    first, receipt, *_, key, _ = written
    lines = [*(str(path) for path in written), f"check it: goodstanding verify {first} {receipt} --key {key}"]
    show({"statement": name, "written": [str(path) for path in written]}, "\n".join(lines), as_json=as_json)
