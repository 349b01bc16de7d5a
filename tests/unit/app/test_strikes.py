"""The strikes of our own policy, held against the published strike rules of a real platform, sequence by sequence.

What the page says, read for the numbers: three strikes of one category; each counts for a year; the first stops the
account, the second also keeps the owner from opening further accounts, the third stops all accounts; what is put right
ends it. `published` says the same in a few lines of our own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from goodstanding.app.holdings import record_evidence
from goodstanding.app.library import volume
from goodstanding.app.policy_life import approve_policy, draft_policy, publish_policy
from goodstanding.app.strikes import Counted, counted
from goodstanding.bootstrap import pack
from goodstanding.clause.model import Cell
from goodstanding.clause.values import EntityRef
from goodstanding.decisions.model import Ad
from goodstanding.evidence.model import Dossier
from goodstanding.kernel.ids import AccountId, AdId, RestrictionId
from goodstanding.kernel.instants import Period
from unit.app.staged import CASE, DAY, INES, OLU, PAULA, START, Staged, staged
from unit.decisions.world import FIRST, OWNER, SECOND, dossier, evidence

ADS = tuple(Ad(id=AdId(f"ad-{n}"), account=(FIRST, SECOND)[n % 2], title=f"Ad {n}") for n in range(8))
YEAR = 365
NEVER = 3_000
WORDS = volume(pack("strikes.md"), "strikes.md", pack("strikes.yaml"), "strikes.yaml").vocabulary
FACTS = {"content": "misstates_the_offer", "destinations": "leads_to_a_broken_page", "weapons": "sells_weapons"}
CATEGORIES = {"content": "content", "destinations": "destinations", "weapons": "content"}


class Violation(NamedTuple):
    """What somebody did: on which day, on which account, against which kind of rule; and when it was put right."""

    day: int
    account: AccountId
    rule: str
    put_right: int = NEVER


class Outcome(NamedTuple):
    """Which accounts may not advertise because of strikes, and whether the owner may open further ones."""

    stopped: frozenset[AccountId]
    may_open_accounts: bool


def published(violations: list[Violation], day: int) -> Outcome:
    """What follows by the published rules on a day; a violation of the gravest kind counts as a third strike."""
    stopped: set[AccountId] = set()
    may_open = True
    for category in set(CATEGORIES.values()):
        live = [v for v in violations if CATEGORIES[v.rule] == category and v.day <= day < v.day + YEAR]
        weight = sum(3 if v.rule == "weapons" else 1 for v in live)
        if not any(day < v.put_right for v in live):
            continue
        stopped |= {v.account for v in live if day < v.put_right} if weight < 3 else {FIRST, SECOND}
        may_open = may_open and weight < 2
    return Outcome(frozenset(stopped), may_open)


SEQUENCES = {
    "one": [Violation(0, FIRST, "content")],
    "two of a category on one account": [Violation(0, FIRST, "content"), Violation(30, FIRST, "content")],
    "two of a category on two accounts": [Violation(0, FIRST, "content"), Violation(30, SECOND, "content")],
    "two of two categories": [Violation(0, FIRST, "content"), Violation(30, SECOND, "destinations")],
    "three of a category": [
        Violation(0, FIRST, "content"),
        Violation(100, FIRST, "content"),
        Violation(364, FIRST, "content"),
    ],
    "the third a year after the first": [
        Violation(0, FIRST, "content"),
        Violation(200, FIRST, "content"),
        Violation(365, FIRST, "content"),
    ],
    "a second a year after the first": [Violation(0, FIRST, "content"), Violation(365, SECOND, "content")],
    "three in two categories": [
        Violation(0, FIRST, "content"),
        Violation(1, FIRST, "destinations"),
        Violation(2, FIRST, "content"),
    ],
    "one of the gravest": [Violation(0, FIRST, "weapons")],
    "one put right": [Violation(0, FIRST, "content", put_right=20)],
    "one put right, then another": [Violation(0, FIRST, "content", put_right=20), Violation(60, SECOND, "content")],
    "three, all put right": [
        Violation(0, FIRST, "content", put_right=300),
        Violation(10, FIRST, "content", put_right=300),
        Violation(20, SECOND, "content", put_right=300),
    ],
}


@pytest.fixture
def world(tmp_path: Path) -> Iterator[Staged]:
    """A desk under the policy on strikes."""
    with staged(tmp_path / "desk", *ADS, policies=()) as desk:
        words = pack("strikes.yaml")
        command = draft_policy(
            text=pack("strikes.md"), file="strikes.md", vocabulary=words, vocabulary_file="strikes.yaml", by=PAULA
        )
        draft = str(desk.do(command, PAULA)[0].entry.clear["draft"])
        desk.do(approve_policy(draft, reason="read", by=OLU), OLU)
        desk.do(publish_policy(draft, by=PAULA), PAULA)
        yield desk


def breaking(number: int, violation: Violation) -> tuple[Ad, Dossier]:
    """An ad of the account that breaks the rule, and the evidence of it."""
    ad = [one for one in ADS if one.account == violation.account][number]
    ends = Period(end=START + violation.put_right * DAY)
    return ad, evidence(f"v{number}", {f"ad:{ad.id}.{FACTS[violation.rule]}": True}, valid=ends)


def decided(desk: Staged) -> Outcome:
    """What our policy says now of the owner's accounts, and nothing is imposed."""
    decision = desk.decision(desk.decide("strikes"))
    by = {(e.clause.id, e.subject.id) for e in decision.effects}
    stopped = {account for account in (FIRST, SECOND) if ("first-strike", account) in by}
    if ("third-strike", OWNER) in by:
        stopped = {FIRST, SECOND}
    return Outcome(frozenset(stopped), ("second-strike", OWNER) not in by)


def strike(desk: Staged, number: int, violation: Violation) -> RestrictionId:
    """Find the violation, and stop the ad; its strike is counted with it."""
    ad, found = breaking(number, violation)
    desk.do(record_evidence(CASE, dossier(found), vocabulary=WORDS, by=INES))
    desk.issue(desk.decide("strikes"))
    return next(r.id for r in desk.state.restrictions.values() if r.scope.ads.names == (ad.id,))


@pytest.mark.parametrize("name", SEQUENCES)
def test_the_same_violations_have_the_same_outcome_as_by_the_published_rules(world: Staged, name: str) -> None:
    violations = SEQUENCES[name]
    turns = {v.day for v in violations} | {v.put_right for v in violations if v.put_right < NEVER}
    ends = {v.day + YEAR - 1 for v in violations} | {v.day + YEAR for v in violations}
    day = 0
    for turn in sorted(turns | ends):
        world.later(days=turn - day)
        day = turn
        for number, violation in enumerate(violations):
            if violation.day == day:
                strike(world, number, violation)
        assert decided(world) == published(violations, day), f"day {day}"


def test_the_numbers_are_those_of_the_page(shared: Path) -> None:
    page = shared / "data" / "policies" / "microsoft-advertising__strikes__latest.md"
    text = " ".join(page.read_text(encoding="utf-8").split())
    assert re.search(r"allowed up to three strikes .{0,60} within a given policy category", text)
    assert len(re.findall(r"within a year of the first violation", text)) == 2
    one, two, three = (re.search(rf"\| Strike {n} \| ([^|]*)\|", text) for n in ("one", "two", "three"))
    assert one is not None
    assert two is not None
    assert three is not None
    assert "within the account" in one[1]
    assert "creating new accounts" in two[1]
    assert "creating new accounts" not in one[1]
    assert "All the advertiser's ad accounts" in three[1]
    assert re.search(r"redresses the violation, we will lift all applicable penalties", text)


def test_a_third_strike_falls_when_one_of_the_three_is_reversed(world: Staged) -> None:
    first, *_ = [strike(world, number, Violation(0, FIRST, "content")) for number in range(3)]
    world.issue(world.decide("strikes"))
    third = next(r.id for r in world.state.restrictions.values() if r.clause == "third-strike")
    world.reverse(first)
    assert world.state.restrictions[third].undone
    assert not decided(world).may_open_accounts


def test_a_strike_carries_its_weight_and_category(world: Staged) -> None:
    strike(world, 0, Violation(0, FIRST, "weapons"))
    (recorded,) = world.state.strikes.values()
    assert (recorded.weight, recorded.category, recorded.counted_with) == (3, "content", "content")
    sums = {str(one.cell): one.total for one in counted(world.state, OWNER, world.now)}
    assert sums[f"owner:{OWNER}.strike_weight"] == 3
    assert sums[f"owner:{OWNER}.live_strikes"] == 1
    assert sums[f"account:{SECOND}.strike_weight"] == 0
    assert sums[f"tally:{OWNER}/content.unsettled"] == 1


def test_a_strike_without_a_category_is_counted_with_its_clause(desk: Staged) -> None:
    desk.restrict(evidence("scam", {"ad:ad-1.misstates_the_offer": True}))
    (recorded,) = desk.state.strikes.values()
    assert (recorded.weight, recorded.counted_with) == (1, "misrepresentation")


def test_the_smallest_sets_of_strikes_that_carry_a_weight() -> None:
    cell = Cell(EntityRef("owner", "one"), "strike_weight")
    counts = Counted(cell=cell, parts=(("a", 3), ("b", 1), ("c", 1), ("d", 2)))
    assert counts.total == 7
    assert counts.carried_by(0) == ((),)
    assert counts.carried_by(3) == (("a",), ("b", "d"), ("c", "d"))
    assert counts.carried_by(7) == (("a", "b", "c", "d"),)
