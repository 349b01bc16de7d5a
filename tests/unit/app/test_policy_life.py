from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import msgspec

from goodstanding.app.deciding import decide_case, replayed
from goodstanding.app.desk import open_desk
from goodstanding.app.ending import groundless, lift_groundless
from goodstanding.app.fold import DeskFold
from goodstanding.app.inheriting import declare_cut_over
from goodstanding.app.library import policy_at
from goodstanding.app.policy_life import NO_FORECAST, approve_policy, draft_policy, publish_policy, withdraw_clause
from goodstanding.app.state import NOTICE, State
from goodstanding.bootstrap import PUBLIC_KEY, create_desk, pack, rebuild_desk, verify_desk
from goodstanding.bootstrap import open_desk as opened_desk
from goodstanding.decisions.model import Decision
from goodstanding.kernel.canonical import canonical
from goodstanding.kernel.ids import ClauseId, PersonId
from goodstanding.ledger.model import Kind
from goodstanding.policy.normal import digest_of_text
from goodstanding.policy.publication import Urgency, Way
from unit.app.staged import CASE, DAN, INES, OLU, PAULA, START, Dial, Lettered, Staged, issuing, kinds, staged
from unit.decisions.test_scope import MISSTATED
from unit.decisions.world import VOCABULARY_FILE, evidence, text_of
from unit.reasons.samples import PLATFORM

RULE = "\nrule\nwhen: ad.misstates_the_offer\nrestricts: [advertise]\nreach: ad\nends: '!ad.misstates_the_offer'\n"
MORE = "\nmore\nwhen: ad.poses_as_another\nrestricts: [advertise]\nreach: ad\nends: '!ad.poses_as_another'\n"
WAY_OUT = "\nway-out\nwhen: ad.warns_of_danger\nlifts: [rule]\nreach: ad\napprover: duty editor\nreview_after: 7d\n"
SCAM = evidence("scam", MISSTATED)
POSES = evidence("poses", {"ad:ad-1.poses_as_another": True})
DANGER = Urgency(way=Way.DANGER, ground="ads lead to a worm that spreads today")
LAW = Urgency(way=Way.LAW, ground="an act of 1 June 2024")
STRANGER = PersonId("nobody")
RULE_ID = ClauseId("rule")


def telling(desk: Staged) -> None:
    """Somebody is told a decision, so the desk is in operation."""
    desk.restrict(evidence("other", {"ad:ad-2.misstates_the_offer": True}))


def published(desk: Staged, text: str, **how: Urgency) -> str:
    """Publish an approved draft; the way in which it was."""
    by = OLU if how else PAULA
    (entry,) = desk.do(publish_policy(desk.draft(text), by=by, **how), by)
    return str(entry.entry.clear["way"])


def clauses(desk: Staged) -> list[str]:
    """The clauses of the tiny policy that apply now."""
    found = policy_at(desk.state, "tiny", desk.now)
    return [] if found is None else [clause.id for clause in found.policy.clauses]


# -------------------------------------------------------------------------------------------------- draft and approval


def test_a_draft_is_recorded_with_the_digests_of_its_text_and_of_its_words(desk: Staged) -> None:
    text = text_of(RULE)
    name = desk.draft(text, approved=False)
    drafted = desk.state.drafts[name]
    assert (drafted.text, drafted.words, drafted.by) == (text, digest_of_text(text), PAULA)
    dressed = desk.draft(text.replace("A rule with a few", "A *rule*  with a few"), approved=False)
    assert desk.state.drafts[dressed].words == drafted.words
    assert desk.state.drafts[dressed].digest != drafted.digest


def test_a_draft_restricts_nothing(desk: Staged) -> None:
    desk.draft(text_of(RULE))
    assert desk.refused(decide_case(CASE, policy="tiny", by=DAN), DAN) == "APolicyIsInForce"


def test_nothing_is_published_that_nobody_else_approved(desk: Staged) -> None:
    name = desk.draft(text_of(RULE), approved=False)
    assert desk.refused(publish_policy(name, by=PAULA), PAULA) == "APolicyNeedsASecondPerson"
    assert desk.refused(approve_policy(name, reason="mine", by=PAULA), PAULA) == "WhoDraftedCannotApprove"
    assert desk.refused(approve_policy(name, reason="fine", by=DAN), DAN) == "WhoActsHasTheRole"
    assert desk.refused(approve_policy(name, reason=" ", by=OLU), OLU) == "AnApprovalHasAReason"
    desk.do(approve_policy(name, reason="read", by=OLU), OLU)
    assert desk.state.drafts[name].approved_by == OLU
    assert desk.refused(approve_policy(name, reason="again", by=OLU), OLU) == "ADraftIsApprovedOnce"
    desk.do(publish_policy(name, by=OLU), OLU)
    assert desk.state.drafts[name].published


def test_a_draft_that_is_not_there_or_was_published_is_refused(desk: Staged) -> None:
    assert desk.refused(publish_policy("drf-none", by=PAULA), PAULA) == "TheDraftExists"
    assert desk.refused(approve_policy("drf-none", reason="?", by=OLU), OLU) == "TheDraftExists"
    assert desk.refused(approve_policy("drf-none", reason="?", by=DAN), DAN) == "WhoActsHasTheRole"
    once, twice = desk.draft(text_of(RULE)), desk.draft(text_of(RULE))
    desk.do(publish_policy(once, by=PAULA), PAULA)
    assert desk.refused(publish_policy(twice, by=PAULA), PAULA) == "AVersionIsPublishedOnce"


def test_strangers_neither_draft_nor_approve_nor_publish_nor_withdraw(desk: Staged) -> None:
    words = pack(VOCABULARY_FILE)
    drafting = draft_policy(text=text_of(RULE), file="p.md", vocabulary=words, vocabulary_file="v", by=STRANGER)
    name = desk.draft(text_of(RULE))
    for command in (
        drafting,
        approve_policy(name, reason="?", by=STRANGER),
        publish_policy(name, by=STRANGER),
        withdraw_clause("ads", RULE_ID, reason="?", by=STRANGER),
        lift_groundless(by=STRANGER),
    ):
        assert desk.refused(command, STRANGER) == "WhoActsIsEnrolled"


# ---------------------------------------------------------------------------------------------- publication and notice


def test_a_first_version_applies_at_once_until_the_desk_has_told_anybody_anything(desk: Staged) -> None:
    assert published(desk, text_of(RULE)) == "first version"
    telling(desk)
    other = desk.draft(text_of(RULE).replace("id: tiny", "id: another"))
    assert desk.refused(publish_policy(other, by=PAULA), PAULA) == "AChangeIsAnnouncedInTime"


def test_after_cut_over_every_policy_is_announced(desk: Staged) -> None:
    desk.do(declare_cut_over(by=OLU), OLU)
    assert desk.refused(publish_policy(desk.draft(text_of(RULE)), by=PAULA), PAULA) == "AChangeIsAnnouncedInTime"
    assert published(desk, text_of(RULE, start="2024-06-17")) == "ordinary"


def test_what_is_stricter_waits_and_until_then_the_version_before_it_applies(desk: Staged) -> None:
    desk.publish(text_of(RULE))
    assert desk.refused(publish_policy(desk.draft(text_of(RULE, MORE, version="2")), by=PAULA), PAULA) == (
        "AChangeIsAnnouncedInTime"
    )
    assert published(desk, text_of(RULE, MORE, version="2", start="2024-06-17")) == "ordinary"
    assert clauses(desk) == ["rule"]
    desk.later(days=15.7)
    assert clauses(desk) == ["rule", "more"]


def test_what_is_looser_applies_at_once(desk: Staged) -> None:
    desk.publish(text_of(RULE, MORE))
    assert published(desk, text_of(RULE, version="2")) == "loosening"
    assert clauses(desk) == ["rule"]


def test_a_changed_condition_is_looser_where_that_is_proven(desk: Staged) -> None:
    desk.publish(text_of(RULE))
    changed = RULE.replace("when: ad.misstates_the_offer", "when: ad.misstates_the_offer && !ad.reports_or_educates")
    assert published(desk, text_of(changed, version="2")) == "loosening"  # proven: what meets it met the old one
    back = desk.draft(text_of(RULE, version="3"))
    assert desk.refused(publish_policy(back, by=PAULA), PAULA) == "AChangeIsAnnouncedInTime"


def test_the_notice_period_is_the_desks_own_and_recorded_when_it_opens(tmp_path: Path) -> None:
    create_desk(tmp_path / "desk", origin="desk.example/log")
    with opened_desk(tmp_path / "desk", clock=Dial(), ids=Lettered()) as opened:
        desk = Staged(opened, Dial())
        assert desk.refused(open_desk(PLATFORM, notice=timedelta(hours=3)), OLU) == "AChangeIsAnnouncedInTime"
        (entry,) = desk.do(open_desk(PLATFORM, notice=timedelta(days=40)), OLU)
        assert entry.entry.clear == {"policy_notice_days": 40}
        assert desk.state.notice == timedelta(days=40)


def test_a_record_from_before_the_notice_period_was_recorded_still_reads(desk: Staged) -> None:
    first, *_ = desk.desk.ledger.entries()
    older = msgspec.structs.replace(first, entry=msgspec.structs.replace(first.entry, clear={}))
    state = State()
    DeskFold().apply(state, older)
    assert state.notice == NOTICE
    old = {"policy": "p", "version": "1", "file": "p.md", "text": "", "vocabulary": "", "vocabulary_file": ""}
    entry = msgspec.structs.replace(first.entry, kind=Kind.POLICY_PUBLISHED, clear={})
    DeskFold().apply(
        state, msgspec.structs.replace(first, entry=entry, document={**old, "published_at": "2024-06-01T09:00:00Z"})
    )
    assert (state.published[0].way, state.published[0].until) == (Way.FIRST, None)


# ------------------------------------------------------------------------------------------------------ what is urgent


def test_only_an_officer_answers_for_urgency_and_its_ground_is_recorded(desk: Staged) -> None:
    desk.publish(text_of(RULE))
    draft = desk.draft(text_of(RULE, MORE, version="2"))
    assert desk.refused(publish_policy(draft, by=PAULA, urgency=LAW), PAULA) == "WhoActsHasTheRole"
    (entry,) = desk.do(publish_policy(draft, by=OLU, urgency=LAW), OLU)
    assert entry.document is not None
    assert (entry.document["ground"], entry.document["forecast"]) == (LAW.ground, NO_FORECAST)
    assert entry.document["stricter"] == ["`more` is new"]
    desk.later(days=31)
    assert clauses(desk) == ["rule", "more"]


def test_what_is_urgent_is_approved_by_a_second_person_too(desk: Staged) -> None:
    desk.publish(text_of(RULE))
    draft = desk.draft(text_of(RULE, MORE, version="2"), approved=False)
    assert desk.refused(publish_policy(draft, by=OLU, urgency=DANGER), OLU) == "APolicyNeedsASecondPerson"


def test_an_urgent_clause_ends_after_thirty_days_with_all_that_rests_on_it(desk: Staged) -> None:
    desk.publish(text_of(RULE))
    assert published(desk, text_of(RULE, MORE, version="2"), urgency=DANGER) == "imminent danger"
    desk.learn(SCAM, POSES)
    urgent, lasting = desk.restrict(policy="tiny")[::-1]
    scopes = [desk.state.restrictions[name] for name in (urgent, lasting)]
    assert [one.clause for one in scopes] == ["more", "rule"]
    assert [one.scope.period.end for one in scopes] == [START + timedelta(days=30), None]
    desk.later(days=29)
    assert {one.clause for one in desk.in_force()} == {"more", "rule"}
    desk.later(days=1)
    assert {one.clause for one in desk.in_force()} == {"rule"}
    assert clauses(desk) == ["rule"]
    assert desk.decision(desk.decide("tiny")).pins.policy_version == "1"
    again = desk.draft(text_of(RULE, MORE, version="3"))
    assert desk.refused(publish_policy(again, by=OLU, urgency=DANGER), OLU) == "UrgencyIsNotRenewed"


def test_what_is_passed_the_ordinary_way_in_time_goes_on(desk: Staged) -> None:
    desk.publish(text_of(RULE))
    published(desk, text_of(RULE, MORE, version="2"), urgency=DANGER)
    desk.later(days=10)
    assert published(desk, text_of(RULE, MORE, version="3")) == "ordinary"
    desk.learn(POSES)
    (name,) = desk.restrict(policy="tiny")
    desk.later(days=40)
    assert clauses(desk) == ["rule", "more"]
    assert [one.id for one in desk.in_force()] == [name]


def test_a_restriction_of_an_urgent_version_goes_on_where_the_clause_is_announced_already(desk: Staged) -> None:
    desk.publish(text_of(RULE))
    desk.publish(text_of(RULE, MORE, version="3", start="2024-06-25"))
    published(desk, text_of(RULE, MORE, version="2"), urgency=DANGER)
    desk.learn(POSES)
    (name,) = desk.restrict(policy="tiny")
    assert desk.state.restrictions[name].scope.period.end is None


# ----------------------------------------------------------------------------------------------------------- withdrawn


def test_a_withdrawn_clause_ends_all_that_rests_on_it_in_the_same_act_and_tells_the_party(desk: Staged) -> None:
    desk.publish(text_of(RULE, MORE))
    desk.learn(SCAM, POSES)
    desk.restrict(policy="tiny")
    said = len(desk.state.cases[CASE].said)
    recorded = desk.do(withdraw_clause("tiny", RULE_ID, reason="it stops what it should not", by=OLU), OLU)
    assert kinds(recorded) == ["clause.withdrawn", "restriction.lifted", "message.sent"]
    assert [one.clause for one in desk.in_force()] == ["more"]
    assert len(desk.state.cases[CASE].said) == said + 1
    assert "it stops what it should not" in desk.state.cases[CASE].said[-1].text
    assert clauses(desk) == ["more"]
    assert [e.clause.id for e in desk.decision(desk.decide("tiny")).effects] == ["more"]


def test_a_clause_is_withdrawn_as_of_now_and_not_before(desk: Staged) -> None:
    desk.publish(text_of(RULE))
    earlier = desk.now
    desk.later(days=1)
    desk.do(withdraw_clause("tiny", RULE_ID, reason="wrong", by=OLU), OLU)
    before = policy_at(desk.state, "tiny", earlier)
    assert before is not None
    assert [clause.id for clause in before.policy.clauses] == ["rule"]
    assert clauses(desk) == []


def test_what_was_decided_on_a_clause_and_not_issued_is_not_issued_after_its_withdrawal(desk: Staged) -> None:
    desk.publish(text_of(RULE))
    desk.learn(SCAM)
    name = desk.decide("tiny")
    desk.do(withdraw_clause("tiny", RULE_ID, reason="wrong", by=OLU), OLU)
    assert desk.refused(issuing(name), DAN) == "TheClauseIsStillInForce"


def test_a_withdrawn_clause_comes_back_only_with_notice(desk: Staged) -> None:
    desk.publish(text_of(RULE))
    desk.publish(text_of(RULE, version="2", start="2024-06-03"))
    desk.do(withdraw_clause("tiny", RULE_ID, reason="wrong", by=OLU), OLU)
    desk.later(days=3)
    assert clauses(desk) == []  # nor in what was announced before
    draft = desk.draft(text_of(RULE, version="3"))
    assert desk.refused(publish_policy(draft, by=PAULA), PAULA) == "AChangeIsAnnouncedInTime"
    desk.publish(text_of(RULE, version="4", start="2024-07-01"))
    desk.later(days=30)
    assert clauses(desk) == ["rule"]


def test_only_an_officer_withdraws_only_what_restricts_and_with_a_reason(desk: Staged) -> None:
    desk.publish(text_of(RULE, WAY_OUT))
    refused = [
        (withdraw_clause("tiny", RULE_ID, reason="wrong", by=DAN), DAN, "WhoActsHasTheRole"),
        (withdraw_clause("tiny", ClauseId("way-out"), reason="wrong", by=OLU), OLU, "OnlyWhatRestrictsIsWithdrawn"),
        (withdraw_clause("tiny", ClauseId("none"), reason="wrong", by=OLU), OLU, "TheClauseIsPublished"),
        (withdraw_clause("none", RULE_ID, reason="wrong", by=OLU), OLU, "TheClauseIsPublished"),
        (withdraw_clause("tiny", RULE_ID, reason=" ", by=OLU), OLU, "AWithdrawalHasAReason"),
    ]
    for command, by, rule in refused:
        assert desk.refused(command, by) == rule


# ---------------------------------------------------------------------------------------- what stands without a clause


def test_what_stands_without_its_clause_is_due_and_is_lifted_on_request(desk: Staged) -> None:
    desk.publish(text_of(RULE, MORE))
    desk.learn(SCAM, POSES)
    desk.restrict(policy="tiny")
    assert groundless(desk.state, desk.now) == ()
    assert desk.refused(lift_groundless(by=DAN), DAN) == "OnlyWhatIsInForceIsLifted"
    longer = MORE + "notice: 3d\n"
    assert published(desk, text_of(longer, version="2")) == "loosening"
    due = groundless(desk.state, desk.now)
    assert [(one.restriction.clause, one.gone) for one in due] == [("rule", True), ("more", False)]
    assert desk.refused(lift_groundless(by=INES), INES) == "WhoActsHasTheRole"
    assert kinds(desk.do(lift_groundless(by=DAN), DAN)) == ["restriction.lifted", "message.sent"]
    assert [one.clause for one in desk.in_force()] == ["more"]


def test_what_is_over_or_whose_decision_was_erased_is_not_due(desk: Staged) -> None:
    desk.publish(text_of(RULE))
    published(desk, text_of(RULE, MORE, version="2"), urgency=DANGER)
    desk.learn(POSES)
    (name,) = desk.restrict(policy="tiny")
    desk.later(days=30)
    assert groundless(desk.state, desk.now) == ()
    state = State(restrictions=dict(desk.state.restrictions), published=list(desk.state.published))
    assert groundless(state, START) == ()
    assert desk.state.restrictions[name].decision not in state.decisions


# ------------------------------------------------------------------------------------------------- pinned and replayed


def test_a_decision_is_made_under_the_version_of_its_day_and_replayed_to_the_same_bytes(desk: Staged) -> None:
    desk.publish(text_of(RULE, MORE))
    desk.learn(SCAM, POSES)
    first = desk.decide("tiny")
    desk.later(days=1)
    desk.publish(text_of(RULE, version="2"))
    second = desk.decide("tiny")
    desk.later(days=1)
    desk.do(withdraw_clause("tiny", RULE_ID, reason="wrong", by=OLU), OLU)
    third = desk.decide("tiny")
    decided = [desk.decision(name) for name in (first, second, third)]
    assert [one.pins.policy_version for one in decided] == ["1", "2", "2"]
    assert [[e.clause.id for e in one.effects] for one in decided] == [["rule", "more"], ["rule"], []]
    for one in decided:
        again = replayed(desk.state, one)  # as of its own instant, whatever was published or withdrawn since
        assert isinstance(again, Decision)
        assert canonical(msgspec.to_builtins(again)) == canonical(msgspec.to_builtins(one))


def test_a_decision_of_the_format_without_remedies_is_replayed_to_the_same_bytes(desk: Staged) -> None:
    desk.publish(text_of(RULE))
    desk.learn(SCAM)
    new = desk.decision(desk.decide("tiny"))
    old = msgspec.structs.replace(new, pins=msgspec.structs.replace(new.pins, format=1), remedies=())
    written = canonical(msgspec.to_builtins(old))
    assert new.remedies
    assert b"remedies" not in written
    again = replayed(desk.state, msgspec.json.decode(written, type=Decision))
    assert isinstance(again, Decision)
    assert canonical(msgspec.to_builtins(again)) == written


def test_the_record_replays_rebuilds_and_verifies_with_a_whole_life_on_it(tmp_path: Path) -> None:
    folder = tmp_path / "desk"
    with staged(folder) as desk:
        desk.publish(text_of(RULE))
        published(desk, text_of(RULE, MORE, version="2"), urgency=DANGER)
        desk.restrict(SCAM, POSES, policy="tiny")
        desk.do(withdraw_clause("tiny", RULE_ID, reason="wrong", by=OLU), OLU)
        known = (desk.state.drafts, desk.state.withdrawn, desk.state.published, desk.state.restrictions)
    with staged(folder, new=False) as again:
        assert (again.state.drafts, again.state.withdrawn, again.state.published, again.state.restrictions) == known
    vkey = (folder / PUBLIC_KEY).read_text(encoding="utf-8").strip()
    assert verify_desk(folder, vkey=vkey) == []
    assert rebuild_desk(folder) > 0
    assert verify_desk(folder, vkey=vkey) == []
