"""The case as it would be after changes: what a reading sees, and the dossier that a decision would have before it.

A changed fact stands alone at its cell: it is no dispute with what was true before. It stands on evidence of every
grade, that says nothing of the time before and covers everything, but no company beside the owner.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

import msgspec

from goodstanding.clause.model import Cell, Facts, Known, Unknown
from goodstanding.clause.values import Value, to_typed
from goodstanding.evidence.model import Coverage, Evidence, Fact, Source
from goodstanding.kernel.digests import digest_of_text
from goodstanding.kernel.grades import Grade
from goodstanding.kernel.ids import EvidenceId, FactId
from goodstanding.kernel.instants import Period

if TYPE_CHECKING:
    from collections.abc import Container

    from goodstanding.decisions.bench import Bench

_PREFIX: Final = "remedy/"


class Remembered(msgspec.Struct, frozen=True):
    """Facts that are each looked up once, since a search reads them over and over."""

    facts: Facts
    known: dict[Cell, Known | Unknown] = msgspec.field(default_factory=dict)

    def read(self, cell: Cell) -> Known | Unknown:
        """What is known at a cell."""
        found = self.known.get(cell)
        if found is None:
            found = self.known[cell] = self.facts.read(cell)
        return found


class Changed(msgspec.Struct, frozen=True):
    """The facts of a case with some cells changed; `seen` collects every cell that was read."""

    facts: Facts
    changes: Mapping[Cell, Value]
    seen: set[Cell]

    def read(self, cell: Cell) -> Known | Unknown:
        """What is known at a cell."""
        self.seen.add(cell)
        if cell in self.changes:
            return Known(self.changes[cell])
        return self.facts.read(cell)


def after(bench: Bench, changes: Mapping[Cell, Value], *, only: Container[Cell] | None = None) -> Bench:
    """The bench once these cells say something else; `only` leaves out what stands at any other cell."""
    old = bench.dossier
    dossier = msgspec.structs.replace(
        old,
        evidence=(*old.evidence, *(_evidence(grade, bench) for grade in Grade)),
        facts=(
            *(fact for fact in old.facts if fact.cell not in changes and (only is None or fact.cell in only)),
            *(_fact(cell, changes[cell], grade) for cell in sorted(changes) for grade in Grade),
        ),
    )
    return msgspec.structs.replace(bench, dossier=dossier)


def _evidence(grade: Grade, bench: Bench) -> Evidence:
    """Evidence of one grade for what has changed."""
    return Evidence(
        id=EvidenceId(f"{_PREFIX}{grade}"),
        source=Source(title="What has changed", publisher=""),
        grade=grade,
        covers=Coverage(binds="nobody"),
        known_from=bench.at,
        retrieved_at=bench.at,
        digest=digest_of_text(""),
        valid=Period(start=bench.at),
    )


def _fact(cell: Cell, value: Value, grade: Grade) -> Fact:
    """A changed fact on evidence of one grade."""
    typed = to_typed(value)
    assert isinstance(typed, dict)  # what a fact can say has its type beside it
    return Fact(id=FactId(f"{_PREFIX}{cell}/{grade}"), cell=cell, value=typed, evidence=EvidenceId(f"{_PREFIX}{grade}"))
