"""The vocabulary: which entities there are, which facts can be stated of them, and in which words.

It is a versioned document of its own, cited by policies and evidence. It leaves to `evidence` whether a fact is known.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Final

import msgspec

from goodstanding.clause.values import ValueType
from goodstanding.kernel.digests import Digest
from goodstanding.kernel.grades import Grade


class ChangedBy(StrEnum):
    """Who can change a fact; a remedy never asks a person to change what is not in their hands."""

    ADVERTISER = "advertiser"
    AUTHORITY = "authority"
    PLATFORM = "platform"
    NOBODY = "nobody"


HANDS: Final = {
    ChangedBy.ADVERTISER: "the advertiser",
    ChangedBy.AUTHORITY: "an authority",
    ChangedBy.PLATFORM: "the platform",
    ChangedBy.NOBODY: "nobody",
}
"""What a reader is told of whose hands a fact is in, in English; the catalogues have it in other languages."""


class FactKind(msgspec.Struct, frozen=True, kw_only=True):
    """One fact that can be stated of an entity.

    `of` names the entity kind for `entity` facts, the element's type or entity kind for `list` facts.
    `label` is a noun phrase ("the balance overdue"); `holds` and `holds_not` are verb phrases for booleans, said after
    the entity's name ("forbids supply to the public", "does not forbid supply to the public"). `remedy` says, in the
    imperative, what the one in whose hands it is would do ("pay the balance"); `effort` weighs that against other
    changes, and 0 leaves the weight to whoever weighs.
    """

    name: str
    type: ValueType
    label: str
    accepts: tuple[Grade, ...]
    changed_by: ChangedBy
    of: str | None = None
    holds: str = ""
    holds_not: str = ""
    remedy: str = ""
    effort: int = 0


class EntityKind(msgspec.Struct, frozen=True, kw_only=True):
    """One kind of thing that facts are about; `label` is a noun phrase ("the order").

    Languages with cases say `object` and `of` too: the noun phrase as an object, and where something belongs to it.
    """

    name: str
    label: str
    facts: tuple[FactKind, ...]
    object: str = ""
    of: str = ""

    def fact(self, name: str) -> FactKind | None:
        """The fact of that name, if there is one."""
        return next((fact for fact in self.facts if fact.name == name), None)


class Named(msgspec.Struct, frozen=True, kw_only=True):
    """A capability, topic or audience: its id and its words."""

    id: str
    label: str


class Vocabulary(msgspec.Struct, frozen=True, kw_only=True):
    """The whole document; `digest` is of its text."""

    id: str
    version: str
    language: str
    digest: Digest
    entities: tuple[EntityKind, ...]
    capabilities: tuple[Named, ...]
    topics: tuple[Named, ...]
    audiences: tuple[Named, ...]

    def entity(self, name: str) -> EntityKind | None:
        """The entity kind of that name, if there is one."""
        return next((kind for kind in self.entities if kind.name == name), None)
