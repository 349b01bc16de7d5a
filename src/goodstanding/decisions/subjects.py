"""Against whom and what each clause is read: one reading for each subject and bound entity."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from goodstanding.clause.model import Cell, Unknown, Why
from goodstanding.clause.values import ABSENT, EntityRef
from goodstanding.decisions.model import Ad
from goodstanding.kernel.ids import AccountId
from goodstanding.owners.rules import accounts_of, reach
from goodstanding.policy.model import ClauseKind, Reach

if TYPE_CHECKING:
    from collections.abc import Iterator

    from goodstanding.clause.model import Known
    from goodstanding.decisions.bench import Bench
    from goodstanding.decisions.model import Matter
    from goodstanding.policy.model import Clause, Each


class Subject(msgspec.Struct, frozen=True, kw_only=True):
    """One reading to do: what the clause's variables stand for.

    `listed`: the list cell that put the bound entity before us, which is a fact of the finding like any other; with no
    `binding` beside it the list itself is not known.
    """

    ref: EntityRef
    bindings: dict[str, EntityRef]
    account: AccountId | None = None
    ad: Ad | None = None
    binding: EntityRef | None = None
    listed: Cell | None = None


def subjects(clause: Clause, matter: Matter, bench: Bench) -> Iterator[Subject]:
    """Every subject that a clause is read against in a matter, each with each of its bound entities."""
    for subject in _unbound(clause, matter, bench):
        if clause.each is None:
            yield subject
        else:
            yield from _bound(clause, clause.each, subject, bench)


def _bound(clause: Clause, each: Each, subject: Subject, bench: Bench) -> Iterator[Subject]:
    """A subject with each entity of its list, or once without one where the list would have to be known."""
    listed = Cell(subject.bindings[each.root], each.fact)
    known = bench.known_to(clause, subject.bindings).read(listed)
    if isinstance(known, Unknown):
        if _needs_its_list(clause, known):
            yield msgspec.structs.replace(subject, listed=listed)
        return
    for member in _members(known):
        bindings = {**subject.bindings, each.name: member}
        yield msgspec.structs.replace(subject, bindings=bindings, binding=member, listed=listed)


def _needs_its_list(clause: Clause, known: Unknown) -> bool:
    """Whether an unknown list leaves something undecided: there is evidence for it, or it would lift restrictions."""
    return known.why is not Why.NO_EVIDENCE or clause.kind is ClauseKind.EXEMPTION


def _members(known: Known) -> Iterator[EntityRef]:
    """The entities of a list; none where evidence records that there is no list."""
    if known.value is not ABSENT:
        assert isinstance(known.value, tuple)  # `evidence.rules.check` holds values to the vocabulary
        yield from (member for member in known.value if isinstance(member, EntityRef))


def _unbound(clause: Clause, matter: Matter, bench: Bench) -> Iterator[Subject]:
    """The subjects before `each` is applied; an ad of somebody who is not in the matter is not one."""
    owner = EntityRef("owner", matter.owner)
    match clause.reach:
        case Reach.AD:
            reached = reach(bench.holdings, matter.owner, bench.at, affiliates=True)
            for ad in (ad for ad in matter.ads if reached.contains(ad.account)):
                ref = EntityRef("ad", ad.id)
                bindings = {"owner": owner, "account": EntityRef("account", ad.account), "ad": ref}
                yield Subject(ref=ref, bindings=bindings, account=ad.account, ad=ad)
        case Reach.ACCOUNT:
            for account in accounts_of(bench.holdings, matter.owner, bench.at).names or ():
                ref = EntityRef("account", account)
                yield Subject(ref=ref, bindings={"owner": owner, "account": ref}, account=AccountId(account))
        case _:
            yield Subject(ref=owner, bindings={"owner": owner})
