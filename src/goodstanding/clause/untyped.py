"""Expressions over a plain dictionary of facts, without a vocabulary: what `goodstanding clause eval` answers.

Standard CEL, typed only when it is read. A top-level fact that is absent is unknown and never decides; a map inside the
facts follows CEL, so that a key which is missing there is an error. JSON's whole numbers are CEL's `int`, other
numbers are doubles. Nothing is raised for what an author or the facts get wrong.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from functools import lru_cache
from typing import Final, TypeGuard

import msgspec

from goodstanding.clause.build import Builder
from goodstanding.clause.cel import parse
from goodstanding.clause.diagnostics import plain_words
from goodstanding.clause.fact_names import FACTS, FactNames
from goodstanding.clause.json_values import Plain, from_json, to_json
from goodstanding.clause.model import Cell, Known, Unknown, Why
from goodstanding.clause.time_parts import Zones, no_zones
from goodstanding.clause.tree import Condition, Failure, Field, Has, Node, Variable, walk
from goodstanding.clause.values import Value
from goodstanding.clause.verdict import read_value
from goodstanding.errors import ConditionError, ConditionProblem

_NOW: Final = datetime(1970, 1, 1, tzinfo=UTC)
"""No expression here can name the time of reading; `now` is a fact like any other."""


class Evaluation(msgspec.Struct, frozen=True, kw_only=True):
    """What an expression gives.

    `value` is `None` when it is not known or is an error (CEL's null is `NULL`). `because` is the smallest set of facts
    that gives the value with everything else unknown. `missing` are the unknown facts that could still give one.
    """

    value: Value | None = None
    error: str | None = None
    because: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()

    def as_json(self) -> dict[str, Plain]:
        """`{"value": …, "error": …, "because": […], "missing": […]}`."""
        return {
            "value": None if self.value is None else to_json(self.value),
            "error": self.error,
            "because": list(self.because),
            "missing": list(self.missing),
        }


class _Given(msgspec.Struct, frozen=True):
    """The facts of one evaluation; each is read as a value of CEL when it is asked for."""

    values: Mapping[str, Value]

    def read(self, cell: Cell) -> Known | Unknown:
        """What is known at a cell."""
        if cell.fact in self.values:
            return Known(self.values[cell.fact])
        return Unknown(Why.NO_EVIDENCE)


def evaluate(source: str, facts: Mapping[str, object], *, zones: Zones = no_zones) -> Evaluation:
    """Evaluate an expression over facts by name, as JSON has them; `zones` knows time zones by name."""
    try:
        condition = _read(source, FactNames.of(facts))
        values = {name: from_json(facts[name], name) for name in {fact for _, fact in condition.reads} & facts.keys()}
    except ConditionError as error:
        return Evaluation(error="; ".join(_said(problem) for problem in error.problems))
    except ValueError as error:
        return Evaluation(error=str(error))
    return _evaluated(condition, values, zones)


def evaluate_values(source: str, values: Mapping[str, Value], *, zones: Zones = no_zones) -> Evaluation:
    """Evaluate an expression over facts that are values of CEL already."""
    try:
        condition = _read(source, FactNames.of(values))
    except ConditionError as error:
        return Evaluation(error="; ".join(_said(problem) for problem in error.problems))
    return _evaluated(condition, values, zones)


def without_meaning(source: str) -> tuple[ConditionProblem, ...]:
    """What of an expression has no value whatever the facts are, such as a function of an extension, or its syntax."""
    try:
        nodes = walk(_read(source, FactNames.of(())).tree)
    except ConditionError as error:
        return tuple(_plainly(problem) for problem in error.problems)
    found = [node for node in nodes if isinstance(node, Failure)]
    return tuple(ConditionProblem(message=n.message, line=n.line, column=n.column) for n in found)


def _evaluated(condition: Condition, values: Mapping[str, Value], zones: Zones) -> Evaluation:
    reading = read_value(condition, {"": FACTS}, _Given(values), now=_NOW, zones=zones)
    if reading.value is None:
        return Evaluation(error="; ".join(reading.errors) or None, missing=tuple(cell.fact for cell in reading.missing))
    smallest = reading.sufficient[0]
    return Evaluation(value=reading.value, because=tuple(cell.fact for cell in smallest))


@lru_cache(maxsize=1_024)
def _read(source: str, names: FactNames) -> Condition:
    """Parse an expression; which path is a fact depends on the names of the facts.

    Raises:
        ConditionError: it is not well formed.
    """
    tree = Builder(source, parse(source), names).build(frozenset(), None)
    reads = tuple(sorted({("", node.name) for node in walk(tree) if _is_fact(node)}))
    return Condition(source=source, tree=tree, variables=(("", FACTS.kind),), reads=reads, facts=())


def _is_fact(node: Node) -> TypeGuard[Field | Has]:
    """Whether a node reads a fact, and not a key of a map."""
    return isinstance(node, Field | Has) and isinstance(node.of, Variable) and not node.of.name


def _plainly(problem: ConditionProblem) -> ConditionProblem:
    """A problem of the source in our words."""
    message, hint = plain_words(problem.message)
    return ConditionProblem(message=message, line=problem.line, column=problem.column, hint=problem.hint or hint)


def _said(problem: ConditionProblem) -> str:
    """A problem of the source as one line."""
    plain = _plainly(problem)
    hint = f": {plain.hint}" if plain.hint else ""
    return f"{plain.message}{hint} (line {plain.line}, column {plain.column})"
