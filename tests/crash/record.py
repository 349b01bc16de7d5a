"""What the crash tests ask of a desk that was cut off: nothing acknowledged is lost, and no pair is half there."""

from __future__ import annotations

import sys
from pathlib import Path

from contract.desks import faults, opened
from contract.fakes import issue
from goodstanding.app.ports import Refusal
from goodstanding.ledger.entry import entry_bytes
from goodstanding.ledger.merkle import leaf_hash
from goodstanding.ledger.model import Kind

WHOLE = [Kind.STATEMENT_ISSUED.value, Kind.RESTRICTION_IMPOSED.value]


def command(folder: Path, acks: Path, *, threads: int, commands: int, synchronous: str, run: str) -> list[str]:
    """The command line of the driver."""
    values = [folder, acks, threads, commands, synchronous, run]
    return [sys.executable, "-m", "crash.driver", *map(str, values)]


def acknowledged(text: bytes) -> dict[int, str]:
    """The leaf hash of each acknowledged place; a last line without its end was never heard."""
    places: dict[int, str] = {}
    for line in text.decode("ascii").split("\n")[:-1]:
        _, *rest = line.split(" ")
        places |= {int(seq): leaf for seq, leaf in zip(rest[::2], rest[1::2], strict=True)}
    return places


def lost(folder: Path, acks: dict[int, str]) -> list[int]:
    """Open the desk as it was left, look through it, and give the acknowledged places that are not as they were.

    That it opens, takes a further command, shows only whole pairs and verifies is asserted on the way.
    """
    with opened(folder) as ledger:
        leaves = {one.seq: leaf_hash(entry_bytes(one.entry)).hex() for one in ledger.entries()}
        assert all(acts == WHOLE for acts in ledger.state.pairs.values())
        assert {row["acts"] == WHOLE for row in ledger.projection("pairs").values()} <= {True}
        assert list(leaves) == list(range(len(leaves)))
        assert len(leaves) == 2 * len(ledger.state.pairs)
        answer = ledger.submit(issue(f"after-{len(leaves)}"), actor="per-1").result()
        assert not isinstance(answer, Refusal)
        assert answer[0].seq == len(leaves)
    assert faults(folder) == []
    return [seq for seq, leaf in acks.items() if leaves.get(seq) != leaf]
