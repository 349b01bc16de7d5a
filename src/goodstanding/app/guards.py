"""What every use case asks first: does the case exist, and may this person do this?"""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from goodstanding.app.ports import Refusal

if TYPE_CHECKING:
    from goodstanding.app.state import State
    from goodstanding.kernel.ids import CaseId, PersonId


class Role(StrEnum):
    """What a person may do at the desk; one person may have several, never two in one decision (P4)."""

    POLICY_AUTHOR = "policy author"
    INVESTIGATOR = "investigator"
    DECIDER = "decider"
    APPEAL_REVIEWER = "appeal reviewer"
    OFFICER = "officer"


def unknown_person(state: State, person: PersonId) -> Refusal | None:
    """A refusal unless this person is enrolled."""
    if person in state.people:
        return None
    return Refusal(
        rule="WhoActsIsEnrolled",
        message=f"`{person}` is not enrolled at this desk",
        hint="have the person enrolled with `goodstanding enrol`, or act `--as` somebody who is",
    )


def lacks_role(state: State, person: PersonId, role: Role) -> Refusal | None:
    """A refusal unless this person is enrolled with this role."""
    refusal = unknown_person(state, person)
    if refusal is not None or role in state.people[person].roles:
        return refusal
    return Refusal(
        rule="WhoActsHasTheRole",
        message=f"`{person}` is not {_article(role)} {role}",
        hint=f"one of these may: {', '.join(_with_role(state, role)) or 'nobody yet'}",
    )


def no_such_case(state: State, case: CaseId) -> Refusal | None:
    """A refusal unless the case is open at this desk."""
    if case in state.cases:
        return None
    return Refusal(
        rule="TheCaseExists",
        message=f"there is no case `{case}`",
        hint=f"known cases: {', '.join(sorted(state.cases)) or 'none yet'}",
    )


def first(*refusals: Refusal | None) -> Refusal | None:
    """The first refusal there is."""
    return next((refusal for refusal in refusals if refusal is not None), None)


def _with_role(state: State, role: Role) -> list[str]:
    """The people who have a role, by id."""
    return sorted(person.id for person in state.people.values() if role in person.roles)


def _article(word: str) -> str:
    """`a` or `an`."""
    return "an" if word[0] in "aeiou" else "a"
