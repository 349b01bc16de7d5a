"""What a statement needs beside its decision: the act of issuing, and the platform that issues.

All of it is given by the caller (`app`, from its settings and its clock); nothing here is decided. Deadlines are
recorded as given. Redress is offered only where it exists (DSA art. 17(3)(f)).
"""

from __future__ import annotations

from datetime import datetime
from typing import TypeAlias

import msgspec

from goodstanding.clause.vocabulary import Named
from goodstanding.kernel.ids import EvidenceId, StatementId


class Seal(msgspec.Struct, frozen=True, kw_only=True):
    """On what legal basis a piece of evidence is kept from the party."""

    evidence: EvidenceId
    basis: str


class Issue(msgspec.Struct, frozen=True, kw_only=True):
    """The act of issuing one statement; `ends_at` is `None` where only a condition ends the measure.

    `appeal_until` is counted from the day on which the party is told. `reconstruction`: it is made from public facts
    about somebody else's decision, and is never sent.
    """

    statement: StatementId
    issued_at: datetime
    begins_at: datetime
    ends_at: datetime | None
    review_at: datetime
    appeal_until: datetime
    reconstruction: bool = False
    seals: tuple[Seal, ...] = ()


class Available(msgspec.Struct, frozen=True, kw_only=True, tag="available"):
    """A way of redress that exists: whom to turn to, where, and what to know; before `since` it did not exist."""

    name: str
    address: str
    note: str = ""
    since: datetime | None = None


class NotAvailable(msgspec.Struct, frozen=True, kw_only=True, tag="not available"):
    """A way of redress that does not exist, and the ground of that, as a sentence."""

    ground: str


Way: TypeAlias = Available | NotAvailable


class Platform(msgspec.Struct, frozen=True, kw_only=True):
    """The platform that speaks, and its words for its own things.

    `appeal_addresses`: where its own complaint system takes an appeal. `monetary`: the capabilities that earn money
    (DSA art. 17(1)(b)). `small`: a micro or small enterprise, which DSA art. 19 frees from art. 21. An id without a
    label is shown as it is.
    """

    name: str
    appeal_addresses: tuple[str, ...]
    out_of_court: Way
    court: Way
    services: tuple[Named, ...] = ()
    capabilities: tuple[Named, ...] = ()
    topics: tuple[Named, ...] = ()
    audiences: tuple[Named, ...] = ()
    territories: tuple[Named, ...] = ()
    monetary: tuple[str, ...] = ("monetise",)
    small: bool = False
