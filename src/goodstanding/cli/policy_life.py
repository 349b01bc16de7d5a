"""`policy draft|approve|publish|withdraw|versions|due`: from a draft to the end of a clause."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from goodstanding.app import policy_life as use
from goodstanding.app.ending import groundless, lift_groundless
from goodstanding.app.library import editions, published_volume, volume
from goodstanding.bootstrap import open_desk, pack
from goodstanding.cli.acting import (
    HERE,
    As,
    DeskFolder,
    at_its_time,
    carry_out,
    example,
    show_recorded,
)
from goodstanding.cli.files import text_of
from goodstanding.cli.naming import refuse
from goodstanding.cli.output import AsJson, show
from goodstanding.kernel.ids import ClauseId, PersonId
from goodstanding.kernel.instants import iso
from goodstanding.policy.publication import Urgency, Way

if TYPE_CHECKING:
    from datetime import datetime

    from goodstanding.app.ports import Command
    from goodstanding.app.state import State

Draft = Annotated[
    str, typer.Argument(metavar="DRAFT", help="The draft, or the policy if it has one waiting.", show_default=False)
]


def add_to(app: typer.Typer) -> None:
    """Add these verbs to `policy`."""
    app.command("draft", epilog=example("goodstanding policy draft ads.md --as ines"))(draft)
    app.command("approve", epilog=example("goodstanding policy approve ads --reason 'read in full' --as olu"))(approve)
    app.command(
        "publish",
        epilog=example(
            "goodstanding policy publish ads --as ines",
            "goodstanding policy publish ads --danger 'ads lead to a worm that spreads today' --as olu",
        ),
    )(publish)
    app.command(
        "withdraw",
        epilog=example("goodstanding policy withdraw ads unpaid-balance --reason 'billing counts twice' --as olu"),
    )(withdraw)
    app.command("versions", epilog=example("goodstanding policy versions ads"))(versions)
    app.command("due", epilog=example("goodstanding policy due", "goodstanding policy due --lift --as dan"))(due)


def draft(
    *,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The policy, in Markdown.")],
    vocabulary: Annotated[
        Path | None, typer.Option("--vocabulary", help="Its vocabulary; the example pack's by default.")
    ] = None,
    desk: DeskFolder = HERE,
    by: As = "",
    as_json: AsJson = False,
) -> None:
    """Record a policy that is to be published, with the vocabulary that it was written in.

    Another policy author, or an officer, approves it; then `policy publish` publishes this text and no other.
    """
    text = text_of(file)
    words, words_file = ("", "") if vocabulary is None else (text_of(vocabulary), str(vocabulary))
    if vocabulary is None:
        words, words_file = pack("vocabulary.yaml"), "vocabulary.yaml"
    volume(text, str(file), words, words_file)  # every problem is told before the desk is opened
    command = use.draft_policy(text=text, file=file.name, vocabulary=words, vocabulary_file=words_file, by=PersonId(by))
    carry_out(desk, command, by=by, as_json=as_json)


def approve(
    *,
    draft: Draft,
    reason: Annotated[str, typer.Option(help="What the second person looked at.")],
    desk: DeskFolder = HERE,
    by: As = "",
    as_json: AsJson = False,
) -> None:
    """Approve a draft as the second person; whoever drafted it can't."""

    def approved(state: State, _now: datetime) -> Command[State]:
        return use.approve_policy(draft_named(state, draft), reason=reason, by=PersonId(by))

    carry_out(desk, at_its_time(approved), by=by, as_json=as_json)


def publish(
    *,
    draft: Draft,
    law: Annotated[str, typer.Option("--required-by-law", help="The law that requires it sooner, and its date.")] = "",
    danger: Annotated[str, typer.Option(help="The imminent danger that nobody could foresee.")] = "",
    desk: DeskFolder = HERE,
    by: As = "",
    as_json: AsJson = False,
) -> None:
    """Publish an approved draft.

    What is stricter than before waits: its `in_force_from` is at least the desk's notice period ahead. What is nowhere
    stricter applies at once; the desk compares the texts and takes nobody's word for it. Sooner only if a law requires
    it, or for imminent danger: then an officer publishes it, on the day it applies, and it ends in 30 days.
    """
    if law and danger:
        msg = "name the law or the danger, not both"
        raise typer.BadParameter(msg)
    urgent = {Way.LAW: law, Way.DANGER: danger}
    urgency = next((Urgency(way=way, ground=ground) for way, ground in urgent.items() if ground), None)

    def published(state: State, _now: datetime) -> Command[State]:
        return use.publish_policy(draft_named(state, draft), by=PersonId(by), urgency=urgency)

    carry_out(desk, at_its_time(published), by=by, as_json=as_json)


def withdraw(
    *,
    policy: Annotated[str, typer.Argument(metavar="POLICY", help="The policy's id.", show_default=False)],
    clause: Annotated[str, typer.Argument(metavar="CLAUSE", help="The clause's id.", show_default=False)],
    reason: Annotated[str, typer.Option(help="Why it can't stand for another day; the parties are told.")],
    desk: DeskFolder = HERE,
    by: As = "",
    as_json: AsJson = False,
) -> None:
    """Withdraw a clause at once: no decision uses it any more, and all that rests on it is lifted in the same act."""
    command = use.withdraw_clause(policy, ClauseId(clause), reason=reason, by=PersonId(by))
    carry_out(desk, command, by=by, as_json=as_json)


def versions(
    *,
    policy: Annotated[str, typer.Argument(metavar="POLICY", help="The policy's id.", show_default=False)],
    desk: DeskFolder = HERE,
    as_json: AsJson = False,
) -> None:
    """List the published versions of a policy, when each applies, and the drafts that wait."""
    with open_desk(desk) as opened:
        state, now = opened.state, opened.now()
        published = [one for one in state.published if one.policy == policy]
        periods = [one.period for one in editions(state, policy, now)]
        waiting = [one for one in state.drafts.values() if one.policy == policy and not one.published]
        found: list[dict[str, object]] = [
            {
                "version": one.version,
                "way": one.way.value,
                "ground": one.ground,
                "published_at": iso(one.published_at),
                "from": None if period.start is None else iso(period.start),
                "until": None if period.end is None else iso(period.end),
                "digest": published_volume(one).policy.digest,
            }
            for one, period in zip(published, periods, strict=True)
        ]
        withdrawn = [{"clause": one.clause, "at": iso(one.at)} for one in state.withdrawn if one.policy == policy]
    drafts = [{"draft": one.id, "version": one.version, "approved_by": one.approved_by or ""} for one in waiting]
    lines = [
        *(
            f"{one['version']}: {one['way']}, from {one['from']} until {one['until'] or 'further notice'}"
            for one in found
        ),
        *(f"`{one['clause']}` was withdrawn on {one['at']}" for one in withdrawn),
        *(f"{one['draft']}: draft of {one['version']}, {_approval(one['approved_by'])}" for one in drafts),
    ]
    document = {"policy": policy, "versions": found, "withdrawn": withdrawn, "drafts": drafts}
    show(document, "\n".join(lines) or f"nothing of `{policy}` is on this desk", as_json=as_json)


def due(
    *,
    lift: Annotated[
        bool, typer.Option("--lift", help="Lift what has no clause any more, and tell the parties.")
    ] = False,
    desk: DeskFolder = HERE,
    by: Annotated[str, typer.Option("--as", envvar="GOODSTANDING_AS", metavar="PERSON", help="Who lifts.")] = "",
    as_json: AsJson = False,
) -> None:
    """List what still stands although its clause is gone, or means something else than when it was decided."""
    with open_desk(desk) as opened:
        if lift:
            show_recorded(opened.must(lift_groundless(by=PersonId(by)), by=by), as_json=as_json)
            return
        found = groundless(opened.state, opened.now())
    told = [
        {
            "restriction": one.restriction.id,
            "case": one.restriction.case,
            "clause": one.restriction.clause,
            "gone": one.gone,
        }
        for one in found
    ]
    lines = [
        f"{one['restriction']}: {_what_is_due(one['gone'])}, clause {one['clause']}, case {one['case']}" for one in told
    ]
    show({"due": told}, "\n".join(lines) or "everything in force still has its clause", as_json=as_json)


def draft_named(state: State, name: str) -> str:
    """A draft by its id, or the only one of a policy that waits.

    Raises:
        RefusedError: the policy has several.
    """
    waiting = [one.id for one in state.drafts.values() if one.policy == name and not one.published]
    if len(waiting) > 1:
        refuse(
            "APolicyStandsForItsOnlyDraft",
            f"the policy `{name}` has {len(waiting)} drafts waiting",
            f"name one: {', '.join(waiting)}",
        )
    return waiting[0] if waiting else name


def _approval(by: object) -> str:
    """Who approved a draft."""
    return f"approved by {by}" if by else "waits for a second person"


def _what_is_due(gone: object) -> str:
    """What has to be done about a restriction."""
    return "lift it" if gone else "decide the case again"
