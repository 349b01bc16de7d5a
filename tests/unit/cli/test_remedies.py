"""`case remedy`: what staff are shown of what would end a decision."""

from __future__ import annotations

from collections.abc import Callable

from unit.cli.shell import Shell, steady


def test_a_remedy_is_shown_to_staff(shell: Shell, golden: Callable[[str, str], None]) -> None:
    shell.done("decide", "kettle", "--as", "dan")
    golden("cli/case_remedy.txt", steady(shell.done("case", "remedy", "kettle").out))


def test_a_remedy_is_given_to_programs_with_its_changes(shell: Shell) -> None:
    shell.done("decide", "kettle", "--as", "dan")
    said = shell.done("case", "remedy", "kettle", "--json").json
    assert said["decision"] == shell.case()["decisions"][-1]["id"]
    assert (said["remedies"]["audience"], said["remedies"]["answer"]) == ("staff", "in the advertiser's hands")
    (first, *_) = said["remedies"]["alternatives"]
    assert first["weight"] == sum(change["effort"] for change in first["changes"])
    assert {change["changed_by"] for change in first["changes"]} == {"advertiser"}


def test_where_nothing_is_restricted_there_is_nothing_to_end(shell: Shell) -> None:
    text = (shell.folder / "examples" / "case.yaml").read_text(encoding="utf-8")
    text = text.replace("id: kettle", "id: pot").replace("misstates_the_offer: true", "misstates_the_offer: false")
    shell.write("pot.yaml", text.replace("@kettles", "@pots").replace("Bright Kettle", "Bright Pot"))
    shell.done("case", "open", "pot.yaml", "--as", "ines")
    shell.done("decide", "pot", "--as", "dan")
    assert shell.done("case", "remedy", "pot").out.endswith(":\n  nothing restricted\n")
    assert shell.done("case", "remedy", "pot", "--json").json["remedies"] is None


def test_a_case_without_a_decision_has_no_remedy_yet(shell: Shell) -> None:
    said = shell("case", "remedy", "kettle", "--json").json["refused"]
    assert (said["rule"], said["hint"]) == ("TheCaseIsDecided", "decide the case first")
