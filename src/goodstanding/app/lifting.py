"""End what is in force: lift it from now on, or undo it as if it had never been (P9)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from goodstanding.app.guards import Role, lacks_role
from goodstanding.app.ports import Command, Refusal
from goodstanding.app.state import State
from goodstanding.appeals.outcome import Rested, RestedKind, undo
from goodstanding.ledger.model import Draft, Kind

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import datetime

    from goodstanding.app.ports import Ids
    from goodstanding.app.state import Restricted
    from goodstanding.kernel.ids import PersonId, RestrictionId

_KINDS = {"restriction": RestedKind.RESTRICTION, "hold": RestedKind.HOLD, "inherited": RestedKind.INHERITED}


def lift(restriction: RestrictionId, *, reason: str, by: PersonId) -> Command[State]:
    """End a restriction, hold or inherited restriction from now on, for a reason that is recorded."""

    def run(state: State, now: datetime, ids: Ids) -> list[Draft] | Refusal:
        del now, ids
        found = state.restrictions.get(restriction)
        refusal = lacks_role(state, by, Role.DECIDER)
        if refusal is not None:
            return refusal
        if found is None or found.lifted_at is not None:
            return Refusal(
                rule="OnlyWhatIsInForceIsLifted",
                message=f"`{restriction}` is not in force",
                hint="see `standing` for what is",
            )
        if not reason.strip():
            return Refusal(rule="LiftingHasAReason", message="no reason was given", hint="say why it ends")
        return [lifted(found, reason=reason, by=by, undone=False)]

    return run


def lifted(restriction: Restricted, *, reason: str, by: PersonId, undone: bool) -> Draft:
    """The entry that ends a restriction or hold."""
    return Draft(
        kind=Kind.HOLD_ENDED if restriction.kind == "hold" else Kind.RESTRICTION_LIFTED,
        case=restriction.case,
        subject=restriction.owner,
        clear={"account": restriction.account, "restriction": restriction.id, "undone": undone},
        document={"reason": reason, "by": by},
    )


def undone(state: State, reversed_ids: Iterable[str], *, reason: str, by: PersonId) -> list[Draft]:
    """The entries that take away everything that rested on what is reversed."""
    undone_ids = {one.id for one in undo({*reversed_ids, *state.gone}, _rested(state)).falls}
    restrictions = [r for r in state.restrictions.values() if r.id in undone_ids and not r.undone]
    strikes = [s for s in state.strikes.values() if s.id in undone_ids and not s.undone]
    return [
        *(lifted(r, reason=reason, by=by, undone=True) for r in restrictions),
        *(
            Draft(
                kind=Kind.STRIKE_UNDONE,
                case=s.case,
                subject=s.owner,
                clear={"account": s.account, "strike": s.id},
                document={"reason": reason, "by": by},
            )
            for s in strikes
        ),
    ]


def _rested(state: State) -> Iterator[Rested]:
    """Everything that can fall, with what carries it; what was undone before carries nothing any more."""
    for restriction in state.restrictions.values():
        yield Rested(id=restriction.id, kind=_KINDS[restriction.kind], rests_on=restriction.rests_on)
    for strike in state.strikes.values():
        yield Rested(id=strike.id, kind=RestedKind.STRIKE, rests_on=strike.rests_on)
