"""The binding of a clause: `each: order in owner.orders` gives one finding for each order of the owner.

Grammar: NAME `in` (`account` | `ad` | `owner`) `.` FACT, where the fact lists entities.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from goodstanding.clause.marked_yaml import did_you_mean
from goodstanding.clause.values import ValueType
from goodstanding.policy.model import Each, Reach

if TYPE_CHECKING:
    from goodstanding.clause.vocabulary import FactKind, Vocabulary
    from goodstanding.policy.keys import Keys

_EACH = re.compile(r"([a-z][a-z0-9_]*)\s+in\s+([a-z][a-z0-9_]*)\.([a-z][a-z0-9_]*)")
_VARIABLES = [reach.value for reach in Reach]
_TAKEN = {*_VARIABLES} | set(
    "now as break const continue else false for function if import in let loop namespace null package return true var "
    "void while".split()
)
"""The variables that are always there, and what CEL reserves."""


def read_each(keys: Keys, vocabulary: Vocabulary) -> Each | None:
    """The binding under the key `each`, if there is one that can be read."""
    text = keys.text("each")
    if text is None:
        return None
    found = _EACH.fullmatch(text.value)
    if found is None:
        keys.refuse(text.span, "this binds nothing", "write one such as `order in owner.orders`")
        return None
    name, root, fact = found.groups()
    if name in _TAKEN:
        keys.refuse(text.part(*found.span(1)), f"`{name}` has a meaning of its own", "bind another name")
        return None
    if root not in _VARIABLES:
        keys.refuse(text.part(*found.span(2)), f"there is no variable `{root}`", did_you_mean(root, _VARIABLES))
        return None
    kinds = _lists_of_entities(root, vocabulary)
    if fact not in kinds:
        hint = did_you_mean(fact, kinds) if kinds else "name another entity's list"
        keys.refuse(text.part(found.start(2), found.end(3)), f"`{root}.{fact}` is not a list of entities", hint)
        return None
    return Each(name=name, kind=kinds[fact], root=root, fact=fact)


def facts_of(kind: str, vocabulary: Vocabulary) -> tuple[FactKind, ...]:
    """What can be stated of a kind of entity."""
    entity = vocabulary.entity(kind)
    return entity.facts if entity else ()


def _lists_of_entities(kind: str, vocabulary: Vocabulary) -> dict[str, str]:
    """The facts of a kind that list entities, with the kind of these."""
    return {
        fact.name: fact.of
        for fact in facts_of(kind, vocabulary)
        if fact.type is ValueType.LIST and fact.of and vocabulary.entity(fact.of)
    }
