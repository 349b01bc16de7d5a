"""The provisions that a statement answers, each labelled where it was not in force when the statement was issued.

They are those of DSA art. 17 and 20 and of Regulation (EU) 2019/1150 art. 4 and 11. Naming a provision here does not
say that it applies to this platform or party: that depends on the service, its size and seat, the owner and the ground.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from goodstanding.reasons.model import Duty

if TYPE_CHECKING:
    from collections.abc import Iterator

DSA_APPLIES = datetime(2024, 2, 17, tzinfo=UTC)
P2B_APPLIES = datetime(2020, 7, 12, tzinfo=UTC)
NOT_IN_FORCE = "not in force then"

_REASONS = (
    ("DSA art. 17(1)", "a clear and specific statement of reasons"),
    ("DSA art. 17(2)", "at the latest when the measure begins"),
    ("DSA art. 17(3)(a)", "the measure, where it applies, and how long"),
    ("DSA art. 17(3)(b)", "the facts and circumstances relied on, and what led to the decision"),
    ("DSA art. 17(3)(c)", "the use made of automated means"),
)
_REDRESS = (
    ("DSA art. 17(3)(f)", "the possibilities for redress"),
    ("DSA art. 17(4)", "precise enough to make use of them"),
    ("DSA art. 20(1) and (2)", "at least six months to complain, from the day of being told"),
)
_LEGAL = ("DSA art. 17(3)(d)", "the legal ground, and why it is met")
_TERMS = ("DSA art. 17(3)(e)", "the contractual ground, and why it is met")
_P2B = (
    ("Regulation (EU) 2019/1150 art. 4(1) and (5)", "the specific facts and the grounds, on a durable medium"),
    ("Regulation (EU) 2019/1150 art. 4(3) and 11", "the internal complaint system"),
)


def duties(*, legal: bool, at: datetime) -> tuple[Duty, ...]:
    """What a statement issued at an instant answers; `legal`: its ground is the law, not the platform's terms."""
    return (
        *_labelled((*_REASONS, _LEGAL if legal else _TERMS, *_REDRESS), DSA_APPLIES, at),
        *_labelled(_P2B, P2B_APPLIES, at),
    )


def _labelled(rows: tuple[tuple[str, str], ...], applies: datetime, at: datetime) -> Iterator[Duty]:
    """The rows of one act."""
    label = NOT_IN_FORCE if at < applies else ""
    for reference, answers in rows:
        yield Duty(reference=reference, answers=answers, label=label)


def later_acts(at: datetime) -> frozenset[str]:
    """How references to the acts begin that were not in force at an instant."""
    acts = (("DSA ", DSA_APPLIES), ("Regulation (EU) 2019/1150 ", P2B_APPLIES))
    return frozenset(name for name, applies in acts if at < applies)
