"""Canonical JSON (RFC 8785) for the part of JSON that entries use: no floats, no integers beyond 2⁵³.

Inside that part RFC 8785 is: no white space, keys sorted by UTF-16 code units, and the shortest escapes. Floats are
refused rather than rounded, since two writers that print 1e16 differently would give two digests to one document.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from typing import TypeAlias

    Json: TypeAlias = "bool | int | str | list[Json] | dict[str, Json] | None"
else:
    # msgspec reads records by their annotations and knows no recursive alias; `canonical` checks what they hold.
    Json = Any

_LARGEST = 2**53 - 1


def canonical(value: Json) -> bytes:
    """The canonical bytes of a document.

    Raises:
        ValueError: it holds a float, an integer beyond ±(2⁵³−1), a lone surrogate, or a key that is not text.
    """
    return json.dumps(_ordered(value, "$"), ensure_ascii=False, separators=(",", ":")).encode("utf-8")


def _ordered(value: object, path: str) -> object:
    """The same document with sorted keys, or the path of what can't be written."""
    match value:
        case None | bool() | str():
            return value
        case int() if -_LARGEST <= value <= _LARGEST:
            return value
        case list() | tuple():
            return [_ordered(item, f"{path}[{index}]") for index, item in enumerate(value)]
        case dict():
            return {key: _ordered(value[key], f"{path}.{key}") for key in sorted(value, key=_utf16)}
    msg = f"`{path}` holds a {type(value).__name__} that canonical JSON can't carry: write it as a typed string"
    raise ValueError(msg)


def _utf16(key: object) -> bytes:
    """RFC 8785 §3.2.3 sorts by UTF-16 code units, which differs from code points above U+FFFF."""
    if not isinstance(key, str):
        msg = f"the key `{key}` is not text"
        raise ValueError(msg)  # noqa: TRY004  one kind of refusal for everything that canonical JSON can't carry
    return key.encode("utf-16-be")
