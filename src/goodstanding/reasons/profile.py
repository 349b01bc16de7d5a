"""Completeness profiles: what a law asks of a statement, as checks that each bear the sentence they uphold (P1).

A check passes, fails, or does not apply; what does not apply is never counted as passed. A profile knows nothing of how
a statement was composed. `dsa17` is the one profile so far.
"""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from typing import TYPE_CHECKING

import msgspec

from goodstanding.errors import IncompleteStatementError
from goodstanding.reasons.model import Statement

if TYPE_CHECKING:
    from collections.abc import Sequence


class Severity(StrEnum):
    """Whether a statement that fails the check may be issued."""

    MUST = "must"
    SHOULD = "should"


class Applies(msgspec.Struct, frozen=True, kw_only=True):
    """What the situation asks for, as the desk's settings and the matter say.

    `exempt`: why the whole profile is not asked, such as `an order under DSA art. 9`; empty where it is. `territorial`:
    whether the platform offers its service in more than one territory. `settlement`: whether DSA art. 21 binds the
    platform (art. 19 frees micro and small enterprises); it is asked from the day the act applies.
    """

    exempt: str = ""
    territorial: bool = True
    settlement: bool = True


class State(StrEnum):
    """How a check ended."""

    PASSED = "passed"
    FAILED = "failed"
    NOT_APPLICABLE = "not applicable"


class Outcome(msgspec.Struct, frozen=True, kw_only=True):
    """How a check ended, and why it did not pass."""

    state: State
    why: str = ""


class Check(msgspec.Struct, frozen=True, kw_only=True):
    """One check: the sentence it upholds as its name, the provision it comes from, and what mends it."""

    name: str
    article: str
    severity: Severity
    fix: str
    judge: Callable[[Statement, Applies], Outcome]


class Failure(msgspec.Struct, frozen=True, kw_only=True):
    """A check that failed: why, and what mends it."""

    check: str
    article: str
    severity: Severity
    why: str
    fix: str


class Skipped(msgspec.Struct, frozen=True, kw_only=True):
    """A check that does not apply, and why not."""

    check: str
    article: str
    why: str


class Completeness(msgspec.Struct, frozen=True, kw_only=True):
    """What a profile found in a statement."""

    profile: str
    passed: tuple[str, ...]
    failed: tuple[Failure, ...]
    not_applicable: tuple[Skipped, ...]

    @property
    def missing(self) -> tuple[str, ...]:
        """The checks whose failing stands against issuing."""
        return tuple(failure.check for failure in self.failed if failure.severity is Severity.MUST)


def upholds(
    article: str, *, fix: str, severity: Severity = Severity.MUST
) -> Callable[[Callable[[Statement, Applies], Outcome]], Check]:
    """Make a check of a function; its name in capitals and without underscores is the sentence."""

    def named(judge: Callable[[Statement, Applies], Outcome]) -> Check:
        name = "".join(word.capitalize() for word in judge.__name__.split("_"))
        return Check(name=name, article=article, severity=severity, fix=fix, judge=judge)

    return named


def passes(condition: bool, otherwise: str) -> Outcome:
    """Passed where the condition holds, else failed for that reason."""
    return Outcome(state=State.PASSED) if condition else Outcome(state=State.FAILED, why=otherwise)


def does_not_apply(why: str) -> Outcome:
    """Not applicable, for that reason."""
    return Outcome(state=State.NOT_APPLICABLE, why=why)


def says(*texts: str) -> bool:
    """Whether each text is more than a word: a sentence can't be one."""
    return all(len(text.split()) > 1 for text in texts)


def run(profile: str, checks: Sequence[Check], statement: Statement, applies: Applies) -> Completeness:
    """Hold a statement against every check of a profile."""
    results = [(check, _judged(check, statement, applies)) for check in checks]
    return Completeness(
        profile=profile,
        passed=tuple(check.name for check, outcome in results if outcome.state is State.PASSED),
        failed=tuple(
            Failure(check=check.name, article=check.article, severity=check.severity, why=outcome.why, fix=check.fix)
            for check, outcome in results
            if outcome.state is State.FAILED
        ),
        not_applicable=tuple(
            Skipped(check=check.name, article=check.article, why=outcome.why)
            for check, outcome in results
            if outcome.state is State.NOT_APPLICABLE
        ),
    )


def _judged(check: Check, statement: Statement, applies: Applies) -> Outcome:
    """One check, unless the whole profile is not asked."""
    return does_not_apply(applies.exempt) if applies.exempt else check.judge(statement, applies)


def require(completeness: Completeness) -> Completeness:
    """Refuse what may not be issued.

    Raises:
        IncompleteStatementError: a check failed whose severity is `must`.
    """
    if completeness.missing:
        raise IncompleteStatementError(completeness.missing)
    return completeness
