from __future__ import annotations

from collections.abc import Callable

from goodstanding.bootstrap import create_desk
from unit.cli.shell import INIT, PEOPLE, Shell

SMALL = ("init", "--name", "Small Shop", "--appeal-address", "post", "--court", "ours", "--small")


def test_a_team_that_fills_every_role_has_no_gaps(bare: Shell, golden: Callable[[str, str], None]) -> None:
    said = bare.done(*INIT, "--json")
    golden("cli/init.json", said.out)


def test_a_small_team_is_told_what_it_cannot_do(bare: Shell, golden: Callable[[str, str], None]) -> None:
    people = ("--person", "ann=decider,investigator", "--person", "ben=appeal reviewer")
    golden("cli/init_small.txt", bare.done(*SMALL, *people).out)
    again = bare(*SMALL, *people, "--desk", "other", "--json")
    assert [gap["duty"] for gap in again.json["gaps"]] == [
        "approve a policy that another drafted",
        "approve as a second person",
        "review appeals independently",
        "answer for overdue clocks",
    ]


def test_a_desk_opens_once(bare: Shell) -> None:
    bare.done(*INIT)
    said = bare(*INIT, "--json")
    assert (said.code, said.json["refused"]["rule"]) == (1, "ADeskOpensOnce")


def test_a_making_that_was_cut_off_is_taken_up(bare: Shell) -> None:
    create_desk(bare.folder / "desk", origin="desk.example/record")
    bare.done(*INIT)
    assert bare.done("case", "list", "--json").json == []


def test_a_role_that_is_none_makes_no_desk(bare: Shell) -> None:
    assert bare(*SMALL, "--person", "ann=king").code == 2
    assert not (bare.folder / "desk").exists()


def test_a_name_that_no_key_can_have_makes_no_desk(bare: Shell) -> None:
    said = bare(*INIT, "--origin", "two words")
    assert (said.code, "`two words` can't name a key" in said.err) == (2, True)
    assert not (bare.folder / "desk").exists()


def test_who_neither_names_a_settlement_body_nor_is_small_makes_no_desk(bare: Shell) -> None:
    said = bare(*(word for word in SMALL if word != "--small"), "--person", PEOPLE[0])
    assert (said.code, "'--settlement'" in said.err) == (2, True)


def test_a_small_platform_can_issue_without_an_out_of_court_body(bare: Shell) -> None:
    bare.done("examples")
    bare.done(*SMALL, *(word for one in PEOPLE for word in ("--person", one)))
    bare.publishes()
    bare.done("case", "open", "examples/case.yaml", "--as", "ines")
    bare.issued()
    bare.done("case", "statement", "kettle", "--out", "letter")
    (text,) = (bare.folder / "letter").glob("*.txt")
    assert "micro or small enterprise" in " ".join(text.read_text(encoding="utf-8").split())


def test_somebody_enrolled_may_act(shell: Shell) -> None:
    assert shell("decide", "kettle", "--as", "max").code == 1
    said = shell.done("enrol", "max=decider", "--outside", "--as", "olu", "--json")
    assert said.json["entries"][0]["clear"] == {"person": "max", "roles": ["decider"], "outside": True}
    shell.done("decide", "kettle", "--as", "max")


def test_older_restrictions_are_imported_until_cut_over(shell: Shell) -> None:
    words = ("import", "restrictions", "examples/older.yaml", "--case", "kettle", "--as", "ines", "--json")
    assert shell.done(*words).json["entries"][0]["kind"] == "restriction.inherited"
    shell.done("import", "cut-over", "--as", "olu")
    assert shell(*words).json["refused"]["rule"] == "NothingIsInheritedAfterCutOver"
    assert "to be restated or lifted by 2099-01-31" in shell.done("case", "show", "kettle").out


def test_files_are_read_only_once_a_policy_gives_the_words(bare: Shell) -> None:
    bare.done("examples")
    bare.done(*INIT)
    for words in (
        ("case", "open", "examples/case.yaml"),
        ("import", "restrictions", "examples/older.yaml", "--case", "kettle"),
        ("evidence", "add", "kettle", "examples/case.yaml"),
    ):
        said = bare(*words, "--as", "ines", "--json")
        assert said.json["refused"]["rule"] == "APolicyIsPublished"


def test_the_desk_and_who_acts_may_come_from_the_environment(shell: Shell) -> None:
    helped = " ".join(shell("decide", "--help").out.split())
    assert "GOODSTANDING_DESK" in helped
    assert "GOODSTANDING_AS" in helped


def test_examples_are_never_written_over(bare: Shell) -> None:
    bare.done("examples")
    bare.write("examples/case.yaml", "mine")
    said = bare.done("examples", "--json")
    assert said.json["written"] == []
    assert "examples/case.yaml" in said.json["kept"]
    assert (bare.folder / "examples" / "case.yaml").read_text(encoding="utf-8") == "mine"
    assert "case.yaml: kept as it was" in bare.done("examples").out
