"""Runs the catalogue over the sentences of a notice; where a rule of one sentence isn't enough, says so here.

Decides which sentence shows which element; leaves the list of rules to `catalogue` and the verdict to `check`.
"""

from __future__ import annotations

import re

import msgspec

from goodstanding.reasons.notices.catalogue import SIGNALS
from goodstanding.reasons.notices.catalogue.words import GENERIC_OBJECT
from goodstanding.reasons.notices.model import Element, Signal, compiled
from goodstanding.reasons.notices.sentences import Sentence
from goodstanding.reasons.notices.told import words_of_its_own

_NEAR = 60
_ALL_WANTED = frozenset({Element.CLAUSE, Element.FACTS, Element.MEASURE})
"""Elements of which every sentence counts, because other rules build on them; of the others the first is enough."""

_LISTED = re.compile(r"^(?:https?://|www\.)\S+|^[a-z0-9-]+\.(?:com|net|org|example)/\S+")
_HEADS_A_LIST = re.compile(
    r"\b(?:pages?|urls?|found|violat\w+|examples?|content|items?|ads?|listings?|evidence|where)\b[^.]{0,80}:$"
)
_HEADS_FACTS = re.compile(
    r"^\W*(?:the )?(?:(?:relevant |material |specific )?facts(?: (?:of (?:the|this|your) case|and circumstances"
    r"|relied (?:up)?on|found|we relied on))?|findings of fact|tatsachen|sachverhalt|les faits|los hechos)\W*$"
)
_NUMBERS_A_GROUND = re.compile(r"^\W*ground \d+\W*$")
_LIST_ITEM = re.compile(r"[-*•·] ")
_SAYS_SOMETHING = re.compile(r"^\W*(?:[^\W_]+\W+){3}")
_OF_OURS = re.compile(
    r"support|help|polic(?:y|ies)|appeal|form|contact|terms|legal|learn|guideline|answer|rules|cent(?:er|re)|complain"
)

_CONNECTS = re.compile(
    r"\b(?:this|which|that|these|it|they|such \w+|your \w+|and) (?:is|are|was|were) (?:\w+ )?(?:forbidden"
    r"|prohibited|banned|not (?:allowed|permitted)|against (?:our|the)|contrary to|in breach of)\b"
    r"|\b(?:polic(?:y|ies)|rules?|guidelines?|clause|section|standards?|code|point|terms|law|act|§ ?\d+"
    r"|\d\.\d)\b(?:[^.;]|\.(?=\d)){0,70}\b(?:forbids?|prohibits?|bans?|does(?:n't| not) (?:allow|permit"
    r"|accept)|do(?:n't| not) (?:allow|permit|accept)|"
    r"requires?|lists?|covers?|names|counts?|treats?|defines?|sets?|limits?|excludes?|reserves?"
    r"|only (?:allows?|permits?)|asks? for|rules? out|says? that|states? that|demands?)\b|\bso (?:the|your|it"
    r"|this|that) (?:[\w-]+ ){0,4}(?:breaks?|violates?|breach\w*|falls?|fails?|is not|isn't|can't|cannot)\b"
    r"|\b(?:has been|have been|was|were|is|are) (?:judged|deemed|considered|regarded|treated|classed"
    r"|classified|held|found) (?:to be |as )(?:an? |the )?[a-z]"
    r"|\b(?:falls? (?:under|within)|counts? as|amounts? to|qualif(?:y|ies) as|constitutes?"
    r"|meets? the definition|as defined (?:in|by|under)|within the meaning|(?:is|are) on (?:the|our) list"
    r"|(?:is|are) (?:listed|named|described) (?:in|as|among|under|by)|we (?:regard|treat|consider|read"
    r"|class) (?:this|it|that|these|such)|(?:this|that|which) (?:makes|means|is why))\b"
    r"|\b(?:rule|clause|policy|section) applies when\b|\b(?:prohibited|forbidden|not (?:allowed"
    r"|permitted)|banned) (?:by|under)\b|\b(?:weil|da) [^.]{5,120}(?:verboten|untersagt)"
    r"|\bce qu(?:e|i) [^.]{0,60}(?:interdit)\b"
)
_BREACH = re.compile(
    r"\b(?:violat\w+|breach\w*|infring\w+|contraven\w+|contrary to|against|goes? against"
    r"|(?:not|n't) (?:in )?(?:compl\w+|follow|meet|allow\w*|permit\w*|accept\w*|in line|consistent)"
    r"|fails? (?:to )?(?:meet|follow|comply|on)|under|as|since|because|by \w+ing)\b"
)
"""Joins a rule and a fact when both are told."""
_ONLY_NAMES = re.compile(
    r"^(?:your )?(?:[\w-]+ ){0,2}(?:ads?|adverts?|advertisements?|listings?|videos?|posts?|tweets?|items?|products?"
    r"|books?|songs?|pins?|campaigns?|events?|comments?|creatives?|orders?|images?|asins?|b0\w{8}|build|gigs?|tracks?"
    r"|story|reel|recording|invoices?|transactions?|skus?|isbn|file|article|board|offer|service)\b[^\w\"']{0,3}"
    r"(?:(?:ids?|no|numbers?|nr|called|titled|named)\b)?[ .:#(]*(?:[\"'].*|[\w-]*\d[\w-]*\W*|)$",
    re.IGNORECASE,
)
"""A fact that says which thing is meant, and nothing about it, explains nothing."""
_CIRCULAR = re.compile(r"\b(?:if|may|might|could|would)\b[^.;]{0,40}$")


class Hit(msgspec.Struct, frozen=True, kw_only=True):
    """A sentence that shows an element, and where in it."""

    index: int
    sentence: Sentence
    start: int
    end: int

    @property
    def words(self) -> str:
        """What the rule matched, as typed."""
        return self.sentence.typed[self.start : self.end]


def scan(sentences: tuple[Sentence, ...]) -> dict[Element, tuple[Hit, ...]]:
    """The hits of every element that is present, in the order of the text."""
    found: dict[Element, tuple[Hit, ...]] = {}
    for element in Element:
        signals = tuple(s for s in SIGNALS if s.element is element)
        hits = _hits(sentences, signals, only_first=element not in _ALL_WANTED)
        if element is Element.FACTS:
            more = (*_listed(sentences), *_headed(sentences), *_told(sentences))
            hits = tuple(sorted((*hits, *more), key=lambda hit: hit.index))
        if element is Element.EXPLANATION:
            hits = _explained(sentences, found.get(Element.FACTS, ()), found.get(Element.CLAUSE, ()))
        if hits:
            found[element] = hits
    return found


def _hits(sentences: tuple[Sentence, ...], signals: tuple[Signal, ...], *, only_first: bool) -> tuple[Hit, ...]:
    """At most one hit a sentence, by the first rule that matches."""
    hits = []
    cues = [(signal, signal.cues.split("|")) for signal in signals]
    for index, sentence in enumerate(sentences):
        for signal, words in cues:
            if any(word in sentence.plain for word in words) and (span := _match(signal, sentence)):
                hits.append(Hit(index=index, sentence=sentence, start=span[0], end=span[1]))
                break
        if hits and only_first:
            break
    return tuple(hits)


def _match(signal: Signal, sentence: Sentence) -> tuple[int, int] | None:
    """Where the rule holds in the sentence, if anywhere."""
    text = sentence.typed if signal.cased else sentence.plain
    if signal.also and not compiled(signal.also).search(sentence.plain):
        return None
    if signal.unless and compiled(signal.unless).search(sentence.plain):
        return None
    for match in compiled(signal.pattern).finditer(text):
        if not _vetoed(signal, text, match.start(), match.end()):
            return match.span()
    return None


def _vetoed(signal: Signal, text: str, start: int, end: int) -> bool:
    """Whether something stands before, in or after the match that takes its meaning away."""
    places = (
        (signal.not_after, text[max(0, start - _NEAR) : start]),
        (signal.not_within, text[start:end]),
        (signal.not_before, text[end : end + _NEAR]),
    )
    return any(pattern and compiled(pattern).search(place) for pattern, place in places)


def _listed(sentences: tuple[Sentence, ...]) -> list[Hit]:
    """Addresses that stand alone under a heading such as `We found this on these pages:`."""
    hits = []
    heading = False
    for index, sentence in enumerate(sentences):
        address = _LISTED.match(sentence.plain.lstrip("-*•0123456789.) "))
        if address and heading and not _OF_OURS.search(sentence.plain):
            hits.append(Hit(index=index, sentence=sentence, start=0, end=len(sentence.typed)))
        elif not address:
            heading = bool(_HEADS_A_LIST.search(sentence.plain))
    return hits


def _told(sentences: tuple[Sentence, ...]) -> list[Hit]:
    """Reasons in words that not every notice has."""
    spans = [(index, sentence, words_of_its_own(sentence.plain)) for index, sentence in enumerate(sentences)]
    return [Hit(index=index, sentence=each, start=span[0], end=span[1]) for index, each, span in spans if span]


def _headed(sentences: tuple[Sentence, ...]) -> list[Hit]:
    """What is listed under the heading `The facts`, unless it only names a category."""
    hits = []
    listing = False
    for index, sentence in enumerate(sentences):
        if _HEADS_FACTS.match(sentence.plain):
            listing = True
        elif listing and not _NUMBERS_A_GROUND.match(sentence.plain):
            if _SAYS_SOMETHING.match(sentence.plain) and not compiled(GENERIC_OBJECT).search(sentence.plain):
                hits.append(Hit(index=index, sentence=sentence, start=0, end=len(sentence.typed)))
            listing = _LIST_ITEM.match(sentence.plain) is not None
    return hits


def _explained(sentences: tuple[Sentence, ...], facts: tuple[Hit, ...], clauses: tuple[Hit, ...]) -> tuple[Hit, ...]:
    """A sentence, with a fact or near one, that says why the rule reaches the fact."""
    ruled = {hit.index for hit in clauses}
    for fact in facts:
        for index in (fact.index, fact.index + 1, fact.index - 1, fact.index + 2):
            if 0 <= index < len(sentences):
                link = not sentences[index].typed.isupper() and _CONNECTS.search(sentences[index].plain)
                if link and not _CIRCULAR.search(sentences[index].plain[: link.start()]):
                    return (Hit(index=index, sentence=sentences[index], start=link.start(), end=link.end()),)
        if _ONLY_NAMES.search(fact.words):
            continue
        for index in (fact.index, fact.index + 1, fact.index - 1):
            if index in ruled and (breach := _BREACH.search(sentences[index].plain)):
                return (Hit(index=index, sentence=sentences[index], start=breach.start(), end=breach.end()),)
    return ()
