"""The claim: our SQL for 14 clauses over 10,000,000 rows costs at most 1.1 times SQL written by hand for the same.

The peer is `bulk_table.by_hand`: two-valued, and it counts only where a clause is met; both run in DuckDB on the same
Parquet file, in turns, in this run. Both have to find the same. Processor time is compared, best of the rounds, since
other work on the machine only ever adds; the seconds of the clock stand beside it.
`python benchmarks/bulk.py [FOLDER]`; it ends with 1 when the limit is passed.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path
from time import perf_counter, process_time
from typing import Final, NamedTuple

import duckdb

from bulk_table import CLAUSES, NOW, by_hand, questions, write_table
from goodstanding.clause.bulk.dialects import Dialect, written
from goodstanding.clause.bulk.query import counts

ROWS: Final = 10_000_000
LIMIT: Final = 1.1
ROUNDS: Final = 7


class Took(NamedTuple):
    """Seconds of the processors and of the clock."""

    processor: float
    clock: float


def main(folder: Path) -> int:
    """Print the ratio; 1 when the limit is passed."""
    table = folder / "accounts-10m.parquet"
    write_table(table, ROWS)
    with duckdb.connect(config={"threads": 2}) as connection:
        connection.read_parquet([str(table)]).create_view("rows")
        ours, hand = written(counts(questions(), now=NOW), Dialect.DUCKDB), by_hand("rows")
        rounds = [(timed(connection, ours), timed(connection, hand)) for _ in range(ROUNDS)]
        (total, *each), (same, *met) = (answer(connection, sql) for sql in (ours, hand))
    if (total, each[::2]) != (same, met):
        sys.stdout.write(f"the two find different things:\n{each[::2]}\n{met}\n")
        return 1
    best = [Took(*(min(values) for values in zip(*side, strict=True))) for side in zip(*rounds, strict=True)]
    for name, took in zip(("ours, three-valued", "by hand, two-valued"), best, strict=True):
        sys.stdout.write(f"{name}: {took.processor:.2f} s of the processors, {took.clock:.2f} s of the clock\n")
    ratio = best[0].processor / best[1].processor
    clock = best[0].clock / best[1].clock
    sys.stdout.write(f"{len(CLAUSES)} clauses, {total:,} rows: {ratio:.2f} (limit {LIMIT}); by the clock {clock:.2f}\n")
    return int(ratio > LIMIT)


def timed(connection: duckdb.DuckDBPyConnection, sql: str) -> Took:
    """What one query takes."""
    processor, clock = process_time(), perf_counter()
    answer(connection, sql)
    return Took(process_time() - processor, perf_counter() - clock)


def answer(connection: duckdb.DuckDBPyConnection, sql: str) -> tuple[int, ...]:
    """The only row of a query."""
    row = connection.execute(sql).fetchone()
    assert row is not None
    return row


if __name__ == "__main__":
    if sys.argv[1:]:
        sys.exit(main(Path(sys.argv[1])))
    with tempfile.TemporaryDirectory() as folder:
        sys.exit(main(Path(folder)))
