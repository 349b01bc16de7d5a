"""What generated code calls: facts of reached entities, lists, errors as data, and sets of facts as bits.

In explained code every node gives a value and a mask. While the value is there, the mask is the set of facts that it
rests on, one bit a fact. Without a value (`None`) it is the set of facts that are missing, or a `Lacking` when
something failed. Where smallest sets of parts do not add up to the smallest set of the whole, since the parts share
facts, the mask of a value is a *family*: the tuple of all its minimal sets.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Final, TypeAlias, cast

import msgspec

from goodstanding.clause.operators import EvaluationError
from goodstanding.clause.sufficiency import LIMIT
from goodstanding.clause.values import ABSENT, EntityRef, Value

ELEMENTS: Final = 10_000
"""How many elements one call goes through; on more, the tree is read, which counts its steps."""

FactsByKey: TypeAlias = "Mapping[str, Value | None]"
Maybe: TypeAlias = "Value | None"


class Explained(msgspec.Struct, frozen=True):
    """A value and why: the smallest set of keys that decides, the keys that are missing, and errors."""

    value: Value | None
    decisive: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    errors: tuple[str, ...] = ()


class Lacking(msgspec.Struct, frozen=True):
    """Why there is no value, when something failed: the missing facts as bits, and the errors."""

    cells: int
    errors: frozenset[str]

    def __or__(self, other: int | Lacking) -> Lacking:
        """Both reasons."""
        if isinstance(other, int):
            return Lacking(self.cells | other, self.errors)
        return Lacking(self.cells | other.cells, self.errors | other.errors)

    __ror__ = __or__


Family: TypeAlias = tuple[int, ...]
Mask: TypeAlias = int | Family | Lacking
Outcome: TypeAlias = tuple[Maybe, Mask]


class TreeIsNeededError(Exception):
    """Too many elements, or too many sets of facts: the tree is read instead."""


# ------------------------------------------------------------------------------------------------------------- facts


def key_of(facts: FactsByKey, entity: EntityRef, fact: str, variables: Mapping[str, str]) -> str:
    """Where a fact of an entity stands: under the variable whose entity it is, else under `kind:id`."""
    variable = variables.get(entity.kind)
    if variable is not None and facts.get(variable) == entity:
        return f"{variable}.{fact}"
    return f"{entity.kind}:{entity.id}.{fact}"


def at(facts: FactsByKey, entity: EntityRef, fact: str, variables: Mapping[str, str]) -> Maybe:
    """What is known of an entity that another fact led to."""
    return facts.get(key_of(facts, entity, fact, variables))


def scalars(value: object, of: type) -> bool:
    """Whether it is a list of values of that type."""
    return type(value) is tuple and all(type(item) is of for item in value)


def entities(value: object, kind: str) -> bool:
    """Whether it is a list of entities of that kind."""
    return type(value) is tuple and all(type(item) is EntityRef and item.kind == kind for item in value)


# ------------------------------------------------------------------------------------------------------------- plain


def attempt(function: Callable[..., Value], *operands: object) -> Maybe:
    """What an operator gives, if it gives anything."""
    try:
        return function(*operands)
    except EvaluationError:
        return None


def counted(items: Maybe, spent: list[int]) -> tuple[Value, ...]:
    """The elements of a list.

    Raises:
        TreeIsNeededError: this call has gone through too many.
    """
    elements = cast("tuple[Value, ...]", items)
    spent[0] += len(elements)
    if spent[0] > ELEMENTS:
        raise TreeIsNeededError
    return elements


def any_or_all(items: Sequence[Value], body: Callable[[Value], Maybe], *, absorbing: bool) -> bool | None:
    """`exists` (absorbing true) and `all` (absorbing false)."""
    decided = True
    for item in items:
        value = body(item)
        if value is absorbing:
            return absorbing
        decided = decided and value is (not absorbing)
    return not absorbing if decided else None


def exactly_one(items: Sequence[Value], body: Callable[[Value], Maybe]) -> bool | None:
    """`exists_one`."""
    kept = filtered(items, body)
    return None if kept is None else len(kept) == 1


def filtered(items: Sequence[Value], body: Callable[[Value], Maybe]) -> tuple[Value, ...] | None:
    """`filter`."""
    tests = [body(item) for item in items]
    if any(test is not True and test is not False for test in tests):
        return None
    return tuple(item for item, test in zip(items, tests, strict=True) if test)


def mapped(items: Sequence[Value], body: Callable[[Value], Maybe]) -> tuple[Value, ...] | None:
    """`map`."""
    values = tuple(body(item) for item in items)
    return None if None in values else cast("tuple[Value, ...]", values)


# --------------------------------------------------------------------------------------------------------- explained


def failed(message: str, place: str) -> Lacking:
    """An error that no fact can mend."""
    return Lacking(0, frozenset({message + place}))


def unfit(value: Value, key: str, type_: str, place: str) -> Lacking:
    """Why a fact that is there can't be used."""
    return failed(f"`{key}` is recorded as absent" if value is ABSENT else f"`{key}` is not of the type {type_}", place)


def computed(mask: Mask, place: str, function: Callable[..., Value], *operands: object) -> Outcome:
    """What an operator gives, and what that rests on."""
    try:
        return function(*operands), mask
    except EvaluationError as error:
        return None, failed(str(error), place)


def unsure(*outcomes: Outcome) -> Mask:
    """Why what needs all its operands has no value: errors that nothing unknown can mend, else all that is missing."""
    lacking = [cast("int | Lacking", mask) for value, mask in outcomes if value is None]
    certain = [mask for mask in lacking if isinstance(mask, Lacking) and not mask.cells]
    return union(certain or lacking)


def unsure_choice(chooser: int | Lacking, *branches: Outcome) -> Mask:
    """Why `a ? b : c` has no value when `a` has none."""
    if isinstance(chooser, Lacking) and not chooser.cells:
        return chooser
    result: int | Lacking = chooser
    for value, mask in branches:
        if value is None:
            result = result | (mask.cells if isinstance(mask, Lacking) else cast("int", mask))
    return result


class Reached:
    """The facts that one call reaches through other facts, and their bits."""

    __slots__ = ("bits", "facts", "variables")

    def __init__(self, facts: FactsByKey, variables: Mapping[str, str], bits: Mapping[str, int]) -> None:
        """Begin with the bits of the facts that the condition itself names."""
        self.facts = facts
        self.variables = variables
        self.bits = dict(bits)

    def fact(
        self, entity: EntityRef, fact: str, fits: Callable[[Value], bool], type_: str, place: str
    ) -> tuple[Maybe, int | Lacking]:
        """The value of a fact, and its bit."""
        key = key_of(self.facts, entity, fact, self.variables)
        value = self.facts.get(key)
        if value is not None and not fits(value):
            return None, unfit(value, key, type_, place)
        return value, self._bit(key)

    def has(self, entity: EntityRef, fact: str) -> tuple[bool | None, int]:
        """Whether a fact is there, and its bit."""
        key = key_of(self.facts, entity, fact, self.variables)
        value = self.facts.get(key)
        return None if value is None else value is not ABSENT, self._bit(key)

    def _bit(self, key: str) -> int:
        return self.bits.setdefault(key, 1 << len(self.bits))


def union(masks: Iterable[Mask]) -> int | Lacking:
    """All of them together."""
    result: int | Lacking = 0
    for mask in masks:
        result = result | cast("int | Lacking", mask)
    return result


def rank(mask: int) -> tuple[int, int]:
    """By size and then by fact, since the first fact has the highest bit."""
    return mask.bit_count(), -mask


def smaller(mask: int, other: int) -> bool:
    """Whether a set ranks before another."""
    size, others = mask.bit_count(), other.bit_count()
    return size < others or (size == others and mask > other)


def least(masks: Iterable[Mask]) -> int:
    """The smallest set."""
    return min(cast("Iterable[int]", masks), key=rank)


def narrowed(value: Maybe, mask: Mask) -> Mask:
    """The smallest set of a family."""
    return mask if value is None else least(sets(mask))


def both(masks: Iterable[Mask]) -> Family:
    """The minimal unions of one set of every family."""
    result: Family = (0,)
    for mask in masks:
        result = minimal({left | right for left in result for right in sets(mask)})
    return result


def either(masks: Iterable[Mask]) -> Family:
    """The minimal sets of any family."""
    return minimal({mask for family in masks for mask in sets(family)})


def sets(mask: Mask) -> Family:
    """A set alone is a family too."""
    return mask if isinstance(mask, tuple) else (cast("int", mask),)


def minimal(masks: Iterable[int]) -> Family:
    """The sets that contain no other, smallest first.

    Raises:
        TreeIsNeededError: they are too many, and the tree knows which to keep.
    """
    kept: list[int] = []
    for mask in sorted(masks, key=rank):
        if not any(smaller & mask == smaller for smaller in kept):
            kept.append(mask)
    if len(kept) > LIMIT:
        raise TreeIsNeededError
    return tuple(kept)


class Sets(msgspec.Struct, frozen=True):
    """How sets combine: as single smallest ones, or as families."""

    all_of: Callable[[Iterable[Mask]], Mask]
    one_of: Callable[[Iterable[Mask]], Mask]


SINGLE: Final = Sets(union, least)
FAMILY: Final = Sets(both, either)


def logical(outcomes: Iterable[Outcome], how: Sets, *, absorbing: bool) -> Outcome:
    """`||` (absorbing true) or `&&` (absorbing false) of any number of operands."""
    kept = list(outcomes)
    deciding = [mask for value, mask in kept if value is absorbing]
    if deciding:
        return absorbing, how.one_of(deciding)
    if any(value is None for value, _ in kept):
        return None, union(mask for value, mask in kept if value is None)
    return not absorbing, how.all_of(mask for _, mask in kept)


def strict(outcomes: Sequence[Outcome], how: Sets) -> tuple[list[Value] | None, Mask]:
    """The values of all, and what they rest on; or why there are none."""
    if any(value is None for value, _ in outcomes):
        return None, unsure(*outcomes)
    return [cast("Value", value) for value, _ in outcomes], how.all_of(mask for _, mask in outcomes)


def explain_one(outcomes: Sequence[Outcome], how: Sets) -> Outcome:
    """`exists_one`."""
    values, mask = strict(outcomes, how)
    return None if values is None else values.count(True) == 1, mask


def explain_filter(items: Sequence[Value], outcomes: Sequence[Outcome], how: Sets) -> Outcome:
    """`filter`."""
    values, mask = strict(outcomes, how)
    if values is None:
        return None, mask
    return tuple(item for item, kept in zip(items, values, strict=True) if kept), mask


def explain_map(
    items: Sequence[Value],
    where: Callable[[Value], Outcome] | None,
    body: Callable[[Value], Outcome],
    how: Sets,
) -> Outcome:
    """`map`, with or without a filter; the body counts only where the filter holds or may hold."""
    outcomes: list[Outcome] = []
    kept: list[int] = []
    for item in items:
        test = (True, 0) if where is None else where(item)
        outcomes.append(test)
        if test[0] is not False:
            mapped_to = body(item)
            if test[0] is None and isinstance(mapped_to[1], Lacking) and not mapped_to[1].cells:
                continue  # the filter may yet leave out what is in error
            kept.append(len(outcomes))
            outcomes.append(mapped_to)
    values, mask = strict(outcomes, how)
    return None if values is None else tuple(values[place] for place in kept), mask
