"""What may be said to the public or the press about a decision: nothing that the party was not told first (P6).

Courts and authorities are not the public. Whether a statement is wise is for the press office; it is an entry anyway.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from goodstanding.appeals.model import Audience, Citation, Message, Objection, PublicStatement
from goodstanding.appeals.wording import names_in, new_words, sentences

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

_TOLD = "PublicWasToldNothingNew"
_FIRST = "tell the party first, then the public"


def check_public_statement(
    statement: PublicStatement,
    *,
    told: Iterable[Citation],
    messages: Iterable[Message],
    untold: Mapping[Citation, Sequence[str]],
) -> tuple[Objection, ...]:
    """Everything that stands against making a statement; an empty tuple lets it go.

    `told`: the grounds that the party was told; `messages`: what it was told, in full (later ones don't count).
    `untold`: what is known in the dossier and was never told, each with the names by which a text would mention it.
    """
    if statement.audience in (Audience.COURT, Audience.AUTHORITY):
        return ()
    said = [message.text for message in messages if message.at <= statement.at]
    return (
        *_cites_its_grounds(statement),
        *_grounds_were_told(statement, frozenset(told)),
        *_names_were_told(statement, untold, said),
        *_sentences_were_told(statement, said),
    )


def _cites_its_grounds(statement: PublicStatement) -> Iterator[Objection]:
    """`PublicStatementCitesItsGrounds`: a statement about a decision names its grounds by id."""
    if not statement.grounds:
        message = f"the statement about `{statement.case}` cites no ground"
        hint = "cite by id the clauses and facts that it speaks of"
        yield Objection(rule="PublicStatementCitesItsGrounds", promise="P6", message=message, hint=hint)


def _grounds_were_told(statement: PublicStatement, told: frozenset[Citation]) -> Iterator[Objection]:
    """Each cited ground was told to the party."""
    for citation in dict.fromkeys(statement.grounds):
        if citation not in told:
            message = f"the party was never told `{citation}`"
            yield Objection(rule=_TOLD, promise="P6", message=message, hint=_FIRST)


def _names_were_told(
    statement: PublicStatement, untold: Mapping[Citation, Sequence[str]], said: Sequence[str]
) -> Iterator[Objection]:
    """The text mentions nothing of the dossier that was never told, unless the same name stood in a message."""
    for citation, names in untold.items():
        for name in names_in(statement.text, names):
            if not any(names_in(text, [name]) for text in said):
                message = f"the text names `{name}`, which is `{citation}`, and the party was never told it"
                yield Objection(rule=_TOLD, promise="P6", message=message, hint=_FIRST)


def _sentences_were_told(statement: PublicStatement, said: Sequence[str]) -> Iterator[Objection]:
    """At most one in ten of a sentence's content words is missing from the message that comes closest to it."""
    for sentence in sentences(statement.text):
        new = new_words(sentence, said)
        if len(new) * 10 > len(sentence.content):
            message = f"the party was never told `{sentence.text}` (new: {', '.join(sorted(new))})"
            yield Objection(rule=_TOLD, promise="P6", message=message, hint=_FIRST)
