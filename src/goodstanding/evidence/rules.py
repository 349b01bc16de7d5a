"""What is known at an instant, by which evidence, for one clause (promise P3).

Allegation is not ground: a fact is known only through evidence of an accepted grade that the platform had by then and
that speaks of that time. Facts that contradict each other make the cell disputed until a person resolves it. What that
person found not to stand supports nothing any more, whatever becomes of the fact that was kept.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import msgspec

from goodstanding.clause.model import Known, Unknown, Why
from goodstanding.clause.values import ABSENT, EntityRef, Value, from_typed, to_typed
from goodstanding.errors import EvidenceError, Problem
from goodstanding.evidence.model import Dossier, Evidence, Fact
from goodstanding.kernel.grades import Grade
from goodstanding.kernel.territories import CODES

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator
    from datetime import datetime

    from goodstanding.clause.model import Cell
    from goodstanding.clause.vocabulary import Vocabulary
    from goodstanding.kernel.ids import FactId


class Piece(msgspec.Struct, frozen=True):
    """A fact and the evidence under it."""

    fact: Fact
    evidence: Evidence


class KnownFacts:
    """The facts of a dossier as one clause may see them at one instant.

    `accepts` gives the grades that count for a cell. What was known later than `at`, or was found not to stand, does
    not exist here; what is not valid at `at` is only remembered as the reason why nothing is known.
    """

    def __init__(self, dossier: Dossier, at: datetime, accepts: Callable[[Cell], Collection[Grade]]) -> None:
        """Index the dossier by cell."""
        self._accepts = accepts
        self._pieces: dict[Cell, list[Piece]] = {}
        self._silent: set[Cell] = set()
        by_id = {piece.id: piece for piece in dossier.evidence}
        gone = rejected(dossier, at)
        for fact in sorted(dossier.facts, key=lambda fact: fact.id):
            evidence = by_id[fact.evidence]
            if evidence.known_from > at or fact.id in gone:
                continue
            if evidence.valid.contains(at):
                self._pieces.setdefault(fact.cell, []).append(Piece(fact, evidence))
            else:
                self._silent.add(fact.cell)

    def read(self, cell: Cell) -> Known | Unknown:
        """What is known at a cell; members of lists that several facts state are put together."""
        accepted = self.support(cell)
        if not accepted:
            return Unknown(self._why(cell))
        values = {piece.fact.says for piece in accepted}
        if len(values) == 1:
            return Known(values.pop())
        if all(isinstance(value, tuple) for value in values):
            return Known(_united(values))
        return Unknown(Why.DISPUTED)

    def _why(self, cell: Cell) -> Why:
        """Why nothing is known at a cell without accepted evidence."""
        if cell in self._pieces:
            return Why.GRADE
        return Why.NOT_VALID if cell in self._silent else Why.NO_EVIDENCE

    def support(self, cell: Cell) -> tuple[Piece, ...]:
        """The accepted pieces at a cell, by fact id."""
        return tuple(p for p in self._pieces.get(cell, ()) if p.evidence.grade in self._accepts(cell))

    def about_member(self, cell: Cell, member: EntityRef) -> tuple[Piece, ...]:
        """The accepted pieces that put one member into a list."""
        return tuple(p for p in self.support(cell) if _holds(p.fact.says, member))


def rejected(dossier: Dossier, at: datetime) -> frozenset[FactId]:
    """The facts that a person has found not to stand by an instant; a later word replaces an earlier one."""
    gone: set[FactId] = set()
    for resolution in sorted((r for r in dossier.resolutions if r.at <= at), key=lambda r: r.at):
        gone.discard(resolution.kept)
        gone.update(resolution.against)
    return frozenset(gone)


def contradict(one: Value, other: Value) -> bool:
    """Whether two values of one cell can't both stand; lists can, since their members are put together."""
    return one != other and not (isinstance(one, tuple) and isinstance(other, tuple))


def _united(values: Iterable[Value]) -> Value:
    """The members of several lists, each once, in a settled order."""
    members = {member for value in values if isinstance(value, tuple) for member in value}
    return tuple(sorted(members, key=str))


def _holds(value: Value, member: EntityRef) -> bool:
    """Whether a list fact names a member."""
    return isinstance(value, tuple) and member in value


def check(dossier: Dossier, vocabulary: Vocabulary) -> None:
    """Hold evidence and facts against each other and against the vocabulary, all problems at once.

    Raises:
        EvidenceError: an id twice, a fact without its evidence, an unknown entity or fact, a value of another type, an
            estimate that does not say what made it.
    """
    problems = [*_repeated(dossier), *_estimates(dossier)]
    known = {piece.id for piece in dossier.evidence}
    for fact in dossier.facts:
        if fact.evidence not in known:
            problems.append(_problem(f"the fact `{fact.id}` rests on `{fact.evidence}`, which is not there", "add it"))
        problems.extend(_against_vocabulary(fact, vocabulary))
    if problems:
        raise EvidenceError(problems)


def _problem(message: str, hint: str) -> Problem:
    """A problem that has no place in a file."""
    return Problem(message=message, hint=hint)


def _repeated(dossier: Dossier) -> Iterator[Problem]:
    """Ids that stand twice."""
    for counted in (Counter(piece.id for piece in dossier.evidence), Counter(fact.id for fact in dossier.facts)):
        for name, times in sorted(counted.items()):
            if times > 1:
                yield _problem(f"the id `{name}` stands {times} times", "give each piece its own id")


def _estimates(dossier: Dossier) -> Iterator[Problem]:
    """Estimates without their model, and models under what is not an estimate."""
    for piece in dossier.evidence:
        if (piece.grade is Grade.ESTIMATE) != (piece.estimate is not None):
            yield _problem(
                f"`{piece.id}` is graded `{piece.grade}`",
                "an estimate, and only an estimate, states model, version, threshold and measured precision",
            )


def _against_vocabulary(fact: Fact, vocabulary: Vocabulary) -> Iterator[Problem]:
    """Whether the vocabulary knows the fact, and its value has the type said there."""
    entity = vocabulary.entity(fact.cell.entity.kind)
    kind = entity.fact(fact.cell.fact) if entity else None
    if kind is None:
        yield _problem(f"the vocabulary has no `{fact.cell.entity.kind}.{fact.cell.fact}`", "choose a fact it has")
        return
    try:
        value = from_typed(fact.value)
    except ValueError as error:
        yield _problem(f"the fact `{fact.id}`: {error}", f"state a {kind.type}")
        return
    if value is ABSENT:
        return
    if fact.value["t"] != kind.type:
        yield _problem(f"the fact `{fact.id}` states a {fact.value['t']}", f"`{fact.cell}` is a {kind.type}")
    elif kind.of is not None:
        for one in value if isinstance(value, tuple) else (value,):
            if not _is_a(one, kind.of, vocabulary):
                named = str(one)
                yield _problem(f"the fact `{fact.id}` names `{named}`", f"name only what is a known {kind.of}")


def _is_a(value: Value, of: str, vocabulary: Vocabulary) -> bool:
    """Whether a value is what the vocabulary says there: an entity of a kind, one of a closed set, or of a type."""
    closed = {
        "territory": CODES,
        "topic": {named.id for named in vocabulary.topics},
        "audience": {named.id for named in vocabulary.audiences},
        "capability": {named.id for named in vocabulary.capabilities},
    }
    if of in closed:
        return value in closed[of]
    if isinstance(value, EntityRef):
        return value.kind == of
    typed = to_typed(value)
    return isinstance(typed, dict) and typed["t"] == of
