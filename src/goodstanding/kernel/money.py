"""Money: an integer of the currency's smallest unit, since no float may enter the record."""

from __future__ import annotations

import msgspec


class Money(msgspec.Struct, frozen=True, kw_only=True):
    """`minor` counts the smallest unit (cents); `currency` is ISO 4217."""

    minor: int
    currency: str

    def __str__(self) -> str:
        """`EUR 12.50`; the currencies of the demo all have two decimals."""
        sign = "-" if self.minor < 0 else ""
        return f"{self.currency} {sign}{abs(self.minor) // 100:,}.{abs(self.minor) % 100:02d}"
