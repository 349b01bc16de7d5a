"""From the tree of a condition to its truth in Z3's terms, three-valued, exactly as the verdict reading has it.

`&&` and `||` are decided by one operand; everything else needs all its operands; what is unknown and what is an error
have both no value. Where the facts stand is left to a `World`; what has no translation was refused before (`refusals`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol, cast

import z3

from goodstanding.clause.logic import values as lv
from goodstanding.clause.logic.values import NOT_KNOWN, Guard, Items, Options, Outcome, Symbol
from goodstanding.clause.model import Cell
from goodstanding.clause.tree import (
    Binary,
    Call,
    Choice,
    Connective,
    Field,
    Function,
    Has,
    ListLiteral,
    Literal,
    Logical,
    Macro,
    Node,
    Operator,
    Quantifier,
    Sign,
    Type,
    Unary,
    Variable,
)
from goodstanding.clause.values import EntityRef, ValueType

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


class World(Protocol):
    """Where the translation finds what is known, and what nothing is said of."""

    def fact(self, cell: Cell, type_: Type) -> Outcome:
        """What a cell holds."""

    def has(self, cell: Cell) -> Outcome:
        """Whether a cell holds a value, or is on record as absent."""


class Translation:
    """Translates conditions into one world."""

    def __init__(self, world: World) -> None:
        """Take the world."""
        self._world = world

    def of(self, node: Node, scope: Mapping[str, Symbol]) -> Outcome:
        """What a node gives; `scope` holds each variable's value."""
        match node:
            case Literal(value=value):
                return Outcome(known=True, value=lv.constant(value, node.type))
            case Variable(name=name):
                return Outcome(known=True, value=scope[name])
            case Field() | Has():
                return self._fact(node, scope)
            case Logical():
                absorbing = node.connective is Connective.OR
                return _logical([self.of(operand, scope) for operand in node.operands], absorbing=absorbing)
            case Choice():
                return self._choice(node, scope)
            case Quantifier():
                return self._quantifier(node, scope)
            case ListLiteral(items=items):
                return _listed([self.of(item, scope) for item in items])
            case Unary(sign=sign, operand=operand):
                return _signed(sign, self.of(operand, scope), node.type)
            case Binary():
                return self._binary(node, scope)
            case Call():
                return self._call(node, scope)
        msg = f"line {node.line}, column {node.column} has no translation: ask `refusals` first"
        raise ValueError(msg)

    def _fact(self, node: Field | Has, scope: Mapping[str, Symbol]) -> Outcome:
        """`e.fact` or `has(e.fact)`, whichever of its entities `e` is."""
        entity = self.of(node.of, scope)
        if entity.known is False:
            return NOT_KNOWN
        cases = []
        for guard, one in cast("Options", entity.value).choices:
            cell = Cell(cast("EntityRef", one), node.name)
            found = self._world.has(cell) if isinstance(node, Has) else self._world.fact(cell, node.type)
            cases.append((guard, found))
        known = lv.disj(lv.conj((guard, found.known)) for guard, found in cases)
        kept = [(guard, found.value) for guard, found in cases if found.known is not False]
        return Outcome(known=lv.conj((entity.known, known)), value=lv.merged(kept)) if kept else NOT_KNOWN

    def _choice(self, node: Choice, scope: Mapping[str, Symbol]) -> Outcome:
        """`a ? b : c`."""
        test = self.of(node.if_, scope)
        if test.known is False:
            return NOT_KNOWN
        holds = lv.truth_of(test.value)
        branches = [(holds, self.of(node.then, scope)), (lv.neg(holds), self.of(node.otherwise, scope))]
        kept = [(guard, found) for guard, found in branches if guard is not False and found.known is not False]
        known = lv.conj((test.known, lv.disj(lv.conj((guard, found.known)) for guard, found in kept)))
        return Outcome(known=known, value=lv.merged([(g, found.value) for g, found in kept])) if kept else NOT_KNOWN

    def _binary(self, node: Binary, scope: Mapping[str, Symbol]) -> Outcome:
        """A comparison, a membership or arithmetic."""
        left, right = self.of(node.left, scope), self.of(node.right, scope)
        known = _all((left, right))
        if known is False:
            return NOT_KNOWN
        match node.operator:
            case Operator.EQUAL | Operator.NOT_EQUAL as op:
                same = lv.equal(left.value, right.value)
                beyond = lv.disj(value.beyond for value in (left.value, right.value) if isinstance(value, Items))
                same = self._unless(beyond, same)
                return Outcome(known=known, value=same if op is Operator.EQUAL else lv.neg(same))
            case Operator.IN:
                items = cast("Items", right.value)
                return Outcome(known=known, value=self._or_more(items.beyond, lv.among(left.value, items)))
            case Operator.LESS | Operator.LESS_OR_EQUAL | Operator.GREATER | Operator.GREATER_OR_EQUAL as op:
                type_ = cast("ValueType", node.left.type.value)
                return Outcome(known=known, value=lv.compared(op, left.value, right.value, type_))
        fits, value = lv.computed(node.operator, left.value, right.value, node.type)
        return Outcome(known=lv.conj((known, fits)), value=value)

    def _call(self, node: Call, scope: Mapping[str, Symbol]) -> Outcome:
        """A function."""
        outcomes = [self.of(operand, scope) for operand in node.operands]
        known, first = _all(outcomes), outcomes[0].value
        if known is False:
            return NOT_KNOWN
        if node.function is Function.SIZE:
            return Outcome(
                known=known, value=self._size(first) if isinstance(first, Items) else z3.Length(lv.text(first))
            )
        value = lv.TEXT_TESTS[node.function](lv.text(first), lv.text(outcomes[1].value))
        return Outcome(known=known, value=value)

    def _size(self, items: Items) -> Symbol:
        """How many items; those beyond are at least one more."""
        counted = lv.size(items)
        return counted if items.beyond is False else counted + z3.If(items.beyond, _at_least_one(z3.FreshInt()), 0)

    def _quantifier(self, node: Quantifier, scope: Mapping[str, Symbol]) -> Outcome:
        """A macro over a list."""
        over = self.of(node.over, scope)
        if over.known is False:
            return NOT_KNOWN
        found = self._over(node, cast("Items", over.value), scope)
        return Outcome(known=lv.conj((over.known, found.known)), value=found.value)

    def _over(self, node: Quantifier, items: Items, scope: Mapping[str, Symbol]) -> Outcome:
        """What a macro gives over the items of a list; of what lies beyond anything may hold."""
        there = [guard for guard, _ in items.items]
        scopes = [{**scope, node.variable: item} for _, item in items.items]
        test = node.body if node.where is None else node.where
        if node.macro is Macro.MAP and node.where is None:
            tests = [Outcome(known=True, value=True) for _ in scopes]
        else:
            tests = [self.of(test, inside) for inside in scopes]
        if node.macro in {Macro.EXISTS, Macro.ALL}:
            return self._any_or_all(node.macro, there, tests, items.beyond)
        beyond_known = self._unless(items.beyond, truth=True)
        known = lv.conj((beyond_known, *(lv.disj((lv.neg(g), one.known)) for g, one in zip(there, tests, strict=True))))
        held = [lv.conj((guard, lv.truth_of(one.value))) for guard, one in zip(there, tests, strict=True)]
        if known is False:
            return NOT_KNOWN
        match node.macro:
            case Macro.EXISTS_ONE:
                one_only = lv.decided(lv.size(Items(tuple((guard, True) for guard in held))) == 1)
                return Outcome(known=known, value=self._unless(items.beyond, one_only))
            case Macro.FILTER:
                kept = tuple((guard, item) for guard, (_, item) in zip(held, items.items, strict=True))
                return Outcome(known=known, value=Items(kept, self._some_of(items.beyond)))
        return self._mapped(node, known, held, scopes, items.beyond)

    def _mapped(
        self,
        node: Quantifier,
        known: Guard,
        held: Sequence[Guard],
        scopes: Sequence[Mapping[str, Symbol]],
        beyond: Guard,
    ) -> Outcome:
        """`map`: the body counts only where the filter holds."""
        bodies = [self.of(node.body, inside) for inside in scopes]
        all_known = lv.conj((known, *(lv.disj((lv.neg(g), one.known)) for g, one in zip(held, bodies, strict=True))))
        kept = tuple(
            (g, one.value) for g, one in zip(held, bodies, strict=True) if lv.conj((g, one.known)) is not False
        )
        more = beyond if node.where is None else self._some_of(beyond)
        return Outcome(known=all_known, value=Items(kept, more))

    def _any_or_all(self, macro: Macro, there: Sequence[Guard], tests: Sequence[Outcome], beyond: Guard) -> Outcome:
        """`exists` and `all`: an item that is not there decides nothing."""
        absorbing = macro is Macro.EXISTS
        bodies = [
            Outcome(
                known=lv.disj((lv.neg(g), one.known)), value=lv.merged([(g, one.value), (lv.neg(g), not absorbing)])
            )
            for g, one in zip(there, tests, strict=True)
        ]
        if beyond is not False:
            rest, value = self._unless(beyond, truth=True), z3.FreshBool()
            bodies.append(Outcome(known=rest, value=lv.merged([(beyond, value), (lv.neg(beyond), not absorbing)])))
        return _logical(bodies, absorbing=absorbing)

    def _unless(self, beyond: Guard, truth: Guard) -> Guard:
        """A truth, of which nothing is said where a list goes on beyond what is looked at."""
        if beyond is False:
            return truth
        return lv.disj((lv.conj((lv.neg(beyond), truth)), lv.conj((beyond, z3.FreshBool()))))

    def _or_more(self, beyond: Guard, truth: Guard) -> Guard:
        """A truth that what lies beyond may also bring about."""
        return truth if beyond is False else lv.disj((truth, lv.conj((beyond, z3.FreshBool()))))

    def _some_of(self, beyond: Guard) -> Guard:
        """Whether any of what lies beyond is kept."""
        return beyond if beyond is False else lv.conj((beyond, z3.FreshBool()))


def _all(outcomes: Sequence[Outcome]) -> Guard:
    """Whether every one of them has a value."""
    return lv.conj(one.known for one in outcomes)


def _listed(outcomes: Sequence[Outcome]) -> Outcome:
    """A list that is written out."""
    known = _all(outcomes)
    return NOT_KNOWN if known is False else Outcome(known=known, value=Items(tuple((True, o.value) for o in outcomes)))


def _logical(outcomes: Sequence[Outcome], *, absorbing: bool) -> Outcome:
    """`||` (absorbing true) or `&&` (absorbing false)."""
    known = [one for one in outcomes if one.known is not False]
    holding = [lv.truth_of(one.value) if absorbing else lv.neg(lv.truth_of(one.value)) for one in known]
    decided = lv.disj(lv.conj((one.known, held)) for one, held in zip(known, holding, strict=True))
    every = lv.conj(one.known for one in outcomes)
    value = decided if absorbing else lv.neg(decided)
    return Outcome(known=lv.disj((decided, every)), value=value)


def _at_least_one(number: z3.ArithRef) -> z3.ArithRef:
    """Some number from 1."""
    return z3.If(number > 1, number, 1)


def _signed(sign: Sign, outcome: Outcome, type_: Type) -> Outcome:
    """`!a` or `-a`."""
    if outcome.known is False:
        return NOT_KNOWN
    if sign is Sign.NOT:
        return Outcome(known=outcome.known, value=lv.neg(lv.truth_of(outcome.value)))
    if type_.value is ValueType.DOUBLE:
        return Outcome(known=outcome.known, value=z3.fpNeg(outcome.value))
    negative = z3.IntVal(0) - outcome.value
    return Outcome(known=lv.conj((outcome.known, lv.inside(negative, ValueType.INT))), value=negative)
