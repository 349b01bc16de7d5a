"""The repository as the house tests see it: its files, its modules and their syntax trees."""

from __future__ import annotations

import ast
import functools
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).parent.parent
PACKAGE: Final = ROOT / "src" / "goodstanding"

PURE: Final = (
    "errors",
    "kernel",
    "clause",
    "ledger",
    "policy",
    "evidence",
    "owners",
    "decisions",
    "reasons",
    "appeals",
    "gate",
    "formats",
    "insight",
)
"""Values in, values out: no clock, no randomness, no files, no network, no environment."""

MADE: Final = {".git", ".venv", "out", "build", "dist", "shared", "__pycache__"}
"""Folders that hold what was made or fetched, not what was written."""


@functools.cache
def modules(folder: Path) -> tuple[Path, ...]:
    """Every Python file below a folder, in order."""
    return tuple(sorted(folder.rglob("*.py")))


@functools.cache
def tree(path: Path) -> ast.Module:
    """The syntax tree of a file."""
    return ast.parse(path.read_text(encoding="utf-8"), str(path))


def pure_modules() -> tuple[Path, ...]:
    """Every module of a pure package."""
    return tuple(path for path in modules(PACKAGE) if path.relative_to(PACKAGE).parts[0].removesuffix(".py") in PURE)


def written_files() -> tuple[Path, ...]:
    """Every text file of the repository, whether or not git is here."""
    kept = (
        path
        for path in ROOT.rglob("*")
        if path.is_file()
        and not any(part in MADE or part.endswith("_cache") for part in path.relative_to(ROOT).parts)
        and path.suffix not in {".png", ".woff2", ".ico", ".pyc"}
        and not path.name.startswith(".coverage")
        and ".hypothesis" not in path.parts
    )
    return tuple(sorted(kept))


def shown(path: Path) -> str:
    """The path as messages name it."""
    return path.relative_to(ROOT).as_posix()
