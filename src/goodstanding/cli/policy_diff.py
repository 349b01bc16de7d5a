"""`policy diff`: two versions of a policy, clause by clause, text and meaning apart."""

from __future__ import annotations

import difflib
import sys
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import msgspec
import typer
from rich.console import Console
from rich.text import Text

from goodstanding.clause.prose.wording import say_length
from goodstanding.clause.tree import Condition
from goodstanding.cli.acting import example
from goodstanding.cli.analysing import watching
from goodstanding.cli.output import WIDEST, AsJson, Exit, print_json
from goodstanding.cli.policy_files import opened
from goodstanding.errors import InputError, Problem
from goodstanding.kernel.extents import Extent
from goodstanding.policy.analysis.render import shown_change
from goodstanding.policy.analysis.rules import compare
from goodstanding.policy.differences import ClauseDifference, DifferenceKind, differences
from goodstanding.policy.model import ClauseKind

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from goodstanding.app.library import Volume
    from goodstanding.kernel.canonical import Json
    from goodstanding.policy.analysis.model import Change
    from goodstanding.policy.model import Clause, Policy

_COLOURS = {DifferenceKind.ADDED: "green", DifferenceKind.REMOVED: "red"}
_TEXTS = frozenset({"title", "text", "guidance"})

OldFile = Annotated[Path, typer.Argument(metavar="OLD", help="The earlier version, in Markdown.")]
NewFile = Annotated[Path, typer.Argument(metavar="NEW", help="The later version, in Markdown.")]


def add_to(app: typer.Typer) -> None:
    """Add this verb to `policy`."""
    lines = (
        "goodstanding policy diff ads.md next.md",
        "goodstanding policy diff ads.md next.md --meaning",
        "goodstanding policy diff ads.md next.md --old-vocabulary words-1.yaml --vocabulary words-2.yaml",
    )
    app.command("diff", epilog=example(*lines))(diff)


def diff(
    *,
    old: OldFile,
    new: NewFile,
    vocabulary: Annotated[
        Path | None, typer.Option("--vocabulary", help="The vocabulary of both; the example pack's by default.")
    ] = None,
    old_vocabulary: Annotated[
        Path | None, typer.Option("--old-vocabulary", help="The vocabulary of the earlier one, where it is another.")
    ] = None,
    meaning: Annotated[
        bool, typer.Option("--meaning", help="Also what each change newly catches and releases; takes a moment.")
    ] = False,
    exit_code: Annotated[bool, typer.Option("--exit-code", help="Exit with 1 if a clause differs.")] = False,
    as_json: AsJson = False,
) -> None:
    """Show which clauses differ between two versions, what people read apart from what the machine does.

    A change of text alone leaves every decision as it would have been. A condition that is only written otherwise, in
    its spaces or brackets, means the same. With `--meaning` also which accounts a change newly catches or releases,
    with an example, a proof that there is none, or that it is not known; what it does to the policy as a whole, its
    exemptions included, is for `policy analyse --against`.
    """
    before, after = opened(old, old_vocabulary or vocabulary), opened(new, vocabulary)
    if meaning and before.vocabulary.digest != after.vocabulary.digest:
        msg = "the two versions are read with different words, so what they catch can't be compared"
        raise InputError([Problem(message=msg, hint="leave out `--meaning`, or give both one vocabulary")])
    found = [one for one in differences(before.policy, after.policy) if one.kind is not DifferenceKind.UNCHANGED]
    changes = _compared(after, before.policy) if meaning else {}
    unchanged = len(after.policy.clauses) - sum(one.new is not None for one in found)
    if as_json:
        both = {"old": before.policy, "new": after.policy}
        heads: dict[str, Json] = {
            name: {"id": one.id, "version": one.version, "digest": one.digest} for name, one in both.items()
        }
        print_json({**heads, "unchanged": unchanged, "clauses": [_document(one, changes) for one in found]})
    else:
        wide = None if sys.stdout.isatty() else WIDEST
        console = Console(file=sys.stdout, highlight=False, width=wide, soft_wrap=True)
        for one in found:
            _show(one, console, changes)
        console.print(f"{len(found)} changed, {unchanged} unchanged")
    if found and exit_code:
        raise typer.Exit(Exit.REFUSED)


def _compared(after: Volume, old: Policy) -> dict[str, Change]:
    """What each clause that differs newly catches and releases, by its id."""
    with watching() as watch:
        return {change.what: change for change in compare(after.policy, old, after.vocabulary, watch=watch)}


def _document(one: ClauseDifference, meanings: Mapping[str, Change]) -> Json:
    """One clause for `--json`: each field with its old and new value, as text, and what it means where asked for."""
    changes: list[Json] = [
        {"field": name, "old": said(one.old, name), "new": said(one.new, name)} for name in one.fields
    ]
    known: dict[str, Json] = {}
    if one.clause in meanings:
        known = {"meaning": msgspec.to_builtins(meanings[one.clause])}
    return {"clause": one.clause, "kind": one.kind.value, "changes": changes, **known}


def _show(one: ClauseDifference, console: Console, meanings: Mapping[str, Change]) -> None:
    """One clause for people: what people read line by line, what the machine does key by key."""
    either = one.new or one.old
    title = either.title if either else ""
    console.print(Text(f"{one.clause}: {title} [{one.kind}]", style=_COLOURS.get(one.kind, "bold")))
    for name in one.fields:
        what = "text" if name in _TEXTS else "meaning"
        console.print(f"  {what}: {name}", markup=False)
        for line in _changed(said(one.old, name), said(one.new, name)):
            console.print(Text(f"    {line}", style="green" if line.startswith("+") else "red"))
    if one.clause in meanings:
        lifts = either is not None and either.kind is ClauseKind.EXEMPTION
        for line in shown_change(meanings[one.clause], lifts=lifts, margin="  "):
            console.print(Text(line))


def _changed(old: str, new: str) -> Iterator[str]:
    """The lines that differ, the old ones with a minus and the new ones with a plus."""
    for line in difflib.ndiff(old.splitlines(), new.splitlines()):
        if line.startswith(("+ ", "- ")):
            yield line


def said(clause: Clause | None, name: str) -> str:
    """A field of a clause as text."""
    return _said(getattr(clause, name)) if clause is not None else ""


def _said(value: object) -> str:
    match value:
        case None:
            return ""
        case Condition(source=source):
            return " ".join(source.split())
        case Extent(names=names):
            return "all" if names is None else ", ".join(names)
        case tuple():
            return ", ".join(map(str, value))
        case dict():
            return "; ".join(f"{key}: {_said(inner)}" for key, inner in value.items())
        case timedelta():
            return say_length(value)
        case msgspec.Struct():
            return "; ".join(f"{key}: {_said(getattr(value, key))}" for key in value.__struct_fields__)
        case _:
            return str(value)
