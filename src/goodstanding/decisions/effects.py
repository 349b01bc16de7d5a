"""What the findings of a decision lead to, in the order of precedence.

Clauses that no exemption can lift (`overridable: false`) > exemption > other clauses. An exemption lifts a finding here
when it covers all of it; one that covers a part leaves the restriction standing and opens its own box at the gate. An
undecided exemption on the same subject, or a wider one, leaves undecided every restriction that it would lift (P3).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from goodstanding.clause.model import Verdict
from goodstanding.clause.prose.reading import say_condition, say_remedy
from goodstanding.decisions.findings import RESTRICTING
from goodstanding.decisions.model import ClauseShown, Effect, EffectKind, RemedyStep
from goodstanding.kernel.ids import ClauseId
from goodstanding.kernel.instants import ALWAYS
from goodstanding.policy.model import Basis, Clause, ClauseKind, Reach

if TYPE_CHECKING:
    from datetime import timedelta

    from goodstanding.clause.model import Cell
    from goodstanding.decisions.bench import Bench, Granted
    from goodstanding.decisions.findings import Found
    from goodstanding.decisions.grounds import Supported
    from goodstanding.decisions.subjects import Subject
    from goodstanding.kernel.scope import Scope

_KINDS = {
    ClauseKind.RESTRICTION: EffectKind.RESTRICTION,
    ClauseKind.COMMERCIAL_ENDING: EffectKind.COMMERCIAL_ENDING,
    ClauseKind.EXEMPTION: EffectKind.EXEMPTION,
}


def with_precedence(found: list[Found], granted: tuple[Granted, ...] = ()) -> list[Found]:
    """The findings after exemptions: lifted ones say by which, those under an undecided exemption become undecided.

    What was `granted` to the owner goes before what a clause exempts.
    """
    exemptions = [one for one in found if one.clause.kind is ClauseKind.EXEMPTION]
    left = [_without_granted(one, granted) for one in found]
    return [_against(one, [each for each in exemptions if _could_lift(each, one)]) for one in left]


def _without_granted(one: Found, granted: tuple[Granted, ...]) -> Found:
    """One finding held against the exemptions that the owner has; lifted where one of them covers all of it."""
    boxes = [each.box for each in (*one.grounds, *one.any_grade)]
    if not boxes or one.clause.kind not in RESTRICTING or not one.clause.overridable:
        return one
    for each in granted:
        if one.clause.id in each.lifts and all(_timeless(box).within(_timeless(each.scope)) for box in boxes):
            return _lifted(one, ClauseId(each.id))
    return one


def _lifted(one: Found, by: ClauseId) -> Found:
    """A finding from which an exemption took its effect."""
    finding = msgspec.structs.replace(one.finding, lifted_by=by)
    return msgspec.structs.replace(one, finding=finding, grounds=(), any_grade=())


def _could_lift(exemption: Found, one: Found) -> bool:
    """Whether an exemption names the clause of a finding that may be lifted, and speaks of its subject."""
    return (
        one.clause.kind in RESTRICTING
        and one.clause.overridable
        and one.clause.id in exemption.clause.lifts
        and speaks_of(exemption.subject, one.subject)
        and not exemption.box.intersect(one.box).is_empty
    )


def speaks_of(exempted: Subject, subject: Subject) -> bool:
    """Whether the subject of an exemption is that of another finding, or a wider one."""
    return (
        exempted.ref == subject.ref
        or exempted.ref.kind == "owner"
        or (exempted.ref.kind == "account" and exempted.account == subject.account)
    )


def _against(one: Found, exemptions: list[Found]) -> Found:
    """One finding held against every exemption that could lift it; a met one goes before an undecided one."""
    boxes = [each.box for each in (*one.grounds, *one.any_grade)]
    for each in exemptions:
        if boxes and all(_within_any(box, each.grounds) for box in boxes):
            return _lifted(one, each.clause.id)
    undecided = next((each for each in exemptions if each.finding.verdict is Verdict.UNDECIDED), None)
    if undecided is None or one.finding.verdict is not Verdict.MET or one.finding.lifted_by is not None:
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
    return any(_timeless(box).within(_timeless(each.box)) for each in exempted)


def _timeless(box: Scope) -> Scope:
    """A box without its period."""
    return msgspec.structs.replace(box, period=ALWAYS)


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
