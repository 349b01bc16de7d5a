"""What would end a measure, and in whose hands it is; how long it lasts until then (DSA art. 17(3)(a), 17(4)).

The alternatives are those that the decision recorded for the party, in words: for this measure, and where the account
has several, for all of them together. A decision from before there were any, and an account that the decision did not
know, get what the finding alone says.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from goodstanding.clause.vocabulary import ChangedBy
from goodstanding.decisions.model import EffectKind
from goodstanding.decisions.remedy import Alternative, Answer, Audience, Change
from goodstanding.reasons.model import Duration, OthersStep, Remedy
from goodstanding.reasons.wording import all_of, from_then_on, in_hands_of, sentence, so_that, waiting

if TYPE_CHECKING:
    from goodstanding.decisions.model import Decision, Effect
    from goodstanding.decisions.remedy import Remedies
    from goodstanding.kernel.ids import AccountId
    from goodstanding.reasons.issue import Issue


def duration(effect: Effect, issue: Issue) -> Duration:
    """From when to when."""
    return Duration(
        begins_at=issue.begins_at,
        ends_at=issue.ends_at,
        ends_when=sentence(effect.ends_when),
        review_at=issue.review_at,
    )


def remedy(decision: Decision, effect: Effect, account: AccountId) -> Remedy:
    """What the advertiser can do, and what only others can change."""
    alone, together = _found(decision, effect, account)
    if alone is None or alone.answer is Answer.LIMIT:
        return _from_the_finding(effect)
    yours, others = _yours(alone), _others(alone)
    return Remedy(
        yours=yours,
        yours_sentence=_before(alone, yours),
        others=others,
        review_sentence=_review(effect.kind),
        together=() if together is None else tuple(map(_whole, together.alternatives)),
        together_sentence=_before_together(together),
    )


def _found(decision: Decision, effect: Effect, account: AccountId) -> tuple[Remedies | None, Remedies | None]:
    """The party's remedies of one effect, and of all that touch the account where there are more."""
    about = (effect.kind, effect.clause.id, effect.subject, effect.binding)
    numbers = {
        n for n, one in enumerate(decision.effects) if (one.kind, one.clause.id, one.subject, one.binding) == about
    }
    party = [one for one in decision.remedies if one.audience is Audience.PARTY and not numbers.isdisjoint(one.ends)]
    alone = next((one for one in party if len(one.ends) == 1), None)
    together = max((one for one in party if account in one.accounts), key=lambda one: len(one.ends), default=None)
    return alone, None if together is alone or together is None or not together.alternatives else together


def _yours(found: Remedies) -> tuple[str, ...]:
    """One item for each alternative that the advertiser has, waiting included; else their part of the first."""
    own = [each for each in found.alternatives if all(c.changed_by is ChangedBy.ADVERTISER for c in each.changes)]
    if found.answer is Answer.OTHERS and not own:
        own_part = [c for c in found.alternatives[0].changes if c.changed_by is ChangedBy.ADVERTISER]
        return tuple(sentence(_said(change)) for change in own_part)
    return (*map(sentence, found.stop), *map(_whole, own))


def _before(found: Remedies, yours: tuple[str, ...]) -> str:
    """What introduces the advertiser's items, or stands in their place."""
    waits = any(each.until is not None for each in found.alternatives)
    match found.answer:
        case Answer.ADVERTISER:
            return "Any one of these ends it:" if len(yours) > 1 else "This ends it:"
        case Answer.CONDUCT:
            return "To end it, stop what the rule forbids. The rule's own advice:"
        case Answer.TIME:
            return f"{_NOTHING} It ends with time:"
        case Answer.OTHERS if waits:
            return f"{_NOTHING} What would end it at once lies in the hands of others. It also ends with time:"
        case Answer.OTHERS if yours:
            return "A part of what would end it is in your hands, the rest in the hands of others. Your part:"
        case Answer.OTHERS:
            return f"{_NOTHING} What would end it lies in the hands of others. You can correct the facts, and appeal."
    return f"{_NOTHING} You can correct the facts, and appeal."


_NOTHING = "You can change none of the deciding facts by yourself."


def _others(found: Remedies) -> tuple[OthersStep, ...]:
    """Each change that others can make, once."""
    steps = {
        (change.changed_by, sentence(_said(change))): None
        for each in found.alternatives
        for change in each.changes
        if change.changed_by is not ChangedBy.ADVERTISER
    }
    return tuple(OthersStep(changed_by=hand, sentence=text) for hand, text in steps)


def _before_together(found: Remedies | None) -> str:
    """What introduces the ways to end everything; what has to stop comes first, whichever way is taken."""
    if found is None:
        return ""
    one = len(found.alternatives) == 1
    if found.stop:
        advice = " ".join(map(sentence, found.stop))
        rest = "This ends the rest:" if one else "Any one of these ends the rest:"
        return f"{_OTHER_RULES} To end all of it, stop what the rules forbid. Their own advice: {advice} {rest}"
    return f"{_OTHER_RULES} {'This ends' if one else 'Any one of these ends'} all of it:"


_OTHER_RULES = "The decision restricts this account under other rules too."


def _whole(one: Alternative) -> str:
    """One alternative in a sentence."""
    steps = all_of(map(_with_hand, one.changes))
    if one.until is None:
        return sentence(steps)
    return sentence(from_then_on(one.until, steps) if steps else waiting(one.until))


def _with_hand(change: Change) -> str:
    """A change with the one in whose hands it is, where that is not the reader."""
    said = _said(change)
    return said if change.changed_by is ChangedBy.ADVERTISER else in_hands_of(change.changed_by, said)


def _said(change: Change) -> str:
    """A change: what is to be done, and how things are then."""
    return so_that(change.text, change.state)


def _from_the_finding(effect: Effect) -> Remedy:
    """What the deciding facts alone say."""
    yours = _sentences(effect, own=True)
    outside = " What would end it lies in the hands of others." if effect.remedy else ""
    return Remedy(
        yours=tuple(text for _, text in yours),
        yours_sentence=_helping(len(yours)) if yours else f"{_NOTHING}{outside} You can correct the facts, and appeal.",
        others=tuple(OthersStep(changed_by=hand, sentence=text) for hand, text in _sentences(effect, own=False)),
        review_sentence=_review(effect.kind),
    )


def _helping(number: int) -> str:
    """What introduces steps that were not tried out on the clause."""
    return "Any one of these helps to end it:" if number > 1 else "This helps to end it:"


def _sentences(effect: Effect, *, own: bool) -> list[tuple[ChangedBy, str]]:
    """The steps of an effect that are the advertiser's, or the others."""
    steps = [step for step in effect.remedy if (step.changed_by is ChangedBy.ADVERTISER) is own]
    return [(step.changed_by, sentence(step.text)) for step in steps]


def _review(kind: EffectKind) -> str:
    """What happens when it is looked at again."""
    if kind is EffectKind.HOLD:
        return "A person looks at it before the hold ends, or it ends."
    return "A person looks at it again by the date given, and earlier when a fact named here changes."
