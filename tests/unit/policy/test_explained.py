from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest

from goodstanding.clause.vocabulary import Vocabulary
from goodstanding.errors import ConditionProblem, PolicyError
from goodstanding.kernel.instants import instant
from goodstanding.policy.examples.blocks import read_case
from goodstanding.policy.examples.rules import run
from goodstanding.policy.explained import explain, shown
from goodstanding.policy.model import Policy
from goodstanding.policy.readings import refused
from goodstanding.policy.rules import clause
from goodstanding.policy.starting import starting_policy
from unit.clause.test_languages import in_language

Reader = Callable[[str], Policy]

CASES = {
    "supply-forbidden": "order.on_security_grounds: true\norder.forbids_public_supply: true\norder.in_force: true\n"
    "order.territory: [US]\norder.products: [antivirus-software]\n",
    "circumvention": "account.shows_reviewers_another_page: false\nowner.restricted: false\n",
    "unpaid-balance": "account.days_overdue: 40\n",
    "commercial-ending": "",
}


@pytest.fixture(scope="session")
def ads(root: Path, read: Reader) -> Policy:
    return read((root / "policies" / "ads.md").read_text(encoding="utf-8"))


@pytest.mark.parametrize("tag", ["en", "de", "fr"])
def test_the_clauses_of_the_pack_are_explained_in_each_language(
    tag: str, root: Path, ads: Policy, golden: Callable[[str, str], None]
) -> None:
    words, vocabulary = in_language(tag, root)
    golden(
        f"policy/explained.{tag}.txt", "\n".join(shown(explain(one, vocabulary, words), words) for one in ads.clauses)
    )


@pytest.mark.parametrize("tag", ["en", "de", "fr"])
def test_a_case_is_explained_in_each_language(
    tag: str, root: Path, ads: Policy, vocabulary: Vocabulary, golden: Callable[[str, str], None]
) -> None:
    words, translated = in_language(tag, root)
    said = []
    for name, facts in CASES.items():
        one = clause(ads, name)
        assert one is not None
        text = facts or "ending.withdrawn: true\n"
        case = read_case(text, file="f", clause=one, vocabulary=vocabulary, now=instant("2024-01-01"))
        explained = explain(one, translated, words, run(case, one, vocabulary))
        said.append(shown(explained, words).partition(words.say("in this case"))[2])
    golden(f"policy/cases.{tag}.txt", "".join(said))


def test_an_error_of_a_case_is_said(written: Reader, vocabulary: Vocabulary) -> None:
    policy = written(
        "## A {#a}\n\nText.\n\n```clause\nwhen: 3 / account.live_strikes > 1\nreach: account\nreview_after: 1d\n```\n"
    )
    one = policy.clauses[0]
    case = read_case("account.live_strikes: 0", file="f", clause=one, vocabulary=vocabulary, now=instant("2024-01-01"))
    said = shown(explain(one, vocabulary, outcome=run(case, one, vocabulary)))
    assert "error: division by zero" in said


def test_another_entity_is_called_by_its_name(written: Reader, vocabulary: Vocabulary) -> None:
    policy = written(
        "## A {#a}\n\nText.\n\n```clause\nwhen: owner.orders.exists(o, o.in_force)\nreach: owner\n"
        "review_after: 1d\n```\n"
    )
    one = policy.clauses[0]
    facts = "owner.orders: [bod-17-01]\nbod-17-01.in_force: true\n"
    case = read_case(facts, file="f", clause=one, vocabulary=vocabulary, now=instant("2024-01-01"))
    explained = explain(one, vocabulary, outcome=run(case, one, vocabulary))
    assert explained.case is not None
    assert explained.case.because[0] == "bod-17-01 is in force"


def test_what_a_reading_refuses_is_placed_in_the_file(ads: Policy) -> None:
    problem = ConditionProblem(message="too hard", line=2, column=5, hint="split it")
    found = refused(ads, file="ads.md", readings={"hard": lambda read: (problem,) if "\n" in read.source else ()})
    assert found == ()
    found = refused(
        ads,
        file="ads.md",
        readings={
            "hard": lambda read: (ConditionProblem(message="no", line=1, column=1),) if "now" in read.source else ()
        },
    )
    assert found == ()
    every = refused(
        ads, file="ads.md", readings={"hard": lambda _: (ConditionProblem(message="no", line=1, column=1),)}
    )
    lines = ads.text.split("\n")
    assert len(every) == sum(one.condition is not None for one in ads.clauses) + sum(
        one.ends is not None for one in ads.clauses
    )
    for one in every:
        assert one.problem.place is not None
        assert lines[one.problem.place.line - 1].startswith(("when", "requires", "ends", "  "))


def test_what_has_no_words_is_a_problem_of_the_policy(written: Reader) -> None:
    source = "account.live_strikes in {3: true}"
    with pytest.raises(PolicyError):
        written(f"## A {{#a}}\n\nText.\n\n```clause\nwhen: '{source}'\nreach: account\nreview_after: 1d\n```\n")


def test_the_starting_policy_can_be_read_as_it_is(read: Reader, vocabulary: Vocabulary) -> None:
    text = starting_policy(vocabulary, policy="rules", title='Rules "for" ads', start=instant("2027-01-01").date())
    policy = read(text)
    assert (policy.id, policy.title, len(policy.clauses)) == ("rules", 'Rules "for" ads', 2)
    assert policy.clauses[0].reach == "ad"


def test_the_starting_policy_rests_on_a_fact_that_evidence_can_state(read: Reader, vocabulary: Vocabulary) -> None:
    ad = vocabulary.entity("ad")
    assert ad is not None
    vague, plain = (fact for fact in ad.facts if fact.name in {"misstates_the_offer", "poses_as_another"})
    only = msgspec.structs.replace(ad, facts=(msgspec.structs.replace(vague, accepts=()), plain))
    kinds = tuple(only if kind.name == "ad" else kind for kind in vocabulary.entities)
    words = msgspec.structs.replace(vocabulary, entities=kinds)
    text = starting_policy(words, policy="rules", title="Rules", start=instant("2027-01-01").date())
    assert read(text).clauses[0].condition is not None
    assert f"when: ad.{plain.name}" in text


def test_a_vocabulary_without_a_fact_that_its_owner_can_change_gets_words_only(
    read: Reader, vocabulary: Vocabulary
) -> None:

    poor = msgspec.structs.replace(
        vocabulary,
        capabilities=(),
        entities=tuple(msgspec.structs.replace(kind, facts=()) for kind in vocabulary.entities if kind.name != "ad"),
    )
    text = starting_policy(poor, policy="rules", title="Rules", start=instant("2027-01-01").date())
    assert [one.id for one in read(text).clauses] == ["first-rule", "what-we-hope-for"]
    assert "```clause" not in text
