"""The claim: 32 callers waiting for durability get at least half the rate at which the disk alone syncs records.

The peer is a loop that writes a record of the same size to a file and calls `fdatasync` after each, on the same disk,
in the same run. Each append is a whole command: sealed document, tree, signed checkpoint, projection rows, FULL. What
limits it is the processor, not the disk: most of it goes into canonical JSON.
`PYTHONPATH=src:tests python benchmarks/ledger_append.py [FOLDER]`
"""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from pathlib import Path
from time import perf_counter

from contract.desks import made, opened
from contract.fakes import Tally
from goodstanding.app.ports import Ids, Refusal
from goodstanding.ledger.entry import entry_bytes
from goodstanding.ledger.model import Draft, Kind

CALLERS = 32
APPENDS = 6_400
SYNCS = 1_500


def append(_state: Tally, _now: datetime, _ids: Ids) -> Sequence[Draft]:
    """A command that records one act."""
    document = {"statement": "s" * 160, "recorded": "r" * 40}
    return [Draft(kind=Kind.EVIDENCE_RECORDED, subject="own-1", clear={}, document={**document})]


def appends_a_second(folder: Path) -> tuple[float, int]:
    """The rate of acknowledged entries, and the size of one."""
    with opened(made(folder)) as ledger, ThreadPoolExecutor(CALLERS) as callers:

        def caller(_number: int) -> None:
            for _ in range(APPENDS // CALLERS):
                ledger.submit(append, actor="per-1").result()

        start = perf_counter()
        list(callers.map(caller, range(CALLERS)))
        rate = APPENDS / (perf_counter() - start)
        answer = ledger.submit(append, actor="per-1").result()
        assert not isinstance(answer, Refusal)
        return rate, len(entry_bytes(answer[0].entry))


def syncs_a_second(path: Path, size: int) -> float:
    """The rate of a loop that syncs after each record."""
    file = os.open(path, os.O_WRONLY | os.O_CREAT)
    start = perf_counter()
    for _ in range(SYNCS):
        os.write(file, b"x" * size)
        os.fdatasync(file)
    rate = SYNCS / (perf_counter() - start)
    os.close(file)
    return rate


def main(place: str | None) -> None:
    """Measure both, twice, and print the ratio of each pair."""
    with tempfile.TemporaryDirectory(dir=place) as folder:
        for turn in (1, 2):
            rate, size = appends_a_second(Path(folder) / f"desk-{turn}")
            peer = syncs_a_second(Path(folder) / f"raw-{turn}", size)
            print(
                f"{CALLERS} callers, {size} bytes: {rate:,.0f} appends/s; fdatasync a record: {peer:,.0f}/s; ", end=""
            )
            print(f"ratio {rate / peer:.2f}")


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else None)
