"""What a person sees of a bad condition or policy: place, line, message and way out, whole, in golden files."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

import pytest

from goodstanding.errors import PolicyError
from goodstanding.policy.model import Policy
from goodstanding.policy.render import diagnostics

FRONT: Final = """---
id: sample
version: "1"
title: Sample
in_force_from: 2024-01-01
language: en
capabilities: [advertise]
vocabulary: advertising@1
---
"""
CLAUSE: Final = "\n## Sample {{#sample}}\n\nText.\n\n```clause\n{}\n```\n"
REST: Final = "restricts: [advertise]\nreach: account\nreview_after: 180d"

EXPRESSIONS: Final = (
    "",
    "account.live_strikes",
    "account.live_strike > 3",
    "acount.hijacked",
    "hijacked",
    "account.hijacked.since > 1",
    "account.live_strikes > 3.0",
    "account.live_strikes > '3'",
    "account.live_strikes = 3",
    "account.hijacked and owner.restricted",
    "not account.hijacked",
    "account.hijacked &&",
    "(account.hijacked",
    "account.hijacked)",
    "account.hijacked ? owner.restricted",
    "account.live_strikes + owner.name > 3",
    "account.hijacked == null",
    "account.hijacked == 'true'",
    "account.hijacked > 1 || account.live_strikes",
    "owner.orders.in_force",
    "owner.orders.exists(o, o.in_forse)",
    "owner.orders.exists(o.in_force)",
    "owner.orders.any(o, o.in_force)",
    "owner.orders.exists(owner, owner.in_force)",
    "owner.orders.exist(o, o.in_force)",
    "owner.orders[0].in_force",
    "owner.orders == []",
    "owner.orders.some(o.in_force)",
    "now - '24h' > now",
    "account.hijacked.matches('a') || ad",
    "owner.orders.size() > 3 && owner.orders.length() > 3",
    "has(account)",
    "has(account.hijaked)",
    "account.has(hijacked)",
    "timestamp('2024-09-30') < now",
    "timestamp('2024-02-30T00:00:00Z') < now",
    "now - duration('30d') > timestamp('2024-01-01T00:00:00Z')",
    "now > '2024-01-01T00:00:00Z'",
    "9223372036854775808 > account.live_strikes",
    "account.live_strikes > 3 # too many",
    "account.live_strikes > 3 /* too many */",
    "account.live_strikes > 3; owner.restricted",
    "owner.orders.exists(o, o.name == “KEV”)",
    "owner.orders.exists(o, o.name == 'KEV)",
    "owner.orders.exists(o, o.name.matches('(a'))",
    "owner.orders.exists(o, o.name like 'a%')",
    "account.live_strikes in (1, 2, 3)",
    "account.live_strikes between 1 and 3",
    "in.force",
    "((((((((((((((((((((((((((((((((((((((((account.hijacked))))))))))))))))))))))))))))))))))))))))",
)

POLICIES: Final = {
    "nothing at all": "",
    "no front matter": "## Sample {#sample}\n\nText.\n",
    "front matter that does not end": FRONT.rstrip("-\n") + "\n\n## Sample {#sample}\n",
    "no clause": FRONT + "\nOnly text.\n",
    "a date that is none": FRONT.replace("2024-01-01", "01.02.2024") + CLAUSE.format(f"when: account.hijacked\n{REST}"),
    "another vocabulary": FRONT.replace("advertising@1", "advertising@7")
    + CLAUSE.format(f"when: account.hijacked\n{REST}"),
    "a key twice": FRONT.replace("title: Sample", "title: Sample\nid: other")
    + CLAUSE.format(f"when: account.hijacked\n{REST}"),
    "tabs": FRONT + CLAUSE.format(f"when:\taccount.hijacked\n\trestricts: [advertise]\n{REST}"),
    "a condition that begins with an exclamation mark": FRONT + CLAUSE.format(f"when: !account.hijacked\n{REST}"),
    "a colon in a condition": FRONT + CLAUSE.format(f"when: account.hijacked ? true : false\n{REST}"),
    "a misspelt key": FRONT + CLAUSE.format(f"wen: account.hijacked\n{REST}"),
    "no condition": FRONT + CLAUSE.format(REST),
    "no end": FRONT + CLAUSE.format("when: account.hijacked\nrestricts: [advertise]\nreach: account"),
    "what stays possible always": FRONT
    + CLAUSE.format(f"when: account.hijacked\n{REST}".replace("[advertise]", "[sign-in]")),
    "a country that is none": FRONT + CLAUSE.format(f"when: account.hijacked\nterritory: [UK, US]\n{REST}"),
    "an allegation as ground": FRONT + CLAUSE.format(f"when: owner.restricted\nneeds: {{owner: [allegation]}}\n{REST}"),
    "a length of time without unit": FRONT + CLAUSE.format(f"when: account.hijacked\nnotice: 30\n{REST}"),
    "two headings with one id": FRONT + CLAUSE.format(f"when: account.hijacked\n{REST}") * 2,
    "an id with spaces": FRONT + "\n## Sample {#Sample Clause}\n\nText.\n",
    "a block before any heading": FRONT + "\n```clause\nwhen: account.hijacked\n```\n\n## Sample {#sample}\n\nText.\n",
    "a block of a kind that is none": FRONT
    + "\n## Sample {#sample}\n\nText.\n\n```clauses\nwhen: account.hijacked\n```\n",
    "an exemption of nothing": FRONT + CLAUSE.format("lifts: [gone]\nwhen: account.hijacked\nreview_after: 180d"),
    "a binding of nothing": FRONT + CLAUSE.format(f"each: order of owner.orders\nwhen: order.in_force\n{REST}"),
    "bidirectional controls": FRONT + CLAUSE.format(f"when: account.hijacked\nto\u202eday: x\n{REST}"),
    "too long a policy": FRONT + "word " * 41_000,
    "too long a block": FRONT + CLAUSE.format(f"when: account.hijacked # {'long ' * 4_001}\n{REST}"),
    "too many blocks": FRONT + CLAUSE.format(f"when: account.hijacked # {'long ' * 3_000}\n{REST}") * 7,
    "too many brackets": FRONT + CLAUSE.format(f"topics: {'[' * 20}{']' * 20}\n{REST}"),
    "half a character": FRONT + CLAUSE.format(f"when: account.hijacked\n{REST}") + "\ud800",
}


@pytest.fixture(scope="session")
def seen(read: Callable[[str], Policy]) -> Callable[[str], str]:
    """What `policy check` prints of a text that is refused."""

    def check(text: str) -> str:
        with pytest.raises(PolicyError) as caught:
            read(text)
        return diagnostics(caught.value.problems, text).encode("utf-8", "backslashreplace").decode("utf-8")

    return check


def shortened(shown: str) -> str:
    """Long lines with their middle left out, and the underline of one shortened too."""
    lines = shown.split("\n")
    return "\n".join(line if len(line) < 1_000 else f"{line[:60]} … {line[-20:]}" for line in lines)


def test_no_more_than_a_hundred_problems_of_a_policy_are_listed(read: Callable[[str], Policy]) -> None:
    with pytest.raises(PolicyError) as caught:
        read(FRONT + "## No id\n\nText.\n\n" * 300)
    assert len(caught.value.problems) == 100


def test_what_a_person_sees_of_a_bad_condition(seen: Callable[[str], str], golden: Callable[[str, str], None]) -> None:
    blocks = []
    for source in EXPRESSIONS:
        quoted = "'" + source.replace("'", "''") + "'"
        blocks.append(f"═══ {source}\n{seen(FRONT + CLAUSE.format(f'when: {quoted}{chr(10)}{REST}'))}")
    golden("diagnostics/expressions.txt", "\n".join(blocks))


def test_what_a_person_sees_of_a_bad_policy(seen: Callable[[str], str], golden: Callable[[str, str], None]) -> None:
    blocks = [f"═══ {name}\n{shortened(seen(text))}" for name, text in POLICIES.items()]
    golden("diagnostics/policies.txt", "\n".join(blocks))
