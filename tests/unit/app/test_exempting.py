from __future__ import annotations

from pathlib import Path

import msgspec

from goodstanding.app.deciding import replayed
from goodstanding.app.desk import enrol
from goodstanding.app.exempting import Permission, exempt_owner, granted_to, withdraw_permission
from goodstanding.app.holdings import register
from goodstanding.app.standing import standing_of
from goodstanding.bootstrap import PUBLIC_KEY, rebuild_desk, verify_desk
from goodstanding.clause.values import Value
from goodstanding.decisions.model import Decision
from goodstanding.kernel.canonical import canonical
from goodstanding.kernel.grades import Grade
from goodstanding.kernel.ids import ClauseId, OwnerId, PersonId
from goodstanding.ledger.model import Recorded
from goodstanding.owners.model import Owner
from unit.app.staged import DAN, DAY, INES, OLU, Staged, issuing, kinds, staged
from unit.decisions.test_scope import MISSTATED
from unit.decisions.world import AD, FIRST, OTHER_AD, OWNER, SECOND, evidence, link

UNPAID: dict[str, Value] = {f"account:{FIRST}.days_overdue": 40, f"account:{FIRST}.balance_disputed": False}
KNOWN: dict[str, Value] = {f"owner:{OWNER}.identity_verified": True, "ad:ad-1.sponsor_declared": True}
OVERDUE = evidence("unpaid", UNPAID, grade=Grade.MEASUREMENT)
BALANCE = ClauseId("unpaid-balance")


def asked(desk: Staged, *lifts: str, days: int = 30, owner: str = OWNER, reason: str = "billing erred") -> Permission:
    """What is asked for."""
    return Permission(
        owner=OwnerId(owner),
        policy="ads",
        lifts=tuple(ClauseId(name) for name in lifts or (BALANCE,)),
        until=desk.now + days * DAY,
        reason=reason,
    )


def granted(desk: Staged, *lifts: str, days: int = 30) -> str:
    """Grant an exemption; its id."""
    (entry,) = desk.do(exempt_owner(asked(desk, *lifts, days=days), by=OLU), OLU)
    return named(entry)


def named(entry: Recorded) -> str:
    """The id of a permission in its entry."""
    what = entry.entry.clear["exempted"] if "exempted" in entry.entry.clear else entry.entry.clear["opened"]
    assert isinstance(what, dict)
    return str(what["id"])


def test_an_exemption_lifts_its_clauses_on_every_account_of_its_owner_until_its_last_day(desk: Staged) -> None:
    desk.restrict(OVERDUE)
    desk.later(days=15)
    assert not desk.allowed(ad=None)
    granted(desk, days=10)
    assert desk.allowed(ad=None)
    desk.later(days=10)
    assert not desk.allowed(ad=None)  # nothing had to run


def test_the_exemption_names_its_approver_its_clauses_and_its_end(desk: Staged) -> None:
    name = granted(desk)
    found = desk.state.exemptions[name]
    assert (found.owner, found.approver, found.lifts) == (OWNER, OLU, (BALANCE,))
    assert found.until == desk.now + 30 * DAY
    shown = standing_of(desk.state, SECOND, desk.now).exemptions
    assert [(one.lifts, one.scope.accounts.names) for one in shown] == [((BALANCE,), (SECOND,))]


def test_what_is_exempt_is_found_and_not_restricted(desk: Staged) -> None:
    name = granted(desk)
    desk.learn(OVERDUE)
    decision = desk.decision(desk.decide())
    found = [one for one in decision.findings if one.clause == BALANCE and one.subject.id == FIRST]
    assert [(one.verdict.value, one.lifted_by) for one in found] == [("met", name)]
    assert [effect.clause.id for effect in decision.effects if effect.clause.id == BALANCE] == []
    again = replayed(desk.state, decision)
    assert isinstance(again, Decision)
    assert canonical(msgspec.to_builtins(again)) == canonical(msgspec.to_builtins(decision))
    desk.later(days=30)
    assert [e.clause.id for e in desk.decision(desk.decide()).effects if e.clause.id == BALANCE] == [BALANCE]
    assert granted_to(desk.state, OwnerId(OWNER), desk.now) == ()
    late = replayed(desk.state, decision)  # as of its own day the owner was exempt
    assert isinstance(late, Decision)
    assert canonical(msgspec.to_builtins(late)) == canonical(msgspec.to_builtins(decision))


def test_an_exemption_follows_its_owner_to_a_new_account_and_not_an_account_that_leaves(desk: Staged) -> None:
    name = granted(desk)
    new = desk.join("acc-9")
    assert [one.lifts for one in standing_of(desk.state, new, desk.now).exemptions] == [(BALANCE,)]
    desk.later(days=1)
    other = Owner(id=OwnerId("own-7"), name="Westwind", seat="AT")
    desk.do(register((other,), (), (link(new, other.id, desk.now),), (), by=INES))
    assert standing_of(desk.state, new, desk.now).exemptions == ()
    assert desk.state.exemptions[name].withdrawn_at is None


def test_other_clauses_and_what_nothing_lifts_stay(desk: Staged) -> None:
    granted(desk)
    desk.restrict(evidence("scam", MISSTATED))
    assert not desk.allowed()
    for clause in ("misrepresentation", "urgent-safety-information", "none"):
        refused = exempt_owner(asked(desk, clause), by=OLU)
        assert desk.refused(refused, OLU) == "WhatNothingLiftsIsNotExempted"


def test_an_exemption_has_an_owner_an_end_a_reason_and_an_officer_who_decided_nothing(desk: Staged) -> None:
    incomplete = "AnExemptionNamesItsReasonAndItsEnd"
    for wrong, by, rule in (
        (asked(desk), DAN, "WhoActsHasTheRole"),
        (asked(desk, owner="own-none"), OLU, "TheOwnerIsKnown"),
        (asked(desk, days=0), OLU, incomplete),
        (asked(desk, reason=" "), OLU, incomplete),
        (msgspec.structs.replace(asked(desk), lifts=()), OLU, "WhatNothingLiftsIsNotExempted"),
        (msgspec.structs.replace(asked(desk), policy="none"), OLU, "WhatNothingLiftsIsNotExempted"),
    ):
        assert desk.refused(exempt_owner(wrong, by=by), by) == rule
    both = msgspec.structs.replace(desk.state.people[DAN], roles=("decider", "officer"))
    desk.do(enrol(both, by=OLU), OLU)
    desk.learn(OVERDUE)
    desk.decide()
    assert desk.refused(exempt_owner(asked(desk), by=DAN), DAN) == "WhoDecidedCannotApprove"
    granted(desk)


def test_a_permission_is_taken_back_from_now_on_and_the_party_is_told(desk: Staged) -> None:
    desk.restrict(OVERDUE)
    name = granted(desk, days=90)
    desk.later(days=15)
    assert desk.allowed(ad=None)
    refused = withdraw_permission(name, reason="paid", by=DAN)
    assert desk.refused(refused, DAN) == "WhoActsHasTheRole"
    assert desk.refused(withdraw_permission(name, reason=" ", by=OLU), OLU) == "AWithdrawalHasAReason"
    earlier = desk.now
    desk.later(days=1)
    recorded = desk.do(withdraw_permission(name, reason="billing was right", by=OLU), OLU)
    assert kinds(recorded) == ["exemption.withdrawn", "message.sent"]
    assert not desk.allowed(ad=None)
    assert standing_of(desk.state, FIRST, earlier).exemptions != ()
    assert desk.refused(withdraw_permission(name, reason="again", by=DAN), DAN) == "WhoActsHasTheRole"
    assert desk.refused(withdraw_permission(name, reason="again", by=OLU), OLU) == "OnlyWhatIsInForceIsWithdrawn"


def test_an_exemption_by_a_clause_and_an_opened_entry_are_taken_back_too(desk: Staged) -> None:
    warning: dict[str, Value] = {"ad:ad-1.danger_confirmed": True, "ad:ad-1.warns_of_danger": True}
    desk.learn(evidence("e", KNOWN), evidence("w", {**warning, "ad:ad-1.danger_past": False}))
    decided = desk.decide()
    recorded = {one.entry.kind.value: named(one) for one in desk.issue(decided)}
    assert desk.allowed(topic="political")
    desk.later(days=1)
    reason = "the sponsor was another"
    assert kinds(desk.do(withdraw_permission(recorded["entry.opened"], reason=reason, by=DAN), DAN)) == [
        "opening.withdrawn",
        "message.sent",
    ]
    assert not desk.allowed(topic="political")
    assert standing_of(desk.state, FIRST, desk.now).exemptions != ()
    desk.do(withdraw_permission(recorded["exemption.granted"], reason="the danger is past", by=DAN), DAN)
    assert standing_of(desk.state, FIRST, desk.now).exemptions == ()
    assert desk.refused(issuing(decided), DAN) == "OnlyWhatWasDecidedIsIssued"  # the same decision opens nothing again
    none = withdraw_permission("ent-none", reason="?", by=DAN)
    assert desk.refused(none, DAN) == "OnlyWhatIsInForceIsWithdrawn"


def test_an_owner_without_a_case_has_nobody_to_write_to(desk: Staged) -> None:
    other = Owner(id=OwnerId("own-7"), name="Westwind", seat="AT")
    desk.do(register((other,), (), (), (), by=INES))
    (entry,) = desk.do(exempt_owner(asked(desk, owner="own-7"), by=OLU), OLU)
    assert kinds(desk.do(withdraw_permission(named(entry), reason="over", by=OLU), OLU)) == ["exemption.withdrawn"]


def test_strangers_take_nothing_back(desk: Staged) -> None:
    nobody = PersonId("nobody")
    assert desk.refused(withdraw_permission("exe-none", reason="?", by=nobody), nobody) == "WhoActsIsEnrolled"


def test_the_record_verifies_and_rebuilds_with_exemptions_and_new_accounts(tmp_path: Path) -> None:
    folder = tmp_path / "desk"
    with staged(folder, AD, OTHER_AD) as desk:
        desk.restrict(OVERDUE)
        name = granted(desk)
        desk.join("acc-9")
        desk.later(days=1)
        desk.do(withdraw_permission(name, reason="over", by=OLU), OLU)
        known = (desk.state.exemptions, desk.state.linked)
    with staged(folder, new=False) as again:
        assert (again.state.exemptions, again.state.linked) == known
    vkey = (folder / PUBLIC_KEY).read_text(encoding="utf-8").strip()
    assert verify_desk(folder, vkey=vkey) == []
    rebuild_desk(folder)
    assert verify_desk(folder, vkey=vkey) == []
