"""The values of facts as examples and files of facts write them, by the type that the vocabulary gives the fact."""

from __future__ import annotations

import math
import re
from typing import TYPE_CHECKING

from goodstanding.clause.marked_yaml import did_you_mean
from goodstanding.clause.times import duration
from goodstanding.clause.values import ABSENT, EntityRef, ValueType
from goodstanding.kernel.instants import instant, length
from goodstanding.kernel.territories import CODES
from goodstanding.policy.expressions import with_article
from goodstanding.policy.yaml_parts import Items, Text

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import timedelta

    from goodstanding.clause.values import Value
    from goodstanding.clause.vocabulary import FactKind, Vocabulary
    from goodstanding.policy.keys import Keys
    from goodstanding.policy.source import Span
    from goodstanding.policy.yaml_parts import Part

_WHOLE = re.compile(r"-?\d{1,19}", re.ASCII)
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?(?:e[+-]?\d{1,3})?", re.ASCII)
_NAME = re.compile(r"[\w-]+")
_INT64 = range(-(2**63), 2**63)
_HOW = {
    ValueType.BOOL: "write `true` or `false`",
    ValueType.INT: "write a whole number such as `31`",
    ValueType.DOUBLE: "write a number such as `0.5`",
    ValueType.TIMESTAMP: "write a date such as `2024-09-30`, or a time with its offset",
    ValueType.DURATION: "write a length of time such as `30d`, `24h` or `1h30m`",
}


class Values:
    """Reads values; the entities that they name are added to `entities`, by name."""

    def __init__(self, keys: Keys, vocabulary: Vocabulary, entities: dict[str, EntityRef]) -> None:
        """Take what names stand for."""
        self._keys = keys
        self._vocabulary = vocabulary
        self._entities = entities

    def read(self, part: Part, fact: FactKind, span: Span) -> Value | None:
        """The value of a fact, or `None` and a problem; `absent` says that evidence records none."""
        if isinstance(part, Text) and part.value == ABSENT.value:
            return ABSENT
        if fact.type is not ValueType.LIST:
            if isinstance(part, Text):
                return self._one(part, fact.type, fact.of)
            self._keys.refuse(span, f"`{fact.name}` is not a list", f"write one {fact.type}")
            return None
        if not isinstance(part, Items):
            self._keys.refuse(
                span, f"`{fact.name}` is a list", "write `[one, another]`, or `[]` where there is nothing"
            )
            return None
        type_ = ValueType(fact.of) if fact.of in set(ValueType) else ValueType.STRING
        type_ = ValueType.ENTITY if self._vocabulary.entity(fact.of or "") else type_
        items = [self._one(item, type_, fact.of) for item in part.items if isinstance(item, Text)]
        if len(items) < len(part.items):
            self._keys.refuse(span, f"an item of `{fact.name}` is not a plain value", "write `[one, another]`")
        return tuple(item for item in items if item is not None)

    def _one(self, text: Text, type_: ValueType, of: str | None) -> Value | None:
        """One value, or a problem."""
        if type_ is ValueType.ENTITY:
            return self._entity(text, of or "")
        if type_ is ValueType.STRING:
            known = self._closed(of)
            inside = known is None or self._keys.is_known(
                text, what=f"a known {of}", known=known, hint=_near(text, known)
            )
            return text.value if inside else None
        value = _plain(text.value, type_)
        if value is None:
            self._keys.refuse(text.span, f"`{text.value}` is not {with_article(type_)}", _HOW[type_])
        return value

    def _entity(self, text: Text, kind: str) -> EntityRef | None:
        """An entity by its name, which it keeps in the whole example."""
        entity = self._entities.setdefault(text.value, EntityRef(kind, text.value))
        if entity.kind == kind and _NAME.fullmatch(text.value):
            return entity
        if entity.kind != kind:
            self._keys.refuse(
                text.span,
                f"`{text.value}` is {with_article(entity.kind)}, not {with_article(kind)}",
                "choose another name",
            )
        else:
            self._keys.refuse(text.span, f"`{text.value}` can't name an entity", "write one word, such as `other`")
        return None

    def _closed(self, of: str | None) -> Collection[str] | None:
        """The names of a closed set."""
        words = self._vocabulary
        sets = {"topic": words.topics, "audience": words.audiences, "capability": words.capabilities}
        if of == "territory":
            return CODES
        return [named.id for named in sets[of]] if of in sets else None


def _near(text: Text, known: Collection[str]) -> str:
    """A hint; for a set too large to list, how its names look."""
    return "write the two letters of ISO 3166-1, such as `GB`" if known is CODES else did_you_mean(text.value, known)


def _plain(text: str, type_: ValueType) -> Value | None:
    """A value that needs no vocabulary, or nothing where the text is none of its type."""
    try:
        match type_:
            case ValueType.BOOL if text in {"true", "false"}:
                return text == "true"
            case ValueType.INT if _WHOLE.fullmatch(text) and int(text) in _INT64:
                return int(text)
            case ValueType.DOUBLE if _NUMBER.fullmatch(text) and math.isfinite(float(text)):
                return float(text)
            case ValueType.TIMESTAMP:
                return instant(text)
            case ValueType.DURATION:
                return _length(text)
    except (ValueError, OverflowError):
        return None
    return None


def _length(text: str) -> timedelta:
    """A length of time as a clause's keys write it, or as conditions do.

    Raises:
        ValueError: it is neither.
    """
    try:
        return length(text)
    except ValueError:
        return duration(text)
