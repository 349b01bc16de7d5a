from __future__ import annotations

import random
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from contract.desks import faults, made, opened
from contract.fakes import issue, lift
from counts import count
from goodstanding.storage.sqlite.faults import CheckpointAt, EntryAt, KeyOf, NodeAt, RowAt, Spot

CELLS = ("entries", "nodes", "checkpoints", "projection", "keys")
FILES = ("ledger.db", "keys.db")


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A closed desk of 71 entries in batches of several sizes, so that the last leaf has no sibling."""
    folder = made(tmp_path_factory.mktemp("flips") / "desk")
    with opened(folder) as ledger:
        for batch in (1, 2, 3, 5, 8, 11, 4):
            size = len(ledger.state.pairs)
            commands = [issue(f"pair-{size + n}", subject=f"own-{n}", story="é" * 40) for n in range(batch)]
            for future in [ledger.submit(command, actor="per-1") for command in commands]:
                future.result()
        for pair in ("pair-0", "pair-3", "pair-4"):
            ledger.submit(lift(pair), actor="per-2").result()
    assert faults(folder) == []
    return folder


def flipped(data: bytes, chance: random.Random) -> bytes:
    """The same bytes but for one bit."""
    bit = chance.randrange(8 * len(data))
    return b"".join((data[: bit // 8], bytes([data[bit // 8] ^ 1 << bit % 8]), data[bit // 8 + 1 :]))


def flip_cell(folder: Path, table: str, chance: random.Random) -> Spot:
    """Flip a bit of one random cell, and name what was damaged."""
    with closing(sqlite3.connect(folder / ("keys.db" if table == "keys" else "ledger.db"))) as connection, connection:
        columns = {
            "entries": ("seq", "entry"),
            "nodes": ("level, position", "hash"),
            "checkpoints": ("size", "note"),
            "projection": ("name, key", "value"),
            "keys": ("subject", "key"),
        }
        names, cell = columns[table]
        *key, data = chance.choice(connection.execute(f"SELECT {names}, {cell} FROM {table}").fetchall())  # noqa: S608  as above
        where = " AND ".join(f"{name} = ?" for name in names.split(", "))
        change = f"UPDATE {table} SET {cell} = ? WHERE {where}"  # noqa: S608  the names stand above
        connection.execute(change, (flipped(data, chance), *key))
    spots: dict[str, Callable[..., Spot]] = {
        "entries": lambda seq: EntryAt(seq=seq),
        "nodes": lambda level, index: NodeAt(level=level, index=index),
        "checkpoints": lambda size: CheckpointAt(size=size),
        "projection": lambda name, row: RowAt(table=name, key=row),
        "keys": lambda subject: KeyOf(subject=subject),
    }
    return spots[table](*key)


def content(folder: Path) -> dict[str, list[tuple[object, ...]]] | None:
    """Everything the two files say, or nothing where SQLite can't read it."""
    said = {}
    for name in FILES:
        try:
            with closing(sqlite3.connect(folder / name)) as connection:
                tables = connection.execute("SELECT name, sql FROM sqlite_schema ORDER BY name").fetchall()
                said[name] = tables
                for table, _ in tables:
                    said[f"{name} {table}"] = sorted(connection.execute(f"SELECT * FROM {table}"), key=repr)  # noqa: S608  SQLite's own names
        except (sqlite3.Error, UnicodeDecodeError):
            return None
    return said


@pytest.mark.parametrize("table", CELLS)
def test_a_flipped_bit_in_a_cell_is_found_and_nothing_else_is_named(table: str, desk: Path, tmp_path: Path) -> None:
    chance = random.Random(table)  # noqa: S311  the same flips in every run
    for turn in range(count("bit_flips") // len(CELLS)):
        folder = shutil.copytree(desk, tmp_path / str(turn))
        spot = flip_cell(folder, table, chance)
        assert {fault.at for fault in faults(folder)} == {spot}
        shutil.rmtree(folder)


@pytest.mark.parametrize("name", FILES)
def test_a_flipped_bit_in_a_file_is_found_or_changes_nothing_that_it_says(
    name: str, desk: Path, tmp_path: Path
) -> None:
    chance = random.Random(name)  # noqa: S311  the same flips in every run
    before, silent = content(desk), 0
    for turn in range(count("bit_flips") // len(FILES)):
        folder = shutil.copytree(desk, tmp_path / str(turn))
        (folder / name).write_bytes(flipped((desk / name).read_bytes(), chance))
        if not faults(folder):
            silent += 1
            assert content(folder) == before
        shutil.rmtree(folder)
    print(f"{silent} of {count('bit_flips') // len(FILES)} flips in {name} changed nothing")
