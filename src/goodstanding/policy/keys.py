"""What the keys of a mapping say, as values; whatever can't be read is a problem at its place.

A key that is not there, or can't be read, gives the default: the caller goes on, and all problems of a file come at
once. Each value is examined once, so that no problem is told twice.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from goodstanding.clause.marked_yaml import did_you_mean
from goodstanding.kernel.instants import length
from goodstanding.policy.source import Span
from goodstanding.policy.yaml_parts import Items, Table, Text

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from datetime import timedelta
    from enum import StrEnum

    from goodstanding.errors import Problem
    from goodstanding.policy.source import Source
    from goodstanding.policy.yaml_parts import Field, Part

E = TypeVar("E", bound="StrEnum")

_MOST = 99
"""The largest count that a key may give."""


class Keys:
    """One mapping of a file; `whole` is what a problem of the mapping itself points at."""

    def __init__(self, table: Table, *, source: Source, problems: list[Problem], whole: Span) -> None:
        """Begin to read."""
        self.table = table
        self.source = source
        self.problems = problems
        self.whole = whole
        self._texts: dict[str, Text | None] = {}
        self._lists: dict[str, tuple[Text, ...]] = {}

    def refuse(self, span: Span, message: str, hint: str = "") -> None:
        """Add a problem."""
        self.problems.append(self.source.problem(span, message, hint))

    def expect(self, *, what: str, known: Collection[str], required: Sequence[str]) -> None:
        """Refuse keys that are not known, and say which required ones are missing."""
        for field in self.table.fields:
            if field.key not in known:
                self.refuse(field.span, f"{what} has no key `{field.key}`", did_you_mean(field.key, known))
        for key in required:
            if not self.has(key):
                self.refuse(self.whole, f"{what} has no `{key}`", f"add a line `{key}: …`")

    def has(self, key: str) -> bool:
        """Whether the key is there, readable or not."""
        return key in self.table.unread or self.table.get(key) is not None

    def span(self, key: str, inner: str = "") -> Span:
        """Where a key and its value stand, or a key inside its value; the whole where it is not there."""
        field = self.table.get(key)
        if field is not None and inner and isinstance(field.part, Table):
            field = field.part.get(inner)
        return Span(field.span.start, field.part.span.end) if field else self.whole

    def text(self, key: str) -> Text | None:
        """A text that says something."""
        if key not in self._texts:
            self._texts[key] = self._text(key)
        return self._texts[key]

    def word(self, key: str) -> str:
        """A text without the white space around it; empty where there is none."""
        text = self.text(key)
        return text.value.strip() if text else ""

    def texts(self, key: str) -> tuple[Text, ...]:
        """One text, or a list of different ones that is not empty."""
        if key not in self._lists:
            field = self.table.get(key)
            self._lists[key] = self.listed(field.part, key, _of(field)) if field else ()
        return self._lists[key]

    def listed(self, part: Part, key: str, span: Span) -> tuple[Text, ...]:
        """The same for a value that has been found."""
        items = part.items if isinstance(part, Items) else (part,)
        texts = [item for item in items if isinstance(item, Text) and item.value.strip()]
        if len(texts) < max(1, len(items)):
            self.refuse(span, f"`{key}` is not a list of words", f"write `{key}: [one, another]`")
        for index, text in enumerate(texts):
            if text.value in {earlier.value for earlier in texts[:index]}:
                self.refuse(text.span, f"`{text.value}` stands twice in `{key}`", "keep one of the two")
        return tuple(texts)

    def is_known(self, text: Text, *, what: str, known: Collection[str], hint: str = "") -> bool:
        """Whether a word is among the known ones; if not, that is a problem."""
        if text.value in known:
            return True
        self.refuse(text.span, f"`{text.value}` is not {what}", hint or did_you_mean(text.value, known))
        return False

    def choice(self, key: str, choices: type[E], *, what: str) -> E | None:
        """One member of an enumeration."""
        text = self.text(key)
        if text is None or not self.is_known(text, what=what, known=[member.value for member in choices]):
            return None
        return choices(text.value)

    def flag(self, key: str, *, default: bool) -> bool:
        """`true` or `false`."""
        text = self.text(key)
        if text is None or not self.is_known(text, what="`true` or `false`", known=("true", "false")):
            return default
        return text.value == "true"

    def number(self, key: str, *, default: int) -> int:
        """A count from 1 to 99."""
        text = self.text(key)
        if text is None:
            return default
        if not (text.value.isascii() and text.value.isdecimal() and 1 <= int(text.value[:3]) <= _MOST):
            self.refuse(text.span, f"`{text.value}` is not a count", f"write a number from 1 to {_MOST}")
            return default
        return int(text.value)

    def length(self, key: str, *, zero: bool = False) -> timedelta | None:
        """A length of time; `zero` says whether `0d` is one here."""
        field = self.table.get(key)
        if field is None:
            return None
        text = field.part.value if isinstance(field.part, Text) else ""
        try:
            found = length(text)
        except ValueError:
            hint = f"write hours or days, such as `{key}: 24h` or `{key}: 30d`"
            self.refuse(_of(field), f"`{text or key}` is not a length of time", hint)
            return None
        if not found and not zero:
            self.refuse(_of(field), f"`{key}` is no time at all", "write at least one hour")
        return found

    def _text(self, key: str) -> Text | None:
        """Examine a text once, so that its problem is told once."""
        field = self.table.get(key)
        if field is None:
            return None
        if isinstance(field.part, Text) and field.part.value.strip():
            return field.part
        self.refuse(_of(field), f"`{key}` is not a text", f"write `{key}: …` on one line")
        return None


def _of(field: Field) -> Span:
    """Where a problem of a value points: at the value, or at the key where the value is empty."""
    return field.part.span if field.part.span.end > field.part.span.start else field.span
