"""Receipts: what anyone needs to check one entry offline, with the document and the operator's public key.

Decides whether a receipt proves that this document was recorded, and says what it leaves unproved: the time in the
entry is the operator's claim until a witness covers it. Upholds P8.
"""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

import msgspec

from goodstanding.errors import ProofError
from goodstanding.kernel.canonical import Json, canonical
from goodstanding.ledger.armour import decoded
from goodstanding.ledger.checkpoint import read_checkpoint
from goodstanding.ledger.entry import SECRET_SALT_BYTES, commitment, read_entry
from goodstanding.ledger.merkle import leaf_hash, verify_inclusion
from goodstanding.ledger.model import Entry, Receipt
from goodstanding.ledger.notes import read_vkey

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

FORMAT = "goodstanding-receipt@1"


class Verified(msgspec.Struct, frozen=True, kw_only=True):
    """What a receipt proves: this entry, at this place, in a record of this size."""

    entry: Entry
    index: int
    tree_size: int
    time_claimed_by: str = "operator"


class _File(msgspec.Struct, forbid_unknown_fields=True):
    """A receipt as it stands in a file."""

    format: str
    entry: str
    secret_salt: str
    index: int
    proof: tuple[str, ...]
    checkpoint: str


def verify_receipt(receipt: Receipt, document: Mapping[str, Json], vkey: str) -> Verified:
    """Check a receipt against the document that it is said to be of.

    Raises:
        ProofError: its message begins with the check that failed: `format`, `commitment`, `checkpoint` or `inclusion`.
    """
    raw, secret_salt = _decoded(receipt.entry), _decoded(receipt.secret_salt)
    proof = [_decoded(step) for step in receipt.proof]
    with _check("format"):
        entry = read_entry(raw)
    _committed(entry, secret_salt, document)
    with _check("checkpoint"):
        checkpoint = read_checkpoint(receipt.checkpoint, read_vkey(vkey))
    with _check("inclusion"):
        verify_inclusion(leaf_hash(raw), receipt.index, checkpoint.size, proof, checkpoint.root)
    return Verified(entry=entry, index=receipt.index, tree_size=checkpoint.size)


def receipt_bytes(receipt: Receipt) -> bytes:
    """The canonical JSON of a receipt, for a file."""
    return canonical({"format": FORMAT, **msgspec.to_builtins(receipt)})


def read_receipt(raw: bytes) -> Receipt:
    """Read a receipt from a file.

    Raises:
        ProofError: the file is not a receipt of a format that this version knows.
    """
    try:
        file = msgspec.json.decode(raw, type=_File)
    except (msgspec.DecodeError, ValueError) as error:
        msg = f"format: the file is not a receipt: {error}"
        raise ProofError(msg) from error
    if file.format != FORMAT:
        msg = f"format: `{file.format}` is not `{FORMAT}`: use a newer goodstanding"
        raise ProofError(msg)
    return Receipt(
        entry=file.entry,
        secret_salt=file.secret_salt,
        index=file.index,
        proof=file.proof,
        checkpoint=file.checkpoint,
    )


@contextmanager
def _check(name: str) -> Iterator[None]:
    """Put the name of the check before what it says."""
    try:
        yield
    except ProofError as error:
        msg = f"{name}: {error}"
        raise ProofError(msg) from error


def _committed(entry: Entry, secret_salt: bytes, document: Mapping[str, Json]) -> None:
    """Refuse a document that is not the one the entry commits to."""
    try:
        promised = commitment(secret_salt, canonical({**document}))
    except ValueError as error:
        msg = f"commitment: the document can't have been recorded: {error}"
        raise ProofError(msg) from error
    if len(secret_salt) != SECRET_SALT_BYTES or promised != entry.commits:
        msg = "commitment: the entry commits to another document: some word of this one was changed"
        raise ProofError(msg)


def _decoded(text: str) -> bytes:
    """Read base64 in a receipt."""
    try:
        return decoded(text)
    except ValueError as error:
        msg = "format: a part of the receipt is not base64: fetch it again"
        raise ProofError(msg) from error
