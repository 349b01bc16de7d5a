"""What a remedy is: which facts would have to change, in whose hands they are, and what that costs.

It decides nothing. Every text is recorded when it is made (P11).
"""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

import msgspec

from goodstanding.clause.model import Cell
from goodstanding.clause.vocabulary import ChangedBy
from goodstanding.kernel.canonical import Json
from goodstanding.kernel.ids import AccountId


class Audience(StrEnum):
    """Who reads a remedy: staff see every clause, the party sees of conduct clauses only what to stop doing."""

    STAFF = "staff"
    PARTY = "party"


class Answer(StrEnum):
    """What the search for a remedy found."""

    ADVERTISER = "in the advertiser's hands"
    OTHERS = "not without others"
    TIME = "by waiting only"
    NONE = "there is none"
    LIMIT = "don't know: the limit of the search is reached"
    CONDUCT = "the clauses say what to stop doing"


class Change(msgspec.Struct, frozen=True, kw_only=True):
    """One fact that changes in the world; `before` is `None` where it is not known.

    `text` is in the imperative, for the one in whose hands it is; `state` says how things are then.
    """

    cell: Cell
    before: dict[str, Json] | None
    after: dict[str, Json]
    changed_by: ChangedBy
    effort: int
    text: str
    state: str


class Alternative(msgspec.Struct, frozen=True, kw_only=True):
    """Changes that together end everything; `until`: only from that instant on, so that there is waiting to do."""

    changes: tuple[Change, ...]
    weight: int
    until: datetime | None = None


class Remedies(msgspec.Struct, frozen=True, kw_only=True):
    """What ends some effects for the accounts that they touch: alternatives, smallest weight first, waiting ones last.

    `ends`: the numbers of the decision's effects that each alternative ends. `stop`: what the party has to stop doing,
    in the words of the conduct clauses, for which no alternative is shown to it. `reason` says why there is nothing
    better.
    """

    audience: Audience
    accounts: tuple[AccountId, ...]
    ends: tuple[int, ...]
    answer: Answer
    alternatives: tuple[Alternative, ...] = ()
    stop: tuple[str, ...] = ()
    reason: str = ""
