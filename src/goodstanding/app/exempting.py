"""Exemptions granted to one owner, and the end of permissions that are taken back (promises P3 and P4).

An exemption names its approver, who decided nothing against the owner, the clauses that it lifts, and its last day. It
ends by itself on that day: standing and decisions are read as of an instant, and nothing has to run. It reaches every
account that the owner has or opens meanwhile, and nothing that says `overridable: false`.
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

import msgspec

from goodstanding.app.guards import Role, first, lacks_role
from goodstanding.app.library import policy_at
from goodstanding.app.ports import Command, Refusal
from goodstanding.app.state import Exempted, Opened, State
from goodstanding.appeals.model import Message
from goodstanding.decisions.bench import Granted
from goodstanding.kernel.extents import Extent
from goodstanding.kernel.ids import AccountId, ClauseId, DecisionId, OwnerId
from goodstanding.kernel.instants import Period, iso
from goodstanding.kernel.scope import Scope
from goodstanding.ledger.model import Draft, Kind
from goodstanding.owners.rules import accounts_of
from goodstanding.policy.document import LIFTABLE
from goodstanding.policy.rules import clause as clause_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from goodstanding.app.ports import Ids
    from goodstanding.kernel.canonical import Json
    from goodstanding.kernel.ids import PersonId

OF_NO_CLAUSE = ClauseId("")
OF_NO_DECISION = DecisionId("")


class Permission(msgspec.Struct, frozen=True, kw_only=True):
    """What is asked for: whom it is granted to, which clauses of a policy it lifts, until when, and why."""

    owner: OwnerId
    policy: str
    lifts: tuple[ClauseId, ...]
    until: datetime
    reason: str


def exempt_owner(asked: Permission, *, by: PersonId) -> Command[State]:
    """Grant an exemption to one owner; whoever grants it is its approver, and decided nothing against the owner."""

    def run(state: State, now: datetime, ids: Ids) -> list[Draft] | Refusal:
        refusal = first(
            lacks_role(state, by, Role.OFFICER),
            _incomplete(state, asked, now),
            _cannot_lift(state, asked, now),
            _decided_against(state, asked.owner, by),
        )
        if refusal is not None:
            return refusal
        accounts = accounts_of(state.holdings, asked.owner, now)
        exempted = Exempted(
            id=ids.new("exe"),
            clause=OF_NO_CLAUSE,
            lifts=asked.lifts,
            scope=Scope(accounts=accounts),
            decision=OF_NO_DECISION,
            since=now,
            owner=asked.owner,
            approver=by,
            until=asked.until,
        )
        return [
            Draft(
                kind=Kind.EXEMPTION_GRANTED,
                subject=asked.owner,
                clear={"accounts": list(accounts.names or ()), "exempted": msgspec.to_builtins(exempted)},
                document={"policy": asked.policy, "reason": asked.reason, "by": by},
            )
        ]

    return run


def withdraw_permission(name: str, *, reason: str, by: PersonId) -> Command[State]:
    """Take back an exemption, or the opening of an entry requirement, from now on; the party is told in its case."""

    def run(state: State, now: datetime, ids: Ids) -> list[Draft] | Refusal:
        found = state.exemptions.get(name) or next((one for one in state.opened if one.id == name), None)
        granted = isinstance(found, Exempted) and found.owner is not None
        refusal = lacks_role(state, by, Role.OFFICER if granted else Role.DECIDER)
        if refusal is not None:
            return refusal
        if found is None or not _stands(found, now):
            return Refusal(
                rule="OnlyWhatIsInForceIsWithdrawn",
                message=f"`{name}` is no permission in force",
                hint="see `standing --json` for what is",
            )
        if not reason.strip():
            return Refusal(rule="AWithdrawalHasAReason", message="no reason was given", hint="say why it ends")
        owner = _owner_of(state, found)
        kind, key = (
            (Kind.EXEMPTION_WITHDRAWN, "exemption")
            if isinstance(found, Exempted)
            else (Kind.OPENING_WITHDRAWN, "opening")
        )
        taken = Draft(
            kind=kind,
            subject=owner,
            clear={key: name, "accounts": list(_accounts(state, found, now))},
            document={"reason": reason, "by": by},
        )
        text = f"The permission `{name}` ended on {now:%Y-%m-%d}: {reason}"
        message = Message(id=ids.new("msg"), at=now, text=text)
        return [taken, *_told(state, owner, message, by)]

    return run


def exempted_during(state: State, exempted: Exempted, account: AccountId) -> Period | None:
    """From when to when an exemption covers an account, if it does; an owner's follows it to accounts linked later."""
    if exempted.owner is None:
        return exempted.during if exempted.scope.accounts.contains(account) else None
    linked = state.linked.get(account)
    if linked is None or linked.owner != exempted.owner:
        return None
    return exempted.during.intersect(Period(start=linked.since))


def granted_to(state: State, owner: OwnerId, at: datetime) -> tuple[Granted, ...]:
    """The exemptions granted to an owner that are in force at an instant, over the accounts it has then."""
    accounts = accounts_of(state.holdings, owner, at)
    return tuple(
        Granted(id=one.id, lifts=one.lifts, scope=msgspec.structs.replace(one.scope, accounts=accounts))
        for one in state.exemptions.values()
        if one.owner == owner and one.during.contains(at)
    )


def _incomplete(state: State, asked: Permission, now: datetime) -> Refusal | None:
    """An exemption names a known owner, a reason, and a day to come on which it ends."""
    rule = "AnExemptionNamesItsReasonAndItsEnd"
    if not any(owner.id == asked.owner for owner in state.holdings.owners):
        return Refusal(rule="TheOwnerIsKnown", message=f"there is no owner `{asked.owner}`", hint="register it first")
    if asked.until <= now:
        return Refusal(rule=rule, message=f"it would end on {iso(asked.until)}", hint="give a day to come")
    if not asked.reason.strip():
        return Refusal(rule=rule, message="no reason was given", hint="say why this owner, and not others like it")
    return None


def _cannot_lift(state: State, asked: Permission, now: datetime) -> Refusal | None:
    """Only clauses that are in force, restrict something, and are overridable can be lifted."""
    found = policy_at(state, asked.policy, now)
    clauses = () if found is None else found.policy.clauses
    liftable = [one.id for one in clauses if one.kind in LIFTABLE and one.overridable]
    wrong = next((name for name in asked.lifts if name not in liftable), None)
    if asked.lifts and wrong is None:
        return None
    known = None if found is None or wrong is None else clause_of(found.policy, wrong)
    what = "is in no policy in force" if known is None else "can't be lifted by anybody, or restricts nothing"
    return Refusal(
        rule="WhatNothingLiftsIsNotExempted",
        message=f"`{wrong or asked.policy}` {what}",
        hint=f"these can be lifted: {', '.join(liftable) or 'none'}",
        promise="P3",
    )


def _decided_against(state: State, owner: OwnerId, by: PersonId) -> Refusal | None:
    """Who decided or approved in a case of the owner can't grant it an exemption."""
    theirs = [one for one in state.decisions.values() if one.decision.matter.owner == owner]
    if not any(by in {one.decision.decided_by, one.approved_by} for one in theirs):
        return None
    return Refusal(
        rule="WhoDecidedCannotApprove",
        message=f"`{by}` decided or approved in a case of this owner",
        hint="another officer has to look at it",
        promise="P4",
    )


def _stands(found: Exempted | Opened, now: datetime) -> bool:
    """Whether a permission is in force."""
    if isinstance(found, Exempted):
        return found.during.contains(now)
    return Period(start=found.since, end=found.withdrawn_at).contains(now)


def _owner_of(state: State, found: Exempted | Opened) -> OwnerId:
    """Whose permission it is."""
    if isinstance(found, Exempted) and found.owner is not None:
        return found.owner
    return state.decisions[found.decision].decision.matter.owner


def _accounts(state: State, found: Exempted | Opened, now: datetime) -> tuple[str, ...]:
    """The accounts whose standing changes with it."""
    named = found.scope.accounts
    if isinstance(found, Exempted) and found.owner is not None:
        named = Extent.of((*(named.names or ()), *(accounts_of(state.holdings, found.owner, now).names or ())))
    return named.names or ()


def _told(state: State, owner: OwnerId, message: Message, by: PersonId) -> Iterator[Draft]:
    """The message to the party, in its newest case; an owner without a case has nobody at this desk to write to."""
    cases = [case.id for case in state.cases.values() if case.owner == owner]
    if cases:
        document: dict[str, Json] = {"message": msgspec.to_builtins(message), "told": [], "by": by}
        yield Draft(kind=Kind.MESSAGE_SENT, case=cases[-1], subject=owner, clear={}, document=document)
