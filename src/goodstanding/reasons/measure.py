"""What is done to one account, box by box (P2; DSA art. 17(3)(a)).

It narrows each box of an effect to the account and to the time of the measure, and never merges two: a box around both
would reach further than either ground. Identical boxes are one box with several grounds.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from goodstanding.clause.vocabulary import Named
from goodstanding.decisions.model import EffectKind, Ground
from goodstanding.kernel.extents import Extent
from goodstanding.kernel.instants import Period
from goodstanding.kernel.scope import Scope
from goodstanding.reasons.model import Box, Form, Measure
from goodstanding.reasons.wording import reach_of, sentence, shown

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from goodstanding.decisions.model import Ad, Decision, Effect
    from goodstanding.kernel.ids import AccountId
    from goodstanding.owners.model import Account
    from goodstanding.reasons.issue import Issue, Platform
    from goodstanding.reasons.model import Reach

_DAY = 86_400


class Held(msgspec.Struct, frozen=True, kw_only=True):
    """A ground that touches the account, its number, and its box narrowed to the account."""

    number: int
    ground: Ground
    scope: Scope


def narrowed(scope: Scope, *, account: AccountId, foreign_ads: frozenset[str], period: Period) -> Scope:
    """The part of a box that lies on one account in the time of the measure; `foreign_ads` run on other accounts."""
    box = scope.intersect(Scope(accounts=Extent.of([account]), period=period))
    if box.ads.names is None:
        return box
    return msgspec.structs.replace(box, ads=Extent.of(set(box.ads.names) - foreign_ads))


def held_by(decision: Decision, effect: Effect, *, account: AccountId, issue: Issue) -> tuple[Held, ...]:
    """The grounds of an effect that touch this account, numbered from 1."""
    foreign = frozenset(ad.id for ad in decision.matter.ads if ad.account != account)
    period = Period(start=issue.begins_at, end=issue.ends_at)
    boxes = [
        (ground, narrowed(ground.scope, account=account, foreign_ads=foreign, period=period))
        for ground in effect.grounds
    ]
    touching = [(ground, box) for ground, box in boxes if not box.is_empty]
    return tuple(
        Held(number=number, ground=ground, scope=box) for number, (ground, box) in enumerate(touching, start=1)
    )


def boxes_of(held: Sequence[Held], platform: Platform, ads: Sequence[Ad] = ()) -> tuple[Box, ...]:
    """Every box once, with the grounds that carry it, in the order of the grounds; `ads` gives their titles."""
    carried: dict[Scope, list[int]] = {}
    for one in held:
        carried.setdefault(one.scope, []).append(one.number)
    titles = tuple(Named(id=ad.id, label=f"“{ad.title}”") for ad in ads if ad.title)
    return tuple(_box(scope, tuple(numbers), platform, titles) for scope, numbers in carried.items())


def _box(scope: Scope, grounds: tuple[int, ...], platform: Platform, titles: tuple[Named, ...]) -> Box:
    """One box in the platform's words."""
    box = Box(
        grounds=grounds,
        services=reach_of(scope.services, platform.services),
        capabilities=reach_of(scope.capabilities, platform.capabilities),
        ads=reach_of(scope.ads, titles),
        territories=reach_of(scope.territories, platform.territories),
        audiences=reach_of(scope.audiences, platform.audiences),
        topics=reach_of(scope.topics, platform.topics),
        starts_at=scope.period.start,
        ends_at=scope.period.end,
        sentence="",
    )
    return msgspec.structs.replace(box, sentence=sentence("; ".join(_sides(box))))


def _sides(box: Box) -> Iterator[str]:
    """What a box holds, side by side; an unlimited side is said only where silence could mislead."""
    yield shown(box.capabilities, "every capability")
    sides = (
        (box.services, "on the service", ""),
        (box.ads, "in the ad", ""),
        (box.territories, "in", "everywhere"),
        (box.topics, "on the topic", "on every topic"),
        (box.audiences, "to the audience", ""),
    )
    for reach, before, everything in sides:
        if not isinstance(reach, str):
            yield f"{before} {shown(reach, everything)}"
        elif everything:
            yield everything


def measure(effect: Effect, boxed: tuple[Box, ...], *, account: Account, platform: Platform) -> Measure:
    """The measure as a whole."""
    return Measure(
        kind=effect.kind,
        forms=_forms(boxed, platform),
        capabilities=_capabilities(boxed),
        sentence=f"{_opening(effect.kind)} for the account {account.handle}: {_off(boxed)}",
        terms=tuple(_terms(effect)),
    )


def _capabilities(boxed: tuple[Box, ...]) -> Reach:
    """Every capability that some box switches off, each once."""
    off: dict[str, Named] = {}
    for box in boxed:
        if isinstance(box.capabilities, str):
            return "all"
        off.update((named.id, named) for named in box.capabilities)
    return tuple(off.values())


def _off(boxed: tuple[Box, ...]) -> str:
    """What is off, one box after the other."""
    if len(boxed) == 1:
        return boxed[0].sentence
    return " ".join(f"({index}) {box.sentence}" for index, box in enumerate(boxed, start=1))


def _opening(kind: EffectKind) -> str:
    """How a measure of this kind is announced."""
    match kind:
        case EffectKind.HOLD:
            return "Held for the time being"
        case EffectKind.COMMERCIAL_ENDING:
            return "Ended for the platform's own commercial reasons"
        case _:
            return "Switched off"


def _forms(boxed: tuple[Box, ...], platform: Platform) -> tuple[Form, ...]:
    """Which of the measures of DSA art. 17(1) it is; it may be several."""
    taken = {form for box in boxed for form in _forms_of(box, platform)}
    return tuple(form for form in Form if form in taken)


def _forms_of(box: Box, platform: Platform) -> Iterator[Form]:
    """The forms that one box takes."""
    if isinstance(box.capabilities, str):
        yield Form.ACCOUNT if box.ads == "all" else Form.VISIBILITY
        return
    names = {named.id for named in box.capabilities}
    if names & set(platform.monetary):
        yield Form.PAYMENTS
    if names - set(platform.monetary):
        yield Form.SERVICE if box.ads == "all" else Form.VISIBILITY


def _terms(effect: Effect) -> Iterator[str]:
    """What a measure of this kind entails."""
    match effect.kind:
        case EffectKind.HOLD:
            yield "This is a hold, not a restriction: the matter is not decided yet."
            yield "It ends by itself at the time given, unless a person decides before then."
            yield "It is not renewed on the same evidence."
        case EffectKind.COMMERCIAL_ENDING:
            yield "No wrongdoing is alleged."
        case _:
            pass
    yield _strike(effect.strike)
    if effect.owner_wide:
        yield (
            "It follows the owner: it concerns every account of the owner that the grounds cover, each with a "
            "statement of its own. A new account is restricted only when its own statement is issued."
        )


def _strike(seconds: int) -> str:
    """Whether a strike is counted, and how long it lives."""
    if seconds == 0:
        return "It counts no strike."
    days, rest = divmod(seconds, _DAY)
    life = f"{seconds // 3600} hours" if rest else f"{days} days"
    return f"It counts one strike, which expires after {life}."
