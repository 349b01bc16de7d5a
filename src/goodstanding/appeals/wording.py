"""When two texts say the same thing: sentences compared without case, punctuation, word order or small changes.

A sentence restates an earlier one when three of four of its content words stand in it, or in it and its neighbour, and
both deny or neither does. This is a measure of words, not of sense: it finds the template sent twice, not the liar.
What follows from a repetition is for `rules` (P5) and `public` (P6) to say.
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

import msgspec

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_WORD = re.compile(r"\w+(?:'\w+)*")
_INITIALS = re.compile(r"\b(?:\w\.){2,}")
_SENTENCE_END = re.compile(r"[.!?;]+(?=\s|$)|[\u3002\uff01\uff1b\uff1f]+|\n+")
_QUOTED = re.compile(r"([“„\"«][^“”„\"«»]+[”“\"»])")
_UNSPACED = re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff]")
_ENDINGS = ("ations", "ally", "ions", "ings", "ying", "ies", "ing", "ion", "ed", "es", "ly", "al", "s", "e", "y")
_SHORTEST_STEM = 4

_DENIALS = frozenset("cannot neither never no none nor not without".split())

FUNCTION_WORDS = frozenset(
    """
a about above after all also am an and any are as at be because been before being below between both but by can could
did do does doing down during each for from further had has have having he her here hers him his how i if in into is it
its just may me might more most must my of off on once only or other our ours out over own same shall she should so some
such than that the their theirs them then there these they this those through to too under until up upon us very was we
were what when where which while who whom why will with would yes you your yours
""".split()
)
"""English words that carry no content; in other languages such words count, which only makes the measure stricter."""

_COURTESIES = frozenset(
    """
again appeal appeals apologies apologise apologize appreciate best careful carefully case confirm contact contacting
dear decision decisions different final hello hope inconvenience kind kindly matter message patience please previously
received regard regards regret reply request respond response review reviewed reviewing reviews sincerely sorry stand
stands support team thank thanks therefore understand understanding unfortunately write writing
""".split()
)

OPERATIVE = 4
"""A sentence with fewer content words repeats another only when it is the same sentence."""

_SAME_SENTENCE = 3
"""Nobody repeats himself by saying `no` twice: shorter sentences never count as repeated."""

_ADDS = 2
"""How many content words a text must add to what it repeats."""


class Sentence(msgspec.Struct, frozen=True, kw_only=True):
    """One sentence, and its words without their endings."""

    text: str
    words: tuple[str, ...]
    content: frozenset[str]
    denies: bool
    quoted: bool = False


def tokens(text: str) -> tuple[str, ...]:
    """The words of a text in order and in the case of the text; initials are joined (`U.S.` is `US`)."""
    plain = unicodedata.normalize("NFKC", text).replace("’", "'")
    plain = _INITIALS.sub(lambda found: found[0].replace(".", ""), plain)
    return tuple(part for word in _WORD.findall(plain) for part in _pieces(word))


def _pieces(word: str) -> Sequence[str]:
    """A word, or its pairs of characters in a script that writes no spaces."""
    if len(word) < 2 or _UNSPACED.search(word) is None:  # noqa: PLR2004  a pair has two
        return (word,)
    return [word[at : at + 2] for at in range(len(word) - 1)]


def _stem(word: str) -> str:
    """A word without its ending, so that `advertise` and `advertising` are one."""
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= _SHORTEST_STEM:
            return word[: -len(ending)]
    return word


def sentences(text: str) -> tuple[Sentence, ...]:
    """The sentences of a text; what stands in quotation marks is marked as quoted."""
    plain = _INITIALS.sub(lambda found: found[0].replace(".", ""), text)
    return tuple(
        _sentence(part, quoted=position % 2 == 1)
        for position, passage in enumerate(_QUOTED.split(plain))
        for part in _SENTENCE_END.split(passage)
        if tokens(part)
    )


def _sentence(text: str, *, quoted: bool) -> Sentence:
    """Read one sentence."""
    words = [word.casefold() for word in tokens(text)]
    content = (word for word in words if word not in FUNCTION_WORDS | _COURTESIES | _DENIALS)
    return Sentence(
        text=" ".join(text.split()),
        words=tuple(sorted(words)),
        content=frozenset(_stem(word) for word in content),
        denies=any(word in _DENIALS or word.endswith("n't") for word in words),
        quoted=quoted,
    )


def _restates(new: Sentence, old: Sequence[Sentence]) -> bool:
    """Whether a sentence says again what these neighbouring sentences said."""
    if len(new.words) >= _SAME_SENTENCE and any(new.words == each.words for each in old):
        return True
    known = frozenset[str]().union(*(each.content for each in old))
    return (
        len(new.content) >= OPERATIVE
        and len(new.content & known) * 4 >= len(new.content) * 3
        and new.denies == any(each.denies for each in old)
    )


def _restated(new: Sentence, earlier: Sequence[Sentence]) -> bool:
    """Whether a sentence restates one sentence of a text, or two neighbouring ones."""
    return any(_restates(new, earlier[at : at + width]) for width in (1, 2) for at in range(len(earlier)))


class Comparison(msgspec.Struct, frozen=True, kw_only=True):
    """A text held against earlier ones.

    `repeated` and `fresh` count words outside quotations; `quotes`: an earlier text is quoted; `adds`: content words
    that stand in no sentence said before.
    """

    repeated: int
    fresh: int
    quotes: bool
    adds: int

    @property
    def says_something(self) -> bool:
        """Whether the text adds more than courtesies, and is not in the main a repetition."""
        return self.adds >= _ADDS and self.repeated * 3 < self.repeated + self.fresh

    @property
    def repeats(self) -> bool:
        """Whether it says in a third or more of its words what was said before, or adds nothing to what it quotes."""
        return (self.quotes or self.repeated > 0) and not self.says_something


def compare(text: str, earlier: Iterable[str]) -> Comparison:
    """Hold a text against earlier ones."""
    said = [sentences(each) for each in earlier]
    read = [(each, any(_restated(each, old) for old in said)) for each in sentences(text)]
    new = [each for each, known in read if not known]
    return Comparison(
        repeated=sum(len(each.words) for each, known in read if known and not each.quoted),
        fresh=sum(len(each.words) for each in new),
        quotes=any(known and each.quoted for each, known in read),
        adds=len(frozenset[str]().union(*(each.content for each in new))),
    )


def new_words(sentence: Sentence, told: Iterable[str]) -> frozenset[str]:
    """The content words of a sentence that the text which comes closest to it lacks, as the sentence writes them."""
    lacking = min((sentence.content - _content(text) for text in told), key=len, default=sentence.content)
    return frozenset(word for word in sentence.words if _stem(word) in lacking)


def _content(text: str) -> frozenset[str]:
    """All content words of a text."""
    return frozenset[str]().union(*(each.content for each in sentences(text)))


def names_in(text: str, names: Iterable[str]) -> tuple[str, ...]:
    """Which names a text mentions: word for word, in any case unless the name is also an ordinary word (`WHO`)."""
    exact = tokens(text)
    folded = tuple(word.casefold() for word in exact)
    return tuple(name for name in names if _mentions(exact, folded, tokens(name)))


def _mentions(exact: Sequence[str], folded: Sequence[str], name: tuple[str, ...]) -> bool:
    """Whether the words of a name stand side by side in a text."""
    lowered = tuple(word.casefold() for word in name)
    ordinary = all(word in FUNCTION_WORDS for word in lowered)
    text, wanted = (exact, name) if ordinary else (folded, lowered)
    return bool(wanted) and any(tuple(text[at : at + len(wanted)]) == wanted for at in range(len(text)))
