from __future__ import annotations

import errno
import os
import sqlite3
from pathlib import Path

import pytest

from goodstanding.bootstrap import open_desk
from goodstanding.cli.main import code_of
from goodstanding.cli.output import Exit
from goodstanding.errors import ConditionError, NotDurableError, SealError
from unit.cli.shell import Shell


def test_what_is_done_exits_with_0(shell: Shell) -> None:
    assert shell("case", "list").code == 0


@pytest.mark.parametrize(
    ("words", "rule"),
    [
        (("decide", "kettle", "--as", "ines"), "WhoActsHasTheRole"),
        (("decide", "kettle", "--as", "nobody"), "WhoActsIsEnrolled"),
        (("decide", "pot", "--as", "dan"), "TheCaseExists"),
        (("issue", "kettle", "--as", "dan"), "ACaseStandsForItsOnlyOne"),
        (("issue", "dec-none", "--money", "examples/money.yaml", "--as", "dan"), "TheDecisionExists"),
        (("standing", "@pots"), "TheAccountIsKnown"),
        (("case", "show", "pot"), "TheCaseExists"),
        (("case", "statement", "sor-none", "--out", "letter"), "TheStatementIsIssued"),
        (("lift", "res-none", "--reason", "over", "--as", "dan"), "OnlyWhatIsInForceIsLifted"),
        (("policy", "draft", "examples/ads.md", "--as", "ines"), "AVersionIsPublishedOnce"),
        (("policy", "publish", "ads", "--as", "ines"), "TheDraftExists"),
    ],
)
def test_a_refusal_exits_with_1_and_says_which_rule_and_what_to_do(
    shell: Shell, words: tuple[str, ...], rule: str
) -> None:
    said = shell(*words, "--json")
    assert (said.code, said.err) == (Exit.REFUSED, "")
    assert said.json["refused"]["rule"] == rule
    assert set(said.json["refused"]) == {"rule", "message", "promise", "hint"}
    plain = shell(*words)
    assert (plain.code, plain.out) == (Exit.REFUSED, "")
    assert plain.err.startswith("refused")
    assert f"  what to do: {said.json['refused']['hint']}\n" in plain.err


def test_a_refusal_names_its_promise(shell: Shell) -> None:
    shell.done("decide", "kettle", "--as", "dan")
    said = shell("approve", "kettle", "--reason", "looked again", "--as", "dan")
    assert said.err.startswith("refused [P4]: ")


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("decide", "kettle"), "nobody is named as acting: write `--as PERSON`, or set `GOODSTANDING_AS`"),
        (("decide", "kettle", "--as", " "), "nobody is named as acting"),
        (("decide",), "missing argument 'CASE'"),
        (("case", "open", "none.yaml", "--as", "ines"), "there is no file `none.yaml`"),
        (("case", "open", "examples", "--as", "ines"), "`examples` is a folder"),
        (("case", "open", "desk/keys.db", "--as", "ines"), "`desk/keys.db` is not text in UTF-8"),
        (("case", "open", "examples/case.yaml/x", "--as", "ines"), "can't be read: not a directory"),
        (("case", "open", "examples/ads.md", "--as", "ines"), "examples/ads.md:"),
        (("standing", "@kettles", "--at", "soon"), "`soon` is not a time"),
        (("case", "message", "kettle", "--text", "x", "--tells", "x", "--as", "ines"), "`x` cites nothing"),
        (("enrol", "rosa", "--as", "olu"), "`rosa` is not `id=role,role`"),
        (("enrol", "rosa=king", "--as", "olu"), "there is no role `king`"),
        (("ledger", "receipt"), "name one entry"),
        (("ledger", "receipt", "1", "--statement", "kettle"), "name one entry"),
        (("ledger", "receipt", "1", "--out", "/dev/full"), "no space left on device"),
        (("decided",), "no such command 'decided'"),
        (("appeal", "answer", "kettle", "examples/case.yaml", "--as", "rosa"), "examples/case.yaml: "),
        (("policy", "show", "examples/case.yaml"), "examples/case.yaml:1:1: "),
    ],
)
def test_what_cannot_be_read_exits_with_2_and_says_what(shell: Shell, words: tuple[str, ...], message: str) -> None:
    said = shell(*words)
    assert (said.code, said.out) == (Exit.BAD_INPUT, "")
    assert said.err.startswith("goodstanding: ")
    assert message in said.err
    assert "Traceback" not in said.err
    asked = shell(*words, "--json")
    assert asked.code == Exit.BAD_INPUT
    assert all(set(one) == {"message", "hint", "file", "line", "column"} for one in asked.json["problems"])


def test_a_full_disk_says_what_to_do(shell: Shell) -> None:
    assert "make room on the disk" in shell("ledger", "receipt", "1", "--out", "/dev/full").err


def test_problems_of_a_file_come_with_their_place(shell: Shell) -> None:
    shell.write("bad.yaml", "case: {id: pot}\nowners: [{key: a}]\n")
    problems = shell("case", "open", "bad.yaml", "--as", "ines", "--json").json["problems"]
    assert {(one["file"], one["line"]) for one in problems} == {("bad.yaml", 1), ("bad.yaml", 2)}


def test_a_group_without_a_verb_shows_its_help_and_exits_with_2(bare: Shell) -> None:
    said = bare("ledger")
    assert (said.code, said.err) == (Exit.BAD_INPUT, "")
    assert "rebuild" in said.out


def test_a_record_that_does_not_verify_exits_with_3(shell: Shell) -> None:
    with sqlite3.connect(shell.folder / "desk" / "ledger.db") as connection:
        connection.execute("UPDATE entries SET entry = CAST(replace(entry, 'opened', 'opende') AS BLOB) WHERE seq = 0")
    connection.close()
    assert shell("case", "list").code == Exit.NOT_PROVEN
    said = shell("ledger", "verify", "--json")
    assert said.code == Exit.NOT_PROVEN
    assert said.json["faults"][0]["at"] == "entry 0"
    assert "entry 0: " in shell("ledger", "verify").out
    assert shell("ledger", "rebuild").code == Exit.NOT_PROVEN


@pytest.mark.parametrize("name", ["ledger.db", "keys.db", "signing.key"])
def test_a_damaged_file_exits_with_3(shell: Shell, name: str) -> None:
    (shell.folder / "desk" / name).write_bytes(b"\xff" * 5000)
    said = shell("case", "list")
    assert said.code == Exit.NOT_PROVEN
    assert said.err.startswith("goodstanding: ")


@pytest.mark.parametrize(
    "words",
    [
        ("case", "list"),
        ("ledger", "verify"),
        ("ledger", "rebuild"),
        ("decide", "kettle", "--as", "dan"),
        ("ledger", "receipt", "1"),
    ],
)
def test_where_no_desk_is_it_exits_with_4(bare: Shell, words: tuple[str, ...]) -> None:
    said = bare(*words, "--json")
    assert said.code == Exit.NO_DESK
    assert "there is no desk at `desk`" in said.json["problems"][0]["message"]
    assert bare(*words, "--desk", "elsewhere").code == Exit.NO_DESK


def test_a_desk_that_another_holds_exits_with_4_and_names_the_process(shell: Shell) -> None:
    with open_desk(shell.folder / "desk"):
        said = shell("decide", "kettle", "--as", "dan")
        made = shell("init", "--name", "X", "--appeal-address", "x", "--small", "--court", "x", "--person", "a=officer")
    assert (said.code, made.code) == (Exit.NO_DESK, Exit.NO_DESK)
    assert f"process {os.getpid()} is the sequencer" in said.err


def test_each_kind_of_trouble_has_its_code() -> None:
    assert code_of(NotDurableError("")) is Exit.NO_DESK
    assert code_of(SealError("")) is Exit.NOT_PROVEN
    assert code_of(OSError(errno.EACCES, "no")) is Exit.BAD_INPUT
    assert code_of(ConditionError([])) is Exit.REFUSED


def test_a_read_only_desk_exits_without_a_traceback(shell: Shell, tmp_path: Path) -> None:
    (tmp_path / "desk" / "ledger.db").unlink()
    (tmp_path / "desk" / "ledger.db").mkdir()
    said = shell("case", "list")
    assert said.code == Exit.NO_DESK
    assert said.err.startswith("goodstanding: ")
