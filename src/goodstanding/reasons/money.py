"""What the billing port answers about one account: what stops, and what becomes of the money (P1).

It decides nothing and computes nothing; a statement without this answer is incomplete.
"""

from __future__ import annotations

from datetime import datetime

import msgspec

from goodstanding.kernel.money import Money


class Stop(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One thing that costs money and stops, such as a running campaign, and when."""

    what: str
    at: datetime


class Sum(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """An amount, and what becomes of it, in a sentence; an amount of nothing has its sentence too."""

    amount: Money
    becomes: str


class Invoice(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """An open invoice, and what becomes of it, in a sentence."""

    number: str
    amount: Money
    becomes: str


class MoneyAnswer(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The answer. For what is stopped, nothing that happens after `charged_until` is charged."""

    stops: tuple[Stop, ...]
    charged_until: datetime
    balance: Sum
    credits: Sum
    invoices: tuple[Invoice, ...] = ()
