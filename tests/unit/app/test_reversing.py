from __future__ import annotations

from pathlib import Path

import msgspec
import pytest

from goodstanding.app.appealing import answer_appeal, decide_appeal, file_appeal
from goodstanding.app.lifting import lift
from goodstanding.appeals.model import Channel, Citation, Cited, OutcomeKind, Variation
from goodstanding.clause.values import Value
from goodstanding.decisions.model import Ad
from goodstanding.evidence.model import Dossier
from goodstanding.kernel.extents import Extent
from goodstanding.kernel.grades import Grade
from goodstanding.kernel.ids import AdId, AppealId, CaseId, PersonId, RestrictionId
from unit.app.staged import (
    CASE,
    CLOCKS,
    DAN,
    DEA,
    INES,
    ROSA,
    Staged,
    ended,
    imposed,
    issuing,
    kinds,
    received,
    staged,
)
from unit.decisions.test_scope import MISSTATED
from unit.decisions.world import FIRST, OTHER_AD, SECOND, evidence, ordered

SCAM = evidence("scam", MISSTATED)
ADS = tuple(Ad(id=AdId(f"ad-{n}"), account=FIRST) for n in range(1, 6))
ROUND = {f"account:{FIRST}.continues_restricted_ads": True, f"account:{FIRST}.shows_reviewers_another_page": False}


def deceptive(number: int) -> Dossier:
    return evidence(f"scam{number}", {f"ad:ad-{number}.misstates_the_offer": True})


def striking(desk: Staged, count: int) -> list[RestrictionId]:
    """One deceptive ad after the other, each with its strike."""
    return [desk.restrict(deceptive(number))[0] for number in range(1, count + 1)]


def gate(desk: Staged) -> list[bool]:
    """What an ad server hears, at every corner of the small world."""
    desk.later(days=40)
    return [
        desk.allowed(account, ad=ad, topic=topic, at=place)
        for account, ads in ((FIRST, (*ADS, None)), (SECOND, (OTHER_AD, None)))
        for ad in ads
        for topic in ("news", "antivirus-software")
        for place in ("US", "DE")
    ]


def test_a_reversal_undoes_the_restriction_and_its_strike(desk: Staged) -> None:
    (name,) = desk.restrict(SCAM)
    recorded = desk.reverse(name)
    assert kinds(recorded) == ["appeal.decided", "restriction.lifted", "strike.undone"]
    assert desk.state.restrictions[name].undone
    assert [strike.undone for strike in desk.state.strikes.values()] == [True]
    assert desk.allowed()


def test_what_rested_on_the_strikes_falls_with_them(tmp_path: Path) -> None:
    with staged(tmp_path / "desk", *ADS) as desk:
        first, *_ = striking(desk, 3)
        (repeated,) = desk.restrict()
        desk.later(days=8)
        assert not desk.allowed(ad=None)
        desk.reverse(first)
        assert desk.state.restrictions[repeated].undone
        assert desk.allowed(ad=None)
        assert not desk.allowed(ad=ADS[1])


def test_what_the_other_strikes_carry_alone_stays(tmp_path: Path) -> None:
    with staged(tmp_path / "desk", *ADS) as desk:
        first, *_ = striking(desk, 4)
        (repeated,) = desk.restrict()
        desk.reverse(first)
        assert not desk.state.restrictions[repeated].undone
        desk.later(days=8)
        assert not desk.allowed(ad=None)


def test_who_decided_an_earlier_appeal_of_the_case_does_not_judge_the_next(tmp_path: Path) -> None:
    with staged(tmp_path / "desk", *ADS) as desk:
        first, second = striking(desk, 2)
        desk.reverse(first)
        reply = desk.reply(desk.appeal(second), text="Looked at.")
        assert desk.refused(answer_appeal(reply, by=ROSA), ROSA) == "ReviewerIsIndependent"


def test_a_circumvention_falls_with_the_restriction_it_went_around(tmp_path: Path) -> None:
    with staged(tmp_path / "desk", *ADS) as desk:
        (name,) = desk.restrict(SCAM)
        (around,) = desk.restrict(evidence("round", ROUND))
        assert desk.state.restrictions[around].clause == "circumvention"
        desk.reverse(name)
        assert desk.state.restrictions[around].undone


def test_a_circumvention_of_two_restrictions_stands_on_the_other_one(tmp_path: Path) -> None:
    with staged(tmp_path / "desk", *ADS) as desk:
        first, _ = striking(desk, 2)
        (around,) = desk.restrict(evidence("round", ROUND))
        desk.reverse(first)
        assert not desk.state.restrictions[around].undone


def test_a_circumvention_that_needs_no_record_stands_on_its_own(tmp_path: Path) -> None:
    with staged(tmp_path / "desk", *ADS) as desk:
        (name,) = desk.restrict(SCAM)
        both: dict[str, Value] = {**ROUND, f"account:{FIRST}.shows_reviewers_another_page": True}
        around = desk.restrict(evidence("round", both))
        desk.reverse(name)
        assert any(not desk.state.restrictions[each].undone for each in around)
        assert not desk.allowed(ad=None)


@pytest.mark.parametrize("goes_around", [True, False])
@pytest.mark.parametrize("strikes", [2, 3, 4])
def test_the_gate_says_after_a_reversal_what_it_says_where_the_decision_never_was(
    tmp_path: Path, strikes: int, *, goes_around: bool
) -> None:
    more = (evidence("round", ROUND),) if goes_around else ()
    with staged(tmp_path / "with", *ADS) as desk:
        first, *_ = striking(desk, strikes)
        desk.restrict(ordered("a"), *more)
        before = gate(desk)
        desk.reverse(first)
        after = gate(desk)
    with staged(tmp_path / "without", *ADS) as desk:
        for number in range(2, strikes + 1):
            desk.restrict(deceptive(number))
        desk.restrict(ordered("a"), *more)
        assert after == gate(desk)
    assert goes_around or strikes == 4 or before != after


def test_a_reversal_leaves_the_other_effects_of_the_same_decision(desk: Staged) -> None:
    desk.learn(SCAM, evidence("other", {"ad:ad-2.misstates_the_offer": True}))
    first, second = imposed(desk.issue(desk.decide()))
    desk.reverse(first)
    assert desk.allowed()
    assert not desk.state.restrictions[second].undone


def test_a_reversal_takes_an_effect_back_everywhere(desk: Staged) -> None:
    first, second = desk.restrict(ordered("a"))
    desk.reverse(first)
    assert desk.state.restrictions[second].undone


def test_what_was_reversed_is_not_issued_again(desk: Staged) -> None:
    desk.learn(ordered("a"))
    decision = desk.decide()
    first, _ = imposed(desk.issue(decision))
    desk.reverse(first)
    new = desk.join("acc-9")
    assert desk.refused(issuing(decision), DAN) == "OnlyWhatWasDecidedIsIssued"
    assert desk.refused(issuing(decision, only=new), DAN) == "OnlyWhatWasDecidedIsIssued"


def test_a_decision_that_rests_on_what_was_reversed_meanwhile_is_not_issued(tmp_path: Path) -> None:
    with staged(tmp_path / "desk", *ADS) as desk:
        first, *_ = striking(desk, 3)
        waiting = desk.decide()
        assert {effect.clause.id for effect in desk.decision(waiting).effects} >= {"repeated-violations"}
        desk.reverse(first)
        assert desk.refused(issuing(waiting), DAN) == "OnlyWhatWasDecidedIsIssued"


def test_what_was_reversed_is_not_imposed_again_by_another_decision_without_new_evidence(desk: Staged) -> None:
    (name,) = desk.restrict(SCAM)
    desk.reverse(name)
    assert desk.refused(issuing(desk.decide()), DAN) == "OnlyWhatWasDecidedIsIssued"
    (again,) = desk.restrict(evidence("more", MISSTATED))
    assert not desk.state.restrictions[again].undone
    assert not desk.allowed()


def test_a_strike_that_was_undone_counts_no_more(tmp_path: Path) -> None:
    with staged(tmp_path / "desk", *ADS) as desk:
        first, *_ = striking(desk, 3)
        desk.reverse(first)
        clauses = {effect.clause.id for effect in desk.decision(desk.decide()).effects}
        assert "repeated-violations" not in clauses


def test_a_strike_expires(tmp_path: Path) -> None:
    with staged(tmp_path / "desk", *ADS) as desk:
        striking(desk, 3)
        desk.later(days=181)
        clauses = {effect.clause.id for effect in desk.decision(desk.decide()).effects}
        assert "repeated-violations" not in clauses


def test_a_lifted_restriction_was_in_force_until_then_and_an_undone_one_never(desk: Staged) -> None:
    (name,) = desk.restrict(SCAM)
    desk.later(days=1)
    desk.do(lift(name, reason="the ad was changed", by=DAN), DAN)
    assert desk.allowed()
    lifted_at = desk.now
    desk.later(days=1)
    desk.reverse(name)
    found = desk.state.restrictions[name]
    assert (found.lifted_at, found.undone_at) == (lifted_at, desk.now)
    desk.later(days=-1)
    assert desk.in_force() == []
    desk.later(days=-1)
    assert [r.id for r in desk.in_force()] == [name]


def test_lifting_needs_something_in_force_a_reason_and_the_role(desk: Staged) -> None:
    (name,) = desk.restrict(SCAM)
    assert desk.refused(lift(name, reason="why not", by=INES), INES) == "WhoActsHasTheRole"
    assert desk.refused(lift(name, reason=" ", by=DAN), DAN) == "LiftingHasAReason"
    assert desk.refused(lift(RestrictionId("res-none"), reason="gone", by=DAN), DAN) == "OnlyWhatIsInForceIsLifted"
    desk.do(lift(name, reason="the ad was changed", by=DAN), DAN)
    assert desk.refused(lift(name, reason="again", by=DAN), DAN) == "OnlyWhatIsInForceIsLifted"


def test_a_hold_is_ended_by_a_person(desk: Staged) -> None:
    (name,) = desk.restrict(evidence("sign", {"ad:ad-1.destination_serves_malware": True}, grade=Grade.REPORT))
    assert kinds(desk.do(lift(name, reason="a false alarm", by=DAN), DAN)) == ["hold.ended"]
    assert desk.allowed()


def test_a_hold_that_was_reversed_is_not_placed_again_on_the_same_evidence(desk: Staged) -> None:
    (name,) = desk.restrict(evidence("sign", {"ad:ad-1.destination_serves_malware": True}, grade=Grade.REPORT))
    desk.reverse(name)
    assert desk.refused(issuing(desk.decide()), DAN) == "OnlyWhatWasDecidedIsIssued"


# ------------------------------------------------------------------------------------------------------------- appeals


def test_the_clock_of_an_appeal_runs_from_its_receipt(desk: Staged) -> None:
    (name,) = desk.restrict(SCAM)
    came = desk.now
    desk.later(days=5)
    letter = received(came, name, question="Why?", channel=Channel.LETTER)
    (entry,) = desk.do(file_appeal(CASE, letter, clocks=CLOCKS, by=INES))
    appeal = desk.state.appeals[AppealId(str(entry.entry.clear["appeal"]))]
    assert [(each.due - came).days for each in appeal.deadlines] == [3, 14]
    assert desk.state.cases[CASE].appeals == [appeal.appeal.id]


def test_an_appeal_is_refused_that_staff_may_not_record_or_that_is_against_something_else(desk: Staged) -> None:
    (name,) = desk.restrict(SCAM)
    by_letter = received(desk.now, name, question="Why?", channel=Channel.LETTER)
    assert desk.refused(file_appeal(CASE, by_letter, clocks=CLOCKS, by=DAN), DAN) == "WhoActsHasTheRole"
    other = received(desk.now, RestrictionId("res-none"), question="Why?")
    assert desk.refused(file_appeal(CASE, other, clocks=CLOCKS, by=INES)) == "AnAppealIsAgainstItsOwnCase"
    assert desk.refused(file_appeal(CaseId("none"), by_letter, clocks=CLOCKS, by=INES)) == "TheCaseExists"
    empty = received(desk.now, name, question=" ")
    assert desk.refused(file_appeal(CASE, empty, clocks=CLOCKS, by=INES)) == "QuestionsAreNumbered"


@pytest.mark.parametrize("person", [DAN, DEA])
def test_who_decided_or_approved_neither_answers_nor_decides_the_appeal(desk: Staged, person: PersonId) -> None:
    first, _ = desk.restrict(ordered("a"))
    appeal = desk.appeal(first)
    reply = desk.reply(appeal, text="The order was read again.")
    assert desk.refused(answer_appeal(reply, by=person), person) == "ReviewerIsIndependent"
    desk.answer(appeal)
    assert desk.refused(decide_appeal(ended(appeal, desk.now), by=person), person) == "ReviewerIsIndependent"


def test_only_a_reviewer_answers_and_decides(desk: Staged) -> None:
    (name,) = desk.restrict(SCAM)
    appeal, nothing = desk.appeal(name), AppealId("app-none")
    reply = desk.reply(appeal, text="It was read again.")
    assert desk.refused(answer_appeal(reply, by=INES), INES) == "WhoActsHasTheRole"
    assert desk.refused(decide_appeal(ended(appeal, desk.now), by=INES), INES) == "WhoActsHasTheRole"
    for by, rule in ((INES, "WhoActsHasTheRole"), (ROSA, "TheAppealExists")):
        assert desk.refused(answer_appeal(desk.reply(nothing, text="What?"), by=by), by) == rule
        assert desk.refused(decide_appeal(ended(nothing, desk.now), by=by), by) == rule


def test_an_outcome_comes_after_the_answers_and_once(desk: Staged) -> None:
    (name,) = desk.restrict(SCAM)
    appeal = desk.appeal(name)
    assert desk.refused(decide_appeal(ended(appeal, desk.now), by=ROSA), ROSA) == "EveryQuestionIsAnswered"
    desk.answer(appeal)
    desk.do(decide_appeal(ended(appeal, desk.now), by=ROSA), ROSA)
    assert desk.refused(decide_appeal(ended(appeal, desk.now), by=ROSA), ROSA) == "AnAppealIsDecidedOnce"


def test_a_reply_that_leaves_a_question_out_or_only_repeats_is_refused(desk: Staged) -> None:
    (name,) = desk.restrict(SCAM)
    appeal = desk.appeal(name)
    empty = msgspec.structs.replace(desk.reply(appeal, text="x"), answers=())
    assert desk.refused(answer_appeal(empty, by=ROSA), ROSA) == "EveryQuestionIsAnswered"
    words = "The document was read again and does not show it."
    desk.answer(appeal, text=words)
    again = desk.appeal(name, question="And now?")
    assert desk.refused(answer_appeal(desk.reply(again, text=words), by=ROSA), ROSA) == "ReplyDoesNotRepeat"


def test_who_replied_and_when_is_what_the_desk_saw(desk: Staged) -> None:
    (name,) = desk.restrict(SCAM)
    appeal = desk.appeal(name)
    desk.later(days=1)
    claimed = desk.reply(appeal, text="It was read again by a reviewer.", by=DEA)
    desk.do(answer_appeal(claimed, by=ROSA), ROSA)
    (sent,) = desk.state.appeals[appeal].replies
    assert (sent.by, sent.at) == (ROSA, desk.now)


def test_an_outcome_may_narrow_a_restriction(desk: Staged) -> None:
    (name,) = desk.restrict(SCAM)
    appeal = desk.appeal(name)
    desk.answer(appeal)
    old = desk.state.restrictions[name].scope
    narrow = msgspec.structs.replace(old, territories=Extent.of(["US"]))
    grounds = (Citation(Cited.CLAUSE, "misrepresentation"), Citation(Cited.FACT, "scam/ad:ad-1.misstates_the_offer"))
    outcome = msgspec.structs.replace(
        ended(appeal, desk.now, OutcomeKind.VARIED),
        variations=(Variation(restriction=name, becomes=narrow),),
        relies_on=grounds,
    )
    desk.do(decide_appeal(outcome, by=ROSA), ROSA)
    assert (desk.allowed(at="US"), desk.allowed(at="DE")) == (False, True)


def test_an_appeal_that_is_upheld_leaves_everything_as_it_was(desk: Staged) -> None:
    (name,) = desk.restrict(SCAM)
    appeal = desk.appeal(name)
    desk.answer(appeal)
    bare = ended(appeal, desk.now, OutcomeKind.UPHELD)
    assert desk.refused(decide_appeal(bare, by=ROSA), ROSA) == "UpheldNamesItsGround"
    grounds = (Citation(Cited.CLAUSE, "misrepresentation"), Citation(Cited.FACT, "scam/ad:ad-1.misstates_the_offer"))
    assert kinds(desk.do(decide_appeal(msgspec.structs.replace(bare, relies_on=grounds), by=ROSA), ROSA)) == [
        "appeal.decided"
    ]
    assert not desk.allowed()


def test_an_appeal_against_nothing_is_answered_from_all_that_the_case_told(desk: Staged) -> None:
    desk.restrict(SCAM)
    appeal = desk.appeal(question="What do you hold against us?")
    reply = msgspec.structs.replace(
        desk.reply(appeal, text="A rule about deception; please see its wording on the policy page."),
        relies_on=(Citation(Cited.CLAUSE, "misrepresentation"),),
    )
    desk.do(answer_appeal(reply, by=ROSA), ROSA)
    other = desk.appeal(question="And what else?")
    untold = msgspec.structs.replace(
        desk.reply(other, text="Nothing more than that is known to us today."),
        relies_on=(Citation(Cited.CLAUSE, "supply-forbidden"),),
    )
    assert desk.refused(answer_appeal(untold, by=ROSA), ROSA) == "NewGroundIsANewDecision"
