"""Open a desk, enrol its people, publish its policies; say which roles a small team can't fill (P4)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from goodstanding.app.guards import Role, lacks_role
from goodstanding.app.library import volume
from goodstanding.app.ports import Command, Refusal
from goodstanding.app.state import Person, Published, State
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


def open_desk(platform: Platform) -> Command[State]:
    """Begin the record; refused on a desk that is open already."""

    def run(state: State, now: datetime, ids: Ids) -> list[Draft] | Refusal:
        del now, ids
        if state.platform is not None:
            return Refusal(
                rule="ADeskOpensOnce", message="this desk is open already", hint="use it, or choose another place"
            )
        return [
            Draft(
                kind=Kind.DESK_OPENED,
                subject=PLATFORM,
                clear={},
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


def publish(*, text: str, file: str, vocabulary: str, vocabulary_file: str, by: PersonId) -> Command[State]:
    """Publish a policy version with its vocabulary; a text with problems never gets here (it is read first)."""

    def run(state: State, now: datetime, ids: Ids) -> list[Draft] | Refusal:
        del ids
        refusal = lacks_role(state, by, Role.POLICY_AUTHOR)
        if refusal is not None:
            return refusal
        policy = volume(text, file, vocabulary, vocabulary_file).policy
        if any(p.policy == policy.id and p.version == policy.version for p in state.published):
            return Refusal(
                rule="AVersionIsPublishedOnce",
                message=f"`{policy.id}` version `{policy.version}` is published already",
                hint="give the changed text a version of its own",
                promise="P12",
            )
        published = Published(
            policy=policy.id,
            version=policy.version,
            file=file,
            text=text,
            vocabulary=vocabulary,
            vocabulary_file=vocabulary_file,
            published_at=now,
        )
        return [
            Draft(
                kind=Kind.POLICY_PUBLISHED,
                subject=PLATFORM,
                clear={"policy": policy.id, "version": policy.version},
                document=msgspec.to_builtins(published),
            )
        ]

    return run
