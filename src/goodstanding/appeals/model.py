"""What an appeal, a reply, an outcome and a public statement are.

It decides nothing: `rules`, `public`, `outcome` and `clocks` judge these records. Promises P4, P5, P6; DSA art. 20.
"""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

import msgspec

from goodstanding.kernel.digests import Digest
from goodstanding.kernel.ids import AppealId, CaseId, PersonId, RestrictionId
from goodstanding.kernel.scope import Scope


class Channel(StrEnum):
    """How an appeal came in; all but the first are recorded by staff."""

    PARTY = "filed by the party"
    LETTER = "letter"
    CALL = "call"
    OPEN_LETTER = "open letter"


class Cited(StrEnum):
    """What kind of thing is cited."""

    FACT = "fact"
    EVIDENCE = "evidence"
    CLAUSE = "clause"


class Citation(msgspec.Struct, frozen=True, order=True, forbid_unknown_fields=True):
    """One thing on the record, by its id."""

    kind: Cited
    id: str

    @classmethod
    def of(cls, text: str) -> Citation:
        """Read a citation such as `fact:f-12`, `evidence:bod-17-01` or `clause:supply-forbidden`.

        Raises:
            ValueError: the text is no citation.
        """
        kind, colon, name = text.partition(":")
        if not colon or not name.strip() or kind not in tuple(Cited):
            msg = f"`{text}` cites nothing: write `fact:`, `evidence:` or `clause:` and an id"
            raise ValueError(msg)
        return cls(Cited(kind), name)

    def __str__(self) -> str:
        """`fact:f-12`, as `of` reads it."""
        return f"{self.kind}:{self.id}"


class Question(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One thing that the party asks; numbers count from 1."""

    number: int
    text: str


class Appeal(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A party's objection or question.

    `against` is empty in a case without a restriction. `received_at`: the clocks run from here, whenever it was
    recorded. `document`: the digest of what was received; `summary`: what it says, in a sentence.
    """

    id: AppealId
    case: CaseId
    against: tuple[RestrictionId, ...] = ()
    channel: Channel
    received_at: datetime
    recorded_at: datetime
    recorded_by: PersonId
    document: Digest
    summary: str
    questions: tuple[Question, ...]


class Refused(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Why a question gets no answer: the law or clause relied on (`basis`), and how it applies here (`because`)."""

    basis: str
    because: str


class Answer(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The answer to one question: what was examined for it, or a refusal with its ground."""

    question: int
    text: str = ""
    examined: tuple[Citation, ...] = ()
    refused: Refused | None = None


class ExaminedAgain(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One thing that was looked at a second time, and by whom."""

    what: Citation
    by: PersonId


class Reply(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The reply to an appeal.

    `relies_on`: what it holds against the party, all of which was told before (P5). `examined_again`: owed by a reply
    that repeats an earlier message.
    """

    appeal: AppealId
    by: PersonId
    at: datetime
    answers: tuple[Answer, ...]
    text: str = ""
    relies_on: tuple[Citation, ...] = ()
    examined_again: tuple[ExaminedAgain, ...] = ()


class Message(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Something that was said to the party in a case: a statement, a notice, a reply, a message."""

    id: str
    at: datetime
    text: str


class Reviewer(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Who judges an appeal; an outside reviewer is named, since the party is told who it is (P4)."""

    id: PersonId
    outside: bool = False
    name: str = ""


class OutcomeKind(StrEnum):
    """How an appeal against a restriction ends."""

    UPHELD = "upheld"
    VARIED = "varied"
    REVERSED = "reversed"


class Variation(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The narrower box that a restriction keeps."""

    restriction: RestrictionId
    becomes: Scope


class Outcome(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How an appeal ended; `relies_on` names the clause and facts that still carry what stays in force."""

    appeal: AppealId
    kind: OutcomeKind
    by: PersonId
    at: datetime
    text: str
    relies_on: tuple[Citation, ...] = ()
    variations: tuple[Variation, ...] = ()


class Audience(StrEnum):
    """Who hears a statement about a decision; courts and authorities are not the public (P6)."""

    PUBLIC = "public"
    PRESS = "press"
    COURT = "court"
    AUTHORITY = "authority"


class PublicStatement(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What the platform wants to say about a case to somebody who is not the party."""

    case: CaseId
    audience: Audience
    by: PersonId
    at: datetime
    text: str
    grounds: tuple[Citation, ...] = ()


class Objection(msgspec.Struct, frozen=True, kw_only=True):
    """Why something may not be sent or recorded: the rule against it, its promise, and what to do instead."""

    rule: str
    promise: str
    message: str
    hint: str
