"""A small demo page, with one of everything, and the story of the 2018 case as drawn."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from jinja2 import Environment, FileSystemLoader, StrictUndefined

import goodstanding
from goodstanding.app.case_file_material import RealMeasure
from goodstanding.web.pages import CasePage, Demo, FileLink, Message, Nearest, Off, OnDate, Told
from goodstanding.web.timeline import Event, Lane, Tone

TEMPLATES = Path(goodstanding.__file__).parent / "web" / "templates"


def on(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def event(lane: Lane, at: str, tone: Tone, title: str, text: str = "") -> Event:
    return Event(lane=lane, at=on(at), title=title, text=text, tone=tone)


EVENTS = (
    event(
        Lane.REAL,
        "2017-09-13",
        Tone.FACT,
        "A directive for federal agencies",
        "The US Department of Homeland Security tells agencies to remove the company's products.",
    ),
    event(
        Lane.REAL,
        "2018-01-31",
        Tone.OFF,
        "Advertising ends on every account",
        "The letter names no rule, no fact and no way to object. The exact day is not confirmed.",
    ),
    event(
        Lane.OURS,
        "2018-01-31",
        Tone.OPEN,
        "Nothing is restricted",
        "The directive binds federal agencies; no rule speaks of who the owner is.",
    ),
    event(Lane.REAL, "2018-02-15", Tone.SAID, "The company asks why", "A director writes to the platform."),
    event(Lane.OURS, "2018-02-15", Tone.SAID, "Recorded as an appeal", "Three numbered questions; the clock runs."),
    event(Lane.REAL, "2018-03-15", Tone.SAID, "The same answer again", "The reply repeats the first letter."),
    event(
        Lane.OURS,
        "2018-03-15",
        Tone.REFUSED,
        "The repeated reply is refused",
        "It answers no question and says nothing new.",
    ),
    event(
        Lane.REAL,
        "2018-04-20",
        Tone.SAID,
        "The ground is told to the press",
        "Reporters are pointed to the directive. The company never was.",
    ),
    event(Lane.REAL, "2018-04-20", Tone.FACT, "Nobody was told to act", "An official says so."),
    event(Lane.OURS, "2018-04-20", Tone.REFUSED, "The press statement is refused", "The party was never told."),
    event(Lane.OURS, "2018-04-20", Tone.LIFTED, "The inherited restriction is lifted", "No ground was found."),
    event(Lane.REAL, "2022-03-25", Tone.FACT, "The FCC lists the company", "No federal subsidy for its products."),
    event(Lane.OURS, "2022-03-26", Tone.OPEN, "Weighed again: still nothing", "A list of subsidies forbids no supply."),
    event(Lane.REAL, "2024-06-20", Tone.FACT, "Sales to US persons are forbidden", "In full from 29 September."),
    event(Lane.OURS, "2024-08-30", Tone.SAID, "Statement of reasons issued", "30 days ahead, on every account."),
    event(
        Lane.OURS,
        "2024-09-29",
        Tone.OFF,
        "Ads for antivirus and security software end in the US",
        "Posting, training, threat intelligence and every other country stay on.",
    ),
    event(Lane.REAL, "2024-09-30", Tone.OFF, "Still no reasons given", "No fuller notice is reported."),
)

ALL = "measure clause facts source territory duration automation explanation redress_internal".split()

DATES = (
    OnDate(
        at=on("2018-01-31"),
        policy="Advertising policy, 2017-06",
        headline="Nothing is restricted.",
        works=("post and reply", "promote posts and run ads, everywhere, about everything"),
        nearest=Nearest(
            clause="supply-forbidden",
            title="Products whose supply to the public is forbidden",
            why_not="The directive does not forbid supply to the public; the directive binds federal agencies; "
            "no clause of this policy speaks of this: the owner is alleged to have ties to a state; "
            "no clause of this policy speaks of this: the owner is alleged to have ties to a state.",
        ),
        links=(FileLink(href="c01/2018-01-31.json", label="Decision"),),
    ),
    OnDate(
        at=on("2018-04-20"),
        policy="Advertising policy, 2017-06",
        headline="The inherited restriction is lifted for want of a ground.",
        works=("everything",),
        messages=(
            Message(
                what="A reply that repeats the first message",
                outcome=Told.REFUSED,
                text="We keep to our conclusion.",
                why=("question 1 is left out", "answer what was asked, or say what was examined again and by whom"),
                mark="Our paraphrase",
            ),
            Message(
                what="A press statement",
                outcome=Told.REFUSED,
                why=("the party was never told `bod-17-01`", "half a ` is plain"),
            ),
            Message(what="No company was told to act", outcome=Told.TAKEN_UP),
            Message(what="A reply to all five questions", outcome=Told.SENT),
        ),
    ),
    OnDate(
        at=on("2024-09-30"),
        policy="Advertising policy, 2017-06",
        headline="Ads for two products are off in the United States.",
        off=(
            Off(
                what="promote posts and run ads",
                where="United States",
                about="antivirus software, security software",
                accounts="@kaspersky, @Securelist, @kasperskyuk",
                since=on("2024-09-29"),
                clause="Products whose supply to the public is forbidden",
                links=(
                    FileLink(href="c01/statement.html", label="Statement"),
                    FileLink(href="c01/statement.receipt", label="Receipt"),
                ),
            ),
            Off(what="post", where="FR", about="all", accounts="@a", since=None, clause="x", kind="hold"),
        ),
        works=("post and reply, everywhere", "ads for training and threat intelligence", "every ad in other countries"),
        undecided=("It is not known whether the danger is over",),
    ),
)


@pytest.fixture
def events() -> tuple[Event, ...]:
    return EVENTS


@pytest.fixture
def demo() -> Demo:
    real = RealMeasure(
        measure="advertising ended on every account",
        when="end of January 2018",
        stated_reason="that the way of doing business is at odds with what the platform accepts",
        notice="Known from the open letter.",
        lacked=tuple(ALL[1:]),
        sources=(
            "https://example.org/a-very-long-address/that-goes-on-and-on/and-on-without-a-single-place-to-break-a-line",
            "javascript:alert(1)",
        ),
    )
    case = CasePage(
        id="C01",
        title="A security company loses advertising on all its accounts",
        summary="At the end of January 2018 a social network ended advertising and left posting on.",
        real=real,
        dates=DATES,
        has=tuple(ALL),
        events=EVENTS,
    )
    other = CasePage(
        id="C09",
        title="A teacher <b>taken</b> for a dealer",
        summary="A machine's guess.",
        real=RealMeasure(
            measure="ended", when="2022", stated_reason="general", notice="not ours", lacked=(), sources=(), known=False
        ),
        dates=(),
    )
    return Demo(cases=(case, other), mark="Ours, and never sent.", links=(FileLink(href="key.pub", label="Key"),))


@pytest.fixture
def environment() -> Environment:
    # Autoescape off on purpose: the template has to see to it itself.
    return Environment(loader=FileSystemLoader(TEMPLATES), autoescape=False, undefined=StrictUndefined)  # noqa: S701  as said above
