from __future__ import annotations

import msgspec

from goodstanding.clause.model import Verdict
from goodstanding.clause.values import EntityRef, Value
from goodstanding.decisions.model import EffectKind
from goodstanding.kernel.extents import Extent
from goodstanding.kernel.grades import Grade
from unit.decisions.world import AD, ADS, FIRST, OWNER, effects, evidence, finding, holds, judged, restrictions, tiny

RULE = """
rule
when: ad.claims_to_treat_disease
restricts: [advertise]
reach: ad
ends: "!ad.claims_to_treat_disease"
"""
FIRM = RULE.replace("rule\n", "rule\noverridable: false\n", 1)
HELD = RULE.replace("rule\n", "rule\nhold: 24h\n", 1)
WARNING = """
warning
when: ad.warns_of_danger
lifts: [rule]
reach: ad
approver: the duty editor
ends: "!ad.warns_of_danger"
"""
LOCAL = WARNING.replace("warning\n", "warning\nterritory: [AT]\n", 1)
OF_OWNER = """
medium
when: owner.editorially_independent
lifts: [rule]
reach: owner
approver: the duty editor
ends: "!owner.editorially_independent"
"""
OF_ACCOUNT = """
disputed
when: account.balance_disputed
lifts: [rule]
reach: account
approver: the duty editor
ends: "!account.balance_disputed"
"""
LISTED = """
listed
each: ending in owner.commercial_endings
when: ending.withdrawn
lifts: [rule]
reach: owner
approver: the duty editor
ends: "!ending.withdrawn"
"""
CLAIM = evidence("claim", {"ad:ad-1.claims_to_treat_disease": True})
WARNS = evidence("warns", {"ad:ad-1.warns_of_danger": True})
WARNS_NOT = evidence("not", {"ad:ad-1.warns_of_danger": False})
UNSAFE: dict[str, Value] = {"ad:ad-1.misstates_the_offer": True, "ad:ad-1.poses_as_another": True}
GENUINE: dict[str, Value] = {
    "ad:ad-1.warns_of_danger": True,
    "ad:ad-1.danger_confirmed": True,
    "ad:ad-1.danger_past": False,
}


def test_an_exemption_lifts_a_clause_that_it_names() -> None:
    decision = judged(tiny(RULE, WARNING), CLAIM, WARNS, ads=(AD,))
    assert restrictions(decision) == []
    assert finding(decision, "rule").lifted_by == "warning"
    (granted,) = effects(decision, EffectKind.EXEMPTION)
    assert granted.lifts == ("rule",)


def test_an_exemption_that_is_not_met_lifts_nothing() -> None:
    assert len(restrictions(judged(tiny(RULE, WARNING), CLAIM, WARNS_NOT, ads=(AD,)))) == 1


def test_an_exemption_lifts_no_clause_that_it_does_not_name() -> None:
    other = RULE.replace("rule\n", "other\n", 1)
    decision = judged(tiny(RULE, other, WARNING), CLAIM, WARNS, ads=(AD,))
    assert [effect.clause.id for effect in restrictions(decision)] == ["other"]


def test_what_is_not_overridable_goes_before_every_exemption() -> None:
    # The reader of policies refuses an exemption that names such a clause, so the policy is put together by hand.
    policy = tiny(RULE, WARNING)
    firm = msgspec.structs.replace(
        policy, clauses=tuple(msgspec.structs.replace(c, overridable=c.id != "rule") for c in policy.clauses)
    )
    decision = judged(firm, CLAIM, WARNS, ads=(AD,))
    assert len(restrictions(decision)) == 1
    assert finding(decision, "rule").lifted_by is None


def test_an_undecided_exemption_leaves_undecided_what_it_would_lift() -> None:
    decision = judged(tiny(RULE, WARNING), CLAIM, ads=(AD,))
    found = finding(decision, "rule")
    assert found.verdict is Verdict.UNDECIDED
    assert [str(one.cell) for one in found.missing] == ["ad:ad-1.warns_of_danger"]
    assert decision.effects == ()


def test_an_undecided_exemption_does_not_stop_a_hold() -> None:
    decision = judged(tiny(HELD, WARNING), CLAIM, ads=(AD,))
    assert (restrictions(decision), len(holds(decision))) == ([], 1)


def test_an_exemption_lifts_a_hold_too() -> None:
    alleged = evidence("claim", {"ad:ad-1.claims_to_treat_disease": True}, grade=Grade.ALLEGATION)
    decision = judged(tiny(HELD, WARNING), alleged, WARNS, ads=(AD,))
    assert holds(decision) == []
    assert finding(decision, "rule").lifted_by == "warning"


def test_a_met_exemption_goes_before_an_undecided_one() -> None:
    other = WARNING.replace("warning\n", "another\n", 1).replace("warns_of_danger", "danger_confirmed")
    for blocks in ((RULE, WARNING, other), (RULE, other, WARNING)):
        assert finding(judged(tiny(*blocks), CLAIM, WARNS, ads=(AD,)), "rule").lifted_by == "warning"


def test_an_exemption_in_one_place_leaves_the_restriction_in_others() -> None:
    decision = judged(tiny(RULE, LOCAL), CLAIM, WARNS, ads=(AD,))
    assert len(restrictions(decision)) == 1
    (granted,) = effects(decision, EffectKind.EXEMPTION)
    assert granted.grounds[0].scope.territories == Extent.of(["AT"])


def test_an_exemption_in_the_place_of_the_whole_restriction_lifts_it() -> None:
    there = evidence("claim", {"ad:ad-1.claims_to_treat_disease": True}, territories=Extent.of(["AT"]))
    assert restrictions(judged(tiny(RULE, LOCAL), there, WARNS, ads=(AD,))) == []


def test_an_undecided_exemption_elsewhere_leaves_a_restriction_alone() -> None:
    here = RULE.replace("rule\n", "rule\nterritory: [DE]\n", 1)
    assert len(restrictions(judged(tiny(here, LOCAL), CLAIM, ads=(AD,)))) == 1


def test_an_exemption_of_the_owner_or_the_account_lifts_what_stops_its_ads() -> None:
    owner = evidence("o", {f"owner:{OWNER}.editorially_independent": True})
    assert finding(judged(tiny(RULE, OF_OWNER), CLAIM, owner, ads=(AD,)), "rule").lifted_by == "medium"
    account = evidence("d", {f"account:{FIRST}.balance_disputed": True})
    assert finding(judged(tiny(RULE, OF_ACCOUNT), CLAIM, account, ads=(AD,)), "rule").lifted_by == "disputed"


def test_an_exemption_of_another_account_lifts_nothing() -> None:
    elsewhere = evidence("d", {"account:acc-2.balance_disputed": True, f"account:{FIRST}.balance_disputed": False})
    assert len(restrictions(judged(tiny(RULE, OF_ACCOUNT), CLAIM, elsewhere, ads=(AD,)))) == 1


def test_an_exemption_for_each_of_a_list_is_undecided_until_the_list_is_known() -> None:
    assert restrictions(judged(tiny(RULE, LISTED), CLAIM, ads=(AD,))) == []
    nothing = evidence("n", {f"owner:{OWNER}.commercial_endings": ()})
    assert len(restrictions(judged(tiny(RULE, LISTED), CLAIM, nothing, ads=(AD,)))) == 1
    one: dict[str, Value] = {
        f"owner:{OWNER}.commercial_endings": (EntityRef("ending", "e"),),
        "ending:e.withdrawn": True,
    }
    assert finding(judged(tiny(RULE, LISTED), CLAIM, evidence("n", one), ads=(AD,)), "rule").lifted_by == "listed"


def test_an_exemption_of_one_ad_leaves_a_wider_restriction_to_the_gate() -> None:
    media = {f"owner:{OWNER}.{fact}": True for fact in ("is_news_medium", "state_controlled")}
    free = {f"owner:{OWNER}.publicly_funded": False}
    decision = judged(ADS, evidence("m", {**media, **free}), evidence("w", GENUINE), ads=(AD,))
    assert [effect.clause.id for effect in restrictions(decision)] == ["state-controlled-media"]
    assert [effect.lifts for effect in effects(decision, EffectKind.EXEMPTION)] == [
        ("state-controlled-media", "unpaid-balance", "repeated-violations")
    ]


def test_a_scam_worded_as_an_urgent_warning_stays_off() -> None:
    decision = judged(ADS, evidence("s", UNSAFE), evidence("w", GENUINE), ads=(AD,))
    assert [effect.clause.id for effect in restrictions(decision)] == ["misrepresentation"]
    assert restrictions(decision)[0].strike == 180 * 86400


def test_an_entry_requirement_is_closed_until_it_is_known_to_be_met() -> None:
    half: dict[str, Value] = {f"owner:{OWNER}.identity_verified": True}
    whole: dict[str, Value] = {**half, "ad:ad-1.sponsor_declared": True}
    for known in ({}, half, {**half, "ad:ad-1.sponsor_declared": False}):
        decision = judged(ADS, evidence("e", known), ads=(AD,))
        (closed,) = effects(decision, EffectKind.ENTRY_CLOSED)
        assert (closed.clause.id, restrictions(decision)) == ("political-sponsor", [])
    (opened,) = effects(judged(ADS, evidence("e", whole), ads=(AD,)), EffectKind.ENTRY_OPEN)
    assert opened.grounds[0].scope.topics == Extent.of(["political"])
    assert not judged(ADS, evidence("e", whole), ads=(AD,)).high_impact


def test_a_closed_entry_says_what_would_open_it() -> None:
    known = evidence("e", {f"owner:{OWNER}.identity_verified": False})
    (closed,) = effects(judged(ADS, known, ads=(AD,)), EffectKind.ENTRY_CLOSED)
    assert [step.text for step in closed.remedy] == ["complete the identity check"]


def test_a_commercial_ending_is_counted_apart_and_reaches_the_owner() -> None:
    told: dict[str, Value] = {
        f"owner:{OWNER}.commercial_endings": (EntityRef("ending", "e"),),
        "ending:e.signed_by_the_officer": True,
        "ending:e.considerations_stated": True,
        "ending:e.money_settled": True,
        "ending:e.alleges_wrongdoing": False,
    }
    decision = judged(ADS, evidence("e", told))
    (ended,) = effects(decision, EffectKind.COMMERCIAL_ENDING)
    assert (ended.owner_wide, ended.strike, restrictions(decision)) == (True, 0, [])
    assert decision.high_impact
    alleging = judged(ADS, evidence("e", {**told, "ending:e.alleges_wrongdoing": True}))
    assert effects(alleging, EffectKind.COMMERCIAL_ENDING) == []
