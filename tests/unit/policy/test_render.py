from __future__ import annotations

from collections.abc import Callable

import pytest

from goodstanding.errors import Place, PolicyError, Problem
from goodstanding.policy.model import Policy
from goodstanding.policy.render import diagnostics, shown

CLAUSES = """## Accounts that somebody took over {#hijacked-account}

Held for a while.

Twice as long for some.

```clause
when: |
  account.hijacked
  && !account.balance_disputed
reach: account
hold: 25h
notice: 1h
strike: 1d
strike_weight: 2
strike_category: takeovers
ends: "!account.hijacked"
```

## Orders {#orders}

While an order is in force.

```clause
each: order in owner.orders
when: order.in_force
needs: {order: [directive, finding]}
reach: owner
territory: order.territory
topics: [gambling, alcohol]
overridable: false
basis: law
law: Some act
review_after: 90d
guidance: Ask the authority.
```

## Kindness {#kindness}

Be kind.
"""


def test_a_policy_is_shown_with_what_a_machine_understood(
    written: Callable[[str], Policy], golden: Callable[[str, str], None]
) -> None:
    text = shown(written(CLAUSES))
    golden("policy/shown.txt", text)


def test_a_version_without_an_end_is_shown_without_one(read: Callable[[str], Policy]) -> None:
    front = (
        "---\nid: sample\nversion: v\ntitle: Sample\nin_force_from: 2024-01-01\nlanguage: en\ncapabilities: post\n"
        "vocabulary: advertising@1\n---\n\n"
    )
    assert "in force from 2024-01-01T00:00:00Z\n" in shown(read(front + CLAUSES))


def test_the_underline_stands_under_its_word_whatever_stands_before_it(written: Callable[[str], Policy]) -> None:
    with pytest.raises(PolicyError) as caught:
        written(
            "## Wide {#wide}\n\nText.\n\n```clause\nwhen: \"'广́告'\t== ad.naem\"\nreach: ad\nreview_after: 1d\n```\n"
        )
    (problem,) = caught.value.problems
    text = "\n" * (problem.place.line - 1 if problem.place else 0) + "when: \"'广́告'\t== ad.naem\""
    underline = diagnostics([problem], text).splitlines()[2]
    assert underline == "    | " + " " * len("when: \"'....'") + "\t" + " " * len("== ") + "^" * len("ad.naem")


def test_a_problem_without_a_place_or_beyond_the_text_is_still_told() -> None:
    nowhere = Problem(message="no file")
    beyond = Problem(message="too short", place=Place(file="f", line=9, column=1), hint="write more")
    assert diagnostics([nowhere, beyond], "text") == "no file\n\nf:9:1: too short\n   hint: write more\n\n2 problems\n"


def test_a_character_that_moves_the_cursor_is_not_printed() -> None:
    problem = Problem(message="odd", place=Place(file="f", line=1, column=1))
    assert "\x1b" not in diagnostics([problem], "\x1b[2J")
