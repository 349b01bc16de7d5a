"""Every code block of the documentation runs, and the pages build without a warning."""

from __future__ import annotations

import doctest
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from repository import ROOT, shown

PAGES = (ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md")))
BLOCK = re.compile(r"^```(?P<kind>[\w{}-]*)[^\n]*\n(?P<body>.*?)^```$", re.MULTILINE | re.DOTALL)
RUN = {"python", "console"}
READ = {"text", "{toctree}", "clause", "markdown", "yaml", "json", "mermaid"}
"""Kinds that are shown and not run; whatever else runs, so a new kind has to be thought about."""


class Block(NamedTuple):
    """One fenced block with the line it begins at."""

    kind: str
    line: int
    body: str


def blocks(page: Path) -> Iterator[Block]:
    """The fenced blocks of a page."""
    text = page.read_text(encoding="utf-8")
    for match in BLOCK.finditer(text):
        yield Block(match["kind"], text.count("\n", 0, match.start()) + 1, match["body"])


def commands(body: str) -> Iterator[tuple[str, str]]:
    """The `$ …` lines of a console block, each with the output shown below it."""
    for part in re.split(r"^\$ ", body, flags=re.MULTILINE)[1:]:
        command, _, output = part.partition("\n")
        yield command, output.strip("\n")


def said(command: str, folder: Path) -> str:
    """Run a `goodstanding` command in a folder and give what it printed."""
    words = [str(Path(sys.executable).with_name("goodstanding")), *shlex.split(command)[1:]]
    ran = subprocess.run(words, cwd=folder, capture_output=True, check=False, text=True, timeout=120)
    return (ran.stdout + ran.stderr).strip("\n")


@pytest.mark.parametrize("page", PAGES, ids=shown)
def test_every_python_block_of_a_page_runs_one_after_the_other(page: Path) -> None:
    names: dict[str, object] = {}
    for block in blocks(page):
        if block.kind == "python":
            exec(compile(block.body, f"{shown(page)}:{block.line}", "exec"), names)  # noqa: S102  our own page


@pytest.mark.parametrize("page", PAGES, ids=shown)
def test_every_console_block_of_a_page_says_what_the_page_shows(page: Path, tmp_path: Path) -> None:
    for block in blocks(page):
        for command, output in commands(block.body) if block.kind == "console" else ():
            first = command.split()[0]
            assert first in {"make", "goodstanding"}, f"{shown(page)}:{block.line}: `{first}` is not ours to run"
            if first == "goodstanding":
                got = said(command, tmp_path)
                matches = doctest.OutputChecker().check_output(output, got, doctest.ELLIPSIS) if output else True
                assert matches, f"{shown(page)}:{block.line}: `{command}` prints\n{got}"


@pytest.mark.parametrize("page", PAGES, ids=shown)
def test_every_block_is_of_a_kind_that_is_run_or_only_shown(page: Path) -> None:
    assert [block for block in blocks(page) if block.kind not in RUN | READ] == []


def test_the_pages_build_without_a_warning(tmp_path: Path) -> None:
    build = [sys.executable, "-m", "sphinx", "-W", "--keep-going", "-q", "-b", "html", "docs", str(tmp_path)]
    ran = subprocess.run(build, cwd=ROOT, capture_output=True, check=False, text=True)
    assert ran.returncode == 0, ran.stderr
