"""The acts of the demo: each case decided on its dates, and the appeal of 2018 with what was refused on the way."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

import msgspec

from goodstanding.app.appealing import Received, answer_appeal, decide_appeal, file_appeal
from goodstanding.app.case_file import CaseMaterial, read_inherited
from goodstanding.app.case_file_story import Letter, ReplyDraft, Story
from goodstanding.app.deciding import approve, decide_case
from goodstanding.app.holdings import resolve_dispute
from goodstanding.app.importing import add_evidence, known_by, take_in
from goodstanding.app.inheriting import inherit
from goodstanding.app.issuing import Terms, issue
from goodstanding.app.ports import Refusal
from goodstanding.app.speaking import speak_publicly
from goodstanding.appeals.clocks import Clocks
from goodstanding.appeals.model import (
    Answer,
    Channel,
    Citation,
    ExaminedAgain,
    Outcome,
    OutcomeKind,
    PublicStatement,
    Reply,
)
from goodstanding.cli.demo.results import Tried
from goodstanding.cli.demo.stage import DAN, DEA, INES, OLU, ROSA, Stage, billing_of, case_text
from goodstanding.kernel.ids import AppealId, CaseId, DecisionId
from goodstanding.kernel.instants import instant

if TYPE_CHECKING:
    from goodstanding.ledger.model import Recorded

CLOCKS = Clocks(acknowledge_days=3, decide_days=14, responsible=ROSA, officer=OLU)
RECONSTRUCTED = Terms(reconstruction=True)


class Act(msgspec.Struct, frozen=True, kw_only=True):
    """One thing that happens at an instant of the story."""

    at: datetime
    play: Callable[[], list[Tried]]


def opened(stage: Stage, case: CaseMaterial, at: datetime) -> Act:
    """The case is opened, with everybody that its file names."""

    def play() -> list[Tried]:
        stage.must(take_in(case, by=INES), by=INES)
        return []

    return Act(at=at, play=play)


def decided(stage: Stage, case: CaseMaterial, at: datetime, *, policy: str, notice: timedelta | None = None) -> Act:
    """What is known is recorded, every clause is read, a second person approves, and what follows is issued."""
    assert case.case is not None
    name = CaseId(case.case.id)

    def play() -> list[Tried]:
        _record_what_is_known(stage, name, case)
        recorded = stage.must(decide_case(name, policy=policy, by=DAN), by=DAN)
        decision = _named(recorded, "decision")
        if stage.state.decisions[DecisionId(decision)].decision.high_impact:
            stage.at(at + timedelta(hours=5))
            stage.must(
                approve(DecisionId(decision), by=DEA, reason="facts, evidence and scope looked at again"), by=DEA
            )
        billing = billing_of(stage, case, notice=notice)
        outcome = stage.act(issue(DecisionId(decision), by=DAN, billing=billing, terms=RECONSTRUCTED), by=DAN)
        nothing = isinstance(outcome, Refusal) and outcome.rule == "OnlyWhatWasDecidedIsIssued"
        if isinstance(outcome, Refusal) and not nothing:
            return [Tried(case=name, at=at, what="the statements", text="", refusal=outcome)]
        return []

    return Act(at=at, play=play)


def _record_what_is_known(stage: Stage, name: CaseId, case: CaseMaterial) -> None:
    """Record the evidence of the file that has become known since the last time, if there is any."""
    held = {piece.id for d in stage.state.dossiers.values() for piece in d.evidence}
    now = stage.desk.now()
    if any(piece.id not in held for piece in known_by(case.dossier, now).evidence):
        stage.must(add_evidence(name, case.dossier, vocabulary=stage.vocabulary, by=INES), by=INES)


def _named(recorded: tuple[Recorded, ...], what: str) -> str:
    """The id that the first entry gives under a name."""
    return str(recorded[0].entry.clear[what])


def appeal_of_2018(stage: Stage, story: Story, at: datetime) -> list[Act]:
    """The restriction of January is imported, the letter of February is an appeal; what follows is tried and done."""
    case = CaseId("C01")
    letters = {letter.key: letter for letter in story.letters}
    appeals: dict[str, AppealId] = {}

    def taken_over() -> list[Tried]:
        wording = story.messages[0].text
        older = tuple(
            msgspec.structs.replace(one, wording=wording)
            for one in read_inherited(
                case_text("c01_inherited.yaml"), file="c01_inherited.yaml", vocabulary=stage.vocabulary
            )
        )
        stage.must(inherit(case, older, by=INES), by=INES)
        inherited = tuple(r.id for r in stage.state.restrictions.values() if r.kind == "inherited")
        for letter in story.letters:
            received = _received(letter, at, inherited)
            appeals[letter.key] = AppealId(
                _named(stage.must(file_appeal(case, received, clocks=CLOCKS, by=INES), by=INES), "appeal")
            )
        text = letters["february-letter"].text
        what = "the letter of February, recorded as an appeal: its clock has run since it came"
        return [Tried(case=case, at=at, what=what, text=text, refusal=None, mark=story.mark, taken_up=True)]

    def repeated() -> list[Tried]:
        again = story.messages[1].text
        questions = letters["february-letter"].questions
        reply = Reply(
            appeal=appeals["february-letter"],
            by=ROSA,
            at=at,
            answers=tuple(Answer(question=question.number, text=again) for question in questions),
            text=again,
        )
        outcome = stage.act(answer_appeal(reply, by=ROSA), by=ROSA)
        return [_tried(case, at, "a reply that repeats the first message", again, outcome)]

    def pressed() -> list[Tried]:
        word = story.public[0]
        statement = PublicStatement(
            case=case, audience=word.audience, by=OLU, at=at, text=word.text, grounds=word.grounds
        )
        outcome = stage.act(speak_publicly(statement, by=OLU), by=OLU)
        return [_tried(case, at, "a press statement on a ground the party was never told", word.text, outcome)]

    def answered() -> list[Tried]:
        draft = story.replies[0]
        found = [
            stage.act(answer_appeal(_reply(draft, appeals[key], len(letters[key].questions), at), by=ROSA), by=ROSA)
            for key in (draft.to, "february-letter")
        ]
        ending = story.outcomes[0]
        outcome = Outcome(
            appeal=appeals[ending.to], kind=ending.kind, by=ROSA, at=at, text=ending.text, relies_on=ending.relies_on
        )
        ended = stage.act(decide_appeal(outcome, by=ROSA), by=ROSA)
        return [
            _tried(case, at, "an answer to every question, each with what was examined", draft.text, found[0]),
            _tried(case, at, "the same answers to the letter of February", draft.text, found[1]),
            _tried(case, at, "the inherited restriction, lifted for want of a ground", ending.text, ended),
        ]

    steps = (taken_over, repeated, pressed, answered)
    return [Act(at=at + timedelta(hours=hour), play=play) for hour, play in zip((1, 2, 3, 12), steps, strict=True)]


def appeal_of_one_ad(stage: Stage, case: CaseMaterial, at: datetime) -> list[Act]:
    """The agency objects to the refusal of one ad; a second look contradicts the first, and a person resolves it."""
    name = CaseId("C06")
    text = "One phrase was held against the video. It states a position and shows no violence."
    came = Received(
        channel=Channel.LETTER,
        received_at=at - timedelta(hours=2),
        text=text,
        summary="The agency says that the phrase states a position and shows no violence.",
        questions=("What in the video dwells on violence?",),
    )
    appeals: list[AppealId] = []

    def objected() -> list[Tried]:
        against = tuple(r.id for r in stage.state.restrictions.values() if r.case == name)
        received = msgspec.structs.replace(came, against=against)
        recorded = stage.must(file_appeal(name, received, clocks=CLOCKS, by=INES), by=INES)
        appeals.append(AppealId(_named(recorded, "appeal")))
        _record_what_is_known(stage, name, case)
        dossier = stage.state.dossiers[stage.state.cases[name].owner]
        kept = next(f.id for f in dossier.facts if f.evidence == "second-look" and f.cell.fact == "dwells_on_violence")
        reason = "The second reviewer watched the whole video; the first had judged the phrase by itself."
        stage.must(resolve_dispute(name, kept=kept, reason=reason, by=DEA), by=DEA)
        what = "the agency's objection, recorded as an appeal; two looks contradict, and a person says which stands"
        return [Tried(case=name, at=at, what=what, text=text, refusal=None, taken_up=True)]

    def reversed_() -> list[Tried]:
        answer = Answer(
            question=1,
            text="Nothing does. A second reviewer watched the whole video and found a position in strong words.",
            examined=(Citation.of("evidence:second-look"), Citation.of("clause:inflammatory-content")),
        )
        reply = Reply(appeal=appeals[0], by=ROSA, at=at, answers=(answer,), text="We looked at the video again.")
        ending = Outcome(
            appeal=appeals[0],
            kind=OutcomeKind.REVERSED,
            by=ROSA,
            at=at,
            text="The clause is not met: the video does not dwell on violence. The ad may be promoted again.",
        )
        replied = stage.act(answer_appeal(reply, by=ROSA), by=ROSA)
        ended = stage.act(decide_appeal(ending, by=ROSA), by=ROSA)
        return [
            _tried(name, at, "an answer that says what was looked at again", answer.text, replied),
            _tried(name, at, "the restriction of the ad, undone as if it had never been", ending.text, ended),
        ]

    return [Act(at=at - timedelta(hours=1), play=objected), Act(at=at + timedelta(hours=2), play=reversed_)]


def _received(letter: Letter, at: datetime, inherited: tuple[str, ...]) -> Received:
    """A letter as staff record it; the clock runs from receipt."""
    return Received(
        channel=letter.channel,
        received_at=min(letter.received_at, at),
        text=letter.text,
        summary=letter.summary,
        questions=tuple(question.text for question in letter.questions),
        against=inherited,  # type: ignore[arg-type]  # ids of restrictions, which are text
    )


def _reply(draft: ReplyDraft, appeal: AppealId, questions: int, at: datetime) -> Reply:
    """The full reply, with as many of its answers as the letter has questions."""
    answers = draft.answers[:questions]
    cited = sorted({citation for answer in answers for citation in answer.examined})
    return Reply(
        appeal=appeal,
        by=ROSA,
        at=at,
        answers=answers,
        text=draft.text,
        examined_again=tuple(ExaminedAgain(what=citation, by=ROSA) for citation in cited),
    )


def _tried(case: CaseId, at: datetime, what: str, text: str, outcome: object) -> Tried:
    """What became of something."""
    return Tried(case=case, at=at, what=what, text=text, refusal=outcome if isinstance(outcome, Refusal) else None)


DECIDED_ON = {
    "c01": ("2018-01-31", "2018-04-20", "2022-03-26", "2024-08-30"),
    "c03": ("2019-08-19", "2019-09-20"),
    "c06": ("2017-10-09", "2017-10-10"),
    "c09": ("2022-06-01",),
    "c22": ("2019-07-15", "2019-08-22"),
}
"""On which days each case is decided. The clause of 2024 gives 30 days, so its statement goes out on 30 August."""


def morning(day: str) -> datetime:
    """Nine o'clock UTC of a day."""
    return instant(day) + timedelta(hours=9)
