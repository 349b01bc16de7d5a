"""The clause that came closest without being met, and why it was not (for a decision that restricts nothing)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from goodstanding.clause.model import Verdict
from goodstanding.kernel.ids import ClauseId

if TYPE_CHECKING:
    from goodstanding.decisions.model import Decision, Finding


NOBODY = "nobody"
"""What evidence that binds no one says of whom it binds."""


class Nearest(msgspec.Struct, frozen=True, kw_only=True):
    """A clause, and the sentences that say what kept it from being met."""

    clause: ClauseId
    why_not: str


def nearest(decision: Decision) -> Nearest | None:
    """The unmet clause with the largest share of its facts against the subject; none if no fact is against it."""
    unmet = [f for f in decision.findings if f.verdict is not Verdict.MET and f.held]
    if not unmet:
        return None
    closest = max(unmet, key=lambda f: (f.held / (f.held + f.blockers), f.held, f.clause))
    same_clause = [f for f in unmet if f.clause == closest.clause]
    return Nearest(clause=closest.clause, why_not=_why_not(decision, same_clause))


def _why_not(decision: Decision, findings: list[Finding]) -> str:
    """For each bound entity what stood against it and whom its evidence binds; and what no clause speaks of."""
    sentences: list[str] = []
    for finding in findings:
        sentences.extend(finding.because)
        pieces = {(piece := decision.evidence_of(fact)).id: piece for fact in finding.facts}
        binding = (pieces[name] for name in sorted(pieces) if pieces[name].binds != NOBODY)
        sentences.extend(f"{piece.title} binds {piece.binds}" for piece in binding)
    sentences.extend(f"no clause of this policy speaks of this: {fact}" for fact in decision.unread)
    return "; ".join(dict.fromkeys(sentence.rstrip(".") for sentence in sentences)) + "."
