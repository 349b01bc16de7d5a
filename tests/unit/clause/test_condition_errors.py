"""What an author reads when a condition is refused; every diagnostic is in one golden file."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from goodstanding.errors import ConditionError
from unit.clause.world import condition

REFUSED = (
    "",
    "account.balance",
    "account.balanc > 1 && ordr.in_force &&\n  order.inforce",
    "account.nothing.more",
    "1 + 'a' == 2 || 1 in 2",
    "account.balance > 1.5",
    "account.name == null",
    "account.verified &&",
    "(account.verified",
    "account.verified and account.blocked",
    "not account.verified || account.balance = 3",
    "account.name == 'a' or true",
    "account.verified ? 1",
    "[1, 2",
    "account.name == 'abc",
    "order.products.exists(p, p.x == 1)",
    "account.balance.exists(p, p == 1)",
    "(" * 40 + "true" + ")" * 40,
    " + ".join(["1"] * 100) + " > 1",
    "_entity.order{in_force: true}.in_force",
    "account.name.matches('(')",
    "account.opened.getHours('Europe/Paris') > 3 || account.opened.getHours(account.name) > 3",
    "dyn(account).balance > 1 || [account, 1][0].balance > 1 || has(dyn({'a': 1}).a)",
    "account.name.matches(1) || 1u + 1 == 2u || null < null || {1.5: 2} == {}",
    "1" * 20001,
    "account.name.lowerAscii() == 'a'",
    "owner.orders.all(account, account.in_force)",
    "owner.orders.exists(o, owner.orders.exists(o, o.in_force))",
    "owner.orders.exists(1, true)",
    "timestamp('2024-09-30') < now",
    "timestamp('2024-02-30T00:00:00Z') < now",
    "timestamp('2024-02-01T00:00:00.0000001Z') < now",
    "duration('3d') < duration('nonsense')",
    "duration('1ns') < duration('90000000h')",
    "account.name.size() > 1 && account.name.foo()",
    "cel.bind(x, 1, x) == 1",
    "optional.of(1) == 1",
    "9223372036854775808 == 1",
    "account == owner",
)


def test_every_refusal_names_its_place_and_the_way_out(golden: Callable[[str, str], None]) -> None:
    lines = []
    for source in REFUSED:
        with pytest.raises(ConditionError) as caught:
            condition(source)
        lines.append(source if len(source) < 80 else source[:60] + " …")
        for problem in caught.value.problems:
            assert problem.message[:1] == problem.message[:1].lower()
            assert not problem.message.endswith(".")
            hint = f" ({problem.hint})" if problem.hint else ""
            lines.append(f"    {problem.line}:{problem.column}: {problem.message}{hint}")
    golden("clause/conditions.txt", "\n".join(lines) + "\n")


def test_half_a_character_is_refused() -> None:
    with pytest.raises(ConditionError, match="half of a surrogate pair"):
        condition("account.name == '\ud800'")
