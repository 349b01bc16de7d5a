"""One clause: from its section of the file to a checked record.

The kind follows from the keys: `lifts` makes an exemption, `ending` a commercial ending, `requires` an entry
requirement, any other block a restriction, and no block a clause that is published only. What must hold between the
keys is in `checks`.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import msgspec

from goodstanding.clause.parse import Conditions
from goodstanding.clause.tree import Condition
from goodstanding.clause.vocabulary import Vocabulary
from goodstanding.errors import Problem
from goodstanding.kernel.digests import digest_of_text
from goodstanding.kernel.grades import Grade
from goodstanding.kernel.ids import ClauseId
from goodstanding.kernel.scope import Capability
from goodstanding.kernel.territories import CODES
from goodstanding.policy.binding import read_each
from goodstanding.policy.checks import check, visible_to
from goodstanding.policy.expressions import Expressions, with_article
from goodstanding.policy.front_matter import read_capabilities
from goodstanding.policy.keys import Keys
from goodstanding.policy.model import Basis, Clause, ClauseKind, Guidance, GuidanceKind, Procedure, Reach
from goodstanding.policy.source import Source
from goodstanding.policy.yaml_parts import Table, Text

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from goodstanding.policy.sections import Section

_ALL_KINDS = frozenset({"each", "reach", "needs", "review_after", "guidance"})
_SCOPE = frozenset({"territory", "topics", "audience"})
_REQUIRED = {
    ClauseKind.RESTRICTION: ("when", "reach"),
    ClauseKind.ENTRY_REQUIREMENT: ("requires", "reach"),
    ClauseKind.EXEMPTION: ("when", "reach", "lifts", "approver"),
    ClauseKind.COMMERCIAL_ENDING: ("when", "reach", "ending", "notice", "procedure"),
}
_OPTIONAL = {
    ClauseKind.RESTRICTION: _ALL_KINDS
    | _SCOPE
    | {"restricts", "ends", "overridable", "hold", "hold_only", "notice", "basis", "law"}
    | {"strike", "strike_weight", "strike_category"},
    ClauseKind.ENTRY_REQUIREMENT: _ALL_KINDS | _SCOPE | {"restricts", "overridable", "basis", "law"},
    ClauseKind.EXEMPTION: _ALL_KINDS | _SCOPE | {"ends"},
    ClauseKind.COMMERCIAL_ENDING: _ALL_KINDS | _SCOPE | {"restricts", "ends", "overridable"},
}
ALL_KEYS = frozenset().union(*_OPTIONAL.values(), *_REQUIRED.values())
"""Every key that some kind of clause can have."""


class Surroundings(msgspec.Struct, frozen=True, kw_only=True):
    """What is the same for all clauses of a file."""

    source: Source
    vocabulary: Vocabulary
    conditions: Conditions
    capabilities: tuple[Capability, ...]
    problems: list[Problem]


def read_clause(section: Section, keys: Keys | None, around: Surroundings) -> Clause:
    """Read one clause; `keys` are those of its block. Problems are added to those of `around`."""
    if not section.prose:
        message = "the clause has no public text"
        hint = "say under the heading, in plain words, what the clause does"
        around.problems.append(around.source.problem(section.heading, message, hint))
    bare = Clause(
        id=ClauseId(section.id),
        title=section.title,
        kind=ClauseKind.PUBLISHED_ONLY,
        text=section.prose,
        text_digest=digest_of_text(section.prose),
        place=around.source.place(section.heading.start),
    )
    return _ruled(bare, keys, around) if keys else bare


def _ruled(bare: Clause, keys: Keys, around: Surroundings) -> Clause:
    """The clause with what its block says, each condition narrowed to the variables that its reach shows."""
    kind = _kind(keys)
    _expect(keys, kind)
    each = read_each(keys, around.vocabulary)
    expressions = Expressions(keys, each=each, vocabulary=around.vocabulary, conditions=around.conditions)
    clause = msgspec.structs.replace(
        bare,
        kind=kind,
        each=each,
        reach=keys.choice("reach", Reach, what="a reach"),
        when=expressions.condition("when"),
        requires=expressions.condition("requires"),
        ends=expressions.condition("ends"),
        needs=_needs(keys),
        overridable=keys.flag("overridable", default=True),
        hold=keys.length("hold"),
        hold_only=keys.flag("hold_only", default=False),
        notice=keys.length("notice", zero=True) or timedelta(0),
        review_after=keys.length("review_after"),
        strike=keys.length("strike"),
        strike_weight=keys.number("strike_weight", default=1),
        strike_category=keys.word("strike_category"),
        basis=keys.choice("basis", Basis, what="a basis") or Basis.TERMS,
        law=keys.word("law"),
        lifts=tuple(ClauseId(text.value) for text in keys.texts("lifts")),
        approver=keys.word("approver"),
        procedure=_procedure(keys),
        guidance=_guidance(keys),
    )
    clause = _scoped(clause, keys, expressions, around)
    check(clause, keys)
    return _narrowed(clause)


def _kind(keys: Keys) -> ClauseKind:
    """What the clause does."""
    for key, kind in (
        ("lifts", ClauseKind.EXEMPTION),
        ("ending", ClauseKind.COMMERCIAL_ENDING),
        ("requires", ClauseKind.ENTRY_REQUIREMENT),
    ):
        if keys.has(key):
            return kind
    return ClauseKind.RESTRICTION


def _expect(keys: Keys, kind: ClauseKind) -> None:
    """Refuse unknown keys, then keys that mean nothing in this kind of clause; ask for those it can't do without."""
    fitting: Collection[str] = {*_REQUIRED[kind], *_OPTIONAL[kind]}
    required: Sequence[str] = _REQUIRED[kind]
    if kind is ClauseKind.RESTRICTION and not keys.has("when"):
        hint = "write the condition, or `requires` for an entry requirement, or no block to publish the text only"
        keys.refuse(keys.whole, "the clause has no `when`", hint)
        required = ("reach",)
    keys.expect(what="a clause", known=ALL_KEYS, required=required)
    for field in keys.table.fields:
        if field.key in ALL_KEYS and field.key not in fitting:
            keys.refuse(field.span, f"`{field.key}` has no meaning in {with_article(kind)}", "remove it")
    ending = keys.text("ending")
    if ending is not None:
        keys.is_known(ending, what="a kind of ending", known=("commercial",))


def _scoped(clause: Clause, keys: Keys, expressions: Expressions, around: Surroundings) -> Clause:
    """The clause with its capabilities and the sides of its scope."""
    words, bound = around.vocabulary, clause.bound
    restricts = read_capabilities(keys, "restricts", words) if keys.has("restricts") else around.capabilities
    return msgspec.structs.replace(
        clause,
        restricts=() if clause.kind is ClauseKind.EXEMPTION else restricts,
        territory=expressions.side("territory", domain="territory", known=CODES, bound=bound),
        topics=expressions.side("topics", domain="topic", known=[named.id for named in words.topics], bound=bound),
        audience=expressions.side(
            "audience", domain="audience", known=[named.id for named in words.audiences], bound=bound
        ),
    )


def _needs(keys: Keys) -> dict[str, tuple[Grade, ...]]:
    """The grades of evidence that each variable's facts need."""
    field = keys.table.get("needs")
    if field is None:
        return {}
    if not isinstance(field.part, Table):
        keys.refuse(field.span, "`needs` is not a mapping", "write `needs: {order: [directive]}`")
        return {}
    grades = [grade.value for grade in Grade]
    return {
        one.key: tuple(
            Grade(text.value)
            for text in keys.listed(one.part, one.key, one.span)
            if keys.is_known(text, what="a grade of evidence", known=grades)
        )
        for one in field.part.fields
    }


def _procedure(keys: Keys) -> Procedure | None:
    """How a commercial ending comes about."""
    inner = _inner(keys, "procedure", ("officer", "considerations"))
    if inner is None:
        return None
    considerations = tuple(text.value for text in inner.texts("considerations"))
    return Procedure(officer=inner.word("officer"), considerations=considerations)


def _guidance(keys: Keys) -> Guidance | None:
    """What everybody is told about staying clear: a text, or a mapping of `kind` and `text`."""
    field = keys.table.get("guidance")
    if field is None or isinstance(field.part, Text):
        text = keys.word("guidance")
        return Guidance(kind=GuidanceKind.ADVICE, text=text) if text else None
    inner = _inner(keys, "guidance", ("kind", "text"))
    if inner is None:
        return None
    kind = inner.choice("kind", GuidanceKind, what="a kind of guidance")
    return Guidance(kind=kind or GuidanceKind.ADVICE, text=inner.word("text"))


def _inner(keys: Keys, key: str, required: tuple[str, ...]) -> Keys | None:
    """The mapping under a key, which has exactly the required keys."""
    field = keys.table.get(key)
    if field is None:
        return None
    if not isinstance(field.part, Table):
        hint = f"write {' and '.join(f'`{inner}`' for inner in required)} under it"
        keys.refuse(field.span, f"`{key}` is not a mapping", hint)
        return None
    inner = Keys(field.part, source=keys.source, problems=keys.problems, whole=field.span)
    inner.expect(what=f"`{key}`", known=required, required=required)
    return inner


def _narrowed(clause: Clause) -> Clause:
    """The clause with each of its conditions narrowed to the variables that its reach shows."""
    visible = visible_to(clause)
    sides = {
        name: _seeing(side, visible)
        for name in ("when", "requires", "ends", "territory", "topics", "audience")
        if isinstance(side := getattr(clause, name), Condition)
    }
    return msgspec.structs.replace(clause, **sides)


def _seeing(condition: Condition, visible: Collection[str]) -> Condition:
    """A condition over some of its variables; `checks` has refused one that reads any other."""
    variables = tuple((name, kind) for name, kind in condition.variables if name in visible)
    return msgspec.structs.replace(condition, variables=variables)
