"""Rows for the bulk reading: facts as a Parquet table, and what the verdict reading says of the same facts."""

from __future__ import annotations

import math
import random
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final, TypeAlias

import duckdb

from goodstanding.clause.bulk.reading import columns, refusals
from goodstanding.clause.model import Cell, Verdict
from goodstanding.clause.tree import Condition, Type
from goodstanding.clause.values import ABSENT, EntityRef, Value
from goodstanding.clause.verdict import read_verdict
from property.conditions import BINDINGS, FACTS, NOW, FactsIn, random_condition, random_facts

Known: TypeAlias = Mapping[Cell, Value]

SQL_TYPES: Final = {
    "bool": "BOOLEAN",
    "int": "BIGINT",
    "double": "DOUBLE",
    "string": "VARCHAR",
    "timestamp": "TIMESTAMP",
    "duration": "BIGINT",
}
SPECIAL: Final = (math.nan, math.inf, -math.inf, -0.0)


def readable_conditions(chance: random.Random, number: int, depth: int = 4) -> list[Condition]:
    """Random conditions that can be read in bulk."""
    found: list[Condition] = []
    while len(found) < number:
        condition = random_condition(chance, depth)
        if not refusals(condition):
            found.append(condition)
    return found


def facts_with_extremes(chance: random.Random) -> dict[Cell, Value]:
    """Random facts, among them doubles that no fact may be, since engines can hold them."""
    known = random_facts(chance, unknown=chance.choice([0.0, 0.2, 0.5]))
    for cell, value in known.items():
        if isinstance(value, float) and chance.random() < 0.3:
            known[cell] = chance.choice(SPECIAL)
    return known


def verdict(condition: Condition, known: Known) -> bool | None:
    """What the verdict reading says, as SQL would."""
    read = read_verdict(condition, BINDINGS, FactsIn(known), now=NOW).verdict
    return {Verdict.MET: True, Verdict.NOT_MET: False, Verdict.UNDECIDED: None}[read]


def write_table(path: Path, conditions: Iterable[Condition], rows: Sequence[Known]) -> None:
    """A Parquet file with the columns that conditions read, and a column `row` that counts from 0."""
    merged = merged_columns(conditions)
    types = ", ".join(f'"{name}" {kind}' for name, kind in merged.items())
    with duckdb.connect() as connection:
        connection.execute(f"CREATE TABLE facts (row BIGINT{', ' if types else ''}{types})")
        for number, known in enumerate(rows):
            values = [value_at(name, known) for name in merged]
            marks = ", ".join(["?", *(f"CAST(? AS {kind})" for kind in merged.values())])
            connection.execute(f"INSERT INTO facts VALUES ({marks})", [number, *values])  # noqa: S608  our own names
        connection.execute(f"COPY facts TO '{path}' (FORMAT parquet)")


def merged_columns(conditions: Iterable[Condition]) -> dict[str, str]:
    """Every column with its type in SQL; structures have the fields that any condition reads."""
    fields: dict[str, dict[str, Type]] = {}
    for condition in conditions:
        for column in columns(condition):
            fields.setdefault(column.name, {}).update(column.fields)
    return {name: sql_type(name, inner) for name, inner in sorted(fields.items())}


def sql_type(name: str, fields: Mapping[str, Type]) -> str:
    """The type of a column, from what its facts are."""
    if fields:
        inner = ", ".join(f'"{field}" {sql_type(f"order.{field}", {})}' for field in sorted(fields))
        return f"STRUCT({inner})[]"
    kind = kind_of(name)
    if kind in FACTS:
        return "VARCHAR"
    listed, _, of = kind.rpartition(" ")
    if listed:
        return f"{SQL_TYPES[of]}[]" if of in SQL_TYPES else "STRUCT(id VARCHAR)[]"
    return SQL_TYPES[kind]


def kind_of(name: str) -> str:
    """What a column holds, as `FACTS` calls it."""
    kind, *facts = name.split(".")
    for fact in facts:
        kind = {"absent": "bool", "id": "string"}.get(fact) or FACTS[kind][fact]
    return kind


def value_at(name: str, known: Known) -> object:
    """What a row has in a column."""
    variable, *facts = name.split(".")
    return of_entity(BINDINGS[variable], facts, known)


def of_entity(entity: EntityRef, facts: Sequence[str], known: Known) -> object:
    """What is known of an entity along a path of facts."""
    if not facts:
        return str(entity)
    value = known.get(Cell(entity, facts[0]))
    if facts[1:] == ["absent"]:
        return None if value is None else value is ABSENT
    if isinstance(value, EntityRef) and facts[1:]:
        return of_entity(value, facts[1:], known)
    return None if value is ABSENT else stored(value, known)


def stored(value: Value | None, known: Known) -> object:
    """A value as DuckDB takes it."""
    match value:
        case datetime():
            return value.replace(tzinfo=None)
        case timedelta():
            return value // timedelta(microseconds=1)
        case EntityRef():
            return str(value)
        case tuple():
            return [structure(item, known) if isinstance(item, EntityRef) else stored(item, known) for item in value]
        case _:
            return value


def structure(entity: EntityRef, known: Known) -> dict[str, object]:
    """An element of a list of entities, with all that is known of it."""
    facts = {fact: of_entity(entity, [fact], known) for fact in FACTS[entity.kind]}
    absent = {f"{fact}.absent": of_entity(entity, [fact, "absent"], known) for fact in FACTS[entity.kind]}
    return {"id": str(entity), **facts, **absent}
