from __future__ import annotations

import pytest

from goodstanding.clause.marked_yaml import MarkedYaml, did_you_mean, on_one_line
from goodstanding.clause.vocabulary_document import read_vocabulary
from goodstanding.errors import VocabularyError


def test_what_a_message_quotes_stays_on_its_line() -> None:
    document = MarkedYaml("words.yaml")
    root = document.root(r'"two\nlines \u202e\e[31m": x')
    assert root is not None
    document.fields(root, "a vocabulary", known=("id",))
    (problem,) = document.problems
    assert problem.message == "a vocabulary has no `two\\nlines \\u202e\\x1b[31m`"


def test_letters_of_all_scripts_stay_as_they_are() -> None:
    assert on_one_line("é 🦊 אב …") == "é 🦊 אב …"
    assert on_one_line("\0\x85\ud800\u2066") == "\\x00\\x85\\ud800\\u2066"


@pytest.mark.parametrize("text", ['"\\U00110000"', '"\\UFFFFFFFF"', "[" * 3000, "a\0b"])
def test_what_the_yaml_reader_chokes_on_is_a_problem(text: str) -> None:
    document = MarkedYaml("words.yaml")
    assert document.root(text) is None
    assert [problem.message[:8] for problem in document.problems] == ["not YAML"]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("a" * 200_001, "this has 200001 characters, and 200000 are the most"),
        ("[" * 65, "not YAML: lists and mappings are nested deeper than 64 levels"),
        ("[" + "a," * 50_000 + "]", "not YAML: there are more than 50000 keys, values and items"),
    ],
)
def test_what_would_take_long_to_read_is_refused(text: str, message: str) -> None:
    document = MarkedYaml("long.yaml")
    assert document.root(text) is None
    assert [problem.message for problem in document.problems] == [message]


def test_no_more_problems_are_listed_than_anyone_reads() -> None:
    text = "".join(f"k{number}: v\n" for number in range(200))
    with pytest.raises(VocabularyError) as caught:
        read_vocabulary(text, file="words.yaml")
    assert len(caught.value.problems) == 100


def test_among_many_words_those_that_begin_alike_are_compared() -> None:
    assert did_you_mean("word-x7", [f"{letter}ord-{number}" for letter in "aw" for number in range(200)]) != ""
    assert did_you_mean("wrd", ["word", *(f"a{number}" for number in range(400))]) == "did you mean `word`?"
