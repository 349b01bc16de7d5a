"""What happened while an account was hijacked does not attach to its owner.

It can lead to a hold of the one account or ad, never to a strike, and never reaches the owner (P2, P3).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from goodstanding.kernel.grades import Grade
from goodstanding.kernel.ids import AccountId, AdId

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from goodstanding.decisions.model import Ad
    from goodstanding.evidence.model import Dossier
    from goodstanding.kernel.ids import FactId
    from goodstanding.kernel.instants import Period

HIJACKED = "hijacked"
"""The fact of an account that says somebody else had it in hand; its evidence's valid time says when."""

_ACCEPTED = frozenset({Grade.ADMISSION, Grade.FINDING, Grade.MEASUREMENT})


def hijacks(dossier: Dossier, at: datetime) -> dict[str, list[Period]]:
    """For each account, when it was in somebody else's hands, as known by `at`; past hijacks count."""
    evidence = {piece.id: piece for piece in dossier.evidence}
    periods: dict[str, list[Period]] = {}
    for fact in dossier.facts:
        piece = evidence[fact.evidence]
        about = fact.cell.entity.kind == "account" and fact.cell.fact == HIJACKED and fact.says is True
        if about and piece.known_from <= at and piece.grade in _ACCEPTED:
            periods.setdefault(fact.cell.entity.id, []).append(piece.valid)
    return periods


def during_hijack(facts: Iterable[FactId], dossier: Dossier, ads: tuple[Ad, ...], at: datetime) -> AccountId | None:
    """The account, if one of these facts is about an account or its ad and speaks of a time when it was hijacked."""
    periods = hijacks(dossier, at)
    evidence = {piece.id: piece for piece in dossier.evidence}
    runs = {ad.id: ad.account for ad in ads}
    wanted = set(facts)
    for fact in dossier.facts:
        if fact.id not in wanted:
            continue
        entity = fact.cell.entity
        account = AccountId(runs.get(AdId(entity.id), "") if entity.kind == "ad" else entity.id)
        began = evidence[fact.evidence].valid.start
        if any(began is None or period.contains(began) for period in periods.get(account, ())):
            return account
    return None
