"""A proof that one condition is met only where another is, by the logic reading, for any facts and at any time.

What Z3 does not settle within its resource counter, and what the logic reading refuses, is not proven.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from goodstanding.clause.values import EntityRef

if TYPE_CHECKING:
    from goodstanding.clause.tree import Condition
    from goodstanding.clause.vocabulary import Vocabulary
    from goodstanding.kernel.instants import Instant
    from goodstanding.policy.loosening import Proof


def by_logic(vocabulary: Vocabulary, *, around: Instant) -> Proof:
    """A proof over the facts of a vocabulary; `around` is the instant that examples are looked for near."""

    def proven(narrow: Condition, wide: Condition) -> bool:
        from goodstanding.clause.logic import values as lv  # noqa: PLC0415  loads a prover, which few need
        from goodstanding.clause.logic.reading import Impossible, Scene, refusals  # noqa: PLC0415  as above

        if refusals(narrow) or refusals(wide):
            return False
        bindings = {name: EntityRef(kind, "1") for name, kind in (*narrow.variables, *wide.variables)}
        scene = Scene(vocabulary, [narrow, wide], bindings, now=around)
        one, other = scene.formulas(narrow), scene.formulas(wide)
        apart = lv.conj((one.met, lv.neg(other.met)))
        return isinstance(scene.ask([apart], [one, other], confirm=lambda _: True), Impossible)

    return proven
