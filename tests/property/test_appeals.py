"""Laws of appeals: what falls together, what repeats, what a reply and an outcome may not do."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from goodstanding.appeals.model import Answer, Citation, Message, Outcome, OutcomeKind, Question, Variation
from goodstanding.appeals.outcome import Rested, RestedKind, check_outcome, undo
from goodstanding.appeals.public import check_public_statement
from goodstanding.appeals.rules import check_reply
from goodstanding.appeals.wording import FUNCTION_WORDS, compare
from goodstanding.gate.fold import standing_at
from goodstanding.gate.model import InForce, Record, Reversal
from goodstanding.kernel.extents import Extent
from goodstanding.kernel.ids import AccountId, PersonId, RestrictionId
from goodstanding.kernel.instants import instant
from goodstanding.kernel.scope import EVERYWHERE, Scope
from unit.appeals.made import APPEAL, CLAUSE, KNOWN, LETTER, PRESS, RECALL, REPLY, TOLD

AT = instant("2031-03-01")
IDS = tuple("abcdefg")
alternatives = st.lists(st.lists(st.sampled_from((*IDS, "x")), min_size=1, max_size=2).map(tuple), max_size=2)
rested = st.lists(
    st.builds(Rested, id=st.sampled_from(IDS), kind=st.just(RestedKind.RESTRICTION), rests_on=alternatives.map(tuple)),
    unique_by=lambda each: each.id,
    max_size=7,
)


def carried(name: str, by_id: dict[str, Rested], gone: set[str], path: frozenset[str] = frozenset()) -> bool:
    """The naive reference: follow what carries a thing down to what carries itself, never through itself."""
    if name in gone or name in path:
        return False
    if name not in by_id or not by_id[name].rests_on:
        return True
    return any(all(carried(n, by_id, gone, path | {name}) for n in names) for names in by_id[name].rests_on)


@given(rested, st.sets(st.sampled_from((*IDS, "x")), min_size=1, max_size=2))
def test_what_falls_is_what_nothing_else_carries(things: list[Rested], gone: set[str]) -> None:
    undone = undo(gone, things)
    by_id = {each.id: each for each in things}
    assert {each.id for each in undone.stays} == {name for name in by_id if carried(name, by_id, gone)}
    assert {each.id for each in (*undone.falls, *undone.stays)} == by_id.keys()


@given(rested, st.sets(st.sampled_from(IDS), min_size=1, max_size=2))
def test_the_standing_after_a_reversal_is_that_of_a_world_without_the_decision(
    things: list[Rested], gone: set[str]
) -> None:
    def recorded(each: Rested) -> Record:
        return Record(id=each.id, what=InForce(id=RestrictionId(each.id), overridable=True, scope=EVERYWHERE))

    account = AccountId("acc-1")
    by_id = {each.id: each for each in things}
    falls = tuple(each.id for each in undo(gone, things).falls)
    after = standing_at(account, [*map(recorded, things), Reversal(ids=falls, at=AT)], AT)
    never = [recorded(each) for each in things if carried(each.id, by_id, gone)]
    assert after == standing_at(account, never, AT)


WORDS = tuple("kettle whistle recall importer office market summer harbour copper steam valve brass lantern".split())
sentence = st.lists(st.sampled_from(WORDS), min_size=5, max_size=9, unique=True)


@given(sentence, st.data())
def test_a_sentence_in_another_order_case_and_punctuation_repeats(words: list[str], data: st.DataObject) -> None:
    said = "Before this. " + " ".join(words) + ". And after it."
    shuffled = data.draw(st.permutations(words))
    loud = data.draw(st.sets(st.sampled_from(words)))
    again = ", ".join(word.upper() if word in loud else word for word in shuffled) + "!"
    assert compare(again, [said]).repeats


@given(sentence, st.integers(min_value=0))
def test_one_word_changed_is_still_the_same_sentence(words: list[str], place: int) -> None:
    changed = [*words]
    changed[place % len(words)] = "synonym"
    assert compare(" ".join(changed), [" ".join(words)]).repeats


@given(sentence, sentence)
def test_words_that_were_never_said_do_not_repeat(words: list[str], others: list[str]) -> None:
    new = " ".join(word + "xyz" for word in others)
    assert not compare(new, [" ".join(words)]).repeats


@given(st.lists(st.sampled_from(sorted(FUNCTION_WORDS)), max_size=12), sentence)
def test_words_without_content_never_make_a_text_say_something(empty: list[str], words: list[str]) -> None:
    said = " ".join(words)
    assert compare(f"{said}. {' '.join(empty)}", [said]).repeats
    assert not compare(" ".join(empty), [said]).says_something


asked = st.integers(min_value=1, max_value=6)
cited = st.sets(st.sampled_from((*KNOWN, Citation.of("fact:lost"))))


@given(asked, st.lists(asked, max_size=7), cited, cited)
def test_a_reply_goes_out_only_with_one_grounded_answer_to_each_question(
    number: int, answered: list[int], examined: set[Citation], relies_on: set[Citation]
) -> None:
    questions = tuple(Question(number=n, text="Why?") for n in range(1, number + 1))
    given_answers = tuple(Answer(question=n, text="So.", examined=tuple(sorted(examined))) for n in answered)
    reply = replace(REPLY, answers=given_answers, relies_on=tuple(sorted(relies_on)))
    found = check_reply(replace(APPEAL, questions=questions), reply, earlier=(), told=TOLD, known=KNOWN)
    good = (
        sorted(answered) == [question.number for question in questions]
        and 0 < len(examined & set(KNOWN)) == len(examined)
        and relies_on <= set(TOLD)
    )
    assert (found == ()) is good


territories = st.sets(st.sampled_from(("DE", "FR", "US", "JP")), max_size=3)


@given(st.one_of(st.none(), territories), st.one_of(st.none(), territories))
def test_no_outcome_widens_a_restriction(old: set[str] | None, new: set[str] | None) -> None:
    def scope(names: set[str] | None) -> Scope:
        return EVERYWHERE if names is None else Scope(territories=Extent.of(names))

    outcome = Outcome(
        appeal=APPEAL.id,
        kind=OutcomeKind.VARIED,
        by=PersonId("reviewer"),
        at=AT,
        text="",
        relies_on=(CLAUSE, RECALL),
        variations=(Variation(restriction=APPEAL.against[0], becomes=scope(new)),),
    )
    accepted = check_outcome(APPEAL, outcome, told=TOLD, scopes={APPEAL.against[0]: scope(old)}) == ()
    narrower = new is not None and bool(new) and (old is None or new < old)
    assert accepted is narrower


@given(sentence, st.lists(sentence, max_size=3), st.sets(st.sampled_from((CLAUSE, RECALL, LETTER))))
def test_the_public_hears_only_what_the_party_heard(
    words: list[str], heard: list[list[str]], grounds: set[Citation]
) -> None:
    messages = [Message(id="m", at=AT, text=" ".join(each)) for each in heard]
    statement = replace(PRESS, at=AT, text=" ".join(words), grounds=tuple(sorted(grounds)))
    found = check_public_statement(statement, told=TOLD, messages=messages, untold={})
    in_one_message = any(set(words) <= set(each) for each in heard)
    assert (found == ()) is (bool(grounds) and grounds <= set(TOLD) and in_one_message)
