"""Small English words: values, lists, lengths of time, articles."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, TypeAlias, assert_never

from goodstanding.clause.values import Absent, EntityRef, Value
from goodstanding.kernel.instants import iso

if TYPE_CHECKING:
    from collections.abc import Sequence

    from goodstanding.clause.vocabulary import EntityKind, FactKind, Vocabulary

Names: TypeAlias = Callable[[EntityRef], str]
"""How a reader calls an entity of this case."""


def listed(words: Sequence[str], conjunction: str) -> str:
    """`a`, `a and b`, `a, b and c`; nothing at all is `nothing`."""
    if not words:
        return "nothing"
    *first, last = words
    return f"{', '.join(first)} {conjunction} {last}" if first else last


def bare(label: str) -> str:
    """A noun phrase without its article."""
    return label.removeprefix("the ").removeprefix("an ").removeprefix("a ")


def belonging(fact: FactKind, kind: EntityKind, name: str) -> str:
    """A fact's noun phrase, said of one entity: `the balance overdue of X`, `the orders that name X`."""
    own = re.compile(rf"\b{re.escape(kind.label)}\b")
    return own.sub(lambda _: name, fact.label) if own.search(fact.label) else f"{fact.label} of {name}"


def say_value(value: Value, fact: FactKind | None, vocabulary: Vocabulary, names: Names = str) -> str:
    """A value in words; `fact` says which closed set a string belongs to, if any."""
    match value:
        case Absent():
            return "nothing"
        case bool():
            return "true" if value else "false"
        case int() | float():
            return repr(value)
        case str():
            return label_of(value, fact.of if fact else None, vocabulary)
        case datetime():
            return say_instant(value)
        case timedelta():
            return say_length(value)
        case EntityRef():
            return names(value)
        case tuple():
            return listed([say_value(item, fact, vocabulary, names) for item in value], "and")
        case _ as unreachable:
            assert_never(unreachable)


def label_of(text: str, domain: str | None, vocabulary: Vocabulary) -> str:
    """A string in words: the label of a topic, audience or capability, the code of a territory, else quoted."""
    sets = {"topic": vocabulary.topics, "audience": vocabulary.audiences, "capability": vocabulary.capabilities}
    for named in sets.get(domain or "", ()):
        if named.id == text:
            return named.label
    return text if domain == "territory" else f"“{text}”"


def say_instant(at: datetime) -> str:
    """The date when it is midnight UTC, else the whole RFC 3339 time."""
    text = iso(at.astimezone(UTC))
    return text.removesuffix("T00:00:00Z")


def say_length(length: timedelta) -> str:
    """`30 days`, `1 hour and 30 minutes`."""
    seconds = abs(length).total_seconds()
    days, seconds = divmod(seconds, 86_400)
    hours, seconds = divmod(seconds, 3_600)
    minutes, seconds = divmod(seconds, 60)
    units = (("day", days), ("hour", hours), ("minute", minutes), ("second", seconds))
    parts = [f"{amount:.6g} {unit}{'' if amount == 1 else 's'}" for unit, amount in units if amount]
    return ("minus " if length < timedelta() else "") + (listed(parts, "and") if parts else "no time")
