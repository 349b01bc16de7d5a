"""What happened while an account was hijacked does not attach to its owner.

It can lead to a hold of the one account or ad, never to a strike, and never reaches the owner (P2, P3).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from goodstanding.evidence.rules import rejected
from goodstanding.kernel.grades import Grade
from goodstanding.kernel.ids import AccountId

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from goodstanding.decisions.subjects import Subject
    from goodstanding.evidence.model import Dossier
    from goodstanding.evidence.rules import Piece
    from goodstanding.kernel.instants import Period

HIJACKED = "hijacked"
"""The fact of an account that says somebody else had it in hand; its evidence's valid time says when."""

_ACCEPTED = frozenset({Grade.ADMISSION, Grade.FINDING, Grade.MEASUREMENT})


def hijacks(dossier: Dossier, at: datetime) -> dict[str, list[Period]]:
    """For each account, when it was in somebody else's hands, as known by `at`; past hijacks count.

    While it is disputed whether there was one, it counts: unknown never restricts.
    """
    evidence = {piece.id: piece for piece in dossier.evidence}
    gone = rejected(dossier, at)
    periods: dict[str, list[Period]] = {}
    for fact in dossier.facts:
        piece, entity = evidence[fact.evidence], fact.cell.entity
        says_so = (entity.kind, fact.cell.fact, fact.says) == ("account", HIJACKED, True) and fact.id not in gone
        if says_so and piece.known_from <= at and piece.grade in _ACCEPTED:
            periods.setdefault(entity.id, []).append(piece.valid)
    return periods


def during_hijack(pieces: Iterable[Piece], subject: Subject, periods: dict[str, list[Period]]) -> bool:
    """Whether one of these facts is about an account, or its ad, and speaks of a time when it was hijacked.

    A piece of evidence that says no beginning may speak of that time.
    """
    for piece in pieces:
        began, account = piece.evidence.valid.start, _account(piece, subject)
        if any(began is None or period.contains(began) for period in periods.get(account, ())):
            return True
    return False


def _account(piece: Piece, subject: Subject) -> AccountId:
    """The account that a fact is about; none for a fact about anything else."""
    entity = piece.fact.cell.entity
    if entity.kind == "ad" and subject.ad is not None:
        return subject.ad.account
    return AccountId(entity.id if entity.kind == "account" else "")
