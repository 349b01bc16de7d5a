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


NINE = "copper kettle whistle recall importer market harbour steam valve"


def repeats(text: str, said: str) -> bool:
    return compare(text, [said]).repeats


def test_a_quotation_counts_neither_as_repeated_nor_as_new() -> None:
    added = "No clause says it"
    assert not repeats(f'You were told "{NINE}". {added}', NINE)
    assert repeats(f"You were told. {NINE}. {added}", NINE)
    assert compare(f'"{NINE}"', ["Nothing of it"]).quotes is False


def test_words_in_quotation_marks_that_were_never_said_are_new() -> None:
    assert compare('"Brass lantern candle wicks"', [NINE]).says_something


def test_four_content_words_are_a_sentence_that_can_be_paraphrased_and_three_are_not() -> None:
    assert repeats("kettle recall market valve", NINE)
    assert not repeats("kettle recall market", NINE)


def test_three_words_in_four_are_the_same_sentence_and_fewer_are_not() -> None:
    assert repeats("kettle recall market lantern", NINE)
    assert not repeats("kettle recall market valve lantern candle", NINE)


def test_a_sentence_is_held_against_two_neighbours_and_not_three() -> None:
    assert repeats("copper kettle whistle recall importer market", "Copper kettle whistle. Recall importer market")
    spread = "Copper kettle. Recall importer. Whistle market"
    assert not repeats("copper kettle recall importer whistle market", spread)


def test_of_two_neighbours_one_may_deny() -> None:
    assert repeats("The copper kettle has no whistle or valve", "Copper kettle. No whistle and valve")


def test_the_same_short_sentence_repeats_from_three_words_on() -> None:
    assert repeats("It is so.", "Perhaps. Is it so!")
    assert not repeats("Just so.", "Just so.")


def test_two_content_words_beside_a_quotation_say_something_and_one_does_not() -> None:
    assert not repeats(f'"{NINE}" The lantern candle', NINE)
    assert repeats(f'"{NINE}" The lantern', NINE)


def test_a_third_of_the_words_repeated_is_a_repetition_and_less_is_not() -> None:
    four, eight = "kettle recall market valve", "brass lantern candle paper ladder window carpet mirror"
    assert repeats(f"{four}. {eight}", NINE)
    assert not repeats(f"{four}. {eight} cushion", NINE)


def test_endings_are_cut_down_to_four_letters_and_not_further() -> None:
    said = [sentences(text)[0].content for text in ("Posting", "posts", "post", "ringing", "rings")]
    assert said == [{"post"}, {"post"}, {"post"}, {"ring"}, {"ring"}]
    assert sentences("used uses")[0].content == {"used", "uses"}


def test_a_pair_of_characters_is_a_word() -> None:
    assert tokens("広告掲載 停止") == ("広告", "告掲", "掲載", "停止")


def test_a_neighbour_that_denies_does_not_hide_a_repetition() -> None:
    assert repeats("Copper kettle recall market", "Copper kettle recall market. No whistle")


def test_every_quotation_of_a_text_is_seen() -> None:
    text = f'First "{NINE}", then "{NINE}", and no clause of the document says either'
    assert (compare(text, [NINE]).repeated, compare(text, [NINE]).quotes) == (0, True)
