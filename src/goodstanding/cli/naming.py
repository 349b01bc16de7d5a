"""What a person may call a thing on the record: its id, or the case where the case has only one of it.

A case with several is refused with their ids, so that nobody approves or issues what they did not mean.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NoReturn, TypeVar

from goodstanding.app.library import published_volume
from goodstanding.app.ports import Refusal
from goodstanding.bootstrap import RefusedError
from goodstanding.kernel.ids import AccountId, AppealId, CaseId, DecisionId, RestrictionId, StatementId

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from goodstanding.app.state import CaseFile, State
    from goodstanding.clause.vocabulary import Vocabulary

T = TypeVar("T", bound=str)

EVERYTHING = "all"
"""Instead of a restriction: everything of the case that is in force."""


def refuse(rule: str, message: str, hint: str) -> NoReturn:
    """Refuse what was asked.

    Raises:
        RefusedError: always.
    """
    raise RefusedError(Refusal(rule=rule, message=message, hint=hint))


def case_named(state: State, name: str) -> CaseFile:
    """A case.

    Raises:
        RefusedError: there is none of that name.
    """
    found = state.cases.get(CaseId(name))
    if found is None:
        refuse("TheCaseExists", f"there is no case `{name}`", "see `goodstanding case list`")
    return found


def decision_named(state: State, name: str) -> DecisionId:
    """A decision by its id, or the only one of a case.

    Raises:
        RefusedError: the case has several, or none.
    """
    case = state.cases.get(CaseId(name))
    return DecisionId(name) if case is None else _the_only("decision", case, case.decisions)


def appeal_named(state: State, name: str) -> AppealId:
    """An appeal by its id, or the only one of a case that is not decided.

    Raises:
        RefusedError: the case has several, or none.
    """
    case = state.cases.get(CaseId(name))
    if case is None:
        return AppealId(name)
    return _the_only("open appeal", case, [one for one in case.appeals if state.appeals[one].outcome is None])


def statement_named(state: State, name: str) -> StatementId:
    """An issued statement by its id, or the only one of a case.

    Raises:
        RefusedError: there is none of that id; or the case has several, or none.
    """
    case = state.cases.get(CaseId(name))
    if case is None:
        if name not in state.statements:
            hint = "see `goodstanding case show` for the ids of its statements"
            refuse("TheStatementIsIssued", f"there is no issued statement `{name}`", hint)
        return StatementId(name)
    issued = [r.statement for r in state.restrictions.values() if r.case == case.id and r.statement is not None]
    return _the_only("statement", case, list(dict.fromkeys(issued)))


def account_named(state: State, name: str) -> AccountId:
    """An account by its handle or id.

    Raises:
        RefusedError: there is none.
    """
    found = next((a.id for a in state.holdings.accounts if name in {a.handle, a.id}), None)
    if found is None:
        hint = f"known accounts: {', '.join(sorted(a.handle for a in state.holdings.accounts)) or 'none yet'}"
        refuse("TheAccountIsKnown", f"there is no account `{name}`", hint)
    return found


def restrictions_named(state: State, case: str, names: Sequence[str], at: datetime) -> tuple[RestrictionId, ...]:
    """Restrictions by their ids; `all` stands for everything of the case that is neither lifted nor over."""
    standing = [
        one.id
        for one in state.restrictions.values()
        if one.case == case and one.lifted_at is None and (one.scope.period.end is None or at < one.scope.period.end)
    ]
    named = [standing if name == EVERYTHING else [RestrictionId(name)] for name in names]
    return tuple(dict.fromkeys(one for part in named for one in part))


def current_vocabulary(state: State) -> Vocabulary:
    """The vocabulary of the policy that was published last, in which files are read.

    Raises:
        RefusedError: no policy is published.
    """
    if not state.published:
        hint = "publish one with `goodstanding policy publish FILE`"
        refuse("APolicyIsPublished", "no policy is published, so there are no words for facts", hint)
    return published_volume(state.published[-1]).vocabulary


def _the_only(what: str, case: CaseFile, found: Sequence[T]) -> T:
    """The one thing of its kind in a case.

    Raises:
        RefusedError: there are several, or none.
    """
    if len(found) == 1:
        return found[0]
    rule = "ACaseStandsForItsOnlyOne"
    if not found:
        refuse(rule, f"the case `{case.id}` has no {what}", f"see `goodstanding case show {case.id}`")
    refuse(rule, f"the case `{case.id}` has {len(found)} {what}s", f"name one: {', '.join(found)}")
