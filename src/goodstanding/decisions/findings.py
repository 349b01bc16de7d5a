"""One clause read against one subject: the verdict, why, and the boxes that follow (promises P2 and P3)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING

import msgspec

from goodstanding.clause.model import Cell, Known, Reading, Verdict
from goodstanding.clause.prose import say_cells, say_missing
from goodstanding.clause.values import EntityRef
from goodstanding.clause.verdict import read_verdict
from goodstanding.clause.vocabulary import Vocabulary
from goodstanding.decisions.clause_scope import ClauseScope, clause_scope, read_cells
from goodstanding.decisions.grounds import grounds
from goodstanding.decisions.model import Finding, Ground, Missing
from goodstanding.decisions.subjects import Subject
from goodstanding.evidence.model import Dossier
from goodstanding.evidence.rules import KnownFacts
from goodstanding.kernel.grades import Grade
from goodstanding.kernel.ids import EvidenceId, OwnerId
from goodstanding.owners.model import Holdings
from goodstanding.policy.model import Clause

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from goodstanding.kernel.ids import FactId

ANY_GRADE = tuple(Grade)


class Bench(msgspec.Struct, frozen=True, kw_only=True):
    """What every reading of one decision has before it.

    `names` gives what an entity is called. `routine`: the evidence that is there for every owner, whatever it did; by
    itself it brings no finding closer and calls no person.
    """

    vocabulary: Vocabulary
    dossier: Dossier
    holdings: Holdings
    owner: OwnerId
    at: datetime
    names: Callable[[EntityRef], str]
    routine: frozenset[EvidenceId] = frozenset()


class Found(msgspec.Struct, frozen=True, kw_only=True):
    """A finding with what its effect is made from, before the order of precedence is applied.

    `cells` are those of the first sufficient set. `any_grade`: the grounds on evidence of any grade, for a hold.
    """

    clause: Clause
    subject: Subject
    finding: Finding
    cells: tuple[Cell, ...] = ()
    grounds: tuple[Ground, ...] = ()
    any_grade: tuple[Ground, ...] = ()


def accepting(
    clause: Clause, bindings: Mapping[str, EntityRef], vocabulary: Vocabulary
) -> Callable[[Cell], Collection[Grade]]:
    """The grades that a clause accepts at a cell: what `needs` says of its variable, else what the vocabulary says."""
    by_entity = {entity: clause.needs[name] for name, entity in bindings.items() if name in clause.needs}

    def accepts(cell: Cell) -> Collection[Grade]:
        if cell.entity in by_entity:
            return by_entity[cell.entity]
        kind = vocabulary.entity(cell.entity.kind)
        fact = kind.fact(cell.fact) if kind is not None else None
        return fact.accepts if fact is not None else ()

    return accepts


def find(clause: Clause, subject: Subject, bench: Bench) -> Found:
    """Read one clause against one subject."""
    facts = KnownFacts(bench.dossier, bench.at, accepting(clause, subject.bindings, bench.vocabulary))
    reading, scope = _read(clause, subject, facts, bench)
    cells = reading.sufficient[0] if reading.sufficient else ()
    return Found(
        clause=clause,
        subject=subject,
        finding=_finding(clause, subject, facts, reading, bench),
        cells=cells,
        grounds=_grounds(reading, scope, subject, facts, bench),
        any_grade=() if clause.hold is None else _at_any_grade(clause, subject, bench),
    )


def _read(clause: Clause, subject: Subject, facts: KnownFacts, bench: Bench) -> tuple[Reading, ClauseScope]:
    """The verdict, and the clause's scope for this subject; a met clause whose scope is unknown is undecided."""
    condition = clause.condition
    assert condition is not None, clause.id  # a clause that is published only is never read
    reading = read_verdict(condition, subject.bindings, facts, now=bench.at)
    scope = clause_scope(clause, subject, facts, bench.holdings, bench.owner, at=bench.at)
    if reading.verdict is Verdict.MET and scope.missing:
        reading = Reading(verdict=Verdict.UNDECIDED, missing=scope.missing)
    return reading, scope


def _grounds(
    reading: Reading, scope: ClauseScope, subject: Subject, facts: KnownFacts, bench: Bench
) -> tuple[Ground, ...]:
    """The boxes of a met clause; what its scope was read from is part of every ground."""
    if reading.verdict is not Verdict.MET:
        return ()
    return grounds(
        [tuple(sorted({*cells, *scope.cells})) for cells in reading.sufficient if cells],
        clause_scope=scope.box,
        subject=subject,
        owner=bench.owner,
        facts=facts,
        holdings=bench.holdings,
        at=bench.at,
    )


def _at_any_grade(clause: Clause, subject: Subject, bench: Bench) -> tuple[Ground, ...]:
    """The grounds of a hold: evidence of any grade, one ad or account, no wider (P3)."""
    facts = KnownFacts(bench.dossier, bench.at, lambda _: ANY_GRADE)
    reading, scope = _read(clause, subject, facts, bench)
    return _grounds(reading, scope, subject, facts, bench)


def _finding(clause: Clause, subject: Subject, facts: KnownFacts, reading: Reading, bench: Bench) -> Finding:
    """The finding in words, with this case's values."""
    cells = reading.sufficient[0] if reading.sufficient else ()
    missing = tuple(_missing(cell, facts, bench) for cell in reading.missing)
    blocking = {cell for cells in reading.sufficient for cell in cells} if reading.verdict is Verdict.NOT_MET else set()
    named = set() if clause.condition is None else set(read_cells(clause.condition, subject))
    return Finding(
        clause=clause.id,
        title=clause.title,
        subject=subject.ref,
        binding=subject.binding,
        verdict=reading.verdict,
        because=say_cells(cells, facts, bench.vocabulary, bench.names) or tuple(one.sentence for one in missing),
        facts=facts_of(cells, subject, facts),
        missing=missing,
        errors=reading.errors,
        held=sum(_speaks_for_it(cell, facts, bench) for cell in named - blocking),
        blockers=len(blocking) + len(reading.missing),
    )


def _speaks_for_it(cell: Cell, facts: KnownFacts, bench: Bench) -> bool:
    """Whether something particular to this case is known at a cell."""
    known = isinstance(facts.read(cell), Known)
    return known and any(piece.evidence.id not in bench.routine for piece in facts.support(cell))


def facts_of(cells: tuple[Cell, ...], subject: Subject, facts: KnownFacts) -> tuple[FactId, ...]:
    """The ids of every accepted fact at some cells, and of those that put the bound entity on its list."""
    pieces = [piece for cell in cells for piece in facts.support(cell)]
    if subject.listed is not None and subject.binding is not None:
        pieces.extend(facts.about_member(subject.listed, subject.binding))
    return tuple(sorted({piece.fact.id for piece in pieces}))


def _missing(cell: Cell, facts: KnownFacts, bench: Bench) -> Missing:
    """A cell that would have to be known, and why it is not."""
    found = facts.read(cell)
    why = "" if isinstance(found, Known) else found.why.value
    (sentence,) = say_missing((cell,), facts, bench.vocabulary, bench.names)
    return Missing(cell=cell, why=why, sentence=sentence)
