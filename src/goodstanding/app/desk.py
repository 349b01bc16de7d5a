"""Open a desk and enrol its people; say which roles a small team can't fill (P4)."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import msgspec

from goodstanding.app.guards import Role, lacks_role
from goodstanding.app.ports import Command, Refusal
from goodstanding.app.state import NOTICE, Person, State
from goodstanding.ledger.model import Draft, Kind

if TYPE_CHECKING:
    from datetime import datetime

    from goodstanding.app.ports import Ids
    from goodstanding.kernel.ids import PersonId
    from goodstanding.reasons.issue import Platform

PLATFORM = "platform"
"""The subject whose key seals what is about the desk itself."""


class Gap(msgspec.Struct, frozen=True, kw_only=True):
    """A duty that the enrolled people cannot fill, and what it means until they can."""

    duty: str
    consequence: str


def open_desk(platform: Platform, *, notice: timedelta = NOTICE) -> Command[State]:
    """Begin the record; refused on a desk that is open already.

    `notice`: how long ahead what is stricter in a policy is published, in whole days; it is fixed with the first entry.
    """

    def run(state: State, now: datetime, ids: Ids) -> list[Draft] | Refusal:
        del now, ids
        if state.platform is not None:
            return Refusal(
                rule="ADeskOpensOnce", message="this desk is open already", hint="use it, or choose another place"
            )
        if notice < timedelta(days=1):
            return Refusal(
                rule="AChangeIsAnnouncedInTime",
                message="the notice period of policies is shorter than a day",
                hint="give a number of days, such as 15",
                promise="P12",
            )
        return [
            Draft(
                kind=Kind.DESK_OPENED,
                subject=PLATFORM,
                clear={"policy_notice_days": notice.days},
                document={"platform": msgspec.to_builtins(platform)},
            )
        ]

    return run


def enrol(person: Person, *, by: PersonId) -> Command[State]:
    """Enrol a person with roles; enrolling again replaces the roles. Once there is an officer, only an officer may."""

    def run(state: State, now: datetime, ids: Ids) -> list[Draft] | Refusal:
        del now, ids
        has_officer = any(Role.OFFICER in enrolled.roles for enrolled in state.people.values())
        refusal = lacks_role(state, by, Role.OFFICER) if has_officer else None
        if refusal is not None:
            return refusal
        unknown = sorted(set(person.roles) - set(Role))
        if unknown:
            return Refusal(
                rule="RolesAreKnown",
                message=f"there is no role `{unknown[0]}`",
                hint=f"the roles are: {', '.join(Role)}",
            )
        return [
            Draft(
                kind=Kind.PERSON_ENROLLED,
                subject=PLATFORM,
                clear={"person": person.id, "roles": list(person.roles), "outside": person.outside},
                document={"person": msgspec.to_builtins(person)},
            )
        ]

    return run


def gaps(people: tuple[Person, ...]) -> tuple[Gap, ...]:
    """The duties of P4 that these people cannot fill independently of each other."""
    found = []
    deciders = {p.id for p in people if Role.DECIDER in p.roles}
    reviewers = {p.id for p in people if Role.APPEAL_REVIEWER in p.roles}
    authors = {p.id for p in people if Role.POLICY_AUTHOR in p.roles}
    readers = authors | {p.id for p in people if Role.OFFICER in p.roles}
    if not any(readers - {author} for author in authors):
        found.append(Gap(duty="approve a policy that another drafted", consequence="no policy can be published"))
    if not deciders:
        found.append(Gap(duty="decide", consequence="nothing can be restricted"))
    if len(deciders) < 2:  # noqa: PLR2004  "a second person" is the promise
        found.append(Gap(duty="approve as a second person", consequence="no owner-wide restriction can be issued"))
    if not any(len(deciders - {reviewer}) >= 2 for reviewer in reviewers):  # noqa: PLR2004  decider and approver
        found.append(
            Gap(
                duty="review appeals independently",
                consequence="appeals against high-impact decisions go to a named outside reviewer; the party is told",
            )
        )
    if not any(Role.OFFICER in p.roles for p in people):
        found.append(Gap(duty="answer for overdue clocks", consequence="legal orders and sanctions escalate to nobody"))
    return tuple(found)
