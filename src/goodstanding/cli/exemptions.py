"""`exemption grant|withdraw`: what one owner may do although a clause says otherwise, and its end."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Annotated

import typer

from goodstanding.app.exempting import Permission, exempt_owner, withdraw_permission
from goodstanding.cli.acting import HERE, As, DeskFolder, at_its_time, carry_out, example, time
from goodstanding.cli.output import AsJson
from goodstanding.kernel.ids import CaseId, ClauseId, OwnerId, PersonId

if TYPE_CHECKING:
    from goodstanding.app.ports import Command
    from goodstanding.app.state import State

app = typer.Typer(help="What one owner may do although a clause says otherwise.", no_args_is_help=True)


@app.command(
    epilog=example(
        "goodstanding exemption grant kettle --lifts unpaid-balance --until 2031-03-01 \\",
        "  --reason 'billing counted two invoices twice' --as olu",
    )
)
def grant(
    *,
    owner: Annotated[str, typer.Argument(metavar="OWNER", help="The owner, or a case of it.", show_default=False)],
    lifts: Annotated[list[str], typer.Option(help="A clause that is lifted; several times.")],
    until: Annotated[datetime, typer.Option(metavar="TIME", parser=time, help="Its last day; it ends by itself.")],
    reason: Annotated[str, typer.Option(help="Why this owner, and not others like it.")],
    policy: Annotated[str, typer.Option(help="The policy's id.")] = "ads",
    desk: DeskFolder = HERE,
    by: As = "",
    as_json: AsJson = False,
) -> None:
    """Exempt one owner from clauses until a day; whoever grants it is its approver.

    It reaches every account that the owner has or opens meanwhile, and no clause that says `overridable: false`.
    """

    def granted(state: State, _now: datetime) -> Command[State]:
        case = state.cases.get(CaseId(owner))
        asked = Permission(
            owner=OwnerId(owner) if case is None else case.owner,
            policy=policy,
            lifts=tuple(ClauseId(name) for name in lifts),
            until=until,
            reason=reason,
        )
        return exempt_owner(asked, by=PersonId(by))

    carry_out(desk, at_its_time(granted), by=by, as_json=as_json)


@app.command(epilog=example("goodstanding exemption withdraw exe-4k2m --reason 'the invoices were paid' --as olu"))
def withdraw(
    *,
    permission: Annotated[
        str, typer.Argument(metavar="PERMISSION", help="The exemption, or the opening of an entry.", show_default=False)
    ],
    reason: Annotated[str, typer.Option(help="Why it ends; the party is told.")],
    desk: DeskFolder = HERE,
    by: As = "",
    as_json: AsJson = False,
) -> None:
    """Take back an exemption, or the opening of an entry requirement, from now on."""
    carry_out(desk, withdraw_permission(permission, reason=reason, by=PersonId(by)), by=by, as_json=as_json)
