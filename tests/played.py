"""The command as a process of its own, the demo, and what it made."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from repository import ROOT
from unit.cli.shell import Shell

RUN = "from goodstanding.cli.main import run; run()"


class Demo:
    """The demo's folder and what it printed with `--json`."""

    def __init__(self, out: Path, printed: dict[str, list[dict[str, Any]]]) -> None:
        self.out = out
        self.printed = printed

    @classmethod
    def played(cls, folder: Path) -> Demo:
        """Play it in the tests' own process, where what it reaches is counted."""
        printed = Shell(folder).done("demo", "--out", "out", "--json").json
        return cls(folder / "out", printed)

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
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src")}
    command = [sys.executable, "-c", RUN, *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False, env=environment, cwd=cwd)
