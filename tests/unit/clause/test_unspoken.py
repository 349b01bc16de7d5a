"""What can't be said in words is refused with its place; everything else is said in every language."""

from __future__ import annotations

import pytest

from goodstanding.bootstrap import words
from goodstanding.clause.prose.reading import refusals, say_condition
from goodstanding.clause.prose.unspoken import unspoken
from goodstanding.clause.prose.wording import say_value
from goodstanding.clause.translation import read_translation
from goodstanding.clause.tree import (
    Call,
    Failure,
    Field,
    Function,
    Literal,
    Macro,
    MapLiteral,
    Node,
    Quantifier,
    Type,
    Variable,
)
from goodstanding.clause.values import NULL, ValueType
from goodstanding.errors import ConditionError
from unit.clause.test_languages import TRANSLATED
from unit.clause.world import VOCABULARY, condition

BOOL = Type(value=ValueType.BOOL)
LIST = Variable(type=Type(value=ValueType.LIST), name="x", line=1, column=3)

WIDER = (
    "account.opened.getFullYear() == 2024",
    "account.opened.getMonth() > 3",
    "account.opened.getDate() == 1",
    "account.opened.getDayOfMonth() == 0",
    "account.opened.getDayOfWeek() == 0",
    "account.opened.getDayOfYear() == 0",
    "account.opened.getHours() == 0",
    "account.opened.getMinutes() == 0",
    "account.opened.getSeconds() == 0",
    "account.opened.getMilliseconds() == 0",
    "account.name.matches('^a+$')",
    "!account.name.matches('^a+$')",
    "order.products[0] == 'antivirus'",
    "int(account.score) > 3",
    "double(account.balance) > 3.5",
    "string(account.balance) == '3'",
    "has(account.verified)",
    "!has(account.verified)",
)


@pytest.mark.parametrize("source", WIDER)
def test_a_condition_is_said_in_every_language_or_refused_when_it_is_read(source: str) -> None:
    try:
        read = condition(source)
    except ConditionError:
        return  # a narrower language refuses it
    assert refusals(read) == ()
    said = [say_condition(read, VOCABULARY)]
    for tag in ("de", "fr"):
        vocabulary = read_translation(TRANSLATED[tag], file="f", vocabulary=VOCABULARY)
        said.append(say_condition(read, vocabulary, words=words(tag)))
    assert len(set(said)) == 3
    assert all("{" not in text for text in said)


@pytest.mark.parametrize(
    ("node", "said"),
    [
        (MapLiteral(type=BOOL, entries=(), line=1, column=3), "a map"),
        (Failure(type=BOOL, message="no", line=1, column=3), "what has no value"),
        (Literal(type=BOOL, value=NULL, line=1, column=3), "a value that no fact has"),
        (Field(type=BOOL, of=LIST, name="key", line=1, column=3), "the value at a map's key"),
        (
            Quantifier(type=BOOL, macro=Macro.TRANSFORM_MAP, over=LIST, variable="i", body=LIST, line=1, column=3),
            "`transformMap`",
        ),
        (
            Quantifier(type=BOOL, macro=Macro.ALL, over=LIST, variable="i", second="j", body=LIST, line=1, column=3),
            "a macro with two variables",
        ),
        (Call(type=BOOL, function=Function.TYPE, operands=(LIST,), line=1, column=3), "`type` with these operands"),
        (
            Call(type=BOOL, function=Function.HOURS, operands=(LIST, LIST), line=1, column=3),
            "`getHours` with these operands",
        ),
    ],
)
def test_what_has_no_words_is_refused_at_its_place(node: Node, said: str) -> None:
    (problem,) = unspoken(node)
    assert (problem.message, problem.line, problem.column) == (f"{said} can't be said in words", 1, 3)
    assert problem.hint


def test_a_value_that_no_condition_may_have_is_still_no_reason_to_fail() -> None:
    assert say_value(b"ab", None, VOCABULARY) == "b'ab'"
