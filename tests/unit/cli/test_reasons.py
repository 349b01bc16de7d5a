from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from unit.cli.shell import Shell

VAGUE = "We have disabled advertising for your account because of your business model."


def test_a_notice_is_checked_for_what_it_lacks(shell: Shell, golden: Callable[[str, str], None]) -> None:
    golden("cli/reasons_check.json", shell.done("reasons", "check", "examples/notice.txt", "--json").out)
    assert "clause" in shell.done("reasons", "check", "examples/notice.txt").out


def test_a_notice_may_come_from_standard_input(bare: Shell) -> None:
    said = bare("reasons", "check", "-", "--json", stdin=VAGUE.encode())
    assert said.json["present"] == [{"code": "measure", "quote": VAGUE}]


def test_a_finding_is_no_failure(bare: Shell) -> None:
    bare.write("first.txt", VAGUE)
    said = bare("reasons", "check", "first.txt", "--earlier", "first.txt", "--json")
    assert (said.code, "repeats_earlier" in said.json["warnings"]) == (0, True)


def test_a_notice_that_cannot_be_read_is_a_failure(bare: Shell) -> None:
    bare.write("first.txt", VAGUE)
    assert bare("reasons", "check", "first.txt", "--earlier", "none.txt").code == 2


def test_the_two_notices_of_2018(bare: Shell, shared: Path) -> None:
    article = (shared / "data/cases/article_2018-04.txt").read_text(encoding="utf-8")
    first = article[article.index('"At ') + 1 :]
    bare.write("first.txt", first[: first.index('."\n') + 1].replace('\n"', "\n"))
    second = article[article.index('"We continue') + 1 :]
    bare.write("second.txt", second[: second.index('."\n') + 1])
    lacks = {"clause", "facts", "source", "territory", "duration", "automation"}
    redress = {"redress_internal", "redress_out_of_court", "redress_court"}
    assert lacks | redress <= set(bare.done("reasons", "check", "first.txt", "--json").json["missing"])
    said = bare.done("reasons", "check", "second.txt", "--earlier", "first.txt", "--json").json
    assert {"repeats_earlier", "adds_nothing"} <= set(said["warnings"])
