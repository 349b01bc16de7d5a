"""What the analysis of a policy of 60 clauses costs, and what it finds: seconds, the ratio to the limit, and a peer.

The claim: two versions of a policy of 60 clauses are analysed, against each other, within `LIMIT` seconds of one core,
and every planted fault is found. The peer is what one would write without a prover: accounts drawn at random, each read
by every clause, with the same seconds to spend. It calls a clause unreachable when no account met it, always met when
every account did, redundant when all that met it met another, and widened when some account shows it. It is given the
numbers that the policy names. Run `python benchmarks/analysis.py`; it ends with 1 when the limit is passed or a planted
fault is missed.
"""

from __future__ import annotations

import random
import sys
from collections.abc import Iterator
from pathlib import Path
from time import process_time

sys.path.insert(0, str(Path(__file__).parent.parent / "src"))
sys.path.insert(0, str(Path(__file__).parent.parent / "tests"))

from goodstanding.clause.logic.worlds import Stated
from goodstanding.clause.model import Cell, Known, Verdict
from goodstanding.clause.values import EntityRef, Value
from goodstanding.clause.verdict import read_verdict
from goodstanding.policy.analysis.model import Kind
from goodstanding.policy.analysis.rules import analyse
from goodstanding.policy.model import Clause, Policy
from unit.policy.planted import PLANTED, PLANTED_IN_2, VERSION_1, VERSION_2, VOCABULARY, policy

LIMIT = 10.0
Found = set[tuple[str, str]]

WANTED: Found = {(kind.value, clause) for kind, clauses in PLANTED.items() for clause in clauses}
WANTED |= {(Kind.SILENTLY_WIDENED.value, clause) for clause in PLANTED_IN_2}
NUMBERS = (0, 5, 11, 15, 20, 21, 23, 25, 29, 31, 45, 50, 61, 65, 75, 79, 86, 91, 96, 100)
ENTITIES = {kind.name: EntityRef(kind.name, "1") for kind in VOCABULARY.entities}


def account(chance: random.Random) -> dict[Cell, Known]:
    """An account at random, every fact of it known."""
    cells = {}
    for kind in VOCABULARY.entities:
        for fact in kind.facts:
            value: Value
            match fact.type.value:
                case "bool":
                    value = chance.choice((True, False))
                case "int":
                    value = chance.choice(NUMBERS)
                case "double":
                    value = chance.random()
                case "timestamp":
                    value = chance.choice([AT, AT.replace(year=2028), AT.replace(year=2034)])
                case "string":
                    value = chance.choice([topic.id for topic in VOCABULARY.topics] + ["official shop"])
                case _:
                    value = (ENTITIES["notice"],) if fact.of == "notice" else (chance.choice(["DE", "AT", "FR"]),)
            cells[Cell(ENTITIES[kind.name], fact.name)] = Known(value)
    return cells


def met(clauses: list[Clause], cells: dict[Cell, Known]) -> list[bool]:
    """Which clauses an account meets."""
    facts = Stated(cells)
    read = [
        (one.condition, {name: ENTITIES[kind] for name, kind in one.condition.variables})
        for one in clauses
        if one.condition
    ]
    return [read_verdict(one, bound, facts, now=AT).verdict is Verdict.MET for one, bound in read]


def sampled(new: Policy, old: Policy, seconds: float) -> tuple[Found, int]:
    """What accounts at random show in so many seconds."""
    chance = random.Random(1)  # noqa: S311  a seed makes the figure repeatable
    before = {clause.id: clause for clause in old.clauses}
    clauses = [clause for clause in new.clauses if clause.condition is not None]
    earlier = [before[clause.id] for clause in clauses]
    rows, wider, end = [], set(), process_time() + seconds
    while process_time() < end:
        cells = account(chance)
        rows.append(met(clauses, cells))
        wider |= {one.id for one, a, b in zip(clauses, rows[-1], met(earlier, cells), strict=True) if a and not b}
    return set(_judged(clauses, rows, wider)), len(rows)


def _judged(clauses: list[Clause], rows: list[list[bool]], wider: set[str]) -> Iterator[tuple[str, str]]:
    """What the rows of verdicts suggest."""
    columns = [[row[at] for row in rows] for at in range(len(clauses))]
    for clause, column in zip(clauses, columns, strict=True):
        if not any(column):
            yield Kind.UNREACHABLE.value, clause.id
        elif all(column):
            yield Kind.ALWAYS_MET.value, clause.id
        else:
            for other, its in zip(clauses, columns, strict=True):
                same_effect = other.reach is clause.reach and other.kind is clause.kind and not all(its)
                if other.id != clause.id and same_effect and all(b for a, b in zip(column, its, strict=True) if a):
                    yield Kind.REDUNDANT.value, clause.id
    yield from ((Kind.SILENTLY_WIDENED.value, name) for name in wider)


def main() -> int:
    """Print both, side by side; 1 when the limit is passed or a planted fault is missed."""
    new, old = policy(VERSION_2), policy(VERSION_1)
    import z3  # noqa: F401, PLC0415  so that loading it is no part of the figure

    start = process_time()
    analysis = analyse(new, VOCABULARY, against=old)
    cost = process_time() - start
    found = {(fault.kind.value, str(fault.clause)) for fault in analysis.faults}
    print(f"{len(new.clauses)} clauses in two versions, {len(WANTED)} planted faults")
    print(f"ours: {cost:.2f} s of one core, {cost / LIMIT:.2f} of the limit of {LIMIT:.0f} s; ", end="")
    print(f"{len(found & WANTED)} found, {len(WANTED - found)} missed, {len(found - WANTED)} false")
    theirs, accounts = sampled(new, old, cost)
    print(f"{accounts} accounts at random in as many seconds: ", end="")
    print(f"{len(theirs & WANTED)} found, {len(WANTED - theirs)} missed, {len(theirs - WANTED)} false")
    return int(cost > LIMIT or found != WANTED)


AT = policy(VERSION_1).in_force_from

if __name__ == "__main__":
    sys.exit(main())
