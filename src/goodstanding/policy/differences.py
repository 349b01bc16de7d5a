"""What differs between two versions of a policy, clause by clause, text and meaning apart.

Text is what people read: title, words and guidance, without their dress (`normal`). Meaning is what a clause does: its
kind, conditions, scope and lengths; a condition that is only written otherwise, in its white space or its brackets,
means the same. It compares forms and proves nothing: that two different conditions are met by the same accounts is left
to the analysis.
"""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

import msgspec

from goodstanding.clause.tree import Condition, parts, walk
from goodstanding.kernel.ids import ClauseId
from goodstanding.policy.model import Clause
from goodstanding.policy.normal import normalised

if TYPE_CHECKING:
    from collections.abc import Iterator

    from goodstanding.clause.tree import Node
    from goodstanding.policy.model import Policy

_TEXT = ("title", "text", "guidance")
_NEITHER = frozenset({"id", "text_digest", "place"})
_MEANING = tuple(name for name in Clause.__struct_fields__ if name not in {*_TEXT, *_NEITHER})
_WHERE_IT_STANDS = frozenset({"line", "column"})


class DifferenceKind(StrEnum):
    """How a clause of one version stands to that of the other."""

    ADDED = "added"
    REMOVED = "removed"
    TEXT = "text"
    MEANING = "meaning"
    BOTH = "text and meaning"
    UNCHANGED = "unchanged"


class ClauseDifference(msgspec.Struct, frozen=True, kw_only=True):
    """One clause in both versions; `fields` are the keys that differ, in the order of the record."""

    clause: ClauseId
    kind: DifferenceKind
    fields: tuple[str, ...] = ()
    old: Clause | None = None
    new: Clause | None = None


def differences(old: Policy, new: Policy) -> tuple[ClauseDifference, ...]:
    """Every clause of both versions, in the order of the new one; those that were removed come last."""
    before = {clause.id: clause for clause in old.clauses}
    kept = {clause.id for clause in new.clauses}
    return (
        *(difference(before.get(clause.id), clause) for clause in new.clauses),
        *(difference(clause, None) for clause in old.clauses if clause.id not in kept),
    )


def difference(old: Clause | None, new: Clause | None) -> ClauseDifference:
    """What differs in one clause.

    Raises:
        ValueError: there is neither.
    """
    either = new or old
    if either is None:
        msg = "there is no clause to compare"
        raise ValueError(msg)
    if old is None or new is None:
        kind = DifferenceKind.ADDED if old is None else DifferenceKind.REMOVED
        return ClauseDifference(clause=either.id, kind=kind, old=old, new=new)
    words = [name for name in _TEXT if _text(old, name) != _text(new, name)]
    effects = [name for name in _MEANING if form(getattr(old, name)) != form(getattr(new, name))]
    return ClauseDifference(clause=new.id, kind=_kind(words, effects), fields=(*words, *effects), old=old, new=new)


def same_meaning(one: Clause, other: Clause) -> bool:
    """Whether two clauses do the same, whatever they are called and however they say it."""
    return all(form(getattr(one, name)) == form(getattr(other, name)) for name in _MEANING)


def form(value: object) -> object:
    """A value of a clause as it is compared: a condition without its places and its way of writing."""
    return tuple(_nodes(value.tree)) if isinstance(value, Condition) else value


def _nodes(tree: Node) -> Iterator[tuple[object, ...]]:
    """A tree, node by node; with the number of parts of each there is one tree for one sequence."""
    for node in walk(tree):
        inner = parts(node)
        own = [
            (name, str(value) if name == "type" else repr(value))
            for name in node.__struct_fields__
            if name not in _WHERE_IT_STANDS and not _is_part(value := getattr(node, name), inner)
        ]
        yield type(node).__name__, len(inner), *own


def _is_part(value: object, inner: tuple[Node, ...]) -> bool:
    """Whether a field holds what comes later in the sequence."""
    held = value if isinstance(value, tuple) else (value,)
    flat = [each for one in held for each in (one if isinstance(one, tuple) else (one,))]
    return any(each is part for each in flat for part in inner)


def _text(clause: Clause, name: str) -> str:
    """One of the texts of a clause, without its dress."""
    value = getattr(clause, name)
    return normalised(value if isinstance(value, str) else "" if value is None else f"{value.kind}: {value.text}")


def _kind(words: list[str], effects: list[str]) -> DifferenceKind:
    """The kind of a difference between two clauses that are both there."""
    match bool(words), bool(effects):
        case True, True:
            return DifferenceKind.BOTH
        case True, False:
            return DifferenceKind.TEXT
        case False, True:
            return DifferenceKind.MEANING
        case _:
            return DifferenceKind.UNCHANGED
