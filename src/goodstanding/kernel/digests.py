"""Digests: SHA-256 (FIPS 180-4), written `sha256:` and 64 hexadecimal digits."""

from __future__ import annotations

import hashlib
import re
from typing import NewType

from goodstanding.kernel.canonical import Json, canonical

Digest = NewType("Digest", str)

_SHAPE = re.compile(r"sha256:[0-9a-f]{64}")


def digest_of_bytes(data: bytes) -> Digest:
    """The digest of bytes."""
    return Digest("sha256:" + hashlib.sha256(data).hexdigest())


def digest_of_text(text: str) -> Digest:
    """The digest of a text, as UTF-8."""
    return digest_of_bytes(text.encode("utf-8"))


def digest_of(document: Json) -> Digest:
    """The digest of a document's canonical JSON."""
    return digest_of_bytes(canonical(document))


def is_digest(text: str) -> bool:
    """Whether a text has the shape of a digest."""
    return _SHAPE.fullmatch(text) is not None
