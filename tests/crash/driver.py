"""A real process under load, to be killed: `python -m crash.driver FOLDER ACKS THREADS COMMANDS SYNCHRONOUS RUN`.

Each thread submits pairs and, once one is durable, appends a line `pair seq leaf seq leaf` to ACKS in one write.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from threading import Thread

from contract.desks import opened
from contract.fakes import Tally, issue
from goodstanding.app.ports import Refusal
from goodstanding.ledger.entry import entry_bytes
from goodstanding.ledger.merkle import leaf_hash
from goodstanding.storage.sqlite.ledger import SqliteLedger
from goodstanding.storage.sqlite.schema import Synchronous


def work(ledger: SqliteLedger[Tally], acks: int, name: str, commands: int) -> None:
    """Submit pairs one after the other, noting each that was acknowledged."""
    for number in range(commands):
        pair = f"{name}-{number}"
        subject = f"own-{name}-{number // 8}"
        answer = ledger.submit(issue(pair, subject=subject, story="x" * 300), actor="per-1").result()
        assert not isinstance(answer, Refusal)
        places = " ".join(f"{one.seq} {leaf_hash(entry_bytes(one.entry)).hex()}" for one in answer)
        os.write(acks, f"{pair} {places}\n".encode())


def main(arguments: list[str]) -> None:
    """Open the desk and load it with that many threads."""
    folder, acks, threads, commands, synchronous, run = arguments
    file = os.open(acks, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    with opened(Path(folder), Synchronous(synchronous)) as ledger:
        os.write(file, b"ready\n")
        workers = [
            Thread(target=work, args=(ledger, file, f"{run}.{number}", int(commands))) for number in range(int(threads))
        ]
        for worker in workers:
            worker.start()
        for worker in workers:
            worker.join()


if __name__ == "__main__":
    main(sys.argv[1:])
