"""The repository speaks only of itself, and what it says of its commands and news is true."""

from __future__ import annotations

import os
import re
import subprocess
import tomllib
from pathlib import Path

import pytest

import goodstanding
from repository import ROOT, shown, written_files

# Written in pieces, so that this file does not find itself.
HOSTS = (
    "pypi" + ".org",
    "python" + "hosted",
    "npm" + "js.",
    "arti" + "factory",
    "deb" + ".debian.org",
    "index" + "-url =",
)
PATHS = ("/wo" + "rk/", "/ro" + "ot/", "/ho" + "me/", "/Us" + "ers/", "C:" + "\\\\", "/opt/" + "py", "/t" + "mp/studio")
FRAGMENT = re.compile(r"(?:\d+|\+[a-z0-9-]+)\.(feature|change|fix|removal|docs)(?:\.\d+)?\.md")


def targets() -> set[str]:
    """The targets of the Makefile that people may call."""
    return set(re.findall(r"^([a-z-]+):.*## ", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))


@pytest.mark.parametrize("path", written_files(), ids=shown)
def test_no_file_names_an_index_host_or_a_path_of_a_machine(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert [word for word in (*HOSTS, *PATHS) if word in text] == []


def test_every_make_command_that_is_told_exists() -> None:
    told = {
        (shown(path), target)
        for path in (ROOT / "README.md", ROOT / ".ci" / "run", *(ROOT / "docs").rglob("*.md"))
        for line in re.findall(
            r"`make ([a-z-]+)|^\s*(?:\$ )?make ([a-z-]+)", path.read_text(encoding="utf-8"), re.MULTILINE
        )
        for target in line
        if target
    }
    assert {("README.md", "demo"), ("README.md", "test"), (".ci/run", "test")} <= told
    assert [pair for pair in sorted(told) if pair[1] not in targets()] == []


def test_every_news_fragment_is_a_sentence_under_a_known_kind() -> None:
    fragments = sorted((ROOT / "news").glob("[!.]*"))
    assert fragments
    for path in fragments:
        text = path.read_text(encoding="utf-8").strip()
        assert FRAGMENT.fullmatch(path.name), f"`{path.name}` is not `<issue>.<kind>.md`"
        assert text.endswith("."), f"`{path.name}` does not end in a full stop"
        assert text[0].isupper() or text[0] == "`", f"`{path.name}` does not begin a sentence"
        assert "\n\n" not in text, f"`{path.name}` is more than one paragraph"


def test_the_version_stands_in_one_place_more_and_agrees() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert project["version"] == goodstanding.__version__


def test_every_dependency_has_its_reason() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    reasons = (ROOT / "docs" / "adr" / "dependencies.md").read_text(encoding="utf-8")
    asked = [
        *project["project"]["dependencies"],
        *project["dependency-groups"]["dev"],
        *project["dependency-groups"]["build"],
        *project["dependency-groups"]["peers"],
        *project["project"]["optional-dependencies"]["spark"],
    ]
    names = [re.split(r"[<>=~\[; ]", requirement, maxsplit=1)[0] for requirement in asked]
    assert [name for name in names if f"| `{name}` |" not in reasons] == []
    assert set(re.findall(r"^\| `([^`]+)` \|", reasons, re.MULTILINE)) == set(names)


def test_every_line_of_a_lock_is_held_by_a_hash() -> None:
    for path in sorted((ROOT / "requirements").glob("*.txt")):
        lines = path.read_text(encoding="utf-8").splitlines()
        pinned = [line for line in lines if re.match(r"[a-z0-9]", line)]
        assert pinned
        assert all("==" in line and line.endswith("\\") for line in pinned)
        assert [line for line in lines if "://" in line] == []


@pytest.mark.parametrize("name", [".ci/run", ".ci/system-packages", "scripts/lock"])
def test_a_script_can_be_started_and_is_well_formed(name: str) -> None:
    assert os.access(ROOT / name, os.X_OK)
    assert subprocess.run(["bash", "-n", str(ROOT / name)], capture_output=True, check=False).returncode == 0


def test_an_excuse_has_its_reason_in_place() -> None:
    bare = re.compile(
        r"# (?:noqa: [A-Z0-9, ]+|type: ignore\[[a-z-]+(?:, ?[a-z-]+)*\])\s*$|# noqa\s*$|# type: ignore\s*$"
    )
    excuses = [
        f"{shown(path)}:{number}"
        for path in written_files()
        if path.suffix == ".py"
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if bare.search(line)
    ]
    assert excuses == []
