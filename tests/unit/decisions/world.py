"""A small world to decide about: an owner with two accounts, an affiliate with one, and evidence made in one line."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from functools import cache

import msgspec

from goodstanding.app.library import volume
from goodstanding.bootstrap import pack
from goodstanding.clause.model import Cell
from goodstanding.clause.values import EntityRef, Value, to_typed
from goodstanding.decisions.bench import Bench
from goodstanding.decisions.model import Ad, Decision, Effect, EffectKind, Finding, Matter
from goodstanding.decisions.rules import decide
from goodstanding.evidence.model import Coverage, Dossier, Estimate, Evidence, Fact, Resolution, Source
from goodstanding.kernel.digests import digest_of_text
from goodstanding.kernel.extents import ALL, Extent
from goodstanding.kernel.grades import Grade
from goodstanding.kernel.ids import AccountId, AdId, CaseId, DecisionId, EvidenceId, FactId, OwnerId, PersonId
from goodstanding.kernel.instants import ALWAYS, Period, instant
from goodstanding.owners.model import Account, Basis, Control, Holdings, Link, Owner
from goodstanding.policy.model import Policy

AT = instant("2024-06-01")
LONG_AGO = instant("2020-01-01")
OWNER, SISTER = OwnerId("own-1"), OwnerId("own-2")
FIRST, SECOND, THIRD = AccountId("acc-1"), AccountId("acc-2"), AccountId("acc-3")
AD = Ad(id=AdId("ad-1"), account=FIRST, title="First")
OTHER_AD = Ad(id=AdId("ad-2"), account=SECOND, title="Second")
VOCABULARY_FILE = "vocabulary.yaml"

FRONT = """---
id: tiny
version: "{version}"
title: Tiny
in_force_from: {start}
{until}language: en
capabilities: [advertise]
vocabulary: advertising@1
---

"""


def link(account: AccountId, owner: OwnerId, at: datetime = LONG_AGO) -> Link:
    """A confirmed link."""
    return Link(account=account, owner=owner, basis=Basis.DECLARED, confirmed_by=PersonId("ines"), confirmed_at=at)


HOLDINGS = Holdings(
    owners=(Owner(id=OWNER, name="Northwind", seat="AT"), Owner(id=SISTER, name="Southwind", seat="AT")),
    accounts=tuple(Account(id=name, handle=f"@{name}") for name in (FIRST, SECOND, THIRD)),
    links=(link(FIRST, OWNER), link(SECOND, OWNER), link(THIRD, SISTER)),
    controls=(Control(owner=OWNER, controls=SISTER, evidence=EvidenceId("register"), known_from=LONG_AGO),),
)
VOCABULARY = volume(pack("ads.md"), "ads.md", pack(VOCABULARY_FILE), VOCABULARY_FILE).vocabulary
ADS = volume(pack("ads.md"), "ads.md", pack(VOCABULARY_FILE), VOCABULARY_FILE).policy


def text_of(*blocks: str, version: str = "1", start: str = "2020-01-01", until: str = "") -> str:
    """The text of a policy of clauses, each given as `id` and the lines of its block."""
    lines = f"in_force_until: {until}\n" if until else ""
    clauses = []
    for block in blocks:
        name, _, keys = block.strip().partition("\n")
        clauses.append(
            f"## The rule {name} {{#{name}}}\n\nA rule with a few words of its own.\n\n```clause\n{keys}\n```\n"
        )
    return FRONT.format(version=version, start=start, until=lines) + "\n".join(clauses)


@cache
def tiny(*blocks: str, start: str = "2020-01-01", until: str = "", vocabulary: str = "") -> Policy:
    """A policy of these clauses."""
    text = text_of(*blocks, start=start, until=until)
    return volume(text, "tiny.md", vocabulary or pack(VOCABULARY_FILE), VOCABULARY_FILE).policy


def evidence(
    name: str,
    facts: Mapping[str, Value],
    *,
    grade: Grade = Grade.FINDING,
    territories: Extent = ALL,
    topics: Extent = ALL,
    affiliates: bool = False,
    valid: Period = ALWAYS,
    known: datetime = LONG_AGO,
    text: str = "",
) -> Dossier:
    """One piece of evidence and what it says: `{"order:a.in_force": True}`."""
    told = text or f"what {name} says"
    about = Estimate(model="m", version="1", threshold="0.9", precision="0.8", measured_at=LONG_AGO)
    piece = Evidence(
        id=EvidenceId(name),
        source=Source(title=f"Document {name}", publisher="An office"),
        grade=grade,
        covers=Coverage(binds="everybody", territories=territories, topics=topics, affiliates=affiliates),
        known_from=known,
        retrieved_at=known,
        digest=digest_of_text(told),
        kept=told,
        valid=valid,
        estimate=about if grade is Grade.ESTIMATE else None,
    )
    return Dossier(evidence=(piece,), facts=tuple(fact(name, cell, value) for cell, value in facts.items()))


def fact(under: str, cell: str, value: Value) -> Fact:
    """One fact of a piece of evidence; its id is `evidence/cell`."""
    typed = to_typed(value)
    document = {"id": f"{under}/{cell}", "cell": msgspec.to_builtins(cell_of(cell)), "value": typed, "evidence": under}
    return msgspec.convert(document, Fact)


def cell_of(text: str) -> Cell:
    """`order:a.in_force` as a cell."""
    entity, _, name = text.rpartition(".")
    return Cell(EntityRef.read(entity), name)


def resolved(kept: str, *against: str, at: datetime = AT) -> Dossier:
    """A person's word on contradicting facts, by their ids."""
    cell = cell_of(kept.partition("/")[2])
    by, reason = PersonId("dan"), "the newer document is the official one"
    names = tuple(FactId(name) for name in against)
    return Dossier(resolutions=(Resolution(cell=cell, kept=FactId(kept), against=names, by=by, at=at, reason=reason),))


def dossier(*parts: Dossier) -> Dossier:
    """All of it together."""
    whole = Dossier()
    for part in parts:
        whole = whole.extended(part)
    return whole


def bench(known: Dossier, *, at: datetime = AT, holdings: Holdings = HOLDINGS) -> Bench:
    """The bench of a decision about the owner."""
    return Bench(
        vocabulary=VOCABULARY,
        dossier=known,
        holdings=holdings,
        owner=OWNER,
        at=at,
        names=str,
        routine=frozenset({EvidenceId("routine")}),
    )


def judged(
    policy: Policy, *parts: Dossier, ads: tuple[Ad, ...] = (), at: datetime = AT, holdings: Holdings = HOLDINGS
) -> Decision:
    """The decision on what these parts say."""
    matter = Matter(case=CaseId("case-1"), owner=OWNER, ads=ads, at=at)
    on = bench(dossier(*parts), at=at, holdings=holdings)
    return decide(matter, policy, on, name=DecisionId("dec-1"), by=PersonId("dan"))


def finding(decision: Decision, clause: str) -> Finding:
    """The only finding on a clause."""
    (found,) = (one for one in decision.findings if one.clause == clause)
    return found


def effects(decision: Decision, kind: EffectKind) -> list[Effect]:
    """The effects of a kind."""
    return [effect for effect in decision.effects if effect.kind is kind]


def restrictions(decision: Decision) -> list[Effect]:
    """What is restricted."""
    return effects(decision, EffectKind.RESTRICTION)


def holds(decision: Decision) -> list[Effect]:
    """What is held."""
    return effects(decision, EffectKind.HOLD)


def order(name: str, *, products: tuple[str, ...], places: tuple[str, ...], in_force: bool = True) -> dict[str, Value]:
    """What the text of an order against supply says, and that the owner is in it."""
    ref = f"order:{name}"
    return {
        f"owner:{OWNER}.orders": (EntityRef("order", name),),
        f"{ref}.name": f"Order {name}",
        f"{ref}.on_security_grounds": True,
        f"{ref}.forbids_public_supply": True,
        f"{ref}.in_force": in_force,
        f"{ref}.territory": places,
        f"{ref}.products": products,
    }


def ordered(
    name: str,
    *,
    products: tuple[str, ...] = ("antivirus-software",),
    places: tuple[str, ...] = ("US",),
    in_force: bool = True,
    affiliates: bool = False,
    valid: Period = ALWAYS,
) -> Dossier:
    """An order against supply as evidence of the grade that its clause needs."""
    return evidence(
        name,
        order(name, products=products, places=places, in_force=in_force),
        grade=Grade.DIRECTIVE,
        territories=Extent.of(places),
        topics=Extent.of(products),
        affiliates=affiliates,
        valid=valid,
    )
