from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from contract.desks import faults, made, opened
from contract.fakes import SIGNER, Counting, Tally, TallyFold, Ticking, issue, lift
from goodstanding.app.ports import Refusal
from goodstanding.errors import (
    ErasedError,
    LedgerError,
    LedgerLockedError,
    LedgerMissingError,
    LedgerTamperedError,
    NotDurableError,
    ProofError,
    SealError,
)
from goodstanding.ledger.checkpoint import sign_checkpoint
from goodstanding.ledger.merkle import EMPTY_ROOT
from goodstanding.ledger.model import Recorded
from goodstanding.ledger.notes import signer_of
from goodstanding.storage.sqlite.faults import CheckpointAt, EntryAt, FileOf, KeyOf, NodeAt, RowAt, named
from goodstanding.storage.sqlite.folder import create_ledger
from goodstanding.storage.sqlite.keys import SqliteKeys, create_keys
from goodstanding.storage.sqlite.ledger import SqliteLedger
from goodstanding.storage.sqlite.rebuild import rebuild_projections


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    """A closed desk with three pairs of two owners, one of them lifted."""
    folder = made(tmp_path / "desk")
    with opened(folder) as ledger:
        for command in (issue("a"), issue("b", subject="own-2"), issue("c"), lift("c")):
            ledger.submit(command, actor="per-1").result()
    return folder


def change(folder: Path, statement: str, *values: object, name: str = "ledger.db") -> None:
    """Change a closed desk behind its back."""
    with closing(sqlite3.connect(folder / name)) as connection, connection:
        connection.execute(statement, values)


def spots(folder: Path, *known: str) -> set[str]:
    """The names of all that `verify` finds wrong."""
    return {named(fault.at) for fault in faults(folder, *known)}


def test_a_desk_is_made_once(desk: Path) -> None:
    with pytest.raises(LedgerError, match="already"):
        create_ledger(desk, signer=SIGNER)
    assert faults(desk) == []


def test_a_making_that_was_cut_off_is_taken_up(tmp_path: Path) -> None:
    create_keys(tmp_path)
    sqlite3.connect(tmp_path / "ledger.db").close()
    with pytest.raises(LedgerMissingError, match="init"), opened(tmp_path):
        pass
    create_ledger(tmp_path, signer=SIGNER)
    with opened(tmp_path) as ledger:
        assert ledger.state.pairs == {}


def test_a_folder_without_a_desk_is_missing(tmp_path: Path) -> None:
    with pytest.raises(LedgerMissingError, match="key store"), opened(tmp_path):
        pass
    create_keys(tmp_path)
    keys = SqliteKeys(tmp_path, entropy=os.urandom)
    with pytest.raises(LedgerMissingError, match="no desk"):
        rebuild_projections(tmp_path, fold=TallyFold(), keys=keys)
    keys.close()
    with pytest.raises(LedgerMissingError, match="no desk"):
        faults(tmp_path)


def test_a_file_that_is_no_key_store_is_not_taken_for_one(tmp_path: Path) -> None:
    sqlite3.connect(tmp_path / "keys.db").close()
    with pytest.raises(LedgerMissingError, match="not a key store"):
        SqliteKeys(tmp_path, entropy=os.urandom)


def test_a_second_sequencer_is_told_who_is_the_first(desk: Path) -> None:
    with opened(desk), pytest.raises(LedgerLockedError, match=f"process {os.getpid()} "), opened(desk):
        pass
    with opened(desk):
        pass


def test_another_process_is_told_too(desk: Path) -> None:
    code = "import sys, pathlib; from contract.desks import opened\nwith opened(pathlib.Path(sys.argv[1])): pass"
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(["src", "tests"])}
    with opened(desk):
        run = subprocess.run(
            [sys.executable, "-c", code, desk],
            env=environment,
            cwd=Path(__file__).parents[3],
            capture_output=True,
            text=True,
            check=False,
        )
    assert f"LedgerLockedError: process {os.getpid()} is the sequencer" in run.stderr


def test_tables_of_a_newer_version_are_left_alone(desk: Path) -> None:
    change(desk, "INSERT INTO versions VALUES (2)")
    with pytest.raises(LedgerError, match="newer"), opened(desk):
        pass
    assert spots(desk) == {"file `ledger.db`"}


def test_a_record_of_another_key_is_not_opened(desk: Path) -> None:
    change(desk, "DELETE FROM checkpoints WHERE size > 0")
    stranger = signer_of("other.example/log", b"\x08" * 32)
    change(desk, "INSERT INTO checkpoints VALUES (7, ?)", sign_checkpoint(7, EMPTY_ROOT, stranger).encode())
    with pytest.raises(LedgerTamperedError, match="checkpoint 7"), opened(desk):
        pass


@pytest.mark.parametrize(
    ("statement", "message"),
    [
        ("UPDATE entries SET entry = x'00' WHERE seq = 2", "entry 2 is not what"),
        ("DELETE FROM entries WHERE seq = 3", "entry 3 is not what"),
        ("DELETE FROM entries WHERE seq = 6", "checkpoint 7 is not that of the 6 entries"),
        ("DELETE FROM nodes WHERE level = 0 AND position = 1", "entry 1 is not what"),
        ("DELETE FROM checkpoints WHERE size = 7", "checkpoint 6 is not that"),
        ("UPDATE checkpoints SET size = 8 WHERE size = 7", "checkpoint 8 is not that"),
        ("UPDATE projected SET size = 6", "rebuild the projections"),
    ],
)
def test_a_desk_that_was_changed_does_not_open(desk: Path, statement: str, message: str) -> None:
    change(desk, statement)
    with pytest.raises(LedgerTamperedError, match=message), opened(desk):
        pass


def test_a_lost_key_is_not_taken_for_an_erased_one(desk: Path) -> None:
    change(desk, "DELETE FROM keys WHERE subject = 'own-2'", name="keys.db")
    with pytest.raises(SealError, match="entry 2: there is no key of `own-2`"), opened(desk):
        pass
    assert spots(desk) == {"key of `own-2`"}


def test_the_reader_gives_entries_documents_and_rows(desk: Path) -> None:
    with opened(desk) as ledger:
        assert [one.seq for one in ledger.entries()] == list(range(7))
        assert [one.seq for one in ledger.entries(2, 4)] == [2, 3]
        assert ledger.document(0)["story"] == "what was said"
        assert ledger.projection("owners") == {"own-1": {"entries": 5}, "own-2": {"entries": 2}}
        assert sorted(ledger.projection("pairs")) == ["a", "b"]
        with pytest.raises(LedgerError, match="no entry 7: the record has 7"):
            ledger.document(7)


def test_an_erased_key_closes_its_documents_and_breaks_no_proof(desk: Path) -> None:
    with opened(desk) as ledger:
        checkpoint = ledger.checkpoint()
    keys = SqliteKeys(desk, entropy=os.urandom)
    key = keys.find("own-1")
    assert any(key in path.read_bytes() for path in desk.iterdir())
    keys.erase("own-1")
    keys.erase("own-1")
    assert not any(key in path.read_bytes() for path in desk.iterdir())
    with pytest.raises(ErasedError, match="on purpose"):
        keys.draw("own-1")
    with pytest.raises(SealError, match="to destroy"):
        keys.erase("nobody")
    assert rebuild_projections(desk, fold=TallyFold(), keys=keys) == 4
    keys.close()
    assert not any(key in path.read_bytes() for path in desk.iterdir())
    assert faults(desk, checkpoint) == []
    with opened(desk) as ledger:
        assert list(ledger.state.pairs) == ["a", "b"]
        assert ledger.state.stories[:4] == [None, None, "what was said", "what was said"]
        assert next(ledger.entries()).document is None
        for ask in (ledger.document, ledger.receipt):
            with pytest.raises(ErasedError):
                ask(0)


def test_a_key_that_another_process_reads_is_swept_when_it_is_gone(desk: Path) -> None:
    keys = SqliteKeys(desk, entropy=os.urandom)
    keys.draw("own-9")
    keys.settle()
    with closing(sqlite3.connect(desk / "keys.db", timeout=0, isolation_level=None)) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT * FROM keys").fetchall()
        keys._connection.execute("PRAGMA busy_timeout=0")
        with pytest.raises(LedgerError, match="erase again"):
            keys.erase("own-9")
    keys.erase("own-9")
    keys.close()


def test_projections_are_rebuilt_from_the_entries(desk: Path) -> None:
    change(desk, "DELETE FROM projection")
    change(desk, "UPDATE projected SET size = 0")
    keys = SqliteKeys(desk, entropy=os.urandom)
    assert rebuild_projections(desk, fold=TallyFold(), keys=keys) == 4
    keys.close()
    assert faults(desk) == []


class Forgetful(TallyFold):
    """A fold that takes each entry once only."""

    def __init__(self) -> None:
        self._seen: set[int] = set()

    def apply(self, state: Tally, recorded: Recorded) -> None:
        """Count, unless it was counted for another state."""
        if recorded.seq in self._seen:
            msg = "was seen before"
            raise ValueError(msg)
        self._seen.add(recorded.seq)
        super().apply(state, recorded)


def test_a_sequencer_that_cannot_go_on_leaves_nobody_waiting_and_the_record_whole(tmp_path: Path) -> None:
    folder = made(tmp_path / "desk")
    keys = SqliteKeys(folder, entropy=os.urandom)
    ledger = SqliteLedger(
        folder,
        fold=Forgetful(),
        keys=keys,
        signer=SIGNER,
        clock=Ticking(),
        entropy=os.urandom,
        ids=Counting(),
    )
    futures = [ledger.submit(issue(f"pair-{n}"), actor="per-1") for n in range(3)]
    for future in futures:
        assert isinstance(future.exception(timeout=30), LedgerError)
    with pytest.raises(LedgerError, match="closed"):
        ledger.submit(issue("late"), actor="per-1")
    ledger.close()
    keys.close()
    assert faults(folder) == []


def test_a_disk_that_refuses_fails_the_batch_and_the_next_one_goes_on(desk: Path) -> None:
    with opened(desk) as ledger:
        sequencer = ledger._sequencer._connection
        (pages,) = sequencer.execute("PRAGMA page_count").fetchone()
        sequencer.execute(f"PRAGMA max_page_count={pages}")
        huge = issue("huge", story="x" * 2_000_000)
        with pytest.raises(NotDurableError, match="full"):
            ledger.submit(huge, actor="per-1").result()
        assert list(ledger.state.pairs) == ["a", "b"]
        sequencer.execute("PRAGMA max_page_count=1000000")
        answer = ledger.submit(issue("d"), actor="per-1").result()
        assert not isinstance(answer, Refusal)
        assert answer[0].seq == 7
    assert faults(desk) == []


def test_a_key_store_that_refuses_fails_the_batch_and_the_next_one_goes_on(desk: Path) -> None:
    with opened(desk) as ledger:
        change(desk, "ALTER TABLE keys RENAME TO away", name="keys.db")
        with pytest.raises(NotDurableError, match="no such table"):
            ledger.submit(issue("d", subject="own-1"), actor="per-1").result()
        change(desk, "ALTER TABLE away RENAME TO keys", name="keys.db")
        answer = ledger.submit(issue("d", subject="own-7"), actor="per-1").result()
        assert not isinstance(answer, Refusal)
    assert spots(desk) <= {"file `keys.db`"}


@pytest.mark.parametrize(
    ("statement", "found"),
    [
        ("DELETE FROM entries WHERE seq = 2", {"entry 2"}),
        ("DELETE FROM entries WHERE seq = 6", {"entry 6"}),
        ("UPDATE entries SET seq = 9 WHERE seq = 6", {"entry 6", "entry 9"}),
        ("DELETE FROM nodes WHERE level = 0 AND position = 1", {"node (0, 1)"}),
        ("DELETE FROM nodes WHERE level = 0 AND position = 6", {"node (0, 6)"}),
        ("DELETE FROM nodes WHERE level = 2", {"node (2, 0)"}),
        ("INSERT INTO nodes VALUES (2, 1, x'00')", {"node (2, 1)"}),
        ("INSERT INTO nodes VALUES (-1, 0, x'00')", {"node (-1, 0)"}),
        ("DELETE FROM checkpoints WHERE size = 7", {"entry 6"}),
        ("UPDATE checkpoints SET size = 5 WHERE size = 7", {"checkpoint 5"}),
        ("DELETE FROM projection WHERE key = 'a'", {"projection row `pairs` `a`"}),
        ("INSERT INTO projection VALUES ('pairs', 'z', x'00')", {"projection row `pairs` `z`"}),
        ("UPDATE projected SET size = 6", {"projection row `projected` `size`"}),
        ("UPDATE entries SET entry = x'00' WHERE seq = 6", {"entry 6"}),
        ("UPDATE nodes SET hash = x'00' WHERE level = 0 AND position = 6", {"node (0, 6)"}),
        ("DROP TABLE projection", {"file `ledger.db`"}),
        ("CREATE TRIGGER t AFTER INSERT ON entries BEGIN DELETE FROM nodes; END", {"file `ledger.db`"}),
    ],
)
def test_verify_names_what_is_wrong(desk: Path, statement: str, found: set[str]) -> None:
    change(desk, statement)
    assert spots(desk) == found


def test_verify_sees_that_entries_and_their_nodes_were_written_anew(desk: Path, tmp_path: Path) -> None:
    other = made(tmp_path / "other")
    with opened(desk) as ledger:
        kept = ledger.checkpoint()
    with opened(other) as ledger:
        for pair in "abcd":
            ledger.submit(issue(pair), actor="per-1").result()
    assert spots(other) == set()
    assert spots(other, kept) == {"checkpoint 7"}


def test_verify_sees_that_the_record_was_shortened(desk: Path) -> None:
    with opened(desk) as ledger:
        kept = ledger.checkpoint()
    for statement in (
        "DELETE FROM entries WHERE seq = 6",
        "DELETE FROM nodes WHERE level = 0 AND position = 6",
        "DELETE FROM checkpoints WHERE size = 7",
    ):
        change(desk, statement)
    assert spots(desk, kept) == {"entry 6"}
    assert "entry 6" not in spots(desk)


def test_verify_refuses_a_kept_checkpoint_of_a_stranger(desk: Path) -> None:
    stranger = signer_of("other.example/log", b"\x08" * 32)
    with pytest.raises(ProofError, match="other keys"):
        faults(desk, sign_checkpoint(0, EMPTY_ROOT, stranger))


def test_verify_survives_files_that_are_no_databases(desk: Path) -> None:
    for name in ("ledger.db", "keys.db"):
        folder = shutil.copytree(desk, desk.parent / name)
        (folder / name).write_bytes(b"not a database at all" * 400)
        assert f"file `{name}`" in spots(folder)
    (desk / "keys.db").unlink()
    assert "file `keys.db`" in spots(desk)


def test_a_key_of_the_wrong_length_is_named(desk: Path) -> None:
    change(desk, "UPDATE keys SET key = x'00' WHERE subject = 'own-2'", name="keys.db")
    assert spots(desk) == {"key of `own-2`"}


def test_a_desk_is_verified_while_it_runs(desk: Path) -> None:
    with opened(desk) as ledger:
        ledger.submit(issue("d"), actor="per-1").result()
        assert faults(desk) == []


def test_faults_speak() -> None:
    spoken = [
        named(at)
        for at in (
            EntryAt(seq=1),
            NodeAt(level=2, index=3),
            CheckpointAt(size=4),
            RowAt(table="t", key="k"),
            KeyOf(subject="own-1"),
            FileOf(name="ledger.db"),
        )
    ]
    assert spoken == [
        "entry 1",
        "node (2, 3)",
        "checkpoint 4",
        "projection row `t` `k`",
        "key of `own-1`",
        "file `ledger.db`",
    ]
