"""The record of a desk in SQLite, as `app` sees it; the sequencer decides, this reads and hands on. Upholds P8."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from concurrent.futures import Future
from contextlib import AbstractContextManager, ExitStack, contextmanager
from pathlib import Path
from threading import Lock
from typing import Generic, TypeVar

import msgspec

from goodstanding.app.ports import Clock, Command, Entropy, Fold, Ids, Keys
from goodstanding.errors import LedgerError
from goodstanding.kernel.canonical import Json
from goodstanding.ledger.armour import encoded
from goodstanding.ledger.entry import open_document, read_entry
from goodstanding.ledger.merkle import inclusion_proof
from goodstanding.ledger.model import Receipt, Recorded
from goodstanding.ledger.notes import Signer
from goodstanding.storage.sqlite import tables
from goodstanding.storage.sqlite.folder import open_to_write, require_ledger
from goodstanding.storage.sqlite.lock import Lock as FolderLock
from goodstanding.storage.sqlite.replay import recorded
from goodstanding.storage.sqlite.schema import LEDGER, Synchronous, connect_to_read
from goodstanding.storage.sqlite.sequencer import Answer, Sequencer, World

S = TypeVar("S")

_CHUNK = 500


class SqliteLedger(Generic[S]):
    """The `Ledger` of a desk's folder, with its sequencer; may be used from any thread.

    `synchronous` other than `FULL` breaks P8 and is there for the test that proves that `FULL` is needed.
    """

    def __init__(
        self,
        folder: Path,
        *,
        fold: Fold[S],
        keys: Keys,
        signer: Signer,
        clock: Clock,
        entropy: Entropy,
        ids: Ids,
        synchronous: Synchronous = Synchronous.FULL,
    ) -> None:
        """Become the sequencer of a folder and fold its record.

        Raises:
            LedgerLockedError: another process is its sequencer.
            LedgerMissingError: there is no record in the folder.
            LedgerTamperedError: the record is not what was written.
        """
        require_ledger(folder)
        self._keys = keys
        self._hold = Lock()
        with ExitStack() as opened:
            opened.callback(FolderLock(folder).release)
            writer = open_to_write(folder, synchronous)
            opened.callback(writer.close)
            self._reader = connect_to_read(folder / LEDGER)
            opened.callback(self._reader.close)
            world = World(fold=fold, keys=keys, signer=signer, clock=clock, entropy=entropy, ids=ids)
            self._sequencer = Sequencer(writer, world)
            opened.callback(self._sequencer.close)
            self._opened = opened.pop_all()

    @property
    def state(self) -> S:
        """The state after every acknowledged entry."""
        return self._sequencer.state

    def reading(self) -> AbstractContextManager[S]:
        """The same state, held still while it is read."""
        return self._sequencer.reading()

    def submit(self, command: Command[S], *, actor: str) -> Future[Answer]:
        """Hand a command to the sequencer.

        Raises:
            LedgerError: the ledger is closed.
        """
        return self._sequencer.submit(command, actor=actor)

    def close(self) -> None:
        """Answer what was handed in, then let go of the folder; the keys stay with whoever gave them."""
        self._opened.close()

    def entries(self, start: int = 0, stop: int | None = None) -> Iterator[Recorded]:
        """The entries from `start` up to `stop`, or all there are."""
        with self._reading() as reader:
            end = tables.count_entries(reader) if stop is None else stop
        for first in range(start, end, _CHUNK):
            with self._reading() as reader:
                chunk = list(tables.read_entries(reader, first, min(first + _CHUNK, end)))
            for seq, raw in chunk:
                yield recorded(seq, raw, self._keys)

    def document(self, seq: int) -> dict[str, Json]:
        """The document of one entry.

        Raises:
            ErasedError: its key was destroyed.
            LedgerError: there is no such entry.
        """
        with self._reading() as reader:
            entry = read_entry(_entry(reader, seq))
        return open_document(entry, self._keys.find(entry.subject))[0]

    def projection(self, table: str) -> dict[str, dict[str, Json]]:
        """The rows of one table of the projection, by key."""
        with self._reading() as reader:
            return {key: msgspec.json.decode(value) for key, value in tables.read_rows(reader, table)}

    def checkpoint(self) -> str:
        """The newest checkpoint, a signed note, for whoever keeps a witness of the record."""
        with self._reading() as reader:
            return tables.newest_checkpoint(reader)[1].decode()

    def receipt(self, seq: int) -> Receipt:
        """The receipt of an entry under the newest checkpoint.

        Raises:
            ErasedError: its key was destroyed, and the secret salt with it.
            LedgerError: there is no such entry.
        """
        with self._reading() as reader:
            raw = _entry(reader, seq)
            size, note = tables.newest_checkpoint(reader)
            proof = inclusion_proof(seq, size, tables.node_reader(reader))
        entry = read_entry(raw)
        _, secret_salt = open_document(entry, self._keys.find(entry.subject))
        return Receipt(
            entry=encoded(raw),
            secret_salt=encoded(secret_salt),
            index=seq,
            proof=tuple(encoded(step) for step in proof),
            checkpoint=note.decode(),
        )

    @contextmanager
    def _reading(self) -> Iterator[sqlite3.Connection]:
        """One moment of the record, for one reader at a time."""
        with self._hold:
            self._reader.execute("BEGIN")
            try:
                yield self._reader
            finally:
                self._reader.execute("COMMIT")


def _entry(reader: sqlite3.Connection, seq: int) -> bytes:
    """The bytes of an entry that must be there."""
    raw = tables.read_entry_bytes(reader, seq)
    if raw is None:
        msg = f"there is no entry {seq}: the record has {tables.count_entries(reader)}, counted from 0"
        raise LedgerError(msg)
    return raw
