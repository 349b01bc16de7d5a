"""`policy explain`: a policy's clauses in words, in the languages that the product speaks."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from goodstanding.bootstrap import SystemClock
from goodstanding.cli.acting import example, time
from goodstanding.cli.files import text_of
from goodstanding.cli.output import AsJson, show
from goodstanding.cli.policy_files import LanguageTag, PolicyFile, VocabularyFile, named_clause, opened, spoken
from goodstanding.policy.checks import visible_to
from goodstanding.policy.examples.blocks import read_case
from goodstanding.policy.examples.rules import run
from goodstanding.policy.explained import explain, shown

if TYPE_CHECKING:
    from collections.abc import Sequence

    from goodstanding.app.library import Volume
    from goodstanding.policy.examples.rules import Outcome
    from goodstanding.policy.model import Clause


def add_to(app: typer.Typer) -> None:
    """Add this verb to `policy`."""
    lines = (
        "goodstanding policy explain ads.md unpaid-balance",
        "goodstanding policy explain ads.md unpaid-balance --facts facts.yaml --language de",
    )
    app.command("explain", epilog=example(*lines))(explain_policy)


def explain_policy(
    *,
    file: PolicyFile,
    clause: Annotated[str, typer.Argument(metavar="CLAUSE", help="One clause; all of them where none is named.")] = "",
    facts: Annotated[
        Path | None,
        typer.Option(help="A case: facts such as `account.days_overdue: 31`, one a line, as in an example."),
    ] = None,
    at: Annotated[
        str, typer.Option(metavar="TIME", help="When the case is read; now where neither this nor the facts say it.")
    ] = "",
    language: LanguageTag = "en",
    vocabulary: VocabularyFile = None,
    as_json: AsJson = False,
) -> None:
    """Say in words what clauses ask and do, who can change each fact they read, and which evidence counts.

    With `--facts` it also says what becomes of that case: whether the clause is met, because of which facts, what is
    missing, and what would end it. A vocabulary's words in another language stand beside it: `vocabulary.de.yaml`.
    """
    book = opened(file, vocabulary)
    frames, words = spoken(language, book.vocabulary, vocabulary)
    clauses = [named_clause(book, clause)] if clause else book.policy.clauses
    explained = [explain(one, words, frames, _outcome(one, clauses, facts, at, book)) for one in clauses]
    show(explained, "\n".join(shown(one, frames) for one in explained), as_json=as_json)


def _outcome(one: Clause, clauses: Sequence[Clause], facts: Path | None, at: str, book: Volume) -> Outcome | None:
    """What the facts of a file make of a clause, if there are any."""
    if facts is None or one.condition is None:
        return None
    others = [other for other in clauses if other is not one]
    names = {name for other in others for name in (*visible_to(other), *([other.each.name] if other.each else []))}
    case = read_case(
        text_of(facts),
        file=str(facts),
        clause=one,
        vocabulary=book.vocabulary,
        now=time(at) if at else SystemClock().now(),
        others=frozenset(names),
    )
    return run(case, one, book.vocabulary)
