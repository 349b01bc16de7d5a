from __future__ import annotations

import pytest

from goodstanding.clause.translation import read_translation
from goodstanding.clause.vocabulary_document import read_vocabulary
from goodstanding.errors import VocabularyError
from unit.clause.test_languages import TRANSLATED
from unit.clause.world import VOCABULARY

GERMAN = TRANSLATED["de"]


def problems(text: str) -> list[str]:
    with pytest.raises(VocabularyError) as caught:
        read_translation(text, file="words.de.yaml", vocabulary=VOCABULARY)
    return [str(problem) for problem in caught.value.problems]


def test_a_translation_keeps_everything_but_the_words() -> None:
    german = read_translation(GERMAN, file="words.de.yaml", vocabulary=VOCABULARY)
    assert (german.digest, german.id, german.version) == (VOCABULARY.digest, VOCABULARY.id, VOCABULARY.version)
    assert german.language == "de"
    for kind, original in zip(german.entities, VOCABULARY.entities, strict=True):
        assert [fact.type for fact in kind.facts] == [fact.type for fact in original.facts]
    owner = german.entity("owner")
    assert owner is not None
    assert (owner.label, owner.object, owner.of) == ("der Inhaber", "den Inhaber", "des Inhabers")


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("id: test-words", "id: others", "2:5: the vocabulary's id is `test-words` (translate that one)"),
        ("version: 1.10", "version: 1.1", "3:10: the vocabulary's version is `1.10` (translate that one)"),
        ("language: de", "language: Deutsch", "4:11: `Deutsch` is not a language tag"),
        (", training: Sicherheitsschulungen", "", "lacks `training`"),
        ("minors:", "miners:", "has no `miners` (did you mean `minors`?)"),
        ("    of: des Kontos\n", "", "the entity `account` lacks `of`"),
        ("holds: ist geprüft, ", "", "the fact `account.verified` lacks `holds`"),
        (", remedy: umbenennen", "", "the fact `account.name` lacks `remedy`"),
        ('"die Ruhezeit {of}"', "die Ruhezeit", "the words have no place for the entity"),
        ('"die Ruhezeit {of}"', '"die Ruhezeit {des}"', "`{des}` is no place here (the places are"),
        ("ist gesperrt,", '"ist {of} gesperrt",', "`{of}` is no place here (write the words without braces)"),
        ('"die Ruhezeit {of}"', "[]", "is not a text"),
    ],
)
def test_what_is_wrong_with_a_translation_is_told_at_its_place(old: str, new: str, said: str) -> None:
    assert old in GERMAN
    found = problems(GERMAN.replace(old, new, 1))
    assert any(said in problem for problem in found), found
    assert all(problem.startswith("words.de.yaml:") for problem in found)


def test_an_empty_translation_lacks_everything() -> None:
    assert problems("") == ["words.de.yaml:1:1: the document is empty"]
    assert len(problems("{}")) == 7


def test_a_bool_may_keep_a_label_and_any_fact_may_go_without_a_remedy() -> None:
    text = GERMAN.replace("{holds: ist gesperrt,", "{label: ob es gesperrt ist, holds: ist gesperrt,", 1)
    german = read_translation(text, file="f", vocabulary=VOCABULARY)
    account = german.entity("account")
    fact = account.fact("blocked") if account else None
    assert fact is not None
    assert fact.label == "ob es gesperrt ist"


def test_a_vocabulary_without_facts_is_translated_too() -> None:
    bare = read_vocabulary(
        "{id: x, version: 1, language: en, capabilities: {}, topics: {}, audiences: {}, entities: {account: "
        "{label: l, facts: {}}, owner: {label: l, facts: {}}, ad: {label: l, facts: {}}}}",
        file="f",
    )
    entity = "{label: k, of: k, facts: {}}"
    overlay = (
        "{id: x, version: 1, language: fr, capabilities: {}, topics: {}, audiences: {}, entities: "
        f"{{account: {entity}, owner: {entity}, ad: {entity}}}}}"
    )
    assert read_translation(overlay, file="f", vocabulary=bare).language == "fr"


def test_no_more_problems_of_a_translation_are_listed_than_anyone_reads() -> None:
    assert len(problems("".join(f"k{number}: v\n" for number in range(200)))) == 100
