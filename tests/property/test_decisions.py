"""Laws of decisions, held against a naive reference that looks at every point.

Removing evidence adds no restriction: this holds when all evidence at a cell goes, which is then unknown, and for each
document that nobody contradicts, exemptions and negations included. It does not hold, and must not, for one side of a
dispute, for the winner of a resolution with the loser, or for a member of a list that a condition reads as a whole.
"""

from __future__ import annotations

from itertools import product
from random import Random

import msgspec
from hypothesis import given
from hypothesis import strategies as st

from goodstanding.clause.values import EntityRef, Value
from goodstanding.decisions.model import Decision, EffectKind
from goodstanding.evidence.model import Dossier, Evidence, Fact
from goodstanding.kernel.canonical import canonical
from goodstanding.kernel.extents import ALL, Extent
from goodstanding.kernel.grades import Grade
from goodstanding.kernel.scope import Scope
from unit.decisions.world import AD, FIRST, OWNER, SECOND, THIRD, cell_of, dossier, evidence, judged, tiny

POLICY = tiny(
    """
orders
each: order in owner.orders
when: (order.on_security_grounds || order.tells_companies_to_act) && !order.forbids_public_supply
needs: {order: [directive, finding]}
restricts: [advertise]
reach: owner
territory: order.territory
topics: order.products
ends: order.forbids_public_supply
""",
    """
medium
when: owner.is_news_medium && !owner.editorially_independent
restricts: [advertise]
reach: owner
topics: [news]
ends: "!owner.is_news_medium"
""",
    """
permit
when: owner.publicly_funded
lifts: [medium]
reach: owner
approver: the duty editor
ends: "!owner.publicly_funded"
""",
    """
held
when: ad.destination_serves_malware
needs: {ad: [measurement]}
restricts: [advertise]
reach: ad
hold: 24h
ends: "!ad.destination_serves_malware"
""",
)
PLACES, TOPICS = ("AT", "DE", "US"), ("news", "health")
ACCOUNTS = (FIRST, SECOND, THIRD)
GRADES = (Grade.ALLEGATION, Grade.FINDING, Grade.DIRECTIVE, Grade.MEASUREMENT)
BOOLS = (
    *(f"order:{name}.{fact}" for name in "xy" for fact in ("on_security_grounds", "tells_companies_to_act")),
    *(f"order:{name}.forbids_public_supply" for name in "xy"),
    *(f"owner:{OWNER}.{fact}" for fact in ("is_news_medium", "editorially_independent", "publicly_funded")),
    "ad:ad-1.destination_serves_malware",
)
LISTS: dict[str, tuple[Value, ...]] = {
    f"owner:{OWNER}.orders": (EntityRef("order", "x"), EntityRef("order", "y")),
    **{f"order:{name}.territory": PLACES for name in "xy"},
    **{f"order:{name}.products": TOPICS for name in "xy"},
}
Point = tuple[str, str, str, str]


def some(names: tuple[str, ...]) -> st.SearchStrategy[Extent]:
    return st.one_of(st.just(ALL), st.sets(st.sampled_from(names)).map(Extent.of))


def lists(members: tuple[Value, ...]) -> st.SearchStrategy[Value]:
    return st.sets(st.sampled_from(members)).map(lambda chosen: tuple(sorted(chosen, key=str)))


said = st.fixed_dictionaries(
    {},
    optional={
        **dict.fromkeys(BOOLS, st.sampled_from((True, True, False))),
        **{cell: lists(members) for cell, members in LISTS.items()},
    },
)
covers = st.tuples(some(PLACES), some(TOPICS), st.booleans(), st.sampled_from(GRADES))


@st.composite
def dossiers(draw: st.DrawFn) -> Dossier:
    parts = []
    for number in range(draw(st.integers(1, 4))):
        territories, topics, affiliates, grade = draw(covers)
        parts.append(
            evidence(
                f"e{number}", draw(said), grade=grade, territories=territories, topics=topics, affiliates=affiliates
            )
        )
    return dossier(*parts)


def decided(known: Dossier) -> Decision:
    return judged(POLICY, known, ads=(AD,))


def points(decision: Decision, *kinds: EffectKind) -> set[Point]:
    """Every clause, account, place and topic that an effect of these kinds reaches."""
    return {
        (effect.clause.id, *point)
        for effect in decision.effects
        if effect.kind in kinds
        for ground in effect.grounds
        for point in inside(ground.scope)
    }


def inside(scope: Scope) -> set[tuple[str, str, str]]:
    return {
        (account, place, topic)
        for account, place, topic in product(ACCOUNTS, PLACES, TOPICS)
        if scope.accounts.contains(account) and scope.territories.contains(place) and scope.topics.contains(topic)
    }


# ------------------------------------------------------------------------------------------------ the naive reference


def reference(known: Dossier) -> set[Point]:
    """The points restricted, from the definition: all that a set of facts rests on covers the point."""
    reached: set[Point] = set()
    for order in ("x", "y"):
        cells = [f"order:{order}.on_security_grounds", f"order:{order}.tells_companies_to_act"]
        reached |= {("orders", *point) for point in orders(known, order, cells)}
    grades = (Grade.FINDING, Grade.ADMISSION)
    funded, not_funded = (whole(known, f"owner:{OWNER}.publicly_funded", grades, value=v) for v in (True, False))
    if funded or not_funded:  # an undecided exemption leaves undecided what it would lift
        medium = [(f"owner:{OWNER}.is_news_medium", True), (f"owner:{OWNER}.editorially_independent", False)]
        sides = [whole(known, cell, grades, value=value) for cell, value in medium]
        exempt = covered_by_all([funded])
        reached |= {("medium", *p) for p in covered_by_all(sides) - exempt if p[2] == "news"}
    return reached


def orders(known: Dossier, order: str, either: list[str]) -> set[tuple[str, str, str]]:
    grades = (Grade.DIRECTIVE, Grade.FINDING)
    listed = [
        piece
        for piece in stating(known, f"owner:{OWNER}.orders", (Grade.DIRECTIVE, Grade.FINDING, Grade.ADMISSION))
        if EntityRef("order", order) in members(piece[0])
    ]
    supply = whole(known, f"order:{order}.forbids_public_supply", grades, value=False)
    places, topics = (stating(known, f"order:{order}.{side}", grades) for side in ("territory", "products"))
    inner: set[tuple[str, str, str]] = set()
    for cell in either:
        for there, about in product(ways(places), ways(topics)):
            one = whole(known, cell, grades, value=True)
            united = [{m for p in side for m in members(p[0])} for side in (places, topics)]
            sides = [one, supply, listed, *([p] for p in (*there, *about))]
            inner |= {p for p in covered_by_all(sides) if p[1] in united[0] and p[2] in united[1]}
    return inner


def members(fact: Fact) -> tuple[Value, ...]:
    assert isinstance(fact.says, tuple)
    return fact.says


def ways(pieces: list[tuple[Fact, Evidence]]) -> list[list[tuple[Fact, Evidence]]]:
    """Each document alone where all say the same, else all of them together."""
    if not pieces:
        return []
    return [[piece] for piece in pieces] if len({piece[0].says for piece in pieces}) == 1 else [pieces]


def stating(known: Dossier, cell: str, grades: tuple[Grade, ...]) -> list[tuple[Fact, Evidence]]:
    by_id = {piece.id: piece for piece in known.evidence}
    found = [(fact, by_id[fact.evidence]) for fact in known.facts if fact.cell == cell_of(cell)]
    return [(fact, piece) for fact, piece in found if piece.grade in grades]


def whole(known: Dossier, cell: str, grades: tuple[Grade, ...], *, value: Value) -> list[tuple[Fact, Evidence]]:
    """Who says it, where nobody who counts says anything else."""
    pieces = stating(known, cell, grades)
    return pieces if all(fact.says == value for fact, _ in pieces) else []


def covered_by_all(sides: list[list[tuple[Fact, Evidence]]]) -> set[tuple[str, str, str]]:
    """The points that some document on every side covers."""
    return {
        point
        for point in product(ACCOUNTS, PLACES, TOPICS)
        if all(any(covers_point(piece, point) for _, piece in side) for side in sides)
    }


def covers_point(piece: Evidence, point: tuple[str, str, str]) -> bool:
    account, place, topic = point
    reached = ACCOUNTS if piece.covers.affiliates else (FIRST, SECOND)
    return account in reached and piece.covers.territories.contains(place) and piece.covers.topics.contains(topic)


# ----------------------------------------------------------------------------------------------------------- the laws


@given(dossiers())
def test_the_points_reached_are_those_of_the_naive_reference(known: Dossier) -> None:
    decision = decided(known)
    exempt = {("medium", *point) for _, *point in points(decision, EffectKind.EXEMPTION)}
    reached = points(decision, EffectKind.RESTRICTION) - exempt
    assert {point for point in reached if point[0] != "held"} == reference(known)


@given(dossiers())
def test_no_box_is_wider_than_any_evidence_under_it(known: Dossier) -> None:
    decision, by_id = decided(known), {piece.id: piece for piece in known.evidence}
    for effect in decision.effects:
        for ground in effect.grounds:
            for piece in (by_id[decision.fact(name).evidence] for name in ground.facts):
                if piece.grade is not Grade.MEASUREMENT:
                    assert ground.scope.territories.within(piece.covers.territories)
                    assert ground.scope.topics.within(piece.covers.topics)
                if not piece.covers.affiliates and effect.owner_wide:
                    assert not ground.scope.accounts.contains(THIRD)


@given(dossiers(), st.data())
def test_making_a_cell_unknown_adds_no_restriction(known: Dossier, data: st.DataObject) -> None:
    cells = sorted({fact.cell for fact in known.facts})
    gone = data.draw(st.sets(st.sampled_from(cells))) if cells else set()
    fewer = msgspec.structs.replace(known, facts=tuple(fact for fact in known.facts if fact.cell not in gone))
    assert points(decided(fewer), EffectKind.RESTRICTION) <= points(decided(known), EffectKind.RESTRICTION)


@given(dossiers(), st.sampled_from(range(4)))
def test_removing_a_document_that_is_in_no_dispute_adds_no_restriction(known: Dossier, number: int) -> None:
    name = f"e{number}"
    alone = [f for f in known.facts if f.evidence == name and not _contested(f, known)]
    fewer = msgspec.structs.replace(known, facts=tuple(f for f in known.facts if f not in alone))
    assert points(decided(fewer), EffectKind.RESTRICTION) <= points(decided(known), EffectKind.RESTRICTION)


def _contested(fact: Fact, known: Dossier) -> bool:
    """Whether somebody says something else; lists that differ are put together, and then stand or fall together."""
    return any(other.cell == fact.cell and other.says != fact.says for other in known.facts)


@given(dossiers())
def test_what_only_low_grades_say_restricts_nothing(known: Dossier) -> None:
    low = tuple(msgspec.structs.replace(piece, grade=Grade.ALLEGATION) for piece in known.evidence)
    decision = decided(msgspec.structs.replace(known, evidence=low))
    assert {effect.kind for effect in decision.effects} <= {EffectKind.HOLD}


@given(dossiers())
def test_a_hold_touches_one_ad_or_account_and_counts_no_strike(known: Dossier) -> None:
    for effect in decided(known).effects:
        if effect.kind is EffectKind.HOLD:
            (ground,) = effect.grounds
            assert (ground.scope.accounts, ground.scope.ads) == (Extent.of([FIRST]), Extent.of(["ad-1"]))
            assert (effect.strike, effect.owner_wide) == (0, False)


@given(dossiers(), st.randoms(use_true_random=False))
def test_the_order_in_which_facts_came_changes_no_byte(known: Dossier, random: Random) -> None:
    facts, pieces = list(known.facts), list(known.evidence)
    random.shuffle(facts)
    random.shuffle(pieces)
    turned = msgspec.structs.replace(known, facts=tuple(facts), evidence=tuple(pieces))
    first, second = (
        canonical(msgspec.to_builtins(msgspec.structs.replace(decided(one), unread=()))) for one in (known, turned)
    )
    assert first == second


@given(dossiers())
def test_every_ground_alone_meets_its_clause(known: Dossier) -> None:
    decision = decided(known)
    for effect in decision.effects:
        for ground in effect.grounds:
            names = set(ground.facts)
            lifting = {f.id for f in known.facts if f.cell.fact == "publicly_funded"}
            alone = msgspec.structs.replace(known, facts=tuple(f for f in known.facts if f.id in names | lifting))
            again = {(e.clause.id, e.subject, e.binding) for e in decided(alone).effects}
            assert (effect.clause.id, effect.subject, effect.binding) in again
