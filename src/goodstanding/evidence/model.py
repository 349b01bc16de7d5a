"""Evidence, facts, and the dossier that holds them (promise P3).

It decides nothing: `rules` says what is known, `decisions` what follows.
"""

from __future__ import annotations

from datetime import datetime

import msgspec

from goodstanding.clause.model import Cell
from goodstanding.clause.values import Value, from_typed
from goodstanding.kernel.canonical import Json
from goodstanding.kernel.digests import Digest, digest_of_text
from goodstanding.kernel.extents import ALL, Extent
from goodstanding.kernel.grades import Grade, Handling
from goodstanding.kernel.ids import EvidenceId, FactId, PersonId
from goodstanding.kernel.instants import ALWAYS, Period


class Source(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Where evidence comes from; `url` is empty for a source that has none."""

    title: str
    publisher: str
    url: str = ""


class Quotation(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The words relied on, and their place in the document as retrieved (characters from 0, end exclusive)."""

    text: str
    start: int
    end: int
    digest: Digest

    def __post_init__(self) -> None:
        """Hold position, text and digest together.

        Raises:
            ValueError: they do not agree.
        """
        if self.start < 0 or self.end - self.start != len(self.text):
            msg = f"the quotation has {len(self.text)} characters, its position says {self.end - self.start}"
            raise ValueError(msg)
        if self.digest != digest_of_text(self.text):
            msg = f"the quotation's digest is not that of its text: write `{digest_of_text(self.text)}`"
            raise ValueError(msg)


class Coverage(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What evidence covers: whom it binds, where, on what; no restriction that rests on it reaches further (P2).

    `affiliates`: whether it expressly extends to companies under common control.
    """

    binds: str
    territories: Extent = ALL
    topics: Extent = ALL
    affiliates: bool = False


class Estimate(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What an estimate must say of itself; `precision` and `threshold` are decimal strings between 0 and 1."""

    model: str
    version: str
    threshold: str
    precision: str
    measured_at: datetime


class Evidence(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One piece of evidence.

    `valid`: the time that it speaks of. `known_from`: when the platform had it. `kept`: the document as retrieved, or
    the platform's own summary of it, and `digest` is of that text; empty where only the digest is kept.
    """

    id: EvidenceId
    source: Source
    grade: Grade
    covers: Coverage
    known_from: datetime
    retrieved_at: datetime
    digest: Digest
    handling: Handling = Handling.OPEN
    kept: str = ""
    quotation: Quotation | None = None
    valid: Period = ALWAYS
    estimate: Estimate | None = None

    def __post_init__(self) -> None:
        """Hold what is kept, its digest and the quotation together.

        Raises:
            ValueError: they do not agree.
        """
        if self.kept and digest_of_text(self.kept) != self.digest:
            msg = f"the digest of `{self.id}` is not that of the text kept: write `{digest_of_text(self.kept)}`"
            raise ValueError(msg)
        said = self.quotation
        if said is not None and self.kept and self.kept[said.start : said.end] != said.text:
            msg = (
                f"the quotation of `{self.id}` does not stand at characters {said.start} to {said.end} of the text kept"
            )
            raise ValueError(msg)


class Fact(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One statement about one entity, resting on one piece of evidence; `value` is in its typed-string form."""

    id: FactId
    cell: Cell
    value: dict[str, Json]
    evidence: EvidenceId

    @property
    def says(self) -> Value:
        """The value itself."""
        return from_typed(self.value)


class Resolution(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A person's word on which of several contradicting facts stands, and why; it speaks of exactly those facts."""

    cell: Cell
    kept: FactId
    against: tuple[FactId, ...]
    by: PersonId
    at: datetime
    reason: str


class Dossier(msgspec.Struct, frozen=True, kw_only=True):
    """All evidence and facts of a matter, as far as recorded."""

    evidence: tuple[Evidence, ...] = ()
    facts: tuple[Fact, ...] = ()
    resolutions: tuple[Resolution, ...] = ()

    def extended(self, other: Dossier) -> Dossier:
        """This dossier and another one, in that order."""
        return Dossier(
            evidence=self.evidence + other.evidence,
            facts=self.facts + other.facts,
            resolutions=self.resolutions + other.resolutions,
        )
