from __future__ import annotations

from datetime import timedelta

from goodstanding.kernel.extents import Extent
from goodstanding.kernel.ids import EvidenceId, OwnerId
from goodstanding.owners.model import Control, Holdings
from goodstanding.owners.rules import accounts_of, affiliates_of, owner_of, reach
from unit.decisions.world import AT, FIRST, HOLDINGS, LONG_AGO, OWNER, SECOND, SISTER, THIRD, link

DAY = timedelta(days=1)


def test_an_account_belongs_to_the_owner_of_its_newest_confirmed_link() -> None:
    sold = Holdings(accounts=HOLDINGS.accounts, links=(*HOLDINGS.links, link(FIRST, SISTER, AT)))
    assert owner_of(sold, FIRST, AT - DAY) == OWNER
    assert owner_of(sold, FIRST, AT) == SISTER


def test_of_two_links_of_one_instant_the_one_recorded_later_counts() -> None:
    both = Holdings(accounts=HOLDINGS.accounts, links=(link(FIRST, OWNER), link(FIRST, SISTER)))
    assert owner_of(both, FIRST, AT) == SISTER


def test_a_link_counts_only_from_its_confirmation() -> None:
    assert owner_of(HOLDINGS, FIRST, LONG_AGO - DAY) is None
    assert accounts_of(HOLDINGS, OWNER, LONG_AGO - DAY).is_empty


def test_an_owner_reaches_its_own_accounts() -> None:
    assert accounts_of(HOLDINGS, OWNER, AT) == Extent.of([FIRST, SECOND])
    assert reach(HOLDINGS, OWNER, AT, affiliates=False) == Extent.of([FIRST, SECOND])


def test_affiliates_are_reached_only_where_it_is_said() -> None:
    assert reach(HOLDINGS, OWNER, AT, affiliates=True) == Extent.of([FIRST, SECOND, THIRD])


def test_control_joins_in_both_directions_and_along_chains_once_it_is_known() -> None:
    far = OwnerId("own-3")
    chain = Control(owner=SISTER, controls=far, evidence=EvidenceId("register"), known_from=AT)
    holdings = Holdings(controls=(chain, *HOLDINGS.controls))
    assert affiliates_of(holdings, far, AT) == (OWNER, SISTER)
    assert affiliates_of(holdings, OWNER, AT) == (SISTER, far)
    assert affiliates_of(holdings, OWNER, AT - DAY) == (SISTER,)
