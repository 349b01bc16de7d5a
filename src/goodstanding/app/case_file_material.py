"""What a file of a case holds, as records of the domain, and how its keys become the desk's own ids.

It decides nothing. The keys of owners, accounts and ads are the file's own; the record knows random pseudonyms only, so
`CaseMaterial.renamed` puts those in place of the keys everywhere, fact ids included (promise P8).
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

import msgspec

from goodstanding.clause.model import Cell
from goodstanding.clause.values import EntityRef, Value, to_typed
from goodstanding.decisions.model import Ad
from goodstanding.evidence.model import Dossier, Fact, Resolution
from goodstanding.kernel.canonical import Json
from goodstanding.kernel.ids import AccountId, AdId, EvidenceId, FactId, OwnerId
from goodstanding.owners.model import Account, Control, Holdings, Link, Owner
from goodstanding.reasons.money import MoneyAnswer


class AdAbout(msgspec.Struct, frozen=True, kw_only=True):
    """A promoted item: what is judged, and what people call it; `topics` as the vocabulary names them."""

    id: AdId
    account: AccountId
    title: str
    topics: tuple[str, ...] = ()

    @property
    def ad(self) -> Ad:
        """The item as a decision takes it."""
        return Ad(id=self.id, account=self.account, title=self.title)


class RealMeasure(msgspec.Struct, frozen=True, kw_only=True):
    """What the real platform did, in our own words.

    `lacked`: the elements that its notice lacked, by the codes of `reasons check`; `notice`: how we know; where
    we don't, it says so and `known` is false.
    """

    measure: str
    when: str
    stated_reason: str
    notice: str
    lacked: tuple[str, ...]
    sources: tuple[str, ...]
    known: bool = True


class CaseAbout(msgspec.Struct, frozen=True, kw_only=True):
    """Which case it is, whose, and what really happened."""

    id: str
    title: str
    summary: str
    owner: OwnerId
    real: RealMeasure


class CaseMaterial(msgspec.Struct, frozen=True, kw_only=True):
    """Everything that a file of a case says; `as_of` are the dates for which it is to be decided."""

    case: CaseAbout | None = None
    as_of: tuple[datetime, ...] = ()
    owners: tuple[Owner, ...] = ()
    accounts: tuple[Account, ...] = ()
    links: tuple[Link, ...] = ()
    controls: tuple[Control, ...] = ()
    ads: tuple[AdAbout, ...] = ()
    dossier: Dossier = Dossier()
    money: Mapping[AccountId, MoneyAnswer] = {}

    @property
    def holdings(self) -> Holdings:
        """Owners, accounts, links and controls as the desk holds them."""
        return Holdings(owners=self.owners, accounts=self.accounts, links=self.links, controls=self.controls)

    @property
    def refs(self) -> tuple[EntityRef, ...]:
        """Every owner, account and ad of the file: what the caller has to name anew."""
        return (
            *(EntityRef("owner", owner.id) for owner in self.owners),
            *(EntityRef("account", account.id) for account in self.accounts),
            *(EntityRef("ad", ad.id) for ad in self.ads),
        )

    def renamed(self, names: Mapping[EntityRef, EntityRef]) -> CaseMaterial:
        """The same material under other ids; what `names` leaves out keeps its own."""
        put = msgspec.structs.replace
        return put(
            self,
            case=None if self.case is None else put(self.case, owner=_owner(self.case.owner, names)),
            owners=tuple(put(one, id=_owner(one.id, names)) for one in self.owners),
            accounts=tuple(put(one, id=_account(one.id, names)) for one in self.accounts),
            links=tuple(
                put(one, account=_account(one.account, names), owner=_owner(one.owner, names)) for one in self.links
            ),
            controls=tuple(
                put(one, owner=_owner(one.owner, names), controls=_owner(one.controls, names)) for one in self.controls
            ),
            ads=tuple(put(one, id=_ad(one.id, names), account=_account(one.account, names)) for one in self.ads),
            dossier=_dossier(self.dossier, names),
            money={_account(key, names): answer for key, answer in self.money.items()},
        )


def fact_id(evidence: EvidenceId, cell: Cell) -> FactId:
    """The id of what one piece of evidence says at one cell."""
    return FactId(f"{evidence}/{cell}")


def _new(ref: EntityRef, names: Mapping[EntityRef, EntityRef]) -> EntityRef:
    """The ref by its new name."""
    return names.get(ref, ref)


def _owner(name: OwnerId, names: Mapping[EntityRef, EntityRef]) -> OwnerId:
    return OwnerId(_new(EntityRef("owner", name), names).id)


def _account(name: AccountId, names: Mapping[EntityRef, EntityRef]) -> AccountId:
    return AccountId(_new(EntityRef("account", name), names).id)


def _ad(name: AdId, names: Mapping[EntityRef, EntityRef]) -> AdId:
    return AdId(_new(EntityRef("ad", name), names).id)


def _cell(cell: Cell, names: Mapping[EntityRef, EntityRef]) -> Cell:
    return Cell(_new(cell.entity, names), cell.fact)


def _value(value: Value, names: Mapping[EntityRef, EntityRef]) -> Value:
    """A value in which every ref has its new name, however deep."""
    if isinstance(value, tuple):
        return tuple(_value(member, names) for member in value)
    return _new(value, names) if isinstance(value, EntityRef) else value


def typed(value: Value) -> dict[str, Json]:
    """The typed-string form, which is always a mapping."""
    document = to_typed(value)
    assert isinstance(document, dict)
    return document


def _dossier(dossier: Dossier, names: Mapping[EntityRef, EntityRef]) -> Dossier:
    """The dossier with every cell, value and fact id renamed; evidence itself names no key."""
    facts = {fact.id: _fact(fact, names) for fact in dossier.facts}
    return msgspec.structs.replace(
        dossier,
        facts=tuple(facts.values()),
        resolutions=tuple(_resolution(one, facts, names) for one in dossier.resolutions),
    )


def _fact(fact: Fact, names: Mapping[EntityRef, EntityRef]) -> Fact:
    cell = _cell(fact.cell, names)
    return Fact(
        id=fact_id(fact.evidence, cell), cell=cell, value=typed(_value(fact.says, names)), evidence=fact.evidence
    )


def _resolution(one: Resolution, facts: Mapping[FactId, Fact], names: Mapping[EntityRef, EntityRef]) -> Resolution:
    """A resolution of the same contradiction, by the new fact ids."""
    return msgspec.structs.replace(
        one,
        cell=_cell(one.cell, names),
        kept=facts[one.kept].id,
        against=tuple(facts[name].id for name in one.against),
    )
