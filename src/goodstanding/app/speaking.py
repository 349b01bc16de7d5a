"""What is said about a case: to the party, to the public, and by those who approach the desk about it (P5, P6)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from goodstanding.app.appealing import citable, refused
from goodstanding.app.guards import Role, first, lacks_role, no_such_case, unknown_person
from goodstanding.app.ports import Command, Refusal
from goodstanding.app.state import State
from goodstanding.app.told import names_in
from goodstanding.appeals.model import Citation, Message, PublicStatement
from goodstanding.appeals.public import check_public_statement
from goodstanding.appeals.rules import repeated_message
from goodstanding.evidence.model import Dossier
from goodstanding.ledger.model import Draft, Kind

if TYPE_CHECKING:
    from datetime import datetime

    from goodstanding.app.ports import Ids
    from goodstanding.kernel.ids import CaseId, PersonId


def send_message(case: CaseId, *, text: str, told: tuple[Citation, ...] = (), by: PersonId) -> Command[State]:
    """Write to the party; `told` are the grounds that the message tells. What was said before is not said again."""

    def run(state: State, now: datetime, ids: Ids) -> list[Draft] | Refusal:
        refusal = first(lacks_role(state, by, Role.INVESTIGATOR), no_such_case(state, case))
        refusal = refusal or _not_on_record(state, case, told) or _repeats(state, case, text)
        if refusal is not None:
            return refusal
        message = Message(id=ids.new("msg"), at=now, text=text)
        return [
            Draft(
                kind=Kind.MESSAGE_SENT,
                case=case,
                subject=state.cases[case].owner,
                clear={},
                document={"message": msgspec.to_builtins(message), "told": msgspec.to_builtins(told), "by": by},
            )
        ]

    return run


def _not_on_record(state: State, case: CaseId, told: tuple[Citation, ...]) -> Refusal | None:
    """A message tells only grounds that can be looked up (P6 rests on it)."""
    known = citable(state, state.cases[case].owner)
    stranger = next((citation for citation in told if citation not in known), None)
    if stranger is None:
        return None
    return Refusal(
        rule="WhatIsToldIsOnTheRecord",
        message=f"`{stranger}` is on no record of the case `{case}`",
        hint="record it first, or tell what is on the record",
        promise="P6",
    )


def _repeats(state: State, case: CaseId, text: str) -> Refusal | None:
    """What was said before is not said again as if it were news (P5)."""
    if repeated_message(text, state.cases[case].said) is None:
        return None
    return Refusal(
        rule="ReplyDoesNotRepeat",
        message="the party was told this before, in nearly the same words",
        hint="say what was examined again and by whom, or what is new",
        promise="P5",
    )


def speak_publicly(statement: PublicStatement, *, by: PersonId) -> Command[State]:
    """Say something about a case to somebody who is not the party; only what the party was told before (P6)."""

    def run(state: State, now: datetime, ids: Ids) -> list[Draft] | Refusal:
        del ids
        refusal = first(lacks_role(state, by, Role.OFFICER), no_such_case(state, statement.case))
        if refusal is not None:
            return refusal
        said = msgspec.structs.replace(statement, by=by, at=now)
        case = state.cases[statement.case]
        names = names_in(state.dossiers.get(case.owner, Dossier()))
        untold = {citation: words for citation, words in names.items() if citation not in case.told}
        refusal = refused(check_public_statement(said, told=case.told, messages=case.said, untold=untold))
        if refusal is not None:
            return refusal
        return [
            Draft(
                kind=Kind.PUBLIC_STATEMENT_MADE,
                case=case.id,
                subject=case.owner,
                clear={"audience": said.audience.value},
                document={"statement": msgspec.to_builtins(said)},
            )
        ]

    return run


def record_approach(case: CaseId, *, who: str, summary: str, by: PersonId) -> Command[State]:
    """Record that sales, an executive, the press office or a government approached the desk about a case."""

    def run(state: State, now: datetime, ids: Ids) -> list[Draft] | Refusal:
        del now, ids
        refusal = first(unknown_person(state, by), no_such_case(state, case))
        if refusal is not None:
            return refusal
        return [
            Draft(
                kind=Kind.APPROACH_RECORDED,
                case=case,
                subject=state.cases[case].owner,
                clear={"who": who},
                document={"summary": summary, "by": by},
            )
        ]

    return run
