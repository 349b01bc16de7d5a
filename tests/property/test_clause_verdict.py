"""The verdict reading against a naive reference, and its sets of cells against brute force."""

from __future__ import annotations

import itertools
import random

from hypothesis import given, settings
from hypothesis import strategies as st

from counts import count
from goodstanding.clause.model import Reading, Verdict
from goodstanding.clause.sufficiency import LIMIT
from goodstanding.clause.values import Value
from goodstanding.clause.verdict import read_verdict
from unit.clause.reference import UNDECIDED, Term, meaning, random_facts, random_term, source
from unit.clause.world import BINDINGS, NOW, ORDERS, FactsIn, condition

VERDICTS = {True: Verdict.MET, False: Verdict.NOT_MET, UNDECIDED: Verdict.UNDECIDED}
chances = st.randoms(use_true_random=False)
drops = st.sampled_from([0.0, 0.2, 0.5])


def reading(term: Term, known: dict[str, Value]) -> Reading:
    return read_verdict(condition(source(term)), BINDINGS, FactsIn(known), now=NOW)


def expected(term: Term, known: dict[str, Value]) -> Verdict:
    return VERDICTS[meaning(term, known, BINDINGS)]


@given(chances, drops)
def test_the_verdict_is_what_the_reference_says(chance: random.Random, dropped: float) -> None:
    term, known = random_term(chance, 4), random_facts(chance, ORDERS[:3], dropped=dropped)
    read = reading(term, known)
    assert read.verdict is expected(term, known)
    assert bool(read.sufficient) is (read.verdict is not Verdict.UNDECIDED)
    assert bool(read.missing or read.errors) is (read.verdict is Verdict.UNDECIDED)
    assert not {str(cell) for cell in read.missing} & set(known)


@given(chances, drops)
def test_sufficient_sets_are_exactly_the_minimal_ones_that_brute_force_finds(
    chance: random.Random, dropped: float
) -> None:
    term, known = random_term(chance, 4), random_facts(chance, ORDERS[:2], dropped=dropped)
    read = reading(term, known)
    if read.verdict is Verdict.UNDECIDED:
        return
    minimal: list[frozenset[str]] = []
    for size in range(len(known) + 1):
        for keys in itertools.combinations(sorted(known), size):
            cells = frozenset(keys)
            if any(smaller <= cells for smaller in minimal):
                continue
            if expected(term, {key: known[key] for key in keys}) is read.verdict:
                minimal.append(cells)
    found = [frozenset(map(str, cells)) for cells in read.sufficient]
    assert len(minimal) <= LIMIT
    assert set(found) == set(minimal)
    assert read.sufficient == tuple(sorted(read.sufficient, key=lambda cells: (len(cells), cells)))


@settings(max_examples=count("cut_families"))
@given(chances)
def test_sets_that_were_cut_are_still_sufficient_and_minimal(chance: random.Random) -> None:
    """Eight orders give more than 32 sets now and then; then 32 are kept, and the two properties hold of each."""
    body = ("or", ("fact", "o", "in_force"), ("fact", "o", "forbids_supply"))
    term = ("and", ("all", "o", body), ("or", random_term(chance, 2), ("all", "o", body)))
    known = random_facts(chance, ORDERS, dropped=0.0)
    known |= {key: True for key in known if key.startswith("order:") and chance.random() < 0.9}
    known["owner:o.orders"] = ORDERS
    read = reading(term, known)
    for cells in read.sufficient:
        alone = {str(cell): known[str(cell)] for cell in cells}
        assert expected(term, alone) is read.verdict
        for cell in cells:
            assert expected(term, {key: alone[key] for key in alone if key != str(cell)}) is not read.verdict


@given(chances)
def test_nothing_outside_the_missing_facts_can_change_an_undecided_verdict(chance: random.Random) -> None:
    term = random_term(chance, 4)
    everything = random_facts(chance, ORDERS[:3], dropped=0.0)
    known = {key: value for key, value in everything.items() if chance.random() < 0.5}
    read = reading(term, known)
    if read.verdict is not Verdict.UNDECIDED:
        return
    missing = {str(cell) for cell in read.missing}
    revealed = {key: value for key, value in everything.items() if key in known or key not in missing}
    assert expected(term, revealed) is Verdict.UNDECIDED


@given(chances)
def test_learning_more_never_takes_a_verdict_back(chance: random.Random) -> None:
    term = random_term(chance, 4)
    everything = random_facts(chance, ORDERS[:3], dropped=0.0)
    known = {key: value for key, value in everything.items() if chance.random() < 0.6}
    before = reading(term, known)
    if before.verdict is not Verdict.UNDECIDED:
        assert reading(term, everything).verdict is before.verdict
