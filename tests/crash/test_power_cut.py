from __future__ import annotations

import os
import random
import shutil
import subprocess
from pathlib import Path

import pytest

from contract.desks import made
from counts import count
from crash.record import acknowledged, command, lost
from crash.replay import Act, Disk, recording, written

HERE = Path(__file__).parent


@pytest.fixture(scope="session")
def recorder(compiler: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The recording library, compiled."""
    library = tmp_path_factory.mktemp("recorder") / "recorder.so"
    flags = ["-shared", "-fPIC", "-O2", "-Wall", "-Werror", "-U_FORTIFY_SOURCE"]
    subprocess.run([compiler, *flags, "-o", library, HERE / "recorder.c", "-ldl", "-lpthread"], check=True)
    return library


def recorded(recorder: Path, place: Path, synchronous: str) -> tuple[dict[str, bytes], list[Act]]:
    """The files of a new desk, and all that a loaded sequencer then did to them."""
    folder = made(place / "desk")
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    line = command(folder, folder / "acks", threads=4, commands=120, synchronous=synchronous, run="0")
    environment = {
        **os.environ,
        "PYTHONPATH": os.pathsep.join(["src", "tests"]),
        "LD_PRELOAD": str(recorder),
        "RECORD_FOLDER": str(folder),
        "RECORD_LOG": str(place / "log"),
    }
    subprocess.run(line, env=environment, cwd=HERE.parents[1], check=True)
    return before, recording(place / "log")


def losses(before: dict[str, bytes], acts: list[Act], place: Path, cuts: int) -> list[int]:
    """How many acknowledged entries each of so many random power cuts lost."""
    chance = random.Random(2)  # noqa: S311  the same cuts in every run
    found = []
    disk, done = Disk(before), 0
    for moment in sorted(chance.sample(range(len(acts)), cuts)):
        for act in acts[done:moment]:
            disk.take(act)
        done = moment
        folder = place / "after"
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir()
        for name, data in disk.cut(chance):
            (folder / name).write_bytes(data)
        found.append(len(lost(folder, acknowledged(written(acts[:moment], "acks")))))
    return found


@pytest.mark.slow
def test_a_power_cut_loses_no_acknowledged_entry_and_leaves_no_half_of_one(recorder: Path, tmp_path: Path) -> None:
    before, acts = recorded(recorder, tmp_path, "FULL")
    assert {act.act for act in acts} >= {b"W", b"S"}
    assert any(act.act == b"W" and act.name == "ledger.db" for act in acts), "no checkpoint of the log was recorded"
    found = losses(before, acts, tmp_path, count("power_cuts"))
    print(f"{len(found)} power cuts over {len(acts)} acts, lost: {sum(found)}")
    assert found == [0] * len(found)


@pytest.mark.slow
def test_the_same_cuts_lose_acknowledged_entries_where_sqlite_does_not_wait(recorder: Path, tmp_path: Path) -> None:
    before, acts = recorded(recorder, tmp_path, "NORMAL")
    found = losses(before, acts, tmp_path, count("power_cuts"))
    print(f"{sum(map(bool, found))} of {len(found)} power cuts lost entries")
    assert any(found)
