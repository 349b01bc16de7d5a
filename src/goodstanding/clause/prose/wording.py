"""Small words: values, lists, lengths of time, articles, and whose a fact is."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime, time, timedelta
from typing import TYPE_CHECKING, TypeAlias

from goodstanding.clause.prose.words import ENGLISH, Called, Words
from goodstanding.clause.values import Absent, EntityRef, Value
from goodstanding.kernel import languages

if TYPE_CHECKING:
    from collections.abc import Sequence

    from goodstanding.clause.vocabulary import EntityKind, FactKind, Vocabulary

Names: TypeAlias = Callable[[EntityRef], "str | Called"]
"""How a reader calls an entity of this case; a name is called alike in every place of a sentence."""


def listed(items: Sequence[str], conjunction: str, words: Words = ENGLISH) -> str:
    """`a`, `a and b`, `a, b and c`; nothing at all is `nothing`."""
    if not items:
        return words.say("nothing")
    return languages.listed(items, "or" if conjunction == "or" else "standard", words.language)


def bare(label: str) -> str:
    """An English noun phrase without its article."""
    return label.removeprefix("the ").removeprefix("an ").removeprefix("a ")


def kind_called(kind: EntityKind, words: Words) -> Called:
    """What a kind of entity is called where no name is known."""
    return Called(kind.label, kind.object or kind.label, kind.of or words.of(kind.label))


def belonging(fact: FactKind, kind: EntityKind, whose: Called) -> str:
    """A fact's noun phrase, said of one entity: `the balance overdue of X`, `the orders that name X`.

    A label with places says itself where the entity stands in it; in English, the entity's own label is such a place.
    """
    if "{" in fact.label:
        return fact.label.format(entity=whose.name, object=whose.object, of=whose.of)
    if whose.it:
        return f"its {bare(fact.label)}"
    own = re.compile(rf"\b{re.escape(kind.label)}\b")
    return own.sub(lambda _: whose.name, fact.label) if own.search(fact.label) else f"{fact.label} {whose.of}"


def say_value(
    value: Value, fact: FactKind | None, vocabulary: Vocabulary, names: Names = str, words: Words = ENGLISH
) -> str:
    """A value in words; `fact` says which closed set a string belongs to, if any."""
    match value:
        case Absent():
            return words.say("nothing")
        case bool():
            return words.say("true" if value else "false")
        case int() | float():
            return languages.number(value, words.language)
        case str():
            return label_of(value, fact.of if fact else None, vocabulary, words)
        case datetime():
            return say_instant(value, words)
        case timedelta():
            return say_length(value, words)
        case EntityRef():
            name = names(value)
            return name if isinstance(name, str) else name.name
        case tuple():
            return listed([say_value(item, fact, vocabulary, names, words) for item in value], "and", words)
        case _:  # what only an expression can give, which `prose.refusals` keeps out of conditions
            return str(value)


def label_of(text: str, domain: str | None, vocabulary: Vocabulary, words: Words = ENGLISH) -> str:
    """A string in words: the label of a topic, audience or capability, the code of a territory, else quoted."""
    sets = {"topic": vocabulary.topics, "audience": vocabulary.audiences, "capability": vocabulary.capabilities}
    for named in sets.get(domain or "", ()):
        if named.id == text:
            return named.label
    return text if domain == "territory" else words.say("“{text}”", text=text)


def say_instant(at: datetime, words: Words = ENGLISH) -> str:
    """The date when it is midnight UTC, else the date and the time of day."""
    midnight = at.astimezone(UTC).time() == time()
    said = languages.day(at, words.language) if midnight else languages.moment(at, words.language)
    return words.say("{date}", date=said)


def say_length(length: timedelta, words: Words = ENGLISH) -> str:
    """`30 days`, `1 hour and 30 minutes`."""
    said = languages.length(length, words.language) or words.say("no time")
    return words.say("minus {x}", x=said) if length < timedelta() else said
