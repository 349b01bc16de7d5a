"""What a node of a condition gives in the logic reading: terms of Z3 beside whether they are known.

Every value is three-valued: `known` says under which facts there is a value at all (unknown and error are one here,
since neither meets anything), and `value` is what it then is. Guards that are plain `True` and `False` never become
terms, so that fixed facts stay cheap.

- Truth is a guard; integers, instants and lengths of time (both in microseconds) are integers, kept in CEL's ranges;
  doubles are IEEE 754; texts are Z3's, whose characters end at U+2FFFF.
- `Options`: one of several things that are known beforehand: entities, members of a closed set, written texts.
- `Items`: a list as items each of which is there under a guard, in order; `beyond` says that there are more.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from functools import reduce
from typing import TYPE_CHECKING, Final, TypeAlias

import msgspec
import z3

from goodstanding.clause.times import LONGEST
from goodstanding.clause.tree import Function, Operator, Type
from goodstanding.clause.values import EntityRef, Value, ValueType

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

Guard: TypeAlias = "bool | z3.BoolRef"

MICROSECOND: Final = timedelta(microseconds=1)
EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
HIGHEST_CHARACTER: Final = "\U0002ffff"

_LONGEST = LONGEST // MICROSECOND
RANGES: Final = {
    ValueType.INT: (-(2**63), 2**63 - 1),
    ValueType.TIMESTAMP: (
        (datetime.min.replace(tzinfo=UTC) - EPOCH) // MICROSECOND,
        (datetime.max.replace(tzinfo=UTC) - EPOCH) // MICROSECOND,
    ),
    ValueType.DURATION: (-_LONGEST, _LONGEST),
}
"""What whole numbers, instants and lengths of time lie between."""


class Options(msgspec.Struct, frozen=True):
    """Exactly one of these, where its guard holds."""

    choices: tuple[tuple[Guard, EntityRef | str], ...]


class Items(msgspec.Struct, frozen=True):
    """The items whose guards hold, in this order; under `beyond` more follow of which nothing is said."""

    items: tuple[tuple[Guard, Symbol], ...] = ()
    beyond: Guard = False


Symbol: TypeAlias = "bool | z3.ExprRef | Options | Items"


class Outcome(msgspec.Struct, frozen=True):
    """What a node gives: a value under `known`, and none otherwise."""

    known: Guard
    value: Symbol


NOT_KNOWN: Final = Outcome(known=False, value=False)


def conj(guards: Iterable[Guard]) -> Guard:
    """All of these."""
    found = [guard for guard in guards if guard is not True]
    if any(guard is False for guard in found):
        return False
    return found[0] if len(found) == 1 else z3.And(found) if found else True


def disj(guards: Iterable[Guard]) -> Guard:
    """At least one of these."""
    found = [guard for guard in guards if guard is not False]
    if any(guard is True for guard in found):
        return True
    return found[0] if len(found) == 1 else z3.Or(found) if found else False


def neg(guard: Guard) -> Guard:
    """Not this."""
    return not guard if isinstance(guard, bool) else z3.Not(guard)


def decided(guard: Guard) -> Guard:
    """A guard over constants alone, as `True` or `False`."""
    if isinstance(guard, bool):
        return guard
    plain = z3.simplify(guard)
    return True if z3.is_true(plain) else False if z3.is_false(plain) else plain


def truth_of(value: Symbol) -> Guard:
    """A boolean's value as a guard."""
    return value


def constant(value: Value, type_: Type) -> Symbol:
    """A value as a symbol."""
    match value:
        case bool():
            return value
        case int():
            return z3.IntVal(value)
        case float():
            return z3.FPVal(value, z3.Float64())
        case str() | EntityRef():
            return Options(((True, value),))
        case datetime():
            return z3.IntVal((value - EPOCH) // MICROSECOND)
        case timedelta():
            return z3.IntVal(value // MICROSECOND)
        case tuple():
            of = type_.of or type_
            return Items(tuple((True, constant(item, of)) for item in value))
    msg = f"`{value!r}` has no place in the logic reading: ask `refusals` first"
    raise ValueError(msg)


def text(value: Symbol) -> z3.SeqRef:
    """A text as a term of Z3."""
    if not isinstance(value, Options):
        return value
    *most, (_, last) = value.choices
    return reduce(lambda rest, one: z3.If(one[0], _written(str(one[1])), rest), reversed(most), _written(str(last)))


def _written(words: str) -> z3.SeqRef:
    """A written text; every character that Z3's own notation could take for an escape is spelt out.

    Raises:
        ValueError: a character lies beyond U+2FFFF.
    """
    if max(words, default="") > HIGHEST_CHARACTER:
        msg = f"`{words}` has a character beyond U+2FFFF, which the logic reading can't hold: leave it out"
        raise ValueError(msg)
    return z3.StringVal("".join(c if " " <= c <= "~" and c != "\\" else f"\\u{{{ord(c):x}}}" for c in words))


def merged(cases: Sequence[tuple[Guard, Symbol]]) -> Symbol:
    """The value of the case whose guard holds; where none does, any."""
    if len(cases) == 1:
        return cases[0][1]
    first = cases[0][1]
    if isinstance(first, Items):
        lists = [(guard, value) for guard, value in cases if isinstance(value, Items)]
        return Items(
            tuple((conj((guard, there)), item) for guard, value in lists for there, item in value.items),
            disj(conj((guard, value.beyond)) for guard, value in lists),
        )
    if all(isinstance(value, Options) for _, value in cases):
        options = [(guard, value) for guard, value in cases if isinstance(value, Options)]
        return _gathered((conj((guard, chosen_)), one) for guard, value in options for chosen_, one in value.choices)
    if all(isinstance(value, bool | z3.BoolRef) for _, value in cases):
        return disj(conj((guard, truth_of(value))) for guard, value in cases)
    terms = [(guard, text(value) if isinstance(value, Options) else value) for guard, value in cases]
    return reduce(lambda rest, case: z3.If(case[0], case[1], rest), reversed(terms[:-1]), terms[-1][1])


def _gathered(choices: Iterable[tuple[Guard, EntityRef | str]]) -> Options:
    """The same options, each named once."""
    found: dict[EntityRef | str, list[Guard]] = {}
    for guard, one in choices:
        found.setdefault(one, []).append(guard)
    return Options(tuple((disj(guards), one) for one, guards in found.items()))


def equal(left: Symbol, right: Symbol) -> Guard:
    """CEL's equality; of lists, item by item in their order."""
    match left, right:
        case Items(), Items():
            return _equal_lists(left, right)
        case Options(), Options():
            there = _gathered(right.choices).choices
            guards = {one: guard for guard, one in there}
            return disj(conj((guard, guards[one])) for guard, one in left.choices if one in guards)
        case (Options(), _) | (_, Options()):
            return text(left) == text(right)
        case bool(), _:
            return truth_of(right) if left else neg(truth_of(right))
        case _, bool():
            return equal(right, left)
    return z3.fpEQ(left, right) if z3.is_fp(left) else left == right


def _equal_lists(left: Items, right: Items) -> Guard:
    """As many items, and equal ones wherever as many stand before them."""
    same = [size(left) == size(right)]
    for at, (a, one) in enumerate(left.items):
        for other_at, (b, other) in enumerate(right.items):
            level = _count(left.items[:at]) == _count(right.items[:other_at])
            same.append(disj((neg(conj((a, b, decided(level)))), equal(one, other))))
    return conj(decided(guard) for guard in same)


def _count(items: Sequence[tuple[Guard, Symbol]]) -> z3.ArithRef:
    """How many of these are there."""
    sure = sum(guard is True for guard, _ in items)
    unsure = [z3.If(guard, 1, 0) for guard, _ in items if not isinstance(guard, bool)]
    return z3.Sum([z3.IntVal(sure), *unsure])


def size(value: Items) -> z3.ArithRef:
    """How many items a list has, without those beyond."""
    return _count(value.items)


def among(value: Symbol, items: Items) -> Guard:
    """Whether a list has an item equal to a value, without those beyond."""
    return disj(conj((there, equal(value, item))) for there, item in items.items)


def compared(op: Operator, left: Symbol, right: Symbol, type_: ValueType) -> Guard:
    """`<`, `<=`, `>`, `>=`; false comes before true, and texts are ordered by code point."""
    if op in {Operator.GREATER, Operator.GREATER_OR_EQUAL}:
        mirrored = Operator.LESS if op is Operator.GREATER else Operator.LESS_OR_EQUAL
        return compared(mirrored, right, left, type_)
    strict = op is Operator.LESS
    match type_:
        case ValueType.BOOL:
            a, b = truth_of(left), truth_of(right)
            return conj((neg(a), b)) if strict else disj((neg(a), b))
        case ValueType.DOUBLE:
            return z3.fpLT(left, right) if strict else z3.fpLEQ(left, right)
        case ValueType.STRING:
            return text(left) < text(right) if strict else text(left) <= text(right)
    return left < right if strict else left <= right  # type: ignore[operator]  # both are integers


def inside(value: z3.ArithRef, type_: ValueType) -> Guard:
    """Whether a number lies in the range of its type."""
    low, high = RANGES[type_]
    return decided(z3.And(value >= low, value <= high))


def computed(op: Operator, left: Symbol, right: Symbol, type_: Type) -> tuple[Guard, Symbol]:
    """Arithmetic that gives `type_`: under which guard it has a value, and the value."""
    match left, right:
        case Items(), Items():
            return True, Items(left.items + right.items, disj((left.beyond, right.beyond)))
    match type_.value:
        case ValueType.STRING:
            return True, z3.Concat(text(left), text(right))
        case ValueType.DOUBLE:
            return True, _DOUBLES[op](z3.RNE(), left, right)
        case ValueType.TIMESTAMP | ValueType.DURATION:
            moved: z3.ArithRef = left + right if op is Operator.ADD else left - right  # type: ignore[operator]  # ints
            return inside(moved, ValueType(type_.value)), moved
    return _whole(op, left, right)


def _whole(op: Operator, left: z3.ArithRef, right: z3.ArithRef) -> tuple[Guard, Symbol]:
    """64 bits; `/` and `%` truncate towards zero, and Z3's own don't."""
    match op:
        case Operator.ADD:
            value = left + right
        case Operator.SUBTRACT:
            value = left - right
        case Operator.MULTIPLY:
            value = left * right
        case _:
            quotient = _absolute(left) / _absolute(right)
            quotient = z3.If((left < 0) == (right < 0), quotient, -quotient)
            fits = conj((decided(right != 0), inside(quotient, ValueType.INT)))
            return fits, quotient if op is Operator.DIVIDE else left - right * quotient
    return inside(value, ValueType.INT), value


def _absolute(value: z3.ArithRef) -> z3.ArithRef:
    return z3.If(value < 0, -value, value)


_DOUBLES: Final[dict[Operator, Callable[[z3.FPRMRef, Symbol, Symbol], z3.FPRef]]] = {
    Operator.ADD: z3.fpAdd,
    Operator.SUBTRACT: z3.fpSub,
    Operator.MULTIPLY: z3.fpMul,
    Operator.DIVIDE: z3.fpDiv,
}

TEXT_TESTS: Final[dict[Function, Callable[[z3.SeqRef, z3.SeqRef], z3.BoolRef]]] = {
    Function.STARTS_WITH: lambda whole, part: z3.PrefixOf(part, whole),
    Function.ENDS_WITH: lambda whole, part: z3.SuffixOf(part, whole),
    Function.CONTAINS: z3.Contains,
}
"""The functions that ask something of a text."""


def holds(model: z3.ModelRef, guard: Guard) -> bool:
    """Whether a guard holds in a model."""
    return guard if isinstance(guard, bool) else bool(z3.is_true(model.eval(guard, model_completion=True)))


def chosen(model: z3.ModelRef, options: Options) -> EntityRef | str:
    """The option whose guard holds in a model."""
    return next(one for guard, one in options.choices if holds(model, guard))
