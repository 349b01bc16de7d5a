"""The index page of the demo: each case by its dates, what was restricted and what still worked, and what was told.

It shows and decides nothing: every sentence comes from the decisions, statements and messages that the caller hands in.
Autoescape is on whatever the environment says; there is no script, no inline style, and one stylesheet. What the real
notice lacked stands beside ours, since reasons are the point (P1).
"""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING

import msgspec

from goodstanding.app.case_file_material import RealMeasure
from goodstanding.reasons.notices.model import Element
from goodstanding.reasons.plain import link_to
from goodstanding.web.timeline import Event, draw_tall_timeline, draw_timeline

if TYPE_CHECKING:
    from collections.abc import Collection

    from jinja2 import Environment

TEMPLATE = "demo.html.j2"
STYLESHEET = "demo.css"


class FileLink(msgspec.Struct, frozen=True, kw_only=True):
    """A file of the folder: a path relative to the page, and what it is called."""

    href: str
    label: str


class Off(msgspec.Struct, frozen=True, kw_only=True):
    """One thing that is off on a date.

    `what`: the capability in words. `where`, `about` and `accounts` say the box. `since`: when it began, or begins.
    `kind`: `restriction`, `hold` or `inherited`.
    """

    what: str
    where: str
    about: str
    accounts: str
    since: datetime | None
    clause: str
    kind: str = "restriction"
    links: tuple[FileLink, ...] = ()


class Nearest(msgspec.Struct, frozen=True, kw_only=True):
    """The clause that came closest, and why it was not met."""

    clause: str
    title: str
    why_not: str

    @property
    def reasons(self) -> tuple[str, ...]:
        """Why not, sentence by sentence, each once."""
        parts = (part.strip().rstrip(".") for part in self.why_not.split("; "))
        return tuple(dict.fromkeys(part[:1].upper() + part[1:] for part in parts if part))


class Told(StrEnum):
    """What became of something that somebody wanted to send."""

    SENT = "sent"
    REFUSED = "refused"
    TAKEN_UP = "taken up"


class Message(msgspec.Struct, frozen=True, kw_only=True):
    """Something that was to be sent or recorded, and what became of it; `why`: why it was refused, what to do."""

    what: str
    outcome: Told
    text: str = ""
    why: tuple[str, ...] = ()
    mark: str = ""


class OnDate(msgspec.Struct, frozen=True, kw_only=True):
    """A case as it stands on one date, under one policy.

    `headline` is the result in a sentence. `works`: what still works, in words. `undecided`: what is missing, in
    sentences.
    """

    at: datetime
    policy: str
    headline: str
    off: tuple[Off, ...] = ()
    works: tuple[str, ...] = ()
    nearest: Nearest | None = None
    undecided: tuple[str, ...] = ()
    messages: tuple[Message, ...] = ()
    links: tuple[FileLink, ...] = ()


class CasePage(msgspec.Struct, frozen=True, kw_only=True):
    """One case. `has`: the elements that our statements have; empty where none was owed, since nothing was restricted.

    What `has` leaves out is redress that did not exist on the day: no statement is issued that lacks anything else.
    """

    id: str
    title: str
    summary: str
    real: RealMeasure
    dates: tuple[OnDate, ...]
    has: tuple[str, ...] = ()
    events: tuple[Event, ...] = ()


class Demo(msgspec.Struct, frozen=True, kw_only=True):
    """The whole page; `mark` is the sentence that says what is ours and was never sent."""

    cases: tuple[CasePage, ...]
    mark: str
    links: tuple[FileLink, ...] = ()


ELEMENT_WORDS = {
    Element.MEASURE: "what is done",
    Element.CLAUSE: "the rule",
    Element.FACTS: "the facts",
    Element.SOURCE: "where the facts come from",
    Element.TERRITORY: "where it applies",
    Element.DURATION: "how long it lasts",
    Element.AUTOMATION: "what machines did",
    Element.EXPLANATION: "why the facts fall under the rule",
    Element.REDRESS_INTERNAL: "how to appeal to the platform",
    Element.REDRESS_OUT_OF_COURT: "how to settle out of court",
    Element.REDRESS_COURT: "how to go to court",
}
"""What each element of a notice is, in words."""


def demo_index(demo: Demo, *, environment: Environment, stylesheet: str = STYLESHEET) -> str:
    """The index page of the demo's folder."""
    return environment.get_template(TEMPLATE).render(
        demo=demo,
        stylesheet=stylesheet,
        link_to=link_to,
        day=day,
        coded=_coded,
        elements=_elements,
        wide=_wide,
        tall=_tall,
    )


def day(at: datetime) -> str:
    """`31 January 2018`."""
    return f"{at.day} {_MONTHS[at.month - 1]} {at.year}"


_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


def _coded(text: str) -> list[str]:
    """A text cut at its backticks, so that each second part is code; whole where a backtick has no partner."""
    parts = text.split("`")
    return parts if len(parts) % 2 else [text]


def _elements(case: CasePage) -> list[tuple[str, str, str]]:
    """Each element in words, whether the real notice had it, and whether ours has it."""
    return [(words, _real(code, case.real), _ours(code, case.has)) for code, words in ELEMENT_WORDS.items()]


def _real(code: Element, real: RealMeasure) -> str:
    """Whether the real notice had an element."""
    if not real.known:
        return "not known"
    return "missing" if code in real.lacked else "there"


def _ours(code: Element, has: Collection[str]) -> str:
    """Whether our statement has an element; what it lacks is redress that did not exist on its day."""
    if not has:
        return "none owed"
    return "there" if code in has else "did not exist then"


def _wide(case: CasePage) -> str:
    """The drawing for wide screens; it is markup, and what it is given is escaped where it is made."""
    return draw_timeline(case.events, name=f"timeline-{_anchor(case)}")


def _tall(case: CasePage) -> str:
    """The drawing for phones."""
    return draw_tall_timeline(case.events, name=f"timeline-tall-{_anchor(case)}")


def _anchor(case: CasePage) -> str:
    """The case's id as part of an id in the page."""
    return "".join(character for character in case.id.lower() if character.isalnum() or character == "-")
