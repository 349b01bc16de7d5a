"""Scope: what exactly is switched off, for whom, where, about what, and when (promise P2).

A scope is one box: the product of its dimensions. Several grounds give several boxes, which are kept as a list and
never merged, since the smallest box around two of them would reach further than either ground.
"""

from __future__ import annotations

from typing import NewType

import msgspec

from goodstanding.kernel.extents import ALL, Extent
from goodstanding.kernel.instants import ALWAYS, Period

Capability = NewType("Capability", str)

ALWAYS_POSSIBLE = ("sign in", "pause", "export data", "remove payment method", "appeal")
"""What no restriction can touch (P2); no platform may list one of these as a capability."""


class Scope(msgspec.Struct, frozen=True, kw_only=True):
    """One box; every dimension is an extent, and `period` says when.

    `ads` = all means every ad of the accounts and also what has no ad id (the account itself).
    """

    services: Extent = ALL
    capabilities: Extent = ALL
    accounts: Extent = ALL
    ads: Extent = ALL
    territories: Extent = ALL
    audiences: Extent = ALL
    topics: Extent = ALL
    period: Period = ALWAYS

    def intersect(self, other: Scope) -> Scope:
        """The part of this box that lies in the other."""
        dimensions = {name: getattr(self, name).intersect(getattr(other, name)) for name in EXTENTS}
        return Scope(period=self.period.intersect(other.period), **dimensions)

    @property
    def is_empty(self) -> bool:
        """Whether nothing lies inside."""
        return self.period.is_empty or any(getattr(self, name).is_empty for name in EXTENTS)

    def within(self, other: Scope) -> bool:
        """Whether this box reaches nowhere that the other does not."""
        return self.is_empty or (
            self.period.within(other.period)
            and all(getattr(self, name).within(getattr(other, name)) for name in EXTENTS)
        )


EXTENTS = ("services", "capabilities", "accounts", "ads", "territories", "audiences", "topics")
EVERYWHERE = Scope()
