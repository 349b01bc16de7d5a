"""`case remedy`: what would end what a decision restricts, as staff see it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from goodstanding.bootstrap import open_desk
from goodstanding.cli.acting import HERE, Case, DeskFolder, example
from goodstanding.cli.naming import case_named, refuse
from goodstanding.cli.output import AsJson, moment, show
from goodstanding.decisions.remedy import Audience

if TYPE_CHECKING:
    from collections.abc import Iterator

    import typer

    from goodstanding.decisions.model import Decision
    from goodstanding.decisions.remedy import Alternative, Remedies


def add_to(app: typer.Typer) -> None:
    """Add the verb to the cases'."""
    app.command("remedy", epilog=example("goodstanding case remedy kettle", "goodstanding case remedy kettle --json"))(
        remedy
    )


def remedy(*, case: Case, desk: DeskFolder = HERE, as_json: AsJson = False) -> None:
    """Show the smallest changes that would end what the newest decision of a case restricts, and in whose hands.

    This is for staff: of clauses on deception, circumvention and fraud the party is told only what to stop doing.
    """
    with open_desk(desk) as opened:
        found = case_named(opened.state, case)
        if not found.decisions:
            refuse("TheCaseIsDecided", f"there is no decision in the case `{found.id}`", "decide the case first")
        decision = opened.state.decisions[found.decisions[-1]].decision
    whole = staff_view(decision)
    document = {"decision": decision.id, "remedies": None if whole is None else msgspec.to_builtins(whole)}
    lines = remedy_lines(decision) if whole is not None else ["nothing restricted"]
    show(document, "\n".join([f"{decision.id}:", *(f"  {line}" for line in lines)]), as_json=as_json)


def staff_view(decision: Decision) -> Remedies | None:
    """The remedies of the whole decision; none where it restricts nothing, or was made before there were any."""
    return next((one for one in decision.remedies if one.audience is Audience.STAFF), None)


def remedy_lines(decision: Decision) -> Iterator[str]:
    """The alternatives, each with its changes."""
    whole = staff_view(decision)
    if whole is None:
        return
    yield f"what would end it: {whole.answer}{f' ({whole.reason})' if whole.reason else ''}"
    for number, one in enumerate(whole.alternatives, start=1):
        yield f"  {number}. {_headline(one)}"
        yield from (f"     {change.changed_by}: {change.text} ({change.state})" for change in one.changes)


def _headline(one: Alternative) -> str:
    """What an alternative weighs, and from when on it is enough."""
    return f"weight {one.weight}" + (f", from {moment(one.until)} on" if one.until is not None else "")
