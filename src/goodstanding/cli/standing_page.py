"""A standing as `standing` prints it: what is off in which box, and what stays closed until something is known."""

from __future__ import annotations

from typing import TYPE_CHECKING

from goodstanding.cli.output import moment
from goodstanding.kernel.instants import iso
from goodstanding.kernel.scope import EXTENTS

if TYPE_CHECKING:
    from goodstanding.gate.model import Standing
    from goodstanding.kernel.canonical import Json
    from goodstanding.kernel.scope import Scope


def standing_document(standing: Standing) -> dict[str, Json]:
    """A standing as JSON; every side of a box is `"all"` or a list of names."""
    return {
        "account": standing.account,
        "as_of": iso(standing.as_of),
        "in_force": [
            {
                "id": one.id,
                "kind": one.kind.value,
                "clause": one.clause,
                "statement": one.statement,
                "overridable": one.overridable,
                "scope": _box(one.scope),
            }
            for one in standing.in_force
        ],
        "exemptions": [
            {"clause": one.clause, "lifts": list(one.lifts), "scope": _box(one.scope)} for one in standing.exemptions
        ],
        "entries": [
            {
                "clause": one.clause,
                "missing": list(one.missing),
                "scope": _box(one.scope),
                "opened": [_box(scope) for scope in one.opened],
            }
            for one in standing.entries
        ],
    }


def _box(scope: Scope) -> dict[str, Json]:
    """One box."""
    sides: dict[str, Json] = {name: getattr(scope, name).shown() for name in EXTENTS}
    start, end = scope.period.start, scope.period.end
    return {**sides, "from": iso(start) if start else None, "until": iso(end) if end else None}


def standing_text(standing: Standing) -> str:
    """A standing for people."""
    lines = [f"as of {moment(standing.as_of)}"]
    if not standing.in_force:
        lines.append("nothing stands against this account")
    for one in standing.in_force:
        statement = f", statement {one.statement}" if one.statement else ""
        lines.append(f"off: {_sides(one.scope)}")
        lines.append(f"  by {one.kind} {one.id}, clause {one.clause or 'none stated'}{statement}")
    lines += [f"exempt: {_sides(one.scope)} (by {one.clause})" for one in standing.exemptions]
    lines += [
        f"closed until met: {_sides(one.scope)} ({one.clause}: {'; '.join(one.missing)})"
        for one in standing.entries
        if not one.opened
    ]
    return "\n".join(lines)


def _sides(scope: Scope) -> str:
    """The sides of a box that leave something out, and until when; the account itself is known."""
    narrow = [(name, getattr(scope, name)) for name in EXTENTS if name != "accounts"]
    said = [f"{name} {', '.join(extent.names)}" for name, extent in narrow if extent.names is not None]
    until = [f"until {moment(scope.period.end)}"] if scope.period.end else []
    return "; ".join([*said, *until]) or "everything"
