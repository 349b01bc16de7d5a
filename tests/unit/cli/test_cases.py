from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

from unit.cli.shell import APPEAL, Shell, short, steady

LATER = """
evidence:
  - id: look-2
    source: {title: A second look, publisher: the platform}
    grade: finding
    covers: {binds: nobody, territories: all, topics: all}
    valid: {from: 2025-03-03}
    known_from: %s
    retrieved_at: 2025-03-04
    kept: The page of that day asks for 24.50 euros.
    facts:
      - about: ad:half-price
        says: {misstates_the_offer: false}
"""


def test_a_case_is_shown_with_the_ids_that_other_commands_take(
    shell: Shell, golden: Callable[[str, str], None]
) -> None:
    shell.done("import", "restrictions", "examples/older.yaml", "--case", "kettle", "--as", "ines")
    shell.issued()
    shell.done(*APPEAL)
    shell.done("case", "approach", "kettle", "--who", "sales", "--summary", "asked when", "--as", "ines")
    golden("cli/case_show.json", short(shell.case()))
    golden("cli/case_show.txt", steady(shell.done("case", "show", "kettle").out))


def test_cases_are_listed(shell: Shell) -> None:
    assert [one["case"] for one in shell.done("case", "list", "--json").json] == ["kettle"]
    assert "A kettle at half price" in shell.done("case", "list").out


def test_a_case_whose_file_names_nothing_known_yet_opens_without_evidence(shell: Shell) -> None:
    text = (shell.folder / "examples" / "case.yaml").read_text(encoding="utf-8")
    text = text.replace("known_from: 2025-03-03", "known_from: 2098-01-01").replace("id: kettle", "id: pot")
    shell.write("pot.yaml", text.replace("@kettles", "@pots").replace("Bright Kettle", "Bright Pot"))
    kinds = [one["kind"] for one in shell.done("case", "open", "pot.yaml", "--as", "ines", "--json").json["entries"]]
    assert (kinds[-1], "evidence.recorded" in kinds) == ("case.opened", False)


def test_a_file_without_a_case_opens_none(shell: Shell) -> None:
    shell.write("none.yaml", "owners: []\n")
    assert shell("case", "open", "none.yaml", "--as", "ines", "--json").json["refused"]["rule"] == "AFileOpensACase"


def test_a_party_is_told_once_and_others_only_what_it_was_told(shell: Shell) -> None:
    text = "The page behind your ad asked for 49 euros."
    message = ("case", "message", "kettle", "--text", text, "--tells", "evidence:look-1", "--as", "ines")
    public = ("case", "public", "kettle", "--text", text, "--ground", "evidence:look-1", "--as", "olu")
    assert shell(*public, "--json").json["refused"]["promise"] == "P6"
    shell.done(*message)
    assert shell(*message, "--json").json["refused"]["rule"] == "ReplyDoesNotRepeat"
    assert shell.done(*public, "--json").json["entries"][0]["kind"] == "public_statement.made"


def test_facts_that_contradict_are_resolved_with_a_reason(shell: Shell) -> None:
    shell.write("later.yaml", LATER % "2025-03-04")
    shell.done("evidence", "add", "kettle", "later.yaml", "--as", "ines")
    decided = shell.done("decide", "kettle", "--as", "dan", "--json").json["decision"]
    assert [one["kind"] for one in decided["effects"]] == ["entry closed"]
    assert decided["for_a_person"]
    fact = next(one["id"] for one in shell.case()["facts"] if one["evidence"] == "look-1")
    words = ("evidence", "resolve", "kettle", fact, "--reason", "the first look was saved", "--as", "dan", "--json")
    assert shell.done(*words).json["entries"][0]["kind"] == "dispute.resolved"
    assert "restriction: Deception" in shell.done("decide", "kettle", "--as", "dan").out


def test_what_is_on_record_is_not_recorded_again(shell: Shell) -> None:
    said = shell("evidence", "add", "kettle", "examples/case.yaml", "--as", "ines", "--json")
    assert said.code in {1, 2}
    shell.write("later.yaml", LATER % "2098-01-01")
    said = shell("evidence", "add", "kettle", "later.yaml", "--as", "ines", "--json")
    assert said.json["refused"]["rule"] == "OnlyWhatIsNewIsRecorded"


def test_a_statement_goes_out_with_all_that_verify_needs(shell: Shell) -> None:
    shell.issued()
    said = shell.done("case", "statement", "kettle", "--out", "a/letter", "--json").json
    assert [Path(name).suffixes[-1] for name in said["written"]] == [".json", ".json", ".html", ".txt", ".vkey", ".css"]
    statement, receipt, page, text, key, style = (shell.folder / name for name in said["written"])
    words = ("verify", str(statement), str(receipt), "--key", str(key))
    assert shell.done(*words, "--json").json["verified"] is True
    assert style.name in page.read_text(encoding="utf-8")
    assert "@kettles" in text.read_text(encoding="utf-8")
    assert (
        f"goodstanding verify letter/{said['statement']}.json"
        in shell.done("case", "statement", said["statement"], "--out", "letter").out
    )


def test_a_changed_word_does_not_verify(shell: Shell) -> None:
    shell.issued()
    written = shell.done("case", "statement", "kettle", "--out", "letter", "--json").json["written"]
    statement = shell.folder / written[0]
    honest = statement.read_text(encoding="utf-8")
    words = ("verify", written[0], written[1], "--key", written[4])
    for text, why in (
        (honest.replace("Bright Kettle", "Bright Bottle"), "some word of this one was changed"),
        (honest.replace('{\n  "', '{\n  "id": "sor-0",\n  "', 1), "stands in it twice"),
        ("[]", "it holds no object"),
        ("{", "is not the JSON of a statement"),
    ):
        statement.write_text(text, encoding="utf-8")
        said = shell(*words)
        assert (said.code, why in said.err) == (3, True), said.err
        assert shell(*words, "--json").json["problems"]
    statement.write_text(json.dumps(json.loads(honest)), encoding="utf-8")
    assert shell(*words).code == 0, "other white space is the same statement"
    assert shell("verify", written[0], written[0], "--key", written[4]).code == 3
    assert shell("verify", written[0], written[1], "--key", "examples/letter.txt").code == 3
