from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from goodstanding.app.case_file import read_inherited, read_money_answers
from goodstanding.clause.vocabulary import Vocabulary
from goodstanding.clause.vocabulary_document import read_vocabulary
from goodstanding.errors import ImportFileError
from goodstanding.kernel.extents import ALL, Extent

ROOT = Path(__file__).parents[3]
ENTRY = {
    "account": "@kaspersky",
    "capabilities": ["advertise"],
    "imposed_on": "2018-01-31",
    "source": "a letter",
    "wording": "it ends \U0001f600 \\uD83D",
    "restate_by": "2018-05-01",
}


@pytest.fixture(scope="module")
def vocabulary() -> Vocabulary:
    return read_vocabulary((ROOT / "policies" / "vocabulary.yaml").read_text(encoding="utf-8"), file="v.yaml")


def problems(text: str, vocabulary: Vocabulary) -> list[str]:
    with pytest.raises(ImportFileError) as refused:
        read_inherited(text, file="old.yaml", vocabulary=vocabulary)
    return [str(problem) for problem in refused.value.problems]


def test_the_demo_s_inherited_restrictions_are_read(vocabulary: Vocabulary) -> None:
    path = ROOT / "src" / "goodstanding" / "cli" / "demo" / "cases" / "c01_inherited.yaml"
    first, second = read_inherited(path.read_text(encoding="utf-8"), file=path.name, vocabulary=vocabulary)
    assert (first.account, second.account) == ("kaspersky", "securelist")
    assert first.wording == ""
    assert first.imposed_on == datetime(2018, 1, 31, tzinfo=UTC)
    assert first.scope.capabilities == Extent.of(["advertise"])
    assert first.scope.territories == ALL
    assert first.scope.period.start == first.imposed_on


@pytest.mark.parametrize("indent", [None, 2, "\t"])
def test_json_is_read_as_well_as_yaml(vocabulary: Vocabulary, indent: int | str | None) -> None:
    (one,) = read_inherited(json.dumps([ENTRY], indent=indent), file="old.json", vocabulary=vocabulary)
    assert one.account == "@kaspersky"
    assert one.wording == ENTRY["wording"]


def test_a_scope_narrows_what_was_inherited(vocabulary: Vocabulary) -> None:
    scope = {"territories": ["US"], "topics": ["news"], "audiences": "all"}
    (one,) = read_inherited(json.dumps([{**ENTRY, "scope": scope}]), file="old.json", vocabulary=vocabulary)
    assert one.scope.territories == Extent.of(["US"])
    assert one.scope.topics == Extent.of(["news"])
    assert one.scope.audiences == ALL


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"capabilities": ["advertize"]}, "`advertize` is not a capability (did you mean `advertise`?)"),
        ({"capabilities": []}, "`capabilities` is empty (name what is switched off)"),
        ({"restate_by": "2018-01-31"}, "`restate_by` is not after `imposed_on` (give a later date)"),
        ({"imposed_on": "once"}, "`once` is not a time"),
        ({"scope": {"places": ["US"]}}, "`scope` has no `places`"),
        ({"wording": "\ud800"}, "found invalid Unicode character escape code (write the character itself)"),
    ],
)
def test_each_problem_has_its_place(vocabulary: Vocabulary, change: dict[str, object], said: str) -> None:
    found = problems(json.dumps([{**ENTRY, **change}], indent=1), vocabulary)
    assert any(said in problem for problem in found), found
    assert all(problem.startswith("old.yaml:") for problem in found)


@pytest.mark.parametrize("key", sorted(ENTRY))
def test_a_lost_key_is_missed(vocabulary: Vocabulary, key: str) -> None:
    found = problems(json.dumps([{k: v for k, v in ENTRY.items() if k != key}]), vocabulary)
    assert found == [f"old.yaml:1:2: an inherited restriction lacks `{key}` (add `{key}:`)"]


def test_an_empty_file_is_refused(vocabulary: Vocabulary) -> None:
    assert problems("", vocabulary) == ["old.yaml:1:1: the document is empty"]


def test_a_file_of_money_answers_is_read_by_account() -> None:
    text = """\
"@kaspersky":
  stops: []
  charged_until: 2018-01-31
  balance: {amount: USD 1200.00, becomes: paid back}
  credits: {amount: USD 0.00, becomes: none}
"""
    answers = read_money_answers(text, file="money.yaml")
    assert str(answers["@kaspersky"].balance.amount) == "USD 1,200.00"
    with pytest.raises(ImportFileError, match=r"money\.yaml:1:1: the document is empty"):
        read_money_answers("", file="money.yaml")
