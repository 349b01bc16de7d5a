"""An extent: everything along one dimension, or a finite set of named things."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import msgspec

if TYPE_CHECKING:
    from collections.abc import Iterable


class Extent(msgspec.Struct, frozen=True):
    """`names` sorted and without repeats; `None` means all, the empty tuple means nothing."""

    names: tuple[str, ...] | None = None

    def __post_init__(self) -> None:
        """INVARIANT: one extent has one form, so equality, digests and replay (P11) can rest on it.

        Raises:
            ValueError: the names are not sorted, or one is repeated.
        """
        if self.names is not None and any(a >= b for a, b in pairwise(self.names)):
            msg = f"`{', '.join(self.names)}` is not sorted without repeats: use `Extent.of`"
            raise ValueError(msg)

    @classmethod
    def of(cls, names: Iterable[str]) -> Extent:
        """The extent of exactly these names."""
        return cls(tuple(sorted(set(names))))

    @property
    def is_all(self) -> bool:
        """Whether nothing is left out."""
        return self.names is None

    @property
    def is_empty(self) -> bool:
        """Whether nothing is in it."""
        return self.names == ()

    def contains(self, name: str) -> bool:
        """Whether a name lies inside."""
        return self.names is None or name in self.names

    def intersect(self, other: Extent) -> Extent:
        """What lies in both."""
        if self.names is None:
            return other
        if other.names is None:
            return self
        return Extent.of(set(self.names) & set(other.names))

    def within(self, other: Extent) -> bool:
        """Whether every name of this one lies in the other."""
        if other.names is None:
            return True
        return self.names is not None and set(self.names) <= set(other.names)

    def shown(self) -> list[str] | str:
        """`"all"` or the list of names, as every exported document writes it."""
        return "all" if self.names is None else list(self.names)


ALL = Extent()
