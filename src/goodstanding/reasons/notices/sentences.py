"""Cuts a notice into sentences that are its own words: what others wrote and what stands on every message is left out.

Leaves to others: what a sentence shows. Offsets point into the text as received, so that every quote is literal.
"""

from __future__ import annotations

import re
from itertools import pairwise

import msgspec

LONGEST_READ = 100_000
"""Characters of a notice that are read, about forty pages: what stands after them no party would find either."""

LONGEST_SENTENCE = 600
LONGEST_QUOTE = 280
SHORTEST_WRAP = 50
WIDEST_WRAP = 90
"""A text with a longer line was not wrapped by hand: each line end means something; so does that of a short line."""

_STRAIGHT = str.maketrans(
    {
        "\u2018": "'", "\u2019": "'", "\u201a": "'",
        "\u201c": '"', "\u201d": '"', "\u201e": '"', "\u00ab": '"', "\u00bb": '"',
        "\u00a0": " ", "\u202f": " ", "\u2010": "-", "\u2011": "-", "\u2013": "-", "\u2014": "-",
    }
)  # fmt: skip
_BULLET = re.compile(r"[ \t]*(?:[-*•·▪►●○]|\d{1,2}[.)]|[a-z]\))[ \t]+\S")
_LABEL = re.compile(r"[ \t]*\**[A-Z][A-Za-z' /-]{1,40}\**:(?:[ \t]|$)")
_STOP = re.compile(r"[.!?][\"')\]]{0,2}[ \t\n]+(?=[\"'(\[¿¡]{0,2}[A-ZÀ-Þ0-9])")
_ABBREVIATION = re.compile(
    r"(?:\b(?:e\.g|i\.e|etc|inc|ltd|llc|corp|co|no|nos|nr|sec|art|arts|para|mr|mrs|ms|dr|st|vs|approx|cf|abs"
    r"|ziff|bzw|"
    r"jan|feb|mar|apr|jun|jul|aug|sep|sept|oct|nov|dec)|\b[A-Z]|z\. ?b)\.$",
    re.IGNORECASE,
)
_SCENERY = re.compile(
    r"©|\(c\) ?\d{4}|\bcopyright (?:\(c\)|\d{4})|all rights reserved|unsubscribe|registered office"
    r"|\bgoverned by\b|exclusive jurisdiction"
    r"|you (?:are receiving|received|have received|'re receiving) this|mailbox is (?:not|un)|this (?:mailbox"
    r"|inbox|address) (?:is|isn't)"
    r"|(?:do not|don't|please don't) reply|no-?reply|^(?:from|to|cc|bcc|date|sent|received|message-id|reply-to): ",
    re.IGNORECASE,
)
_REFERENCE = re.compile(r"[ \t]+\[[a-z]+ \d+\]$")
"""`[evidence 1]` wrapped onto a line of its own belongs to the sentence before."""
_QUOTED_LINE = re.compile(r"[ \t]*>")


class Sentence(msgspec.Struct, frozen=True, kw_only=True):
    """A stretch of the notice: `typed` has single spaces and straight quotes, `plain` is that in lower case."""

    raw: str
    typed: str
    plain: str

    def quote(self, start: int, end: int) -> str:
        """The literal words around a match; the whole sentence where it is short enough."""
        whole = self.raw.strip()
        if len(whole) <= LONGEST_QUOTE:
            return whole
        left = self.typed.rfind(" ", 0, max(0, start - 60)) + 1
        right = self.typed.find(" ", min(len(self.typed), max(end, left + 120)))
        excerpt = self.typed[left : right if right >= 0 else len(self.typed)]
        words = r"\s+".join(re.escape(word) for word in excerpt[:LONGEST_QUOTE].split())
        found = re.search(words, straight(self.raw))
        return self.raw[found.start() : found.end()] if found else whole[:LONGEST_QUOTE]


def straight(text: str) -> str:
    """The text with plain quotation marks, dashes and spaces, character for character."""
    return text.translate(_STRAIGHT)


def own_sentences(text: str) -> tuple[Sentence, ...]:
    """The sentences of a notice in order, without quoted messages, mail headers, footers and repeats."""
    seen: dict[str, Sentence] = {}
    for raw in (piece for block in _blocks(text[:LONGEST_READ]) for piece in _pieces(block)):
        typed = " ".join(straight(raw).split())
        if any(map(str.isalnum, typed)) and typed not in seen and not _SCENERY.search(typed):
            seen[typed] = Sentence(raw=raw, typed=typed, plain=_lower(typed))
    return tuple(seen.values())


def _lower(text: str) -> str:
    """Lower case that keeps every character at its place."""
    lowered = text.lower()
    return lowered if len(lowered) == len(text) else "".join(c.lower() if len(c.lower()) == 1 else c for c in text)


def _blocks(text: str) -> list[str]:
    """Runs of lines that belong together: a hard-wrapped paragraph is one, a list item or a labelled line its own."""
    lines = text.split("\n")
    if not all(_QUOTED_LINE.match(line) for line in lines if line.strip()):
        lines = ["" if _QUOTED_LINE.match(line) else line for line in lines]
    wrapped = all(len(line) <= WIDEST_WRAP for line in lines)
    blocks: list[list[str]] = [[]]
    for line in lines:
        if blocks[-1] and (not wrapped or _breaks(blocks[-1][-1], line)):
            blocks.append([])
        if line.strip():
            blocks[-1].append(line)
    return ["\n".join(block) for block in blocks]


def _breaks(before: str, line: str) -> bool:
    """Whether a line starts something new after the line before it."""
    if not line.strip() or _BULLET.match(line) or _LABEL.match(line):
        return True
    if _REFERENCE.match(line):
        return False
    ended = before.rstrip()
    return ended.endswith((".", "!", "?", ":", ";")) or (len(ended) < SHORTEST_WRAP and not line.lstrip()[0].islower())


def _pieces(block: str) -> list[str]:
    """The sentences of a block; one longer than any sentence should be is cut at a space."""
    cuts = [0]
    for stop in _STOP.finditer(block):
        if not _ABBREVIATION.search(block[max(cuts[-1], stop.start() - 8) : stop.start() + 1]):
            cuts.append(stop.end())
    cuts.append(len(block))
    whole = [block[start:end] for start, end in pairwise(cuts)]
    return [part for sentence in whole for part in _short_enough(sentence)]


def _short_enough(sentence: str) -> list[str]:
    """The sentence, or parts of it of at most `LONGEST_SENTENCE` characters."""
    parts = []
    start = 0
    while len(sentence) - start > LONGEST_SENTENCE:
        cut = sentence.rfind(" ", start + 1, start + LONGEST_SENTENCE)
        cut = cut if cut > start else start + LONGEST_SENTENCE
        parts.append(sentence[start:cut])
        start = cut
    return [*parts, sentence[start:]]
