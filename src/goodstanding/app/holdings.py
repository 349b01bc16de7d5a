"""Register owners, accounts, links and control; open cases; record evidence; resolve disputes (P3)."""

from __future__ import annotations

from datetime import UTC, datetime
from types import MappingProxyType
from typing import TYPE_CHECKING

import msgspec

from goodstanding.app.guards import Role, first, lacks_role, no_such_case
from goodstanding.app.ports import Command, Refusal
from goodstanding.app.state import State
from goodstanding.clause.model import Cell
from goodstanding.clause.values import EntityRef
from goodstanding.errors import EvidenceError
from goodstanding.evidence.model import Dossier, Resolution
from goodstanding.evidence.rules import check, contradict
from goodstanding.ledger.model import Draft, Kind
from goodstanding.owners.rules import reach

if TYPE_CHECKING:
    from collections.abc import Mapping

    from goodstanding.app.ports import Ids
    from goodstanding.clause.vocabulary import Vocabulary
    from goodstanding.decisions.model import Ad
    from goodstanding.kernel.ids import CaseId, FactId, OwnerId, PersonId
    from goodstanding.owners.model import Account, Control, Link, Owner


EVER = datetime.max.replace(tzinfo=UTC)
"""Everything on file counts: what is confirmed later may be named from the beginning, and is decided on when it is."""


def register(
    owners: tuple[Owner, ...],
    accounts: tuple[Account, ...],
    links: tuple[Link, ...],
    controls: tuple[Control, ...],
    *,
    by: PersonId,
) -> Command[State]:
    """Register owners and accounts with what links them; a handle or name that is known already is refused."""

    def run(state: State, now: datetime, ids: Ids) -> list[Draft] | Refusal:
        del now, ids
        known = {a.handle for a in state.holdings.accounts} | {o.name for o in state.holdings.owners}
        again = sorted(known & ({a.handle for a in accounts} | {o.name for o in owners}))
        holder = {link.account: link.owner for link in links}
        alone = [account.handle for account in accounts if account.id not in holder]
        refusal = lacks_role(state, by, Role.INVESTIGATOR)
        if refusal is None and again:
            refusal = Refusal(
                rule="WhatIsKnownIsRegisteredOnce",
                message=f"`{again[0]}` is registered already",
                hint="register only what is new, and use what is there",
            )
        if refusal is None and alone:
            refusal = Refusal(
                rule="AnAccountHasAnOwner",
                message=f"nothing links `{alone[0]}` to an owner",
                hint="say whose account it is, and on what basis",
            )
        if refusal is not None:
            return refusal
        return [
            *(_draft(Kind.OWNER_REGISTERED, owner.id, "owner", owner, {"owner": owner.id}) for owner in owners),
            *(
                _draft(Kind.ACCOUNT_REGISTERED, holder[account.id], "account", account, {"account": account.id})
                for account in accounts
            ),
            *(
                _draft(Kind.LINK_CONFIRMED, link.owner, "link", link, {"account": link.account, "owner": link.owner})
                for link in links
            ),
            *(
                _draft(Kind.CONTROL_RECORDED, c.owner, "control", c, {"owner": c.owner, "controls": c.controls})
                for c in controls
            ),
        ]

    return run


def _draft(kind: Kind, subject: str, name: str, record: msgspec.Struct, clear: dict[str, str]) -> Draft:
    """One registration: ids in the clear, the rest sealed."""
    return Draft(kind=kind, subject=subject, clear=dict(clear), document={name: msgspec.to_builtins(record)})


def open_case(
    case: CaseId,
    *,
    owner: OwnerId,
    title: str,
    ads: tuple[Ad, ...],
    by: PersonId,
    keys: Mapping[EntityRef, EntityRef] = MappingProxyType({}),
) -> Command[State]:
    """Open a case on an owner, over the ads in question; `keys` are the names that its files use."""

    def run(state: State, now: datetime, ids: Ids) -> list[Draft] | Refusal:
        del now, ids
        reached = reach(state.holdings, owner, EVER, affiliates=True)
        strangers = [ad.id for ad in ads if not reached.contains(ad.account)]
        refusal = lacks_role(state, by, Role.INVESTIGATOR)
        if refusal is None and case in state.cases:
            refusal = Refusal(rule="ACaseOpensOnce", message=f"the case `{case}` is open already", hint="go on with it")
        if refusal is None and owner not in {o.id for o in state.holdings.owners}:
            refusal = Refusal(rule="TheOwnerIsKnown", message=f"there is no owner `{owner}`", hint="register it first")
        if refusal is None and strangers:
            refusal = Refusal(
                rule="AnAdBelongsToItsCase",
                message=f"the ad `{strangers[0]}` runs on an account of somebody else",
                hint="name only ads on accounts of the owner or of its affiliates",
                promise="P2",
            )
        if refusal is not None:
            return refusal
        return [
            Draft(
                kind=Kind.CASE_OPENED,
                case=case,
                subject=owner,
                clear={},
                document={
                    "title": title,
                    "ads": msgspec.to_builtins(ads),
                    "keys": {str(key): str(name) for key, name in keys.items()},
                },
            )
        ]

    return run


def record_evidence(case: CaseId, added: Dossier, *, vocabulary: Vocabulary, by: PersonId) -> Command[State]:
    """Record evidence and facts in a case; refused whole where they do not hold together."""

    def run(state: State, now: datetime, ids: Ids) -> list[Draft] | Refusal:
        del ids
        refusal = first(lacks_role(state, by, Role.INVESTIGATOR), no_such_case(state, case))
        if refusal is not None:
            return refusal
        owner = state.cases[case].owner
        early = [piece.id for piece in added.evidence if piece.known_from > now]
        if early:
            return Refusal(
                rule="EvidenceIsKnownWhenItIsRecorded",
                message=f"`{early[0]}` says it is known only later than now",
                hint="record it when it is known",
            )
        try:
            check(state.dossiers.get(owner, Dossier()).extended(added), vocabulary)
        except EvidenceError as error:
            return Refusal(rule="EvidenceHoldsTogether", message=str(error), promise="P3")
        return [
            Draft(
                kind=Kind.EVIDENCE_RECORDED,
                case=case,
                subject=owner,
                clear={"pieces": len(added.evidence), "facts": len(added.facts)},
                document={"dossier": msgspec.to_builtins(added)},
            )
        ]

    return run


def resolve_dispute(case: CaseId, *, kept: FactId, reason: str, by: PersonId) -> Command[State]:
    """Say which of several contradicting facts stands, and why; it speaks only of the facts on file now."""

    def run(state: State, now: datetime, ids: Ids) -> list[Draft] | Refusal:
        del ids
        refusal = first(lacks_role(state, by, Role.DECIDER), no_such_case(state, case))
        if refusal is not None:
            return refusal
        owner = state.cases[case].owner
        dossier = state.dossiers.get(owner, Dossier())
        fact = next((fact for fact in dossier.facts if fact.id == kept), None)
        against = (
            ()
            if fact is None
            else tuple(f.id for f in dossier.facts if f.cell == fact.cell and contradict(f.says, fact.says))
        )
        if fact is None or not against or not reason.strip():
            return Refusal(
                rule="ADisputeIsResolvedWithAReason",
                message=f"nothing contradicts `{kept}`, or no reason was given",
                hint="name a fact that others contradict, and say why it stands",
                promise="P3",
            )
        resolution = Resolution(cell=fact.cell, kept=kept, against=against, by=by, at=now, reason=reason)
        return [
            Draft(
                kind=Kind.DISPUTE_RESOLVED,
                case=case,
                subject=owner,
                clear={},
                document={"resolution": msgspec.to_builtins(resolution)},
            )
        ]

    return run


def what_it_is_called(state: State, dossier: Dossier, ref: EntityRef) -> str:
    """The name of an entity, as people know it: an owner's name, an account's handle, the `name` fact of the rest."""
    match ref.kind:
        case "owner":
            return next((o.name for o in state.holdings.owners if o.id == ref.id), ref.id)
        case "account":
            return next((a.handle for a in state.holdings.accounts if a.id == ref.id), ref.id)
        case "ad":
            ads = (ad for case in state.cases.values() for ad in case.ads)
            return next((f"the ad “{ad.title}”" for ad in ads if ad.id == ref.id and ad.title), f"the ad {ref.id}")
        case _:
            names = (fact.says for fact in dossier.facts if fact.cell == Cell(ref, "name"))
            return next((name for name in names if isinstance(name, str)), f"{ref.kind} {ref.id}")
