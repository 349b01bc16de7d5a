"""The claim: 14 clauses over 1,000,000,000 rows on this machine, in a process that never holds 1 GB.

The limit is the 1 GB. The rows are a file of 10,000,000 that is named 100 times to the engine: it reads, unpacks and
evaluates every one of them a hundred times over, though the disk's cache helps. The child process prints its own peak.
`python benchmarks/bulk_billion.py [FOLDER] [TIMES]`; it ends with 1 when the limit is passed.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path
from resource import RUSAGE_SELF, getrusage
from time import perf_counter
from typing import Final

from bulk_table import CLAUSES, NOW, questions
from goodstanding.clause.bulk.query import counts
from goodstanding.storage.engines.duckdb import Limits, open_duckdb

ROWS: Final = 10_000_000
LIMIT: Final = 1_000_000_000
"""Bytes."""


def child(table: Path, times: int) -> None:
    """Count, and print what it took."""
    start = perf_counter()
    with open_duckdb([table] * times, limits=Limits(memory="600MB")) as opened:
        total, *each = opened.one(counts(questions(), now=NOW), lambda _: None)
    seconds = perf_counter() - start
    peak = getrusage(RUSAGE_SELF).ru_maxrss * 1024
    for place, name in enumerate(CLAUSES):
        met, decided = each[2 * place : 2 * place + 2]
        sys.stdout.write(f"  {name}: {met:,} met, {decided - met:,} not met, {total - decided:,} undecided\n")
    sys.stdout.write(
        f"{total:,} rows, {len(CLAUSES)} clauses: {seconds:.0f} s, peak {peak / 1e6:.0f} MB, "
        f"{peak / LIMIT:.2f} of the limit\n"
    )
    sys.exit(int(peak >= LIMIT or total != ROWS * times))


def main(folder: Path, times: int) -> int:
    """Write the table, and start the child, whose memory holds nothing of it."""
    table = folder / "accounts-10m.parquet"
    write = "from bulk_table import Path, write_table; import sys; write_table(Path(sys.argv[1]), int(sys.argv[2]))"
    here = Path(__file__).parent
    subprocess.run([sys.executable, "-c", write, str(table), str(ROWS)], cwd=here, check=True)  # noqa: S603  ourselves
    return subprocess.run([sys.executable, __file__, "--child", str(table), str(times)], check=False).returncode  # noqa: S603  ourselves


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["--child", table, times]:
            child(Path(table), int(times))
        case [folder, *rest]:
            sys.exit(main(Path(folder), int(rest[0]) if rest else 100))
        case _:
            with tempfile.TemporaryDirectory() as folder:
                sys.exit(main(Path(folder), 100))
