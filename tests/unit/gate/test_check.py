from __future__ import annotations

import pytest
from msgspec.structs import replace

from goodstanding.gate.check import check
from goodstanding.gate.model import (
    Answer,
    Ask,
    ClosedEntry,
    EntryRequirement,
    Exemption,
    InForce,
    InForceKind,
    Reason,
)
from goodstanding.kernel.extents import ALL, Extent
from goodstanding.kernel.ids import AccountId, AdId, ClauseId, RestrictionId
from goodstanding.kernel.instants import Period, instant
from goodstanding.kernel.scope import ALWAYS_POSSIBLE, EVERYWHERE, Capability, Scope
from goodstanding.kernel.territories import Territory
from unit.gate.made import ACCOUNT, ADVERTISE, ASK, AT, BOX, CLAUSE, EMPTY, RESTRICTION, names

ALLOWED = Answer(allowed=True)
RESTRICTED = replace(EMPTY, in_force=(RESTRICTION,))
URGENT = ClauseId("urgent-safety")


def boxed(scope: Scope) -> InForce:
    return replace(RESTRICTION, scope=scope)


def exempting(scope: Scope, *lifts: ClauseId) -> Exemption:
    return Exemption(clause=URGENT, lifts=lifts or (CLAUSE,), scope=scope)


def test_an_account_with_nothing_against_it_may_do_everything() -> None:
    assert check(EMPTY, ASK) == ALLOWED
    assert check(EMPTY, Ask(account=ACCOUNT, capability=ADVERTISE, at=AT)) == ALLOWED


def test_an_ask_inside_the_box_is_refused_with_restriction_clause_and_statement() -> None:
    reason = Reason(
        id=RestrictionId("re-1"), kind=InForceKind.RESTRICTION, clause=CLAUSE, statement=RESTRICTION.statement
    )
    assert check(RESTRICTED, ASK) == Answer(allowed=False, by=(reason,))


@pytest.mark.parametrize(
    "ask",
    [
        replace(ASK, capability=Capability("post")),
        replace(ASK, territory=Territory("US")),
        replace(ASK, topics=("training",)),
        replace(ASK, topics=()),
    ],
)
def test_an_ask_outside_the_box_along_any_dimension_is_allowed(ask: Ask) -> None:
    assert check(RESTRICTED, ask) == ALLOWED


@pytest.mark.parametrize(
    "outside",
    [
        Scope(services=names("search")),
        Scope(audiences=names("minors")),
        Scope(accounts=names("acc-2")),
        Scope(ads=names("ad-1")),
        Scope(period=Period(start=instant("2031-05-02"))),
        Scope(period=Period(end=AT)),
        Scope(services=names()),
    ],
)
def test_a_box_elsewhere_refuses_nothing_here(outside: Scope) -> None:
    assert check(replace(EMPTY, in_force=(boxed(outside),)), ASK) == ALLOWED


def test_a_box_without_an_inside_refuses_not_even_what_says_nothing() -> None:
    nothing = replace(EMPTY, in_force=(boxed(Scope(territories=names())),))
    assert check(nothing, replace(ASK, territory=None)) == ALLOWED


def test_an_ad_of_several_topics_is_refused_when_one_of_them_is_off() -> None:
    assert not check(RESTRICTED, replace(ASK, topics=("training", "kettles"))).allowed


def test_a_restriction_on_one_ad_leaves_the_account_and_its_other_ads_alone() -> None:
    one_ad = replace(EMPTY, in_force=(boxed(Scope(ads=names("ad-1"))),))
    assert not check(one_ad, replace(ASK, ad=AdId("ad-1"))).allowed
    assert check(one_ad, replace(ASK, ad=AdId("ad-2"))).allowed
    assert check(one_ad, ASK).allowed


@pytest.mark.parametrize("capability", ALWAYS_POSSIBLE)
def test_what_is_always_possible_stays_possible_under_a_restriction_of_everything(capability: str) -> None:
    banned = replace(EMPTY, in_force=(boxed(EVERYWHERE),))
    assert not check(banned, ASK).allowed
    assert check(banned, replace(ASK, capability=Capability(capability))) == ALLOWED


@pytest.mark.parametrize(
    ("ask", "unsaid"),
    [
        (replace(ASK, territory=None), ("territories",)),
        (replace(ASK, topics=None), ("topics",)),
        (replace(ASK, topics=None, territory=None, service=None, audience=None), ("topics", "territories")),
        (replace(ASK, service=None), ()),
    ],
)
def test_what_is_not_said_may_lie_inside_and_the_answer_says_what_to_say(ask: Ask, unsaid: tuple[str, ...]) -> None:
    answer = check(RESTRICTED, ask)
    assert (answer.allowed, answer.unsaid) == (False, unsaid)


def test_saying_more_is_not_proposed_where_it_cannot_help() -> None:
    banned = replace(EMPTY, in_force=(RESTRICTION, boxed(EVERYWHERE)))
    assert check(banned, replace(ASK, territory=None)).unsaid == ()


def test_a_hold_refuses_as_a_hold() -> None:
    hold = replace(RESTRICTION, kind=InForceKind.HOLD)
    standing = replace(EMPTY, in_force=(hold, RESTRICTION))
    assert [reason.kind for reason in check(standing, ASK).by] == [InForceKind.HOLD, InForceKind.RESTRICTION]
    assert (standing.holds, standing.restrictions) == ((hold,), (RESTRICTION,))


def test_a_restriction_of_two_boxes_is_one_reason() -> None:
    standing = replace(EMPTY, in_force=(RESTRICTION, boxed(EVERYWHERE)))
    assert len(check(standing, ASK).by) == 1


def test_an_exemption_lifts_the_clauses_that_it_names_inside_its_box() -> None:
    assert check(replace(RESTRICTED, exemptions=(exempting(Scope(territories=names("DE"))),)), ASK) == ALLOWED


@pytest.mark.parametrize(
    "exemption",
    [
        exempting(EVERYWHERE, ClauseId("another-clause")),
        exempting(Scope(territories=names("FR"))),
        exempting(Scope(period=Period(end=AT))),
        exempting(Scope(topics=names("warnings"))),
    ],
)
def test_an_exemption_lifts_nothing_else_and_nowhere_else(exemption: Exemption) -> None:
    assert not check(replace(RESTRICTED, exemptions=(exemption,)), ASK).allowed


def test_an_exemption_lifts_no_clause_that_is_not_overridable_and_no_restriction_without_a_clause() -> None:
    hard = replace(RESTRICTION, overridable=False)
    inherited = replace(RESTRICTION, clause=None, statement=None)
    for each in (hard, inherited):
        standing = replace(EMPTY, in_force=(each,), exemptions=(exempting(EVERYWHERE),))
        assert not check(standing, ASK).allowed


def test_an_exemption_for_one_topic_does_not_free_an_ad_that_is_also_about_another() -> None:
    wide = boxed(replace(BOX, topics=ALL))
    standing = replace(EMPTY, in_force=(wide,), exemptions=(exempting(Scope(topics=names("warnings"))),))
    assert check(standing, replace(ASK, topics=("warnings",))).allowed
    assert not check(standing, replace(ASK, topics=("warnings", "kettles"))).allowed
    assert check(standing, replace(ASK, topics=None)).unsaid == ("topics",)


def test_two_exemptions_may_lift_what_neither_lifts_alone() -> None:
    both = tuple(exempting(Scope(territories=names(name))) for name in ("DE", "FR"))
    anywhere = replace(ASK, territory=None)
    assert not check(replace(RESTRICTED, exemptions=both[:1]), anywhere).allowed
    assert check(replace(RESTRICTED, exemptions=both), anywhere) == ALLOWED


LICENCE = EntryRequirement(
    clause=ClauseId("games-of-chance"),
    overridable=False,
    scope=Scope(capabilities=names("advertise"), topics=names("gambling")),
    missing=("The licence of the account for games of chance is not known.",),
)
GAMBLING = replace(ASK, topics=("gambling",), ad=AdId("ad-1"))
GUARDED = replace(EMPTY, entries=(LICENCE,))


def test_an_entry_requirement_refuses_until_its_fact_is_known_and_says_which_is_missing() -> None:
    closed = ClosedEntry(clause=LICENCE.clause, missing=LICENCE.missing)
    assert check(GUARDED, GAMBLING) == Answer(allowed=False, closed=(closed,))
    assert check(GUARDED, ASK) == ALLOWED


@pytest.mark.parametrize(("ads", "allowed"), [(ALL, True), (names("ad-1"), True), (names("ad-2"), False)])
def test_an_entry_requirement_is_opened_for_the_account_or_for_one_ad(ads: Extent, allowed: bool) -> None:
    opened = replace(LICENCE, opened=(Scope(ads=ads, territories=names("DE")),))
    assert check(replace(EMPTY, entries=(opened,)), GAMBLING).allowed is allowed
    assert not check(replace(EMPTY, entries=(opened,)), replace(GAMBLING, territory=Territory("FR"))).allowed


def test_an_overridable_entry_requirement_can_be_lifted_by_an_exemption() -> None:
    exemption = exempting(EVERYWHERE, LICENCE.clause)
    for overridable in (True, False):
        entry = replace(LICENCE, overridable=overridable)
        assert check(replace(EMPTY, entries=(entry,), exemptions=(exemption,)), GAMBLING).allowed is overridable


def test_an_entry_requirement_makes_the_gate_ask_for_topics() -> None:
    assert check(GUARDED, replace(ASK, topics=None)).unsaid == ("topics",)


def test_another_account_s_standing_is_no_answer() -> None:
    with pytest.raises(ValueError, match="the standing of `acc-1` says nothing about `acc-2`"):
        check(EMPTY, replace(ASK, account=AccountId("acc-2")))
