from __future__ import annotations

import time
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from goodstanding.reasons.model import Statement
from goodstanding.reasons.notices import Element, NoticeWarning, check_notice
from goodstanding.reasons.notices.catalogue import SIGNALS
from goodstanding.reasons.text import render_text
from unit.reasons import samples

VAGUE = (
    "We have suspended your ad account because your business model is not compatible with our advertising practices."
)
TOBACCO = "Your ads were removed for violating our Tobacco policy. You can appeal here."
SUSPICION = "Your account was disabled due to suspicious activity."


def codes(text: str) -> set[str]:
    return {present.code.value for present in check_notice(text).present}


def warnings(text: str, *earlier: str) -> set[str]:
    return {warning.value for warning in check_notice(text, earlier=earlier).warnings}


def two_notices(shared: Path) -> tuple[str, str]:
    """The two notices that the article quotes, cut out at their quotation marks."""
    article = (shared / "data/cases/article_2018-04.txt").read_text(encoding="utf-8")
    start = article.index('"At ')
    first = article[start + 1 : article.index('."\n', start) + 1].replace('\n"', "\n")
    start = article.index('"We continue')
    return first, article[start + 1 : article.index('."\n', start) + 1]


def test_the_first_notice_of_2018_has_a_measure_and_nothing_else(shared: Path) -> None:
    first, _ = two_notices(shared)
    check = check_notice(first)
    assert [present.code for present in check.present] == [Element.MEASURE]
    assert set(check.missing) == set(Element) - {Element.MEASURE}
    assert check.warnings == (NoticeWarning.GENERIC,)


def test_the_second_notice_of_2018_repeats_the_first_and_adds_nothing(shared: Path) -> None:
    first, second = two_notices(shared)
    assert {"repeats_earlier", "adds_nothing"} <= warnings(second, first)


def test_the_json_is_the_shape_that_the_command_prints() -> None:
    written = msgspec.json.decode(msgspec.json.encode(check_notice(SUSPICION)))
    assert written["present"] == [{"code": "measure", "quote": SUSPICION}]
    assert written["missing"][:2] == ["clause", "facts"]
    assert written["warnings"] == ["generic"]


def test_one_line_can_be_specific_and_a_page_can_say_nothing() -> None:
    assert {"facts", "clause", "explanation"} <= codes(
        "Your ad 123 of 3 May shows a 'before/after' photo of weight loss, which our Personal Health rule 4.2 forbids."
    )
    page = "We care about trust.\n\nWhat happened?\nWe found unusual behaviour.\n\nWhy?\nSafety matters to us.\n\n" * 20
    assert codes(page) == set()


@pytest.mark.parametrize("place", ["© 2024, Platform Ltd, 1 Quay, Dublin, Ireland", "We serve advertisers worldwide."])
def test_an_address_or_a_boast_is_no_territory(place: str) -> None:
    assert "territory" not in codes(f"{SUSPICION}\n\n{place}")


@pytest.mark.parametrize(
    "wait",
    ["It remains suspended.", "Effective immediately.", "You have until 5 May to appeal.", "Reviews take 3 days."],
)
def test_what_says_no_length_is_no_duration(wait: str) -> None:
    assert "duration" not in codes(f"{SUSPICION} {wait}")


def test_loose_talk_of_a_system_discloses_no_automation() -> None:
    assert "automation" not in codes("Our systems have flagged your account, so we have disabled it.")
    assert "automation" in codes("Your account was flagged by an automated system.")


def test_a_refused_appeal_is_no_way_of_redress() -> None:
    assert "redress_internal" not in codes(f"{SUSPICION} Your appeal was rejected. This decision is final.")


def test_a_courts_jurisdiction_in_small_print_is_no_redress() -> None:
    assert "redress_court" not in codes(f"{SUSPICION} The courts of Ireland have exclusive jurisdiction.")


def test_what_an_earlier_message_said_is_not_said_again_by_quoting_it() -> None:
    assert codes(f"> {TOBACCO}\n\nThank you for writing.") == set()
    assert codes(f"> {TOBACCO}") == codes(TOBACCO)


def test_addresses_under_a_heading_are_facts_and_help_pages_are_none() -> None:
    assert "facts" in codes(f"{SUSPICION}\nWe found the content on these pages:\nhttps://shop.example/a\nMore.")
    assert "facts" not in codes(f"{SUSPICION}\nMore on these pages:\nhttps://help.platform.example/policies")


def test_a_rule_that_might_apply_explains_nothing() -> None:
    assert "explanation" not in codes("Your ad 4471 was removed. It might be that this counts as spam.")


@pytest.mark.parametrize(
    ("earlier", "now", "expected"),
    [
        (
            VAGUE,
            (
                "Our view stands: the way your company operates conflicts with the advertising practices we accept, "
                "so your accounts stay disabled."
            ),
            {"repeats_earlier", "adds_nothing", "generic"},
        ),
        (
            VAGUE,
            "We do not see how the firm's manner of trade could fit our promotion rules; hence it is banned.",
            {"repeats_earlier", "adds_nothing", "generic"},
        ),
        (
            VAGUE,
            (
                'We wrote: "your business model is not compatible with our advertising practices". What we meant: on 3 '
                "May your ad 4471 linked to a page that sold a copy of our login screen."
            ),
            set(),
        ),
        (
            SUSPICION,
            "We looked into it. We can't share details and won't reverse it.",
            {"adds_nothing", "generic"},
        ),
        (SUSPICION, "We have reviewed your account again and it has been reinstated.", {"generic"}),
        (TOBACCO, TOBACCO.replace("Tobacco", "Alcohol"), {"contradiction"}),
        (TOBACCO, TOBACCO, {"repeats_earlier", "adds_nothing"}),
    ],
)
def test_likeness_is_one_of_meaning(earlier: str, now: str, expected: set[str]) -> None:
    assert warnings(now, earlier) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Your account is temporarily suspended. Your account was permanently suspended.",
        "Your account was suspended. You can appeal here. This decision is final.",
        "Your account is active. Your account has been disabled.",
        "Your account was suspended for 7 days. Your account was suspended for 30 days.",
        "Your account was suspended for 7 days. The suspension is permanent.",
        "Your ads were removed for our Tobacco policy. Your ads were removed for our Alcohol policy.",
        "Your ads are off. The reason for this is a late payment. The reason for this was fake reviews from buyers.",
    ],
)
def test_two_things_that_exclude_each_other_are_a_contradiction(text: str) -> None:
    assert "contradiction" in warnings(text)


def test_a_rule_about_repetition_contradicts_nothing() -> None:
    text = "Your account was temporarily suspended. Repeated violations may lead to a permanent suspension."
    assert "contradiction" not in warnings(text)


@pytest.mark.parametrize(
    "text",
    [
        "Hello [NAME]",
        "{{reason}}",
        "<insert policy>",
        "Dear %s",
        "Reason: N/A",
        "Evidence:\n\nRegards",
        "Evidence:",
        "TBD",
    ],
)
def test_what_a_template_left_is_an_unfilled_slot(text: str) -> None:
    assert "unfilled_slot" in warnings(text)


@pytest.mark.parametrize("text", ["Hello [redacted]", "see [our page]", "100% sure", "Evidence:\nan invoice", ""])
def test_what_is_filled_is_no_slot(text: str) -> None:
    assert "unfilled_slot" not in warnings(text)


def test_a_long_sentence_is_quoted_around_the_match() -> None:
    text = "word  " * 90 + "your account has been  suspended " + "and more words " * 30
    (present,) = check_notice(text).present
    assert present.quote in text
    assert "been  suspended" in present.quote
    assert len(present.quote) < 300


def test_letters_that_grow_in_lower_case_shift_no_quote() -> None:
    text = "İ" * 20 + " your account has been suspended"
    assert check_notice(text).present[0].quote == text


@given(st.text(), st.lists(st.text(), max_size=2))
def test_every_element_is_either_present_or_missing(text: str, earlier: list[str]) -> None:
    check = check_notice(text, earlier=earlier)
    assert [*sorted(check.missing), *sorted(p.code for p in check.present)] == [
        *sorted(check.missing),
        *sorted(set(Element) - set(check.missing)),
    ]
    assert all(present.quote in text for present in check.present)


@pytest.mark.parametrize(
    "piece",
    [
        "a",
        " ",
        "\n",
        "your account ",
        "[",
        "{",
        '"',
        '"a ',
        "Abc ",
        "Evidence:\n",
        "> a\n",
        ". A",
        "%A",
        "1.1.",
        "because ",
        "because your a ",
        "you sold a thing to it ",
        "our team looked by hand ",
        "Policy: A policy ",
        "- The facts\n",
        "The facts\n- a b c\n",
    ],
)
def test_a_megabyte_is_checked_in_two_seconds(piece: str) -> None:
    text = piece * (1_000_000 // len(piece))
    start = time.process_time()
    check_notice(text)
    assert time.process_time() - start < 2


def test_every_rule_of_the_catalogue_says_why_and_has_a_name_of_its_own() -> None:
    names = [(signal.element, signal.name) for signal in SIGNALS]
    assert len(set(names)) == len(names)
    assert all(signal.why and signal.cues for signal in SIGNALS)
    assert {signal.element for signal in SIGNALS} == set(Element) - {Element.EXPLANATION}


@pytest.mark.parametrize(
    ("statement", "without"),
    [
        (samples.restriction(), set()),
        (samples.hold(), set()),
        (samples.legal_order(), set()),
        (samples.reconstructed(), {Element.REDRESS_OUT_OF_COURT}),
    ],
    ids=["restriction", "hold", "legal order", "2018"],
)
def test_our_own_statements_lack_nothing_that_was_open_at_the_time(statement: Statement, without: set[Element]) -> None:
    check = check_notice(render_text(statement, zone=samples.VIENNA))
    assert set(check.missing) == without
    assert check.warnings == ()


def test_what_stands_under_the_heading_of_the_facts_is_a_fact_and_a_category_is_none() -> None:
    listed = (
        f"{SUSPICION}\n\nThe facts:\n- The shop at the quay is closed on Mondays\n- It was a Monday then\n\nRegards"
    )
    assert "facts" in codes(listed)
    assert "facts" not in codes(f"{SUSPICION}\n\nThe facts:\n- There was suspicious activity on the account")
    assert "facts" not in codes(f"{SUSPICION}\n\nThe facts:\n- None")


def test_a_reason_in_words_of_its_own_is_a_fact_and_one_in_words_of_the_trade_is_none() -> None:
    assert "facts" in codes("We removed it because the tower leans over a crowd of pilgrims.")
    assert "facts" not in codes("We removed it because the account poses a risk to the integrity of our network.")
    assert "facts" not in codes("We removed it because the tower, crowd or pilgrims violate a rule.")


def test_a_fact_that_only_says_which_thing_is_meant_explains_nothing() -> None:
    assert "explanation" not in codes("Your ad 4471 was removed for violating our Tobacco policy.")
    assert "explanation" in codes("Our Tobacco policy was violated: on 3 May your ad 4471 showed a cigar.")
