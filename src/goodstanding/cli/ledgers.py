"""`ledger verify|receipt|rebuild`, and `verify` for whoever holds a statement and its receipt."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from goodstanding.bootstrap import PUBLIC_KEY, named, open_desk, rebuild_desk, verify_desk
from goodstanding.cli.acting import HERE, DeskFolder, example
from goodstanding.cli.files import bytes_of, text_of
from goodstanding.cli.naming import statement_named
from goodstanding.cli.output import AsJson, Exit, show
from goodstanding.errors import LedgerMissingError, ProofError
from goodstanding.kernel.instants import iso
from goodstanding.ledger.receipt import read_receipt, receipt_bytes, verify_receipt

if TYPE_CHECKING:
    from goodstanding.kernel.canonical import Json

app = typer.Typer(help="The record, and proofs of it.", no_args_is_help=True)


def add_to(main: typer.Typer) -> None:
    """Add the verb that needs no desk."""
    main.command(
        "verify",
        epilog=example("goodstanding verify sor-4k2m.json sor-4k2m.receipt.json --key public.vkey"),
    )(verify_statement)


@app.command(
    epilog=example("goodstanding ledger verify", "goodstanding ledger verify --key public.vkey --checkpoint kept.txt")
)
def verify(
    *,
    key: Annotated[Path | None, typer.Option(help="The public key, had from elsewhere.")] = None,
    checkpoint: Annotated[list[Path] | None, typer.Option(help="A checkpoint that was kept; several times.")] = None,
    desk: DeskFolder = HERE,
    as_json: AsJson = False,
) -> None:
    """Hold every entry, node, checkpoint and projection against what was written, and name what is wrong.

    It can't see a record that its operator shortened or wrote anew; give the checkpoints that others kept for that.
    """
    if key is None and not (desk / PUBLIC_KEY).exists():
        msg = f"there is no desk at `{desk}`: name its folder with `--desk`, or make one with `goodstanding init`"
        raise LedgerMissingError(msg)
    vkey = text_of(key or desk / PUBLIC_KEY).strip()
    faults = verify_desk(desk, vkey=vkey, known=[text_of(path) for path in checkpoint or ()])
    show(
        {"faults": [{"at": named(fault.at), "message": fault.message} for fault in faults]},
        "\n".join(str(fault) for fault in faults)
        or "the record is what was written; its times are the operator's claim",
        as_json=as_json,
    )
    if faults:
        raise typer.Exit(Exit.NOT_PROVEN)


@app.command(
    epilog=example(
        "goodstanding ledger receipt 12 --out receipt.json",
        "goodstanding ledger receipt --statement kettle --out receipt.json",
    )
)
def receipt(
    *,
    seq: Annotated[
        int | None, typer.Argument(metavar="SEQ", help="The entry's place in the record.", show_default=False)
    ] = None,
    statement: Annotated[str, typer.Option(help="Instead: a statement, or the case if it has one.")] = "",
    out: Annotated[Path | None, typer.Option(help="Where to write it; standard output by default.")] = None,
    desk: DeskFolder = HERE,
    as_json: AsJson = False,
) -> None:
    """Give the receipt of an entry: its bytes, its secret salt, the proof that it is in the record.

    Whoever has it can show what was recorded; so can whoever they give it to.
    """
    if (seq is None) == (not statement):
        msg = "name one entry: by its place, or with `--statement`"
        raise typer.BadParameter(msg, param_hint="'SEQ'")
    with open_desk(desk) as opened:
        at = opened.state.issued_at_seq[statement_named(opened.state, statement)] if seq is None else seq
        raw = receipt_bytes(opened.receipt(at))
    if out is None:
        show(json.loads(raw), raw.decode(), as_json=as_json)
    else:
        out.write_bytes(raw + b"\n")
        show({"written": str(out), "seq": at}, f"the receipt of entry {at} is in {out}", as_json=as_json)


@app.command(epilog=example("goodstanding ledger rebuild"))
def rebuild(*, desk: DeskFolder = HERE, as_json: AsJson = False) -> None:
    """Make the projections anew from the entries, after `verify` named one or a newer version folds them otherwise.

    The entries themselves are never touched; where one of them is not what was written, nothing is rebuilt.
    """
    rows = rebuild_desk(desk)
    show({"rows": rows}, f"{rows} projection rows made anew from the entries", as_json=as_json)


def verify_statement(
    *,
    statement: Annotated[Path, typer.Argument(metavar="STATEMENT", help="The statement, in JSON.", show_default=False)],
    receipt_file: Annotated[Path, typer.Argument(metavar="RECEIPT", help="Its receipt.", show_default=False)],
    key: Annotated[Path, typer.Option(help="The platform's public key.")],
    as_json: AsJson = False,
) -> None:
    """Check a statement against its receipt: offline, from the three files alone.

    It says whether a word was changed since it was recorded, and whose claim the time is.
    """
    document = _document(statement)
    found = verify_receipt(read_receipt(bytes_of(receipt_file)), document, text_of(key).strip())
    at = iso(found.entry.at)
    show(
        {
            "verified": True,
            "entry": found.index,
            "of": found.tree_size,
            "kind": found.entry.kind.value,
            "at": at,
            "time_claimed_by": found.time_claimed_by,
        },
        f"verified: not a word was changed; {found.entry.kind.value}, entry {found.index} of {found.tree_size}\n"
        f"its time, {at}, is the {found.time_claimed_by}'s claim: no witness covers it yet",
        as_json=as_json,
    )


def _document(path: Path) -> dict[str, Json]:
    """The JSON object in a file.

    Raises:
        ProofError: it is none, or says one thing twice: readers differ in which of the two they show.
    """
    try:
        found = json.loads(text_of(path), object_pairs_hook=_once)
    except ValueError as error:
        msg = f"`{path}` is not the JSON of a statement: {error}"
        raise ProofError(msg) from None
    if not isinstance(found, dict):
        msg = f"`{path}` is not the JSON of a statement: it holds no object"
        raise ProofError(msg)
    return found


def _once(pairs: list[tuple[str, Json]]) -> dict[str, Json]:
    """An object none of whose keys stands twice.

    Raises:
        ValueError: one does.
    """
    found = dict(pairs)
    if len(found) != len(pairs):
        twice = next(key for at, (key, _) in enumerate(pairs) if key in dict(pairs[:at]))
        msg = f"`{twice}` stands in it twice"
        raise ValueError(msg)
    return found
