"""The front matter of a policy: which document this is, from when it applies, and with which words it was written.

The vocabulary is cited by id and version, so that a condition can't silently come to mean something else (P11).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from goodstanding.kernel.ids import is_slug
from goodstanding.kernel.instants import Period, instant
from goodstanding.kernel.languages import Language, language
from goodstanding.kernel.scope import ALWAYS_POSSIBLE, Capability

if TYPE_CHECKING:
    from datetime import datetime

    from goodstanding.clause.vocabulary import Vocabulary
    from goodstanding.policy.keys import Keys

_REQUIRED = ("id", "version", "title", "in_force_from", "language", "capabilities", "vocabulary")
_KNOWN = (*_REQUIRED, "in_force_until", "services")
_ALWAYS = {words.replace(" ", "-") for words in ALWAYS_POSSIBLE}


class FrontMatter(msgspec.Struct, frozen=True, kw_only=True):
    """What the front matter says; fields of which it says nothing readable are empty."""

    id: str
    version: str
    title: str
    period: Period
    language: Language
    capabilities: tuple[Capability, ...]
    services: tuple[str, ...]
    vocabulary: str


def read_front_matter(keys: Keys, vocabulary: Vocabulary) -> FrontMatter:
    """Read the front matter; problems are added to those of `keys`."""
    keys.expect(what="the front matter", known=_KNOWN, required=_REQUIRED)
    return FrontMatter(
        id=_id(keys),
        version=keys.word("version"),
        title=keys.word("title"),
        period=_period(keys),
        language=_language(keys),
        capabilities=read_capabilities(keys, "capabilities", vocabulary),
        services=tuple(text.value for text in keys.texts("services")),
        vocabulary=_cited(keys, vocabulary),
    )


def read_capabilities(keys: Keys, key: str, vocabulary: Vocabulary) -> tuple[Capability, ...]:
    """Capabilities of the vocabulary, none of which has to stay possible always (P2)."""
    known = [named.id for named in vocabulary.capabilities]
    found = []
    for text in keys.texts(key):
        if text.value.replace(" ", "-") in _ALWAYS:
            keys.refuse(text.span, f"`{text.value}` stays possible always", "remove it: no restriction can touch it")
        elif keys.is_known(text, what="a capability of the vocabulary", known=known):
            found.append(Capability(text.value))
    return tuple(found)


def _id(keys: Keys) -> str:
    """The id of the policy."""
    text = keys.text("id")
    if text is None:
        return ""
    if not is_slug(text.value):
        keys.refuse(
            text.span, f"`{text.value}` can't be an id", "write lower case words joined by hyphens, such as `ads`"
        )
    return text.value


def _period(keys: Keys) -> Period:
    """From when to when the version applies."""
    period = Period(start=_instant(keys, "in_force_from"), end=_instant(keys, "in_force_until"))
    if period.is_empty:
        keys.refuse(keys.span("in_force_until"), "the version would lapse before it is in force", "write a later date")
    return period


def _instant(keys: Keys, key: str) -> datetime | None:
    """A date or a time."""
    text = keys.text(key)
    if text is None:
        return None
    try:
        return instant(text.value)
    except (ValueError, OverflowError):
        hint = "write a date such as `2017-06-01`, or a time with its offset such as `2017-06-01T09:00Z`"
        keys.refuse(text.span, f"`{text.value}` is not a date", hint)
        return None


def _language(keys: Keys) -> Language:
    """The language of the public text."""
    text = keys.text("language")
    try:
        return language(text.value) if text else Language("")
    except ValueError as error:
        message, _, hint = str(error).partition(": ")
        keys.refuse(text.span if text else keys.whole, message, hint)
        return Language("")


def _cited(keys: Keys, vocabulary: Vocabulary) -> str:
    """The vocabulary with which the policy was written, which has to be the one at hand."""
    here = f"{vocabulary.id}@{vocabulary.version}"
    text = keys.text("vocabulary")
    if text is not None and text.value != here:
        message = f"the policy cites the vocabulary `{text.value}`, and `{here}` is at hand"
        keys.refuse(text.span, message, "give the vocabulary that it cites, or check the policy and cite the new one")
    return here
