"""What a recorded appeal, its reviewer and its reply must satisfy; each rule is named as the sentence it upholds.

A rule returns objections as data and never raises. Whether the answers are right is for the reviewer; that they are
answers is decided here. Promises P4 and P5; DSA art. 20(4) (diligent, not arbitrary).
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Protocol

import msgspec

from goodstanding.appeals.model import Appeal, Citation, Message, Objection, Reply, Reviewer
from goodstanding.appeals.wording import compare

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

    from goodstanding.appeals.model import Answer
    from goodstanding.kernel.ids import PersonId


class ReplyRule(Protocol):
    """One rule on replies, with what it has to know."""

    def objections(self, appeal: Appeal, reply: Reply) -> Iterator[Objection]:
        """What stands against a reply."""


class ReplyAnswersItsAppeal(msgspec.Struct, frozen=True):
    """A reply is to the appeal that it names, and comes after it."""

    def objections(self, appeal: Appeal, reply: Reply) -> Iterator[Objection]:
        """What stands against a reply."""
        rule = type(self).__name__
        if reply.appeal != appeal.id:
            message = f"the reply names the appeal `{reply.appeal}`, not `{appeal.id}`"
            yield Objection(rule=rule, promise="P5", message=message, hint="reply to the appeal that was filed")
        if reply.at < appeal.received_at:
            message = f"the reply is dated before `{appeal.id}` was received"
            yield Objection(
                rule=rule, promise="P5", message=message, hint="correct the date of receipt or of the reply"
            )


class EveryQuestionIsAnswered(msgspec.Struct, frozen=True):
    """Each numbered question has exactly one answer, in words."""

    def objections(self, appeal: Appeal, reply: Reply) -> Iterator[Objection]:
        """What stands against a reply."""
        rule = type(self).__name__
        given = Counter(answer.question for answer in reply.answers)
        asked = {question.number: question.text for question in appeal.questions}
        for number in sorted(asked.keys() | given.keys()):
            if problem := _count_problem(number, asked, given[number]):
                hint = f"give one answer to each question: {_numbers(asked)}"
                yield Objection(rule=rule, promise="P5", message=problem, hint=hint)
        for answer in reply.answers:
            if answer.refused is None and not answer.text.strip():
                message = f"the answer to question {answer.question} has no words"
                yield Objection(rule=rule, promise="P5", message=message, hint="answer it, or refuse it with a ground")


def _count_problem(number: int, asked: dict[int, str], given: int) -> str:
    """What is wrong with the number of answers to a question, or nothing."""
    if number not in asked:
        return f"the reply answers question {number}, which was not asked"
    if given == 0:
        return f"question {number} is left out: `{asked[number]}`"
    return f"question {number} has {given} answers" if given > 1 else ""


def _numbers(asked: dict[int, str]) -> str:
    """`1, 2, 3`."""
    return ", ".join(str(number) for number in sorted(asked))


class AnswersCiteWhatTheyExamined(msgspec.Struct, frozen=True):
    """Each answer cites what was examined for it, all of which is on the record, or refuses with a ground.

    `known`: every fact, piece of evidence and clause that may be cited in this case.
    """

    known: frozenset[Citation]

    def objections(self, appeal: Appeal, reply: Reply) -> Iterator[Objection]:
        """What stands against a reply."""
        for answer in reply.answers:
            if problem := _basis_problem(answer):
                hint = "cite a fact, a piece of evidence or a clause, or refuse with the law or clause that allows it"
                yield self._objection(problem, hint)
        again = tuple(each.what for each in reply.examined_again)
        cited = [each for answer in reply.answers for each in answer.examined]
        for citation in dict.fromkeys((*cited, *reply.relies_on, *again)):
            if citation not in self.known:
                problem = f"`{citation}` is cited, but is not on the record of `{appeal.case}`"
                yield self._objection(problem, "record it first, or cite what is on the record")

    def _objection(self, message: str, hint: str) -> Objection:
        """An objection of this rule."""
        return Objection(rule=type(self).__name__, promise="P5", message=message, hint=hint)


def _basis_problem(answer: Answer) -> str:
    """Why an answer neither rests on something examined nor refuses properly, or nothing."""
    number = answer.question
    match answer.refused:
        case None:
            return "" if answer.examined else f"the answer to question {number} cites nothing that was examined"
        case refused if not refused.basis.strip() or not refused.because.strip():
            return f"question {number} is refused without a ground"
    return ""


class ReplyDoesNotRepeat(msgspec.Struct, frozen=True):
    """A reply that says what was said before says also what was examined again and by whom.

    A covering text may repeat where at least one answer examined something and says something.
    """

    earlier: tuple[Message, ...]

    def objections(self, appeal: Appeal, reply: Reply) -> Iterator[Objection]:
        """What stands against a reply."""
        if reply.examined_again and all(each.by.strip() for each in reply.examined_again):
            return
        for part, text in self._parts(reply):
            if message := repeated_message(text, self.earlier):
                yield Objection(
                    rule=type(self).__name__,
                    promise="P5",
                    message=f"{part} to `{appeal.id}` repeats `{message.id}` of {message.at.date()} and adds nothing",
                    hint="answer what was asked, or say what was examined again and by whom",
                )

    def _parts(self, reply: Reply) -> Iterator[tuple[str, str]]:
        """The texts of a reply that may not repeat, each with its name."""
        texts = [message.text for message in self.earlier]
        for answer in reply.answers:
            yield f"the answer to question {answer.question} in the reply", _words_of(answer)
        if not any(each.examined and compare(each.text, texts).says_something for each in reply.answers):
            yield "the reply", reply.text


def _words_of(answer: Answer) -> str:
    """Everything that an answer says, the reason of a refusal included."""
    return f"{answer.text}\n{answer.refused.because}" if answer.refused else answer.text


def repeated_message(text: str, earlier: Iterable[Message]) -> Message | None:
    """The first earlier message that a text only repeats."""
    return next((message for message in earlier if compare(text, [message.text]).repeats), None)


class NewGroundIsANewDecision(msgspec.Struct, frozen=True):
    """What a reply holds against the party stood in the statement that it answers.

    `told`: the facts, evidence and clauses that the statements of the appealed restrictions told.
    """

    told: frozenset[Citation]

    def objections(self, appeal: Appeal, reply: Reply) -> Iterator[Objection]:
        """What stands against a reply."""
        return new_grounds(appeal, reply.relies_on, self.told)


def new_grounds(appeal: Appeal, relies_on: Iterable[Citation], told: frozenset[Citation]) -> Iterator[Objection]:
    """One objection for each ground that the party was not told before it appealed."""
    for citation in dict.fromkeys(relies_on):
        if citation not in told:
            yield Objection(
                rule=NewGroundIsANewDecision.__name__,
                promise="P5",
                message=f"`{citation}` was not told before `{appeal.id}` and can't carry what was decided without it",
                hint="make a new decision on it, with its own statement and window",
            )


def check_reply(
    appeal: Appeal,
    reply: Reply,
    *,
    earlier: Iterable[Message],
    told: Iterable[Citation],
    known: Iterable[Citation],
) -> tuple[Objection, ...]:
    """Everything that stands against sending a reply; an empty tuple lets it go.

    `earlier`: what the platform said to the party in this case; `told`: the grounds in it; `known`: what may be cited.
    """
    rules: tuple[ReplyRule, ...] = (
        ReplyAnswersItsAppeal(),
        EveryQuestionIsAnswered(),
        AnswersCiteWhatTheyExamined(frozenset(known)),
        ReplyDoesNotRepeat(tuple(earlier)),
        NewGroundIsANewDecision(frozenset(told)),
    )
    return tuple(objection for rule in rules for objection in rule.objections(appeal, reply))


def check_appeal(appeal: Appeal) -> tuple[Objection, ...]:
    """What stands against recording an appeal."""
    return tuple(each for each in (questions_are_numbered(appeal), clock_runs_from_receipt(appeal)) if each)


def questions_are_numbered(appeal: Appeal) -> Objection | None:
    """`QuestionsAreNumbered`: an appeal asks at least one thing, and its questions count from 1."""
    numbers = [question.number for question in appeal.questions]
    if numbers and numbers == list(range(1, len(numbers) + 1)) and all(q.text.strip() for q in appeal.questions):
        return None
    return Objection(
        rule="QuestionsAreNumbered",
        promise="P5",
        message=f"the questions of `{appeal.id}` are not numbered 1, 2, 3 with a text each",
        hint="write each thing that is asked as a question; an appeal without one asks to look again: write that as 1",
    )


def clock_runs_from_receipt(appeal: Appeal) -> Objection | None:
    """`ClockRunsFromReceipt`: an appeal is recorded after it was received, and the date of receipt is kept."""
    if appeal.received_at <= appeal.recorded_at:
        return None
    return Objection(
        rule="ClockRunsFromReceipt",
        promise="P7",
        message=f"`{appeal.id}` is dated as received after it was recorded",
        hint="give the day on which it came in, not a later one",
    )


def check_reviewer(
    reviewer: Reviewer, *, decided_by: Collection[PersonId], approved_by: Collection[PersonId]
) -> Objection | None:
    """`ReviewerIsIndependent`: who decided or approved does not judge the appeal, and an outsider is named (P4).

    Count whoever decided an earlier appeal of the case into `decided_by`.
    """
    for people, act in ((decided_by, "decided"), (approved_by, "approved")):
        if reviewer.id in people:
            message = f"`{reviewer.id}` {act} what is appealed"
            hint = "let another reviewer judge it; where nobody is left, a named outside reviewer"
            return Objection(rule="ReviewerIsIndependent", promise="P4", message=message, hint=hint)
    if reviewer.outside and not reviewer.name.strip():
        message = f"the outside reviewer `{reviewer.id}` has no name"
        hint = "name the outside reviewer: the party is told who it is"
        return Objection(rule="ReviewerIsIndependent", promise="P4", message=message, hint=hint)
    return None


def independent(
    enrolled: Sequence[PersonId], *, decided_by: Collection[PersonId], approved_by: Collection[PersonId]
) -> tuple[PersonId, ...]:
    """Who of the enrolled reviewers may judge the appeal; when nobody is left, an outside reviewer must."""
    return tuple(person for person in enrolled if person not in decided_by and person not in approved_by)
