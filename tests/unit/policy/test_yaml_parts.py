from __future__ import annotations

import pytest

from goodstanding.errors import Problem
from goodstanding.policy.source import Source, Span
from goodstanding.policy.yaml_parts import Block, Text, read_table


def text_of(block: str) -> tuple[Text, list[Problem]]:
    """The value under the key `when`, read from a block that is the whole file."""
    problems: list[Problem] = []
    starts = tuple(sum(len(line) + 1 for line in block.split("\n")[:at]) for at in range(block.count("\n") + 1))
    whole = Block(text=block, starts=starts, fence=Span(0, 1))
    table = read_table(whole, source=Source(file="f", text=block), problems=problems)
    field = table.get("when") if table else None
    assert field is not None
    assert isinstance(field.part, Text)
    return field.part, problems


@pytest.mark.parametrize(
    "block",
    [
        "when: abc 07x",
        'when: "\\u0026\\x26\\U00000026 07x"',
        'when: "\\\\ \\" 07x"',
        "when: 'it''s 07x'",
        "when: >-\n  a\n  b 07x",
        "when: |\n  a\n    b 07x\n",
        "when: a\n  b   07x   # 07x",
        'when: "a\\\n  b 07x"',
    ],
)
def test_every_character_of_a_value_knows_where_it_was_written(block: str) -> None:
    text, problems = text_of(block)
    at = text.value.index("07x")
    assert problems == []
    assert text.part(at, at + 3) == Span(block.index("07x"), block.index("07x") + 3)


def test_a_part_outside_a_value_is_its_end() -> None:
    text, _ = text_of("when: abc")
    assert text.part(7, 9) == Span(9, 9)
