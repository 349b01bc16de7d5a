"""Expressions over plain facts against Google's CEL: random ones of every type, mostly ill typed, read by both.

Two differences are known. Google's evaluator converts booleans to numbers, which its own type checker refuses; and it
looks for a key of a type that no key has with an error, where the specification's other implementations say that it is
not there.
"""

from __future__ import annotations

import math
import random
from datetime import datetime

from cel_expr_python import cel

from counts import count
from goodstanding.clause.untyped import evaluate
from goodstanding.clause.values import Map, Moment, Null, Span, TypeName, UInt, Value

ATOMS = (
    "1 0 -1 2 7 9223372036854775807 -9223372036854775808 1u 0u 18446744073709551615u 1.0 0.0 -0.0 1.5 1e300 3.0 'a' ''"
    " 'abc' 'é😀' '1' 'true' '1.5' b'a' b'' b'\\xff' true false null [] [1] [1,2,3] ['a',1,null] {} {'a':1} {1u:2}"
    " {1:'x','a':null} timestamp('2009-02-13T23:31:30Z') timestamp('2024-02-29T12:00:00Z') timestamp(0)"
    " duration('1h') duration('-90s') int string x y m l double('NaN') type(1)"
).split(" ")
OPERATORS = "== != < <= > >= in + - * / % && ||".split()
CONVERSIONS = "size int uint double string bytes bool timestamp duration type dyn".split()
PARTS = "size getFullYear getMonth getDate getDayOfWeek getDayOfYear getHours getMinutes getMilliseconds".split()
FACTS: dict[str, object] = {"x": 5, "y": "abc", "m": {"a": 1, "b": [1, 2]}, "l": [1, 2.5, "z", None, True]}


def expression(chance: random.Random, depth: int) -> str:
    """A random expression."""
    if depth == 0 or chance.random() < 0.1:
        return chance.choice(ATOMS)
    a, b, c = (expression(chance, depth - 1) for _ in range(3))
    body = chance.choice([b, "v == 1", "v", "v > 1", "v + v", "[v]"])
    macro = chance.choice("exists all exists_one filter map".split())
    return chance.choice(
        [
            f"({a} {chance.choice(OPERATORS)} {b})",
            f"({a} {chance.choice(OPERATORS)} {b})",
            f"{chance.choice('!-')}({a})",
            f"({a} ? {b} : {c})",
            f"{chance.choice(CONVERSIONS)}({a})",
            f"({a}).{chance.choice(PARTS)}()",
            f"({a}).{chance.choice('startsWith endsWith contains matches'.split())}({b})",
            f"({a})[{b}]",
            f"({a}).{macro}(v, {body})",
            f"({a}).exists(i, w, i == w || {b})",
            f"[{a}, {b}]",
            f"{{{a}: {b}}}",
            f"has(({a}).a)",
            f"({a}).b",
        ]
    )


def agrees(theirs: object, ours: Value) -> bool:
    """Whether two values are one, as far as theirs can be seen from Python."""
    match ours:
        case TypeName() | Moment() | Span():
            return True
        case Null():
            return theirs is None
        case UInt(number=number):
            return theirs == number
        case bytes():
            return isinstance(theirs, bytes | bytearray) and bytes(theirs) == ours
        case float():
            return isinstance(theirs, float) and (theirs == ours or (math.isnan(theirs) and math.isnan(ours)))
        case tuple():
            return len(ours) == len(list(theirs))  # type: ignore[call-overload]  # a list of theirs is iterable
        case Map(entries=entries):
            return len(entries) == len(dict(theirs))  # type: ignore[call-overload]  # a map of theirs is a mapping
        case datetime():
            return theirs == ours
    return type(theirs) is type(ours) and theirs == ours


def test_every_expression_gives_what_google_gives() -> None:
    chance = random.Random(20260610)  # noqa: S311  the same expressions in every run
    environment = cel.NewEnv(config=cel.NewEnvConfigFromYaml("extensions: [{name: two-var-comprehensions}]"))
    gave = different = 0
    total = count("agreeing_readings")
    for _ in range(total):
        source = expression(chance, chance.randint(1, 4))
        ours = evaluate(source, FACTS)
        assert not ours.missing, source
        try:
            read = environment.compile(source, disable_check=True).eval(data=FACTS)
        except RuntimeError:  # its planner refuses what fails whatever the facts are
            assert ours.value is None, source
            continue
        theirs = read.value()
        failed = str(read.type()) in {"ERROR", "UNKNOWN"}
        if failed is not (ours.value is None):
            known = "bool" in str(ours.error) if ours.value is None else "@in" in str(theirs) or "in " in source
            assert known, (source, theirs, ours)
            different += 1
        elif ours.value is not None:
            assert agrees(theirs, ours.value), (source, theirs, ours)
            gave += 1
    print(f"{total} expressions: {gave} gave the same value, {different} differ as known, both fail on the others")
    assert gave > total // 10
    assert different <= total // 50
