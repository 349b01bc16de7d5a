"""An account's standing, from the state; the gate folds it as of an instant (P2, P9)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from goodstanding.app.exempting import exempted_during
from goodstanding.app.library import policy_at
from goodstanding.gate.fold import standing_at
from goodstanding.gate.model import (
    EntryRequirement,
    Exemption,
    InForce,
    InForceKind,
    Opening,
    Record,
    Reversal,
    Standing,
)
from goodstanding.kernel.extents import ALL, Extent
from goodstanding.kernel.instants import Period
from goodstanding.kernel.scope import Scope
from goodstanding.policy.model import ClauseKind

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from goodstanding.app.state import Restricted, State
    from goodstanding.kernel.canonical import Json
    from goodstanding.kernel.ids import AccountId
    from goodstanding.policy.model import Clause


def standing_of(state: State, account: AccountId, at: datetime) -> Standing:
    """What an account may do at an instant, and why."""
    return standing_at(account, (*_records(state, account), *_entry_requirements(state, at)), at)


def standing_document(state: State, account: AccountId) -> dict[str, Json]:
    """Everything on record for an account, whenever it applies: the projection from which standing is folded."""
    return {"records": [msgspec.to_builtins(record) for record in _records(state, account)]}


def _records(state: State, account: AccountId) -> Iterator[Record | Reversal]:
    """What is on record for one account, in the order in which it was recorded."""
    for restriction in state.restrictions.values():
        if restriction.scope.accounts.contains(account):
            yield from _restricted(restriction)
    for exempted in state.exemptions.values():
        during = exempted_during(state, exempted, account)
        if during is not None:
            scope = msgspec.structs.replace(exempted.scope, accounts=Extent.of([account]))
            what = Exemption(clause=exempted.clause, lifts=exempted.lifts, scope=scope)
            yield Record(id=exempted.id, what=what, during=during)
    for opened in state.opened:
        if opened.scope.accounts.contains(account):
            what_opens = Opening(clause=opened.clause, scope=opened.scope)
            yield Record(id=opened.id, what=what_opens, during=Period(start=opened.since, end=opened.withdrawn_at))


def _restricted(restriction: Restricted) -> Iterator[Record | Reversal]:
    """A restriction or hold for as long as it stands, and its reversal where it was undone."""
    what = InForce(
        id=restriction.id,
        kind=InForceKind.HOLD if restriction.kind == "hold" else InForceKind.RESTRICTION,
        clause=restriction.clause or None,
        statement=restriction.statement,
        overridable=restriction.overridable,
        scope=restriction.scope,
    )
    yield Record(id=restriction.id, what=what, during=Period(end=restriction.lifted_at))
    if restriction.undone_at is not None:
        yield Reversal(ids=(restriction.id,), at=restriction.undone_at)


def _entry_requirements(state: State, at: datetime) -> Iterator[Record]:
    """The entry requirements of every policy in force at an instant: closed until opened (P3)."""
    for name in dict.fromkeys(published.policy for published in state.published):
        found = policy_at(state, name, at)
        for clause in () if found is None else found.policy.clauses:
            if clause.kind is ClauseKind.ENTRY_REQUIREMENT:
                yield Record(id=f"{name}/{clause.id}", what=_closed(clause))


def _closed(clause: Clause) -> EntryRequirement:
    """An entry requirement; a side that has to be read from the case is closed whole until a decision opens it."""
    territories, topics, audiences = (
        side if isinstance(side, Extent) else ALL for side in (clause.territory, clause.topics, clause.audience)
    )
    scope = Scope(capabilities=Extent.of(clause.restricts), territories=territories, topics=topics, audiences=audiences)
    return EntryRequirement(clause=clause.id, overridable=clause.overridable, scope=scope, missing=(clause.title,))
