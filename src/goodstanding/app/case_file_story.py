"""What was said in a case, as a file: letters, messages, replies, public statements and outcomes, in our own words.

The demo replays them; nothing here is a sentence of the real parties, and `mark` says so wherever one is shown.

The format, whole::

    mark: our paraphrase; …
    letters:  [{key, channel, received_at, note, summary, text, questions: [one, two]}]
    messages: [{key, at, from, text}]
    public:   [{key, at, audience, text, grounds: ["evidence:id"]}]
    replies:  [{key, to, at, text, answers: [{question: 1, text, examined: ["clause:id"]}]}]
    outcomes: [{key, to, at, kind, text, relies_on: ["evidence:id"]}]
    events:   [{at, title, text, tone: off}]    # dated events of the real case, for the timeline

It leaves to `appeals` what may be sent.
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

import msgspec

from goodstanding.app.case_file_parts import Part, check_name, parse, read_with, refuse
from goodstanding.appeals.model import Answer, Audience, Channel, Citation, OutcomeKind, Question
from goodstanding.clause.marked_yaml import MarkedYaml

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    import yaml


TONES = ("fact", "said", "off", "open", "lifted", "refused")
"""What an event can mean for the advertiser."""


class Letter(msgspec.Struct, frozen=True, kw_only=True):
    """What the party wrote or said; `note` says what is not certain about it."""

    key: str
    channel: Channel
    received_at: datetime
    note: str
    summary: str
    text: str
    questions: tuple[Question, ...]


class Said(msgspec.Struct, frozen=True, kw_only=True):
    """What the platform told the party; `sender` says which platform."""

    key: str
    at: datetime
    sender: str
    text: str


class PublicWord(msgspec.Struct, frozen=True, kw_only=True):
    """What the platform told others, and the grounds it named."""

    key: str
    at: datetime
    audience: Audience
    text: str
    grounds: tuple[Citation, ...]


class ReplyDraft(msgspec.Struct, frozen=True, kw_only=True):
    """A reply to a letter, with an answer for each of its questions."""

    key: str
    to: str
    at: datetime
    text: str
    answers: tuple[Answer, ...]


class OutcomeDraft(msgspec.Struct, frozen=True, kw_only=True):
    """How an appeal ends."""

    key: str
    to: str
    at: datetime
    kind: OutcomeKind
    text: str
    relies_on: tuple[Citation, ...]


class RealEvent(msgspec.Struct, frozen=True, kw_only=True):
    """One dated event of the real case; `tone` says what it meant for the advertiser, one of `TONES`."""

    at: datetime
    title: str
    text: str
    tone: str


class Story(msgspec.Struct, frozen=True, kw_only=True):
    """Everything that was said in a case."""

    mark: str
    letters: tuple[Letter, ...] = ()
    messages: tuple[Said, ...] = ()
    public: tuple[PublicWord, ...] = ()
    replies: tuple[ReplyDraft, ...] = ()
    outcomes: tuple[OutcomeDraft, ...] = ()
    events: tuple[RealEvent, ...] = ()


def read_story(text: str, *, file: str) -> Story:
    """Read what was said in a case.

    Raises:
        ImportFileError: anything is wrong with it; every problem is listed with its place.
    """
    document = MarkedYaml(file)
    root = parse(document, text)
    story = _story(document, root) if root is not None else Story(mark="")
    refuse(document)
    return story


def _story(document: MarkedYaml, root: yaml.Node) -> Story:
    lists = ("letters", "messages", "public", "replies", "outcomes", "events")
    top = Part(document, root, "a story", required=("mark",), optional=lists)
    letters = tuple(_letter(part) for part in _parts(top, "letters", _LETTER, ("note",)))
    keys = [letter.key for letter in letters]
    return Story(
        mark=top.text("mark"),
        letters=letters,
        messages=tuple(
            Said(key=part.slug("key"), at=part.at("at"), sender=part.text("from"), text=part.text("text"))
            for part in _parts(top, "messages", ("key", "at", "from", "text"))
        ),
        public=tuple(_public(part) for part in _parts(top, "public", ("key", "at", "audience", "text", "grounds"))),
        replies=tuple(_reply(part, keys) for part in _parts(top, "replies", ("key", "to", "at", "answers"), ("text",))),
        outcomes=tuple(
            _outcome(part, keys)
            for part in _parts(top, "outcomes", ("key", "to", "at", "kind", "text"), ("relies_on",))
        ),
        events=tuple(
            RealEvent(at=part.at("at"), title=part.text("title"), text=part.text("text"), tone=_tone(part))
            for part in _parts(top, "events", ("at", "title", "text"), ("tone",))
        ),
    )


_LETTER = ("key", "channel", "received_at", "summary", "text", "questions")


def _parts(top: Part, key: str, required: tuple[str, ...], optional: tuple[str, ...] = ()) -> Iterator[Part]:
    """The entries of a list."""
    for node in top.items(key):
        yield Part(top.document, node, f"an entry of `{key}`", required=required, optional=optional)


def _letter(part: Part) -> Letter:
    return Letter(
        key=part.slug("key"),
        channel=part.choice("channel", "a channel", Channel, Channel.LETTER),
        received_at=part.at("received_at"),
        note=part.text("note"),
        summary=part.text("summary"),
        text=part.text("text"),
        questions=tuple(Question(number=n, text=text) for n, text in enumerate(part.texts("questions"), 1)),
    )


def _public(part: Part) -> PublicWord:
    return PublicWord(
        key=part.slug("key"),
        at=part.at("at"),
        audience=part.choice("audience", "an audience", Audience, Audience.PUBLIC),
        text=part.text("text"),
        grounds=_citations(part, "grounds"),
    )


def _reply(part: Part, letters: Collection[str]) -> ReplyDraft:
    answers = (
        Part(part.document, node, "an answer", required=("question", "text", "examined"))
        for node in part.items("answers")
    )
    return ReplyDraft(
        key=part.slug("key"),
        to=_to(part, letters),
        at=part.at("at"),
        text=part.text("text"),
        answers=tuple(_answer(answer) for answer in answers),
    )


def _answer(part: Part) -> Answer:
    return Answer(question=_number(part), text=part.text("text"), examined=_citations(part, "examined"))


def _number(part: Part) -> int:
    """The number of a question."""
    text = part.text("question")
    if text and not (text.isascii() and text.isdigit()):
        part.document.problem(part.fields["question"], f"`{text}` is not a number", "number questions from 1")
        return 0
    return int(text or 0)


def _outcome(part: Part, letters: Collection[str]) -> OutcomeDraft:
    return OutcomeDraft(
        key=part.slug("key"),
        to=_to(part, letters),
        at=part.at("at"),
        kind=part.choice("kind", "an outcome", OutcomeKind, OutcomeKind.UPHELD),
        text=part.text("text"),
        relies_on=_citations(part, "relies_on"),
    )


def _tone(part: Part) -> str:
    """What an event meant; a mere fact where nothing is said."""
    text = part.text("tone")
    if text:
        check_name(part.document, part.fields["tone"], text, "tone", TONES)
    return text or "fact"


def _to(part: Part, letters: Collection[str]) -> str:
    """The letter that is answered."""
    text = part.text("to")
    if text:
        check_name(part.document, part.fields["to"], text, "key of a letter", letters)
    return text


def _citations(part: Part, key: str) -> tuple[Citation, ...]:
    """What is cited."""
    if key not in part.fields:
        return ()
    found = part.document.texts(part.fields[key], f"`{key}` of {part.what}")
    read = (read_with(part.document, node, text, Citation.of) for text, node in found)
    return tuple(citation for citation in read if citation is not None)
