"""The demo, run once as a real process; every end-to-end test looks at what it made."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

RUN = "from goodstanding.cli.main import run; run()"


class Demo:
    """The demo's folder and what it printed with `--json`."""

    def __init__(self, out: Path, printed: dict[str, Any]) -> None:
        self.out = out
        self.printed = printed

    def on(self, case: str, date: str) -> dict[str, Any]:
        """One case on one date."""
        (found,) = [one for one in self.printed["cases"] if (one["case"], one["as_of"]) == (case, date)]
        return found

    def tried(self, case: str, words: str) -> dict[str, Any]:
        """What became of something that was tried."""
        (found,) = [one for one in self.printed["tried"] if one["case"] == case and words in one["what"]]
        return found


def goodstanding(*arguments: str, cwd: Path | None = None) -> subprocess.CompletedProcess[str]:
    """The command, as a process of its own."""
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2] / "src")}
    command = [sys.executable, "-c", RUN, *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False, env=environment, cwd=cwd)


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Demo:
    """The demo, run in a folder that holds nothing else."""
    out = tmp_path_factory.mktemp("demo") / "out"
    ran = goodstanding("demo", "--out", str(out), "--json", cwd=out.parent)
    assert ran.returncode == 0, ran.stderr
    return Demo(out, json.loads(ran.stdout))
