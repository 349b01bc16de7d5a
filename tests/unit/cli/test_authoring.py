"""`policy new|test|explain|diff|fmt`, the readings that `policy check` asks, and `clause eval`."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest

from goodstanding.bootstrap import pack
from unit.cli.shell import Shell

Golden = Callable[[str, str], None]
ADS = "examples/ads.md"


def test_a_new_policy_can_be_checked_tested_and_laid_out_as_it_is(bare: Shell, golden: Golden) -> None:
    said = bare.done("policy", "new", "rules.md", "--title", "Our rules", "--in-force-from", "2027-01-01")
    assert said.out.startswith("rules.md: written")
    golden("cli/policy_new.md", (bare.folder / "rules.md").read_text(encoding="utf-8"))
    assert bare.done("policy", "check", "rules.md", "--json").json["examples"] == 3
    assert "3 examples, all hold" in bare.done("policy", "test", "rules.md").out
    assert bare.done("policy", "fmt", "--check", "rules.md").out == "nothing to change\n"


def test_a_new_policy_never_overwrites_and_takes_its_id_from_the_file(bare: Shell) -> None:
    assert bare.done("policy", "new", "Our Rules!.md", "--json").json["id"] == "our-rules"
    again = bare("policy", "new", "Our Rules!.md")
    assert (again.code, "is there already" in again.err) == (2, True)
    assert bare("policy", "new", "x.md", "--id", "No Id").code == 2
    assert "there is no folder" in bare("policy", "new", "nowhere/x.md").err
    assert bare.done("policy", "new", "…", "--json").json["id"] == "rules"


def test_the_examples_of_a_policy_run(shell: Shell) -> None:
    said = shell.done("policy", "test", ADS, "--json").json
    assert (said["failed"], said["clauses_without_examples"]) == (0, [])
    assert {one["expected"] for one in said["examples"]} == {"met", "not met", "undecided"}


def test_an_example_that_fails_is_told_at_its_place(shell: Shell, golden: Golden) -> None:
    text = (shell.folder / ADS).read_text(encoding="utf-8")
    shell.write("next.md", text.replace("account.live_strikes >= 3", "account.live_strikes >= 4"))
    said = shell("policy", "test", "next.md")
    assert said.code == 1
    golden("cli/policy_test.txt", said.out)
    shell.write("bare.md", text.partition("## Owners on a sanctions list")[0].replace("expect: met", "expect: mett", 1))
    bad = shell("policy", "test", "bare.md")
    assert (bad.code, "did you mean `met`?" in bad.err) == (2, True)


def test_a_clause_without_examples_is_named(shell: Shell) -> None:
    text = (shell.folder / ADS).read_text(encoding="utf-8").partition("```example")[0]
    shell.write("short.md", text)
    said = shell.done("policy", "test", "short.md").out
    assert "no example: supply-forbidden" in said
    assert "0 examples" in said


@pytest.mark.parametrize("tag", ["en", "de", "fr"])
def test_a_clause_is_explained_in_words_with_a_case(tag: str, shell: Shell, golden: Golden) -> None:
    shell.write("facts.yaml", "account.days_overdue: 40\naccount.balance_disputed: false\n")
    words = (
        "policy",
        "explain",
        ADS,
        "unpaid-balance",
        "--facts",
        "facts.yaml",
        "--at",
        "2024-01-01",
        "--language",
        tag,
    )
    golden(f"cli/policy_explain.{tag}.txt", shell.done(*words).out)
    said = shell.done(*words, "--json").json
    assert said[0]["case"]["verdict"] == "met"


def test_a_whole_policy_is_explained_and_each_clause_takes_its_own_facts(shell: Shell) -> None:
    shell.write("facts.yaml", "account.days_overdue: 40\nad.offers_live_animals: true\norder.in_force: false\n")
    said = shell.done("policy", "explain", ADS, "--facts", "facts.yaml", "--json").json
    verdicts = {one["clause"]: one["case"] and one["case"]["verdict"] for one in said}
    assert verdicts["live-animals"] == "met"
    assert verdicts["supply-forbidden"] == "not met"
    assert verdicts["fair-dealing"] is None
    assert shell("policy", "explain", ADS, "nothing").code == 2
    assert shell("policy", "explain", ADS, "live-animals", "--facts", "facts.yaml").code == 2


def test_a_language_needs_a_catalogue_and_the_vocabulary_its_words(shell: Shell) -> None:
    assert "there are no words in `tlh`" in shell("policy", "explain", ADS, "--language", "tlh").err
    given = ("policy", "explain", ADS, "--vocabulary", "examples/vocabulary.yaml", "--language", "de")
    lacking = shell(*given)
    assert (lacking.code, "examples/vocabulary.de.yaml" in lacking.err) == (2, True)
    shell.write("examples/vocabulary.de.yaml", "id: x\n")
    assert "vocabulary.de.yaml:1:5" in shell(*given).err

    shell.write("examples/vocabulary.de.yaml", pack("vocabulary.de.yaml"))
    assert "die Anzeige" in shell.done(*given).out


def test_two_versions_differ_clause_by_clause_text_and_meaning_apart(shell: Shell, golden: Golden) -> None:
    text = (shell.folder / ADS).read_text(encoding="utf-8")
    changed = text.replace("days_overdue > 30", "days_overdue > 20").replace(
        "An ad must not deceive.", "No ad may deceive."
    )
    changed = changed.replace("title: Advertising policy", "title: Next").replace("strike: 90d", "strike: 60d", 1)
    start, _, end = changed.partition("## Fair dealing")
    shell.write("next.md", f"{start}## Good dealing {{#good-dealing}}\n\nBe kind.{end.partition('}')[2]}")
    said = shell.done("policy", "diff", ADS, "next.md").out
    golden("cli/policy_diff.txt", said)
    document = shell.done("policy", "diff", ADS, "next.md", "--json").json
    assert {one["clause"]: one["kind"] for one in document["clauses"]} == {
        "misrepresentation": "text",
        "health-claims": "meaning",
        "unpaid-balance": "meaning",
        "good-dealing": "added",
        "fair-dealing": "removed",
    }
    assert shell("policy", "diff", ADS, "next.md", "--exit-code").code == 1
    assert shell.done("policy", "diff", ADS, ADS, "--exit-code").out == "0 changed, 19 unchanged\n"


FIRST = """---
id: stalls
version: "1"
title: Stalls
in_force_from: 2031-01-01
language: en
capabilities: [advertise]
vocabulary: advertising@1
---

## Unpaid stalls {#unpaid-stalls}

An account whose invoice is more than 30 days overdue does not advertise.

```clause
when: account.days_overdue > 30
reach: account
notice: 14d
review_after: 30d
```

## Short delays {#short-delays}

For an invoice that is less than 40 days overdue we wait.

```clause
when: account.days_overdue < 40
reach: account
lifts: [unpaid-stalls]
approver: editor
review_after: 30d
```

## Kindness {#kindness}

Be kind.
"""
SECOND = (
    FIRST.replace("> 30", "> 29")
    .replace("14d", "7d")
    .replace("days_overdue < 40", "days_overdue < 39")
    .replace("Be kind.", "Be kind to all.")
    + """
## Stolen accounts {#stolen-accounts}

An account that somebody took over does not advertise.

```clause
when: account.hijacked
reach: account
review_after: 30d
```
"""
)


def test_what_a_change_means_is_told_with_an_example_or_as_proven(shell: Shell, golden: Golden) -> None:
    shell.write("first.md", FIRST)
    shell.write("second.md", SECOND)
    said = shell.done("policy", "diff", "first.md", "second.md", "--meaning")
    assert said.err == ""
    golden("cli/policy_diff_meaning.txt", said.out)
    clauses = shell.done("policy", "diff", "first.md", "second.md", "--meaning", "--json").json["clauses"]
    meanings = {one["clause"]: (one["meaning"]["catches"], one["meaning"]["releases"]) for one in clauses}
    assert meanings == {
        "unpaid-stalls": ("yes", "proven not to"),
        "short-delays": ("proven not to", "yes"),
        "kindness": ("proven not to", "proven not to"),
        "stolen-accounts": ("yes", "proven not to"),
    }
    assert clauses[0]["meaning"]["stricter"] == ["gives less notice"]


def test_what_two_versions_in_different_words_mean_is_not_compared(shell: Shell) -> None:
    words = (shell.folder / "examples" / "vocabulary.yaml").read_text(encoding="utf-8")
    shell.write("older.yaml", words + "\n# another one\n")
    said = shell("policy", "diff", ADS, ADS, "--old-vocabulary", "older.yaml", "--meaning")
    assert (said.code, said.out) == (2, "")
    assert "leave out `--meaning`" in said.err


def test_blocks_are_laid_out_and_nothing_else(shell: Shell) -> None:
    text = (shell.folder / ADS).read_text(encoding="utf-8")
    untidy = text.replace("restricts: [advertise]\nreach: ad", "reach: ad\nrestricts: [ advertise ]")
    content = b"\xef\xbb\xbf" + untidy.replace("\n", "\r\n").encode()
    (shell.folder / "untidy.md").write_bytes(content)
    check = shell("policy", "fmt", "--check", "untidy.md", "--json")
    assert (check.code, check.json) == (1, {"changed": ["untidy.md"], "written": False})
    assert (shell.folder / "untidy.md").read_bytes() == content
    assert shell.done("policy", "fmt", "untidy.md").out == "untidy.md: changed\n"
    assert (shell.folder / "untidy.md").read_bytes() == b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode()
    assert shell("policy", "fmt", "-", stdin=untidy.encode()).out == text
    assert shell("policy", "fmt", "-", "--check", stdin=untidy.encode()).code == 1


def test_a_policy_with_problems_is_not_laid_out(shell: Shell) -> None:
    text = (shell.folder / ADS).read_text(encoding="utf-8").replace("reach: ad\n", "reach: add\n", 1)
    shell.write("bad.md", text)
    assert shell("policy", "fmt", "bad.md", ADS).code == 2
    assert (shell.folder / "bad.md").read_text(encoding="utf-8") == text


def test_what_other_readings_refuse_is_a_note_and_where_asked_for_a_problem(shell: Shell) -> None:
    text = (shell.folder / ADS).read_text(encoding="utf-8")
    hard = text.replace("&& order.in_force\nneeds", "&& order.in_force && order.name.matches('^a')\nneeds")
    shell.write("hard.md", hard)
    said = shell.done("policy", "check", "hard.md", "--json").json
    readings = {note["reading"] for note in said["notes"]}
    assert readings
    assert all(note["clause"] == "supply-forbidden" for note in said["notes"])
    assert "note: `supply-forbidden` can't be read by" in shell.done("policy", "check", "hard.md").out
    assert shell("policy", "check", "hard.md", *(word for one in readings for word in ("--for", one))).code == 1
    assert shell.done("policy", "check", ADS, "--for", "bulk", "--for", "logic")


def test_a_bad_example_is_a_problem_of_the_policy(shell: Shell) -> None:
    shell.write("bad.md", (shell.folder / ADS).read_text(encoding="utf-8").replace("expect: met", "expect: meet", 1))
    said = shell("policy", "check", "bad.md", "--json")
    assert (said.code, said.json["problems"][0]["hint"]) == (1, "did you mean `met`?")


def test_an_expression_is_evaluated_on_facts(bare: Shell) -> None:
    bare.write("f.json", '{"a": {"b": 4}, "s": "x"}')
    bare.write("f.yaml", "a: {b: 4}\ns: no\nd: 2024-01-01\nn: null\nf: .5\n")
    bare.write("c.cel", "a.b > 3\n")
    assert bare.done("clause", "eval", "a.b > 3", "--facts", "f.json", "--json").json == {
        "value": True,
        "error": None,
        "because": ["a"],
        "missing": [],
    }
    assert bare.done("clause", "eval", "c.cel", "--facts", "f.yaml").out == "true\n  because of a\n"
    dated = bare("clause", "eval", "-", "--facts", "f.yaml", stdin=b"s == 'no' && d == '2024-01-01' && f < 1.0")
    assert dated.out.startswith("true")
    assert bare.done("clause", "eval", "zz", "--facts", "f.yaml").out == "not known\n  missing zz\n"
    assert bare.done("clause", "eval", "1/0").out.startswith("error: ")
    assert bare.done("clause", "eval", "a" * 300 + "\0").out


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("f.json", '{"a": }', "f.json:1:7: not JSON: expecting value"),
        ("f.json", '{"a": NaN}', "not JSON: `NaN` is no number"),
        ("f.json", '{"a": 1, "a": 2}', "`a` stands twice"),
        ("f.json", '{"a":' * 100_000, "nested too deeply"),
        ("f.json", '{"a": ' + "1" * 5000 + "}", "not JSON that can be read"),
        ("f.yaml", "a: 1\na: 2", "f.yaml:2:1: not YAML: `a` stands twice"),
        ("f.yaml", "? [a]\n: 2", "f.yaml:1:3: not YAML: a key is not a text"),
        ("f.yaml", "a: [", "f.yaml:1:5: not YAML"),
        ("f.yaml", "- a", "the facts are not a mapping"),
        ("f.yaml", "a: \x07", "not YAML: a character can't be printed"),
    ],
)
def test_a_bad_file_of_facts_is_refused_at_its_place(name: str, text: str, said: str, bare: Shell) -> None:
    bare.write(name, text)
    found = bare("clause", "eval", "a", "--facts", name)
    assert found.code == 2
    assert said in found.err


def test_a_batch_answers_every_line_in_order(bare: Shell) -> None:
    lines = [
        *(
            b'{"expr": "1 + 1"}',
            b"no json",
            b"",
            b'{"expr": 1}',
            b'{"expr": "x", "facts": []}',
            b'{"expr": "1", "more": 1}',
        ),
        *(b"\xff", b'{"expr": "x.y", "facts": {"x": {}}}', '{"expr": "s", "facts": {"s": "ä"}}'.encode()),
        *(b'{"expr": "s", "facts": {"s": "\\ud800"}}', b'{"expr": "u", "facts": {}}', b'{"expr": "{1: [2u]}"}'),
    ]
    said = [
        json.loads(line) for line in bare("clause", "eval", "--batch", "-", stdin=b"\n".join(lines)).out.splitlines()
    ]
    assert len(said) == len(lines)
    assert [one["value"] for one in said] == [2, *[None] * 7, "ä", said[9]["value"], None, said[11]["value"]]
    assert [one["error"] is None for one in said] == [True, *[False] * 7, True, said[9]["error"] is None, True, True]
    assert said[10]["missing"] == ["u"]
    bare.write("b.jsonl", '{"expr": "true"}\n')
    assert bare.done("clause", "eval", "--batch", "b.jsonl").out.count("\n") == 1
    assert bare("clause", "eval", "--batch", "none.jsonl").code == 2
    assert bare("clause", "eval", "1", "--batch", "b.jsonl").code == 2
    assert bare("clause", "eval").code == 2
