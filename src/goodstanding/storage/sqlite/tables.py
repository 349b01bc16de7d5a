"""What is read from and written to the tables of `ledger.db`; no rule lives here, and no transaction begins."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from typing import TypeAlias

from goodstanding.app.ports import Row
from goodstanding.kernel.canonical import canonical
from goodstanding.ledger.merkle import Node, Nodes

RowName: TypeAlias = tuple[str, str]
"""A row of a projection: which table, which key."""

Changes: TypeAlias = dict[RowName, bytes | None]
"""New values of projection rows, `None` where the row goes."""


def changes_of(rows: Iterable[Row]) -> Changes:
    """The rows as bytes; of two for one key the later counts."""
    return {(row.table, row.key): None if row.value is None else canonical(row.value) for row in rows}


def write_entries(connection: sqlite3.Connection, entries: Iterable[tuple[int, bytes]]) -> None:
    """Append entries."""
    connection.executemany("INSERT INTO entries VALUES (?, ?)", entries)


def write_nodes(connection: sqlite3.Connection, nodes: Iterable[Node]) -> None:
    """Append complete nodes of the tree."""
    connection.executemany("INSERT INTO nodes VALUES (?, ?, ?)", ((n.level, n.index, n.hash) for n in nodes))


def write_checkpoint(connection: sqlite3.Connection, size: int, note: str) -> None:
    """Append a checkpoint."""
    connection.execute("INSERT INTO checkpoints VALUES (?, ?)", (size, note.encode()))


def write_rows(connection: sqlite3.Connection, changes: Mapping[RowName, bytes | None], size: int) -> None:
    """Change the projection to what the first `size` entries make of it."""
    connection.executemany(
        "INSERT OR REPLACE INTO projection VALUES (?, ?, ?)",
        ((*name, value) for name, value in changes.items() if value is not None),
    )
    connection.executemany(
        "DELETE FROM projection WHERE name = ? AND key = ?", (name for name, value in changes.items() if value is None)
    )
    connection.execute("UPDATE projected SET size = ?", (size,))


def clear_rows(connection: sqlite3.Connection) -> None:
    """Empty the projection."""
    connection.execute("DELETE FROM projection")


def read_rows(connection: sqlite3.Connection, table: str) -> list[tuple[str, bytes]]:
    """The rows of one table of the projection, by key."""
    query = "SELECT key, value FROM projection WHERE name = ? ORDER BY key"
    return [(str(key), bytes(value)) for key, value in connection.execute(query, (table,))]


def read_entries(connection: sqlite3.Connection, start: int, stop: int) -> Iterator[tuple[int, bytes]]:
    """The entries from `start` up to `stop`, in order."""
    return iter(
        connection.execute("SELECT seq, entry FROM entries WHERE seq >= ? AND seq < ? ORDER BY seq", (start, stop))
    )


def read_entry_bytes(connection: sqlite3.Connection, seq: int) -> bytes | None:
    """The bytes of one entry, if there is one."""
    row = connection.execute("SELECT entry FROM entries WHERE seq = ?", (seq,)).fetchone()
    return None if row is None else bytes(row[0])


def count_entries(connection: sqlite3.Connection) -> int:
    """One more than the last place in the record."""
    (last,) = connection.execute("SELECT coalesce(max(seq), -1) FROM entries").fetchone()
    return int(last) + 1


def newest_checkpoint(connection: sqlite3.Connection) -> tuple[int, bytes]:
    """The size and the note of the newest checkpoint."""
    size, note = connection.execute("SELECT size, note FROM checkpoints ORDER BY size DESC LIMIT 1").fetchone()
    return int(size), bytes(note)


def projected_size(connection: sqlite3.Connection) -> int:
    """Of how many entries the projection was made."""
    (size,) = connection.execute("SELECT size FROM projected").fetchone()
    return int(size)


def node_reader(connection: sqlite3.Connection) -> Nodes:
    """A look-up of complete nodes, for proofs.

    The look-up raises `LookupError` where the node is missing.
    """

    def node(level: int, index: int) -> bytes:
        row = connection.execute("SELECT hash FROM nodes WHERE level = ? AND position = ?", (level, index)).fetchone()
        if row is None:
            msg = f"node ({level}, {index}) is missing"
            raise LookupError(msg)
        return bytes(row[0])

    return node
