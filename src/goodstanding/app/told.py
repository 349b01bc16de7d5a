"""What a statement told the party: the grounds that a later reply or public statement may rest on (P5, P6)."""

from __future__ import annotations

from datetime import UTC
from typing import TYPE_CHECKING

from goodstanding.appeals.model import Citation, Cited
from goodstanding.reasons.render import read_statement, render_text

if TYPE_CHECKING:
    from goodstanding.appeals.model import Reply
    from goodstanding.evidence.model import Dossier
    from goodstanding.kernel.canonical import Json


def told_by(document: dict[str, Json]) -> set[Citation]:
    """The clause, facts and evidence that a statement names."""
    statement = read_statement(document)
    return {
        Citation(Cited.CLAUSE, statement.clause.id),
        *(Citation(Cited.FACT, fact.fact) for ground in statement.grounds for fact in ground.facts),
        *(Citation(Cited.EVIDENCE, piece.reference) for piece in statement.evidence if piece.reference),
    }


def statement_text(document: dict[str, Json]) -> str:
    """The words of a statement, as the party read them."""
    return render_text(read_statement(document), zone=UTC)


def reply_text(reply: Reply) -> str:
    """Everything that a reply says, the reasons of its refusals included."""
    refusals = (answer.refused.because for answer in reply.answers if answer.refused is not None)
    return " ".join([reply.text, *(answer.text for answer in reply.answers), *refusals])


def names_in(dossier: Dossier) -> dict[Citation, tuple[str, ...]]:
    """By what names each piece of a dossier would be recognised in somebody's text."""
    names: dict[Citation, tuple[str, ...]] = {}
    for piece in dossier.evidence:
        stated = [
            value
            for fact in dossier.facts
            if fact.evidence == piece.id and fact.cell.fact == "name" and isinstance(value := fact.says, str)
        ]
        names[Citation(Cited.EVIDENCE, piece.id)] = (piece.source.title, piece.source.publisher, *stated)
    return names
