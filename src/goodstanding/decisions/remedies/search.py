"""The cheapest choice that a judge accepts: an exact search that learns from each refusal.

The judge is asked about one choice of changes and answers with the combinations that stand against it, each of which
would be refused whatever else were chosen. A node fixes some levers; the cheapest choice below it leaves the others
alone. Nodes are taken by lower bound, then by lever and target, so the first choice accepted is a cheapest one, and the
same question gives the same answer to the byte (P11), which no library for such questions promises from version to
version. Bounded by a counter.
"""

from __future__ import annotations

from heapq import heappop, heappush
from typing import TYPE_CHECKING, Final, NamedTuple, TypeAlias

import msgspec

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

Choice: TypeAlias = "tuple[tuple[int, int], ...]"
"""Levers that are pulled, each with the number of its target (from 1), by lever."""

Against: TypeAlias = "tuple[tuple[int, int], ...]"
"""Levers with the targets that can't stand together; target 0 is a lever left alone."""

ANY: Final = -1
"""Any target of a lever."""

STEPS: Final = 20_000
"""How many nodes one search looks at before it gives up."""


class Exhausted(msgspec.Struct, frozen=True):
    """The counter ran out: whether there is a choice is not known."""


class _Refusal(NamedTuple):
    """A combination that is refused: the levers left alone in it, the same as bits, and the levers pulled.

    Sorted by how few levers there are, since few leave the least to choose.
    """

    size: int
    number: int
    alone: tuple[int, ...]
    bits: int
    pulled: tuple[tuple[int, int], ...]


class _Node(NamedTuple):
    """What is fixed: a choice, and as bits the levers that stay alone.

    `standing` are the refusals that the choice runs into, of the first `known` that were learned; `serial` keeps equal
    nodes in order. `bounded` says for how many refusals the bound was worked out.
    """

    bound: int
    choice: Choice
    serial: int
    kept: int
    standing: list[_Refusal]
    known: int
    bounded: int


class Search:
    """One search: what it has learned is kept from question to question, since a refusal stays a refusal.

    `costs` gives for each lever the cost of each target; the judge may add levers at its end. `out_of_reach` gives the
    levers that must be left alone, as bits.
    """

    def __init__(
        self, costs: Sequence[tuple[int, ...]], judge: Callable[[Choice], Iterable[Against]], *, steps: int = STEPS
    ) -> None:
        """Begin with nothing learned."""
        self._costs = costs
        self._judge = judge
        self._steps = steps
        self._serial = 0
        self._least: list[int] = []
        self._learned: list[_Refusal] = []
        self._by_pulled: dict[int, list[_Refusal]] = {}

    def cheapest(self, out_of_reach: Callable[[], int] = lambda: 0) -> Choice | Exhausted | None:
        """The cheapest choice that the judge accepts; `None` if it accepts none."""
        heap = [_Node(0, (), 0, 0, [], 0, -1)]
        while heap:
            if self._steps <= 0:
                return Exhausted()
            self._steps -= 1
            node = self._up_to_date(heappop(heap))
            closed = node.kept | out_of_reach()
            if node.bounded != node.known:
                bound = self._bound(node, closed)
                if bound is not None:
                    heappush(heap, node._replace(bound=bound, bounded=node.known))
            elif node.standing:
                for child in self._children(node, closed):
                    heappush(heap, child)
            elif self._learn(self._judge(node.choice)):
                heappush(heap, node)
            else:
                return node.choice
        return None

    def refuse(self, choice: Choice) -> None:
        """Take no choice any more that pulls all of these levers, whatever their targets."""
        self._keep(tuple((lever, ANY) for lever, _ in choice))

    def _learn(self, refusals: Iterable[Against]) -> bool:
        """Keep what stands against a choice, which is new since the choice met all that was known; whether any does."""
        before = len(self._learned)
        for one in refusals:
            self._keep(one)
        return len(self._learned) > before

    def _keep(self, one: Against) -> None:
        """One more refusal."""
        alone = tuple(lever for lever, target in one if not target)
        bits = sum(1 << lever for lever in alone)
        pulled = tuple(pair for pair in one if pair[1])
        refusal = _Refusal(len(alone), len(self._learned), alone, bits, pulled)
        self._learned.append(refusal)
        for lever, _ in pulled:
            self._by_pulled.setdefault(lever, []).append(refusal)

    def _up_to_date(self, node: _Node) -> _Node:
        """A node with what was learned since it was made."""
        if node.known == len(self._learned):
            return node
        pulled, chosen = sum(1 << lever for lever, _ in node.choice), dict(node.choice)
        more = [one for one in self._learned[node.known :] if not one.bits & pulled and _holds(one, chosen)]
        standing = sorted((*node.standing, *more)) if more else node.standing
        return node._replace(standing=standing, known=len(self._learned))

    def _bound(self, node: _Node, closed: int) -> int | None:
        """What any acceptable choice below a node costs at the least (dual ascent); `None` if there is none."""
        costs, least = self._costs, self._least
        least.extend(min(costs[lever][1:]) for lever in range(len(least), len(costs)))
        bound = sum(costs[lever][target] for lever, target in node.choice)
        left = least[:]
        for one in node.standing:
            free = [lever for lever in one.alone if not closed >> lever & 1] if one.bits & closed else one.alone
            if not free:
                return None
            smallest = min([left[lever] for lever in free])
            if smallest:
                bound += smallest
                for lever in free:
                    left[lever] -= smallest
        return max(bound, node.bound)

    def _children(self, node: _Node, closed: int) -> Iterator[_Node]:
        """Every way to get past the narrowest refusal, each once: earlier levers of it stay alone in later ways."""
        narrowest = min(node.standing, key=lambda one: (one.bits & ~closed).bit_count())
        kept = node.kept
        for lever in narrowest.alone:
            if closed >> lever & 1:
                continue
            past = [one for one in node.standing if not one.bits >> lever & 1]
            for target in range(1, len(self._costs[lever])):
                choice = tuple(sorted((*node.choice, (lever, target))))
                self._serial += 1
                standing = self._with_new(past, choice, lever)
                yield _Node(node.bound, choice, self._serial, kept, standing, node.known, -1)
            kept |= 1 << lever

    def _with_new(self, past: list[_Refusal], choice: Choice, lever: int) -> list[_Refusal]:
        """What stands against a choice, given what stood against it before this lever was pulled."""
        pulled, chosen = sum(1 << one for one, _ in choice), dict(choice)
        new = [one for one in self._by_pulled.get(lever, ()) if not one.bits & pulled and _holds(one, chosen)]
        return sorted((*past, *new)) if new else past


def _holds(one: _Refusal, chosen: dict[int, int]) -> bool:
    """Whether the pulled levers of a refusal are pulled so."""
    return all(lever in chosen and target in {ANY, chosen[lever]} for lever, target in one.pulled)
