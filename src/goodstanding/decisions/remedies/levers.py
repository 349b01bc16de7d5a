"""What could be changed in a case, by whom and at what cost; and what is fixed.

Fixed is what nobody can change, which facts about the past are marked as, and every fact of an owner, account or ad
that is not the advertiser's: a remedy never asks somebody to change a third party, nor to say anything but what is so.
A list changes member by member. Each lever has the value that it leaves alone, and the values that it can be set to.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

import msgspec

from goodstanding.clause.model import Cell, Known
from goodstanding.clause.values import ABSENT, EntityRef, Value, ValueType
from goodstanding.clause.vocabulary import ChangedBy
from goodstanding.decisions.hijack import HIJACKED
from goodstanding.decisions.remedies.values import targets
from goodstanding.owners.rules import affiliates_of, reach

if TYPE_CHECKING:
    from collections.abc import Mapping

    from goodstanding.clause.vocabulary import FactKind
    from goodstanding.decisions.bench import Bench
    from goodstanding.decisions.model import Matter
    from goodstanding.decisions.remedies.search import Choice
    from goodstanding.decisions.remedies.values import Leaf
    from goodstanding.evidence.rules import KnownFacts

Spot: TypeAlias = "tuple[Cell, Value | None]"
"""What one lever changes: a cell, or one member of the list there."""

EFFORTS = {ChangedBy.ADVERTISER: 10, ChangedBy.PLATFORM: 30, ChangedBy.AUTHORITY: 50}
"""What a change weighs where its vocabulary says nothing, by the one who can make it."""

HARDER = 2
"""What a change weighs more where it is not from yes to no or back."""

PERSONS_OWN = frozenset({"owner", "account", "ad"})
"""The kinds of entity that belong to somebody."""


class Lever(msgspec.Struct, frozen=True):
    """One thing that could be changed; `present` says of a member whether it is on its list."""

    spot: Spot
    hand: ChangedBy
    effort: int
    targets: tuple[Value, ...]
    present: bool = False


class Levers:
    """The levers of a case, numbered as they are first asked for."""

    def __init__(self, matter: Matter, bench: Bench, marks: Mapping[Leaf, set[Value]]) -> None:
        """Nothing is a lever until it is asked for."""
        self._bench = bench
        self._marks = marks
        self._ours = _ours(matter, bench)
        self._at_any_grade = bench.at_any_grade()
        self._of_cell: dict[Cell, tuple[int, ...]] = {}
        self._numbers: dict[Spot, int] = {}
        self._outside: dict[frozenset[ChangedBy], tuple[int, int]] = {}
        self.all: list[Lever] = []
        self.costs: list[tuple[int, ...]] = []

    def of(self, cell: Cell) -> tuple[int, ...]:
        """The levers that can change what is known at a cell; none if it is fixed."""
        if cell not in self._of_cell:
            self._of_cell[cell] = tuple(self._made(cell))
        return self._of_cell[cell]

    def of_member(self, cell: Cell, member: Value) -> tuple[int, ...]:
        """The lever that takes one member off a list."""
        self.of(cell)
        return (self._numbers[cell, member],) if (cell, member) in self._numbers else ()

    def outside(self, hands: frozenset[ChangedBy]) -> int:
        """The levers that are in other hands, as bits."""
        counted, bits = self._outside.get(hands, (0, 0))
        for number, lever in enumerate(self.all[counted:], start=counted):
            bits |= (lever.hand not in hands) << number
        self._outside[hands] = len(self.all), bits
        return bits

    def before(self, cell: Cell) -> Value | None:
        """What is known at a cell on evidence of any grade."""
        return _value(self._at_any_grade, cell)

    def changes(self, choice: Choice) -> dict[Cell, Value]:
        """What the cells say once these levers are pulled."""
        changed: dict[Cell, Value] = {}
        for number, target in choice:
            cell, member = self.all[number].spot
            if member is None:
                changed[cell] = self.all[number].targets[target - 1]
            else:
                changed[cell] = _toggled(changed.get(cell, self.before(cell)), member)
        return changed

    def _made(self, cell: Cell) -> list[int]:
        """The levers of a cell, which get their numbers here."""
        entity = self._bench.vocabulary.entity(cell.entity.kind)
        fact = None if entity is None else entity.fact(cell.fact)
        if fact is None or fact.changed_by is ChangedBy.NOBODY or not self._is_ours(cell.entity):
            return []
        before, marks = self.before(cell), self._marks.get((cell.entity.kind, cell.fact), set())
        if fact.type is not ValueType.LIST:
            found = targets(fact, before, marks, self._bench.vocabulary)
            if (cell.entity.kind, cell.fact) == ("account", HIJACKED):
                found = tuple(value for value in found if value is not True)  # nobody is asked to lose an account
            return [self._add((cell, None), fact, found)] if found else []
        members = before if isinstance(before, tuple) else ()
        missing = sorted((mark for mark in marks if mark is not ABSENT and mark not in members), key=str)
        return [
            *(self._add((cell, member), fact, (False,), present=True) for member in dict.fromkeys(members)),
            *(self._add((cell, member), fact, (True,)) for member in missing),
        ]

    def _add(self, spot: Spot, fact: FactKind, found: tuple[Value, ...], *, present: bool = False) -> int:
        """One more lever."""
        effort = fact.effort or EFFORTS[fact.changed_by] + (0 if fact.type is ValueType.BOOL else HARDER)
        number = self._numbers[spot] = len(self.all)
        self.all.append(Lever(spot, fact.changed_by, effort, found, present))
        self.costs.append((0, *(effort for _ in found)))
        return number

    def _is_ours(self, entity: EntityRef) -> bool:
        """Whether an entity is the advertiser's, or nobody's own."""
        return entity.kind not in PERSONS_OWN or entity in self._ours


def _ours(matter: Matter, bench: Bench) -> frozenset[EntityRef]:
    """The owner with those under common control, their accounts, and the ads in the matter that these run."""
    owners = (matter.owner, *affiliates_of(bench.holdings, matter.owner, bench.at))
    accounts = reach(bench.holdings, matter.owner, bench.at, affiliates=True)
    return frozenset(
        {
            *(EntityRef("owner", name) for name in owners),
            *(EntityRef("account", name) for name in accounts.names or ()),
            *(EntityRef("ad", ad.id) for ad in matter.ads if accounts.contains(ad.account)),
        }
    )


def _toggled(members: Value | None, member: Value) -> Value:
    """A list without a member that it had, or with one that it had not."""
    had = members if isinstance(members, tuple) else ()
    return tuple(one for one in had if one != member) if member in had else (*had, member)


def _value(facts: KnownFacts, cell: Cell) -> Value | None:
    """What is known at a cell."""
    known = facts.read(cell)
    return known.value if isinstance(known, Known) else None
