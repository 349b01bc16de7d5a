"""`appeal file|answer|decide`."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from goodstanding.app.appealing import Received, answer_appeal, decide_appeal, file_appeal
from goodstanding.appeals.clocks import Clocks
from goodstanding.appeals.model import Channel, Citation, Outcome, OutcomeKind
from goodstanding.cli.acting import HERE, As, Case, DeskFolder, at_its_time, carry_out, citation, example, time
from goodstanding.cli.files import text_of
from goodstanding.cli.naming import appeal_named, restrictions_named
from goodstanding.cli.output import AsJson
from goodstanding.cli.replies import read_narrower, read_reply, variations
from goodstanding.kernel.ids import CaseId, PersonId

if TYPE_CHECKING:
    from goodstanding.app.ports import Command
    from goodstanding.app.state import State

app = typer.Typer(help="Appeals: questions, answers, another reviewer.", no_args_is_help=True)

Appeal = Annotated[
    str, typer.Argument(metavar="APPEAL", help="The appeal, or the case if one of its is open.", show_default=False)
]


@app.command(
    "file",
    epilog=example(
        "goodstanding appeal file kettle examples/letter.txt --as ines \\",
        "  --channel letter --received 2031-02-01 --against all \\",
        "  --question 'Which price was wrong?' --question 'Who measured it?' \\",
        "  --summary 'says that the price was kept'",
    ),
)
def file_one(
    *,
    case: Case,
    text: Annotated[Path, typer.Argument(metavar="TEXT", help="What was received, as text.")],
    question: Annotated[list[str], typer.Option(help="One question that it asks; several times, in order.")],
    received: Annotated[
        datetime, typer.Option(metavar="TIME", parser=time, help="When it was received: the clocks run from here.")
    ],
    summary: Annotated[str, typer.Option(help="What it says, in a sentence.")],
    against: Annotated[
        list[str] | None, typer.Option(help="A restriction it is against, several; `all` of the case in force.")
    ] = None,
    channel: Annotated[Channel, typer.Option(help=f"How it came in: {', '.join(Channel)}.")] = Channel.PARTY,
    officer: Annotated[str, typer.Option(metavar="PERSON", help="Who takes what is escalated.")] = "",
    acknowledge_days: Annotated[int, typer.Option(min=0, help="Calendar days to acknowledge it.")] = 3,
    decide_days: Annotated[int, typer.Option(min=0, help="Calendar days to decide it.")] = 14,
    desk: DeskFolder = HERE,
    by: As = "",
    as_json: AsJson = False,
) -> None:
    """Record an appeal: filed by the party, or by staff from a letter, a call or an open letter.

    The clocks run from receipt, whoever records it and whenever.
    """
    words = text_of(text)
    clocks = Clocks(
        acknowledge_days=acknowledge_days,
        decide_days=decide_days,
        responsible=PersonId(by),
        officer=PersonId(officer or by),
    )

    def filed(state: State, now: datetime) -> Command[State]:
        came = Received(
            channel=channel,
            received_at=received,
            text=words,
            summary=summary,
            questions=tuple(question),
            against=restrictions_named(state, case, against or (), now),
        )
        return file_appeal(CaseId(case), came, clocks=clocks, by=PersonId(by))

    carry_out(desk, at_its_time(filed), by=by, as_json=as_json)


@app.command(epilog=example("goodstanding appeal answer kettle examples/reply.yaml --as rosa"))
def answer(
    *,
    appeal: Appeal,
    reply: Annotated[Path, typer.Argument(metavar="REPLY", help="The reply, in YAML or JSON.")],
    desk: DeskFolder = HERE,
    by: As = "",
    as_json: AsJson = False,
) -> None:
    """Answer every question; a reply that leaves one out, or only repeats an earlier message, is refused.

    Each answer cites what was examined for it, or refuses with its ground. `goodstanding examples` writes such a file.
    """
    found = read_reply(text_of(reply), file=str(reply))

    def answered(state: State, now: datetime) -> Command[State]:
        return answer_appeal(found.sent(appeal_named(state, appeal), by=PersonId(by), at=now), by=PersonId(by))

    carry_out(desk, at_its_time(answered), by=by, as_json=as_json)


@app.command(
    epilog=example(
        "goodstanding appeal decide kettle reversed --as rosa \\",
        "  --text 'The price was kept; we read the shop page of another day.'",
    )
)
def decide(
    *,
    appeal: Appeal,
    outcome: Annotated[OutcomeKind, typer.Argument(metavar="OUTCOME", help="How it ends: upheld, varied or reversed.")],
    text: Annotated[str, typer.Option(help="Why, in the words that the party reads.")],
    relies_on: Annotated[
        list[Citation] | None,
        typer.Option(metavar="CITATION", parser=citation, help="A ground that still carries it; several."),
    ] = None,
    becomes: Annotated[Path | None, typer.Option(help="With `varied`: the narrower scopes, in YAML or JSON.")] = None,
    desk: DeskFolder = HERE,
    by: As = "",
    as_json: AsJson = False,
) -> None:
    """End an appeal; a reversal undoes all that rested on the decision.

    `upheld` and `varied` name the clause and the facts that still carry it, all told before (`--relies-on`).
    """
    narrower = () if becomes is None else read_narrower(text_of(becomes), file=str(becomes))

    def decided(state: State, now: datetime) -> Command[State]:
        ended = Outcome(
            appeal=appeal_named(state, appeal),
            kind=outcome,
            by=PersonId(by),
            at=now,
            text=text,
            relies_on=tuple(relies_on or ()),
            variations=variations(state, narrower),
        )
        return decide_appeal(ended, by=PersonId(by))

    carry_out(desk, at_its_time(decided), by=by, as_json=as_json)
