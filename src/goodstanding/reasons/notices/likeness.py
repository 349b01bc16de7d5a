"""Whether a message repeats an earlier one, and whether it adds anything (promise P5: an answer that repeats is none).

A sentence is a repeat when its concepts are those of one earlier sentence and it brings no number, quotation or rule of
its own. A message adds something when it has a new element, fact, rule or answer, however much of the rest is old.
"""

from __future__ import annotations

import re

from goodstanding.reasons.notices.grounds import REASON, concepts, specifics, topics
from goodstanding.reasons.notices.model import Element
from goodstanding.reasons.notices.scan import scan
from goodstanding.reasons.notices.sentences import Sentence

SAME = 0.6
"""Share of a sentence's concepts that one earlier sentence has, from which on it says the same; set on the examples."""

_FEWEST = 3
_ANSWER = re.compile(
    r"\b(?:(?:have|has|had|were|was|been|is|are) (?:now |since |fully )?(?:reinstated|restored|re-?activated"
    r"|lifted|overturned|reversed)|we (?:lifted|reversed|restored|reinstated)"
    r"|(?:another|a different|a second|a senior|a new|an independent) (?:\w+ )?(?:reviewer|person|specialist"
    r"|colleague|member|team|analyst) (?:has |have )?(?:looked|examined|reviewed|checked|compared|read)"
    r"|you asked (?:why|whether|what|how|when|which|us|for)|(?:in answer to|to answer|as to|regarding"
    r"|on) your (?:\w+ )?questions?|the document you sent|we (?:re-?)?examined (?:the"
    r"|your) (?:\w+ )?(?:invoice|document|licen[cs]e|evidence|video|page))\b"
)
_NO_ANSWER = re.compile(
    r"\b(?:cannot|can't|unable|not able|won't|will not|not be (?:reinstated|restored)|no (?:further|more))\b"
)


def repeats(sentences: tuple[Sentence, ...], earlier: tuple[tuple[Sentence, ...], ...]) -> bool:
    """Whether at least half of what is given as reason was given before."""
    before = [concepts(sentence.plain) for message in earlier for sentence in message]
    old_topics = frozenset().union(*(topics(message) for message in earlier))
    old_specifics = frozenset().union(*(specifics(s.plain) for message in earlier for s in message))
    reasons = [s for s in sentences if REASON.search(s.plain) and len(concepts(s.plain)) >= _FEWEST]
    old = [
        s for s in reasons if topics((s,)) <= old_topics and specifics(s.plain) <= old_specifics and _said(s, before)
    ]
    return bool(old) and len(old) * 2 >= len(reasons)


def _said(sentence: Sentence, before: list[frozenset[str]]) -> bool:
    """Whether one earlier sentence has most of the concepts of this one."""
    now = concepts(sentence.plain)
    return any(len(now & then) >= SAME * len(now) and len(now & then) >= _FEWEST for then in before)


def adds_nothing(sentences: tuple[Sentence, ...], earlier: tuple[tuple[Sentence, ...], ...]) -> bool:
    """Whether there is no new element, fact, rule or answer in a message that follows others."""
    now, then = scan(sentences), [scan(message) for message in earlier]
    new_elements = set(now) - {element for found in then for element in found}
    if new_elements or any(_ANSWER.search(s.plain) and not _NO_ANSWER.search(s.plain) for s in sentences):
        return False
    told = tuple(s for message in earlier for s in message)
    old_words = concepts(" ".join(s.plain for s in told))
    old_specifics = specifics(" ".join(s.plain for s in told))
    old_topics = topics(told)
    stated = (*now.get(Element.FACTS, ()), *now.get(Element.CLAUSE, ()))
    return not any(
        specifics(hit.words) - old_specifics
        or topics((hit.sentence,)) - old_topics
        or len(concepts(hit.words) - old_words) * 2 > len(concepts(hit.words))
        for hit in stated
    )
