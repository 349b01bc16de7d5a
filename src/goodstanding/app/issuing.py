"""Issue statements and, in the same transaction, impose what they state (promises P1, P2, P4).

A restriction begins never before its statement is issued, and only when the statement is complete. A hold stands for its
hours and is not renewed on the same evidence (P3).
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

import msgspec

from goodstanding.app.guards import Role, lacks_role
from goodstanding.app.ports import Command, Ids, Refusal
from goodstanding.app.state import Exempted, Judged, Opened, Restricted, State, Strike
from goodstanding.decisions.model import Effect, EffectKind, Ground
from goodstanding.errors import IncompleteStatementError
from goodstanding.kernel.extents import Extent
from goodstanding.kernel.ids import AccountId, RestrictionId, StatementId
from goodstanding.kernel.instants import Period
from goodstanding.kernel.scope import Scope
from goodstanding.ledger.model import Draft, Kind
from goodstanding.owners.model import Link, Owner
from goodstanding.owners.rules import owner_of
from goodstanding.reasons.compose import STATED, compose
from goodstanding.reasons.dsa17 import require_complete
from goodstanding.reasons.issue import Issue, Platform
from goodstanding.reasons.money import MoneyAnswer
from goodstanding.reasons.profile import Applies
from goodstanding.reasons.render import statement_document

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from goodstanding.decisions.model import Decision
    from goodstanding.kernel.canonical import Json
    from goodstanding.kernel.ids import DecisionId, PersonId

APPEAL_WINDOW = timedelta(days=184)
"""Six calendar months at the least (DSA art. 20(1)), counted in days so that no month is too short."""

REVIEW_AT_THE_LATEST = timedelta(days=180)
"""When a restriction is looked at again where its clause says nothing shorter."""


class Terms(msgspec.Struct, frozen=True, kw_only=True):
    """How statements are issued here: whether they are reconstructions, and what applies to this platform."""

    reconstruction: bool = False
    applies: Applies = Applies()


AS_A_PLATFORM = Terms()
"""The terms of a platform that every duty of the profile binds, and that issues for real."""


class _Act(msgspec.Struct, frozen=True, kw_only=True):
    """One act of issuing: everything that does not change from account to account."""

    state: State
    judged: Judged
    platform: Platform
    now: datetime
    ids: Ids
    billing: Callable[[AccountId, datetime], MoneyAnswer | None]
    terms: Terms

    @property
    def decision(self) -> Decision:
        """The decision that is carried out."""
        return self.judged.decision


def issue(
    decision: DecisionId,
    *,
    by: PersonId,
    billing: Callable[[AccountId, datetime], MoneyAnswer | None],
    terms: Terms = AS_A_PLATFORM,
    only: AccountId | None = None,
) -> Command[State]:
    """Issue the statements of a decision and impose what they state; `only` limits it to one account.

    An owner-wide act may run account by account; each account's part is whole. A new account of a restricted owner is
    restricted by issuing to it alone, from the instant its own statement is issued.
    """

    def run(state: State, now: datetime, ids: Ids) -> list[Draft] | Refusal:
        judged = state.decisions.get(decision)
        refusal = lacks_role(state, by, Role.DECIDER) or _may_issue(judged, decision)
        if refusal is not None or judged is None or state.platform is None:
            return refusal or Refusal(rule="TheDeskIsOpen", message="this desk has no platform", hint="run `init`")
        act = _Act(state=state, judged=judged, platform=state.platform, now=now, ids=ids, billing=billing, terms=terms)
        try:
            drafts = [draft for effect in act.decision.effects for draft in _carried_out(act, effect, only)]
        except IncompleteStatementError as error:
            return Refusal(
                rule="NoRestrictionWithoutACompleteStatement",
                message=str(error),
                promise="P1",
                hint="nothing was imposed; supply what is missing and issue again",
            )
        return drafts or _nothing_to_issue(decision)

    return run


def _may_issue(judged: Judged | None, decision: DecisionId) -> Refusal | None:
    """A decision with owner-wide effect needs its second person first (P4)."""
    if judged is None:
        return Refusal(rule="TheDecisionExists", message=f"there is no decision `{decision}`", hint="decide first")
    if judged.decision.high_impact and judged.approved_by is None:
        return Refusal(
            rule="HighImpactNeedsASecondPerson",
            message=f"`{decision}` reaches all accounts of an owner and nobody has approved it",
            hint="have another decider approve it",
            promise="P4",
        )
    return None


def _nothing_to_issue(decision: DecisionId) -> Refusal:
    """A decision that restricts nothing, or all of which stands already."""
    return Refusal(
        rule="OnlyWhatWasDecidedIsIssued",
        message=f"`{decision}` has nothing to issue: no effect, or all of it stands already",
        hint="see `case show` for its findings",
        promise="P1",
    )


def _carried_out(act: _Act, effect: Effect, only: AccountId | None) -> Iterator[Draft]:
    """Everything that one effect leads to, account by account."""
    effect = effect if only is None else _with_new_account(act, effect, only)
    for account in _accounts(effect):
        if only is not None and account != only:
            continue
        boxes = tuple(g for g in effect.grounds if g.scope.accounts.contains(account))
        if effect.kind in STATED:
            if not _stands_already(act, effect, account):
                yield from _restricted(act, effect, account, boxes)
        elif effect.kind is EffectKind.EXEMPTION:
            yield from _exempted(act, effect, account, boxes)
        elif effect.kind is EffectKind.ENTRY_OPEN:
            yield from _opened(act, effect, account, boxes)


def _with_new_account(act: _Act, effect: Effect, account: AccountId) -> Effect:
    """An owner-wide effect as it reaches an account that its owner has opened since."""
    if not effect.owner_wide or owner_of(act.state.holdings, account, act.now) != act.decision.matter.owner:
        return effect
    grounds = tuple(
        msgspec.structs.replace(
            ground,
            scope=msgspec.structs.replace(
                ground.scope, accounts=Extent.of([account, *(ground.scope.accounts.names or ())])
            ),
        )
        for ground in effect.grounds
    )
    return msgspec.structs.replace(effect, grounds=grounds)


def _accounts(effect: Effect) -> list[AccountId]:
    """The accounts inside the boxes of an effect."""
    named = {name for ground in effect.grounds for name in ground.scope.accounts.names or ()}
    return [AccountId(name) for name in sorted(named)]


def _stands_already(act: _Act, effect: Effect, account: AccountId) -> bool:
    """Whether this decision imposed it before, or a hold would be renewed on the same evidence (P3)."""
    evidence = _evidence(act, effect)
    for earlier in act.state.restrictions.values():
        if earlier.account != account or earlier.clause != effect.clause.id or earlier.undone:
            continue
        if earlier.decision == act.decision.id:
            return True
        renewed = effect.kind is EffectKind.HOLD and earlier.kind == "hold" and evidence <= set(earlier.evidence)
        in_force = earlier.lifted_at is None and earlier.scope.period.contains(act.now) and earlier.kind != "hold"
        if renewed or (in_force and earlier.kind != "inherited" and effect.kind is not EffectKind.HOLD):
            return True
    return False


def _evidence(act: _Act, effect: Effect) -> set[str]:
    """The digests of the evidence under an effect, so that a copy under another id is still the same evidence."""
    return {act.decision.evidence_of(fact).digest for ground in effect.grounds for fact in ground.facts}


def _restricted(act: _Act, effect: Effect, account: AccountId, boxes: tuple[Ground, ...]) -> Iterator[Draft]:
    """The statement for one account, then each of its boxes, and the strike if there is one."""
    name = StatementId(act.ids.new("sor"))
    period = _period(act, effect, account)
    statement = compose(
        act.decision,
        effect,
        account=next(a for a in act.state.holdings.accounts if a.id == account),
        owner=_owner(act, account),
        issue=_issue(act, effect, name, period),
        platform=act.platform,
        money=act.billing(account, act.now),
        link=_link(act, account),
    )
    require_complete(statement, applies=act.terms.applies)
    clear = {"statement": name, "account": account, "decision": act.decision.id}
    yield _draft(act, Kind.STATEMENT_ISSUED, clear, statement_document(statement))
    for ground in boxes:
        restriction = _one(act, effect, account, name, _narrowed(ground, account, period))
        kind = Kind.HOLD_PLACED if effect.kind is EffectKind.HOLD else Kind.RESTRICTION_IMPOSED
        yield _draft(act, kind, {"account": account, "restricted": msgspec.to_builtins(restriction)}, {})
    if effect.strike:
        yield _strike(act, effect, account)


def _period(act: _Act, effect: Effect, account: AccountId) -> Period:
    """From the end of the clause's notice; a hold ends by itself.

    An owner that has had its notice gets no second one for an account that it opens afterwards.
    """
    begins = act.now + timedelta(seconds=effect.notice)
    given = [
        r.scope.period.start
        for r in act.state.restrictions.values()
        if r.decision == act.decision.id and r.clause == effect.clause.id and r.account != account and r.owner_wide
    ]
    if given:
        begins = max([act.now, *(start for start in given if start is not None)])
    ends = begins + timedelta(seconds=effect.hold) if effect.kind is EffectKind.HOLD else None
    return Period(start=begins, end=ends)


def _issue(act: _Act, effect: Effect, name: StatementId, period: Period) -> Issue:
    """The act of issuing one statement, with every deadline as it is recorded (P11)."""
    begins = period.start or act.now
    review = timedelta(seconds=effect.review_after) if effect.review_after else REVIEW_AT_THE_LATEST
    return Issue(
        statement=name,
        issued_at=act.now,
        begins_at=begins,
        ends_at=period.end,
        review_at=begins + review,
        appeal_until=act.now + APPEAL_WINDOW,
        reconstruction=act.terms.reconstruction,
    )


def _owner(act: _Act, account: AccountId) -> Owner:
    """The owner that the statement speaks to: the account's own, which may be an affiliate of the case's."""
    name = owner_of(act.state.holdings, account, act.now)
    return next(o for o in act.state.holdings.owners if o.id == name)


def _link(act: _Act, account: AccountId) -> Link | None:
    """The newest confirmed link of an account."""
    links = [link for link in act.state.holdings.links if link.account == account]
    return max(links, key=lambda link: link.confirmed_at, default=None)


def _narrowed(ground: Ground, account: AccountId, period: Period) -> Scope:
    """A ground's box, for one account and from when it begins."""
    scope = ground.scope
    within = Period(start=period.start, end=period.end).intersect(scope.period)
    return msgspec.structs.replace(scope, accounts=Extent.of([account]), period=within)


def _one(act: _Act, effect: Effect, account: AccountId, statement: StatementId, scope: Scope) -> Restricted:
    """One box as the record keeps it."""
    return Restricted(
        id=RestrictionId(act.ids.new("res")),
        kind="hold" if effect.kind is EffectKind.HOLD else "restriction",
        account=account,
        clause=effect.clause.id,
        overridable=effect.clause.overridable,
        scope=scope,
        case=act.decision.matter.case,
        owner=act.decision.matter.owner,
        decision=act.decision.id,
        statement=statement,
        owner_wide=effect.owner_wide,
        rests_on=(act.decision.id,),
        evidence=tuple(sorted(_evidence(act, effect))),
    )


def _strike(act: _Act, effect: Effect, account: AccountId) -> Draft:
    """A strike on the account that lives for as long as its clause says."""
    strike = Strike(
        id=act.ids.new("str"),
        account=account,
        owner=act.decision.matter.owner,
        clause=effect.clause.id,
        decision=act.decision.id,
        period=Period(start=act.now, end=act.now + timedelta(seconds=effect.strike)),
    )
    return _draft(act, Kind.STRIKE_RECORDED, {"account": account, "strike": msgspec.to_builtins(strike)}, {})


def _exempted(act: _Act, effect: Effect, account: AccountId, boxes: tuple[Ground, ...]) -> Iterator[Draft]:
    """An exemption for each of its boxes on one account."""
    for ground in boxes:
        exempted = Exempted(
            id=act.ids.new("exe"),
            clause=effect.clause.id,
            lifts=effect.lifts,
            scope=msgspec.structs.replace(ground.scope, accounts=Extent.of([account])),
            decision=act.decision.id,
        )
        clear = {"account": account, "exempted": msgspec.to_builtins(exempted)}
        yield _draft(act, Kind.EXEMPTION_GRANTED, clear, {})


def _opened(act: _Act, effect: Effect, account: AccountId, boxes: tuple[Ground, ...]) -> Iterator[Draft]:
    """An entry requirement found to be met, for each of its boxes on one account."""
    for ground in boxes:
        opened = Opened(
            id=act.ids.new("ent"),
            clause=effect.clause.id,
            scope=msgspec.structs.replace(ground.scope, accounts=Extent.of([account])),
            decision=act.decision.id,
        )
        yield _draft(act, Kind.ENTRY_OPENED, {"account": account, "opened": msgspec.to_builtins(opened)}, {})


def _draft(act: _Act, kind: Kind, clear: Mapping[str, Json], document: Mapping[str, Json]) -> Draft:
    """One entry of this act, in its case, sealed under its owner's key."""
    return Draft(
        kind=kind,
        case=act.decision.matter.case,
        subject=act.decision.matter.owner,
        clear=dict(clear),
        document=dict(document),
    )
