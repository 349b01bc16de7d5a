"""`decide`, `approve`, `issue`, `lift`, `standing`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import msgspec
import typer

from goodstanding.app import deciding as use
from goodstanding.app.case_file import read_money_answers
from goodstanding.app.inheriting import account_named
from goodstanding.app.issuing import issue as issue_decision
from goodstanding.app.lifting import lift as lift_restriction
from goodstanding.app.ports import Refusal
from goodstanding.app.standing import standing_of
from goodstanding.bootstrap import open_desk
from goodstanding.cli.acting import HERE, As, DeskFolder, act, acted, at_of, person, told
from goodstanding.cli.output import AsJson, show, show_refusal
from goodstanding.decisions.model import Origin
from goodstanding.decisions.nearest import nearest
from goodstanding.kernel.ids import AccountId, CaseId, DecisionId, RestrictionId
from goodstanding.kernel.instants import iso

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from goodstanding.app.state import State
    from goodstanding.decisions.model import Decision
    from goodstanding.gate.model import Standing
    from goodstanding.reasons.money import MoneyAnswer


def add_to(app: typer.Typer) -> None:
    """Add these verbs to the command line."""
    for name, verb in (
        ("decide", decide),
        ("approve", approve),
        ("issue", issue),
        ("lift", lift),
        ("standing", standing),
    ):
        app.command(name)(verb)


def decide(
    *,
    case: Annotated[str, typer.Argument(help="The case.")],
    policy: Annotated[str, typer.Option(help="The policy's id.")] = "ads",
    origin: Annotated[Origin, typer.Option(help="What set the matter going.")] = Origin.OWN_INITIATIVE,
    desk: DeskFolder = HERE,
    by: As = "",
    as_json: AsJson = False,
) -> None:
    """Read every clause against a case as it is known now. Nothing is in force by this alone: approve, then issue."""
    with open_desk(desk) as opened:
        outcome = opened.act(use.decide_case(CaseId(case), policy=policy, by=person(by), origin=origin), by=by)
        if isinstance(outcome, Refusal):
            show_refusal(outcome, as_json=as_json)
        name = DecisionId(str(outcome[0].entry.clear["decision"]))
        decision = opened.state.decisions[name].decision
    show({**acted(outcome), "decision": msgspec.to_builtins(decision)}, _in_words(decision), as_json=as_json)


def _in_words(decision: Decision) -> str:
    """A decision for people: what it leads to, or the clause that came closest; and what a person must look at."""
    lines = [f"decision {decision.id}, policy {decision.pins.policy} {decision.pins.policy_version}"]
    lines += [f"{effect.kind}: {effect.clause.title} ({effect.clause.id})" for effect in decision.effects]
    closest = nearest(decision)
    if not decision.effects and closest is not None:
        lines.append(f"nothing restricted; `{closest.clause}` came closest: {closest.why_not}")
    lines += [f"for a person: {one}" for one in decision.needs_person]
    if decision.high_impact:
        lines.append("it reaches all accounts of the owner: a second person has to approve it")
    return "\n".join(lines)


def approve(
    *,
    decision: Annotated[str, typer.Argument(help="The decision.")],
    reason: Annotated[str, typer.Option(help="What the second person looked at.")],
    desk: DeskFolder = HERE,
    by: As = "",
    as_json: AsJson = False,
) -> None:
    """Approve a decision as the second person."""
    recorded = act(desk, use.approve(DecisionId(decision), by=person(by), reason=reason), by=by, as_json=as_json)
    show(acted(recorded), told(recorded), as_json=as_json)


def issue(
    *,
    decision: Annotated[str, typer.Argument(help="The decision.")],
    money: Annotated[Path, typer.Option(help="Billing's answers, by account.", dir_okay=False)],
    account: Annotated[str, typer.Option(help="One account only, such as a new one of a restricted owner.")] = "",
    desk: DeskFolder = HERE,
    by: As = "",
    as_json: AsJson = False,
) -> None:
    """Issue the statements of a decision and, in the same act, impose what they state."""
    answers = read_money_answers(money.read_text(encoding="utf-8"), file=str(money))
    with open_desk(desk) as opened:
        by_account = _by_account(opened.state, DecisionId(decision), answers)

        def billing(one: AccountId, at: datetime) -> MoneyAnswer | None:
            del at
            return by_account.get(one)

        command = issue_decision(
            DecisionId(decision), by=person(by), billing=billing, only=_account(opened.state, account)
        )
        outcome = opened.act(command, by=by)
    if isinstance(outcome, Refusal):
        show_refusal(outcome, as_json=as_json)
    show(acted(outcome), told(outcome), as_json=as_json)


def _by_account(state: State, decision: DecisionId, answers: Mapping[str, MoneyAnswer]) -> dict[AccountId, MoneyAnswer]:
    """Billing's answers under the accounts' own ids; a file may name handles or the case's keys."""
    if decision not in state.decisions:
        return {}
    case = state.decisions[decision].decision.matter.case
    named = {account_named(state, case, name): answer for name, answer in answers.items()}
    return {account: answer for account, answer in named.items() if account is not None}


def _account(state: State, name: str) -> AccountId | None:
    """An account by its handle or id."""
    return next((a.id for a in state.holdings.accounts if name in {a.handle, a.id}), None)


def lift(
    *,
    restriction: Annotated[str, typer.Argument(help="The restriction or hold.")],
    reason: Annotated[str, typer.Option(help="Why it ends.")],
    desk: DeskFolder = HERE,
    by: As = "",
    as_json: AsJson = False,
) -> None:
    """End a restriction or hold from now on."""
    command = lift_restriction(RestrictionId(restriction), reason=reason, by=person(by))
    recorded = act(desk, command, by=by, as_json=as_json)
    show(acted(recorded), told(recorded), as_json=as_json)


def standing(
    *,
    account: Annotated[str, typer.Argument(help="The account, by handle or id.")],
    at: Annotated[str, typer.Option(metavar="TIME", help="As of when; now by default.")] = "",
    desk: DeskFolder = HERE,
    as_json: AsJson = False,
) -> None:
    """Show what an account may do, and why."""
    with open_desk(desk) as opened:
        name = _account(opened.state, account)
        if name is None:
            show_refusal(
                Refusal(rule="TheAccountIsKnown", message=f"there is no account `{account}`", hint="see `case show`"),
                as_json=as_json,
            )
        found = standing_of(opened.state, name, at_of(at) if at else opened.now())
    show(found, _standing_text(found), as_json=as_json)


def _standing_text(standing: Standing) -> str:
    """A standing for people: what is off, and what stays closed until something is known."""
    lines = [f"as of {iso(standing.as_of)}"]
    for one in standing.in_force:
        scope = one.scope
        sides = (("capabilities", scope.capabilities), ("territories", scope.territories), ("topics", scope.topics))
        said = "; ".join(
            f"{side}: {shown if isinstance(shown := e.shown(), str) else ', '.join(shown)}" for side, e in sides
        )
        lines.append(f"off ({one.kind} {one.id}, clause {one.clause or 'none stated'}): {said}")
    lines += [
        f"closed until met: {one.clause} ({'; '.join(one.missing)})" for one in standing.entries if not one.opened
    ]
    return "\n".join(lines if len(lines) > 1 else [*lines, "nothing stands against this account"])
