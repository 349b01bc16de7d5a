"""Which readings beside the verdict refuse a clause, each part at its place in the file, with the way out.

A reading says what it can't do in a function of its own; this only asks it about every condition of a policy and finds
the place. That a reading refuses a clause is no fault of the policy: the clause still decides cases.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from goodstanding.clause.tree import Condition
from goodstanding.errors import ConditionProblem, Problem
from goodstanding.kernel.ids import ClauseId
from goodstanding.policy.keys import Keys
from goodstanding.policy.sections import read_structure
from goodstanding.policy.source import Source, with_plain_line_ends
from goodstanding.policy.yaml_parts import read_table

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from goodstanding.policy.model import Clause, Policy

_KEYS = ("when", "requires", "ends")


class Refused(msgspec.Struct, frozen=True, kw_only=True):
    """One part of a clause that one reading can't do."""

    clause: ClauseId
    reading: str
    problem: Problem


def refused(
    policy: Policy, *, file: str, readings: Mapping[str, Callable[[Condition], Sequence[ConditionProblem]]]
) -> tuple[Refused, ...]:
    """Every part of a policy's conditions that one of the readings refuses, in the order of the document."""
    source = Source(file=file, text=with_plain_line_ends(policy.text))
    problems: list[Problem] = []  # a policy that was read has none
    found: list[Refused] = []
    for section, clause in zip(read_structure(source, problems).sections, policy.clauses, strict=True):
        table = read_table(section.block, source=source, problems=problems) if section.block else None
        if section.block is not None and table is not None:
            keys = Keys(table, source=source, problems=problems, whole=section.block.fence)
            for name, refusals in readings.items():
                placed = _placed(clause, keys, refusals)
                found.extend(Refused(clause=clause.id, reading=name, problem=one) for one in placed)
    return tuple(found)


def _placed(
    clause: Clause, keys: Keys, refusals: Callable[[Condition], Sequence[ConditionProblem]]
) -> Iterator[Problem]:
    """What a reading refuses of one clause, each at its place."""
    for key in _KEYS:
        condition: Condition | None = getattr(clause, key)
        text = keys.text(key)
        if condition is None or text is None:
            continue
        for one in refusals(condition):
            yield keys.source.problem(text.word(one.line, one.column), one.message, one.hint)
