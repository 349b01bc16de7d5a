from __future__ import annotations

import pytest
from msgspec.structs import replace

from goodstanding.gate.fold import standing_at
from goodstanding.gate.model import EntryRequirement, Exemption, Opening, Record, Reversal
from goodstanding.kernel.ids import AccountId, ClauseId
from goodstanding.kernel.instants import Period, instant
from goodstanding.kernel.scope import EVERYWHERE, Scope
from unit.gate.made import ACCOUNT, AT, CLAUSE, EMPTY, RESTRICTION, names

LICENCE = EntryRequirement(clause=ClauseId("licence"), overridable=True, scope=EVERYWHERE, missing=("no licence",))
EXEMPTION = Exemption(clause=ClauseId("urgent"), lifts=(CLAUSE,), scope=EVERYWHERE)
MAY = Period(start=instant("2031-05-01"), end=instant("2031-06-01"))


def test_no_records_are_an_empty_standing() -> None:
    assert standing_at(ACCOUNT, [], AT) == EMPTY


def test_each_record_goes_to_its_place() -> None:
    records = [Record(id="a", what=LICENCE), Record(id="b", what=EXEMPTION), Record(id="c", what=RESTRICTION)]
    standing = standing_at(ACCOUNT, records, AT)
    assert (standing.in_force, standing.exemptions, standing.entries) == ((RESTRICTION,), (EXEMPTION,), (LICENCE,))


@pytest.mark.parametrize(
    ("at", "counts"), [("2031-04-30", False), ("2031-05-01", True), ("2031-05-31", True), ("2031-06-01", False)]
)
def test_a_record_counts_from_its_beginning_until_its_end(at: str, counts: bool) -> None:
    for record in (
        Record(id="re-1", what=RESTRICTION, during=MAY),
        Record(id="re-1", what=replace(RESTRICTION, scope=Scope(period=MAY))),
    ):
        assert bool(standing_at(ACCOUNT, [record], instant(at)).in_force) is counts


def test_a_record_of_another_account_does_not_count() -> None:
    record = Record(id="re-1", what=replace(RESTRICTION, scope=Scope(accounts=names("acc-2"))))
    assert standing_at(ACCOUNT, [record], AT) == EMPTY
    assert standing_at(AccountId("acc-2"), [record], AT).in_force


def test_a_requirement_is_opened_by_what_opens_its_clause_and_as_long_as_it_lasts() -> None:
    scope = Scope(topics=names("bingo"))
    records = [
        Record(id="p", what=LICENCE),
        Record(id="o-1", what=Opening(clause=LICENCE.clause, scope=scope), during=MAY),
        Record(id="o-2", what=Opening(clause=ClauseId("other"), scope=EVERYWHERE)),
    ]
    assert standing_at(ACCOUNT, records, AT).entries == (replace(LICENCE, opened=(scope,)),)
    assert standing_at(ACCOUNT, records, instant("2031-06-01")).entries == (LICENCE,)


def test_a_reversal_counts_from_its_day_on() -> None:
    records: list[Record | Reversal] = [Record(id="re-1", what=RESTRICTION), Reversal(ids=("re-1",), at=AT)]
    assert standing_at(ACCOUNT, records, instant("2031-04-30")).in_force == (RESTRICTION,)
    assert standing_at(ACCOUNT, records, AT) == EMPTY
