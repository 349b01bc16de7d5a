"""How an appeal ends, and what falls with a decision that is reversed (P5, P9).

What is upheld or varied rests on grounds that were told. A reversal takes away everything that rested on the decision,
however long the chain; it does not restart spending. Standing itself is folded in `gate`; DSA art. 20(4).
"""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

import msgspec

from goodstanding.appeals.model import Appeal, Citation, Cited, Objection, Outcome, OutcomeKind
from goodstanding.appeals.rules import new_grounds
from goodstanding.kernel.ids import AdId

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from goodstanding.appeals.model import Variation
    from goodstanding.kernel.ids import RestrictionId
    from goodstanding.kernel.scope import Scope


def check_outcome(
    appeal: Appeal,
    outcome: Outcome,
    *,
    told: Iterable[Citation],
    scopes: Mapping[RestrictionId, Scope],
) -> tuple[Objection, ...]:
    """Everything that stands against an outcome; an empty tuple lets it be recorded.

    `told`: the grounds in the statements of the appealed restrictions; `scopes`: the boxes of those still in force.
    """
    if outcome.appeal != appeal.id or not appeal.against:
        return tuple(_speaks_of_a_restriction(appeal, outcome))
    kept = outcome.kind is not OutcomeKind.REVERSED
    return (
        *(_rests_on_a_told_ground(outcome) if kept else ()),
        *(new_grounds(appeal, outcome.relies_on, frozenset(told)) if kept else ()),
        *_only_narrows(appeal, outcome, scopes),
    )


def _speaks_of_a_restriction(appeal: Appeal, outcome: Outcome) -> Iterator[Objection]:
    """`OutcomeSpeaksOfARestriction`: an appeal against nothing in force is answered and has no outcome."""
    message = (
        f"`{outcome.appeal}` has no outcome to record here: `{appeal.id}` is against {len(appeal.against)} restrictions"
    )
    hint = "reply to the questions of an appeal against nothing; decide an appeal under its own id"
    yield Objection(rule="OutcomeSpeaksOfARestriction", promise="P5", message=message, hint=hint)


def _rests_on_a_told_ground(outcome: Outcome) -> Iterator[Objection]:
    """`UpheldNamesItsGround`: what stays in force names its clause and a decisive fact."""
    kinds = {citation.kind for citation in outcome.relies_on}
    if not kinds >= {Cited.CLAUSE, Cited.FACT}:
        message = f"`{outcome.appeal}` is {outcome.kind} on no ground: it names no clause with a fact that meets it"
        hint = "name the clause and the facts that still carry it; where there are none, reverse"
        yield Objection(rule="UpheldNamesItsGround", promise="P5", message=message, hint=hint)


def _only_narrows(appeal: Appeal, outcome: Outcome, scopes: Mapping[RestrictionId, Scope]) -> Iterator[Objection]:
    """`VariationOnlyNarrows`: an outcome varies exactly what was appealed, and only to something smaller."""
    varied = outcome.kind is OutcomeKind.VARIED
    if varied != bool(outcome.variations):
        message = f"`{outcome.appeal}` is {outcome.kind} with {len(outcome.variations)} variations"
        yield _narrows(message, "give the narrower scope with `varied`, and none with another outcome")
    for variation in outcome.variations:
        if problem := _variation_problem(appeal, variation, scopes):
            yield _narrows(problem, "give a scope inside the old one; to widen a restriction, make a new decision")


def _variation_problem(appeal: Appeal, variation: Variation, scopes: Mapping[RestrictionId, Scope]) -> str:
    """Why a variation is none, or nothing."""
    name, old = variation.restriction, scopes.get(variation.restriction)
    if name not in appeal.against or old is None:
        return f"`{name}` is not among the restrictions in force that were appealed"
    if variation.becomes.is_empty:
        return f"nothing is left of `{name}`: that is a reversal"
    if not variation.becomes.within(old):
        return f"the new scope of `{name}` reaches outside the old one"
    return f"the new scope of `{name}` is the old one: that is `upheld`" if variation.becomes == old else ""


def _narrows(message: str, hint: str) -> Objection:
    """An objection of `VariationOnlyNarrows`."""
    return Objection(rule="VariationOnlyNarrows", promise="P2", message=message, hint=hint)


class RestedKind(StrEnum):
    """What can rest on a decision."""

    DECISION = "decision"
    RESTRICTION = "restriction"
    HOLD = "hold"
    EXEMPTION = "exemption"
    STRIKE = "strike"
    INHERITED = "inherited restriction"
    CIRCUMVENTION = "circumvention finding"


class Rested(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One thing on the record, and what carries it.

    `rests_on`: alternatives, each of which alone would carry it with all that it names; none means that it carries
    itself. An id that is not on the list stands, unless it is reversed.
    """

    id: str
    kind: RestedKind
    rests_on: tuple[tuple[str, ...], ...] = ()


class StoppedCampaign(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A campaign, and everything that stopped it."""

    ad: AdId
    stopped_by: tuple[str, ...]


class Told(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Somebody who was told of something on the record."""

    who: str
    of: str


class Undone(msgspec.Struct, frozen=True, kw_only=True):
    """What a reversal takes away (`falls`), what stays, who hears of it, and which campaigns wait.

    `wait`: campaigns that nothing stops any more; they start again at the advertiser's word and not before.
    """

    falls: tuple[Rested, ...]
    stays: tuple[Rested, ...]
    tell: tuple[str, ...]
    wait: tuple[AdId, ...]


def undo(
    reversed_ids: Iterable[str],
    rested: Iterable[Rested],
    *,
    campaigns: Iterable[StoppedCampaign] = (),
    told: Iterable[Told] = (),
) -> Undone:
    """What follows from reversing decisions (or single restrictions): the record as if they had never been.

    INVARIANT: what stays is built up from what carries itself, so findings that only carry each other fall.
    """
    everything = tuple(rested)
    gone = frozenset(reversed_ids)
    standing = _standing(everything, gone)
    falls = tuple(each for each in everything if each.id not in standing)
    fallen = gone | {each.id for each in falls}
    freed = (c for c in campaigns if c.stopped_by and fallen.issuperset(c.stopped_by))
    return Undone(
        falls=falls,
        stays=tuple(each for each in everything if each.id in standing),
        tell=tuple(sorted({each.who for each in told if each.of in fallen})),
        wait=tuple(sorted(campaign.ad for campaign in freed)),
    )


def _standing(everything: tuple[Rested, ...], gone: frozenset[str]) -> frozenset[str]:
    """The ids that are carried without what is gone."""
    listed = {each.id for each in everything}
    standing: set[str] = set()
    grown = True
    while grown:
        found = {each.id for each in everything if each.id not in gone and _carried(each, listed, standing, gone)}
        grown, standing = found != standing, found
    return frozenset(standing)


def _carried(each: Rested, listed: set[str], standing: set[str], gone: frozenset[str]) -> bool:
    """Whether one alternative under a thing stands whole."""

    def stands(name: str) -> bool:
        return name in standing if name in listed else name not in gone

    return not each.rests_on or any(all(stands(name) for name in names) for names in each.rests_on)
