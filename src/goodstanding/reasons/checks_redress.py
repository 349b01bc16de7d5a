"""Checks on remedy and redress (P1, P4; DSA art. 17(3)(f), 17(4), 20, 21)."""

from __future__ import annotations

from calendar import monthrange
from typing import TYPE_CHECKING

from goodstanding.reasons.duties import DSA_APPLIES, NOT_IN_FORCE, later_acts
from goodstanding.reasons.model import Statement, WayShown
from goodstanding.reasons.profile import Applies, Outcome, does_not_apply, passes, says, upholds

if TYPE_CHECKING:
    from datetime import datetime

APPEAL_MONTHS = 6
"""DSA art. 20(1): at least six months."""


@upholds("house rule P1 (DSA art. 17(4))", fix="say what the advertiser can do, or that it is in the hands of others")
def statement_says_what_the_advertiser_can_do(statement: Statement, _: Applies) -> Outcome:
    """Whether the remedy is said, step by step."""
    remedy = statement.remedy
    return passes(
        says(remedy.yours_sentence) and all(map(says, remedy.yours)), "it does not say what the advertiser can do"
    )


@upholds("house rule P1 (DSA art. 17(4))", fix="say of each change that others must make what it is")
def statement_says_what_only_others_can_change(statement: Statement, _: Applies) -> Outcome:
    """Whether each change in the hands of others is said, where there is one."""
    others = statement.remedy.others
    if not others:
        return does_not_apply("nothing that would end it is in the hands of others")
    return passes(all(says(step.sentence) for step in others), "a change that others must make is not said")


@upholds("DSA art. 17(3)(f)", fix="give the address of the platform's own complaint system")
def statement_names_the_internal_appeal(statement: Statement, _: Applies) -> Outcome:
    """Whether the party can appeal to the platform; this way always exists."""
    internal = statement.redress.internal
    reachable = internal.addresses != () and all(address.strip() for address in internal.addresses)
    return passes(
        reachable and says(internal.sentence), "the platform's own appeal has no address, or is not explained"
    )


@upholds("DSA art. 20(1) and (2)", fix="let the appeal stay open for at least six months from the day of being told")
def appeal_stays_open_for_six_months(statement: Statement, _: Applies) -> Outcome:
    """Whether the window is long enough; it is a house rule where the act is not in force."""
    least = months_after(statement.issued_at, APPEAL_MONTHS)
    return passes(statement.redress.internal.until >= least, "the appeal closes within six months")


@upholds("DSA art. 17(3)(f) and 21", fix="name a certified body, or say on what ground there is none")
def statement_names_out_of_court_settlement(statement: Statement, applies: Applies) -> Outcome:
    """Whether out-of-court settlement is named; where the act gives it, `not available` is no answer."""
    way = statement.redress.out_of_court
    if applies.settlement and statement.issued_at >= DSA_APPLIES:
        return passes(_open(way), "DSA art. 21 gives out-of-court settlement, and the statement names no body")
    return _named_or_not_available(way, "it says neither where to turn for a settlement nor why there is none")


@upholds("DSA art. 17(3)(f)", fix="name the court, or say on what ground there is none")
def statement_names_the_court(statement: Statement, _: Applies) -> Outcome:
    """Whether judicial redress is named."""
    return _named_or_not_available(statement.redress.court, "it says neither which court is open nor why none is")


def _open(way: WayShown) -> bool:
    """Whether the party can turn there."""
    return way.available and bool(way.name.strip() and way.address.strip()) and says(way.sentence)


def _named_or_not_available(way: WayShown, otherwise: str) -> Outcome:
    """Not available with its ground is not applicable; without one it is a gap."""
    if not way.available and says(way.sentence):
        return does_not_apply(way.sentence)
    return passes(_open(way), otherwise)


@upholds("house rule", fix="list the provisions it answers, and label those that were not in force then")
def statement_labels_later_law(statement: Statement, _: Applies) -> Outcome:
    """Whether the provisions are listed, and no later law is passed off as in force."""
    later = tuple(later_acts(statement.issued_at))
    labelled = all((duty.label == NOT_IN_FORCE) == duty.reference.startswith(later) for duty in statement.duties)
    return passes(statement.duties != () and labelled, "no provision is listed, or a later law is not labelled")


def months_after(at: datetime, months: int) -> datetime:
    """The same day some months later, or the last day of that month where it is shorter."""
    years, month = divmod(at.month - 1 + months, 12)
    year = at.year + years
    return at.replace(year=year, month=month + 1, day=min(at.day, monthrange(year, month + 1)[1]))


CHECKS = (
    statement_says_what_the_advertiser_can_do,
    statement_says_what_only_others_can_change,
    statement_names_the_internal_appeal,
    appeal_stays_open_for_six_months,
    statement_names_out_of_court_settlement,
    statement_names_the_court,
    statement_labels_later_law,
)
