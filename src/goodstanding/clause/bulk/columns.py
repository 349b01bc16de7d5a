"""The columns that a condition reads from a table of accounts: one row an account and binding.

- `"owner.strikes"`: a fact of a variable; NULL where it is not known.
- `"owner.parent.strikes"`: a fact of the entity that a fact names; NULL where either is not known.
- `"owner.strikes.absent"`: true where evidence records that there is no value; only `has` reads it.
- `"owner"`: the id of the entity itself, where entities are compared.
- A list of entities is a list of structures, each with `id` and the facts that the condition reads of its elements.

A list with NULL inside is not known. It leaves to the engines which of their types fit.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import msgspec

from goodstanding.clause.bulk.refusals import ABSENT
from goodstanding.clause.tree import Condition, Field, Has, Macro, Node, Quantifier, Type, Variable, parts
from goodstanding.clause.values import ValueType

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

ID: Final = "id"
"""The field of a structure that says which entity it is."""

ANY: Final = Type(value=None)
"""The type of a column of which a condition only asks whether there is a value."""

_STORED: Final[Mapping[object, ValueType]] = {
    ValueType.ENTITY: ValueType.STRING,
    ValueType.DURATION: ValueType.INT,
}
"""What a table holds in place of another type: ids as texts, lengths of time as whole microseconds."""

_BOOL: Final = Type(value=ValueType.BOOL)
_STRING: Final = Type(value=ValueType.STRING)


class Column(msgspec.Struct, frozen=True, kw_only=True):
    """One column; `fields` are those of the structures in a list of entities, `id` among them."""

    name: str
    type: Type
    fields: tuple[tuple[str, Type], ...] = ()


class Question(msgspec.Struct, frozen=True, kw_only=True):
    """One condition that can be read in bulk; `name` names its answers, `bound` is the variable of an `each`."""

    name: str
    condition: Condition
    bound: str = ""


def needed(question: Question) -> tuple[Column, ...]:
    """The columns that a question reads, by name."""
    found = {column.name: column for column in columns(question.condition)}
    if question.bound:
        found.setdefault(question.bound, Column(name=question.bound, type=Type(value=ValueType.STRING)))
    return tuple(found[name] for name in sorted(found))


def lacking(question: Question, held: Iterable[Column]) -> tuple[Column, ...]:
    """The columns that a question reads and a table does not hold, or holds in another type."""
    known = {column.name: column for column in held}
    return tuple(column for column in needed(question) if not _holds(known.get(column.name), column))


class _Place(msgspec.Struct, frozen=True):
    """Where an entity comes from: the column that names it, and whether it is an element of that column's list."""

    column: str
    element: bool = False


def columns(condition: Condition) -> tuple[Column, ...]:
    """Every column that a condition reads, by name; the condition is not one that `refusals` refuses."""
    reader = _Columns()
    scope = {name: frozenset({_Place(name)}) for name, _ in condition.variables}
    reader.collect(condition.tree, scope)
    if condition.tree.type.entity:
        reader.compared(condition.tree, scope)
    return tuple(
        Column(name=name, type=type_, fields=tuple(sorted(reader.fields.get(name, {}).items())))
        for name, type_ in sorted(reader.types.items())
    )


class _Columns:
    """Columns as they are met."""

    def __init__(self) -> None:
        self.types: dict[str, Type] = {}
        self.fields: dict[str, dict[str, Type]] = {}

    def collect(self, node: Node, scope: Mapping[str, frozenset[_Place]]) -> frozenset[_Place]:
        """Collect the columns inside a node; answer where the entities that it gives come from."""
        match node:
            case Variable(name=name):
                return scope.get(name, frozenset())
            case Field(of=of, name=name) | Has(of=of, name=name):
                return frozenset(self._fact(place, name, node) for place in self._along(of, scope))
            case Quantifier():
                return self._quantifier(node, scope)
        inner = frozenset[_Place]().union(*(self.collect(part, scope) for part in parts(node)))
        for part in parts(node):
            self.compared(part, scope)
        return inner

    def _along(self, of: Node, scope: Mapping[str, frozenset[_Place]]) -> frozenset[_Place]:
        """The places of an entity along a path of facts, whose own columns are not read."""
        if isinstance(of, Field):
            return frozenset(_Place(f"{place.column}.{of.name}") for place in self._along(of.of, scope))
        return self.collect(of, scope)

    def compared(self, node: Node, scope: Mapping[str, frozenset[_Place]]) -> None:
        """A variable that stands for itself is read by its id."""
        if isinstance(node, Variable) and node.type.entity:
            for place in scope.get(node.name, ()):
                if not place.element:
                    self.types[place.column] = _STRING

    def _fact(self, place: _Place, name: str, node: Field | Has) -> _Place:
        """A fact at a place, and the column or field that says it."""
        says = {name: node.type} if isinstance(node, Field) else {name: ANY, f"{name}.{ABSENT}": _BOOL}
        if place.element:
            _add(self.fields[place.column], says)
            return _Place("", element=True)
        column = f"{place.column}.{name}"
        _add(self.types, {f"{place.column}.{fact}": type_ for fact, type_ in says.items()})
        if node.type.of is not None and node.type.of.entity:
            self.fields.setdefault(column, {ID: _STRING})
        return _Place(column)

    def _quantifier(self, node: Quantifier, scope: Mapping[str, frozenset[_Place]]) -> frozenset[_Place]:
        over = self.collect(node.over, scope)
        inside = {**scope, node.variable: frozenset(_Place(place.column, element=True) for place in over)}
        given = over
        for part in parts(node)[1:]:
            given = self.collect(part, inside)
        return given if node.macro is Macro.MAP else over


def _add(known: dict[str, Type], says: Mapping[str, Type]) -> None:
    """Add types by name; one that says something stays."""
    for name, type_ in says.items():
        if known.get(name, ANY) == ANY:
            known[name] = type_


def _holds(held: Column | None, column: Column) -> bool:
    """Whether a column that a table holds is the one that is read."""
    if held is None:
        return False
    if column.fields:
        inner = dict(held.fields)
        return all(name in inner and _fits(inner[name], type_) for name, type_ in column.fields)
    return _fits(held.type, column.type)


def _fits(held: Type, type_: Type) -> bool:
    """Whether values of one type are read as another: ids are texts, lengths of time whole microseconds."""
    if type_ == ANY:
        return True
    if type_.of is not None:
        return held.of is not None and _fits(held.of, type_.of)
    return held.value is _STORED.get(type_.value, type_.value)
