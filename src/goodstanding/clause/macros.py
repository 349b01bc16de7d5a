"""Which macro a comprehension was: each expands to a fold of one fixed shape."""

from __future__ import annotations

from goodstanding.clause.checked import Application, Comprehension, Name, Raw, Sequence
from goodstanding.clause.tree import Macro


def macro_of(raw: Comprehension) -> tuple[Macro, Raw | None, Raw]:
    """Which macro it was, its filter if it had one, and its body.

    Raises:
        ValueError: no macro has this shape.
    """
    match raw.step:
        case Application(function="_||_", operands=(_, body)):
            return Macro.EXISTS, None, body
        case Application(function="_&&_", operands=(_, body)):
            return Macro.ALL, None, body
        case Application(function="_?_:_", operands=(where, then, _)):
            return _filtered(raw, where, then)
    macro, body = _collected(raw.step)
    return macro, None, body


def _filtered(raw: Comprehension, where: Raw, then: Raw) -> tuple[Macro, Raw | None, Raw]:
    """What folds only where a filter holds: `exists_one` counts, the others collect."""
    match then:
        case Application(function="_+_", operands=(_, Sequence())) | Application(function="cel.@mapInsert"):
            macro, body = _collected(then)
            if not raw.second and body == Name(body.id, raw.variable):
                return Macro.FILTER, None, where
            return macro, where, body
    return Macro.EXISTS_ONE, None, where


def _collected(step: Raw) -> tuple[Macro, Raw]:
    """What adds to a list or a map."""
    match step:
        case Application(function="_+_", operands=(_, Sequence(items=(body,)))):
            return Macro.MAP, body
        case Application(function="cel.@mapInsert", operands=(_, _, body)):
            return Macro.TRANSFORM_MAP, body
        case Application(function="cel.@mapInsert", operands=(_, body)):
            return Macro.TRANSFORM_MAP_ENTRY, body
    msg = "a comprehension has no known shape: use a supported cel-expr-python"
    raise ValueError(msg)
