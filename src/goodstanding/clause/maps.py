"""Maps, and what lists and maps are indexed by.

Whole numbers, texts and booleans are keys; numbers that are equal are one key, and a double that is whole finds a whole
number. Plain maps follow CEL: a key that is missing is an error, and `has` says that it is missing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from goodstanding.clause.faults import EvaluationError, no_overload
from goodstanding.clause.tree import Macro
from goodstanding.clause.values import Key, Map, UInt, Value

if TYPE_CHECKING:
    from collections.abc import Iterable

_INDEX: Final = "[ ]"


def map_of(entries: Iterable[tuple[Value, Value]]) -> Map:
    """A map literal.

    Raises:
        EvaluationError: a key is of a type that no key has, or stands there twice.
    """
    found: dict[Key, tuple[Value, Value]] = {}
    for key, value in entries:
        place = None if isinstance(key, float) else found_by(key)
        if place is None:
            msg = "unsupported key type: keys are whole numbers, texts and booleans"
            raise EvaluationError(msg)
        if place in found:
            msg = f"repeated key `{shown(key)}`"
            raise EvaluationError(msg)
        found[place] = (key, value)
    return Map(found)


def merged(maps: Iterable[Value]) -> Map:
    """One map of several.

    Raises:
        EvaluationError: a key stands in two of them, or one is no map.
    """
    found: list[tuple[Value, Value]] = []
    for one in maps:
        if not isinstance(one, Map):
            raise no_overload(Macro.TRANSFORM_MAP_ENTRY, one)
        found.extend(one.entries.values())
    return map_of(found)


def found_by(key: Value) -> Key | None:
    """What a key is found by, if it can be a key."""
    match key:
        case bool():
            return (key,)
        case int() | str():
            return key
        case UInt(number=number):
            return number
        case float() if key.is_integer():
            return int(key)
    return None


def at(of: Value, key: Value) -> Value:
    """`of[key]`.

    Raises:
        EvaluationError: there is no such item, or `of` is neither a list nor a map.
    """
    if isinstance(of, Map):
        place = found_by(key)
        entry = None if place is None else of.entries.get(place)
        if entry is None:
            msg = f"no such key: `{shown(key)}`"
            raise EvaluationError(msg)
        return entry[1]
    place = None if isinstance(key, str | bool) else found_by(key)
    if not isinstance(of, tuple) or not isinstance(place, int):
        raise no_overload(_INDEX, of, key)
    if not 0 <= place < len(of):
        msg = f"no item {place}: the list has {len(of)}"
        raise EvaluationError(msg)
    return of[place]


def field(of: Value, name: str) -> Value:
    """`of.name` of a map.

    Raises:
        EvaluationError: there is no such key, or `of` is no map.
    """
    if not isinstance(of, Map):
        raise _no_fields(of, name)
    return at(of, name)


def has(of: Value, name: str) -> bool:
    """`has(of.name)` of a map.

    Raises:
        EvaluationError: `of` is no map.
    """
    if not isinstance(of, Map):
        raise _no_fields(of, name)
    return name in of.entries


def holds(of: Map, key: Value) -> bool:
    """`key in of`."""
    return found_by(key) in of.entries


def shown(key: Value) -> str:
    """A key in a message."""
    match key:
        case UInt(number=number):
            return f"{number}u"
        case bool():
            return str(key).lower()
    return str(key)[:80]


def _no_fields(of: Value, name: str) -> EvaluationError:
    return no_overload(f".{name[:80]}", of)
