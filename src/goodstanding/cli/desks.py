"""`init`, `enrol`, `import restrictions|cut-over`: a desk, its people, and what was there before it."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import msgspec
import typer

from goodstanding.app import desk as desks
from goodstanding.app.case_file import read_inherited
from goodstanding.app.guards import Role
from goodstanding.app.inheriting import declare_cut_over, inherit
from goodstanding.app.state import NOTICE, Person
from goodstanding.bootstrap import create_desk, open_desk, pack, territories
from goodstanding.clause.vocabulary_document import read_vocabulary
from goodstanding.cli.acting import HERE, As, DeskFolder, carry_out, example, show_recorded
from goodstanding.cli.files import text_of
from goodstanding.cli.naming import current_vocabulary
from goodstanding.cli.output import AsJson, show
from goodstanding.errors import LedgerError, LedgerLockedError
from goodstanding.kernel.ids import CaseId, PersonId
from goodstanding.ledger.notes import signer_of
from goodstanding.reasons.issue import Available, NotAvailable, Platform, Way

if TYPE_CHECKING:
    from goodstanding.app.ports import Command
    from goodstanding.app.state import State

imports = typer.Typer(help="Take over what was there before the desk.", no_args_is_help=True)


def add_to(app: typer.Typer) -> None:
    """Add these verbs to the command line."""
    app.command(
        "init",
        epilog=example(
            "goodstanding init --name 'Example Network' \\",
            "  --appeal-address https://appeals.example/ \\",
            "  --settlement 'The Settlement Body, https://settle.example/' \\",
            "  --court 'The courts of your seat, as the law of procedure says' \\",
            "  --person 'ines=investigator,policy author' --person dan=decider \\",
            "  --person dea=decider --person 'rosa=appeal reviewer' --person olu=officer",
        ),
    )(init)
    app.command(
        "enrol",
        epilog=example(
            "goodstanding enrol 'rosa=appeal reviewer' --as olu",
            "goodstanding enrol 'max=appeal reviewer' --outside --as olu",
        ),
    )(enrol)
    app.add_typer(imports, name="import")


def person(text: str) -> Person:
    """A person from `id=role,role`.

    Raises:
        typer.BadParameter: it is none, or names no role.
    """
    name, equals, listed = text.partition("=")
    roles = tuple(role.strip() for role in listed.split(","))
    known = f"the roles are: {', '.join(Role)}"
    if not equals or not name.strip():
        msg = f"`{text}` is not `id=role,role`; {known}"
        raise typer.BadParameter(msg)
    unknown = [role for role in roles if role not in tuple(Role)]
    if unknown:
        msg = f"there is no role `{unknown[0]}`; {known}"
        raise typer.BadParameter(msg)
    return Person(id=PersonId(name.strip()), name=name.strip(), roles=roles)


def record_name(text: str) -> str:
    """The name of a record.

    Raises:
        typer.BadParameter: no key can have that name.
    """
    try:
        return signer_of(text, bytes(32)).name
    except ValueError as error:
        raise typer.BadParameter(str(error)) from None


def init(
    *,
    name: Annotated[str, typer.Option(help="The platform's name, as statements give it.")],
    appeal_address: Annotated[list[str], typer.Option(help="Where appeals are taken; may be given several times.")],
    who: Annotated[
        list[Person],
        typer.Option(
            "--person",
            metavar="ID=ROLE,ROLE",
            parser=person,
            help=f"Who works here; several times. The roles: {', '.join(Role)}.",
        ),
    ],
    court: Annotated[str, typer.Option(help="The court that a claim goes to: `name, address`.")],
    origin: Annotated[
        str, typer.Option(metavar="NAME", parser=record_name, help="The name of the record, in its checkpoints.")
    ] = "desk.example/record",
    settlement: Annotated[
        str, typer.Option(help="Where a party can settle out of court: `name, address` of a certified body.")
    ] = "",
    small: Annotated[
        bool, typer.Option("--small", help="A micro or small enterprise: out-of-court settlement is not asked of it.")
    ] = False,
    policy_notice: Annotated[
        int, typer.Option(metavar="DAYS", min=1, help="How many days ahead what is stricter in a policy is published.")
    ] = NOTICE.days,
    desk: DeskFolder = HERE,
    as_json: AsJson = False,
) -> None:
    """Make a desk: its keys, its signed empty record, its people.

    Whoever decides cannot approve it, and neither of them can judge the appeal; `init` says what the people that you
    name can't do for want of a second or a third.
    """
    words = read_vocabulary(pack("vocabulary.yaml"), file="vocabulary.yaml")
    platform = Platform(
        name=name,
        appeal_addresses=tuple(appeal_address),
        out_of_court=_settlement(settlement, small=small),
        court=_way(court),
        capabilities=words.capabilities,
        topics=words.topics,
        audiences=words.audiences,
        territories=territories(),
        small=small,
    )
    _begin(desk, origin, desks.open_desk(platform, notice=timedelta(days=policy_notice)), tuple(who))
    gaps = desks.gaps(tuple(who))
    lines = [f"a desk for {name} is in {desk}", *(f"nobody can {gap.duty}: {gap.consequence}" for gap in gaps)]
    show({"desk": str(desk), "gaps": msgspec.to_builtins(gaps)}, "\n".join(lines), as_json=as_json)


def _begin(folder: Path, origin: str, opening: Command[State], people: tuple[Person, ...]) -> None:
    """Make the record where there is none, open the desk in it, and enrol its people.

    Raises:
        RefusedError: a desk was opened in the folder before.
    """
    try:
        create_desk(folder, origin=origin)
    except LedgerLockedError:
        raise
    except LedgerError:
        pass  # there is a record: a desk that is open is refused below, and a making that was cut off is taken up
    with open_desk(folder) as desk:
        desk.must(opening, by=people[0].id)
        for one in sorted(people, key=lambda one: Role.OFFICER in one.roles):  # with an officer, only an officer may
            desk.must(desks.enrol(one, by=people[0].id), by=people[0].id)


def _settlement(text: str, *, small: bool) -> Way:
    """The way out of court, which every platform names that the law does not free from it (DSA art. 19, 21).

    Raises:
        typer.BadParameter: neither is said; no statement of such a desk could ever be complete.
    """
    if text:
        return _way(text)
    if small:
        return NotAvailable(
            ground="The platform is a micro or small enterprise, which DSA art. 19 frees from this way."
        )
    msg = "name a certified body as `name, address`; or say `--small`, if DSA art. 19 frees you from it"
    raise typer.BadParameter(msg, param_hint="'--settlement'")


def _way(text: str) -> Available:
    """A way of redress from an option: a name and an address."""
    name, _, address = text.partition(",")
    return Available(name=name.strip(), address=address.strip() or name.strip())


def enrol(
    *,
    who: Annotated[Person, typer.Argument(metavar="ID=ROLE,ROLE", parser=person, help="Who, and with which roles.")],
    outside: Annotated[bool, typer.Option(help="A named reviewer from outside the platform.")] = False,
    desk: DeskFolder = HERE,
    by: As = "",
    as_json: AsJson = False,
) -> None:
    """Enrol a person, or change the roles of one."""
    one = msgspec.structs.replace(who, outside=outside)
    carry_out(desk, desks.enrol(one, by=PersonId(by)), by=by, as_json=as_json)


@imports.command(
    "restrictions",
    epilog=example("goodstanding import restrictions older.yaml --case kettle --as ines"),
)
def import_restrictions(
    *,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="YAML or JSON: who, what, since when, in which words.")],
    case: Annotated[str, typer.Option(help="The case that they belong to.")],
    desk: DeskFolder = HERE,
    by: As = "",
    as_json: AsJson = False,
) -> None:
    """Take over restrictions older than the desk; refused after cut-over.

    Each can be appealed from then on, and is restated in full or lifted by the date that the file gives.
    `goodstanding examples` writes such a file.
    """
    text = text_of(file)
    with open_desk(desk) as opened:
        older = read_inherited(text, file=str(file), vocabulary=current_vocabulary(opened.state))
        recorded = opened.must(inherit(CaseId(case), older, by=PersonId(by)), by=by)
    show_recorded(recorded, as_json=as_json)


@imports.command("cut-over", epilog=example("goodstanding import cut-over --as olu"))
def cut_over(*, desk: DeskFolder = HERE, by: As = "", as_json: AsJson = False) -> None:
    """Declare that from now on every restriction is this desk's own; nothing older can be imported afterwards."""
    carry_out(desk, declare_cut_over(by=PersonId(by)), by=by, as_json=as_json)
