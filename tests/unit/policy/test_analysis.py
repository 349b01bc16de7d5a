"""The analysis finds what was planted, all of it and nothing else, and gives no false alarm on the pack."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest

from goodstanding.clause.vocabulary import Vocabulary
from goodstanding.kernel.ids import ClauseId
from goodstanding.policy.analysis.model import Analysis, Case, Change, Cure, Difference, Kind, Remark, Severity
from goodstanding.policy.analysis.render import shown_analysis, shown_change
from goodstanding.policy.analysis.rules import analyse, compare
from goodstanding.policy.model import Policy
from unit.policy.planted import PLANTED, PLANTED_IN_2, VERSION_1, VERSION_2, VOCABULARY, clause, policy

HEAD = VERSION_1.partition("\n## ")[0] + "\n"


@pytest.fixture(scope="module")
def versions() -> Analysis:
    return analyse(policy(VERSION_2), VOCABULARY, against=policy(VERSION_1))


def analysed(*clauses: str, before: tuple[str, ...] | None = None, head: str = HEAD) -> Analysis:
    """A small policy analysed, maybe against the one before."""
    old = None if before is None else policy(HEAD + "".join(before))
    return analyse(policy(head + "".join(clauses)), VOCABULARY, against=old)


def stop(
    name: str = "one", when: str = "ad.shouts", *, says: str = "This stops.", reach: str = "ad", **keys: str
) -> str:
    return clause(name, says, when=f'"{when}"', reach=reach, **keys)


def kinds(analysis: Analysis) -> list[Kind]:
    return [remark.kind for remark in analysis.remarks]


def only(analysis: Analysis, kind: Kind) -> Remark:
    (found,) = [remark for remark in analysis.remarks if remark.kind is kind]
    return found


def test_the_planted_policy_has_sixty_clauses_and_two_or_more_faults_of_each_kind() -> None:
    assert len(policy(VERSION_1).clauses) == len(policy(VERSION_2).clauses) == 60
    assert all(len(planted) >= 2 for planted in (*PLANTED.values(), PLANTED_IN_2))


def test_every_planted_fault_is_found_and_no_other(versions: Analysis) -> None:
    found: dict[Kind, set[str]] = {}
    for fault in versions.faults:
        found.setdefault(fault.kind, set()).add(fault.clause)
    assert found == {**PLANTED, Kind.SILENTLY_WIDENED: PLANTED_IN_2}


def test_nothing_planted_stays_unknown(versions: Analysis) -> None:
    assert Kind.DONT_KNOW not in kinds(versions)
    assert all(one.can_be_met is not None for one in versions.clauses)


def test_a_change_that_the_text_tells_is_a_note_and_so_is_one_that_releases(versions: Analysis) -> None:
    assert only(versions, Kind.WIDENED).clause == "quiet-honest"
    assert only(versions, Kind.NARROWED).clause == "quiet-softer"
    same = next(change for change in versions.clause_changes if change.what == "quiet-same")
    assert (same.catches, same.releases) == (Difference.NO, Difference.NO)


def test_the_versions_as_a_whole_are_compared_for_each_capability(versions: Analysis) -> None:
    (change,) = versions.capability_changes
    assert (change.what, change.catches) == ("advertise", Difference.YES)
    assert change.caught is not None
    assert change.caught.facts


@pytest.mark.parametrize("name", ["ads", "designation"])
def test_the_pack_has_no_fault_and_nothing_that_is_not_known(
    name: str, root: Path, read: Callable[[str], Policy], vocabulary: Vocabulary
) -> None:
    found = read((root / "policies" / f"{name}.md").read_text(encoding="utf-8"))
    analysis = analyse(found, vocabulary, against=found)
    assert [str(fault) for fault in analysis.faults] == []
    assert {Kind.DONT_KNOW, Kind.NOT_READ}.isdisjoint(kinds(analysis))
    for change in analysis.capability_changes:
        assert (change.catches, change.releases) == (Difference.NO, Difference.NO)


def test_a_clause_that_computes_what_can_not_be_reasoned_about_is_left_out_and_named() -> None:
    analysis = analysed(stop(when="account.display_name == '\U0010ffff'", reach="account"))
    assert kinds(analysis) == [Kind.NOT_READ]
    assert (analysis.clauses[0].can_be_met, analysis.clauses[0].cure) == (None, Cure.DONT_KNOW)


def test_a_clause_published_only_is_not_looked_at() -> None:
    assert analysed("\n## Aims {#aims}\n\nWe hope.\n", stop()).clauses[0].clause == "one"


def test_what_never_ends_and_what_is_met_although_ended_are_told_apart() -> None:
    never = analysed(stop(ends="\"ad.topic == 'boats'\""))
    assert [fault.kind for fault in never.faults] == [Kind.NEVER_ENDS]
    ended = analysed(stop(when="ad.shouts", ends='"ad.hidden_fee"'))
    remark = only(ended, Kind.ENDED_BUT_MET)
    assert remark.severity is Severity.NOTE
    assert remark.example is not None
    assert "    - The ad is marked “hidden fee”\n" in shown_analysis(ended)
    assert remark.example.facts == ("The ad is marked “shouts”", "The ad is marked “hidden fee”")


def test_a_question_too_hard_is_said_to_be_open() -> None:
    cubes = " + ".join(f"account.{n} * account.{n} * account.{n}" for n in ("complaints", "refunds", "missed_calls"))
    small = " && ".join(f"account.{n} > -99999" for n in ("complaints", "refunds", "missed_calls"))
    analysis = analysed(stop(when=f"{small} && {cubes} == 114", reach="account"))
    assert set(kinds(analysis)) <= {Kind.DONT_KNOW, Kind.UNREACHABLE, Kind.CONTRADICTORY}
    assert "don't know" in shown_analysis(analysis) or analysis.faults


@pytest.mark.parametrize(
    ("when", "reach", "cure"),
    [
        ("ad.shouts", "ad", Cure.ADVERTISER),
        ("owner.insolvent", "owner", Cure.OTHERS),
        ("owner.insolvent && account.sends_spam", "account", Cure.ADVERTISER),
        ("owner.insolvent || account.sends_spam", "account", Cure.ADVERTISER_AT_TIMES),
        ("owner.strikes > 2", "owner", Cure.NOBODY_AT_TIMES),
        ("account.refunds != owner.strikes", "account", Cure.DONT_KNOW),
        ("owner.strikes > 2 && account.sends_spam", "account", Cure.ADVERTISER),
        ("owner.strikes > 5 || owner.insolvent && owner.strikes > 2", "owner", Cure.NOBODY_AT_TIMES),
    ],
)
def test_whose_hands_the_cure_is_in(when: str, reach: str, cure: Cure) -> None:
    assert analysed(stop(when=when, reach=reach)).clauses[0].cure is cure


def test_a_case_that_nobody_can_cure_is_a_note_where_somebody_looks_at_it_again() -> None:
    remark = only(analysed(stop(when="owner.convicted_once", reach="owner")), Kind.INCURABLE)
    assert (remark.severity, remark.message) == (
        Severity.NOTE,
        "in some cases nobody can end it by changing a fact; it is looked at again after 90 days",
    )


def test_a_list_that_an_authority_keeps_is_cured_by_the_authority() -> None:
    notice = stop(when="notice.forbids_sale", reach="owner", each="notice in owner.notices")
    assert analysed(notice).clauses[0].cure is Cure.OTHERS


def test_a_hold_is_never_cured() -> None:
    hold = stop(when="ad.shouts", hold="24h", hold_only="true", ends='"!ad.shouts"')
    assert analysed(hold).clauses[0].cure is Cure.NOTHING_TO_CURE


def test_restrictions_that_differ_in_evidence_effect_or_place_are_not_redundant() -> None:
    wide = stop("wide", "ad.shouts || ad.hidden_fee")
    for keys in (
        {"needs": "{ad: [finding, measurement, admission]}"},
        {"restricts": "[advertise, monetise]"},
        {"strike": "30d"},
        {"hold": "24h"},
        {"overridable": "false"},
    ):
        assert analysed(stop("narrow", **keys), wide).faults == (), keys
    assert (
        analysed(stop("narrow", topics="[toys]"), stop("wide", "ad.shouts || ad.hidden_fee", topics="[cars]")).remarks
        == ()
    )
    assert [fault.clause for fault in analysed(stop("narrow", topics="[toys]"), wide).faults] == ["narrow"]
    assert [fault.clause for fault in analysed(wide, stop("narrow")).faults] == ["narrow"]
    sooner = stop("sooner", ends='"!ad.shouts"')
    assert [fault.clause for fault in analysed(stop("for-good"), sooner).faults] == ["sooner"]
    assert (
        len(analysed(stop("narrow", ends='"!ad.shouts || ad.hidden_fee"'), stop("wide", ends='"!ad.shouts"')).faults)
        == 1
    )


def test_clauses_that_restrict_different_things_are_never_held_against_each_other() -> None:
    assert analysed(stop("one"), stop("two", "ad.shouts || ad.hidden_fee", restricts="[monetise]")).remarks == ()


def test_pairs_and_changes_that_are_too_hard_stay_open() -> None:
    numbers = [f"account.{name}" for name in ("complaints", "refunds", "missed_calls")]
    cubes = " + ".join(f"{n} * {n} * {n}" for n in numbers)
    hard = stop("hard", f"account.verified && {cubes} == 114", reach="account")
    plain = stop("hard", "account.complaints > 3", reach="account")
    analysis = analysed(hard, stop("two", "account.complaints > 7", reach="account"), before=(plain,))
    open_ = [remark.message for remark in analysis.remarks if remark.kind is Kind.DONT_KNOW]
    assert len(open_) >= 2
    assert any("`two`" in message for message in open_)
    assert any("its change" in message for message in open_)


def test_an_exemption_that_swallows_its_clause_is_a_fault() -> None:
    exemption = clause(
        "lift",
        "It is lifted.",
        when='"ad.shouts || ad.hidden_fee"',
        lifts="[one]",
        approver="editor",
        reach="ad",
        without="restricts",
    )
    remark = only(analysed(stop(), stop("two", "ad.copied_picture"), exemption), Kind.ALWAYS_LIFTED)
    assert (remark.clause, remark.other, remark.severity) == ("lift", "one", Severity.FAULT)


def test_an_exemption_spares_its_cases_in_the_policy_as_a_whole() -> None:
    keys = {"lifts": "[one]", "approver": "editor", "reach": "ad", "without": "restricts"}
    narrow = clause("lift", "It is lifted.", when='"ad.hidden_fee && ad.copied_picture"', **keys)
    wide = clause("lift", "It is lifted.", when='"ad.hidden_fee"', **keys)
    looser = analysed(stop(), wide, before=(stop(), narrow))
    assert (looser.capability_changes[0].catches, looser.capability_changes[0].releases) == (
        Difference.NO,
        Difference.YES,
    )
    assert only(looser, Kind.NARROWED).message == "it lifts more than before"
    stricter = analysed(stop(), narrow, before=(stop(), wide))
    assert stricter.capability_changes[0].catches is Difference.YES
    assert only(stricter, Kind.SILENTLY_WIDENED).message.startswith("it lifts less than before")


def test_every_way_of_becoming_stricter_under_the_same_text_is_named() -> None:
    plain = {"ends": '"!ad.shouts"', "notice": "7d"}
    for new, words in (
        ({"restricts": "[advertise, monetise]"}, "restricts more"),
        ({"notice": "1d"}, "gives less notice"),
        ({"hold": "24h", "notice": "7h"}, "holds longer"),
        ({"strike": "30d"}, "counts a strike for longer"),
        ({"overridable": "false"}, "can no longer be lifted"),
        ({"ends": '"!ad.shouts && !ad.hidden_fee"'}, "lasts longer"),
        ({"needs": "{ad: [finding, measurement, admission]}"}, "takes evidence"),
    ):
        found = only(analysed(stop(**{**plain, **new}), before=(stop(**plain),)), Kind.SILENTLY_WIDENED)
        assert words in found.message
    assert "lasts longer" in only(analysed(stop(), before=(stop(**plain),)), Kind.SILENTLY_WIDENED).message
    assert analysed(stop(ends='"!ad.shouts || ad.hidden_fee"', notice="7d"), before=(stop(**plain),)).faults == ()


def test_a_wider_reach_is_named() -> None:
    both = "owner.insolvent && account.sends_spam"
    new = stop(when="owner.insolvent", reach="owner")
    found = only(analysed(new, before=(stop(when=both, reach="account"),)), Kind.SILENTLY_WIDENED)
    assert "reaches the owner instead of the account" in found.message


def test_clauses_that_come_and_go_are_noted() -> None:
    analysis = analysed(stop("new"), "\n## Aims {#aims}\n\nNew.\n", before=(stop("old"), "\n## Ends {#ends}\n\nOld.\n"))
    assert [(remark.kind, remark.clause) for remark in analysis.remarks] == [(Kind.ADDED, "new"), (Kind.REMOVED, "old")]
    assert analysis.clause_changes == ()


def compared(new: str, old: str) -> list[tuple[str, Difference, Difference]]:
    """Each clause that differs, with whether it newly catches and releases."""
    changes = compare(policy(HEAD + new), policy(HEAD + old), VOCABULARY)
    assert all((one.catches is Difference.YES) is (one.caught is not None) for one in changes)
    return [(one.what, one.catches, one.releases) for one in changes]


def test_each_clause_that_differs_is_compared_on_its_own() -> None:
    wide = stop("one", "ad.shouts || ad.hidden_fee")
    assert compared(wide, stop()) == [("one", Difference.YES, Difference.NO)]
    assert compared(stop(), wide) == [("one", Difference.NO, Difference.YES)]
    assert compared(stop("new"), stop("old")) == [
        ("new", Difference.YES, Difference.NO),
        ("old", Difference.NO, Difference.YES),
    ]
    assert compared(stop(says="Other words."), stop()) == [("one", Difference.NO, Difference.NO)]
    assert compared(stop(), stop()) == []


def test_a_change_is_told_in_the_words_of_its_kind() -> None:
    change = Change(
        what="one",
        catches=Difference.DONT_KNOW,
        releases=Difference.YES,
        released=Case(facts=("It rains",)),
        stricter=("gives less notice",),
    )
    assert list(shown_change(change, lifts=True, margin="  ")) == [
        "  newly lifts: don't know",
        "  no longer lifts, for example:",
        "    - It rains",
        "  also: it gives less notice",
    ]
    assert next(shown_change(change, lifts=False, margin="")) == "newly catches: don't know"


def test_a_clause_that_gets_or_loses_its_block_catches_or_releases() -> None:
    bare = "\n## One {#one}\n\nThis stops.\n"
    assert compared(stop(), bare) == [("one", Difference.YES, Difference.NO)]
    assert compared(bare, stop()) == [("one", Difference.NO, Difference.YES)]


def test_what_a_change_means_stays_open_where_it_can_not_be_compared() -> None:
    odd = stop(when="account.display_name == '\U0010ffff'", reach="account")
    unknown = ("one", Difference.DONT_KNOW, Difference.DONT_KNOW)
    assert compared(odd, stop(when="account.verified", reach="account")) == [unknown]
    keys = {"lifts": "[two]", "approver": "editor", "reach": "ad", "without": "restricts"}
    lifting = clause("one", "This stops.", when='"ad.shouts"', **keys)
    two = stop("two")
    assert compared(lifting + two, stop() + two) == [unknown]


def test_an_entry_requirement_that_asks_more_closes_more() -> None:
    def entry(requires: str) -> str:
        return clause(
            "entry", "Open.", requires=f'"{requires}"', reach="account", topics="[toys]", without="review_after"
        )

    analysis = analysed(entry("account.verified && account.answers_mail"), before=(entry("account.verified"),))
    assert (analysis.clause_changes[0].catches, analysis.clause_changes[0].releases) == (Difference.YES, Difference.NO)
    never = analysed(entry("account.verified && !account.verified"))
    assert only(never, Kind.CONTRADICTORY).message.startswith("it can't be fulfilled")
    always = analysed(entry("account.verified || !account.verified"))
    assert only(always, Kind.ALWAYS_MET).message.startswith("it asks for nothing")


def test_a_policy_that_lapses_is_analysed_for_its_time() -> None:
    head = HEAD.replace("in_force_from: 2030-01-01", "in_force_from: 2030-01-01\nin_force_until: 2031-01-01")
    late = stop(when="now > timestamp('2032-01-01T00:00:00Z') && ad.shouts")
    assert [fault.kind for fault in analysed(late, head=head).faults] == [Kind.UNREACHABLE]
    assert analysed(late).faults == ()


def test_an_analysis_is_told_remark_by_remark(golden: Callable[[str, str], None], versions: Analysis) -> None:
    # Which of several cases Z3 finds may change with its version, so the examples stay out of the file.
    bare = [msgspec.structs.replace(remark, example=None) for remark in versions.remarks]
    told = msgspec.structs.replace(versions, remarks=tuple(bare), clause_changes=(), capability_changes=())
    golden("policy/analysis.txt", shown_analysis(told))


def test_an_analysis_without_examples_or_older_version_is_told(golden: Callable[[str, str], None]) -> None:
    aims = "\n## Aims {#aims}\n\nWe hope.\n"
    open_ = Change(what="one", catches=Difference.DONT_KNOW, releases=Difference.NO)
    case = Change(what="two", catches=Difference.YES, releases=Difference.NO, caught=Case(facts=(), about=("in DE",)))
    changed = msgspec.structs.replace(analysed(stop(), before=(stop(),)), clause_changes=(open_, case))
    hard = Remark(
        kind=Kind.DONT_KNOW,
        severity=Severity.NOTE,
        clause=ClauseId("one"),
        place=changed.clauses[0].place,
        message="too hard",
    )
    texts = [analysed(stop()), analysed(aims), changed, msgspec.structs.replace(changed, remarks=(hard,))]
    golden("policy/analysis_small.txt", "\n".join(map(shown_analysis, texts)))
