"""Checkpoints (C2SP `tlog-checkpoint`): the operator's signed word on the size and root of the whole record.

A checkpoint says that there is one record and how long it is; it says no time. Upholds P8.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import msgspec

from goodstanding.errors import ProofError
from goodstanding.ledger.armour import decoded, encoded
from goodstanding.ledger.notes import open_note, sign_note

if TYPE_CHECKING:
    from goodstanding.ledger.notes import Signer, Verifier

_SIZE = re.compile(r"0|[1-9][0-9]{0,15}")
_ROOT_BYTES = 32
_LINES = 3


class Checkpoint(msgspec.Struct, frozen=True, kw_only=True):
    """The head of a tree: whose, how many entries, which root."""

    origin: str
    size: int
    root: bytes


def sign_checkpoint(size: int, root: bytes, signer: Signer) -> str:
    """The signed note of a tree head; its origin is the signer's name."""
    return sign_note(f"{signer.name}\n{size}\n{encoded(root)}\n", signer)


def read_checkpoint(note: str, verifier: Verifier) -> Checkpoint:
    """Read a checkpoint that the key signed; lines after the third are passed over.

    Raises:
        ProofError: the signature does not verify, the origin is another, or the lines are not those of a checkpoint.
    """
    lines = open_note(note, verifier).removesuffix("\n").split("\n")
    try:
        origin, size, written = lines[:_LINES]
        root = decoded(written)
    except ValueError as error:
        msg = "the format is wrong: it reads origin, size and root, one a line"
        raise ProofError(msg) from error
    if not all(lines) or _SIZE.fullmatch(size) is None or len(root) != _ROOT_BYTES:
        msg = "the format is wrong: its size is a plain number and its root has 32 bytes"
        raise ProofError(msg)
    if origin != verifier.name:
        msg = f"the checkpoint is of `{origin}`, the key is of `{verifier.name}`: ask for the receipt of the right log"
        raise ProofError(msg)
    return Checkpoint(origin=origin, size=int(size), root=root)
