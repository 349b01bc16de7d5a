from __future__ import annotations

import base64
import json

import pytest

from unit.cli.shell import INIT, Shell

RULE = """---
id: tiny
version: "{version}"
title: Tiny
in_force_from: 2024-01-01
language: en
capabilities: [advertise]
vocabulary: advertising@1
---

## Deception {{#deception}}

An ad must not deceive.

```clause
when: ad.misstates_the_offer
restricts: [advertise]
reach: ad
ends: "!ad.misstates_the_offer"
review_after: {review}
```
"""


def drafted(shell: Shell, version: str, review: str, *, approved: bool = True) -> str:
    """A draft of the tiny policy, approved."""
    name = shell.write(f"tiny-{version}.md", RULE.format(version=version, review=review))
    draft = shell.done("policy", "draft", name, "--as", "ines", "--json").json["entries"][0]["clear"]["draft"]
    if approved:
        shell.done("policy", "approve", draft, "--reason", "read", "--as", "olu")
    return str(draft)


def test_a_policy_goes_from_draft_to_publication(shell: Shell) -> None:
    drafted(shell, "1", "90d", approved=False)
    assert "nobody has approved" in shell("policy", "publish", "tiny", "--as", "ines").err
    shell.done("policy", "approve", "tiny", "--reason", "read", "--as", "olu")
    said = shell.done("policy", "publish", "tiny", "--as", "ines", "--json").json["entries"][0]
    assert (said["kind"], said["clear"]["way"]) == ("policy.published", "first version")


def test_what_is_stricter_is_refused_with_its_promise_until_there_is_a_ground(shell: Shell) -> None:
    shell.done("policy", "publish", drafted(shell, "1", "90d"), "--as", "ines")
    drafted(shell, "2", "91d")
    said = shell("policy", "publish", "tiny", "--as", "ines", "--json")
    assert (said.code, said.json["refused"]["promise"]) == (1, "P12")
    assert "`deception` is looked at again later" in said.json["refused"]["message"]
    assert shell("policy", "publish", "tiny", "--danger", "x", "--required-by-law", "y", "--as", "olu").code == 2
    urgent = shell.done("policy", "publish", "tiny", "--danger", "a worm spreads", "--as", "olu", "--json")
    assert urgent.json["entries"][0]["clear"]["way"] == "imminent danger"


def test_versions_drafts_and_withdrawals_are_listed(shell: Shell) -> None:
    assert "nothing of `tiny`" in shell.done("policy", "versions", "tiny").out
    shell.done("policy", "publish", drafted(shell, "1", "90d"), "--as", "ines")
    shell.done("policy", "publish", drafted(shell, "2", "60d"), "--as", "ines")
    drafted(shell, "3", "99d", approved=False)
    shell.done("policy", "withdraw", "tiny", "deception", "--reason", "it stops the wrong ads", "--as", "olu")
    listed = shell.done("policy", "versions", "tiny", "--json").json
    assert [(one["version"], one["way"]) for one in listed["versions"]] == [("1", "first version"), ("2", "loosening")]
    assert [one["clause"] for one in listed["withdrawn"]] == ["deception"]
    assert [(one["version"], one["approved_by"]) for one in listed["drafts"]] == [("3", "")]
    text = shell.done("policy", "versions", "tiny").out
    assert "waits for a second person" in text
    assert "until further notice" in text


def test_a_withdrawn_clause_lifts_what_rests_on_it(shell: Shell) -> None:
    shell.issued()
    assert "everything in force" in shell.done("policy", "due").out
    words = ("policy", "withdraw", "ads", "misrepresentation", "--reason", "it reads prices wrongly", "--as", "olu")
    entries = shell.done(*words, "--json").json["entries"]
    assert [one["kind"] for one in entries] == ["clause.withdrawn", "restriction.lifted", "message.sent"]
    assert "nothing stands against" in shell.done("standing", "@kettles").out


def test_what_lost_its_clause_is_listed_and_lifted(shell: Shell) -> None:
    shell.done("policy", "publish", drafted(shell, "1", "90d"), "--as", "ines")
    shell.done("decide", "kettle", "--policy", "tiny", "--as", "dan")
    shell.done("issue", "kettle", "--money", "examples/money.yaml", "--as", "dan")
    without = RULE.format(version="2", review="90d").split("```clause")[0]
    name = shell.write("without.md", without)
    shell.done("policy", "draft", name, "--as", "ines")
    shell.done("policy", "approve", "tiny", "--reason", "read", "--as", "olu")
    shell.done("policy", "publish", "tiny", "--as", "ines")
    due = shell.done("policy", "due", "--json").json["due"]
    assert [(one["clause"], one["case"], one["gone"]) for one in due] == [("deception", "kettle", False)]
    assert "decide the case again" in shell.done("policy", "due").out
    assert shell("policy", "due", "--lift", "--as", "dan").code == 1
    shell.done("policy", "draft", shell.write("none.md", _without_clause(without)), "--as", "ines")
    shell.done("policy", "approve", "tiny", "--reason", "read", "--as", "olu")
    shell.done("policy", "publish", "tiny", "--as", "ines")
    assert "lift it" in shell.done("policy", "due").out
    assert "restriction.lifted" in shell.done("policy", "due", "--lift", "--as", "dan").out


def _without_clause(text: str) -> str:
    """The next version, with another clause only."""
    return text.replace('version: "2"', 'version: "3"').replace("#deception", "#other")


def test_a_policy_with_two_drafts_waiting_has_to_say_which(shell: Shell) -> None:
    drafts = [drafted(shell, version, "90d", approved=False) for version in ("1", "2")]
    said = shell("policy", "approve", "tiny", "--reason", "read", "--as", "olu")
    assert said.code == 1
    assert all(draft in said.err for draft in drafts)


def test_an_exemption_is_granted_to_the_owner_of_a_case_and_taken_back(shell: Shell) -> None:
    words = ("--lifts", "unpaid-balance", "--until", "2099-01-01", "--reason", "billing erred")
    said = shell.done("exemption", "grant", "kettle", *words, "--as", "olu", "--json").json["entries"][0]
    owner = said["clear"]["exempted"]["owner"]
    name = said["clear"]["exempted"]["id"]
    assert shell.done("standing", "@kettles", "--json").json["exemptions"][0]["lifts"] == ["unpaid-balance"]
    shell.done("exemption", "withdraw", name, "--reason", "paid", "--as", "olu")
    assert shell.done("standing", "@kettles", "--json").json["exemptions"] == []
    shell.done("exemption", "grant", owner, *words, "--as", "olu")


@pytest.mark.parametrize(("days", "kept"), [((), 15), (("--policy-notice", "40"), 40)])
def test_the_notice_period_is_said_when_the_desk_is_made(bare: Shell, days: tuple[str, ...], kept: int) -> None:
    bare.done("examples")
    bare.done(*INIT, *days)
    entry = base64.b64decode(bare.done("ledger", "receipt", "0", "--json").json["entry"])
    assert json.loads(entry)["clear"] == {"policy_notice_days": kept}
