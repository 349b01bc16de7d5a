"""The four dates of the 2018 case, and the others, as the demo replays them from one policy file."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from played import Demo, goodstanding
from unit.cli.shell import Shell

if TYPE_CHECKING:
    from pathlib import Path

EVERY_ACCOUNT = ["@Securelist", "@kaspersky", "@kasperskyuk"]
COVERED = ["antivirus-software", "security-software"]


def test_the_dates_are_those_of_the_record(demo: Demo, shared: Path) -> None:
    record = json.loads((shared / "data/cases/kaspersky_record.json").read_text(encoding="utf-8"))
    dates = [scenario["as_of"].split(" / ")[-1] for scenario in record["as_of_scenarios"]]
    assert [one["as_of"] for one in demo.printed["cases"] if one["case"] == "C01"] == dates


def test_every_case_of_the_demo_is_a_case_of_the_record(demo: Demo, shared: Path) -> None:
    lines = (shared / "data/cases/cases.jsonl").read_text(encoding="utf-8").splitlines()
    assert {one["case"] for one in demo.printed["cases"]} <= {json.loads(line)["id"] for line in lines}


def test_in_january_2018_nothing_is_restricted_and_the_nearest_clause_says_why_not(demo: Demo) -> None:
    january = demo.on("C01", "2018-01-31")
    assert (january["restrictions"], january["inherited"], january["holds"]) == ([], [], [])
    nearest = january["nearest"]
    assert nearest["clause"] == "supply-forbidden"
    assert "binds federal executive agencies" in nearest["why_not"]
    assert "no clause of this policy speaks of this: Kaspersky Lab is alleged" in nearest["why_not"]


def test_in_april_2018_a_reply_that_repeats_the_first_message_is_refused(demo: Demo) -> None:
    refusal = demo.tried("C01", "repeats the first message")["refusal"]
    assert refusal["promise"] == "P5"
    assert "repeats" in refusal["message"]


def test_in_april_2018_a_press_statement_on_a_ground_the_party_was_never_told_is_refused(demo: Demo) -> None:
    refusal = demo.tried("C01", "press statement")["refusal"]
    assert refusal["promise"] == "P6"
    assert "never told" in refusal["message"]


def test_in_april_2018_the_new_fact_is_taken_up_and_the_inherited_restriction_is_lifted(demo: Demo) -> None:
    april = demo.on("C01", "2018-04-20")
    assert april["restrictions"] == []
    assert [box["lifted"][:10] for box in april["inherited"]] == ["2018-04-20"]
    assert "tells no company to act" in april["nearest"]["why_not"]
    assert demo.tried("C01", "an answer to every question")["refusal"] is None
    assert demo.tried("C01", "lifted for want of a ground")["refusal"] is None


def test_in_march_2022_the_evidence_is_weighed_again_and_still_gives_nothing(demo: Demo) -> None:
    march = demo.on("C01", "2022-03-26")
    assert (march["restrictions"], march["holds"]) == ([], [])
    assert "recipients of a federal subsidy" in march["nearest"]["why_not"]


def test_in_september_2024_exactly_the_covered_products_are_off_in_the_united_states(demo: Demo) -> None:
    (off,) = demo.on("C01", "2024-09-30")["restrictions"]
    assert off["capabilities"] == ["advertise"]
    assert off["territories"] == ["US"]
    assert off["topics"] == COVERED
    assert off["accounts"] == EVERY_ACCOUNT
    assert off["ads"] == "all"


def test_the_statement_of_2024_was_issued_thirty_days_before(demo: Demo) -> None:
    (off,) = demo.on("C01", "2024-09-30")["restrictions"]
    assert off["issued"][:10] <= "2024-08-31"
    assert off["begins"][:10] <= "2024-09-30"
    assert len(off["statements"]) == len(EVERY_ACCOUNT)


@pytest.mark.parametrize("account", ["kaspersky", "securelist", "kasperskyuk"])
def test_the_statement_of_2024_rests_on_the_platforms_own_clause_and_says_so(demo: Demo, account: str) -> None:
    text = (demo.out / f"statements/C01-supply-forbidden-{account}.txt").read_text(encoding="utf-8")
    flat = " ".join(text.split())
    assert "The ground is the platform's own clause. It is not an order of an authority to the platform." in flat
    assert "RECONSTRUCTED BY GOODSTANDING FROM PUBLIC FACTS; NEVER SENT" in flat.upper()
    assert "threat intelligence" in flat[flat.index("WHAT STAYS POSSIBLE") : flat.index("THE RULE")]
    assert "security training" in flat[flat.index("WHAT STAYS POSSIBLE") : flat.index("THE RULE")]


def test_the_remedy_says_what_others_can_change_and_when_it_is_looked_at_again(demo: Demo) -> None:
    text = (demo.out / "statements/C01-supply-forbidden-kaspersky.txt").read_text(encoding="utf-8")
    remedy = " ".join(text[text.index("WHAT WOULD END IT") : text.index("YOUR MONEY")].split())
    assert "You can change none of the deciding facts by yourself" in remedy
    assert "in the hands of: an authority" in remedy
    assert "Looked at again by: 28 March 2025" in remedy


def test_law_later_than_a_statement_is_labelled_not_in_force_then(demo: Demo) -> None:
    early = (demo.out / "statements/C03-state-controlled-media-xhnews.txt").read_text(encoding="utf-8")
    late = (demo.out / "statements/C01-supply-forbidden-kaspersky.txt").read_text(encoding="utf-8")
    assert "not in force then" in early
    assert "not in force then" not in late


def test_the_same_evidence_restricts_in_january_2018_under_a_policy_with_a_rule_on_designations(demo: Demo) -> None:
    (variant,) = demo.printed["variants"]
    (off,) = variant["restrictions"]
    assert (variant["as_of"], variant["policy"].split()[0]) == ("2018-01-31", "designation")
    assert (off["capabilities"], off["territories"]) == (["advertise"], ["US"])
    assert list((demo.out / "other-statements").glob("C01-security-designation-*.html"))


def test_a_general_rule_is_announced_thirty_days_ahead(demo: Demo) -> None:
    before, after = demo.on("C03", "2019-08-20"), demo.on("C03", "2019-09-20")
    assert before["restrictions"] == []
    assert len(before["announced"]) == 1
    assert before["announced"][0]["begins"][:10] == "2019-09-18"
    assert len(after["restrictions"]) == 1


def test_one_ad_is_off_and_a_reversal_leaves_nothing(demo: Demo) -> None:
    (off,) = demo.on("C06", "2017-10-09")["restrictions"]
    assert off["ads"] == ["The announcement video"]
    assert demo.on("C06", "2017-10-10")["restrictions"] == []


def test_a_machines_guess_restricts_nothing_and_says_what_is_missing(demo: Demo) -> None:
    found = demo.on("C09", "2022-06-01")
    assert (found["restrictions"], found["holds"]) == ([], [])
    assert "offers live animals" in found["undecided"][0]


def test_new_accounts_of_a_restricted_owner_are_restricted_each_by_its_own_statement(demo: Demo) -> None:
    boxes = demo.on("C22", "2019-08-23")["restrictions"]
    (going_around,) = [box for box in boxes if box["clause"] == "circumvention"]
    assert going_around["accounts"] == ["the first new page", "the second new page"]
    assert len(going_around["statements"]) == len(going_around["accounts"])


def test_every_statement_verifies_offline_from_its_files_alone(demo: Demo, tmp_path: Path) -> None:
    for folder in ("statements", "other-statements"):
        receipts = sorted((demo.out / folder).glob("*.receipt.json"))
        assert receipts
        for receipt in receipts:
            files = [tmp_path / "s.json", tmp_path / "r.json", tmp_path / "key"]
            statement = receipt.with_name(receipt.name.replace(".receipt", ""))
            for source, target in zip((statement, receipt, demo.out / folder / "public.vkey"), files, strict=True):
                target.write_bytes(source.read_bytes())
            ran = goodstanding("verify", str(files[0]), str(files[1]), "--key", str(files[2]), cwd=tmp_path)
            assert ran.returncode == 0, ran.stderr
            assert "the operator's claim" in ran.stdout


def test_a_changed_word_or_another_key_does_not_verify(demo: Demo, tmp_path: Path) -> None:
    stem = demo.out / "statements/C01-supply-forbidden-kaspersky"
    changed = tmp_path / "changed.json"
    changed.write_text(stem.with_suffix(".json").read_text(encoding="utf-8").replace("US", "GB"), encoding="utf-8")
    receipt = f"{stem}.receipt.json"
    key = str(demo.out / "statements/public.vkey")
    other = str(demo.out / "other-statements/public.vkey")
    assert goodstanding("verify", str(changed), receipt, "--key", key).returncode == 3
    assert goodstanding("verify", f"{stem}.json", receipt, "--key", other).returncode == 3


def test_the_record_of_the_demo_is_what_was_written(demo: Demo) -> None:
    for desk in ("desk", "other-desk"):
        ran = goodstanding("ledger", "verify", "--desk", str(demo.out / desk), "--json")
        assert (ran.returncode, json.loads(ran.stdout)["faults"]) == (0, [])


def test_the_demo_written_twice_says_the_same(demo: Demo) -> None:
    ran = goodstanding("demo", "--out", str(demo.out.parent / "again"), "--json")
    again = json.loads(ran.stdout)

    def without_ids(document: object) -> object:
        match document:
            case dict():
                return {k: without_ids(v) for k, v in document.items() if k not in {"statements", "refusal"}}
            case list():
                return [without_ids(one) for one in document]
        return document

    assert without_ids(again) == without_ids(demo.printed)


def test_the_story_on_the_terminal_ends_with_a_command_that_verifies(tmp_path: Path) -> None:
    told = Shell(tmp_path).done("demo", "--out", "out").out
    assert "a reply that repeats the first message [P5]" in told
    command = told.splitlines()[-1].split()
    ran = goodstanding(*command[1:], cwd=tmp_path)
    assert (command[0], ran.returncode) == ("goodstanding", 0), ran.stderr
