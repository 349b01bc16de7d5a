from __future__ import annotations

import os
from pathlib import Path

import msgspec
import pytest

from goodstanding.app.deciding import decide_case, replayed
from goodstanding.app.desk import enrol, open_desk
from goodstanding.app.fold import DeskFold
from goodstanding.app.inheriting import declare_cut_over
from goodstanding.app.policy_life import publish_policy
from goodstanding.app.ports import Refusal
from goodstanding.app.speaking import record_approach, send_message
from goodstanding.app.state import State
from goodstanding.bootstrap import (
    PUBLIC_KEY,
    SIGNING_KEY,
    RandomIds,
    RefusedError,
    SystemClock,
    create_desk,
    pack,
    rebuild_desk,
    templates,
    verify_desk,
    zone_of,
)
from goodstanding.bootstrap import open_desk as opened_desk
from goodstanding.clause.values import EntityRef, Value
from goodstanding.decisions.model import Decision
from goodstanding.errors import LedgerError, LedgerMissingError, LedgerTamperedError
from goodstanding.kernel.canonical import canonical
from goodstanding.kernel.grades import Grade
from goodstanding.storage.sqlite.keys import SqliteKeys
from goodstanding.storage.sqlite.rebuild import rebuild_projections
from unit.app.staged import (
    CASE,
    DAN,
    INES,
    OLU,
    PAULA,
    PEOPLE,
    Staged,
    kinds,
    staged,
)
from unit.decisions.test_scope import MISSTATED
from unit.decisions.world import (
    AD,
    FIRST,
    OTHER_AD,
    OWNER,
    VOCABULARY_FILE,
    evidence,
    ordered,
    text_of,
)
from unit.reasons.samples import PLATFORM

SCAM = evidence("scam", MISSTATED)
RULE = "\nrule\nwhen: ad.misstates_the_offer\nrestricts: [advertise]\nreach: ad\nends: '!ad.misstates_the_offer'\n"
CLOSED = "\nclosed\nrequires: ad.sponsor_declared\nrestricts: [advertise]\nreach: ad\ntopics: [{topic}]\n"


# ------------------------------------------------------------------------------------------------ decided and replayed


def test_a_decision_is_replayed_to_the_same_bytes(desk: Staged) -> None:
    desk.learn(ordered("a"), SCAM)
    before = _copy(desk)
    decision = desk.decision(desk.decide())
    again = replayed(before, decision)
    assert isinstance(again, Decision)
    assert canonical(msgspec.to_builtins(again)) == canonical(msgspec.to_builtins(decision))


def test_a_replay_needs_the_policy_and_the_words_that_were_pinned(desk: Staged) -> None:
    desk.learn(SCAM)
    decision = desk.decision(desk.decide())
    for pins in (
        msgspec.structs.replace(decision.pins, policy=type(decision.pins.policy)("other")),
        msgspec.structs.replace(decision.pins, policy_digest=decision.pins.vocabulary_digest),
        msgspec.structs.replace(decision.pins, vocabulary_digest=decision.pins.policy_digest),
    ):
        answer = replayed(desk.state, msgspec.structs.replace(decision, pins=pins))
        assert isinstance(answer, Refusal)
        assert answer.rule == "WhatWasPinnedIsThere"


def _copy(desk: Staged) -> State:
    fold = DeskFold()
    state = fold.empty()
    for entry in desk.desk.ledger.entries():
        fold.apply(state, entry)
    return state


def test_the_platforms_record_says_only_what_the_vocabulary_has_words_for(desk: Staged) -> None:
    words = pack(VOCABULARY_FILE)
    start, end = words.index("      live_strikes:"), words.index("      days_overdue:")
    fewer = words[:start] + words[end:]
    desk.do(publish_policy(desk.draft(text_of(RULE), words=fewer), by=PAULA), PAULA)
    desk.learn(SCAM)
    assert desk.state.decisions[desk.decide("tiny")].rests_on == {}


def test_nothing_is_decided_under_a_policy_that_is_not_there_or_not_yet_in_force(desk: Staged) -> None:
    desk.publish(text_of(RULE, start="2025-01-01"))
    for policy in ("tiny", "none"):
        assert desk.refused(decide_case(CASE, policy=policy, by=DAN), DAN) == "APolicyIsInForce"


def test_only_the_newest_version_in_force_closes_entries(desk: Staged) -> None:
    desk.publish(text_of(CLOSED.format(topic="news")))
    assert not desk.allowed(topic="news")
    desk.publish(text_of(CLOSED.format(topic="health"), version="2", start="2024-06-17"))
    assert desk.allowed(topic="health")
    desk.later(days=16)
    assert desk.allowed(topic="news")
    assert not desk.allowed(topic="health")


def test_an_entry_requirement_whose_side_is_read_from_the_case_is_closed_whole(desk: Staged) -> None:
    listed = (
        "\nlisted\neach: order in owner.orders\nrequires: order.in_force\nrestricts: [advertise]\nreach: owner\n"
        "topics: order.products\n"
    )
    desk.publish(text_of(listed))
    assert not desk.allowed(topic="news")
    desk.learn(evidence("o", _order(), grade=Grade.DIRECTIVE))
    desk.issue(desk.decide("tiny"))
    assert desk.allowed(topic="news")
    assert not desk.allowed(topic="health")


def _order() -> dict[str, Value]:
    return {
        f"owner:{OWNER}.orders": (EntityRef("order", "a"),),
        "order:a.in_force": True,
        "order:a.products": ("news",),
    }


# --------------------------------------------------------------------------------------------------- opened once again


def test_a_desk_that_is_opened_again_knows_what_it_knew(tmp_path: Path) -> None:
    folder = tmp_path / "desk"
    with staged(folder, AD, OTHER_AD) as desk:
        (name,) = desk.restrict(SCAM)
        desk.restrict(ordered("a"))
        desk.do(send_message(CASE, text="Two statements were sent to you today.", by=INES))
        desk.do(record_approach(CASE, who="sales", summary="asked", by=INES))
        desk.reverse(name)
        desk.do(declare_cut_over(by=OLU), OLU)
        before = desk.state
        rows = desk.desk.ledger.projection("standing")
    with staged(folder, new=False) as desk:
        assert desk.state == before
        assert desk.desk.ledger.projection("standing") == rows
    assert verify_desk(folder, vkey=(folder / PUBLIC_KEY).read_text(encoding="utf-8").strip()) == []


def test_the_projection_made_anew_is_the_same(tmp_path: Path) -> None:
    folder = tmp_path / "desk"
    with staged(folder, AD, OTHER_AD) as desk:
        desk.restrict(SCAM)
        before = {table: desk.desk.ledger.projection(table) for table in ("standing", "cases")}
    keys = SqliteKeys(folder, entropy=os.urandom)
    assert rebuild_projections(folder, fold=DeskFold(), keys=keys) == sum(len(rows) for rows in before.values())
    keys.close()
    with staged(folder, new=False) as desk:
        assert {table: desk.desk.ledger.projection(table) for table in ("standing", "cases")} == before


def test_an_erasure_takes_the_story_and_leaves_the_restriction(tmp_path: Path) -> None:
    folder = tmp_path / "desk"
    with staged(folder, AD, OTHER_AD) as desk:
        desk.learn(SCAM)
        (name,) = desk.restrict()
        desk.restrict(ordered("a"))
        desk.reverse(name)
        in_force = [r.id for r in desk.state.restrictions.values() if not r.undone]
    keys = SqliteKeys(folder, entropy=os.urandom)
    keys.erase(OWNER)
    keys.close()
    with staged(folder, new=False) as desk:
        desk.later(days=31)
        assert (desk.state.cases, desk.state.decisions, desk.state.statements) == ({}, {}, {})
        assert [r.id for r in desk.in_force(FIRST)] == in_force[:1]
        assert not desk.allowed(topic="antivirus-software")
        assert [strike.undone for strike in desk.state.strikes.values()] == [True]


# ----------------------------------------------------------------------------------------------------------- bootstrap


def test_a_desk_is_made_once_and_keeps_its_key_to_itself(tmp_path: Path) -> None:
    folder = tmp_path / "desk"
    with pytest.raises(LedgerMissingError, match="goodstanding init"), opened_desk(folder):
        pass
    create_desk(folder, origin="desk.example/log")
    assert (folder / SIGNING_KEY).stat().st_mode & 0o077 == 0
    key = (folder / PUBLIC_KEY).read_text(encoding="utf-8")
    with pytest.raises(LedgerError):
        create_desk(folder, origin="desk.example/log")
    assert (folder / PUBLIC_KEY).read_text(encoding="utf-8") == key
    with opened_desk(folder) as desk:
        (entry,) = desk.must(open_desk(PLATFORM), by="olu")
        assert entry.entry.actor == "olu (asserted)"
        assert desk.receipt(0).index == 0
        with pytest.raises(RefusedError, match="open already: use it"):
            desk.must(open_desk(PLATFORM), by="olu")


def test_a_desk_is_rebuilt_only_where_there_is_one(tmp_path: Path) -> None:
    with pytest.raises(LedgerMissingError, match="goodstanding init"):
        rebuild_desk(tmp_path)
    with staged(tmp_path / "desk", AD, OTHER_AD) as desk:
        desk.restrict(SCAM)
    assert rebuild_desk(tmp_path / "desk") > 0


def test_damage_to_the_files_of_a_desk_is_said(tmp_path: Path) -> None:
    folder = tmp_path / "desk"
    create_desk(folder, origin="desk.example/log")
    (folder / "ledger.db").write_bytes(b"not a database at all, but long enough to be looked at" * 40)
    with pytest.raises(LedgerTamperedError, match="damaged"):
        rebuild_desk(folder)
    (folder / SIGNING_KEY).write_text("no key\n", encoding="utf-8")
    with pytest.raises(LedgerTamperedError, match="not a signing key"):
        rebuild_desk(folder)


def test_ids_say_nothing_and_never_repeat() -> None:
    ids = {RandomIds().new("acc") for _ in range(50)}
    assert len(ids) == 50
    assert all(len(name) == 20 and name.startswith("acc-") for name in ids)


def test_the_machines_clock_is_in_utc() -> None:
    assert str(SystemClock().now().tzinfo) == "UTC"


@pytest.mark.parametrize("name", ["Nowhere/Land", "../etc/passwd", "Europe", ""])
def test_an_unknown_zone_is_utc(name: str) -> None:
    assert str(zone_of(name)) == "UTC"
    assert str(zone_of("Europe/Vienna")) == "Europe/Vienna"


def test_templates_escape_what_they_show() -> None:
    assert templates().from_string("{{ x }}").render(x="<b>") == "&lt;b&gt;"


def test_a_command_of_the_desk_is_recorded_as_it_was_made(desk: Staged) -> None:
    assert desk.desk.now() == desk.now
    assert kinds(desk.do(enrol(PEOPLE[1], by=OLU), OLU)) == ["person.enrolled"]
