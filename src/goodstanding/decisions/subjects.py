"""Against whom and what each clause is read: one reading for each subject and bound entity."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from goodstanding.clause.model import Cell, Known
from goodstanding.clause.values import EntityRef
from goodstanding.decisions.model import Ad
from goodstanding.kernel.ids import AccountId
from goodstanding.policy.model import Reach

if TYPE_CHECKING:
    from collections.abc import Iterator

    from goodstanding.clause.model import Facts
    from goodstanding.decisions.model import Matter
    from goodstanding.policy.model import Clause


class Subject(msgspec.Struct, frozen=True, kw_only=True):
    """One reading to do: what the clause's variables stand for.

    `listed`: the list cell that put the bound entity before us, which is a fact of the finding like any other.
    """

    ref: EntityRef
    bindings: dict[str, EntityRef]
    account: AccountId | None = None
    ad: Ad | None = None
    binding: EntityRef | None = None
    listed: Cell | None = None


def subjects(clause: Clause, matter: Matter, accounts: tuple[AccountId, ...], facts: Facts) -> Iterator[Subject]:
    """Every subject that a clause is read against in a matter, each with each of its bound entities."""
    for subject in _unbound(clause, matter, accounts):
        if clause.each is None:
            yield subject
            continue
        listed = Cell(subject.bindings[clause.each.root], clause.each.fact)
        known = facts.read(listed)
        members = known.value if isinstance(known, Known) and isinstance(known.value, tuple) else ()
        for member in members:
            if isinstance(member, EntityRef):
                bindings = {**subject.bindings, clause.each.name: member}
                yield msgspec.structs.replace(subject, bindings=bindings, binding=member, listed=listed)


def _unbound(clause: Clause, matter: Matter, accounts: tuple[AccountId, ...]) -> Iterator[Subject]:
    """The subjects before `each` is applied; a clause that names no ad or account is read once, for the owner."""
    owner = EntityRef("owner", matter.owner)
    named = _variables(clause)
    if "ad" in named:
        for ad in matter.ads:
            ref = EntityRef("ad", ad.id)
            bindings = {"owner": owner, "account": EntityRef("account", ad.account), "ad": ref}
            yield Subject(ref=ref, bindings=bindings, account=ad.account, ad=ad)
    elif "account" in named:
        for account in accounts:
            ref = EntityRef("account", account)
            yield Subject(ref=ref, bindings={"owner": owner, "account": ref}, account=account)
    else:
        yield Subject(ref=owner, bindings={"owner": owner})


def _variables(clause: Clause) -> set[str]:
    """The variables that decide what a clause is read against: those its condition names, and its reach."""
    named = {root for root, _ in clause.condition.reads} if clause.condition is not None else set()
    return named | ({clause.reach.value} if clause.reach is not None and clause.reach is not Reach.OWNER else set())
