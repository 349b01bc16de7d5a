"""An account's standing, from the state; the gate folds it as of an instant (P2, P9)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from goodstanding.app.library import published_volume
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
from goodstanding.kernel.extents import Extent
from goodstanding.kernel.instants import Period
from goodstanding.kernel.scope import Scope
from goodstanding.policy.model import ClauseKind

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from goodstanding.app.state import Restricted, State
    from goodstanding.kernel.canonical import Json
    from goodstanding.kernel.ids import AccountId


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
        if exempted.scope.accounts.contains(account):
            what = Exemption(clause=exempted.clause, lifts=exempted.lifts, scope=exempted.scope)
            yield Record(id=exempted.id, what=what)
    for opened in state.opened:
        if opened.scope.accounts.contains(account):
            yield Record(id=opened.id, what=Opening(clause=opened.clause, scope=opened.scope))


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
    if restriction.undone and restriction.lifted_at is not None:
        yield Reversal(ids=(restriction.id,), at=restriction.lifted_at)


def _entry_requirements(state: State, at: datetime) -> Iterator[Record]:
    """The entry requirements of every policy version in force at an instant: closed until opened (P3)."""
    for published in state.published:
        policy = published_volume(published).policy
        current = Period(start=policy.in_force_from, end=policy.in_force_until)
        if published.published_at > at or not current.contains(at):
            continue
        for clause in policy.clauses:
            dimensions = (clause.territory, clause.topics, clause.audience)
            if clause.kind is ClauseKind.ENTRY_REQUIREMENT and all(isinstance(d, Extent) for d in dimensions):
                territories, topics, audiences = (d for d in dimensions if isinstance(d, Extent))
                scope = Scope(
                    capabilities=Extent.of(clause.restricts),
                    territories=territories,
                    topics=topics,
                    audiences=audiences,
                )
                what = EntryRequirement(
                    clause=clause.id, overridable=clause.overridable, scope=scope, missing=(clause.title,)
                )
                yield Record(id=f"{policy.id}/{policy.version}/{clause.id}", what=what)
