"""Who is the sequencer: an advisory lock on a file, which the system lets go of when its process dies."""

from __future__ import annotations

import fcntl
import os
from pathlib import Path

from goodstanding.errors import LedgerLockedError

LOCK = "ledger.lock"


class Lock:
    """The sequencer's lock on a desk's folder, held from making to `release`."""

    def __init__(self, folder: Path) -> None:
        """Take the lock.

        Raises:
            LedgerLockedError: another process holds it; its message names the process.
        """
        self._file = os.open(folder / LOCK, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            holder = os.pread(self._file, 32, 0).decode("ascii", "replace").strip() or "unknown"
            os.close(self._file)
            msg = f"process {holder} is the sequencer of `{folder}`: use its interface, or stop it first"
            raise LedgerLockedError(msg) from error
        os.ftruncate(self._file, 0)
        os.pwrite(self._file, f"{os.getpid()}\n".encode("ascii"), 0)

    def release(self) -> None:
        """Let go; the file stays, since removing it would let two processes hold two files of one name."""
        os.close(self._file)
