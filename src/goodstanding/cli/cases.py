"""`case open|list|show|message|approach|public`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from goodstanding.app.case_file import read_case_file
from goodstanding.app.importing import add_evidence, take_in
from goodstanding.app.library import published_volume
from goodstanding.app.ports import Refusal
from goodstanding.app.speaking import record_approach, send_message, speak_publicly
from goodstanding.appeals.model import Audience, Citation, PublicStatement
from goodstanding.bootstrap import open_desk
from goodstanding.cli.acting import HERE, As, DeskFolder, act, acted, person, told
from goodstanding.cli.output import AsJson, show, show_problems, show_refusal, show_table
from goodstanding.errors import Problem
from goodstanding.kernel.ids import CaseId
from goodstanding.kernel.instants import iso, utc

if TYPE_CHECKING:
    from goodstanding.app.state import CaseFile, State

app = typer.Typer(help="Cases: whose, about what, and everything said in them.", no_args_is_help=True)

Case = Annotated[str, typer.Argument(help="The case.")]


@app.command("open")
def open_case(
    *,
    file: Annotated[Path, typer.Argument(help="The case's file: owners, accounts, ads, evidence.", dir_okay=False)],
    desk: DeskFolder = HERE,
    by: As = "",
    as_json: AsJson = False,
) -> None:
    """Register everybody that a case's file names, open the case, and record the evidence that is known by now."""
    with open_desk(desk) as opened:
        if not opened.state.published:
            show_problems([Problem(message="no policy is published", hint="`policy publish` first")], as_json=as_json)
        vocabulary = published_volume(opened.state.published[-1]).vocabulary
        material = read_case_file(file.read_text(encoding="utf-8"), file=str(file), vocabulary=vocabulary)
        first = opened.act(take_in(material, by=person(by)), by=by)
        if isinstance(first, Refusal):
            show_refusal(first, as_json=as_json)
        recorded = first
        if material.case is not None and material.dossier.evidence:
            command = add_evidence(CaseId(material.case.id), material.dossier, vocabulary=vocabulary, by=person(by))
            second = opened.act(command, by=by)
            recorded = first if isinstance(second, Refusal) else (*first, *second)
    show(acted(recorded), told(recorded), as_json=as_json)


@app.command("list")
def list_cases(*, desk: DeskFolder = HERE, as_json: AsJson = False) -> None:
    """List the cases."""
    with open_desk(desk) as opened:
        rows = [
            (case.id, case.title, iso(case.opened_at), str(len(case.decisions)), str(len(case.appeals)))
            for case in opened.state.cases.values()
        ]
    show_table(("case", "title", "opened", "decisions", "appeals"), rows, as_json=as_json)


@app.command("show")
def show_case(*, case: Case, desk: DeskFolder = HERE, as_json: AsJson = False) -> None:
    """Show a case: its decisions, what is in force, its appeals."""
    with open_desk(desk) as opened:
        state = opened.state
        found = state.cases.get(CaseId(case))
        if found is None:
            show_refusal(
                Refusal(rule="TheCaseExists", message=f"there is no case `{case}`", hint="see `case list`"),
                as_json=as_json,
            )
        document = case_document(state, found)
    show(document, _case_text(document), as_json=as_json)


def case_document(state: State, case: CaseFile) -> dict[str, object]:
    """A case as JSON: ids that other commands take, and what each thing is."""
    return {
        "case": case.id,
        "title": case.title,
        "owner": case.owner,
        "keys": case.keys,
        "decisions": [_decision(state, name) for name in case.decisions],
        "restrictions": [
            {
                "id": r.id,
                "kind": r.kind,
                "account": r.account,
                "clause": r.clause,
                "begins": iso(r.scope.period.start) if r.scope.period.start else None,
                "ended": iso(r.lifted_at) if r.lifted_at else None,
                "statement": r.statement,
                "seq": state.issued_at_seq.get(r.statement) if r.statement else None,
            }
            for r in state.restrictions.values()
            if r.case == case.id
        ],
        "appeals": [_appeal(state, name) for name in case.appeals],
        "approaches": list(case.approaches),
    }


def _decision(state: State, name: object) -> dict[str, object]:
    """A decision in short: who, when, each finding's verdict and why."""
    judged = next(one for one in state.decisions.values() if one.decision.id == name)
    decision = judged.decision
    return {
        "id": decision.id,
        "at": iso(decision.matter.at),
        "by": decision.decided_by,
        "approved_by": judged.approved_by,
        "policy": f"{decision.pins.policy} {decision.pins.policy_version}",
        "findings": [
            {"clause": f.clause, "subject": str(f.subject), "verdict": f.verdict.value, "because": list(f.because)}
            for f in decision.findings
        ],
        "effects": [{"kind": e.kind.value, "clause": e.clause.id} for e in decision.effects],
        "for_a_person": list(decision.needs_person),
    }


def _appeal(state: State, name: object) -> dict[str, object]:
    """An appeal in short."""
    appealed = next(one for one in state.appeals.values() if one.appeal.id == name)
    return {
        "id": appealed.appeal.id,
        "channel": appealed.appeal.channel.value,
        "received": iso(appealed.appeal.received_at),
        "against": list(appealed.appeal.against),
        "questions": [f"{q.number}. {q.text}" for q in appealed.appeal.questions],
        "deadlines": [f"{d.act} by {iso(d.due)}, else {d.otherwise}" for d in appealed.deadlines],
        "replies": len(appealed.replies),
        "outcome": appealed.outcome.kind.value if appealed.outcome else None,
    }


def _case_text(document: dict[str, object], depth: int = 0) -> str:
    """Any nested document as indented lines: keys, then values."""
    lines: list[str] = []
    for key, value in document.items():
        if isinstance(value, list):
            lines.append("  " * depth + f"{key}:")
            for item in value:
                inner = _case_text(item, depth + 2) if isinstance(item, dict) else "  " * (depth + 2) + str(item)
                lines.append("  " * (depth + 1) + "- " + inner.lstrip())
        elif isinstance(value, dict):
            lines.extend(("  " * depth + f"{key}:", _case_text(value, depth + 1)))
        else:
            lines.append("  " * depth + f"{key}: {'–' if value is None else value}")
    return "\n".join(lines)


@app.command()
def message(
    *,
    case: Case,
    text: Annotated[str, typer.Option(help="What is said to the party.")],
    tells: Annotated[
        list[str] | None, typer.Option(help="A ground it tells: `fact:…`, `evidence:…`, `clause:…`.")
    ] = None,
    desk: DeskFolder = HERE,
    by: As = "",
    as_json: AsJson = False,
) -> None:
    """Write to the party; a message that only repeats an earlier one is refused."""
    grounds = tuple(Citation.of(one) for one in tells or ())
    recorded = act(desk, send_message(CaseId(case), text=text, told=grounds, by=person(by)), by=by, as_json=as_json)
    show(acted(recorded), told(recorded), as_json=as_json)


@app.command()
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
    command = record_approach(CaseId(case), who=who, summary=summary, by=person(by))
    recorded = act(desk, command, by=by, as_json=as_json)
    show(acted(recorded), told(recorded), as_json=as_json)


@app.command()
def public(
    *,
    case: Case,
    text: Annotated[str, typer.Option(help="What is to be said.")],
    ground: Annotated[list[str] | None, typer.Option(help="A ground by id; the party was told each before.")] = None,
    audience: Annotated[Audience, typer.Option(help="Who hears it.")] = Audience.PRESS,
    desk: DeskFolder = HERE,
    by: As = "",
    as_json: AsJson = False,
) -> None:
    """Say something about a case to others; refused where the party was not told first."""
    with open_desk(desk) as opened:
        statement = PublicStatement(
            case=CaseId(case),
            audience=audience,
            by=person(by),
            at=utc(opened.now()),
            text=text,
            grounds=tuple(Citation.of(one) for one in ground or ()),
        )
        outcome = opened.act(speak_publicly(statement, by=person(by)), by=by)
    if isinstance(outcome, Refusal):
        show_refusal(outcome, as_json=as_json)
    show(acted(outcome), told(outcome), as_json=as_json)
