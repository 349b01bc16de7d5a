"""What a measure leaves open (P2): the complement of its boxes, said only where it is certain.

A box is a product, so what lies outside it on any one side stays possible. With several boxes a name stays possible if
it lies outside all of them on that side.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from goodstanding.clause.vocabulary import Named
from goodstanding.kernel.extents import Extent
from goodstanding.kernel.scope import ALWAYS_POSSIBLE
from goodstanding.reasons.model import StillPossible
from goodstanding.reasons.wording import label_of, listed, sentence

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from goodstanding.kernel.scope import Scope
    from goodstanding.reasons.issue import Platform

_FEW = 12
"""How many of the remaining names are still worth listing."""


class _Side(msgspec.Struct, frozen=True, kw_only=True):
    """One side of a box; `whole`: whether `words` is everything there is, and not only what has words."""

    name: str
    before: str
    noun: str
    words: tuple[Named, ...]
    whole: bool


def still_possible(scopes: Sequence[Scope], platform: Platform) -> StillPossible:
    """What stays possible beside and outside the boxes."""
    off = united(scopes, "capabilities")
    return StillPossible(
        capabilities=tuple(named for named in platform.capabilities if not off.contains(named.id)),
        elsewhere=tuple(_elsewhere(scopes, platform, off)),
        always=ALWAYS_POSSIBLE,
    )


def united(scopes: Sequence[Scope], side: str) -> Extent:
    """Everything that some box holds on one side."""
    extents: list[Extent] = [getattr(scope, side) for scope in scopes]
    if any(extent.is_all for extent in extents):
        return Extent()
    return Extent.of(name for extent in extents for name in extent.names or ())


def _elsewhere(scopes: Sequence[Scope], platform: Platform, off: Extent) -> Iterator[str]:
    """For each capability that is off somewhere, where and on what it is not."""
    known = tuple(named.id for named in platform.capabilities)
    for capability in known if off.names is None else off.names:
        touching = [scope for scope in scopes if scope.capabilities.contains(capability)]
        for side in _sides(platform):
            outside = _outside(united(touching, side.name), side)
            if outside:
                yield f"{sentence(label_of(capability, platform.capabilities))[:-1]}: {outside}."


def _sides(platform: Platform) -> tuple[_Side, ...]:
    """The sides outside which something stays possible."""
    return (
        _Side(name="services", before="on", noun="service", words=platform.services, whole=True),
        _Side(name="territories", before="in", noun="territory", words=platform.territories, whole=False),
        _Side(name="topics", before="on", noun="topic", words=platform.topics, whole=True),
        _Side(name="audiences", before="to", noun="audience", words=platform.audiences, whole=True),
        _Side(name="ads", before="in", noun="ad", words=(), whole=False),
    )


def _outside(inside: Extent, side: _Side) -> str:
    """What lies outside on one side, with the remaining names where they are few; empty where nothing does."""
    rest = [named.label for named in side.words if not inside.contains(named.id)]
    if inside.names is None or (side.whole and side.words and not rest):
        return ""
    named = listed(label_of(name, side.words) for name in inside.names)
    among = f" (among them {listed(rest)})" if 0 < len(rest) <= _FEW else ""
    return f"stays possible {side.before} every {side.noun} other than {named}{among}"
