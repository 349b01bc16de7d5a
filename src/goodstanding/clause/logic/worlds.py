"""Where the logic reading finds facts: those of one case (`Given`), or facts that are still open (`Open`).

In an open world every cell has variables: whether it is known, whether it is on record as absent, and its value.
Entities come from a small stock of each kind: the one that a variable stands for, and those that lists name. A list of
entities names none of them twice. A member of a closed set is one of those that the conditions name or of a few others,
a whole number one of 64 bits, a double finite, since nothing else can be a fact.
"""

from __future__ import annotations

import re
import struct
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING, Final, cast

import msgspec
import z3

from goodstanding.clause.logic import values as lv
from goodstanding.clause.logic.values import EPOCH, MICROSECOND, NOT_KNOWN, RANGES, Items, Options, Outcome, Symbol
from goodstanding.clause.model import Cell, Facts, Known, Unknown, Why
from goodstanding.clause.tree import Type
from goodstanding.clause.values import ABSENT, EntityRef, Value, ValueType
from goodstanding.kernel.territories import CODES

if TYPE_CHECKING:
    from collections.abc import Iterable

    from goodstanding.clause.vocabulary import FactKind, Vocabulary

OTHERS: Final = 4
"""How many members of a closed set stand for all that no condition names."""


class Given:
    """The facts of one case, as constants."""

    def __init__(self, facts: Facts) -> None:
        """Take the facts."""
        self._facts = facts

    def fact(self, cell: Cell, type_: Type) -> Outcome:
        """The cell's value; none where it is of another type than the vocabulary says."""
        known = self._facts.read(cell)
        if isinstance(known, Unknown) or known.value is ABSENT or not fits(known.value, type_):
            return NOT_KNOWN
        return Outcome(known=True, value=lv.constant(known.value, type_))

    def has(self, cell: Cell) -> Outcome:
        """Whether there is a value."""
        known = self._facts.read(cell)
        return NOT_KNOWN if isinstance(known, Unknown) else Outcome(known=True, value=known.value is not ABSENT)


class Hints(msgspec.Struct, frozen=True, kw_only=True):
    """What the conditions name: the values that an example is first looked for among, and the members of closed sets.

    `whole`: the conditions do more with texts than hold them against written ones, so that every member counts.
    """

    numbers: tuple[int, ...]
    doubles: tuple[float, ...]
    texts: tuple[str, ...]
    instants: tuple[int, ...]
    lengths: tuple[int, ...]
    whole: bool


class Stock(msgspec.Struct, frozen=True, kw_only=True):
    """How many entities there are of each kind, and how many of them variables stand for.

    `sole`: the kinds that only one list names, so that which of them it names needs no choosing.
    """

    counts: Mapping[str, int]
    bound: Mapping[str, int]
    sole: frozenset[str] = frozenset()


class Variable(msgspec.Struct, frozen=True, kw_only=True):
    """The variables of one cell; `value` means something where the cell is `known` and `present`."""

    cell: Cell
    type: Type
    known: z3.BoolRef
    present: z3.BoolRef
    value: Symbol

    def holds(self, what: Known | Unknown) -> z3.BoolRef:
        """That the cell is just so."""
        if isinstance(what, Unknown):
            return z3.Not(self.known)
        if what.value is ABSENT:
            return z3.And(self.known, z3.Not(self.present))
        same = lv.equal(self.value, lv.constant(what.value, self.type))
        beyond = self.value.beyond if isinstance(self.value, Items) else False
        return z3.And(self.known, self.present, same, lv.neg(beyond))

    def same_as(self, other: Variable) -> tuple[lv.Guard, ...]:
        """That this cell and another hold the same."""
        value = lv.equal(self.value, other.value)
        return (self.known == other.known, self.present == other.present, value)

    def in_(self, model: z3.ModelRef) -> Known | Unknown:
        """What a model says of the cell."""
        if not lv.holds(model, self.known):
            return Unknown(Why.NO_EVIDENCE)
        return Known(_decoded(model, self.value, self.type) if lv.holds(model, self.present) else ABSENT)


class Limits:
    """What must hold of some variables (`always`), where an example is first looked for (`tame`), and long lists."""

    def __init__(self) -> None:
        """Nothing yet."""
        self.always: list[z3.BoolRef] = []
        self.tame: list[z3.BoolRef] = []
        self.beyond: list[z3.BoolRef] = []


class Partly:
    """An open world in which some cells are settled."""

    def __init__(self, world: Open, settled: Mapping[Cell, Known | Unknown]) -> None:
        """`settled` goes before what is open."""
        self._world = world
        self._given = Given(Stated(settled))
        self._settled = settled

    def fact(self, cell: Cell, type_: Type) -> Outcome:
        """The cell's value."""
        return self._given.fact(cell, type_) if cell in self._settled else self._world.fact(cell, type_)

    def has(self, cell: Cell) -> Outcome:
        """Whether there is a value."""
        return self._given.has(cell) if cell in self._settled else self._world.has(cell)


class Stated(msgspec.Struct, frozen=True):
    """Facts that are written down; every other cell is unknown."""

    cells: Mapping[Cell, Known | Unknown]

    def read(self, cell: Cell) -> Known | Unknown:
        """What is known at a cell."""
        return self.cells.get(cell, Unknown(Why.NO_EVIDENCE))


class Open:
    """Facts that are still open; `limits` of whatever is looked at must hold beside whatever is asked."""

    def __init__(self, vocabulary: Vocabulary, *, items: int, hints: Hints, stock: Stock, called: str = "") -> None:
        """`items`: how many items of a list are looked at, beside the entities that variables stand for.

        `called` sets the variables of one world apart from another's.
        """
        self._vocabulary = vocabulary
        self._items = items
        self._hints = hints
        self._stock = stock
        self._called = called
        self.variables: dict[Cell, Variable] = {}
        self.base = Limits()
        self.limits: dict[Cell, Limits] = {}
        self._into = self.base
        self.now = self._within(z3.Int(f"{called}now"), ValueType.TIMESTAMP)

    def fact(self, cell: Cell, type_: Type) -> Outcome:
        """The cell's value, where it is known and there is one."""
        variable = self.variable(cell, type_)
        return Outcome(known=z3.And(variable.known, variable.present), value=variable.value)

    def has(self, cell: Cell) -> Outcome:
        """Whether there is a value, where it is known."""
        variable = self.variable(cell, self._type(cell))
        return Outcome(known=variable.known, value=variable.present)

    def variable(self, cell: Cell, type_: Type) -> Variable:
        """The variables of a cell."""
        if cell not in self.variables:
            name = f"{self._called}{cell}"
            self._into = self.limits[cell] = Limits()
            self.variables[cell] = Variable(
                cell=cell,
                type=type_,
                known=z3.Bool(f"{name} known"),
                present=z3.Bool(f"{name} present"),
                value=self._symbol(name, type_, self._kind(cell)),
            )
            self._into = self.base
        return self.variables[cell]

    def limits_of(self, cells: Iterable[Cell]) -> list[Limits]:
        """The limits of some cells, and of what is no cell's."""
        return [self.base, *(self.limits[cell] for cell in sorted(cells))]

    def member(self, domain: str, name: str) -> Options:
        """A variable over a closed set (`topic`, `audience`, `capability`, `territory`)."""
        return self._one_of(name, self._members(domain))

    def _kind(self, cell: Cell) -> FactKind:
        """The vocabulary's entry for a cell; a checked condition reads no other."""
        entity = self._vocabulary.entity(cell.entity.kind)
        return cast("FactKind", entity and entity.fact(cell.fact))

    def _type(self, cell: Cell) -> Type:
        """The type of a cell that is only tested."""
        kind = self._kind(cell)
        match kind.type:
            case ValueType.ENTITY:
                return Type(value=ValueType.ENTITY, entity=kind.of or "")
            case ValueType.LIST:
                return Type(value=ValueType.LIST, of=self._element(kind.of or ""))
        return Type(value=kind.type)

    def _element(self, of: str) -> Type:
        """The type of a list's items, by its name in the vocabulary."""
        if self._vocabulary.entity(of) is not None:
            return Type(value=ValueType.ENTITY, entity=of)
        return Type(value=ValueType(of) if of in set(ValueType) else ValueType.STRING)

    def _symbol(self, name: str, type_: Type, kind: FactKind) -> Symbol:
        """A variable of a type."""
        match type_.value:
            case ValueType.BOOL:
                return z3.Bool(name)
            case ValueType.INT | ValueType.TIMESTAMP | ValueType.DURATION:
                return self._within(z3.Int(name), ValueType(type_.value))
            case ValueType.DOUBLE:
                return self._finite(z3.FP(name, z3.Float64()))
            case ValueType.ENTITY:
                return self._one_of(name, self._entities(type_.entity))
            case ValueType.STRING:
                members = self._members(kind.of or "")
                return self._one_of(name, members) if members else self._text(z3.String(name))
        return self._list(name, type_.of or type_, kind)

    def _list(self, name: str, of: Type, kind: FactKind) -> Items:
        """A list of at most so many items, and more beyond them."""
        length, beyond = z3.Int(f"{name} size"), z3.Bool(f"{name} beyond")
        self._into.always += [length >= 0, length <= self._items, z3.Implies(beyond, length == self._items)]
        self._into.beyond.append(beyond)
        guards = [length > at for at in range(self._items)]
        if of.value is not ValueType.ENTITY:
            symbols = [self._symbol(f"{name} {at}", of, kind) for at in range(self._items)]
            return Items(tuple(zip(guards, symbols, strict=True)), beyond)
        if of.entity in self._stock.sole:
            count = self._stock.bound.get(of.entity, 0)
            guards = [*(z3.Bool(f"{name} has {number + 1}") for number in range(count)), *guards]
            named = [Options(((True, one),)) for one in self._entities(of.entity)]
            return Items(tuple(zip(guards, named, strict=True)), beyond)
        return self._drawn(name, of.entity, guards, beyond)

    def _drawn(self, name: str, kind: str, guards: list[z3.BoolRef], beyond: z3.BoolRef) -> Items:
        """A list of entities that others name, too: in the order of the stock, each at most once."""
        stock = self._entities(kind)
        guards = guards[: len(stock)]  # shorter only where the list itself is never read
        drawn = [self._one_of(f"{name} {at}", stock) for at in range(len(guards))]
        places = [self._place(f"{name} {at}") for at in range(len(guards))]
        self._into.always += [a < b for a, b in pairwise(places)]
        return Items(tuple((guard, one) for guard, one in zip(guards, drawn, strict=True)), beyond)

    def _entities(self, kind: str) -> tuple[EntityRef, ...]:
        """The stock of a kind of entity."""
        return tuple(EntityRef(kind, str(number)) for number in range(1, self._stock.counts.get(kind, 1) + 1))

    def _members(self, domain: str) -> tuple[str, ...]:
        """The members of a closed set that count; empty for what is no closed set."""
        words = self._vocabulary
        sets = {"topic": words.topics, "audience": words.audiences, "capability": words.capabilities}
        members = sorted(CODES) if domain == "territory" else [named.id for named in sets.get(domain, ())]
        if self._hints.whole:
            return tuple(members)
        others = [member for member in members if member not in self._hints.texts]
        return tuple(member for member in members if member in self._hints.texts or member in others[:OTHERS])

    def _one_of(self, name: str, members: Sequence[EntityRef | str]) -> Options:
        """A variable over things that are known beforehand."""
        place = self._place(name)
        self._into.always += [place >= 0, place < len(members)]
        return Options(tuple((place == at, member) for at, member in enumerate(members)))

    def _place(self, name: str) -> z3.ArithRef:
        """Which of its options a variable takes."""
        return z3.Int(f"{name} place")

    def _within(self, variable: z3.ArithRef, type_: ValueType) -> z3.ArithRef:
        """A number in its type's range."""
        low, high = RANGES[type_]
        self._into.always += [variable >= low, variable <= high]
        hints = {
            ValueType.INT: self._hints.numbers,
            ValueType.TIMESTAMP: self._hints.instants,
            ValueType.DURATION: self._hints.lengths,
        }[type_]
        self._into.tame.append(z3.Or([variable == hint for hint in hints]))
        return variable

    def _finite(self, variable: z3.FPRef) -> z3.FPRef:
        """A double that can be a fact."""
        self._into.always.append(z3.Not(z3.Or(z3.fpIsNaN(variable), z3.fpIsInf(variable))))
        self._into.tame.append(z3.Or([variable == z3.FPVal(hint, z3.Float64()) for hint in self._hints.doubles]))
        return variable

    def _text(self, variable: z3.SeqRef) -> z3.SeqRef:
        """A text."""
        self._into.tame.append(z3.Or([variable == lv.text(Options(((True, hint),))) for hint in self._hints.texts]))
        return variable


def fits(value: Value, type_: Type) -> bool:
    """Whether a value is of the type that the vocabulary gives its fact."""
    match value:
        case EntityRef(kind=kind):
            return kind == type_.entity
        case tuple():
            return type_.of is not None and all(fits(item, type_.of) for item in value)
    return _PYTHON_TYPES.get(type(value)) is type_.value


_PYTHON_TYPES: Final = {
    bool: ValueType.BOOL,
    int: ValueType.INT,
    float: ValueType.DOUBLE,
    str: ValueType.STRING,
    datetime: ValueType.TIMESTAMP,
    timedelta: ValueType.DURATION,
}


def _decoded(model: z3.ModelRef, value: Symbol, type_: Type) -> Value:
    """The value that a model gives a symbol."""
    match value:
        case Options():
            return lv.chosen(model, value)
        case Items(items=items):
            of = type_.of or type_
            return tuple(_decoded(model, item, of) for guard, item in items if lv.holds(model, guard))
    found = model.eval(value, model_completion=True)
    match type_.value:
        case ValueType.BOOL:
            return bool(z3.is_true(found))
        case ValueType.DOUBLE:
            bits: int = z3.simplify(z3.fpToIEEEBV(found)).as_long()
            return cast("float", struct.unpack(">d", bits.to_bytes(8, "big"))[0])
        case ValueType.STRING:
            return _ESCAPE.sub(lambda escape: chr(int(escape[1], 16)), found.as_string())
    number: int = found.as_long()
    if type_.value is ValueType.INT:
        return number
    length = number * MICROSECOND
    return EPOCH + length if type_.value is ValueType.TIMESTAMP else length


_ESCAPE: Final = re.compile(r"\\u\{([0-9a-f]+)\}")


def instant_in(model: z3.ModelRef, now: z3.ArithRef) -> datetime:
    """The instant that a model gives."""
    return cast("datetime", _decoded(model, now, Type(value=ValueType.TIMESTAMP)))
