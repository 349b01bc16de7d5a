"""May this account do this, here, now? Allowed by default; an entry requirement refuses by default (P2, P3).

An ask is a set of points, one for each of its topics and for every value of what it leaves unsaid; it is allowed when
every point is. A point is refused when it lies in a box in force, unless the clause is overridable and an exemption
that names it covers the point. What is always possible (signing in, pausing, appealing) is never looked up.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from goodstanding.gate.cover import covered
from goodstanding.gate.model import Answer, Ask, ClosedEntry, EntryRequirement, InForce, Reason, Standing
from goodstanding.kernel.extents import ALL, Extent
from goodstanding.kernel.scope import ALWAYS_POSSIBLE, Scope

if TYPE_CHECKING:
    from collections.abc import Iterable

UNSAID = ("services", "topics", "territories", "audiences")
"""The dimensions that an ask may leave open, as scopes name them."""

_NONE = ""
"""The value of an ask without topics or ad along that dimension: only a box of everything contains it."""

_ALLOWED = Answer(allowed=True)
_ALWAYS = frozenset[str](ALWAYS_POSSIBLE)


def check(standing: Standing, ask: Ask) -> Answer:
    """Answer an ask from an account's standing.

    Raises:
        ValueError: the standing is another account's.
    """
    if ask.account != standing.account:
        msg = f"the standing of `{standing.account}` says nothing about `{ask.account}`: take that account's standing"
        raise ValueError(msg)
    if not (standing.in_force or standing.entries) or ask.capability in _ALWAYS:
        return _ALLOWED
    refusing = [each for each in standing.in_force if _touches(each.scope, ask) and _refuses(standing, each, ask)]
    closed = [each for each in standing.entries if _touches(each.scope, ask) and _refuses(standing, each, ask)]
    if not refusing and not closed:
        return _ALLOWED
    return Answer(
        allowed=False,
        by=tuple(dict.fromkeys(_reason(each) for each in refusing)),
        closed=tuple(dict.fromkeys(ClosedEntry(clause=each.clause, missing=each.missing) for each in closed)),
        unsaid=_unsaid(standing, ask, (*refusing, *closed)),
    )


def _touches(scope: Scope, ask: Ask) -> bool:
    """Whether a box contains a point of the ask; the dimensions that most often tell come first."""
    return (
        _meets(scope.capabilities, ask.capability)
        and _meets_any(scope.topics, ask.topics)
        and _meets(scope.territories, ask.territory)
        and _meets(scope.ads, ask.ad or _NONE)
        and _meets(scope.audiences, ask.audience)
        and _meets(scope.services, ask.service)
        and _meets(scope.accounts, ask.account)
        and scope.period.contains(ask.at)
    )


def _meets(box: Extent, name: str | None) -> bool:
    """Whether a name lies inside; what was not said lies in anything that is not empty."""
    names = box.names
    return names is None or (bool(names) if name is None else name in names)


def _meets_any(box: Extent, topics: tuple[str, ...] | None) -> bool:
    """Whether one of an ad's topics lies inside; an ad without topics lies in a box of all topics alone."""
    names = box.names
    return names is None or (bool(names) if topics is None else any(topic in names for topic in topics))


def _refuses(standing: Standing, each: InForce | EntryRequirement, ask: Ask) -> bool:
    """Whether something of the ask inside a box stays refused after what lifts it."""
    lifts = [scope for scope in _lifting(standing, each) if _touches(scope, ask)]
    return not lifts or not covered(each.scope.intersect(_asked(ask)), lifts)


def _lifting(standing: Standing, each: InForce | EntryRequirement) -> Iterable[Scope]:
    """The boxes inside which a restriction or requirement does not refuse."""
    if isinstance(each, EntryRequirement):
        yield from each.opened
    if each.overridable:
        yield from (exemption.scope for exemption in standing.exemptions if each.clause in exemption.lifts)


def _asked(ask: Ask) -> Scope:
    """The points of an ask as a box."""
    return Scope(
        services=_one(ask.service),
        capabilities=_one(ask.capability),
        accounts=_one(ask.account),
        ads=_one(ask.ad or _NONE),
        territories=_one(ask.territory),
        audiences=_one(ask.audience),
        topics=ALL if ask.topics is None else Extent.of(ask.topics or (_NONE,)),
    )


def _one(name: str | None) -> Extent:
    """Exactly this name, or everything where nothing was said."""
    return ALL if name is None else Extent((name,))


def _reason(each: InForce) -> Reason:
    """What refuses, as the answer names it."""
    return Reason(id=each.id, kind=each.kind, clause=each.clause, statement=each.statement)


def _unsaid(standing: Standing, ask: Ask, refusing: Iterable[InForce | EntryRequirement]) -> tuple[str, ...]:
    """The open dimensions that tell the ask from some box, if there is one for every box that refuses."""
    said = (ask.service, ask.topics, ask.territory, ask.audience)
    left_open = [name for name, value in zip(UNSAID, said, strict=True) if value is None]
    if not left_open:
        return ()
    found: set[str] = set()
    for each in refusing:
        boxes = (each.scope, *(scope for scope in _lifting(standing, each) if _touches(scope, ask)))
        helps = {name for name in left_open if any(not getattr(box, name).is_all for box in boxes)}
        if not helps:
            return ()
        found |= helps
    return tuple(name for name in UNSAID if name in found)
