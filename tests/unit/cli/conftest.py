"""A desk with its people, the policy of the pack and one open case, made once and copied for every test."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from unit.cli.shell import INIT, Shell


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder that is copied."""
    shell = Shell(tmp_path_factory.mktemp("desk"))
    shell.done("examples")
    shell.done(*INIT)
    shell.publishes()
    shell.done("case", "open", "examples/case.yaml", "--as", "ines")
    return shell.folder


@pytest.fixture
def shell(made: Path, tmp_path: Path) -> Shell:
    """A desk of the test's own, with the case `kettle` open."""
    shutil.copytree(made, tmp_path, dirs_exist_ok=True)
    return Shell(tmp_path)


@pytest.fixture
def bare(tmp_path: Path) -> Shell:
    """A folder without a desk."""
    return Shell(tmp_path)
