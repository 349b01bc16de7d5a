"""The policies that the repository offers to start from, held against what they promise."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from goodstanding.clause.model import Cell, Known, Unknown, Verdict, Why
from goodstanding.clause.values import EntityRef, Value
from goodstanding.clause.verdict import read_verdict
from goodstanding.clause.vocabulary import Vocabulary
from goodstanding.kernel.instants import instant
from goodstanding.policy.model import Clause, ClauseKind, Policy, Reach
from goodstanding.policy.rules import clause, in_force
from goodstanding.policy.source import with_plain_line_ends

Reader = Callable[[str], Policy]
OWNER, AD, ACCOUNT, ORDER = (EntityRef(kind, "one") for kind in ("owner", "ad", "account", "order"))

FEDERAL_DIRECTIVE: dict[str, Value] = {
    "on_security_grounds": True,
    "forbids_public_supply": False,
    "in_force": True,
    "binds": "federal agencies",
    "territory": ("US",),
}
SUBSIDY_LIST: dict[str, Value] = FEDERAL_DIRECTIVE | {"binds": "recipients of a subsidy"}
PROHIBITION: dict[str, Value] = FEDERAL_DIRECTIVE | {
    "forbids_public_supply": True,
    "binds": "everybody in the territory",
}


class Stated:
    """Facts that are known; everything else is not."""

    def __init__(self, facts: dict[EntityRef, dict[str, Value]]) -> None:
        """Take the facts by entity."""
        self._facts = facts

    def read(self, cell: Cell) -> Known | Unknown:
        """What is known at a cell."""
        facts = self._facts.get(cell.entity, {})
        return Known(facts[cell.fact]) if cell.fact in facts else Unknown(Why.NO_EVIDENCE)


@pytest.fixture(scope="session")
def ads(root: Path, read: Reader) -> Policy:
    return read((root / "policies" / "ads.md").read_text(encoding="utf-8"))


@pytest.fixture(scope="session")
def designation(root: Path, read: Reader) -> Policy:
    return read((root / "policies" / "designation.md").read_text(encoding="utf-8"))


def named(policy: Policy, clause_id: str) -> Clause:
    found = clause(policy, clause_id)
    assert found is not None
    return found


def verdict(policy: Policy, clause_id: str, **facts: dict[str, Value]) -> Verdict:
    found = named(policy, clause_id)
    assert found.condition is not None
    bindings = {"owner": OWNER, "ad": AD, "account": ACCOUNT, "order": ORDER}
    seen = {name: bindings[name] for name, _ in found.condition.variables}
    stated = Stated({bindings[name]: known for name, known in facts.items()})
    return read_verdict(found.condition, seen, stated, now=instant("2024-09-30")).verdict


def test_one_file_covers_the_years_from_2018_to_2024(ads: Policy) -> None:
    assert all(in_force(ads, instant(day)) for day in ("2018-01-31", "2018-04-20", "2022-03-26", "2024-09-30"))


def test_there_are_at_least_twelve_clauses_of_every_kind(ads: Policy) -> None:
    assert len(ads.clauses) >= 12
    assert {one.kind for one in ads.clauses} == set(ClauseKind)


@pytest.mark.parametrize("order", [FEDERAL_DIRECTIVE, SUBSIDY_LIST])
def test_an_order_that_does_not_forbid_supply_to_the_public_does_not_restrict(
    ads: Policy, order: dict[str, Value]
) -> None:
    assert verdict(ads, "supply-forbidden", order=order) is Verdict.NOT_MET


def test_an_order_that_forbids_supply_to_the_public_restricts_its_products_in_its_territory(ads: Policy) -> None:
    assert verdict(ads, "supply-forbidden", order=PROHIBITION) is Verdict.MET
    found = named(ads, "supply-forbidden")
    assert (found.reach, found.overridable, found.notice.days) == (Reach.OWNER, False, 30)
    assert [getattr(found.territory, "source", ""), getattr(found.topics, "source", "")] == [
        "order.territory",
        "order.products",
    ]


def test_a_lapsed_order_does_not_restrict(ads: Policy) -> None:
    assert verdict(ads, "supply-forbidden", order=PROHIBITION | {"in_force": False}) is Verdict.NOT_MET


def test_the_stricter_policy_restricts_on_the_directive_that_the_first_one_leaves_alone(
    designation: Policy, ads: Policy
) -> None:
    assert verdict(designation, "security-designation", order=FEDERAL_DIRECTIVE) is Verdict.MET
    assert verdict(ads, "supply-forbidden", order=FEDERAL_DIRECTIVE) is Verdict.NOT_MET
    assert not in_force(designation, instant("2017-12-31"))
    assert in_force(designation, instant("2018-01-31"))


def test_the_safety_exemption_lifts_neither_orders_nor_deception(ads: Policy) -> None:
    lifted = named(ads, "urgent-safety-information").lifts
    assert {"supply-forbidden", "misrepresentation", "unsafe-destination", "sanctions-list"}.isdisjoint(lifted)
    assert {"state-controlled-media", "unpaid-balance", "repeated-violations"} <= set(lifted)


def test_a_medium_whose_independence_is_not_known_is_undecided(ads: Policy) -> None:
    known: dict[str, Value] = {"is_news_medium": True, "state_controlled": True, "publicly_funded": True}
    assert verdict(ads, "state-controlled-media", owner=known) is Verdict.UNDECIDED
    assert verdict(ads, "state-controlled-media", owner=known | {"editorially_independent": True}) is Verdict.NOT_MET
    assert verdict(ads, "state-controlled-media", owner=known | {"editorially_independent": False}) is Verdict.MET


def test_three_live_strikes_are_needed(ads: Policy) -> None:
    assert verdict(ads, "repeated-violations", account={"live_strikes": 2}) is Verdict.NOT_MET
    assert verdict(ads, "repeated-violations", account={"live_strikes": 3}) is Verdict.MET


def test_a_hijacked_account_is_only_ever_held(ads: Policy) -> None:
    found = named(ads, "hijacked-account")
    assert (found.hold_only, found.reach, found.strike, found.can_be_ground) == (True, Reach.ACCOUNT, None, False)


@pytest.mark.parametrize("name", ["ads", "designation"])
def test_every_clause_says_itself_in_two_to_five_sentences(name: str, request: pytest.FixtureRequest) -> None:
    policy: Policy = request.getfixturevalue(name)
    counts = {one.id: len(re.findall(r"[.:](?:\s|$)", one.text)) for one in policy.clauses}
    assert {clause_id: count for clause_id, count in counts.items() if not 2 <= count <= 6} == {}


@pytest.mark.parametrize("name", ["ads", "designation"])
def test_every_clause_that_acts_says_how_to_stay_clear_of_it(name: str, request: pytest.FixtureRequest) -> None:
    policy: Policy = request.getfixturevalue(name)
    acting = [one for one in policy.clauses if one.kind is not ClauseKind.PUBLISHED_ONLY]
    assert [one.id for one in acting if one.guidance is None] == []


def test_no_run_of_eight_words_is_taken_from_a_real_policy(shared: Path, ads: Policy, designation: Policy) -> None:
    ours = runs(ads.text + designation.text)
    for path in sorted((shared / "data" / "policies").glob("*__*.md")):
        assert ours & runs(with_plain_line_ends(path.read_text(encoding="utf-8"))) == set(), path.name


def runs(text: str) -> set[tuple[str, ...]]:
    """Every eight words in a row."""
    words = re.findall(r"[a-z']+", text.lower())
    return {tuple(words[at : at + 8]) for at in range(len(words) - 7)}


SIZE_AND_SPEND = re.compile(
    r"\b(?:spend\w*|spent|budget\w*|revenue\w*|turnover|profit\w*|followers?|subscribers?|popular\w*|staff|headcount"
    r"|market|lucrative|size|large|valuable|important|prominent|contract\w*)\b"
)


def test_no_fact_says_how_large_or_how_lucrative_an_owner_is(vocabulary: Vocabulary) -> None:
    facts = {
        f"{entity.name}.{fact.name}": " ".join((fact.name.replace("_", " "), fact.label, fact.holds, fact.holds_not))
        for entity in vocabulary.entities
        for fact in entity.facts
    }
    assert SIZE_AND_SPEND.search("the monthly budget of the owner")
    assert [name for name, words in facts.items() if SIZE_AND_SPEND.search(words.lower())] == []
