"""What the findings of a decision lead to, in the order of precedence.

Clauses that no exemption can lift (`overridable: false`) > exemption > other clauses. An undecided exemption leaves
undecided every restriction that it would lift (P3).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from goodstanding.clause.model import Verdict
from goodstanding.clause.prose import say_condition, say_remedy
from goodstanding.decisions.hijack import during_hijack
from goodstanding.decisions.model import ClauseShown, Effect, EffectKind, Ground, RemedyStep
from goodstanding.policy.model import Basis, Clause, ClauseKind, Reach

if TYPE_CHECKING:
    from datetime import timedelta

    from goodstanding.decisions.findings import Bench, Found
    from goodstanding.decisions.model import Ad

_KINDS = {
    ClauseKind.RESTRICTION: EffectKind.RESTRICTION,
    ClauseKind.COMMERCIAL_ENDING: EffectKind.COMMERCIAL_ENDING,
    ClauseKind.EXEMPTION: EffectKind.EXEMPTION,
}


def with_precedence(found: list[Found]) -> list[Found]:
    """The findings after exemptions: lifted ones say by which, those under an undecided exemption become undecided."""
    exemptions = [one for one in found if one.clause.kind is ClauseKind.EXEMPTION]
    return [_against(one, exemptions) for one in found]


def _against(one: Found, exemptions: list[Found]) -> Found:
    """One finding held against every exemption that could lift it."""
    if one.finding.verdict is not Verdict.MET or not one.clause.overridable:
        return one
    for exemption in exemptions:
        if one.clause.id not in exemption.clause.lifts or not _covers(exemption, one):
            continue
        if exemption.finding.verdict is Verdict.MET:
            return _without_effect(one, lifted_by=exemption.clause.id)
        if exemption.finding.verdict is Verdict.UNDECIDED:
            return _without_effect(one, verdict=Verdict.UNDECIDED, missing=exemption.finding.missing)
    return one


def _covers(exemption: Found, one: Found) -> bool:
    """Whether an exemption speaks of what the other finding speaks of."""
    return (
        exemption.subject.ref == one.subject.ref
        or exemption.subject.ref.kind == "owner"
        or (exemption.subject.ref.kind == "account" and exemption.subject.account == one.subject.account)
    )


def _without_effect(one: Found, **changes: object) -> Found:
    """The same finding, leading to nothing."""
    finding = msgspec.structs.replace(one.finding, **changes)
    return msgspec.structs.replace(one, finding=finding, grounds=(), any_grade=())


def effect_of(one: Found, ads: tuple[Ad, ...], bench: Bench) -> Effect | None:
    """What one finding leads to, if anything."""
    if one.clause.kind is ClauseKind.ENTRY_REQUIREMENT:
        return _entry(one, bench)
    if one.finding.lifted_by is not None:
        return None
    if one.grounds and not one.clause.hold_only and not _hijacked(one.grounds, ads, bench):
        return _effect(one, _KINDS[one.clause.kind], one.grounds, bench)
    return _hold(one, bench)


def _hijacked(boxes: tuple[Ground, ...], ads: tuple[Ad, ...], bench: Bench) -> bool:
    """Whether any ground rests on what happened in somebody else's hands."""
    return any(during_hijack(box.facts, bench.dossier, ads, bench.at) for box in boxes)


def _hold(one: Found, bench: Bench) -> Effect | None:
    """A hold on the one ad or account, where the clause may hold and evidence of any grade supports it."""
    if one.clause.hold is None or one.subject.account is None or not one.any_grade:
        return None
    return _effect(one, EffectKind.HOLD, one.any_grade[:1], bench)


def _entry(one: Found, bench: Bench) -> Effect:
    """An entry requirement: closed until its condition is known to hold; neither state is a restriction (P3)."""
    kind = EffectKind.ENTRY_OPEN if one.finding.verdict is Verdict.MET else EffectKind.ENTRY_CLOSED
    return _effect(one, kind, one.grounds, bench)


def _effect(one: Found, kind: EffectKind, boxes: tuple[Ground, ...], bench: Bench) -> Effect:
    """The effect in full."""
    clause = one.clause
    holds = kind is EffectKind.HOLD
    return Effect(
        kind=kind,
        clause=shown(clause, bench),
        subject=one.subject.ref,
        binding=one.subject.binding,
        grounds=boxes,
        notice=0 if holds else _seconds(clause.notice),
        review_after=_seconds(clause.hold if holds else clause.review_after),
        hold=_seconds(clause.hold) if holds else 0,
        strike=0 if holds else _seconds(clause.strike),
        ends_when="" if clause.ends is None else say_condition(clause.ends, bench.vocabulary),
        owner_wide=clause.reach is Reach.OWNER and not holds,
        remedy=tuple(_steps(one, bench)),
        lifts=clause.lifts,
        missing=one.finding.missing,
    )


def _steps(one: Found, bench: Bench) -> list[RemedyStep]:
    """What would end it, from the facts that decided."""
    return [
        RemedyStep(cell=step.cell, changed_by=step.changed_by, text=step.text)
        for step in say_remedy(one.cells, bench.vocabulary, bench.names)
    ]


def shown(clause: Clause, bench: Bench) -> ClauseShown:
    """The clause as the statement will quote it."""
    condition = clause.condition
    return ClauseShown(
        id=clause.id,
        title=clause.title,
        text=clause.text,
        text_digest=clause.text_digest,
        condition="" if condition is None else say_condition(condition, bench.vocabulary),
        legal=clause.law if clause.basis is Basis.LAW else "",
        overridable=clause.overridable,
        guidance="" if clause.guidance is None else clause.guidance.text,
    )


def _seconds(length: timedelta | None) -> int:
    """A length as whole seconds; none is 0."""
    return 0 if length is None else int(length.total_seconds())
