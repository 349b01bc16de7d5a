"""Finds what can't both be true in one notice, or in a notice and those before it.

Only what is said outright is compared: rules (`repeated violations may lead to a permanent ban`) contradict nothing.
"""

from __future__ import annotations

import re
from itertools import combinations

from goodstanding.reasons.notices.catalogue.words import MEASURED
from goodstanding.reasons.notices.grounds import topics
from goodstanding.reasons.notices.model import Element
from goodstanding.reasons.notices.scan import Hit
from goodstanding.reasons.notices.sentences import Sentence

_IF = re.compile(
    r"\b(?:if|may|might|could|would|can result|unless|repeated|in future|future violations|otherwise|lead to"
    r"|result in|after (?:the|your) appeal|once)\b"
)
_SHORT = re.compile(
    rf"\b(?:temporar(?:y|ily)\b[^.]{{0,40}}\b(?:{MEASURED}|suspension|ban|hold|measure)"
    rf"|{MEASURED}[^.]{{0,40}}\btemporarily|(?:suspension|ban|restriction|measure|it"
    rf"|this) is (?:only )?temporary)\b"
)
_LONG = re.compile(
    rf"\b(?:permanent(?:ly)?\b[^.]{{0,40}}\b(?:{MEASURED}|suspension|ban|closure)"
    rf"|(?:{MEASURED}|ended)[^.]{{0,40}}\b(?:for good|forever|for life|indefinitely)"
    rf"|{MEASURED}[^.]{{0,40}}\bpermanently|(?:suspension|ban|restriction|measure|it|this"
    rf"|decision) is permanent|will never)\b"
)
_BOTH = re.compile(
    r"permanently or temporarily|temporarily or permanently|temporary or permanent|permanent or temporary"
)
_FINAL = re.compile(
    r"\b(?:(?:decision|this|suspension|termination|it) is (?:\w+ )?final|final decision|cannot be (?:appealed"
    r"|contested|reversed|overturned)|can't be (?:appealed|contested|reversed)|not (?:be )?(?:open to"
    r"|subject to) appeal|"
    r"no (?:further )?(?:right (?:of|to) )?appeals?|no appeal(?:s)? (?:is|are|will)|may not appeal"
    r"|cannot appeal|can't appeal|won't (?:be able to )?(?:reconsider|review)|will not (?:reconsider"
    r"|accept (?:any )?appeals?))\b"
)
_ALIVE = re.compile(
    r"\b(?:account|page|ads?|app|channel|listing|campaign|shop|it)s? (?:is|are|remains?) (?:now |currently "
    r"|fully )?(?:active|in good standing|enabled|live|running|unrestricted|not restricted|approved"
    r"|eligible)\b"
)
_DEAD = re.compile(
    r"\b(?:account|page|ads?|app|channel|listing|campaign|shop)s?\b[^.;]{0,30}\b(?:has been|have been|is|are"
    r"|was|were|remains?) (?:\w+ )?(?:suspended|disabled|deactivated|terminated|banned|blocked|removed"
    r"|rejected|disapproved|closed)\b"
)
_ORGANIC = re.compile(r"\b(?:organic\w*|post(?:ing)?|other|still|even though|although|while|but)\b")
_DAYS = re.compile(
    r"\b(?:for|of|lasts?) (?:a period of |the next )?(\d{1,4})[ -](hour|day|week|month|year)s?\b"
    r"|\b(\d{1,4})[- ](hour|day|week|month|year)s?[- ](?:suspension|ban|restriction|block|hold)\b"
)
_ALSO = re.compile(
    r"\b(?:also|additional(?:ly)?|in addition|further(?:more)?|new|besides|moreover|second|separate(?:ly)?"
    r"|as well|too|another|other)\b"
)
_REASON_IS = re.compile(
    r"\breason (?:for (?:this|the|your) (?:\w+ ){0,5}|we (?:\w+ ){1,5})?(?:is|was) (?!as follows)([^.;]{4,120})"
)


def contradicts(
    sentences: tuple[Sentence, ...], found: dict[Element, tuple[Hit, ...]], earlier: tuple[tuple[Sentence, ...], ...]
) -> bool:
    """Whether the notice says two things that exclude each other, or another reason than a notice before it."""
    said = tuple(s for s in sentences if not _IF.search(s.plain))
    return (
        _short_and_long(said)
        or _open_and_final(said, found)
        or _alive_and_dead(said)
        or _two_lengths(said)
        or _two_reasons(found.get(Element.MEASURE, ()), said)
        or _another_reason(sentences, earlier)
    )


def _short_and_long(said: tuple[Sentence, ...]) -> bool:
    """Temporary and permanent at once."""
    both = [s.plain for s in said if not _BOTH.search(s.plain)]
    return any(map(_SHORT.search, both)) and any(map(_LONG.search, both))


def _open_and_final(said: tuple[Sentence, ...], found: dict[Element, tuple[Hit, ...]]) -> bool:
    """An appeal is offered and excluded."""
    return Element.REDRESS_INTERNAL in found and any(_FINAL.search(s.plain) for s in said)


def _alive_and_dead(said: tuple[Sentence, ...]) -> bool:
    """The account is in good standing and off."""
    alive = any(_ALIVE.search(s.plain) and not _ORGANIC.search(s.plain) for s in said)
    return alive and any(_DEAD.search(s.plain) for s in said)


def _two_lengths(said: tuple[Sentence, ...]) -> bool:
    """Two lengths for one measure, or a length and for ever."""
    lengths = {
        tuple(group for group in match.groups() if group)
        for s in said
        if re.search(MEASURED + r"|\b(?:suspension|ban|restriction|block|hold)\b", s.plain)
        and not _ALSO.search(s.plain)
        for match in _DAYS.finditer(s.plain)
    }
    for_ever = any(_LONG.search(s.plain) for s in said)
    return len(lengths) > 1 or (bool(lengths) and for_ever)


def _two_reasons(measures: tuple[Hit, ...], said: tuple[Sentence, ...]) -> bool:
    """Two sentences that give different rules for the measure, neither saying `also`; or two times `the reason is`."""
    given = [
        topics((hit.sentence,)) for hit in measures if hit.sentence in said and not _ALSO.search(hit.sentence.plain)
    ]
    named = [
        set(match.group(1).split()) for s in said for match in _REASON_IS.finditer(s.plain) if not _ALSO.search(s.plain)
    ]
    return any(a and b and not a & b for a, b in combinations(given, 2)) or any(
        len(a & b) * 2 < min(len(a), len(b)) for a, b in combinations(named, 2)
    )


def _another_reason(sentences: tuple[Sentence, ...], earlier: tuple[tuple[Sentence, ...], ...]) -> bool:
    """The rule named now is none of those named before, and nothing says that it comes on top."""
    then = frozenset().union(*(topics(message) for message in earlier))
    now = topics(tuple(s for s in sentences if not _ALSO.search(s.plain)))
    return bool(then) and bool(now) and not now & then
