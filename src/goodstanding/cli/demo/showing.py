"""What the demo found, as the index page shows it."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from goodstanding.bootstrap import territory_name
from goodstanding.kernel.instants import instant
from goodstanding.kernel.scope import ALWAYS_POSSIBLE
from goodstanding.web.pages import CasePage, Demo, FileLink, Message, Nearest, Off, OnDate, Told
from goodstanding.web.timeline import Event, Lane, Tone

if TYPE_CHECKING:
    from collections.abc import Mapping

    from goodstanding.app.case_file import CaseMaterial
    from goodstanding.clause.vocabulary import Vocabulary
    from goodstanding.cli.demo.results import CaseOnDate, OffShown, Played, Tried
    from goodstanding.kernel.ids import StatementId

MARK = (
    "Reconstructed by goodstanding from public facts, in our own words. Nothing here was sent to anybody. What the "
    "replay had to assume is marked as assumed, and law later than a date is marked as not in force then."
)
Words: TypeAlias = dict[str, str]
"""What people call a capability or topic."""
OTHER_POLICY = "designation"
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


def _words(vocabulary: Vocabulary) -> Words:
    """The vocabulary's words for capabilities and topics."""
    return {named.id: named.label for named in (*vocabulary.capabilities, *vocabulary.topics)}


def _case(material: CaseMaterial, played: Played, paths: Mapping[StatementId, str]) -> CasePage:
    """One case: the real one, ours by date, and the other policy's where there is one."""
    about = material.case
    assert about is not None
    mine = [one for one in played.cases if one.case == about.id]
    others = [one for one in played.variants if one.case == about.id]
    tried = [one for one in played.tried if one.case == about.id]
    words = _words(played.vocabulary)
    return CasePage(
        id=about.id,
        title=about.title,
        summary=about.summary,
        real=about.real,
        dates=(*(_date(one, tried, paths, words) for one in mine), *(_date(one, [], paths, words) for one in others)),
        has=played.elements.get(about.id, ()),
        events=_events(about.id, played, mine, tried),
    )


def _date(one: CaseOnDate, tried: list[Tried], paths: Mapping[StatementId, str], words: Words) -> OnDate:
    """One day of a case."""
    on_day = [attempt for attempt in tried if f"{attempt.at:%Y-%m-%d}" == one.as_of]
    inherited = [box for box in one.inherited if box.lifted is not None and f"{box.lifted:%Y-%m-%d}" == one.as_of]
    return OnDate(
        at=instant(one.as_of),
        policy=_policy(one.policy),
        headline=_headline(one, lifted=bool(inherited)),
        off=tuple(_off(box, kind, paths, words) for kind, boxes in _kinds(one) for box in boxes),
        works=_works(one, words),
        nearest=_nearest(one),
        undecided=one.undecided,
        messages=tuple(_message(attempt) for attempt in on_day),
    )


def _policy(policy: str) -> str:
    """Whose policy it is; the demo's second desk is another platform's."""
    return f"another platform, policy {policy}" if policy.startswith(OTHER_POLICY) else f"policy {policy}"


def _kinds(one: CaseOnDate) -> tuple[tuple[str, tuple[OffShown, ...]], ...]:
    """What is in force, by kind."""
    still = tuple(box for box in one.inherited if box.lifted is None)
    return (
        ("restriction", one.restrictions),
        ("hold", one.holds),
        ("announced", one.announced),
        ("inherited", still),
    )


def _headline(one: CaseOnDate, *, lifted: bool) -> str:
    """The result in a sentence."""
    if one.restrictions:
        boxes = one.restrictions
        narrow = all(box.ads != "all" for box in boxes)
        where = "" if boxes[0].territories == "all" else f" in {_side(boxes[0].territories, '', {})}"
        return "One ad is off, and nothing else" if narrow else f"Advertising is off{where}, on stated grounds"
    if one.announced:
        return f"Announced with its reasons; it begins on {one.announced[0].begins:%-d %B %Y}"
    if lifted:
        return "The inherited restriction is lifted: it has no ground"
    return "Nothing is restricted"


def _off(box: OffShown, kind: str, paths: Mapping[StatementId, str], words: Words) -> Off:
    """One box of what is off, with its statements."""
    ads = "" if isinstance(box.ads, str) else f"; only the ad “{'”, “'.join(box.ads)}”"
    links = [
        FileLink(href=f"{paths[name]}{ending}", label=label)
        for name, account in zip(box.statements, box.accounts, strict=False)
        for ending, label in ((".html", f"Statement for {account}"), (".receipt.json", "its receipt"))
    ]
    return Off(
        what=_side(box.capabilities, "", words),
        where=_side(box.territories, "everywhere", words),
        about=_side(box.topics, "every topic", words) + ads,
        accounts=", ".join(box.accounts),
        since=box.begins,
        clause=box.clause or "none was ever stated",
        kind=kind,
        links=tuple(links),
    )


def _side(names: tuple[str, ...] | str, everything: str, words: Words) -> str:
    """One side of a box in words."""
    return (
        everything if isinstance(names, str) else ", ".join(words.get(name) or territory_name(name) for name in names)
    )


def _works(one: CaseOnDate, words: Words) -> tuple[str, ...]:
    """What still works, in words; what one box leaves open counts only where no other box closes it."""
    lines = ["Posting, everywhere"]
    if not one.restrictions:
        lines.append("Advertising, everywhere")
    elif len(one.restrictions) == 1:
        (box,) = one.restrictions
        if not isinstance(box.territories, str):
            lines.append(f"Advertising outside {_side(box.territories, '', words)}")
        if not isinstance(box.topics, str):
            lines.append(f"Advertising on everything but {_side(box.topics, '', words)}")
        if not isinstance(box.ads, str):
            lines.append("Every other ad")
    return (*lines, f"Always: {', '.join(ALWAYS_POSSIBLE)}")


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
        Event(lane=Lane.REAL, at=event.at, title=event.title, text=event.text, tone=Tone[event.tone.upper()])
        for event in played.stories[case].events
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
