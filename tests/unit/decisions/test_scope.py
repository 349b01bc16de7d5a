from __future__ import annotations

from datetime import timedelta

from goodstanding.bootstrap import pack
from goodstanding.clause.model import Verdict
from goodstanding.clause.values import ABSENT, EntityRef
from goodstanding.decisions.grounds import LARGEST
from goodstanding.decisions.model import Ad, Decision
from goodstanding.kernel.extents import ALL, Extent
from goodstanding.kernel.grades import Grade
from goodstanding.kernel.ids import AccountId, AdId
from goodstanding.kernel.instants import Period
from goodstanding.kernel.scope import Scope
from unit.decisions.world import (
    AD,
    ADS,
    AT,
    FIRST,
    OTHER_AD,
    OWNER,
    SECOND,
    THIRD,
    VOCABULARY_FILE,
    evidence,
    finding,
    judged,
    order,
    ordered,
    restrictions,
    tiny,
)

DAY = timedelta(days=1)
SHOWN = """
ad-rule
when: ad.misstates_the_offer
restricts: [advertise]
reach: ad
ends: "!ad.misstates_the_offer"
"""
EITHER = """
either
when: ad.misstates_the_offer || ad.poses_as_another
restricts: [advertise]
reach: ad
ends: "!ad.misstates_the_offer"
"""
MEDIUM = """
medium
when: owner.is_news_medium && owner.state_controlled
restricts: [advertise]
reach: owner
ends: "!owner.state_controlled"
"""
ORDERS = """
orders
each: order in owner.orders
when: order.in_force
restricts: [advertise]
reach: owner
territory: order.territory
topics: order.products
ends: "!order.in_force"
"""
MISSTATED = {"ad:ad-1.misstates_the_offer": True}


def scopes(decision: Decision) -> list[Scope]:
    return [ground.scope for effect in restrictions(decision) for ground in effect.grounds]


def test_an_order_restricts_its_products_in_its_places_on_the_owners_accounts() -> None:
    (box,) = scopes(judged(ADS, ordered("a", places=("US", "CA"))))
    assert box == Scope(
        capabilities=Extent.of(["advertise"]),
        accounts=Extent.of([FIRST, SECOND]),
        territories=Extent.of(["CA", "US"]),
        topics=Extent.of(["antivirus-software"]),
    )


def test_affiliates_are_reached_only_where_the_evidence_says_so() -> None:
    (box,) = scopes(judged(ADS, ordered("a", affiliates=True)))
    assert box.accounts == Extent.of([FIRST, SECOND, THIRD])


def test_two_orders_on_one_owner_never_mix() -> None:
    lapsed = ordered("a", places=("US",), products=("antivirus-software",), in_force=False)
    living = ordered("b", places=("DE",), products=("security-software",))
    decision = judged(ADS, lapsed, living)
    (box,) = scopes(decision)
    assert (box.territories, box.topics) == (Extent.of(["DE"]), Extent.of(["security-software"]))
    verdicts = {str(f.binding): f.verdict for f in decision.findings if f.clause == "supply-forbidden"}
    assert verdicts == {"order:a": Verdict.NOT_MET, "order:b": Verdict.MET}


def test_two_orders_in_force_stay_two_boxes() -> None:
    decision = judged(ADS, ordered("a", places=("US",)), ordered("b", places=("DE",), products=("news",)))
    assert {(box.territories.names, box.topics.names) for box in scopes(decision)} == {
        (("US",), ("antivirus-software",)),
        (("DE",), ("news",)),
    }


def test_evidence_cuts_down_what_the_clause_reaches() -> None:
    part = evidence("a", MISSTATED, territories=Extent.of(["AT"]), topics=Extent.of(["news"]))
    (box,) = scopes(judged(tiny(SHOWN), part, ads=(AD,)))
    assert (box.territories, box.topics) == (Extent.of(["AT"]), Extent.of(["news"]))
    assert (box.accounts, box.ads) == (Extent.of([FIRST]), Extent.of(["ad-1"]))


def test_a_set_of_facts_covers_only_what_all_its_evidence_covers() -> None:
    one = evidence("a", {f"owner:{OWNER}.is_news_medium": True}, territories=Extent.of(["AT", "DE"]))
    two = evidence("b", {f"owner:{OWNER}.state_controlled": True}, territories=Extent.of(["DE", "FR"]))
    (box,) = scopes(judged(tiny(MEDIUM), one, two))
    assert box.territories == Extent.of(["DE"])


def test_evidence_that_covers_nothing_in_common_restricts_nothing() -> None:
    one = evidence("a", {f"owner:{OWNER}.is_news_medium": True}, territories=Extent.of(["AT"]))
    two = evidence("b", {f"owner:{OWNER}.state_controlled": True}, territories=Extent.of(["DE"]))
    decision = judged(tiny(MEDIUM), one, two)
    assert finding(decision, "medium").verdict is Verdict.MET
    assert decision.effects == ()


def test_each_sufficient_set_is_a_box_of_its_own() -> None:
    one = evidence("a", {"ad:ad-1.misstates_the_offer": True}, territories=Extent.of(["AT"]))
    two = evidence("b", {"ad:ad-1.poses_as_another": True}, topics=Extent.of(["news"]))
    boxes = scopes(judged(tiny(EITHER), one, two, ads=(AD,)))
    assert [(box.territories.names, box.topics.names) for box in boxes] == [(("AT",), None), (None, ("news",))]


def test_two_documents_on_one_fact_are_two_ways_to_support_it() -> None:
    parts = (evidence(name, MISSTATED, territories=Extent.of([place])) for name, place in (("a", "AT"), ("b", "DE")))
    assert [box.territories.names for box in scopes(judged(tiny(SHOWN), *parts, ads=(AD,)))] == [("AT",), ("DE",)]


def test_a_box_inside_an_earlier_one_adds_nothing() -> None:
    whole, part = evidence("a", MISSTATED), evidence("b", MISSTATED, territories=Extent.of(["AT"]))
    assert len(scopes(judged(tiny(SHOWN), whole, part, ads=(AD,)))) == 1


def test_a_set_that_does_not_need_the_platforms_own_record_is_kept_beside_one_that_does() -> None:
    of_record, other = evidence("routine", MISSTATED), evidence("z", MISSTATED)
    (effect,) = restrictions(judged(tiny(SHOWN), of_record, other, ads=(AD,)))
    assert [[name.partition("/")[0] for name in g.facts] for g in effect.grounds] == [["routine"], ["z"]]


def test_no_more_than_32_sets_are_kept() -> None:
    parts = [
        evidence(
            f"{fact[:1]}{n:02}", {f"owner:{OWNER}.{fact}": True}, valid=Period(start=AT - n * DAY, end=AT + n * DAY)
        )
        for n in range(1, 9)
        for fact in ("is_news_medium", "state_controlled")
    ]
    longer = [evidence(f"x{n}", {f"owner:{OWNER}.is_news_medium": True}, valid=Period(end=AT + 99 * DAY)) for n in (1,)]
    boxes = scopes(judged(tiny(MEDIUM), *parts, *longer))
    assert 0 < len(boxes) <= LARGEST
    assert all(box.period != Period(end=AT + 99 * DAY) for box in boxes)


def test_a_measurement_covers_its_own_subject_everywhere() -> None:
    part = evidence(
        "a",
        {"ad:ad-1.misstates_the_offer": True},
        grade=Grade.MEASUREMENT,
        territories=Extent.of(["AT"]),
        valid=Period(start=AT),
    )
    (box,) = scopes(judged(tiny(SHOWN), part, ads=(AD, OTHER_AD)))
    assert (box.territories, box.ads, box.period) == (ALL, Extent.of(["ad-1"]), Period(start=AT))


def test_a_restriction_lasts_no_longer_than_its_evidence_speaks() -> None:
    (box,) = scopes(judged(tiny(SHOWN), evidence("a", MISSTATED, valid=Period(end=AT + DAY)), ads=(AD,)))
    assert box.period == Period(end=AT + DAY)


def test_an_unknown_side_of_the_scope_is_undecided_and_not_everywhere() -> None:
    told = {
        cell: value for cell, value in order("a", products=("news",), places=("US",)).items() if "products" not in cell
    }
    decision = judged(tiny(ORDERS), evidence("a", told, grade=Grade.DIRECTIVE))
    found = finding(decision, "orders")
    assert found.verdict is Verdict.UNDECIDED
    assert [str(one.cell) for one in found.missing] == ["order:a.products"]
    assert decision.effects == ()


def test_a_side_that_is_recorded_as_absent_is_an_error_and_not_everywhere() -> None:
    told = {**order("a", products=("news",), places=("US",)), "order:a.territory": ABSENT}
    found = finding(judged(tiny(ORDERS), evidence("a", told, grade=Grade.DIRECTIVE)), "orders")
    assert found.verdict is Verdict.UNDECIDED
    assert "recorded as absent" in found.errors[0]


def test_an_order_without_places_applies_nowhere() -> None:
    told = order("a", products=("news",), places=())
    assert judged(tiny(ORDERS), evidence("a", told, grade=Grade.DIRECTIVE)).effects == ()


def test_a_list_put_together_from_two_documents_rests_on_both() -> None:
    told = order("a", products=("news",), places=("US",))
    more = evidence("b", {"order:a.territory": ("CA",)}, grade=Grade.DIRECTIVE, topics=Extent.of(["news", "health"]))
    (effect,) = restrictions(judged(tiny(ORDERS), evidence("a", told, grade=Grade.DIRECTIVE), more))
    (ground,) = effect.grounds
    assert ground.scope.territories == Extent.of(["CA", "US"])
    assert {"a/order:a.territory", "b/order:a.territory"} <= set(ground.facts)


def test_a_side_may_be_one_name() -> None:
    label = "        label: the authority that made the order\n"
    seated = pack(VOCABULARY_FILE).replace(label, f"        of: territory\n{label}")
    policy = tiny(ORDERS.replace("order.territory", "order.authority"), vocabulary=seated)
    told = {**order("a", products=("news",), places=("US",)), "order:a.authority": "CA"}
    (box,) = scopes(judged(policy, evidence("a", told, grade=Grade.DIRECTIVE)))
    assert box.territories == Extent.of(["CA"])


def test_an_ad_of_somebody_outside_the_matter_is_no_subject() -> None:
    stranger = evidence("a", {"ad:ad-9.misstates_the_offer": True})
    foreign = Ad(id=AdId("ad-9"), account=AccountId("acc-9"))
    assert judged(tiny(SHOWN), stranger, ads=(foreign,)).findings == ()


def test_an_affiliates_ad_in_the_matter_is_reached_by_evidence_about_it() -> None:
    theirs = Ad(id=AdId("ad-3"), account=THIRD)
    (box,) = scopes(judged(tiny(SHOWN), evidence("a", {"ad:ad-3.misstates_the_offer": True}), ads=(theirs,)))
    assert box.accounts == Extent.of([THIRD])


def test_the_decisive_facts_are_those_of_the_first_set_that_is_used() -> None:
    nowhere = evidence("a", {"ad:ad-1.misstates_the_offer": True}, territories=Extent.of([]))
    used = evidence("b", {"ad:ad-1.poses_as_another": True})
    found = finding(judged(tiny(EITHER), nowhere, used, ads=(AD,)), "either")
    assert found.facts == ("b/ad:ad-1.poses_as_another",)
    assert found.because == ("ad:ad-1 poses as somebody else",)


def test_what_put_the_order_on_its_list_is_a_fact_of_the_finding() -> None:
    listing = evidence("l", {f"owner:{OWNER}.orders": (EntityRef("order", "a"),)}, territories=Extent.of(["US"]))
    told = {c: v for c, v in order("a", products=("news",), places=("US", "CA")).items() if not c.startswith("owner")}
    decision = judged(tiny(ORDERS), listing, evidence("a", told, grade=Grade.DIRECTIVE))
    assert f"l/owner:{OWNER}.orders" in finding(decision, "orders").facts
    assert [box.territories for box in scopes(decision)] == [Extent.of(["US"])]
