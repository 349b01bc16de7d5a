"""Changes in words: the imperative of the vocabulary for the one who can make each, and how things are then."""

from __future__ import annotations

from typing import TYPE_CHECKING

from goodstanding.clause.prose.reading import say_cells, say_remedy
from goodstanding.clause.values import Value, to_typed
from goodstanding.decisions.remedies.world import Changed
from goodstanding.decisions.remedy import Change

if TYPE_CHECKING:
    from collections.abc import Iterable

    from goodstanding.clause.model import Cell
    from goodstanding.decisions.bench import Bench
    from goodstanding.decisions.model import Decision, Effect
    from goodstanding.decisions.remedies.levers import Lever, Levers
    from goodstanding.decisions.remedies.search import Choice
    from goodstanding.kernel.canonical import Json


def told(choice: Choice, levers: Levers, bench: Bench) -> tuple[Change, ...]:
    """The changes of a choice, first those of the advertiser; one for each cell."""
    changes = levers.changes(choice)
    pulled: dict[Cell, list[Lever]] = {}
    for number, _ in choice:
        pulled.setdefault(levers.all[number].spot[0], []).append(levers.all[number])
    facts = Changed(bench.at_any_grade(), changes, set())
    found: list[Change] = []
    for step in say_remedy(sorted(changes), bench.vocabulary, bench.names):
        (state,) = say_cells((step.cell,), facts, bench.vocabulary, bench.names)
        before = levers.before(step.cell)
        found.append(
            Change(
                cell=step.cell,
                before=None if before is None else _typed(before),
                after=_typed(changes[step.cell]),
                changed_by=step.changed_by,
                effort=sum(lever.effort for lever in pulled[step.cell]),
                text=step.text,
                state=state,
            )
        )
    return tuple(found)


def _typed(value: Value) -> dict[str, Json]:
    """A fact's value in its typed form."""
    typed = to_typed(value)
    assert isinstance(typed, dict)  # what a fact can say has its type beside it
    return typed


def why_none(decision: Decision, stuck: Iterable[Effect]) -> str:
    """Why there is no remedy: what rests on facts that nobody can change, or that one would bring about another."""
    reasons = [
        f"“{effect.clause.title}” rests on what nobody can change: {_because(decision, effect)}" for effect in stuck
    ]
    return "; ".join(reasons) or "what would end one of these would bring about another"


def _because(decision: Decision, effect: Effect) -> str:
    """The deciding facts of an effect, in the words of its finding."""
    found = next(
        one
        for one in decision.findings
        if (one.clause, one.subject, one.binding) == (effect.clause.id, effect.subject, effect.binding)
    )
    return ", ".join(found.because)
