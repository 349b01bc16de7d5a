"""Languages, as BCP 47 tags of a primary language and an optional region (`en`, `pt-BR`)."""

from __future__ import annotations

import re
from typing import NewType

Language = NewType("Language", str)

_TAG = re.compile(r"[a-z]{2,3}(?:-[A-Z]{2})?")


def language(tag: str) -> Language:
    """Take a tag as a language.

    Raises:
        ValueError: the tag is not of that shape.
    """
    if _TAG.fullmatch(tag) is None:
        msg = f"`{tag}` is not a language tag: write one such as `en` or `pt-BR`"
        raise ValueError(msg)
    return Language(tag)
