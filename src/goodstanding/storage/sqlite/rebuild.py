"""Making the projections anew from the entries, for when the fold changed or a key was erased."""

from __future__ import annotations

from pathlib import Path
from typing import TypeVar

from goodstanding.app.ports import Fold, Keys
from goodstanding.storage.sqlite import tables
from goodstanding.storage.sqlite.folder import open_to_write, require_ledger
from goodstanding.storage.sqlite.lock import Lock
from goodstanding.storage.sqlite.replay import Projecting, recorded
from goodstanding.storage.sqlite.schema import Synchronous, roll_back

S = TypeVar("S")


def rebuild_projections(folder: Path, *, fold: Fold[S], keys: Keys) -> int:
    """Replace all projection rows by what the entries say, in one transaction; give the number of rows.

    Raises:
        LedgerLockedError: the desk is running.
        LedgerMissingError: there is no record in the folder.
        LedgerTamperedError: an entry is not what was written.
    """
    require_ledger(folder)
    lock = Lock(folder)
    try:
        connection = open_to_write(folder, Synchronous.FULL)
        try:
            connection.execute("BEGIN IMMEDIATE")
            size = tables.count_entries(connection)
            projecting = Projecting(fold)
            for seq, raw in tables.read_entries(connection, 0, size):
                projecting.take(recorded(seq, raw, keys))
            tables.clear_rows(connection)
            tables.write_rows(connection, projecting.rows, size)
            connection.execute("COMMIT")
        finally:
            roll_back(connection)
            connection.close()
    finally:
        lock.release()
    return len(projecting.rows)
