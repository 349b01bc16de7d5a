from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from goodstanding.app.case_file_story import Story, read_story
from goodstanding.appeals.model import Appeal, Channel, Citation, Message, PublicStatement, Question, Reply
from goodstanding.appeals.public import check_public_statement
from goodstanding.appeals.rules import check_appeal, check_reply
from goodstanding.errors import ImportFileError
from goodstanding.kernel.digests import digest_of_text
from goodstanding.kernel.ids import AppealId, CaseId, PersonId, RestrictionId

CASES = Path(__file__).parents[3] / "src" / "goodstanding" / "cli" / "demo" / "cases"
ANN, CASE = PersonId("ann"), CaseId("C01")


@pytest.fixture(scope="module")
def story() -> Story:
    return read_story((CASES / "c01_story.yaml").read_text(encoding="utf-8"), file="c01_story.yaml")


def appeal(story: Story, key: str) -> Appeal:
    letter = next(letter for letter in story.letters if letter.key == key)
    return Appeal(
        id=AppealId(letter.key),
        case=CASE,
        against=(RestrictionId("old"),),
        channel=letter.channel,
        received_at=letter.received_at,
        recorded_at=letter.received_at,
        recorded_by=ANN,
        document=digest_of_text(letter.text),
        summary=letter.summary,
        questions=letter.questions,
    )


def earlier(story: Story) -> tuple[Message, ...]:
    return tuple(Message(id=said.key, at=said.at, text=said.text) for said in story.messages)


def citations(story: Story) -> set[Citation]:
    return {each for reply in story.replies for answer in reply.answers for each in answer.examined}


def test_the_letters_are_appeals_with_numbered_questions(story: Story) -> None:
    assert [letter.channel for letter in story.letters] == [Channel.LETTER, Channel.OPEN_LETTER]
    for letter in story.letters:
        assert check_appeal(appeal(story, letter.key)) == ()
    assert story.letters[0].questions[0] == Question(number=1, text="Which published rule was broken?")


def test_the_repeated_reply_is_refused_as_a_repetition(story: Story) -> None:
    first, repeated = earlier(story)
    reply = Reply(appeal=AppealId("february-letter"), by=ANN, at=repeated.at, answers=(), text=repeated.text)
    refused = check_reply(appeal(story, "february-letter"), reply, earlier=[first], told=(), known=())
    assert {one.rule for one in refused} == {"EveryQuestionIsAnswered", "ReplyDoesNotRepeat"}


def test_our_reply_answers_every_question_and_may_be_sent(story: Story) -> None:
    (draft,) = story.replies
    reply = Reply(appeal=AppealId(draft.to), by=ANN, at=draft.at, answers=draft.answers, text=draft.text)
    known = citations(story)
    assert check_reply(appeal(story, draft.to), reply, earlier=earlier(story), told=(), known=known) == ()


def test_the_press_statement_names_what_the_party_was_never_told(story: Story) -> None:
    (word,) = story.public
    statement = PublicStatement(
        case=CASE, audience=word.audience, by=ANN, at=word.at, text=word.text, grounds=word.grounds
    )
    refused = check_public_statement(statement, told=(), messages=earlier(story), untold={})
    assert {one.rule for one in refused} == {"PublicWasToldNothingNew"}


@pytest.mark.parametrize("path", sorted(CASES.glob("*_story.yaml")), ids=lambda path: path.stem)
def test_each_case_has_its_real_events_in_order(path: Path) -> None:
    events = read_story(path.read_text(encoding="utf-8"), file=path.name).events
    assert [event.at for event in events] == sorted(event.at for event in events)
    assert {event.tone for event in events} >= {"off"}


def test_everything_is_marked_as_ours_and_stands_in_order(story: Story) -> None:
    assert story.mark.startswith("Our paraphrase")
    assert [event.at for event in story.events] == sorted(event.at for event in story.events)

    assert [event.tone for event in story.events[:3]] == ["fact", "off", "said"]
    (outcome,) = story.outcomes
    assert outcome.at - story.letters[0].received_at == timedelta(days=64)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "the document is empty"),
        ("letters: []", "a story lacks `mark`"),
        ("mark: x\nreplies: [{key: a, to: b, at: 2018-01-01, answers: []}]", "`b` is not a key of a letter"),
        (
            "mark: x\nreplies: [{key: a, at: 2018-01-01, answers: [{question: one, text: t, examined: [x]}]}]",
            "`one` is not a number (number questions from 1)",
        ),
        ("mark: x\npublic: [{key: a, at: 2018-01-01, audience: press, text: t, grounds: [x]}]", "`x` cites nothing"),
        ("mark: x\npublic: [{key: a, at: 2018-01-01, audience: press, text: t}]", "lacks `grounds`"),
        ("mark: x\nevents: [{at: 2018-01-01, title: t, text: t, tone: bad}]", "`bad` is not a tone"),
        ("mark: x\nreplies: [{key: a, at: 2018-01-01, answers: [{text: t, examined: []}]}]", "lacks `question`"),
    ],
)
def test_each_problem_has_its_place(text: str, said: str) -> None:
    with pytest.raises(ImportFileError) as refused:
        read_story(text, file="s.yaml")
    assert any(said in str(problem) for problem in refused.value.problems), refused.value.problems
