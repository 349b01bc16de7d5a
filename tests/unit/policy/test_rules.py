from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from goodstanding.kernel.instants import instant
from goodstanding.policy.model import Policy
from goodstanding.policy.rules import clause, clauses_in_force, in_force

TEXT = "## Kindness {#kindness}\n\nBe kind.\n"
MOMENT = timedelta(microseconds=1)


def test_a_version_applies_from_its_first_instant_to_before_its_last(written: Callable[[str], Policy]) -> None:
    policy = written(TEXT)
    first, last = instant("2024-01-01"), instant("2025-01-01")
    assert [in_force(policy, at) for at in (first - MOMENT, first, last - MOMENT, last)] == [False, True, True, False]


def test_a_lapsed_policy_version_restricts_nothing(written: Callable[[str], Policy]) -> None:
    policy = written(TEXT)
    assert clauses_in_force(policy, instant("2025-06-01")) == ()
    assert clauses_in_force(policy, instant("2024-06-01")) == policy.clauses


def test_a_clause_is_found_by_its_id(written: Callable[[str], Policy]) -> None:
    policy = written(TEXT)
    assert clause(policy, "kindness") is policy.clauses[0]
    assert clause(policy, "cruelty") is None
