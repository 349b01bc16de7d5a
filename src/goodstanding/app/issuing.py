"""Issue statements and, in the same transaction, impose what they state (promises P1, P2, P4, P12).

A restriction never begins before its statement is issued, and only when the statement is complete: one that is not
stops the whole act. What each effect becomes is in `imposing`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from goodstanding.app.deciding import no_such_decision
from goodstanding.app.guards import Role, lacks_role
from goodstanding.app.imposing import AS_A_PLATFORM, Act, Billing, Terms, carried_out
from goodstanding.app.library import policy_at
from goodstanding.app.ports import Command, Ids, Refusal
from goodstanding.app.state import Judged, State
from goodstanding.errors import IncompleteStatementError
from goodstanding.ledger.model import Draft

if TYPE_CHECKING:
    from datetime import datetime

    from goodstanding.kernel.ids import AccountId, ClauseId, DecisionId, PersonId

__all__ = ["AS_A_PLATFORM", "Terms", "issue"]


def issue(
    decision: DecisionId,
    *,
    by: PersonId,
    billing: Billing,
    terms: Terms = AS_A_PLATFORM,
    only: AccountId | None = None,
) -> Command[State]:
    """Issue the statements of a decision and impose what they state; `only` limits it to one account.

    An owner-wide act may run account by account; each account's part is whole. A new account of a restricted owner is
    restricted by issuing to it alone, from the instant its own statement is issued.
    """

    def run(state: State, now: datetime, ids: Ids) -> list[Draft] | Refusal:
        judged, platform = state.decisions.get(decision), state.platform
        refusal = lacks_role(state, by, Role.DECIDER)
        if refusal is not None:
            return refusal
        if judged is None or platform is None:  # whoever has a role has it at an open desk with a platform
            return no_such_decision(decision)
        refusal = _unapproved(judged) or _policy_changed(state, judged, now)
        if refusal is not None:
            return refusal
        act = Act(state=state, judged=judged, platform=platform, now=now, ids=ids, billing=billing, terms=terms)
        try:
            return list(carried_out(act, only)) or _nothing_to_issue(decision)
        except IncompleteStatementError as error:
            return Refusal(
                rule="NoRestrictionWithoutACompleteStatement",
                message=str(error),
                promise="P1",
                hint="nothing was imposed; supply what is missing and issue again",
            )

    return run


def _unapproved(judged: Judged) -> Refusal | None:
    """A decision with owner-wide effect needs its second person first (P4)."""
    if not judged.decision.high_impact or judged.approved_by is not None:
        return None
    return Refusal(
        rule="HighImpactNeedsASecondPerson",
        message=f"`{judged.decision.id}` reaches all accounts of an owner and nobody has approved it",
        hint="have another decider approve it",
        promise="P4",
    )


def _policy_changed(state: State, judged: Judged, now: datetime) -> Refusal | None:
    """A version that has lapsed or was replaced since the decision restricts nothing any more (P12)."""
    pins = judged.decision.pins
    found = policy_at(state, pins.policy, now)
    if found is not None and found.policy.digest == pins.policy_digest:
        kept = {clause.id for clause in found.policy.clauses}
        return next((_clause_gone(e.clause.id) for e in judged.decision.effects if e.clause.id not in kept), None)
    return Refusal(
        rule="ThePolicyIsStillInForce",
        message=f"`{pins.policy}` version `{pins.policy_version}`, which this rests on, is not in force any more",
        hint="decide the case again",
        promise="P12",
    )


def _clause_gone(clause: ClauseId) -> Refusal:
    """A clause that was withdrawn since the decision restricts nothing any more (P12)."""
    return Refusal(
        rule="TheClauseIsStillInForce",
        message=f"the clause `{clause}` was withdrawn since",
        hint="decide the case again",
        promise="P12",
    )


def _nothing_to_issue(decision: DecisionId) -> Refusal:
    """A decision that restricts nothing, or all of which stands already."""
    return Refusal(
        rule="OnlyWhatWasDecidedIsIssued",
        message=f"`{decision}` has nothing to issue: no effect, all of it stands already, or it was reversed",
        hint="see `case show` for its findings",
        promise="P1",
    )
