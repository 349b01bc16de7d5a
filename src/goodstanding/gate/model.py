"""What an account may do now and why (standing), what the gate is asked, and what it answers.

It decides nothing: `fold` makes a standing from records, `check` reads it. Promises P2, P3 (entry requirements) and P9.
"""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

import msgspec

from goodstanding.kernel.ids import AccountId, AdId, ClauseId, RestrictionId, StatementId
from goodstanding.kernel.instants import ALWAYS, Period
from goodstanding.kernel.scope import Capability, Scope
from goodstanding.kernel.territories import Territory


class InForceKind(StrEnum):
    """What can be in force against an account."""

    RESTRICTION = "restriction"
    HOLD = "hold"


class InForce(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One box of a restriction or hold; a restriction of several boxes is there several times, under one id.

    An inherited restriction may have neither clause nor statement; then no exemption can lift it.
    """

    id: RestrictionId
    kind: InForceKind = InForceKind.RESTRICTION
    clause: ClauseId | None = None
    statement: StatementId | None = None
    overridable: bool
    scope: Scope


class Exemption(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The clauses that are lifted inside one box; `clause` is the exempting one. Not overridable ones stay."""

    clause: ClauseId
    lifts: tuple[ClauseId, ...]
    scope: Scope


class Opening(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The box inside which the fact that an entry requirement asks for is known."""

    clause: ClauseId
    scope: Scope


class EntryRequirement(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A box that stays closed until a fact is known.

    `opened`: the boxes where it is known, for the account or for an ad.
    `missing`: the sentences that say what would open the rest.
    """

    clause: ClauseId
    overridable: bool
    scope: Scope
    opened: tuple[Scope, ...] = ()
    missing: tuple[str, ...] = ()


class Standing(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What stands between an account and what it may do, as of an instant; nothing in it allows everything."""

    account: AccountId
    as_of: datetime
    in_force: tuple[InForce, ...] = ()
    exemptions: tuple[Exemption, ...] = ()
    entries: tuple[EntryRequirement, ...] = ()

    @property
    def restrictions(self) -> tuple[InForce, ...]:
        """The restrictions, without the holds."""
        return tuple(each for each in self.in_force if each.kind is InForceKind.RESTRICTION)

    @property
    def holds(self) -> tuple[InForce, ...]:
        """The holds."""
        return tuple(each for each in self.in_force if each.kind is InForceKind.HOLD)


class Ask(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What the gate is asked.

    `None` in `service`, `topics`, `territory` or `audience` means "not said" and matches any box; no topics at all is
    the empty tuple. `ad` is different: `None` means what has no ad id, the account itself.
    """

    account: AccountId
    capability: Capability
    at: datetime
    service: str | None = None
    ad: AdId | None = None
    topics: tuple[str, ...] | None = None
    territory: Territory | None = None
    audience: str | None = None


class Reason(msgspec.Struct, frozen=True, kw_only=True):
    """One restriction or hold that refuses, its clause, and the statement that explains it."""

    id: RestrictionId
    kind: InForceKind
    clause: ClauseId | None
    statement: StatementId | None


class ClosedEntry(msgspec.Struct, frozen=True, kw_only=True):
    """One entry requirement that is not fulfilled, and what would fulfil it."""

    clause: ClauseId
    missing: tuple[str, ...]


class Answer(msgspec.Struct, frozen=True, kw_only=True):
    """Whether it is allowed, and if not, by what.

    `unsaid`: the dimensions that the ask left open and that would have to be said for another answer to be possible;
    empty where saying more can't help.
    """

    allowed: bool
    by: tuple[Reason, ...] = ()
    closed: tuple[ClosedEntry, ...] = ()
    unsaid: tuple[str, ...] = ()


class Record(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One thing on the record, under the id by which it falls, and from when to when it is in force."""

    id: str
    what: InForce | Exemption | Opening | EntryRequirement
    during: Period = ALWAYS


class Reversal(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """From `at` on, the records of these ids count as never made (P9); `ids` is whole, nothing is followed further."""

    ids: tuple[str, ...]
    at: datetime
