from __future__ import annotations

from collections.abc import Callable

import pytest

from goodstanding.clause.marked_yaml import MarkedYaml, did_you_mean
from goodstanding.clause.values import ValueType
from goodstanding.clause.vocabulary import ChangedBy
from goodstanding.clause.vocabulary_document import read_vocabulary
from goodstanding.errors import Place, VocabularyError
from goodstanding.kernel.digests import digest_of_text
from goodstanding.kernel.grades import Grade
from unit.clause.world import TEXT, VOCABULARY

BROKEN = """\
id: Two Words
version:
language: English
capabilities:
  advertise: promote posts
  sign-in: sign in
  advertise: again
topics: [antivirus]
audiences:
  Minors: people under 18
  [1, 2]: a list
color: red
entities:
  account:
    label: the account
    facts:
      Balance: {type: int, label: the balance, accepts: [], changed_by: advertiser}
      in: {type: integer, label: [the, label], accepts: [measurment, finding, finding], changed_by: advertizer}
      verified: {type: bool, label: whether it is, accepts: finding, changed_by: nobody, of: topic}
      owner: {type: entity, label: the owner, accepts: [finding], changed_by: nobody, of: ownr}
      orders: {type: list, label: the orders, accepts: [finding], changed_by: nobody, holds: are}
      gone: {type: absent, label: the gone, accepts: [finding], changed_by: nobody, lable: x}
      name: {type: string, of: order}
      empty: {type: "", label: the label, accepts: [""], changed_by: nobody}
      untyped: {label: the label, accepts: [finding], changed_by: nobody}
  owner:
    facts: {}
  list:
    label: the list
    facts: none
"""


def problems(text: str) -> list[str]:
    with pytest.raises(VocabularyError) as caught:
        read_vocabulary(text, file="words.yaml")
    return [str(problem) for problem in caught.value.problems]


def test_a_vocabulary_keeps_every_word_as_text() -> None:
    assert (VOCABULARY.id, VOCABULARY.version, VOCABULARY.language) == ("test-words", "1.10", "en")
    assert VOCABULARY.digest == digest_of_text(TEXT)
    assert [named.id for named in VOCABULARY.capabilities] == ["advertise", "post"]
    topic = read_vocabulary(TEXT.replace("antivirus: antivirus", "no: yes"), file="f").topics[0]
    assert (topic.id, topic.label) == ("no", "yes software")


def test_a_fact_keeps_its_type_words_grades_and_hands() -> None:
    order = VOCABULARY.entity("order")
    assert order is not None
    fact = order.fact("in_force")
    assert fact is not None
    assert (fact.type, fact.holds, fact.holds_not) == (ValueType.BOOL, "is in force", "is not in force")
    assert fact.accepts == (Grade.DIRECTIVE, Grade.FINDING)
    assert (fact.changed_by, fact.remedy, fact.of) == (ChangedBy.AUTHORITY, "withdraw the order", None)
    assert VOCABULARY.entity("nothing") is None
    assert order.fact("nothing") is None


def test_every_problem_is_listed_at_its_place_with_a_way_out(golden: Callable[[str, str], None]) -> None:
    golden("clause/vocabulary.txt", "\n".join(problems(BROKEN)) + "\n")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "words.yaml:1:1: the document is empty"),
        ("a: [", "words.yaml:2:1: not YAML: did not find expected node content"),
        ("\x00", "words.yaml:1:1: not YAML (remove characters"),
        ("[" * 3000, "words.yaml:1:65: not YAML: lists and mappings are nested deeper than 64 levels"),
        ("[]", "words.yaml:1:1: a vocabulary is not a mapping"),
        ("{}", "words.yaml:1:1: a vocabulary lacks `audiences`"),
        ("entities: {}\nid: {}", "words.yaml:2:5: `id` is not a text"),
    ],
)
def test_what_is_not_a_vocabulary_at_all_is_said_so(text: str, message: str) -> None:
    assert any(problem.startswith(message) for problem in problems(text)), problems(text)


def test_a_vocabulary_needs_account_owner_and_ad() -> None:
    found = problems(TEXT.replace("  ad:\n", "  advert:\n"))
    assert found == ["words.yaml:9:3: there is no entity `ad` (add `ad:` with its facts)"]


def test_places_count_from_the_line_on_which_a_block_begins() -> None:
    document = MarkedYaml("policy.md", first_line=40)
    root = document.root("a: 1\nb: [x, x]")
    assert root is not None
    fields = document.fields(root, "a clause", known=("b",))
    document.texts(fields["b"], "`b`")
    assert [(p.place, p.span) for p in document.problems] == [
        (Place(file="policy.md", line=40, column=1), 1),
        (Place(file="policy.md", line=41, column=8), 1),
    ]


def test_a_near_word_is_offered_and_otherwise_all_of_them() -> None:
    assert did_you_mean("lable", ("label", "type")) == "did you mean `label`?"
    assert did_you_mean("zzz", ("label", "type")) == "one of `label`, `type`"


def test_an_effort_is_a_whole_number() -> None:
    text = TEXT.replace("changed_by: advertiser,", "changed_by: advertiser, effort: much,", 1)
    assert any("`much` is not an effort" in one for one in problems(text)), text
