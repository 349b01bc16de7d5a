from __future__ import annotations

from collections.abc import Callable

from unit.cli.shell import Shell


def test_a_policy_without_problems_is_summed_up(shell: Shell) -> None:
    said = shell.done("policy", "check", "examples/ads.md", "--json").json
    assert set(said) == {"id", "version", "clauses", "digest", "examples", "problems", "notes"}
    assert (said["id"], said["problems"]) == ("ads", [])
    assert "no problems" in shell.done("policy", "check", "examples/ads.md").out


def test_the_vocabulary_can_be_given(shell: Shell) -> None:
    shell.done("policy", "check", "examples/ads.md", "--vocabulary", "examples/vocabulary.yaml")
    assert shell("policy", "check", "examples/ads.md", "--vocabulary", "examples/letter.txt").code == 2


def test_every_problem_of_a_policy_is_listed_at_its_place(shell: Shell, golden: Callable[[str, str], None]) -> None:
    text = (shell.folder / "examples" / "ads.md").read_text(encoding="utf-8")
    shell.write("bad.md", text.replace("restricts: [advertise]", "restricts: [advertize]", 2))
    said = shell("policy", "check", "bad.md", "--json")
    assert said.code == 1
    golden("cli/policy_check.json", said.out)
    plain = shell("policy", "check", "bad.md")
    assert (plain.code, plain.out) == (1, "")
    assert "2 problems" in plain.err


def test_a_policy_with_problems_is_neither_shown_nor_published(shell: Shell) -> None:
    shell.write("bad.md", "nothing\n")
    assert shell("policy", "show", "bad.md").code == 2
    assert shell("policy", "draft", "bad.md", "--as", "ines").code == 2


def test_what_each_clause_does_is_shown_beside_what_it_says(shell: Shell) -> None:
    said = shell.done("policy", "show", "examples/ads.md", "--json").json
    assert set(said["clauses"][0]) == {"id", "title", "kind", "text", "when", "restricts", "overridable", "strike"}
    assert any(clause["when"] == "" for clause in said["clauses"])
    strikes = {clause["id"]: clause["strike"] for clause in said["clauses"]}
    assert (strikes["supply-forbidden"], strikes["health-claims"]["weight"]) == (None, 1)
    assert "supply-forbidden" in shell.done("policy", "show", "examples/ads.md").out


def test_a_policy_may_come_from_standard_input(shell: Shell) -> None:
    text = (shell.folder / "examples" / "ads.md").read_bytes()
    assert shell("policy", "check", "-", stdin=text).code == 0


def test_a_file_saved_elsewhere_reads_the_same(shell: Shell) -> None:
    text = (shell.folder / "examples" / "ads.md").read_text(encoding="utf-8")
    (shell.folder / "other.md").write_bytes(b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode())
    here, there = (shell.done("policy", "check", name, "--json").json for name in ("examples/ads.md", "other.md"))
    assert here == there
