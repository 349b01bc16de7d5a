"""By when an appeal is acknowledged and decided, and what happens when it is not (P7).

Plain calendar days from receipt; business days and the law's windows come later. INVARIANT: a deadline is recorded when
it is made and never computed anew (P11).
"""

from __future__ import annotations

from datetime import datetime, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

import msgspec

from goodstanding.kernel.ids import AppealId, PersonId, RestrictionId

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from goodstanding.appeals.model import Appeal


class Act(StrEnum):
    """What is waited for."""

    ACKNOWLEDGE = "acknowledge"
    DECIDE = "decide"


class Consequence(StrEnum):
    """What follows when a deadline passes."""

    ESCALATE = "escalate"
    SUSPEND = "suspend the restriction"
    LIFT = "lift the restriction"


class Clocks(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How long each act may take, in calendar days, who answers for it, and what follows.

    `officer`: who takes what is escalated.
    """

    acknowledge_days: int
    decide_days: int
    responsible: PersonId
    officer: PersonId
    acknowledge_else: Consequence = Consequence.ESCALATE
    decide_else: Consequence = Consequence.SUSPEND


class Deadline(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One wait: for what, until when, who answers for it, and what follows; `officer` takes what is escalated."""

    appeal: AppealId
    act: Act
    due: datetime
    responsible: PersonId
    otherwise: Consequence
    officer: PersonId


class UnderAppeal(msgspec.Struct, frozen=True, kw_only=True):
    """An appealed restriction; `may_yield` is false where its clause lets no deadline suspend or lift it.

    Never true for legal orders, sanctions, child safety, malware or deception (P7).
    """

    restriction: RestrictionId
    may_yield: bool


class Step(msgspec.Struct, frozen=True, kw_only=True):
    """What follows from a missed deadline; `restriction` is `None` where the appeal is against none."""

    deadline: Deadline
    consequence: Consequence
    restriction: RestrictionId | None
    officer: PersonId


def deadlines(appeal: Appeal, clocks: Clocks) -> tuple[Deadline, ...]:
    """The deadlines of an appeal, counted from its receipt; one recorded late may be overdue at once."""

    def deadline(act: Act, days: int, otherwise: Consequence) -> Deadline:
        return Deadline(
            appeal=appeal.id,
            act=act,
            due=appeal.received_at + timedelta(days=days),
            responsible=clocks.responsible,
            otherwise=otherwise,
            officer=clocks.officer,
        )

    return (
        deadline(Act.ACKNOWLEDGE, clocks.acknowledge_days, clocks.acknowledge_else),
        deadline(Act.DECIDE, clocks.decide_days, clocks.decide_else),
    )


def overdue(waits: Iterable[Deadline], *, done: Collection[tuple[AppealId, Act]], at: datetime) -> tuple[Deadline, ...]:
    """The deadlines that have passed with nothing done, first the oldest; what is decided need not be acknowledged."""
    late = (
        each
        for each in waits
        if each.due < at and (each.appeal, each.act) not in done and (each.appeal, Act.DECIDE) not in done
    )
    return tuple(sorted(late, key=lambda each: (each.due, each.appeal, each.act)))


def consequences(deadline: Deadline, restrictions: Iterable[UnderAppeal]) -> tuple[Step, ...]:
    """What a missed deadline leads to for each appealed restriction; what may not yield goes to the officer."""

    def step(consequence: Consequence, restriction: RestrictionId | None) -> Step:
        return Step(deadline=deadline, consequence=consequence, restriction=restriction, officer=deadline.officer)

    steps = tuple(
        step(deadline.otherwise if each.may_yield else Consequence.ESCALATE, each.restriction) for each in restrictions
    )
    return steps or (step(Consequence.ESCALATE, None),)
