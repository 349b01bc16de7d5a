"""How the state is folded from entries: one small function a kind (promise P8).

What is folded from `clear` outlives an erasure. A document that is gone leaves what it would have said out.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, TypeVar

import msgspec

from goodstanding.app.ports import Row
from goodstanding.app.standing import standing_document
from goodstanding.app.state import (
    Appealed,
    CaseFile,
    Drafted,
    Exempted,
    Judged,
    Linked,
    Opened,
    Person,
    Published,
    Restricted,
    State,
    Strike,
    Withdrawn,
)
from goodstanding.app.told import reply_text, statement_text, told_by
from goodstanding.appeals.clocks import Deadline
from goodstanding.appeals.model import Appeal, Citation, Message, Outcome, Reply
from goodstanding.decisions.model import Ad, Decision
from goodstanding.evidence.model import Dossier, Resolution
from goodstanding.kernel.ids import (
    AccountId,
    CaseId,
    ClauseId,
    DecisionId,
    FactId,
    OwnerId,
    PersonId,
    RestrictionId,
    StatementId,
)
from goodstanding.ledger.model import Kind
from goodstanding.owners.model import Account, Control, Link, Owner
from goodstanding.reasons.issue import Platform

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from goodstanding.kernel.canonical import Json
    from goodstanding.ledger.model import Recorded

T = TypeVar("T")
Document = dict[str, "Json"]


class DeskFold:
    """The fold that every storage runs."""

    def empty(self) -> State:
        """The state before the first entry."""
        return State()

    def apply(self, state: State, recorded: Recorded) -> None:
        """Take one more entry into the state."""
        on_clear = _FROM_CLEAR.get(recorded.entry.kind)
        if on_clear is not None:
            on_clear(state, recorded)
        on_document = _FROM_DOCUMENT.get(recorded.entry.kind)
        if on_document is not None and recorded.document is not None:
            on_document(state, recorded, recorded.document)

    def rows(self, state: State, recorded: Sequence[Recorded]) -> Iterator[Row]:
        """The projection rows that these entries changed: the standing of every account they name, and their cases."""
        for account in sorted({name for one in recorded for name in _accounts_in(one)}):
            yield Row(table="standing", key=account, value=standing_document(state, AccountId(account)))
        for case in sorted({one.entry.case for one in recorded} & set(state.cases)):
            yield Row(table="cases", key=case, value=_case_row(state.cases[CaseId(case)]))


def _accounts_in(recorded: Recorded) -> set[str]:
    """The accounts whose standing an entry can change."""
    named, several = (recorded.entry.clear.get(key) for key in ("account", "accounts"))
    listed = several if isinstance(several, list) else [named]
    return {name for name in listed if isinstance(name, str)}


def _case_row(case: CaseFile) -> Document:
    """What the list of cases shows without opening any document."""
    return {"decisions": list(case.decisions), "appeals": list(case.appeals)}


def read(document: Json, shape: type[T]) -> T:
    """A record out of a document."""
    return msgspec.convert(document, shape)


def _desk_opened(state: State, _: Recorded, document: Document) -> None:
    state.platform = read(document["platform"], Platform)


def _notice_set(state: State, recorded: Recorded) -> None:
    days = recorded.entry.clear.get("policy_notice_days")
    if days is not None:
        state.notice = timedelta(days=read(days, int))


def _person_enrolled(state: State, _: Recorded, document: Document) -> None:
    person = read(document["person"], Person)
    state.people[person.id] = person


def _policy_published(state: State, _: Recorded, document: Document) -> None:
    published = read(document, Published)
    state.published.append(published)
    if published.draft:
        state.drafts[published.draft] = msgspec.structs.replace(state.drafts[published.draft], published=True)


def _policy_drafted(state: State, _: Recorded, document: Document) -> None:
    drafted = read(document["drafted"], Drafted)
    state.drafts[drafted.id] = drafted


def _policy_approved(state: State, recorded: Recorded, document: Document) -> None:
    name = read(recorded.entry.clear["draft"], str)
    state.drafts[name] = msgspec.structs.replace(state.drafts[name], approved_by=PersonId(read(document["by"], str)))


def _clause_withdrawn(state: State, recorded: Recorded) -> None:
    clear = recorded.entry.clear
    withdrawn = Withdrawn(
        policy=read(clear["policy"], str),
        clause=ClauseId(read(clear["clause"], str)),
        at=recorded.entry.at,
        editions=len(state.published),
    )
    state.withdrawn.append(withdrawn)


def _owner_registered(state: State, _: Recorded, document: Document) -> None:
    owner = read(document["owner"], Owner)
    state.holdings = msgspec.structs.replace(state.holdings, owners=(*state.holdings.owners, owner))


def _account_registered(state: State, _: Recorded, document: Document) -> None:
    account = read(document["account"], Account)
    state.holdings = msgspec.structs.replace(state.holdings, accounts=(*state.holdings.accounts, account))


def _link_confirmed(state: State, _: Recorded, document: Document) -> None:
    link = read(document["link"], Link)
    state.holdings = msgspec.structs.replace(state.holdings, links=(*state.holdings.links, link))


def _linked(state: State, recorded: Recorded) -> None:
    account = AccountId(read(recorded.entry.clear["account"], str))
    owner = OwnerId(read(recorded.entry.clear["owner"], str))
    found = state.linked.get(account)
    if found is None or found.owner != owner:
        state.linked[account] = Linked(owner=owner, since=recorded.entry.at)


def _control_recorded(state: State, _: Recorded, document: Document) -> None:
    control = read(document["control"], Control)
    state.holdings = msgspec.structs.replace(state.holdings, controls=(*state.holdings.controls, control))


def _case_opened(state: State, recorded: Recorded, document: Document) -> None:
    case = CaseId(recorded.entry.case)
    state.cases[case] = CaseFile(
        id=case,
        owner=OwnerId(recorded.entry.subject),
        title=read(document["title"], str),
        opened_at=recorded.entry.at,
        ads=read(document["ads"], list[Ad]),
        keys=read(document["keys"], dict[str, str]),
    )


def _evidence_recorded(state: State, recorded: Recorded, document: Document) -> None:
    owner = OwnerId(recorded.entry.subject)
    added = read(document["dossier"], Dossier)
    state.dossiers[owner] = state.dossiers.get(owner, Dossier()).extended(added)


def _dispute_resolved(state: State, recorded: Recorded, document: Document) -> None:
    owner = OwnerId(recorded.entry.subject)
    resolution = read(document["resolution"], Resolution)
    state.dossiers[owner] = state.dossiers.get(owner, Dossier()).extended(Dossier(resolutions=(resolution,)))


def _decision_made(state: State, recorded: Recorded, document: Document) -> None:
    decision = read(document["decision"], Decision)
    rests_on = read(recorded.entry.clear["rests_on"], dict[FactId, tuple[tuple[str, ...], ...]])
    state.decisions[decision.id] = Judged(decision=decision, seq=recorded.seq, rests_on=rests_on)
    state.cases[decision.matter.case].decisions.append(decision.id)


def _decision_approved(state: State, recorded: Recorded, document: Document) -> None:
    name = DecisionId(read(recorded.entry.clear["decision"], str))
    state.decisions[name].approved_by = PersonId(read(document["by"], str))


def _statement_issued(state: State, recorded: Recorded, document: Document) -> None:
    name = StatementId(read(recorded.entry.clear["statement"], str))
    state.statements[name] = document
    state.issued_at_seq[name] = recorded.seq
    case = state.cases[CaseId(recorded.entry.case)]
    case.told.update(told_by(document))
    case.said.append(Message(id=name, at=recorded.entry.at, text=statement_text(document)))


def _message_sent(state: State, recorded: Recorded, document: Document) -> None:
    case = state.cases[CaseId(recorded.entry.case)]
    case.said.append(read(document["message"], Message))
    case.told.update(read(document["told"], list[Citation]))


def _restricted(state: State, recorded: Recorded) -> None:
    restriction = read(recorded.entry.clear["restricted"], Restricted)
    state.restrictions[restriction.id] = restriction


def _inherited(state: State, recorded: Recorded, document: Document) -> None:
    if document["message"] is not None:
        state.cases[CaseId(recorded.entry.case)].said.append(read(document["message"], Message))


def _lifted(state: State, recorded: Recorded) -> None:
    name = RestrictionId(read(recorded.entry.clear["restriction"], str))
    found, at = state.restrictions[name], recorded.entry.at
    state.restrictions[name] = msgspec.structs.replace(
        found, lifted_at=found.lifted_at or at, undone_at=at if recorded.entry.clear["undone"] else found.undone_at
    )


def _strike(state: State, recorded: Recorded) -> None:
    strike = read(recorded.entry.clear["strike"], Strike)
    state.strikes[strike.id] = strike


def _strike_undone(state: State, recorded: Recorded) -> None:
    name = read(recorded.entry.clear["strike"], str)
    state.strikes[name] = msgspec.structs.replace(state.strikes[name], undone=True)


def _exempted(state: State, recorded: Recorded) -> None:
    exemption = read(recorded.entry.clear["exempted"], Exempted)
    state.exemptions[exemption.id] = exemption


def _opened(state: State, recorded: Recorded) -> None:
    state.opened.append(read(recorded.entry.clear["opened"], Opened))


def _exemption_withdrawn(state: State, recorded: Recorded) -> None:
    name = read(recorded.entry.clear["exemption"], str)
    state.exemptions[name] = msgspec.structs.replace(state.exemptions[name], withdrawn_at=recorded.entry.at)


def _opening_withdrawn(state: State, recorded: Recorded) -> None:
    name = read(recorded.entry.clear["opening"], str)
    place = next(number for number, one in enumerate(state.opened) if one.id == name)
    state.opened[place] = msgspec.structs.replace(state.opened[place], withdrawn_at=recorded.entry.at)


def _cut_over(state: State, recorded: Recorded) -> None:
    state.cut_over_at = recorded.entry.at


def _appeal_filed(state: State, recorded: Recorded, document: Document) -> None:
    appeal = read(document["appeal"], Appeal)
    state.appeals[appeal.id] = Appealed(appeal=appeal, deadlines=read(document["deadlines"], tuple[Deadline, ...]))
    state.cases[CaseId(recorded.entry.case)].appeals.append(appeal.id)


def _appeal_answered(state: State, recorded: Recorded, document: Document) -> None:
    reply = read(document["reply"], Reply)
    state.appeals[reply.appeal].replies.append(reply)
    case = state.cases[CaseId(recorded.entry.case)]
    number = len(state.appeals[reply.appeal].replies)
    case.said.append(Message(id=f"{reply.appeal}/{number}", at=reply.at, text=reply_text(reply)))


def _reversed(state: State, recorded: Recorded) -> None:
    state.reversed.update(read(recorded.entry.clear["reversed"], list[str]))


def _appeal_decided(state: State, _: Recorded, document: Document) -> None:
    outcome = read(document["outcome"], Outcome)
    state.appeals[outcome.appeal].outcome = outcome


def _approach(state: State, recorded: Recorded, document: Document) -> None:
    state.cases[CaseId(recorded.entry.case)].approaches.append(read(document["summary"], str))


_FROM_CLEAR: dict[Kind, Callable[[State, Recorded], None]] = {
    Kind.RESTRICTION_IMPOSED: _restricted,
    Kind.RESTRICTION_INHERITED: _restricted,
    Kind.RESTRICTION_VARIED: _restricted,
    Kind.HOLD_PLACED: _restricted,
    Kind.RESTRICTION_LIFTED: _lifted,
    Kind.HOLD_ENDED: _lifted,
    Kind.STRIKE_RECORDED: _strike,
    Kind.STRIKE_UNDONE: _strike_undone,
    Kind.EXEMPTION_GRANTED: _exempted,
    Kind.EXEMPTION_WITHDRAWN: _exemption_withdrawn,
    Kind.ENTRY_OPENED: _opened,
    Kind.OPENING_WITHDRAWN: _opening_withdrawn,
    Kind.DESK_OPENED: _notice_set,
    Kind.LINK_CONFIRMED: _linked,
    Kind.CLAUSE_WITHDRAWN: _clause_withdrawn,
    Kind.APPEAL_DECIDED: _reversed,
    Kind.CUT_OVER: _cut_over,
}

_FROM_DOCUMENT: dict[Kind, Callable[[State, Recorded, Document], None]] = {
    Kind.DESK_OPENED: _desk_opened,
    Kind.PERSON_ENROLLED: _person_enrolled,
    Kind.POLICY_DRAFTED: _policy_drafted,
    Kind.POLICY_APPROVED: _policy_approved,
    Kind.POLICY_PUBLISHED: _policy_published,
    Kind.OWNER_REGISTERED: _owner_registered,
    Kind.ACCOUNT_REGISTERED: _account_registered,
    Kind.LINK_CONFIRMED: _link_confirmed,
    Kind.CONTROL_RECORDED: _control_recorded,
    Kind.CASE_OPENED: _case_opened,
    Kind.EVIDENCE_RECORDED: _evidence_recorded,
    Kind.DISPUTE_RESOLVED: _dispute_resolved,
    Kind.DECISION_MADE: _decision_made,
    Kind.DECISION_APPROVED: _decision_approved,
    Kind.STATEMENT_ISSUED: _statement_issued,
    Kind.MESSAGE_SENT: _message_sent,
    Kind.RESTRICTION_INHERITED: _inherited,
    Kind.APPEAL_FILED: _appeal_filed,
    Kind.APPEAL_ANSWERED: _appeal_answered,
    Kind.APPEAL_DECIDED: _appeal_decided,
    Kind.APPROACH_RECORDED: _approach,
}
