"""What the findings of a decision lead to, in the order of precedence.

Clauses that no exemption can lift (`overridable: false`) > exemption > other clauses. An exemption lifts a finding here
when it covers all of it; one that covers a part leaves the restriction standing and opens its own box at the gate. An
undecided exemption on the same subject, or a wider one, leaves undecided every restriction that it would lift (P3).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from goodstanding.clause.model import Verdict
from goodstanding.clause.prose import say_condition, say_remedy
from goodstanding.decisions.findings import RESTRICTING
from goodstanding.decisions.model import ClauseShown, Effect, EffectKind, RemedyStep
from goodstanding.kernel.instants import ALWAYS
from goodstanding.policy.model import Basis, Clause, ClauseKind, Reach

if TYPE_CHECKING:
    from datetime import timedelta

    from goodstanding.clause.model import Cell
    from goodstanding.decisions.bench import Bench
    from goodstanding.decisions.findings import Found
    from goodstanding.decisions.grounds import Supported
    from goodstanding.kernel.scope import Scope

_KINDS = {
    ClauseKind.RESTRICTION: EffectKind.RESTRICTION,
    ClauseKind.COMMERCIAL_ENDING: EffectKind.COMMERCIAL_ENDING,
    ClauseKind.EXEMPTION: EffectKind.EXEMPTION,
}


def with_precedence(found: list[Found]) -> list[Found]:
    """The findings after exemptions: lifted ones say by which, those under an undecided exemption become undecided."""
    exemptions = [one for one in found if one.clause.kind is ClauseKind.EXEMPTION]
    return [_against(one, [each for each in exemptions if _could_lift(each, one)]) for one in found]


def _could_lift(exemption: Found, one: Found) -> bool:
    """Whether an exemption names the clause of a finding that may be lifted, and speaks of its subject."""
    return (
        one.clause.kind in RESTRICTING
        and one.clause.overridable
        and one.clause.id in exemption.clause.lifts
        and _speaks_of(exemption, one)
        and not exemption.box.intersect(one.box).is_empty
    )


def _speaks_of(exemption: Found, one: Found) -> bool:
    """Whether the subject of an exemption is that of the other finding, or a wider one."""
    return (
        exemption.subject.ref == one.subject.ref
        or exemption.subject.ref.kind == "owner"
        or (exemption.subject.ref.kind == "account" and exemption.subject.account == one.subject.account)
    )


def _against(one: Found, exemptions: list[Found]) -> Found:
    """One finding held against every exemption that could lift it; a met one goes before an undecided one."""
    boxes = [each.box for each in (*one.grounds, *one.any_grade)]
    for each in exemptions:
        if boxes and all(_within_any(box, each.grounds) for box in boxes):
            finding = msgspec.structs.replace(one.finding, lifted_by=each.clause.id)
            return msgspec.structs.replace(one, finding=finding, grounds=(), any_grade=())
    undecided = next((each for each in exemptions if each.finding.verdict is Verdict.UNDECIDED), None)
    if undecided is None or one.finding.verdict is not Verdict.MET:
        return one
    finding = msgspec.structs.replace(
        one.finding,
        verdict=Verdict.UNDECIDED,
        missing=undecided.finding.missing,
        errors=undecided.finding.errors,
    )
    return msgspec.structs.replace(one, finding=finding, grounds=())


def _within_any(box: Scope, exempted: tuple[Supported, ...]) -> bool:
    """Whether a box lies inside one exempted box, as of now: a permission that ends is decided anew when it does."""
    timeless = msgspec.structs.replace(box, period=ALWAYS)
    return any(timeless.within(msgspec.structs.replace(each.box, period=ALWAYS)) for each in exempted)


def effect_of(one: Found, bench: Bench) -> Effect | None:
    """What one finding leads to, if anything."""
    if one.clause.kind is ClauseKind.ENTRY_REQUIREMENT:
        return _entry(one, bench)
    if one.grounds and not one.clause.hold_only:
        return _effect(one, _KINDS[one.clause.kind], one.grounds, bench)
    if one.any_grade:
        return _effect(one, EffectKind.HOLD, one.any_grade[:1], bench)
    return None


def _entry(one: Found, bench: Bench) -> Effect:
    """An entry requirement: closed until its condition is known to hold; neither state is a restriction (P3)."""
    kind = EffectKind.ENTRY_OPEN if one.finding.verdict is Verdict.MET else EffectKind.ENTRY_CLOSED
    return _effect(one, kind, one.grounds, bench)


def _effect(one: Found, kind: EffectKind, used: tuple[Supported, ...], bench: Bench) -> Effect:
    """The effect in full."""
    clause = one.clause
    holds, restricts = kind is EffectKind.HOLD, kind in {EffectKind.RESTRICTION, EffectKind.COMMERCIAL_ENDING}
    return Effect(
        kind=kind,
        clause=_shown(clause, bench),
        subject=one.subject.ref,
        binding=one.subject.binding,
        grounds=tuple(each.ground for each in used),
        notice=0 if holds else _seconds(clause.notice),
        review_after=_seconds(clause.hold if holds else clause.review_after),
        hold=_seconds(clause.hold) if holds else 0,
        strike=0 if holds else _seconds(clause.strike),
        ends_when="" if clause.ends is None else say_condition(clause.ends, bench.vocabulary, _called(one, bench)),
        owner_wide=clause.reach is Reach.OWNER and restricts,
        remedy=tuple(_steps(used[0].cells if used else one.cells, bench)),
        lifts=clause.lifts,
        missing=one.finding.missing,
    )


def _called(one: Found, bench: Bench) -> dict[str, str]:
    """What the bound entity is called in this case, under its variable."""
    if one.clause.each is None or one.subject.binding is None:
        return {}
    return {one.clause.each.name: bench.names(one.subject.binding)}


def _steps(cells: tuple[Cell, ...], bench: Bench) -> list[RemedyStep]:
    """What would end it, from the facts that decided."""
    return [
        RemedyStep(cell=step.cell, changed_by=step.changed_by, text=step.text)
        for step in say_remedy(cells, bench.vocabulary, bench.names)
    ]


def _shown(clause: Clause, bench: Bench) -> ClauseShown:
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
