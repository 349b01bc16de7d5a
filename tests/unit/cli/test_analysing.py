from __future__ import annotations

from collections.abc import Callable

from unit.cli.shell import Shell

OLD = """---
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
restricts: [advertise]
reach: account
ends: account.days_overdue <= 30
review_after: 30d
guidance: Pay in time.
```
"""
NEW = OLD.replace('version: "1"', 'version: "2"').replace("> 30\n", "> 29\n").replace("<= 30", "<= 29")


def test_a_policy_without_faults_exits_with_0_and_lists_its_notes(shell: Shell) -> None:
    said = shell.done("policy", "analyse", "examples/ads.md")
    assert ": fault:" not in said.out
    assert said.out.splitlines()[-1].endswith("0 faults, 3 notes")


def test_a_version_that_widens_in_silence_exits_with_1(shell: Shell, golden: Callable[[str, str], None]) -> None:
    shell.write("old.md", OLD)
    shell.write("new.md", NEW)
    said = shell("policy", "analyse", "new.md", "--against", "old.md", "--vocabulary", "examples/vocabulary.yaml")
    assert (said.code, said.err) == (1, "")
    golden("cli/policy_analyse.txt", said.out)
    as_json = shell("policy", "analyse", "new.md", "--against", "old.md", "--json")
    assert as_json.code == 1
    golden("cli/policy_analyse.json", as_json.out)


def test_a_policy_with_problems_is_not_analysed(shell: Shell) -> None:
    shell.write("bad.md", "nothing\n")
    assert shell("policy", "analyse", "bad.md").code == 2
