"""The desk's state: a fold of the record's entries, and nothing else (promise P8).

What standing, clocks and counts need is taken from `clear`, which outlives an erasure; everything else from the opened
documents. INVARIANT: `apply` never decides anything and never looks at a clock; the same entries give the same state.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta

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
from goodstanding.policy.publication import Way
from goodstanding.reasons.issue import Platform

NOTICE = timedelta(days=15)
"""The notice period of a desk that was opened without saying another."""


class Person(msgspec.Struct, frozen=True, kw_only=True):
    """Someone who acts at the desk; `outside`: a named reviewer from outside the platform (P4)."""

    id: PersonId
    name: str
    roles: tuple[str, ...]
    outside: bool = False


class Published(msgspec.Struct, frozen=True, kw_only=True):
    """A policy as published: its text and the vocabulary it was read with.

    `way`, `ground`: in which way it was published, and on what ground of urgency. `until`: when it ends by itself.
    """

    policy: str
    version: str
    file: str
    text: str
    vocabulary: str
    vocabulary_file: str
    published_at: datetime
    draft: str = ""
    way: Way = Way.FIRST
    ground: str = ""
    until: datetime | None = None


class Drafted(msgspec.Struct, frozen=True, kw_only=True):
    """A text that somebody wants published, and who approved it; `words` is the digest of its words alone."""

    id: str
    policy: str
    version: str
    file: str
    text: str
    vocabulary: str
    vocabulary_file: str
    digest: str
    words: str
    by: PersonId
    approved_by: PersonId | None = None
    published: bool = False


class Withdrawn(msgspec.Struct, frozen=True, kw_only=True):
    """A clause taken back from the first `editions` publications at the desk; a later one may bring it again."""

    policy: str
    clause: ClauseId
    at: datetime
    editions: int


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
    weight: int = 1
    category: str = ""
    undone: bool = False

    @property
    def counted_with(self) -> str:
        """What it is counted with: its category, or its clause."""
        return self.category or self.clause


class Exempted(msgspec.Struct, frozen=True, kw_only=True):
    """An exemption: the clauses that it lifts, and the box in which it does.

    It rests on an exempting `clause` of a policy, or is granted to one `owner` by its `approver` until a day.
    """

    id: str
    clause: ClauseId
    lifts: tuple[ClauseId, ...]
    scope: Scope
    decision: DecisionId
    since: datetime
    owner: OwnerId | None = None
    approver: PersonId | None = None
    until: datetime | None = None
    withdrawn_at: datetime | None = None

    @property
    def during(self) -> Period:
        """From when to when it lifts anything."""
        return Period(start=self.since, end=self.until).intersect(Period(end=self.withdrawn_at))


class Opened(msgspec.Struct, frozen=True, kw_only=True):
    """An entry requirement that was found to be met for an account or an ad."""

    id: str
    clause: ClauseId
    scope: Scope
    decision: DecisionId
    since: datetime
    withdrawn_at: datetime | None = None


class Linked(msgspec.Struct, frozen=True, kw_only=True):
    """Whose an account is, and since when on the record; it outlives the erasure of why."""

    owner: OwnerId
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
    drafts: dict[str, Drafted] = field(default_factory=dict)
    withdrawn: list[Withdrawn] = field(default_factory=list)
    notice: timedelta = NOTICE
    holdings: Holdings = field(default_factory=Holdings)
    linked: dict[AccountId, Linked] = field(default_factory=dict)
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
