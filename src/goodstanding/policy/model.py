"""A policy and its clauses, read and checked.

What a clause says about reach, territory, topics and audience bounds every restriction that rests on it (P2); `needs`
says which evidence can meet it (P3); `basis` keeps illegal content and incompatible content apart (DSA art. 17(3)(d)
and (e)). Whether a clause is met is left to `decisions`.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from enum import StrEnum
from typing import TypeAlias

import msgspec

from goodstanding.clause.tree import Condition
from goodstanding.errors import Place
from goodstanding.kernel.digests import Digest
from goodstanding.kernel.extents import ALL, Extent
from goodstanding.kernel.grades import Grade
from goodstanding.kernel.ids import ClauseId, PolicyId
from goodstanding.kernel.languages import Language
from goodstanding.kernel.scope import Capability


class ClauseKind(StrEnum):
    """What a clause does; it follows from the keys of its block."""

    RESTRICTION = "restriction"
    ENTRY_REQUIREMENT = "entry requirement"
    EXEMPTION = "exemption"
    COMMERCIAL_ENDING = "commercial ending"
    PUBLISHED_ONLY = "published only"


class Reach(StrEnum):
    """The narrowest thing that the ground supports; the value is also the variable that stands for it."""

    AD = "ad"
    ACCOUNT = "account"
    OWNER = "owner"


class Basis(StrEnum):
    """What a ground rests on: a law or order that binds the platform, or the platform's own terms."""

    LAW = "law"
    TERMS = "terms"


class GuidanceKind(StrEnum):
    """What keeps clear of a clause.

    `conduct` is for deception, circumvention and fraud, where outside staff a remedy says what to stop doing and
    nothing that helps to go around the clause; `advice` for any other conduct of the advertiser, and `circumstance` for
    what only others change.
    """

    ADVICE = "advice"
    CONDUCT = "conduct"
    CIRCUMSTANCE = "circumstance"


class Guidance(msgspec.Struct, frozen=True, kw_only=True):
    """What everybody is told about staying clear of a clause."""

    kind: GuidanceKind
    text: str


class Each(msgspec.Struct, frozen=True, kw_only=True):
    """`each: order in owner.orders`: one finding for each entity of a list; `kind` is what the vocabulary calls it."""

    name: str
    kind: str
    root: str
    fact: str


class Procedure(msgspec.Struct, frozen=True, kw_only=True):
    """How a commercial ending comes about: the role of the officer who signs, and what must be weighed in writing."""

    officer: str
    considerations: tuple[str, ...]


Dimension: TypeAlias = "Extent | Condition"
"""One side of a clause's scope: fixed, or read from a field of the bound entity."""


class Clause(msgspec.Struct, frozen=True, kw_only=True):
    """One rule.

    `text` is the public text as Markdown, without the block. `when` is what must be met for a restriction, an exemption
    or a commercial ending; `requires` is what must be known to hold before an entry requirement opens. `needs` gives
    for a variable the exact grades accepted; variables not named use the vocabulary's. `strike` is how long one lives;
    it counts `strike_weight` times, with the others of its `strike_category` (without one, of the clause).
    `hold_only`: the clause may hold and can never restrict.
    """

    id: ClauseId
    title: str
    kind: ClauseKind
    text: str
    text_digest: Digest
    place: Place
    reach: Reach | None = None
    each: Each | None = None
    when: Condition | None = None
    requires: Condition | None = None
    ends: Condition | None = None
    needs: dict[str, tuple[Grade, ...]] = {}
    restricts: tuple[Capability, ...] = ()
    territory: Dimension = ALL
    topics: Dimension = ALL
    audience: Dimension = ALL
    overridable: bool = True
    hold: timedelta | None = None
    hold_only: bool = False
    notice: timedelta = timedelta(0)
    review_after: timedelta | None = None
    strike: timedelta | None = None
    strike_weight: int = 1
    strike_category: str = ""
    basis: Basis = Basis.TERMS
    law: str = ""
    lifts: tuple[ClauseId, ...] = ()
    approver: str = ""
    procedure: Procedure | None = None
    guidance: Guidance | None = None

    @property
    def condition(self) -> Condition | None:
        """What is read against a subject: `when`, or `requires` for an entry requirement."""
        return self.when or self.requires

    @property
    def bound(self) -> str:
        """The variable whose fields the scope may name; empty for a clause that is published only."""
        if self.each is not None:
            return self.each.name
        return self.reach.value if self.reach is not None else ""

    @property
    def can_be_ground(self) -> bool:
        """Whether a restriction can ever rest on it."""
        return self.kind in {ClauseKind.RESTRICTION, ClauseKind.COMMERCIAL_ENDING} and not self.hold_only


class Policy(msgspec.Struct, frozen=True, kw_only=True):
    """One version of a policy document; `digest` is of its text, `vocabulary_digest` of the words it was read with."""

    id: PolicyId
    version: str
    title: str
    language: Language
    in_force_from: datetime
    in_force_until: datetime | None
    capabilities: tuple[Capability, ...]
    services: tuple[str, ...]
    vocabulary: str
    vocabulary_digest: Digest
    clauses: tuple[Clause, ...]
    digest: Digest
    text: str
