"""Names of things, each with a type of its own, so that one cannot be passed for another."""

from __future__ import annotations

import re
from typing import NewType

OwnerId = NewType("OwnerId", str)
AccountId = NewType("AccountId", str)
AdId = NewType("AdId", str)
CaseId = NewType("CaseId", str)
PersonId = NewType("PersonId", str)
PolicyId = NewType("PolicyId", str)
ClauseId = NewType("ClauseId", str)
FactId = NewType("FactId", str)
EvidenceId = NewType("EvidenceId", str)
DecisionId = NewType("DecisionId", str)
StatementId = NewType("StatementId", str)
RestrictionId = NewType("RestrictionId", str)
AppealId = NewType("AppealId", str)

SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
"""The shape of an id that people write: lower case words joined by hyphens."""


def is_slug(text: str) -> bool:
    """Whether a text can be an id that people write."""
    return SLUG.fullmatch(text) is not None
