"""What a check of the gate costs: nanoseconds, and as a multiple of a function that looks into a Python set, same run.

The claim: a check of an account with no restriction costs at most `LIMITS[0]` look-ups, with one that refuses or
with five that do not apply at most the others. A fast machine and a slow one give the same ratio, more or less; the
limits leave twice what was measured. Run `python benchmarks/gate_check.py`; it ends with 1 when a limit is passed.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from time import perf_counter_ns

sys.path.insert(0, str(Path(__file__).parent.parent / "src"))

from goodstanding.gate.check import check
from goodstanding.gate.model import Ask, InForce, Standing
from goodstanding.kernel.extents import Extent
from goodstanding.kernel.ids import AccountId, ClauseId, RestrictionId, StatementId
from goodstanding.kernel.instants import instant
from goodstanding.kernel.scope import Capability, Scope
from goodstanding.kernel.territories import CODES, Territory

LIMITS = {0: 8, 1: 320, 5: 180}
"""The largest ratio to a look-up, by the number of restrictions of the account."""

ROUNDS, TIMES = 15, 20_000
AT = instant("2031-05-01")
ACCOUNT = AccountId("acc-1")
ASK = Ask(
    account=ACCOUNT,
    capability=Capability("advertise"),
    at=AT,
    service="feed",
    topics=("kettles",),
    territory=Territory("DE"),
    audience="adults",
)


def restriction(number: int, topic: str) -> InForce:
    """One restriction on one topic in the Member States and some more."""
    return InForce(
        id=RestrictionId(f"re-{number}"),
        clause=ClauseId("supply-forbidden"),
        statement=StatementId(f"st-{number}"),
        overridable=True,
        scope=Scope(
            capabilities=Extent.of(["advertise"]),
            accounts=Extent.of([ACCOUNT]),
            territories=Extent.of(["DE", *sorted(CODES)[:40]]),
            topics=Extent.of([topic]),
        ),
    )


def standing(*in_force: InForce) -> Standing:
    """The account with these restrictions."""
    return Standing(account=ACCOUNT, as_of=AT, in_force=in_force)


def nanoseconds(act: Callable[[], object]) -> float:
    """What one call costs in the quietest round: other work on the machine only ever adds."""
    times = range(TIMES)
    rounds = []
    for _ in range(ROUNDS):
        start = perf_counter_ns()
        for _ in times:
            act()
        rounds.append((perf_counter_ns() - start) / TIMES)
    return min(rounds)


def main() -> int:
    """Print the table; 1 when a limit is passed."""
    restricted = {str(number) for number in range(1_000_000)}
    look_up = nanoseconds(lambda: "acc-1" in restricted)
    accounts = {
        0: standing(),
        1: standing(restriction(1, "kettles")),
        5: standing(*(restriction(number, f"other-{number}") for number in range(5))),
    }
    sys.stdout.write(f"look-up in a set of a million: {look_up:.0f} ns\n")
    passed = False
    for number, account in accounts.items():
        answer = check(account, ASK)
        cost = nanoseconds(partial(check, account, ASK))
        passed |= cost / look_up > LIMITS[number]
        sys.stdout.write(
            f"{number} restrictions, {'allowed' if answer.allowed else 'refused'}: {cost:.0f} ns, "
            f"{cost / look_up:.0f} look-ups (limit {LIMITS[number]})\n"
        )
    return int(passed)


if __name__ == "__main__":
    sys.exit(main())
