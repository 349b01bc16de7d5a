"""When a version of a policy applies, and which of its clauses then do (P12).

A version that lapsed, or is not yet in force, restricts nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from goodstanding.kernel.instants import Period

if TYPE_CHECKING:
    from datetime import datetime

    from goodstanding.policy.model import Clause, Policy


def in_force(policy: Policy, at: datetime) -> bool:
    """Whether a version applies at an instant; its first instant is inside, its last is not."""
    return Period(start=policy.in_force_from, end=policy.in_force_until).contains(at)


def clauses_in_force(policy: Policy, at: datetime) -> tuple[Clause, ...]:
    """The clauses that apply at an instant, in the order of the document."""
    return policy.clauses if in_force(policy, at) else ()


def clause(policy: Policy, clause_id: str) -> Clause | None:
    """The clause of that id, if there is one."""
    return next((one for one in policy.clauses if one.id == clause_id), None)
