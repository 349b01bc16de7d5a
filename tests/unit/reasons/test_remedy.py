"""What a party is told of the remedies that its decision recorded."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from msgspec.structs import replace

from goodstanding.clause.model import Cell
from goodstanding.clause.vocabulary import ChangedBy
from goodstanding.decisions.model import Decision, EffectKind
from goodstanding.decisions.remedy import Alternative, Answer, Audience, Change, Remedies
from goodstanding.kernel.ids import ClauseId
from goodstanding.kernel.instants import instant
from goodstanding.reasons.model import Remedy
from goodstanding.reasons.text import listed_end, render_text
from unit.reasons.samples import ACCOUNT, OTHER, VIENNA, composed, decision, effect, issue

LATER = instant("2025-01-01")
ADVICE = "say what it costs"


def change(text: str, *, hand: ChangedBy = ChangedBy.ADVERTISER, state: str = "The number of invoices is 0") -> Change:
    return Change(
        cell=Cell(effect().subject, text),
        before=None,
        after={"t": "bool", "v": "true"},
        changed_by=hand,
        effort=10,
        text=text,
        state=state,
    )


def way(*changes: Change) -> Alternative:
    return Alternative(changes=changes, weight=10)


PAY, DISPUTE = change("pay the invoices"), change("open a dispute", state="@northwind has an open dispute")
WITHDRAW = change("withdraw the order", hand=ChangedBy.AUTHORITY, state="The order is not in force")
LIFT = change("lift the order", hand=ChangedBy.PLATFORM, state="Nothing is restricted")
WAIT = Alternative(changes=(), weight=0, until=LATER)


def party(answer: Answer, *ways: Alternative, ends: tuple[int, ...] = (0,), stop: tuple[str, ...] = ()) -> Remedies:
    return Remedies(
        audience=Audience.PARTY, accounts=(ACCOUNT.id,), ends=ends, answer=answer, alternatives=ways, stop=stop
    )


def twofold() -> Decision:
    second = effect()
    return decision(effect(), replace(second, clause=replace(second.clause, id=ClauseId("another"))))


def told(*found: Remedies, made: Decision | None = None) -> Remedy:
    return composed(replace(made or decision(effect()), remedies=found), issue()).remedy


def test_each_alternative_is_one_item() -> None:
    said = told(party(Answer.ADVERTISER, way(PAY), way(DISPUTE, PAY)))
    assert said.yours_sentence == "Any one of these ends it:"
    first, second = said.yours
    assert first == "Pay the invoices, so that the number of invoices is 0."
    assert second == (
        "Open a dispute, so that @northwind has an open dispute; and pay the invoices, so that the number of invoices "
        "is 0."
    )
    assert (said.others, said.together, said.together_sentence) == ((), (), "")


def test_the_only_alternative_is_no_choice() -> None:
    assert told(party(Answer.ADVERTISER, way(PAY))).yours_sentence == "This ends it:"


def test_on_conduct_the_advice_of_the_rule_is_all_that_is_said() -> None:
    said = told(party(Answer.CONDUCT, stop=(ADVICE,)))
    assert said.yours_sentence == "To end it, stop what the rule forbids. The rule's own advice:"
    assert (said.yours, said.others) == (("Say what it costs.",), ())


@pytest.mark.parametrize(
    ("ways", "sentence", "yours", "others"),
    [
        ((way(WITHDRAW),), "You can correct the facts, and appeal.", 0, 1),
        ((way(PAY, WITHDRAW), way(WITHDRAW, LIFT)), "Your part:", 1, 2),
        ((way(WITHDRAW), WAIT), "It also ends with time:", 1, 1),
    ],
)
def test_what_others_can_change_is_named_once(
    ways: tuple[Alternative, ...], sentence: str, yours: int, others: int
) -> None:
    said = told(party(Answer.OTHERS, *ways))
    assert said.yours_sentence.endswith(sentence)
    assert (len(said.yours), len(said.others)) == (yours, others)
    assert said.others[0].sentence == "Withdraw the order, so that the order is not in force."


def test_waiting_is_an_item_with_its_date() -> None:
    said = told(party(Answer.TIME, WAIT))
    assert said.yours_sentence == "You can change none of the deciding facts by yourself. It ends with time:"
    assert said.yours == ("Wait: it ends by itself on 1 January 2025.",)


def test_what_is_enough_only_later_says_from_when_on() -> None:
    said = told(party(Answer.TIME, replace(way(PAY), until=LATER)))
    assert said.yours == ("From 1 January 2025 on: pay the invoices, so that the number of invoices is 0.",)


def test_that_there_is_nothing_to_do_points_to_the_appeal() -> None:
    said = told(party(Answer.NONE))
    assert said.yours_sentence == (
        "You can change none of the deciding facts by yourself. You can correct the facts, and appeal."
    )


def test_where_the_search_had_to_stop_the_finding_alone_speaks() -> None:
    assert told(party(Answer.LIMIT)).yours_sentence == "This helps to end it:"


def test_what_staff_are_told_is_not_told_to_a_party() -> None:
    staff = replace(party(Answer.ADVERTISER, way(PAY)), audience=Audience.STAFF)
    assert told(staff).yours == told().yours == ("Stop offering the software.",)


def test_several_steps_of_the_finding_help_each() -> None:
    (first,) = (step for step in effect().remedy if step.changed_by is ChangedBy.ADVERTISER)
    two = replace(effect(), remedy=(first, replace(first, text="close the shop")))
    assert told(made=decision(two)).yours_sentence == "Any one of these helps to end it:"


@pytest.mark.parametrize(
    ("ways", "stop", "sentence"),
    [
        ((way(PAY, WITHDRAW),), (), "This ends all of it:"),
        ((way(PAY, WITHDRAW), way(DISPUTE, WITHDRAW)), (), "Any one of these ends all of it:"),
        ((way(PAY, WITHDRAW),), (ADVICE,), "Their own advice: Say what it costs. This ends the rest:"),
        ((way(PAY), way(DISPUTE)), (ADVICE,), "Say what it costs. Any one of these ends the rest:"),
    ],
)
def test_what_ends_all_measures_together_is_told_beside(
    ways: tuple[Alternative, ...], stop: tuple[str, ...], sentence: str
) -> None:
    alone, all_ = party(Answer.ADVERTISER, way(PAY)), party(Answer.OTHERS, *ways, ends=(0, 1), stop=stop)
    said = told(alone, party(Answer.ADVERTISER, way(DISPUTE), ends=(1,)), all_, made=twofold())
    assert said.together_sentence.startswith("The decision restricts this account under other rules too.")
    assert said.together_sentence.endswith(sentence)
    assert len(said.together) == len(ways)
    assert said.yours == ("Pay the invoices, so that the number of invoices is 0.",)


def test_what_others_have_to_do_for_all_of_it_says_whose_hands_it_is_in() -> None:
    all_ = party(Answer.OTHERS, way(PAY, WITHDRAW), ends=(0, 1))
    said = told(party(Answer.ADVERTISER, way(PAY)), all_, made=twofold())
    assert said.together[0].endswith(
        "withdraw the order, so that the order is not in force (in the hands of: an authority)."
    )


def test_measures_of_another_account_are_not_told() -> None:
    all_ = replace(party(Answer.OTHERS, way(PAY, WITHDRAW), ends=(0, 1)), accounts=(OTHER.id,))
    assert told(party(Answer.ADVERTISER, way(PAY)), all_, made=twofold()).together == ()


def test_a_hold_ends_when_a_person_has_looked() -> None:
    said = told(made=decision(effect(kind=EffectKind.HOLD)))
    assert said.review_sentence == "A person looks at it before the hold ends, or it ends."


def test_the_part_of_a_statement_that_an_advertiser_reads(golden: Callable[[str, str], None]) -> None:
    others = party(Answer.OTHERS, way(PAY, WITHDRAW), WAIT)
    all_ = party(Answer.OTHERS, way(PAY, WITHDRAW), way(DISPUTE, WITHDRAW), ends=(0, 1), stop=(ADVICE,))
    kinds = {
        "in the advertiser's hands": (party(Answer.ADVERTISER, way(PAY), way(DISPUTE)),),
        "conduct": (party(Answer.CONDUCT, stop=(ADVICE,)),),
        "others, or time": (others,),
        "several measures": (party(Answer.ADVERTISER, way(PAY)), all_),
        "nobody": (party(Answer.NONE),),
    }
    parts: list[str] = []
    for name, found in kinds.items():
        text = render_text(composed(replace(twofold(), remedies=found), issue()), zone=VIENNA)
        part = text.partition(f"WHAT WOULD END IT\n{'-' * 17}\n\n")[2].partition("It ends when")[0]
        said = " ".join(listed_end(composed(replace(twofold(), remedies=found), issue())).split())
        parts.append(f"# {name}\nIn short: {said}\n{part.rstrip()}\n")
    golden("statements/remedies.txt", "\n".join(parts))
