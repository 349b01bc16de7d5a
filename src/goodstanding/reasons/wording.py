"""Words for names, sides of boxes, lists, and what joins changes; English, with LANGUAGE saying so."""

from __future__ import annotations

from typing import TYPE_CHECKING

from goodstanding.clause.prose.wording import say_instant
from goodstanding.clause.vocabulary import HANDS, Named

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from goodstanding.clause.vocabulary import ChangedBy
    from goodstanding.kernel.extents import Extent
    from goodstanding.reasons.model import Reach

LANGUAGE = "en"
"""The language that every sentence of this package is written in."""


def label_of(name: str, words: Iterable[Named]) -> str:
    """The platform's words for a name; a name without words stands for itself."""
    return next((named.label for named in words if named.id == name), name)


def reach_of(extent: Extent, words: tuple[Named, ...]) -> Reach:
    """An extent with the platform's words for its names."""
    if extent.names is None:
        return "all"
    return tuple(Named(id=name, label=label_of(name, words)) for name in extent.names)


def listed(items: Iterable[str]) -> str:
    """`a`, `a and b`, `a, b and c`."""
    *head, last = list(items) or [""]
    return f"{', '.join(head)} and {last}" if head else last


def shown(reach: Reach, everything: str) -> str:
    """A side in words."""
    return everything if isinstance(reach, str) else listed(named.label for named in reach)


def sentence(text: str) -> str:
    """A phrase made a sentence: a capital at its beginning, a full stop at its end."""
    text = text.strip()
    if not text:
        return ""
    return text[0].upper() + text[1:] + ("" if text[-1] in ".!?" else ".")


def so_that(step: str, state: str) -> str:
    """What is to be done, and how things are then."""
    return f"{step}, so that {state[0].lower() + state[1:] if state.startswith('The ') else state}"


def all_of(steps: Iterable[str]) -> str:
    """Steps that are all needed; they may have commas of their own."""
    return "; and ".join(steps)


def in_hands_of(hand: ChangedBy, step: str) -> str:
    """A step that is not the reader's to take."""
    return f"{step} (in the hands of: {HANDS[hand]})"


def from_then_on(at: datetime, steps: str) -> str:
    """Steps that are enough from an instant on."""
    return f"from {say_instant(at)} on: {steps}"


def waiting(at: datetime) -> str:
    """That nothing has to be done."""
    return f"wait: it ends by itself on {say_instant(at)}"
