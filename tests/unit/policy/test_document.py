from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goodstanding.clause.parse import Conditions
from goodstanding.clause.tree import Condition
from goodstanding.clause.vocabulary import Vocabulary
from goodstanding.clause.vocabulary_document import read_vocabulary
from goodstanding.errors import Place, PolicyError, Problem
from goodstanding.kernel.digests import digest_of_text
from goodstanding.kernel.extents import ALL, Extent
from goodstanding.kernel.grades import Grade
from goodstanding.policy.document import read_policy
from goodstanding.policy.model import Basis, ClauseKind, GuidanceKind, Policy, Reach
from goodstanding.policy.render import diagnostics
from goodstanding.policy.source import with_plain_line_ends

FRONT = """---
id: sample
version: "1"
title: Sample
in_force_from: 2024-01-01
language: en
capabilities: [advertise]
vocabulary: advertising@1
---

"""
Golden = Callable[[str, str], None]
Reader = Callable[[str], Policy]

ORDER = """## Orders {#orders}

An order of a *competent* authority.

```clause
each: order in owner.orders     # one finding for each
when: order.in_force
needs: {order: directive}
reach: owner
territory: order.territory
topics: [gambling, alcohol]
ends: "!order.in_force"
```

More of the text.
"""

BROKEN = sorted(path.stem for path in (Path(__file__).parents[2] / "golden" / "policy").glob("*.md"))


@pytest.mark.parametrize("name", BROKEN)
def test_every_problem_of_a_file_is_shown_at_its_place(name: str, root: Path, read: Reader, golden: Golden) -> None:
    text = (root / "tests" / "golden" / "policy" / f"{name}.md").read_text(encoding="utf-8")
    with pytest.raises(PolicyError) as caught:
        read(text)
    golden(f"policy/{name}.txt", diagnostics(caught.value.problems, text))


def test_a_clause_keeps_what_its_block_says(written: Reader) -> None:
    (clause,) = written(ORDER).clauses
    assert clause.kind is ClauseKind.RESTRICTION
    assert (clause.reach, clause.bound, clause.restricts) == (Reach.OWNER, "order", ("advertise",))
    assert clause.each is not None
    assert (clause.each.kind, clause.each.root, clause.each.fact) == ("order", "owner", "orders")
    assert clause.needs == {"order": (Grade.DIRECTIVE,)}
    assert clause.topics == Extent.of(["alcohol", "gambling"])
    assert clause.audience == ALL
    assert isinstance(clause.territory, Condition)
    assert (clause.notice, clause.overridable, clause.basis) == (timedelta(0), True, Basis.TERMS)
    assert clause.can_be_ground


def test_the_public_text_leaves_the_block_out(written: Reader) -> None:
    (clause,) = written(ORDER).clauses
    assert clause.text == "An order of a *competent* authority.\n\n\nMore of the text."
    assert clause.text_digest == digest_of_text(clause.text)


def test_a_clause_stands_where_its_heading_stands(written: Reader) -> None:
    assert written(ORDER).clauses[0].place == Place(
        file="sample.md", line=written(ORDER).text.split("\n").index("## Orders {#orders}") + 1, column=1
    )


def test_a_condition_is_narrowed_to_the_variables_that_the_reach_shows(written: Reader) -> None:
    (clause,) = written(ORDER).clauses
    assert clause.when is not None
    assert clause.when.variables == (("order", "order"), ("owner", "owner"))
    assert clause.condition == clause.when


def test_the_digest_is_of_the_text_as_it_was_given(written: Reader, read: Reader) -> None:
    policy = written(ORDER)
    windows = read(policy.text.replace("\n", "\r\n"))
    assert policy.digest == digest_of_text(policy.text)
    assert windows.digest == digest_of_text(policy.text.replace("\n", "\r\n"))
    assert windows.clauses == policy.clauses


def test_a_clause_without_a_block_is_published_only(written: Reader) -> None:
    (clause,) = written("## Kindness {#kindness}\n\nBe kind.\n\n[link]: https://example.org\n").clauses
    assert clause.kind is ClauseKind.PUBLISHED_ONLY
    assert (clause.condition, clause.bound, clause.can_be_ground) == (None, "", False)
    assert clause.text == "Be kind.\n\n[link]: https://example.org"


def test_an_entry_requirement_states_what_must_hold(written: Reader) -> None:
    (clause,) = written(
        "## Entry {#entry}\n\nText.\n\n```clause\nrequires: owner.identity_verified && ad.sponsor_declared\n"
        "reach: ad\ntopics: political\nterritory: all\nguidance: Verify early.\n```\n"
    ).clauses
    assert clause.kind is ClauseKind.ENTRY_REQUIREMENT
    assert clause.when is None
    assert clause.condition is clause.requires
    assert clause.guidance is not None
    assert clause.guidance.kind is GuidanceKind.ADVICE
    assert not clause.can_be_ground


def test_a_clause_that_only_holds_is_never_a_ground(written: Reader) -> None:
    (clause,) = written(
        "## Held {#held}\n\nText.\n\n```clause\nwhen: account.hijacked\nreach: account\nhold: 24h\nhold_only: true\n"
        'ends: "!account.hijacked"\n```\n'
    ).clauses
    assert clause.hold == timedelta(hours=24)
    assert not clause.can_be_ground


def test_an_estimate_may_restrict_one_ad(written: Reader) -> None:
    (clause,) = written(
        "## One ad {#one-ad}\n\nText.\n\n```clause\nwhen: ad.dwells_on_violence\nreach: ad\nneeds: {ad: [estimate]}\n"
        "notice: 0d\nreview_after: 30d\n```\n"
    ).clauses
    assert clause.needs == {"ad": (Grade.ESTIMATE,)}


def test_an_exemption_may_rest_on_any_grade(written: Reader) -> None:
    policy = written(
        ORDER + "\n## Warnings {#warnings}\n\nText.\n\n```clause\nwhen: ad.warns_of_danger\nreach: ad\nlifts: orders\n"
        "approver: editor\nneeds: {ad: [allegation, estimate]}\nends: ad.danger_past\n```\n"
    )
    assert policy.clauses[1].kind is ClauseKind.EXEMPTION
    assert policy.clauses[1].lifts == ("orders",)
    assert policy.clauses[1].restricts == ()


def test_a_lone_surrogate_is_a_problem_at_its_place(read: Reader) -> None:
    with pytest.raises(PolicyError) as caught:
        read("one\ntw\ud800o")
    assert caught.value.problems[0].place == Place(file="sample.md", line=2, column=3)


def test_a_character_that_cannot_be_printed_is_a_problem_at_its_place(written: Reader) -> None:
    with pytest.raises(PolicyError) as caught:
        written("## One {#one}\n\nText.\n\n```clause\nwhen: account\x07.hijacked\n```\n")
    place = caught.value.problems[0].place
    assert place is not None
    assert place.column == len("when: account") + 1


def test_deep_nesting_is_a_problem_and_no_crash(written: Reader) -> None:
    with pytest.raises(PolicyError, match="nested deeper than"):
        written("## One {#one}\n\nText.\n\n```clause\nwhen: " + "[" * 5000 + "\n```\n")


LONG = "## One {#one}\n\nText.\n\n```clause\nwhen: account.hijacked\nreach: account\nreview_after: 30d\n"


@pytest.mark.parametrize(
    ("clauses", "said"),
    [
        ("## One {#one}\n\n" + "word " * 41_000, "200000 are the most (split the policy)"),
        (LONG + "# aside\n" * 2_600 + "```\n", "20000 are the most (split the clause)"),
        (
            "".join(LONG.replace("one", f"one-{n}") + "# aside\n" * 2_400 + "```\n\n" for n in range(6)),
            "100000 are the most (split the policy)",
        ),
    ],
)
def test_what_is_longer_than_anybody_reads_is_a_problem(clauses: str, said: str, written: Reader) -> None:
    with pytest.raises(PolicyError) as caught:
        written(clauses)
    assert said in str(caught.value)


PARTS = [
    *ORDER.splitlines(keepends=True), "---\n", "```clause\n", "```\n", "> ", "- ", "\t", "when: ", "reach: ad\n", "&a ",
    "*a\n", "!x ", "{", "[", "]", "}", '"', "'", "\\", "|\n", ">-\n", "#", "# ", ": ", ", ", "\u2028", "\x85", "\ufeff",
    "\r", "%YAML 1.1\n", "lifts: [orders]\n", "ending: commercial\n", "requires: ad.sponsor_declared\n", "ad.", "&& ",
    "<<: ", "? ", "hold: 24h\n", "procedure: {officer: x}\n", "\U0001f600", "guidance: ", "needs: {ad: [report]}\n",
]  # fmt: skip


DOCUMENTS = st.lists(st.one_of(st.sampled_from(PARTS), st.text(max_size=4)), max_size=30).map("".join)
BLOCKS = DOCUMENTS.map(lambda inside: f"## One {{#one}}\n\nText.\n\n```clause\n{inside}")


@given(st.one_of(st.text(), DOCUMENTS, DOCUMENTS.map(FRONT.__add__), BLOCKS.map(FRONT.__add__)))
def test_any_text_is_read_or_refused_with_places_inside_it(vocabulary: Vocabulary, text: str) -> None:
    lines = with_plain_line_ends(text).split("\n")
    for problem in problems_of(text, vocabulary):
        assert problem.place is not None
        assert 1 <= problem.place.column <= len(lines[problem.place.line - 1]) + 1
        assert diagnostics([problem], text)


def problems_of(text: str, vocabulary: Vocabulary) -> tuple[Problem, ...]:
    """Why a text is refused; nothing where it is read."""
    try:
        read_policy(text, file="any.md", vocabulary=vocabulary, conditions=Conditions(vocabulary))
    except PolicyError as error:
        return error.problems or (Problem(message="refused without a problem"),)
    return ()


def test_each_goes_through_lists_of_what_the_clause_reaches(root: Path) -> None:
    words = (root / "policies" / "vocabulary.yaml").read_text(encoding="utf-8")
    warnings = "label: the account\n    facts:\n      warnings: {type: list, of: order, label: the warnings, "
    words = words.replace("label: the account\n    facts:\n", warnings + "accepts: [report], changed_by: platform}\n")
    block = "each: warning in account.warnings\nwhen: warning.in_force\nreach: {}\nends: '!warning.in_force'"
    text = f"{FRONT}## One {{#one}}\n\nText.\n\n```clause\n{block}\n```\n"
    vocabulary = read_vocabulary(words, file="vocabulary.yaml")
    assert problems_of(text.replace("reach: {}", "reach: account"), vocabulary) == ()
    (problem,) = problems_of(text.replace("reach: {}", "reach: owner"), vocabulary)
    assert problem.message == "a clause that reaches an owner can't go through a list of `account`"
