"""A desk on which a story is played: its clock shows the story's time, its people are the demo's."""

from __future__ import annotations

from contextlib import contextmanager
from datetime import datetime, timedelta
from importlib.resources import files
from typing import TYPE_CHECKING

import msgspec

from goodstanding.app import desk as desks
from goodstanding.app.case_file import CaseMaterial, read_case_file
from goodstanding.app.library import volume
from goodstanding.app.policy_life import approve_policy, draft_policy, publish_policy
from goodstanding.app.state import Person
from goodstanding.bootstrap import Desk, create_desk, open_desk, pack, territories
from goodstanding.kernel.ids import PersonId
from goodstanding.kernel.instants import instant
from goodstanding.reasons.issue import Available, Platform

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from goodstanding.app.ports import Command, Refusal
    from goodstanding.app.state import State
    from goodstanding.clause.vocabulary import Vocabulary
    from goodstanding.kernel.ids import AccountId
    from goodstanding.ledger.model import Recorded
    from goodstanding.reasons.money import MoneyAnswer

INES, DAN, DEA, ROSA, OLU = (PersonId(name) for name in ("ines", "dan", "dea", "rosa", "olu"))
"""Investigator and author, decider, second decider, reviewer, officer: the smallest team that can fill every role."""

PEOPLE = (
    Person(id=INES, name="Ines", roles=("investigator", "policy author")),
    Person(id=DAN, name="Dan", roles=("decider",)),
    Person(id=DEA, name="Dea", roles=("decider",)),
    Person(id=ROSA, name="Rosa", roles=("appeal reviewer",)),
    Person(id=OLU, name="Olu", roles=("officer",)),
)

VOCABULARY_FILE = "vocabulary.yaml"
DSA_APPLIES = instant("2024-02-17")


class StoryClock:
    """A clock that shows what the story says, and moves on a second with every look, so that no two acts are one."""

    def __init__(self, start: datetime) -> None:
        """Begin at the story's start."""
        self._now = start

    def move_to(self, at: datetime) -> None:
        """Go on to an instant of the story; never back."""
        self._now = max(self._now, at)

    def now(self) -> datetime:
        """The story's present."""
        self._now += timedelta(seconds=1)
        return self._now


class Stage:
    """A desk with its clock; every act happens at its instant of the story."""

    def __init__(self, desk: Desk, clock: StoryClock, vocabulary: Vocabulary) -> None:
        """Take what was made."""
        self.desk = desk
        self.vocabulary = vocabulary
        self._clock = clock

    def at(self, at: datetime) -> None:
        """Move the story on."""
        self._clock.move_to(at)

    def act(self, command: Command[State], *, by: PersonId) -> tuple[Recorded, ...] | Refusal:
        """Try something that may be refused."""
        return self.desk.act(command, by=by)

    def must(self, command: Command[State], *, by: PersonId) -> tuple[Recorded, ...]:
        """Do something that the story needs."""
        return self.desk.must(command, by=by)

    @property
    def state(self) -> State:
        """The desk's state."""
        return self.desk.state


@contextmanager
def stage(folder: Path, *, origin: str, policy: str, start: datetime) -> Iterator[Stage]:
    """A new desk in a folder, with the demo's people and one policy of the pack, opened at the story's start."""
    words = pack(VOCABULARY_FILE)
    vocabulary = volume(pack(policy), policy, words, VOCABULARY_FILE).vocabulary
    clock = StoryClock(start)
    create_desk(folder, origin=origin)
    with open_desk(folder, clock=clock) as desk:
        desk.must(desks.open_desk(_platform(vocabulary)), by=OLU)
        for person in PEOPLE:
            desk.must(desks.enrol(person, by=OLU), by=OLU)
        drafted = draft_policy(
            text=pack(policy), file=policy, vocabulary=words, vocabulary_file=VOCABULARY_FILE, by=INES
        )
        draft = str(desk.must(drafted, by=INES)[0].entry.clear["draft"])
        desk.must(approve_policy(draft, reason="read in full, and tried on the cases of the pack", by=OLU), by=OLU)
        desk.must(publish_policy(draft, by=INES), by=INES)
        yield Stage(desk, clock, vocabulary)


def _platform(vocabulary: Vocabulary) -> Platform:
    """The platform of the demo, which is nobody's."""
    return Platform(
        name="Example Network",
        appeal_addresses=("https://appeals.example/", "Example Network, Appeals, 1 Example Square, Dublin"),
        out_of_court=Available(
            name="A certified dispute settlement body of your choice",
            address="https://digital-strategy.ec.europa.eu/en/policies/dsa-out-court-dispute-settlement",
            note="The European Commission lists the bodies that are certified.",
            since=DSA_APPLIES,
        ),
        court=Available(name="The courts of your seat or of ours", address="as the law of procedure says"),
        capabilities=vocabulary.capabilities,
        topics=vocabulary.topics,
        audiences=vocabulary.audiences,
        territories=territories(),
    )


def material(name: str, vocabulary: Vocabulary) -> CaseMaterial:
    """One of the demo's cases."""
    file = f"{name}.yaml"
    return read_case_file(case_text(file), file=file, vocabulary=vocabulary)


def case_text(file: str) -> str:
    """One of the demo's files."""
    return (files("goodstanding.cli.demo") / "cases" / file).read_text(encoding="utf-8")


def billing_of(
    stage: Stage, case: CaseMaterial, *, notice: timedelta | None = None
) -> Callable[[AccountId, datetime], MoneyAnswer | None]:
    """Billing's answers as the case's file gives them; with `notice`, what stops does so when the notice ends."""

    def answer(account: AccountId, at: datetime) -> MoneyAnswer | None:
        keys = stage.state.cases[next(c for c in stage.state.cases if case.case and c == case.case.id)].keys
        named = {name.removeprefix("account:"): key.removeprefix("account:") for key, name in keys.items()}
        found = next((money for key, money in case.money.items() if key == named.get(account)), None)
        return found if found is None or notice is None else _moved(found, at + notice)

    return answer


def _moved(answer: MoneyAnswer, at: datetime) -> MoneyAnswer:
    """The same answer for another day."""
    stops = tuple(msgspec.structs.replace(stop, at=at) for stop in answer.stops)
    return msgspec.structs.replace(answer, stops=stops, charged_until=at)
