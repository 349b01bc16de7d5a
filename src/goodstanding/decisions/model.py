"""What a decision is. It carries everything that its statement needs, so that nothing downstream has to invent.

Format number 2 of decisions, which has the remedies; number 1 had none. INVARIANT: every format ever written keeps its
reader and its writer (P11).
"""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

import msgspec

from goodstanding.clause.model import Cell, Verdict
from goodstanding.clause.values import EntityRef
from goodstanding.clause.vocabulary import ChangedBy
from goodstanding.decisions.remedy import Remedies
from goodstanding.kernel.canonical import Json
from goodstanding.kernel.digests import Digest
from goodstanding.kernel.grades import Grade, Handling
from goodstanding.kernel.ids import (
    AccountId,
    AdId,
    CaseId,
    ClauseId,
    DecisionId,
    EvidenceId,
    FactId,
    OwnerId,
    PersonId,
    PolicyId,
)
from goodstanding.kernel.instants import Period
from goodstanding.kernel.scope import Scope

FORMAT = 1
"""The format of a decision without its remedies."""

WITH_REMEDIES = 2
"""The format of a decision with them."""


class Ad(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A promoted item under judgement, the account that runs it, and what people call it."""

    id: AdId
    account: AccountId
    title: str = ""


class Origin(StrEnum):
    """What set the matter going (DSA art. 17(3)(b))."""

    OWN_INITIATIVE = "own initiative"
    NOTICE = "notice of a third party"
    AUTHORITY = "order of an authority to the platform"
    APPEAL = "appeal"


class Automation(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The use made of automated means (DSA art. 17(3)(c))."""

    detection: bool
    decision: bool


class Matter(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What is to be decided: whose case, over which accounts and ads, and as of when."""

    case: CaseId
    owner: OwnerId
    ads: tuple[Ad, ...] = ()
    origin: Origin = Origin.OWN_INITIATIVE
    automation: Automation = Automation(detection=False, decision=False)
    at: datetime


class EvidenceShown(msgspec.Struct, frozen=True, kw_only=True):
    """A piece of evidence as the decision relies on it; `sees` of its handling decides who reads what."""

    id: EvidenceId
    title: str
    publisher: str
    url: str
    quotation: str
    grade: Grade
    handling: Handling
    binds: str
    valid: Period
    known_from: datetime
    digest: Digest


class FactShown(msgspec.Struct, frozen=True, kw_only=True):
    """A fact as the decision relies on it: the sentence that says it, and what it rests on."""

    id: FactId
    cell: Cell
    sentence: str
    value: dict[str, Json]
    evidence: EvidenceId


class Ground(msgspec.Struct, frozen=True, kw_only=True):
    """One minimal sufficient set of facts under a met clause, and the box that its evidence covers."""

    facts: tuple[FactId, ...]
    scope: Scope


class Missing(msgspec.Struct, frozen=True, kw_only=True):
    """A fact that would have to be known, why it is not, and the sentence that says so."""

    cell: Cell
    why: str
    sentence: str


class RemedyStep(msgspec.Struct, frozen=True, kw_only=True):
    """One change that would help end a restriction, and in whose hands it is."""

    cell: Cell
    changed_by: ChangedBy
    text: str


class Finding(msgspec.Struct, frozen=True, kw_only=True):
    """One clause read against one subject and at most one bound entity.

    `because` says it in sentences with this case's values. `lifted_by` names the exemption that took its effect away,
    `barred` says why a met clause is not held against the owner.
    `blockers` and `held` count the cells that stood against it and for it: the clause that came closest has the largest
    share for it.
    """

    clause: ClauseId
    title: str
    subject: EntityRef
    binding: EntityRef | None
    verdict: Verdict
    because: tuple[str, ...]
    facts: tuple[FactId, ...] = ()
    missing: tuple[Missing, ...] = ()
    errors: tuple[str, ...] = ()
    lifted_by: ClauseId | None = None
    barred: str = ""
    held: int = 0
    blockers: int = 0


class EffectKind(StrEnum):
    """What a finding leads to."""

    RESTRICTION = "restriction"
    HOLD = "hold"
    ENTRY_CLOSED = "entry closed"
    ENTRY_OPEN = "entry open"
    EXEMPTION = "exemption"
    COMMERCIAL_ENDING = "commercial ending"


class ClauseShown(msgspec.Struct, frozen=True, kw_only=True):
    """A clause as it stood when the decision was made, quoted whole."""

    id: ClauseId
    title: str
    text: str
    text_digest: Digest
    condition: str
    legal: str
    overridable: bool
    guidance: str


class Effect(msgspec.Struct, frozen=True, kw_only=True):
    """What one finding leads to, box by box.

    Lengths are whole seconds: `notice` before it begins, `review_after` until it is looked at again, `hold` a hold's
    length, `strike` how long its strike lives (0 = none). `ends_when` says the clause's ending condition in words.
    `owner_wide`: whether it follows the owner to new accounts. `lifts`: the clauses an exemption lifts.
    """

    kind: EffectKind
    clause: ClauseShown
    subject: EntityRef
    binding: EntityRef | None
    grounds: tuple[Ground, ...]
    notice: int
    review_after: int
    hold: int
    strike: int
    ends_when: str
    owner_wide: bool
    remedy: tuple[RemedyStep, ...]
    lifts: tuple[ClauseId, ...] = ()
    missing: tuple[Missing, ...] = ()


class Pins(msgspec.Struct, frozen=True, kw_only=True):
    """What a decision was made from, by digest, so that it can be replayed (P11)."""

    format: int
    policy: PolicyId
    policy_version: str
    policy_in_force_from: datetime
    policy_digest: Digest
    vocabulary_version: str
    vocabulary_digest: Digest
    evidence: tuple[tuple[EvidenceId, Digest], ...]
    facts: tuple[tuple[FactId, Digest], ...]


class Decision(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """All findings and their effect. `needs_person`: why a person must look before anything else can follow.

    `unread`: the facts on file that no clause of this policy speaks of, in sentences. `remedies`: what would end the
    effects, for staff and for each group of accounts; left out of the record where there are none, as in format 1.
    """

    id: DecisionId
    matter: Matter
    decided_by: PersonId
    accounts: tuple[AccountId, ...]
    pins: Pins
    findings: tuple[Finding, ...]
    effects: tuple[Effect, ...]
    facts: tuple[FactShown, ...]
    evidence: tuple[EvidenceShown, ...]
    needs_person: tuple[str, ...]
    unread: tuple[str, ...]
    high_impact: bool
    remedies: tuple[Remedies, ...] = ()

    def fact(self, name: FactId) -> FactShown:
        """The fact of that id, which the decision holds."""
        return next(fact for fact in self.facts if fact.id == name)

    def evidence_of(self, name: FactId) -> EvidenceShown:
        """The evidence under a fact."""
        return next(piece for piece in self.evidence if piece.id == self.fact(name).evidence)
