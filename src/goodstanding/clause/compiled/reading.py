"""The verdict reading, compiled: for those who read one condition on many sets of facts, in Python.

A condition becomes a Python function, built from our own typed tree alone. It answers as `verdict` does, three-valued
after Kleene, on facts that stand in a dictionary: `owner.strikes` for a fact of a variable, `order:bod-17-01.in_force`
for one of an entity that another fact leads to, and `owner` for the entity that a variable is, where the condition
compares it or a fact may lead to it. What is not there, or is `None`, is unknown.

- `Compiled.plain` gives true, false, or `None` when undecided.
- `Compiled.explained` gives the smallest set of facts that decides as well, or what is missing, and errors as data.
- `compile_together` gives the plain values of several conditions in one call.

Facts are a `dict`: a mapping that makes up a value for a missing key makes up a fact.

A condition with a node that no code is written for is read from the tree instead; so is a call that goes through more
than 10,000 elements, and an explanation with more alternatives than are kept. The answer is the same, only later. Not
compiled: maps, `[ ]`, macros with two names, types known only when read, and texts or lists built inside a macro. A
variable that a condition compares and the facts do not name is missing; from the tree, it is so whatever else holds.

It leaves to `verdict` what the other sets of facts are, which a scope needs, and to `evidence` which facts count.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from functools import lru_cache
from typing import Final, TypeAlias, cast

import msgspec

from goodstanding.clause.compiled.explained import ExplainedCode
from goodstanding.clause.compiled.names import Names, UncompilableError
from goodstanding.clause.compiled.plain import PlainCode
from goodstanding.clause.compiled.runtime import Explained, FactsByKey, Lacking, Mask, TreeIsNeededError
from goodstanding.clause.compiled.tree import TreeReading
from goodstanding.clause.tree import Condition
from goodstanding.clause.values import Value, ValueType

REMEMBERED: Final = 1_024
"""How many explanations of one condition are kept, since few sets of facts ever decide it."""


Plain: TypeAlias = Callable[[FactsByKey, datetime], "Value | None"]
Explaining: TypeAlias = Callable[[FactsByKey, datetime], Explained]
Together: TypeAlias = Callable[[FactsByKey, datetime], "tuple[Value | None, ...]"]


class Compiled(msgspec.Struct, frozen=True, kw_only=True):
    """A condition as functions of `(facts, now)`; `code` is their source, empty when the tree is read."""

    condition: Condition
    plain: Plain
    explained: Explaining
    code: str = ""


def compile_condition(condition: Condition) -> Compiled:
    """The functions of a condition of any type."""
    tree = TreeReading(condition)
    try:
        names = Names(condition.variables)
        code, record = _source(names, condition)
        made = _run(code, names.namespace | {"tree": tree, "record": record})
    except (UncompilableError, SyntaxError, RecursionError, MemoryError):
        return Compiled(condition=condition, plain=tree.plain, explained=tree.explained)
    plain, explained = cast("tuple[Plain, Explaining]", (made["plain"], made["explained"]))
    return Compiled(condition=condition, plain=plain, explained=explained, code=code)


def compile_together(conditions: Sequence[Condition]) -> Together:
    """One function of `(facts, now)` that gives the plain values of several conditions, sooner than one by one."""
    each = [compile_condition(condition).plain for condition in conditions]

    def one_by_one(facts: FactsByKey, now: datetime) -> tuple[Value | None, ...]:
        return tuple(plain(facts, now) for plain in each)

    try:
        names = Names({pair for condition in conditions for pair in condition.variables})
        values = [PlainCode(names, hasty=True).write(condition.tree) for condition in conditions]
        code = [
            "def together(facts, now):",
            "    spent = [0]" if any("spent" in value for value in values) else "",
            "    try:",
            f"        return ({''.join(f'{value}, ' for value in values)})",
            "    except (KeyError, TreeIsNeededError):",
            "        return one_by_one(facts, now)",
        ]
        made = _run("\n".join(filter(None, code)), names.namespace | {"one_by_one": one_by_one})
    except (UncompilableError, SyntaxError, RecursionError, MemoryError):
        return one_by_one
    return cast("Together", made["together"])


def _run(code: str, namespace: dict[str, object]) -> dict[str, object]:
    """The namespace after the source was run in it, which defines functions and does nothing else."""
    namespace |= {"KeyError": KeyError, "TreeIsNeededError": TreeIsNeededError}
    # Ruff's S102: the source is ours, made of our own names and operators; whatever a person wrote stands in the
    # namespace as a value (`names`), and the code has no builtins.
    exec(compile(code, "<condition>", "exec"), namespace)  # noqa: S102  our own code, as said above
    return namespace


def _source(names: Names, condition: Condition) -> tuple[str, Callable[..., Explained]]:
    """The source of both functions, and what makes the record of an explanation."""
    hasty = PlainCode(names, hasty=True).write(condition.tree)
    careful = PlainCode(names).write(condition.tree)
    explained = ExplainedCode(names, condition.tree)
    lines, whole = explained.write(condition.tree)
    names.namespace["BITS"] = explained.bits
    reaches = any("reached." in line for line in lines)
    setting = ["    reached = Reached(facts, VARIABLES, BITS)"] * reaches
    given = f"    return record({whole.value}, {whole.mask}{', reached.bits' if reaches else ''})"
    code = [
        "def plain(facts, now):",
        *_guarded(
            [f"    return {hasty}"], "plain", after=["    except KeyError:", "        return careful(facts, now)"]
        ),
        "def careful(facts, now):",
        *_guarded([f"    return {careful}"], "plain"),
        "def explained(facts, now):",
        *_guarded([*setting, *lines, given], "explained"),
    ]
    exact = condition.type.value is ValueType.BOOL
    return "\n".join(code) + "\n", _recorder(explained.bits, remembers=exact and not reaches)


def _guarded(lines: list[str], name: str, after: Sequence[str] = ()) -> list[str]:
    """The same, with the tree to turn to where that may be needed, and what else may come after."""
    needed = any(word in line for line in lines for word in ("spent", "both(", "FAMILY"))
    if needed:
        after = [*after, "    except TreeIsNeededError:", f"        return tree.{name}(facts, now)"]
    if not after:
        return lines
    return [*["    spent = [0]"] * needed, "    try:", *("    " + line for line in lines), *after]


def _recorder(bits: Mapping[str, int], *, remembers: bool) -> Callable[..., Explained]:
    """What makes an explanation out of a value and a mask."""

    def record(value: Value | None, mask: Mask, bits: Mapping[str, int] = bits) -> Explained:
        if value is not None:
            return Explained(value, _keys(cast("int", mask), bits))
        if isinstance(mask, Lacking):
            return Explained(None, (), _keys(mask.cells, bits), tuple(sorted(mask.errors)))
        return Explained(None, (), _keys(cast("int", mask), bits))

    return lru_cache(REMEMBERED)(record) if remembers else record


def _keys(mask: int, bits: Mapping[str, int]) -> tuple[str, ...]:
    return tuple(sorted(key for key, bit in bits.items() if mask & bit))
