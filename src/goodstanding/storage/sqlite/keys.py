"""Subjects' keys, in a file of their own.

Upholds P8: destroying a key erases what it sealed (GDPR art. 17), in the record and in every copy of it. A destroyed
key leaves a mark, so that "erased on purpose" and "lost" are told apart.
"""

from __future__ import annotations

import sqlite3
from pathlib import Path
from threading import Lock

from goodstanding.app.ports import Entropy
from goodstanding.errors import ErasedError, LedgerError, LedgerMissingError, SealError
from goodstanding.ledger.entry import KEY_BYTES
from goodstanding.storage.sqlite.schema import KEYS, KEYS_MIGRATIONS, connect, migrate, roll_back, version_of


def create_keys(folder: Path) -> None:
    """Make the key store of a desk; one that is there already is kept as it is."""
    connection = connect(folder / KEYS)
    try:
        connection.execute("BEGIN IMMEDIATE")
        migrate(connection, KEYS_MIGRATIONS)
        connection.execute("COMMIT")
    finally:
        connection.close()


class SqliteKeys:
    """The `Keys` of a desk; may be asked from any thread."""

    def __init__(self, folder: Path, *, entropy: Entropy) -> None:
        """Open the key store.

        Raises:
            LedgerMissingError: there is none in the folder.
        """
        path = folder / KEYS
        if not path.exists():
            msg = f"there is no key store at `{path}`: bring it back from its own backup, or run `goodstanding init`"
            raise LedgerMissingError(msg)
        self._entropy = entropy
        self._lock = Lock()
        self._drawn: dict[str, bytes] = {}
        self._connection = connect(path)
        if version_of(self._connection) != len(KEYS_MIGRATIONS):
            self._connection.close()
            msg = f"`{path}` is not a key store of this version: run `goodstanding init`, or use a newer goodstanding"
            raise LedgerMissingError(msg)

    def find(self, subject: str) -> bytes:
        """The key of a subject."""
        with self._lock:
            key = self._stored(subject)
        if key is None:
            msg = f"there is no key of `{subject}`: bring the key store back from its own backup"
            raise SealError(msg)
        return key

    def draw(self, subject: str) -> bytes:
        """The key of a subject, made if it has none."""
        with self._lock:
            key = self._drawn.get(subject) or self._stored(subject)
            if key is None:
                key = self._drawn[subject] = self._entropy(KEY_BYTES)
        return key

    def settle(self) -> None:
        """Make every key that was drawn durable."""
        with self._lock:
            if not self._drawn:
                return
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                self._connection.executemany("INSERT INTO keys VALUES (?, ?)", self._drawn.items())
                self._connection.execute("COMMIT")
            except sqlite3.Error:
                roll_back(self._connection)
                raise
            self._drawn.clear()

    def erase(self, subject: str) -> None:
        """Destroy the key of a subject, in the file and in its write-ahead log; a second time sweeps the log again.

        Raises:
            SealError: there never was one.
            LedgerError: another process is reading the store; run it again.
        """
        with self._lock:
            done = self._connection.execute("UPDATE keys SET key = NULL WHERE subject = ?", (subject,)).rowcount
            (busy, _, _) = self._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        if not done:
            msg = f"there is no key of `{subject}` to destroy"
            raise SealError(msg)
        if busy:
            msg = f"the key of `{subject}` is still in the log of the store: close its readers and erase again"
            raise LedgerError(msg)

    def close(self) -> None:
        """Close the file."""
        with self._lock:
            self._connection.close()

    def _stored(self, subject: str) -> bytes | None:
        """The durable key of a subject, if it ever had one."""
        row = self._connection.execute("SELECT key FROM keys WHERE subject = ?", (subject,)).fetchone()
        if row is None:
            return None
        if row[0] is None:
            msg = f"the key of `{subject}` was destroyed on purpose: what it sealed can't be opened by anyone"
            raise ErasedError(msg)
        return bytes(row[0])
