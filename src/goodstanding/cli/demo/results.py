"""What the demo found, in the shape that `goodstanding demo --json` prints."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

import msgspec

from goodstanding.app.case_file import CaseMaterial
from goodstanding.app.case_file_story import Story
from goodstanding.app.ports import Refusal
from goodstanding.clause.vocabulary import Vocabulary
from goodstanding.decisions.nearest import nearest
from goodstanding.kernel.ids import AdId, CaseId, StatementId
from goodstanding.reasons.dsa17 import require_complete
from goodstanding.reasons.model import Statement
from goodstanding.reasons.notices.model import Element
from goodstanding.reasons.profile import Applies
from goodstanding.reasons.render import read_statement

if TYPE_CHECKING:
    from collections.abc import Iterable

    from goodstanding.app.state import Restricted, State
    from goodstanding.decisions.model import Decision
    from goodstanding.kernel.canonical import Json


class OffShown(msgspec.Struct, frozen=True, kw_only=True):
    """What is off: the box, with accounts by their handles; `clause` is empty for what was inherited without one."""

    capabilities: tuple[str, ...]
    territories: tuple[str, ...] | str
    topics: tuple[str, ...] | str
    accounts: tuple[str, ...]
    ads: tuple[str, ...] | str
    clause: str
    begins: datetime | None
    ends: datetime | None
    issued: datetime | None
    statements: tuple[StatementId, ...]
    lifted: datetime | None = None


class NearestShown(msgspec.Struct, frozen=True, kw_only=True):
    """The clause that came closest, and why it was not met."""

    clause: str
    title: str
    why_not: str


class CaseOnDate(msgspec.Struct, frozen=True, kw_only=True):
    """One case as it stands at the end of one day; `announced` is what was issued and has not begun."""

    case: str
    as_of: str
    policy: str
    restrictions: tuple[OffShown, ...]
    inherited: tuple[OffShown, ...]
    holds: tuple[OffShown, ...]
    announced: tuple[OffShown, ...]
    undecided: tuple[str, ...]
    nearest: NearestShown | None


class Tried(msgspec.Struct, frozen=True, kw_only=True):
    """Something that somebody wanted to do, and what the desk said; `refusal` is `None` where it was done.

    `mark` says whose words `text` holds. `taken_up`: it came from the party.
    """

    case: CaseId
    at: datetime
    what: str
    text: str
    refusal: Refusal | None
    mark: str = ""
    taken_up: bool = False


class Played(msgspec.Struct, frozen=True, kw_only=True):
    """Everything that the demo found: cases on their dates, the other policy's, and what was tried.

    `elements`: which elements of a statement of reasons ours have, case by case.
    """

    cases: tuple[CaseOnDate, ...]
    variants: tuple[CaseOnDate, ...]
    tried: tuple[Tried, ...]
    elements: dict[str, tuple[str, ...]]
    materials: tuple[CaseMaterial, ...]
    stories: dict[str, Story]
    vocabulary: Vocabulary

    def document(self) -> dict[str, Json]:
        """The shape that `--json` prints and `demo.json` holds."""
        names = ("cases", "variants", "tried", "elements")
        return {name: msgspec.to_builtins(getattr(self, name)) for name in names}


def elements_of(state: State) -> dict[str, tuple[str, ...]]:
    """For each case with statements, the elements that every one of them has; redress that did not exist is none."""
    found: dict[str, set[Element]] = {}
    for document in state.statements.values():
        statement = read_statement(document)
        found[statement.case] = found.get(statement.case, set(Element)) & _elements(statement)
    return {case: tuple(sorted(codes)) for case, codes in found.items()}


def _elements(statement: Statement) -> set[Element]:
    """The elements of one statement, which was held against its profile before it was issued (P1)."""
    require_complete(statement, applies=Applies())
    ways = {
        Element.REDRESS_OUT_OF_COURT: statement.redress.out_of_court.available,
        Element.REDRESS_COURT: statement.redress.court.available,
    }
    return {element for element in Element if ways.get(element, True)}


def case_on_date(state: State, case: CaseId, at: datetime) -> CaseOnDate:
    """A case at an instant: what is in force then, and what its newest decision says."""
    decision = state.decisions[state.cases[case].decisions[-1]].decision
    of_case = [r for r in state.restrictions.values() if r.case == case]
    in_force = [r for r in of_case if r.lifted_at is None and r.scope.period.contains(at)]
    restrictions = tuple(_boxes(state, (r for r in in_force if r.kind == "restriction")))
    return CaseOnDate(
        case=case,
        as_of=f"{at:%Y-%m-%d}",
        policy=f"{decision.pins.policy} {decision.pins.policy_version}",
        restrictions=restrictions,
        inherited=tuple(_boxes(state, (r for r in of_case if r.kind == "inherited"))),
        holds=tuple(_boxes(state, (r for r in in_force if r.kind == "hold"))),
        announced=tuple(_boxes(state, (r for r in of_case if _is_to_begin(r, at)))),
        undecided=decision.needs_person,
        nearest=None if restrictions else _nearest(decision),
    )


def _is_to_begin(one: Restricted, at: datetime) -> bool:
    """Whether a restriction was issued and begins later."""
    return one.lifted_at is None and one.scope.period.start is not None and one.scope.period.start > at


def _nearest(decision: Decision) -> NearestShown | None:
    """The clause that came closest."""
    found = nearest(decision)
    if found is None:
        return None
    title = next(finding.title for finding in decision.findings if finding.clause == found.clause)
    return NearestShown(clause=found.clause, title=title, why_not=found.why_not)


def _boxes(state: State, restrictions: Iterable[Restricted]) -> list[OffShown]:
    """Boxes that differ by nothing but the account, shown as one."""
    handles = {account.id: account.handle for account in state.holdings.accounts}
    together: dict[OffShown, list[Restricted]] = {}
    for one in sorted(restrictions, key=lambda one: handles[one.account]):
        together.setdefault(_box(state, one), []).append(one)
    return [
        msgspec.structs.replace(
            box,
            accounts=tuple(handles[one.account] for one in same),
            statements=tuple(one.statement for one in same if one.statement is not None),
        )
        for box, same in together.items()
    ]


def _box(state: State, one: Restricted) -> OffShown:
    """One box without its account."""
    scope = one.scope
    titles = {ad.id: ad.title for case in state.cases.values() for ad in case.ads}
    ads = scope.ads.shown()
    issued = (
        None if one.statement is None else datetime.fromisoformat(str(state.statements[one.statement]["issued_at"]))
    )
    return OffShown(
        capabilities=scope.capabilities.names or (),
        territories=_shown(scope.territories.shown()),
        topics=_shown(scope.topics.shown()),
        accounts=(),
        ads=ads if isinstance(ads, str) else tuple(titles[AdId(name)] for name in ads),
        clause=one.clause,
        begins=scope.period.start,
        ends=scope.period.end,
        issued=issued,
        statements=(),
        lifted=one.lifted_at,
    )


def _shown(names: list[str] | str) -> tuple[str, ...] | str:
    """`all` or the names, hashable."""
    return names if isinstance(names, str) else tuple(names)
