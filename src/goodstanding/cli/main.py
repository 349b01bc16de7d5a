"""The command `goodstanding`: every verb, and what each kind of trouble prints and exits with."""

from __future__ import annotations

import errno
import os
import sys
from typing import TYPE_CHECKING

import typer
from typer.exceptions import TyperException

from goodstanding.bootstrap import RefusedError
from goodstanding.cli import (
    analysing,
    appeals,
    cases,
    clauses,
    counting,
    deciding,
    desks,
    evidence,
    exemptions,
    ledgers,
    policies,
    policy_life,
    reasons,
)
from goodstanding.cli.demo import command as demo
from goodstanding.cli.examples import command as examples
from goodstanding.cli.output import Exit, show_problems, show_refusal
from goodstanding.errors import (
    GoodstandingError,
    InputError,
    LedgerError,
    LedgerTamperedError,
    Problem,
    ProofError,
    SealError,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

HELP = """The advertising-enforcement desk of an online platform.

It decides whether an owner's accounts may advertise, says exactly why, lets the owner answer, and proves afterwards
what was said and when. Start with `goodstanding demo`; then write a case of your own with `goodstanding examples` and
`goodstanding init`.

Exit codes: **0** done · **1** refused, or a check found something · **2** an argument or file that can't be read ·
**3** a proof or record that does not verify · **4** no desk there, or it can't be used now
"""

app = typer.Typer(
    help=HELP,
    no_args_is_help=True,
    rich_markup_mode="markdown",
    add_completion=False,
    pretty_exceptions_enable=False,
)
demo.add_to(app)
examples.add_to(app)
desks.add_to(app)
policy_life.add_to(policies.app)
analysing.add_to(policies.app)
counting.add_to(policies.app)
app.add_typer(policies.app, name="policy")
app.add_typer(clauses.app, name="clause")
app.add_typer(cases.app, name="case")
app.add_typer(evidence.app, name="evidence")
deciding.add_to(app)
app.add_typer(exemptions.app, name="exemption")
app.add_typer(appeals.app, name="appeal")
app.add_typer(reasons.app, name="reasons")
app.add_typer(ledgers.app, name="ledger")
ledgers.add_to(app)


def run(arguments: Sequence[str] | None = None) -> None:
    """Run the command line and leave; expected trouble is told in a message, never in a traceback."""
    words = sys.argv[1:] if arguments is None else [*arguments]
    try:
        code = _answered(words)
        sys.stdout.flush()
    except OSError as error:
        code = _unheard(error)
    raise SystemExit(int(code))


def _unheard(error: OSError) -> Exit:
    """Nobody takes the output: the reader has gone, which needs no word, or its disk is full."""
    # The interpreter flushes once more at its end, and would complain again.
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    if isinstance(error, BrokenPipeError):
        return Exit.REFUSED
    show_problems([_of_the_system(error)], as_json=False)
    return Exit.BAD_INPUT


def _answered(words: list[str]) -> int:
    """Carry out one command line and give its exit code."""
    as_json = "--json" in words
    try:
        return app(args=words, prog_name="goodstanding", standalone_mode=False) or Exit.DONE
    except RefusedError as error:
        show_refusal(error.refusal, as_json=as_json)
        return Exit.REFUSED
    except typer.Abort:
        return Exit.INTERRUPTED
    except (TyperException, GoodstandingError, OSError) as error:
        show_problems(_problems(error), as_json=as_json)
        return code_of(error)


def code_of(error: Exception) -> Exit:
    """The exit code of one kind of trouble."""
    match error:
        case LedgerTamperedError() | ProofError() | SealError():
            return Exit.NOT_PROVEN
        case LedgerError():
            return Exit.NO_DESK
        case InputError() | TyperException() | OSError():
            return Exit.BAD_INPUT
        case _:
            return Exit.REFUSED


def _problems(error: Exception) -> Iterable[Problem]:
    """What was wrong, and what to do about it."""
    match error:
        case InputError():
            return error.problems
        case TyperException():
            return _misused(error)
        case OSError():
            return [_of_the_system(error)]
        case _:
            return [Problem(message=str(error), hint=_about_the_disk(error.__cause__))]


def _misused(error: TyperException) -> list[Problem]:
    """A command line that no command understands; where no command is given the help was shown, and says it all."""
    said = error.format_message().strip()
    context = getattr(error, "ctx", None)
    path = "goodstanding" if context is None else context.command_path
    return [Problem(message=said[0].lower() + said[1:].rstrip("."), hint=f"see `{path} --help`")] if said else []


def _of_the_system(error: OSError) -> Problem:
    """A file that the system did not let us read or write."""
    what = f"`{error.filename}`: " if error.filename else ""
    return Problem(message=f"{what}{(error.strerror or str(error)).lower()}", hint=_about_the_disk(error))


def _about_the_disk(error: BaseException | None) -> str:
    """What to do about a disk that is full."""
    full = (isinstance(error, OSError) and error.errno == errno.ENOSPC) or "disk is full" in str(error)
    return "make room on the disk and try again; nothing of this was recorded" if full else ""
