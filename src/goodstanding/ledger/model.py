"""The entry, the smallest unit of the record, and what surrounds it.

INVARIANT: an append-only log can't be migrated, so this format was fixed with the first entry ever written. A change is
a new `v`, and every `v` keeps its reader and its writer (P11).
"""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

import msgspec

from goodstanding.kernel.canonical import Json
from goodstanding.kernel.digests import Digest

FORMAT = 1


class Kind(StrEnum):
    """Every kind of entry: `subject.act`, past tense."""

    DESK_OPENED = "desk.opened"
    PERSON_ENROLLED = "person.enrolled"
    POLICY_DRAFTED = "policy.drafted"
    POLICY_APPROVED = "policy.approved"
    POLICY_PUBLISHED = "policy.published"
    CLAUSE_WITHDRAWN = "clause.withdrawn"
    OWNER_REGISTERED = "owner.registered"
    ACCOUNT_REGISTERED = "account.registered"
    LINK_CONFIRMED = "link.confirmed"
    CONTROL_RECORDED = "control.recorded"
    EVIDENCE_RECORDED = "evidence.recorded"
    DISPUTE_RESOLVED = "dispute.resolved"
    CASE_OPENED = "case.opened"
    APPROACH_RECORDED = "approach.recorded"
    MESSAGE_SENT = "message.sent"
    PUBLIC_STATEMENT_MADE = "public_statement.made"
    DECISION_MADE = "decision.made"
    DECISION_APPROVED = "decision.approved"
    STATEMENT_ISSUED = "statement.issued"
    NOTICE_DELIVERED = "notice.delivered"
    NOTICE_FAILED = "notice.failed"
    RESTRICTION_IMPOSED = "restriction.imposed"
    RESTRICTION_INHERITED = "restriction.inherited"
    RESTRICTION_VARIED = "restriction.varied"
    RESTRICTION_LIFTED = "restriction.lifted"
    HOLD_PLACED = "hold.placed"
    HOLD_ENDED = "hold.ended"
    EXEMPTION_GRANTED = "exemption.granted"
    EXEMPTION_WITHDRAWN = "exemption.withdrawn"
    ENTRY_OPENED = "entry.opened"
    OPENING_WITHDRAWN = "opening.withdrawn"
    STRIKE_RECORDED = "strike.recorded"
    STRIKE_UNDONE = "strike.undone"
    APPEAL_FILED = "appeal.filed"
    APPEAL_ANSWERED = "appeal.answered"
    APPEAL_DECIDED = "appeal.decided"
    CUT_OVER = "cut_over.declared"


class Draft(msgspec.Struct, frozen=True, kw_only=True):
    """What a use case wants recorded, before it is sealed.

    `subject`: the pseudonym whose key seals `document` (an owner's, or `platform`). `clear`: only what standing, clocks
    and counts are folded from, under pseudonyms. `document`: everything else.
    """

    kind: Kind
    subject: str
    clear: dict[str, Json]
    document: dict[str, Json]
    case: str = ""


class Entry(msgspec.Struct, frozen=True, kw_only=True):
    """One recorded act. `sealed` and `salt` are base64; `commits` is the digest of a secret salt and the document."""

    v: int
    kind: Kind
    at: datetime
    actor: str
    case: str
    subject: str
    clear: dict[str, Json]
    sealed: str
    commits: Digest
    salt: str


class Receipt(msgspec.Struct, frozen=True, kw_only=True):
    """Everything needed to check one entry offline, with the document and the public key (bytes in base64)."""

    entry: str
    secret_salt: str
    index: int
    proof: tuple[str, ...]
    checkpoint: str


class Recorded(msgspec.Struct, frozen=True, kw_only=True):
    """An entry at its place (`seq` from 0, gapless) with its document opened, or `None` where its key was erased."""

    seq: int
    entry: Entry
    document: dict[str, Json] | None
