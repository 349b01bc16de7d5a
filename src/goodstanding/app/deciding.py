"""Decide a matter and have it approved (P3, P4, P11); nothing is in force by this alone."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import msgspec

from goodstanding.app.exempting import granted_to
from goodstanding.app.guards import Role, first, lacks_role, no_such_case
from goodstanding.app.holdings import what_it_is_called
from goodstanding.app.library import Volume, policy_at
from goodstanding.app.measured import NO_OTHER_COUNT, measured, rested_on
from goodstanding.app.ports import Command, Refusal
from goodstanding.app.state import State
from goodstanding.app.strikes import live_strikes
from goodstanding.decisions.bench import Bench
from goodstanding.decisions.model import WITH_REMEDIES, Automation, Decision, Matter, Origin
from goodstanding.decisions.remedies.rules import Prospect, with_remedies
from goodstanding.decisions.rules import decide
from goodstanding.evidence.model import Dossier
from goodstanding.kernel.ids import DecisionId
from goodstanding.ledger.model import Draft, Kind

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from goodstanding.app.ports import Ids
    from goodstanding.clause.model import Cell
    from goodstanding.kernel.ids import CaseId, PersonId

BY_HAND = Automation(detection=False, decision=False)


def decide_case(
    case: CaseId,
    *,
    policy: str,
    by: PersonId,
    origin: Origin = Origin.OWN_INITIATIVE,
    automation: Automation = BY_HAND,
) -> Command[State]:
    """Read every clause of a policy against a case as it is known now, and record the decision."""

    def run(state: State, now: datetime, ids: Ids) -> list[Draft] | Refusal:
        refusal = first(lacks_role(state, by, Role.DECIDER), no_such_case(state, case))
        if refusal is not None:
            return refusal
        found = policy_at(state, policy, now)
        if found is None:
            return Refusal(
                rule="APolicyIsInForce",
                message=f"no published version of `{policy}` is in force now",
                hint="publish one; a version in draft, lapsed or not yet in force restricts nothing",
                promise="P12",
            )
        matter = matter_of(state, case, at=now, origin=origin, automation=automation)
        name = DecisionId(ids.new("dec"))
        decision = decided(state, matter, found, name=name, by=by)
        rests_on = rested_on(
            state, decision, lambda strikes: judged(state, matter, found, name=name, by=by, strikes=strikes)
        )
        return [
            Draft(
                kind=Kind.DECISION_MADE,
                case=case,
                subject=matter.owner,
                clear={
                    "decision": decision.id,
                    "high_impact": decision.high_impact,
                    "rests_on": {fact: [list(names) for names in sets] for fact, sets in rests_on.items()},
                },
                document={"decision": msgspec.to_builtins(decision)},
            )
        ]

    return run


def matter_of(state: State, case: CaseId, *, at: datetime, origin: Origin, automation: Automation) -> Matter:
    """The matter of a case as of an instant."""
    opened = state.cases[case]
    return Matter(case=case, owner=opened.owner, ads=tuple(opened.ads), origin=origin, automation=automation, at=at)


def judged(
    state: State,
    matter: Matter,
    found: Volume,
    *,
    name: DecisionId,
    by: PersonId,
    strikes: Mapping[Cell, int] = NO_OTHER_COUNT,
) -> Decision:
    """The decision on a matter from what the state holds; it records nothing, so forecasts and replays use it too."""
    bench = bench_of(state, matter, found, strikes=strikes)
    return decide(matter, found.policy, bench, name=name, by=by)


def decided(state: State, matter: Matter, found: Volume, *, name: DecisionId, by: PersonId) -> Decision:
    """The decision on a matter with its remedies, as it is recorded."""

    def later(at: datetime) -> Bench:
        return bench_of(state, msgspec.structs.replace(matter, at=at), found)

    ends = {strike.period.end for strike in live_strikes(state, matter.owner, matter.at)}
    moments = tuple(sorted(end for end in ends if end is not None))
    prospect = Prospect(now=later(matter.at), at=later, moments=moments)
    return with_remedies(judged(state, matter, found, name=name, by=by), found.policy, prospect)


def bench_of(state: State, matter: Matter, found: Volume, *, strikes: Mapping[Cell, int] = NO_OTHER_COUNT) -> Bench:
    """What the state holds for a matter as of its instant."""
    of_record = measured(state, matter.owner, found.vocabulary, matter.at, strikes=strikes)
    dossier = state.dossiers.get(matter.owner, Dossier()).extended(of_record)
    return Bench(
        vocabulary=found.vocabulary,
        dossier=dossier,
        holdings=state.holdings,
        owner=matter.owner,
        at=matter.at,
        names=partial(what_it_is_called, state, dossier),
        routine=frozenset(piece.id for piece in of_record.evidence),
        granted=granted_to(state, matter.owner, matter.at),
    )


def approve(decision: DecisionId, *, by: PersonId, reason: str) -> Command[State]:
    """Approve a decision as the second person; whoever decided it can't (P4)."""

    def run(state: State, now: datetime, ids: Ids) -> list[Draft] | Refusal:
        del now, ids
        found = state.decisions.get(decision)
        if found is None:
            return lacks_role(state, by, Role.DECIDER) or no_such_decision(decision)
        refusal = first(lacks_role(state, by, Role.DECIDER), _same_person(found.decision, by))
        if refusal is not None:
            return refusal
        return [
            Draft(
                kind=Kind.DECISION_APPROVED,
                case=found.decision.matter.case,
                subject=found.decision.matter.owner,
                clear={"decision": decision},
                document={"by": by, "reason": reason},
            )
        ]

    return run


def _same_person(decision: Decision, by: PersonId) -> Refusal | None:
    """Whoever decided can't be the second person."""
    if decision.decided_by != by:
        return None
    return Refusal(
        rule="WhoDecidedCannotApprove",
        message=f"`{by}` made the decision `{decision.id}`",
        hint="another decider has to look at it",
        promise="P4",
    )


def no_such_decision(decision: DecisionId) -> Refusal:
    """The refusal of a command on a decision that was never made."""
    return Refusal(rule="TheDecisionExists", message=f"there is no decision `{decision}`", hint="decide the case first")


def replayed(before: State, decision: Decision) -> Decision | Refusal:
    """The same decision made again from the state before it; equal bytes prove that nothing else went in (P11)."""
    found = policy_at(before, decision.pins.policy, decision.matter.at)
    pinned = (decision.pins.policy_digest, decision.pins.vocabulary_digest)
    if found is None or (found.policy.digest, found.vocabulary.digest) != pinned:
        return Refusal(
            rule="WhatWasPinnedIsThere",
            message=f"the policy text that `{decision.id}` pins is not on this record",
            hint="replay it on the record that it was made on",
            promise="P11",
        )
    again = decided if decision.pins.format == WITH_REMEDIES else judged
    return again(before, decision.matter, found, name=decision.id, by=decision.decided_by)
