"""Decisions written by hand, and everything that a statement on them needs; nobody in them exists."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from functools import cache
from pathlib import Path

import jinja2

import goodstanding.reasons
from goodstanding.clause.model import Cell, Verdict
from goodstanding.clause.values import EntityRef
from goodstanding.clause.vocabulary import ChangedBy, Named
from goodstanding.decisions.model import (
    Ad,
    Automation,
    ClauseShown,
    Decision,
    Effect,
    EffectKind,
    EvidenceShown,
    FactShown,
    Finding,
    Ground,
    Matter,
    Missing,
    Origin,
    Pins,
    RemedyStep,
)
from goodstanding.kernel.digests import digest_of_text
from goodstanding.kernel.extents import Extent
from goodstanding.kernel.grades import Grade, Handling
from goodstanding.kernel.ids import (
    AccountId,
    AdId,
    CaseId,
    ClauseId,
    DecisionId,
    EvidenceId,
    FactId,
    OwnerId,
    PersonId,
    PolicyId,
    StatementId,
)
from goodstanding.kernel.instants import Period, instant
from goodstanding.kernel.money import Money
from goodstanding.kernel.scope import Scope
from goodstanding.owners.model import Account, Basis, Link, Owner
from goodstanding.reasons.compose import compose
from goodstanding.reasons.issue import Available, Issue, NotAvailable, Platform, Seal
from goodstanding.reasons.model import Statement
from goodstanding.reasons.money import Invoice, MoneyAnswer, Stop, Sum

VIENNA = timezone(timedelta(hours=2), "CEST")
OWNER = Owner(id=OwnerId("own-1"), name="Northwind Security GmbH", seat="AT", zone="Europe/Vienna")
ACCOUNT = Account(id=AccountId("acc-1"), handle="@northwind")
OTHER = Account(id=AccountId("acc-2"), handle="@northwind_labs")
LINK = Link(
    account=ACCOUNT.id,
    owner=OWNER.id,
    basis=Basis.DOMAIN,
    confirmed_by=PersonId("p-1"),
    confirmed_at=instant("2017-01-01"),
)
ORDER = EntityRef("order", "order-1")
OWNER_REF = EntityRef("owner", OWNER.id)
AD_REF = EntityRef("ad", "ad-1")

PLATFORM = Platform(
    name="Plaza",
    appeal_addresses=("https://plaza.example/appeals", "appeals@plaza.example"),
    out_of_court=Available(
        name="Example Disputes Board",
        address="https://disputes.example",
        note="It is free of charge for you, and its result does not bind you.",
        since=datetime(2024, 2, 17, tzinfo=UTC),
    ),
    court=Available(name="The Commercial Court in Vienna", address="Marxergasse 1a, 1030 Vienna"),
    services=(Named(id="feed", label="the feed"),),
    capabilities=(
        Named(id="post", label="post and reply"),
        Named(id="advertise", label="promote posts and run ads"),
        Named(id="monetise", label="earn a share of advertising"),
    ),
    topics=(
        Named(id="antivirus", label="antivirus software"),
        Named(id="threat-intelligence", label="threat intelligence"),
        Named(id="training", label="security training"),
    ),
    audiences=(Named(id="adults", label="adults"), Named(id="minors", label="minors")),
    territories=(Named(id="US", label="the United States"), Named(id="AT", label="Austria")),
)
MONEY = MoneyAnswer(
    stops=(Stop(what="Campaign “Autumn”", at=instant("2024-09-30")),),
    charged_until=instant("2024-09-30"),
    balance=Sum(amount=Money(minor=125000, currency="EUR"), becomes="It is paid back to the card within 14 days."),
    credits=Sum(amount=Money(minor=0, currency="EUR"), becomes="There are none."),
    invoices=(
        Invoice(
            number="2024-118", amount=Money(minor=40010, currency="EUR"), becomes="It is due for ads shown before."
        ),
    ),
)
TEXT = (
    "We do not run ads for products whose supply to the public a competent authority has forbidden, in the places "
    "where the order applies and for as long as it applies.\n\n"
    "Other products of the same company may still be advertised."
)


def clause(*, legal: str = "") -> ClauseShown:
    """The clause of most samples."""
    return ClauseShown(
        id=ClauseId("supply-forbidden"),
        title="Products whose supply to the public is forbidden",
        text=TEXT,
        text_digest=digest_of_text(TEXT),
        condition="the order forbids supply to the public",
        legal=legal,
        overridable=False,
        guidance="Tell us early when an authority is examining a product.",
    )


def evidence(name: str, *, handling: Handling = Handling.OPEN, grade: Grade = Grade.DIRECTIVE) -> EvidenceShown:
    """A piece of evidence that is nobody's."""
    return EvidenceShown(
        id=EvidenceId(name),
        title="Final determination no. 7",
        publisher="Office of Example Commerce",
        url="https://authority.example/7",
        quotation="The supply of the listed software to any person is prohibited.",
        grade=grade,
        handling=handling,
        binds="every supplier of the listed software",
        valid=Period(start=instant("2024-07-20")),
        known_from=instant("2024-06-20"),
        digest=digest_of_text(name),
    )


def fact(name: str, text: str, under: str, *, entity: EntityRef = ORDER) -> FactShown:
    """A fact resting on a piece of evidence."""
    return FactShown(
        id=FactId(name),
        cell=Cell(entity, name),
        sentence=text,
        value={"t": "bool", "v": "true"},
        evidence=EvidenceId(under),
    )


FACTS = (
    fact("forbids", "Determination no. 7 forbids supply to the public in the United States.", "order-text"),
    fact("in-force", "Determination no. 7 is in force since 20 July 2024.", "order-text"),
    fact("listed", "The software of Northwind Security is on the list of determination no. 7.", "order-list"),
)
ALL_FACTS = tuple(each.id for each in FACTS)
ABROAD = Scope(
    capabilities=Extent.of(["advertise"]),
    accounts=Extent.of(["acc-1", "acc-2"]),
    territories=Extent.of(["US"]),
    topics=Extent.of(["antivirus"]),
    period=Period(start=instant("2024-07-20")),
)


def effect(
    *grounds: Ground,
    kind: EffectKind = EffectKind.RESTRICTION,
    legal: str = "",
    owner_wide: bool = True,
    strike: int = 0,
) -> Effect:
    """An effect of the sample clause."""
    return Effect(
        kind=kind,
        clause=clause(legal=legal),
        subject=OWNER_REF,
        binding=ORDER,
        grounds=grounds or (Ground(facts=ALL_FACTS, scope=ABROAD),),
        notice=30 * 86_400,
        review_after=180 * 86_400,
        hold=0,
        strike=strike,
        ends_when="the order is no longer in force",
        owner_wide=owner_wide,
        remedy=(
            RemedyStep(cell=Cell(ORDER, "in_force"), changed_by=ChangedBy.AUTHORITY, text="withdraw the order"),
            RemedyStep(cell=Cell(ORDER, "listed"), changed_by=ChangedBy.ADVERTISER, text="stop offering the software"),
        ),
    )


BY_HAND = Automation(detection=False, decision=False)


def decision(
    *effects: Effect,
    origin: Origin = Origin.OWN_INITIATIVE,
    automation: Automation = BY_HAND,
    pieces: tuple[EvidenceShown, ...] | None = None,
    facts: tuple[FactShown, ...] = FACTS,
    missing: tuple[Missing, ...] = (),
    ads: tuple[Ad, ...] = (),
) -> Decision:
    """A decision with these effects, and one finding for each."""
    return Decision(
        id=DecisionId("dec-1"),
        matter=Matter(
            case=CaseId("case-1"),
            owner=OWNER.id,
            ads=ads,
            origin=origin,
            automation=automation,
            at=instant("2024-08-30"),
        ),
        decided_by=PersonId("p-1"),
        accounts=(ACCOUNT.id, OTHER.id),
        pins=Pins(
            format=1,
            policy=PolicyId("ads"),
            policy_version="2024-06",
            policy_in_force_from=instant("2017-06-01"),
            policy_digest=digest_of_text("policy"),
            vocabulary_version="1",
            vocabulary_digest=digest_of_text("vocabulary"),
            evidence=(),
            facts=(),
        ),
        findings=tuple(
            Finding(
                clause=each.clause.id,
                title=each.clause.title,
                subject=each.subject,
                binding=each.binding,
                verdict=Verdict.MET,
                because=tuple(one.sentence for one in facts if any(one.id in ground.facts for ground in each.grounds)),
                facts=tuple(one.id for one in facts),
                missing=missing,
            )
            for each in effects
        ),
        effects=effects,
        facts=facts,
        evidence=pieces or (evidence("order-text"), evidence("order-list")),
        needs_person=(),
        unread=(),
        high_impact=False,
    )


def issue(
    *,
    at: str = "2024-08-31",
    begins: str = "2024-09-30",
    ends: str | None = None,
    review: str = "2025-03-29",
    appeal: str = "2025-03-01",
    reconstruction: bool = False,
    seals: tuple[Seal, ...] = (),
) -> Issue:
    """The act of issuing."""
    return Issue(
        statement=StatementId("sor-1"),
        issued_at=instant(at),
        begins_at=instant(begins),
        ends_at=None if ends is None else instant(ends),
        review_at=instant(review),
        appeal_until=instant(appeal),
        reconstruction=reconstruction,
        seals=seals,
    )


def composed(
    made: Decision, given: Issue, *, money: MoneyAnswer | None = MONEY, platform: Platform = PLATFORM
) -> Statement:
    """The statement on the first effect of a decision, for the sample account."""
    return compose(
        made, made.effects[0], account=ACCOUNT, owner=OWNER, issue=given, platform=platform, money=money, link=LINK
    )


def restriction() -> Statement:
    """Advertising off in one territory on one topic, on all accounts of an owner."""
    return composed(decision(effect()), issue())


HOLD_FACTS = (
    fact("reported", "A reader reported that the page behind the ad “Autumn” serves malware.", "report", entity=AD_REF),
)


def hold() -> Statement:
    """One ad held for a day on a report, found by machine."""
    box = Scope(capabilities=Extent.of(["advertise"]), accounts=Extent.of(["acc-1"]), ads=Extent.of(["ad-1", "ad-9"]))
    held = effect(Ground(facts=(FactId("reported"),), scope=box), kind=EffectKind.HOLD, owner_wide=False)
    gap = Missing(
        cell=Cell(AD_REF, "measured"), why="no evidence", sentence="No measurement of the page has been made so far."
    )
    made = decision(
        held,
        origin=Origin.NOTICE,
        automation=Automation(detection=True, decision=True),
        pieces=(evidence("report", grade=Grade.REPORT, handling=Handling.SOURCE_PROTECTED),),
        facts=HOLD_FACTS,
        missing=(gap,),
        ads=(Ad(id=AdId("ad-1"), account=ACCOUNT.id), Ad(id=AdId("ad-9"), account=OTHER.id)),
    )
    given = issue(begins="2024-08-31", ends="2024-09-01", review="2024-08-31T12:00:00Z")
    stopped = MoneyAnswer(
        stops=(Stop(what="Ad “Autumn”", at=instant("2024-08-31")),),
        charged_until=instant("2024-08-31"),
        balance=Sum(amount=Money(minor=125000, currency="EUR"), becomes="It stays on the account."),
        credits=Sum(amount=Money(minor=0, currency="EUR"), becomes="There are none."),
    )
    return composed(made, given, money=stopped)


def legal_order() -> Statement:
    """A ban that the law itself is the ground of, ordered by an authority, with sealed evidence and several grounds."""
    everything = Scope(accounts=Extent.of(["acc-1"]), territories=Extent.of(["AT"]))
    paying = Scope(
        capabilities=Extent.of(["advertise", "monetise"]),
        accounts=Extent.of(["acc-1"]),
        services=Extent.of(["feed"]),
        audiences=Extent.of(["minors"]),
    )
    made = decision(
        effect(
            Ground(facts=(FactId("forbids"),), scope=everything),
            Ground(facts=(FactId("in-force"),), scope=everything),
            Ground(facts=(FactId("listed"),), scope=paying),
            legal="Council Regulation (EU) 0000/0000, art. 2f",
            strike=180 * 86_400,
        ),
        origin=Origin.AUTHORITY,
        pieces=(evidence("order-text"), evidence("order-list", handling=Handling.SEALED)),
    )
    seal = Seal(evidence=EvidenceId("order-list"), basis="section 12 of the Example Secrecy Act")
    return composed(made, issue(seals=(seal,)))


def reconstructed() -> Statement:
    """What a platform would have had to say in January 2018."""
    boxed = Scope(capabilities=Extent.of(["advertise"]), accounts=Extent.of(["acc-1", "acc-2"]))
    made = decision(effect(Ground(facts=ALL_FACTS, scope=boxed)))
    given = issue(at="2018-01-31", begins="2018-03-02", review="2018-08-29", appeal="2018-08-02", reconstruction=True)
    sums = MoneyAnswer(
        stops=(Stop(what="Every running campaign", at=instant("2018-03-02")),),
        charged_until=instant("2018-03-02"),
        balance=Sum(amount=Money(minor=0, currency="USD"), becomes="There is none on public record."),
        credits=Sum(amount=Money(minor=0, currency="USD"), becomes="There are none on public record."),
    )
    return composed(made, given, money=sums)


NOWHERE = Platform(
    name="Plaza",
    appeal_addresses=("appeals@plaza.example",),
    out_of_court=NotAvailable(ground="the platform is a micro enterprise (DSA art. 19)"),
    court=NotAvailable(ground="both sides agreed on arbitration"),
)


@cache
def environment(*, autoescape: bool = True) -> jinja2.Environment:
    """The environment that `bootstrap` builds, strict about names that are not there."""
    templates = Path(next(iter(goodstanding.reasons.__path__))) / "templates"
    return jinja2.Environment(
        loader=jinja2.FileSystemLoader(templates),
        autoescape=autoescape,  # noqa: S701  the template itself must hold where an environment forgets
        undefined=jinja2.StrictUndefined,
    )
