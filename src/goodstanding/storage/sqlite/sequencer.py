"""The sequencer: one thread that runs commands in order and makes their entries durable together.

Decides which entries exist and in which order. Commands of a batch see the entries of those before them; a refused one
is dropped alone; every answer, refusals too, waits until what it rests on is durable (P8). What it folds
is what will be read back (P11).

Two states are kept: `_working` runs ahead inside a batch, `_published` follows after the commit and is all that others
see, so that nobody reads what a power cut could take back.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from concurrent.futures import Future
from contextlib import contextmanager, suppress
from datetime import datetime
from queue import Empty, SimpleQueue
from threading import Lock, Thread
from typing import Generic, TypeAlias, TypeVar

import msgspec

from goodstanding.app.ports import Clock, Command, Entropy, Fold, Ids, Keys, Refusal
from goodstanding.errors import LedgerError, NotDurableError
from goodstanding.ledger.checkpoint import sign_checkpoint
from goodstanding.ledger.entry import (
    NONCE_BYTES,
    SALT_BYTES,
    SECRET_SALT_BYTES,
    as_read,
    entry_bytes,
    seal,
)
from goodstanding.ledger.merkle import Frontier, Node, leaf_hash
from goodstanding.ledger.model import Draft, Recorded
from goodstanding.ledger.notes import Signer
from goodstanding.storage.sqlite import tables
from goodstanding.storage.sqlite.replay import replay
from goodstanding.storage.sqlite.schema import roll_back

S = TypeVar("S")

Answer: TypeAlias = "tuple[Recorded, ...] | Refusal"

LARGEST_BATCH = 1_000


class World(msgspec.Struct, Generic[S], frozen=True, kw_only=True):
    """All that the sequencer is given from outside."""

    fold: Fold[S]
    keys: Keys
    signer: Signer
    clock: Clock
    entropy: Entropy
    ids: Ids


class _Job(msgspec.Struct, Generic[S], frozen=True, kw_only=True, eq=False):
    """A command that was handed in."""

    command: Command[S]
    actor: str
    future: Future[Answer]


class _Written(msgspec.Struct, frozen=True, kw_only=True):
    """What an accepted command adds to the record."""

    entries: tuple[Recorded, ...]
    raw: tuple[bytes, ...]
    changes: tables.Changes


class Sequencer(Generic[S]):
    """Owns the writing connection; made and closed by `SqliteLedger`."""

    def __init__(self, connection: sqlite3.Connection, world: World[S]) -> None:
        """Fold the record and start the thread.

        Raises:
            LedgerTamperedError: the record is not what was written.
        """
        self._connection = connection
        self._world = world
        self._queue: SimpleQueue[_Job[S] | None] = SimpleQueue()
        self._gate = Lock()
        self._closed = False
        self._hold = Lock()
        self._published, self._working = world.fold.empty(), world.fold.empty()
        self._frontier = self._replay(self._published, self._working)
        self._batch: list[_Written] = []
        self._next = self._frontier.size
        self._stale = False
        self._thread = Thread(target=self._run, name="goodstanding-sequencer", daemon=True)
        self._thread.start()

    @property
    def state(self) -> S:
        """The state after every acknowledged entry."""
        return self._published

    @contextmanager
    def reading(self) -> Iterator[S]:
        """The state, held still."""
        with self._hold:
            yield self._published

    def submit(self, command: Command[S], *, actor: str) -> Future[Answer]:
        """Hand in a command.

        Raises:
            LedgerError: the ledger is closed.
        """
        job = _Job(command=command, actor=actor, future=Future())
        with self._gate:
            if self._closed:
                msg = "the ledger is closed: open it again"
                raise LedgerError(msg)
            self._queue.put(job)
        return job.future

    def close(self) -> None:
        """Answer what was handed in, then stop."""
        with self._gate:
            if not self._closed:
                self._queue.put(None)
            self._closed = True
        self._thread.join()

    def _run(self) -> None:
        """Take what waits as one batch, until told to stop."""
        going = True
        while going:
            batch, going = self._next_batch()
            try:
                self._answer(batch)
            except BaseException as error:  # noqa: BLE001  nobody else can answer those who wait
                self._give_up(batch, error)
                return

    def _next_batch(self) -> tuple[list[_Job[S]], bool]:
        """Wait for a command, take all that wait with it, and say whether to go on."""
        jobs = [self._queue.get()]
        while jobs[-1] is not None and len(jobs) < LARGEST_BATCH:
            try:
                jobs.append(self._queue.get_nowait())
            except Empty:
                break
        batch = [job for job in jobs if job is not None and job.future.set_running_or_notify_cancel()]
        return batch, jobs[-1] is not None

    def _answer(self, batch: Sequence[_Job[S]]) -> None:
        """Run a batch, make it durable, show it, and only then answer."""
        self._batch = []
        try:
            if self._stale:
                self._refold()
            self._next = self._frontier.size
            outcomes = [self._decide(job) for job in batch]
            self._commit()
        except (sqlite3.Error, OSError, LedgerError) as error:
            self._fail(batch, error)
            return
        self._publish()
        for job, outcome in zip(batch, outcomes, strict=True):
            if isinstance(outcome, BaseException):
                job.future.set_exception(outcome)
            else:
                job.future.set_result(outcome)

    def _decide(self, job: _Job[S]) -> Answer | BaseException:
        """Run one command; what it raises is its own answer."""
        world, now = self._world, self._world.clock.now()
        try:
            answer = job.command(self._working, now, world.ids)
            if isinstance(answer, Refusal):
                return answer
            entries, raw = self._sealed(answer, now, job.actor)
        except sqlite3.Error:  # the key store's trouble, not the command's
            raise
        except BaseException as error:  # noqa: BLE001  a command fails alone, whatever it raises
            return error
        try:
            for entry in entries:
                world.fold.apply(self._working, entry)
            changes = tables.changes_of(world.fold.rows(self._working, entries))
        except BaseException as error:  # noqa: BLE001  as above; the state may have taken half of it
            self._refold()
            return error
        self._batch.append(_Written(entries=entries, raw=raw, changes=changes))
        self._next += len(entries)
        return entries

    def _sealed(
        self, drafts: Sequence[Draft], now: datetime, actor: str
    ) -> tuple[tuple[Recorded, ...], tuple[bytes, ...]]:
        """Seal drafts at the next places of the record."""
        entropy, entries, raw = self._world.entropy, [], []
        for seq, draft in enumerate(map(as_read, drafts), start=self._next):
            entry = seal(
                draft,
                at=now,
                actor=actor,
                key=self._world.keys.draw(draft.subject),
                nonce=entropy(NONCE_BYTES),
                salt=entropy(SALT_BYTES),
                secret_salt=entropy(SECRET_SALT_BYTES),
            )
            raw.append(entry_bytes(entry))
            entries.append(Recorded(seq=seq, entry=entry, document=draft.document))
        return tuple(entries), tuple(raw)

    def _commit(self) -> None:
        """Make the batch durable: first the keys that it needs, then everything else at once."""
        raw = [bytes_ for written in self._batch for bytes_ in written.raw]
        if not raw:
            return
        frontier = self._frontier
        nodes: list[Node] = []
        for entry in raw:
            frontier, complete = frontier.append(leaf_hash(entry))
            nodes.extend(complete)
        changes: tables.Changes = {}
        for written in self._batch:
            changes |= written.changes
        note = sign_checkpoint(frontier.size, frontier.root, self._world.signer)
        self._world.keys.settle()
        self._connection.execute("BEGIN IMMEDIATE")
        tables.write_entries(self._connection, enumerate(raw, start=self._frontier.size))
        tables.write_nodes(self._connection, nodes)
        tables.write_checkpoint(self._connection, frontier.size, note)
        tables.write_rows(self._connection, changes, frontier.size)
        self._connection.execute("COMMIT")
        self._frontier = frontier

    def _publish(self) -> None:
        """Let others see what is durable now."""
        with self._hold:
            for written in self._batch:
                for entry in written.entries:
                    self._world.fold.apply(self._published, entry)

    def _fail(self, batch: Sequence[_Job[S]], error: Exception) -> None:
        """Tell a whole batch that nothing of it is certain; the next one starts from what the disk has."""
        self._stale = True
        with suppress(sqlite3.Error):
            roll_back(self._connection)
        for job in batch:
            answer = NotDurableError(f"nothing of this was acknowledged, try again: {error}")
            answer.__cause__ = error
            job.future.set_exception(answer)

    def _give_up(self, batch: Sequence[_Job[S]], error: BaseException) -> None:
        """Close for good, leaving nobody waiting; the record itself is whole."""
        with self._gate:
            self._closed = True
        waiting = [*batch]
        while not self._queue.empty():
            job = self._queue.get()
            if job is not None and job.future.set_running_or_notify_cancel():
                waiting.append(job)
        for job in waiting:
            if not job.future.done():
                answer = LedgerError(f"the sequencer stopped, open the ledger again to see what is recorded: {error!r}")
                answer.__cause__ = error
                job.future.set_exception(answer)

    def _refold(self) -> None:
        """Make the working state anew, from the disk and what this batch has accepted so far."""
        working = self._world.fold.empty()
        self._frontier = self._replay(working)
        for written in self._batch:
            for entry in written.entries:
                self._world.fold.apply(working, entry)
        self._working, self._stale = working, False

    def _replay(self, *into: S) -> Frontier:
        """Fold what the disk has."""
        return replay(
            self._connection,
            into=into,
            fold=self._world.fold,
            keys=self._world.keys,
            verifier=self._world.signer.verifier,
        )
