"""Counting the clauses of a policy over a table of accounts: met, not met, undecided, and which can't be counted.

It reads conditions and nothing else: grades, exemptions, the order of precedence and the scope belong to a decision. A
table holds facts as one set of grades accepts them; clauses whose `needs` differ have a table each.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

import msgspec

from goodstanding.clause.bulk.columns import Question, lacking
from goodstanding.clause.bulk.reading import refusals
from goodstanding.clause.values import ValueType
from goodstanding.errors import ConditionProblem

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime

    from sqlglot import exp

    from goodstanding.clause.bulk.reading import Column
    from goodstanding.clause.tree import Type
    from goodstanding.policy.model import Clause, Policy


class Table(Protocol):
    """Rows that an engine can query, under the name that `bulk.query` gives them."""

    def columns(self) -> tuple[Column, ...]:
        """What the table holds."""

    def one(self, query: exp.Select, progress: Callable[[float], None]) -> Sequence[int]:
        """The only row of a query; `progress` is told how much is done, from 0 to 1."""


class Counted(msgspec.Struct, frozen=True, kw_only=True):
    """On how many rows a clause is met, not met and undecided."""

    clause: str
    title: str
    met: int
    not_met: int
    undecided: int


class NotCounted(msgspec.Struct, frozen=True, kw_only=True):
    """A clause that was not counted, and why; places are inside its condition."""

    clause: str
    title: str
    problems: tuple[ConditionProblem, ...]


class PolicyCount(msgspec.Struct, frozen=True, kw_only=True):
    """What was counted over how many rows, and what was not."""

    rows: int
    counted: tuple[Counted, ...]
    not_counted: tuple[NotCounted, ...]


def count_policy(
    policy: Policy, table: Table, *, now: datetime, progress: Callable[[float], None] = lambda _: None
) -> PolicyCount:
    """Count every clause that can be read in bulk and whose columns the table holds, in one pass."""
    from goodstanding.clause.bulk.query import counts  # noqa: PLC0415  sqlglot takes a while to load

    held = table.columns()
    problems = {clause.id: _problems(clause, held) for clause in policy.clauses}
    asked = [clause for clause in policy.clauses if not problems[clause.id]]
    total, *each = table.one(counts([_question(clause) for clause in asked], now=now), progress)
    return PolicyCount(
        rows=total,
        counted=tuple(_counted(clause, total, *each[2 * place : 2 * place + 2]) for place, clause in enumerate(asked)),
        not_counted=tuple(
            NotCounted(clause=clause.id, title=clause.title, problems=problems[clause.id])
            for clause in policy.clauses
            if problems[clause.id]
        ),
    )


def _question(clause: Clause) -> Question:
    assert clause.condition is not None, clause.id  # `_problems` has told of every other clause
    return Question(name=clause.id, condition=clause.condition, bound=clause.each.name if clause.each else "")


def _counted(clause: Clause, total: int, met: int, decided: int) -> Counted:
    return Counted(clause=clause.id, title=clause.title, met=met, not_met=decided - met, undecided=total - decided)


def _problems(clause: Clause, held: tuple[Column, ...]) -> tuple[ConditionProblem, ...]:
    """Why a clause is not counted; nothing when it is."""
    if clause.condition is None:
        return (ConditionProblem(message="this clause is published only", line=1, column=1),)
    if refused := refusals(clause.condition):
        return refused
    missing = ", ".join(map(_described, lacking(_question(clause), held)))
    if not missing:
        return ()
    hint = "add the columns, NULL where nothing is known"
    return (ConditionProblem(message=f"the table lacks {missing}", line=1, column=1, hint=hint),)


def _described(column: Column) -> str:
    """A column and what it would hold: "`account.idle` (int)"."""
    if column.fields:
        return f"`{column.name}` (list of {{{', '.join(f'{name}: {_held(type_)}' for name, type_ in column.fields)}}})"
    return f"`{column.name}` ({_held(column.type)})"


def _held(type_: Type) -> str:
    """What a table holds for values of a type."""
    match type_.value:
        case ValueType.ENTITY:
            return "string, the id"
        case ValueType.DURATION:
            return "int, microseconds"
        case ValueType.LIST if type_.of is not None:
            return f"list of {_held(type_.of)}"
        case _:
            return str(type_)
