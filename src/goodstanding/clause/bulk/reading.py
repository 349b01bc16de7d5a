"""The bulk reading: for which of any number of accounts is a condition met?

`refusals` says what can't be read in bulk, `columns` what a table has to hold, `sql` builds the expression, one tree
for every engine, and `query` builds whole queries for the clauses of a policy. On every row the expression
is what the verdict says of the facts in that row: true for met, false for not met, NULL for undecided (P3).

It leaves running them to `storage.engines`, and to whoever fills the table which grades count: NULL is unknown.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from goodstanding.clause.bulk.columns import Column, columns
from goodstanding.clause.bulk.refusals import refusals

if TYPE_CHECKING:
    from datetime import datetime

    from sqlglot import exp

    from goodstanding.clause.tree import Condition

__all__ = ["Column", "columns", "refusals", "sql"]


def sql(condition: Condition, *, now: datetime) -> exp.Expr:
    """The expression of a condition that `refusals` does not refuse; columns stand under quoted names.

    `dialects.written` writes it for an engine; sqlglot's own dialects would leave guards out.
    """
    from goodstanding.clause.bulk.tree import expression  # noqa: PLC0415  sqlglot takes a while to load

    return expression(condition.tree, now=now)
