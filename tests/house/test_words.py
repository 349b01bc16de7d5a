"""Names say what a thing is; names that say nothing are refused, and every module says what it decides."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from repository import PACKAGE, ROOT, modules, shown, tree

EMPTY_WORDS = {
    "util",
    "utils",
    "manager",
    "helper",
    "helpers",
    "handler",
    "handlers",
    "data",
    "info",
    "processor",
    "misc",
}
WORD = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")


def words(name: str) -> set[str]:
    """The words of a snake_case or CamelCase name."""
    return {word.lower() for word in WORD.findall(name)}


@pytest.mark.parametrize("path", [*modules(PACKAGE), *modules(ROOT / "tests")], ids=shown)
def test_no_module_or_class_has_a_name_that_says_nothing(path: Path) -> None:
    names = [path.stem, *(node.name for node in ast.walk(tree(path)) if isinstance(node, ast.ClassDef))]
    assert [name for name in names if words(name) & EMPTY_WORDS] == []


def test_words_are_seen_in_both_ways_of_writing() -> None:
    assert words("NoticeHandler") == words("notice_handler") == {"notice", "handler"}


@pytest.mark.parametrize("path", modules(PACKAGE), ids=shown)
def test_every_module_says_what_it_decides(path: Path) -> None:
    assert ast.get_docstring(tree(path))


@pytest.mark.parametrize("path", modules(PACKAGE), ids=shown)
def test_every_error_of_ours_ends_in_error(path: Path) -> None:
    raised = {
        node.exc.func.id
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Raise)
        and isinstance(node.exc, ast.Call)
        and isinstance(node.exc.func, ast.Name)
        and node.exc.func.id.lstrip("_")[:1].isupper()  # a function that makes an error is named as one
    }
    assert {name for name in raised if not name.endswith("Error")} <= {"Exit", "SystemExit", "BadParameter"}
