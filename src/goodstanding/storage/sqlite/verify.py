"""Whether a stored record is what was written; if not, which entry, node, checkpoint, projection row or key is wrong.

Reads without the sequencer's lock, at one moment of the record, and changes nothing. A damaged file is a fault among
others. Every part is held against the part that it was made from: entries and leaf hashes against each other and the
tree, documents against what entries commit to, nodes against leaves, roots against signed checkpoints, projection rows
against all entries (only where no entry is at fault: the rest would be guesses). Upholds P8.

What it can't see: a record that the operator shortened, or wrote anew and signed again. Against that, give the
checkpoints that others kept (`known`).
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Generic, TypeAlias, TypeVar

from goodstanding.app.ports import Fold
from goodstanding.errors import LedgerMissingError, ProofError, SealError
from goodstanding.kernel.canonical import Json
from goodstanding.ledger.checkpoint import Checkpoint, read_checkpoint
from goodstanding.ledger.entry import KEY_BYTES, held_to, read_entry, unseal
from goodstanding.ledger.merkle import Frontier, leaf_hash, node_hash
from goodstanding.ledger.model import Entry, Recorded
from goodstanding.ledger.notes import Verifier, read_vkey
from goodstanding.storage.sqlite.faults import CheckpointAt, EntryAt, Fault, FileOf, KeyOf, NodeAt, RowAt, Spot
from goodstanding.storage.sqlite.replay import Projecting
from goodstanding.storage.sqlite.schema import (
    KEYS,
    KEYS_MIGRATIONS,
    LEDGER,
    LEDGER_MIGRATIONS,
    connect_to_read,
    migrate,
    shape_of,
)

S = TypeVar("S")

Keyring: TypeAlias = dict[str, bytes | None]
"""Every subject's key, `None` where it was destroyed on purpose."""

Migrations: TypeAlias = tuple[tuple[str, ...], ...]

Stage: TypeAlias = Callable[[sqlite3.Connection], None]

Hashes: TypeAlias = list[bytes | None]
"""One level of the tree, `None` where nothing can be trusted."""

# A damaged file may hold any type anywhere, whatever the table says.
_KEYS = "SELECT coalesce(CAST(subject AS TEXT), ''), key FROM keys"
_CHECKPOINTS = "SELECT size, coalesce(CAST(note AS BLOB), x'') FROM checkpoints ORDER BY size"
_ENTRIES = "SELECT seq, coalesce(CAST(entry AS BLOB), x'') FROM entries ORDER BY seq"
_PLACES = "SELECT coalesce(CAST(level AS INTEGER), -1), coalesce(CAST(position AS INTEGER), -1) FROM nodes"
_LEVEL = "SELECT position, coalesce(CAST(hash AS BLOB), x'') FROM nodes WHERE level = ?"
_PARENT = "SELECT coalesce(CAST(hash AS BLOB), x'') FROM nodes WHERE level = 1 AND position = ?"
_ROWS = """SELECT coalesce(CAST(name AS TEXT), ''), coalesce(CAST(key AS TEXT), ''), coalesce(CAST(value AS BLOB), x'')
    FROM projection"""


def verify(folder: Path, *, vkey: str, fold: Fold[S], known: Sequence[str] = ()) -> list[Fault]:
    """Everything that is wrong with the record in a folder; nothing, if it is what was written.

    `vkey` is the operator's public key, had from outside the folder; `known` are checkpoints that others kept.

    Raises:
        LedgerMissingError: there is no record in the folder.
        ProofError: `vkey` is not a public key, or did not sign one of `known`.
    """
    if not (folder / LEDGER).exists():
        msg = f"there is no desk at `{folder}`: name the folder that holds `{LEDGER}`"
        raise LedgerMissingError(msg)
    verifier = read_vkey(vkey)
    audit = _Audit(fold, verifier, [read_checkpoint(note, verifier) for note in known])
    audit.look_at(folder / KEYS, KEYS_MIGRATIONS, [audit.keys])
    stages = [audit.checkpoints, audit.entries, audit.nodes, audit.roots, audit.projection]
    audit.look_at(folder / LEDGER, LEDGER_MIGRATIONS, stages)
    return audit.faults


class _Audit(Generic[S]):
    """What was found so far; a stage is a look at one table."""

    def __init__(self, fold: Fold[S], verifier: Verifier, known: Iterable[Checkpoint]) -> None:
        """Begin with nothing found."""
        self.faults: list[Fault] = []
        self._verifier = verifier
        self._keyring: Keyring = {}
        self._checkpoints = [*known]
        self._leaves: Hashes = []
        self._projecting: Projecting[S] | None = Projecting(fold)
        self._opened: set[str] = set()
        self._unopened: list[tuple[int, str]] = []

    def look_at(self, path: Path, migrations: Migrations, stages: Sequence[Stage]) -> None:
        """Run the stages of one file at one moment of it, each as far as the file can be read."""
        with self._surviving(path), closing(connect_to_read(path)) as connection:
            connection.text_factory = _legible
            connection.execute("BEGIN")
            for stage in (lambda c: self._file(c, path.name, migrations), *stages):
                with self._surviving(path):
                    stage(connection)

    def keys(self, connection: sqlite3.Connection) -> None:
        """Take the keys, and hold their length."""
        for subject, key in connection.execute(_KEYS):
            if key is not None and (not isinstance(key, bytes) or len(key) != KEY_BYTES):
                self._blame(KeyOf(subject=subject), f"is not a key of {KEY_BYTES} bytes")
                self._keyring[subject] = b""
            else:
                self._keyring[subject] = key

    def checkpoints(self, connection: sqlite3.Connection) -> None:
        """Hold every stored checkpoint against the operator's key."""
        for size, note in connection.execute(_CHECKPOINTS):
            self._checkpoint(size, note)

    def entries(self, connection: sqlite3.Connection) -> None:
        """Hold every entry against its leaf hash, its own form, its document and what it commits to."""
        (count,) = connection.execute("SELECT count(*) FROM entries").fetchone()
        size = max([count, *(checkpoint.size for checkpoint in self._checkpoints)])
        stored = _level(connection, 0)
        rows = connection.execute(_ENTRIES)
        expected = iter(range(size))
        for seq, raw in rows:
            if not 0 <= seq < size:
                self._blame(EntryAt(seq=seq), "stands outside the record")
                continue
            for missing in iter(lambda: next(expected), seq):
                self._missing(missing, stored)
            self._leaves.append(self._leaf(connection, seq, raw, stored))
        for missing in expected:
            self._missing(missing, stored)
        self._blame_unopened()

    def nodes(self, connection: sqlite3.Connection) -> None:
        """Hold every node above the leaves against its two children, and find those that should not be there."""
        hashes, level = self._leaves, 0
        while hashes:
            if level:
                stored = _level(connection, level)
                for index, wanted in enumerate(hashes):
                    if wanted is not None and stored.get(index) != wanted:
                        self._blame(NodeAt(level=level, index=index), "is not the hash of its two children")
            hashes, level = _parents(hashes), level + 1
        for at, index in connection.execute(_PLACES):
            if not (0 <= at < level and 0 <= index < len(self._leaves) >> at):
                self._blame(NodeAt(level=at, index=index), "covers entries that the record does not have")

    def roots(self, _connection: sqlite3.Connection) -> None:
        """Hold the root of every checkpoint against the entries, as far as these can be trusted."""
        wanted: dict[int, list[Checkpoint]] = {}
        for checkpoint in self._checkpoints:
            wanted.setdefault(checkpoint.size, []).append(checkpoint)
        frontier, agreed = Frontier(), 0
        for leaf in (*self._leaves, None):
            for checkpoint in wanted.get(frontier.size, ()):
                if checkpoint.root == frontier.root:
                    agreed = frontier.size
                else:
                    story = (
                        f"its root is not that of the entries: one from {agreed} on is not the one it was signed over"
                    )
                    self._blame(CheckpointAt(size=checkpoint.size), story)
            if leaf is None:
                break
            frontier, _ = frontier.append(leaf)
        newest = max(wanted, default=0)
        if newest < len(self._leaves) and not any(isinstance(f.at, CheckpointAt) for f in self.faults):
            self._blame(EntryAt(seq=newest), "and all after it are under no checkpoint")

    def projection(self, connection: sqlite3.Connection) -> None:
        """Hold every projection row against what all entries amount to."""
        if self._projecting is None:
            return
        expected = dict(self._projecting.rows)
        for table, key, value in connection.execute(_ROWS):
            wanted = expected.pop((table, key), None)
            if wanted is None:
                self._blame(RowAt(table=table, key=key), "follows from no entry")
            elif wanted != value:
                self._blame(RowAt(table=table, key=key), "is not what the entries say")
        for table, key in expected:
            self._blame(RowAt(table=table, key=key), "is missing")
        if connection.execute("SELECT size FROM projected").fetchall() != [(len(self._leaves),)]:
            self._blame(RowAt(table="projected", key="size"), "is not the number of entries")

    def _file(self, connection: sqlite3.Connection, name: str, migrations: Migrations) -> None:
        """Hold a file against SQLite's own check and against the tables that it should have."""
        for (message,) in connection.execute("PRAGMA integrity_check"):
            if message != "ok":
                self._blame(FileOf(name=name), " ".join(message.split()))
        with closing(sqlite3.connect(":memory:")) as fresh:
            migrate(fresh, migrations)
            versions = list(range(1, len(migrations) + 1))
            found = [version for (version,) in connection.execute("SELECT version FROM versions ORDER BY version")]
            if shape_of(connection) != shape_of(fresh) or found != versions:
                self._blame(FileOf(name=name), "its tables are not those of this version")

    def _checkpoint(self, size: int, note: bytes) -> None:
        """Take a checkpoint, if the operator signed it."""
        try:
            checkpoint = read_checkpoint(note.decode("utf-8", "replace"), self._verifier)
        except ProofError as error:
            self._blame(CheckpointAt(size=size), str(error))
            return
        self._checkpoints.append(checkpoint)
        if size != checkpoint.size:
            self._blame(CheckpointAt(size=size), f"speaks of {checkpoint.size} entries")

    def _missing(self, seq: int, stored: Mapping[int, bytes]) -> None:
        """Note an entry that is gone; its leaf hash may still speak for it."""
        self._blame(EntryAt(seq=seq), "is missing")
        self._leaves.append(stored.get(seq))
        self._projecting = None

    def _leaf(self, connection: sqlite3.Connection, seq: int, raw: bytes, stored: Mapping[int, bytes]) -> bytes | None:
        """The leaf hash of an entry that can be trusted; where entry and node differ, the tree says which is wrong."""
        computed, kept = leaf_hash(raw), stored.get(seq)
        if computed == kept:
            self._entry(seq, raw)
            return computed
        with_kept, with_computed = (
            kept is not None and self._fits(connection, seq, kept, stored),
            self._fits(connection, seq, computed, stored),
        )
        if with_kept or not with_computed:
            self._blame(EntryAt(seq=seq), "its bytes are not those that were recorded")
            self._projecting = None
        if with_computed or not with_kept:
            self._blame(NodeAt(level=0, index=seq), "is not the hash of its entry")
            self._entry(seq, raw)
        if with_kept:
            return kept
        return computed if with_computed else None

    def _fits(self, connection: sqlite3.Connection, seq: int, leaf: bytes, stored: Mapping[int, bytes]) -> bool:
        """Whether a leaf hash agrees with the node above it, or where that is not complete, with a checkpoint."""
        sibling = stored.get(seq ^ 1)
        parent = connection.execute(_PARENT, (seq >> 1,)).fetchone()
        if parent is not None and sibling is not None:
            return bool(parent[0] == (node_hash(sibling, leaf) if seq & 1 else node_hash(leaf, sibling)))
        frontier = Frontier()
        for trusted in (*self._leaves, leaf):
            if trusted is None:
                return False
            frontier, _ = frontier.append(trusted)
        return any(c.root == frontier.root for c in self._checkpoints if c.size == frontier.size)

    def _entry(self, seq: int, raw: bytes) -> None:
        """Hold the bytes of an entry against its form, and its document against what it commits to."""
        try:
            entry = read_entry(raw)
            document = self._document(seq, entry)
        except (ProofError, SealError) as error:
            self._blame(EntryAt(seq=seq), str(error))
            self._projecting = None
            return
        if self._projecting is not None:
            self._projecting.take(Recorded(seq=seq, entry=entry, document=document))

    def _document(self, seq: int, entry: Entry) -> dict[str, Json] | None:
        """The document of an entry; one that its key does not open is put aside until all were tried."""
        key = self._keyring.get(entry.subject, b"")
        if key is None:
            return None
        try:
            plain = unseal(entry, key)
        except SealError:
            self._unopened.append((seq, entry.subject))
            self._projecting = None
            return None
        self._opened.add(entry.subject)
        return held_to(entry, plain)[0]

    def _blame_unopened(self) -> None:
        """A key that opens none of its entries is itself at fault; otherwise those are that it does not open."""
        blamed: set[str] = set()
        for seq, subject in self._unopened:
            if subject in self._opened:
                self._blame(EntryAt(seq=seq), f"the key of `{subject}` opens others, but not this")
            elif subject not in blamed:
                blamed.add(subject)
                self._blame(KeyOf(subject=subject), "opens none of its entries, or is lost")

    @contextmanager
    def _surviving(self, path: Path) -> Iterator[None]:
        """Make a fault of whatever SQLite can't read."""
        try:
            yield
        except (sqlite3.Error, UnicodeDecodeError, MemoryError) as error:  # its messages quote damaged names and sizes
            self._blame(FileOf(name=path.name), f"can't be read whole: {error}")
            self._projecting = None

    def _blame(self, at: Spot, message: str) -> None:
        """Add a fault."""
        self.faults.append(Fault(at=at, message=message))


def _level(connection: sqlite3.Connection, level: int) -> dict[int, bytes]:
    """The stored hashes of one level of the tree."""
    return dict(connection.execute(_LEVEL, (level,)).fetchall())


def _parents(hashes: Hashes) -> Hashes:
    """The complete nodes one level up."""
    pairs = zip(hashes[::2], hashes[1::2], strict=False)
    return [None if left is None or right is None else node_hash(left, right) for left, right in pairs]


def _legible(text: bytes) -> str:
    """Text from a file that may be damaged."""
    return text.decode("utf-8", "replace")
