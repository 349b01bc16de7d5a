from __future__ import annotations

import os
import random
import signal
import subprocess
import time
from pathlib import Path

import pytest

from contract.desks import made
from counts import count
from crash.record import acknowledged, command, lost

KILLS_A_DESK = 5
"""Each desk survives several kills, so that what one left is opened by the next; then a new one keeps runs short."""


def killed(folder: Path, acks: Path, run: int, after: float) -> int:
    """Load a desk, kill it that long after it was ready, and give the exit code."""
    arguments = command(folder, acks, threads=8, commands=100_000, synchronous="FULL", run=str(run))
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(["src", "tests"])}
    heard = acks.read_bytes().count(b"ready\n") if acks.exists() else 0
    with subprocess.Popen(arguments, env=environment, cwd=Path(__file__).parents[2]) as process:
        while not acks.exists() or acks.read_bytes().count(b"ready\n") == heard:
            assert process.poll() is None
            time.sleep(0.002)
        time.sleep(after)
        process.send_signal(signal.SIGKILL)
        return process.wait()


@pytest.mark.slow
def test_a_killed_desk_has_every_acknowledged_entry_whole_and_opens_without_a_hand(tmp_path: Path) -> None:
    chance = random.Random(1)  # noqa: S311  the same moments in every run
    kills, total = count("crash_kills"), 0
    for kill in range(kills):
        folder = tmp_path / f"desk-{kill // KILLS_A_DESK}"
        if kill % KILLS_A_DESK == 0:
            made(folder)
        acks = tmp_path / f"acks-{kill // KILLS_A_DESK}"
        assert killed(folder, acks, kill, chance.uniform(0, 0.15)) == -signal.SIGKILL
        heard = acknowledged(acks.read_bytes())
        assert lost(folder, heard) == []
        total += len(heard) if kill % KILLS_A_DESK == KILLS_A_DESK - 1 else 0
    assert total > kills
    print(f"{kills} kills, {total} acknowledged entries, none lost")
