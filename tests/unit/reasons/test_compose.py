from __future__ import annotations

import msgspec
import pytest

from goodstanding.clause.vocabulary import Named
from goodstanding.decisions.model import Ad, Automation, Decision, Effect, EffectKind, Ground, Origin
from goodstanding.kernel.extents import Extent
from goodstanding.kernel.grades import Handling
from goodstanding.kernel.ids import AdId, EvidenceId, FactId, OwnerId
from goodstanding.kernel.instants import Period, instant
from goodstanding.kernel.scope import ALWAYS_POSSIBLE, Scope
from goodstanding.owners.model import Owner
from goodstanding.reasons.compose import compose
from goodstanding.reasons.issue import Seal
from goodstanding.reasons.model import BasisKind, EvidenceStated, Form, Statement
from goodstanding.reasons.wording import listed, sentence
from unit.reasons.samples import (
    ABROAD,
    ACCOUNT,
    LINK,
    MONEY,
    NOWHERE,
    OTHER,
    OWNER,
    PLATFORM,
    composed,
    decision,
    effect,
    evidence,
    hold,
    issue,
    legal_order,
    reconstructed,
    restriction,
)

replace = msgspec.structs.replace
ADS = "Promote posts and run ads"
OTHERS = "threat intelligence and security training"
ITSELF = "No authority ordered the platform to act in this case: it applies that law itself."


def under(handling: Handling, *, seals: tuple[Seal, ...] = ()) -> EvidenceStated:
    pieces = (evidence("order-text", handling=handling), evidence("order-list"))
    return composed(decision(effect(), pieces=pieces), issue(seals=seals)).evidence[0]


def boxed(*scopes: Scope) -> Statement:
    grounds = (Ground(facts=(FactId("forbids"),), scope=scope) for scope in scopes)
    return composed(decision(effect(*grounds)), issue())


@pytest.mark.parametrize("kind", [EffectKind.EXEMPTION, EffectKind.ENTRY_CLOSED, EffectKind.ENTRY_OPEN])
def test_what_restricts_nothing_needs_no_statement(kind: EffectKind) -> None:
    with pytest.raises(ValueError, match="needs no statement"):
        composed(decision(effect(kind=kind)), issue())


def test_a_statement_is_for_an_account_that_the_effect_touches() -> None:
    made = decision(effect(Ground(facts=(FactId("listed"),), scope=replace(ABROAD, accounts=Extent.of([OTHER.id])))))
    with pytest.raises(ValueError, match="does not touch the account `acc-1`"):
        composed(made, issue())


def test_evidence_that_lapses_before_the_measure_begins_carries_no_box() -> None:
    lapsed = replace(ABROAD, period=Period(end=instant("2024-09-01")))
    statement = composed(
        decision(
            effect(Ground(facts=(FactId("forbids"),), scope=lapsed), Ground(facts=(FactId("listed"),), scope=ABROAD))
        ),
        issue(),
    )
    assert [fact.fact for ground in statement.grounds for fact in ground.facts] == ["listed"]
    assert [piece.reference for piece in statement.evidence] == ["order-list"]


def test_ads_of_other_accounts_are_not_in_the_statement() -> None:
    assert hold().boxes[0].ads == (Named(id="ad-1", label="ad-1"),)


def test_boxes_stay_a_list_and_equal_boxes_are_one_with_both_grounds() -> None:
    assert [box.grounds for box in legal_order().boxes] == [(1, 2), (3,)]


def test_what_is_off_is_said_side_by_side() -> None:
    said = restriction().measure.sentence
    assert said == (
        "Switched off for the account @northwind: Promote posts and run ads; in the United States; "
        "on the topic antivirus software."
    )


def test_several_boxes_are_numbered_in_the_sentence() -> None:
    assert "(1) Every capability; in Austria; on every topic. (2) " in legal_order().measure.sentence


def test_the_kind_of_measure_follows_the_boxes() -> None:
    assert restriction().measure.forms == (Form.SERVICE,)
    assert hold().measure.forms == (Form.VISIBILITY,)
    assert legal_order().measure.forms == (Form.PAYMENTS, Form.SERVICE, Form.ACCOUNT)
    assert boxed(Scope(ads=Extent.of(["ad-1"]))).measure.forms == (Form.VISIBILITY,)
    assert boxed(Scope(capabilities=Extent.of(["monetise"]))).measure.forms == (Form.PAYMENTS,)


def test_every_capability_is_said_once() -> None:
    measure = boxed(ABROAD, replace(ABROAD, territories=Extent.of(["AT"]))).measure
    assert measure.capabilities == (Named(id="advertise", label="promote posts and run ads"),)
    assert legal_order().measure.capabilities == "all"


def test_a_hold_says_that_it_ends_unless_a_person_decides_and_counts_no_strike() -> None:
    assert hold().measure.terms == (
        "This is a hold, not a restriction: the matter is not decided yet.",
        "It ends by itself at the time given, unless a person decides before then.",
        "It is not renewed on the same evidence.",
        "It counts no strike.",
    )
    assert hold().measure.sentence.startswith("Held for the time being for the account @northwind")


def test_a_commercial_ending_alleges_no_wrongdoing() -> None:
    measure = composed(decision(effect(kind=EffectKind.COMMERCIAL_ENDING)), issue()).measure
    assert "No wrongdoing is alleged." in measure.terms
    assert measure.sentence.startswith("Ended for the platform's own commercial reasons")


@pytest.mark.parametrize(("strike", "life"), [(180 * 86_400, "180 days"), (36 * 3600, "36 hours")])
def test_a_strike_says_how_long_it_lives(strike: int, life: str) -> None:
    terms = composed(decision(effect(strike=strike)), issue()).measure.terms
    assert f"It counts one strike, which expires after {life}." in terms


def test_what_no_restriction_can_touch_is_always_listed() -> None:
    assert legal_order().possible.always == ALWAYS_POSSIBLE


def test_posting_stays_possible_when_advertising_is_off() -> None:
    assert [named.id for named in restriction().possible.capabilities] == ["post", "monetise"]


def test_other_topics_and_territories_are_said_to_stay_possible() -> None:
    assert restriction().possible.elsewhere == (
        f"{ADS}: stays possible in every territory other than the United States (among them Austria).",
        f"{ADS}: stays possible on every topic other than antivirus software (among them {OTHERS}).",
    )


def test_nothing_is_promised_on_a_side_that_another_box_fills() -> None:
    both = boxed(ABROAD, replace(ABROAD, territories=Extent())).possible.elsewhere
    assert len(both) == 1
    assert "topic" in both[0]


def test_no_other_topic_is_promised_where_all_of_them_are_off() -> None:
    every = boxed(replace(ABROAD, topics=Extent.of(named.id for named in PLATFORM.topics)))
    assert not any("topic" in line for line in every.possible.elsewhere)


def test_many_remaining_names_are_not_listed() -> None:
    topics = (*PLATFORM.topics, *(Named(id=f"t{n}", label=f"topic {n}") for n in range(12)))
    statement = composed(decision(effect()), issue(), platform=replace(PLATFORM, topics=topics))
    assert statement.possible.elsewhere[1].endswith("on every topic other than antivirus software.")


def test_outside_the_named_ads_every_ad_stays_possible() -> None:
    assert hold().possible.elsewhere == ("Promote posts and run ads: stays possible in every ad other than ad-1.",)


def test_a_name_without_words_stands_for_itself() -> None:
    statement = composed(decision(effect()), issue(), platform=NOWHERE)
    assert statement.boxes[0].territories == (Named(id="US", label="US"),)
    assert "in every territory other than US." in statement.possible.elsewhere[0]


def test_the_clause_is_quoted_whole_with_its_policy() -> None:
    clause = restriction().clause
    assert clause.text == effect().clause.text
    assert (clause.policy, clause.policy_version, clause.digest) == ("ads", "2024-06", effect().clause.text_digest)


@pytest.mark.parametrize(
    ("legal", "origin", "said"),
    [
        (
            "",
            Origin.OWN_INITIATIVE,
            "The ground is the platform's own clause. It is not an order of an authority to the platform.",
        ),
        (
            "",
            Origin.AUTHORITY,
            "The ground is the platform's own clause. An order of an authority to the platform set the matter going.",
        ),
        ("Act 5", Origin.AUTHORITY, "The ground is the law: Act 5. An authority ordered the platform to act on it."),
        (
            "Act 5",
            Origin.NOTICE,
            f"The ground is the law: Act 5. {ITSELF}",
        ),
    ],
)
def test_the_basis_says_whether_terms_or_law_and_whether_ordered(legal: str, origin: Origin, said: str) -> None:
    basis = composed(decision(effect(legal=legal), origin=origin), issue()).basis
    assert basis.sentence == said
    assert (basis.kind is BasisKind.LAW) == bool(legal)


def test_open_evidence_is_shown_in_full() -> None:
    piece = under(Handling.OPEN)
    assert (piece.title, piece.reference, piece.withheld) == ("Final determination no. 7", "order-text", "")
    assert piece.quotation
    assert piece.valid_from == instant("2024-07-20")


def test_evidence_about_others_shows_its_source_and_not_its_words() -> None:
    piece = under(Handling.ABOUT_OTHERS)
    assert (piece.quotation, piece.publisher) == ("", "Office of Example Commerce")
    assert "other parties" in piece.withheld


def test_a_protected_source_can_be_neither_read_nor_guessed() -> None:
    piece = under(Handling.SOURCE_PROTECTED)
    assert {piece.title, piece.publisher, piece.url, piece.quotation, piece.digest, piece.reference} == {""}
    assert "protect the source" in piece.withheld


def test_the_conduct_is_stated_where_the_source_is_protected() -> None:
    assert hold().grounds[0].facts[0].sentence.startswith("A reader reported that the page")


def test_sealed_evidence_says_on_what_basis() -> None:
    piece = under(Handling.SEALED, seals=(Seal(evidence=EvidenceId("order-text"), basis="section 12"),))
    assert (piece.title, piece.binds, piece.sealed_on) == ("", "", "section 12")
    assert piece.withheld.endswith("section 12.")


def test_a_seal_without_a_basis_is_not_given_one() -> None:
    assert under(Handling.SEALED).withheld == ""


def test_evidence_not_kept_leaves_digest_and_reference() -> None:
    piece = under(Handling.NOT_KEPT)
    assert (piece.reference, piece.quotation) == ("order-text", "")
    assert piece.digest
    assert "keeps no copy" in piece.withheld


@pytest.mark.parametrize("origin", Origin)
def test_every_origin_has_a_sentence_of_its_own(origin: Origin) -> None:
    stated = composed(decision(effect(), origin=origin), issue()).origin
    assert stated.kind is origin
    assert {
        Origin.OWN_INITIATIVE: "own initiative",
        Origin.NOTICE: "notice of a third party",
        Origin.AUTHORITY: "order of an authority",
        Origin.APPEAL: "appeal was examined",
    }[origin] in stated.sentence


@pytest.mark.parametrize("detection", [True, False])
@pytest.mark.parametrize("decided", [True, False])
def test_automation_is_said_either_way(detection: bool, decided: bool) -> None:
    automation = Automation(detection=detection, decision=decided)
    stated = composed(decision(effect(), automation=automation), issue()).automation
    assert stated.detection_sentence.startswith("No automated means") != detection
    assert stated.decision_sentence.startswith("A person took the decision") != decided


def test_what_is_not_known_so_far_is_said_beside_the_explanation() -> None:
    assert hold().explanation.unknown == ("No measurement of the page has been made so far.",)


def test_an_effect_without_its_finding_is_explained_by_nothing() -> None:
    made = replace(decision(effect()), findings=())
    assert composed(made, issue()).explanation.sentences == ()


def test_the_remedy_parts_what_is_yours_from_what_is_others() -> None:
    remedy = restriction().remedy
    assert remedy.yours == ("Stop offering the software.",)
    assert [(step.changed_by, step.sentence) for step in remedy.others] == [("authority", "Withdraw the order.")]


def test_a_party_that_can_change_nothing_is_told_so() -> None:
    others = replace(effect(), remedy=effect().remedy[:1])
    assert "lies in the hands of others" in composed(decision(others), issue()).remedy.yours_sentence
    nobody = composed(decision(replace(effect(), remedy=())), issue()).remedy.yours_sentence
    assert nobody == "You can change none of the deciding facts by yourself. You can correct the facts, and appeal."


def test_a_way_of_redress_that_does_not_exist_says_on_what_ground() -> None:
    redress = composed(decision(effect()), issue(), platform=NOWHERE).redress
    assert not redress.out_of_court.available
    assert redress.out_of_court.sentence.endswith("The platform is a micro enterprise (DSA art. 19).")
    assert redress.court.sentence == "A claim in court is not available. Both sides agreed on arbitration."


def test_a_way_of_redress_without_a_ground_says_nothing() -> None:
    silent = replace(NOWHERE, court=replace(NOWHERE.court, ground=" "))
    assert composed(decision(effect()), issue(), platform=silent).redress.court.sentence == ""


def test_a_body_that_did_not_exist_yet_is_not_offered() -> None:
    way = reconstructed().redress.out_of_court
    assert not way.available
    assert way.sentence.endswith("Example Disputes Board takes disputes from 2024-02-17 on.")


def test_law_later_than_the_statement_is_labelled() -> None:
    assert {duty.label for duty in reconstructed().duties} == {"not in force then"}
    assert {duty.label for duty in restriction().duties} == {""}
    between = composed(decision(effect()), issue(at="2021-01-01", begins="2021-02-01")).duties
    assert {duty.reference.split()[0]: duty.label for duty in between} == {"DSA": "not in force then", "Regulation": ""}


def test_a_reconstruction_bears_its_mark() -> None:
    assert reconstructed().mark == "Reconstructed by goodstanding from public facts; never sent"
    assert restriction().mark == ""


def reached(made: Decision, of: Effect, *, owner: Owner = OWNER, linked: bool = True) -> str:
    return compose(
        made,
        of,
        account=ACCOUNT,
        owner=owner,
        issue=issue(),
        platform=PLATFORM,
        money=MONEY,
        link=LINK if linked else None,
    ).account.reached


def test_an_owner_wide_measure_names_the_kind_of_link_and_no_value() -> None:
    made = decision(effect())
    assert reached(made, made.effects[0]) == (
        "The account belongs to Northwind Security GmbH. This rests on: verified domain."
    )
    assert reached(made, made.effects[0], linked=False) == ""


def test_an_account_of_an_affiliate_is_told_that_the_evidence_extends_to_it() -> None:
    made = decision(effect())
    affiliate = Owner(id=OwnerId("own-2"), name="Northwind Labs", seat="AT")
    assert "extends to companies under common control" in reached(made, made.effects[0], owner=affiliate)


def test_a_measure_on_one_account_needs_no_link() -> None:
    made = decision(effect(owner_wide=False))
    assert (
        reached(made, made.effects[0], linked=False) == "The decision is about this account of Northwind Security GmbH."
    )


def test_an_ad_that_the_matter_does_not_place_elsewhere_stays_named() -> None:
    made = decision(
        effect(Ground(facts=(FactId("listed"),), scope=Scope(ads=Extent.of(["ad-1", "ad-2"])))),
        ads=(Ad(id=AdId("ad-2"), account=OTHER.id),),
    )
    assert composed(made, issue()).boxes[0].ads == (Named(id="ad-1", label="ad-1"),)


def test_lists_and_sentences_read_as_people_write_them() -> None:
    assert [listed([]), listed(["a"]), listed(["a", "b"]), listed(["a", "b", "c"])] == [
        "",
        "a",
        "a and b",
        "a, b and c",
    ]
    assert [sentence(" pay it "), sentence("Why?"), sentence(" ")] == ["Pay it.", "Why?", ""]
