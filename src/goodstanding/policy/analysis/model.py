"""What the analysis of a policy says: remarks at their places, each a fault or a note, and what a version changes."""

from __future__ import annotations

from enum import StrEnum

import msgspec

from goodstanding.errors import Place
from goodstanding.kernel.ids import ClauseId, PolicyId


class Severity(StrEnum):
    """A fault is what no author can have meant; a note is what an author may want to know."""

    FAULT = "fault"
    NOTE = "note"


class Kind(StrEnum):
    """What a remark is about."""

    NOT_READ = "not read"
    UNREACHABLE = "unreachable"
    CONTRADICTORY = "contradictory"
    ALWAYS_MET = "always met"
    ENDS_AT_ONCE = "ends at once"
    NEVER_ENDS = "never ends"
    ENDED_BUT_MET = "met although ended"
    INCURABLE = "incurable"
    NEVER_LIFTS = "never lifts"
    ALWAYS_LIFTED = "always lifted"
    NO_WAY_TO_COMPLY = "no way to comply"
    REDUNDANT = "redundant"
    OVERLAPPING = "overlapping"
    SILENTLY_WIDENED = "silently widened"
    WIDENED = "widened"
    NARROWED = "narrowed"
    ADDED = "added"
    REMOVED = "removed"
    DONT_KNOW = "don't know"


class Cure(StrEnum):
    """Whose hands can end what a clause brings about, by changing facts."""

    ADVERTISER = "the advertiser"
    ADVERTISER_AT_TIMES = "the advertiser in some cases, others in the rest"
    OTHERS = "only others than the advertiser"
    NOBODY_AT_TIMES = "in some cases nobody"
    NOTHING_TO_CURE = "nothing to cure"
    DONT_KNOW = "don't know"


class Case(msgspec.Struct, frozen=True, kw_only=True):
    """An example: facts in words, and the place, topic or audience that it speaks of where that matters."""

    facts: tuple[str, ...]
    about: tuple[str, ...] = ()


class Remark(msgspec.Struct, frozen=True, kw_only=True):
    """One thing that the analysis found; `other` is the second clause of a pair."""

    kind: Kind
    severity: Severity
    clause: ClauseId
    place: Place
    message: str
    other: ClauseId | None = None
    example: Case | None = None
    hint: str = ""


class ClauseAnalysis(msgspec.Struct, frozen=True, kw_only=True):
    """One clause: whether it can be met (`None`: not known), and in whose hands its cure is."""

    clause: ClauseId
    place: Place
    can_be_met: bool | None
    cure: Cure


class Difference(StrEnum):
    """Whether one version does something that the other does not."""

    YES = "yes"
    NO = "proven not to"
    DONT_KNOW = "don't know"


class Change(msgspec.Struct, frozen=True, kw_only=True):
    """What a version newly catches and releases: by one clause, or as a whole for one capability.

    `stricter` is what else became stricter, beside whom it catches where; only a comparison of clauses fills it.
    """

    what: str
    catches: Difference
    releases: Difference
    caught: Case | None = None
    released: Case | None = None
    stricter: tuple[str, ...] = ()


class Analysis(msgspec.Struct, frozen=True, kw_only=True):
    """The whole analysis; `clause_changes` and `capability_changes` are empty where no older version was given."""

    policy: PolicyId
    version: str
    against: str | None
    clauses: tuple[ClauseAnalysis, ...]
    remarks: tuple[Remark, ...]
    clause_changes: tuple[Change, ...] = ()
    capability_changes: tuple[Change, ...] = ()

    @property
    def faults(self) -> tuple[Remark, ...]:
        """What has to be mended."""
        return tuple(remark for remark in self.remarks if remark.severity is Severity.FAULT)
