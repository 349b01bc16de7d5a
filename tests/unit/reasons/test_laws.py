"""Laws of composing, over decisions that nobody thought of."""

from __future__ import annotations

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from goodstanding.decisions.model import Ad, Decision, Ground
from goodstanding.kernel.extents import Extent
from goodstanding.kernel.grades import Handling
from goodstanding.kernel.ids import AdId
from goodstanding.kernel.instants import Period, instant
from goodstanding.kernel.scope import EXTENTS, Scope
from goodstanding.reasons.measure import held_by, narrowed
from goodstanding.reasons.model import Reach, Statement
from goodstanding.reasons.possible import still_possible, united
from goodstanding.reasons.render import read_statement, render_html, render_text, statement_document
from unit.reasons.samples import (
    ACCOUNT,
    ALL_FACTS,
    OTHER,
    PLATFORM,
    VIENNA,
    composed,
    decision,
    effect,
    environment,
    evidence,
    issue,
)

NAMES: dict[str, list[str]] = {
    "services": ["feed", "search"],
    "capabilities": ["advertise", "post", "monetise"],
    "accounts": [ACCOUNT.id, OTHER.id],
    "ads": ["ad-1", "ad-2"],
    "territories": ["US", "AT", "DE"],
    "audiences": ["adults", "minors"],
    "topics": ["antivirus", "training", "threat-intelligence"],
}
TIMES = st.none() | st.integers(-400, 400).map(lambda days: instant("2024-09-30") + timedelta(days=days))


def extents(side: str) -> st.SearchStrategy[Extent]:
    return st.just(Extent()) | st.sets(st.sampled_from(NAMES[side])).map(Extent.of)


SCOPES = st.builds(Scope, period=st.builds(Period, start=TIMES, end=TIMES), **{side: extents(side) for side in EXTENTS})
GROUNDS = st.builds(
    Ground, facts=st.lists(st.sampled_from(ALL_FACTS), min_size=1, unique=True).map(tuple), scope=SCOPES
)


@st.composite
def touching(draw: st.DrawFn) -> Decision:
    """A decision with at least one ground on the sample account."""
    grounds = draw(st.lists(GROUNDS, max_size=4))
    sure = Ground(
        facts=ALL_FACTS[:1], scope=Scope(territories=draw(extents("territories").filter(lambda e: not e.is_empty)))
    )
    handlings = draw(st.tuples(st.sampled_from(Handling), st.sampled_from(Handling)))
    return decision(
        effect(*grounds, sure),
        ads=(Ad(id=AdId("ad-1"), account=ACCOUNT.id), Ad(id=AdId("ad-2"), account=OTHER.id)),
        pieces=(evidence("order-text", handling=handlings[0]), evidence("order-list", handling=handlings[1])),
    )


def names(reach: Reach) -> Extent:
    return Extent() if isinstance(reach, str) else Extent.of(named.id for named in reach)


def shown_boxes(statement: Statement) -> list[Scope]:
    return [
        Scope(
            accounts=Extent.of([statement.account.id]),
            period=Period(start=box.starts_at, end=box.ends_at),
            **{side: names(getattr(box, side)) for side in EXTENTS if side != "accounts"},
        )
        for box in statement.boxes
    ]


@given(touching())
def test_every_box_of_a_statement_lies_within_a_box_of_the_effect(made: Decision) -> None:
    effects = [ground.scope for ground in made.effects[0].grounds]
    for box in shown_boxes(composed(made, issue())):
        assert any(box.within(scope) for scope in effects)


@given(touching())
def test_every_fact_of_a_statement_is_one_of_the_decision_in_its_words(made: Decision) -> None:
    statement = composed(made, issue())
    numbers = {piece.number for piece in statement.evidence}
    for fact in (fact for ground in statement.grounds for fact in ground.facts):
        assert made.fact(fact.fact).sentence == fact.sentence
        assert fact.evidence in numbers
    assert set(statement.explanation.facts) <= {fact.id for fact in made.facts}
    said = {text for finding in made.findings for text in finding.because}
    assert set(statement.explanation.sentences) <= said


@given(touching())
def test_a_reference_and_a_digest_are_those_of_the_evidence_or_withheld(made: Decision) -> None:
    known = {(piece.id, piece.digest) for piece in made.evidence}
    for piece in composed(made, issue()).evidence:
        assert (piece.reference, piece.digest) in known or piece.withheld or piece.handling is Handling.SEALED


@given(touching())
def test_every_statement_renders_and_reads_back(made: Decision) -> None:
    statement = composed(made, issue())
    assert read_statement(statement_document(statement)) == statement
    assert render_text(statement, zone=VIENNA)
    assert render_html(statement, environment=environment(), zone=VIENNA)


@given(SCOPES, st.sampled_from([ACCOUNT.id, OTHER.id]), st.builds(Period, start=TIMES, end=TIMES))
def test_narrowing_only_narrows_and_keeps_to_account_and_time(scope: Scope, account: str, period: Period) -> None:
    box = narrowed(scope, account=ACCOUNT.id, foreign_ads=frozenset({"ad-2"}), period=period)
    assert box.within(scope)
    assert box.within(Scope(accounts=Extent.of([ACCOUNT.id]), period=period))
    assert account == ACCOUNT.id or not box.accounts.contains(account)


@given(touching(), st.fixed_dictionaries({side: st.sampled_from(NAMES[side]) for side in EXTENTS}))
def test_what_is_said_to_stay_possible_is_in_no_box(made: Decision, point: dict[str, str]) -> None:
    scopes = [one.scope for one in held_by(made, made.effects[0], account=ACCOUNT.id, issue=issue())]
    off = any(all(getattr(scope, side).contains(point[side]) for side in EXTENTS) for scope in scopes)
    possible = still_possible(scopes, PLATFORM)
    untouched = {named.id for named in possible.capabilities}
    mine = [scope for scope in scopes if scope.capabilities.contains(point["capabilities"])]
    sides = [side for side in EXTENTS if side != "capabilities"]
    outside = any(not united(mine, side).contains(point[side]) for side in sides)
    assert not (off and (point["capabilities"] in untouched or outside))
