"""The logic reading against the verdict reading: on given facts, and on facts that Z3 finds."""

from __future__ import annotations

import random

from hypothesis import given
from hypothesis import strategies as st

from counts import count
from goodstanding.clause.logic.reading import Example, Formulas, Impossible, Scene, refusals, truth
from goodstanding.clause.logic.values import Guard
from goodstanding.clause.model import Facts, Verdict
from goodstanding.clause.tree import Condition
from goodstanding.clause.values import EntityRef
from goodstanding.clause.verdict import read_verdict
from property.conditions import BINDINGS, NOW, VARIABLES, VOCABULARY, FactsIn, random_condition, random_facts

chances = st.randoms(use_true_random=False)
TRUTHS = {Verdict.MET: True, Verdict.NOT_MET: False, Verdict.UNDECIDED: None}
FIRST = {name: EntityRef(kind, "1") for name, kind in VARIABLES.items()}


@given(chances)
def test_on_given_facts_z3_says_what_the_verdict_reading_says(chance: random.Random) -> None:
    condition, facts = random_condition(chance), FactsIn(random_facts(chance))
    if not refusals(condition):
        verdict = read_verdict(condition, BINDINGS, facts, now=NOW).verdict
        assert truth(condition, BINDINGS, facts, now=NOW) is TRUTHS[verdict]


def test_what_z3_finds_is_confirmed_and_what_it_excludes_never_happens() -> None:
    """Each condition is asked for facts that meet it and for facts that do not, and both answers are tried."""
    settled = 0
    for seed in range(count("property_examples") // 2):
        chance = random.Random(seed)  # noqa: S311  a seed is an example
        condition = random_condition(chance, 2)
        if refusals(condition):
            continue
        scene = Scene(VOCABULARY, [condition], FIRST, now=NOW)
        formulas = scene.formulas(condition)
        for verdict, guard in ((Verdict.MET, formulas.met), (Verdict.NOT_MET, formulas.not_met)):
            settled += _tried(scene, condition, formulas, (verdict, guard), chance=chance)
    assert settled >= count("property_examples") // 2


def _tried(
    scene: Scene, condition: Condition, formulas: Formulas, asked: tuple[Verdict, Guard], *, chance: random.Random
) -> bool:
    """Whether Z3 gave an answer; it is held against the verdict reading."""
    verdict, guard = asked

    def confirmed(example: Example) -> bool:
        assert read(condition, example.facts, FIRST, example) is verdict, condition.source
        return True

    answer = scene.ask([guard], [formulas], confirm=confirmed)
    if isinstance(answer, Impossible):
        for _ in range(60):
            facts = FactsIn(random_facts(chance, unknown=0.05))
            assert read_verdict(condition, BINDINGS, facts, now=NOW).verdict is not verdict, condition.source
    return isinstance(answer, Example | Impossible)


def read(condition: Condition, facts: Facts, bindings: dict[str, EntityRef], example: Example) -> Verdict:
    return read_verdict(condition, bindings, facts, now=example.now).verdict
