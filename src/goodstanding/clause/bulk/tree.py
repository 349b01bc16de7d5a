"""The bulk reading of a condition: our tree in, one sqlglot tree out, which `dialects` writes for every engine.

Exactly the verdict's three values: true, false, and NULL for undecided, whether by an unknown fact or by an error.

- `&& || !` are SQL's own, which are Kleene's. `c ? a : b` asks for `NOT c` as well: a plain `ELSE` would take NULL for
  false.
- A list is NULL where it is not known or holds NULL; its macros count what is undecided instead of skipping it.
- Comparisons of `x + 3` or `now - x` with what is fixed are turned into ranges of `x`, so that nothing can overflow.

It leaves to `columns` which columns there have to be. Upholds P3.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final, assert_never

from sqlglot import exp

from goodstanding.clause.bulk.columns import ID
from goodstanding.clause.bulk.lists import Element, full, listed, quantified
from goodstanding.clause.bulk.refusals import ABSENT
from goodstanding.clause.bulk.values import (
    FLIPPED,
    HIGHEST,
    LOWEST,
    Sql,
    arithmetic,
    binary,
    both,
    compared,
    is_known,
    limits,
    literal,
    microseconds,
    when,
    whole,
    wrapped,
)
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
from goodstanding.clause.values import ValueType

if TYPE_CHECKING:
    from collections.abc import Mapping

_TESTS: Final[dict[Function, type[exp.Expr]]] = {
    Function.STARTS_WITH: exp.StartsWith,
    Function.ENDS_WITH: exp.EndsWith,
    Function.CONTAINS: exp.Contains,
}
_ORDERED: Final = frozenset(FLIPPED)
_BIGINT: Final = Type(value=ValueType.INT)
_SQL_TYPES: Final = {
    ValueType.BOOL: "boolean",
    ValueType.DOUBLE: "double",
    ValueType.STRING: "string",
}


def expression(tree: Node, *, now: datetime) -> Sql:
    """What a tree gives for one row; it is one that `refusals` does not refuse."""
    return _Writer(now).of(tree, {})


class _Writer:
    """Writes one condition, read at one instant."""

    def __init__(self, now: datetime) -> None:
        self.now = microseconds(now)

    def of(self, node: Node, scope: Mapping[str, Element]) -> Sql:
        """What a node gives; `scope` has the elements of the quantifiers around it."""
        fixed = self._fixed(node)
        if fixed is not None:
            return whole(fixed)
        match node:
            case Literal() | Variable() | Field() | Has():
                return self._leaf(node, scope)
            case Logical(connective=connective, operands=operands):
                node_type = exp.And if connective is Connective.AND else exp.Or
                return both((self.of(operand, scope) for operand in operands), node_type)
            case Choice(if_=if_, then=then, otherwise=otherwise):
                test = self.of(if_, scope)
                no = exp.Not(this=wrapped(test.copy()))
                return when((test, self.of(then, scope)), (no, self.of(otherwise, scope)))
            case Unary(sign=sign, operand=operand):
                return self._signed(sign, operand, scope)
            case Binary():
                return self._binary(node, scope)
            case Call(function=function, operands=operands):
                return self._call(function, operands, scope)
            case Quantifier():
                return self._quantifier(node, scope)
            case ListLiteral():
                return self._list(node, scope)
        raise AssertionError(node)  # `refusals` refuses every other node

    def _leaf(self, node: Literal | Variable | Field | Has, scope: Mapping[str, Element]) -> Sql:
        """A value that is written or stored."""
        match node:
            case Literal(value=value):
                return literal(value)
            case Variable(name=name):
                return scope[name].name() if name in scope else exp.column(name, quoted=True)
            case Field(of=of, name=name):
                return _stored(self._at(of, name, scope), node.type)
            case Has(of=of, name=name):
                known = is_known(self._at(of, name, scope))
                return when((known, exp.true()), (self._at(of, f"{name}.{ABSENT}", scope), exp.false()))
            case _ as unreachable:
                assert_never(unreachable)

    def _identity(self, node: Node, scope: Mapping[str, Element]) -> Sql:
        """What is compared: an entity is its id, and an element that is one has it as a field."""
        sql = self.of(node, scope)
        structure = isinstance(node, Variable) and node.name in scope and node.type.entity
        return exp.Dot(this=sql, expression=exp.to_identifier(ID, quoted=True)) if structure else sql

    def _at(self, of: Node, name: str, scope: Mapping[str, Element]) -> Sql:
        """The column of a fact, or the field of an element."""
        path = name
        while isinstance(of, Field):
            path, of = f"{of.name}.{path}", of.of
        assert isinstance(of, Variable), of
        if of.name in scope:
            return exp.Dot(this=scope[of.name].name(), expression=exp.to_identifier(path, quoted=True))
        return exp.column(f"{of.name}.{path}", quoted=True)

    def _signed(self, sign: Sign, operand: Node, scope: Mapping[str, Element]) -> Sql:
        sql = self.of(operand, scope)
        if sign is Sign.NOT:
            return exp.Not(this=wrapped(sql))
        if operand.type.value is ValueType.INT:
            return arithmetic(Operator.SUBTRACT, whole(0), sql, _BIGINT)
        return exp.Neg(this=wrapped(sql))

    def _binary(self, node: Binary, scope: Mapping[str, Element]) -> Sql:
        op = node.operator
        if op is Operator.IN:
            return self._membership(node, scope)
        if op in _ORDERED:
            shifted = self._shifted(op, node.left, node.right, scope)
            shifted = shifted or self._shifted(FLIPPED[op], node.right, node.left, scope)
            return shifted or self._compared(op, node.left, node.right, scope)
        left, right = self.of(node.left, scope), self.of(node.right, scope)
        if node.type.value is ValueType.STRING:
            return binary(exp.DPipe, left, right)
        if node.type.of is not None:
            joined = exp.ArrayConcat(this=left, expressions=[right])
            return when((both((is_known(left.copy()), is_known(right.copy()))), joined))
        return arithmetic(op, left, right, node.type)

    def _compared(self, op: Operator, left: Node, right: Node, scope: Mapping[str, Element]) -> Sql:
        fixed = isinstance(left, Literal), isinstance(right, Literal)
        return compared(op, self._identity(left, scope), self._identity(right, scope), left.type, fixed=fixed)

    def _shifted(self, op: Operator, left: Node, right: Node, scope: Mapping[str, Element]) -> Sql | None:
        """`x + 3 > 5` as `x > 2` where `x + 3` has a value; nothing where the sides are of another form."""
        limit = self._fixed(right)
        if limit is None or not (isinstance(left, Binary) and left.operator in {Operator.ADD, Operator.SUBTRACT}):
            return None
        first, second = self._fixed(left.left), self._fixed(left.right)
        lowest, highest = limits(left.type)
        if second is not None:
            moved, by = left.left, second if left.operator is Operator.ADD else -second
            bounds, limit = (lowest - by, highest - by), limit - by
        elif first is not None and left.operator is Operator.ADD:
            moved, bounds, limit = left.right, (lowest - first, highest - first), limit - first
        elif first is not None:
            moved, bounds, limit, op = left.right, (first - highest, first - lowest), first - limit, FLIPPED[op]
        else:
            return None
        if not LOWEST <= limit <= HIGHEST:
            return None
        sql = self.of(moved, scope)
        return _within(sql, bounds, limits(moved.type), compared(op, sql.copy(), whole(limit), moved.type))

    def _fixed(self, node: Node) -> int | None:
        """The whole number, or the microseconds, that a node is on every row."""
        value: int | None = None
        match node:
            case Variable(name="now"):
                return self.now
            case Literal(value=bool()):
                return None
            case Literal(value=int(value)):
                return value
            case Literal(value=datetime() | timedelta() as time):
                return microseconds(time)
            case Unary(sign=Sign.MINUS, operand=operand) if (inner := self._fixed(operand)) is not None:
                value = -inner
            case Binary(operator=Operator.ADD | Operator.SUBTRACT as op, left=left, right=right):
                first, second = self._fixed(left), self._fixed(right)
                if first is not None and second is not None:
                    value = first + second if op is Operator.ADD else first - second
        if value is None:
            return None
        lowest, highest = limits(node.type)
        return value if lowest <= value <= highest else None

    def _membership(self, node: Binary, scope: Mapping[str, Element]) -> Sql:
        """`x in list`; an unknown item leaves it undecided, whatever the others are."""
        sql = self._identity(node.left, scope)
        known = None if self._is_sure(node.left, scope) else is_known(sql.copy())
        if isinstance(node.right, ListLiteral):
            return self._one_of(sql, node.right, node.left.type, scope, known)
        test, over = self._elements(node.right, scope)
        return _if_known(test, self._contained(node, sql, over, scope, known, listed=test is not None))

    def _contained(
        self, node: Binary, sql: Sql, over: Sql, scope: Mapping[str, Element], known: Sql | None, *, listed: bool
    ) -> Sql:
        if node.left.type.value in {ValueType.DOUBLE, ValueType.ENTITY}:
            element = Element.inside(scope)
            each = element.name()
            if node.left.type.entity:
                each = exp.Dot(this=each, expression=exp.to_identifier(ID, quoted=True))
            equal = compared(Operator.EQUAL, each, sql.copy(), node.left.type)
            return _if_known(known, quantified(Macro.EXISTS, over, element, equal, known=listed))
        return _if_known(known, exp.ArrayContains(this=over, expression=sql.copy()))

    def _one_of(
        self, sql: Sql, among: ListLiteral, type_: Type, scope: Mapping[str, Element], known: Sql | None
    ) -> Sql:
        """Membership in a list that is written out."""
        items = [self.of(item, scope) for item in among.items]
        written = all(isinstance(item, Literal) or self._fixed(item) is not None for item in among.items)
        if not items:
            return _if_known(known, exp.false())
        if written and type_.value is not ValueType.DOUBLE:
            return exp.In(this=wrapped(sql), expressions=items)
        equal = both(
            (compared(Operator.EQUAL, sql.copy(), item.copy(), type_, fixed=(False, written)) for item in items), exp.Or
        )
        unsure = [is_known(sql) for sql, item in zip(items, among.items, strict=True) if not self._is_sure(item, scope)]
        return when((both(unsure), equal)) if unsure else equal

    def _call(self, function: Function, operands: tuple[Node, ...], scope: Mapping[str, Element]) -> Sql:
        first, *rest = (self.of(operand, scope) for operand in operands)
        if function is not Function.SIZE:
            return _TESTS[function](this=first, expression=rest[0])
        size = exp.ArraySize if operands[0].type.of is not None else exp.Length
        return exp.cast(size(this=first), "bigint")

    def _quantifier(self, node: Quantifier, scope: Mapping[str, Element]) -> Sql:
        (test, over), element = self._elements(node.over, scope), Element.inside(scope)
        inside = {**scope, node.variable: element}
        body, sure = self.of(node.body, inside), self._is_sure(node.body, inside)
        if node.where is not None:
            where = self.of(node.where, inside)
            over = quantified(Macro.FILTER, over, element, where, sure=self._is_sure(node.where, inside))
        return _if_known(test, quantified(node.macro, over, element, body, sure=sure, known=test is not None))

    def _elements(self, node: Node, scope: Mapping[str, Element]) -> tuple[Sql | None, Sql]:
        """A list, with the test that it is known where that can stand outside what is made of the list."""
        if isinstance(node, Field):
            column = self._at(node.of, node.name, scope)
            of = node.type.of
            return full(column), listed(column.copy(), times=of is not None and of.value is ValueType.TIMESTAMP)
        return None, self.of(node, scope)

    def _list(self, node: ListLiteral, scope: Mapping[str, Element]) -> Sql:
        """A list that is written out; NULL when one of its items is."""
        items = [self.of(item, scope) for item in node.items]
        of = node.type.of
        assert of is not None
        assert isinstance(of.value, ValueType)
        array = exp.cast(exp.Array(expressions=items), f"array<{_SQL_TYPES.get(of.value, 'bigint')}>", dialect="spark")
        tests = [
            is_known(sql.copy()) for sql, item in zip(items, node.items, strict=True) if not self._is_sure(item, scope)
        ]
        return when((both(tests), array)) if tests else array

    def _is_sure(self, node: Node, scope: Mapping[str, Element]) -> bool:
        """Whether a node has a value on every row, since it is made of nothing but elements and literals."""
        match node:
            case Literal():
                return True
            case Variable(name=name):
                return name == "now" or (name in scope and not node.type.entity)
            case Binary(operator=op, left=left, right=right):
                total = op in _ORDERED or node.type.value in {ValueType.DOUBLE, ValueType.STRING}
                return total and self._is_sure(left, scope) and self._is_sure(right, scope)
            case Logical(operands=operands) | Call(operands=operands):
                return all(self._is_sure(operand, scope) for operand in operands)
            case Unary(sign=Sign.NOT, operand=operand):
                return self._is_sure(operand, scope)
            case _:
                return False


def _stored(sql: Sql, type_: Type) -> Sql:
    """A column or field as expressions read it: times in microseconds, lists without NULL."""
    if type_.of is not None:
        return when((full(sql), listed(sql.copy(), times=type_.of.value is ValueType.TIMESTAMP)))
    return exp.UnixMicros(this=sql) if type_.value is ValueType.TIMESTAMP else sql


def _if_known(test: Sql | None, value: Sql) -> Sql:
    """A value where a test holds, or everywhere without one."""
    return value if test is None else when((test, value))


def _within(sql: Sql, bounds: tuple[int, int], known: tuple[int, int], value: Sql) -> Sql:
    """A value where something lies within bounds; only the sides are asked of that it can pass."""
    tests = []
    if bounds[0] > known[0]:
        tests.append(binary(exp.GTE, sql.copy(), whole(bounds[0])))
    if bounds[1] < known[1]:
        tests.append(binary(exp.LTE, sql.copy(), whole(bounds[1])))
    return when((both(tests), value)) if tests else value
