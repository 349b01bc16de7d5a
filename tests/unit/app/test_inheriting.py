from __future__ import annotations

import msgspec

from goodstanding.app.case_file import read_case_file
from goodstanding.app.case_file_inherited import Inherited
from goodstanding.app.importing import add_evidence, take_in
from goodstanding.app.inheriting import account_named, declare_cut_over, inherit
from goodstanding.kernel.extents import Extent
from goodstanding.kernel.ids import CaseId, RestrictionId
from goodstanding.kernel.instants import Period
from goodstanding.kernel.scope import Scope
from unit.app.staged import CASE, DAN, DAY, INES, OLU, ROSA, START, Staged, imposed, kinds
from unit.decisions.test_scope import MISSTATED
from unit.decisions.world import FIRST, SECOND, VOCABULARY, dossier, evidence

OLDER = Inherited(
    account="@acc-1",
    capabilities=("advertise",),
    imposed_on=START - 90 * DAY,
    source="a spreadsheet",
    wording="Your business model conflicts with our practices.",
    restate_by=START + 60 * DAY,
    scope=Scope(capabilities=Extent.of(["advertise"]), period=Period(start=START - 90 * DAY)),
)
FILE = """
case:
  id: case-2
  title: Another
  summary: Another owner
  owner: eastwind
  real: {measure: none, when: none, stated_reason: none, notice: none, lacked: [], sources: [none]}
owners:
  - {key: eastwind, name: Eastwind, seat: AT}
accounts:
  - key: east
    handle: "@east"
    owner: eastwind
    basis: declared by the owner
    confirmed_by: ines
    confirmed_at: 2020-01-01
ads:
  - {key: warm, account: east, title: Warm, topics: [news]}
"""


def taken_over(desk: Staged, *older: Inherited) -> list[RestrictionId]:
    return imposed(desk.do(inherit(CASE, older or (OLDER,), by=INES)))


def test_an_older_restriction_is_in_force_from_import_with_its_original_wording(desk: Staged) -> None:
    (name,) = taken_over(desk)
    found = desk.state.restrictions[name]
    assert (found.kind, found.account, found.statement, found.clause) == ("inherited", FIRST, None, "")
    assert not desk.allowed()
    assert desk.allowed(SECOND)
    assert [message.text for message in desk.state.cases[CASE].said] == [OLDER.wording]


def test_an_older_restriction_without_words_said_nothing(desk: Staged) -> None:
    taken_over(desk, msgspec.structs.replace(OLDER, wording=""))
    assert desk.state.cases[CASE].said == []


def test_an_older_restriction_that_nobody_restates_ends_by_itself(desk: Staged) -> None:
    taken_over(desk)
    desk.later(days=60)
    assert desk.allowed()


def test_an_older_restriction_is_appealed_from_import_and_falls_with_its_reversal(desk: Staged) -> None:
    (name,) = taken_over(desk)
    desk.learn(evidence("scam", MISSTATED))
    assert kinds(desk.reverse(name)) == ["appeal.decided", "restriction.lifted"]
    assert desk.allowed()
    assert desk.state.reversed == {name}


def test_nothing_is_inherited_after_cut_over(desk: Staged) -> None:
    assert desk.refused(declare_cut_over(by=ROSA), ROSA) == "WhoActsHasTheRole"
    desk.do(declare_cut_over(by=OLU), OLU)
    assert desk.refused(declare_cut_over(by=OLU), OLU) == "CutOverHappensOnce"
    assert desk.refused(inherit(CASE, (OLDER,), by=INES)) == "NothingIsInheritedAfterCutOver"


def test_what_is_inherited_is_older_and_has_a_day_by_which_it_is_restated(desk: Staged) -> None:
    for changed in ({"imposed_on": START + DAY}, {"restate_by": START}):
        odd = msgspec.structs.replace(OLDER, **changed)
        assert desk.refused(inherit(CASE, (OLDER, odd), by=INES)) == "AnInheritedRestrictionIsOlderThanTheDesk"
    assert desk.state.restrictions == {}


def test_what_is_inherited_is_on_an_account_of_the_case(desk: Staged) -> None:
    desk.do(take_in(read_case_file(FILE, file="f.yaml", vocabulary=VOCABULARY), by=INES))
    for name in ("@nobody", "@east"):
        stranger = msgspec.structs.replace(OLDER, account=name)
        assert desk.refused(inherit(CASE, (stranger,), by=INES)) == "TheAccountIsKnown"
    assert len(taken_over(desk, msgspec.structs.replace(OLDER, account="@acc-3"))) == 1  # an affiliate's


# ------------------------------------------------------------------------------------------------------- a case's file


def test_a_file_of_a_case_is_taken_in_under_pseudonyms(desk: Staged) -> None:
    material = read_case_file(FILE, file="f.yaml", vocabulary=VOCABULARY)
    assert kinds(desk.do(take_in(material, by=INES))) == [
        "owner.registered",
        "account.registered",
        "link.confirmed",
        "case.opened",
    ]
    opened = desk.state.cases[CaseId("case-2")]
    assert opened.owner.startswith("own-")
    assert account_named(desk.state, opened.id, "east") == account_named(desk.state, opened.id, "@east")
    assert desk.refused(take_in(material, by=INES)) == "WhatIsKnownIsRegisteredOnce"
    assert desk.refused(take_in(material, by=DAN), DAN) == "WhoActsHasTheRole"


def test_a_file_without_a_case_opens_none(desk: Staged) -> None:
    material = read_case_file("owners: []\n", file="f.yaml", vocabulary=VOCABULARY)
    assert desk.refused(take_in(material, by=INES)) == "AFileOpensACase"


def test_only_what_is_known_by_now_and_new_is_recorded(desk: Staged) -> None:
    known = evidence("now", {"ad:ad-1.misstates_the_offer": False})
    later = evidence("later", {"ad:ad-1.misstates_the_offer": True}, known=START + DAY)
    file = dossier(known, later)
    add = add_evidence(CASE, file, vocabulary=VOCABULARY, by=INES)
    assert desk.refused(add_evidence(CaseId("none"), file, vocabulary=VOCABULARY, by=INES)) == "TheCaseExists"
    desk.do(add)
    assert desk.refused(add) == "OnlyWhatIsNewIsRecorded"
    assert desk.refused(add_evidence(CASE, file, vocabulary=VOCABULARY, by=DAN), DAN) == "WhoActsHasTheRole"
    desk.later(days=1)
    desk.do(add)
    assert [piece.id for piece in desk.state.dossiers[desk.state.cases[CASE].owner].evidence] == ["now", "later"]
