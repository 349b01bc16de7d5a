"""What a statement of reasons is: data, every text of it recorded when it was made (P1, P11; DSA art. 17).

It decides nothing. `compose` makes one from a decision, `dsa17` says whether it is complete, `render` shows it. A part
that is empty was not known when the statement was composed, and `dsa17` names it.

Format number 1 of statements. INVARIANT: every format ever written keeps its reader (P11).
"""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Literal, TypeAlias

import msgspec

from goodstanding.clause.vocabulary import ChangedBy, Named
from goodstanding.decisions.model import EffectKind, Origin
from goodstanding.kernel.grades import Grade, Handling
from goodstanding.kernel.ids import AccountId, CaseId, ClauseId, DecisionId, FactId, OwnerId, PolicyId, StatementId
from goodstanding.reasons.money import MoneyAnswer

FORMAT = 1
RECONSTRUCTED = "Reconstructed by goodstanding from public facts; never sent"

Reach: TypeAlias = tuple[Named, ...] | Literal["all"]
"""One side of a box: `"all"`, or the named things with the words for them."""


class Form(StrEnum):
    """What kind of measure it is, as DSA art. 17(1)(a) to (d) tells them apart."""

    VISIBILITY = "visibility of particular ads"
    PAYMENTS = "payments"
    SERVICE = "a part of the service"
    ACCOUNT = "the account"


class AccountShown(msgspec.Struct, frozen=True, kw_only=True):
    """The account that the statement is about, and why the decision reaches it."""

    id: AccountId
    handle: str
    reached: str


class OwnerShown(msgspec.Struct, frozen=True, kw_only=True):
    """The owner that the statement speaks to."""

    id: OwnerId
    name: str


class Measure(msgspec.Struct, frozen=True, kw_only=True):
    """What is done (DSA art. 17(3)(a)).

    `terms` says what a measure of this kind entails: for a hold that it ends unless a person decides, whether a strike
    is counted, whether new accounts are reached.
    """

    kind: EffectKind
    forms: tuple[Form, ...]
    capabilities: Reach
    sentence: str
    terms: tuple[str, ...]


class Box(msgspec.Struct, frozen=True, kw_only=True):
    """One box of what is off, for this account; `grounds` gives the numbers of the grounds that carry it.

    `starts_at` and `ends_at` are those of the measure, or narrower where the evidence speaks of a shorter time.
    """

    grounds: tuple[int, ...]
    services: Reach
    capabilities: Reach
    ads: Reach
    territories: Reach
    audiences: Reach
    topics: Reach
    starts_at: datetime | None
    ends_at: datetime | None
    sentence: str


class Duration(msgspec.Struct, frozen=True, kw_only=True):
    """From when to when: an end, or the condition that ends it, and when it is looked at again (DSA art. 17(3)(a))."""

    begins_at: datetime
    ends_at: datetime | None
    ends_when: str
    review_at: datetime | None


class StillPossible(msgspec.Struct, frozen=True, kw_only=True):
    """What the measure leaves open (P2): untouched capabilities, what lies outside the boxes, and what is never off."""

    capabilities: tuple[Named, ...]
    elsewhere: tuple[str, ...]
    always: tuple[str, ...]


class ClauseQuoted(msgspec.Struct, frozen=True, kw_only=True):
    """The clause as it stood, quoted whole; `digest` is of `text`."""

    id: ClauseId
    title: str
    text: str
    digest: str
    condition: str
    guidance: str
    policy: PolicyId
    policy_version: str
    in_force_from: datetime


class BasisKind(StrEnum):
    """Whether a ground is the platform's own terms or the law (DSA art. 17(3)(d) and (e))."""

    TERMS = "the platform's own terms"
    LAW = "the law"


class BasisShown(msgspec.Struct, frozen=True, kw_only=True):
    """Which of the two it is, in a sentence; `legal` refers to the law, and is empty for terms."""

    kind: BasisKind
    legal: str
    sentence: str


class FactStated(msgspec.Struct, frozen=True, kw_only=True):
    """A fact relied on, in a sentence, and the number of the evidence under it."""

    fact: FactId
    sentence: str
    evidence: int


class GroundStated(msgspec.Struct, frozen=True, kw_only=True):
    """One ground: facts that together are enough."""

    number: int
    facts: tuple[FactStated, ...]


class EvidenceStated(msgspec.Struct, frozen=True, kw_only=True):
    """A piece of evidence as far as its handling lets this reader see it.

    `withheld` says what is not shown and why. `sealed_on` is the legal basis of a seal.
    """

    number: int
    reference: str
    title: str
    publisher: str
    url: str
    quotation: str
    grade: Grade
    handling: Handling
    binds: str
    valid_from: datetime | None
    valid_to: datetime | None
    known_from: datetime
    digest: str
    withheld: str
    sealed_on: str


class OriginStated(msgspec.Struct, frozen=True, kw_only=True):
    """What set the matter going, in a sentence (DSA art. 17(3)(b))."""

    kind: Origin
    sentence: str


class AutomationStated(msgspec.Struct, frozen=True, kw_only=True):
    """The use made of automated means, said either way (DSA art. 17(3)(c))."""

    detection: bool
    detection_sentence: str
    decision: bool
    decision_sentence: str


class Explanation(msgspec.Struct, frozen=True, kw_only=True):
    """Why these facts fall under that clause (DSA art. 17(3)(d) and (e)); `unknown` says what is not known yet."""

    sentences: tuple[str, ...]
    facts: tuple[FactId, ...]
    unknown: tuple[str, ...]


class OthersStep(msgspec.Struct, frozen=True, kw_only=True):
    """A change that would help, and in whose hands it is."""

    changed_by: ChangedBy
    sentence: str


class Remedy(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What the advertiser can do, what only others can change, and when it is looked at again.

    `together`: where the decision touches the account by other measures too, what would end all of them at once.
    """

    yours: tuple[str, ...]
    yours_sentence: str
    others: tuple[OthersStep, ...]
    review_sentence: str
    together: tuple[str, ...] = ()
    together_sentence: str = ""


class AppealOpen(msgspec.Struct, frozen=True, kw_only=True):
    """The platform's own complaint system; it always exists."""

    addresses: tuple[str, ...]
    until: datetime
    sentence: str


class WayShown(msgspec.Struct, frozen=True, kw_only=True):
    """A way of redress outside the platform: where to turn, or in `sentence` the ground on which there is none."""

    available: bool
    name: str
    address: str
    sentence: str


class Redress(msgspec.Struct, frozen=True, kw_only=True):
    """What can be done against the decision (DSA art. 17(3)(f), 20, 21)."""

    internal: AppealOpen
    out_of_court: WayShown
    court: WayShown


class Duty(msgspec.Struct, frozen=True, kw_only=True):
    """A provision that the statement answers; `label` says so where it was not in force then."""

    reference: str
    answers: str
    label: str


class Statement(msgspec.Struct, frozen=True, kw_only=True):
    """The statement of reasons for one account.

    `language` is the language it is written in; `zone` is the zone in which the owner reads times. `money` is `None`
    where the billing port gave no answer. `mark` is empty unless it is a reconstruction.
    """

    format: int
    id: StatementId
    case: CaseId
    decision: DecisionId
    account: AccountShown
    owner: OwnerShown
    platform: str
    language: str
    zone: str
    issued_at: datetime
    measure: Measure
    boxes: tuple[Box, ...]
    duration: Duration
    possible: StillPossible
    clause: ClauseQuoted
    basis: BasisShown
    grounds: tuple[GroundStated, ...]
    evidence: tuple[EvidenceStated, ...]
    origin: OriginStated
    automation: AutomationStated
    explanation: Explanation
    remedy: Remedy
    money: MoneyAnswer | None
    redress: Redress
    duties: tuple[Duty, ...]
    reconstruction: bool
    mark: str
