"""Random well-typed conditions as source text, and random facts to read them on, over a small vocabulary.

Everything is drawn from one `random.Random`, so that a seed is an example. The extremes are drawn as often as the rest:
the ends of 64 bits, of the calendar and of lengths of time, doubles that become infinite or NaN, empty lists, strings
beyond the first plane, combining and right to left, facts that nobody knows and facts on record as absent.
"""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Final

from goodstanding.clause.model import Cell, Known, Unknown, Why
from goodstanding.clause.parse import Conditions
from goodstanding.clause.tree import Condition
from goodstanding.clause.values import ABSENT, EntityRef, Value
from goodstanding.clause.vocabulary_document import read_vocabulary
from goodstanding.errors import ConditionError

FACTS: Final[Mapping[str, Mapping[str, str]]] = {
    "account": {
        "flag": "bool",
        "open": "bool",
        "n": "int",
        "m": "int",
        "x": "double",
        "y": "double",
        "name": "string",
        "code": "string",
        "opened": "timestamp",
        "idle": "duration",
        "flags": "list bool",
        "ns": "list int",
        "xs": "list double",
        "tags": "list string",
        "seen": "list timestamp",
        "waits": "list duration",
        "owner": "owner",
    },
    "owner": {"known": "bool", "strikes": "int", "name": "string", "orders": "list order", "main": "order"},
    "ad": {"price": "double", "topic": "string", "shown": "timestamp", "bold": "bool"},
    "order": {
        "in_force": "bool",
        "weight": "int",
        "score": "double",
        "label": "string",
        "issued": "timestamp",
        "span": "duration",
        "products": "list string",
        "by": "owner",
    },
}
"""Facts by entity, each with its type; `list order` is a list of orders, `owner` a fact that names an owner."""

SCALARS: Final = ("bool", "int", "double", "string", "timestamp", "duration")
VARIABLES: Final = {"account": "account", "owner": "owner", "ad": "ad", "order": "order"}
ORDERS: Final = tuple(EntityRef("order", f"r{number}") for number in range(3))
OWNERS: Final = (EntityRef("owner", "o"), EntityRef("owner", "p"))
BINDINGS: Final = {
    "account": EntityRef("account", "a"),
    "owner": OWNERS[0],
    "ad": EntityRef("ad", "d"),
    "order": ORDERS[0],
}
ENTITIES: Final = {"account": (BINDINGS["account"],), "owner": OWNERS, "ad": (BINDINGS["ad"],), "order": ORDERS}
NOW: Final = datetime(2024, 9, 30, tzinfo=UTC)

LONGEST: Final = timedelta(microseconds=(2**63 - 1) // 1000)
VALUES: Final[Mapping[str, Sequence[Value]]] = {
    "bool": (True, False),
    "int": (0, 1, -1, 2, 3, -3, 7, -7, 2**63 - 1, -(2**63), 2**53 + 1),
    "double": (0.0, -0.0, 1.0, 1.5, -2.5, 3.0, 0.1, 1e308, -1e308, 5e-324, 2.0**63),
    "string": (
        "",
        "a",
        "ab",
        "b",
        "é",
        "e\u0301",
        "🦊",
        "\uffff",
        "👩‍🚀a",
        "אב",
        "\u200fa",
        "a b",
        "A",
        "%a_",
        "'\"\\",
        "\n",
    ),
    "timestamp": (
        NOW,
        datetime(1, 1, 1, tzinfo=UTC),
        datetime(9999, 12, 31, 23, 59, 59, 999999, tzinfo=UTC),
        datetime(2024, 2, 29, 12, tzinfo=UTC),
        datetime(1969, 12, 31, 23, 59, 59, 1, tzinfo=UTC),
    ),
    "duration": (
        timedelta(0),
        timedelta(hours=36),
        timedelta(microseconds=1),
        timedelta(seconds=-1),
        timedelta(days=366),
        LONGEST,
        -LONGEST,
    ),
}
PLAIN: Final = {"int": 7, "double": 7, "string": 5, "timestamp": 1, "duration": 5, "bool": 2}
"""How many of the first values are no extremes."""


def _document() -> str:
    """The vocabulary that says all this."""
    lines = ["id: random-words", "version: 1", "language: en", "capabilities: {advertise: promote posts}", "topics: {}"]
    lines += ["audiences: {}", "entities:"]
    for kind, facts in FACTS.items():
        lines += [f"  {kind}:", f"    label: the {kind}", "    facts:"]
        for name, type_ in facts.items():
            word, _, of = type_.rpartition(" ")
            said = f"type: list, of: {of}" if word else f"type: {type_}" if type_ in SCALARS else _entity(type_)
            holds = ", holds: is so, holds_not: is not so" if type_ == "bool" else ""
            remedy = f"changed_by: advertiser, remedy: mend the {name}"
            lines.append(f"      {name}: {{{said}, label: the {name}{holds}, accepts: [finding], {remedy}}}")
    return "\n".join(lines) + "\n"


def _entity(kind: str) -> str:
    return f"type: entity, of: {kind}"


VOCABULARY: Final = read_vocabulary(_document(), file="random-words.yaml")
CONDITIONS: Final = Conditions(VOCABULARY)


def seeded(seed: int | str | bytes) -> random.Random:
    """Chance that is the same in every run."""
    return random.Random(seed)  # noqa: S311  nothing is kept secret here


class FactsIn:
    """Facts by cell; whatever is not there is unknown."""

    def __init__(self, known: Mapping[Cell, Value]) -> None:
        self.known = known

    def read(self, cell: Cell) -> Known | Unknown:
        """What is known at a cell."""
        return Known(self.known[cell]) if cell in self.known else Unknown(Why.NO_EVIDENCE)


def random_facts(chance: random.Random, *, unknown: float = 0.2, absent: float = 0.03) -> dict[Cell, Value]:
    """What is known of the entities: each fact with its chance of being unknown, or on record as absent."""
    known: dict[Cell, Value] = {}
    for kind, facts in FACTS.items():
        for entity in ENTITIES[kind]:
            for name, type_ in facts.items():
                if chance.random() >= unknown:
                    known[Cell(entity, name)] = ABSENT if chance.random() < absent else random_value(chance, type_)
    return known


def random_value(chance: random.Random, type_: str) -> Value:
    """A value of a type; lists hold up to three, entities each once."""
    listed, _, of = type_.rpartition(" ")
    if listed and of in ENTITIES:
        return tuple(chance.sample(ENTITIES[of], chance.randint(0, len(ENTITIES[of]))))
    if listed:
        return tuple(random_value(chance, of) for _ in range(chance.randint(0, 3)))
    if type_ in ENTITIES:
        return chance.choice(ENTITIES[type_])
    extreme = chance.random() < 0.25
    return chance.choice(VALUES[type_] if extreme else VALUES[type_][: PLAIN[type_]])


def random_condition(chance: random.Random, depth: int = 4) -> Condition:
    """A condition that gives true or false; a fact asked of the items of `[]`, which are of no kind, is drawn again."""
    while True:
        try:
            return CONDITIONS.read(Author(chance).write("bool", depth), variables=VARIABLES)
        except ConditionError as error:
            if not all("it is not known here what has" in problem.message for problem in error.problems):
                raise


class Author:
    """Writes expressions of a given type over the variables in scope; every element of a macro gets a new name."""

    def __init__(self, chance: random.Random) -> None:
        self.chance = chance
        self.scope = {**VARIABLES, "now": "timestamp"}

    def write(self, type_: str, depth: int) -> str:
        """An expression of a type, nested at most so deep."""
        if depth <= 0 or self.chance.random() < 0.12:
            return self._atom(type_)
        if self.chance.random() < 0.08:
            return (
                f"({self.write('bool', depth - 1)} ? {self.write(type_, depth - 1)} : {self.write(type_, depth - 1)})"
            )
        if type_ == "bool":
            return self._bool(depth - 1)
        if type_.startswith("list "):
            return self._list(type_.removeprefix("list "), depth - 1)
        return self._computed(type_, depth - 1)

    def _bool(self, depth: int) -> str:
        draw = self.chance.choice
        match draw(["&&", "||", "&&", "||", "!", "compare", "compare", "equal", "in", "macro", "macro", "text", "has"]):
            case "&&" | "||" as connective:
                parts = [self.write("bool", depth) for _ in range(self.chance.choice([2, 2, 3]))]
                return f"({f' {connective} '.join(parts)})"
            case "!":
                return f"!({self.write('bool', depth)})"
            case "compare":
                return self._pair(draw(SCALARS), draw(["<", "<=", ">", ">="]), depth)
            case "equal":
                return self._pair(self._any_type(), draw(["==", "!="]), depth)
            case "in":
                of = draw([*SCALARS, "order"])
                return f"({self.write(of, depth)} in {self.write(f'list {of}', depth)})"
            case "macro":
                return self._macro(draw(["exists", "all", "exists_one"]), draw([*SCALARS, "order", "order"]), depth)
            case "text":
                name = draw(["startsWith", "endsWith", "contains"])
                return f"{self.write('string', depth)}.{name}({self.write('string', depth)})"
        return self._has()

    def _has(self) -> str:
        entity = self._atom(self.chance.choice(["account", "owner", "order", "order"]))
        kind = self._kind_of(entity)
        return f"has({entity}.{self.chance.choice(list(FACTS[kind]))})"

    def _pair(self, type_: str, sign: str, depth: int) -> str:
        return f"({self.write(type_, depth)} {sign} {self.write(type_, depth)})"

    def _any_type(self) -> str:
        return self.chance.choice([*SCALARS, "order", "owner", "list order", *(f"list {scalar}" for scalar in SCALARS)])

    def _macro(self, name: str, of: str, depth: int) -> str:
        """`exists`, `all`, `exists_one` or `filter` over a list."""
        over = self.write(f"list {of}", depth)
        return f"{over}.{name}({self._inside(of, 'bool', depth)})"

    def _inside(self, of: str, type_: str, depth: int) -> str:
        """The element's name, and an expression in which it is in scope."""
        variable = f"e{len(self.scope)}"
        self.scope[variable] = of
        body = self.write(type_, depth)
        del self.scope[variable]
        return f"{variable}, {body}"

    def _list(self, of: str, depth: int) -> str:
        match self.chance.choice(["+", "filter", "map", "map", "literal", "literal"]):
            case "+":
                return self._pair(f"list {of}", "+", depth)
            case "filter":
                return self._macro("filter", of, depth)
            case "map":
                over = self.chance.choice([*SCALARS, "order"])
                test = f"{self._inside(over, 'bool', depth - 1)}, " if self.chance.random() < 0.4 else ""
                inside = self._inside(over, of, depth - 1)
                mapped = inside.partition(", ")[2] if test else inside
                return f"{self.write(f'list {over}', depth - 1)}.map({test}{mapped})"
        items = [self.write(of, min(depth, 1)) for _ in range(self.chance.randint(0, 3))]
        return f"[{', '.join(items)}]" if items else self._atom(f"list {of}")

    def _computed(self, type_: str, depth: int) -> str:
        """Arithmetic that gives a type; what has none is named."""
        draw = self.chance.choice
        match type_:
            case "int" if self.chance.random() < 0.3:
                return f"size({self.write(draw(['string', 'list int', 'list order', 'list string']), depth)})"
            case "int":
                if self.chance.random() < 0.15:
                    return f"(-({self.write('int', depth)}))"
                return self._pair("int", draw(["+", "-", "*", "/", "%"]), depth)
            case "double":
                if self.chance.random() < 0.15:
                    return f"(-({self.write('double', depth)}))"
                return self._pair("double", draw(["+", "-", "*", "/"]), depth)
            case "string":
                return self._pair("string", "+", depth)
            case "timestamp":
                if self.chance.random() < 0.3:
                    return f"({self.write('duration', depth)} + {self.write('timestamp', depth)})"
                return f"({self.write('timestamp', depth)} {draw(['+', '-'])} {self.write('duration', depth)})"
            case "duration":
                return self._pair(draw(["duration", "duration", "timestamp"]), "-", depth)
        return self._atom(type_)

    def _atom(self, type_: str) -> str:
        """A fact, a variable or a literal."""
        named = self._named(type_)
        listed, _, of = type_.rpartition(" ")
        if named and self.chance.random() < (0.75 if listed or type_ != "bool" else 0.95):
            return self.chance.choice(named)
        if listed:
            items = [self._atom(of) for _ in range(self.chance.randint(0 if self.chance.random() < 0.3 else 1, 3))]
            return f"[{', '.join(items)}]"
        if type_ in ENTITIES:
            return self.chance.choice(named)
        return literal(random_value(self.chance, type_))

    def _named(self, type_: str) -> list[str]:
        """Every variable and fact of a type, through at most one fact that names an entity; elements twice."""
        found = []
        for name, kind in self.scope.items():
            weight = 3 if name.startswith("e") else 1
            found += [name] * weight * (kind == type_)
            for fact, of in FACTS.get(kind, {}).items():
                found += [f"{name}.{fact}"] * weight * (of == type_)
                if of in ENTITIES:
                    found += [f"{name}.{fact}.{far}" for far, its in FACTS[of].items() if its == type_]
        return found

    def _kind_of(self, path: str) -> str:
        """The kind of entity that a path names."""
        variable, *facts = path.split(".")
        kind = self.scope[variable]
        for fact in facts:
            kind = FACTS[kind][fact]
        return kind


def literal(value: Value) -> str:
    """A value as CEL writes it."""
    match value:
        case bool():
            return "true" if value else "false"
        case datetime():
            return f"timestamp('{value.strftime('%Y-%m-%dT%H:%M:%S.%fZ').rjust(27, '0')}')"
        case timedelta():
            seconds, rest = divmod(abs(value) // timedelta(microseconds=1), 10**6)
            return f"duration('{'-' * (value < timedelta(0))}{seconds}.{rest:06}s')"
        case str():
            letters = (letter if letter.isalnum() else f"\\U{ord(letter):08x}" for letter in value)
            return f"'{''.join(letters)}'"
        case int():
            return str(value)
        case float():
            return repr(value)
    raise AssertionError(value)
