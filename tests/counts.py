"""How often the tests repeat what they repeat: small by default, `FULL=1` for the counts that must be shown."""

from __future__ import annotations

import os

FULL = os.environ.get("FULL", "") not in {"", "0"}

_COUNTS = {  # the small count, the full count
    "agreeing_readings": (200, 20000),
    "bit_flips": (40, 400),
    "bulk_conditions": (30, 600),
    "bulk_rows": (15, 60),
    "crash_kills": (20, 200),
    "cut_families": (20, 100),
    "explanations": (100, 2000),
    "fuzzed_inputs": (2000, 100000),
    "oracle_accounts": (200, 5000),
    "power_cuts": (12, 60),
    "property_examples": (50, 500),
    "remedies": (50, 1000),
    "spark_conditions": (0, 40),
}


def count(name: str) -> int:
    """The count of that name.

    Raises:
        KeyError: the table has no such count.
    """
    small, full = _COUNTS[name]
    return full if FULL else small
