"""The parts that every file of a case is made of: mappings with set keys, times, ids, extents, amounts of money.

What a part lacks is replaced by a stand-in and noted as a problem, so that one reading finds everything that is wrong.
It leaves to its callers what the keys mean.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import TYPE_CHECKING, TypeVar

import yaml

from goodstanding.clause.marked_yaml import MarkedYaml, did_you_mean
from goodstanding.errors import ImportFileError
from goodstanding.kernel.extents import ALL, Extent
from goodstanding.kernel.ids import is_slug
from goodstanding.kernel.instants import ALWAYS, Instant, Period, instant
from goodstanding.kernel.money import Money
from goodstanding.kernel.territories import CODES

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator
    from enum import StrEnum

    from goodstanding.clause.vocabulary import Vocabulary

E = TypeVar("E", bound="StrEnum")
T = TypeVar("T")

SLUG_HINT = "write lower case words joined by hyphens"
STAND_IN = Instant(datetime.min.replace(tzinfo=UTC))
"""Stands where a time could not be read; a problem always goes with it, so it never leaves the reader."""

_ESCAPE = re.compile(r"\\(?:u(?P<high>[dD][89abAB][0-9a-fA-F]{2})\\u(?P<low>[dD][c-fC-F][0-9a-fA-F]{2})|.)")
_MONEY = re.compile(r"(?P<currency>[A-Z]{3}) (?P<sign>-?)(?P<whole>\d{1,12})\.(?P<cents>\d{2})", re.ASCII)


class Part:
    """One mapping of a file, with its set keys."""

    def __init__(
        self,
        document: MarkedYaml,
        node: yaml.Node,
        what: str,
        *,
        required: tuple[str, ...],
        optional: tuple[str, ...] = (),
    ) -> None:
        """Read the keys; unknown, repeated and lacking ones are problems."""
        self.document = document
        self.node = node
        self.what = what
        self.fields = document.fields(node, what, known=(*required, *optional), required=required)

    def text(self, key: str) -> str:
        """The text under a key, empty when it is not there."""
        return self.document.text(self.fields[key], f"`{key}` of {self.what}") if key in self.fields else ""

    def slug(self, key: str) -> str:
        """The id under a key."""
        found = self.text(key)
        if found and not is_slug(found):
            self.document.problem(self.fields[key], f"`{found}` is not an id", SLUG_HINT)
        return found

    def at(self, key: str) -> Instant:
        """The time under a key."""
        return self.at_or_none(key) or STAND_IN

    def at_or_none(self, key: str) -> Instant | None:
        """The time under a key, if there is one."""
        found = self.text(key)
        return read_with(self.document, self.fields[key], found, instant) if found else None

    def choice(self, key: str, what: str, choices: type[E], default: E) -> E:
        """One member of an enumeration."""
        if key not in self.fields:
            return default
        return self.document.choice(self.text(key), self.fields[key], what, choices) or default

    def flag(self, key: str, *, default: bool) -> bool:
        """True or false."""
        return read_flag(self.document, self.fields[key], f"`{key}` of {self.what}") if key in self.fields else default

    def texts(self, key: str) -> tuple[str, ...]:
        """A list of texts, empty when it is not there."""
        if key not in self.fields:
            return ()
        return tuple(text for text, _ in self.document.texts(self.fields[key], f"`{key}` of {self.what}"))

    def items(self, key: str) -> Iterator[yaml.Node]:
        """The nodes of a list, none when it is not there."""
        if key in self.fields:
            yield from items(self.document, self.fields[key], f"`{key}` of {self.what}")

    def extent(self, key: str, what: str, choices: Collection[str]) -> Extent:
        """`all`, or a list of known names; all when it is not there."""
        return read_extent(self.document, self.fields[key], what, choices) if key in self.fields else ALL

    def period(self, key: str) -> Period:
        """`{from, until}`, open on either side; always when it is not there."""
        if key not in self.fields:
            return ALWAYS
        part = Part(self.document, self.fields[key], f"`{key}` of {self.what}", required=(), optional=("from", "until"))
        period = Period(start=part.at_or_none("from"), end=part.at_or_none("until"))
        if period.is_empty:
            self.document.problem(self.fields[key], f"`{key}` of {self.what} ends before it begins", "swap the two")
        return period


def parse(document: MarkedYaml, text: str) -> yaml.Node | None:
    """The outermost node of YAML, or of JSON, which PyYAML reads but for tabs and pairs of surrogates."""
    json = text.lstrip()[:1] in {"[", "{"}
    return document.root(_ESCAPE.sub(_joined, text.replace("\t", " ")) if json else text)


def _joined(escape: re.Match[str]) -> str:
    """An escaped pair of surrogates as the one character it stands for; other escapes as they are."""
    if not escape["high"]:
        return escape[0]
    return chr(0x10000 + ((int(escape["high"], 16) - 0xD800) << 10) + int(escape["low"], 16) - 0xDC00)


def refuse(document: MarkedYaml) -> None:
    """Refuse the file whole where anything is wrong with it.

    A part that an alias repeats is read anew each time, so its problems are told once.

    Raises:
        ImportFileError: every problem, each with its place.
    """
    if document.problems:
        raise ImportFileError(dict.fromkeys(document.problems))


def items(document: MarkedYaml, node: yaml.Node, what: str) -> Iterator[yaml.Node]:
    """The nodes of a list."""
    if isinstance(node, yaml.SequenceNode):
        yield from node.value
    else:
        document.problem(node, f"{what} is not a list", "write one `- ` line for each")


def read_with(document: MarkedYaml, node: yaml.Node, text: str, read: Callable[[str], T]) -> T | None:
    """What a reader makes of a text, or `None` and its complaint as a problem."""
    try:
        return read(text)
    except ValueError as error:
        document.problem(node, *_complaint(str(error)))
        return None


def _complaint(said: str) -> tuple[str, str]:
    """A complaint of the kernel, as message and hint."""
    message, _, hint = said.partition(": ")
    return message, hint


def read_flag(document: MarkedYaml, node: yaml.Node, what: str) -> bool:
    """`true` or `false`."""
    text = document.text(node, what)
    if text and text not in {"true", "false"}:
        document.problem(node, f"`{text}` is neither true nor false", "write `true` or `false`")
    return text == "true"


def read_extent(document: MarkedYaml, node: yaml.Node, what: str, choices: Collection[str]) -> Extent:
    """`all`, or a list of known names."""
    if isinstance(node, yaml.ScalarNode) and node.value == "all":
        return ALL
    if not isinstance(node, yaml.SequenceNode):
        document.problem(node, f"this is no list of every {what}", "write `all` or `[one, two]`")
        return ALL
    return Extent.of(read_names(document, node, what, choices))


def read_names(document: MarkedYaml, node: yaml.Node, what: str, choices: Collection[str]) -> tuple[str, ...]:
    """A list of known names, in the order of the file."""
    found = document.texts(node, f"the list of every {what}")
    for text, item in found:
        check_name(document, item, text, what, choices)
    return tuple(text for text, _ in found)


def check_name(document: MarkedYaml, node: yaml.Node, text: str, what: str, choices: Collection[str]) -> None:
    """Note a name that is not among those known."""
    if text not in choices:
        hint = "write its ISO 3166-1 code" if what == "territory" else did_you_mean(text, choices)
        article = "an" if what[0] in "aeiou" else "a"
        document.problem(node, f"`{text}` is not {article} {what}", hint)


def read_money(document: MarkedYaml, node: yaml.Node, what: str) -> Money:
    """An amount such as `EUR 12.50`."""
    text = document.text(node, what)
    match = _MONEY.fullmatch(text)
    if match is None:
        if text:
            document.problem(node, f"`{text}` is not an amount", "write the currency and two decimals: `EUR 12.50`")
        return Money(minor=0, currency="EUR")
    minor = int(match["whole"]) * 100 + int(match["cents"])
    return Money(minor=-minor if match["sign"] else minor, currency=match["currency"])


def names_of(vocabulary: Vocabulary, domain: str) -> tuple[str, ...]:
    """The members of a closed set of strings: `topic`, `audience`, `capability` or `territory`."""
    match domain:
        case "topic":
            return tuple(named.id for named in vocabulary.topics)
        case "audience":
            return tuple(named.id for named in vocabulary.audiences)
        case "capability":
            return tuple(named.id for named in vocabulary.capabilities)
        case _:
            return tuple(sorted(CODES))
