"""`decide`, `approve`, `issue`, `lift`, `standing`."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from goodstanding.app import deciding as use
from goodstanding.app import inheriting
from goodstanding.app.case_file import read_money_answers
from goodstanding.app.issuing import issue as issue_decision
from goodstanding.app.lifting import lift as lift_restriction
from goodstanding.app.standing import standing_of
from goodstanding.bootstrap import open_desk
from goodstanding.cli.acting import HERE, As, Case, DeskFolder, acted, at_its_time, carry_out, example, time
from goodstanding.cli.case_page import decision_document, decision_lines
from goodstanding.cli.files import text_of
from goodstanding.cli.naming import account_named, decision_named, refuse
from goodstanding.cli.output import AsJson, show
from goodstanding.cli.standing_page import standing_document, standing_text
from goodstanding.decisions.model import Origin
from goodstanding.kernel.ids import CaseId, DecisionId, PersonId, RestrictionId

if TYPE_CHECKING:
    from collections.abc import Mapping

    from goodstanding.app.ports import Command
    from goodstanding.app.state import State
    from goodstanding.kernel.ids import AccountId
    from goodstanding.reasons.money import MoneyAnswer

Decision = Annotated[
    str, typer.Argument(metavar="DECISION", help="The decision, or the case if it has one.", show_default=False)
]


def add_to(app: typer.Typer) -> None:
    """Add these verbs to the command line."""
    app.command("decide", epilog=example("goodstanding decide kettle --as dan"))(decide)
    app.command(
        "approve",
        epilog=example("goodstanding approve kettle --reason 'facts and scope looked at again' --as dea"),
    )(approve)
    app.command(
        "issue",
        epilog=example(
            "goodstanding issue kettle --money examples/money.yaml --as dan",
            "goodstanding issue kettle --money money.yaml --account @kettles --as dan",
        ),
    )(issue)
    app.command("lift", epilog=example("goodstanding lift res-4k2m --reason 'the order has lapsed' --as dan"))(lift)
    app.command(
        "standing",
        epilog=example("goodstanding standing @kettles", "goodstanding standing @kettles --at 2031-02-01 --json"),
    )(standing)


def decide(
    *,
    case: Case,
    policy: Annotated[str, typer.Option(help="The policy's id.")] = "ads",
    origin: Annotated[
        Origin, typer.Option(help=f"What set the matter going: {', '.join(Origin)}.")
    ] = Origin.OWN_INITIATIVE,
    desk: DeskFolder = HERE,
    by: As = "",
    as_json: AsJson = False,
) -> None:
    """Read every clause against a case as it is known now. Nothing is in force by this alone.

    What reaches all accounts of an owner has to be approved by another decider; then `issue` sends the statements.
    """
    with open_desk(desk) as opened:
        recorded = opened.must(use.decide_case(CaseId(case), policy=policy, by=PersonId(by), origin=origin), by=by)
        judged = opened.state.decisions[DecisionId(str(recorded[0].entry.clear["decision"]))]
    document = {**acted(recorded), "decision": decision_document(judged)}
    show(document, "\n".join(decision_lines(judged)), as_json=as_json)


def approve(
    *,
    decision: Decision,
    reason: Annotated[str, typer.Option(help="What the second person looked at.")],
    desk: DeskFolder = HERE,
    by: As = "",
    as_json: AsJson = False,
) -> None:
    """Approve a decision as the second person; whoever made it can't."""

    def approved(state: State, _now: datetime) -> Command[State]:
        return use.approve(decision_named(state, decision), by=PersonId(by), reason=reason)

    carry_out(desk, at_its_time(approved), by=by, as_json=as_json)


def issue(
    *,
    decision: Decision,
    money: Annotated[Path | None, typer.Option(help="Billing's answers, by account.")] = None,
    account: Annotated[str, typer.Option(help="One account only, such as a new one of a restricted owner.")] = "",
    desk: DeskFolder = HERE,
    by: As = "",
    as_json: AsJson = False,
) -> None:
    """Issue the statements of a decision and, in the same act, impose what they state.

    A statement that lacks something the law asks for is refused, and then nothing is imposed. What becomes of the
    money is part of it: `goodstanding examples` writes a file of billing's answers.
    """
    answers = {} if money is None else read_money_answers(text_of(money), file=str(money))

    def issued(state: State, _now: datetime) -> Command[State]:
        name = decision_named(state, decision)
        billed = _billed(state, name, answers)
        only = account_named(state, account) if account else None
        return issue_decision(name, by=PersonId(by), billing=lambda one, _at: billed.get(one), only=only)

    carry_out(desk, at_its_time(issued), by=by, as_json=as_json)


def _billed(state: State, decision: DecisionId, answers: Mapping[str, MoneyAnswer]) -> dict[AccountId, MoneyAnswer]:
    """Billing's answers under the accounts' own ids; a file may name handles or the case's keys.

    Raises:
        RefusedError: the file names an account that the case does not know.
    """
    if decision not in state.decisions:
        return {}
    case = state.decisions[decision].decision.matter.case
    found: dict[AccountId, MoneyAnswer] = {}
    for name, answer in answers.items():
        account = inheriting.account_named(state, case, name)
        if account is None:
            hint = "name it in the file by its handle, or by the key that the case's file gives it"
            refuse("TheAccountIsKnown", f"there is no account `{name}` in the case `{case}`", hint)
        found[account] = answer
    return found


def lift(
    *,
    restriction: Annotated[
        str, typer.Argument(metavar="RESTRICTION", help="The restriction or hold.", show_default=False)
    ],
    reason: Annotated[str, typer.Option(help="Why it ends.")],
    desk: DeskFolder = HERE,
    by: As = "",
    as_json: AsJson = False,
) -> None:
    """End a restriction or hold from now on; to undo one as if it had never been, reverse it on appeal."""
    command = lift_restriction(RestrictionId(restriction), reason=reason, by=PersonId(by))
    carry_out(desk, command, by=by, as_json=as_json)


def standing(
    *,
    account: Annotated[
        str, typer.Argument(metavar="ACCOUNT", help="The account, by handle or id.", show_default=False)
    ],
    at: Annotated[
        datetime | None, typer.Option(metavar="TIME", parser=time, help="As of when; now by default.")
    ] = None,
    desk: DeskFolder = HERE,
    as_json: AsJson = False,
) -> None:
    """Show what an account may do, and why; what is not named may be done."""
    with open_desk(desk) as opened:
        found = standing_of(opened.state, account_named(opened.state, account), at or opened.now())
    show(standing_document(found), standing_text(found), as_json=as_json)
