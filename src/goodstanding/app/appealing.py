"""Appeals: filed, answered, decided (promises P4, P5, P7, P9).

Every rule is in `appeals`; here the record is asked what the rules have to know, and an objection becomes a refusal.
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

import msgspec

from goodstanding.app.guards import Role, first, lacks_role, no_such_case
from goodstanding.app.library import published_volume
from goodstanding.app.lifting import undone
from goodstanding.app.ports import Command, Refusal
from goodstanding.app.state import State
from goodstanding.app.told import told_by
from goodstanding.appeals.clocks import Clocks, deadlines
from goodstanding.appeals.model import (
    Appeal,
    Channel,
    Citation,
    Cited,
    Objection,
    Outcome,
    OutcomeKind,
    Question,
    Reply,
    Reviewer,
)
from goodstanding.appeals.outcome import check_outcome
from goodstanding.appeals.rules import check_appeal, check_reply, check_reviewer
from goodstanding.evidence.model import Dossier
from goodstanding.kernel.digests import digest_of_text
from goodstanding.kernel.ids import AppealId, RestrictionId
from goodstanding.ledger.model import Draft, Kind

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from goodstanding.app.ports import Ids
    from goodstanding.app.state import Appealed
    from goodstanding.kernel.ids import CaseId, OwnerId, PersonId
    from goodstanding.kernel.scope import Scope


class Received(msgspec.Struct, frozen=True, kw_only=True):
    """What came in: how, when, in which words, and the questions that it asks."""

    channel: Channel
    received_at: datetime
    text: str
    summary: str
    questions: tuple[str, ...]
    against: tuple[RestrictionId, ...] = ()


def refused(objections: Iterable[Objection]) -> Refusal | None:
    """The first objection as a refusal, with what all of them ask for."""
    found = tuple(objections)
    if not found:
        return None
    worst = found[0]
    return Refusal(
        rule=worst.rule,
        promise=worst.promise,
        message="; ".join(objection.message for objection in found),
        hint="; ".join(dict.fromkeys(objection.hint for objection in found)),
    )


def file_appeal(case: CaseId, received: Received, *, clocks: Clocks, by: PersonId) -> Command[State]:
    """Record an appeal; its clocks run from receipt, whoever recorded it and whenever."""

    def run(state: State, now: datetime, ids: Ids) -> list[Draft] | Refusal:
        staff = received.channel is not Channel.PARTY
        refusal = first(
            no_such_case(state, case), lacks_role(state, by, Role.INVESTIGATOR) if staff else None
        ) or _unknown_restriction(state, case, received)
        if refusal is not None:
            return refusal
        appeal = Appeal(
            id=AppealId(ids.new("app")),
            case=case,
            against=received.against,
            channel=received.channel,
            received_at=received.received_at,
            recorded_at=now,
            recorded_by=by,
            document=digest_of_text(received.text),
            summary=received.summary,
            questions=tuple(Question(number=n, text=text) for n, text in enumerate(received.questions, start=1)),
        )
        return refused(check_appeal(appeal)) or [_filed(state, appeal, received, clocks)]

    return run


def _unknown_restriction(state: State, case: CaseId, received: Received) -> Refusal | None:
    """An appeal is against restrictions of its own case."""
    for name in received.against:
        if name not in state.restrictions or state.restrictions[name].case != case:
            return Refusal(
                rule="AnAppealIsAgainstItsOwnCase",
                message=f"`{name}` is no restriction of the case `{case}`",
                hint="see `case show` for the ids",
            )
    return None


def _filed(state: State, appeal: Appeal, received: Received, clocks: Clocks) -> Draft:
    """The entry of an appeal, with its deadlines as they are recorded (P11)."""
    due = deadlines(appeal, clocks)
    return Draft(
        kind=Kind.APPEAL_FILED,
        case=appeal.case,
        subject=state.cases[appeal.case].owner,
        clear={"appeal": appeal.id, "against": list(appeal.against), "deadlines": msgspec.to_builtins(due)},
        document={
            "appeal": msgspec.to_builtins(appeal),
            "deadlines": msgspec.to_builtins(due),
            "text": received.text,
        },
    )


def answer_appeal(reply: Reply, *, by: PersonId) -> Command[State]:
    """Send a reply that answers every question; one that leaves a question out, or only repeats, is refused (P5)."""

    def run(state: State, now: datetime, ids: Ids) -> list[Draft] | Refusal:
        del ids
        appealed = state.appeals.get(reply.appeal)
        if appealed is None:
            return lacks_role(state, by, Role.APPEAL_REVIEWER) or _no_such_appeal(reply.appeal)
        sent, case = msgspec.structs.replace(reply, by=by, at=now), state.cases[appealed.appeal.case]
        refusal = _may_not_judge(state, appealed, by) or refused(
            check_reply(
                appealed.appeal,
                sent,
                earlier=case.said,
                told=_told_before(state, appealed),
                known=citable(state, case.owner),
            )
        )
        if refusal is not None:
            return refusal
        return [
            Draft(
                kind=Kind.APPEAL_ANSWERED,
                case=case.id,
                subject=case.owner,
                clear={"appeal": reply.appeal},
                document={"reply": msgspec.to_builtins(sent)},
            )
        ]

    return run


def decide_appeal(outcome: Outcome, *, by: PersonId) -> Command[State]:
    """End an appeal: upheld, varied or reversed; a reversal undoes all that rested on the decision (P9)."""

    def run(state: State, now: datetime, ids: Ids) -> list[Draft] | Refusal:
        del ids
        appealed = state.appeals.get(outcome.appeal)
        if appealed is None:
            return lacks_role(state, by, Role.APPEAL_REVIEWER) or _no_such_appeal(outcome.appeal)
        ended, appeal = msgspec.structs.replace(outcome, by=by, at=now), appealed.appeal
        scopes = {
            name: state.restrictions[name].scope
            for name in appeal.against
            if state.restrictions[name].lifted_at is None
        }
        refusal = (
            _may_not_judge(state, appealed, by)
            or _unanswered(appealed)
            or refused(check_outcome(appeal, ended, told=_told_before(state, appealed), scopes=scopes))
        )
        return refusal or list(_decided(state, appealed, ended, by))

    return run


def _decided(state: State, appealed: Appealed, outcome: Outcome, by: PersonId) -> Iterator[Draft]:
    """The entry of an outcome, and what it changes of what is in force."""
    case = state.cases[appealed.appeal.case]
    taken_back = _reversed(state, appealed) if outcome.kind is OutcomeKind.REVERSED else set()
    yield Draft(
        kind=Kind.APPEAL_DECIDED,
        case=case.id,
        subject=case.owner,
        clear={"appeal": outcome.appeal, "outcome": outcome.kind.value, "reversed": [*sorted(taken_back)]},
        document={"outcome": msgspec.to_builtins(outcome)},
    )
    yield from undone(state, taken_back, reason=outcome.text, by=by)
    for variation in outcome.variations:
        yield from _varied(state, variation.restriction, variation.becomes)


def _reversed(state: State, appealed: Appealed) -> set[str]:
    """What a reversal takes as never made: the appealed restrictions, and the effects that imposed them, everywhere."""
    names: set[str] = set(appealed.appeal.against)
    return names | {state.restrictions[name].effect for name in appealed.appeal.against} - {""}


def _varied(state: State, name: RestrictionId, becomes: Scope) -> Iterator[Draft]:
    """A restriction with a narrower box, under its own id."""
    narrower = msgspec.structs.replace(state.restrictions[name], scope=becomes)
    yield Draft(
        kind=Kind.RESTRICTION_VARIED,
        case=narrower.case,
        subject=narrower.owner,
        clear={"account": narrower.account, "restricted": msgspec.to_builtins(narrower)},
        document={},
    )


def _no_such_appeal(name: AppealId) -> Refusal:
    """The refusal of a command on an appeal that was never filed."""
    return Refusal(rule="TheAppealExists", message=f"there is no appeal `{name}`", hint="see `case show`")


def _may_not_judge(state: State, appealed: Appealed, by: PersonId) -> Refusal | None:
    """Whoever answers or decides an appeal is an independent reviewer, and the appeal is open."""
    refusal = lacks_role(state, by, Role.APPEAL_REVIEWER)
    if refusal is None and appealed.outcome is not None:
        refusal = Refusal(
            rule="AnAppealIsDecidedOnce",
            message=f"`{appealed.appeal.id}` was {appealed.outcome.kind} already",
            hint="file a new one",
        )
    return refusal or _not_independent(state, appealed, by)


def _unanswered(appealed: Appealed) -> Refusal | None:
    """An outcome comes after the questions were answered (P5)."""
    if appealed.replies:
        return None
    return Refusal(
        rule="EveryQuestionIsAnswered",
        message=f"`{appealed.appeal.id}` has unanswered questions",
        hint="answer them before, or together with, the outcome",
        promise="P5",
    )


def _not_independent(state: State, appealed: Appealed, by: PersonId) -> Refusal | None:
    """Who decided or approved what is appealed, or an earlier appeal in the case, does not judge the appeal (P4)."""
    case, person = state.cases[appealed.appeal.case], state.people[by]
    decisions = {state.restrictions[name].decision for name in appealed.appeal.against}
    judged = [one for name, one in state.decisions.items() if name in decisions]
    outcomes = [state.appeals[name].outcome for name in case.appeals]
    objection = check_reviewer(
        Reviewer(id=by, outside=person.outside, name=person.name),
        decided_by={*(one.decision.decided_by for one in judged), *(one.by for one in outcomes if one is not None)},
        approved_by={one.approved_by for one in judged if one.approved_by is not None},
    )
    return refused([objection]) if objection is not None else None


def _told_before(state: State, appealed: Appealed) -> set[Citation]:
    """The grounds in the statements of the appealed restrictions, or of the whole case where it is against none."""
    against = appealed.appeal.against
    if not against:
        return set(state.cases[appealed.appeal.case].told)
    statements = [state.restrictions[name].statement for name in against]
    return {one for name in statements if name is not None for one in told_by(state.statements[name])}


def citable(state: State, owner: OwnerId) -> set[Citation]:
    """What may be cited to an owner: every fact and piece of evidence on its file, and every published clause."""
    dossier = state.dossiers.get(owner, Dossier())
    return {
        *(Citation(Cited.FACT, fact.id) for fact in dossier.facts),
        *(Citation(Cited.EVIDENCE, piece.id) for piece in dossier.evidence),
        *(
            Citation(Cited.CLAUSE, clause.id)
            for published in state.published
            for clause in published_volume(published).policy.clauses
        ),
    }
