from __future__ import annotations

from datetime import datetime, timedelta

import msgspec
import pytest

from goodstanding.app.library import volume
from goodstanding.bootstrap import pack
from goodstanding.clause.model import Verdict
from goodstanding.clause.values import ABSENT, EntityRef
from goodstanding.decisions.findings import BARRED
from goodstanding.decisions.model import Decision, EffectKind, Matter
from goodstanding.decisions.nearest import nearest
from goodstanding.decisions.rules import decide
from goodstanding.evidence.model import Dossier
from goodstanding.kernel.canonical import canonical
from goodstanding.kernel.extents import Extent
from goodstanding.kernel.grades import Grade
from goodstanding.kernel.ids import CaseId, DecisionId, FactId, PersonId
from goodstanding.kernel.instants import Period
from unit.decisions.test_scope import EITHER, MISSTATED, ORDERS, SHOWN
from unit.decisions.world import (
    AD,
    ADS,
    AT,
    FIRST,
    OTHER_AD,
    OWNER,
    SECOND,
    VOCABULARY_FILE,
    bench,
    effects,
    evidence,
    finding,
    holds,
    judged,
    order,
    ordered,
    resolved,
    restrictions,
    tiny,
)

DAY = timedelta(days=1)
MALWARE = {"ad:ad-1.destination_serves_malware": True}
HOLDING = """
holding
when: account.paid_without_authority
restricts: [advertise]
reach: account
hold: 24h
ends: "!account.paid_without_authority"
"""
STRICT = """
strict
when: account.shows_reviewers_another_page
restricts: [advertise]
reach: account
strike: 30d
ends: "!account.shows_reviewers_another_page"
"""
ERRING = """
erring
when: account.days_overdue / account.live_strikes > 0
restricts: [advertise]
reach: account
ends: account.days_overdue == 0
"""
ESTIMATED = """
estimated
when: ad.misstates_the_offer
needs: {ad: [estimate, finding]}
restricts: [advertise]
reach: ad
ends: "!ad.misstates_the_offer"
"""


def test_an_allegation_restricts_nothing_and_goes_to_a_person() -> None:
    decision = judged(ADS, evidence("a", MISSTATED, grade=Grade.ALLEGATION), ads=(AD,))
    assert finding(decision, "misrepresentation").verdict is Verdict.UNDECIDED
    assert decision.effects == tuple(effects(decision, EffectKind.ENTRY_CLOSED))
    assert any("grade that this clause does not accept" in line for line in decision.needs_person)


def test_unknown_never_restricts() -> None:
    decision = judged(ADS, ads=(AD,))
    assert {f.verdict for f in decision.findings} == {Verdict.UNDECIDED}
    assert [effect.kind for effect in decision.effects] == [EffectKind.ENTRY_CLOSED]
    assert decision.needs_person == ()


def test_an_error_is_said_and_restricts_nothing() -> None:
    zero = {f"account:{FIRST}.days_overdue": 3, f"account:{FIRST}.live_strikes": 0}
    decision = judged(tiny(ERRING), evidence("a", zero, grade=Grade.MEASUREMENT))
    found = next(f for f in decision.findings if f.subject.id == FIRST)
    assert found.verdict is Verdict.UNDECIDED
    assert found.errors != ()
    assert decision.effects == ()
    assert any(found.errors[0] in line for line in decision.needs_person)


def test_a_disputed_fact_restricts_nothing_until_a_person_resolves_it() -> None:
    parts = (evidence("a", MISSTATED), evidence("b", {"ad:ad-1.misstates_the_offer": False}))
    assert judged(tiny(SHOWN), *parts, ads=(AD,)).effects == ()
    word = resolved("a/ad:ad-1.misstates_the_offer", "b/ad:ad-1.misstates_the_offer")
    (effect,) = restrictions(judged(tiny(SHOWN), *parts, word, ads=(AD,)))
    assert effect.grounds[0].facts == ("a/ad:ad-1.misstates_the_offer",)


@pytest.mark.parametrize("grade", list(Grade))
def test_a_hold_rests_on_any_grade(grade: Grade) -> None:
    decision = judged(ADS, evidence("a", MALWARE, grade=grade), ads=(AD, OTHER_AD))
    if grade is Grade.MEASUREMENT:
        (effect,) = restrictions(decision)
        assert effect.hold == 0
    else:
        (effect,) = holds(decision)
        assert (effect.hold, effect.strike, effect.owner_wide, effect.notice) == (86400, 0, False, 0)
    assert effect.grounds[0].scope.ads == Extent.of(["ad-1"])
    assert effect.grounds[0].scope.accounts == Extent.of([FIRST])


def test_a_hold_on_an_account_touches_that_account_only_and_says_what_would_end_it() -> None:
    alleged = evidence("a", {f"account:{FIRST}.paid_without_authority": True}, grade=Grade.ALLEGATION, affiliates=True)
    (effect,) = holds(judged(tiny(HOLDING), alleged))
    assert effect.grounds[0].scope.accounts == Extent.of([FIRST])
    assert [step.text for step in effect.remedy] == [
        "remove the payment method and settle what it paid for with one of your own"
    ]
    assert not judged(tiny(HOLDING), alleged).high_impact


def test_evidence_of_low_grade_that_contradicts_itself_holds_nothing() -> None:
    parts = [
        evidence(name, {f"account:{FIRST}.paid_without_authority": said}, grade=Grade.ALLEGATION)
        for name, said in (("a", True), ("b", False))
    ]
    assert judged(tiny(HOLDING), *parts).effects == ()


def test_a_clause_that_does_not_hold_places_no_hold() -> None:
    assert (
        holds(
            judged(
                tiny(STRICT), evidence("a", {f"account:{FIRST}.shows_reviewers_another_page": True}, grade=Grade.REPORT)
            )
        )
        == []
    )


def test_a_clause_that_only_holds_never_restricts() -> None:
    decision = judged(ADS, evidence("a", {f"account:{FIRST}.hijacked": True}))
    assert restrictions(decision) == []
    assert [effect.clause.id for effect in holds(decision)] == ["hijacked-account"]


def hijacked(start: int = -10, end: int = -5) -> Dossier:
    return evidence("h", {f"account:{FIRST}.hijacked": True}, valid=Period(start=AT + start * DAY, end=AT + end * DAY))


def paid(start: int | None) -> Dossier:
    began = None if start is None else AT + start * DAY
    return evidence("p", {f"account:{FIRST}.paid_without_authority": True}, valid=Period(start=began))


def on(policy: str, *parts: Dossier) -> Decision:
    return judged(tiny(policy), *parts)


@pytest.mark.parametrize("start", [-7, -10, None])
def test_conduct_while_an_account_was_hijacked_leads_to_a_hold_only(start: int | None) -> None:
    decision = on(HOLDING, hijacked(), paid(start))
    assert restrictions(decision) == []
    assert [effect.strike for effect in holds(decision)] == [0]
    found = next(f for f in decision.findings if f.subject.id == FIRST)
    assert (found.verdict, found.barred) == (Verdict.MET, BARRED)
    assert any(BARRED in line for line in decision.needs_person)


@pytest.mark.parametrize("start", [-5, -1, -11])
def test_conduct_before_or_after_a_hijack_is_the_owners(start: int) -> None:
    assert len(restrictions(on(HOLDING, hijacked(), paid(start)))) == 1


def test_conduct_during_a_hijack_counts_no_strike_where_the_clause_cannot_hold() -> None:
    shown = evidence("s", {f"account:{FIRST}.shows_reviewers_another_page": True}, valid=Period(start=AT - 7 * DAY))
    assert on(STRICT, hijacked(), shown).effects == ()


def test_what_an_ad_did_while_its_account_was_hijacked_is_not_held_against_the_owner() -> None:
    part = evidence("a", MISSTATED, valid=Period(start=AT - 7 * DAY))
    assert judged(tiny(SHOWN), hijacked(), part, ads=(AD,)).effects == ()
    other = evidence("a", {"ad:ad-2.misstates_the_offer": True}, valid=Period(start=AT - 7 * DAY))
    assert len(restrictions(judged(tiny(SHOWN), hijacked(), other, ads=(OTHER_AD,)))) == 1


def test_a_ground_that_is_free_of_the_hijack_still_carries_the_restriction() -> None:
    during = evidence("a", {"ad:ad-1.misstates_the_offer": True}, valid=Period(start=AT - 7 * DAY))
    after = evidence("b", {"ad:ad-1.poses_as_another": True}, valid=Period(start=AT - DAY))
    (effect,) = restrictions(judged(tiny(EITHER), hijacked(), during, after, ads=(AD,)))
    assert [ground.facts for ground in effect.grounds] == [("b/ad:ad-1.poses_as_another",)]


@pytest.mark.parametrize(
    ("grade", "known", "barred"),
    [(Grade.ALLEGATION, AT, False), (Grade.ADMISSION, AT, True), (Grade.FINDING, AT + DAY, False)],
)
def test_a_hijack_counts_when_it_is_known_and_not_only_alleged(grade: Grade, known: datetime, *, barred: bool) -> None:
    said = evidence("h", {f"account:{FIRST}.hijacked": True}, grade=grade, known=known)
    assert (restrictions(on(HOLDING, said, paid(-7))) == []) is barred


def test_a_hijack_that_was_found_not_to_stand_excuses_nothing() -> None:
    parts = (evidence("h", {f"account:{FIRST}.hijacked": True}), evidence("n", {f"account:{FIRST}.hijacked": False}))
    assert restrictions(on(HOLDING, *parts, paid(-7))) == []
    word = resolved(f"n/account:{FIRST}.hijacked", f"h/account:{FIRST}.hijacked")
    assert len(restrictions(on(HOLDING, *parts, word, paid(-7)))) == 1


def test_a_hijack_does_not_excuse_facts_about_others() -> None:
    decision = judged(tiny(ORDERS), hijacked(-400, 400), ordered("a"))
    assert len(restrictions(decision)) == 1


def test_an_estimate_restricts_one_ad_and_only_where_the_clause_says_so() -> None:
    part = evidence("a", MISSTATED, grade=Grade.ESTIMATE)
    assert restrictions(judged(tiny(SHOWN), part, ads=(AD,))) == []
    (effect,) = restrictions(judged(tiny(ESTIMATED), part, ads=(AD, OTHER_AD)))
    assert effect.grounds[0].scope.ads == Extent.of(["ad-1"])


def test_words_that_would_take_an_estimate_or_an_allegation_let_it_restrict_nothing() -> None:
    words = pack(VOCABULARY_FILE)
    accepts = "accepts: [finding, admission, measurement]"
    lenient = words.replace(accepts, accepts.replace("[", "[estimate, allegation, "))
    assert lenient != words
    policy = tiny(SHOWN, vocabulary=lenient)
    for grade in (Grade.ESTIMATE, Grade.ALLEGATION):
        whole = bench(evidence("a", MISSTATED, grade=grade))
        on = msgspec.structs.replace(whole, vocabulary=volume(policy.text, "t.md", lenient, VOCABULARY_FILE).vocabulary)
        matter = Matter(case=CaseId("case-1"), owner=OWNER, ads=(AD,), at=AT)
        assert decide(matter, policy, on, name=DecisionId("dec-1"), by=PersonId("dan")).effects == ()


def test_a_list_that_is_only_alleged_is_undecided_and_goes_to_a_person() -> None:
    decision = judged(ADS, evidence("a", order("a", products=("news",), places=("US",)), grade=Grade.ALLEGATION))
    found = finding(decision, "supply-forbidden")
    assert (found.verdict, found.binding) == (Verdict.UNDECIDED, None)
    assert any("forbidden" in line for line in decision.needs_person)
    assert restrictions(decision) == []


def test_a_list_of_nothing_gives_no_finding() -> None:
    for nothing in ((), ABSENT):
        decision = judged(tiny(ORDERS), evidence("a", {f"owner:{OWNER}.orders": nothing}))
        assert decision.findings == ()
    assert judged(tiny(ORDERS)).findings == ()


def test_a_policy_version_restricts_only_inside_its_time() -> None:
    part = evidence("a", MISSTATED)
    for start, until in (("2020-01-01", "2024-06-01"), ("2024-06-02", "")):
        assert judged(tiny(SHOWN, start=start, until=until), part, ads=(AD,)).findings == ()
    assert len(restrictions(judged(tiny(SHOWN, start="2024-06-01", until="2024-06-02"), part, ads=(AD,)))) == 1


def test_a_published_sentence_without_a_condition_is_never_a_ground() -> None:
    decision = judged(ADS, ordered("a"), ads=(AD,))
    assert "fair-dealing" not in {f.clause for f in decision.findings}


def test_only_what_follows_the_owner_is_of_high_impact() -> None:
    assert judged(ADS, ordered("a")).high_impact
    assert not judged(ADS, evidence("a", MISSTATED), ads=(AD,)).high_impact


def test_the_same_inputs_give_the_same_bytes_in_whatever_order_they_came() -> None:
    parts = [ordered("a"), ordered("b", places=("DE",)), evidence("c", MISSTATED), evidence("d", MISSTATED)]
    first, again, turned = (
        canonical(msgspec.to_builtins(judged(ADS, *some, ads=(AD, OTHER_AD))))
        for some in (parts, parts, parts[:2] + parts[:1:-1])
    )
    assert first == again == turned


def test_a_decision_is_read_back_as_it_was_written() -> None:
    decision = judged(ADS, ordered("a"), evidence("c", MISSTATED), ads=(AD,))
    document = msgspec.to_builtins(decision)
    assert canonical(msgspec.to_builtins(msgspec.convert(document, Decision))) == canonical(document)


def test_a_decision_pins_what_it_rests_on() -> None:
    decision = judged(ADS, ordered("a"), evidence("unused", {"ad:ad-7.danger_past": True}))
    assert decision.pins.policy_digest == ADS.digest
    assert [name for name, _ in decision.pins.evidence] == ["a"]
    assert {name for name, _ in decision.pins.facts} == {fact.id for fact in decision.facts}
    assert decision.fact(FactId("a/order:a.in_force")).sentence == "order:a is in force"
    assert decision.evidence_of(FactId("a/order:a.in_force")).title == "Document a"


def test_the_nearest_clause_is_the_unmet_one_with_most_facts_for_it() -> None:
    agencies = {**order("a", products=("news",), places=("US",)), "order:a.forbids_public_supply": False}
    about = {f"owner:{OWNER}.alleged_state_ties": True}
    decision = judged(ADS, evidence("a", agencies, grade=Grade.DIRECTIVE), evidence("b", about))
    closest = nearest(decision)
    assert closest is not None
    assert closest.clause == "supply-forbidden"
    assert "order:a does not forbid supply to the public" in closest.why_not
    assert "Document a binds everybody" in closest.why_not
    assert "no clause of this policy speaks of this" in closest.why_not
    assert "alleged to have ties" in closest.why_not


def test_no_clause_is_near_when_nothing_speaks_for_one() -> None:
    assert nearest(judged(ADS, ads=(AD,))) is None
    routine = evidence("routine", {f"owner:{OWNER}.restricted": False}, grade=Grade.MEASUREMENT)
    decision = judged(tiny(SHOWN), routine, ads=(AD,))
    assert (nearest(decision), decision.unread) == (None, ())


def test_a_measured_fact_about_each_account_is_read_for_each_account() -> None:
    decision = judged(ADS, evidence("m", {f"account:{SECOND}.live_strikes": 3}, grade=Grade.MEASUREMENT))
    (effect,) = restrictions(decision)
    assert (effect.clause.id, effect.subject) == ("repeated-violations", EntityRef("account", SECOND))
