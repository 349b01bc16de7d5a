"""The desk's state: a fold of the record's entries, and nothing else (promise P8).

What standing, clocks and counts need is taken from `clear`, which outlives an erasure; everything else from the opened
documents. INVARIANT: `apply` never decides anything and never looks at a clock; the same entries give the same state.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

import msgspec

from goodstanding.appeals.clocks import Deadline
from goodstanding.appeals.model import Appeal, Citation, Message, Outcome, Reply
from goodstanding.decisions.model import Ad, Decision
from goodstanding.evidence.model import Dossier
from goodstanding.kernel.canonical import Json
from goodstanding.kernel.ids import (
    AccountId,
    AppealId,
    CaseId,
    ClauseId,
    DecisionId,
    FactId,
    OwnerId,
    PersonId,
    RestrictionId,
    StatementId,
)
from goodstanding.kernel.instants import Period
from goodstanding.kernel.scope import Scope
from goodstanding.owners.model import Holdings
from goodstanding.reasons.issue import Platform


class Person(msgspec.Struct, frozen=True, kw_only=True):
    """Someone who acts at the desk; `outside`: a named reviewer from outside the platform (P4)."""

    id: PersonId
    name: str
    roles: tuple[str, ...]
    outside: bool = False


class Published(msgspec.Struct, frozen=True, kw_only=True):
    """A policy as published: its text and the vocabulary it was read with."""

    policy: str
    version: str
    file: str
    text: str
    vocabulary: str
    vocabulary_file: str
    published_at: datetime


class CaseFile(msgspec.Struct, kw_only=True):
    """What belongs to one case.

    `keys`: what the case's files call an owner, account or ad, and the pseudonym it has here. `told` are the citations
    that the party was given, `said` the messages to it.
    """

    id: CaseId
    owner: OwnerId
    title: str
    opened_at: datetime
    ads: list[Ad] = []
    keys: dict[str, str] = {}
    told: set[Citation] = set()
    said: list[Message] = []
    decisions: list[DecisionId] = []
    appeals: list[AppealId] = []
    approaches: list[str] = []


class Judged(msgspec.Struct, kw_only=True):
    """A decision and what became of it.

    `rests_on`: for each fact that it measured on the record, the sets of strikes or restrictions each of which alone
    would give it what it decided.
    """

    decision: Decision
    seq: int
    rests_on: dict[FactId, tuple[tuple[str, ...], ...]] = {}
    approved_by: PersonId | None = None


class Restricted(msgspec.Struct, frozen=True, kw_only=True):
    """A restriction, hold or inherited restriction, whether still in force or not.

    `kind`: `restriction`, `hold` or `inherited`. `effect`: which effect of its decision it is. `rests_on`: sets
    of effects, strikes and restrictions, each of which alone would carry it. `evidence`: the digests under it.
    `lifted_at`: when it ended before its time; `undone_at`: from when on it counts as if it had never been (P9).
    """

    id: RestrictionId
    kind: str
    account: AccountId
    clause: ClauseId
    overridable: bool
    scope: Scope
    case: CaseId
    owner: OwnerId
    decision: DecisionId | None = None
    statement: StatementId | None = None
    effect: str = ""
    owner_wide: bool = False
    rests_on: tuple[tuple[str, ...], ...] = ()
    evidence: tuple[str, ...] = ()
    lifted_at: datetime | None = None
    undone_at: datetime | None = None
    restate_by: datetime | None = None

    @property
    def undone(self) -> bool:
        """Whether it counts as if it had never been."""
        return self.undone_at is not None


class Strike(msgspec.Struct, frozen=True, kw_only=True):
    """A strike on an account, alive for its period unless what it rests on was undone."""

    id: str
    account: AccountId
    owner: OwnerId
    case: CaseId
    clause: ClauseId
    decision: DecisionId
    rests_on: tuple[tuple[str, ...], ...]
    period: Period
    undone: bool = False


class Exempted(msgspec.Struct, frozen=True, kw_only=True):
    """An exemption in force: the exempting clause, the clauses it lifts, and the box in which it does."""

    id: str
    clause: ClauseId
    lifts: tuple[ClauseId, ...]
    scope: Scope
    decision: DecisionId
    since: datetime


class Opened(msgspec.Struct, frozen=True, kw_only=True):
    """An entry requirement that was found to be met for an account or an ad."""

    id: str
    clause: ClauseId
    scope: Scope
    decision: DecisionId
    since: datetime


class Appealed(msgspec.Struct, kw_only=True):
    """An appeal and what became of it."""

    appeal: Appeal
    replies: list[Reply] = []
    deadlines: tuple[Deadline, ...] = ()
    outcome: Outcome | None = None


@dataclass(kw_only=True)
class State:
    """Everything the desk knows. Mutable, since folding a million frozen copies would be slow; only the fold writes."""

    platform: Platform | None = None
    people: dict[PersonId, Person] = field(default_factory=dict)
    published: list[Published] = field(default_factory=list)
    holdings: Holdings = field(default_factory=Holdings)
    dossiers: dict[OwnerId, Dossier] = field(default_factory=dict)
    cases: dict[CaseId, CaseFile] = field(default_factory=dict)
    decisions: dict[DecisionId, Judged] = field(default_factory=dict)
    statements: dict[StatementId, dict[str, Json]] = field(default_factory=dict)
    issued_at_seq: dict[StatementId, int] = field(default_factory=dict)
    restrictions: dict[RestrictionId, Restricted] = field(default_factory=dict)
    strikes: dict[str, Strike] = field(default_factory=dict)
    exemptions: dict[str, Exempted] = field(default_factory=dict)
    opened: list[Opened] = field(default_factory=list)
    appeals: dict[AppealId, Appealed] = field(default_factory=dict)
    reversed: set[str] = field(default_factory=set)
    cut_over_at: datetime | None = None

    @property
    def gone(self) -> set[str]:
        """The ids of everything that counts as if it had never been (P9)."""
        strikes = {strike.id for strike in self.strikes.values() if strike.undone}
        return self.reversed | strikes | {one.id for one in self.restrictions.values() if one.undone}
