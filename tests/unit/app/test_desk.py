from __future__ import annotations

import msgspec
import pytest

from goodstanding.app.deciding import decide_case
from goodstanding.app.desk import enrol, gaps, open_desk
from goodstanding.app.holdings import open_case, record_evidence, register, resolve_dispute, what_it_is_called
from goodstanding.app.inheriting import declare_cut_over, inherit
from goodstanding.app.issuing import issue
from goodstanding.app.policy_life import draft_policy
from goodstanding.app.ports import Refusal
from goodstanding.app.speaking import record_approach, send_message, speak_publicly
from goodstanding.app.state import Person
from goodstanding.appeals.model import Audience, Citation, Cited, PublicStatement
from goodstanding.bootstrap import (
    pack,
)
from goodstanding.clause.values import EntityRef
from goodstanding.decisions.model import Ad
from goodstanding.evidence.model import Dossier
from goodstanding.kernel.ids import AccountId, AdId, CaseId, DecisionId, FactId, OwnerId, PersonId
from goodstanding.owners.model import Account, Owner
from unit.app.staged import (
    CASE,
    DAN,
    DAY,
    INES,
    OLU,
    PAULA,
    PEOPLE,
    ROSA,
    START,
    Staged,
    billing,
    issuing,
)
from unit.decisions.test_scope import MISSTATED
from unit.decisions.world import (
    AD,
    FIRST,
    OWNER,
    VOCABULARY,
    VOCABULARY_FILE,
    dossier,
    evidence,
    ordered,
    text_of,
)
from unit.reasons.samples import PLATFORM

SCAM = evidence("scam", MISSTATED)
STRANGER = PersonId("nobody")
A_POLICY = "approve a policy that another drafted"
RULE = "\nrule\nwhen: ad.misstates_the_offer\nrestricts: [advertise]\nreach: ad\nends: '!ad.misstates_the_offer'\n"


def owner_named(name: str, key: str = "own-9") -> Owner:
    return Owner(id=OwnerId(key), name=name, seat="AT")


# --------------------------------------------------------------------------------------------------- people and policy


def test_a_desk_opens_once(desk: Staged) -> None:
    assert desk.refused(open_desk(PLATFORM), OLU) == "ADeskOpensOnce"


def test_roles_are_known_and_enrolling_again_replaces_them(desk: Staged) -> None:
    assert desk.refused(enrol(Person(id=INES, name="Ines", roles=("queen",)), by=OLU), OLU) == "RolesAreKnown"
    desk.do(enrol(Person(id=INES, name="Ines", roles=("decider",)), by=OLU), OLU)
    assert desk.state.people[INES].roles == ("decider",)


@pytest.mark.parametrize(
    ("people", "duties"),
    [
        (PEOPLE, []),
        (
            (),
            [
                A_POLICY,
                "decide",
                "approve as a second person",
                "review appeals independently",
                "answer for overdue clocks",
            ],
        ),
        (
            PEOPLE[:3],
            [A_POLICY, "approve as a second person", "review appeals independently", "answer for overdue clocks"],
        ),
        (PEOPLE[2:4], [A_POLICY, "review appeals independently", "answer for overdue clocks"]),
    ],
)
def test_a_small_team_hears_which_duties_it_cannot_fill(people: tuple[Person, ...], duties: list[str]) -> None:
    found = gaps(people)
    assert [gap.duty for gap in found] == duties
    assert all(gap.consequence for gap in found)


def test_a_version_is_published_once_and_by_a_policy_author(desk: Staged) -> None:
    words = pack(VOCABULARY_FILE)
    command = draft_policy(
        text=pack("ads.md"), file="ads.md", vocabulary=words, vocabulary_file=VOCABULARY_FILE, by=PAULA
    )
    assert desk.refused(command, PAULA) == "AVersionIsPublishedOnce"
    by_dan = draft_policy(text=text_of(RULE), file="p.md", vocabulary=words, vocabulary_file=VOCABULARY_FILE, by=DAN)
    assert desk.refused(by_dan, DAN) == "WhoActsHasTheRole"


def test_unknown_people_are_refused_everywhere(desk: Staged) -> None:
    statement = PublicStatement(case=CASE, audience=Audience.PRESS, by=STRANGER, at=START, text="Something.")
    none = DecisionId("none")
    commands = (
        register((), (), (), (), by=STRANGER),
        open_case(CaseId("case-2"), owner=OWNER, title="", ads=(), by=STRANGER),
        record_evidence(CASE, Dossier(), vocabulary=VOCABULARY, by=STRANGER),
        resolve_dispute(CASE, kept=FactId("x"), reason="so", by=STRANGER),
        decide_case(CASE, policy="ads", by=STRANGER),
        issue(none, by=STRANGER, billing=billing),
        inherit(CASE, (), by=STRANGER),
        declare_cut_over(by=STRANGER),
        send_message(CASE, text="Hello.", by=STRANGER),
        speak_publicly(statement, by=STRANGER),
        record_approach(CASE, who="sales", summary="asked", by=STRANGER),
    )
    assert {desk.refused(command, STRANGER) for command in commands} == {"WhoActsIsEnrolled"}


def test_a_case_that_is_not_open_is_refused_everywhere(desk: Staged) -> None:
    none = CaseId("none")
    statement = PublicStatement(case=none, audience=Audience.PRESS, by=OLU, at=START, text="Something.")
    for by, command in (
        (INES, record_evidence(none, Dossier(), vocabulary=VOCABULARY, by=INES)),
        (DAN, resolve_dispute(none, kept=FactId("x"), reason="so", by=DAN)),
        (DAN, decide_case(none, policy="ads", by=DAN)),
        (INES, inherit(none, (), by=INES)),
        (INES, send_message(none, text="Hello.", by=INES)),
        (OLU, speak_publicly(statement, by=OLU)),
        (INES, record_approach(none, who="sales", summary="asked", by=INES)),
    ):
        assert desk.refused(command, by) == "TheCaseExists"


def test_a_refusal_says_who_may(desk: Staged) -> None:
    answer = desk.desk.act(declare_cut_over(by=DAN), by=DAN)
    assert isinstance(answer, Refusal)
    assert (answer.message, answer.hint) == ("`dan` is not an officer", "one of these may: olu")


# ----------------------------------------------------------------------------------------------------- what is on file


def test_what_is_known_is_registered_once_and_an_account_has_an_owner(desk: Staged) -> None:
    alone = Account(id=AccountId("acc-8"), handle="@alone")
    assert desk.refused(register((owner_named("Northwind"),), (), (), (), by=INES)) == "WhatIsKnownIsRegisteredOnce"
    assert desk.refused(register((), (alone,), (), (), by=INES)) == "AnAccountHasAnOwner"
    assert len(desk.do(register((owner_named("Eastwind"),), (), (), (), by=INES))) == 1


def test_a_case_opens_once_on_a_known_owner_over_its_own_ads(desk: Staged) -> None:
    new, stranger = CaseId("case-2"), Ad(id=AdId("ad-9"), account=AccountId("acc-9"))
    assert desk.refused(open_case(CASE, owner=OWNER, title="", ads=(), by=INES)) == "ACaseOpensOnce"
    assert desk.refused(open_case(new, owner=OwnerId("own-9"), title="", ads=(), by=INES)) == "TheOwnerIsKnown"
    assert desk.refused(open_case(new, owner=OWNER, title="", ads=(stranger,), by=INES)) == "AnAdBelongsToItsCase"


def test_evidence_that_does_not_hold_together_or_comes_from_the_future_is_refused(desk: Staged) -> None:
    future = record_evidence(CASE, evidence("f", MISSTATED, known=desk.now + DAY), vocabulary=VOCABULARY, by=INES)
    assert desk.refused(future) == "EvidenceIsKnownWhenItIsRecorded"
    desk.learn(SCAM)
    assert desk.refused(record_evidence(CASE, SCAM, vocabulary=VOCABULARY, by=INES)) == "EvidenceHoldsTogether"


def test_a_dispute_is_undecided_until_a_decider_resolves_it_with_a_reason(desk: Staged) -> None:
    desk.learn(SCAM, evidence("denial", {"ad:ad-1.misstates_the_offer": False}))
    kept = FactId("scam/ad:ad-1.misstates_the_offer")
    assert desk.refused(issuing(desk.decide()), DAN) == "OnlyWhatWasDecidedIsIssued"
    assert desk.refused(resolve_dispute(CASE, kept=kept, reason="so", by=INES)) == "WhoActsHasTheRole"
    for fact, reason in ((kept, " "), (FactId("none"), "so")):
        assert (
            desk.refused(resolve_dispute(CASE, kept=fact, reason=reason, by=DAN), DAN)
            == "ADisputeIsResolvedWithAReason"
        )
    desk.do(resolve_dispute(CASE, kept=kept, reason="the denial names another ad", by=DAN), DAN)
    assert len(desk.restrict()) == 1
    (word,) = desk.state.dossiers[OWNER].resolutions
    assert (word.by, word.against) == (DAN, ("denial/ad:ad-1.misstates_the_offer",))


def test_a_later_contradiction_opens_a_dispute_again(desk: Staged) -> None:
    desk.learn(SCAM, evidence("denial", {"ad:ad-1.misstates_the_offer": False}))
    kept = FactId("scam/ad:ad-1.misstates_the_offer")
    desk.do(resolve_dispute(CASE, kept=kept, reason="the denial names another ad", by=DAN), DAN)
    desk.learn(evidence("again", {"ad:ad-1.misstates_the_offer": False}))
    assert desk.refused(issuing(desk.decide()), DAN) == "OnlyWhatWasDecidedIsIssued"


def test_lists_that_differ_are_no_dispute(desk: Staged) -> None:
    desk.learn(ordered("a"), ordered("b"))
    kept = FactId(f"a/owner:{OWNER}.orders")
    assert desk.refused(resolve_dispute(CASE, kept=kept, reason="so", by=DAN), DAN) == "ADisputeIsResolvedWithAReason"


def test_things_are_called_what_people_call_them(desk: Staged) -> None:
    known = dossier(ordered("a"))
    called = {
        EntityRef("owner", OWNER): "Northwind",
        EntityRef("owner", "own-0"): "own-0",
        EntityRef("account", FIRST): "@acc-1",
        EntityRef("account", "acc-0"): "acc-0",
        EntityRef("ad", AD.id): "the ad “First”",
        EntityRef("ad", "ad-0"): "the ad ad-0",
        EntityRef("order", "a"): "Order a",
        EntityRef("order", "b"): "order b",
    }
    assert {ref: what_it_is_called(desk.state, known, ref) for ref in called} == called


# -------------------------------------------------------------------------------------------------------- what is said


def test_the_party_is_not_told_the_same_twice(desk: Staged) -> None:
    words = "We looked at the advertisement in question and found that its offer is not what it says."
    desk.do(send_message(CASE, text=words, by=INES))
    assert desk.refused(send_message(CASE, text=words, by=INES)) == "ReplyDoesNotRepeat"


def test_a_message_tells_only_what_is_on_the_record(desk: Staged) -> None:
    made_up = (Citation(Cited.EVIDENCE, "rumour"),)
    assert desk.refused(send_message(CASE, text="A rumour.", told=made_up, by=INES)) == "WhatIsToldIsOnTheRecord"


def test_the_public_hears_only_what_the_party_was_told_first(desk: Staged) -> None:
    desk.learn(SCAM)
    words = "One advertisement of the owner says something untrue about its offer."
    ground = Citation(Cited.EVIDENCE, "scam")
    statement = PublicStatement(
        case=CASE, audience=Audience.PRESS, by=STRANGER, at=START - DAY, text=words, grounds=(ground,)
    )
    assert desk.refused(speak_publicly(statement, by=OLU), OLU) == "PublicWasToldNothingNew"
    desk.do(send_message(CASE, text=words, told=(ground,), by=INES))
    (entry,) = desk.do(speak_publicly(statement, by=OLU), OLU)
    assert entry.document is not None
    assert msgspec.convert(entry.document["statement"], PublicStatement) == msgspec.structs.replace(
        statement, by=OLU, at=desk.now
    )


def test_an_approach_is_an_entry(desk: Staged) -> None:
    (entry,) = desk.do(record_approach(CASE, who="sales", summary="asked to go easy", by=ROSA), ROSA)
    assert entry.entry.clear == {"who": "sales"}
    assert desk.state.cases[CASE].approaches == ["asked to go easy"]


def test_once_there_is_an_officer_only_an_officer_enrols(desk: Staged) -> None:
    newcomer = Person(id=PersonId("max"), name="Max", roles=("decider",))
    assert desk.refused(enrol(newcomer, by=INES), INES) == "WhoActsHasTheRole"
    desk.do(enrol(newcomer, by=OLU), OLU)
