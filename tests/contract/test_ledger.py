"""What every storage of the record must do; a storage joins by a name in `STORAGES`."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import AbstractContextManager
from functools import partial
from pathlib import Path
from threading import Event
from typing import TypeAlias

import msgspec
import pytest

from contract.desks import made, opened
from contract.fakes import START, VKEY, Tally, issue, issue_once, lift, poisoned, raising
from goodstanding.app.ports import Ids, Ledger, Recorded, Refusal
from goodstanding.errors import LedgerError, ProofError
from goodstanding.ledger.model import Draft, Kind
from goodstanding.ledger.receipt import verify_receipt

Opener: TypeAlias = Callable[[], AbstractContextManager[Ledger[Tally]]]


def sqlite(place: Path) -> Opener:
    """A new desk on SQLite."""
    return partial(opened, made(place / "desk"))


STORAGES: dict[str, Callable[[Path], Opener]] = {"sqlite": sqlite}


@pytest.fixture(params=STORAGES)
def desk(request: pytest.FixtureRequest, tmp_path: Path) -> Opener:
    """A new, empty desk, to be opened as often as one likes."""
    return STORAGES[request.param](tmp_path)


def recorded(future: Future[tuple[Recorded, ...] | Refusal]) -> tuple[Recorded, ...]:
    """The entries of a command that was carried out."""
    answer = future.result(timeout=30)
    assert not isinstance(answer, Refusal)
    return answer


class Held:
    """Holds the sequencer inside a command, so that what is submitted meanwhile becomes one batch."""

    def __init__(self, ledger: Ledger[Tally]) -> None:
        self._entered, self._left = Event(), Event()
        self._future = ledger.submit(self._wait, actor="per-0")
        assert self._entered.wait(30)

    def _wait(self, _state: Tally, _now: object, _ids: Ids) -> list[Draft]:
        self._entered.set()
        assert self._left.wait(30)
        return []

    def release(self) -> None:
        """Let the sequencer go on."""
        self._left.set()
        self._future.result(timeout=30)


def test_a_command_becomes_entries_with_its_actor_and_the_time(desk: Opener) -> None:
    with desk() as ledger:
        first, second = recorded(ledger.submit(issue("a"), actor="per-7"))
    assert (first.seq, second.seq) == (0, 1)
    assert (first.entry.kind, second.entry.kind) == (Kind.STATEMENT_ISSUED, Kind.RESTRICTION_IMPOSED)
    assert first.entry.actor == "per-7"
    assert first.entry.at > START
    assert first.document is not None
    assert first.document["story"] == "what was said"


def test_the_state_is_that_of_the_acknowledged_entries(desk: Opener) -> None:
    with desk() as ledger:
        assert ledger.state.pairs == {}
        recorded(ledger.submit(issue("a"), actor="per-1"))
        with ledger.reading() as state:
            assert list(state.pairs) == ["a"]
        assert ledger.state.stories == ["what was said", "what was said"]


def test_what_was_recorded_is_there_when_the_desk_opens_again(desk: Opener) -> None:
    with desk() as ledger:
        recorded(ledger.submit(issue("a"), actor="per-1"))
        recorded(ledger.submit(lift("a"), actor="per-1"))
        recorded(ledger.submit(issue("b"), actor="per-1"))
    with desk() as ledger:
        assert list(ledger.state.pairs) == ["b"]
        assert recorded(ledger.submit(issue("c"), actor="per-1"))[0].seq == 5


def test_places_have_no_gap_and_no_double_under_many_callers(desk: Opener) -> None:
    with desk() as ledger, ThreadPoolExecutor(16) as callers:
        commands = [issue(f"pair-{n}", subject=f"own-{n % 5}") for n in range(200)]
        answers = list(callers.map(lambda command: recorded(ledger.submit(command, actor="per-1")), commands))
        places = [tuple(one.seq for one in answer) for answer in answers]
        assert sorted(seq for pair in places for seq in pair) == list(range(400))
        assert all(second == first + 1 for first, second in places)
        assert sum(ledger.state.owners.values()) == 400


def test_a_command_sees_those_before_it_in_its_batch_and_is_refused_alone(desk: Opener) -> None:
    with desk() as ledger:
        held = Held(ledger)
        pairs = ("a", "b", "a", "c", "b")
        futures = [ledger.submit(issue_once(pair), actor="per-1") for pair in pairs]
        assert not any(future.done() for future in futures)
        held.release()
        refused = [isinstance(future.result(timeout=30), Refusal) for future in futures]
        assert refused == [False, False, True, False, True]
        assert [recorded(futures[n])[0].seq for n in (0, 1, 3)] == [0, 2, 4]


def test_a_command_that_raises_fails_alone(desk: Opener) -> None:
    with desk() as ledger:
        held = Held(ledger)
        futures = [
            ledger.submit(issue("a"), actor="per-1"),
            ledger.submit(raising(SystemExit(3)), actor="per-1"),
            ledger.submit(raising(KeyError("x")), actor="per-1"),
            ledger.submit(issue("b"), actor="per-1"),
        ]
        held.release()
        assert [type(future.exception(timeout=30)) for future in futures] == [
            type(None),
            SystemExit,
            KeyError,
            type(None),
        ]
        assert list(ledger.state.pairs) == ["a", "b"]


def test_what_is_folded_now_is_what_will_be_read_back(desk: Opener) -> None:
    loose = msgspec.to_builtins({"pair": "a"}) | {"parts": ("one", "two")}  # JSON knows no tuples

    def run(_state: Tally, _now: object, _ids: Ids) -> list[Draft]:
        return [Draft(kind=Kind.CASE_OPENED, subject="own-1", clear=loose, document=loose)]

    with desk() as ledger:
        (answered,) = recorded(ledger.submit(run, actor="per-1"))
        assert answered.document == answered.entry.clear == {"pair": "a", "parts": ["one", "two"]}
        assert verify_receipt(ledger.receipt(0), answered.document, VKEY).entry == answered.entry


def test_entries_that_the_fold_does_not_take_leave_nothing_behind(desk: Opener) -> None:
    with desk() as ledger:
        held = Held(ledger)
        futures = [ledger.submit(command, actor="per-1") for command in (issue("a"), poisoned(), issue("b"))]
        held.release()
        assert isinstance(futures[1].exception(timeout=30), ValueError)
        assert recorded(futures[2])[0].seq == 2
        assert list(ledger.state.pairs) == ["a", "b"]
    with desk() as ledger:
        assert list(ledger.state.pairs) == ["a", "b"]


def test_a_draft_that_canonical_json_cannot_carry_fails_its_command(desk: Opener) -> None:
    def floating(_state: Tally, _now: object, _ids: Ids) -> list[Draft]:
        unwritable = msgspec.json.decode(b'{"spent": 1.5}')
        return [Draft(kind=Kind.CASE_OPENED, subject="own-1", clear={}, document=unwritable)]

    with desk() as ledger:
        assert isinstance(ledger.submit(floating, actor="per-1").exception(timeout=30), ValueError)
        assert recorded(ledger.submit(issue("a"), actor="per-1"))[0].seq == 0


def test_a_command_may_record_nothing(desk: Opener) -> None:
    with desk() as ledger:
        assert recorded(ledger.submit(lambda _state, _now, _ids: [], actor="per-1")) == ()


def test_a_cancelled_command_is_not_carried_out(desk: Opener) -> None:
    with desk() as ledger:
        held = Held(ledger)
        future = ledger.submit(issue("a"), actor="per-1")
        assert future.cancel()
        held.release()
        assert recorded(ledger.submit(issue("b"), actor="per-1"))[0].seq == 0


def test_closing_answers_what_was_handed_in_and_takes_no_more(desk: Opener) -> None:
    with desk() as ledger:
        futures = [ledger.submit(issue(f"pair-{n}"), actor="per-1") for n in range(20)]
        ledger.close()
        assert [recorded(future)[0].seq for future in futures] == list(range(0, 40, 2))
        with pytest.raises(LedgerError, match="closed"):
            ledger.submit(issue("late"), actor="per-1")


def test_every_receipt_verifies_and_proves_nothing_else(desk: Opener) -> None:
    with desk() as ledger:
        answers = [recorded(ledger.submit(issue(f"pair-{n}", story=f"story {n}"), actor="per-1")) for n in range(7)]
        for one in (entry for answer in answers for entry in answer):
            assert one.document is not None
            verified = verify_receipt(ledger.receipt(one.seq), one.document, VKEY)
            assert (verified.entry, verified.index, verified.tree_size) == (one.entry, one.seq, 14)
            with pytest.raises(ProofError, match="commitment"):
                verify_receipt(ledger.receipt(one.seq), {**one.document, "story": "another"}, VKEY)


def test_a_receipt_of_what_is_not_there_is_an_error(desk: Opener) -> None:
    with desk() as ledger, pytest.raises(LedgerError, match="no entry 3"):
        ledger.receipt(3)
