"""A policy analysed before it applies: faults and notes at their places, and what a new version changes.

It decides which clauses can't be met, are always met, end at once or never, can't be cured, add nothing, contradict
another, or reach further than the version before without saying so. Each finding rests on a proof, or on an example
that the verdict reading confirms; what Z3 does not settle within its own resource counter is said as "don't know". It
leaves to people whether a rule is right.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from goodstanding.policy.analysis.model import Analysis, Change, Difference, Kind
from goodstanding.policy.differences import DifferenceKind, differences
from goodstanding.policy.model import ClauseKind

if TYPE_CHECKING:
    from collections.abc import Callable

    from goodstanding.clause.vocabulary import Vocabulary
    from goodstanding.policy.model import Clause, Policy

_SETTLED = frozenset({Kind.UNREACHABLE, Kind.CONTRADICTORY, Kind.ALWAYS_MET, Kind.NOT_READ})
"""What makes a comparison with other clauses pointless."""


def analyse(
    policy: Policy,
    vocabulary: Vocabulary,
    *,
    against: Policy | None = None,
    watch: Callable[[str, int, int], None] = lambda *_: None,
) -> Analysis:
    """Analyse a policy, and what it changes against an older version.

    `watch` is told what is looked at, how much of it is done, and how much there is.
    """
    # Z3 is loaded only by those who ask.
    from goodstanding.policy.analysis.clauses import OneClause  # noqa: PLC0415  see above
    from goodstanding.policy.analysis.pairs import Pairs  # noqa: PLC0415  see above
    from goodstanding.policy.analysis.scene import PolicyScene  # noqa: PLC0415  see above
    from goodstanding.policy.analysis.versions import Versions  # noqa: PLC0415  see above

    scene = PolicyScene([policy] if against is None else [policy, against], vocabulary)
    acting = [clause for clause in policy.clauses if clause.kind is not ClauseKind.PUBLISHED_ONLY]
    clauses, remarks = [], []
    for at, clause in enumerate(acting):
        watch("clauses", at, len(acting))
        one = OneClause(clause, policy, scene)
        clauses.append(one.analysed())
        remarks.extend(one.remarks)
    watch("pairs", 0, 1)
    settled = {remark.clause for remark in remarks if remark.kind in _SETTLED}
    remarks.extend(Pairs([clause for clause in acting if clause.id not in settled], policy, scene).remarks())
    watch("versions", 0, 1)
    versions = None if against is None else Versions(policy, against, scene)
    clause_changes = tuple(versions.by_clause()) if versions else ()
    capability_changes = tuple(versions.by_capability()) if versions else ()
    remarks.extend(versions.remarks if versions else ())
    watch("versions", 1, 1)
    order = _order(policy.clauses)
    return Analysis(
        policy=policy.id,
        version=policy.version,
        against=against.version if against else None,
        clauses=tuple(clauses),
        remarks=tuple(sorted(remarks, key=lambda remark: (remark.severity, order.get(remark.clause, len(order))))),
        clause_changes=clause_changes,
        capability_changes=capability_changes,
    )


def compare(
    new: Policy,
    old: Policy,
    vocabulary: Vocabulary,
    *,
    watch: Callable[[str, int, int], None] = lambda *_: None,
) -> tuple[Change, ...]:
    """What each clause that differs newly catches and releases, in the order of `differences`.

    The facts are those that a clause accepts: what it takes as evidence is told in `stricter`. `watch` is told which
    clause is looked at, how many are done, and how many there are.
    """
    # Z3 is loaded only by those who ask.
    from goodstanding.policy.analysis.scene import PolicyScene  # noqa: PLC0415  see above
    from goodstanding.policy.analysis.versions import Versions  # noqa: PLC0415  see above

    differ = [one for one in differences(old, new) if one.kind is not DifferenceKind.UNCHANGED]
    versions = Versions(new, old, PolicyScene([new, old], vocabulary))
    changes = []
    for at, one in enumerate(differ):
        watch(one.clause, at, len(differ))
        if one.kind is DifferenceKind.TEXT:
            changes.append(Change(what=one.clause, catches=Difference.NO, releases=Difference.NO))
        else:
            changes.append(versions.of(one.new, one.old))
    return tuple(changes)


def _order(clauses: tuple[Clause, ...]) -> dict[str, int]:
    """Where each clause stands in the document."""
    return {clause.id: at for at, clause in enumerate(clauses)}
