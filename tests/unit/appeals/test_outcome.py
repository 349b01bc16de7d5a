from __future__ import annotations

import pytest
from msgspec.structs import replace

from goodstanding.appeals.model import Appeal, Outcome, OutcomeKind, Variation
from goodstanding.appeals.outcome import Rested, RestedKind, StoppedCampaign, Told, check_outcome, undo
from goodstanding.kernel.extents import Extent
from goodstanding.kernel.ids import AdId, AppealId, PersonId, RestrictionId
from goodstanding.kernel.instants import instant
from goodstanding.kernel.scope import EVERYWHERE, Scope
from unit.appeals.made import APPEAL, CLAUSE, RECALL, TOLD, UNTOLD

RESTRICTION = APPEAL.against[0]
OLD = Scope(territories=Extent.of(["DE", "FR"]))
NARROW = Scope(territories=Extent.of(["DE"]))
UPHELD = Outcome(
    appeal=APPEAL.id,
    kind=OutcomeKind.UPHELD,
    by=PersonId("reviewer"),
    at=instant("2031-02-10"),
    text="The recall is open.",
    relies_on=(CLAUSE, RECALL),
)
REVERSED = replace(UPHELD, kind=OutcomeKind.REVERSED, relies_on=())


def varied(becomes: Scope, restriction: RestrictionId = RESTRICTION) -> Outcome:
    variation = Variation(restriction=restriction, becomes=becomes)
    return replace(UPHELD, kind=OutcomeKind.VARIED, variations=(variation,))


def refusing(outcome: Outcome, appeal: Appeal = APPEAL) -> list[tuple[str, str]]:
    found = check_outcome(appeal, outcome, told=TOLD, scopes={RESTRICTION: OLD})
    return [(each.rule, each.message) for each in found]


@pytest.mark.parametrize("outcome", [UPHELD, REVERSED, varied(NARROW)], ids=lambda outcome: outcome.kind)
def test_an_appeal_ends_upheld_varied_or_reversed(outcome: Outcome) -> None:
    assert refusing(outcome) == []


@pytest.mark.parametrize("relies_on", [(), (CLAUSE,), (RECALL,)])
def test_what_has_no_clause_with_a_fact_cannot_be_upheld(relies_on: tuple[()]) -> None:
    assert refusing(replace(UPHELD, relies_on=relies_on)) == [
        ("UpheldNamesItsGround", "`ap-1` is upheld on no ground: it names no clause with a fact that meets it"),
    ]


def test_a_ground_found_on_appeal_upholds_nothing_and_may_reverse() -> None:
    assert [rule for rule, _ in refusing(replace(UPHELD, relies_on=(CLAUSE, UNTOLD)))] == ["NewGroundIsANewDecision"]
    assert refusing(replace(REVERSED, relies_on=(UNTOLD,))) == []


def test_an_inherited_restriction_whose_notice_told_nothing_can_only_be_reversed() -> None:
    found = check_outcome(APPEAL, UPHELD, told=(), scopes={RESTRICTION: OLD})
    assert {each.rule for each in found} == {"NewGroundIsANewDecision"}
    assert check_outcome(APPEAL, REVERSED, told=(), scopes={RESTRICTION: OLD}) == ()


def test_an_appeal_against_nothing_or_another_appeal_has_no_outcome_here() -> None:
    for appeal in (replace(APPEAL, against=()), replace(APPEAL, id=AppealId("ap-2"))):
        assert [rule for rule, _ in refusing(UPHELD, appeal)] == ["OutcomeSpeaksOfARestriction"]


@pytest.mark.parametrize(
    ("outcome", "message"),
    [
        (varied(EVERYWHERE), "the new scope of `re-1` reaches outside the old one"),
        (varied(OLD), "the new scope of `re-1` is the old one: that is `upheld`"),
        (varied(Scope(topics=Extent.of([]))), "nothing is left of `re-1`: that is a reversal"),
        (varied(NARROW, RestrictionId("re-9")), "`re-9` is not among the restrictions in force that were appealed"),
        (replace(varied(NARROW), variations=()), "`ap-1` is varied with 0 variations"),
        (replace(varied(NARROW), kind=OutcomeKind.REVERSED), "`ap-1` is reversed with 1 variations"),
    ],
)
def test_a_varied_scope_lies_within_the_old_one(outcome: Outcome, message: str) -> None:
    assert refusing(outcome) == [("VariationOnlyNarrows", message)]


def test_a_restriction_that_is_no_longer_in_force_is_not_varied() -> None:
    (objection,) = check_outcome(APPEAL, varied(NARROW), told=TOLD, scopes={})
    assert objection.rule == "VariationOnlyNarrows"


def rests(name: str, *alternatives: tuple[str, ...], kind: RestedKind = RestedKind.RESTRICTION) -> Rested:
    return Rested(id=name, kind=kind, rests_on=alternatives)


def fallen(reversed_id: str, *rested: Rested) -> list[str]:
    return [each.id for each in undo([reversed_id], rested).falls]


def test_everything_that_rested_on_a_reversed_decision_falls_however_long_the_chain() -> None:
    chain = (
        rests("re-1", ("d-1",)),
        rests("s-1", ("re-1",), kind=RestedKind.STRIKE),
        rests("c-1", ("re-1",), kind=RestedKind.CIRCUMVENTION),
        rests("re-new-account", ("c-1",)),
        rests("re-other", ("d-2",)),
    )
    undone = undo(["d-1"], chain)
    assert [each.id for each in undone.falls] == ["re-1", "s-1", "c-1", "re-new-account"]
    assert [each.id for each in undone.stays] == ["re-other"]


def test_what_another_ground_carries_stays() -> None:
    assert fallen("d-1", rests("re-1", ("d-1",), ("d-2",))) == []
    assert fallen("d-1", rests("re-1", ("d-1", "d-2"))) == ["re-1"]


def test_a_third_strike_that_falls_takes_the_restriction_with_it() -> None:
    strikes = [rests(f"s-{n}", (f"d-{n}",), kind=RestedKind.STRIKE) for n in (1, 2, 3)]
    assert fallen("d-2", *strikes, rests("re-9", ("s-1", "s-2", "s-3"))) == ["s-2", "re-9"]


def test_findings_that_only_carry_each_other_fall() -> None:
    assert fallen("d-1", rests("a", ("d-1",), ("b",)), rests("b", ("a",))) == ["a", "b"]


def test_a_listed_decision_that_is_reversed_falls_with_what_it_carried() -> None:
    assert fallen("d-1", rests("d-1", kind=RestedKind.DECISION), rests("re-1", ("d-1",))) == ["d-1", "re-1"]


def test_an_undo_restarts_no_campaign_and_says_which_wait_for_the_advertiser() -> None:
    campaigns = [
        StoppedCampaign(ad=AdId("ad-2"), stopped_by=("re-1",)),
        StoppedCampaign(ad=AdId("ad-1"), stopped_by=("re-1", "re-2")),
        StoppedCampaign(ad=AdId("ad-3"), stopped_by=()),
    ]
    one = (rests("re-1", ("d-1",)), rests("re-2", ("d-2",)))
    assert undo(["d-1"], one, campaigns=campaigns).wait == ("ad-2",)
    assert undo(["d-1", "d-2"], one, campaigns=campaigns).wait == ("ad-1", "ad-2")


def test_everyone_who_was_told_hears_of_the_reversal() -> None:
    told = [
        Told(who="register", of="re-1"),
        Told(who="owner", of="d-1"),
        Told(who="owner", of="re-1"),
        Told(who="a court", of="re-2"),
    ]
    assert undo(["d-1"], [rests("re-1", ("d-1",)), rests("re-2")], told=told).tell == ("owner", "register")
