"""An account, boxes and asks that the tests of the gate share."""

from __future__ import annotations

from goodstanding.gate.model import Ask, InForce, Standing
from goodstanding.kernel.extents import Extent
from goodstanding.kernel.ids import AccountId, ClauseId, RestrictionId, StatementId
from goodstanding.kernel.instants import instant
from goodstanding.kernel.scope import Capability, Scope
from goodstanding.kernel.territories import Territory

ACCOUNT = AccountId("acc-1")
AT = instant("2031-05-01")
CLAUSE = ClauseId("supply-forbidden")
EMPTY = Standing(account=ACCOUNT, as_of=AT)
ADVERTISE = Capability("advertise")
BOX = Scope(
    capabilities=Extent.of(["advertise"]),
    territories=Extent.of(["DE", "FR"]),
    topics=Extent.of(["kettles"]),
)
RESTRICTION = InForce(
    id=RestrictionId("re-1"),
    clause=CLAUSE,
    statement=StatementId("st-1"),
    overridable=True,
    scope=BOX,
)
ASK = Ask(
    account=ACCOUNT,
    capability=ADVERTISE,
    at=AT,
    service="feed",
    topics=("kettles",),
    territory=Territory("DE"),
    audience="adults",
)


def names(*of: str) -> Extent:
    """The extent of these names."""
    return Extent.of(of)
