"""What the demo found, as the index page shows it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from goodstanding.kernel.instants import instant
from goodstanding.kernel.scope import ALWAYS_POSSIBLE
from goodstanding.web.pages import CasePage, Demo, FileLink, Message, Nearest, Off, OnDate, Told
from goodstanding.web.timeline import Event, Lane, Tone

if TYPE_CHECKING:
    from collections.abc import Mapping

    from goodstanding.app.case_file import CaseMaterial
    from goodstanding.cli.demo.results import CaseOnDate, OffShown, Played, Tried
    from goodstanding.kernel.ids import StatementId

MARK = (
    "Reconstructed by goodstanding from public facts, in our own words. Nothing here was sent to anybody. What a replay had "
    "to assume is marked as assumed where it stands, and law later than a date is marked as not in force then."
)
_LONGEST_ON_A_CARD = 160


def demo_page(played: Played, paths: Mapping[StatementId, str]) -> Demo:
    """The whole page; `paths` gives each statement's place without its ending."""
    return Demo(
        mark=MARK,
        cases=tuple(_case(material, played, paths) for material in played.materials),
        links=(
            FileLink(href="demo.json", label="All of it as JSON"),
            FileLink(href="statements/public.vkey", label="The desk's public key"),
            FileLink(href="other-statements/public.vkey", label="The other desk's public key"),
        ),
    )


def _case(material: CaseMaterial, played: Played, paths: Mapping[StatementId, str]) -> CasePage:
    """One case: the real one, ours by date, and the other policy's where there is one."""
    about = material.case
    assert about is not None
    mine = [one for one in played.cases if one.case == about.id]
    others = [one for one in played.variants if one.case == about.id]
    tried = [one for one in played.tried if one.case == about.id]
    return CasePage(
        id=about.id,
        title=about.title,
        summary=about.summary,
        real=about.real,
        dates=(*(_date(one, tried, paths) for one in mine), *(_date(one, [], paths) for one in others)),
        has=played.elements.get(about.id, ()),
        events=_events(about.id, played, mine, tried),
    )


def _date(one: CaseOnDate, tried: list[Tried], paths: Mapping[StatementId, str]) -> OnDate:
    """One day of a case."""
    on_day = [attempt for attempt in tried if f"{attempt.at:%Y-%m-%d}" == one.as_of]
    inherited = [box for box in one.inherited if box.lifted is not None and f"{box.lifted:%Y-%m-%d}" == one.as_of]
    return OnDate(
        at=instant(one.as_of),
        policy=one.policy,
        headline=_headline(one, lifted=bool(inherited)),
        off=tuple(_off(box, kind, paths) for kind, boxes in _kinds(one) for box in boxes),
        works=_works(one),
        nearest=_nearest(one),
        undecided=one.undecided,
        messages=tuple(_message(attempt) for attempt in on_day),
    )


def _kinds(one: CaseOnDate) -> tuple[tuple[str, tuple[OffShown, ...]], ...]:
    """What is in force, by kind."""
    still = tuple(box for box in one.inherited if box.lifted is None)
    return (("restriction", one.restrictions), ("hold", one.holds), ("inherited", still))


def _headline(one: CaseOnDate, *, lifted: bool) -> str:
    """The result in a sentence."""
    if one.restrictions:
        boxes = one.restrictions
        narrow = all(box.ads != "all" for box in boxes)
        where = "" if boxes[0].territories == "all" else f" in {', '.join(boxes[0].territories)}"
        return "One ad is off, and nothing else" if narrow else f"Advertising is off{where}, on stated grounds"
    if lifted:
        return "The inherited restriction is lifted: it has no ground"
    return "Nothing is restricted"


def _off(box: OffShown, kind: str, paths: Mapping[StatementId, str]) -> Off:
    """One box of what is off, with its statements."""
    ads = "" if isinstance(box.ads, str) else f"; only the ad “{'”, “'.join(box.ads)}”"
    links = [
        FileLink(href=f"{paths[name]}{ending}", label=label)
        for name in box.statements
        for ending, label in ((".html", f"Statement for {_handle(paths[name])}"), (".receipt.json", "its receipt"))
    ]
    return Off(
        what=", ".join(box.capabilities),
        where=_side(box.territories, "everywhere"),
        about=_side(box.topics, "every topic") + ads,
        accounts=", ".join(box.accounts),
        since=box.begins,
        clause=box.clause or "none was ever stated",
        kind=kind,
        links=tuple(links),
    )


def _handle(path: str) -> str:
    """The account in a statement's path."""
    return path.rsplit("/", 1)[-1]


def _side(names: tuple[str, ...] | str, everything: str) -> str:
    """One side of a box in words."""
    return everything if isinstance(names, str) else ", ".join(names)


def _works(one: CaseOnDate) -> tuple[str, ...]:
    """What still works, in words."""
    lines = ["Posting, everywhere"]
    for box in one.restrictions:
        if not isinstance(box.territories, str):
            lines.append(f"Advertising outside {', '.join(box.territories)}")
        if not isinstance(box.topics, str):
            lines.append(f"Advertising on everything but {', '.join(box.topics)}")
        if not isinstance(box.ads, str):
            lines.append("Every other ad")
    if not one.restrictions:
        lines.append("Advertising, everywhere")
    lines.append(f"Always: {', '.join(ALWAYS_POSSIBLE)}")
    return tuple(dict.fromkeys(lines))


def _nearest(one: CaseOnDate) -> Nearest | None:
    """The clause that came closest."""
    if one.nearest is None:
        return None
    return Nearest(clause=one.nearest.clause, title=one.nearest.title, why_not=one.nearest.why_not)


def _message(attempt: Tried) -> Message:
    """Something that was tried, and what the desk said."""
    if attempt.refusal is None:
        return Message(what=attempt.what, outcome=Told.TAKEN_UP if attempt.taken_up else Told.SENT, text=attempt.text)
    why = tuple(dict.fromkeys(attempt.refusal.message.split("; ")))
    return Message(what=attempt.what, outcome=Told.REFUSED, text=attempt.text, why=why[:4], mark=attempt.mark)


def _events(case: str, played: Played, mine: list[CaseOnDate], tried: list[Tried]) -> tuple[Event, ...]:
    """The real case's events, and ours."""
    real = [
        Event(lane=Lane.REAL, at=event.at, title=event.title, text=event.text)
        for event in (played.story.events if case == "C01" else ())
    ]
    ours = [_event(one) for one in mine]
    refused = [
        Event(lane=Lane.OURS, at=attempt.at, title="Refused", text=attempt.what, tone=Tone.REFUSED)
        for attempt in tried
        if attempt.refusal is not None
    ]
    issued = [
        Event(
            lane=Lane.OURS,
            at=box.issued,
            title="A statement for each account",
            text=f"It names the rule, the facts, the source, and what begins on {box.begins:%d %B %Y}.",
            tone=Tone.SAID,
        )
        for one in mine
        for box in one.restrictions
        if box.issued is not None and box.begins is not None
    ]
    return tuple({(e.lane, e.at, e.title, e.text): e for e in (*real, *refused, *issued, *ours)}.values())


def _event(one: CaseOnDate) -> Event:
    """One of our days, on the drawing."""
    lifted = any(box.lifted is not None and f"{box.lifted:%Y-%m-%d}" == one.as_of for box in one.inherited)
    tone = Tone.OFF if one.restrictions else Tone.LIFTED if lifted else Tone.OPEN
    text = "" if one.nearest is None else one.nearest.why_not.split("; ")[0] + "."
    return Event(
        lane=Lane.OURS,
        at=instant(one.as_of),
        title=_headline(one, lifted=lifted),
        text=text[:_LONGEST_ON_A_CARD],
        tone=tone,
    )
