"""The verdict reading: is a condition met, by which facts, and what is missing?

Three-valued after Kleene, with CEL's commutative `&&` and `||`: one operand that decides is enough, whatever the others
are; otherwise what is unknown outweighs an error, and an error outweighs the rest. Everything else needs all its
operands.

- A fact without accepted evidence is unknown, at any depth, and so is `has` on it (P3).
- Evidence that records a fact as absent makes `has` false, and reading the fact an error.
- An error is data (`Reading.errors`) and leaves the condition undecided: it never restricts (P3).
- Entities are equal when they are the same entity.

It leaves to `evidence` which grades count, and to `decisions` what follows. Terminates: the tree is at most as deep as
CEL's parser allows, and one reading visits at most `STEPS` nodes.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final, TypeAlias, assert_never, cast

import msgspec

from goodstanding.clause import operators
from goodstanding.clause.model import Cell, Facts, Known, Reading, Unknown, Verdict, Why
from goodstanding.clause.operators import EvaluationError
from goodstanding.clause.sufficiency import NOTHING_NEEDED, Family, both, either, minimal, one, order
from goodstanding.clause.tree import (
    Binary,
    Call,
    Choice,
    Condition,
    Connective,
    Field,
    Has,
    ListLiteral,
    Literal,
    Located,
    Logical,
    Macro,
    Node,
    Quantifier,
    Type,
    Unary,
    Variable,
)
from goodstanding.clause.values import ABSENT, EntityRef, Value, ValueType

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

STEPS: Final = 200_000
"""How many nodes one reading visits before it gives up with an error."""


class ValueReading(msgspec.Struct, frozen=True, kw_only=True):
    """What a condition of any type gives; `value` is `None` when it is not known.

    `sufficient`, `missing` and `errors` are as in `Reading`.
    """

    value: Value | None
    sufficient: tuple[tuple[Cell, ...], ...] = ()
    missing: tuple[Cell, ...] = ()
    errors: tuple[str, ...] = ()


class Failed(msgspec.Struct, frozen=True):
    """There is no value, and no fact that could become known would give one."""

    errors: tuple[str, ...]


class _Sure(msgspec.Struct, frozen=True):
    """A value, and the sets of cells each of which alone gives it."""

    value: Value
    family: Family = NOTHING_NEEDED


class _Unsure(msgspec.Struct, frozen=True):
    """No value. Without unknown cells it is an error whatever becomes known later."""

    cells: frozenset[Cell] = frozenset()
    errors: frozenset[str] = frozenset()


_Outcome: TypeAlias = _Sure | _Unsure
_Scope: TypeAlias = "Mapping[str, Value]"


def read_verdict(condition: Condition, bindings: Mapping[str, EntityRef], facts: Facts, *, now: datetime) -> Reading:
    """Read a condition that gives true or false."""
    reading = read_value(condition, bindings, facts, now=now)
    match reading.value:
        case True:
            verdict = Verdict.MET
        case False:
            verdict = Verdict.NOT_MET
        case _:
            verdict = Verdict.UNDECIDED
    return Reading(verdict=verdict, sufficient=reading.sufficient, missing=reading.missing, errors=reading.errors)


def value_of(
    condition: Condition, bindings: Mapping[str, EntityRef], facts: Facts, *, now: datetime
) -> Value | Unknown | Failed:
    """What a condition of any type gives, such as the field that a scope names."""
    reading = read_value(condition, bindings, facts, now=now)
    if reading.value is not None:
        return reading.value
    whys = (facts.read(cell) for cell in reading.missing)
    return next((why for why in whys if isinstance(why, Unknown)), Failed(reading.errors))


def read_value(condition: Condition, bindings: Mapping[str, EntityRef], facts: Facts, *, now: datetime) -> ValueReading:
    """Read a condition of any type, with what its value rests on.

    Raises:
        KeyError: a variable of the condition has no binding.
    """
    scope = {name: bindings[name] for name, _ in condition.variables} | {"now": now}
    outcome = _evaluate(condition, scope, facts)
    if isinstance(outcome, _Unsure):
        return ValueReading(value=None, missing=tuple(sorted(outcome.cells)), errors=tuple(sorted(outcome.errors)))
    family = outcome.family
    if family.cut:
        family = minimal(_shrunk(cells, condition, scope, facts) for cells in family.sets)
    return ValueReading(
        value=outcome.value, sufficient=tuple(tuple(sorted(cells)) for cells in sorted(family.sets, key=order))
    )


def _evaluate(condition: Condition, scope: _Scope, facts: Facts) -> _Outcome:
    try:
        return _Evaluation(facts).of(condition.tree, scope)
    except _TooLongError:
        return _Unsure(errors=frozenset({f"the condition takes more than {STEPS} steps on these facts: simplify it"}))


class _Only(msgspec.Struct, frozen=True):
    """The facts at certain cells; everything else is unknown."""

    facts: Facts
    cells: frozenset[Cell]

    def read(self, cell: Cell) -> Known | Unknown:
        """What is known at a cell."""
        return self.facts.read(cell) if cell in self.cells else Unknown(Why.NO_EVIDENCE)


def _shrunk(cells: frozenset[Cell], condition: Condition, scope: _Scope, facts: Facts) -> frozenset[Cell]:
    """A minimal set inside a sufficient one: each cell goes that is not needed for the value."""
    for cell in sorted(cells):
        fewer = cells - {cell}
        if isinstance(_evaluate(condition, scope, _Only(facts, fewer)), _Sure):
            cells = fewer
    return cells


class _TooLongError(Exception):
    """The steps are used up."""


class _Evaluation:
    """One reading: the facts, and how many steps are left."""

    def __init__(self, facts: Facts) -> None:
        self.facts = facts
        self.steps = STEPS

    def of(self, node: Node, scope: _Scope) -> _Outcome:
        """What a node gives."""
        self.steps -= 1
        if self.steps < 0:
            raise _TooLongError
        match node:
            case Literal(value=value):
                return _Sure(value)
            case Variable(name=name):
                return _Sure(scope[name])
            case Field() | Has():
                return self._fact(node, scope)
            case Logical():
                absorbing = node.connective is Connective.OR
                return _logical((self.of(operand, scope) for operand in node.operands), absorbing=absorbing)
            case Choice():
                return self._choice(node, scope)
            case Quantifier():
                return self._quantifier(node, scope)
            case ListLiteral(items=items):
                return _strict(node, [self.of(item, scope) for item in items], tuple)
            case Unary(sign=sign, operand=operand):
                return _strict(node, [self.of(operand, scope)], lambda v: operators.sign(sign, v[0]))
            case Binary(operator=op, left=left, right=right):
                operands = [self.of(left, scope), self.of(right, scope)]
                return _strict(node, operands, lambda v: operators.apply(op, v[0], v[1]))
            case Call(function=function, operands=nodes):
                outcomes = [self.of(operand, scope) for operand in nodes]
                return _strict(node, outcomes, lambda v: operators.call(function, tuple(v)))
            case _ as unreachable:
                assert_never(unreachable)

    def _fact(self, node: Field | Has, scope: _Scope) -> _Outcome:
        """`e.fact` or `has(e.fact)`."""
        entity = self.of(node.of, scope)
        if isinstance(entity, _Unsure):
            return entity
        cell = Cell(cast("EntityRef", entity.value), node.name)
        known = self.facts.read(cell)
        if isinstance(known, Unknown):
            return _Unsure(cells=frozenset((cell,)))
        family = both((entity.family, one(cell)))
        if isinstance(node, Has):
            return _Sure(known.value is not ABSENT, family)
        if known.value is ABSENT:
            return _error(node, f"`{cell}` is recorded as absent")
        if not _fits(known.value, node.type):
            return _error(node, f"`{cell}` is not of the type {node.type}")
        return _Sure(known.value, family)

    def _choice(self, node: Choice, scope: _Scope) -> _Outcome:
        """`a ? b : c` needs to know `a`, and then one branch only."""
        chooser = self.of(node.if_, scope)
        if isinstance(chooser, _Sure):
            chosen = self.of(node.then if chooser.value else node.otherwise, scope)
            return _strict(node, [chooser, chosen], lambda v: v[1])
        if not chooser.cells:
            return chooser
        branches = [self.of(branch, scope) for branch in (node.then, node.otherwise)]
        cells = [branch.cells for branch in branches if isinstance(branch, _Unsure)]
        return _Unsure(cells=chooser.cells.union(*cells), errors=chooser.errors)

    def _quantifier(self, node: Quantifier, scope: _Scope) -> _Outcome:
        """A macro over a list; what it gives also needs the list itself."""
        over = self.of(node.over, scope)
        if isinstance(over, _Unsure):
            return over
        items = cast("tuple[Value, ...]", over.value)
        scopes = [{**scope, node.variable: item} for item in items]
        match node.macro:
            case Macro.EXISTS | Macro.ALL:
                bodies = (self.of(node.body, inside) for inside in scopes)
                result = _logical(bodies, absorbing=node.macro is Macro.EXISTS)
            case Macro.EXISTS_ONE:
                tests = [self.of(node.body, inside) for inside in scopes]
                result = _strict(node, tests, lambda v: sum(map(bool, v)) == 1)
            case Macro.FILTER:
                tests = [self.of(node.body, inside) for inside in scopes]
                result = _strict(node, tests, lambda v: tuple(i for i, kept in zip(items, v, strict=True) if kept))
            case Macro.MAP:
                result = self._map(node, scopes)
            case _ as unreachable:
                assert_never(unreachable)
        return _strict(node, [over, result], lambda v: v[1])

    def _map(self, node: Quantifier, scopes: Sequence[_Scope]) -> _Outcome:
        """`map` with or without a filter; the body counts only where the filter holds or may hold."""
        outcomes: list[_Outcome] = []
        kept: list[int] = []
        for inside in scopes:
            test = _Sure(value=True) if node.where is None else self.of(node.where, inside)
            outcomes.append(test)
            if isinstance(test, _Unsure) or test.value:
                kept.append(len(outcomes))
                outcomes.append(self.of(node.body, inside))
        return _strict(node, outcomes, lambda v: tuple(v[place] for place in kept))


def _logical(outcomes: Iterable[_Outcome], *, absorbing: bool) -> _Outcome:
    """`||` (absorbing true) or `&&` (absorbing false) of any number of operands, in any order."""
    sure, unsure = _sorted(outcomes)
    deciding = [outcome.family for outcome in sure if outcome.value is absorbing]
    if deciding:
        return _Sure(absorbing, either(deciding))
    if unsure:
        return _merged(unsure)
    return _Sure(not absorbing, both(outcome.family for outcome in sure))


def _strict(node: Located, outcomes: Iterable[_Outcome], compute: Callable[[list[Value]], Value]) -> _Outcome:
    """What needs all its operands; an error that nothing unknown can mend is an error."""
    sure, unsure = _sorted(outcomes)
    certain = [outcome for outcome in unsure if not outcome.cells]
    if unsure:
        return _merged(certain or unsure)
    try:
        value = compute([outcome.value for outcome in sure])
    except EvaluationError as error:
        return _error(node, str(error))
    return _Sure(value, both(outcome.family for outcome in sure))


def _sorted(outcomes: Iterable[_Outcome]) -> tuple[list[_Sure], list[_Unsure]]:
    sure: list[_Sure] = []
    unsure: list[_Unsure] = []
    for outcome in outcomes:
        if isinstance(outcome, _Sure):
            sure.append(outcome)
        else:
            unsure.append(outcome)
    return sure, unsure


def _merged(unsure: Sequence[_Unsure]) -> _Unsure:
    return _Unsure(
        cells=frozenset().union(*(outcome.cells for outcome in unsure)),
        errors=frozenset().union(*(outcome.errors for outcome in unsure)),
    )


def _error(node: Located, message: str) -> _Unsure:
    return _Unsure(errors=frozenset({f"{message} (line {node.line}, column {node.column} of the condition)"}))


_PYTHON_TYPES: Final = {
    ValueType.BOOL: bool,
    ValueType.INT: int,
    ValueType.DOUBLE: float,
    ValueType.STRING: str,
    ValueType.TIMESTAMP: datetime,
    ValueType.DURATION: timedelta,
}


def _fits(value: Value, type_: Type) -> bool:
    """Whether a value is of the type that the vocabulary gives its fact."""
    if isinstance(value, EntityRef):
        return value.kind == type_.entity
    if isinstance(value, tuple):
        of = type_.of
        return of is not None and all(_fits(item, of) for item in value)
    return type_.value is not None and type(value) is _PYTHON_TYPES.get(type_.value)
