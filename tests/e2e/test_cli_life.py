"""A desk's whole life on the command line, every command a process of its own: an order on a company, and its end."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from played import goodstanding

pytestmark = pytest.mark.slow

RUN = "from goodstanding.cli.main import run; run()"
CASE = """
case:
  id: C7
  title: A router, and an order
  summary: An order forbids the supply of a router in one country.
  owner: routers
  real: {measure: none, when: none, stated_reason: none, notice: none, lacked: [], sources: []}
owners: [{key: routers, name: Plain Routers AG, seat: CH}]
accounts:
  - {key: a, handle: "@plain", owner: routers, basis: verified domain, confirmed_by: ines, confirmed_at: 2024-01-01}
  - {key: b, handle: "@plainjobs", owner: routers, basis: verified domain, confirmed_by: ines, confirmed_at: 2024-01-01}
evidence:
  - id: order-7
    source: {title: Order 7 of 2025, publisher: an authority, url: "https://authority.example/7"}
    grade: directive
    covers: {binds: everybody in the country, territories: [US], topics: [security-software]}
    valid: {from: 2025-01-10}
    known_from: 2025-01-10
    retrieved_at: 2025-01-11
    kept: From 10 January nobody supplies the product to the public.
    facts:
      - about: owner:routers
        says: {orders: ["order:seven"]}
      - about: order:seven
        says:
          name: Order 7
          on_security_grounds: true
          forbids_public_supply: true
          in_force: true
          territory: [US]
          products: [security-software]
"""
MONEY = """
"@plain": &same
  stops: [{what: every campaign for the product, at: 2025-02-10}]
  charged_until: 2025-02-10
  balance: {amount: CHF 10.00, becomes: it stays at your disposal}
  credits: {amount: CHF 0.00, becomes: there are none}
"@plainjobs":
  stops: [{what: nothing that runs, at: 2025-02-10}]
  charged_until: 2025-02-10
  balance: {amount: CHF 0.00, becomes: there is none}
  credits: {amount: CHF 0.00, becomes: there are none}
"""
REPLY = """
answers:
  - {question: 1, text: The order was withdrawn a day before we decided., examined: ["evidence:order-7"]}
"""
INIT = (
    *(
        "init",
        "--name",
        "Example Network",
        "--appeal-address",
        "https://appeals.example/",
        "--court",
        "Any court, here",
    ),
    *("--settlement", "A body, https://settle.example/", "--person", "ines=investigator,policy author"),
    *("--person", "dan=decider", "--person", "dea=decider", "--person", "rosa=appeal reviewer"),
    *("--person", "olu=officer"),
)


class Life:
    """One desk, step by step; the steps are the tests of this module, in their order."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.later = f"{datetime.now(UTC) + timedelta(days=31):%Y-%m-%d}"
        for name, text in {"case.yaml": CASE, "money.yaml": MONEY.replace(" &same", ""), "reply.yaml": REPLY}.items():
            (folder / name).write_text(text, encoding="utf-8")
        (folder / "letter.txt").write_text("Is the order not withdrawn?\n", encoding="utf-8")

    def ran(self, *words: str) -> subprocess.CompletedProcess[str]:
        """A command that may fail."""
        return goodstanding(*words, cwd=self.folder)

    def done(self, *words: str) -> Any:  # noqa: ANN401  each verb has its own shape
        """A command that has to succeed, as JSON."""
        ran = self.ran(*words, "--json")
        assert ran.returncode == 0, ran.stdout + ran.stderr
        return json.loads(ran.stdout)

    def off(self, account: str) -> list[tuple[object, object, object]]:
        """What will be off for an account when the notice of the clause has run out."""
        scopes = [one["scope"] for one in self.done("standing", account, "--at", self.later)["in_force"]]
        return [(one["capabilities"], one["territories"], one["topics"]) for one in scopes]


@pytest.fixture(scope="module")
def life(tmp_path_factory: pytest.TempPathFactory) -> Life:
    """The desk, with its case open."""
    life = Life(tmp_path_factory.mktemp("life"))
    life.done("examples")
    assert life.done(*INIT)["gaps"] == []
    life.done("policy", "draft", "examples/ads.md", "--as", "ines")
    life.done("policy", "approve", "ads", "--reason", "read in full", "--as", "olu")
    life.done("policy", "publish", "ads", "--as", "ines")
    life.done("case", "open", "case.yaml", "--as", "ines")
    return life


def test_1_what_reaches_all_accounts_waits_for_a_second_person(life: Life) -> None:
    decision = life.done("decide", "C7", "--as", "dan")["decision"]
    assert decision["high_impact"] is True
    issue = ("issue", "C7", "--money", "money.yaml", "--as", "dan")
    assert json.loads(life.ran(*issue, "--json").stdout)["refused"]["rule"] == "HighImpactNeedsASecondPerson"
    assert life.ran("approve", "C7", "--reason", "mine", "--as", "dan").returncode == 1
    life.done("approve", "C7", "--reason", "order and scope looked at again", "--as", "dea")
    kinds = [one["kind"] for one in life.done(*issue)["entries"]]
    assert (kinds.count("statement.issued"), kinds.count("restriction.imposed")) == (2, 2)


def test_2_it_begins_after_its_notice_and_reaches_no_further_than_its_ground(life: Life) -> None:
    assert life.done("standing", "@plain")["in_force"] == []
    box = (["advertise"], ["US"], ["security-software"])
    assert (life.off("@plain"), life.off("@plainjobs")) == ([box], [box])


def test_3_a_case_with_two_statements_asks_which_one(life: Life) -> None:
    refused = json.loads(life.ran("case", "statement", "C7", "--out", "letter", "--json").stdout)["refused"]
    name = life.done("case", "show", "C7")["restrictions"][0]["statement"]
    assert name in refused["hint"]
    written = life.done("case", "statement", name, "--out", "letter")["written"]
    assert all((life.folder / path).stat().st_size for path in written)


def test_4_a_statement_is_checked_without_the_desk(life: Life, tmp_path: Path) -> None:
    for path in (life.folder / "letter").iterdir():
        (tmp_path / path.name).write_bytes(path.read_bytes())
    (receipt,) = tmp_path.glob("*.receipt.json")
    statement = tmp_path / receipt.name.replace(".receipt", "")
    words = ("verify", statement.name, receipt.name, "--key", "public.vkey")
    ran = goodstanding(*words, cwd=tmp_path)
    assert (ran.returncode, "the operator's claim" in ran.stdout) == (0, True)
    statement.write_text(
        statement.read_text(encoding="utf-8").replace("Plain Routers", "Plain Rooters"), encoding="utf-8"
    )
    ran = goodstanding(*words, cwd=tmp_path)
    assert (ran.returncode, ran.stdout) == (3, "")
    assert "some word of this one was changed" in ran.stderr


def test_5_an_appeal_is_answered_and_reversed_by_somebody_else(life: Life) -> None:
    life.done(
        *("appeal", "file", "C7", "letter.txt", "--channel", "open letter", "--received", "2025-02-01", "--as", "ines"),
        *("--question", "Is the order not withdrawn?", "--against", "all", "--summary", "asks whether it is withdrawn"),
    )
    life.done("appeal", "answer", "C7", "reply.yaml", "--as", "rosa")
    kinds = [
        one["kind"]
        for one in life.done("appeal", "decide", "C7", "reversed", "--text", "It was.", "--as", "rosa")["entries"]
    ]
    assert kinds == ["appeal.decided", "restriction.lifted", "restriction.lifted"]
    assert (life.off("@plain"), life.off("@plainjobs")) == ([], [])


def test_6_the_record_is_what_was_written(life: Life) -> None:
    assert life.done("ledger", "verify") == {"faults": []}
    life.done("ledger", "rebuild")
    assert life.done("ledger", "verify") == {"faults": []}


def test_7_a_desk_that_another_process_holds_is_left_alone(life: Life) -> None:
    hold = "import sys\nfrom pathlib import Path\nfrom goodstanding.bootstrap import open_desk\n"
    hold += "with open_desk(Path('desk')):\n    print('held', flush=True)\n    sys.stdin.read()\n"
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2] / "src")}
    with subprocess.Popen(
        [sys.executable, "-c", hold], cwd=life.folder, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == b"held\n"
        ran = life.ran("decide", "C7", "--as", "dan")
        holder.communicate(b"")
    assert (ran.returncode, f"process {holder.pid} is the sequencer" in ran.stderr) == (4, True)


def test_8_a_disk_without_room_acknowledges_nothing(life: Life) -> None:
    before = life.done("case", "show", "C7")["decisions"]
    limited = f"import resource\nresource.setrlimit(resource.RLIMIT_FSIZE, (40960, -1))\n{RUN}"
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2] / "src")}
    ran = subprocess.run(
        [sys.executable, "-c", limited, "case", "message", "C7", "--text", "word " * 9000, "--as", "ines"],
        cwd=life.folder,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (ran.returncode, ran.stdout) == (4, "")
    assert ran.stderr.startswith("goodstanding: nothing of this was acknowledged, try again: ")
    assert "Traceback" not in ran.stderr
    assert life.done("case", "show", "C7")["decisions"] == before
    assert life.done("ledger", "verify") == {"faults": []}
