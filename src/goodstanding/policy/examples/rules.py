"""Examples that stand in a policy and run: given these facts, its clause is met, not met or undecided.

An example is read by the verdict reading as `decisions` would read the case: a fact that is not given is not known, a
grade that the clause does not accept makes its fact unknown (P3), and a met clause whose scope can't be read is
undecided (P2). It leaves to `blocks` how an example is written.
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

import msgspec

from goodstanding.clause.model import Cell, Known, Unknown, Verdict, Why
from goodstanding.clause.tree import Condition
from goodstanding.clause.values import EntityRef, Value
from goodstanding.clause.verdict import read_value, read_verdict
from goodstanding.errors import Place
from goodstanding.kernel.extents import Extent
from goodstanding.kernel.grades import Grade
from goodstanding.kernel.ids import ClauseId

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from goodstanding.clause.vocabulary import Vocabulary
    from goodstanding.policy.model import Clause

_ONLY_WHERE_THE_CLAUSE_SAYS_SO = frozenset({Grade.ALLEGATION, Grade.ESTIMATE})
SIDES = ("capabilities", "territory", "topics", "audience")
"""The sides of a scope that an example may expect, as a clause's block names them."""


class Given(msgspec.Struct, frozen=True, kw_only=True):
    """A fact of an example; without a grade it rests on evidence that the clause accepts."""

    cell: Cell
    value: Value
    grade: Grade | None = None


class Example(msgspec.Struct, frozen=True, kw_only=True):
    """What is given and what is expected; what an example does not speak of is `None`.

    `bindings`: what each variable of the clause stands for. `restricts`: sides of the scope.
    """

    clause: ClauseId
    name: str
    place: Place
    bindings: dict[str, EntityRef]
    given: tuple[Given, ...]
    now: datetime
    expect: Verdict
    because: frozenset[Cell] | None = None
    missing: frozenset[Cell] | None = None
    restricts: dict[str, Extent] | None = None


class Outcome(msgspec.Struct, frozen=True, kw_only=True):
    """What became of an example; `failures` is empty when everything expected came."""

    example: Example
    verdict: Verdict
    because: tuple[tuple[Cell, ...], ...]
    missing: tuple[Cell, ...]
    errors: tuple[str, ...]
    restricts: dict[str, Extent]
    failures: tuple[str, ...]


class GivenFacts:
    """The facts of an example as its clause may see them."""

    def __init__(self, example: Example, clause: Clause, vocabulary: Vocabulary) -> None:
        """Take the facts by cell."""
        self._given = {given.cell: given for given in example.given}
        self._needs = {entity: clause.needs[name] for name, entity in example.bindings.items() if name in clause.needs}
        self._vocabulary = vocabulary

    def read(self, cell: Cell) -> Known | Unknown:
        """What is known at a cell."""
        given = self._given.get(cell)
        if given is None:
            return Unknown(Why.NO_EVIDENCE)
        if given.grade is not None and given.grade not in self._accepted(cell):
            return Unknown(Why.GRADE)
        return Known(given.value)

    def _accepted(self, cell: Cell) -> Iterable[Grade]:
        """The grades that count at a cell: what `needs` says of its variable, else what the vocabulary says."""
        if cell.entity in self._needs:
            return self._needs[cell.entity]
        kind = self._vocabulary.entity(cell.entity.kind)
        fact = kind.fact(cell.fact) if kind else None
        return set(fact.accepts) - _ONLY_WHERE_THE_CLAUSE_SAYS_SO if fact else ()


def run(example: Example, clause: Clause, vocabulary: Vocabulary) -> Outcome:
    """Read the clause on the facts of an example, and hold what comes against what was expected."""
    condition = clause.condition
    assert condition is not None, clause.id  # `blocks` refuses an example of a clause without one
    facts = GivenFacts(example, clause, vocabulary)
    reading = read_verdict(condition, example.bindings, facts, now=example.now)
    restricts, unread, errors = _scope(clause, example, facts)
    verdict, missing = reading.verdict, reading.missing
    if verdict is Verdict.MET and (unread or errors):
        verdict, missing, reading = Verdict.UNDECIDED, unread, msgspec.structs.replace(reading, sufficient=())
    outcome = Outcome(
        example=example,
        verdict=verdict,
        because=reading.sufficient,
        missing=missing,
        errors=(*reading.errors, *errors),
        restricts=restricts if verdict is Verdict.MET else {},
        failures=(),
    )
    return msgspec.structs.replace(outcome, failures=tuple(_failures(example, outcome)))


def short(cell: Cell) -> str:
    """A cell as examples write it: `order.in_force`."""
    return f"{cell.entity.id}.{cell.fact}"


def _scope(
    clause: Clause, example: Example, facts: GivenFacts
) -> tuple[dict[str, Extent], tuple[Cell, ...], tuple[str, ...]]:
    """The sides of the scope, the cells that are not known where one is read from a fact, and errors."""
    found = {"capabilities": Extent.of(clause.restricts)}
    missing: list[Cell] = []
    errors: list[str] = []
    for name in SIDES[1:]:
        side: Extent | Condition = getattr(clause, name)
        if isinstance(side, Extent):
            found[name] = side
            continue
        reading = read_value(side, example.bindings, facts, now=example.now)
        value = reading.value
        missing.extend(reading.missing)
        errors.extend(reading.errors)
        found[name] = Extent.of(map(str, value if isinstance(value, tuple) else () if value is None else (value,)))
    return found, tuple(missing), tuple(errors)


def _failures(example: Example, outcome: Outcome) -> Iterator[str]:
    """What did not come as expected, one sentence each."""
    if outcome.verdict is not example.expect:
        yield f"expected {example.expect}, got {outcome.verdict}{_why(outcome)}"
    if example.because is not None and example.because not in map(frozenset, outcome.because):
        yield f"expected because of {_cells(example.because)}, got {_sets(outcome)}"
    if example.missing is not None and example.missing != frozenset(outcome.missing):
        yield f"expected missing {_cells(example.missing)}, got {_cells(outcome.missing)}"
    for side, extent in (example.restricts or {}).items():
        got = outcome.restricts.get(side, Extent(()))
        if got != extent:
            yield f"expected {side} {_names(extent)}, got {_names(got)}"


def _why(outcome: Outcome) -> str:
    """What decided, what is missing, or what went wrong."""
    if outcome.because:
        return f", because of {_sets(outcome)}"
    if outcome.missing:
        return f"; missing {_cells(outcome.missing)}"
    return f"; {'; '.join(outcome.errors)}" if outcome.errors else ""


def _sets(outcome: Outcome) -> str:
    return ", or of ".join(_cells(cells) for cells in outcome.because) or "nothing"


def _cells(cells: Iterable[Cell]) -> str:
    return ", ".join(f"`{short(cell)}`" for cell in sorted(cells)) or "nothing"


def _names(extent: Extent) -> str:
    return "all" if extent.names is None else ", ".join(f"`{name}`" for name in extent.names) or "nothing"
