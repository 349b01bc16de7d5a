"""The prose reading: what a condition asks, what decided a case, what is missing, and what would change it.

Everything is composed from the vocabulary's words, this case's values and one language's frames (`words`; English where
none are given). The vocabulary has to be in that language too: `translation` makes it so. Sentences have no full stop,
since some of them become list items. It leaves to `reasons` where they stand in a statement. Upholds DSA art. 17(3)(b)
as far as facts go, and the remedy part of a statement: nobody is asked to change what is not in their hands.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

import msgspec

from goodstanding.clause.model import Cell, Facts, Unknown
from goodstanding.clause.prose import frames
from goodstanding.clause.prose.sentences import Sentences
from goodstanding.clause.prose.unspoken import unspoken
from goodstanding.clause.prose.wording import Names, bare, belonging, kind_called, say_value
from goodstanding.clause.prose.words import ENGLISH, Called, Words
from goodstanding.clause.values import ABSENT, ValueType
from goodstanding.clause.vocabulary import ChangedBy, EntityKind, FactKind, Vocabulary
from goodstanding.errors import ConditionProblem

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from goodstanding.clause.tree import Condition


class Remedy(msgspec.Struct, frozen=True, kw_only=True):
    """What would change one decisive fact, and in whose hands it is."""

    cell: Cell
    changed_by: ChangedBy
    text: str


def refusals(condition: Condition) -> tuple[ConditionProblem, ...]:
    """What of a condition has no sentence, in any language."""
    return unspoken(condition.tree)


def say_condition(
    condition: Condition,
    vocabulary: Vocabulary,
    called: Mapping[str, str] = MappingProxyType({}),
    words: Words = ENGLISH,
) -> str:
    """What the condition asks, as one clause (a boolean) or one noun phrase (any other type).

    `called` gives what a variable stands for in this case, by name; the others are called what they are.
    """
    kinds = {name: vocabulary.entity(kind) for name, kind in condition.variables}
    names = {name: kind_called(kind, words) if kind else words.called(name) for name, kind in kinds.items()}
    names |= {"now": words.called(words.say("now"))} | {name: words.called(text) for name, text in called.items()}
    sentences = Sentences(vocabulary, words)
    if condition.type.value is ValueType.BOOL:
        return sentences.sentence(condition.tree, names)
    return sentences.noun(condition.tree, names)


def say_cells(
    cells: Iterable[Cell], facts: Facts, vocabulary: Vocabulary, names: Names, words: Words = ENGLISH
) -> tuple[str, ...]:
    """One sentence for each fact with the value that this case gives it."""
    return tuple(_say_cell(cell, facts, vocabulary, names, words) for cell in cells)


def say_missing(
    cells: Iterable[Cell], facts: Facts, vocabulary: Vocabulary, names: Names, words: Words = ENGLISH
) -> tuple[str, ...]:
    """One sentence for each fact that is not known, with the reason."""
    return tuple(_say_unknown(cell, facts.read(cell), vocabulary, names, words) for cell in cells)


def say_remedy(
    cells: Iterable[Cell], vocabulary: Vocabulary, names: Names, words: Words = ENGLISH
) -> tuple[Remedy, ...]:
    """What would change each fact, first what the advertiser can do, then what only others can."""
    found = [_remedy(cell, vocabulary, names, words) for cell in cells]
    order = list(ChangedBy)
    return tuple(sorted(found, key=lambda remedy: order.index(remedy.changed_by)))


def say_fact(cell: Cell, vocabulary: Vocabulary, names: Names, words: Words = ENGLISH) -> str:
    """What a fact is about, as a noun phrase or a question: `the balance overdue of X`, `whether X is in force`."""
    kind, fact = _fact(cell, vocabulary)
    return say_kind_of_fact(kind, fact, _called(cell, names, words), words)


def say_kind_of_fact(kind: EntityKind, fact: FactKind, whose: Called, words: Words = ENGLISH) -> str:
    """The same for a fact that can be stated of any entity of a kind."""
    if fact.type is ValueType.BOOL:
        return words.say(frames.WHETHER_IT, name=whose.name, holds=fact.holds)
    return belonging(fact, kind, whose)


def _say_cell(cell: Cell, facts: Facts, vocabulary: Vocabulary, names: Names, words: Words) -> str:
    known = facts.read(cell)
    if isinstance(known, Unknown):
        return _say_unknown(cell, known, vocabulary, names, words)
    (kind, fact), whose = _fact(cell, vocabulary), _called(cell, names, words)
    name = whose.name
    if fact.type is ValueType.BOOL and known.value is ABSENT:
        return _sentence(words.say(frames.DECIDED[False], subject=name, holds=fact.holds), name)
    if fact.type is ValueType.BOOL:
        return f"{name} {fact.holds if known.value else fact.holds_not}"
    what = belonging(fact, kind, whose)
    if known.value is ABSENT or known.value == ():
        return _sentence(words.say(frames.NONE, name=name, bare=bare(fact.label), what=what), name)
    value = say_value(known.value, fact, vocabulary, names, words)
    return _sentence(words.say(frames.VALUE[_is_list(fact)], what=what, value=value), name)


def _say_unknown(cell: Cell, known: object, vocabulary: Vocabulary, names: Names, words: Words) -> str:
    (kind, fact), whose = _fact(cell, vocabulary), _called(cell, names, words)
    why = f" ({words.say(known.why)})" if isinstance(known, Unknown) else ""
    if fact.type is ValueType.BOOL:
        return words.say(frames.NOT_KNOWN_WHETHER, name=whose.name, holds=fact.holds, why=why)
    return words.say(frames.NOT_KNOWN_WHAT[_is_list(fact)], what=belonging(fact, kind, whose), why=why)


def _remedy(cell: Cell, vocabulary: Vocabulary, names: Names, words: Words) -> Remedy:
    _, fact = _fact(cell, vocabulary)
    text = fact.remedy or words.say(frames.WHO_CAN[fact.changed_by], what=say_fact(cell, vocabulary, names, words))
    return Remedy(cell=cell, changed_by=fact.changed_by, text=text)


def _called(cell: Cell, names: Names, words: Words) -> Called:
    """What the entity of a cell is called."""
    name = names(cell.entity)
    return words.called(name) if isinstance(name, str) else name


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


def _is_list(fact: FactKind) -> bool:
    return fact.type is ValueType.LIST


def _sentence(text: str, name: str) -> str:
    """A sentence begins with a capital; a name stays as it is."""
    return text if text.startswith(name) else text[:1].upper() + text[1:]
