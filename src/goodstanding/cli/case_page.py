"""One case as `case show` prints it: the ids that other commands take, and what each thing is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from goodstanding.cli.output import moment
from goodstanding.cli.remedies import remedy_lines
from goodstanding.decisions.nearest import nearest
from goodstanding.evidence.model import Dossier
from goodstanding.kernel.instants import iso
from goodstanding.reasons.compose import STATED

if TYPE_CHECKING:
    from collections.abc import Iterator

    from goodstanding.app.state import Appealed, CaseFile, Judged, Restricted, State
    from goodstanding.kernel.canonical import Json


def case_document(state: State, case: CaseFile) -> dict[str, Json]:
    """A case as JSON."""
    facts = state.dossiers.get(case.owner, Dossier()).facts
    return {
        "case": case.id,
        "title": case.title,
        "owner": case.owner,
        "opened": iso(case.opened_at),
        "keys": {**case.keys},
        "facts": [{"id": f.id, "fact": str(f.cell), "value": f.value, "evidence": f.evidence} for f in facts],
        "decisions": [decision_document(state.decisions[name]) for name in case.decisions],
        "restrictions": [_restriction(state, one) for one in state.restrictions.values() if one.case == case.id],
        "appeals": [_appeal(state.appeals[name]) for name in case.appeals],
        "approaches": [*case.approaches],
    }


def decision_document(judged: Judged) -> dict[str, Json]:
    """A decision in short: who and when, each finding's verdict and why, what follows."""
    decision, closest = judged.decision, nearest(judged.decision)
    return {
        "id": decision.id,
        "at": iso(decision.matter.at),
        "by": decision.decided_by,
        "high_impact": decision.high_impact,
        "approved_by": judged.approved_by,
        "policy": {"id": decision.pins.policy, "version": decision.pins.policy_version},
        "findings": [
            {"clause": f.clause, "subject": str(f.subject), "verdict": f.verdict.value, "because": list(f.because)}
            for f in decision.findings
        ],
        "effects": [{"kind": e.kind.value, "clause": e.clause.id, "title": e.clause.title} for e in decision.effects],
        "nearest": None if closest is None else {"clause": closest.clause, "why_not": closest.why_not},
        "for_a_person": list(decision.needs_person),
    }


def _restriction(state: State, one: Restricted) -> dict[str, Json]:
    """A restriction, hold or inherited restriction, with its statement and where that stands in the record."""
    period = one.scope.period
    return {
        "id": one.id,
        "kind": one.kind,
        "account": one.account,
        "handle": next((a.handle for a in state.holdings.accounts if a.id == one.account), None),
        "clause": one.clause or None,
        "decision": one.decision,
        "begins": iso(period.start) if period.start else None,
        "ends": iso(period.end) if period.end else None,
        "lifted": iso(one.lifted_at) if one.lifted_at else None,
        "undone": one.undone,
        "restate_by": iso(one.restate_by) if one.restate_by else None,
        "statement": one.statement,
        "seq": state.issued_at_seq.get(one.statement) if one.statement else None,
    }


def _appeal(appealed: Appealed) -> dict[str, Json]:
    """An appeal: what it asks, by when what is due, and how it ended."""
    appeal = appealed.appeal
    return {
        "id": appeal.id,
        "channel": appeal.channel.value,
        "received": iso(appeal.received_at),
        "against": list(appeal.against),
        "questions": [{"number": q.number, "text": q.text} for q in appeal.questions],
        "deadlines": [{"act": d.act, "due": iso(d.due), "otherwise": d.otherwise} for d in appealed.deadlines],
        "replies": len(appealed.replies),
        "outcome": appealed.outcome.kind.value if appealed.outcome else None,
    }


def case_text(state: State, case: CaseFile) -> str:
    """A case for people."""
    facts = state.dossiers.get(case.owner, Dossier()).facts
    parts = {
        "facts": [f"{f.id}: {_said(f.value)}" for f in facts],
        "decisions": [line for name in case.decisions for line in decision_lines(state.decisions[name])],
        "in force, or once": [
            line
            for one in state.restrictions.values()
            if one.case == case.id
            for line in _restriction_lines(state, one)
        ],
        "appeals": [line for name in case.appeals for line in _appeal_lines(state.appeals[name])],
        "approached by": case.approaches,
    }
    lines = [f"{case.id}: {case.title}", f"opened {moment(case.opened_at)}"]
    for title, found in parts.items():
        lines += [f"{title}:", *(f"  {line}" for line in found)] if found else []
    return "\n".join(lines)


def _said(value: Json) -> str:
    """The value of a fact, without its type."""
    match value:
        case {"v": inner}:
            return _said(inner)
        case list():
            return ", ".join(_said(one) for one in value)
        case dict():
            return ", ".join(str(one) for one in value.values())
        case _:
            return str(value)


def decision_lines(judged: Judged) -> Iterator[str]:
    """What a decision leads to, or the clause that came closest; what a person must look at; what comes next."""
    decision, closest = judged.decision, nearest(judged.decision)
    policy = f"{decision.pins.policy} {decision.pins.policy_version}"
    yield f"{decision.id}: by {decision.decided_by}, {moment(decision.matter.at)}, policy {policy}"
    yield from (f"  {effect.kind}: {effect.clause.title} ({effect.clause.id})" for effect in decision.effects)
    if not any(effect.kind in STATED for effect in decision.effects):
        why = f"; `{closest.clause}` came closest: {closest.why_not}" if closest else ""
        yield f"  nothing restricted{why}"
    yield from (f"  {line}" for line in remedy_lines(decision))
    yield from (f"  for a person: {one}" for one in decision.needs_person)
    if judged.approved_by is not None:
        yield f"  approved by {judged.approved_by}"
    elif decision.high_impact:
        yield "  it reaches all accounts of the owner: another decider has to `approve` it before it is issued"


def _restriction_lines(state: State, one: Restricted) -> Iterator[str]:
    """One restriction, hold or inherited restriction."""
    period = one.scope.period
    handle = next((a.handle for a in state.holdings.accounts if a.id == one.account), one.account)
    yield f"{one.id}: {one.kind} of {handle}, clause {one.clause or 'none stated'}"
    until = f", ends {moment(period.end)}" if period.end else ""
    ended = f", {'undone' if one.undone else 'lifted'} {moment(one.lifted_at)}" if one.lifted_at else ""
    yield f"  begins {moment(period.start) if period.start else 'at once'}{until}{ended}"
    if one.statement is not None:
        yield f"  statement {one.statement}, entry {state.issued_at_seq.get(one.statement)}"
    if one.restate_by is not None and one.lifted_at is None:
        yield f"  to be restated or lifted by {moment(one.restate_by)}"


def _appeal_lines(appealed: Appealed) -> Iterator[str]:
    """One appeal."""
    appeal = appealed.appeal
    ended = appealed.outcome.kind.value if appealed.outcome else f"open, {len(appealed.replies)} replies"
    yield f"{appeal.id}: {appeal.channel.value}, received {moment(appeal.received_at)}: {ended}"
    yield from (f"  {q.number}. {q.text}" for q in appeal.questions)
    if appealed.outcome is None:
        yield from (f"  {d.act} by {moment(d.due)}, else {d.otherwise}" for d in appealed.deadlines)
