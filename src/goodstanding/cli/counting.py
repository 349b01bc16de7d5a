"""`policy count`: how many accounts meet each clause, over a table of any size."""

from __future__ import annotations

import io
import sys
from contextlib import contextmanager
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import msgspec
import typer
from rich.console import Console
from rich.progress import Progress
from rich.table import Table

from goodstanding.app.bulk import count_policy
from goodstanding.bootstrap import SystemClock, open_table
from goodstanding.cli.acting import example, time
from goodstanding.cli.output import WIDEST, AsJson, show
from goodstanding.cli.policy_files import PolicyFile, VocabularyFile, opened
from goodstanding.kernel.instants import iso

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from goodstanding.app.bulk import PolicyCount


class Engine(StrEnum):
    """What reads the table."""

    DUCKDB = "duckdb"
    SPARK = "spark"


def add_to(app: typer.Typer) -> None:
    """Put the verb among those of `policy`."""
    app.command(
        "count",
        epilog=example(
            "goodstanding policy count ads.md accounts.parquet",
            "goodstanding policy count ads.md accounts.parquet --as-of 2026-06-01 --json",
        ),
    )(count_rows)


def count_rows(
    *,
    file: PolicyFile,
    table: Annotated[Path, typer.Argument(metavar="TABLE", help="A Parquet file, or a folder of them.")],
    vocabulary: VocabularyFile = None,
    as_of: Annotated[
        datetime | None, typer.Option("--as-of", parser=time, metavar="TIME", help="What `now` is; now by default.")
    ] = None,
    engine: Annotated[Engine, typer.Option("--engine", help="What reads the table.")] = Engine.DUCKDB,
    as_json: AsJson = False,
) -> None:
    """Count on how many rows each clause is met, not met and undecided, in one pass.

    Columns are called `account.days_overdue`, one for each fact; NULL is unknown. What can't be counted is named with
    the reason. Only conditions are read: exemptions, grades and scope belong to a decision.
    """
    policy = opened(file, vocabulary).policy
    now = as_of or SystemClock().now()
    with _progress() as progress, open_table(table, engine=engine.value) as rows:
        count = count_policy(policy, rows, now=now, progress=progress)
    head = {"policy": policy.id, "version": policy.version, "as_of": iso(now), "engine": engine.value}
    show({**head, **msgspec.to_builtins(count)}, shown_count(count), as_json=as_json)


@contextmanager
def _progress() -> Iterator[Callable[[float], None]]:
    """A bar on a terminal, nothing elsewhere."""
    with Progress(console=Console(stderr=True), transient=True, disable=not sys.stderr.isatty()) as bar:
        task = bar.add_task("counting", total=1.0)
        yield lambda done: bar.update(task, completed=done)


def shown_count(count: PolicyCount) -> str:
    """The counts as a table, and below it what was not counted and why."""
    page = io.StringIO()
    console = Console(file=page, highlight=False, markup=False, width=WIDEST)
    if count.counted:
        table = Table("clause", box=None, pad_edge=False)
        for name in ("met", "not met", "undecided"):
            table.add_column(name, justify="right")
        for one in count.counted:
            table.add_row(one.clause, f"{one.met:,}", f"{one.not_met:,}", f"{one.undecided:,}")
        console.print(table)
    console.print(f"{count.rows:,} rows")
    for left in count.not_counted:
        console.print(f"\nnot counted: {left.clause}", soft_wrap=True)
        for problem in left.problems:
            console.print(f"  {problem.message}", soft_wrap=True)
            if problem.hint:
                console.print(f"    what to do: {problem.hint}", soft_wrap=True)
    return "\n".join(line.rstrip() for line in page.getvalue().splitlines()) + "\n"
