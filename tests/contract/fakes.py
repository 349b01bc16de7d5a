"""A small trade for the tests of the record: pairs of a statement and its restriction, counted by owner."""

from __future__ import annotations

import random
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta

from goodstanding.app.ports import Command, Ids, Refusal, Row
from goodstanding.ledger.model import Draft, Kind, Recorded
from goodstanding.ledger.notes import signer_of

SIGNER = signer_of("desk.example/log", b"\x07" * 32)
VKEY = SIGNER.verifier.vkey
START = datetime(2026, 1, 1, tzinfo=UTC)


class Tally:
    """How many entries an owner has, and which acts of a pair were recorded."""

    def __init__(self) -> None:
        self.owners: dict[str, int] = {}
        self.pairs: dict[str, list[str]] = {}
        self.stories: list[str | None] = []


class TallyFold:
    """The fold of a `Tally`, with the projection tables `owners` and `pairs`."""

    def empty(self) -> Tally:
        """Nothing counted yet."""
        return Tally()

    def apply(self, state: Tally, recorded: Recorded) -> None:
        """Count one more; an entry marked `poison` is not taken."""
        entry = recorded.entry
        if "poison" in entry.clear:
            msg = "the fold does not take this"
            raise ValueError(msg)
        state.owners[entry.subject] = state.owners.get(entry.subject, 0) + 1
        state.stories.append(None if recorded.document is None else str(recorded.document.get("story", "")))
        pair = str(entry.clear.get("pair", ""))
        if entry.kind is Kind.RESTRICTION_LIFTED:
            state.pairs.pop(pair, None)
        elif pair:
            state.pairs.setdefault(pair, []).append(entry.kind.value)

    def rows(self, state: Tally, recorded: Sequence[Recorded]) -> Iterable[Row]:
        """The owners and pairs that these entries touched."""
        for one in recorded:
            subject, pair = one.entry.subject, str(one.entry.clear.get("pair", ""))
            yield Row(table="owners", key=subject, value={"entries": state.owners[subject]})
            acts = state.pairs.get(pair)
            yield Row(table="pairs", key=pair, value=None if acts is None else {"acts": [*acts]})


class Ticking:
    """A clock that goes on by a second each time it is read."""

    def __init__(self) -> None:
        self._now = START

    def now(self) -> datetime:
        """A second later than before."""
        self._now += timedelta(seconds=1)
        return self._now


class Counting:
    """Ids in order."""

    def __init__(self) -> None:
        self._last = 0

    def new(self, prefix: str) -> str:
        """The next one."""
        self._last += 1
        return f"{prefix}-{self._last}"


def seeded(seed: int) -> random.Random:
    """Bytes that look random and are the same in every run: `seeded(1).randbytes`."""
    return random.Random(seed)  # noqa: S311  tests must be repeatable


def issue(pair: str, *, subject: str = "own-1", story: str = "what was said") -> Command[Tally]:
    """The command that records a statement and its restriction together."""

    def run(_state: Tally, now: datetime, _ids: Ids) -> Sequence[Draft]:
        document = {"story": story, "at": now.isoformat()}
        return [
            Draft(kind=kind, subject=subject, clear={"pair": pair}, document={**document}, case="case-1")
            for kind in (Kind.STATEMENT_ISSUED, Kind.RESTRICTION_IMPOSED)
        ]

    return run


def issue_once(pair: str) -> Command[Tally]:
    """As `issue`, but refused where the state knows the pair."""

    def run(state: Tally, now: datetime, ids: Ids) -> Sequence[Draft] | Refusal:
        if pair in state.pairs:
            return Refusal(rule="APairIsIssuedOnce", message=f"`{pair}` was issued")
        return issue(pair)(state, now, ids)

    return run


def lift(pair: str) -> Command[Tally]:
    """The command that ends a restriction."""

    def run(_state: Tally, _now: datetime, _ids: Ids) -> Sequence[Draft]:
        return [Draft(kind=Kind.RESTRICTION_LIFTED, subject="own-1", clear={"pair": pair}, document={})]

    return run


def raising(error: BaseException) -> Command[Tally]:
    """A command with a fault in it."""

    def run(_state: Tally, _now: datetime, _ids: Ids) -> Sequence[Draft]:
        raise error

    return run


def poisoned() -> Command[Tally]:
    """A command whose second entry the fold does not take."""

    def run(_state: Tally, _now: datetime, _ids: Ids) -> Sequence[Draft]:
        return [
            Draft(kind=Kind.CASE_OPENED, subject="own-1", clear={"pair": "half"}, document={}),
            Draft(kind=Kind.CASE_OPENED, subject="own-1", clear={"poison": True}, document={}),
        ]

    return run
