"""Conditions as nested tuples, their CEL text, and the naive reference: what each means, as plainly as it can be said.

`("fact", root, name)`, `("has", root, name)`, `("lit", v)`, `("not", a)`, `("and", a, b)`, `("or", a, b)`,
`("if", a, b, c)`, `("op", sign, a, b)`, and over `owner.orders` `("exists" | "all" | "exists_one", variable, body)` and
`("count", variable, body)`.
"""

from __future__ import annotations

import operator
import random
from collections.abc import Callable, Mapping
from functools import partial
from typing import Final

from goodstanding.clause.operators import EvaluationError, apply
from goodstanding.clause.tree import Operator
from goodstanding.clause.values import ABSENT, EntityRef, Value
from unit.clause.world import ACCOUNT, OWNER

Term = tuple[object, ...]
UNDECIDED: Final = "undecided"
BOOLEANS = (("account", "verified"), ("account", "blocked"))
NUMBERS = (("account", "balance"), ("owner", "strikes"))
OF_ORDER = ("in_force", "forbids_supply")


def source(term: Term, name: Callable[[str, str], str] = "{}.{}".format) -> str:
    """The CEL text; `name` writes a fact."""
    match term:
        case ("lit", value):
            return str(value).lower()
        case ("fact", str(root), str(fact)):
            return name(root, fact)
        case ("has", str(root), str(fact)):
            return f"has({name(root, fact)})"
        case ("not", tuple(a)):
            return f"!({source(a, name)})"
        case ("and" | "or" as word, tuple(a), tuple(b)):
            return f"({source(a, name)} {'&&' if word == 'and' else '||'} {source(b, name)})"
        case ("if", tuple(a), tuple(b), tuple(c)):
            return f"({source(a, name)} ? {source(b, name)} : {source(c, name)})"
        case ("op", sign, tuple(a), tuple(b)):
            return f"({source(a, name)} {sign} {source(b, name)})"
        case ("count", variable, tuple(body)):
            return f"size(owner.orders.filter({variable}, {source(body, name)}))"
        case (macro, variable, tuple(body)):
            return f"owner.orders.{macro}({variable}, {source(body, name)})"
    raise AssertionError(term)


def meaning(term: Term, known: Mapping[str, Value], scope: Mapping[str, EntityRef]) -> Value:
    """The value, or `UNDECIDED` for unknown and error alike."""
    match term:
        case ("lit", int() as literal):
            return literal
        case ("fact" | "has" as what, str(root), str(fact)):
            value = known.get(f"{scope[root]}.{fact}", UNDECIDED)
            if value is UNDECIDED or what == "fact":
                return UNDECIDED if value is ABSENT else value
            return value is not ABSENT
        case ("if", tuple(a), tuple(b), tuple(c)):
            test = meaning(a, known, scope)
            return test if test is UNDECIDED else meaning(b if test else c, known, scope)
        case ("not", tuple(a)):
            return _strict(operator.not_, [meaning(a, known, scope)])
        case ("and" | "or" as word, tuple(a), tuple(b)):
            return _logical([meaning(a, known, scope), meaning(b, known, scope)], absorbing=word == "or")
        case ("op", str(sign), tuple(a), tuple(b)):
            return _strict(partial(apply, Operator(sign)), [meaning(a, known, scope), meaning(b, known, scope)])
        case (str(macro), str(variable), tuple(body)):
            return _over_orders(macro, variable, body, known, scope)
    raise AssertionError(term)


def _over_orders(
    macro: str, variable: str, body: Term, known: Mapping[str, Value], scope: Mapping[str, EntityRef]
) -> Value:
    orders = known.get(f"{OWNER}.orders", UNDECIDED)
    if not isinstance(orders, tuple):
        return UNDECIDED
    bodies = [meaning(body, known, {**scope, variable: order}) for order in orders if isinstance(order, EntityRef)]
    match macro:
        case "exists" | "all":
            return _logical(bodies, absorbing=macro == "exists")
        case "exists_one":
            return _strict(lambda *values: values.count(True) == 1, bodies)
    return _strict(lambda *values: values.count(True), bodies)


def _strict(function: Callable[..., Value], operands: list[Value]) -> Value:
    if UNDECIDED in operands:
        return UNDECIDED
    try:
        return function(*operands)
    except EvaluationError:
        return UNDECIDED


def _logical(operands: list[Value], *, absorbing: bool) -> Value:
    if any(operand is absorbing for operand in operands):
        return absorbing
    return UNDECIDED if UNDECIDED in operands else not absorbing


def random_term(chance: random.Random, depth: int, *, roots: tuple[str, ...] = (), quantifiers: bool = True) -> Term:
    """A boolean condition; `roots` are the elements in scope."""

    def boolean(depth: int, roots: tuple[str, ...]) -> Term:
        facts = [*BOOLEANS, *((root, fact) for root in roots for fact in OF_ORDER * 2)]
        if depth == 0 or chance.random() < 0.15:
            what = "has" if quantifiers and chance.random() < 0.15 else "fact"
            return ("lit", chance.random() < 0.5) if chance.random() < 0.05 else (what, *chance.choice(facts))
        kinds = ["not", "and", "and", "or", "or", "if", "op", "op"] + ["exists", "all", "exists_one"] * quantifiers
        kind = chance.choice(kinds)
        if kind in {"exists", "all", "exists_one"}:
            variable = f"o{len(roots)}"
            return (kind, variable, boolean(depth - 1, (*roots, variable)))
        if kind == "op":
            sign = chance.choice(["<", "<=", ">", ">=", "==", "!="])
            return ("op", sign, number(depth - 1, roots), number(depth - 1, roots))
        arity = {"not": 1, "if": 3}.get(kind, 2)
        return (kind, *(boolean(depth - 1, roots) for _ in range(arity)))

    def number(depth: int, roots: tuple[str, ...]) -> Term:
        if depth == 0 or chance.random() < 0.5:
            return ("lit", chance.randint(-3, 3)) if chance.random() < 0.4 else ("fact", *chance.choice(NUMBERS))
        if quantifiers and chance.random() < 0.3:
            variable = f"o{len(roots)}"
            return ("count", variable, boolean(depth - 1, (*roots, variable)))
        return ("op", chance.choice(["+", "-", "*", "/", "%"]), number(depth - 1, roots), number(depth - 1, roots))

    return boolean(depth, roots)


def random_facts(chance: random.Random, orders: tuple[EntityRef, ...], *, dropped: float) -> dict[str, Value]:
    """Facts of an account, its owner and the owner's orders, some of them unknown, some on record as absent."""
    cells: dict[str, Value] = {f"{OWNER}.orders": orders}
    for root, fact in BOOLEANS:
        cells[f"{ACCOUNT if root == 'account' else OWNER}.{fact}"] = chance.random() < 0.5
    for root, fact in NUMBERS:
        cells[f"{ACCOUNT if root == 'account' else OWNER}.{fact}"] = chance.randint(-3, 3)
    for order in orders:
        for fact in OF_ORDER:
            cells[f"{order}.{fact}"] = chance.random() < 0.5
    kept = {key: value for key, value in cells.items() if chance.random() >= dropped}
    return {key: ABSENT if chance.random() < 0.05 else value for key, value in kept.items()}
