"""Which facts a condition names, seen from its variables and from the vocabulary."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from goodstanding.clause.tree import (
    Binary,
    Call,
    Choice,
    Field,
    Has,
    Index,
    ListLiteral,
    Macro,
    MapLiteral,
    Node,
    Quantifier,
    Variable,
    parts,
)
from goodstanding.clause.values import ValueType

if TYPE_CHECKING:
    from collections.abc import Mapping

Path: TypeAlias = tuple[str, str]
"""A variable and the facts from it, `("owner", "orders.in_force")`."""

Pairs: TypeAlias = tuple[tuple[str, str], ...]


def facts_named(tree: Node, variables: Mapping[str, str]) -> tuple[Pairs, Pairs]:
    """Every fact as a path from a variable, and as entity kind and name; both sorted."""
    found: set[Path] = set()
    facts: set[tuple[str, str]] = set()
    _collect(tree, {name: frozenset({(name, "")}) for name in variables}, found, facts)
    return tuple(sorted(found)), tuple(sorted(facts))


def _collect(
    node: Node, scope: dict[str, frozenset[Path]], found: set[Path], facts: set[tuple[str, str]]
) -> frozenset[Path]:
    """Collect the facts inside a node; answer where the entities that it gives come from."""
    match node:
        case Variable(name=name):
            return scope.get(name, frozenset())
        case Field(of=of, name=name) | Has(of=of, name=name) if of.type.value is ValueType.ENTITY:
            places = frozenset((root, f"{path}.{name}".lstrip(".")) for root, path in _collect(of, scope, found, facts))
            found.update(places)
            facts.add((of.type.entity, name))
            return places
        case Quantifier(macro=macro, over=over):
            elements = _collect(over, scope, found, facts)
            inside = scope | dict.fromkeys((node.variable, node.second), elements)
            given = [_collect(part, inside, found, facts) for part in parts(node)[1:]]
            return given[-1] if macro is Macro.MAP else elements
    inner = [_collect(part, scope, found, facts) for part in parts(node)]
    if isinstance(node, Choice | ListLiteral | MapLiteral | Index | Field | Binary | Call):
        return frozenset(place for places_of_part in inner for place in places_of_part)
    return frozenset()
