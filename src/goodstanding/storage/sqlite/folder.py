"""Making a desk's folder, and opening the record in it for writing.

INVARIANT: a record exists from the commit that stores its first checkpoint, the signed empty tree. Making it may be cut
off at any point without harm: what is there is taken up when it is made again.
"""

from __future__ import annotations

import os
import sqlite3
from pathlib import Path

from goodstanding.errors import LedgerError, LedgerMissingError
from goodstanding.ledger.checkpoint import sign_checkpoint
from goodstanding.ledger.merkle import EMPTY_ROOT
from goodstanding.ledger.notes import Signer
from goodstanding.storage.sqlite import tables
from goodstanding.storage.sqlite.keys import create_keys
from goodstanding.storage.sqlite.lock import Lock
from goodstanding.storage.sqlite.schema import (
    LEDGER,
    LEDGER_MIGRATIONS,
    Synchronous,
    connect,
    connect_to_read,
    migrate,
    roll_back,
    version_of,
)


def create_ledger(folder: Path, *, signer: Signer) -> None:
    """Make a folder with an empty record, signed, and an empty key store.

    Raises:
        LedgerError: there is a record in the folder.
        LedgerLockedError: another process is making or running one.
    """
    folder.mkdir(parents=True, exist_ok=True)
    lock = Lock(folder)
    try:
        create_keys(folder)
        _create(folder / LEDGER, signer)
        for directory in (folder, folder.parent):
            _settle(directory)
    finally:
        lock.release()


def require_ledger(folder: Path) -> None:
    """Refuse a folder without a record.

    Raises:
        LedgerMissingError: there is none.
    """
    path = folder / LEDGER
    if path.exists():
        connection = connect_to_read(path)
        try:
            if version_of(connection):
                return
        finally:
            connection.close()
    msg = f"there is no desk at `{folder}`: make one with `goodstanding init`"
    raise LedgerMissingError(msg)


def open_to_write(folder: Path, synchronous: Synchronous) -> sqlite3.Connection:
    """The writing connection of a record, brought to the newest version; the caller holds the lock.

    Raises:
        LedgerError: a newer goodstanding made it.
    """
    connection = connect(folder / LEDGER, synchronous)
    try:
        _in_transaction(connection)
    except BaseException:
        connection.close()
        raise
    return connection


def _create(path: Path, signer: Signer) -> None:
    """The tables and the first checkpoint, in one transaction."""
    connection = connect(path)
    try:
        if version_of(connection):
            msg = f"there is a record at `{path}` already: open it, or choose another folder"
            raise LedgerError(msg)
        _in_transaction(connection, first=sign_checkpoint(0, EMPTY_ROOT, signer))
    finally:
        connection.close()


def _in_transaction(connection: sqlite3.Connection, first: str | None = None) -> None:
    """Bring the tables to the newest version, with the first checkpoint where the record is new."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        migrate(connection, LEDGER_MIGRATIONS)
        if first is not None:
            tables.write_checkpoint(connection, 0, first)
        connection.execute("COMMIT")
    except BaseException:
        roll_back(connection)
        raise


def _settle(directory: Path) -> None:
    """Make the names in a directory durable."""
    descriptor = os.open(directory, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
