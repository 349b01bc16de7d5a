"""The only place where adapters are made and put together: clock, ids, entropy, keys, storage, templates, the pack.

Everything above takes a `Desk`; everything below knows only ports.
"""

from __future__ import annotations

import base64
import os
import secrets
import sqlite3
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import lru_cache
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from babel import Locale
from babel.messages.pofile import read_po
from jinja2 import ChoiceLoader, Environment, PackageLoader, StrictUndefined

from goodstanding.app.fold import DeskFold
from goodstanding.app.ports import Command, Refusal
from goodstanding.app.state import State
from goodstanding.clause.prose.words import Words
from goodstanding.clause.vocabulary import Named
from goodstanding.errors import (
    GoodstandingError,
    InputError,
    LedgerError,
    LedgerMissingError,
    LedgerTamperedError,
    Problem,
)
from goodstanding.kernel.languages import ENGLISH, Language
from goodstanding.kernel.territories import CODES
from goodstanding.ledger.notes import Signer, signer_of
from goodstanding.storage.sqlite.faults import Fault, named
from goodstanding.storage.sqlite.folder import create_ledger
from goodstanding.storage.sqlite.keys import SqliteKeys
from goodstanding.storage.sqlite.ledger import SqliteLedger
from goodstanding.storage.sqlite.rebuild import rebuild_projections
from goodstanding.storage.sqlite.verify import verify

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from goodstanding.app.bulk import Table
    from goodstanding.app.ports import Clock, Ids
    from goodstanding.ledger.model import Receipt, Recorded

__all__ = [
    "Desk",
    "Fault",
    "RandomIds",
    "RefusedError",
    "SystemClock",
    "create_desk",
    "named",
    "open_desk",
    "open_table",
    "rebuild_desk",
    "verify_desk",
]

SIGNING_KEY = "signing.key"
"""The file of the private signing key: 32 bytes in base64, readable by its owner only."""
PUBLIC_KEY = "public.vkey"
"""The file of the public key, as C2SP writes it: what `verify` needs, and nothing secret."""
_ENGLISH = Locale("en")
ASSERTED = "asserted"
"""How the record says that nobody checked who acts."""


class SystemClock:
    """The machine's clock."""

    def now(self) -> datetime:
        """The present instant."""
        return datetime.now(UTC)


class RandomIds:
    """Ids of 80 random bits, which say nothing about what they name."""

    def new(self, prefix: str) -> str:
        """A fresh id, such as `acc-4k2m9x…`."""
        return f"{prefix}-{base64.b32encode(secrets.token_bytes(10)).decode().lower()}"


class RefusedError(GoodstandingError):
    """A command that was refused, for callers that want an exception."""

    def __init__(self, refusal: Refusal) -> None:
        """Keep the refusal."""
        self.refusal = refusal
        super().__init__(f"{refusal.message}" + (f": {refusal.hint}" if refusal.hint else ""))


class Desk:
    """An open desk: the record, and what acting on it needs."""

    def __init__(self, folder: Path, ledger: SqliteLedger[State], signer: Signer, clock: Clock) -> None:
        """Take what was put together."""
        self.folder = folder
        self.ledger = ledger
        self.signer = signer
        self._clock = clock

    def now(self) -> datetime:
        """The present instant, by the desk's clock."""
        return self._clock.now()

    def act(self, command: Command[State], *, by: str) -> tuple[Recorded, ...] | Refusal:
        """Carry out a command and wait until it is durable; who acts is asserted, and the entry says so."""
        return self.ledger.submit(command, actor=f"{by} ({ASSERTED})").result()

    def must(self, command: Command[State], *, by: str) -> tuple[Recorded, ...]:
        """The same for a command that has to succeed.

        Raises:
            RefusedError: it was refused.
        """
        outcome = self.act(command, by=by)
        if isinstance(outcome, Refusal):
            raise RefusedError(outcome)
        return outcome

    def receipt(self, seq: int) -> Receipt:
        """The receipt of an entry."""
        return self.ledger.receipt(seq)

    @property
    def state(self) -> State:
        """The state; read it only while nobody acts."""
        return self.ledger.state


def create_desk(folder: Path, *, origin: str) -> None:
    """Make a desk's folder: keys, an empty signed record, nothing else.

    Raises:
        LedgerError: there is a desk already.
    """
    folder.mkdir(parents=True, exist_ok=True)
    secret = folder / SIGNING_KEY
    if not secret.exists():
        descriptor = os.open(secret, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(base64.b64encode(secrets.token_bytes(32)) + b"\n" + origin.encode() + b"\n")
    signer = _signer(folder)
    (folder / PUBLIC_KEY).write_text(signer.verifier.vkey + "\n", encoding="utf-8")
    create_ledger(folder, signer=signer)


@contextmanager
def open_desk(folder: Path, *, clock: Clock | None = None, ids: Ids | None = None) -> Iterator[Desk]:
    """Open a desk; this process is its sequencer until it is closed.

    Raises:
        LedgerMissingError: there is no desk in the folder.
        LedgerLockedError: another process is its sequencer.
    """
    signer = _signer(folder)
    ids = ids or RandomIds()
    clock = clock or SystemClock()
    with _stored(folder):
        keys = SqliteKeys(folder, entropy=secrets.token_bytes)
        try:
            ledger = SqliteLedger(
                folder,
                fold=DeskFold(),
                keys=keys,
                signer=signer,
                clock=clock,
                entropy=secrets.token_bytes,
                ids=ids,
            )
            try:
                yield Desk(folder, ledger, signer, clock)
            finally:
                ledger.close()
        finally:
            keys.close()


def verify_desk(folder: Path, *, vkey: str, known: Sequence[str] = ()) -> list[Fault]:
    """Everything that is wrong with a desk's record.

    Raises:
        LedgerMissingError: there is no desk in the folder.
        ProofError: the key did not sign the checkpoints.
    """
    return verify(folder, vkey=vkey, fold=DeskFold(), known=known)


def rebuild_desk(folder: Path) -> int:
    """Make a desk's projections anew from its entries; the number of rows.

    Raises:
        LedgerMissingError: there is no desk in the folder.
        LedgerLockedError: another process is its sequencer.
        LedgerTamperedError: an entry is not what was written.
    """
    _signer(folder)
    with _stored(folder):
        keys = SqliteKeys(folder, entropy=secrets.token_bytes)
        try:
            return rebuild_projections(folder, fold=DeskFold(), keys=keys)
        finally:
            keys.close()


@contextmanager
def _stored(folder: Path) -> Iterator[None]:
    """What SQLite can't do with a desk's files, as trouble of the record.

    Raises:
        LedgerError: a file can't be opened or written just now.
        LedgerTamperedError: a file is damaged.
    """
    try:
        yield
    except sqlite3.OperationalError as error:
        msg = f"the files of the desk in `{folder}` can't be used: {error}"
        raise LedgerError(msg) from error
    except sqlite3.DatabaseError as error:
        msg = f"a file of the desk in `{folder}` is damaged: {error}: see `goodstanding ledger verify`"
        raise LedgerTamperedError(msg) from error


def _signer(folder: Path) -> Signer:
    """The desk's signing key.

    Raises:
        LedgerMissingError: there is none.
        LedgerTamperedError: the file holds something else.
    """
    path = folder / SIGNING_KEY
    if not path.exists():
        msg = f"there is no desk at `{folder}`: make one with `goodstanding init`"
        raise LedgerMissingError(msg)
    try:
        secret, origin = path.read_text(encoding="utf-8").split()
        return signer_of(origin, base64.b64decode(secret))
    except ValueError as error:
        msg = f"`{path}` is not a signing key: put back the copy that you keep of it"
        raise LedgerTamperedError(msg) from error


def zone_of(name: str) -> ZoneInfo:
    """A time zone by its name; an unknown one is UTC, which every rendered time names beside it."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):  # a folder of zones, such as `Europe`, is no zone
        return ZoneInfo("UTC")


def zones(name: str) -> ZoneInfo | None:
    """A time zone by its name, for expressions; nothing where there is none."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return None


def templates() -> Environment:
    """Every page's templates, with autoescape always on."""
    loaders = [PackageLoader("goodstanding.reasons"), PackageLoader("goodstanding.web")]
    return Environment(
        loader=ChoiceLoader(loaders), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )


def territory_name(code: str) -> str:
    """The English name of a territory; a code that is none stays as it is."""
    return _ENGLISH.territories.get(code, code) if code in CODES else code


def territories() -> tuple[Named, ...]:
    """Every territory with its English name, as a platform's words."""
    return tuple(Named(id=code, label=_ENGLISH.territories.get(code, code)) for code in sorted(CODES))


def languages() -> tuple[str, ...]:
    """The languages that the product speaks: English, and those with a catalogue."""
    catalogues = (files("goodstanding") / "locales").iterdir()
    return ("en", *sorted(one.name.removesuffix(".po") for one in catalogues if one.name.endswith(".po")))


@lru_cache(maxsize=8)
def words(language: str) -> Words:
    """The words of a language; English is what its frames are called by.

    Raises:
        InputError: there is no catalogue for it.
    """
    if language not in languages():
        known = ", ".join(f"`{one}`" for one in languages())
        raise InputError([Problem(message=f"there are no words in `{language}`", hint=f"one of {known}")])
    if language == ENGLISH:
        return Words()
    with (files("goodstanding") / "locales" / f"{language}.po").open("rb") as file:
        catalogue = read_po(file)
    frames = {str(message.id): str(message.string) for message in catalogue if message.id and message.string}
    return Words(language=Language(language), frames=frames)


@contextmanager
def open_table(table: Path, *, engine: str) -> Iterator[Table]:
    """Open a Parquet file, or a folder of Parquet files that are alike, with `duckdb` or `spark`.

    Raises:
        InputError: there is no such file, or the engine can't read it or is not here.
    """
    stored = [table] if table.is_file() else sorted(table.glob("*.parquet"))
    if not stored:
        problem = Problem(message=f"there is no Parquet file at `{table}`", hint="name a file, or a folder of them")
        raise InputError([problem])
    if engine == "spark":
        from goodstanding.storage.engines.spark import open_spark  # noqa: PLC0415  an engine takes a while to load

        with open_spark(stored) as distributed:
            yield distributed
    else:
        from goodstanding.storage.engines.duckdb import Limits, open_duckdb  # noqa: PLC0415  likewise

        with open_duckdb(stored, limits=Limits()) as rows:
            yield rows


def pack(name: str) -> str:
    """A file of the policy pack: from inside an installed package, or beside `src/` in a checkout."""
    installed = files("goodstanding") / "policies" / name
    if installed.is_file():
        return installed.read_text(encoding="utf-8")
    return (Path(__file__).parents[2] / "policies" / name).read_text(encoding="utf-8")
