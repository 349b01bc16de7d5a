"""What the record says of strikes: how many live, what they weigh, by account, by owner and by category (P9).

A strike lives for its period, and never counts again once it was undone. It is counted with those of its category, on
whichever account of the owner they were. A tally is the sum of one category, of an owner or of one account; `unsettled`
says how many of its strikes belong to something that still stands.
"""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING

import msgspec

from goodstanding.clause.model import Cell
from goodstanding.clause.values import EntityRef, Value
from goodstanding.owners.rules import accounts_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import datetime

    from goodstanding.app.state import State, Strike
    from goodstanding.kernel.ids import OwnerId

TALLY = "tally"
"""What the vocabulary calls the entity that sums up one category."""


class Counted(msgspec.Struct, frozen=True, kw_only=True):
    """One fact that is counted, and how much each strike adds to it, in the order in which they were recorded."""

    cell: Cell
    parts: tuple[tuple[str, int], ...]

    @property
    def total(self) -> int:
        """What it comes to."""
        return sum(weight for _, weight in self.parts)

    def carried_by(self, least: int) -> tuple[tuple[str, ...], ...]:
        """The smallest sets of strikes that alone come to this much; none is needed for nothing."""
        weights = dict(self.parts)
        found: list[tuple[str, ...]] = []
        for size in range(len(self.parts) + 1):
            for names in combinations(weights, size):
                spare = sum(weights[name] for name in names) - least
                if spare >= 0 and all(weights[name] > spare for name in names):
                    found.append(names)
        return tuple(found)


def counted(state: State, owner: OwnerId, at: datetime) -> Iterator[Counted]:
    """Every count of live strikes: of an owner, of each of its accounts, and of each tally of either."""
    unlifted = _unlifted(state, at)
    for whose, live in _holders(state, owner, at):
        yield from _sums(whose, "live_strikes", live)
        for category in categories(live):
            tally, own = _tally(whose, category), [s for s in live if s.counted_with == category]
            yield from _sums(tally, "live", own)
            unsettled = [s for s in own if not unlifted.isdisjoint(names[0] for names in s.rests_on)]
            yield Counted(cell=Cell(tally, "unsettled"), parts=tuple((s.id, 1) for s in unsettled))


def tallies(state: State, owner: OwnerId, at: datetime) -> Iterator[tuple[Cell, Value]]:
    """Which tallies an owner and each of its accounts have, and what each is called."""
    for whose, live in _holders(state, owner, at):
        yield Cell(whose, "strikes"), tuple(_tally(whose, category) for category in categories(live))
        for category in categories(live):
            yield Cell(_tally(whose, category), "name"), category


def live_strikes(state: State, owner: OwnerId, at: datetime) -> list[Strike]:
    """The strikes on an owner's accounts that have neither expired nor been undone, in the order of the record."""
    accounts = accounts_of(state.holdings, owner, at)
    return [
        s for s in state.strikes.values() if accounts.contains(s.account) and not s.undone and s.period.contains(at)
    ]


def categories(strikes: Iterable[Strike]) -> list[str]:
    """The categories of some strikes, each once."""
    return sorted({strike.counted_with for strike in strikes})


def _sums(entity: EntityRef, count: str, strikes: Sequence[Strike]) -> Iterator[Counted]:
    """How many strikes there are, and what they weigh together."""
    yield Counted(cell=Cell(entity, count), parts=tuple((strike.id, 1) for strike in strikes))
    yield Counted(cell=Cell(entity, "strike_weight"), parts=tuple((strike.id, strike.weight) for strike in strikes))


def _holders(state: State, owner: OwnerId, at: datetime) -> Iterator[tuple[EntityRef, list[Strike]]]:
    """The owner with all live strikes, and each account with its own."""
    live = live_strikes(state, owner, at)
    yield EntityRef("owner", owner), live
    for account in accounts_of(state.holdings, owner, at).names or ():
        yield EntityRef("account", account), [strike for strike in live if strike.account == account]


def _tally(whose: EntityRef, category: str) -> EntityRef:
    """The tally of a category, of an owner or of an account."""
    return EntityRef(TALLY, f"{whose.id}/{category}")


def _unlifted(state: State, at: datetime) -> set[str]:
    """The effects of which something stands at an instant, or is still to begin."""
    return {
        one.effect
        for one in state.restrictions.values()
        if (one.lifted_at is None or at < one.lifted_at) and (one.scope.period.end is None or at < one.scope.period.end)
    }
