"""What a statement or a dossier would be recognised by."""

from __future__ import annotations

from goodstanding.app.told import names_in
from goodstanding.appeals.model import Citation, Cited
from unit.decisions.world import evidence


def test_a_piece_of_evidence_is_recognised_by_its_title_its_publisher_and_what_it_names() -> None:
    letter = evidence("letter", {"order:a.name": "Order 77", "order:a.in_force": True})
    assert names_in(letter) == {Citation(Cited.EVIDENCE, "letter"): ("Document letter", "An office", "Order 77")}
