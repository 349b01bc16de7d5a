"""Whether a version of a policy is nowhere stricter than another (P12: loosening is immediate, tightening is not).

It compares forms, key by key, and believes nobody's word: what is not plainly looser counts as tighter. A condition
that was changed counts as tighter, unless the caller brings a proof that what meets the new one met the old one. Other
grades of evidence always count as tighter: with fewer of them a contradiction can vanish that kept a fact undecided.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import TYPE_CHECKING, TypeAlias

from goodstanding.clause.tree import Condition
from goodstanding.kernel.extents import Extent
from goodstanding.policy.differences import form
from goodstanding.policy.model import Clause, ClauseKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from goodstanding.clause.vocabulary import Vocabulary
    from goodstanding.kernel.ids import ClauseId
    from goodstanding.policy.model import Dimension, Policy

Proof: TypeAlias = Callable[[Condition, Condition], bool]
"""Whether everything that meets the first condition also meets the second; `False` also where nobody knows."""

_FIXED = ("kind", "reach", "each", "needs", "procedure", "approver", "strike_category")
_SIDES = ("territory", "topics", "audience")
_NO_TIME = timedelta(0)


def same_form(new: Condition, old: Condition) -> bool:
    """The proof that needs no prover: the same condition."""
    return form(new) == form(old)


def tightened(
    old: Policy | None, new: Policy, *, words: tuple[Vocabulary, Vocabulary] | None = None, proof: Proof = same_form
) -> tuple[str, ...]:
    """Why a version is, or may be, stricter than the one that it displaces, in sentences; empty if it is nowhere.

    `old` is `None` where no version applied. `words` are the vocabularies of both; without them they must be one.
    """
    before = {} if old is None else {clause.id: clause for clause in old.clauses}
    found = [f"`{new_id}` {why}" for new_id, why in _clauses(before, new, proof)]
    kept = {clause.id for clause in new.clauses if clause.kind is ClauseKind.EXEMPTION}
    found += [
        f"the exemption `{c.id}` is gone"
        for c in before.values()
        if c.kind is ClauseKind.EXEMPTION and c.id not in kept
    ]
    if old is not None:
        found += [] if new.services == old.services else ["the services are others"]
        found += _words_differ(old, new, words)
    return tuple(found)


def _clauses(before: dict[ClauseId, Clause], new: Policy, proof: Proof) -> Iterator[tuple[str, str]]:
    """The clauses that may be stricter, each with one reason."""
    for clause in new.clauses:
        earlier = before.get(clause.id)
        why = _first_reason(earlier, clause, proof)
        if why:
            yield clause.id, why


def _first_reason(old: Clause | None, new: Clause, proof: Proof) -> str:
    """Why one clause may be stricter than before; empty if it can't be."""
    if new.kind is ClauseKind.PUBLISHED_ONLY:
        return ""
    if new.kind is ClauseKind.EXEMPTION:
        return "" if old is None or old.kind is not new.kind else next(_exempts_less(old, new, proof), "")
    if old is None or old.kind is ClauseKind.PUBLISHED_ONLY:
        return "is new"
    return next(_restricts_more(old, new, proof), "")


def _restricts_more(old: Clause, new: Clause, proof: Proof) -> Iterator[str]:
    """Why a clause that restricts, or closes an entry, may be stricter."""
    yield from (f"has another `{name}`" for name in _FIXED if form(getattr(new, name)) != form(getattr(old, name)))
    yield from (f"reaches wider in `{name}`" for name in _SIDES if not _within(getattr(new, name), getattr(old, name)))
    if not _implied(new.when, old.when, proof) or not _implied(old.requires, new.requires, proof):
        yield "is not proven to be met by no more than before"
    if not set(new.restricts) <= set(old.restricts):
        yield "restricts more"
    if old.ends is not None and not _implied(old.ends, new.ends, proof):
        yield "is not proven to end whenever it ended before"
    if old.overridable and not new.overridable:
        yield "can't be lifted any more"
    if old.hold_only and not new.hold_only:
        yield "no longer only holds"
    yield from _lengths(old, new)


def _lengths(old: Clause, new: Clause) -> Iterator[str]:
    """Why its lengths may be stricter."""
    if (new.hold or _NO_TIME) > (old.hold or _NO_TIME):
        yield "holds longer"
    if new.notice < old.notice:
        yield "gives less notice"
    if (new.strike or _NO_TIME) > (old.strike or _NO_TIME) or new.strike_weight > old.strike_weight:
        yield "counts more strikes"
    if old.review_after is not None and (new.review_after is None or new.review_after > old.review_after):
        yield "is looked at again later"


def _exempts_less(old: Clause, new: Clause, proof: Proof) -> Iterator[str]:
    """Why an exemption may lift less."""
    yield from (f"has another `{name}`" for name in _FIXED if form(getattr(new, name)) != form(getattr(old, name)))
    yield from (f"reaches less in `{name}`" for name in _SIDES if not _within(getattr(old, name), getattr(new, name)))
    if not _implied(old.when, new.when, proof):
        yield "is not proven to be met by no less than before"
    if form(old.ends) != form(new.ends):
        yield "ends otherwise"
    if not set(old.lifts) <= set(new.lifts):
        yield "lifts less"


def _implied(narrow: Condition | None, wide: Condition | None, proof: Proof) -> bool:
    """Whether one condition is met only where the other is."""
    if narrow is None or wide is None:
        return narrow is wide
    return same_form(narrow, wide) or proof(narrow, wide)


def _within(narrow: Dimension, wide: Dimension) -> bool:
    """Whether one side of a scope lies in another, whatever the case."""
    if isinstance(wide, Extent):
        return wide.is_all or (isinstance(narrow, Extent) and narrow.within(wide))
    return form(narrow) == form(wide)


def _words_differ(old: Policy, new: Policy, words: tuple[Vocabulary, Vocabulary] | None) -> list[str]:
    """The facts that the new version reads, and that its words say otherwise than the old one's did."""
    if old.vocabulary_digest == new.vocabulary_digest:
        return []
    if words is None:
        return ["the words are others"]
    read = sorted({pair for clause in new.clauses for pair in _reads(clause)})
    return [
        f"`{kind}.{fact}` is another fact"
        for kind, fact in read
        if _fact(words[0], kind, fact) != _fact(words[1], kind, fact)
    ]


def _reads(clause: Clause) -> Iterator[tuple[str, str]]:
    """The facts that a clause reads, as entity kind and name."""
    for part in (clause.when, clause.requires, clause.ends, clause.territory, clause.topics, clause.audience):
        if isinstance(part, Condition):
            yield from part.facts
    if clause.each is not None:
        yield clause.each.root, clause.each.fact


def _fact(words: Vocabulary, kind: str, name: str) -> tuple[object, ...] | None:
    """What of a fact's words bears on decisions: its type and the evidence it takes; never how it is said."""
    entity = words.entity(kind)
    fact = entity.fact(name) if entity is not None else None
    return None if fact is None else (fact.type, fact.of, frozenset(fact.accepts))
