"""The published versions of one policy over time: which applies when, and when a new one is first stricter (P12).

The newest published version whose time includes an instant applies at it. So a version for a short time leaves the one
before it as it was, and it comes back by itself when that time is over.
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

import msgspec

from goodstanding.clause.vocabulary import Vocabulary
from goodstanding.kernel.instants import Period
from goodstanding.policy.loosening import Proof, same_form, tightened
from goodstanding.policy.model import Policy

if TYPE_CHECKING:
    from collections.abc import Sequence


class Edition(msgspec.Struct, frozen=True, kw_only=True):
    """A version as it was published; `until`: when an urgent one ends, whatever its text says."""

    policy: Policy
    vocabulary: Vocabulary
    published_at: datetime
    until: datetime | None = None

    @property
    def period(self) -> Period:
        """When it would apply, were no other version published: never before it was published."""
        start = max(self.published_at, self.policy.in_force_from)
        return Period(start=start, end=self.policy.in_force_until).intersect(Period(end=self.until))


class Stricter(msgspec.Struct, frozen=True, kw_only=True):
    """From when on a new version is stricter than what applies without it, and why, in sentences."""

    at: datetime
    why: tuple[str, ...]


def edition_at(editions: Sequence[Edition], at: datetime) -> Edition | None:
    """The version that applies at an instant; `editions` are in the order of their publication."""
    return next((one for one in reversed(editions) if one.period.contains(at)), None)


def first_stricter(new: Edition, editions: Sequence[Edition], *, proof: Proof = same_form) -> Stricter | None:
    """From when on a version is not proven to be nowhere stricter than what it displaces, if ever."""
    for at in _turns(new, editions):
        old = edition_at(editions, at)
        words = None if old is None else (old.vocabulary, new.vocabulary)
        why = tightened(None if old is None else old.policy, new.policy, words=words, proof=proof)
        if why:
            return Stricter(at=at, why=why)
    return None


def _turns(new: Edition, editions: Sequence[Edition]) -> list[datetime]:
    """The instants of a version's time at which another version may begin to be the one that it displaces."""
    start = new.period.start
    ends = {end for one in editions for end in (one.period.start, one.period.end) if end is not None}
    inside = {at for at in ends if new.period.contains(at)}
    return sorted(inside if start is None else inside | {start})
