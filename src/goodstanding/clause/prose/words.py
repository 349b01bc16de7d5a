"""The words of one language: sentence frames by their English form, as gettext does, and how values are written.

English needs no catalogue: its frames are the keys. A frame has places such as `{x}`; one that begins with `{subject} `
is a verb phrase that can share its subject with others. `bootstrap` reads the catalogues; this only uses them.
"""

from __future__ import annotations

import re
from typing import Final

import msgspec

from goodstanding.kernel.languages import ENGLISH as ENGLISH_TAG
from goodstanding.kernel.languages import Language

_VOWEL = re.compile(r"[aeiouyàâäéèêëîïôöùûü]", re.IGNORECASE)


class Called(msgspec.Struct, frozen=True):
    """How one thing is called: as a subject, as an object, and where something is `of` it; `it` is a pronoun."""

    name: str
    object: str
    of: str
    it: bool = False


class Words(msgspec.Struct, frozen=True, kw_only=True):
    """A language and its frames; a frame that the catalogue lacks is said in English."""

    language: Language = ENGLISH_TAG
    frames: dict[str, str] = {}

    def frame(self, english: str) -> str:
        """A frame in this language, its places still open."""
        return self.frames.get(english) or english

    def variant(self, english: str, where: str) -> str:
        """A frame as this language has it in a certain place; most languages have one form for all places."""
        return self.frames.get(f"{english}, {where}") or self.frame(english)

    def say(self, english: str, /, **parts: str) -> str:
        """A frame in this language, filled in."""
        return self.frame(english).format(**parts)

    @property
    def shares(self) -> bool:
        """Whether `at least one of …` can be a subject; where nouns have genders, a frame stands around instead."""
        return not self.frames or "at least one of {over}" in self.frames

    def of(self, name: str) -> str:
        """What belongs to a name belongs `of` it."""
        frame = self.variant("of {name}", "before a vowel") if _VOWEL.match(name) else self.frame("of {name}")
        return frame.format(name=name)

    def called(self, name: str) -> Called:
        """What a thing of that name is called in every place of a sentence."""
        return Called(name, name, self.of(name))


ENGLISH: Final = Words()
