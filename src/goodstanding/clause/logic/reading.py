"""The logic reading: can a condition be met at all, and by which facts; answered with Z3, or "don't know".

- `refusals`: what can't be translated, at its place. Ask it first: nothing below fails on what it did not refuse.
- `truth`: a condition on given facts, by Z3 alone; it agrees with the verdict reading, which it shares no code with.
- `Scene`: conditions over facts that are still open. `formulas(condition)` gives the terms `met` and `not_met` over
  `world.variables[cell]`, each with `known`, `present` and `value`; `holds(Known(…))` says in a term that a cell is
  just so, and `limits[cell].always` must be asserted beside whatever is asked of it. `ask` answers with `Example`,
  `Impossible` or `NotKnown`. A world of one's own (two methods, `tree.World`) gives formulas over a real case's
  cells: `Translation(world).of(condition.tree, scope)`; `worlds.Partly` settles some cells of an open world.

Answers are bounded by Z3's own resource counter, never by a clock, so the same question has the same answer anywhere.
An example is what the verdict reading confirmed; one that it does not confirm is `NotKnown`. Lists are looked at up to
a few items, and `Impossible` is said only where that settles every length (`bounds`). Z3 is loaded when this
module is, so importers that start up with the product import it inside a function. Not for several threads at once.
"""

from __future__ import annotations

from datetime import datetime
from functools import reduce
from typing import TYPE_CHECKING, Final, TypeAlias

import msgspec
import z3

from goodstanding.clause.logic import values as lv
from goodstanding.clause.logic.bounds import LEAST, Bound, bound_of, hints_of, refusals, stock_of
from goodstanding.clause.logic.tree import Translation, World
from goodstanding.clause.logic.values import EPOCH, MICROSECOND, Guard, Options, Outcome
from goodstanding.clause.logic.worlds import Given, Limits, Open, Stated, instant_in
from goodstanding.clause.model import Cell, Facts, Known, Unknown
from goodstanding.clause.tree import Type
from goodstanding.clause.values import EntityRef, ValueType

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from collections.abc import Set as AbstractSet

    from goodstanding.clause.tree import Condition
    from goodstanding.clause.vocabulary import Vocabulary

__all__ = ["Answer", "Example", "Formulas", "Impossible", "NotKnown", "Scene", "refusals", "truth"]

EFFORT: Final = 500_000
"""Z3's resource counter for one question; less than a second for most, on whatever machine."""


INSTANT: Final = Type(value=ValueType.TIMESTAMP)


class Formulas(msgspec.Struct, frozen=True, kw_only=True):
    """When a condition is met and when it is not, over the variables of `cells`."""

    met: Guard
    not_met: Guard
    cells: frozenset[Cell]
    bound: Bound


class Example(msgspec.Struct, frozen=True, kw_only=True):
    """Facts that answer a question, the instant that they are read at, and what the questioner's own variables are."""

    cells: dict[Cell, Known | Unknown]
    now: datetime
    chosen: dict[str, str] = {}

    @property
    def facts(self) -> Facts:
        """The facts, as readings take them."""
        return Stated(self.cells)


class Impossible(msgspec.Struct, frozen=True):
    """There is no such case: proven."""


class NotKnown(msgspec.Struct, frozen=True):
    """Neither an example nor a proof was found."""


Answer: TypeAlias = Example | Impossible | NotKnown


def truth(condition: Condition, bindings: Mapping[str, EntityRef], facts: Facts, *, now: datetime) -> bool | None:
    """Whether a condition is met by given facts; `None` where that is undecided.

    Raises:
        ValueError: Z3 does not settle it, or can't hold a character beyond U+2FFFF in a fact.
    """
    scope = {name: Options(((True, bindings[name]),)) for name, _ in condition.variables}
    outcome = Translation(Given(facts)).of(condition.tree, {**scope, "now": z3.IntVal((now - EPOCH) // MICROSECOND)})
    if not _settled(outcome.known):
        return None
    return _settled(lv.truth_of(outcome.value))


def _settled(guard: Guard) -> bool:
    """What a guard without variables is.

    Raises:
        ValueError: Z3 can't say.
    """
    plain = lv.decided(guard)
    if isinstance(plain, bool):
        return plain
    solver = _solver()  # Z3's simplifier leaves some comparisons of texts open that its solver closes
    for holds in (True, False):
        if solver.check(lv.neg(plain) if holds else plain) == z3.unsat:
            return holds
    msg = "the logic reading does not settle the condition on these facts: simplify it"
    raise ValueError(msg)


class Scene:
    """Conditions that are reasoned about together, over facts that are still open."""

    def __init__(
        self,
        vocabulary: Vocabulary,
        conditions: Iterable[Condition],
        bindings: Mapping[str, EntityRef],
        *,
        now: datetime,
        texts: Iterable[str] = (),
    ) -> None:
        """`bindings` holds every variable of every condition; their ids are numbers from 1. None was refused.

        `now` is an instant that examples prefer; `texts` are members of closed sets that count beside those named.
        """
        read = list(conditions)
        self.bindings = bindings
        bounds = [bound_of(condition) for condition in read]
        items = 2 * max([bound.items for bound in bounds], default=LEAST)
        self._vocabulary = vocabulary
        self._items = items
        self._hints = hints_of(read, vocabulary, now=now, texts=texts)
        self._stock = stock_of(read, bindings, items=items)
        self.world = self.another("")
        self._formulas: dict[tuple[str, tuple[tuple[str, str], ...]], Formulas] = {}

    def another(self, called: str) -> Open:
        """Another world of the same shape, its variables called otherwise."""
        return Open(self._vocabulary, items=self._items, hints=self._hints, stock=self._stock, called=called)

    def formulas(self, condition: Condition) -> Formulas:
        """When a condition is met and when it is not."""
        key = (condition.source, condition.variables)
        if key not in self._formulas:
            self._formulas[key] = self.formulas_in(condition, self.world)
        return self._formulas[key]

    def formulas_in(self, condition: Condition, world: World) -> Formulas:
        """As `formulas`, in a world that `another` gave, or one of them partly settled; `now` is the same in all."""
        outcome, cells = self._read(condition, world)
        holds = lv.truth_of(outcome.value)
        return Formulas(
            met=lv.conj((outcome.known, holds)),
            not_met=lv.conj((outcome.known, lv.neg(holds))),
            cells=cells,
            bound=bound_of(condition),
        )

    def lists(self, condition: Condition, member: Options) -> Formulas:
        """When a text or list of texts that a condition gives is or holds a member of a closed set."""
        outcome, cells = self._read(condition, self.world)
        given = outcome.value
        inside = lv.among(member, given) if isinstance(given, lv.Items) else lv.equal(member, given)
        return Formulas(
            met=lv.conj((outcome.known, inside)),
            not_met=lv.conj((outcome.known, lv.neg(inside))),
            cells=cells,
            bound=Bound(items=1),
        )

    def _read(self, condition: Condition, world: World) -> tuple[Outcome, frozenset[Cell]]:
        """What a condition gives, and the cells that it looks at."""
        watched = _Watched(world)
        bound = {name: Options(((True, self.bindings[name]),)) for name, _ in condition.variables}
        outcome = Translation(watched).of(condition.tree, {**bound, "now": self.world.now})
        return outcome, frozenset(watched.cells)

    def ask(
        self,
        guards: Iterable[Guard],
        about: Sequence[Formulas],
        *,
        confirm: Callable[[Example], bool],
        chosen: Mapping[str, Options] | None = None,
    ) -> Answer:
        """Look for facts under which every guard holds, the guards being made of the formulas `about`."""
        wanted = lv.conj(guards)
        if wanted is False:
            return Impossible()
        bound = reduce(Bound.beside, (one.bound for one in about), Bound(items=0))
        settled = bound.settled and bound.items <= self._items
        cells = sorted(frozenset().union(*(one.cells for one in about)))
        limits = self.world.limits_of(cells)
        solver = solver_for(wanted, limits)
        short = [z3.Not(beyond) for limit in limits for beyond in limit.beyond]
        found = _plainest(solver, short, limits)
        if isinstance(found, z3.ModelRef):
            example = self._example(found, cells, chosen or {})
            return example if confirm(example) else NotKnown()
        if found == z3.unsat and bound.enough and (settled or solver.check() == z3.unsat):
            return Impossible()
        return NotKnown()

    def solve(
        self,
        guards: Iterable[Guard],
        about: Sequence[Formulas],
        world: Open,
        *,
        beside: AbstractSet[Cell] = frozenset(),
        also: Iterable[Limits] = (),
    ) -> dict[Cell, Known | Unknown] | bool:
        """Values of the cells of one world, but for those `beside`, under which every guard holds.

        True where there are none, and false where that is not known.
        """
        bound = reduce(Bound.beside, (one.bound for one in about), Bound(items=0))
        cells = sorted(frozenset().union(*(one.cells for one in about)))
        limits = [self.world.base, *world.limits_of(cells), *also]
        solver = solver_for(lv.conj(guards), limits)
        short = [z3.Not(beyond) for limit in limits for beyond in limit.beyond]
        found = solver.check(short)
        if found == z3.sat:
            model = solver.model()
            return {cell: world.variables[cell].in_(model) for cell in cells if cell not in beside}
        settled = bound.settled and bound.items <= self._items
        return bool(found == z3.unsat and bound.enough and (settled or solver.check() == z3.unsat))

    def _example(self, model: z3.ModelRef, cells: Sequence[Cell], chosen: Mapping[str, Options]) -> Example:
        """What a model says."""
        return Example(
            cells={cell: self.world.variables[cell].in_(model) for cell in cells},
            now=instant_in(model, self.world.now),
            chosen={name: str(lv.chosen(model, options)) for name, options in chosen.items()},
        )


class _Watched:
    """A world that remembers which cells were looked at."""

    def __init__(self, world: World) -> None:
        self._world = world
        self.cells: set[Cell] = set()

    def fact(self, cell: Cell, type_: Type) -> Outcome:
        """The cell's value."""
        self.cells.add(cell)
        return self._world.fact(cell, type_)

    def has(self, cell: Cell) -> Outcome:
        """Whether there is a value."""
        self.cells.add(cell)
        return self._world.has(cell)


def solver_for(wanted: Guard, limits: Iterable[Limits]) -> z3.Solver:
    """A solver that holds what is wanted and the limits of what it is made of."""
    solver = _solver()
    solver.add(wanted)
    solver.add([one for limit in limits for one in limit.always])
    return solver


def _solver() -> z3.Solver:
    """A solver that gives up after `EFFORT`."""
    solver = z3.Solver()
    solver.set("rlimit", EFFORT)
    return solver


def _plainest(
    solver: z3.Solver, short: Sequence[z3.BoolRef], limits: Iterable[Limits]
) -> z3.ModelRef | z3.CheckSatResult:
    """A model whose values the conditions name or come close to, as far as there is one; else what the solver says."""
    marks = {}
    for limit in limits:
        for tame in limit.tame:
            mark = z3.FreshBool()
            solver.add(z3.Implies(mark, tame))
            marks[mark.get_id()] = mark
    while True:  # each time there are fewer marks
        found = solver.check([*short, *marks.values()])
        if found == z3.sat:
            return solver.model()
        hindering = {mark.get_id() for mark in solver.unsat_core()} & set(marks) if found == z3.unsat else set(marks)
        if not hindering:
            return found
        marks = {key: mark for key, mark in marks.items() if key not in hindering}
