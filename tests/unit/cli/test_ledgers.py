from __future__ import annotations

import os
import subprocess
import sys

import pytest

from goodstanding.ledger.receipt import read_receipt
from unit.cli.shell import Shell


def test_a_whole_record_has_no_faults(shell: Shell) -> None:
    assert shell.done("ledger", "verify", "--json").json == {"faults": []}
    assert "is what was written" in shell.done("ledger", "verify").out


def test_a_record_is_held_against_a_key_and_a_checkpoint_that_were_kept(shell: Shell) -> None:
    receipt = shell.done("ledger", "receipt", "3", "--json").json
    shell.write("kept.txt", receipt["checkpoint"])
    shell.done("ledger", "verify", "--key", "desk/public.vkey", "--checkpoint", "kept.txt")
    assert shell("ledger", "verify", "--key", "examples/letter.txt").code == 3


def test_a_receipt_is_printed_or_written(shell: Shell) -> None:
    printed = shell.done("ledger", "receipt", "3").out
    assert read_receipt(printed.encode()).index == 3
    assert shell.done("ledger", "receipt", "3", "--json").json["index"] == 3
    assert shell.done("ledger", "receipt", "3", "--out", "r.json", "--json").json == {"written": "r.json", "seq": 3}
    assert (shell.folder / "r.json").read_text(encoding="utf-8") == printed
    assert shell("ledger", "receipt", "3000").code == 4


def test_a_receipt_is_found_by_its_statement(shell: Shell) -> None:
    shell.issued()
    (one,) = shell.case()["restrictions"]
    for name in ("kettle", one["statement"]):
        said = shell.done("ledger", "receipt", "--statement", name, "--out", "r.json")
        assert f"entry {one['seq']} is in r.json" in said.out


def test_projections_are_made_anew(shell: Shell) -> None:
    rows = shell.done("ledger", "rebuild", "--json").json["rows"]
    assert f"{rows} projection rows" in shell.done("ledger", "rebuild").out
    shell.done("ledger", "verify")


def piped(shell: Shell, stdout: int, *words: str) -> subprocess.CompletedProcess[bytes]:
    """The command as a process of its own, since it gives its standard output up."""
    command = [sys.executable, "-c", "from goodstanding.cli.main import run; run()", *words]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    return subprocess.run(
        command, stdout=stdout, stderr=subprocess.PIPE, cwd=shell.folder, env=environment, check=False
    )


@pytest.mark.parametrize("words", [("policy", "show", "examples/ads.md"), ("case", "list")], ids=" ".join)
def test_a_reader_who_has_gone_is_no_trouble(shell: Shell, words: tuple[str, ...]) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    ran = piped(shell, writing, *words)
    os.close(writing)
    assert (ran.returncode, ran.stderr) == (1, b"")


@pytest.mark.parametrize("words", [("policy", "show", "examples/ads.md"), ("case", "list")], ids=" ".join)
def test_output_that_finds_no_room_is_told(shell: Shell, words: tuple[str, ...]) -> None:
    full = os.open("/dev/full", os.O_WRONLY)
    ran = piped(shell, full, *words)
    os.close(full)
    assert (ran.returncode, ran.stderr.splitlines()[0]) == (2, b"goodstanding: no space left on device")
