"""What can be wrong with a stored record, each fault naming the one thing that is wrong."""

from __future__ import annotations

from typing import TypeAlias, assert_never

import msgspec


class EntryAt(msgspec.Struct, frozen=True, kw_only=True, tag=True):
    """An entry."""

    seq: int


class NodeAt(msgspec.Struct, frozen=True, kw_only=True, tag=True):
    """A node of the tree; level 0 are the leaf hashes."""

    level: int
    index: int


class CheckpointAt(msgspec.Struct, frozen=True, kw_only=True, tag=True):
    """A checkpoint, by the size it speaks of."""

    size: int


class RowAt(msgspec.Struct, frozen=True, kw_only=True, tag=True):
    """A row of a projection."""

    table: str
    key: str


class KeyOf(msgspec.Struct, frozen=True, kw_only=True, tag=True):
    """The key of a subject."""

    subject: str


class FileOf(msgspec.Struct, frozen=True, kw_only=True, tag=True):
    """A file that SQLite itself finds damaged."""

    name: str


Spot: TypeAlias = EntryAt | NodeAt | CheckpointAt | RowAt | KeyOf | FileOf


class Fault(msgspec.Struct, frozen=True, kw_only=True):
    """One thing that is wrong."""

    at: Spot
    message: str

    def __str__(self) -> str:
        """The name of the thing, and what is wrong with it."""
        return f"{named(self.at)}: {self.message}"


def named(at: Spot) -> str:
    """The name of a thing in words."""
    match at:
        case EntryAt():
            return f"entry {at.seq}"
        case NodeAt():
            return f"node ({at.level}, {at.index})"
        case CheckpointAt():
            return f"checkpoint {at.size}"
        case RowAt():
            return f"projection row `{at.table}` `{at.key}`"
        case KeyOf():
            return f"key of `{at.subject}`"
        case FileOf():
            return f"file `{at.name}`"
        case _ as unreachable:
            assert_never(unreachable)
