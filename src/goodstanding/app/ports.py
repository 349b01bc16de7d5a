"""What the outside must give, as protocols; adapters live in `storage`, `delivery` and `bootstrap`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol, TypeAlias, TypeVar

import msgspec

from goodstanding.kernel.canonical import Json
from goodstanding.ledger.model import Draft, Receipt, Recorded

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from concurrent.futures import Future
    from contextlib import AbstractContextManager
    from datetime import datetime

__all__ = [
    "Clock",
    "Command",
    "Entropy",
    "Fold",
    "Ids",
    "Keys",
    "Ledger",
    "Receipt",
    "Recorded",
    "Refusal",
    "Row",
]

S = TypeVar("S")
S_co = TypeVar("S_co", covariant=True)


class Refusal(msgspec.Struct, frozen=True, kw_only=True):
    """A command that was not carried out: which rule stands against it, in a sentence, and what to do instead.

    `rule` is named as the sentence it upholds (`WhoDecidedCannotApprove`), `promise` is P1 to P12 or empty.
    """

    rule: str
    message: str
    promise: str = ""
    hint: str = ""


class Ids(Protocol):
    """The source of fresh ids."""

    def new(self, prefix: str) -> str:
        """A fresh id that says nothing about what it names, such as `acc-4k2m9x…`."""


class Clock(Protocol):
    """The source of time; only adapters and `bootstrap` hold one."""

    def now(self) -> datetime:
        """The present instant, in UTC."""


Command: TypeAlias = "Callable[[S, datetime, Ids], Sequence[Draft] | Refusal]"
"""A use case bound to its arguments: `(state, now, ids) → drafts | refusal`; it changes nothing by itself."""


class Fold(Protocol[S]):
    """How a state is folded from entries, and which projection rows follow from it.

    `rows` reads the state only: a key's row is the same however the entries were batched, so that replaying gives
    the same projection. Both may raise; then the command that brought the entries fails alone.
    """

    def empty(self) -> S:
        """The state before the first entry."""

    def apply(self, state: S, recorded: Recorded) -> None:
        """Take one more entry into the state."""

    def rows(self, state: S, recorded: Sequence[Recorded]) -> Iterable[Row]:
        """The projection rows that these entries, already in the state, changed."""


class Row(msgspec.Struct, frozen=True, kw_only=True):
    """One row of a projection; `value` is `None` to remove it."""

    table: str
    key: str
    value: dict[str, Json] | None


Entropy: TypeAlias = "Callable[[int], bytes]"
"""A source of that many unguessable bytes."""


class Keys(Protocol):
    """Where subjects' keys are kept: apart from the record, so that destroying one erases what it sealed."""

    def find(self, subject: str) -> bytes:
        """The key of a subject.

        Raises:
            ErasedError: it was destroyed on purpose.
            SealError: there never was one, or it is lost.
        """

    def draw(self, subject: str) -> bytes:
        """The key of a subject, made if it has none; a made one is durable only after `settle`.

        Raises:
            ErasedError: it was destroyed on purpose; nothing more can be sealed under this pseudonym.
        """

    def settle(self) -> None:
        """Make every key that was drawn durable."""

    def erase(self, subject: str) -> None:
        """Destroy the key of a subject, also in the store's own log; what it sealed can't be opened by anyone.

        Raises:
            SealError: there never was one.
        """


class Ledger(Protocol[S_co]):
    """The record, with one sequencer."""

    @property
    def state(self) -> S_co:
        """The state after every acknowledged entry; only to be read, by one who knows that nobody submits meanwhile."""

    def reading(self) -> AbstractContextManager[S_co]:
        """The same state, held still while it is read; nobody is answered meanwhile, so don't wait inside."""

    def submit(self, command: Command[S_co], *, actor: str) -> Future[tuple[Recorded, ...] | Refusal]:
        """Hand a command to the sequencer; the future ends when its entries are durable, or it was refused."""

    def receipt(self, seq: int) -> Receipt:
        """The receipt of an entry under the newest checkpoint."""

    def close(self) -> None:
        """Stop the sequencer after what was handed in."""
