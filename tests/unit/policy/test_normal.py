from __future__ import annotations

from pathlib import Path

import pytest

from goodstanding.policy.normal import digest_of_text, normalised


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Do not deceive.", "Do  not\ndeceive.\n"),
        ("Do not deceive.", "Do **not** _deceive_."),
        ("Do not deceive.\n\n- never\n- nowhere", "Do not deceive.\n\n*   never\n\n*   nowhere"),
        ("# Ads\n\nText", "Ads\n===\n\nText"),
        ("See [the form](https://example.org/a).", "See [the form](https://example.org/a?utm_source=x#y)."),
        ("A ![one caption](a.png) b", "A ![another caption](b.png) b"),
        ("It’s “new” – really", 'It\'s "new" - really'),
        ("Rules.\n\nThis page was last updated on April 14, 2025.", "Rules.\n\nLast updated: 2026-01-02"),
        ("| a | b |\n|---|---|\n| c | d |", "|a|b|\n|:--|--:|\n|c|d|"),
    ],
)
def test_dress_does_not_count(one: str, other: str) -> None:
    assert normalised(one) == normalised(other)
    assert digest_of_text(one) == digest_of_text(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("You may advertise.", "You may not advertise."),
        ("30 days", "15 days"),
        ("Ads may run", "Ads MAY run"),
        ("one two", "two one"),
        ("See [the form](https://example.org).", "See [another form](https://example.org)."),
        ("In force since 2025-01-01", "In force since 2026-01-01"),
        ("`post`", "`posts`"),
    ],
)
def test_words_count(one: str, other: str) -> None:
    assert digest_of_text(one) != digest_of_text(other)


def test_a_real_policy_that_was_stored_again_and_again_changed_its_words_between_the_versions_kept_here(
    shared: Path,
) -> None:
    names = ("2023-09-11", "2025-01", "latest")
    texts = [
        (shared / "data" / "policies" / f"google-ads__policies-centre__{name}.md").read_text(encoding="utf-8")
        for name in names
    ]
    assert len({digest_of_text(text) for text in texts}) == len(texts)
    for text in texts:
        longer = text.replace("](https://", "](https://example.org/redirect?to=").replace("\n\n", "\n\n\n")
        assert longer != text
        assert digest_of_text(longer) == digest_of_text(text)
