"""The prose reading, English: what a condition asks, what decided a case, what is missing, and what would change it.

Everything is composed from the vocabulary's words and this case's values. Sentences have no full stop, since some of
them become list items. It leaves to `reasons` where they stand in a statement. Upholds DSA art. 17(3)(b) as far as
facts go, and the remedy part of a statement: nobody is asked to change what is not in their hands.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

import msgspec

from goodstanding.clause.model import Cell, Facts, Unknown
from goodstanding.clause.sentences import Sentences
from goodstanding.clause.values import ABSENT, ValueType
from goodstanding.clause.vocabulary import ChangedBy, EntityKind, FactKind, Vocabulary
from goodstanding.clause.wording import Names, bare, belonging, say_value

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from goodstanding.clause.tree import Condition


class Remedy(msgspec.Struct, frozen=True, kw_only=True):
    """What would change one decisive fact, and in whose hands it is."""

    cell: Cell
    changed_by: ChangedBy
    text: str


def say_condition(
    condition: Condition, vocabulary: Vocabulary, called: Mapping[str, str] = MappingProxyType({})
) -> str:
    """What the condition asks, as one clause (a boolean) or one noun phrase (any other type).

    `called` gives what a variable stands for in this case, by name; the others are called what they are.
    """
    kinds = {name: vocabulary.entity(kind) for name, kind in condition.variables}
    names = {name: kind.label if kind else name for name, kind in kinds.items()} | {"now": "now"} | dict(called)
    sentences = Sentences(vocabulary)
    if condition.type.value is ValueType.BOOL:
        return sentences.sentence(condition.tree, names)
    return sentences.noun(condition.tree, names)


def say_cells(cells: Iterable[Cell], facts: Facts, vocabulary: Vocabulary, names: Names) -> tuple[str, ...]:
    """One sentence for each fact with the value that this case gives it."""
    return tuple(_say_cell(cell, facts, vocabulary, names) for cell in cells)


def say_missing(cells: Iterable[Cell], facts: Facts, vocabulary: Vocabulary, names: Names) -> tuple[str, ...]:
    """One sentence for each fact that is not known, with the reason."""
    return tuple(_say_unknown(cell, facts.read(cell), vocabulary, names) for cell in cells)


def say_remedy(cells: Iterable[Cell], vocabulary: Vocabulary, names: Names) -> tuple[Remedy, ...]:
    """What would change each fact, first what the advertiser can do, then what only others can."""
    found = [_remedy(cell, vocabulary, names) for cell in cells]
    order = list(ChangedBy)
    return tuple(sorted(found, key=lambda remedy: order.index(remedy.changed_by)))


def _say_cell(cell: Cell, facts: Facts, vocabulary: Vocabulary, names: Names) -> str:
    known = facts.read(cell)
    if isinstance(known, Unknown):
        return _say_unknown(cell, known, vocabulary, names)
    kind, fact, name = *_fact(cell, vocabulary), names(cell.entity)
    if known.value is ABSENT or known.value == ():
        return f"{name} has no {bare(fact.label)}"
    if fact.type is ValueType.BOOL:
        return f"{name} {fact.holds if known.value else fact.holds_not}"
    what = belonging(fact, kind, name)
    return f"{what[:1].upper()}{what[1:]} {_is(fact)} {say_value(known.value, fact, vocabulary, names)}"


def _say_unknown(cell: Cell, known: object, vocabulary: Vocabulary, names: Names) -> str:
    kind, fact, name = *_fact(cell, vocabulary), names(cell.entity)
    why = f" ({known.why})" if isinstance(known, Unknown) else ""
    if fact.type is ValueType.BOOL:
        return f"It is not known whether {name} {fact.holds}{why}"
    return f"It is not known what {belonging(fact, kind, name)} {_is(fact)}{why}"


def _remedy(cell: Cell, vocabulary: Vocabulary, names: Names) -> Remedy:
    kind, fact, name = *_fact(cell, vocabulary), names(cell.entity)
    what = f"whether {name} {fact.holds}" if fact.type is ValueType.BOOL else belonging(fact, kind, name)
    who = {
        ChangedBy.ADVERTISER: "the advertiser",
        ChangedBy.AUTHORITY: "only the authority",
        ChangedBy.PLATFORM: "only the platform",
        ChangedBy.NOBODY: "nobody",
    }[fact.changed_by]
    return Remedy(cell=cell, changed_by=fact.changed_by, text=fact.remedy or f"{who} can change {what}")


def _fact(cell: Cell, vocabulary: Vocabulary) -> tuple[EntityKind, FactKind]:
    """The vocabulary's entries for a cell.

    Raises:
        ValueError: the vocabulary has no such fact.
    """
    kind = vocabulary.entity(cell.entity.kind)
    fact = kind.fact(cell.fact) if kind else None
    if kind is None or fact is None:
        msg = f"the vocabulary `{vocabulary.id}` has no fact `{cell.entity.kind}.{cell.fact}`"
        raise ValueError(msg)
    return kind, fact


def _is(fact: FactKind) -> str:
    return "are" if fact.type is ValueType.LIST else "is"
