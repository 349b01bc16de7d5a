"""The reference's list of verbs is what the commands themselves say."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from unit.cli.test_help import VERBS

MARK = "run it with --write-golden. -->\n"


def listed() -> Iterator[str]:
    """Each verb: what it does, its options, how it is called."""
    for path, command in VERBS.items():
        yield f"\n### {' '.join(path)}\n\n{command.help.strip()}\n"
        yield "\n| argument | |\n|---|---|\n"
        yield from (f"| {_called(each)} | {each.help} |\n" for each in command.params)
        if command.epilog:
            yield command.epilog.removeprefix("For example:\n") + "\n"


def _called(parameter: Any) -> str:  # noqa: ANN401  typer keeps the class of a parameter to itself
    """An argument by its name, an option as it is written."""
    return f"`{parameter.opts[0] if parameter.param_type_name == 'option' else parameter.metavar}`"


def test_the_reference_lists_every_verb_as_its_help_does(root: Path, request: pytest.FixtureRequest) -> None:
    page = root / "docs" / "reference" / "cli.md"
    head, mark, found = page.read_text(encoding="utf-8").partition(MARK)
    wanted = "".join(listed())
    if request.config.getoption("--write-golden"):
        page.write_text(head + mark + wanted, encoding="utf-8")
        found = wanted
    assert found == wanted, "docs/reference/cli.md is behind: run this test with --write-golden and read it"
