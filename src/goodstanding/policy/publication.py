"""In which way a version may be published, so that nobody is surprised (P12).

What is stricter waits for the notice period. What is nowhere stricter applies at once. Sooner only if a law requires it
or for imminent danger: that is published on the day it applies, ends in 30 days, and is not renewed. The first version
of a policy at a desk that has told nobody anything yet says what applied before it. That no one is believed is left to
`loosening`; who may publish, to `app`.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

import msgspec

from goodstanding.kernel.instants import iso
from goodstanding.policy.differences import same_meaning
from goodstanding.policy.loosening import Proof, same_form
from goodstanding.policy.model import Clause, ClauseKind, Policy
from goodstanding.policy.versions import Edition, Stricter, edition_at, first_stricter

if TYPE_CHECKING:
    from collections.abc import Sequence

URGENT_FOR = timedelta(days=30)
"""How long a version lasts that was published for imminent danger."""

_SILENT = frozenset({ClauseKind.EXEMPTION, ClauseKind.PUBLISHED_ONLY})


class Way(StrEnum):
    """The way in which a version came to apply."""

    FIRST = "first version"
    ORDINARY = "ordinary"
    LOOSENING = "loosening"
    LAW = "required by law"
    DANGER = "imminent danger"


URGENT = frozenset({Way.LAW, Way.DANGER})
"""The ways that need no notice period for what is stricter; each has a ground that is recorded."""


class Urgency(msgspec.Struct, frozen=True, kw_only=True):
    """Why a version can't wait: `way` is that of a law or of danger, `ground` names the law, or what happened."""

    way: Way
    ground: str


class Before(msgspec.Struct, frozen=True, kw_only=True):
    """What was published before: the editions as they apply now, and the texts once published for danger.

    `in_operation`: whether the desk has told anybody about a decision, or declared that it is the only one.
    """

    editions: tuple[Edition, ...]
    urgent: tuple[Policy, ...]
    in_operation: bool
    notice: timedelta


class Publication(msgspec.Struct, frozen=True, kw_only=True):
    """The way a version is published; `until`: when it ends by itself; `why`: in what it is stricter, in sentences."""

    way: Way
    until: datetime | None = None
    why: tuple[str, ...] = ()


class Surprise(msgspec.Struct, frozen=True, kw_only=True):
    """Why a version can't be published as it is: the rule, in a sentence, and what to do instead."""

    rule: str
    message: str
    hint: str


def publication(
    new: Edition, before: Before, *, urgency: Urgency | None = None, proof: Proof = same_form
) -> Publication | Surprise:
    """How a version may be published at the instant its edition names, or why it may not."""
    stricter = first_stricter(new, before.editions, proof=proof)
    first = not before.editions and not before.in_operation
    early = stricter is not None and not first and stricter.at < new.published_at + before.notice
    if stricter is not None and early:
        return _too_soon(new, before, stricter) if urgency is None else _urgent(new, before, stricter, urgency)
    if urgency is not None:
        return Surprise(
            rule="UrgencyIsForWhatCannotWait",
            message="nothing in this version is stricter before the notice period is over",
            hint="publish it without a ground of urgency",
        )
    if first:
        return Publication(way=Way.FIRST)
    if stricter is None:
        return Publication(way=Way.LOOSENING)
    return Publication(way=Way.ORDINARY, why=stricter.why)


def _too_soon(new: Edition, before: Before, stricter: Stricter) -> Surprise:
    """What is stricter waits."""
    due = iso(new.published_at + before.notice)
    return Surprise(
        rule="AChangeIsAnnouncedInTime",
        message=f"it is stricter from {iso(stricter.at)} on: {stricter.why[0]}; notice given now ends on {due}",
        hint="write a later `in_force_from`, or name the law that requires it sooner, or the imminent danger",
    )


def _urgent(new: Edition, before: Before, stricter: Stricter, urgency: Urgency) -> Publication | Surprise:
    """What a law requires sooner, or a danger."""
    if not urgency.ground.strip():
        return Surprise(
            rule="UrgencyHasAGround", message="no ground was given", hint="name the law and its date, or the danger"
        )
    if urgency.way is Way.LAW:
        return Publication(way=Way.LAW, why=stricter.why)
    start = new.period.start
    if start is None or start.date() != new.published_at.date():
        return Surprise(
            rule="WhatIsUrgentAppliesTheSameDay",
            message="it would apply only on a later day than today",
            hint="what can wait is announced; publish what cannot on the day it applies",
        )
    renewed = _renewed(new, before, start)
    if renewed is not None:
        return Surprise(
            rule="UrgencyIsNotRenewed",
            message=f"`{renewed.id}` was published for imminent danger before",
            hint="pass it the ordinary way, with its notice period",
        )
    return Publication(way=Way.DANGER, until=start + URGENT_FOR, why=stricter.why)


def _renewed(new: Edition, before: Before, at: datetime) -> Clause | None:
    """A clause that was urgent once already, and has not been passed the ordinary way since."""
    base = edition_at([one for one in before.editions if one.until is None], at)
    passed = () if base is None else base.policy.clauses
    once = [clause for policy in before.urgent for clause in brought(policy, passed)]
    return next(
        (one for one in brought(new.policy, passed) if any(one.id == c.id or same_meaning(one, c) for c in once)), None
    )


def brought(policy: Policy, passed: Sequence[Clause]) -> list[Clause]:
    """The clauses of a version that restrict something, and of which the clauses passed before hold none alike."""
    return [
        clause
        for clause in policy.clauses
        if clause.kind not in _SILENT and not any(same_meaning(clause, other) for other in passed)
    ]
