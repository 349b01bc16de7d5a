"""Reads somebody else's notice and says what it has, what it lacks and what is wrong with it.

It informs and never gates: our own statements are checked against the decision that they are composed from. Judged is
content, sentence by sentence, by the rules of `catalogue`; neither length nor likeness decides. Same text, same answer.
Upholds P5 (a reply that repeats is none) and the list of DSA art. 17(3).
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from goodstanding.reasons.notices.contradictions import contradicts
from goodstanding.reasons.notices.likeness import adds_nothing, repeats
from goodstanding.reasons.notices.model import Element, NoticeCheck, NoticeWarning, Present
from goodstanding.reasons.notices.scan import Hit, scan
from goodstanding.reasons.notices.sentences import Sentence, own_sentences
from goodstanding.reasons.notices.slots import has_unfilled_slot

_ALTERNATIVES = re.compile(
    r"\b(?:one or more of (?:the following|our)|reasons? (?:may|might|could) (?:include|be)"
    r"|any of the following|some (?:common|possible) reasons|includ\w+,? but (?:is |are )?not limited to"
    r"|common reasons|possible reasons)\b"
    r"|\b(?:because|reasons?|violat\w+|due to|includ\w+)\b[^.]{0,200}\band/or\b"
)


def check_notice(text: str, *, earlier: Sequence[str] = ()) -> NoticeCheck:
    """What a notice has and lacks; `earlier` are the messages of the same case before it, oldest first."""
    sentences = own_sentences(text)
    before = tuple(own_sentences(message) for message in earlier)
    found = scan(sentences)
    return NoticeCheck(
        missing=tuple(element for element in Element if element not in found),
        present=tuple(Present(code=element, quote=_quote(hits[0])) for element, hits in found.items()),
        warnings=tuple(
            warning
            for warning, applies in (
                (NoticeWarning.REPEATS_EARLIER, bool(before) and repeats(sentences, before)),
                (NoticeWarning.ADDS_NOTHING, bool(before) and adds_nothing(sentences, before)),
                (NoticeWarning.GENERIC, _is_generic(sentences, found)),
                (NoticeWarning.UNFILLED_SLOT, has_unfilled_slot(text)),
                (NoticeWarning.CONTRADICTION, contradicts(sentences, found, before)),
            )
            if applies
        ),
    )


def _quote(hit: Hit) -> str:
    """The literal words of the notice that show an element."""
    return hit.sentence.quote(hit.start, hit.end)


def _is_generic(sentences: tuple[Sentence, ...], found: dict[Element, tuple[Hit, ...]]) -> bool:
    """Whether it could be sent to anybody: neither fact nor rule, or reasons given as alternatives and no fact."""
    if Element.FACTS in found:
        return False
    return Element.CLAUSE not in found or any(_ALTERNATIVES.search(s.plain) for s in sentences)
