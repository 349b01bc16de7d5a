"""Standing as of an instant, folded from what is on the record (P9: as if what was reversed had never been).

The caller reads the ledger and says from when to when each thing is in force; here it is only counted.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from goodstanding.gate.model import EntryRequirement, Exemption, InForce, Opening, Record, Reversal, Standing

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from goodstanding.kernel.ids import AccountId


def standing_at(account: AccountId, records: Iterable[Record | Reversal], at: datetime) -> Standing:
    """The standing of an account at an instant; the order of records is the order of reasons."""
    everything = tuple(records)
    undone = {name for each in everything if isinstance(each, Reversal) and each.at <= at for name in each.ids}
    counted = [
        each.what
        for each in everything
        if isinstance(each, Record) and each.id not in undone and _counts(each, account, at)
    ]
    openings = [each for each in counted if isinstance(each, Opening)]
    return Standing(
        account=account,
        as_of=at,
        in_force=tuple(each for each in counted if isinstance(each, InForce)),
        exemptions=tuple(each for each in counted if isinstance(each, Exemption)),
        entries=tuple(_opened(each, openings) for each in counted if isinstance(each, EntryRequirement)),
    )


def _counts(record: Record, account: AccountId, at: datetime) -> bool:
    """Whether a record is in force for an account at an instant."""
    scope = record.what.scope
    return record.during.contains(at) and scope.period.contains(at) and scope.accounts.contains(account)


def _opened(requirement: EntryRequirement, openings: Iterable[Opening]) -> EntryRequirement:
    """A requirement with every box in which it is fulfilled."""
    boxes = (each.scope for each in openings if each.clause == requirement.clause)
    return replace(requirement, opened=(*requirement.opened, *boxes))
