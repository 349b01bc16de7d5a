from __future__ import annotations

from pathlib import Path

import pytest

from goodstanding.policy.layout import CLAUSE_KEYS, laid_out

HEAD = "## Orders {#orders}\n\nText  with   spaces.\n\n"


def laid(*lines: str, kind: str = "clause") -> list[str]:
    """The lines of one block, laid out."""
    text = HEAD + "\n".join([f"```{kind}", *lines, "```", ""])
    after = laid_out(text)
    assert after.startswith(HEAD)
    assert laid_out(after) == after
    return after.removeprefix(HEAD).split("\n")[1:-2]


@pytest.mark.parametrize("name", ["ads", "designation"])
def test_the_pack_is_in_its_canonical_layout(name: str, root: Path) -> None:
    text = (root / "policies" / f"{name}.md").read_text(encoding="utf-8")
    assert laid_out(text) == text


def test_keys_stand_in_their_order_and_unknown_ones_last() -> None:
    assert laid("zeal: x", "reach: ad", "when: a") == ["when: a", "reach: ad", "zeal: x"]
    assert len(set(CLAUSE_KEYS)) == len(CLAUSE_KEYS)


def test_the_keys_of_an_example_have_an_order_of_their_own() -> None:
    assert laid("expect: met", "given:", "    ad.x:   true", kind="example") == [
        "given:",
        "  ad.x: true",
        "expect: met",
    ]


def test_quotes_stand_only_where_they_are_needed() -> None:
    assert laid("when: '!a'", 'guidance: "Plain words."', "law: '\"quoted\"'", 'approver: "its: so"') == [
        *('when: "!a"', 'approver: "its: so"', "law: '\"quoted\"'", "guidance: Plain words."),
    ]
    assert laid("law: 'say \"no\": it''s so'", "when: a") == ["when: a", "law: 'say \"no\": it''s so'"]


def test_lists_of_words_stand_in_brackets_and_sentences_below_each_other() -> None:
    assert laid("restricts:", "- advertise", "-  monetise") == ["restricts: [advertise, monetise]"]
    assert laid("needs: { order:   [ directive,finding ] }") == ["needs: {order: [directive, finding]}"]
    assert laid("procedure:", "     officer: head", "     considerations: [one thing, another thing]") == [
        *("procedure:", "  officer: head", "  considerations:", "    - one thing", "    - another thing"),
    ]
    long = [f"topic-number-{number}" for number in range(12)]
    assert laid(f"topics: [{', '.join(long)}]") == ["topics:", *(f"  - {one}" for one in long)]


def test_comments_stay_with_their_keys() -> None:
    assert laid(
        *("# of the block", "", "# of reach", "reach: ad   # behind it", "", "# of when", "when: a", "# at the end"),
    ) == ["# of the block", "", "# of when", "when: a", "# of reach", "reach: ad   # behind it", "# at the end"]


def test_a_value_with_comments_inside_stays_as_it_is() -> None:
    inside = ["needs:", "      # of order", "      order: [directive]"]
    assert laid("reach: ad", *inside) == [*inside, "reach: ad"]
    flow = ["topics: [a,  # one", "   b]"]
    assert laid(*flow) == flow
    behind = ["topics: [a,", "   b] # two"]
    assert laid(*behind) == ["topics: [a, b] # two"]


def test_folded_texts_keep_their_lines() -> None:
    assert laid("when: >-", "      a", "        && b", "", "      || c") == [
        "when: >-",
        "  a",
        "    && b",
        "",
        "  || c",
    ]
    given = ["when: >2-", "    a"]
    assert laid(*given) == given
    plain = ["when: a", "   && b"]
    assert laid(*plain) == plain
    nested = ["guidance:", "    kind: conduct", "    text: >-", "        Two", "        lines."]
    assert laid(*nested) == nested


def test_a_block_in_braces_and_one_that_is_no_mapping_stay_as_they_are() -> None:
    assert laid("{when: a,   reach: ad}") == ["{when: a,   reach: ad}"]
    assert laid("when: [") == ["when: ["]
    assert laid("- a") == ["- a"]


def test_a_block_that_would_say_something_else_stays_as_it_is() -> None:
    assert laid("reach: ad", '"a: b": c') == ["reach: ad", '"a: b": c']


def test_what_can_not_be_printed_stays_escaped() -> None:
    assert laid(r'when: "a\tb \" \\ c"') == [r'when: "a\U00000009b \" \\ c"']


def test_a_block_behind_blanks_keeps_them() -> None:
    text = HEAD + "  ```clause\n  reach: ad\n  when: '!a'\n  ```\n"
    assert laid_out(text) == HEAD + '  ```clause\n  when: "!a"\n  reach: ad\n  ```\n'


def test_an_empty_value_and_a_mapping_that_is_not_flat_are_laid_out() -> None:
    assert laid('law: ""', "needs: {order: [a b]}") == ["needs:", "  order:", "    - a b", "law:"]


def test_nothing_but_the_blocks_changes(root: Path) -> None:
    text = (
        (root / "policies" / "ads.md")
        .read_text(encoding="utf-8")
        .replace("restricts: [advertise]", "restricts: [ advertise ]")
    )
    assert laid_out(text) == (root / "policies" / "ads.md").read_text(encoding="utf-8")
