"""Base64 (RFC 4648 §4) of which there is only one spelling, so that no bit of a written proof is without meaning."""

from __future__ import annotations

from base64 import b64decode, b64encode


def encoded(data: bytes) -> str:
    """Bytes as text."""
    return b64encode(data).decode("ascii")


def decoded(text: str) -> bytes:
    """Text as bytes.

    Raises:
        ValueError: the text is not base64, or not as `encoded` writes it.
    """
    data = b64decode(text, validate=True)
    if encoded(data) != text:
        msg = f"`{text}` is not written as base64 is written"
        raise ValueError(msg)
    return data
