"""Restrictions older than the desk: imported as they are, appealable from then on, restated in full or lifted (P1).

None can be added after cut-over.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from goodstanding.app.desk import PLATFORM
from goodstanding.app.guards import Role, first, lacks_role, no_such_case
from goodstanding.app.ports import Command, Refusal
from goodstanding.app.state import Restricted, State
from goodstanding.appeals.model import Message
from goodstanding.kernel.extents import Extent
from goodstanding.kernel.ids import AccountId, ClauseId, RestrictionId
from goodstanding.kernel.instants import Period
from goodstanding.kernel.scope import Scope
from goodstanding.ledger.model import Draft, Kind
from goodstanding.owners.rules import reach

if TYPE_CHECKING:
    from datetime import datetime

    from goodstanding.app.case_file_inherited import Inherited
    from goodstanding.app.ports import Ids
    from goodstanding.kernel.ids import CaseId, PersonId


def inherit(case: CaseId, older: tuple[Inherited, ...], *, by: PersonId) -> Command[State]:
    """Take over restrictions in a case; all or none."""

    def run(state: State, now: datetime, ids: Ids) -> list[Draft] | Refusal:
        refusal = first(lacks_role(state, by, Role.INVESTIGATOR), no_such_case(state, case))
        if refusal is None and state.cut_over_at is not None:
            refusal = Refusal(
                rule="NothingIsInheritedAfterCutOver",
                message=f"this desk has been the only one since {state.cut_over_at:%Y-%m-%d}",
                hint="a restriction needs a decision and a statement of its own now",
                promise="P1",
            )
        if refusal is not None:
            return refusal
        strangers = [one.account for one in older if not _in_the_case(state, case, one.account, now)]
        if strangers:
            refusal = Refusal(
                rule="TheAccountIsKnown",
                message=f"there is no account `{strangers[0]}` in the case `{case}`",
                hint="name it by its handle, or by the key that the case's file gives it",
            )
        late = [one.account for one in older if one.imposed_on > now or one.restate_by <= now]
        if refusal is None and late:
            refusal = Refusal(
                rule="AnInheritedRestrictionIsOlderThanTheDesk",
                message=f"the restriction of `{late[0]}` is dated in the future, or is to be restated in the past",
                hint="give the day it was imposed, and a day to come by which it is restated or lifted",
                promise="P1",
            )
        return refusal or [_draft(state, case, one, ids) for one in older]

    return run


def _in_the_case(state: State, case: CaseId, name: str, now: datetime) -> bool:
    """Whether an account is one of the case's owner, or of an affiliate of it."""
    account = account_named(state, case, name)
    reached = reach(state.holdings, state.cases[case].owner, now, affiliates=True)
    return account is not None and reached.contains(account)


def account_named(state: State, case: CaseId, name: str) -> AccountId | None:
    """The account that a file calls by its handle, or by its key in the case."""
    key = state.cases[case].keys.get(f"account:{name}", "").removeprefix("account:")
    return next((a.id for a in state.holdings.accounts if name == a.handle or key == a.id), None)


def _draft(state: State, case: CaseId, one: Inherited, ids: Ids) -> Draft:
    """One inherited restriction, with the original wording sealed; it ends by itself unless it is restated by then."""
    account = account_named(state, case, one.account) or AccountId(one.account)
    restricted = Restricted(
        id=RestrictionId(ids.new("inh")),
        kind="inherited",
        account=account,
        clause=ClauseId(""),
        overridable=True,
        scope=one.scope.intersect(Scope(accounts=Extent.of([account]), period=Period(end=one.restate_by))),
        case=case,
        owner=state.cases[case].owner,
        restate_by=one.restate_by,
    )
    said = Message(id=restricted.id, at=one.imposed_on, text=one.wording) if one.wording else None
    return Draft(
        kind=Kind.RESTRICTION_INHERITED,
        case=case,
        subject=state.cases[case].owner,
        clear={"account": account, "restricted": msgspec.to_builtins(restricted)},
        document={"source": one.source, "message": msgspec.to_builtins(said)},
    )


def declare_cut_over(*, by: PersonId) -> Command[State]:
    """From now on every restriction is this desk's own."""

    def run(state: State, now: datetime, ids: Ids) -> list[Draft] | Refusal:
        del now, ids
        refusal = lacks_role(state, by, Role.OFFICER)
        if refusal is None and state.cut_over_at is not None:
            refusal = Refusal(rule="CutOverHappensOnce", message="cut-over is declared already", hint="nothing to do")
        return refusal or [Draft(kind=Kind.CUT_OVER, subject=PLATFORM, clear={}, document={"by": by})]

    return run
