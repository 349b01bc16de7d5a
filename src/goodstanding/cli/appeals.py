"""`appeal file|answer|decide`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import msgspec
import typer
import yaml

from goodstanding.app.appealing import Received, answer_appeal, decide_appeal, file_appeal
from goodstanding.app.ports import Refusal
from goodstanding.appeals.clocks import Clocks
from goodstanding.appeals.model import (
    Answer,
    Channel,
    Citation,
    ExaminedAgain,
    Outcome,
    OutcomeKind,
    Refused,
    Reply,
)
from goodstanding.bootstrap import open_desk
from goodstanding.cli.acting import HERE, As, DeskFolder, act, acted, at_of, person, told
from goodstanding.cli.output import AsJson, show, show_refusal
from goodstanding.errors import ImportFileError, Problem
from goodstanding.kernel.ids import AppealId, CaseId, RestrictionId

app = typer.Typer(help="Appeals: questions, answers, another reviewer.", no_args_is_help=True)


class AnswerInFile(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One answer as a file writes it; `examined` are citations such as `evidence:order-1`."""

    question: int
    text: str = ""
    examined: tuple[str, ...] = ()
    refused: Refused | None = None


class ReplyInFile(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A reply as a file writes it; `examined_again` maps a citation to who looked at it again."""

    answers: tuple[AnswerInFile, ...]
    text: str = ""
    relies_on: tuple[str, ...] = ()
    examined_again: dict[str, str] = {}


@app.command("file")
def file_one(
    *,
    case: Annotated[str, typer.Argument(help="The case.")],
    text: Annotated[Path, typer.Argument(help="What was received, as text.", dir_okay=False)],
    question: Annotated[list[str], typer.Option(help="One question that it asks; several times, in order.")],
    received: Annotated[str, typer.Option(metavar="TIME", help="When it was received: the clocks run from here.")],
    summary: Annotated[str, typer.Option(help="What it says, in a sentence.")],
    against: Annotated[list[str] | None, typer.Option(help="A restriction it is against; several times.")] = None,
    channel: Annotated[Channel, typer.Option(help="How it came in.")] = Channel.PARTY,
    officer: Annotated[str, typer.Option(help="Who takes what is escalated.")] = "",
    acknowledge_days: Annotated[int, typer.Option(help="Calendar days to acknowledge it.")] = 3,
    decide_days: Annotated[int, typer.Option(help="Calendar days to decide it.")] = 14,
    desk: DeskFolder = HERE,
    by: As = "",
    as_json: AsJson = False,
) -> None:
    """Record an appeal: filed by the party, or by staff from a letter, a call or an open letter."""
    came = Received(
        channel=channel,
        received_at=at_of(received),
        text=text.read_text(encoding="utf-8"),
        summary=summary,
        questions=tuple(question),
        against=tuple(RestrictionId(one) for one in against or ()),
    )
    clocks = Clocks(
        acknowledge_days=acknowledge_days,
        decide_days=decide_days,
        responsible=person(by),
        officer=person(officer or by),
    )
    recorded = act(desk, file_appeal(CaseId(case), came, clocks=clocks, by=person(by)), by=by, as_json=as_json)
    show(acted(recorded), told(recorded), as_json=as_json)


@app.command()
def answer(
    *,
    appeal: Annotated[str, typer.Argument(help="The appeal.")],
    reply: Annotated[Path, typer.Argument(help="The reply, in YAML or JSON.", dir_okay=False)],
    desk: DeskFolder = HERE,
    by: As = "",
    as_json: AsJson = False,
) -> None:
    """Answer every question; a reply that leaves one out, or only repeats an earlier message, is refused."""
    found = read_reply(reply.read_text(encoding="utf-8"), file=str(reply))
    with open_desk(desk) as opened:
        whole = Reply(
            appeal=AppealId(appeal),
            by=person(by),
            at=opened.now(),
            answers=tuple(
                Answer(
                    question=one.question,
                    text=one.text,
                    examined=tuple(Citation.of(cited) for cited in one.examined),
                    refused=one.refused,
                )
                for one in found.answers
            ),
            text=found.text,
            relies_on=tuple(Citation.of(cited) for cited in found.relies_on),
            examined_again=tuple(
                ExaminedAgain(what=Citation.of(what), by=person(who)) for what, who in found.examined_again.items()
            ),
        )
        outcome = opened.act(answer_appeal(whole, by=person(by)), by=by)
    if isinstance(outcome, Refusal):
        show_refusal(outcome, as_json=as_json)
    show(acted(outcome), told(outcome), as_json=as_json)


def read_reply(text: str, *, file: str) -> ReplyInFile:
    """Read a reply from a file.

    Raises:
        ImportFileError: it is none.
    """
    try:
        found = msgspec.convert(yaml.safe_load(text), ReplyInFile)
        for cited in (*found.relies_on, *found.examined_again, *(c for a in found.answers for c in a.examined)):
            Citation.of(cited)
    except (msgspec.ValidationError, yaml.YAMLError, ValueError) as error:
        hint = "write `answers: [{question: 1, text: …, examined: ['evidence:…']}]`"
        raise ImportFileError([Problem(message=f"{file}: {error}", hint=hint)]) from None
    return found


@app.command()
def decide(
    *,
    appeal: Annotated[str, typer.Argument(help="The appeal.")],
    outcome: Annotated[OutcomeKind, typer.Argument(help="How it ends.")],
    text: Annotated[str, typer.Option(help="Why, in the words that the party reads.")],
    relies_on: Annotated[
        list[str] | None, typer.Option(help="A ground that still carries it: `clause:…`, `fact:…`.")
    ] = None,
    desk: DeskFolder = HERE,
    by: As = "",
    as_json: AsJson = False,
) -> None:
    """End an appeal; a reversal undoes all that rested on the decision."""
    with open_desk(desk) as opened:
        ended = Outcome(
            appeal=AppealId(appeal),
            kind=outcome,
            by=person(by),
            at=opened.now(),
            text=text,
            relies_on=tuple(Citation.of(one) for one in relies_on or ()),
        )
        found = opened.act(decide_appeal(ended, by=person(by)), by=by)
    if isinstance(found, Refusal):
        show_refusal(found, as_json=as_json)
    show(acted(found), told(found), as_json=as_json)
