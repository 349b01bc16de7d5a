"""An analysis as plain text: what a terminal shows. Every remark begins with its place, as compilers print it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from goodstanding.policy.analysis.model import Analysis, Case, Change, Cure, Difference, Kind, Remark, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator


def shown_analysis(analysis: Analysis) -> str:
    """The whole analysis."""
    blocks = ["\n".join(_remark(remark)) for remark in analysis.remarks]
    blocks += ["\n".join(lines) for lines in (_versions(analysis), _hands(analysis)) if lines]
    return "\n\n".join([*blocks, _sum(analysis)]) + "\n"


def _sum(analysis: Analysis) -> str:
    """The last line."""
    faults = len(analysis.faults)
    open_ = sum(remark.kind is Kind.DONT_KNOW for remark in analysis.remarks)
    notes = len(analysis.remarks) - faults - open_
    parts = [_counted(faults, "fault"), _counted(notes, "note")]
    parts += [_counted(open_, "question") + " that stayed open"] if open_ else []
    against = f" against {analysis.against}" if analysis.against else ""
    what = f"{analysis.policy} {analysis.version}{against}"
    return f"{what}: {_counted(len(analysis.clauses), 'clause')} analysed, {', '.join(parts)}"


def _counted(number: int, what: str) -> str:
    return f"{number} {what}" if number == 1 else f"{number} {what}s"


def _remark(remark: Remark) -> Iterator[str]:
    """One remark, line by line."""
    severity = "fault" if remark.severity is Severity.FAULT else "note"
    yield f"{remark.place.file}:{remark.place.line}: {severity}: `{remark.clause}` {remark.kind}"
    yield f"  {remark.message}"
    if remark.example is not None:
        yield from _case("for example", remark.example, "  ")
    if remark.hint:
        yield f"  hint: {remark.hint}"


def _case(start: str, case: Case, margin: str) -> Iterator[str]:
    """An example."""
    yield f"{margin}{', '.join([start, *case.about])}:"
    yield from (f"{margin}  - {fact}" for fact in case.facts)
    if not case.facts:
        yield f"{margin}  - nothing needs to be known"


def _versions(analysis: Analysis) -> list[str]:
    """What the version changes; nothing where there is no older one."""
    if analysis.against is None:
        return []
    lines = [f"What changes against version {analysis.against}"]
    for change in analysis.clause_changes:
        lines += [f"  clause `{change.what}`", *_change(change)]
    for change in analysis.capability_changes:
        lines += [f"  as a whole, for `{change.what}`", *_change(change)]
    return lines


def shown_change(change: Change, *, lifts: bool, margin: str) -> Iterator[str]:
    """What a change of one clause means, line by line; an exemption lifts where other clauses catch."""
    caught, released = ("newly lifts", "no longer lifts") if lifts else ("newly catches", "newly releases")
    yield from _difference(caught, change.catches, change.caught, margin)
    yield from _difference(released, change.releases, change.released, margin)
    yield from (f"{margin}also: it {words}" for words in change.stricter)


def _change(change: Change) -> Iterator[str]:
    yield from shown_change(change, lifts=False, margin="    ")


def _difference(what: str, difference: Difference, case: Case | None, margin: str) -> Iterator[str]:
    if case is not None:
        yield from _case(f"{what}, for example", case, margin)
    else:
        yield f"{margin}{what} nothing (proven)" if difference is Difference.NO else f"{margin}{what}: don't know"


def _hands(analysis: Analysis) -> list[str]:
    """Who can end what the clauses bring about."""
    found = {cure: [one.clause for one in analysis.clauses if one.cure is cure] for cure in Cure}
    del found[Cure.NOTHING_TO_CURE]
    lines = [f"  {cure}: {', '.join(clauses)}" for cure, clauses in found.items() if clauses]
    return ["Who can end it by changing facts", *lines] if lines else []
