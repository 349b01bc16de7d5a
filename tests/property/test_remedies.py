"""Laws of remedies, held against brute force over every combination of target values."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product
from random import Random

import msgspec
import pytest

from counts import count
from goodstanding.app.library import volume
from goodstanding.clause.model import Cell, Known, Verdict
from goodstanding.clause.values import EntityRef, Value, from_typed
from goodstanding.clause.verdict import read_verdict
from goodstanding.clause.vocabulary import ChangedBy, FactKind, Vocabulary
from goodstanding.decisions.bench import Bench
from goodstanding.decisions.model import Decision, Effect, Matter
from goodstanding.decisions.remedies.rules import ENDED_BY_REMEDY, unchanging, with_remedies
from goodstanding.decisions.remedy import Alternative, Answer, Audience, Remedies
from goodstanding.decisions.rules import decide
from goodstanding.evidence.model import Dossier
from goodstanding.kernel.grades import Grade
from goodstanding.kernel.ids import CaseId, DecisionId, PersonId
from goodstanding.kernel.instants import Period
from goodstanding.policy.model import Policy
from unit.decisions.world import AT, OWNER, bench, cell_of, dossier, evidence, text_of


def bool_fact(name: str, hand: str, effort: int) -> str:
    return (
        f"\n      {name}: {{type: bool, label: whether {name}, holds: is {name}, holds_not: is not {name}, "
        f"accepts: [finding], changed_by: {hand}, remedy: mend {name}, effort: {effort}}}"
    )


def fact(name: str, kind: str, hand: str, effort: int) -> str:
    return (
        f"\n      {name}: {{{kind}, label: the {name}, accepts: [finding], changed_by: {hand}, "
        f"remedy: mend {name}, effort: {effort}}}"
    )


WORDS = f"""id: advertising
version: '1'
language: en
capabilities: {{advertise: run ads}}
topics: {{}}
audiences: {{}}
entities:
  account:
    label: the account
    facts:{bool_fact("d", "advertiser", 4)}
  ad:
    label: the ad
    facts:{bool_fact("e", "advertiser", 4)}
  thing:
    label: the thing
    facts:{bool_fact("bad", "authority", 6)}{bool_fact("worn", "advertiser", 3)}
  owner:
    label: the owner
    facts:{bool_fact("a", "advertiser", 5)}{bool_fact("b", "advertiser", 2)}{bool_fact("c", "advertiser", 9)}{
    bool_fact("p", "platform", 3)
}{bool_fact("q", "authority", 4)}{bool_fact("n", "nobody", 1)}{fact("due", "type: int", "advertiser", 3)}{
    fact("marks", "type: list, of: string", "advertiser", 2)
}{fact("things", "type: list, of: thing", "authority", 5)}
"""

RULE = "restricts: [advertise]\nreach: owner\nreview_after: 90d"
CONDITIONS = (
    "owner.a && !owner.b",
    "owner.b || owner.due > 30",
    "(owner.a || owner.c) && owner.q",
    "!owner.a && (owner.p || owner.c)",
    "owner.due >= 10 && owner.due < 20",
    "'red' in owner.marks && !('blue' in owner.marks)",
    "owner.n && owner.b",
    "owner.c ? owner.a : owner.q",
    "owner.marks.exists(m, m == 'old') || owner.p && owner.n",
    "owner.due / owner.due == 1 && owner.c",
    "owner.things.exists(t, t.bad && t.worn)",
)
EACH = "each: thing in owner.things\nwhen: thing.bad && !thing.worn"
TEXT = text_of(
    *(f'c{n}\nwhen: "{condition}"\n{RULE}' for n, condition in enumerate(CONDITIONS)),
    f'ended\nwhen: "owner.due > 30 && !owner.b"\nends: owner.due == 0 || owner.b\n{RULE}',
    f'both\nwhen: "owner.a || owner.p"\nends: "!owner.a && !owner.p"\n{RULE}',
    f'more\nwhen: owner.c\nends: "!owner.c && owner.q"\n{RULE}',
    f"each\n{EACH}\nends: '!thing.bad'\n{RULE}",
    f"each-too\n{EACH}\n{RULE}",
    f"firm\nwhen: owner.a && owner.q\noverridable: false\n{RULE}",
    "held\nwhen: account.d && owner.b\nrestricts: [advertise]\nreach: account\nhold: 24h\nreview_after: 1d",
    "permit\nwhen: owner.b && owner.c\nlifts: [c0, c2, ended, both]\n"
    "reach: owner\napprover: the officer\nends: '!owner.b'",
)
READ = volume(TEXT, "laws.md", WORDS, "laws.yaml")
CELLS: dict[str, tuple[Value, ...]] = {
    **{f"owner:{OWNER}.{name}": (True, False) for name in "abcpqn"},
    f"owner:{OWNER}.due": (0, 5, 15, 40),
    f"owner:{OWNER}.marks": ((), ("red",), ("blue", "red"), ("old", "red")),
    f"owner:{OWNER}.things": ((), (EntityRef("thing", "x"),), (EntityRef("thing", "x"), EntityRef("thing", "y"))),
    **{f"thing:{name}.{fact}": (True, False) for name in "xy" for fact in ("bad", "worn")},
    "account:acc-1.d": (True, False),
}
TRIED: dict[str, tuple[Value, ...]] = {
    f"owner:{OWNER}.due": (0, 1, 9, 10, 11, 19, 20, 21, 29, 30, 31),
    f"owner:{OWNER}.marks": tuple(
        kept for kept in ((), *((one,) for one in ("red", "blue", "old")), ("blue", "red"), ("old", "blue"))
    ),
    f"owner:{OWNER}.things": ((), (EntityRef("thing", "x"),), (EntityRef("thing", "y"),)),
}


class Case(msgspec.Struct, frozen=True, kw_only=True):
    """A random case: a few clauses of the pool, a few facts known."""

    policy: Policy
    vocabulary: Vocabulary
    known: Dossier

    @property
    def bench(self) -> Bench:
        """What is known, under these words."""
        return msgspec.structs.replace(bench(self.known), vocabulary=self.vocabulary)

    def decided(self, known: Dossier) -> Decision:
        """The decision on what some dossier says."""
        matter = Matter(case=CaseId("case-1"), owner=OWNER, at=AT)
        on = msgspec.structs.replace(bench(known), vocabulary=self.vocabulary)
        return decide(matter, self.policy, on, name=DecisionId("dec-1"), by=PersonId("dan"))

    def remedies(self) -> Remedies | None:
        """What staff are told, where anything is restricted."""
        found = with_remedies(self.decided(self.known), self.policy, unchanging(self.bench)).remedies
        return next((one for one in found if one.audience is Audience.STAFF), None)


def case(random: Random) -> Case:
    pool = READ.policy.clauses
    picked = sorted(random.sample(range(len(pool)), random.randint(1, 4)))
    facts = {cell: random.choice(values) for cell, values in CELLS.items() if random.random() < 0.8}
    return Case(
        policy=msgspec.structs.replace(READ.policy, clauses=tuple(pool[n] for n in picked)),
        vocabulary=READ.vocabulary,
        known=evidence("e", facts),
    )


def cases() -> list[Case]:
    random = Random(11)  # noqa: S311 - cases are drawn alike in every run
    return [case(random) for _ in range(count("remedies"))]


@pytest.fixture(scope="module")
def solved() -> list[tuple[Case, Remedies]]:
    return [(one, found) for one in cases() if (found := one.remedies()) is not None]


# ------------------------------------------------------------------------------------------------ the naive reference


def changed(known: Dossier, changes: dict[Cell, Value]) -> Dossier:
    """The same evidence, but these cells say something else, on evidence of every grade."""
    kept = msgspec.structs.replace(known, facts=tuple(fact for fact in known.facts if fact.cell not in changes))
    said = {str(cell): value for cell, value in changes.items()}
    return dossier(kept, *(evidence(f"new-{grade}", said, grade=grade, valid=Period(start=AT)) for grade in Grade))


def ended(one: Case, changes: dict[Cell, Value]) -> bool:
    """Whether nothing is restricted, what was has its `ends`, and no undecided exemption or error is behind it."""
    before, after = one.decided(one.known), one.decided(changed(one.known, changes))
    if any(effect.kind in ENDED_BY_REMEDY for effect in after.effects):
        return False
    return all(_over(one, effect, after, changes) for effect in before.effects if effect.kind in ENDED_BY_REMEDY)


def _over(one: Case, effect: Effect, after: Decision, changes: dict[Cell, Value]) -> bool:
    about = (effect.clause.id, effect.subject, effect.binding)
    finding = next((f for f in after.findings if (f.clause, f.subject, f.binding) == about), None)
    if finding is None or finding.lifted_by is not None:
        return True
    clause = next(c for c in one.policy.clauses if c.id == effect.clause.id)
    on = msgspec.structs.replace(bench(changed(one.known, changes)), vocabulary=one.vocabulary)
    bindings = {"owner": EntityRef("owner", OWNER), effect.subject.kind: effect.subject}
    if clause.each is not None and effect.binding is not None:
        bindings[clause.each.name] = effect.binding
    facts = on.known_to(clause, bindings)
    assert clause.when is not None
    when = read_verdict(clause.when, bindings, facts, now=AT)
    if when.verdict is Verdict.MET or when.errors:
        return False
    if clause.ends is None:
        return True
    ends = read_verdict(clause.ends, bindings, facts, now=AT)
    named = {Cell(bindings[root], path) for root, path in clause.when.reads if root in bindings}
    return ends.verdict is Verdict.MET or (
        ends.verdict is Verdict.UNDECIDED and not ends.errors and set(ends.missing) <= named
    )


def kind_of(one: Case, cell: Cell) -> FactKind:
    entity = one.vocabulary.entity(cell.entity.kind)
    found = entity.fact(cell.fact) if entity else None
    assert found is not None
    return found


def weight(one: Case, cell: Cell, before: Value | None, after: Value) -> int:
    """What a change weighs: for a list, each member that comes or goes."""
    effort = kind_of(one, cell).effort
    if isinstance(after, tuple):
        return effort * len(set(before if isinstance(before, tuple) else ()) ^ set(after))
    return effort


def choices(one: Case, hands: set[ChangedBy]) -> Iterator[tuple[int, dict[Cell, Value]]]:
    """Every combination of target values of the cells that some clause here names, cheapest first."""
    facts = one.bench.at_any_grade()
    named = {pair for clause in one.policy.clauses for c in (clause.when, clause.ends) if c for pair in c.facts}
    named |= {(clause.each.root, clause.each.fact) for clause in one.policy.clauses if clause.each}
    options: list[list[tuple[int, Cell, Value | None]]] = []
    for name, values in CELLS.items():
        cell = cell_of(name)
        if (cell.entity.kind, cell.fact) in named and kind_of(one, cell).changed_by in hands:
            known = facts.read(cell)
            before = known.value if isinstance(known, Known) else None
            tried = [value for value in TRIED.get(name, values) if value != before and _may_be(before, value)]
            options.append([(0, cell, None), *((weight(one, cell, before, value), cell, value) for value in tried)])
    found = [
        (sum(cost for cost, _, _ in combination), {cell: value for _, cell, value in combination if value is not None})
        for combination in product(*options)
    ]
    yield from sorted(found, key=lambda each: each[0])


def _may_be(before: Value | None, value: Value) -> bool:
    """Entities only leave a list; strings come where a clause names them."""
    if not isinstance(value, tuple):
        return True
    had = before if isinstance(before, tuple) else ()
    return all(member in had or member in {"red", "blue", "old"} for member in value)


def values(one: Alternative) -> dict[Cell, Value]:
    return {change.cell: from_typed(change.after) for change in one.changes}


# ----------------------------------------------------------------------------------------------------------- the laws


def test_applying_a_remedy_ends_the_restrictions_and_creates_none(solved: list[tuple[Case, Remedies]]) -> None:
    for one, found in solved:
        for alternative in found.alternatives:
            assert ended(one, values(alternative)), (found, alternative)


def test_no_change_of_a_remedy_can_be_left_out(solved: list[tuple[Case, Remedies]]) -> None:
    for one, found in solved:
        for alternative in found.alternatives:
            for change in alternative.changes:
                fewer = {cell: value for cell, value in values(alternative).items() if cell != change.cell}
                assert not ended(one, fewer), (found, change)


def test_what_the_advertiser_is_asked_is_the_advertisers_and_nothing_fixed_is_changed(
    solved: list[tuple[Case, Remedies]],
) -> None:
    for one, found in solved:
        for alternative in found.alternatives:
            hands = {kind_of(one, change.cell).changed_by for change in alternative.changes}
            assert ChangedBy.NOBODY not in hands
            assert hands == {change.changed_by for change in alternative.changes}
            assert hands <= {ChangedBy.ADVERTISER} or found.answer is Answer.OTHERS


def test_no_smaller_remedy_exists_and_there_is_one_where_brute_force_finds_one(
    solved: list[tuple[Case, Remedies]],
) -> None:
    small = [pair for pair in solved if len(pair[0].policy.clauses) < LARGE][: count("remedies") // 5]
    for one, found in small:
        own = {ChangedBy.ADVERTISER}
        cheapest = next((cost for cost, changes in choices(one, own) if ended(one, changes)), None)
        if found.answer is Answer.ADVERTISER:
            assert found.alternatives[0].weight == cheapest, (found, cheapest)
            continue
        assert cheapest is None, (found, cheapest)
        all_hands = own | {ChangedBy.PLATFORM, ChangedBy.AUTHORITY}
        cheapest = next((cost for cost, changes in choices(one, all_hands) if ended(one, changes)), None)
        assert (found.alternatives[0].weight if found.alternatives else None) == cheapest, (found, cheapest)


LARGE = 3
"""From how many clauses on brute force takes too long."""


def test_the_same_case_gives_the_same_bytes(solved: list[tuple[Case, Remedies]]) -> None:
    for one, found in solved[:20]:
        assert msgspec.json.encode(one.remedies()) == msgspec.json.encode(found)


def test_the_cases_have_remedies_of_every_kind(solved: list[tuple[Case, Remedies]]) -> None:
    assert {found.answer for _, found in solved} >= {Answer.ADVERTISER, Answer.OTHERS}
