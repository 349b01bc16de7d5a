"""The folder that the demo writes: the index page, statements with their receipts, the public keys.

Every page opens from the disk, without a server and without a script.
"""

from __future__ import annotations

import json
import shutil
from importlib.resources import files
from typing import TYPE_CHECKING

from goodstanding.bootstrap import PUBLIC_KEY, templates, zone_of
from goodstanding.cli.demo.showing import demo_page
from goodstanding.ledger.receipt import receipt_bytes
from goodstanding.reasons.render import read_statement, render_html, render_text
from goodstanding.web.pages import demo_index

if TYPE_CHECKING:
    from pathlib import Path

    from jinja2 import Environment

    from goodstanding.cli.demo.results import Played
    from goodstanding.cli.demo.stage import Stage
    from goodstanding.kernel.ids import StatementId

PARTS = ("statements", "other-statements")
"""The folders of the two desks' statements."""


def write_folder(out: Path, ours: Stage, other: Stage, played: Played) -> None:
    """Write everything; what the demo wrote before is replaced."""
    environment = templates()
    paths: dict[StatementId, str] = {}
    for part, on in zip(PARTS, (ours, other), strict=True):
        shutil.rmtree(out / part, ignore_errors=True)
        (out / part).mkdir()
        shutil.copyfile(on.desk.folder / PUBLIC_KEY, out / part / PUBLIC_KEY)
        _copy("goodstanding.reasons", "statement.css", out / part)
        paths |= _statements(on, out / part, environment)
    _copy("goodstanding.web", "demo.css", out)
    (out / "index.html").write_text(demo_index(demo_page(played, paths), environment=environment), encoding="utf-8")
    document = json.dumps(played.document(), indent=2, ensure_ascii=False)
    (out / "demo.json").write_text(document + "\n", encoding="utf-8")


def _copy(package: str, name: str, to: Path) -> None:
    """A stylesheet beside the pages that link it."""
    (to / name).write_text((files(package) / "templates" / name).read_text(encoding="utf-8"), encoding="utf-8")


def _statements(on: Stage, folder: Path, environment: Environment) -> dict[StatementId, str]:
    """Every statement of a desk in each of its forms, with its receipt; where each page is, from the index page."""
    paths: dict[StatementId, str] = {}
    for name, document in on.state.statements.items():
        statement = read_statement(document)
        handle = "".join(c if c.isalnum() else "-" for c in statement.account.handle).strip("-").lower()
        stem = f"{statement.case}-{statement.clause.id}-{handle}"
        zone = zone_of(statement.zone)
        page = render_html(statement, environment=environment, zone=zone)
        (folder / f"{stem}.html").write_text(page, encoding="utf-8")
        (folder / f"{stem}.txt").write_text(render_text(statement, zone=zone), encoding="utf-8")
        text = json.dumps(document, indent=2, ensure_ascii=False) + "\n"
        (folder / f"{stem}.json").write_text(text, encoding="utf-8")
        receipt = on.desk.receipt(on.state.issued_at_seq[name])
        (folder / f"{stem}.receipt.json").write_bytes(receipt_bytes(receipt) + b"\n")
        paths[name] = f"{folder.name}/{stem}"
    return paths
