"""`init`, `enrol`, `import restrictions`: a desk, its people, and what was there before it."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import msgspec
import typer

from goodstanding.app import desk as desks
from goodstanding.app.case_file import read_inherited
from goodstanding.app.inheriting import declare_cut_over, inherit
from goodstanding.app.library import published_volume
from goodstanding.app.state import Person
from goodstanding.bootstrap import create_desk, open_desk, pack
from goodstanding.clause.vocabulary_document import read_vocabulary
from goodstanding.cli.acting import HERE, As, DeskFolder, act, acted, person, told
from goodstanding.cli.output import AsJson, show, show_problems
from goodstanding.errors import Problem
from goodstanding.kernel.ids import CaseId, PersonId
from goodstanding.reasons.issue import Available, NotAvailable, Platform, Way

imports = typer.Typer(help="Take over what was there before the desk.", no_args_is_help=True)


def add_to(app: typer.Typer) -> None:
    """Add these verbs to the command line."""
    app.command("init")(init)
    app.command("enrol")(enrol)
    imports.command("restrictions")(import_restrictions)
    imports.command("cut-over")(cut_over)
    app.add_typer(imports, name="import")


def init(
    *,
    name: Annotated[str, typer.Option(help="The platform's name, as statements give it.")],
    appeal_address: Annotated[list[str], typer.Option(help="Where appeals are taken; may be given several times.")],
    who: Annotated[
        list[str],
        typer.Option("--person", help="Who works here: `ana=investigator,policy author`; several times."),
    ],
    origin: Annotated[str, typer.Option(help="The name of the record, in its checkpoints.")] = "desk.example/record",
    court: Annotated[str, typer.Option(help="The court that a claim goes to; empty if none can be named.")] = "",
    settlement: Annotated[str, typer.Option(help="A certified out-of-court body, with its address.")] = "",
    desk: DeskFolder = HERE,
    as_json: AsJson = False,
) -> None:
    """Make a desk: its keys, its signed empty record, its people; say which roles a small team can't fill."""
    people = tuple(_person(text, as_json=as_json) for text in who)
    platform = Platform(
        name=name,
        appeal_addresses=tuple(appeal_address),
        out_of_court=_way(settlement, "No certified body was named when this desk was made."),
        court=_way(court, "No court was named when this desk was made."),
        **_words(),
    )
    create_desk(desk, origin=origin)
    with open_desk(desk) as opened:
        opened.must(desks.open_desk(platform), by=people[0].id)
        for one in people:
            opened.must(desks.enrol(one), by=people[0].id)
    gaps = desks.gaps(people)
    lines = [f"a desk for {name} is in {desk}", *(f"nobody can {gap.duty}: {gap.consequence}" for gap in gaps)]
    show({"desk": str(desk), "gaps": msgspec.to_builtins(gaps)}, "\n".join(lines), as_json=as_json)


def _words() -> dict[str, tuple[msgspec.Struct, ...]]:
    """The words of the pack's vocabulary for capabilities, topics and audiences."""
    vocabulary = read_vocabulary(pack("vocabulary.yaml"), file="vocabulary.yaml")
    return {
        "capabilities": vocabulary.capabilities,
        "topics": vocabulary.topics,
        "audiences": vocabulary.audiences,
    }


def _way(text: str, otherwise: str) -> Way:
    """A way of redress from an option: a name and an address, or the ground on which there is none."""
    name, _, address = text.partition(",")
    return (
        Available(name=name.strip(), address=address.strip() or name.strip())
        if text
        else NotAvailable(ground=otherwise)
    )


def _person(text: str, *, as_json: bool) -> Person:
    """A person from `id=role,role`."""
    name, equals, roles = text.partition("=")
    if not equals:
        show_problems([Problem(message=f"`{text}` is not `id=role,role`")], as_json=as_json)
    return Person(id=PersonId(name), name=name, roles=tuple(role.strip() for role in roles.split(",")))


def enrol(
    *,
    who: Annotated[str, typer.Argument(metavar="ID=ROLE,ROLE", help="Who, and with which roles.")],
    outside: Annotated[bool, typer.Option(help="A named reviewer from outside the platform.")] = False,
    desk: DeskFolder = HERE,
    by: As = "",
    as_json: AsJson = False,
) -> None:
    """Enrol a person, or change the roles of one."""
    one = msgspec.structs.replace(_person(who, as_json=as_json), outside=outside)
    recorded = act(desk, desks.enrol(one), by=by, as_json=as_json)
    show(acted(recorded), told(recorded), as_json=as_json)


def import_restrictions(
    *,
    file: Annotated[Path, typer.Argument(help="YAML or JSON: who, what, since when, in which words.", dir_okay=False)],
    case: Annotated[str, typer.Option(help="The case that they belong to.")],
    desk: DeskFolder = HERE,
    by: As = "",
    as_json: AsJson = False,
) -> None:
    """Take over restrictions older than the desk; refused after cut-over."""
    with open_desk(desk) as opened:
        vocabulary = published_volume(opened.state.published[-1]).vocabulary
    older = read_inherited(file.read_text(encoding="utf-8"), file=str(file), vocabulary=vocabulary)
    recorded = act(desk, inherit(CaseId(case), older, by=person(by)), by=by, as_json=as_json)
    show(acted(recorded), told(recorded), as_json=as_json)


def cut_over(*, desk: DeskFolder = HERE, by: As = "", as_json: AsJson = False) -> None:
    """Declare that from now on every restriction is this desk's own."""
    recorded = act(desk, declare_cut_over(by=person(by)), by=by, as_json=as_json)
    show(acted(recorded), told(recorded), as_json=as_json)
