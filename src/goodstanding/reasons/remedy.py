"""What would end a measure, and in whose hands it is; how long it lasts until then (DSA art. 17(3)(a), 17(4))."""

from __future__ import annotations

from typing import TYPE_CHECKING

from goodstanding.clause.vocabulary import ChangedBy
from goodstanding.decisions.model import EffectKind
from goodstanding.reasons.model import Duration, OthersStep, Remedy
from goodstanding.reasons.wording import sentence

if TYPE_CHECKING:
    from goodstanding.decisions.model import Effect
    from goodstanding.reasons.issue import Issue


def duration(effect: Effect, issue: Issue) -> Duration:
    """From when to when."""
    return Duration(
        begins_at=issue.begins_at,
        ends_at=issue.ends_at,
        ends_when=sentence(effect.ends_when),
        review_at=issue.review_at,
    )


def remedy(effect: Effect) -> Remedy:
    """What the advertiser can do, and what only others can change."""
    yours = tuple(sentence(step.text) for step in effect.remedy if step.changed_by is ChangedBy.ADVERTISER)
    return Remedy(
        yours=yours,
        yours_sentence="Any one of these helps to end it:" if yours else _nothing(effect),
        others=tuple(
            OthersStep(changed_by=step.changed_by, sentence=sentence(step.text))
            for step in effect.remedy
            if step.changed_by is not ChangedBy.ADVERTISER
        ),
        review_sentence=_review(effect.kind),
    )


def _nothing(effect: Effect) -> str:
    """What to say to a party that can't change any of the facts."""
    outside = " What would end it lies in the hands of others." if effect.remedy else ""
    return f"You can change none of the deciding facts by yourself.{outside} You can correct the facts, and appeal."


def _review(kind: EffectKind) -> str:
    """What happens when it is looked at again."""
    if kind is EffectKind.HOLD:
        return "A person looks at it before the hold ends, or it ends."
    return "A person looks at it again by the date given, and earlier when a fact named here changes."
