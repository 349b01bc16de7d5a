"""End what lost its clause: each restriction with an entry of its own, and a message to the party (promise P12).

What is lifted so ends from now on. Strikes that the clause counted live on until they expire or are reversed: they were
counted for conduct that the clause in force at the time forbade.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from goodstanding.app.guards import Role, lacks_role
from goodstanding.app.library import policy_at, published_volume
from goodstanding.app.lifting import lifted
from goodstanding.app.ports import Command, Refusal
from goodstanding.app.state import Published, Restricted, State
from goodstanding.appeals.model import Message
from goodstanding.ledger.model import Draft, Kind
from goodstanding.policy.differences import same_meaning
from goodstanding.policy.rules import clause as clause_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import datetime

    from goodstanding.app.ports import Ids
    from goodstanding.decisions.model import Decision
    from goodstanding.kernel.ids import CaseId, ClauseId, PersonId
    from goodstanding.policy.model import Clause


class Groundless(msgspec.Struct, frozen=True, kw_only=True):
    """A restriction that stands, and whose clause the policy in force no longer has as it was decided on.

    `gone`: no version in force has the clause; otherwise it means something else now, and the case is decided again.
    """

    restriction: Restricted
    policy: str
    gone: bool


def resting_on(state: State, policy: str, clause: ClauseId) -> list[Restricted]:
    """The restrictions and holds on record under one clause of a policy that nobody has ended."""
    return [one for one in _own(state) if one.clause == clause and _policy_of(state, one) == policy]


def groundless(state: State, at: datetime) -> tuple[Groundless, ...]:
    """What stands at an instant without its clause; it is to be lifted, or decided again."""
    return tuple(_groundless(state, at))


def lift_groundless(*, by: PersonId) -> Command[State]:
    """Lift everything that stands although no version in force has its clause any more."""

    def run(state: State, now: datetime, ids: Ids) -> list[Draft] | Refusal:
        refusal = lacks_role(state, by, Role.DECIDER)
        if refusal is not None:
            return refusal
        gone = [one.restriction for one in groundless(state, now) if one.gone]
        why = "the rule it rested on is in force no more"
        return ended(state, gone, why=why, by=by, now=now, ids=ids) or Refusal(
            rule="OnlyWhatIsInForceIsLifted",
            message="everything in force still has its clause",
            hint="see `goodstanding policy due`",
        )

    return run


def ended(
    state: State, restrictions: Iterable[Restricted], *, why: str, by: PersonId, now: datetime, ids: Ids
) -> list[Draft]:
    """The entries that lift restrictions, and one message to the party of each case."""
    cases: dict[CaseId, list[Restricted]] = {}
    for one in restrictions:
        cases.setdefault(one.case, []).append(one)
    return [
        *(lifted(one, reason=why, by=by, undone=False) for each in cases.values() for one in each),
        *(_told(state, case, each, why=why, by=by, now=now, ids=ids) for case, each in cases.items()),
    ]


def _told(
    state: State, case: CaseId, each: list[Restricted], *, why: str, by: PersonId, now: datetime, ids: Ids
) -> Draft:
    """The message that tells a party what has ended, and why."""
    names = ", ".join(f"`{one.id}`" for one in each)
    message = Message(id=ids.new("msg"), at=now, text=f"Ended on {now:%Y-%m-%d}, {names}: {why}.")
    return Draft(
        kind=Kind.MESSAGE_SENT,
        case=case,
        subject=state.cases[case].owner,
        clear={},
        document={"message": msgspec.to_builtins(message), "told": [], "by": by},
    )


def _groundless(state: State, at: datetime) -> Iterator[Groundless]:
    """Every restriction whose clause is gone, or is another."""
    for one in _own(state):
        end = one.scope.period.end
        policy = _policy_of(state, one)
        if policy is None or (end is not None and end <= at):
            continue
        decided = _decided_on(state, one)
        applies = policy_at(state, policy, at)
        now = None if applies is None else clause_of(applies.policy, one.clause)
        if now is None or decided is None or not same_meaning(decided, now):
            yield Groundless(restriction=one, policy=policy, gone=now is None)


def _own(state: State) -> Iterator[Restricted]:
    """The desk's own restrictions and holds that nobody has ended."""
    return (one for one in state.restrictions.values() if one.lifted_at is None and one.kind != "inherited")


def _policy_of(state: State, one: Restricted) -> str | None:
    """The policy under which a restriction was decided; none where the decision was erased."""
    judged = None if one.decision is None else state.decisions.get(one.decision)
    return None if judged is None else judged.decision.pins.policy


def ends_with_its_version(state: State, decision: Decision, clause: ClauseId) -> datetime | None:
    """When what rests on a clause ends because its version was urgent, and nothing published since keeps the clause."""
    pinned = _pinned(state, decision)
    if pinned is None or pinned.until is None:
        return None
    after = policy_at(state, pinned.policy, pinned.until)
    kept = None if after is None else clause_of(after.policy, clause)
    own = clause_of(published_volume(pinned).policy, clause)
    return None if kept is not None and own is not None and same_meaning(own, kept) else pinned.until


def _decided_on(state: State, one: Restricted) -> Clause | None:
    """The clause as it stood in the version that the decision pins."""
    judged = None if one.decision is None else state.decisions.get(one.decision)
    pinned = None if judged is None else _pinned(state, judged.decision)
    return None if pinned is None else clause_of(published_volume(pinned).policy, one.clause)


def _pinned(state: State, decision: Decision) -> Published | None:
    """The publication that a decision pins."""
    pins = decision.pins
    ours = (one for one in state.published if (one.policy, one.version) == (pins.policy, pins.policy_version))
    return next((one for one in ours if published_volume(one).policy.digest == pins.policy_digest), None)
