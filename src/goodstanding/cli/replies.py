"""The files of an appeal: a reply, and the narrower scopes that an outcome leaves; in YAML or JSON.

A reply::

    answers:
      - {question: 1, text: …, examined: ["evidence:look-1", "clause:misrepresentation"]}
      - {question: 2, refused: {basis: the law or clause relied on, because: how it applies here}}
    text: …                                  # what is said besides
    relies_on: ["clause:misrepresentation"]  # what it holds against the party, told before
    examined_again: {"evidence:look-1": rosa}

Narrower scopes, each side `all` or a list of names, as it was where nothing is said::

    - {restriction: res-…, territories: [US], topics: [kettles]}
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Literal, TypeVar

import msgspec
import yaml

from goodstanding.appeals.model import Answer, Citation, ExaminedAgain, Refused, Reply, Variation
from goodstanding.cli.naming import refuse
from goodstanding.errors import ImportFileError, Problem
from goodstanding.kernel.extents import ALL, Extent
from goodstanding.kernel.ids import AppealId, PersonId, RestrictionId

if TYPE_CHECKING:
    from goodstanding.app.state import State
    from goodstanding.kernel.scope import Scope

T = TypeVar("T")

REPLY_HINT = "write `answers: [{question: 1, text: …, examined: ['evidence:…']}]`"
SCOPES_HINT = "write `- {restriction: res-…, territories: [US]}` for each"


class AnswerInFile(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One answer; `examined` are citations such as `evidence:order-1`."""

    question: int
    text: str = ""
    examined: tuple[str, ...] = ()
    refused: Refused | None = None


class ReplyInFile(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A reply; `examined_again` maps a citation to who looked at it again."""

    answers: tuple[AnswerInFile, ...]
    text: str = ""
    relies_on: tuple[str, ...] = ()
    examined_again: dict[str, str] = {}

    def sent(self, appeal: AppealId, *, by: PersonId, at: datetime) -> Reply:
        """The reply as it is sent.

        Raises:
            ValueError: a citation cites nothing.
        """
        return Reply(
            appeal=appeal,
            by=by,
            at=at,
            answers=tuple(
                Answer(question=a.question, text=a.text, examined=_citations(a.examined), refused=a.refused)
                for a in self.answers
            ),
            text=self.text,
            relies_on=_citations(self.relies_on),
            examined_again=tuple(
                ExaminedAgain(what=Citation.of(what), by=PersonId(who)) for what, who in self.examined_again.items()
            ),
        )


Side = Literal["all"] | tuple[str, ...] | None


class NarrowerInFile(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The narrower scope of one restriction; a side that is not said stays as it was."""

    restriction: str
    capabilities: Side = None
    ads: Side = None
    territories: Side = None
    audiences: Side = None
    topics: Side = None

    def becomes(self, old: Scope) -> Scope:
        """The old scope with the sides that are said."""
        said = {
            name: ALL if side == "all" else Extent.of(side)
            for name in ("capabilities", "ads", "territories", "audiences", "topics")
            if (side := getattr(self, name)) is not None
        }
        return msgspec.structs.replace(old, **said)


def read_reply(text: str, *, file: str) -> ReplyInFile:
    """Read a reply.

    Raises:
        ImportFileError: it is none.
    """
    found = _read(text, ReplyInFile, file=file, hint=REPLY_HINT)
    try:
        found.sent(AppealId(""), by=PersonId(""), at=datetime.min)  # noqa: DTZ901  only to see that it can be sent
    except ValueError as error:
        raise _problem(file, error, REPLY_HINT) from None
    return found


def read_narrower(text: str, *, file: str) -> tuple[NarrowerInFile, ...]:
    """Read a file of narrower scopes.

    Raises:
        ImportFileError: it is none.
    """
    return _read(text, tuple[NarrowerInFile, ...], file=file, hint=SCOPES_HINT)


def variations(state: State, narrower: tuple[NarrowerInFile, ...]) -> tuple[Variation, ...]:
    """The variations of an outcome, each inside the scope that its restriction has.

    Raises:
        RefusedError: there is no such restriction.
    """
    found = []
    for one in narrower:
        restriction = state.restrictions.get(RestrictionId(one.restriction))
        if restriction is None:
            hint = "see `goodstanding case show` for the ids"
            refuse("VariationOnlyNarrows", f"there is no restriction `{one.restriction}`", hint)
        found.append(Variation(restriction=restriction.id, becomes=one.becomes(restriction.scope)))
    return tuple(found)


def _citations(texts: tuple[str, ...]) -> tuple[Citation, ...]:
    """Citations as a file writes them."""
    return tuple(Citation.of(text) for text in texts)


def _read(text: str, shape: type[T], *, file: str, hint: str) -> T:
    """Read YAML, of which JSON is a part, into a shape."""
    try:
        return msgspec.convert(yaml.safe_load(text), shape)
    except (msgspec.ValidationError, yaml.YAMLError) as error:
        raise _problem(file, error, hint) from None


def _problem(file: str, error: Exception, hint: str) -> ImportFileError:
    """What is wrong with a file, in one line."""
    said = " ".join(str(error).split())
    return ImportFileError([Problem(message=f"{file}: {said[:1].lower()}{said[1:]}", hint=hint)])
