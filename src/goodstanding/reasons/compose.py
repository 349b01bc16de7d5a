"""Decision to statement of reasons, one account at a time (P1, P2; DSA art. 17).

It is composed from the decision alone, with what issuing it adds (`issue`) and what the billing port answered. Nothing
is invented: what none of them says stays empty, and `dsa17` names it. It leaves to `app` whether it is issued.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from goodstanding.decisions.model import EffectKind
from goodstanding.reasons.duties import duties
from goodstanding.reasons.grounds import (
    automation_stated,
    basis_shown,
    clause_quoted,
    evidence_numbers,
    evidence_stated,
    explanation,
    grounds_stated,
    origin_stated,
)
from goodstanding.reasons.measure import boxes_of, held_by, measure
from goodstanding.reasons.model import FORMAT, RECONSTRUCTED, AccountShown, OwnerShown, Statement
from goodstanding.reasons.possible import still_possible
from goodstanding.reasons.redress import redress
from goodstanding.reasons.remedy import duration, remedy
from goodstanding.reasons.wording import LANGUAGE

if TYPE_CHECKING:
    from goodstanding.decisions.model import Decision, Effect
    from goodstanding.owners.model import Account, Link, Owner
    from goodstanding.reasons.issue import Issue, Platform
    from goodstanding.reasons.money import MoneyAnswer

STATED = frozenset({EffectKind.RESTRICTION, EffectKind.HOLD, EffectKind.COMMERCIAL_ENDING})
"""The effects that need a statement; entry requirements and exemptions restrict nothing (P3)."""


def compose(
    decision: Decision,
    effect: Effect,
    *,
    account: Account,
    owner: Owner,
    issue: Issue,
    platform: Platform,
    money: MoneyAnswer | None,
    link: Link | None = None,
) -> Statement:
    """The statement on one effect of a decision, for one account.

    `owner` is the account's own. `link` says why the account is its owner's; without it an owner-wide measure is
    incomplete.

    Raises:
        ValueError: the effect needs no statement, or does not touch the account.
    """
    if effect.kind not in STATED:
        msg = f"`{effect.kind}` needs no statement: it restricts nothing"
        raise ValueError(msg)
    held = held_by(decision, effect, account=account.id, issue=issue)
    if not held:
        msg = (
            f"the effect of `{effect.clause.id}` does not touch the account `{account.id}`: compose for another account"
        )
        raise ValueError(msg)
    boxes = boxes_of(held, platform, decision.matter.ads)
    numbers = evidence_numbers(decision, held)
    basis = basis_shown(effect, decision.matter.origin)
    return Statement(
        format=FORMAT,
        id=issue.statement,
        case=decision.matter.case,
        decision=decision.id,
        account=AccountShown(id=account.id, handle=account.handle, reached=_reached(decision, effect, owner, link)),
        owner=OwnerShown(id=owner.id, name=owner.name),
        platform=platform.name,
        language=LANGUAGE,
        zone=owner.zone,
        issued_at=issue.issued_at,
        measure=measure(effect, boxes, account=account, platform=platform),
        boxes=boxes,
        duration=duration(effect, issue),
        possible=still_possible([one.scope for one in held], platform),
        clause=clause_quoted(decision, effect),
        basis=basis,
        grounds=grounds_stated(decision, held, numbers),
        evidence=evidence_stated(decision, numbers, issue),
        origin=origin_stated(decision.matter.origin),
        automation=automation_stated(decision.matter.automation),
        explanation=explanation(decision, effect),
        remedy=remedy(decision, effect, account.id),
        money=money,
        redress=redress(platform, issue),
        duties=duties(legal=bool(basis.legal), at=issue.issued_at),
        reconstruction=issue.reconstruction,
        mark=RECONSTRUCTED if issue.reconstruction else "",
    )


def _reached(decision: Decision, effect: Effect, owner: Owner, link: Link | None) -> str:
    """Why the decision reaches this account; the kind of identifier is named, never another party's value (P2)."""
    if not effect.owner_wide:
        return f"The decision is about this account of {owner.name}."
    if link is None:
        return ""
    affiliate = owner.id != decision.matter.owner
    common = (
        " The evidence expressly extends to companies under common control, and the decision to this one."
        if affiliate
        else ""
    )
    return f"The account belongs to {owner.name}. This rests on: {link.basis}.{common}"
