"""Which sets of facts explained code keeps, and how it writes them.

The smallest set of a whole is made of smallest sets of its parts as long as the parts share no fact, or none of them
rests on one of several sets. `shares` finds where that fails; there, and below, code keeps all minimal sets.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from goodstanding.clause.tree import Field, Has, Logical, Macro, Node, Quantifier, Variable, parts, walk

if TYPE_CHECKING:
    from collections.abc import Sequence

    from goodstanding.clause.compiled.names import Names


class Part(msgspec.Struct, frozen=True):
    """What a node became: the names of its value and mask, and the mask of a value where it is always the same."""

    value: str
    mask: str
    fixed: int | None = None


def bits_of(names: Names, tree: Node) -> dict[str, int]:
    """A bit for each key that the condition itself names, the highest for the first in the order of cells."""
    keys: dict[tuple[str, str], str] = {}
    for node in walk(tree):
        if isinstance(node, Variable) and node.name in names.kinds:
            keys[names.kinds[node.name], ""] = node.name
        if isinstance(node, Field | Has) and (key := names.key(node)) is not None:
            keys[node.of.type.entity, node.name] = key
    return {keys[place]: 1 << number for number, place in enumerate(sorted(keys, reverse=True))}


def shares(node: Node) -> bool:
    """Whether parts of a node name the same fact while one of them may rest on one of several sets.

    Facts are told apart by kind and name, as if all entities of a kind were one. Elements of a list are different, so a
    macro shares nothing with itself while its body names facts of the element alone.
    """
    if isinstance(node, Quantifier) and any(_shares_between_elements(node, body) for body in parts(node)[1:]):
        return True
    seen: set[tuple[str, str]] = set()
    seen_in_several: set[tuple[str, str]] = set()
    for part in parts(node):
        facts, alternatives = facts_in(part), several(part)
        if facts & (seen if alternatives else seen_in_several):
            return True
        seen |= facts
        seen_in_several |= facts if alternatives else set()
    return False


def _shares_between_elements(node: Quantifier, body: Node) -> bool:
    inside = [inner for inner in walk(body) if isinstance(inner, Field | Has)]
    own = all(isinstance(inner.of, Variable) and inner.of.name == node.variable for inner in inside)
    return several(body) and not own


def several(node: Node) -> bool:
    """Whether a value of a node may rest on one of several sets of facts."""
    return any(
        isinstance(inner, Logical) or (isinstance(inner, Quantifier) and inner.macro in {Macro.EXISTS, Macro.ALL})
        for inner in walk(node)
    )


def facts_in(node: Node) -> set[tuple[str, str]]:
    """The facts that a node names, by kind of entity and name."""
    return {(inner.of.type.entity, inner.name) for inner in walk(node) if isinstance(inner, Field | Has)}


def bits_together(masks: Sequence[int]) -> int:
    """All the bits of all."""
    result = 0
    for mask in masks:
        result |= mask
    return result


def all_of(found: Sequence[Part], *, families: bool) -> str:
    """The mask of what rests on all parts."""
    fixed = bits_together([part.fixed for part in found if part.fixed is not None])
    masks = [part.mask for part in found if part.fixed is None]
    if fixed or not masks:
        masks.append(str(fixed))
    if len(masks) == 1:
        return masks[0]
    return f"both(({', '.join(masks)}))" if families else f"({' | '.join(masks)})"


def pairs(found: Sequence[Part]) -> str:
    """Values with their masks."""
    return ", ".join(f"({part.value}, {part.mask})" for part in found)


def negation(part: Part) -> str:
    """What `!` makes of a value that may not be there."""
    return f"(None if {part.value} is None else not {part.value})"
