from __future__ import annotations

from datetime import datetime, timedelta

import msgspec

from goodstanding.app.deciding import approve, decide_case
from goodstanding.app.issuing import issue
from goodstanding.clause.values import Value
from goodstanding.kernel.extents import Extent
from goodstanding.kernel.grades import Grade, Handling
from goodstanding.kernel.ids import AccountId, DecisionId, EvidenceId
from goodstanding.kernel.instants import Period
from goodstanding.reasons.issue import Seal
from goodstanding.reasons.money import MoneyAnswer
from goodstanding.reasons.render import read_statement
from unit.app.staged import CASE, DAN, DEA, INES, ROSA, START, Staged, billing, imposed, issuing, kinds, no_answer
from unit.decisions.test_findings import MALWARE
from unit.decisions.test_scope import MISSTATED
from unit.decisions.world import AD, FIRST, OTHER_AD, OWNER, SECOND, THIRD, evidence, ordered, text_of

DAY = timedelta(days=1)
SCAM = evidence("scam", MISSTATED)
MEDIUM: dict[str, Value] = {
    f"owner:{OWNER}.is_news_medium": True,
    f"owner:{OWNER}.state_controlled": True,
    f"owner:{OWNER}.publicly_funded": False,
}


def test_a_decision_alone_restricts_nothing(desk: Staged) -> None:
    desk.learn(SCAM)
    desk.decide()
    assert (desk.in_force(), desk.allowed()) == ([], True)


def test_an_incomplete_statement_imposes_nothing_at_all(desk: Staged) -> None:
    desk.learn(SCAM, evidence("other", {"ad:ad-2.misstates_the_offer": True}))
    name = desk.decide()

    def half(account: AccountId, at: datetime) -> MoneyAnswer | None:
        return billing(account, at) if account == FIRST else no_answer(account, at)

    assert desk.refused(issue(name, by=DAN, billing=half), DAN) == "NoRestrictionWithoutACompleteStatement"
    assert (desk.state.restrictions, desk.state.statements, desk.state.strikes) == ({}, {}, {})


def test_the_statement_and_the_restriction_are_one_act(desk: Staged) -> None:
    desk.learn(SCAM)
    recorded = desk.issue(desk.decide())
    assert kinds(recorded) == ["statement.issued", "restriction.imposed", "strike.recorded"]
    assert len({one.entry.at for one in recorded}) == 1
    assert not desk.allowed()
    assert desk.allowed(SECOND, ad=OTHER_AD)


def test_what_is_imposed_is_what_is_stated(desk: Staged) -> None:
    one = evidence("one", {"ad:ad-1.misstates_the_offer": True}, territories=Extent.of(["AT"]))
    two = evidence("two", {"ad:ad-1.poses_as_another": True}, topics=Extent.of(["news"]))
    names = desk.restrict(one, two)
    (document,) = desk.state.statements.values()
    stated = {
        tuple(
            "all" if isinstance(side, str) else tuple(one.id for one in side) for side in (box.territories, box.topics)
        )
        for box in read_statement(document).boxes
    }
    scopes = [desk.state.restrictions[name].scope for name in names]
    assert (
        {
            tuple("all" if side.names is None else side.names for side in (scope.territories, scope.topics))
            for scope in scopes
        }
        == stated
        == {(("AT",), "all"), ("all", ("news",))}
    )
    assert {desk.state.restrictions[name].statement for name in names} == set(desk.state.statements)


def test_a_restriction_never_begins_before_its_statement(desk: Staged) -> None:
    names = desk.restrict(ordered("a"))
    begins = {desk.state.restrictions[name].scope.period.start for name in names}
    assert begins == {START + 30 * DAY}
    assert desk.allowed(topic="antivirus-software")
    desk.later(days=30)
    assert not desk.allowed(topic="antivirus-software")
    assert desk.allowed(topic="threat-intelligence")
    assert desk.allowed(topic="antivirus-software", at="DE")


def test_a_box_that_is_over_before_it_begins_is_not_imposed(desk: Staged) -> None:
    desk.learn(ordered("a", valid=Period(end=START + 10 * DAY)))
    name = desk.decide()
    assert desk.refused(issuing(name), DAN) == "OnlyWhatWasDecidedIsIssued"


def test_high_impact_needs_a_second_person(desk: Staged) -> None:
    desk.learn(ordered("a"))
    (made,) = desk.do(decide_case(CASE, policy="ads", by=DAN), DAN)
    name = DecisionId(str(made.entry.clear["decision"]))
    assert desk.refused(issuing(name), DAN) == "HighImpactNeedsASecondPerson"
    assert desk.refused(approve(name, by=DAN, reason="mine"), DAN) == "WhoDecidedCannotApprove"
    assert desk.refused(approve(name, by=ROSA, reason="fine"), ROSA) == "WhoActsHasTheRole"
    desk.do(approve(name, by=DEA, reason="looked at again"), DEA)
    assert desk.state.decisions[name].approved_by == DEA
    assert len(imposed(desk.issue(name))) == 2


def test_a_decision_that_was_never_made_is_neither_approved_nor_issued(desk: Staged) -> None:
    nothing = DecisionId("dec-none")
    assert desk.refused(approve(nothing, by=DEA, reason="?"), DEA) == "TheDecisionExists"
    assert desk.refused(approve(nothing, by=ROSA, reason="?"), ROSA) == "WhoActsHasTheRole"
    assert desk.refused(issuing(nothing), DAN) == "TheDecisionExists"
    assert desk.refused(issuing(nothing, by=INES), INES) == "WhoActsHasTheRole"


def test_a_decision_is_carried_out_once(desk: Staged) -> None:
    desk.learn(SCAM)
    name = desk.decide()
    desk.issue(name)
    assert desk.refused(issuing(name), DAN) == "OnlyWhatWasDecidedIsIssued"


def test_what_stands_already_is_not_imposed_again_on_another_decision(desk: Staged) -> None:
    desk.restrict(SCAM)
    assert desk.refused(issuing(desk.decide()), DAN) == "OnlyWhatWasDecidedIsIssued"
    desk.restrict(ordered("a"))
    assert desk.refused(issuing(desk.decide()), DAN) == "OnlyWhatWasDecidedIsIssued"  # its notice still runs


def test_another_ad_or_order_under_the_same_clause_gets_its_own_restriction(desk: Staged) -> None:
    desk.restrict(SCAM)
    assert len(desk.restrict(evidence("next", {"ad:ad-2.misstates_the_offer": True}))) == 1
    assert len(desk.restrict(ordered("a"))) == 2
    assert len(desk.restrict(ordered("b", places=("DE",)))) == 2


def test_an_owner_wide_act_may_run_account_by_account(desk: Staged) -> None:
    desk.learn(ordered("a"))
    name = desk.decide()
    assert len(imposed(desk.issue(name, only=FIRST))) == 1
    desk.later(days=2)
    (second,) = imposed(desk.issue(name, only=SECOND))
    assert desk.state.restrictions[second].scope.period.start == START + 30 * DAY


def test_an_affiliate_gets_a_notice_of_its_own(desk: Staged) -> None:
    desk.learn(ordered("a", affiliates=True))
    name = desk.decide()
    desk.issue(name, only=FIRST)
    desk.later(days=2)
    (theirs,) = imposed(desk.issue(name, only=THIRD))
    assert desk.state.restrictions[theirs].scope.period.start == START + 32 * DAY


def test_a_new_account_is_restricted_only_when_its_own_statement_is_issued(desk: Staged) -> None:
    desk.learn(ordered("a"))
    name = desk.decide()
    desk.issue(name)
    desk.later(days=40)
    new = desk.join("acc-9")
    assert desk.allowed(new, ad=None, topic="antivirus-software")
    (theirs,) = imposed(desk.issue(name, only=new))
    assert desk.state.restrictions[theirs].scope.period.start == desk.now
    assert desk.state.restrictions[theirs].statement in desk.state.statements
    assert not desk.allowed(new, ad=None, topic="antivirus-software")


def test_a_strangers_account_is_never_reached_by_issuing_to_it(desk: Staged) -> None:
    desk.learn(ordered("a"))
    name = desk.decide()
    assert desk.refused(issuing(name, only=THIRD), DAN) == "OnlyWhatWasDecidedIsIssued"
    assert desk.refused(issuing(name, only=AccountId("acc-none")), DAN) == "OnlyWhatWasDecidedIsIssued"


def test_a_new_account_is_not_reached_where_the_evidence_covered_only_some(desk: Staged) -> None:
    desk.learn(ordered("a"))
    name = desk.decide()
    judged = desk.state.decisions[name]
    narrow = [
        msgspec.structs.replace(g, scope=msgspec.structs.replace(g.scope, accounts=Extent.of([FIRST])))
        for g in judged.decision.effects[0].grounds
    ]
    effect = msgspec.structs.replace(judged.decision.effects[0], grounds=tuple(narrow))
    new = desk.join("acc-9")
    changed = msgspec.structs.replace(judged.decision, effects=(effect,))
    state = desk.state
    state.decisions[name] = msgspec.structs.replace(judged, decision=changed)
    assert not isinstance(issuing(name, only=FIRST)(state, desk.now, _Ids()), tuple)
    refused = issuing(name, only=new)(state, desk.now, _Ids())
    assert getattr(refused, "rule", "") == "OnlyWhatWasDecidedIsIssued"


class _Ids:
    def new(self, prefix: str) -> str:
        return f"{prefix}-x"


def test_a_hold_stands_for_its_hours_and_is_not_renewed_on_the_same_evidence(desk: Staged) -> None:
    desk.learn(evidence("sign", MALWARE, grade=Grade.REPORT, text="a first sign"))
    (entry, hold) = desk.issue(desk.decide())
    assert (entry.entry.kind.value, hold.entry.kind.value) == ("statement.issued", "hold.placed")
    assert not desk.allowed()
    assert [r.kind for r in desk.in_force()] == ["hold"]
    desk.later(days=1)
    assert desk.allowed()
    assert desk.refused(issuing(desk.decide()), DAN) == "OnlyWhatWasDecidedIsIssued"
    desk.learn(evidence("copy", MALWARE, grade=Grade.REPORT, text="a first sign"))
    assert desk.refused(issuing(desk.decide()), DAN) == "OnlyWhatWasDecidedIsIssued"
    assert desk.state.strikes == {}


def test_new_evidence_may_hold_again_and_other_ads_are_held_on_their_own(desk: Staged) -> None:
    desk.restrict(evidence("sign", MALWARE, grade=Grade.REPORT, text="a first sign"))
    both = evidence("sign2", {"ad:ad-2.destination_serves_malware": True}, grade=Grade.REPORT, text="a first sign")
    (second,) = desk.restrict(both)
    assert desk.state.restrictions[second].account == SECOND
    desk.later(days=2)
    assert desk.refused(issuing(desk.decide()), DAN) == "OnlyWhatWasDecidedIsIssued"
    desk.learn(evidence("later", {"ad:ad-1.destination_steals_credentials": True}, grade=Grade.REPORT))
    decided = desk.decision(desk.decide())
    assert [effect.kind.value for effect in decided.effects if effect.subject.id == AD.id] == ["hold", "entry closed"]


def test_sealed_evidence_needs_the_basis_of_its_seal(desk: Staged) -> None:
    sealed = msgspec.structs.replace(
        SCAM, evidence=(msgspec.structs.replace(SCAM.evidence[0], handling=Handling.SEALED),)
    )
    desk.learn(sealed)
    name = desk.decide()
    assert desk.refused(issuing(name), DAN) == "NoRestrictionWithoutACompleteStatement"
    seal = Seal(evidence=EvidenceId("scam"), basis="Code of Criminal Procedure, section 12")
    assert len(imposed(desk.do(issuing(name, seals=(seal,)), DAN))) == 1


def test_a_version_that_lapsed_or_was_replaced_restricts_nothing_any_more(desk: Staged) -> None:
    rule = "\nrule\nwhen: ad.misstates_the_offer\nrestricts: [advertise]\nreach: ad\nends: '!ad.misstates_the_offer'\n"
    desk.publish(text_of(rule, until="2024-06-10"))
    desk.learn(SCAM)
    name = desk.decide("tiny")
    desk.later(days=10)
    assert desk.refused(issuing(name), DAN) == "ThePolicyIsStillInForce"
    assert desk.refused(decide_case(CASE, policy="tiny", by=DAN), DAN) == "APolicyIsInForce"
    desk.publish(text_of(rule, version="2", start="2024-06-27"))
    desk.later(days=16)
    again = desk.decide("tiny")
    desk.publish(text_of(rule, version="3"))  # nowhere stricter, so it applies at once
    assert desk.refused(issuing(again), DAN) == "ThePolicyIsStillInForce"
    assert desk.allowed()


def test_a_scam_worded_as_a_warning_is_refused_and_a_genuine_warning_is_let_through(desk: Staged) -> None:
    warning: dict[str, Value] = {"danger_confirmed": True, "warns_of_danger": True, "danger_past": False}
    told = [
        evidence(f"w{ad}", {f"ad:{ad}.{fact}": value for fact, value in warning.items()}) for ad in ("ad-1", "ad-2")
    ]
    desk.restrict(evidence("medium", MEDIUM), evidence("scam", {"ad:ad-2.misstates_the_offer": True}), *told)
    desk.later(days=31)
    assert desk.allowed(FIRST, ad=AD, topic="public-safety")
    assert not desk.allowed(FIRST, ad=None, topic="public-safety")
    assert not desk.allowed(SECOND, ad=OTHER_AD, topic="public-safety")
    assert [reason.clause for reason in desk.ask(SECOND, ad=OTHER_AD, topic="public-safety").by] == [
        "misrepresentation"
    ]


def test_an_exemption_and_an_entry_are_granted_once_and_from_then_on(desk: Staged) -> None:
    known: dict[str, Value] = {f"owner:{OWNER}.identity_verified": True, "ad:ad-1.sponsor_declared": True}
    warning: dict[str, Value] = {"ad:ad-1.danger_confirmed": True, "ad:ad-1.warns_of_danger": True}
    assert not desk.allowed(topic="political")
    desk.later(days=2)
    desk.learn(evidence("e", known), evidence("w", {**warning, "ad:ad-1.danger_past": False}))
    name = desk.decide()
    assert sorted(kinds(desk.issue(name))) == ["entry.opened", "exemption.granted"]
    assert desk.refused(issuing(name), DAN) == "OnlyWhatWasDecidedIsIssued"
    assert desk.allowed(topic="political")
    assert not desk.allowed(SECOND, ad=OTHER_AD, topic="political")
    desk.dial.at -= DAY
    assert not desk.allowed(topic="political")


def test_a_restriction_of_an_unpaid_balance_leaves_a_genuine_warning_eligible(desk: Staged) -> None:
    unpaid: dict[str, Value] = {f"account:{FIRST}.days_overdue": 40, f"account:{FIRST}.balance_disputed": False}
    warning: dict[str, Value] = {"ad:ad-1.danger_confirmed": True, "ad:ad-1.warns_of_danger": True}
    desk.restrict(
        evidence("u", unpaid, grade=Grade.MEASUREMENT), evidence("w", {**warning, "ad:ad-1.danger_past": False})
    )
    desk.later(days=15)
    assert desk.allowed(ad=AD, topic="public-safety")
    assert not desk.allowed(ad=None)


def test_the_statement_speaks_to_the_accounts_own_owner(desk: Staged) -> None:
    desk.restrict(ordered("a", affiliates=True))
    owners = {read_statement(document).owner.name for document in desk.state.statements.values()}
    assert owners == {"Northwind", "Southwind"}
