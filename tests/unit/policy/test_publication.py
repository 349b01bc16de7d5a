from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest

from goodstanding.clause.vocabulary import Vocabulary
from goodstanding.kernel.instants import instant, iso
from goodstanding.policy.model import Policy
from goodstanding.policy.publication import Before, Publication, Surprise, Urgency, Way, publication
from goodstanding.policy.versions import Edition, edition_at, first_stricter
from unit.policy.versions import edition, one_clause, together

Reader = Callable[[str], Policy]

NOW = instant("2024-06-01T09:00:00Z")
NOTICE = timedelta(days=15)
LIES = one_clause("when: ad.misstates_the_offer\nreach: ad\nreview_after: 90d\n", id_="lies")
POSING = one_clause("when: ad.poses_as_another\nreach: ad\nreview_after: 90d\n", id_="posing")
BOTH = together(LIES, POSING)
DANGER = Urgency(way=Way.DANGER, ground="ads lead to a worm that spreads today")
LAW = Urgency(way=Way.LAW, ground="an act of today")


@pytest.fixture(scope="session")
def made(read: Reader, vocabulary: Vocabulary) -> Callable[..., Edition]:
    """Makes an edition of a text."""

    def make(
        text: str,
        *,
        published: datetime | str = NOW,
        start: str = "2024-01-01",
        end: str = "",
        until: datetime | None = None,
    ) -> Edition:
        lines = f"in_force_from: {start}\n" + (f"in_force_until: {end}\n" if end else "")
        return edition(read(text.replace("in_force_from: 2024-01-01\n", lines)), vocabulary, published, until)

    return make


def before(*editions: Edition, urgent: tuple[Policy, ...] = (), in_operation: bool = True) -> Before:
    """What was published before."""
    return Before(editions=editions, urgent=urgent, in_operation=in_operation, notice=NOTICE)


def way(new: Edition, *editions: Edition, urgency: Urgency | None = None) -> str:
    """The way in which an edition is published, or the rule that stands against it."""
    found = publication(new, before(*editions), urgency=urgency)
    return found.way if isinstance(found, Publication) else found.rule


Made = Callable[..., Edition]


def test_a_version_applies_from_its_publication_at_the_earliest(made: Made) -> None:
    assert made(LIES).period.start == NOW
    assert made(LIES, start="2024-07-01", end="2024-08-01").period.end == instant("2024-08-01")
    assert made(LIES, until=instant("2024-07-01")).period.end == instant("2024-07-01")


def test_the_newest_version_whose_time_it_is_applies_and_the_one_before_comes_back(made: Made) -> None:
    old = made(LIES, published="2024-01-01")
    short = made(POSING, published="2024-05-01", until=instant("2024-06-01"))
    coming = made(BOTH, published="2024-05-15", start="2024-07-01")
    versions = (old, short, coming)
    seen = [edition_at(versions, instant(day)) for day in ("2023-12-31", "2024-02-01", "2024-05-20", "2024-06-10")]
    assert seen == [None, old, short, old]
    assert edition_at(versions, instant("2024-07-01")) == coming


def test_a_version_is_first_stricter_where_it_displaces_something_looser(made: Made) -> None:
    old = made(BOTH, published="2024-01-01", end="2024-06-20")
    assert first_stricter(made(BOTH), [old]) is not None
    found = first_stricter(made(BOTH), [old])
    assert found is not None
    assert (iso(found.at), found.why) == ("2024-06-20T00:00:00Z", ("`lies` is new", "`posing` is new"))
    assert first_stricter(made(BOTH, end="2024-06-20"), [old]) is None


def test_a_version_is_also_held_against_those_announced_and_not_yet_in_force(made: Made) -> None:
    old, coming = made(BOTH, published="2024-01-01"), made(LIES, published="2024-05-01", start="2024-06-10")
    found = first_stricter(made(BOTH), [old, coming])
    assert found is not None
    assert iso(found.at) == "2024-06-10T00:00:00Z"


def test_what_is_stricter_waits_for_the_notice_period(made: Made) -> None:
    old = made(LIES, published="2024-01-01")
    assert way(made(BOTH), old) == "AChangeIsAnnouncedInTime"
    assert way(made(BOTH, start="2024-06-16"), old) == "AChangeIsAnnouncedInTime"
    assert way(made(BOTH, start="2024-06-17"), old) == "ordinary"
    found = publication(made(BOTH, start="2024-06-17"), before(old))
    assert isinstance(found, Publication)
    assert found.why == ("`posing` is new",)
    refused = publication(made(BOTH), before(old))
    assert isinstance(refused, Surprise)
    assert "2024-06-16T09:00:00Z" in refused.message
    assert "`posing` is new" in refused.message


def test_what_is_nowhere_stricter_applies_at_once(made: Made) -> None:
    assert way(made(LIES), made(BOTH, published="2024-01-01")) == "loosening"


def test_the_first_version_of_a_desk_that_told_nobody_anything_needs_no_notice(made: Made) -> None:
    new = made(LIES)
    found = publication(new, before(in_operation=False))
    assert found == Publication(way=Way.FIRST)
    assert way(new) == "AChangeIsAnnouncedInTime"
    assert way(made(LIES, start="2024-07-01")) == "ordinary"
    again = publication(made(BOTH), before(made(LIES, published="2024-01-01"), in_operation=False))
    assert isinstance(again, Surprise)


def test_a_law_may_require_it_sooner(made: Made) -> None:
    old = made(LIES, published="2024-01-01")
    assert publication(made(BOTH), before(old), urgency=LAW) == Publication(way=Way.LAW, why=("`posing` is new",))
    assert way(made(BOTH), old, urgency=Urgency(way=Way.LAW, ground=" ")) == "UrgencyHasAGround"


def test_for_imminent_danger_it_applies_the_same_day_and_ends_in_thirty(made: Made) -> None:
    old = made(LIES, published="2024-01-01")
    found = publication(made(BOTH), before(old), urgency=DANGER)
    assert isinstance(found, Publication)
    assert found.until == NOW + timedelta(days=30)
    assert way(made(BOTH, start="2024-06-01T20:00Z"), old, urgency=DANGER) == "imminent danger"
    assert way(made(BOTH, start="2024-06-02"), old, urgency=DANGER) == "WhatIsUrgentAppliesTheSameDay"


def test_urgency_is_not_for_what_can_wait_or_needs_no_notice(made: Made) -> None:
    old = made(LIES, published="2024-01-01")
    for new in (made(LIES), made(BOTH, start="2024-07-01")):
        assert way(new, old, urgency=DANGER) == "UrgencyIsForWhatCannotWait"
    first = publication(made(LIES), before(in_operation=False), urgency=DANGER)
    assert isinstance(first, Surprise)
    assert first.rule == "UrgencyIsForWhatCannotWait"


@pytest.mark.parametrize("renamed", [POSING, POSING.replace("#posing", "#other"), POSING.replace("90d", "80d")])
def test_urgency_is_not_renewed_under_another_name_or_with_another_length(made: Made, renamed: str) -> None:
    old, urgent = made(LIES, published="2024-01-01"), made(BOTH, published="2024-05-01", until=instant("2024-05-31"))
    new = made(together(LIES, renamed))
    found = publication(new, before(old, urgent, urgent=(urgent.policy,)), urgency=DANGER)
    assert isinstance(found, Surprise)
    assert found.rule == "UrgencyIsNotRenewed"


def test_another_danger_is_another_urgency_and_what_was_passed_since_is_no_renewal(made: Made) -> None:
    old, urgent = made(LIES, published="2024-01-01"), made(BOTH, published="2024-05-01", until=instant("2024-05-31"))
    third = one_clause("when: ad.offers_live_animals\nreach: ad\nreview_after: 9d\n", id_="animals")
    earlier = before(old, urgent, urgent=(urgent.policy,))
    assert isinstance(publication(made(together(LIES, third)), earlier, urgency=DANGER), Publication)
    passed = made(BOTH, published="2024-05-02", start="2024-05-20")
    earlier = before(old, urgent, passed, urgent=(urgent.policy,))
    assert isinstance(publication(made(together(BOTH, third)), earlier, urgency=DANGER), Publication)
    alone = before(urgent, urgent=(urgent.policy,))
    again = publication(made(BOTH), alone, urgency=DANGER)
    assert isinstance(again, Surprise)


def test_what_is_urgent_and_then_passed_needs_its_notice_against_what_came_before(made: Made) -> None:
    old, urgent = made(LIES, published="2024-01-01"), made(BOTH, published="2024-05-20", until=instant("2024-06-19"))
    assert way(made(BOTH), old, urgent) == "ordinary"  # stricter only from the day on which the urgent one ends
    soon = made(BOTH, published="2024-05-20", until=instant("2024-06-10"))
    assert way(made(BOTH), old, soon) == "AChangeIsAnnouncedInTime"
