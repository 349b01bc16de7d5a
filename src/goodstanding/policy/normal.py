"""The words of a text without their dress: two copies that say the same in the same words have the same digest.

What does not count: white space and line breaks, Markdown's marks, where a link leads, pictures with their captions,
the shape of quotation marks and dashes, and the day on which a page says that it was updated or retrieved. What counts:
every word in its place, with its case, its figures and its other signs.
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from markdown_it import MarkdownIt

from goodstanding.kernel.digests import Digest
from goodstanding.kernel.digests import digest_of_text as digest_of_exact_text

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from markdown_it.token import Token

_SAID = frozenset({"text", "code_inline", "code_block", "fence", "html_block", "html_inline"})
_PICTURE = "image"
_SHAPES = str.maketrans("\u2018\u2019\u201c\u201d\u2010\u2011\u2013\u2014", "''\"\"----")
"""Curly quotation marks, and hyphens and dashes of every length, as a keyboard has them."""
_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}\.?"
_DAY = rf"(?:\d{{4}}-\d\d-\d\d|{_MONTH} \d{{1,2}},? \d{{4}}|\d{{1,2}}\.? {_MONTH} \d{{4}}|{_MONTH} \d{{4}})"
_STAMP = re.compile(
    rf"\b(?:this page was )?(?:last )?(?:updated|retrieved|modified|accessed|revised)(?: on)?:? {_DAY}\.?",
    re.ASCII | re.IGNORECASE,
)


def normalised(text: str) -> str:
    """The words of a Markdown text, with one space between them."""
    tokens = MarkdownIt("commonmark").enable("table").parse(text)
    plain = unicodedata.normalize("NFKC", "".join(_words(tokens))).translate(_SHAPES)
    return " ".join(_STAMP.sub(" ", " ".join(plain.split())).split())


def digest_of_text(text: str) -> Digest:
    """The digest of a text's words."""
    return digest_of_exact_text(normalised(text))


def _words(tokens: Sequence[Token]) -> Iterator[str]:
    """What the tokens say; a break of a line or a block is a space."""
    for token in tokens:
        if token.type == _PICTURE:
            continue
        if token.children:
            yield from _words(token.children)
        elif token.type in _SAID:
            yield token.content
        if token.block or token.type in {"softbreak", "hardbreak"}:
            yield " "
