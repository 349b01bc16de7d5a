"""The command line inside the tests' own process: what it prints, and what it exits with."""

from __future__ import annotations

import contextlib
import io
import json
import re
from pathlib import Path
from typing import Any, NamedTuple

from goodstanding.cli.main import run

PEOPLE = ("ines=investigator,policy author", "dan=decider", "dea=decider", "rosa=appeal reviewer", "olu=officer")
INIT = (
    *("init", "--name", "Example Network", "--appeal-address", "https://appeals.example/"),
    *("--settlement", "The Settlement Body, https://settle.example/"),
    *("--court", "The courts of your seat, as the law of procedure says"),
    *(word for one in PEOPLE for word in ("--person", one)),
)
APPEAL = (
    *("appeal", "file", "kettle", "examples/letter.txt", "--as", "ines", "--channel", "letter"),
    *("--received", "2025-03-05", "--against", "all", "--summary", "says that the price was kept"),
    *("--question", "On which page did you read it?", "--question", "Who looked at it?"),
)
_RANDOM = re.compile(r"\b(own|acc|ad|dec|sor|res|str|app|inh|msg|drf|exe|ent)-[a-z2-7]{16}\b")
_TIME = re.compile(r"20[2-9]\d-\d\d-\d\dT\d\d:\d\d:\d\d\.\d+Z|20[2-9]\d-\d\d-\d\d \d\d:\d\d UTC")


class Said(NamedTuple):
    """What a command printed, and its exit code."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:  # noqa: ANN401  whatever shape the command documents
        """What it printed with `--json`."""
        return json.loads(self.out)


class Shell:
    """A folder to run commands in."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def __call__(self, *words: str, stdin: bytes = b"") -> Said:
        """Run one command."""
        out, err, code = io.StringIO(), io.StringIO(), 0
        with (
            contextlib.chdir(self.folder),
            contextlib.redirect_stdout(out),
            contextlib.redirect_stderr(err),
            _in(stdin),
        ):
            try:
                run(words)
            except SystemExit as leaving:
                code = int(str(leaving.code))
        return Said(code, out.getvalue(), err.getvalue())

    def done(self, *words: str) -> Said:
        """Run one command that has to succeed."""
        said = self(*words)
        assert said.code == 0, said.err
        return said

    def publishes(self, file: str = "examples/ads.md") -> None:
        """Draft a policy, have it approved, publish it."""
        draft = self.done("policy", "draft", file, "--as", "ines", "--json").json["entries"][0]["clear"]["draft"]
        self.done("policy", "approve", draft, "--reason", "read in full", "--as", "olu")
        self.done("policy", "publish", draft, "--as", "ines")

    def write(self, name: str, text: str) -> str:
        """Write a file, and give its name."""
        (self.folder / name).write_text(text, encoding="utf-8")
        return name

    def issued(self) -> None:
        """Decide the case and issue its statement."""
        self.done("decide", "kettle", "--as", "dan")
        self.done("issue", "kettle", "--money", "examples/money.yaml", "--as", "dan")

    def case(self) -> Any:  # noqa: ANN401  as documented for `case show`
        """The case as `case show --json` prints it."""
        return self.done("case", "show", "kettle", "--json").json


class _in(contextlib.redirect_stdout[io.TextIOWrapper]):  # noqa: N801  as `contextlib` names its own
    """Give standard input for a while."""

    _stream = "stdin"

    def __init__(self, given: bytes) -> None:
        super().__init__(io.TextIOWrapper(io.BytesIO(given)))


def short(document: dict[str, Any]) -> str:
    """A document with a decision in it, with the findings of one clause only: the pack has its own tests."""
    for decision in document.get("decisions", [document.get("decision")]):
        decision["findings"] = [one for one in decision["findings"] if one["clause"] == "misrepresentation"]
    return steady(json.dumps(document, indent=2, ensure_ascii=False) + "\n")


def steady(text: str) -> str:
    """A text with its random ids numbered in the order in which they come, and its times of today as `TIME`."""
    numbers: dict[str, str] = {}
    counts: dict[str, int] = {}
    for match in _RANDOM.finditer(text):
        if match[0] not in numbers:
            counts[match[1]] = counts.get(match[1], 0) + 1
            numbers[match[0]] = f"{match[1]}-{counts[match[1]]}"
    return _TIME.sub("TIME", _RANDOM.sub(lambda match: numbers[match[0]], text))
