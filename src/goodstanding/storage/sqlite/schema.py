"""The tables of a desk, their versions, and how connections are set.

INVARIANT: everything that is hashed or compared is a BLOB of the very bytes, so that no text encoding or number
affinity of SQLite stands between what was written and what is checked.
"""

from __future__ import annotations

import sqlite3
from enum import StrEnum
from pathlib import Path

from goodstanding.errors import LedgerError

LEDGER = "ledger.db"
KEYS = "keys.db"

_LEDGER_1 = (
    "CREATE TABLE entries (seq INTEGER PRIMARY KEY, entry BLOB NOT NULL) STRICT",
    """CREATE TABLE nodes (level INTEGER NOT NULL, position INTEGER NOT NULL, hash BLOB NOT NULL,
    PRIMARY KEY (level, position)) STRICT, WITHOUT ROWID""",
    "CREATE TABLE checkpoints (size INTEGER PRIMARY KEY, note BLOB NOT NULL) STRICT",
    """CREATE TABLE projection (name TEXT NOT NULL, key TEXT NOT NULL, value BLOB NOT NULL,
    PRIMARY KEY (name, key)) STRICT, WITHOUT ROWID""",
    # How many entries the projection was made of.
    "CREATE TABLE projected (size INTEGER NOT NULL) STRICT",
    "INSERT INTO projected VALUES (0)",
)
_KEYS_1 = (
    # A key of NULL was destroyed on purpose.
    "CREATE TABLE keys (subject TEXT PRIMARY KEY, key BLOB) STRICT, WITHOUT ROWID",
)
_VERSIONS = "CREATE TABLE versions (version INTEGER PRIMARY KEY) STRICT"

LEDGER_MIGRATIONS = (_LEDGER_1,)
KEYS_MIGRATIONS = (_KEYS_1,)


class Synchronous(StrEnum):
    """How far SQLite waits for the disk; anything but `FULL` loses acknowledged entries when the power goes (P8)."""

    FULL = "FULL"
    NORMAL = "NORMAL"


def connect(path: Path, synchronous: Synchronous = Synchronous.FULL) -> sqlite3.Connection:
    """A connection that writes, in write-ahead mode, with transactions begun and ended by hand."""
    connection = sqlite3.connect(path, isolation_level=None, check_same_thread=False, timeout=30)
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute(f"PRAGMA synchronous={synchronous.value}")
    connection.execute("PRAGMA fullfsync=ON")
    connection.execute("PRAGMA secure_delete=ON")
    _harden(connection)
    return connection


def connect_to_read(path: Path) -> sqlite3.Connection:
    """A connection that can't write."""
    uri = f"{path.resolve().as_uri()}?mode=ro"
    connection = sqlite3.connect(uri, uri=True, isolation_level=None, check_same_thread=False, timeout=30)
    _harden(connection)
    return connection


def migrate(connection: sqlite3.Connection, migrations: tuple[tuple[str, ...], ...]) -> None:
    """Bring the tables to the newest version, inside the caller's transaction.

    Raises:
        LedgerError: a newer goodstanding made them.
    """
    done = version_of(connection)
    if done > len(migrations):
        msg = f"the tables have version {done}, this goodstanding knows {len(migrations)}: use the newer one"
        raise LedgerError(msg)
    if done == 0:
        connection.execute(_VERSIONS)
    for version, statements in enumerate(migrations[done:], start=done + 1):
        for statement in statements:
            connection.execute(statement)
        connection.execute("INSERT INTO versions VALUES (?)", (version,))


def roll_back(connection: sqlite3.Connection) -> None:
    """Leave a transaction that failed; SQLite may have left it already."""
    if connection.in_transaction:
        connection.execute("ROLLBACK")


def version_of(connection: sqlite3.Connection) -> int:
    """The version of the tables; 0 where there are none."""
    if connection.execute("SELECT 1 FROM sqlite_schema WHERE name = 'versions'").fetchone() is None:
        return 0
    (version,) = connection.execute("SELECT coalesce(max(version), 0) FROM versions").fetchone()
    return int(version)


def shape_of(connection: sqlite3.Connection) -> list[tuple[object, ...]]:
    """The tables as SQLite keeps them, to be compared."""
    return connection.execute("SELECT type, name, tbl_name, sql FROM sqlite_schema ORDER BY name").fetchall()


def _harden(connection: sqlite3.Connection) -> None:
    """Believe nothing that stands in the file beyond the rows."""
    connection.execute("PRAGMA trusted_schema=OFF")
    connection.execute("PRAGMA cell_size_check=ON")
