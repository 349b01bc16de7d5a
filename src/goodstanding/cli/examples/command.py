"""`goodstanding examples`: write files to start from, each of which says what it is."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path
from typing import Annotated

import typer

from goodstanding.bootstrap import pack
from goodstanding.cli.acting import example
from goodstanding.cli.output import AsJson, show

OURS = {
    "case.yaml": "a case: an owner, an account, an ad, and one piece of evidence",
    "money.yaml": "billing's answers for `issue`",
    "letter.txt": "a letter that objects, for `appeal file`",
    "reply.yaml": "a reply to it, for `appeal answer`",
    "older.yaml": "a restriction older than the desk, for `import restrictions`",
    "notice.txt": "somebody else's notice, for `reasons check`",
}
PACK = {
    "ads.md": "a policy, to be read and changed before it is anybody's",
    "vocabulary.yaml": "the words for facts that it is written in",
}


def add_to(app: typer.Typer) -> None:
    """Add this verb to the command line."""
    app.command("examples", epilog=example("goodstanding examples --out examples"))(examples)


def examples(
    *,
    out: Annotated[Path, typer.Option(help="The folder to write to; files of these names are kept.")] = Path(
        "examples"
    ),
    as_json: AsJson = False,
) -> None:
    """Write files to start from: a case, a policy, billing's answers, a letter and its reply."""
    out.mkdir(parents=True, exist_ok=True)
    here = files("goodstanding.cli.examples")
    texts = {name: (here / name).read_text(encoding="utf-8") for name in OURS} | {name: pack(name) for name in PACK}
    kept = [name for name in texts if (out / name).exists()]
    for name, text in texts.items():
        if name not in kept:
            (out / name).write_text(text, encoding="utf-8")
    lines = [f"{out / name}: {'kept as it was' if name in kept else what}" for name, what in (OURS | PACK).items()]
    document = {
        "written": [str(out / name) for name in texts if name not in kept],
        "kept": [str(out / k) for k in kept],
    }
    show(document, "\n".join(lines), as_json=as_json)
