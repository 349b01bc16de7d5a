"""The state as the disk has it: every entry read, hashed, opened and folded, and the head held against it.

Decides whether a record may be opened. Upholds P8 and P11: the state is what the entries say, and nothing else.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from typing import Generic, TypeVar

from goodstanding.app.ports import Fold, Keys
from goodstanding.errors import ErasedError, LedgerTamperedError, ProofError, SealError
from goodstanding.ledger.checkpoint import read_checkpoint
from goodstanding.ledger.entry import open_document, read_entry
from goodstanding.ledger.merkle import Frontier, leaf_hash
from goodstanding.ledger.model import Recorded
from goodstanding.ledger.notes import Verifier
from goodstanding.storage.sqlite.tables import RowName, changes_of, newest_checkpoint, projected_size

S = TypeVar("S")


def replay(
    connection: sqlite3.Connection, *, into: Sequence[S], fold: Fold[S], keys: Keys, verifier: Verifier
) -> Frontier:
    """Fold all entries into empty states and hold them against their leaf hashes and the newest checkpoint.

    Raises:
        LedgerTamperedError: an entry, a node, the checkpoint or the head of the projection is not what was written.
        SealError: the key of a document is lost, which is not the same as erased.
    """
    frontier = Frontier()
    query = """SELECT e.seq, e.entry, n.hash FROM entries e
        LEFT JOIN nodes n ON n.level = 0 AND n.position = e.seq ORDER BY e.seq"""
    for seq, raw, stored in connection.execute(query):
        leaf = leaf_hash(raw)
        if seq != frontier.size or leaf != stored:
            msg = f"entry {frontier.size} is not what was written: run `goodstanding ledger verify`"
            raise LedgerTamperedError(msg)
        frontier, _ = frontier.append(leaf)
        taken = recorded(seq, raw, keys)
        for state in into:
            fold.apply(state, taken)
    _hold_head(connection, frontier, verifier)
    return frontier


def recorded(seq: int, raw: bytes, keys: Keys) -> Recorded:
    """An entry from its bytes, with its document unless its key was erased.

    Raises:
        LedgerTamperedError: the bytes are no entry.
        SealError: its key is lost or opens nothing.
    """
    try:
        entry = read_entry(raw)
        document, _ = open_document(entry, keys.find(entry.subject))
    except ErasedError:
        return Recorded(seq=seq, entry=entry, document=None)
    except ProofError as error:
        msg = f"entry {seq}: {error}"
        raise LedgerTamperedError(msg) from error
    except SealError as error:
        msg = f"entry {seq}: {error}"
        raise SealError(msg) from error
    return Recorded(seq=seq, entry=entry, document=document)


def _hold_head(connection: sqlite3.Connection, frontier: Frontier, verifier: Verifier) -> None:
    """Refuse a head that does not say what the entries say."""
    size, note = newest_checkpoint(connection)
    try:
        checkpoint = read_checkpoint(note.decode("utf-8", "replace"), verifier)
    except ProofError as error:
        msg = f"checkpoint {size}: {error}"
        raise LedgerTamperedError(msg) from error
    if (checkpoint.size, checkpoint.root) != (frontier.size, frontier.root) or size != checkpoint.size:
        msg = f"checkpoint {size} is not that of the {frontier.size} entries: run `goodstanding ledger verify`"
        raise LedgerTamperedError(msg)
    projected = projected_size(connection)
    if projected != frontier.size:
        msg = f"the projection is of {projected} entries, the record has {frontier.size}: rebuild the projections"
        raise LedgerTamperedError(msg)


class Projecting(Generic[S]):
    """The projection rows that entries amount to, made from nothing, one entry after another."""

    def __init__(self, fold: Fold[S]) -> None:
        """Begin before the first entry."""
        self._fold = fold
        self._state = fold.empty()
        self.rows: dict[RowName, bytes] = {}

    def take(self, entry: Recorded) -> None:
        """Take one more entry in."""
        self._fold.apply(self._state, entry)
        for name, value in changes_of(self._fold.rows(self._state, (entry,))).items():
            if value is None:
                self.rows.pop(name, None)
            else:
                self.rows[name] = value
