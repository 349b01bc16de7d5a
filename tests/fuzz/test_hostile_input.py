"""Hostile input is read or refused: never a crash, never over a second, never over 200 MB."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from counts import count
from fuzz.hostile import Hostile, hostile, sources

WORKERS = 2
WORKER = Path(__file__).with_name("worker.py")
STOPPED = {-27: "took over a second of processor time", -11: "crashed", -6: "aborted", -9: "was killed"}


@pytest.mark.slow
def test_nothing_that_is_handed_in_crashes_hangs_or_bloats(root: Path, tmp_path: Path) -> None:
    """Two processes of 200 MB each, a second of processor time for each input (`worker`)."""
    environment = {**os.environ, "PYTHONPATH": f"{root / 'src'}:{root / 'tests'}"}
    files = [tmp_path / f"seed-{number}" for number in range(WORKERS)]
    running = [
        subprocess.Popen(
            [sys.executable, WORKER, str(number), str(count("fuzzed_inputs")), str(WORKERS), file],
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for number, file in enumerate(files)
    ]
    ended = [(process, *process.communicate()) for process in running]
    for (process, printed, complaint), file in zip(ended, files, strict=True):
        print(printed)
        assert process.returncode == 0, told(process.returncode, complaint, file)


def told(code: int, complaint: str, file: Path) -> str:
    """Which input ended a worker, and how."""
    seed = int(file.read_text(encoding="ascii") or -1)
    given = shown(hostile(seed, sources())) if seed >= 0 else "before the first input"
    return f"seed {seed}: the worker {STOPPED.get(code, 'raised')}\n{complaint}\n{given}"


def shown(given: Hostile) -> str:
    """An input, its ends only where it is long."""
    text = ascii(given.content)
    return f"{given.kind} of {len(given.content)}: {text if len(text) < 4000 else text[:2000] + ' … ' + text[-2000:]}"
