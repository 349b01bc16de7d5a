"""Whether changes would end what is to be ended and create nothing; and if not, what stands against them.

The verdict reading is the judge, so there is no second meaning of a condition here. A goal is a restriction or hold of
the decision. It has ended when its clause is not met any more and its `ends`, if it has one, is met; when its entity is
off the list that it stood on; or when an exemption that is met takes its effect away. Nobody has to disprove what was
never found (P3): a clause that is undecided is not met, and its `ends` may be undecided over facts that the clause
itself names. An error is no end, and neither is an undecided exemption. Whatever is no goal must not become a
restriction or a hold.

What stands against a choice is told as the spots that a reading rests on: its sufficient sets where it has a value,
else every cell that it looked at. While those stay as they are, so does the reading.
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Final

import msgspec

from goodstanding.clause.model import Cell, Facts, Reading, Verdict
from goodstanding.clause.tree import Condition
from goodstanding.clause.values import EntityRef
from goodstanding.clause.verdict import read_verdict
from goodstanding.decisions.clause_scope import read_cells
from goodstanding.decisions.effects import speaks_of, with_precedence
from goodstanding.decisions.findings import RESTRICTING, find
from goodstanding.decisions.hijack import HIJACKED
from goodstanding.decisions.remedies.levers import Levers, Spot
from goodstanding.decisions.remedies.values import NOW, boundaries
from goodstanding.decisions.remedies.world import Changed, Remembered, after
from goodstanding.decisions.subjects import Subject, subjects
from goodstanding.kernel.ids import ClauseId
from goodstanding.policy.model import Clause, ClauseKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from goodstanding.clause.values import Value
    from goodstanding.decisions.bench import Bench
    from goodstanding.decisions.findings import Found
    from goodstanding.decisions.model import Matter
    from goodstanding.decisions.remedies.search import Against, Choice
    from goodstanding.decisions.remedies.values import Leaf
    from goodstanding.policy.model import Policy

_STAYS: Final = object()
"""The state of a cell that is not changed."""


class Goal(msgspec.Struct, frozen=True, order=True):
    """One effect by what it is about; `hold`: whether it rests on evidence of any grade."""

    clause: ClauseId
    subject: EntityRef
    binding: EntityRef | None
    hold: bool


class _Check(msgspec.Struct, frozen=True, eq=False):
    """One clause against one subject on accepted evidence, or for a hold on any, with what was read so far.

    `calm`: states of cells each of which alone keeps the check as it should be.
    """

    clause: Clause
    subject: Subject
    facts: Facts
    hold: bool
    seen: set[Cell] = msgspec.field(default_factory=set)
    calm: list[frozenset[tuple[Cell, object]]] = msgspec.field(default_factory=list)
    read: dict[object, tuple[Reading, frozenset[Cell]]] = msgspec.field(default_factory=dict)

    @property
    def goal(self) -> Goal:
        """What it is about."""
        return Goal(self.clause.id, self.subject.ref, self.subject.binding, self.hold)

    @property
    def listed(self) -> frozenset[Spot]:
        """The place on a list that it hangs on."""
        if self.subject.listed is None:
            return frozenset()
        return frozenset({(self.subject.listed, self.subject.binding)})


class Judge:
    """One case with its goals, at one instant; `aside` are effects that are of no concern here.

    `moments`: when `now` passes a boundary of some condition.
    """

    def __init__(
        self, matter: Matter, policy: Policy, bench: Bench, *, goals: Iterable[Goal], aside: Iterable[Goal] = ()
    ) -> None:
        """Read what there is to check, and find what could be changed."""
        self.goals = frozenset(goals)
        self._bench = bench
        self._each = {clause.id: clause.each for clause in policy.clauses}
        aside = frozenset(aside)
        known = _Known(bench)
        checks = [check for clause in policy.clauses for check in _checks(clause, matter, bench, known)]
        self._exemptions = [check for check in checks if check.clause.kind is ClauseKind.EXEMPTION]
        self._checks = [check for check in checks if check.clause.kind in RESTRICTING and check.goal not in aside]
        self._found: dict[object, Found] = {}
        marks = self._marks()
        self.moments = frozenset(mark for mark in marks.get(NOW, ()) if isinstance(mark, datetime))
        self.levers = Levers(matter, bench, marks)

    @property
    def complete(self) -> bool:
        """Whether every goal is read here, or known to be off its list; what is merely not known has not ended."""
        read = {check.goal for check in self._checks}
        return all(goal in read or self._off_its_list(goal) for goal in self.goals)

    def _off_its_list(self, goal: Goal) -> bool:
        """Whether the list that put a goal before us is known; its entity is not on it, or it would be read."""
        each = self._each.get(goal.clause)
        if each is None:
            return False
        root = goal.subject if each.root == goal.subject.kind else EntityRef("owner", self._bench.owner)
        return self.levers.before(Cell(root, each.fact)) is not None

    def __call__(self, choice: Choice) -> list[Against]:
        """What stands against a choice; nothing if it does what it should."""
        changes, pulled = self.levers.changes(choice), dict(choice)
        refusals: dict[Against, None] = {}
        for check in self._checks:
            if not _gone(check, changes):
                for spots in self._against(check, changes):
                    refusals[self._refusal(spots | check.listed, pulled)] = None
        return list(refusals)

    def _refusal(self, spots: Iterable[Spot], pulled: Mapping[int, int]) -> Against:
        """Spots as the levers there, each with how it stands."""
        levers = {lever for cell, member in spots for lever in self._levers(cell, member)}
        return tuple((lever, pulled.get(lever, 0)) for lever in sorted(levers))

    def _levers(self, cell: Cell, member: Value | None) -> tuple[int, ...]:
        return self.levers.of(cell) if member is None else self.levers.of_member(cell, member)

    def _against(self, check: _Check, changes: Mapping[Cell, Value]) -> Iterator[frozenset[Spot]]:
        """The spots that keep one check from being as it should."""
        if any(all(changes.get(cell, _STAYS) == state for cell, state in states) for states in check.calm):
            return
        reading, _ = self._reading(check, check.clause.condition, changes)
        if check.goal in self.goals:
            yield from self._unended(check, changes)
        elif reading.verdict is Verdict.MET:
            yield from self._created(check, changes)
        elif reading.verdict is Verdict.NOT_MET:
            check.calm.extend(_states(cells, changes) for cells in reading.sufficient)

    def _unended(self, check: _Check, changes: Mapping[Cell, Value]) -> Iterator[frozenset[Spot]]:
        """Why a goal has not ended."""
        standing = [*self._still_met(check, changes), *self._ends_not(check, changes)]
        if not standing:
            self._calm(check, changes)
            return
        lifting = self._not_lifted(check, changes)
        if lifting is not None:
            yield from (spots | lifting for spots in standing)
        elif self._as_found(check, changes).finding.lifted_by is None:
            yield self._touched(check, changes)

    def _calm(self, check: _Check, changes: Mapping[Cell, Value]) -> None:
        """Keep what a goal that has ended rests on, where it rests on facts alone."""
        reading, _ = self._reading(check, check.clause.condition, changes)
        ends = self._reading(check, check.clause.ends, changes)[0].sufficient if check.clause.ends else ((),)
        if reading.verdict is Verdict.NOT_MET:
            check.calm.extend(_states((*one, *other), changes) for one in reading.sufficient for other in ends)

    def _still_met(self, check: _Check, changes: Mapping[Cell, Value]) -> Iterator[frozenset[Spot]]:
        """What keeps a clause met, or makes it fail to evaluate."""
        reading, seen = self._reading(check, check.clause.condition, changes)
        if reading.verdict is Verdict.MET or reading.errors:
            yield from (_spots(cells) for cells in reading.sufficient or (seen,))

    def _ends_not(self, check: _Check, changes: Mapping[Cell, Value]) -> Iterator[frozenset[Spot]]:
        """What keeps its `ends` from being met."""
        if check.clause.ends is None:
            return
        reading, seen = self._reading(check, check.clause.ends, changes)
        named = self._reading(check, check.clause.condition, changes)[1]
        presumed = not reading.errors and named.issuperset(reading.missing)
        if reading.verdict is Verdict.NOT_MET or (reading.verdict is Verdict.UNDECIDED and not presumed):
            yield from (_spots(cells) for cells in reading.sufficient or (seen | named,))

    def _not_lifted(self, check: _Check, changes: Mapping[Cell, Value]) -> frozenset[Spot] | None:
        """Why no exemption takes its effect away; `None` where one that is met may."""
        spots: set[Spot] = set()
        for exemption in self._lifting(check):
            spots |= exemption.listed
            if _gone(exemption, changes):
                continue
            reading, seen = self._reading(exemption, exemption.clause.condition, changes)
            if reading.verdict is Verdict.MET:
                return None
            spots |= _spots(next(iter(reading.sufficient), seen))
        return frozenset(spots)

    def _lifting(self, check: _Check) -> list[_Check]:
        """The exemptions that name its clause."""
        if not check.clause.overridable:
            return []
        return [
            each
            for each in self._exemptions
            if check.clause.id in each.clause.lifts and speaks_of(each.subject, check.subject)
        ]

    def _created(self, check: _Check, changes: Mapping[Cell, Value]) -> Iterator[frozenset[Spot]]:
        """Why something that is no goal would be restricted or held."""
        found = self._as_found(check, changes)
        grounds = found.any_grade if check.hold else found.grounds
        if not grounds:
            return
        if self._lifting(check):
            yield self._touched(check, changes)
            return
        scope = _spots(_scope_cells(check))
        for each in grounds:
            yield _spots(each.cells) | scope | _spots(_hijacks(check, each.cells))

    def _as_found(self, check: _Check, changes: Mapping[Cell, Value]) -> Found:
        """The finding as the decision would have it, after the order of precedence."""
        touched = {cell for cell, _ in self._touched(check, changes)}
        here = {cell: changes[cell] for cell in sorted(changes) if cell in touched}
        key = (check.goal, tuple(here.items()))
        if key not in self._found:
            bench = after(self._bench, here, only=touched)
            standing = [check, *(each for each in self._lifting(check) if not _gone(each, changes))]
            found = [find(each.clause, each.subject, bench) for each in standing]
            self._found[key] = with_precedence(found, bench.granted)[0]
        return self._found[key]

    def _touched(self, check: _Check, changes: Mapping[Cell, Value]) -> frozenset[Spot]:
        """Everything that the finding could depend on, with what any exemption from it could."""
        spots: set[Spot] = set()
        for each in (check, *self._lifting(check)):
            cells = {*_scope_cells(each)}
            for condition in (each.clause.condition, each.clause.ends):
                if condition is not None:
                    cells |= self._reading(each, condition, changes)[1]
            spots |= _spots(cells) | _spots(_hijacks(each, cells)) | each.listed
        return frozenset(spots)

    def _reading(
        self, check: _Check, condition: Condition | None, changes: Mapping[Cell, Value]
    ) -> tuple[Reading, frozenset[Cell]]:
        """What a condition reads as after changes, and the cells that it looked at; read once while those stay."""
        assert condition is not None  # every clause that is checked has one
        if check.subject.listed is not None and check.subject.binding is None:
            return Reading(verdict=Verdict.UNDECIDED, missing=(check.subject.listed,)), frozenset()
        key = (condition.source, *((cell, changes[cell]) for cell in sorted(changes) if cell in check.seen))
        if key not in check.read:
            facts = Changed(check.facts, changes, set())
            reading = read_verdict(condition, check.subject.bindings, facts, now=self._bench.at)
            check.seen.update(facts.seen)
            key = (condition.source, *((cell, changes[cell]) for cell in sorted(changes) if cell in check.seen))
            check.read[key] = reading, frozenset(facts.seen)
        return check.read[key]

    def _marks(self) -> dict[Leaf, set[Value]]:
        """The values at which any condition turns, by fact."""
        marks: dict[Leaf, set[Value]] = {}
        for check in (*self._checks, *self._exemptions):
            for condition in (check.clause.condition, check.clause.ends):
                if condition is not None:
                    for leaf, value in boundaries(condition, check.subject.bindings, check.facts, now=self._bench.at):
                        marks.setdefault(leaf, set()).add(value)
        return marks


class _Known:
    """What the clauses of one case may see, indexed once for all that accept the same evidence."""

    def __init__(self, bench: Bench) -> None:
        """Index nothing before it is asked for."""
        self._bench = bench
        self._by_needs: dict[object, Facts] = {}
        self.at_any_grade: Facts = Remembered(bench.at_any_grade())

    def to(self, clause: Clause, subject: Subject) -> Facts:
        """The facts as a clause may see them about a subject."""
        bindings = subject.bindings
        needs = tuple((bindings[name], grades) for name, grades in sorted(clause.needs.items()) if name in bindings)
        if needs not in self._by_needs:
            self._by_needs[needs] = Remembered(self._bench.known_to(clause, bindings))
        return self._by_needs[needs]


def _checks(clause: Clause, matter: Matter, bench: Bench, known: _Known) -> Iterator[_Check]:
    """What of a clause could restrict, hold or lift."""
    if clause.kind is not ClauseKind.EXEMPTION and clause.kind not in RESTRICTING:
        return
    for subject in subjects(clause, matter, bench):
        if not clause.hold_only:
            yield _Check(clause, subject, known.to(clause, subject), hold=False)
        if clause.hold is not None:
            yield _Check(clause, subject, known.at_any_grade, hold=True)


def _gone(check: _Check, changes: Mapping[Cell, Value]) -> bool:
    """Whether its entity is off the list that put it before us."""
    members = changes.get(check.subject.listed) if check.subject.listed is not None else None
    return isinstance(members, tuple) and check.subject.binding not in members


def _states(cells: Iterable[Cell], changes: Mapping[Cell, Value]) -> frozenset[tuple[Cell, object]]:
    """How some cells stand."""
    return frozenset((cell, changes.get(cell, _STAYS)) for cell in cells)


def _spots(cells: Iterable[Cell]) -> frozenset[Spot]:
    """Whole cells."""
    return frozenset((cell, None) for cell in cells)


def _scope_cells(check: _Check) -> Iterator[Cell]:
    """The cells that the sides of its scope are read from."""
    for said in (check.clause.territory, check.clause.topics, check.clause.audience):
        if isinstance(said, Condition):
            yield from read_cells(said, check.subject)


def _hijacks(check: _Check, cells: Iterable[Cell]) -> Iterator[Cell]:
    """The cells that could bar it: whether an account that it speaks of was hijacked."""
    accounts = {cell.entity for cell in cells if cell.entity.kind == "account"}
    if check.subject.account is not None:
        accounts.add(EntityRef("account", check.subject.account))
    yield from (Cell(account, HIJACKED) for account in accounts)
