from __future__ import annotations

from collections.abc import Callable

import pytest
from msgspec.structs import replace

from goodstanding.appeals.model import (
    Answer,
    Appeal,
    Citation,
    ExaminedAgain,
    Message,
    Objection,
    Question,
    Refused,
    Reply,
    Reviewer,
)
from goodstanding.appeals.rules import check_appeal, check_reply, check_reviewer, independent, repeated_message
from goodstanding.kernel.ids import AppealId, PersonId
from goodstanding.kernel.instants import instant
from unit.appeals.made import APPEAL, CLAUSE, FIRST, KNOWN, LETTER, RECALL, REPLY, TOLD, UNTOLD, answering

ONE, TWO = REPLY.answers
REFUSED = Refused(basis="GDPR art. 15(4)", because="It would show what another seller told the office in confidence.")


def objections(reply: Reply, appeal: Appeal = APPEAL) -> tuple[Objection, ...]:
    return check_reply(appeal, reply, earlier=[FIRST], told=TOLD, known=KNOWN)


def refusing(reply: Reply, appeal: Appeal = APPEAL) -> list[tuple[str, str]]:
    return [(objection.rule, objection.message) for objection in objections(reply, appeal)]


def test_a_reply_that_answers_every_question_from_what_was_examined_goes_out() -> None:
    assert objections(REPLY) == ()


def test_a_case_without_a_restriction_is_answered_by_the_same_rules() -> None:
    bare = replace(APPEAL, against=())
    assert refusing(REPLY, bare) == []
    assert [rule for rule, _ in refusing(answering(ONE), bare)] == ["EveryQuestionIsAnswered"]


def test_a_question_left_out_is_named() -> None:
    assert refusing(answering(ONE)) == [
        ("EveryQuestionIsAnswered", "question 2 is left out: `Is the recall not over?`"),
    ]


def test_answers_that_nobody_asked_for_or_given_twice_are_named() -> None:
    assert refusing(answering(ONE, TWO, TWO, replace(TWO, question=7))) == [
        ("EveryQuestionIsAnswered", "question 2 has 2 answers"),
        ("EveryQuestionIsAnswered", "the reply answers question 7, which was not asked"),
    ]


def test_an_answer_without_words_is_none() -> None:
    assert refusing(answering(ONE, replace(TWO, text=" "))) == [
        ("EveryQuestionIsAnswered", "the answer to question 2 has no words"),
    ]


def test_an_answer_that_cites_nothing_is_refused() -> None:
    assert refusing(answering(ONE, replace(TWO, examined=()))) == [
        ("AnswersCiteWhatTheyExamined", "the answer to question 2 cites nothing that was examined"),
    ]


def test_a_citation_of_what_does_not_exist_is_refused_once() -> None:
    lost = Citation.of("evidence:lost")
    reply = answering(replace(ONE, examined=(lost,)), replace(TWO, examined=(lost, LETTER)))
    again = replace(reply, examined_again=(ExaminedAgain(what=lost, by=PersonId("second")),))
    expected = [("AnswersCiteWhatTheyExamined", "`evidence:lost` is cited, but is not on the record of `C90`")]
    assert refusing(reply) == expected
    assert refusing(again) == expected


def test_a_question_may_be_refused_with_a_ground_and_not_without() -> None:
    assert refusing(answering(ONE, Answer(question=2, refused=REFUSED))) == []
    for bare in (replace(REFUSED, basis=" "), replace(REFUSED, because="")):
        assert refusing(answering(ONE, Answer(question=2, refused=bare))) == [
            ("AnswersCiteWhatTheyExamined", "question 2 is refused without a ground"),
        ]


def test_a_reply_that_only_repeats_the_first_message_is_refused() -> None:
    stale = answering(replace(ONE, text=FIRST.text), replace(TWO, text=FIRST.text.upper()), text=FIRST.text)
    adds = "repeats `st-1` of 2031-01-10 and adds nothing"
    assert refusing(stale) == [
        ("ReplyDoesNotRepeat", f"the answer to question 1 in the reply to `ap-1` {adds}"),
        ("ReplyDoesNotRepeat", f"the answer to question 2 in the reply to `ap-1` {adds}"),
        ("ReplyDoesNotRepeat", f"the reply to `ap-1` {adds}"),
    ]


def test_a_refusal_that_repeats_is_a_repetition_too() -> None:
    stale = replace(REFUSED, because=FIRST.text)
    assert [rule for rule, _ in refusing(answering(ONE, Answer(question=2, refused=stale)))] == ["ReplyDoesNotRepeat"]


def test_a_reply_may_quote_the_first_message_where_its_answers_examine_something() -> None:
    assert refusing(replace(REPLY, text=FIRST.text)) == []
    assert refusing(answering(ONE, Answer(question=2, refused=REFUSED), text=FIRST.text)) == []


def test_refusing_every_question_below_the_first_message_is_a_repetition() -> None:
    reply = answering(*(Answer(question=n, refused=REFUSED) for n in (1, 2)), text=FIRST.text)
    assert [rule for rule, _ in refusing(reply)] == ["ReplyDoesNotRepeat"]


@pytest.mark.parametrize(("by", "refused"), [("second", False), (" ", True)])
def test_a_repetition_says_what_was_examined_again_and_by_whom(by: str, refused: bool) -> None:
    stale = answering(replace(ONE, text=FIRST.text), TWO)
    again = replace(stale, examined_again=(ExaminedAgain(what=RECALL, by=PersonId(by)),))
    assert bool(refusing(again)) is refused


def test_nobody_unnamed_examined_anything_again() -> None:
    stale = answering(replace(ONE, text=FIRST.text), TWO)
    people = tuple(ExaminedAgain(what=RECALL, by=PersonId(by)) for by in ("second", ""))
    assert [rule for rule, _ in refusing(replace(stale, examined_again=people))] == ["ReplyDoesNotRepeat"]


def test_the_message_that_is_repeated_is_named() -> None:
    other = Message(id="st-0", at=FIRST.at, text="We have opened a case about your kettles and will write again.")
    assert repeated_message(FIRST.text, [other, FIRST]) is FIRST
    assert repeated_message("The importer replaced every whistle in May.", [other, FIRST]) is None


def test_a_new_ground_cannot_rescue_the_old_decision() -> None:
    assert refusing(replace(REPLY, relies_on=(CLAUSE, UNTOLD, UNTOLD))) == [
        (
            "NewGroundIsANewDecision",
            "`fact:ministry-memo` was not told before `ap-1` and can't carry what was decided without it",
        ),
    ]


def test_a_new_fact_may_be_examined_for_an_answer() -> None:
    assert refusing(answering(ONE, replace(TWO, examined=(UNTOLD,)))) == []


def test_a_reply_answers_its_own_appeal_and_after_it_came() -> None:
    stray = replace(REPLY, appeal=AppealId("ap-2"), at=instant("2031-01-31"))
    assert refusing(stray) == [
        ("ReplyAnswersItsAppeal", "the reply names the appeal `ap-2`, not `ap-1`"),
        ("ReplyAnswersItsAppeal", "the reply is dated before `ap-1` was received"),
    ]
    assert refusing(replace(REPLY, at=APPEAL.received_at)) == []


@pytest.mark.parametrize(
    "questions",
    [
        (),
        (Question(number=2, text="Why?"),),
        (Question(number=1, text="Why?"), Question(number=1, text="How?")),
        (Question(number=1, text=" "),),
        (Question(number=1, text="Why?"), Question(number=2, text=" ")),
    ],
)
def test_the_questions_of_an_appeal_count_from_one(questions: tuple[Question, ...]) -> None:
    assert [each.rule for each in check_appeal(replace(APPEAL, questions=questions))] == ["QuestionsAreNumbered"]


def test_an_appeal_is_recorded_after_it_came() -> None:
    assert check_appeal(APPEAL) == ()
    assert check_appeal(replace(APPEAL, recorded_at=APPEAL.received_at)) == ()
    early = replace(APPEAL, recorded_at=instant("2031-01-31"))
    assert [each.rule for each in check_appeal(early)] == ["ClockRunsFromReceipt"]


ANN, BEN, CAT = PersonId("ann"), PersonId("ben"), PersonId("cat")


def reviewed(reviewer: Reviewer) -> Objection | None:
    return check_reviewer(reviewer, decided_by=[ANN], approved_by=[BEN])


@pytest.mark.parametrize(
    ("reviewer", "message"),
    [
        (Reviewer(id=ANN), "`ann` decided what is appealed"),
        (Reviewer(id=BEN), "`ben` approved what is appealed"),
        (Reviewer(id=ANN, outside=True, name="Ann Lee"), "`ann` decided what is appealed"),
        (Reviewer(id=CAT, outside=True, name=" "), "the outside reviewer `cat` has no name"),
    ],
)
def test_who_decided_or_approved_does_not_review(reviewer: Reviewer, message: str) -> None:
    objection = reviewed(reviewer)
    assert objection
    assert (objection.rule, objection.promise, objection.message) == ("ReviewerIsIndependent", "P4", message)


@pytest.mark.parametrize("reviewer", [Reviewer(id=CAT), Reviewer(id=CAT, outside=True, name="Cat Moss")])
def test_anybody_else_may_review(reviewer: Reviewer) -> None:
    assert reviewed(reviewer) is None


def test_a_team_of_two_has_nobody_independent_left() -> None:
    assert independent([ANN, BEN, CAT], decided_by=[ANN], approved_by=[BEN]) == (CAT,)
    assert independent([ANN, BEN], decided_by=[ANN], approved_by=[BEN]) == ()


def test_what_every_objection_says_and_proposes(golden: Callable[[str, str], None]) -> None:
    lost = Citation.of("fact:lost")
    bad = Reply(
        appeal=AppealId("ap-2"),
        by=ANN,
        at=instant("2031-01-31"),
        text=FIRST.text,
        answers=(
            Answer(question=1, text=FIRST.text),
            Answer(question=3, text=" ", examined=(lost,)),
            Answer(question=3, refused=Refused(basis="", because="")),
        ),
        relies_on=(UNTOLD,),
    )
    unnumbered = replace(APPEAL, questions=(), recorded_at=instant("2031-01-31"))
    people = [reviewed(Reviewer(id=ANN)), reviewed(Reviewer(id=CAT, outside=True))]
    every = (*objections(bad), *check_appeal(unnumbered), *(each for each in people if each))
    lines = [f"{each.promise} {each.rule}: {each.message}\n    {each.hint}\n" for each in every]
    golden("appeals/objections.txt", "".join(lines))
