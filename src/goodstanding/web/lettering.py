"""How wide a text is, about, and where its lines break; for drawings, which can't ask a browser.

The widths are those of DejaVu Sans, which is wider than what most systems show instead, so a line rarely comes out
longer than reckoned. It decides nothing about what is drawn.
"""

from __future__ import annotations

import unicodedata

_NARROW = frozenset("ijlI.,:;'’|!()[] ")
_MIDDLING = frozenset('frt-–"“”/*1')
_BROAD = frozenset("mwMW%@—…")


def width(text: str, size: float, *, bold: bool = False) -> float:
    """How wide a line is at a font size, in the units of the size."""
    ems = sum(_ems(character) for character in text)
    return ems * size * (1.12 if bold else 1.0)


def _ems(character: str) -> float:
    """One character's width in ems, rounded up."""
    if unicodedata.east_asian_width(character) in {"W", "F"}:
        return 1.05
    if character in _NARROW:
        return 0.4
    if character in _MIDDLING:
        return 0.52
    if character in _BROAD:
        return 1.02
    return 0.76 if character.isupper() else 0.65


def wrapped(text: str, room: float, size: float, *, bold: bool = False) -> tuple[str, ...]:
    """The lines of a text that has so much room; a word that is too long for a line is broken."""
    lines: list[str] = []
    line = ""
    for word in text.split():
        for part in _parts(word, room, size, bold=bold):
            longer = f"{line} {part}".strip()
            if line and width(longer, size, bold=bold) > room:
                lines.append(line)
                line = part
            else:
                line = longer
    return (*lines, line) if line else tuple(lines)


def _parts(word: str, room: float, size: float, *, bold: bool) -> list[str]:
    """A word, or its pieces where it is wider than the room; a piece has at least one character."""
    pieces = [""]
    for character in word:
        if pieces[-1] and width(pieces[-1] + character, size, bold=bold) > room:
            pieces.append("")
        pieces[-1] += character
    return pieces
