from __future__ import annotations

from datetime import datetime, timedelta

import msgspec
import pytest

from goodstanding.clause.model import Known, Unknown, Why
from goodstanding.clause.values import ABSENT, EntityRef, Value
from goodstanding.errors import EvidenceError
from goodstanding.evidence.model import Dossier
from goodstanding.evidence.rules import KnownFacts, check, contradict, rejected
from goodstanding.kernel.grades import Grade
from goodstanding.kernel.ids import EvidenceId
from goodstanding.kernel.instants import Period
from unit.decisions.world import AT, LONG_AGO, VOCABULARY, cell_of, dossier, evidence, fact, resolved

CELL = cell_of("order:x.in_force")
TRUE = {"order:x.in_force": True}
FALSE = {"order:x.in_force": False}
DAY = timedelta(days=1)
YES, NO = Known(value=True), Known(value=False)


def facts(*parts: Dossier, at: datetime = AT, accepts: tuple[Grade, ...] = tuple(Grade)) -> KnownFacts:
    return KnownFacts(dossier(*parts), at, lambda _: accepts)


def why(known: Known | Unknown) -> Why:
    assert isinstance(known, Unknown)
    return known.why


def test_nothing_is_known_without_evidence() -> None:
    assert why(facts().read(CELL)) is Why.NO_EVIDENCE


def test_evidence_counts_from_the_instant_at_which_it_is_known() -> None:
    part = evidence("a", TRUE, known=AT)
    assert why(facts(part, at=AT - DAY).read(CELL)) is Why.NO_EVIDENCE
    assert facts(part, at=AT).read(CELL) == YES


def test_evidence_counts_for_the_time_that_it_speaks_of() -> None:
    part = evidence("a", TRUE, valid=Period(start=AT, end=AT + DAY))
    assert why(facts(part, at=AT - DAY).read(CELL)) is Why.NOT_VALID
    assert facts(part, at=AT).read(CELL) == YES
    assert why(facts(part, at=AT + DAY).read(CELL)) is Why.NOT_VALID


def test_both_times_have_to_hold_at_once() -> None:
    part = evidence("a", TRUE, valid=Period(end=AT), known=AT)
    assert all(not isinstance(facts(part, at=AT + n * DAY).read(CELL), Known) for n in (-1, 0, 1))


def test_a_grade_that_is_not_accepted_leaves_the_cell_unknown() -> None:
    part = evidence("a", TRUE, grade=Grade.ALLEGATION)
    assert why(facts(part, accepts=(Grade.FINDING,)).read(CELL)) is Why.GRADE
    assert facts(part, accepts=(Grade.FINDING, Grade.ALLEGATION)).read(CELL) == YES


def test_an_allegation_does_not_dispute_what_accepted_evidence_says() -> None:
    parts = (evidence("a", FALSE, grade=Grade.ALLEGATION), evidence("b", TRUE, grade=Grade.DIRECTIVE))
    assert facts(*parts, accepts=(Grade.DIRECTIVE,)).read(CELL) == YES


def test_evidence_that_agrees_makes_one_value() -> None:
    known = facts(evidence("a", TRUE), evidence("b", TRUE))
    assert known.read(CELL) == YES
    assert [piece.evidence.id for piece in known.support(CELL)] == ["a", "b"]


def test_evidence_that_contradicts_itself_is_undecided() -> None:
    assert why(facts(evidence("a", TRUE), evidence("b", FALSE)).read(CELL)) is Why.DISPUTED


def test_an_absence_contradicts_a_value() -> None:
    assert why(facts(evidence("a", TRUE), evidence("b", {"order:x.in_force": ABSENT})).read(CELL)) is Why.DISPUTED


def test_a_resolution_with_a_reason_lets_one_of_them_stand() -> None:
    parts = (evidence("a", TRUE), evidence("b", FALSE))
    word = resolved("a/order:x.in_force", "b/order:x.in_force")
    known = facts(*parts, word)
    assert known.read(CELL) == YES
    assert [piece.evidence.id for piece in known.support(CELL)] == ["a"]
    assert why(facts(*parts, word, at=AT - DAY).read(CELL)) is Why.DISPUTED


def test_a_later_contradiction_opens_the_dispute_again() -> None:
    parts = (evidence("a", TRUE), evidence("b", FALSE), resolved("a/order:x.in_force", "b/order:x.in_force"))
    assert why(facts(*parts, evidence("c", FALSE, known=AT + DAY), at=AT + DAY).read(CELL)) is Why.DISPUTED


def test_a_later_word_on_the_same_facts_replaces_the_earlier_one() -> None:
    parts = (evidence("a", TRUE), evidence("b", FALSE))
    first = resolved("a/order:x.in_force", "b/order:x.in_force", at=AT - DAY)
    second = resolved("b/order:x.in_force", "a/order:x.in_force", at=AT)
    assert facts(*parts, second, first).read(CELL) == NO
    assert rejected(dossier(*parts, second, first), AT) == {"a/order:x.in_force"}


def test_what_was_found_not_to_stand_stays_so_when_the_kept_fact_lapses_or_is_of_a_lower_grade() -> None:
    word = resolved("a/order:x.in_force", "b/order:x.in_force", at=LONG_AGO)
    lapsed = evidence("a", FALSE, valid=Period(end=AT))
    assert why(facts(lapsed, evidence("b", TRUE), word).read(CELL)) is Why.NOT_VALID
    weak = evidence("a", FALSE, grade=Grade.REPORT)
    directive = evidence("b", TRUE, grade=Grade.DIRECTIVE)
    assert why(facts(weak, directive, word, accepts=(Grade.DIRECTIVE,)).read(CELL)) is Why.GRADE


def test_lists_that_several_documents_state_are_put_together() -> None:
    one, two = EntityRef("order", "x"), EntityRef("order", "y")
    cell = cell_of("owner:own-1.orders")
    known = facts(evidence("a", {"owner:own-1.orders": (two,)}), evidence("b", {"owner:own-1.orders": (one, two)}))
    assert known.read(cell) == Known((one, two))
    assert [piece.evidence.id for piece in known.about_member(cell, one)] == ["b"]
    assert [piece.evidence.id for piece in known.about_member(cell, two)] == ["a", "b"]


def test_a_recorded_absence_lists_nothing() -> None:
    cell = cell_of("owner:own-1.orders")
    known = facts(evidence("a", {"owner:own-1.orders": ABSENT}))
    assert known.read(cell) == Known(ABSENT)
    assert known.about_member(cell, EntityRef("order", "x")) == ()


@pytest.mark.parametrize(("one", "other", "clash"), [(True, False, True), ("a", "a", False), (("a",), ("b",), False)])
def test_lists_never_contradict_each_other(one: Value, other: Value, *, clash: bool) -> None:
    assert contradict(one, other) is clash


def problems(*parts: Dossier) -> str:
    with pytest.raises(EvidenceError) as caught:
        check(dossier(*parts), VOCABULARY)
    return str(caught.value)


def test_what_holds_together_is_accepted() -> None:
    order: dict[str, Value] = {
        "order:x.in_force": True,
        "order:x.territory": ("US",),
        "order:x.products": ("news",),
        "owner:own-1.orders": (EntityRef("order", "x"),),
        "owner:own-1.sanctions": ABSENT,
    }
    check(dossier(evidence("a", order), evidence("b", TRUE, grade=Grade.ESTIMATE)), VOCABULARY)


def test_every_problem_is_told_at_once() -> None:
    twice = evidence("a", TRUE)
    orphan = Dossier(facts=(fact("nowhere", "order:x.in_force", value=True),))
    told = problems(twice, twice, orphan)
    assert "the id `a` stands 2 times" in told
    assert "the id `a/order:x.in_force` stands 2 times" in told
    assert "rests on `nowhere`, which is not there" in told


def test_an_estimate_and_nothing_else_says_what_made_it() -> None:
    estimate = evidence("a", {}, grade=Grade.ESTIMATE)
    bare = msgspec.structs.replace(estimate.evidence[0], estimate=None)
    dressed = msgspec.structs.replace(estimate.evidence[0], id=EvidenceId("b"), grade=Grade.FINDING)
    told = problems(Dossier(evidence=(bare, dressed)))
    assert "`a` is graded `estimate`" in told
    assert "`b` is graded `finding`" in told


@pytest.mark.parametrize(
    ("cell", "value", "message"),
    [
        ("order:x.colour", "red", "the vocabulary has no `order.colour`"),
        ("planet:x.colour", "red", "the vocabulary has no `planet.colour`"),
        ("order:x.in_force", "yes", "states a string"),
        ("order:x.territory", ("Narnia",), "names `Narnia`"),
        ("order:x.products", ("kettles",), "names `kettles`"),
        ("order:x.products", (1,), "names `1`"),
        ("owner:own-1.orders", (EntityRef("ad", "x"),), "names `ad:x`"),
        ("owner:own-1.orders", ("x",), "names `x`"),
    ],
)
def test_a_fact_says_only_what_the_vocabulary_has_words_for(cell: str, value: Value, message: str) -> None:
    assert message in problems(evidence("a", {cell: value}))


def test_a_value_that_is_not_typed_is_a_problem() -> None:
    odd = msgspec.structs.replace(fact("a", "order:x.in_force", value=True), value={"t": "bool", "v": "maybe"})
    assert "is not a typed value" in problems(Dossier(evidence=evidence("a", {}).evidence, facts=(odd,)))


def test_two_dossiers_follow_each_other() -> None:
    one, two = evidence("a", TRUE), evidence("b", FALSE)
    assert [piece.id for piece in one.extended(two).evidence] == ["a", "b"]
