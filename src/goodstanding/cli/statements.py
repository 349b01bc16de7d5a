"""A statement as files: what the party reads, what a machine reads, and what proves it.

`STEM.json` is what was recorded, and what `verify` checks; the page and the text are made from it.
"""

from __future__ import annotations

import json
import shutil
from importlib.resources import files
from typing import TYPE_CHECKING

from goodstanding.bootstrap import PUBLIC_KEY, templates, zone_of
from goodstanding.ledger.receipt import receipt_bytes
from goodstanding.reasons.render import read_statement, render_html, render_text

if TYPE_CHECKING:
    from pathlib import Path

    from goodstanding.bootstrap import Desk
    from goodstanding.kernel.ids import StatementId

STYLESHEET = "statement.css"


def write_statement(desk: Desk, name: StatementId, folder: Path, *, stem: str) -> tuple[Path, ...]:
    """Write a statement in each of its forms, with its receipt; give the files, that for `verify` first."""
    document = desk.state.statements[name]
    statement = read_statement(document)
    zone = zone_of(statement.zone)
    written = {
        "json": json.dumps(document, indent=2, ensure_ascii=False) + "\n",
        "receipt.json": receipt_bytes(desk.receipt(desk.state.issued_at_seq[name])).decode() + "\n",
        "html": render_html(statement, environment=templates(), zone=zone, stylesheet=STYLESHEET),
        "txt": render_text(statement, zone=zone),
    }
    for ending, text in written.items():
        (folder / f"{stem}.{ending}").write_text(text, encoding="utf-8")
    return tuple(folder / f"{stem}.{ending}" for ending in written)


def write_beside(desk: Desk, folder: Path) -> tuple[Path, ...]:
    """Write what all statements of a folder share: the public key, and the stylesheet that the pages link."""
    style = files("goodstanding.reasons") / "templates" / STYLESHEET
    (folder / STYLESHEET).write_text(style.read_text(encoding="utf-8"), encoding="utf-8")
    shutil.copyfile(desk.folder / PUBLIC_KEY, folder / PUBLIC_KEY)
    return (folder / PUBLIC_KEY, folder / STYLESHEET)
