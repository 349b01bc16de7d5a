"""Which values are tried for a fact."""

from __future__ import annotations

from datetime import timedelta

import pytest

from goodstanding.clause.model import Facts, Known
from goodstanding.clause.values import ABSENT, EntityRef, Value, ValueType
from goodstanding.clause.vocabulary import ChangedBy, FactKind
from goodstanding.decisions.remedies.values import NOW, Leaf, boundaries, targets
from goodstanding.kernel.instants import instant
from unit.decisions.world import AT, OWNER, VOCABULARY, bench, cell_of, dossier, evidence, tiny

DAY = timedelta(days=1)
FACTS = ("bad", "due", "rate", "word", "at", "span", "words", "none", "more")
TYPES = ("bool", "int", "double", "string", "timestamp", "duration", "list, of: string", "int", "int")
OF_OWNER = "".join(
    f"\n      {name}: {{type: {kind}, label: the {name}, accepts: [finding], changed_by: advertiser, remedy: mend it"
    f"{', holds: is bad, holds_not: is fine' if kind == 'bool' else ''}}}"
    for name, kind in zip(FACTS, TYPES, strict=True)
)
WORDS = f"""id: advertising
version: '1'
language: en
capabilities: {{advertise: run ads}}
topics: {{}}
audiences: {{}}
entities:
  account: {{label: the x, facts: {{name: {{type: string, label: name, accepts: [finding], changed_by: nobody}}}}}}
  ad: {{label: the ad, facts: {{name: {{type: string, label: name, accepts: [finding], changed_by: nobody}}}}}}
  owner:
    label: the owner
    facts:{OF_OWNER}
"""
KNOWN: dict[str, Value] = {f"owner:{OWNER}.due": 4, f"owner:{OWNER}.more": 0, f"owner:{OWNER}.at": AT}


def kind_of(kind: ValueType, *, of: str | None = None) -> FactKind:
    return FactKind(name="x", type=kind, label="x", accepts=(), changed_by=ChangedBy.ADVERTISER, of=of)


def turns(condition: str) -> set[tuple[Leaf, Value]]:
    """The boundaries of a condition, by fact."""
    policy = tiny(
        f'rule\nwhen: "{condition}"\nrestricts: [advertise]\nreach: owner\nreview_after: 90d', vocabulary=WORDS
    )
    (clause,) = policy.clauses
    assert clause.when is not None
    facts: Facts = bench(dossier(evidence("e", KNOWN))).at_any_grade()
    assert isinstance(facts.read(cell_of(f"owner:{OWNER}.due")), Known)
    return set(boundaries(clause.when, {"owner": EntityRef("owner", OWNER)}, facts, now=AT))


@pytest.mark.parametrize(
    ("condition", "fact", "expected"),
    [
        ("owner.due > 30", "due", {30}),
        ("30 > owner.due", "due", {30}),
        ("owner.due + 2 > 30", "due", {28}),
        ("2 + owner.due > 30", "due", {28}),
        ("owner.due - 2 > 30", "due", {32}),
        ("40 - owner.due > 30", "due", {10}),
        ("owner.due * 3 > 30", "due", {10}),
        ("3 * owner.due > 30", "due", {10}),
        ("-owner.due < -30", "due", {30}),
        ("owner.due > owner.none", "due", set()),
        ("owner.none > owner.due", "none", {4}),
        ("owner.none * owner.more > 30", "none", set()),
        ("owner.none / 2 > 30", "none", set()),
        ("owner.due in [1, 2]", "due", {1, 2}),
        ("'red' in owner.words", "words", {"red"}),
        ("owner.word in owner.words", "words", set()),
        ("owner.words.exists(w, w == 'red')", "words", set()),
        ("owner.word.startsWith('https://')", "word", {"https://"}),
        ("has(owner.word) && owner.bad", "word", {ABSENT}),
        ("owner.span > duration('1h')", "span", {timedelta(hours=1)}),
        ("now - owner.at > duration('24h')", "at", {AT - DAY}),
    ],
)
def test_a_fact_turns_where_its_comparison_does(condition: str, fact: str, expected: set[Value]) -> None:
    assert {value for (_, name), value in turns(condition) if name == fact} == expected


def test_now_turns_where_a_fact_makes_it() -> None:
    assert (NOW, AT + DAY) in turns("now - owner.at > duration('24h')")


def test_a_number_is_tried_on_both_sides_and_never_turned_negative() -> None:
    assert targets(kind_of(ValueType.INT), 40, {30}, VOCABULARY) == (31, 30, 29)
    assert targets(kind_of(ValueType.INT), None, {0}, VOCABULARY) == (0, 1)
    assert targets(kind_of(ValueType.INT), -5, {0}, VOCABULARY) == (-1, 0, 1)
    assert targets(kind_of(ValueType.INT), None, {True}, VOCABULARY) == ()


def test_a_double_is_tried_at_marks_between_them_and_beyond() -> None:
    assert targets(kind_of(ValueType.DOUBLE), 3.0, {1.0, 2.0}, VOCABULARY) == (2.0, 1.5, 1.0, 0.0)
    assert targets(kind_of(ValueType.DOUBLE), 0.0, {0.5, 2.5}, VOCABULARY) == (0.5, 1.5, 2.5, 3.5)
    assert targets(kind_of(ValueType.DOUBLE), None, {0.5}, VOCABULARY) == (0.5, 1.5)


def test_a_time_is_tried_at_marks_and_a_second_beside_them() -> None:
    second, start = timedelta(seconds=1), instant("2024-01-01")
    expected = (start + second, start, start - second)
    assert targets(kind_of(ValueType.TIMESTAMP), start + DAY, {start}, VOCABULARY) == expected
    assert targets(kind_of(ValueType.DURATION), None, {DAY}, VOCABULARY) == (DAY - second, DAY, DAY + second)
    assert targets(kind_of(ValueType.DURATION), DAY, (), VOCABULARY) == ()


def test_a_string_is_tried_as_what_is_named_and_as_none_of_it() -> None:
    assert targets(kind_of(ValueType.STRING), "red", {"red", "blue"}, VOCABULARY) == ("blue", "")
    assert targets(kind_of(ValueType.STRING), "red", (), VOCABULARY) == ("",)
    assert targets(kind_of(ValueType.STRING), None, {""}, VOCABULARY) == ("",)


def test_a_string_of_a_closed_set_is_tried_as_its_members_alone() -> None:
    audiences = tuple(named.id for named in VOCABULARY.audiences)
    assert targets(kind_of(ValueType.STRING, of="audience"), None, {"adults"}, VOCABULARY) == audiences


def test_a_fact_that_must_not_be_there_may_go() -> None:
    before: Value = True
    assert targets(kind_of(ValueType.BOOL), before, {ABSENT}, VOCABULARY) == (ABSENT, False)


def test_who_somebody_is_does_not_change() -> None:
    assert targets(kind_of(ValueType.ENTITY, of="owner"), None, {EntityRef("owner", "x")}, VOCABULARY) == ()
