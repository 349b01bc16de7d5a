"""How one act becomes bytes: sealing its document, committing to it, and canonical JSON in and out.

Decides what is encrypted, what the encryption is bound to, and what a well-formed entry is. Keys, nonces and salts come
from outside; where entries are kept is for `storage`. Upholds P8 (rewriting is detectable; personal data can be erased
without breaking a proof, GDPR art. 17) and P11 (every format keeps its reader and writer).

INVARIANT: `sealed` is nonce ‖ AES-256-GCM(secret salt ‖ canonical document), with the canonical JSON of all other
fields as associated data, so that no sealed document can be moved to another entry. `commits` is the SHA-256 of the
same secret salt and document: it can be checked without the key, and says nothing to a guesser without the salt.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from goodstanding.errors import ProofError, SealError
from goodstanding.kernel.canonical import Json, canonical
from goodstanding.kernel.digests import Digest, digest_of_bytes, is_digest
from goodstanding.kernel.instants import instant, iso, utc
from goodstanding.ledger.armour import decoded, encoded
from goodstanding.ledger.model import FORMAT, Draft, Entry, Kind

if TYPE_CHECKING:
    from datetime import datetime

KEY_BYTES = 32
NONCE_BYTES = 12
SALT_BYTES = 16
SECRET_SALT_BYTES = 32


class _Version(msgspec.Struct):
    """The only field that every format has in common."""

    v: int


class _Written(msgspec.Struct, forbid_unknown_fields=True):
    """Format 1 as it stands in JSON."""

    v: int
    kind: Kind
    at: str
    actor: str
    case: str
    subject: str
    clear: dict[str, Any]
    sealed: str
    commits: str
    salt: str


def as_read(draft: Draft) -> Draft:
    """The draft as it will be read back, so that what is folded now is what is folded after a restart.

    Raises:
        ValueError: it holds what canonical JSON can't carry.
    """
    clear, document = msgspec.json.decode(canonical([draft.clear, draft.document]))
    return msgspec.structs.replace(draft, clear=clear, document=document)


def seal(draft: Draft, *, at: datetime, actor: str, key: bytes, nonce: bytes, salt: bytes, secret_salt: bytes) -> Entry:
    """Make an entry of a draft: encrypt its document and commit to it.

    `key` has 32 bytes, `nonce` 12 (never twice with one key), `salt` 16, `secret_salt` 32.

    Raises:
        ValueError: a length is wrong, or the draft holds what canonical JSON can't carry.
    """
    if (len(key), len(nonce), len(salt), len(secret_salt)) != (KEY_BYTES, NONCE_BYTES, SALT_BYTES, SECRET_SALT_BYTES):
        msg = "a key, nonce or salt has the wrong length: give 32, 12, 16 and 32 bytes"
        raise ValueError(msg)
    document = canonical(draft.document)
    bare = Entry(
        v=FORMAT,
        kind=draft.kind,
        at=utc(at),
        actor=actor,
        case=draft.case,
        subject=draft.subject,
        clear=draft.clear,
        sealed="",
        commits=commitment(secret_salt, document),
        salt=encoded(salt),
    )
    sealed = AESGCM(key).encrypt(nonce, secret_salt + document, _bound(bare))
    return msgspec.structs.replace(bare, sealed=encoded(nonce + sealed))


def open_document(entry: Entry, key: bytes) -> tuple[dict[str, Json], bytes]:
    """The document of an entry and its secret salt.

    Raises:
        SealError: the key is not the one it was sealed with, a field of the entry was changed, or the document is not
            the one that the entry commits to.
    """
    return held_to(entry, unseal(entry, key))


def unseal(entry: Entry, key: bytes) -> bytes:
    """The secret salt and the document's bytes, not yet held against what the entry commits to.

    Raises:
        SealError: the key is not the one it was sealed with, or a field of the entry was changed.
    """
    sealed = decoded(entry.sealed)
    try:
        return AESGCM(key).decrypt(sealed[:NONCE_BYTES], sealed[NONCE_BYTES:], _bound(entry))
    except (InvalidTag, ValueError) as error:
        msg = f"the key of `{entry.subject}` does not open the entry: it was sealed with another key, or was changed"
        raise SealError(msg) from error


def held_to(entry: Entry, plain: bytes) -> tuple[dict[str, Json], bytes]:
    """The document and the secret salt in what was sealed, if the entry commits to them.

    Raises:
        SealError: it commits to something else.
    """
    secret_salt, written = plain[:SECRET_SALT_BYTES], plain[SECRET_SALT_BYTES:]
    try:
        document = msgspec.json.decode(written, type=dict[str, Any])
        kept = commitment(secret_salt, canonical(document)) == entry.commits
    except (msgspec.DecodeError, ValueError, RecursionError):
        kept = False
    if not kept:
        msg = "the sealed document is not the one that the entry commits to: whoever sealed it wrote two stories"
        raise SealError(msg)
    return document, secret_salt


def commitment(secret_salt: bytes, document: bytes) -> Digest:
    """What an entry says of its document without telling it; the salt has a fixed length, so the sum is unambiguous."""
    return digest_of_bytes(secret_salt + document)


def entry_bytes(entry: Entry) -> bytes:
    """The canonical JSON of an entry: the bytes that the tree hashes."""
    return canonical({**_fields(entry), "sealed": entry.sealed})


def read_entry(raw: bytes) -> Entry:
    """Read an entry back.

    Raises:
        ProofError: the bytes are not JSON, of a format unknown here, lack a field, or are not canonical.
    """
    try:
        version = msgspec.json.decode(raw, type=_Version).v
        if version != FORMAT:
            msg = f"the entry has format `{version}`, this version reads `{FORMAT}`: use a newer goodstanding"
            raise ProofError(msg)
        entry = _from(msgspec.json.decode(raw, type=_Written))
        same = entry_bytes(entry) == raw
    except (msgspec.DecodeError, ValueError, OverflowError, RecursionError) as error:
        msg = f"the bytes are not an entry: {error}"
        raise ProofError(msg) from error
    if not same:
        msg = "the entry is not in canonical form: some byte is not as the desk writes it"
        raise ProofError(msg)
    return entry


def _from(written: _Written) -> Entry:
    """Take the JSON fields as an entry."""
    if not is_digest(written.commits):
        msg = f"`{written.commits}` is not a digest"
        raise ValueError(msg)
    if len(decoded(written.salt)) != SALT_BYTES or len(decoded(written.sealed)) < NONCE_BYTES:
        msg = "the salt or the sealed part has the wrong length"
        raise ValueError(msg)
    return Entry(
        v=written.v,
        kind=written.kind,
        at=instant(written.at),
        actor=written.actor,
        case=written.case,
        subject=written.subject,
        clear=written.clear,
        sealed=written.sealed,
        commits=Digest(written.commits),
        salt=written.salt,
    )


def _bound(entry: Entry) -> bytes:
    """What the encryption is bound to: every field but the sealed one."""
    return canonical(_fields(entry))


def _fields(entry: Entry) -> dict[str, Json]:
    """The fields of an entry in JSON, without the sealed one."""
    return {
        "v": entry.v,
        "kind": entry.kind.value,
        "at": iso(entry.at),
        "actor": entry.actor,
        "case": entry.case,
        "subject": entry.subject,
        "clear": entry.clear,
        "commits": entry.commits,
        "salt": entry.salt,
    }
