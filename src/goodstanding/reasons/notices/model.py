"""What the check of a notice says: elements, warnings, quotes, and the shape of one rule of the catalogue.

Leaves to others: how a text is cut into sentences (`sentences`), the rules (`catalogue`), the verdict (`check`).
Upholds the list of DSA art. 17(3), as eleven codes.
"""

from __future__ import annotations

import re
from enum import StrEnum
from functools import lru_cache

import msgspec


class Element(StrEnum):
    """One thing that a statement of reasons has to say, in the order in which the law lists it."""

    MEASURE = "measure"
    CLAUSE = "clause"
    FACTS = "facts"
    SOURCE = "source"
    TERRITORY = "territory"
    DURATION = "duration"
    AUTOMATION = "automation"
    EXPLANATION = "explanation"
    REDRESS_INTERNAL = "redress_internal"
    REDRESS_OUT_OF_COURT = "redress_out_of_court"
    REDRESS_COURT = "redress_court"


class NoticeWarning(StrEnum):
    """What is wrong with a notice beyond a missing element."""

    REPEATS_EARLIER = "repeats_earlier"
    ADDS_NOTHING = "adds_nothing"
    GENERIC = "generic"
    UNFILLED_SLOT = "unfilled_slot"
    CONTRADICTION = "contradiction"


class Present(msgspec.Struct, frozen=True, kw_only=True):
    """An element that the notice has; `quote` is a literal excerpt of the notice."""

    code: Element
    quote: str


class NoticeCheck(msgspec.Struct, frozen=True, kw_only=True):
    """The answer of the check; encoded as JSON it is the shape that `reasons check --json` prints."""

    missing: tuple[Element, ...]
    present: tuple[Present, ...]
    warnings: tuple[NoticeWarning, ...]


class Signal(msgspec.Struct, frozen=True, kw_only=True):
    """One rule: in one sentence, `pattern` shows `element`, unless something named here stands near it.

    Patterns are read in lower case unless `cased`, with straight quotation marks and single spaces. `cues`, separated
    by `|`, are plain strings of which one must be in the sentence: they cost next to nothing, so a long text is cheap.
    """

    name: str
    element: Element
    why: str
    cues: str
    pattern: str
    also: str = ""
    """Must be somewhere in the sentence."""
    unless: str = ""
    """Must not be anywhere in the sentence."""
    not_after: str = ""
    """Must not stand in the 60 characters before the match."""
    not_within: str = ""
    """Must not be inside the match."""
    not_before: str = ""
    """Must not stand in the 60 characters after the match."""
    cased: bool = False


@lru_cache(maxsize=1024)
def compiled(pattern: str) -> re.Pattern[str]:
    """A pattern, compiled once."""
    return re.compile(pattern)
