"""Power cuts, from a recording: what was synced is there, what was written after may be there, partly or not.

The model: a file holds everything up to its last completed sync. Each later write is kept, dropped, or torn into
sectors of 512 bytes of which some are kept; each later truncation is kept or dropped. A removed file is gone for
certain once the folder was synced. A file that was never synced may be missing.
"""

from __future__ import annotations

import random
import struct
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

SECTOR = 512
_HEAD = struct.Struct("<cIQQ")


class Act(NamedTuple):
    """One recorded act on one file."""

    act: bytes
    name: str
    offset: int
    data: bytes


class Disk:
    """What is certain of each file, and what is not yet."""

    def __init__(self, files: dict[str, bytes]) -> None:
        """Begin with files that are certain."""
        self._certain = {name: bytearray(data) for name, data in files.items()}
        self._open: dict[str, list[Act]] = {}

    def take(self, act: Act) -> None:
        """Take one more act."""
        match act.act:
            case b"S":
                content = self._certain.setdefault(act.name, bytearray())
                for earlier in self._open.pop(act.name, []):
                    _apply(content, earlier, None)
            case b"D":
                for name in [name for name, acts in self._open.items() if acts[-1].act == b"U"]:
                    self._certain.pop(name, None)
                    del self._open[name]
            case _:
                self._open.setdefault(act.name, []).append(act)

    def cut(self, chance: random.Random) -> Iterator[tuple[str, bytes]]:
        """The files after a power cut at this moment."""
        kept = chance.choice((0.0, 0.3, 0.7, 0.95, 1.0))
        for name in sorted(self._certain | self._open):
            content: bytearray | None = bytearray(self._certain[name]) if name in self._certain else None
            for act in self._open.get(name, []):
                if chance.random() >= kept:
                    continue
                if act.act == b"U":
                    content = None
                    continue
                content = bytearray() if content is None else content
                _apply(content, act, chance if chance.random() < 0.2 else None)
            if content is not None:
                yield name, bytes(content)


def recording(path: Path) -> list[Act]:
    """The acts of a recording, in order."""
    data, at, acts = path.read_bytes(), 0, []
    while at < len(data):
        act, name_length, offset, length = _HEAD.unpack_from(data, at)
        at += _HEAD.size
        name = data[at : at + name_length].decode()
        at += name_length
        acts.append(Act(act, name, offset, data[at : at + length]))
        at += length
    return acts


def written(acts: Iterable[Act], name: str) -> bytes:
    """Everything written to a file that only grows."""
    return b"".join(act.data for act in acts if act.act == b"W" and act.name == name)


def _apply(content: bytearray, act: Act, torn: random.Random | None) -> None:
    """Do an act to the bytes of a file; a torn write leaves out some of its sectors."""
    if act.act == b"U":
        content.clear()
        return
    if act.act == b"T":
        del content[act.offset :]
        content.extend(bytes(act.offset - len(content)))
        return
    content.extend(bytes(max(0, act.offset - len(content))))
    for start in range(0, len(act.data), SECTOR):
        if torn is None or torn.random() < 0.5:
            piece = act.data[start : start + SECTOR]
            content.extend(bytes(max(0, act.offset + start - len(content))))
            content[act.offset + start : act.offset + start + len(piece)] = piece
