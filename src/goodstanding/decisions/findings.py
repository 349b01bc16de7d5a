"""One clause read against one subject: the verdict, why, and the boxes that follow (promises P2 and P3)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from goodstanding.clause.model import Cell, Known, Reading, Verdict
from goodstanding.clause.prose.reading import say_cells, say_missing
from goodstanding.clause.verdict import read_verdict
from goodstanding.decisions.clause_scope import ClauseScope, clause_scope, read_cells
from goodstanding.decisions.grounds import Supported, grounds
from goodstanding.decisions.hijack import during_hijack, hijacks
from goodstanding.decisions.model import Finding, Missing
from goodstanding.decisions.subjects import Subject
from goodstanding.kernel.scope import Scope
from goodstanding.policy.model import Clause, ClauseKind

if TYPE_CHECKING:
    from collections.abc import Callable

    from goodstanding.decisions.bench import Bench
    from goodstanding.evidence.rules import KnownFacts, Piece
    from goodstanding.kernel.ids import FactId

RESTRICTING = frozenset({ClauseKind.RESTRICTION, ClauseKind.COMMERCIAL_ENDING})
"""The kinds of clause that can switch something off."""

BARRED = "It happened while somebody else had taken the account over, so it is not held against the owner"


class Found(msgspec.Struct, frozen=True, kw_only=True):
    """A finding with what its effect is made from, before the order of precedence is applied.

    `box`: the clause's own scope here. `cells`: those of the decisive set. `any_grade`: the grounds on evidence of any
    grade, for a hold.
    """

    clause: Clause
    subject: Subject
    finding: Finding
    box: Scope
    cells: tuple[Cell, ...] = ()
    grounds: tuple[Supported, ...] = ()
    any_grade: tuple[Supported, ...] = ()


def find(clause: Clause, subject: Subject, bench: Bench) -> Found:
    """Read one clause against one subject."""
    facts = bench.known_to(clause, subject.bindings)
    reading, scope = _read(clause, subject, facts, bench)
    supported = _grounds(reading, scope, subject, facts, bench)
    bar = _bar(clause, subject, bench)
    kept = supported if bar is None else _grounds(reading, scope, subject, facts, bench, barred=bar)
    used = kept or supported
    cells = used[0].cells if used else next(iter(reading.sufficient), ())
    finding = _finding(clause, subject, facts, reading, decisive=cells, bench=bench)
    if supported and not kept:
        finding = msgspec.structs.replace(finding, barred=BARRED)
    return Found(
        clause=clause,
        subject=subject,
        finding=finding,
        box=scope.box,
        cells=cells,
        grounds=kept,
        any_grade=() if clause.hold is None else _at_any_grade(clause, subject, bench),
    )


def _read(clause: Clause, subject: Subject, facts: KnownFacts, bench: Bench) -> tuple[Reading, ClauseScope]:
    """The verdict, and the clause's scope for this subject; a met clause whose scope is unknown is undecided."""
    condition = clause.condition
    assert condition is not None, clause.id  # a clause that is published only is never read
    if subject.listed is not None and subject.binding is None:
        return Reading(verdict=Verdict.UNDECIDED, missing=(subject.listed,)), ClauseScope()
    reading = read_verdict(condition, subject.bindings, facts, now=bench.at)
    scope = clause_scope(clause, subject, facts, bench)
    if reading.verdict is Verdict.MET and scope.missing:
        reading = Reading(verdict=Verdict.UNDECIDED, missing=scope.missing, errors=scope.errors)
    return reading, scope


def _nothing(_: tuple[Piece, ...]) -> bool:
    """Nothing is barred."""
    return False


def _grounds(
    reading: Reading,
    scope: ClauseScope,
    subject: Subject,
    facts: KnownFacts,
    bench: Bench,
    *,
    barred: Callable[[tuple[Piece, ...]], bool] = _nothing,
) -> tuple[Supported, ...]:
    """The boxes of a met clause; a condition that is met without any fact carries nothing."""
    if reading.verdict is not Verdict.MET:
        return ()
    sets = [cells for cells in reading.sufficient if cells]
    return grounds(sets, scope=scope, subject=subject, facts=facts, bench=bench, barred=barred)


def _bar(clause: Clause, subject: Subject, bench: Bench) -> Callable[[tuple[Piece, ...]], bool] | None:
    """What a restriction may not rest on: what happened in somebody else's hands; a hold may."""
    if clause.kind not in RESTRICTING or clause.hold_only:
        return None
    periods = hijacks(bench.dossier, bench.at)
    return (lambda pieces: during_hijack(pieces, subject, periods)) if periods else None


def _at_any_grade(clause: Clause, subject: Subject, bench: Bench) -> tuple[Supported, ...]:
    """The grounds of a hold: evidence of any grade, one ad or account, no wider (P3)."""
    facts = bench.at_any_grade()
    reading, scope = _read(clause, subject, facts, bench)
    return _grounds(reading, scope, subject, facts, bench)


def _finding(
    clause: Clause,
    subject: Subject,
    facts: KnownFacts,
    reading: Reading,
    *,
    decisive: tuple[Cell, ...],
    bench: Bench,
) -> Finding:
    """The finding in words, with this case's values; the first set that is used is the decisive one."""
    missing = tuple(_missing(cell, facts, bench) for cell in reading.missing)
    blocking = {cell for cells in reading.sufficient for cell in cells} if reading.verdict is Verdict.NOT_MET else set()
    named = set() if clause.condition is None else set(read_cells(clause.condition, subject))
    return Finding(
        clause=clause.id,
        title=clause.title,
        subject=subject.ref,
        binding=subject.binding,
        verdict=reading.verdict,
        because=say_cells(decisive, facts, bench.vocabulary, bench.names) or tuple(one.sentence for one in missing),
        facts=_facts_of(decisive, subject, facts),
        missing=missing,
        errors=reading.errors,
        held=sum(_speaks_for_it(cell, facts, bench) for cell in named - blocking),
        blockers=len(blocking) + len(reading.missing),
    )


def _speaks_for_it(cell: Cell, facts: KnownFacts, bench: Bench) -> bool:
    """Whether something particular to this case is known at a cell."""
    known = isinstance(facts.read(cell), Known)
    return known and any(piece.evidence.id not in bench.routine for piece in facts.support(cell))


def _facts_of(cells: tuple[Cell, ...], subject: Subject, facts: KnownFacts) -> tuple[FactId, ...]:
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
