"""Desks on SQLite for the tests: made, opened, and looked through."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from contract.fakes import SIGNER, VKEY, Counting, Tally, TallyFold, Ticking
from goodstanding.storage.sqlite.faults import Fault
from goodstanding.storage.sqlite.folder import create_ledger
from goodstanding.storage.sqlite.keys import SqliteKeys
from goodstanding.storage.sqlite.ledger import SqliteLedger
from goodstanding.storage.sqlite.schema import Synchronous
from goodstanding.storage.sqlite.verify import verify


def made(folder: Path) -> Path:
    """A folder with an empty desk."""
    create_ledger(folder, signer=SIGNER)
    return folder


@contextmanager
def opened(folder: Path, synchronous: Synchronous = Synchronous.FULL) -> Iterator[SqliteLedger[Tally]]:
    """A desk with its sequencer, closed afterwards."""
    keys = SqliteKeys(folder, entropy=os.urandom)
    try:
        ledger = SqliteLedger(
            folder,
            fold=TallyFold(),
            keys=keys,
            signer=SIGNER,
            clock=Ticking(),
            entropy=os.urandom,
            ids=Counting(),
            synchronous=synchronous,
        )
        try:
            yield ledger
        finally:
            ledger.close()
    finally:
        keys.close()


def faults(folder: Path, *known: str) -> list[Fault]:
    """What `verify` finds."""
    return verify(folder, vkey=VKEY, fold=TallyFold(), known=known)
