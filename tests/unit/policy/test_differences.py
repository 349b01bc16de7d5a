from __future__ import annotations

from collections.abc import Callable

import pytest

from goodstanding.clause.vocabulary import Vocabulary
from goodstanding.policy.differences import DifferenceKind, difference, differences, same_meaning
from goodstanding.policy.model import Policy
from unit.policy.versions import one_clause

Reader = Callable[[str], Policy]


def compared(read: Reader, old: str, new: str) -> tuple[str, tuple[str, ...]]:
    """The kind of the one difference, and its fields."""
    (found,) = differences(read(one_clause(old)), read(one_clause(new)))
    return found.kind.value, found.fields


RULE = "when: ad.misstates_the_offer\nrestricts: [advertise]\nreach: ad\nreview_after: 90d\n"


@pytest.mark.parametrize(
    ("new", "kind", "fields"),
    [
        (RULE, "unchanged", ()),
        (RULE.replace("when: ad.misstates_the_offer", "when: ( ad.misstates_the_offer )"), "unchanged", ()),
        (RULE.replace("review_after: 90d\n", "review_after: 90d   # a comment\n"), "unchanged", ()),
        (RULE.replace("misstates_the_offer", "poses_as_another"), "meaning", ("when",)),
        (RULE.replace("90d", "30d"), "meaning", ("review_after",)),
        (RULE + "topics: [news]\noverridable: false\n", "meaning", ("topics", "overridable")),
        (RULE + "guidance: Say it as it is.\n", "text", ("guidance",)),
        (RULE + "strike: 90d\nguidance: Say it as it is.\n", "text and meaning", ("guidance", "strike")),
    ],
)
def test_text_and_meaning_are_told_apart(read: Reader, new: str, kind: str, fields: tuple[str, ...]) -> None:
    assert compared(read, RULE, new) == (kind, fields)


def test_words_that_are_only_dressed_otherwise_are_the_same_text(read: Reader) -> None:
    old = read(one_clause(RULE, text="An ad must not deceive."))
    (dressed,) = differences(old, read(one_clause(RULE, text="An *ad* must\nnot deceive.")))
    assert dressed.kind is DifferenceKind.UNCHANGED
    (reworded,) = differences(old, read(one_clause(RULE, text="An ad must never deceive.", title="Lies")))
    assert (reworded.kind, reworded.fields) == (DifferenceKind.TEXT, ("title", "text"))


def test_what_is_added_comes_in_its_place_and_what_is_removed_comes_last(read: Reader) -> None:
    old = read(one_clause(RULE, id_="first"))
    new = read(one_clause(RULE, id_="second"))
    found = differences(old, new)
    assert [(one.clause, one.kind.value) for one in found] == [("second", "added"), ("first", "removed")]
    assert found[0].old is None
    assert found[1].new is None
    assert same_meaning(old.clauses[0], new.clauses[0])


def test_literals_of_different_types_and_lists_of_different_length_are_different(read: Reader) -> None:
    def when(text: str) -> str:
        return RULE.replace("ad.misstates_the_offer", text).replace("reach: ad", "reach: account")

    kinds = [
        compared(read, when("account.days_overdue in [1, 2]"), when(f"account.days_overdue in [{other}]"))[0]
        for other in ("1, 2", "2, 1", "1", "1, 2, 2")
    ]
    assert kinds == ["unchanged", "meaning", "meaning", "meaning"]


def test_there_is_something_to_compare(vocabulary: Vocabulary) -> None:
    assert vocabulary.id == "advertising"
    with pytest.raises(ValueError, match="no clause"):
        difference(None, None)
