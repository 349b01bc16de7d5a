"""Signed notes (C2SP `signed-note`): a text, a blank line, and signatures of named keys; Ed25519 only.

Decides what a well-formed note is and whether a trusted key signed it. What it means is for `checkpoint`. Upholds P8.
"""

from __future__ import annotations

import hashlib
import re

import msgspec
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from goodstanding.errors import ProofError
from goodstanding.ledger.armour import decoded, encoded

_ED25519 = b"\x01"
_KEY_ID_BYTES = 4
_PUBLIC_BYTES = 32
_MOST_SIGNATURES = 64
_NAME = re.compile(r"[^\s+]+")
_CONTROL = re.compile(r"[\x00-\x09\x0b-\x1f]")
_SIGNATURE = re.compile(r"— ([^\s+]+) ([A-Za-z0-9+/]+={0,2})")


class Verifier(msgspec.Struct, frozen=True, kw_only=True):
    """A trusted public key and the name it signs under."""

    name: str
    public: bytes

    @property
    def key_id(self) -> bytes:
        """Four bytes that tell keys of one name apart; no protection by themselves."""
        return hashlib.sha256(self.name.encode() + b"\n" + _ED25519 + self.public).digest()[:_KEY_ID_BYTES]

    @property
    def vkey(self) -> str:
        """The key as text: `name+id+base64`."""
        return f"{self.name}+{self.key_id.hex()}+{encoded(_ED25519 + self.public)}"


class Signer(msgspec.Struct, frozen=True, kw_only=True):
    """A private key and the name it signs under, which is also the origin of the log."""

    name: str
    key: Ed25519PrivateKey

    @property
    def verifier(self) -> Verifier:
        """The public half."""
        return Verifier(name=self.name, public=self.key.public_key().public_bytes_raw())


def signer_of(name: str, secret: bytes) -> Signer:
    """A signer from the 32 bytes of an Ed25519 private key.

    Raises:
        ValueError: the name is empty or has white space or `+`, or the key has another length.
    """
    if _NAME.fullmatch(name) is None:
        msg = f"`{name}` can't name a key: leave out white space and `+`, as in `example.com/desk`"
        raise ValueError(msg)
    return Signer(name=name, key=Ed25519PrivateKey.from_private_bytes(secret))


def read_vkey(text: str) -> Verifier:
    """Read a public key: `name+id+base64`.

    Raises:
        ProofError: it is not one, its id is not that of the key, or it is not an Ed25519 key.
    """
    name, _, rest = text.strip().partition("+")
    wanted, _, written = rest.partition("+")
    try:
        material = decoded(written)
    except ValueError:
        material = b""
    if _NAME.fullmatch(name) is None or material[:1] != _ED25519 or len(material) != 1 + _PUBLIC_BYTES:
        msg = f"`{text}` is not a public key: it reads `name+id+base64` and holds an Ed25519 key"
        raise ProofError(msg)
    verifier = Verifier(name=name, public=material[1:])
    if verifier.key_id.hex() != wanted:
        msg = f"the id of the public key `{text}` is not its own: copy it again from the operator"
        raise ProofError(msg)
    return verifier


def sign_note(text: str, signer: Signer) -> str:
    """A note of a text that ends in a newline.

    Raises:
        ValueError: the text can't be the text of a note.
    """
    if not text.endswith("\n") or _CONTROL.search(text):
        msg = "the text of a note ends in a newline and has no other control characters"
        raise ValueError(msg)
    signature = signer.verifier.key_id + signer.key.sign(text.encode())
    return f"{text}\n— {signer.name} {encoded(signature)}\n"


def open_note(note: str, verifier: Verifier) -> str:
    """The text of a note that the key signed; signatures of other keys are passed over.

    Raises:
        ProofError: the note is malformed, the key did not sign it, or its signature does not verify.
    """
    text, signatures = _parts(note)
    known = 0
    for name, written in signatures:
        signature = _signature(written)
        if name == verifier.name and signature[:_KEY_ID_BYTES] == verifier.key_id:
            _check(text, signature[_KEY_ID_BYTES:], verifier)
            known += 1
    if not known:
        msg = f"the signature of `{verifier.name}` is missing: the note is signed by other keys only"
        raise ProofError(msg)
    return text


def _parts(note: str) -> tuple[str, list[tuple[str, str]]]:
    """The text and the signatures of a note."""
    head, blank, tail = note.rpartition("\n\n")
    lines = [_SIGNATURE.fullmatch(line) for line in tail.removesuffix("\n").split("\n")]
    matches = [(match[1], match[2]) for match in lines if match]
    whole = blank and tail.endswith("\n") and len(matches) == len(lines) <= _MOST_SIGNATURES
    if not whole or _CONTROL.search(note):
        msg = "the format is wrong: a signed note is a text, an empty line and lines of signatures"
        raise ProofError(msg)
    return head + "\n", matches


def _signature(written: str) -> bytes:
    """The bytes of a signature, or none where it is not base64."""
    try:
        return decoded(written)
    except ValueError:
        return b""


def _check(text: str, signature: bytes, verifier: Verifier) -> None:
    """Refuse a signature of the trusted key that does not verify."""
    try:
        Ed25519PublicKey.from_public_bytes(verifier.public).verify(signature, text.encode())
    except (InvalidSignature, UnicodeEncodeError) as error:
        msg = f"the signature of `{verifier.name}` does not verify: the note was changed"
        raise ProofError(msg) from error
