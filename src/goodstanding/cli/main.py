"""The command `goodstanding`: every verb, and what each kind of trouble exits with."""

from __future__ import annotations

import sys

import typer

from goodstanding.cli import appeals, cases, deciding, desks, evidence, ledgers, policies, reasons
from goodstanding.cli.demo import command as demo
from goodstanding.cli.output import Exit
from goodstanding.errors import (
    GoodstandingError,
    InputError,
    LedgerLockedError,
    LedgerMissingError,
    LedgerTamperedError,
    ProofError,
    SealError,
)

HELP = """The advertising-enforcement desk of an online platform.

It decides whether an owner's accounts may advertise, says exactly why, lets the owner answer, and proves afterwards what
was said and when. Start with `goodstanding demo`, then `goodstanding init`.

Exit codes: 0 done · 1 refused, or a check found something · 2 an argument or file that can't be read · 3 a proof or
record that does not verify · 4 no desk there, or another process holds it.
"""

app = typer.Typer(help=HELP, no_args_is_help=True, rich_markup_mode="markdown", add_completion=False)
desks.add_to(app)
app.add_typer(policies.app, name="policy")
app.add_typer(cases.app, name="case")
app.add_typer(evidence.app, name="evidence")
deciding.add_to(app)
app.add_typer(appeals.app, name="appeal")
app.add_typer(reasons.app, name="reasons")
app.add_typer(ledgers.app, name="ledger")
ledgers.add_to(app)
demo.add_to(app)


def run() -> None:
    """Run the command line; expected trouble is one message and an exit code, never a traceback."""
    try:
        app()
    except InputError as error:
        _end("\n".join(str(problem) for problem in error.problems), Exit.BAD_INPUT)
    except (LedgerMissingError, LedgerLockedError) as error:
        _end(str(error), Exit.NO_DESK)
    except (LedgerTamperedError, ProofError, SealError) as error:
        _end(str(error), Exit.NOT_PROVEN)
    except GoodstandingError as error:
        _end(str(error), Exit.REFUSED)
    except (OSError, UnicodeDecodeError) as error:
        _end(str(error), Exit.BAD_INPUT)


def _end(message: str, code: Exit) -> None:
    """Say what is wrong, on standard error, and leave."""
    sys.stderr.write(f"goodstanding: {message}\n")
    raise SystemExit(code)
