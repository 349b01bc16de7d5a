"""What a name stands for in an expression over plain facts: an element, a fact, or a type.

A fact is a key of the facts. Its name may have dots (`account.balance`), and the longest name that the facts have wins,
as for CEL's qualified identifiers. Where none fits, the name is that of an unknown fact: the whole path if the facts
have other names that begin as it does, else the first part. A leading dot reaches past an element of the same name.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import msgspec

from goodstanding.clause.checked import ANYTHING, Name, Raw, Selection
from goodstanding.clause.faults import TYPE_NAMES
from goodstanding.clause.tree import Field, Has, Literal, Node, Type, Variable
from goodstanding.clause.values import EntityRef, TypeName, ValueType

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Set as AbstractSet

FACTS: Final = EntityRef("facts", "")
"""What has the facts; its variable has no name, so that nothing hides it."""

_TYPE: Final = Type(value=ValueType.ENTITY, entity=FACTS.kind)


class FactNames(msgspec.Struct, frozen=True):
    """The names of the facts as far as they decide what a path means: those with dots, their first parts, and types."""

    known: frozenset[str]

    @classmethod
    def of(cls, names: Iterable[str]) -> FactNames:
        """Those among the names of some facts."""
        every = frozenset(names)
        dotted = frozenset(name for name in every if "." in name)
        return cls(dotted | every & TYPE_NAMES | every & {name.partition(".")[0] for name in dotted})

    def resolve(self, raw: Name | Selection, bound: AbstractSet[str], line: int, column: int) -> Node | None:
        """The node of a whole path; `None` where the path does not begin with a fact."""
        tests = isinstance(raw, Selection) and raw.tests
        parts = _path(raw)
        if parts is None or parts[0] in bound:
            return None
        parts = [parts[0].removeprefix("."), *parts[1:]]
        name = ".".join(parts)
        if name in TYPE_NAMES and name not in self.known:
            return Literal(type=ANYTHING, line=line, column=column, value=TypeName(name))
        count = self._length(parts)
        if count == 1 < len(parts) and parts[0] in TYPE_NAMES - self.known:
            return None  # a type, of which nothing can be asked
        if tests and count < len(parts):
            parts, last = parts[:-1], parts[-1]
            of = self._fields(parts, min(count, len(parts)), line, column)
            return Has(type=ANYTHING, line=line, column=column, of=of, name=last)
        node = self._fields(parts, count, line, column)
        return Has(type=ANYTHING, line=line, column=column, of=node.of, name=node.name) if tests else node

    def _length(self, parts: list[str]) -> int:
        """How many parts of a path are the name of a fact."""
        for count in range(len(parts), 0, -1):
            if ".".join(parts[:count]) in self.known:
                return count
        return len(parts) if any(name.startswith(f"{parts[0]}.") for name in self.known) else 1

    def _fields(self, parts: list[str], count: int, line: int, column: int) -> Field:
        """The fact, and the keys of maps from there."""
        root = Variable(type=_TYPE, line=line, column=column, name="")
        node = Field(type=ANYTHING, line=line, column=column, of=root, name=".".join(parts[:count]))
        for part in parts[count:]:
            node = Field(type=ANYTHING, line=line, column=column, of=node, name=part)
        return node


def _path(raw: Raw) -> list[str] | None:
    """The parts of `a.b.c`; `None` if it begins with anything but a name, or a `has` is inside."""
    parts: list[str] = []
    outer = raw
    while isinstance(raw, Selection) and (raw is outer or not raw.tests):
        parts.append(raw.field)
        raw = raw.operand
    return [raw.name, *reversed(parts)] if isinstance(raw, Name) else None
