from __future__ import annotations

import re
from pathlib import Path

import pytest

from goodstanding.appeals.wording import compare, names_in, new_words, sentences, tokens

SAID = (
    "We have switched off advertising for all accounts of Copper Kettle. Its business model conflicts with the safety "
    "practices that advertisers on our platform accept. You may go on posting. Thank you for your patience!"
)


@pytest.mark.parametrize(
    "text",
    [
        SAID,
        SAID.upper(),
        SAID.replace(".", ";"),
        "With the safety practices that advertisers on our platform accept, its business model conflicts.",
        "We continue to hold that its business model conflicts with accepted safety practices of platform advertisers.",
        "Its business model conflicts with the safety practices that advertisers accept, and advertising is off.",
        "You may go on posting.",
        'As we said: "Its business model conflicts with the safety practices that advertisers on our platform accept".',
        "Thank you for your patience.",
    ],
)
def test_the_same_said_again_repeats(text: str) -> None:
    assert compare(text, ["Something else.", SAID]).repeats


@pytest.mark.parametrize(
    "text",
    [
        "",
        "No.",
        "The recall of March ended when the importer replaced every whistle.",
        "Its business model does not conflict with the safety practices that advertisers on our platform accept.",
        "The clause on goods says so. The importer's letter of May shows a new whistle. You may go on posting.",
        'You asked why we wrote "You may go on posting". Organic posts fall under another clause than promoted items.',
    ],
)
def test_something_new_does_not_repeat(text: str) -> None:
    assert not compare(text, ["No. Yes.", SAID]).repeats


def test_a_quotation_with_only_courtesies_around_it_repeats() -> None:
    assert compare('Dear Sir, "You may go on posting." Kind regards', [SAID]).repeats


def test_a_sentence_that_joins_two_neighbouring_ones_repeats() -> None:
    joined = "Advertising of Copper Kettle is switched off since its business model conflicts with safety practices."
    assert compare(joined, [SAID]).repeats


def test_a_script_without_spaces_is_compared_by_pairs_of_characters() -> None:
    said = "当社は広告の掲載を停止しました。事業の内容が方針に反するためです。"
    assert compare("事業の内容が方針に反するためです。", [said]).repeats
    assert not compare("回収は五月に終わったと監督官庁が確認しました。", [said]).repeats
    assert tokens("方 針に") == ("方", "針に")


def test_initials_are_one_word_and_do_not_end_a_sentence() -> None:
    assert [each.text for each in sentences("The U.S. agency wrote.  We\nread it!")] == [
        "The US agency wrote",
        "We",
        "read it",
    ]
    assert tokens("U.S. law") == ("US", "law")


def test_new_words_are_counted_against_the_closest_text_alone() -> None:
    (sentence,) = sentences("The importer replaced every whistle")
    assert new_words(sentence, []) == {"every", "importer", "replaced", "whistle"}
    assert new_words(sentence, ["The importer came.", "The importer replaced a whistle."]) == {"every"}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("A memo of the Ministry of\nKettles says so", ("Ministry of Kettles",)),
        ("the ministry of kettles'", ("Ministry of Kettles",)),
        ("The kettles of the ministry", ()),
        ("Those who know us", ()),
        ("The WHO wrote to the U.S.", ("WHO", "US")),
    ],
)
def test_names_are_found_word_for_word(text: str, found: tuple[str, ...]) -> None:
    assert names_in(text, ["Ministry of Kettles", "WHO", "US", "…"]) == found


def test_the_two_real_messages_of_2018_are_one_message(shared: Path) -> None:
    article = (shared / "data" / "cases" / "article_2018-04.txt").read_text(encoding="utf-8")
    cut = re.search(r'"(At Twitter we .*?)"(Accordingly, .*?)"', article, re.DOTALL)
    again = re.search(r'"(We continue to abide .*?)"', article)
    assert cut
    assert again
    first = " ".join(cut.groups())
    assert compare(again[1], [first]).repeats
    answer = (
        "The order of September 2017 binds federal agencies alone. No company was told to act. Nothing in the policy "
        "speaks of who owns an advertiser, so advertising is on again for all your accounts."
    )
    assert not compare(answer, [first, again[1]]).repeats
