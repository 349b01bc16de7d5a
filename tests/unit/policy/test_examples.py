from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from goodstanding.clause.model import Verdict
from goodstanding.clause.parse import Conditions
from goodstanding.clause.vocabulary import Vocabulary
from goodstanding.clause.vocabulary_document import read_vocabulary
from goodstanding.errors import PolicyError
from goodstanding.kernel.instants import instant
from goodstanding.policy.document import read_policy
from goodstanding.policy.examples.blocks import read_case, read_examples
from goodstanding.policy.examples.rules import Outcome, run
from goodstanding.policy.model import ClauseKind, Policy
from goodstanding.policy.rules import clause
from unit.policy.conftest import FRONT

Written = Callable[[str], Policy]

CLAUSE = """## Orders {#orders}

Text.

```clause
each: order in owner.orders
when: order.in_force && owner.orders.exists(o, o.on_security_grounds)
needs: {order: [directive]}
reach: owner
territory: order.territory
review_after: 30d
```
"""
NOW = """## Late {#late}

Text.

```clause
when: account.days_overdue > 3 && now > timestamp('2024-06-01T00:00:00Z')
reach: account
review_after: 30d
```
"""


def block(*lines: str) -> str:
    return "\n".join(["", "```example", *lines, "```", ""])


def outcomes(policy: Policy, vocabulary: Vocabulary) -> list[Outcome]:
    examples = read_examples(policy, file="sample.md", vocabulary=vocabulary)
    found = [(one, clause(policy, one.clause)) for one in examples]
    return [run(one, named, vocabulary) for one, named in found if named is not None]


def problems(policy: Policy, vocabulary: Vocabulary) -> list[str]:
    with pytest.raises(PolicyError) as caught:
        read_examples(policy, file="sample.md", vocabulary=vocabulary)
    return [str(problem) for problem in caught.value.problems]


@pytest.mark.parametrize("name", ["ads", "designation"])
def test_every_example_of_the_pack_holds(name: str, root: Path, read: Written, vocabulary: Vocabulary) -> None:
    policy = read((root / "policies" / f"{name}.md").read_text(encoding="utf-8"))
    assert [outcome for outcome in outcomes(policy, vocabulary) if outcome.failures] == []


@pytest.mark.parametrize("name", ["ads", "designation"])
def test_each_clause_of_the_pack_that_decides_has_an_example_of_each_verdict(
    name: str, root: Path, read: Written, vocabulary: Vocabulary
) -> None:
    policy = read((root / "policies" / f"{name}.md").read_text(encoding="utf-8"))
    tried: dict[str, set[Verdict]] = {
        one.id: set() for one in policy.clauses if one.kind is not ClauseKind.PUBLISHED_ONLY
    }
    for outcome in outcomes(policy, vocabulary):
        tried[outcome.example.clause].add(outcome.verdict)
    assert {name: found for name, found in tried.items() if found != set(Verdict)} == {}


def test_examples_are_no_part_of_the_public_text(written: Written) -> None:
    with_one, without = written(CLAUSE + block("expect: undecided")), written(CLAUSE)
    assert with_one.clauses[0].text_digest == without.clauses[0].text_digest
    assert with_one.digest != without.digest


def test_an_example_names_entities_of_its_own(written: Written, vocabulary: Vocabulary) -> None:
    example = block(
        *("given:", "  other.on_security_grounds: true", "  owner.orders: [order, other]", "  order.in_force: true"),
        *("  order.territory: [US, GB]", "expect: met", "restricts: {territory: [GB, US], topics: all}"),
    )
    (outcome,) = outcomes(written(CLAUSE + example), vocabulary)
    assert outcome.failures == ()
    assert [[str(cell) for cell in cells] for cells in outcome.because] == [
        ["order:order.in_force", "order:other.on_security_grounds", "owner:owner.orders"]
    ]


@pytest.mark.parametrize(
    ("grade", "verdict"), [("directive", "met"), ("finding", "undecided"), ("allegation", "undecided")]
)
def test_a_grade_that_the_clause_does_not_accept_makes_its_fact_unknown(
    grade: str, verdict: str, written: Written, vocabulary: Vocabulary
) -> None:
    example = block(
        *("given:", f"  order.in_force: {{value: true, grade: {grade}}}", "  order.territory: [US]"),
        *("  owner.orders: [x]", "  x.on_security_grounds: {value: true, grade: finding}", f"expect: {verdict}"),
    )
    (outcome,) = outcomes(written(CLAUSE + example), vocabulary)
    assert outcome.failures == ()


def test_a_met_clause_whose_scope_is_not_known_or_not_recorded_is_undecided(
    written: Written, vocabulary: Vocabulary
) -> None:
    facts = ("given:", "  order.in_force: true", "  owner.orders: [order]", "  order.on_security_grounds: true")
    both = block(*facts, "expect: met") + block(*facts, "  order.territory: absent", "expect: met")
    unknown, absent = outcomes(written(CLAUSE + both), vocabulary)
    assert unknown.failures == ("expected met, got undecided; missing `order.territory`",)
    assert absent.failures[0].startswith("expected met, got undecided; `order:order.territory` is recorded as absent")


def test_whatever_did_not_come_as_expected_is_said(written: Written, vocabulary: Vocabulary) -> None:
    facts = "order.in_force: true, owner.orders: [order], order.on_security_grounds: true, order.territory: [US]"
    example = block(
        *(f"given: {{{facts}}}", "expect: met", "because: [order.in_force]", "missing: [order.territory]"),
        "restricts: {territory: [GB], audience: all}",
    )
    (outcome,) = outcomes(written(CLAUSE + example), vocabulary)
    assert outcome.failures == (
        "expected because of `order.in_force`, got `order.in_force`, `order.on_security_grounds`, `owner.orders`",
        "expected missing `order.territory`, got nothing",
        "expected territory `GB`, got `US`",
    )


def test_a_verdict_that_came_otherwise_says_why(written: Written, vocabulary: Vocabulary) -> None:
    examples = block("given: {order.in_force: false}", "expect: met", "restricts: {territory: []}") + block(
        "expect: not met"
    )
    first, second = outcomes(written(CLAUSE + examples), vocabulary)
    assert first.failures == ("expected met, got not met, because of `order.in_force`",)
    assert second.failures[0] == "expected not met, got undecided; missing `order.in_force`, `owner.orders`"


def test_a_clause_that_reads_the_time_needs_one(written: Written, vocabulary: Vocabulary) -> None:
    lacking = written(NOW + block("given: {account.days_overdue: 4}", "expect: met"))
    assert problems(lacking, vocabulary) == [
        "sample.md:23:1: the clause reads `now`, and the example has none (add `now: 2024-09-30`)"
    ]
    given = block("given: {account.days_overdue: 4}", "now: 2024-06-02", "expect: met")
    (outcome,) = outcomes(written(NOW + given), vocabulary)
    assert outcome.failures == ()


def test_every_problem_of_every_example_is_told_at_its_place(
    written: Written, vocabulary: Vocabulary, golden: Callable[[str, str], None]
) -> None:
    bad = (
        block("expct: met"),
        block("given: nothing", "expect: maybe"),
        block("given:", "  order.in_forc: true", "  nobody.in_force: true", "  order: true", "expect: met"),
        block(
            "given:", "  order.in_force: yes", "  order.territory: US", "  order.products: [new, {a: b}]", "expect: met"
        ),
        block("given:", "  owner.orders: [owner, a b]", "  order.name: [a]", "  order.territory: [XX]", "expect: met"),
        block("given:", "  order.in_force: {grade: rumour}", "expect: met", "because: order.in_forc"),
        block("expect: undecided", "restricts: {territory: [US]}", "now: soon"),
        block("expect: met", "restricts: {teritory: [US]}", "missing: [x.y]"),
        block("- a"),
        "\n## Words only {#words-only}\n\nText.\n" + block("expect: met"),
    )
    golden("policy/examples.txt", "".join(f"{one}\n" for one in problems(written(CLAUSE + "".join(bad)), vocabulary)))


def test_an_example_that_belongs_to_no_clause_is_refused(written: Written) -> None:
    with pytest.raises(PolicyError, match="this example block belongs to no clause"):
        written(block("expect: met") + CLAUSE)
    with pytest.raises(PolicyError, match="did you mean `example`"):
        written(CLAUSE + "\n```exmple\nexpect: met\n```\n")


VALUES = """## Values {#values}

Text.

```clause
when: account.live_strikes == 3
reach: account
review_after: 30d
```
"""


@pytest.mark.parametrize(("text", "right"), [("3", True), ("three", False), ("9223372036854775808", False)])
def test_whole_numbers_are_of_64_bits(text: str, right: bool, written: Written, vocabulary: Vocabulary) -> None:
    policy = written(VALUES + block(f"given: {{account.live_strikes: {text}}}", "expect: met"))
    if right:
        assert outcomes(policy, vocabulary)[0].failures == ()
    else:
        assert f"`{text}` is not an int (write a whole number such as `31`)" in problems(policy, vocabulary)[0]


@pytest.fixture(scope="module")
def plainer(root: Path) -> Vocabulary:
    """The vocabulary with a fact of each plain type that it has none of."""
    words = (root / "policies" / "vocabulary.yaml").read_text(encoding="utf-8")
    kinds = (("score", "double"), ("opened", "timestamp"), ("idle", "duration"))
    more = "".join(
        f"      {name}: {{type: {kind}, label: the {name}, accepts: [measurement], changed_by: platform}}\n"
        for name, kind in kinds
    )
    head = "    label: the account\n    facts:\n"
    assert head in words
    return read_vocabulary(words.replace(head, head + more), file="vocabulary.yaml")


@pytest.mark.parametrize(
    ("fact", "right", "wrong"),
    [
        ("hijacked == true", ["true"], ["yes", "1"]),
        ("score == 2.5", ["2.5", "25e-1"], ["two", "1e999"]),
        ("opened == timestamp('2024-02-01T00:00:00Z')", ["2024-02-01", "2024-02-01T01:00:00+01:00"], ["soon"]),
        ("idle == duration('48h')", ["2d", "48h", "2880m"], ["long"]),
    ],
)
def test_a_value_is_written_as_its_type_asks(
    fact: str, right: list[str], wrong: list[str], plainer: Vocabulary
) -> None:
    name = fact.partition(" ")[0]
    text = FRONT + VALUES.replace("live_strikes == 3", fact)
    found = read_policy(text, file="sample.md", vocabulary=plainer, conditions=Conditions(plainer)).clauses[0]

    def case(value: str) -> Verdict:
        given = f"account.{name}: {value}"
        return run(
            read_case(given, file="f", clause=found, vocabulary=plainer, now=instant("2024-01-01")), found, plainer
        ).verdict

    assert [case(value) for value in right] == [Verdict.MET] * len(right)
    for value in wrong:
        with pytest.raises(PolicyError, match=f"`{value}` is not a"):
            case(value)


def test_a_file_of_facts_is_a_case(written: Written, vocabulary: Vocabulary) -> None:
    policy = written(NOW)
    late = policy.clauses[0]

    def case(text: str) -> Verdict:
        example = read_case(
            text, file="f.yaml", clause=late, vocabulary=vocabulary, now=instant("2024-01-01"), others=frozenset({"ad"})
        )
        return run(example, late, vocabulary).verdict

    assert case("account.days_overdue: 4\nad.offers_live_animals: true\n") is Verdict.NOT_MET
    assert case("account.days_overdue: 4\nnow: 2024-07-01\n") is Verdict.MET
    assert case('{"account.days_overdue": 2}') is Verdict.NOT_MET
    with pytest.raises(PolicyError, match="there is no `order`"):
        case("order.in_force: true")
    with pytest.raises(PolicyError, match="the block is empty"):
        case("")
