"""Lists and their macros in SQL, three-valued.

What is undecided of an element must neither vanish, as engines' aggregates let NULL vanish, nor count as false.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec
from sqlglot import exp

from goodstanding.clause.bulk.values import Sql, binary, is_known, when, wrapped
from goodstanding.clause.tree import Macro

if TYPE_CHECKING:
    from collections.abc import Mapping

FULL = "LIST_COUNT"
"""The function that counts the elements that are not NULL; `dialects` writes it for each engine."""


class Element(msgspec.Struct, frozen=True):
    """The parameter of a lambda, by how deep it stands; the blank keeps it apart from every name of a condition."""

    depth: int

    @classmethod
    def inside(cls, scope: Mapping[str, Element]) -> Element:
        """The next one inside others."""
        return cls(1 + max((element.depth for element in scope.values()), default=0))

    def name(self) -> Sql:
        """Its name, as an expression."""
        return exp.column(self.identifier())

    def identifier(self) -> exp.Identifier:
        """Its name, as the lambda declares it."""
        return exp.to_identifier(f"element {self.depth}", quoted=True)


def full(column: Sql) -> Sql:
    """Whether a list, as a column holds it, is known: NULL or false when it is not."""
    return exp.EQ(this=exp.Anonymous(this=FULL, expressions=[column]), expression=exp.ArraySize(this=column.copy()))


def listed(column: Sql, *, times: bool) -> Sql:
    """The elements of a list, as a column holds it, in the form that expressions read."""
    element = Element(0)
    return _each(column, element, exp.UnixMicros(this=element.name())) if times else column


def quantified(macro: Macro, over: Sql, element: Element, body: Sql, *, sure: bool = False, known: bool = False) -> Sql:
    """A macro over a list; `sure` says that the body is never NULL, `known` that the list is not."""
    match macro:
        case Macro.EXISTS:
            return _decided_by(exp.ArrayMax, over, element, body, empty=0, known=known)
        case Macro.ALL:
            return _decided_by(exp.ArrayMin, over, element, body, empty=2, known=known)
        case Macro.EXISTS_ONE:
            size = exp.ArraySize(this=exp.ArrayFilter(this=over, expression=_lambda(element, body)))
            result: Sql = exp.EQ(this=size, expression=exp.Literal.number(1))
        case Macro.MAP:
            result = _each(over, element, body)
        case _:
            result = exp.ArrayFilter(this=over, expression=_lambda(element, body))
    return result if sure else when((_all_known(over.copy(), element, body.copy()), result))


def _decided_by(extreme: type[exp.Func], over: Sql, element: Element, body: Sql, *, empty: int, known: bool) -> Sql:
    """`exists` and `all`: 2 for true, 1 for undecided, 0 for false, and the greatest or least of them decides."""
    twice = exp.Mul(this=exp.cast(wrapped(body), "int"), expression=exp.Literal.number(2))
    graded = exp.Coalesce(this=twice, expressions=[exp.Literal.number(1)])
    nothing: Sql = exp.Literal.number(empty)
    if not known:
        nothing = when((is_known(over.copy()), nothing))
    grade = exp.Coalesce(this=extreme(this=_each(over, element, graded)), expressions=[nothing])
    arms = [
        exp.If(this=exp.Literal.number(2), true=exp.true()),
        exp.If(this=exp.Literal.number(0), true=exp.false()),
    ]
    return exp.Case(this=grade, ifs=arms)


def _all_known(over: Sql, element: Element, body: Sql) -> Sql:
    """Whether the body has a value for every element."""
    known = exp.cast(exp.paren(is_known(body)), "int")
    least = exp.ArrayMin(this=_each(over, element, known))
    return binary(exp.EQ, exp.Coalesce(this=least, expressions=[exp.Literal.number(1)]), exp.Literal.number(1))


def _each(over: Sql, element: Element, body: Sql) -> Sql:
    return exp.Transform(this=over, expression=_lambda(element, body))


def _lambda(element: Element, body: Sql) -> exp.Lambda:
    return exp.Lambda(this=body, expressions=[element.identifier()])
