"""Which accounts an owner's restriction reaches (promise P2)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from goodstanding.kernel.extents import Extent

if TYPE_CHECKING:
    from datetime import datetime

    from goodstanding.kernel.ids import AccountId, OwnerId
    from goodstanding.owners.model import Holdings


def owner_of(holdings: Holdings, account: AccountId, at: datetime) -> OwnerId | None:
    """The owner that the newest confirmed link of an account names."""
    links = [link for link in holdings.links if link.account == account and link.confirmed_at <= at]
    return max(reversed(links), key=lambda link: link.confirmed_at).owner if links else None


def accounts_of(holdings: Holdings, owner: OwnerId, at: datetime) -> Extent:
    """The accounts of one owner alone."""
    return Extent.of(a.id for a in holdings.accounts if owner_of(holdings, a.id, at) == owner)


def affiliates_of(holdings: Holdings, owner: OwnerId, at: datetime) -> tuple[OwnerId, ...]:
    """Every owner joined to this one by control in either direction, however long the chain; without itself."""
    joined = {owner}
    grown = True
    while grown:
        grown = False
        for control in holdings.controls:
            pair = {control.owner, control.controls}
            if control.known_from <= at and pair & joined and not pair <= joined:
                joined |= pair
                grown = True
    return tuple(sorted(joined - {owner}))


def reach(holdings: Holdings, owner: OwnerId, at: datetime, *, affiliates: bool) -> Extent:
    """The accounts of an owner, with those of its affiliates only where the evidence says so."""
    owners = (owner, *(affiliates_of(holdings, owner, at) if affiliates else ()))
    return Extent.of(name for each in owners for name in accounts_of(holdings, each, at).names or ())
