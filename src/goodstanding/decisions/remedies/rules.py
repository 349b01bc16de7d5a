"""The remedies of a decision: the smallest changes by weight that end what it restricts, and in whose hands they are.

First what the advertiser can do; where that is nothing, what only others can change; and what ends by itself, with its
date. That there is none is an answer, with its reason; that the limit of the search was reached is another. A remedy
names changes of the world: unknown is no target, nobody is asked to withhold evidence, and what is past or another's is
fixed. It ends what it is for and creates nothing new (see `judge`).

There is one answer for staff, on the whole decision; for parties there is one for each effect, and one for all that an
account has together. To a party, a clause whose guidance is on conduct (deception, circumvention, fraud) is answered by
that guidance alone.
Upholds P11: the remedies are part of the decision, and of its record.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING, Final

import msgspec

from goodstanding.clause.vocabulary import ChangedBy
from goodstanding.decisions.bench import Bench
from goodstanding.decisions.model import WITH_REMEDIES, EffectKind
from goodstanding.decisions.remedies.judge import Goal, Judge
from goodstanding.decisions.remedies.search import STEPS, Exhausted, Search
from goodstanding.decisions.remedies.wording import told, why_none
from goodstanding.decisions.remedy import Alternative, Answer, Audience, Remedies
from goodstanding.kernel.ids import AccountId
from goodstanding.policy.model import GuidanceKind

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from goodstanding.decisions.model import Decision, Effect
    from goodstanding.policy.model import Policy

ALTERNATIVES: Final = 3
"""How many alternatives are looked for in the same hands."""

WAITS: Final = 8
"""How many instants are tried at which something may end by itself."""

ENDED_BY_REMEDY: Final = frozenset({EffectKind.RESTRICTION, EffectKind.HOLD, EffectKind.COMMERCIAL_ENDING})

_ADVERTISER: Final = frozenset({ChangedBy.ADVERTISER})
_ANYBODY: Final = frozenset({ChangedBy.ADVERTISER, ChangedBy.PLATFORM, ChangedBy.AUTHORITY})


class Prospect(msgspec.Struct, frozen=True, kw_only=True):
    """The case now and later: the bench as it will be at an instant if nobody does anything, and when that changes."""

    now: Bench
    at: Callable[[datetime], Bench]
    moments: tuple[datetime, ...] = ()


def unchanging(bench: Bench) -> Prospect:
    """A case in which nothing is known of the future but the time."""
    return Prospect(now=bench, at=lambda at: msgspec.structs.replace(bench, at=at))


def with_remedies(decision: Decision, policy: Policy, prospect: Prospect, *, steps: int = STEPS) -> Decision:
    """The decision with its remedies, for staff and for each group of accounts."""
    numbers = tuple(n for n, effect in enumerate(decision.effects) if effect.kind in ENDED_BY_REMEDY)
    if not numbers:
        return _recorded(decision, ())
    case = _Case(decision, policy, prospect, steps)
    groups = _groups(decision, numbers)
    found = [
        case.remedies(numbers, Audience.STAFF, tuple(sorted({name for group in groups.values() for name in group})))
    ]
    for ends, names in sorted(groups.items()):
        found.append(case.remedies(ends, Audience.PARTY, names))
    return _recorded(decision, tuple(found))


def _recorded(decision: Decision, found: tuple[Remedies, ...]) -> Decision:
    """The decision in the format that has remedies."""
    pins = msgspec.structs.replace(decision.pins, format=WITH_REMEDIES)
    return msgspec.structs.replace(decision, pins=pins, remedies=found)


def _groups(decision: Decision, numbers: Iterable[int]) -> dict[tuple[int, ...], tuple[AccountId, ...]]:
    """The accounts by the effects that touch them: each effect alone, and all that one account has together."""
    named = {
        name for n in numbers for ground in decision.effects[n].grounds for name in ground.scope.accounts.names or ()
    }
    groups: dict[tuple[int, ...], tuple[AccountId, ...]] = {}
    for account in sorted({*decision.accounts, *named}):
        ends = tuple(n for n in numbers if _touches(decision.effects[n], account))
        for some in {ends, *((n,) for n in ends)} - {()}:
            groups[some] = (*groups.get(some, ()), AccountId(account))
    return groups


def _touches(effect: Effect, account: str) -> bool:
    """Whether an effect is for an account."""
    return any(ground.scope.accounts.contains(account) for ground in effect.grounds)


def _goal(effect: Effect) -> Goal:
    """An effect as a goal."""
    return Goal(effect.clause.id, effect.subject, effect.binding, effect.kind is EffectKind.HOLD)


class _Solved(msgspec.Struct, frozen=True, kw_only=True):
    """The alternatives for some effects, whoever reads them."""

    answer: Answer
    alternatives: tuple[Alternative, ...] = ()
    reason: str = ""


class _Case:
    """One decision to find remedies for."""

    def __init__(self, decision: Decision, policy: Policy, prospect: Prospect, steps: int) -> None:
        self._decision = decision
        self._policy = policy
        self._prospect = prospect
        self._steps = steps
        self._guidance = {clause.id: clause.guidance for clause in policy.clauses if clause.guidance is not None}
        self._solved: dict[tuple[int, ...], _Solved] = {}

    def remedies(self, ends: tuple[int, ...], audience: Audience, accounts: tuple[AccountId, ...]) -> Remedies:
        """The remedies of some effects, as one audience may read them."""
        hidden = {n for n in ends if audience is Audience.PARTY and self._is_on_conduct(n)}
        shown = tuple(n for n in ends if n not in hidden)
        solved = self._solve(shown) if shown else _Solved(answer=Answer.CONDUCT)
        return Remedies(
            audience=audience,
            accounts=accounts,
            ends=ends,
            answer=solved.answer,
            alternatives=solved.alternatives,
            stop=tuple(dict.fromkeys(self._decision.effects[n].clause.guidance for n in sorted(hidden))),
            reason=solved.reason,
        )

    def _is_on_conduct(self, number: int) -> bool:
        """Whether the guidance of an effect's clause is on conduct."""
        guidance = self._guidance.get(self._decision.effects[number].clause.id)
        return guidance is not None and guidance.kind is GuidanceKind.CONDUCT

    def _solve(self, numbers: tuple[int, ...]) -> _Solved:
        """The alternatives for some effects, looked for once."""
        if numbers not in self._solved:
            self._solved[numbers] = self._looked_for(numbers)
        return self._solved[numbers]

    def _looked_for(self, numbers: tuple[int, ...]) -> _Solved:
        """First what the advertiser can do, then what only others can; and waiting, where that is less to do."""
        judge = self._judge(numbers, self._prospect.now)
        search = Search(judge.levers.costs, judge, steps=self._steps)
        own = _alternatives(search, judge, _ADVERTISER, self._prospect.now)
        waits = tuple(self._waits(numbers, judge, min((one.weight for one in own.found), default=None)))
        if own.found or own.exhausted:
            return _answer(Answer.ADVERTISER, own, waits)
        others = _alternatives(search, judge, _ANYBODY, self._prospect.now)
        if others.found or others.exhausted or waits:
            return _answer(Answer.OTHERS if others.found else Answer.TIME, others, waits)
        return _Solved(answer=Answer.NONE, reason=self._why_none(numbers))

    def _judge(self, numbers: Collection[int], bench: Bench, ended: Collection[int] = ()) -> Judge:
        """The judge of some effects; the other effects of the decision are of no concern."""
        effects = self._decision.effects
        goals = [_goal(effects[n]) for n in numbers if n not in ended]
        aside = [goal for n, effect in enumerate(effects) if n not in numbers for goal in _either(_goal(effect))]
        matter = msgspec.structs.replace(self._decision.matter, at=bench.at)
        return Judge(matter, self._policy, bench, goals=goals, aside=set(aside) - set(goals))

    def _waits(self, numbers: tuple[int, ...], judge: Judge, least: int | None) -> Iterator[Alternative]:
        """What ends by itself, or takes less than the least that can be done now, from a later instant on."""
        lapses = {n: at for n in numbers if (at := _lapses(self._decision.effects[n])) is not None}
        moments = {*lapses.values(), *judge.moments, *self._prospect.moments}
        for at in sorted(at for at in moments if at > self._decision.matter.at)[:WAITS]:
            bench = self._prospect.at(at)
            later = self._judge(numbers, bench, [n for n, end in lapses.items() if end <= at])
            if not later.complete:
                continue
            found = _alternatives(Search(later.levers.costs, later, steps=self._steps), later, _ADVERTISER, bench).found
            if found and (least is None or found[0].weight < least):
                least = found[0].weight
                yield msgspec.structs.replace(found[0], until=at)

    def _why_none(self, numbers: tuple[int, ...]) -> str:
        """Which effects rest on what is fixed; if none does, ending one of them would bring about another."""
        effects = self._decision.effects
        stuck = [effects[n] for n in numbers if () in self._judge((n,), self._prospect.now)(())]
        return why_none(self._decision, stuck)


class _Alternatives(msgspec.Struct, frozen=True):
    """What was found in some hands, and whether the search had to stop."""

    found: tuple[Alternative, ...]
    exhausted: bool


def _alternatives(search: Search, judge: Judge, hands: frozenset[ChangedBy], bench: Bench) -> _Alternatives:
    """The cheapest choices in some hands, none of which contains another's levers."""
    found: list[Alternative] = []
    while len(found) < ALTERNATIVES:
        choice = search.cheapest(lambda: judge.levers.outside(hands))
        if choice is None or isinstance(choice, Exhausted):
            return _Alternatives(tuple(found), exhausted=choice is not None)
        changes = told(choice, judge.levers, bench)
        found.append(Alternative(changes=changes, weight=sum(change.effort for change in changes)))
        search.refuse(choice)
    return _Alternatives(tuple(found), exhausted=False)


def _answer(answer: Answer, alternatives: _Alternatives, waits: tuple[Alternative, ...]) -> _Solved:
    """What was found, with what waiting gives; where the search had to stop, that is said."""
    found = (*alternatives.found, *waits)
    if alternatives.exhausted:
        answer = Answer.LIMIT if not alternatives.found else answer
        return _Solved(
            answer=answer, alternatives=found, reason="the limit of the search is reached: there may be more"
        )
    reason = {
        Answer.OTHERS: "nothing in the advertiser's own hands ends all of it",
        Answer.TIME: "nobody can change what it rests on: it ends by itself",
    }.get(answer, "")
    return _Solved(answer=answer, alternatives=found, reason=reason)


def _either(goal: Goal) -> tuple[Goal, Goal]:
    """What a goal is about, held or restricted."""
    return msgspec.structs.replace(goal, hold=False), msgspec.structs.replace(goal, hold=True)


def _lapses(effect: Effect) -> datetime | None:
    """When the evidence under all of its grounds stops speaking of the time, if it does."""
    ends = [ground.scope.period.end for ground in effect.grounds]
    known = [end for end in ends if end is not None]
    return max(known) if known and len(known) == len(ends) else None
