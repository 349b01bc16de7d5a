from __future__ import annotations

import pytest

from goodstanding.appeals.clocks import (
    Act,
    Clocks,
    Consequence,
    UnderAppeal,
    consequences,
    deadlines,
    overdue,
)
from goodstanding.kernel.ids import PersonId, RestrictionId
from goodstanding.kernel.instants import instant, iso
from unit.appeals.made import APPEAL

CLOCKS = Clocks(acknowledge_days=3, decide_days=14, responsible=PersonId("lead"), officer=PersonId("officer"))
ACKNOWLEDGE, DECIDE = deadlines(APPEAL, CLOCKS)


def test_deadlines_are_calendar_days_from_receipt_with_a_person_and_a_consequence() -> None:
    assert (iso(ACKNOWLEDGE.due), ACKNOWLEDGE.otherwise) == ("2031-02-04T00:00:00Z", Consequence.ESCALATE)
    assert (iso(DECIDE.due), DECIDE.otherwise) == ("2031-02-15T00:00:00Z", Consequence.SUSPEND)
    assert {(each.responsible, each.officer) for each in (ACKNOWLEDGE, DECIDE)} == {("lead", "officer")}


@pytest.mark.parametrize(
    ("at", "late"),
    [
        ("2031-02-04", []),
        ("2031-02-04T00:00:01+00:00", [ACKNOWLEDGE]),
        ("2031-02-16", [ACKNOWLEDGE, DECIDE]),
    ],
)
def test_a_deadline_is_overdue_once_it_has_passed(at: str, late: list[object]) -> None:
    assert list(overdue([DECIDE, ACKNOWLEDGE], done=(), at=instant(at))) == late


def test_what_was_done_is_not_overdue_and_a_decision_needs_no_acknowledgement() -> None:
    waits, at = (ACKNOWLEDGE, DECIDE), instant("2031-03-01")
    assert overdue(waits, done={(APPEAL.id, Act.ACKNOWLEDGE)}, at=at) == (DECIDE,)
    assert overdue(waits, done={(APPEAL.id, Act.DECIDE)}, at=at) == ()


@pytest.mark.parametrize("otherwise", list(Consequence))
def test_what_may_not_yield_goes_to_the_officer(otherwise: Consequence) -> None:
    clocks = Clocks(
        acknowledge_days=3, decide_days=9, responsible=PersonId("a"), officer=PersonId("b"), decide_else=otherwise
    )
    _, decide = deadlines(APPEAL, clocks)
    soft, hard = RestrictionId("re-1"), RestrictionId("re-malware")
    steps = consequences(
        decide, [UnderAppeal(restriction=soft, may_yield=True), UnderAppeal(restriction=hard, may_yield=False)]
    )
    assert [(step.restriction, step.consequence, step.officer) for step in steps] == [
        (soft, otherwise, "b"),
        (hard, Consequence.ESCALATE, "b"),
    ]


def test_an_overdue_appeal_against_nothing_is_escalated() -> None:
    (step,) = consequences(DECIDE, [])
    assert (step.consequence, step.restriction) == (Consequence.ESCALATE, None)
