"""A desk on SQLite with people, a policy, an owner and a case, whose clock is set by hand."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path

import msgspec

from goodstanding.app.appealing import Received, answer_appeal, decide_appeal, file_appeal
from goodstanding.app.deciding import approve, decide_case
from goodstanding.app.desk import enrol, open_desk
from goodstanding.app.holdings import open_case, record_evidence, register
from goodstanding.app.issuing import Terms, issue
from goodstanding.app.policy_life import approve_policy, draft_policy, publish_policy
from goodstanding.app.ports import Command, Refusal
from goodstanding.app.standing import standing_of
from goodstanding.app.state import Person, Restricted, State
from goodstanding.appeals.clocks import Clocks
from goodstanding.appeals.model import Answer, Channel, Citation, Cited, Outcome, OutcomeKind, Reply
from goodstanding.bootstrap import Desk, create_desk, pack
from goodstanding.bootstrap import open_desk as opened_desk
from goodstanding.decisions.model import Ad, Decision
from goodstanding.evidence.model import Dossier
from goodstanding.gate.check import check
from goodstanding.gate.model import Answer as GateAnswer
from goodstanding.gate.model import Ask
from goodstanding.kernel.ids import AccountId, AppealId, CaseId, DecisionId, PersonId, RestrictionId
from goodstanding.kernel.instants import instant
from goodstanding.kernel.scope import Capability
from goodstanding.kernel.territories import Territory
from goodstanding.ledger.model import Kind, Recorded
from goodstanding.owners.model import Account, Owner
from goodstanding.reasons.issue import Seal
from goodstanding.reasons.money import MoneyAnswer
from unit.decisions.world import (
    AD,
    FIRST,
    HOLDINGS,
    OTHER_AD,
    OWNER,
    SECOND,
    VOCABULARY,
    VOCABULARY_FILE,
    dossier,
    link,
)
from unit.reasons.samples import MONEY, PLATFORM

START = instant("2024-06-01T09:00:00Z")
DAY = timedelta(days=1)
CASE = CaseId("case-1")
PAULA, INES, DAN, DEA, ROSA, OLU = map(PersonId, ("paula", "ines", "dan", "dea", "rosa", "olu"))
PEOPLE = (
    Person(id=PAULA, name="Paula", roles=("policy author",)),
    Person(id=INES, name="Ines", roles=("investigator",)),
    Person(id=DAN, name="Dan", roles=("decider", "appeal reviewer")),
    Person(id=DEA, name="Dea", roles=("decider", "appeal reviewer")),
    Person(id=ROSA, name="Rosa", roles=("appeal reviewer",)),
    Person(id=OLU, name="Olu", roles=("officer",)),
)
CLOCKS = Clocks(acknowledge_days=3, decide_days=14, responsible=ROSA, officer=OLU)
ADS_POLICY = "ads"


class Dial:
    """A clock that stands still until it is turned."""

    def __init__(self, start: datetime = START) -> None:
        self.at = start

    def now(self) -> datetime:
        """Where it stands."""
        return self.at


def billing(account: AccountId, at: datetime) -> MoneyAnswer | None:
    """The billing port's answer: everything is charged until now."""
    del account
    return msgspec.structs.replace(MONEY, charged_until=at)


def no_answer(account: AccountId, at: datetime) -> MoneyAnswer | None:
    """A billing port that does not answer."""
    del account, at
    return None


class Lettered:
    """Ids in order, unlike any that a test writes by hand."""

    def __init__(self) -> None:
        self._last = 0

    def new(self, prefix: str) -> str:
        """The next one."""
        self._last += 1
        return f"{prefix}-n{self._last}"


class Staged:
    """A desk with hands that do the usual things."""

    def __init__(self, desk: Desk, dial: Dial) -> None:
        self.desk, self.dial = desk, dial

    @property
    def state(self) -> State:
        """What the desk knows."""
        return self.desk.state

    @property
    def now(self) -> datetime:
        """What the clock shows."""
        return self.dial.at

    def later(self, *, days: float = 0) -> None:
        """Turn the clock on."""
        self.dial.at += days * DAY

    def do(self, command: Command[State], by: PersonId = INES) -> tuple[Recorded, ...]:
        """Carry out a command that has to succeed."""
        return self.desk.must(command, by=by)

    def refused(self, command: Command[State], by: PersonId = INES) -> str:
        """The rule on which a command is refused, which leaves nothing on the record."""
        before = self.desk.ledger.checkpoint()
        answer = self.desk.act(command, by=by)
        assert isinstance(answer, Refusal), answer
        assert answer.hint or answer.promise or answer.message
        assert self.desk.ledger.checkpoint() == before
        return answer.rule

    def publish(self, text: str, *, file: str = "policy.md") -> None:
        """Publish a policy in the words of the pack."""
        self.do(publish_policy(self.draft(text, file=file), by=PAULA), PAULA)

    def draft(self, text: str, *, file: str = "policy.md", words: str = "", approved: bool = True) -> str:
        """Draft a policy, in the words of the pack, and have it approved."""
        words = words or pack(VOCABULARY_FILE)
        command = draft_policy(text=text, file=file, vocabulary=words, vocabulary_file=VOCABULARY_FILE, by=PAULA)
        name = str(self.do(command, PAULA)[0].entry.clear["draft"])
        if approved:
            self.do(approve_policy(name, reason="read in full", by=OLU), OLU)
        return name

    def open(self, *ads: Ad) -> None:
        """Register everybody of the small world and open the case."""
        everybody = (HOLDINGS.owners, HOLDINGS.accounts, HOLDINGS.links, HOLDINGS.controls)
        self.do(register(*everybody, by=INES))
        self.do(open_case(CASE, owner=OWNER, title="The case", ads=ads, by=INES))

    def join(self, account: str, owner: Owner = HOLDINGS.owners[0]) -> AccountId:
        """A new account of an owner, confirmed now."""
        name = AccountId(account)
        self.do(register((), (Account(id=name, handle=f"@{account}"),), (link(name, owner.id, self.now),), (), by=INES))
        return name

    def learn(self, *parts: Dossier) -> None:
        """Record evidence in the case."""
        self.do(record_evidence(CASE, dossier(*parts), vocabulary=VOCABULARY, by=INES))

    def decide(self, policy: str = ADS_POLICY, by: PersonId = DAN) -> DecisionId:
        """Decide the case; a second person approves what has to be approved."""
        recorded = self.do(decide_case(CASE, policy=policy, by=by), by)
        name = DecisionId(str(recorded[0].entry.clear["decision"]))
        if self.decision(name).high_impact:
            self.do(approve(name, by=DEA, reason="looked at again"), DEA)
        return name

    def decision(self, name: DecisionId) -> Decision:
        """A decision by its id."""
        return self.state.decisions[name].decision

    def issue(self, name: DecisionId, *, only: AccountId | None = None) -> tuple[Recorded, ...]:
        """Issue a decision."""
        return self.do(issuing(name, only=only), DAN)

    def restrict(self, *parts: Dossier, policy: str = ADS_POLICY) -> list[RestrictionId]:
        """Learn, decide, issue; the ids of what is imposed."""
        if parts:
            self.learn(*parts)
        return imposed(self.issue(self.decide(policy)))

    def appeal(self, *against: RestrictionId, question: str = "Which facts led to this?") -> AppealId:
        """File an appeal of the party."""
        (entry,) = self.do(file_appeal(CASE, received(self.now, *against, question=question), clocks=CLOCKS, by=INES))
        return AppealId(str(entry.entry.clear["appeal"]))

    def answer(self, appeal: AppealId, *, text: str = "The document was read again and does not show it.") -> None:
        """Answer the one question of an appeal by what is on file."""
        self.do(answer_appeal(self.reply(appeal, text=text), by=ROSA), ROSA)

    def reply(self, appeal: AppealId, *, text: str, by: PersonId = ROSA) -> Reply:
        """A reply to the one question of an appeal."""
        examined = (Citation(Cited.EVIDENCE, self.state.dossiers[OWNER].evidence[0].id),)
        answers = (Answer(question=1, text=text, examined=examined),)
        return Reply(appeal=appeal, by=by, at=self.now, answers=answers)

    def reverse(self, *against: RestrictionId) -> tuple[Recorded, ...]:
        """Appeal, answer and reverse."""
        appeal = self.appeal(*against)
        self.answer(appeal)
        return self.do(decide_appeal(ended(appeal, self.now), by=ROSA), ROSA)

    def allowed(self, account: AccountId = FIRST, *, ad: Ad | None = AD, topic: str = "news", at: str = "US") -> bool:
        """Whether the gate lets an account advertise now."""
        return self.ask(account, ad=ad, topic=topic, at=at).allowed

    def ask(self, account: AccountId = FIRST, *, ad: Ad | None = AD, topic: str, at: str = "US") -> GateAnswer:
        """What the gate answers."""
        ask = Ask(
            account=account,
            capability=Capability("advertise"),
            at=self.now,
            service="feed",
            ad=None if ad is None else ad.id,
            topics=(topic,),
            territory=Territory(at),
            audience="adults",
        )
        return check(standing_of(self.state, account, self.now), ask)

    def in_force(self, account: AccountId = FIRST) -> list[Restricted]:
        """The restrictions and holds of an account at this instant."""
        names = {each.id for each in standing_of(self.state, account, self.now).in_force}
        return [r for r in self.state.restrictions.values() if r.id in names]


def issuing(
    name: DecisionId, *, only: AccountId | None = None, seals: tuple[Seal, ...] = (), by: PersonId = DAN
) -> Command[State]:
    """The command that issues a decision, with a billing port that answers."""
    return issue(name, by=by, billing=billing, terms=Terms(seals=seals), only=only)


def received(at: datetime, *against: RestrictionId, question: str, channel: Channel = Channel.PARTY) -> Received:
    """An appeal as it came in."""
    return Received(
        channel=channel,
        received_at=at,
        text=f"We appeal. {question}",
        summary="The owner appeals",
        questions=(question,),
        against=against,
    )


def ended(appeal: AppealId, at: datetime, kind: OutcomeKind = OutcomeKind.REVERSED) -> Outcome:
    """How an appeal ends, by Rosa."""
    return Outcome(appeal=appeal, kind=kind, by=ROSA, at=at, text="The finding does not hold.")


def imposed(recorded: tuple[Recorded, ...]) -> list[RestrictionId]:
    """The ids of the restrictions and holds in some entries."""
    kinds = {Kind.RESTRICTION_IMPOSED, Kind.HOLD_PLACED, Kind.RESTRICTION_INHERITED}
    found = [one.entry.clear["restricted"] for one in recorded if one.entry.kind in kinds]
    return [RestrictionId(str(each["id"])) for each in found if isinstance(each, dict)]


def kinds(recorded: tuple[Recorded, ...]) -> list[str]:
    """The kinds of some entries, in order."""
    return [one.entry.kind.value for one in recorded]


@contextmanager
def staged(folder: Path, *ads: Ad, policies: tuple[str, ...] = ("ads.md",), new: bool = True) -> Iterator[Staged]:
    """A new desk with its people, policies of the pack, and one open case; or the same desk opened again."""
    dial = Dial()
    if new:
        create_desk(folder, origin="desk.example/log")
    with opened_desk(folder, clock=dial, ids=Lettered()) as desk:
        here = Staged(desk, dial)
        if new:
            here.do(open_desk(PLATFORM), OLU)
            for person in PEOPLE:
                here.do(enrol(person, by=OLU), OLU)
            for name in policies:
                here.publish(pack(name), file=name)
            here.open(*(ads or (AD, OTHER_AD)))
        yield here


__all__ = ["FIRST", "OWNER", "SECOND", "Staged", "staged"]
