from __future__ import annotations

import pytest
from msgspec.structs import replace

from goodstanding.appeals.model import Audience, Citation, Message, Objection, PublicStatement
from goodstanding.appeals.public import check_public_statement
from goodstanding.kernel.instants import instant
from unit.appeals.made import FIRST, PRESS, TOLD, UNTOLD

NAMES = {UNTOLD: ("Ministry of Kettles", "memo 17-01")}
LEAK = "A memo of the Ministry of Kettles shows that the owners take orders from abroad."


def checked(statement: PublicStatement, *messages: Message) -> tuple[Objection, ...]:
    return check_public_statement(statement, told=TOLD, messages=messages or (FIRST,), untold=NAMES)


def test_what_the_party_was_told_may_be_told_to_the_press() -> None:
    assert checked(PRESS) == ()


def test_a_statement_that_cites_no_ground_is_refused() -> None:
    (objection,) = checked(replace(PRESS, grounds=()))
    assert (objection.rule, objection.promise) == ("PublicStatementCitesItsGrounds", "P6")
    assert objection.message == "the statement about `C90` cites no ground"


def test_a_ground_that_the_party_was_never_told_is_refused_and_named_once() -> None:
    (objection,) = checked(replace(PRESS, grounds=(UNTOLD, UNTOLD)))
    assert (objection.rule, objection.promise) == ("PublicWasToldNothingNew", "P6")
    assert objection.message == "the party was never told `fact:ministry-memo`"


def test_a_text_that_names_an_untold_source_is_refused_whatever_it_cites() -> None:
    messages = [each.message for each in checked(replace(PRESS, text=LEAK))]
    assert messages[0] == (
        "the text names `Ministry of Kettles`, which is `fact:ministry-memo`, and the party was never told it"
    )
    assert messages[1].startswith(f"the party was never told `{LEAK[:-1]}` (new: abroad, ")


def test_a_sentence_with_a_new_word_is_refused_even_where_no_name_gives_it_away() -> None:
    (objection,) = checked(replace(PRESS, text="A secret recall of the whistling kettle is still open."))
    assert objection.message.endswith("(new: secret)")


@pytest.mark.parametrize(("heard", "refused"), [(9, False), (8, True)])
def test_one_new_word_in_ten_is_let_through_and_one_in_nine_is_not(heard: int, refused: bool) -> None:
    words = "copper kettle whistle recall importer market harbour steam valve".split()[:heard]
    message = Message(id="m-2", at=PRESS.at, text=" ".join(words))
    assert bool(checked(replace(PRESS, text=" ".join([*words, "lantern"])), message)) is refused


@pytest.mark.parametrize(("at", "refused"), [("2031-02-28", False), ("2031-03-01", False), ("2031-03-02", True)])
def test_the_same_words_told_to_the_party_first_may_follow_in_public(at: str, refused: bool) -> None:
    told_as_well = Message(id="m-2", at=instant(at), text=LEAK)
    assert bool(checked(replace(PRESS, text=LEAK), FIRST, told_as_well)) is refused


@pytest.mark.parametrize("audience", list(Audience))
def test_courts_and_authorities_are_not_the_public(audience: Audience) -> None:
    leak = replace(PRESS, audience=audience, text=LEAK, grounds=(UNTOLD, Citation.of("fact:other")))
    assert bool(checked(leak)) is (audience in {Audience.PUBLIC, Audience.PRESS})
