"""`ledger verify`, `ledger receipt`, `ledger rebuild`, and `verify` for whoever holds a statement and its receipt."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import msgspec
import typer

from goodstanding.bootstrap import PUBLIC_KEY, named, open_desk, verify_desk
from goodstanding.cli.acting import HERE, DeskFolder
from goodstanding.cli.output import AsJson, Exit, show
from goodstanding.errors import ProofError
from goodstanding.kernel.instants import iso
from goodstanding.ledger.receipt import read_receipt, receipt_bytes, verify_receipt

app = typer.Typer(help="The record, and proofs of it.", no_args_is_help=True)


def add_to(main: typer.Typer) -> None:
    """Add the verb that needs no desk."""
    main.command("verify")(verify_statement)


@app.command()
def verify(
    *,
    key: Annotated[Path | None, typer.Option(help="The public key, had from elsewhere.", dir_okay=False)] = None,
    checkpoint: Annotated[
        list[Path] | None, typer.Option(help="A checkpoint that was kept; several times.", dir_okay=False)
    ] = None,
    desk: DeskFolder = HERE,
    as_json: AsJson = False,
) -> None:
    """Hold every entry, node, checkpoint and projection against what was written, and name what is wrong."""
    vkey = (key or desk / PUBLIC_KEY).read_text(encoding="utf-8").strip()
    known = [path.read_text(encoding="utf-8") for path in checkpoint or ()]
    faults = verify_desk(desk, vkey=vkey, known=known)
    show(
        {"faults": [{"at": named(fault.at), "message": fault.message} for fault in faults]},
        "\n".join(str(fault) for fault in faults)
        or "the record is what was written; its times are the operator's claim",
        as_json=as_json,
    )
    if faults:
        raise typer.Exit(Exit.NOT_PROVEN)


@app.command()
def receipt(
    *,
    seq: Annotated[int, typer.Argument(help="The entry's place in the record.")],
    out: Annotated[Path | None, typer.Option(help="Where to write it; standard output by default.")] = None,
    desk: DeskFolder = HERE,
    as_json: AsJson = False,
) -> None:
    """Give the receipt of an entry: its bytes, its secret salt, the proof that it is in the record."""
    with open_desk(desk) as opened:
        raw = receipt_bytes(opened.receipt(seq))
    if out is not None:
        out.write_bytes(raw + b"\n")
    text = raw.decode() if out is None else f"written to {out}"
    show(json.loads(raw) if out is None else {"written": str(out)}, text, as_json=as_json)


def verify_statement(
    *,
    statement: Annotated[Path, typer.Argument(help="The statement, in JSON.", dir_okay=False)],
    receipt_file: Annotated[Path, typer.Argument(metavar="RECEIPT", help="Its receipt.", dir_okay=False)],
    key: Annotated[Path, typer.Option(help="The platform's public key.", dir_okay=False)],
    as_json: AsJson = False,
) -> None:
    """Check a statement against its receipt: offline, from the three files alone."""
    document = _document(statement)
    vkey = key.read_text(encoding="utf-8").strip()
    found = verify_receipt(read_receipt(receipt_file.read_bytes()), document, vkey)
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
        f"verified: not a word was changed; entry {found.index} of {found.tree_size}\n"
        f"its time, {at}, is the {found.time_claimed_by}'s claim: no witness covers it yet",
        as_json=as_json,
    )


def _document(path: Path) -> dict[str, object]:
    """The JSON object in a file.

    Raises:
        ProofError: it is none.
    """
    try:
        return msgspec.json.decode(path.read_bytes(), type=dict[str, object])
    except msgspec.DecodeError as error:
        msg = f"`{path}` is not the JSON of a statement: {error}"
        raise ProofError(msg) from None
