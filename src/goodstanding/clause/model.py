"""What a reading of a condition sees and what it answers."""

from __future__ import annotations

from enum import StrEnum
from typing import Protocol

import msgspec

from goodstanding.clause.values import EntityRef, Value


class Cell(msgspec.Struct, frozen=True, order=True):
    """One place where something can be known: a fact's name at an entity."""

    entity: EntityRef
    fact: str

    def __str__(self) -> str:
        """`order:bod-17-01.in_force`."""
        return f"{self.entity}.{self.fact}"


class Why(StrEnum):
    """Why nothing is known at a cell."""

    NO_EVIDENCE = "no evidence"
    GRADE = "evidence of a grade that this clause does not accept"
    DISPUTED = "evidence that contradicts itself"
    NOT_VALID = "evidence that does not speak of this time"


class Known(msgspec.Struct, frozen=True):
    """A value that accepted evidence supports."""

    value: Value


class Unknown(msgspec.Struct, frozen=True):
    """No accepted evidence; unknown never restricts (P3)."""

    why: Why


class Facts(Protocol):
    """What is known, as one clause may see it: grades it does not accept are already unknown here."""

    def read(self, cell: Cell) -> Known | Unknown:
        """What is known at a cell."""


class Verdict(StrEnum):
    """The three values of a condition."""

    MET = "met"
    NOT_MET = "not met"
    UNDECIDED = "undecided"


class Reading(msgspec.Struct, frozen=True, kw_only=True):
    """A verdict and why.

    `sufficient`: the minimal sets of cells, each of which alone gives this verdict with everything else unknown; at
    most 32, by size and then by cell; empty when undecided. `missing`: the unknown cells that could still change an
    undecided verdict. `errors`: evaluation errors as data, one sentence each; an error never restricts.
    """

    verdict: Verdict
    sufficient: tuple[tuple[Cell, ...], ...] = ()
    missing: tuple[Cell, ...] = ()
    errors: tuple[str, ...] = ()
