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
    "null == null",
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
    "b'a' == b'b' || 1u == 2U",
    "{'a': 1} == {'a': 2}",
    "_entity.order{in_force: true}.in_force",
    "account.name.matches('a+')",
    "type(account.name) == string",
    "dyn(account.name) == 1",
    "[1, 'a'] == [1, 'a']",
    "double(account.balance) > 1.5 || int(account.name) > 1",
    "owner.orders[0].in_force",
    "account.opened.getFullYear() > 2020",
    "account.name.lowerAscii() == 'a'",
    "owner.orders.all(account, account.in_force)",
    "owner.orders.exists(o, owner.orders.exists(o, o.in_force))",
    "owner.orders.exists(1, true)",
    "timestamp(account.name) < now",
    "timestamp('2024-09-30') < now",
    "timestamp('2024-02-30T00:00:00Z') < now",
    "timestamp('2024-02-01T00:00:00.0000001Z') < now",
    "timestamp(0) < now",
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
