"""Every code block of the documentation runs, and the pages build without a warning."""

from __future__ import annotations

import doctest
import json
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from played import Demo
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


def said(command: str, folder: Path) -> tuple[str, int]:
    """Run a `goodstanding` command in a folder; give what it printed and how it ended."""
    words = [str(Path(sys.executable).with_name("goodstanding")), *shlex.split(command)[1:]]
    ran = subprocess.run(words, cwd=folder, capture_output=True, check=False, text=True, timeout=120)
    return (ran.stdout + ran.stderr).strip("\n"), ran.returncode


@pytest.fixture(scope="session")
def after_make_demo(tmp_path_factory: pytest.TempPathFactory, demo: Demo) -> Path:
    """A clone after `make demo`, as far as its `out/` goes, with a checkpoint that somebody kept out of a receipt."""
    clone = tmp_path_factory.mktemp("clone")
    shutil.copytree(demo.out, clone / "out")
    receipt = min((clone / "out" / "statements").glob("*.receipt.json"))
    kept = json.loads(receipt.read_text(encoding="utf-8"))["checkpoint"]
    (clone / "kept.txt").write_text(kept, encoding="utf-8")
    return clone


def holds(command: str, output: str, folder: Path) -> str:
    """What is wrong with a command of a page: it prints something else than shown, or it fails and shows nothing."""
    got, status = said(command, folder)
    fine = doctest.OutputChecker().check_output(output, got, doctest.ELLIPSIS) if output else status == 0
    return "" if fine else f"`{command}` ends with {status} and prints\n{got}"


@pytest.mark.parametrize("page", PAGES, ids=shown)
def test_every_python_block_of_a_page_runs_one_after_the_other(page: Path) -> None:
    names: dict[str, object] = {}
    for block in blocks(page):
        if block.kind == "python":
            exec(compile(block.body, f"{shown(page)}:{block.line}", "exec"), names)  # noqa: S102  our own page


@pytest.mark.parametrize("page", PAGES, ids=shown)
def test_every_console_block_of_a_page_says_what_the_page_shows(
    page: Path, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    for block in blocks(page):
        for command, output in commands(block.body) if block.kind == "console" else ():
            where = f"{shown(page)}:{block.line}"
            match command.split()[0]:
                case "make":
                    continue  # `tests/house` holds these against the Makefile
                case "goodstanding":
                    wrong = holds(command, output, tmp_path)
                case ".venv/bin/goodstanding":
                    wrong = holds(command, output, request.getfixturevalue("after_make_demo"))
                case first:
                    wrong = f"`{first}` is not ours to run"
            assert not wrong, f"{where}: {wrong}"


@pytest.mark.parametrize("page", PAGES, ids=shown)
def test_every_block_is_of_a_kind_that_is_run_or_only_shown(page: Path) -> None:
    assert [block for block in blocks(page) if block.kind not in RUN | READ] == []


def test_every_link_of_the_readme_leads_to_a_file_of_the_repository() -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    links = re.findall(r"\]\(([^)#]+)", text)
    assert "docs/index.md" in links
    assert [link for link in links if "://" not in link and not (ROOT / link).is_file()] == []


def test_the_pages_build_without_a_warning(tmp_path: Path) -> None:
    build = [sys.executable, "-m", "sphinx", "-W", "--keep-going", "-q", "-b", "html", "docs", str(tmp_path)]
    ran = subprocess.run(build, cwd=ROOT, capture_output=True, check=False, text=True)
    assert ran.returncode == 0, ran.stderr
