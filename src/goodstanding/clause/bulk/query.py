"""Queries for the clauses of a whole policy, each in one pass over the rows: how often each is met, or on which rows.

A query reads from a table that an engine calls `rows`. One row is one account and binding; a clause with `each` is
undecided on a row where it is not known what is bound.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sqlglot import exp

from goodstanding.clause.bulk.columns import Question
from goodstanding.clause.bulk.tree import expression
from goodstanding.clause.bulk.values import Sql, is_known, when

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

__all__ = ["ROWS", "Question", "counts", "masks"]

ROWS: Final = "rows"
"""What an engine calls the table."""


def counts(questions: Sequence[Question], *, now: datetime) -> exp.Select:
    """One row: the number of rows, and for each question on how many it is met and on how many it is decided."""
    inner = exp.select(*(_answer(question, now).as_(f"m{place}") for place, question in enumerate(questions)))
    each = (count for place in range(len(questions)) for count in _counted(exp.column(f"m{place}")))
    source = inner.from_(_rows()).subquery("read") if questions else _rows()
    return exp.select(exp.Count(this=exp.Star()), *each).from_(source)


def masks(questions: Sequence[Question], *, keys: Sequence[str], now: datetime) -> exp.Select:
    """For every row its key columns, and for each question true, false or NULL for undecided."""
    named = (_answer(question, now).as_(question.name, quoted=True) for question in questions)
    return exp.select(*(exp.column(key, quoted=True) for key in keys), *named).from_(_rows())


def _counted(mask: Sql) -> tuple[Sql, Sql]:
    """On how many rows a mask is true, and on how many it is decided; where it never is, some engines count NULL."""
    met = exp.Coalesce(this=exp.CountIf(this=mask), expressions=[exp.Literal.number(0)])
    return met, exp.Count(this=mask.copy())


def _rows() -> exp.Table:
    return exp.to_table(f'"{ROWS}"')


def _answer(question: Question, now: datetime) -> Sql:
    sql = expression(question.condition.tree, now=now)
    return when((is_known(exp.column(question.bound, quoted=True)), sql)) if question.bound else sql
