"""What each effect of a decision becomes on the record, account by account (promises P1, P2, P3, P9).

Exactly the boxes that a statement states are imposed, each under the ground that carries it. A hold stands for its
hours and is not renewed on the same evidence. What was reversed, or rests on what was, is not imposed, and no other
decision imposes it again on the same evidence.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from itertools import product
from typing import TYPE_CHECKING, TypeAlias

import msgspec

from goodstanding.app.ending import ends_with_its_version
from goodstanding.app.library import policy_at
from goodstanding.app.ports import Ids
from goodstanding.app.state import Exempted, Judged, Opened, Restricted, State, Strike
from goodstanding.decisions.model import Decision, Effect, EffectKind, Ground
from goodstanding.kernel.extents import Extent
from goodstanding.kernel.ids import AccountId, RestrictionId, StatementId
from goodstanding.kernel.instants import Period
from goodstanding.kernel.scope import Scope
from goodstanding.ledger.model import Draft, Kind
from goodstanding.owners.rules import owner_of
from goodstanding.policy.rules import clause as clause_of
from goodstanding.reasons.compose import compose
from goodstanding.reasons.dsa17 import require_complete
from goodstanding.reasons.issue import Issue, Platform, Seal
from goodstanding.reasons.measure import Held, held_by
from goodstanding.reasons.money import MoneyAnswer
from goodstanding.reasons.profile import Applies
from goodstanding.reasons.render import statement_document

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from goodstanding.kernel.canonical import Json
    from goodstanding.owners.model import Link, Owner

Billing: TypeAlias = Callable[[AccountId, datetime], MoneyAnswer | None]
"""The billing port: what stops for an account, and what becomes of its money; no answer, no statement (P1)."""

APPEAL_WINDOW = timedelta(days=184)
"""Six calendar months at the least (DSA art. 20(1)), counted in days so that no month is too short."""

REVIEW_AT_THE_LATEST = timedelta(days=180)
"""When a restriction is looked at again where its clause says nothing shorter."""


class Terms(msgspec.Struct, frozen=True, kw_only=True):
    """How statements are issued: whether they are reconstructions, and on what basis evidence is sealed."""

    reconstruction: bool = False
    seals: tuple[Seal, ...] = ()


AS_A_PLATFORM = Terms()
"""The terms of a platform that issues for real."""


def _applies(platform: Platform) -> Applies:
    """What the profile asks of this platform."""
    return Applies(settlement=not platform.small)


class Act(msgspec.Struct, frozen=True, kw_only=True):
    """One act of issuing: everything that does not change from account to account."""

    state: State
    judged: Judged
    platform: Platform
    now: datetime
    ids: Ids
    billing: Billing
    terms: Terms

    @property
    def decision(self) -> Decision:
        """The decision that is carried out."""
        return self.judged.decision


class _Part(msgspec.Struct, frozen=True, kw_only=True):
    """One effect as it meets one account; `name` is under what it can be reversed."""

    name: str
    effect: Effect
    account: AccountId


def carried_out(act: Act, only: AccountId | None) -> Iterator[Draft]:
    """Everything that a decision leads to, or the part of one account."""
    for number, effect in enumerate(act.decision.effects):
        name = f"{act.decision.id}#{number}"
        standing = _still_carried(act, name, _with_new_account(act, effect, only))
        for account in _accounts(standing):
            if only in {None, account}:
                yield from _carried_out(act, _Part(name=name, effect=standing, account=account))


def _still_carried(act: Act, name: str, effect: Effect) -> Effect:
    """The effect without the grounds that were reversed, here or on another decision, or that rest on what was (P9)."""
    gone = act.state.gone
    grounds = [
        ground
        for ground in effect.grounds
        if any(gone.isdisjoint(names) for names in _rests_on(act, name, [ground]))
        and not _reversed_before(act, effect, ground)
    ]
    return msgspec.structs.replace(effect, grounds=tuple(grounds))


def _reversed_before(act: Act, effect: Effect, ground: Ground) -> bool:
    """Whether a reviewer took the same measure back on all of this evidence."""
    digests = {
        digest
        for r in act.state.restrictions.values()
        if r.effect in act.state.reversed and r.clause == effect.clause.id and _meet(r.scope, ground.scope)
        for digest in r.evidence
    }
    return _evidence(act, [ground]) <= digests


def _meet(one: Scope, other: Scope) -> bool:
    """Whether two boxes have anything in common, whenever."""
    return not one.intersect(msgspec.structs.replace(other, period=one.period)).is_empty


def _rests_on(act: Act, name: str, grounds: Iterable[Ground]) -> tuple[tuple[str, ...], ...]:
    """The sets of ids each of which would carry one of the grounds: its effect, with what it measured of the record."""
    measured = act.judged.rests_on
    return tuple(
        (name, *sorted({one for names in choice for one in names}))
        for ground in grounds
        for choice in product(*(measured[fact] for fact in ground.facts if fact in measured))
    )


def _with_new_account(act: Act, effect: Effect, account: AccountId | None) -> Effect:
    """An owner-wide effect as it reaches an account that its owner has opened since, where it reached all it had."""
    owner = act.decision.matter.owner
    if account is None or not effect.owner_wide or owner_of(act.state.holdings, account, act.now) != owner:
        return effect
    return msgspec.structs.replace(
        effect, grounds=tuple(_grown(ground, account, act.decision.accounts) for ground in effect.grounds)
    )


def _grown(ground: Ground, account: AccountId, had: tuple[AccountId, ...]) -> Ground:
    """A ground with one more account, unless its evidence covered only some of those there were."""
    accounts = ground.scope.accounts
    if not Extent.of(had).within(accounts):
        return ground
    wider = Extent.of([account, *(accounts.names or ())])
    return msgspec.structs.replace(ground, scope=msgspec.structs.replace(ground.scope, accounts=wider))


def _accounts(effect: Effect) -> list[AccountId]:
    """The accounts inside the boxes of an effect."""
    named = {name for ground in effect.grounds for name in ground.scope.accounts.names or ()}
    return [AccountId(name) for name in sorted(named)]


def _carried_out(act: Act, part: _Part) -> Iterator[Draft]:
    """Everything that one effect leads to for one account."""
    match part.effect.kind:
        case EffectKind.EXEMPTION:
            yield from _exempted(act, part)
        case EffectKind.ENTRY_OPEN:
            yield from _opened(act, part)
        case _:  # what is closed by default has no box, so only what needs a statement comes here
            yield from _restricted(act, part)


def _restricted(act: Act, part: _Part) -> Iterator[Draft]:
    """The statement for one account, then each of its boxes, and the strike if there is one."""
    issue = _issue(act, part)
    held = held_by(act.decision, part.effect, account=part.account, issue=issue)
    if not held or _stands_already(act, part, held):
        return
    issue = msgspec.structs.replace(issue, statement=StatementId(act.ids.new("sor")))
    statement = compose(
        act.decision,
        part.effect,
        account=next(a for a in act.state.holdings.accounts if a.id == part.account),
        owner=_owner(act, part.account),
        issue=issue,
        platform=act.platform,
        money=act.billing(part.account, act.now),
        link=_link(act, part.account),
    )
    require_complete(statement, applies=_applies(act.platform))
    clear = {"statement": issue.statement, "account": part.account, "decision": act.decision.id}
    yield _draft(act, Kind.STATEMENT_ISSUED, clear, statement_document(statement))
    kind = Kind.HOLD_PLACED if part.effect.kind is EffectKind.HOLD else Kind.RESTRICTION_IMPOSED
    for one in held:
        restricted = _box(act, part, issue.statement, one)
        yield _draft(act, kind, {"account": part.account, "restricted": msgspec.to_builtins(restricted)}, {})
    if part.effect.strike:
        yield _strike(act, part, held)


def _stands_already(act: Act, part: _Part, held: tuple[Held, ...]) -> bool:
    """Whether this effect was imposed before, or what it would impose is in force on another decision."""
    earlier = [r for r in act.state.restrictions.values() if r.account == part.account]
    if any(r.effect == part.name for r in earlier):
        return True
    same = [r for r in earlier if r.clause == part.effect.clause.id]
    if part.effect.kind is EffectKind.HOLD:
        return _renews(act, part, held, [r for r in same if r.kind == "hold"])
    standing = [r for r in same if r.kind == "restriction" and r.lifted_at is None]
    return all(any(_stands_in_for(r, act, part, one) for r in standing) for one in held)


def _stands_in_for(earlier: Restricted, act: Act, part: _Part, one: Held) -> bool:
    """Whether a restriction reaches as far as a box, and stands for as long as what carries the box does (P9)."""
    carried = [set(names[1:]) for names in earlier.rests_on]
    return one.scope.within(earlier.scope) and all(
        any(needs <= set(names) for needs in carried) for names in _rests_on(act, part.name, [one.ground])
    )


def _renews(act: Act, part: _Part, held: tuple[Held, ...], holds: list[Restricted]) -> bool:
    """Whether a hold would rest on nothing but what earlier holds of the same ads or account rested on (P3)."""
    ads = [one.scope.ads for one in held]
    touching = [hold for hold in holds if any(not hold.scope.ads.intersect(each).is_empty for each in ads)]
    return _evidence(act, part.effect.grounds) <= {digest for hold in touching for digest in hold.evidence}


def _evidence(act: Act, grounds: Iterable[Ground]) -> set[str]:
    """The digests of the evidence under grounds, so that a copy under another id is still the same evidence."""
    return {act.decision.evidence_of(fact).digest for ground in grounds for fact in ground.facts}


def _issue(act: Act, part: _Part) -> Issue:
    """The act of issuing one statement, with every deadline as it is recorded (P11); its id follows."""
    begins, effect = _begins(act, part), part.effect
    held_until = begins + timedelta(seconds=effect.hold) if effect.kind is EffectKind.HOLD else None
    urgent_until = ends_with_its_version(act.state, act.decision, effect.clause.id)
    review = timedelta(seconds=effect.review_after) if effect.review_after else REVIEW_AT_THE_LATEST
    return Issue(
        statement=StatementId(""),
        issued_at=act.now,
        begins_at=begins,
        ends_at=min((end for end in (held_until, urgent_until) if end is not None), default=None),
        review_at=begins + review,
        appeal_until=act.now + APPEAL_WINDOW,
        reconstruction=act.terms.reconstruction,
        seals=act.terms.seals,
    )


def _begins(act: Act, part: _Part) -> datetime:
    """The end of the clause's notice; an owner that had its notice gets no second one for an account opened since."""
    owner = owner_of(act.state.holdings, part.account, act.now)
    given = [
        r.scope.period.start
        for r in act.state.restrictions.values()
        if r.effect == part.name and r.owner_wide and owner_of(act.state.holdings, r.account, act.now) == owner
    ]
    if given:
        return max([act.now, *(start for start in given if start is not None)])
    return act.now + timedelta(seconds=part.effect.notice)


def _owner(act: Act, account: AccountId) -> Owner:
    """The owner that the statement speaks to: the account's own, which may be an affiliate of the case's."""
    name = owner_of(act.state.holdings, account, act.now)
    return next(o for o in act.state.holdings.owners if o.id == name)


def _link(act: Act, account: AccountId) -> Link | None:
    """The newest confirmed link of an account."""
    links = [link for link in act.state.holdings.links if link.account == account and link.confirmed_at <= act.now]
    return max(links, key=lambda link: link.confirmed_at, default=None)


def _box(act: Act, part: _Part, statement: StatementId, one: Held) -> Restricted:
    """One box as the record keeps it."""
    clause = part.effect.clause
    return Restricted(
        id=RestrictionId(act.ids.new("res")),
        kind="hold" if part.effect.kind is EffectKind.HOLD else "restriction",
        account=part.account,
        clause=clause.id,
        overridable=clause.overridable,
        scope=one.scope,
        case=act.decision.matter.case,
        owner=act.decision.matter.owner,
        decision=act.decision.id,
        statement=statement,
        effect=part.name,
        owner_wide=part.effect.owner_wide,
        rests_on=_rests_on(act, part.name, [one.ground]),
        evidence=tuple(sorted(_evidence(act, [one.ground]))),
    )


def _strike(act: Act, part: _Part, held: tuple[Held, ...]) -> Draft:
    """A strike on the account that lives for as long as its clause says, with the weight and category it says."""
    found = policy_at(act.state, act.decision.pins.policy, act.now)
    counted = None if found is None else clause_of(found.policy, part.effect.clause.id)
    strike = Strike(
        id=act.ids.new("str"),
        account=part.account,
        owner=act.decision.matter.owner,
        case=act.decision.matter.case,
        clause=part.effect.clause.id,
        decision=act.decision.id,
        rests_on=_rests_on(act, part.name, [one.ground for one in held]),
        period=Period(start=act.now, end=act.now + timedelta(seconds=part.effect.strike)),
        weight=1 if counted is None else counted.strike_weight,
        category="" if counted is None else counted.strike_category,
    )
    return _draft(act, Kind.STRIKE_RECORDED, {"account": part.account, "strike": msgspec.to_builtins(strike)}, {})


def _exempted(act: Act, part: _Part) -> Iterator[Draft]:
    """An exemption for each of its boxes on one account, once."""
    granted = {(e.decision, e.clause, e.scope) for e in act.state.exemptions.values()}
    for ground in part.effect.grounds:
        scope = msgspec.structs.replace(ground.scope, accounts=Extent.of([part.account]))
        if (act.decision.id, part.effect.clause.id, scope) not in granted:
            exempted = Exempted(
                id=act.ids.new("exe"),
                clause=part.effect.clause.id,
                lifts=part.effect.lifts,
                scope=scope,
                decision=act.decision.id,
                since=act.now,
            )
            clear = {"account": part.account, "exempted": msgspec.to_builtins(exempted)}
            yield _draft(act, Kind.EXEMPTION_GRANTED, clear, {})


def _opened(act: Act, part: _Part) -> Iterator[Draft]:
    """An entry requirement found to be met, for each of its boxes on one account, once."""
    open_already = {(o.decision, o.clause, o.scope) for o in act.state.opened}
    for ground in part.effect.grounds:
        scope = msgspec.structs.replace(ground.scope, accounts=Extent.of([part.account]))
        if (act.decision.id, part.effect.clause.id, scope) not in open_already:
            opened = Opened(
                id=act.ids.new("ent"),
                clause=part.effect.clause.id,
                scope=scope,
                decision=act.decision.id,
                since=act.now,
            )
            yield _draft(act, Kind.ENTRY_OPENED, {"account": part.account, "opened": msgspec.to_builtins(opened)}, {})


def _draft(act: Act, kind: Kind, clear: Mapping[str, Json], document: Mapping[str, Json]) -> Draft:
    """One entry of this act, in its case, sealed under its owner's key."""
    return Draft(
        kind=kind,
        case=act.decision.matter.case,
        subject=act.decision.matter.owner,
        clear=dict(clear),
        document=dict(document),
    )
