from __future__ import annotations

from collections.abc import Callable

from unit.cli.shell import Shell, short, steady


def test_a_decision_is_shown_in_short(shell: Shell, golden: Callable[[str, str], None]) -> None:
    golden("cli/decide.json", short(shell.done("decide", "kettle", "--as", "dan", "--json").json))


def test_a_decision_that_restricts_nothing_names_the_clause_that_came_closest(shell: Shell) -> None:
    text = (shell.folder / "examples" / "case.yaml").read_text(encoding="utf-8")
    text = text.replace("id: kettle", "id: pot").replace("misstates_the_offer: true", "misstates_the_offer: false")
    shell.write("pot.yaml", text.replace("@kettles", "@pots").replace("Bright Kettle", "Bright Pot"))
    shell.done("case", "open", "pot.yaml", "--as", "ines")
    assert "nothing restricted" in shell.done("decide", "pot", "--as", "dan").out


def test_a_case_with_two_decisions_stands_for_neither(shell: Shell) -> None:
    first, second = (shell.done("decide", "kettle", "--as", "dan", "--json").json["decision"]["id"] for _ in range(2))
    said = shell("approve", "kettle", "--reason", "looked again", "--as", "dea", "--json").json["refused"]
    assert (said["rule"], said["hint"]) == ("ACaseStandsForItsOnlyOne", f"name one: {first}, {second}")
    shell.done("approve", second, "--reason", "looked again", "--as", "dea")
    assert "approved by dea" in shell.done("case", "show", "kettle").out


def test_what_billing_does_not_answer_is_not_issued(shell: Shell) -> None:
    shell.done("decide", "kettle", "--as", "dan")
    said = shell("issue", "kettle", "--as", "dan", "--json").json["refused"]
    assert (said["promise"], "Money" in said["message"]) == ("P1", True)


def test_answers_for_an_account_that_nobody_knows_are_refused(shell: Shell) -> None:
    shell.done("decide", "kettle", "--as", "dan")
    money = (shell.folder / "examples" / "money.yaml").read_text(encoding="utf-8").replace("kettles:", "pots:")
    shell.write("money.yaml", money)
    said = shell("issue", "kettle", "--money", "money.yaml", "--as", "dan", "--json").json["refused"]
    assert (said["rule"], "`pots`" in said["message"]) == ("TheAccountIsKnown", True)


def test_an_account_that_nobody_knows_is_not_taken_for_all(shell: Shell) -> None:
    shell.done("decide", "kettle", "--as", "dan")
    words = ("issue", "kettle", "--money", "examples/money.yaml", "--as", "dan", "--json", "--account")
    assert shell(*words, "@kettle").json["refused"]["rule"] == "TheAccountIsKnown"
    assert shell.done(*words, "@kettles").json["entries"][0]["kind"] == "statement.issued"


def test_a_standing_says_what_is_off_in_which_box(shell: Shell, golden: Callable[[str, str], None]) -> None:
    assert "nothing stands against this account" in shell.done("standing", "@kettles").out
    shell.issued()
    shell.done("import", "restrictions", "examples/older.yaml", "--case", "kettle", "--as", "ines")
    golden("cli/standing.json", steady(shell.done("standing", "@kettles", "--json").out))
    golden("cli/standing.txt", steady(shell.done("standing", "@kettles").out))
    account = shell.case()["keys"]["account:kettles"].removeprefix("account:")
    before = shell.done("standing", account, "--at", "2024-11-01", "--json").json
    assert before["in_force"] == []


def test_what_is_lifted_stands_no_longer(shell: Shell) -> None:
    shell.issued()
    (one,) = shell.case()["restrictions"]
    shell.done("lift", one["id"], "--reason", "the ad was mended", "--as", "dan")
    assert shell.done("standing", "@kettles", "--json").json["in_force"] == []
    assert "lifted TIME" in steady(shell.done("case", "show", "kettle").out)
