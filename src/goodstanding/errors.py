"""Everything that goodstanding raises.

::

    GoodstandingError
    ├── InputError            input refused whole, every problem listed
    │   ├── PolicyError       a policy document
    │   ├── VocabularyError   a vocabulary document
    │   ├── EvidenceError     evidence or facts that do not hold together
    │   └── ImportFileError   a file of cases, owners or inherited restrictions
    ├── ConditionError        an expression that CEL or this product does not read
    ├── LedgerError           the record
    │   ├── LedgerLockedError     another process is the sequencer
    │   ├── LedgerMissingError    there is no desk at that place
    │   ├── LedgerTamperedError   a stored byte is not what was written
    │   └── NotDurableError       the disk refused; nothing was acknowledged
    ├── ProofError            a receipt, checkpoint or signature that does not verify
    ├── SealError             a sealed document that cannot be opened
    │   └── ErasedError       its key was destroyed on purpose
    └── IncompleteStatementError  a statement that lacks something the law asks for (P1)

A refusal of a command is not an exception: `app` returns it as data. No HTTP status lives here.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


@dataclass(frozen=True, kw_only=True, slots=True, order=True)
class Place:
    """Where in a file; lines and columns count from 1."""

    file: str
    line: int
    column: int

    def __str__(self) -> str:
        """`file:line:col`, as editors and compilers print it."""
        return f"{self.file}:{self.line}:{self.column}"


@dataclass(frozen=True, kw_only=True, slots=True)
class Problem:
    """One thing that is wrong, where, and what to do about it.

    `span` is how many characters the underline covers.
    """

    message: str
    place: Place | None = None
    hint: str = ""
    span: int = 1

    def __str__(self) -> str:
        """One line: place, message and hint."""
        where = f"{self.place}: " if self.place else ""
        hint = f" ({self.hint})" if self.hint else ""
        return f"{where}{self.message}{hint}"


class GoodstandingError(Exception):
    """The root of the tree."""


class InputError(GoodstandingError):
    """Input refused whole; `problems` lists everything that is wrong with it."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        """Keep the problems in the order of their places."""
        self.problems = tuple(
            sorted(problems, key=lambda p: (p.place is None, p.place or Place(file="", line=0, column=0)))
        )
        super().__init__("\n".join(str(p) for p in self.problems))


class PolicyError(InputError):
    """A policy document with problems."""


class VocabularyError(InputError):
    """A vocabulary document with problems."""


class EvidenceError(InputError):
    """Evidence or facts that do not hold together."""


class ImportFileError(InputError):
    """A file of cases, owners or inherited restrictions with problems."""


class ConditionError(GoodstandingError):
    """An expression that CEL, or the part of it that every reading supports, does not accept."""

    def __init__(self, problems: Iterable[ConditionProblem]) -> None:
        """Keep every problem; offsets count characters from the start of the expression."""
        self.problems = tuple(problems)
        super().__init__("; ".join(p.message for p in self.problems))


@dataclass(frozen=True, kw_only=True, slots=True)
class ConditionProblem:
    """One problem of an expression, at a line (from 1) and column (from 1) inside its text."""

    message: str
    line: int
    column: int
    hint: str = ""


class LedgerError(GoodstandingError):
    """Trouble with the record."""


class LedgerLockedError(LedgerError):
    """Another process is the sequencer of this ledger."""


class LedgerMissingError(LedgerError):
    """There is no desk at that place."""


class LedgerTamperedError(LedgerError):
    """A stored byte is not what was written; the message names the entry, node, checkpoint or row."""


class NotDurableError(LedgerError):
    """The disk refused; nothing of this batch was acknowledged."""


class ProofError(GoodstandingError):
    """A receipt, checkpoint, proof or signature that does not verify."""


class SealError(GoodstandingError):
    """A sealed document that cannot be opened."""


class ErasedError(SealError):
    """The key of a sealed document was destroyed; what it said is gone, that it was said is not."""


class IncompleteStatementError(GoodstandingError):
    """A statement of reasons lacks an element; `missing` names each failed check."""

    def __init__(self, missing: Iterable[str]) -> None:
        """Keep the names of the failed checks."""
        self.missing = tuple(missing)
        super().__init__(f"the statement lacks: {', '.join(self.missing)}")
