"""`matches`: regular expressions by RE2, whose time grows with the text and never with its square.

Python's own `re` is never used: a pattern may come from anybody who writes an expression. A pattern that RE2 does not
read, or whose machine is larger than its memory allows, is refused by name.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Protocol

from goodstanding.clause.faults import EvaluationError

_MEMORY = 1 << 18
_LONGEST = 1_000


class Pattern(Protocol):
    """A compiled pattern."""

    def search(self, text: str) -> object:
        """Something if the pattern is found anywhere in a text."""


def matches(text: str, pattern: str) -> bool:
    """Whether a pattern is found anywhere in a text.

    Raises:
        EvaluationError: the pattern is invalid or too large, or one of the two is no Unicode.
    """
    try:
        return compiled(pattern).search(text) is not None
    except UnicodeEncodeError:
        msg = "the text is no Unicode: state it without lone surrogates"
        raise EvaluationError(msg) from None


@lru_cache(maxsize=256)
def compiled(pattern: str) -> Pattern:
    """A pattern, ready to search with.

    Raises:
        EvaluationError: the pattern is invalid or too large.
    """
    import re2  # noqa: PLC0415  loaded only by those who match

    if len(pattern) > _LONGEST:
        msg = f"the pattern has {len(pattern)} characters: write at most {_LONGEST}"
        raise EvaluationError(msg)
    options = re2.Options()
    options.max_mem = _MEMORY
    options.log_errors = False
    try:
        found: Pattern = re2.compile(pattern, options)
    except re2.error as error:
        reason = error.args[0].decode("utf-8", "replace") if isinstance(error.args[0], bytes) else str(error.args[0])
        msg = f"`{pattern[:80]}` is not a pattern that RE2 reads: {reason}"
        raise EvaluationError(msg) from None
    return found
