"""What of a condition has no sentence, so that policy check refuses it with its place and the way out.

Maps, bytes, null, unsigned numbers and types are values of expressions and of no fact; a reader of a policy would learn
nothing from a sentence about them. Whatever passes here is spoken in every language (`frames`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from goodstanding.clause.prose.frames import PART, TEXT
from goodstanding.clause.tree import Call, Failure, Field, Function, Has, Literal, Macro, MapLiteral, Quantifier, walk
from goodstanding.clause.values import Map, Moment, Null, Span, TypeName, UInt
from goodstanding.errors import ConditionProblem

if TYPE_CHECKING:
    from collections.abc import Iterator

    from goodstanding.clause.tree import Node

_TWO_OPERANDS = 2


def unspoken(tree: Node) -> tuple[ConditionProblem, ...]:
    """Every part of a condition that can't be said in words, in the order of the text."""
    return tuple(
        ConditionProblem(message=f"{what} can't be said in words", line=node.line, column=node.column, hint=hint)
        for node in walk(tree)
        for what, hint in _silent(node)
    )


def _silent(node: Node) -> Iterator[tuple[str, str]]:
    """What of one node has no words, and the way out."""
    match node:
        case MapLiteral():
            yield "a map", "state what it holds as facts of an entity"
        case Failure():
            yield "what has no value", "remove it"
        case Literal(value=Null() | UInt() | bytes() | Map() | TypeName() | Moment() | Span()):
            yield "a value that no fact has", "write a number, a text, a time or a length of time"
        case Field(of=of) | Has(of=of) if not of.type.entity:
            yield "the value at a map's key", "state it as a fact of an entity"
        case Quantifier(macro=Macro.TRANSFORM_MAP | Macro.TRANSFORM_MAP_ENTRY):
            yield f"`{node.macro}`", "write `map` or `filter` over a list"
        case Quantifier(second=str(second)) if second:
            yield "a macro with two variables", "name the element only: `list.exists(x, …)`"
        case Call(function=function, operands=operands) if not _is_spoken(function, len(operands)):
            yield f"`{function}` with these operands", "state its result as a fact in the vocabulary"


def _is_spoken(function: Function, operands: int) -> bool:
    """Whether a function of so many operands has a frame."""
    if operands == _TWO_OPERANDS:
        return function in TEXT
    return function in PART or function is Function.SIZE
