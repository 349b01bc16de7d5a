from __future__ import annotations

import msgspec
import pytest

from goodstanding.app.library import volume
from goodstanding.clause.values import EntityRef, Value, to_typed
from goodstanding.clause.vocabulary import ChangedBy
from goodstanding.decisions.bench import Granted
from goodstanding.decisions.model import WITH_REMEDIES, Decision, Matter
from goodstanding.decisions.remedies.rules import Prospect, unchanging, with_remedies
from goodstanding.decisions.remedies.search import Exhausted, Search
from goodstanding.decisions.remedy import Alternative, Answer, Audience, Remedies
from goodstanding.decisions.rules import decide
from goodstanding.evidence.model import Dossier
from goodstanding.kernel.extents import Extent
from goodstanding.kernel.grades import Grade
from goodstanding.kernel.ids import CaseId, ClauseId, DecisionId, PersonId
from goodstanding.kernel.instants import Period, instant
from goodstanding.kernel.scope import Scope
from goodstanding.policy.model import Policy
from unit.decisions.world import AD, ADS, AT, HOLDINGS, OWNER, bench, dossier, evidence, judged, ordered, text_of, tiny

OVERDUE = "account:acc-1.days_overdue"
DISPUTED = "account:acc-1.balance_disputed"
STRIKES = "account:acc-1.live_strikes"
CLAIM, SHOWN = "ad:ad-1.claims_to_treat_disease", "ad:ad-1.claim_substantiated"
EXAMPLE_DECEIT = "ad:ad-1.misstates_the_offer"


def measured(**facts: Value) -> Dossier:
    return evidence("m", {f"account:acc-1.{name}": value for name, value in facts.items()}, grade=Grade.MEASUREMENT)


def solved(*parts: Dossier, policy: Policy = ADS, steps: int = 20_000) -> Decision:
    decision = judged(policy, *parts, ads=(AD,))
    return with_remedies(decision, policy, unchanging(bench(dossier(*parts))), steps=steps)


def staff(decision: Decision) -> Remedies:
    return next(one for one in decision.remedies if one.audience is Audience.STAFF)


def party(decision: Decision) -> Remedies:
    return next(one for one in decision.remedies if one.audience is Audience.PARTY)


def said(one: Alternative) -> dict[str, object]:
    return {str(change.cell): change.after["v"] for change in one.changes}


def test_a_decision_that_restricts_nothing_has_no_remedies_and_the_new_format() -> None:
    decision = solved()
    assert (decision.remedies, decision.pins.format) == ((), WITH_REMEDIES)
    assert "remedies" not in msgspec.to_builtins(decision)


def test_paying_comes_before_a_dispute_and_goes_as_far_as_the_ending_condition_asks() -> None:
    found = staff(solved(measured(days_overdue=40, balance_disputed=False)))
    assert found.answer is Answer.ADVERTISER
    assert [said(one) for one in found.alternatives] == [{OVERDUE: "0"}, {DISPUTED: "true"}]
    assert found.alternatives[0].changes[0].before == to_typed(40)
    assert found.alternatives[0].changes[0].text == "pay the overdue invoices"


def test_what_was_never_found_need_not_be_disproved() -> None:
    found = staff(solved(evidence("f", {EXAMPLE_DECEIT: True})))
    assert [said(one) for one in found.alternatives] == [{EXAMPLE_DECEIT: "false"}]


def test_to_a_party_a_clause_on_conduct_says_its_guidance_alone() -> None:
    decision = solved(evidence("f", {EXAMPLE_DECEIT: True}))
    told = party(decision)
    assert (told.answer, told.alternatives) == (Answer.CONDUCT, ())
    assert told.stop == (decision.effects[0].clause.guidance,)


def test_where_the_advertiser_can_do_nothing_others_are_named() -> None:
    found = staff(solved(ordered("bod")))
    assert (found.answer, found.reason) == (Answer.OTHERS, "nothing in the advertiser's own hands ends all of it")
    assert {change.changed_by for one in found.alternatives for change in one.changes} == {ChangedBy.AUTHORITY}
    assert {"order:bod.in_force": "false"} in [said(one) for one in found.alternatives]


def test_evidence_that_lapses_ends_it_by_itself_on_a_date() -> None:
    end = instant("2025-01-01")
    found = staff(solved(ordered("bod", valid=Period(start=instant("2020-01-01"), end=end))))
    assert [(one.weight, one.until) for one in found.alternatives if one.until is not None] == [(0, end)]


def test_strikes_that_expire_name_the_date() -> None:
    now, later = measured(live_strikes=3), measured(live_strikes=2)
    at = instant("2024-09-01")
    prospect = Prospect(now=bench(now), at=lambda when: bench(later, at=when), moments=(at,))
    found = staff(with_remedies(judged(ADS, now), ADS, prospect))
    assert (found.answer, [(one.changes, one.until) for one in found.alternatives]) == (Answer.TIME, [((), at)])


def test_that_there_is_none_is_an_answer_with_its_reason() -> None:
    found = staff(solved(measured(live_strikes=3)))
    assert (found.answer, found.alternatives) == (Answer.NONE, ())
    assert found.reason == (
        "“Repeated violations” rests on what nobody can change: The number of live strikes of account:acc-1 is 3"
    )


def test_what_would_bring_about_another_is_no_remedy() -> None:
    policy = tiny(
        "on\nwhen: account.balance_disputed\nrestricts: [advertise]\nreach: account\nreview_after: 90d",
        'off\nwhen: "!account.balance_disputed"\nrestricts: [advertise]\nreach: account\nreview_after: 90d',
    )
    found = staff(solved(measured(balance_disputed=True), policy=policy))  # nor is losing the account to a thief one
    assert (found.answer, found.reason) == (Answer.NONE, "what would end one of these would bring about another")


def test_an_exemption_within_reach_is_a_remedy() -> None:
    policy = tiny(
        "rule\nwhen: account.live_strikes >= 1\nrestricts: [advertise]\nreach: account\nreview_after: 90d",
        "permit\nwhen: owner.identity_verified\nlifts: [rule]\nreach: owner\napprover: x\n"
        "ends: '!owner.identity_verified'",
    )
    known = evidence("o", {"owner:own-1.identity_verified": False})
    found = staff(solved(measured(live_strikes=3), known, policy=policy))
    assert [said(one) for one in found.alternatives] == [{"owner:own-1.identity_verified": "true"}]


def test_a_fact_of_somebody_else_is_fixed() -> None:
    policy = tiny(
        "others\neach: order in owner.orders\nwhen: order.in_force\n"
        "restricts: [advertise]\nreach: owner\nreview_after: 90d"
    )
    found = staff(solved(evidence("f", {f"{AD_OF_NOBODY}": True}), ordered("bod"), policy=policy))
    assert AD_OF_NOBODY not in {cell for one in found.alternatives for cell in said(one)}


AD_OF_NOBODY = "ad:ad-9.misstates_the_offer"


def test_where_the_counter_runs_out_that_is_said() -> None:
    found = staff(solved(measured(days_overdue=40, balance_disputed=False), steps=1))
    assert (found.answer, found.alternatives) == (Answer.LIMIT, ())
    assert "limit of the search" in found.reason


def test_alternatives_found_before_the_counter_runs_out_are_kept() -> None:
    steps = next(n for n in range(1, 100) if staff(_with(n)).alternatives)
    assert staff(_with(steps)).answer is Answer.ADVERTISER


def _with(steps: int) -> Decision:
    return solved(measured(days_overdue=40, balance_disputed=False), steps=steps)


def test_waiting_for_now_to_pass_a_boundary_is_found() -> None:
    policy = tiny(
        "fresh\nwhen: account.live_strikes > 0 && now < timestamp('2024-07-01T00:00:00Z')\n"
        "restricts: [advertise]\nreach: account\nreview_after: 90d"
    )
    found = staff(solved(measured(live_strikes=1), policy=policy))
    assert [one.until for one in found.alternatives] == [instant("2024-07-01")]
    assert found.answer is Answer.TIME


def test_an_account_with_several_measures_is_told_of_each_and_of_all() -> None:
    decision = solved(measured(days_overdue=40, balance_disputed=False), evidence("f", {CLAIM: True, SHOWN: False}))
    ends = [one.ends for one in decision.remedies if one.audience is Audience.PARTY]
    assert sorted(ends) == [(0,), (0, 1), (1,)]


@pytest.mark.parametrize(("steps", "expected"), [(0, Exhausted()), (50, ((1, 1),))])
def test_a_search_takes_the_cheapest_lever_or_says_that_it_ran_out(steps: int, expected: object) -> None:
    search = Search([(0, 5), (0, 2)], lambda choice: () if choice else [((0, 0), (1, 0))], steps=steps)
    assert search.cheapest() == expected


ON = "on\nwhen: account.balance_disputed\nrestricts: [advertise]\nreach: account\nreview_after: 90d"
OFF = 'off\nwhen: "!account.balance_disputed"\nrestricts: [advertise]\nreach: account\nreview_after: 90d'
STRUCK = "rule\nwhen: account.live_strikes >= 1\nrestricts: [advertise]\nreach: account\nreview_after: 90d"
VERIFIED = "owner:own-1.identity_verified"


def test_what_an_exemption_of_the_owner_lifts_is_nothing_new_while_it_lasts() -> None:
    granted = Granted(id="exe-1", lifts=(ClauseId("off"),), scope=Scope())
    policy, known = tiny(ON, OFF), measured(balance_disputed=True)
    on = msgspec.structs.replace(bench(known), granted=(granted,))
    decision = decide(judged(policy, known).matter, policy, on, name=DecisionId("dec-1"), by=PersonId("dan"))
    assert [said(one) for one in staff(with_remedies(decision, policy, unchanging(on))).alternatives] == [
        {DISPUTED: "false"}
    ]
    elsewhere = msgspec.structs.replace(granted, lifts=(ClauseId("on"),), scope=Scope(territories=Extent.of(["AT"])))
    on = msgspec.structs.replace(on, granted=(elsewhere,))
    assert staff(with_remedies(decision, policy, unchanging(on))).answer is Answer.NONE


def test_what_an_exemption_of_the_owner_lifts_needs_no_remedy_and_once_it_has_ended_does() -> None:
    policy, known = tiny(ON), measured(balance_disputed=True)
    granted = Granted(id="exe-1", lifts=(ClauseId("on"),), scope=Scope())
    matter = judged(policy, known).matter

    def decided(*exemptions: Granted) -> Decision:
        on = msgspec.structs.replace(bench(known), granted=exemptions)
        made = decide(matter, policy, on, name=DecisionId("dec-1"), by=PersonId("dan"))
        return with_remedies(made, policy, unchanging(on))

    during, afterwards = decided(granted), decided()
    assert (during.remedies, during.findings[0].lifted_by) == ((), "exe-1")
    assert [said(one) for one in staff(afterwards).alternatives] == [{DISPUTED: "false"}]


def test_an_exemption_that_covers_a_part_alone_is_no_remedy() -> None:
    permit = (
        "permit\nterritory: [AT]\nwhen: owner.identity_verified\nlifts: [rule]\nreach: owner\napprover: x\n"
        "ends: '!owner.identity_verified'"
    )
    known = evidence("o", {VERIFIED: False})
    found = staff(solved(measured(live_strikes=3), known, policy=tiny(STRUCK, permit)))
    assert (found.answer, found.alternatives) == (Answer.NONE, ())


def test_one_measure_exempted_and_another_cured_end_both() -> None:
    permit = (
        "permit\nwhen: owner.identity_verified\nlifts: [rule]\nreach: owner\napprover: x\n"
        "ends: '!owner.identity_verified'"
    )
    late = (
        "late\nwhen: 'account.days_overdue > 30 && !account.balance_disputed'\n"
        "restricts: [advertise]\nreach: account\nreview_after: 90d"
    )
    known = evidence("o", {VERIFIED: False})
    facts = measured(live_strikes=3, days_overdue=40, balance_disputed=False)
    found = staff(solved(facts, known, policy=tiny(STRUCK, permit, late)))
    assert [set(said(one)) for one in found.alternatives] == [{VERIFIED, OVERDUE}, {VERIFIED, DISPUTED}]


def test_an_exemption_whose_entity_leaves_its_list_lifts_nothing() -> None:
    permit = (
        "permit\neach: order in owner.orders\nwhen: order.in_force\nlifts: [rule]\nreach: owner\napprover: x\n"
        "ends: '!order.in_force'"
    )
    known = evidence("f", {ORDERS: (EntityRef("order", "bod"),), "order:bod.in_force": False})
    found = staff(solved(measured(live_strikes=3), known, policy=tiny(STRUCK, permit)))
    assert [said(one) for one in found.alternatives] == [{"order:bod.in_force": "true"}]


def test_what_would_bring_about_another_in_its_own_places_is_no_remedy() -> None:
    tail = "restricts: [advertise]\nreach: owner\nterritory: order.territory\nreview_after: 90d"
    policy = tiny(
        f"now\neach: order in owner.orders\nwhen: order.in_force\n{tail}",
        f'then\neach: order in owner.orders\nwhen: "!order.in_force"\n{tail}',
    )
    found = staff(solved(ordered("bod"), policy=policy))
    assert {"order:bod.in_force"} not in [set(said(one)) for one in found.alternatives]
    assert ORDERS in {cell for one in found.alternatives for cell in said(one)}


ORDERS = "owner:own-1.orders"


@pytest.mark.parametrize(
    ("later", "waits"),
    [
        (evidence("list", {ORDERS: ()}), [instant("2024-09-01")]),
        (Dossier(), []),
        (ordered("bod"), []),
    ],
)
def test_only_a_list_that_is_known_not_to_name_it_any_more_ends_it(later: Dossier, waits: list[object]) -> None:
    known, at = ordered("bod"), instant("2024-09-01")
    prospect = Prospect(now=bench(known), at=lambda when: bench(later, at=when), moments=(at,))
    found = staff(with_remedies(judged(ADS, known), ADS, prospect))
    assert [one.until for one in found.alternatives if one.until is not None] == waits


def test_a_measure_whose_account_is_not_the_owners_any_more_has_not_ended_by_itself() -> None:
    known, at = measured(live_strikes=3), instant("2024-09-01")
    without = msgspec.structs.replace(HOLDINGS, links=HOLDINGS.links[1:])
    prospect = Prospect(now=bench(known), at=lambda when: bench(known, at=when, holdings=without), moments=(at,))
    assert staff(with_remedies(judged(ADS, known), ADS, prospect)).answer is Answer.NONE


def test_what_the_vocabulary_says_of_effort_decides_which_comes_first() -> None:
    yes_or_no = "{type: bool, label: x, holds: is so, holds_not: is not so, accepts: [finding], remedy: mend it, "
    nameless = "{label: the x, facts: {name: {type: string, label: x, accepts: [finding], changed_by: nobody}}}"
    words = (
        "id: advertising\nversion: '1'\nlanguage: en\ncapabilities: {advertise: run ads}\ntopics: {}\naudiences: {}\n"
        f"entities:\n  account: {nameless}\n  ad: {nameless}\n  owner:\n    label: the owner\n    facts:\n"
        f"      d: {yes_or_no}changed_by: advertiser, effort: 30}}\n"
        f"      e: {yes_or_no}changed_by: advertiser, effort: 2}}\n"
    )
    read = volume(text_of(f"rule\nwhen: owner.d && owner.e\n{RULE}"), "tiny.md", words, "words.yaml")
    known = evidence("o", {"owner:own-1.d": True, "owner:own-1.e": True})
    on = msgspec.structs.replace(bench(known), vocabulary=read.vocabulary)
    matter = Matter(case=CaseId("case-1"), owner=OWNER, at=AT)
    decision = decide(matter, read.policy, on, name=DecisionId("dec-1"), by=PersonId("dan"))
    found = staff(with_remedies(decision, read.policy, unchanging(on)))
    assert [(one.weight, said(one)) for one in found.alternatives] == [
        (2, {"owner:own-1.e": "false"}),
        (30, {"owner:own-1.d": "false"}),
    ]


RULE = "restricts: [advertise]\nreach: owner\nreview_after: 90d"


def test_each_clause_is_judged_on_the_evidence_that_it_accepts() -> None:
    strict = (
        "strict\nwhen: account.hijacked\nneeds: {account: [admission]}\n"
        "restricts: [advertise]\nreach: account\nreview_after: 90d"
    )
    found = staff(solved(measured(balance_disputed=True), policy=tiny(strict, ON)))
    assert [said(one) for one in found.alternatives] == [{DISPUTED: "false"}]


def test_for_all_of_it_a_party_is_given_the_advice_beside_the_changes() -> None:
    known = measured(days_overdue=40, balance_disputed=False)
    decision = solved(known, evidence("f", {EXAMPLE_DECEIT: True}))
    whole = next(one for one in decision.remedies if one.audience is Audience.PARTY and len(one.ends) > 1)
    conduct = next(one for one in decision.effects if one.clause.id == "misrepresentation")
    assert whole.stop == (conduct.clause.guidance,)
    assert [said(one) for one in whole.alternatives] == [{OVERDUE: "0"}, {DISPUTED: "true"}]


def test_the_time_of_the_decision_is_that_of_its_matter() -> None:
    assert solved().matter.at == AT
