"""Laws of the gate, held against a naive reference that looks at every point."""

from __future__ import annotations

from itertools import product

from hypothesis import assume, given
from hypothesis import strategies as st
from msgspec.structs import replace

from goodstanding.gate.check import UNSAID, check
from goodstanding.gate.cover import covered
from goodstanding.gate.fold import standing_at
from goodstanding.gate.model import (
    Ask,
    EntryRequirement,
    Exemption,
    InForce,
    Opening,
    Record,
    Reversal,
    Standing,
)
from goodstanding.kernel.extents import ALL, Extent
from goodstanding.kernel.ids import AccountId, AdId, ClauseId, RestrictionId
from goodstanding.kernel.instants import ALWAYS, Instant, Period, instant
from goodstanding.kernel.scope import EXTENTS, Capability, Scope
from goodstanding.kernel.territories import Territory

ACCOUNT = AccountId("acc-1")
DAYS = tuple(instant(f"2031-05-0{day}") for day in range(1, 5))
NAMES = {
    "services": ("feed", "search"),
    "capabilities": ("advertise", "post"),
    "accounts": ("acc-1", "acc-2"),
    "ads": ("ad-1", "ad-2"),
    "territories": ("DE", "US"),
    "audiences": ("adults", "minors"),
    "topics": ("kettles", "urns"),
}
UNNAMED = "somewhere else"
NO_NAME = "none at all"
CLAUSES = tuple(map(ClauseId, ("one", "two")))


def extents(names: tuple[str, ...]) -> st.SearchStrategy[Extent]:
    some = st.sets(st.sampled_from(names), min_size=0, max_size=2).map(Extent.of)
    return st.one_of(st.just(ALL), st.just(ALL), some)


days = st.sampled_from(DAYS)
periods = st.one_of(st.just(ALWAYS), st.builds(lambda a, b: Period(start=min(a, b), end=max(a, b)), days, days))
scopes = st.builds(Scope, period=periods, **{name: extents(names) for name, names in NAMES.items()})
clauses = st.sampled_from(CLAUSES)
in_force = st.builds(
    InForce,
    id=st.sampled_from(("re-1", "re-2", "re-3")).map(RestrictionId),
    clause=st.one_of(st.none(), clauses),
    statement=st.none(),
    overridable=st.booleans(),
    scope=scopes,
)
exemptions = st.builds(Exemption, clause=clauses, lifts=st.lists(clauses, max_size=2).map(tuple), scope=scopes)
entries = st.builds(
    EntryRequirement,
    clause=clauses,
    overridable=st.booleans(),
    scope=scopes,
    opened=st.lists(scopes, max_size=3).map(tuple),
    missing=st.just(("something",)),
)
standings = st.builds(
    Standing,
    account=st.just(ACCOUNT),
    as_of=days,
    in_force=st.lists(in_force, max_size=3).map(tuple),
    exemptions=st.lists(exemptions, max_size=4).map(tuple),
    entries=st.lists(entries, max_size=2).map(tuple),
)


def said(name: str) -> st.SearchStrategy[str | None]:
    return st.sampled_from((None, UNNAMED, *NAMES[name]))


asks = st.builds(
    Ask,
    account=st.just(ACCOUNT),
    capability=st.sampled_from(NAMES["capabilities"]).map(Capability),
    at=days,
    service=said("services"),
    ad=st.sampled_from((None, *map(AdId, NAMES["ads"]))),
    topics=st.one_of(st.none(), st.lists(st.sampled_from((UNNAMED, *NAMES["topics"])), max_size=3).map(tuple)),
    territory=said("territories").map(lambda name: name and Territory(name)),
    audience=said("audiences"),
)

# ------------------------------------------------------------------------------------------------- the naive reference


def choices(name: str, value: str | None) -> tuple[str, ...]:
    """Every value that an ask may mean along a dimension."""
    return (UNNAMED, *NAMES[name]) if value is None else (value,)


def points(ask: Ask) -> list[dict[str, str]]:
    """Every single point that an ask speaks of."""
    topics = choices("topics", None) if ask.topics is None else ask.topics or (NO_NAME,)
    values = (
        choices("services", ask.service),
        (ask.capability,),
        (ask.account,),
        (ask.ad or NO_NAME,),
        choices("territories", ask.territory),
        choices("audiences", ask.audience),
        topics,
    )
    return [dict(zip(EXTENTS, point, strict=True)) for point in product(*values)]


def inside(scope: Scope, point: dict[str, str], at: Instant) -> bool:
    """Whether one point lies in a box."""
    period = scope.period
    if (period.start is not None and at < period.start) or (period.end is not None and at >= period.end):
        return False
    boxes = {name: getattr(scope, name).names for name in EXTENTS}
    return all(names is None or point[name] in names for name, names in boxes.items())


def refused(standing: Standing, point: dict[str, str], at: Instant) -> bool:
    """Whether anything refuses one point."""
    everything: tuple[InForce | EntryRequirement, ...] = (*standing.in_force, *standing.entries)
    for each in everything:
        lifts = list(each.opened) if isinstance(each, EntryRequirement) else []
        if each.overridable:
            lifts += [exemption.scope for exemption in standing.exemptions if each.clause in exemption.lifts]
        if inside(each.scope, point, at) and not any(inside(lift, point, at) for lift in lifts):
            return True
    return False


def naive(standing: Standing, ask: Ask) -> bool:
    """Whether every point of an ask is allowed."""
    return not any(refused(standing, point, Instant(ask.at)) for point in points(ask))


# ------------------------------------------------------------------------------------------------------------ the laws


@given(standings, asks)
def test_the_gate_answers_as_looking_at_every_point_does(standing: Standing, ask: Ask) -> None:
    answer = check(standing, ask)
    assert answer.allowed == naive(standing, ask)
    assert answer.allowed == (not answer.by and not answer.closed)


@given(standings, asks, in_force)
def test_one_more_restriction_never_allows_more(standing: Standing, ask: Ask, more: InForce) -> None:
    before = check(standing, ask)
    after = check(replace(standing, in_force=(*standing.in_force, more)), ask)
    assert before.allowed or not after.allowed
    assert set(before.by) <= set(after.by)


@given(standings, asks, in_force, scopes)
def test_no_exemption_lifts_what_is_not_overridable(standing: Standing, ask: Ask, each: InForce, scope: Scope) -> None:
    hard = replace(each, overridable=False, scope=replace(each.scope, period=ALWAYS))
    alone = Standing(account=ACCOUNT, as_of=standing.as_of, in_force=(hard,))
    exemption = Exemption(clause=CLAUSES[0], lifts=CLAUSES, scope=scope)
    assert check(replace(alone, exemptions=(*standing.exemptions, exemption)), ask) == check(alone, ask)


@given(standings, asks, exemptions)
def test_an_exemption_changes_nothing_outside_its_box(standing: Standing, ask: Ask, exemption: Exemption) -> None:
    assume(not any(inside(exemption.scope, point, Instant(ask.at)) for point in points(ask)))
    more = replace(standing, exemptions=(*standing.exemptions, exemption))
    assert check(more, ask) == check(standing, ask)


@given(standings, asks)
def test_where_nothing_unsaid_would_help_every_way_of_saying_it_is_refused(standing: Standing, ask: Ask) -> None:
    answer = check(standing, ask)
    assert set(answer.unsaid) <= set(UNSAID)
    if not answer.allowed and not answer.unsaid:
        assert all(refused_whole(standing, full) for full in completions(ask))


def completions(ask: Ask) -> list[Ask]:
    """Every ask that says everything and agrees with this one."""
    return [
        replace(ask, service=service, topics=topics, territory=Territory(territory), audience=audience)
        for service in choices("services", ask.service)
        for topics in ([(name,) for name in choices("topics", None)] if ask.topics is None else [ask.topics])
        for territory in choices("territories", ask.territory)
        for audience in choices("audiences", ask.audience)
    ]


def refused_whole(standing: Standing, ask: Ask) -> bool:
    """Whether an ask that says everything is refused, and told that nothing is unsaid."""
    answer = check(standing, ask)
    return not answer.allowed and answer.unsaid == ()


@given(scopes, st.lists(scopes, max_size=5))
def test_a_region_is_covered_when_each_of_its_points_is(region: Scope, boxes: list[Scope]) -> None:
    timeless = replace(region, period=ALWAYS)
    values = [(UNNAMED, *NAMES[name]) for name in EXTENTS]
    every = (dict(zip(EXTENTS, point, strict=True)) for point in product(*values))
    lifted = [replace(box, period=ALWAYS) for box in boxes]
    expected = all(
        any(inside(box, point, DAYS[0]) for box in lifted) for point in every if inside(timeless, point, DAYS[0])
    )
    assert covered(timeless, boxes) == expected


ids = st.sampled_from(("d-1", "d-2", "d-3"))
openings = st.builds(Opening, clause=clauses, scope=scopes)
records = st.builds(Record, id=ids, what=st.one_of(in_force, exemptions, entries, openings), during=periods)


@given(st.lists(records, max_size=8), st.sets(ids), days, days)
def test_a_reversal_gives_the_standing_that_would_hold_had_it_never_been(
    made: list[Record], undone: set[str], reversed_at: Instant, at: Instant
) -> None:
    never = [each for each in made if each.id not in undone]
    after = standing_at(ACCOUNT, [*made, Reversal(ids=tuple(undone), at=reversed_at)], at)
    assert after == standing_at(ACCOUNT, never if at >= reversed_at else made, at)
