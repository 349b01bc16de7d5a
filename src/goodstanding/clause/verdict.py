"""The verdict reading: is a condition met, by which facts, and what is missing?

Three-valued after Kleene, with CEL's commutative `&&` and `||`: one operand that decides is enough, whatever the others
are; otherwise what is unknown outweighs an error, and an error outweighs the rest. Everything else needs all its
operands.

- A fact without accepted evidence is unknown, at any depth, and so is `has` on it (P3).
- Evidence that records a fact as absent makes `has` false, and reading the fact an error.
- An error is data (`Reading.errors`) and leaves the condition undecided: it never restricts (P3).
- Entities are equal when they are the same entity.
- Plain maps follow CEL: a missing key is an error, and `has` on it is false.
- What is typed only when it is read (CEL's `dyn`) and does not fit is an error.

It leaves to `evidence` which grades count, and to `decisions` what follows. Terminates: the tree is at most as deep as
CEL's parser allows, and one reading takes at most `STEPS` steps: a node is one, and so are eight items or 64 characters
that an operator looks at, or 8 cells of sets that are combined. Minimal sets are looked for with as many steps again.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final, TypeAlias, assert_never, cast

import msgspec

from goodstanding.clause import maps, operators, weights
from goodstanding.clause.faults import EvaluationError, no_overload
from goodstanding.clause.model import Cell, Facts, Known, Reading, Unknown, Verdict, Why
from goodstanding.clause.sufficiency import NOTHING_NEEDED, Family, both, either, minimal, one, order
from goodstanding.clause.time_parts import Zones, no_zones
from goodstanding.clause.tree import (
    Binary,
    Call,
    Choice,
    Condition,
    Connective,
    Failure,
    Field,
    Function,
    Has,
    Index,
    ListLiteral,
    Literal,
    Located,
    Logical,
    Macro,
    MapLiteral,
    Node,
    Quantifier,
    Type,
    Unary,
    Variable,
)
from goodstanding.clause.values import ABSENT, EntityRef, Map, Value, ValueType

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

STEPS: Final = 100_000
"""How many steps one reading takes before it gives up with an error."""

_CONDITIONAL: Final = "? :"
_DYNAMIC_PATTERN: Final = 2_000
"""Steps for a pattern that is not written in the condition: a large one takes milliseconds to compile."""


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


def read_value(
    condition: Condition, bindings: Mapping[str, EntityRef], facts: Facts, *, now: datetime, zones: Zones = no_zones
) -> ValueReading:
    """Read a condition of any type, with what its value rests on; `zones` knows time zones by name.

    Raises:
        KeyError: a variable of the condition has no binding.
    """
    scope = {name: bindings[name] for name, _ in condition.variables} | {"now": now}
    outcome = _evaluate(condition, scope, _Evaluation(facts, zones))
    if isinstance(outcome, _Unsure):
        return ValueReading(value=None, missing=tuple(sorted(outcome.cells)), errors=tuple(sorted(outcome.errors)))
    family = outcome.family
    if family.cut:
        searching = _Evaluation(facts, zones)
        family = minimal(_shrunk(cells, condition, scope, searching) for cells in family.sets)
    return ValueReading(
        value=outcome.value, sufficient=tuple(tuple(sorted(cells)) for cells in sorted(family.sets, key=order))
    )


def _evaluate(condition: Condition, scope: _Scope, evaluation: _Evaluation) -> _Outcome:
    try:
        return evaluation.of(condition.tree, scope)
    except _TooLongError:
        return _Unsure(errors=frozenset({f"the condition takes more than {STEPS} steps on these facts: simplify it"}))


class _Only(msgspec.Struct, frozen=True):
    """The facts at certain cells; everything else is unknown."""

    facts: Facts
    cells: frozenset[Cell]

    def read(self, cell: Cell) -> Known | Unknown:
        """What is known at a cell."""
        return self.facts.read(cell) if cell in self.cells else Unknown(Why.NO_EVIDENCE)


def _shrunk(cells: frozenset[Cell], condition: Condition, scope: _Scope, searching: _Evaluation) -> frozenset[Cell]:
    """A minimal set inside a sufficient one: each cell goes that is not needed, while steps are left to find out."""
    facts = searching.facts
    for cell in sorted(cells):
        fewer = cells - {cell}
        searching.facts = _Only(facts, fewer)
        if isinstance(_evaluate(condition, scope, searching), _Sure):
            cells = fewer
    searching.facts = facts
    return cells


class _TooLongError(Exception):
    """The steps are used up."""


class _Evaluation:
    """One reading: the facts, the zones, and how many steps are left."""

    def __init__(self, facts: Facts, zones: Zones) -> None:
        self.facts = facts
        self.zones = zones
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
                return self._field(node, scope)
            case Logical():
                absorbing = node.connective is Connective.OR
                return self._logical(node, (self.of(operand, scope) for operand in node.operands), absorbing=absorbing)
            case Choice():
                return self._choice(node, scope)
            case Quantifier():
                return self._quantifier(node, scope)
            case Failure(message=message):
                return _error(node, message)
            case _:
                return self._operation(node, scope)

    def _operation(self, node: ListLiteral | MapLiteral | Unary | Binary | Index | Call, scope: _Scope) -> _Outcome:
        """What needs all its operands."""
        match node:
            case ListLiteral(items=items):
                return self._strict(node, [self.of(item, scope) for item in items], self._list)
            case MapLiteral(entries=entries):
                parts = [self.of(part, scope) for entry in entries for part in entry]
                return self._strict(
                    node, parts, lambda v: self._weighed(maps.map_of(zip(v[::2], v[1::2], strict=True)))
                )
            case Unary(sign=sign, operand=operand):
                return self._strict(node, [self.of(operand, scope)], lambda v: operators.sign(sign, v[0]))
            case Binary(operator=op, left=left, right=right):
                operands = [self.of(left, scope), self.of(right, scope)]
                return self._strict(node, operands, lambda v: operators.apply(op, *self._charged(v)))
            case Index(of=of, at=at):
                return self._strict(node, [self.of(of, scope), self.of(at, scope)], lambda v: maps.at(v[0], v[1]))
            case Call():
                return self._strict(node, [self.of(o, scope) for o in node.operands], lambda v: self._call(node, v))
            case _ as unreachable:
                assert_never(unreachable)

    def _charged(self, values: list[Value]) -> list[Value]:
        """The same values, after the steps for looking at them."""
        for value in values:
            if type(value) in weights.HEAVY:
                self.steps -= weights.weight(value)
        if self.steps < 0:
            raise _TooLongError
        return values

    def _weighed(self, value: Value) -> Value:
        """A value that was made of others, unless it is too large to be looked at again."""
        weights.check(value)
        self._charged([value])
        return value

    def _list(self, items: list[Value]) -> Value:
        if any(type(item) in weights.HEAVY for item in items):
            return self._weighed(tuple(items))
        return tuple(items)

    def _call(self, node: Call, values: list[Value]) -> Value:
        """A function."""
        if node.function is not Function.SIZE:
            self._charged(values)
        if node.function is Function.MATCHES and not isinstance(node.operands[1], Literal):
            self.steps -= _DYNAMIC_PATTERN
        return operators.call(node.function, tuple(values), self.zones)

    def _field(self, node: Field | Has, scope: _Scope) -> _Outcome:
        """`e.fact`, `map.key`, or `has` of one of them."""
        of = self.of(node.of, scope)
        if isinstance(of, _Unsure):
            return of
        if isinstance(of.value, EntityRef):
            return self._fact(node, Cell(of.value, node.name), of.family)
        read = maps.has if isinstance(node, Has) else maps.field
        return self._strict(node, [of], lambda v: read(v[0], node.name))

    def _fact(self, node: Field | Has, cell: Cell, family: Family) -> _Outcome:
        """`e.fact` or `has(e.fact)`; `family` is what the entity rests on."""
        known = self.facts.read(cell)
        if isinstance(known, Unknown):
            return _Unsure(cells=frozenset((cell,)))
        family = both((family, one(cell)))
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
            if not isinstance(chooser.value, bool):
                return _error(node, str(no_overload(_CONDITIONAL, chooser.value)))
            chosen = self.of(node.then if chooser.value else node.otherwise, scope)
            return self._strict(node, [chooser, chosen], lambda v: v[1])
        if not chooser.cells:
            return chooser
        branches = [self.of(branch, scope) for branch in (node.then, node.otherwise)]
        cells = [branch.cells for branch in branches if isinstance(branch, _Unsure)]
        return _Unsure(cells=chooser.cells.union(*cells), errors=chooser.errors)

    def _quantifier(self, node: Quantifier, scope: _Scope) -> _Outcome:
        """A macro over a list or the keys of a map; what it gives also needs the list or map itself."""
        over = self.of(node.over, scope)
        if isinstance(over, _Unsure):
            return over
        places = _places(over.value)
        if places is None:
            return _error(node, str(no_overload(node.macro.value, over.value)))
        items = [key if isinstance(over.value, Map) else item for key, item in places]
        if node.second:
            scopes = ({**scope, node.variable: key, node.second: item} for key, item in places)
        else:
            scopes = ({**scope, node.variable: item} for item in items)
        return self._strict(node, [over, self._folded(node, scopes, items, [key for key, _ in places])], lambda v: v[1])

    def _folded(
        self, node: Quantifier, scopes: Iterable[_Scope], items: Sequence[Value], keys: Sequence[Value]
    ) -> _Outcome:
        """What a macro gives; `keys` are the places of a list or the keys of a map."""
        match node.macro:
            case Macro.EXISTS | Macro.ALL:
                bodies = (self.of(node.body, inside) for inside in scopes)
                return self._logical(node, bodies, absorbing=node.macro is Macro.EXISTS)
            case Macro.EXISTS_ONE:
                tests = [self.of(node.body, inside) for inside in scopes]
                return self._strict(node, tests, lambda v: sum(_booleans(v)) == 1)
            case Macro.FILTER:
                tests = [self.of(node.body, inside) for inside in scopes]
                return self._strict(
                    node, tests, lambda v: self._list([i for i, kept in zip(items, _booleans(v), strict=True) if kept])
                )
            case Macro.MAP:
                return self._map(node, scopes, lambda _, v: self._list(v))
            case Macro.TRANSFORM_MAP:
                return self._map(
                    node,
                    scopes,
                    lambda kept, v: self._weighed(maps.map_of(zip([keys[place] for place in kept], v, strict=True))),
                )
            case Macro.TRANSFORM_MAP_ENTRY:
                return self._map(node, scopes, lambda _, v: self._weighed(maps.merged(v)))
            case _ as unreachable:
                assert_never(unreachable)

    def _map(
        self, node: Quantifier, scopes: Iterable[_Scope], collect: Callable[[list[int], list[Value]], Value]
    ) -> _Outcome:
        """`map` with or without a filter; the body counts only where the filter holds or may hold."""
        outcomes: list[_Outcome] = []
        kept: list[tuple[int, int]] = []
        tests: list[int] = []
        for place, inside in enumerate(scopes):
            test = _Sure(value=True) if node.where is None else self.of(node.where, inside)
            tests.append(len(outcomes))
            outcomes.append(test)
            if isinstance(test, _Unsure) or test.value is True:
                body = self.of(node.body, inside)
                if isinstance(test, _Unsure) and isinstance(body, _Unsure) and not body.cells:
                    continue  # the filter may yet leave out what is in error
                kept.append((place, len(outcomes)))
                outcomes.append(body)

        def collected(values: list[Value]) -> Value:
            _booleans([values[at] for at in tests])
            return collect([place for place, _ in kept], [values[at] for _, at in kept])

        return self._strict(node, outcomes, collected)

    def _logical(self, node: Located, outcomes: Iterable[_Outcome], *, absorbing: bool) -> _Outcome:
        """`||` (absorbing true) or `&&` (absorbing false) of any number of operands, in any order."""
        sure, unsure = _sorted(outcomes)
        deciding = [outcome.family for outcome in sure if outcome.value is absorbing]
        if deciding:
            return _Sure(absorbing, either(deciding))
        name = "||" if absorbing else "&&"
        unsure += [_error(node, str(no_overload(name, o.value))) for o in sure if not isinstance(o.value, bool)]
        if unsure:
            return _merged(unsure)
        return _Sure(not absorbing, both((outcome.family for outcome in sure), self._spend))

    def _strict(self, node: Located, outcomes: Iterable[_Outcome], compute: Callable[[list[Value]], Value]) -> _Outcome:
        """What needs all its operands; an error that nothing unknown can mend is an error."""
        sure, unsure = _sorted(outcomes)
        certain = [outcome for outcome in unsure if not outcome.cells]
        if unsure:
            return _merged(certain or unsure)
        try:
            value = compute([outcome.value for outcome in sure])
        except EvaluationError as error:
            return _error(node, str(error))
        return _Sure(value, both((outcome.family for outcome in sure), self._spend))

    def _spend(self, cells: int) -> None:
        """Take the steps for combining sets of cells."""
        self.steps -= cells >> 3
        if self.steps < 0:
            raise _TooLongError


def _places(value: Value) -> list[tuple[Value, Value]] | None:
    """What a macro goes over: places and items of a list, keys and values of a map."""
    if isinstance(value, tuple):
        return list(enumerate(value))
    return list(value.entries.values()) if isinstance(value, Map) else None


def _booleans(values: list[Value]) -> list[bool]:
    """The same values, which have to be booleans.

    Raises:
        EvaluationError: one is not.
    """
    for value in values:
        if not isinstance(value, bool):
            raise no_overload(_CONDITIONAL, value)
    return cast("list[bool]", values)


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


_PYTHON_TYPES: Final[dict[object, type]] = {
    ValueType.BOOL: bool,
    ValueType.INT: int,
    ValueType.DOUBLE: float,
    ValueType.STRING: str,
    ValueType.TIMESTAMP: datetime,
    ValueType.DURATION: timedelta,
}


def _fits(value: Value, type_: Type) -> bool:
    """Whether a value is of the type that the vocabulary gives its fact; a fact without a vocabulary has any."""
    if type_.value is None:
        return True
    if isinstance(value, EntityRef):
        return value.kind == type_.entity
    if isinstance(value, tuple):
        of = type_.of
        return of is not None and all(_fits(item, of) for item in value)
    return type(value) is _PYTHON_TYPES.get(type_.value)
