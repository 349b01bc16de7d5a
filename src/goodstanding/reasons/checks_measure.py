"""Checks on what is done, to whom, where, how long, and what stays open (P2; DSA art. 17(2), 17(3)(a))."""

from __future__ import annotations

from goodstanding.decisions.model import EffectKind
from goodstanding.kernel.scope import ALWAYS_POSSIBLE
from goodstanding.reasons.model import RECONSTRUCTED, Statement
from goodstanding.reasons.profile import Applies, Outcome, does_not_apply, passes, says, upholds


@upholds("DSA art. 17(2)", fix="issue the statement first, and let the measure begin with it or later")
def measure_begins_no_earlier_than_its_statement(statement: Statement, _: Applies) -> Outcome:
    """Reasons first (P1)."""
    return passes(
        statement.duration.begins_at >= statement.issued_at, "the measure begins before the statement is issued"
    )


@upholds("DSA art. 17(3)(a)", fix="say in a sentence what is off, and which kind of measure that is")
def statement_names_the_measure(statement: Statement, _: Applies) -> Outcome:
    """Whether the measure is named, with its kind and the capabilities in it."""
    measure = statement.measure
    named = says(measure.sentence) and measure.forms != () and measure.capabilities != ()
    return passes(named, "the measure, its kind or what it switches off is not named")


@upholds("DSA art. 17(3)(a)", fix="name the account by its id and its handle")
def statement_names_the_account(statement: Statement, _: Applies) -> Outcome:
    """Whether the party can see which of its accounts is meant."""
    account = statement.account
    return passes(bool(account.id and account.handle.strip()), "the account has no id or no handle")


@upholds(
    "DSA art. 17(3)(a)", fix="state for each ground the services, capabilities, ads, topics and audiences it covers"
)
def statement_shows_every_box(statement: Statement, _: Applies) -> Outcome:
    """Whether each box is whole and carried by grounds that are there; territories have a check of their own."""
    numbers = {ground.number for ground in statement.grounds}
    whole = all(
        () not in (box.services, box.capabilities, box.ads, box.topics, box.audiences)
        and box.grounds != ()
        and (not numbers or numbers.issuperset(box.grounds))
        for box in statement.boxes
    )
    return passes(whole and statement.boxes != (), "a box is missing, lacks a side, or has no ground")


@upholds("DSA art. 17(3)(a), territorial scope", fix="name the territories that the evidence covers")
def statement_names_the_territory(statement: Statement, applies: Applies) -> Outcome:
    """Whether the territories are named, where relevant."""
    if not applies.territorial:
        return does_not_apply("the service is offered in one territory only")
    if all(box.territories == "all" for box in statement.boxes):
        return does_not_apply("the measure is the same everywhere")
    return passes(all(box.territories != () for box in statement.boxes), "a box names no territory")


@upholds("DSA art. 17(3)(a), duration", fix="give an end, or the condition that ends it")
def statement_says_how_long(statement: Statement, _: Applies) -> Outcome:
    """Whether the measure has an end in time or in a condition."""
    duration = statement.duration
    ended = duration.ends_at is not None and duration.ends_at > duration.begins_at
    return passes(
        ended or (duration.ends_at is None and says(duration.ends_when)),
        "no end and no condition that ends it is given",
    )


@upholds("DSA art. 17(3)(a), duration", fix="give the date by which a person looks at it again")
def statement_says_when_it_is_looked_at_again(statement: Statement, _: Applies) -> Outcome:
    """Whether a review is dated, after the measure begins."""
    review = statement.duration.review_at
    return passes(review is not None and review > statement.duration.begins_at, "no later date of review is given")


@upholds(
    "DSA art. 17(3)(a), duration",
    fix="say that the hold ends unless a person decides, counts no strike, and when it ends",
)
def hold_says_that_it_ends_unless_a_person_decides(statement: Statement, _: Applies) -> Outcome:
    """Whether a hold is told from a restriction (P3)."""
    if statement.measure.kind is not EffectKind.HOLD:
        return does_not_apply("it is not a hold")
    told = any("unless a person decides" in term for term in statement.measure.terms)
    return passes(told and statement.duration.ends_at is not None, "the hold does not say that it ends, or when")


@upholds("house rule P2 (DSA art. 17(4))", fix="list what stays possible, and what no restriction can touch")
def statement_says_what_stays_possible(statement: Statement, _: Applies) -> Outcome:
    """Whether what is never off is listed; what else is left may be nothing."""
    return passes(set(ALWAYS_POSSIBLE) <= set(statement.possible.always), "it does not list what always stays possible")


@upholds("house rule P1 (DSA art. 17(1)(b))", fix="ask the billing port, and state each sum with what becomes of it")
def statement_answers_for_the_money(statement: Statement, _: Applies) -> Outcome:
    """Whether it says what stops, until when is charged, and what becomes of balance, credits and open invoices."""
    money = statement.money
    if money is None:
        return passes(condition=False, otherwise="the billing port gave no answer")
    told = says(money.balance.becomes, money.credits.becomes, *(invoice.becomes for invoice in money.invoices))
    stops = money.stops != () and all(stop.what.strip() for stop in money.stops)
    in_time = money.charged_until <= statement.duration.begins_at
    return passes(told and stops and in_time, "a sum has no fate, nothing stops, or what is off would still be charged")


@upholds("house rule", fix="mark it as a reconstruction that was never sent")
def reconstruction_is_marked(statement: Statement, _: Applies) -> Outcome:
    """Whether a reconstruction can't be taken for a statement that was sent."""
    if not statement.reconstruction:
        return does_not_apply("it is not a reconstruction")
    return passes(statement.mark == RECONSTRUCTED, "the reconstruction does not bear its mark")


CHECKS = (
    measure_begins_no_earlier_than_its_statement,
    statement_names_the_measure,
    statement_names_the_account,
    statement_shows_every_box,
    statement_names_the_territory,
    statement_says_how_long,
    statement_says_when_it_is_looked_at_again,
    hold_says_that_it_ends_unless_a_person_decides,
    statement_says_what_stays_possible,
    statement_answers_for_the_money,
    reconstruction_is_marked,
)
