from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
import typer

from goodstanding.cli.main import app
from goodstanding.cli.output import Exit
from unit.cli.shell import Shell


def verbs(command: Any = None, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], Any]]:  # noqa: ANN401  typer keeps the class of a command to itself
    """Every verb with its path."""
    command = command or typer.main.get_command(app)
    for name, inner in sorted(getattr(command, "commands", {}).items()):
        yield from verbs(inner, (*path, name))
    if not hasattr(command, "commands"):
        yield path, command


VERBS = dict(verbs())


def test_every_verb_of_the_desk_is_there() -> None:
    assert {" ".join(path) for path in VERBS} == {
        *("init", "enrol", "import restrictions", "import cut-over", "policy check", "policy show"),
        *("policy draft", "policy approve", "policy publish", "policy withdraw", "policy versions", "policy due"),
        *("policy new", "policy test", "policy explain", "policy diff", "policy fmt", "clause eval"),
        *("policy analyse", "policy count", "case remedy"),
        *("exemption grant", "exemption withdraw"),
        *("case open", "case list", "case show", "case message", "case approach", "case public", "case statement"),
        *("evidence add", "evidence resolve", "decide", "approve", "issue", "lift", "standing"),
        *("appeal file", "appeal answer", "appeal decide", "reasons check", "demo", "examples"),
        *("ledger verify", "ledger receipt", "ledger rebuild", "verify"),
    }


@pytest.mark.parametrize("path", VERBS, ids=" ".join)
def test_the_help_of_every_verb_shows_how_it_is_called(bare: Shell, path: tuple[str, ...]) -> None:
    said = bare(*path, "--help")
    assert said.code == Exit.DONE
    assert f"goodstanding {' '.join(path)}" in said.out.partition("For example")[2]
    assert re.search(r"--json\s", said.out)


@pytest.mark.parametrize("path", VERBS, ids=" ".join)
def test_every_verb_and_option_says_what_it_is_for(path: tuple[str, ...]) -> None:
    assert VERBS[path].help
    assert [each.name for each in VERBS[path].params if not each.help] == []


@pytest.mark.parametrize("path", VERBS, ids=" ".join)
def test_every_example_is_made_of_options_that_the_verb_has(path: tuple[str, ...]) -> None:
    known = {name for each in VERBS[path].params for name in each.opts}
    shown = VERBS[path].epilog.replace("goodstanding examples\n", "")
    assert set(re.findall(r"(?<=\s)--[a-z-]+", shown)) <= known


def test_the_first_page_names_the_exit_codes(bare: Shell) -> None:
    said = bare("--help").out
    assert [code.value for code in Exit if code < Exit.INTERRUPTED] == [0, 1, 2, 3, 4]
    assert all(re.search(rf"\b{code}\b", said.partition("Exit codes")[2]) for code in range(5))
