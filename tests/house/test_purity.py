"""What import-linter can't see: the builtins and submodules that would let the outside into a pure package."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from repository import pure_modules, shown, tree

BANNED_CALLS = {"open", "input", "print", "eval", "exec", "breakpoint", "__import__", "hash"}
"""`hash` differs from run to run, so nothing that is replayed may rest on it (P11)."""

BANNED_MODULES = {
    "urllib.request",
    "urllib.error",
    "urllib.robotparser",
    "uuid",
    "importlib",
    "locale",
    "shutil",
    "glob",
}
EXEMPT = {("src/goodstanding/clause/compiled/reading.py", "exec(")}
"""Code that is made of our own typed tree alone, and run without builtins: the compiled form of a condition."""
CLOCKS = {"now", "utcnow", "today"}


def impurities(module: ast.Module) -> Iterator[tuple[int, str]]:
    """Every place where the outside could come in, with its line."""
    for node in ast.walk(module):
        match node:
            case ast.Call(func=ast.Name(id=name)) if name in BANNED_CALLS:
                yield node.lineno, f"{name}("
            case ast.Call(func=ast.Attribute(value=ast.Name(id="datetime" | "date"), attr=name)) if name in CLOCKS:
                yield node.lineno, f"{name}("
            case ast.Import(names=names):
                yield from ((node.lineno, name.name) for name in names if name.name in BANNED_MODULES)
            case ast.ImportFrom(module=str(origin), names=names):
                full = {origin, *(f"{origin}.{name.name}" for name in names)}
                yield from ((node.lineno, name) for name in sorted(full & BANNED_MODULES))


@pytest.mark.parametrize("path", pure_modules(), ids=shown)
def test_a_pure_module_lets_nothing_of_the_outside_in(path: Path) -> None:
    assert [(line, what) for line, what in impurities(tree(path)) if (shown(path), what) not in EXEMPT] == []


@pytest.mark.parametrize(
    "source",
    [
        "open('x')",
        "import urllib.request",
        "from urllib import request",
        "from urllib.request import urlopen",
        "datetime.now()",
        "date.today()",
        "hash('x')",
    ],
)
def test_each_way_in_is_seen(source: str) -> None:
    assert len(list(impurities(ast.parse(source)))) == 1


def test_parsing_an_address_is_pure() -> None:
    assert not list(impurities(ast.parse("from urllib.parse import urlsplit")))
