"""The catalogue: every rule that shows an element, in readable tables, one module a group of elements.

A rule is added here with a name, an example and what must not stand near it; `check` runs them all, in this order.
"""

from __future__ import annotations

from goodstanding.reasons.notices.catalogue.circumstances import AUTOMATION, DURATION, SOURCE, TERRITORY
from goodstanding.reasons.notices.catalogue.clause import CLAUSE
from goodstanding.reasons.notices.catalogue.facts import FACTS
from goodstanding.reasons.notices.catalogue.measure import MEASURE
from goodstanding.reasons.notices.catalogue.redress import COURT, INTERNAL, OUT_OF_COURT
from goodstanding.reasons.notices.model import Signal

SIGNALS: tuple[Signal, ...] = (
    *MEASURE,
    *CLAUSE,
    *FACTS,
    *SOURCE,
    *TERRITORY,
    *DURATION,
    *AUTOMATION,
    *INTERNAL,
    *OUT_OF_COURT,
    *COURT,
)
