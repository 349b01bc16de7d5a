"""The tree read on facts by key: what generated code turns to for conditions, and calls, that it does not cover."""

from __future__ import annotations

from typing import TYPE_CHECKING

from goodstanding.clause.compiled.runtime import Explained, FactsByKey
from goodstanding.clause.model import Cell, Known, Unknown, Why
from goodstanding.clause.tree import Field, Has, Variable, walk
from goodstanding.clause.values import EntityRef, Value
from goodstanding.clause.verdict import read_value

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from goodstanding.clause.tree import Condition


class Keyed:
    """Facts by key, seen as facts of entities: those of a variable's entity stand under the variable's name."""

    def __init__(self, facts: FactsByKey, bindings: Mapping[str, EntityRef]) -> None:
        """Two variables may be the same entity; then a fact stands under one of them."""
        self._facts = facts
        self._bindings = bindings

    def read(self, cell: Cell) -> Known | Unknown:
        """What is known at a cell."""
        value = self._facts.get(self.key(cell))
        return Unknown(Why.NO_EVIDENCE) if value is None else Known(value)

    def key(self, cell: Cell) -> str:
        """Where the fact of a cell stands."""
        keys = [f"{name}.{cell.fact}" for name, entity in self._bindings.items() if entity == cell.entity]
        return next((key for key in keys if key in self._facts), keys[0] if keys else str(cell))

    def in_keys(self, message: str) -> str:
        """An error message, with variables in the place of their entities."""
        for name, entity in self._bindings.items():
            message = message.replace(f"`{entity}.", f"`{name}.")
        return message


class TreeReading:
    """One condition, read from its tree."""

    def __init__(self, condition: Condition) -> None:
        """Find the variables whose entity matters itself, and not only its facts."""
        self._condition = condition
        self._kinds = dict(condition.variables)
        owners = {id(node.of) for node in walk(condition.tree) if isinstance(node, Field | Has)}
        named = {node.name for node in walk(condition.tree) if isinstance(node, Variable) and id(node) not in owners}
        self._compared = sorted(named & self._kinds.keys())

    def plain(self, facts: FactsByKey, now: datetime) -> Value | None:
        """The value, or `None`."""
        return self.explained(facts, now).value

    def explained(self, facts: FactsByKey, now: datetime) -> Explained:
        """The value and what it rests on."""
        given = {name: facts.get(name) for name in self._kinds}
        bindings = {
            name: entity
            if isinstance(entity := given[name], EntityRef) and entity.kind == kind
            else _nobody(name, kind)
            for name, kind in self._kinds.items()
        }
        missing = tuple(name for name in self._compared if bindings[name] is not given[name])
        if missing:
            return Explained(None, missing=missing)
        keyed = Keyed(facts, bindings)
        reading = read_value(self._condition, bindings, keyed, now=now)
        decisive = reading.sufficient[0] if reading.sufficient else ()
        return Explained(
            reading.value,
            tuple(sorted(map(keyed.key, decisive))),
            tuple(sorted(map(keyed.key, reading.missing))),
            tuple(sorted(map(keyed.in_keys, reading.errors))),
        )


def _nobody(name: str, kind: str) -> EntityRef:
    """An entity for a variable that the facts do not name, different from every other."""
    return EntityRef(kind, f"({name})")
