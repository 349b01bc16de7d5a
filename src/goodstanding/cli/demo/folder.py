"""The folder that the demo writes: the index page, statements with their receipts, the public keys.

Every page opens from the disk, without a server and without a script.
"""

from __future__ import annotations

import json
import shutil
from importlib.resources import files
from typing import TYPE_CHECKING

from goodstanding.bootstrap import templates
from goodstanding.cli.demo.showing import demo_page
from goodstanding.cli.statements import write_beside, write_statement
from goodstanding.reasons.render import read_statement
from goodstanding.web.pages import STYLESHEET, demo_index

if TYPE_CHECKING:
    from pathlib import Path

    from goodstanding.cli.demo.results import Played
    from goodstanding.cli.demo.stage import Stage
    from goodstanding.kernel.ids import StatementId

PARTS = ("statements", "other-statements")
"""The folders of the two desks' statements."""


def write_folder(out: Path, ours: Stage, other: Stage, played: Played) -> None:
    """Write everything; what the demo wrote before is replaced."""
    paths: dict[StatementId, str] = {}
    for part, on in zip(PARTS, (ours, other), strict=True):
        shutil.rmtree(out / part, ignore_errors=True)
        (out / part).mkdir()
        write_beside(on.desk, out / part)
        paths |= _statements(on, out / part)
    style = files("goodstanding.web") / "templates" / STYLESHEET
    (out / STYLESHEET).write_text(style.read_text(encoding="utf-8"), encoding="utf-8")
    (out / "index.html").write_text(demo_index(demo_page(played, paths), environment=templates()), encoding="utf-8")
    document = json.dumps(played.document(), indent=2, ensure_ascii=False)
    (out / "demo.json").write_text(document + "\n", encoding="utf-8")


def _statements(on: Stage, folder: Path) -> dict[StatementId, str]:
    """Every statement of a desk; where its files are, seen from the index page and without their endings."""
    paths: dict[StatementId, str] = {}
    for name, document in on.state.statements.items():
        statement = read_statement(document)
        handle = "".join(c if c.isalnum() else "-" for c in statement.account.handle).strip("-").lower()
        stem = f"{statement.case}-{statement.clause.id}-{handle}"
        write_statement(on.desk, name, folder, stem=stem)
        paths[name] = f"{folder.name}/{stem}"
    return paths
