"""How examples are written: ```` ```example ```` blocks under a clause, read with every problem at its place.

::

    name: an order that binds only offices      # optional
    given:                                      # facts; what is not there is not known
      order.on_security_grounds: true
      order.in_force: {value: true, grade: report}      # on evidence of a certain grade
      order.territory: [US]
      owner.orders: [order, other]              # names that are no variable stand for further entities
      other.in_force: false
      account.name: absent                      # evidence records that there is none
    now: 2024-09-30                             # needed where the clause reads `now`
    expect: not met                             # met | not met | undecided
    because: [order.in_force]                   # optional: a smallest set of facts that decides
    missing: []                                 # optional: the unknown facts that still matter
    restricts: {territory: [US], topics: all}   # optional: capabilities, territory, topics, audience

Grammar of a fact: NAME `.` FACT, where NAME is a variable of the clause or an entity that another fact names.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from goodstanding.clause.marked_yaml import did_you_mean
from goodstanding.clause.model import Cell, Verdict
from goodstanding.clause.tree import Variable, walk
from goodstanding.clause.values import EntityRef
from goodstanding.errors import PolicyError
from goodstanding.kernel.extents import ALL, Extent
from goodstanding.kernel.grades import Grade
from goodstanding.kernel.instants import instant
from goodstanding.policy.binding import facts_of
from goodstanding.policy.checks import visible_to
from goodstanding.policy.examples.rules import SIDES, Example, Given
from goodstanding.policy.examples.values import Values
from goodstanding.policy.keys import Keys
from goodstanding.policy.sections import read_structure
from goodstanding.policy.source import Source, Span, line_starts, with_plain_line_ends
from goodstanding.policy.yaml_parts import Block, Items, Table, Text, read_table

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from goodstanding.clause.tree import Node
    from goodstanding.clause.vocabulary import Vocabulary
    from goodstanding.errors import Problem
    from goodstanding.policy.model import Clause, Policy
    from goodstanding.policy.yaml_parts import Field, Part

_KNOWN = ("name", "given", "now", "expect", "because", "missing", "restricts")
_REQUIRED = ("expect",)


def read_examples(policy: Policy, *, file: str, vocabulary: Vocabulary) -> tuple[Example, ...]:
    """The examples of a policy, in the order of the document; `file` is what places are named by.

    Raises:
        PolicyError: an example can't be read; every problem is listed with its place.
    """
    source = Source(file=file, text=with_plain_line_ends(policy.text))
    problems: list[Problem] = []
    sections = read_structure(source, problems).sections
    found = []
    for section, clause in zip(sections, policy.clauses, strict=True):
        for block in section.examples:
            if clause.condition is None:
                message = "the clause has no condition that an example could run"
                problems.append(source.problem(block.fence, message, "remove the example, or give the clause a block"))
                continue
            table = read_table(block, source=source, problems=problems)
            if table is not None:
                keys = Keys(table, source=source, problems=problems, whole=block.fence)
                found.append(_Reading(keys, clause, vocabulary).example(policy.in_force_from))
    if problems:
        raise PolicyError(problems)
    return tuple(found)


def read_case(
    text: str,
    *,
    file: str,
    clause: Clause,
    vocabulary: Vocabulary,
    now: datetime,
    others: frozenset[str] = frozenset(),
) -> Example:
    """A file of facts as a case of one clause: `order.in_force: true`, one a line, and `now` where it is another time.

    `others`: variables of other clauses, whose facts this one leaves alone. Nothing is expected of it.

    Raises:
        PolicyError: the file can't be read; every problem is listed with its place.
    """
    source = Source(file=file, text=with_plain_line_ends(text))
    problems: list[Problem] = []
    block = Block(text=source.text, starts=tuple(line_starts(source.text)), fence=Span(0, 1))
    table = read_table(block, source=source, problems=problems)
    keys = Keys(table or Table((), block.fence), source=source, problems=problems, whole=block.fence)
    reading = _Reading(keys, clause, vocabulary)
    own = tuple(one for one in keys.table.fields if one.key != "now" and _root(one) not in others - reading.names)
    example = Example(
        clause=clause.id,
        name="",
        place=source.place(0),
        bindings=reading.bindings,
        given=tuple(reading.given(own)),
        now=reading.now(now),
        expect=Verdict.UNDECIDED,
    )
    if problems:
        raise PolicyError(problems)
    return example


class _Reading:
    """One example under examination; `entities` are the names that facts may be given of."""

    def __init__(self, keys: Keys, clause: Clause, vocabulary: Vocabulary) -> None:
        self._keys = keys
        self._clause = clause
        self._vocabulary = vocabulary
        bound = {clause.each.name: clause.each.kind} if clause.each else {}
        kinds = {name: name for name in visible_to(clause)} | bound
        self.bindings = {name: EntityRef(kind, name) for name, kind in sorted(kinds.items())}
        self.names = frozenset(self.bindings)
        self._entities = dict(self.bindings)

    def example(self, start: datetime) -> Example:
        """The whole example; problems are added to those of the keys."""
        keys = self._keys
        keys.expect(what="an example", known=_KNOWN, required=_REQUIRED)
        condition = self._clause.condition
        if condition is not None and any(map(_is_now, walk(condition.tree))) and not keys.has("now"):
            keys.refuse(keys.whole, "the clause reads `now`, and the example has none", "add `now: 2024-09-30`")
        given = tuple(self.given(self._table("given")))
        verdict = keys.choice("expect", Verdict, what="a verdict") or Verdict.UNDECIDED
        return Example(
            clause=self._clause.id,
            name=keys.word("name"),
            place=keys.source.place(keys.whole.start),
            bindings=self.bindings,
            given=given,
            now=self.now(start),
            expect=verdict,
            because=self._cells("because"),
            missing=self._cells("missing"),
            restricts=self._restricts(verdict),
        )

    def now(self, otherwise: datetime) -> datetime:
        """The instant at which the clause is read."""
        text = self._keys.text("now")
        if text is None:
            return otherwise
        try:
            return instant(text.value)
        except ValueError as error:
            message, _, hint = str(error).partition(": ")
            self._keys.refuse(text.span, message, hint)
            return otherwise

    def given(self, fields: tuple[Field, ...]) -> Iterator[Given]:
        """The facts; one that names an entity makes that name known to the others, wherever they stand."""
        waiting = list(fields)
        while ready := [field for field in waiting if _root(field) in self._entities]:
            waiting = [field for field in waiting if field not in ready]
            for field in ready:
                cell = self._cell(field.key, field.span)
                given = self._fact(cell, field) if cell else None
                if given is not None:
                    yield given
        for field in waiting:
            self._nobody(field.key, field.span)

    def _table(self, key: str) -> tuple[Field, ...]:
        """The fields of the mapping under a key."""
        field = self._keys.table.get(key)
        if field is None:
            return ()
        if isinstance(field.part, Table):
            return field.part.fields
        self._keys.refuse(field.span, f"`{key}` is not a mapping", "write one `key: value` a line under it")
        return ()

    def _nobody(self, path: str, span: Span) -> None:
        root = path.partition(".")[0]
        self._keys.refuse(span, f"there is no `{root}` in this example", did_you_mean(root, self._entities))

    def _cell(self, path: str, span: Span) -> Cell | None:
        """A cell by its path, or a problem."""
        root, _, name = path.partition(".")
        entity = self._entities.get(root)
        if entity is None:
            self._nobody(path, span)
            return None
        known = [fact.name for fact in facts_of(entity.kind, self._vocabulary)]
        if not name:
            self._keys.refuse(span, f"`{path}` names no fact", f"write one such as `{path}.{next(iter(known), '')}`")
            return None
        if name not in known:
            self._keys.refuse(span, f"`{entity.kind}` has no fact `{name}`", did_you_mean(name, known))
            return None
        return Cell(entity, name)

    def _fact(self, cell: Cell, field: Field) -> Given | None:
        """A fact by its value, or by a mapping of value and grade."""
        kind = next(fact for fact in facts_of(cell.entity.kind, self._vocabulary) if fact.name == cell.fact)
        part, grade = field.part, None
        if isinstance(part, Table):
            inner = Keys(part, source=self._keys.source, problems=self._keys.problems, whole=field.span)
            inner.expect(what="a fact", known=("value", "grade"), required=("value",))
            grade = inner.choice("grade", Grade, what="a grade of evidence")
            value_field = part.get("value")
            if value_field is None:
                return None
            part = value_field.part
        values = Values(self._keys, self._vocabulary, self._entities)
        value = values.read(part, kind, field.span)
        return None if value is None else Given(cell=cell, value=value, grade=grade)

    def _cells(self, key: str) -> frozenset[Cell] | None:
        """The cells that a list names; `None` where the example does not speak of them."""
        field = self._keys.table.get(key)
        if field is None:
            return None
        texts = self._words(field.part, key, field.span)
        return frozenset(cell for text in texts if (cell := self._cell(text.value, text.span)))

    def _words(self, part: Part, key: str, span: Span) -> tuple[Text, ...]:
        """A list of words, which may be empty."""
        if isinstance(part, Items) and not part.items:
            return ()
        return self._keys.listed(part, key, span)

    def _restricts(self, verdict: Verdict) -> dict[str, Extent] | None:
        """The sides of the scope that are expected."""
        if not self._keys.has("restricts"):
            return None
        if verdict is not Verdict.MET:
            self._keys.refuse(self._keys.span("restricts"), "only a clause that is met restricts", "remove `restricts`")
        found = {}
        for field in self._table("restricts"):
            if field.key not in SIDES:
                self._keys.refuse(field.span, f"a scope has no side `{field.key}`", did_you_mean(field.key, SIDES))
                continue
            names = [text.value for text in self._words(field.part, field.key, field.span)]
            found[field.key] = ALL if names == ["all"] else Extent.of(names)
        return found


def _is_now(node: Node) -> bool:
    """Whether a part of a condition is the instant at which it is read."""
    return isinstance(node, Variable) and node.name == "now"


def _root(field: Field) -> str:
    """The name before the first dot of a fact."""
    return field.key.partition(".")[0]
