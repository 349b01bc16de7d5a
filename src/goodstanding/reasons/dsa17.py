"""The completeness profile `dsa-17`: what DSA art. 17 asks of a statement of reasons, and what this product adds (P1).

No restriction is in force without a statement that passes. Each check bears the sentence it upholds; a check that does
not apply is never counted as passed. The profile is asked of holds and reconstructions too.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from goodstanding.reasons import checks_grounds, checks_measure, checks_redress
from goodstanding.reasons.profile import Completeness, require, run

if TYPE_CHECKING:
    from goodstanding.reasons.model import Statement
    from goodstanding.reasons.profile import Applies

PROFILE = "dsa-17"
CHECKS = (*checks_measure.CHECKS, *checks_grounds.CHECKS, *checks_redress.CHECKS)


def check_complete(statement: Statement, *, applies: Applies) -> Completeness:
    """Hold a statement against the profile."""
    return run(PROFILE, CHECKS, statement, applies)


def require_complete(statement: Statement, *, applies: Applies) -> Completeness:
    """The same, refusing a statement that may not be issued.

    Raises:
        IncompleteStatementError: a check failed whose severity is `must`; the error names each.
    """
    return require(check_complete(statement, applies=applies))
