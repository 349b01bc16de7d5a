"""`policy fmt`: the blocks of a policy in their canonical layout."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from goodstanding.app.library import volume
from goodstanding.cli.acting import example
from goodstanding.cli.files import bytes_of, text_in
from goodstanding.cli.output import AsJson, Exit, show
from goodstanding.cli.policy_files import VocabularyFile, is_standard_input, vocabulary_text
from goodstanding.policy.examples.blocks import read_examples
from goodstanding.policy.layout import laid_out

Files = Annotated[
    list[Path], typer.Argument(metavar="FILE…", help="The policies, in Markdown; `-` goes from input to output.")
]


def add_to(app: typer.Typer) -> None:
    """Add this verb to `policy`."""
    lines = ("goodstanding policy fmt ads.md", "goodstanding policy fmt --check ads.md")
    app.command("fmt", epilog=example(*lines))(lay_out)


def lay_out(
    *,
    files: Files,
    check: Annotated[bool, typer.Option("--check", help="Write nothing; exit with 1 if a file would change.")] = False,
    vocabulary: VocabularyFile = None,
    as_json: AsJson = False,
) -> None:
    """Lay out the blocks of policies: the order of keys, quotes, brackets and indentation, comments kept.

    Words that people read, the front matter, and how an expression is written stay as they are, and so does what the
    policy means. A file with problems is refused whole, and nothing is written.
    """
    read = [(file, bytes_of(file)) for file in files]
    laid = [(file, before, _laid_out(file, before, vocabulary)) for file, before in read]
    changed = [str(file) for file, before, after in laid if before != after]
    if any(map(is_standard_input, files)) and not check:
        sys.stdout.write("".join(text_in(after, str(file)) for file, _, after in laid))
        return
    for file, before, after in laid:
        if before != after and not check:
            file.write_bytes(after)
    what = "would change" if check else "changed"
    lines = [f"{name}: {what}" for name in changed] or ["nothing to change"]
    show({"changed": changed, "written": not check}, "\n".join(lines), as_json=as_json)
    if check and changed:
        raise typer.Exit(Exit.REFUSED)


def _laid_out(file: Path, content: bytes, vocabulary: Path | None) -> bytes:
    """A file in its canonical layout, with its own line ends and byte order mark.

    Raises:
        InputError: it is no policy that can be read.
    """
    text = text_in(content, str(file))
    book = volume(text, str(file), *vocabulary_text(vocabulary))
    read_examples(book.policy, file=str(file), vocabulary=book.vocabulary)
    end = "\r\n" if b"\r\n" in content else "\n"
    mark = "\ufeff" if content.startswith("\ufeff".encode()) else ""
    return (mark + laid_out(text).replace("\n", end)).encode()
