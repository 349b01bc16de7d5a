"""What an author reads when a condition is refused: CEL's problems in our words, and the ways out."""

from __future__ import annotations

import difflib
import re
from typing import TYPE_CHECKING, Final

from goodstanding.clause.cel import PACKAGE
from goodstanding.clause.marked_yaml import did_you_mean
from goodstanding.clause.values import ValueType
from goodstanding.errors import ConditionProblem

if TYPE_CHECKING:
    from collections.abc import Iterable

    from goodstanding.clause.vocabulary import Vocabulary

_EXTENSION = "the language here is standard CEL, without extensions"
FUNCTIONS_REFUSED: Final = dict.fromkeys(
    "bind block of none ofNonZeroValue optMap optFlatMap value hasValue orValue or charAt format indexOf join"
    " lastIndexOf lowerAscii upperAscii replace reverse split substring trim quote greatest least ceil floor round"
    " trunc abs sign isNaN isInf isFinite bitAnd bitOr bitXor bitNot bitShiftLeft bitShiftRight sqrt".split(),
    _EXTENSION,
)
OTHER_FUNCTION: Final = (
    "the functions are size, startsWith, endsWith, contains, matches, conversions and parts of times"
)

_FIELD = re.compile(rf"undefined field '(\w+)' not found in struct '{PACKAGE}\.(\w+)'")
_NAME = re.compile(r"undeclared reference to '([\w.]+)'.*")
_OVERLOAD = re.compile(r"found no matching overload for '([^']+)' applied to '([^']*)'")
_OPERATOR_NAMES = {"@in": "in", "_?_:_": "? :", "_[_]": "[ ]"}


_SYNTAX = re.compile(r"Syntax error: (.*?)(?: expecting .*)?")
_LIST = re.compile(rf"list\((?:{PACKAGE}\.)?(\w+)\)")
_OPERAND = re.compile(r"expression of type '(.+)' cannot be the operand of a select operation")
_OF_ITS_PACKAGE = re.compile(rf"{PACKAGE}\.")
_TYPE_NAMES: Final = {
    "google.protobuf.Timestamp": "timestamp",
    "google.protobuf.Duration": "duration",
    "null_type": "null",
}
_AT_A_PLACE: Final = (
    (r"\band$", "write `&&`"),
    (r"\bor$", "write `||`"),
    (r"(?<![=!<>])=$", "write `==`"),
    (r"\bnot\s+$", "write `!` in place of `not`"),
    (r"\bin\s*\([^()]*,$", "write a list: `[1, 2]`"),
    (r"[“”„‘’«»]$", "write straight quotes: `'…'`"),
    (r"#$|/\*$", "a comment begins with `//`"),
)
"""What stands in the text up to a problem, and what its author has to write instead."""

_SIMPLE: Final = {
    "invalid int literal": "whole numbers reach from -2⁶³ to 2⁶³-1",
    "variable name must be a simple identifier": "write a name for the element: `list.exists(x, …)`",
    "argument must be a field selection": "write `has(account.fact)`",
    "range of a comprehension": "only a list or map has `exists`, `all`, `exists_one`, `filter` and `map`",
}
_MACROS: Final = ("exists", "all", "exists_one", "filter", "map")
_OTHERWISE: Final = {"any": "exists", "some": "exists", "every": "all", "length": "size", "len": "size"}
_ARGUMENT: Final = re.compile(r"\(\s*(\w+)")


def reworded(
    problems: Iterable[ConditionProblem], source: str, vocabulary: Vocabulary, variables: Iterable[str]
) -> list[ConditionProblem]:
    """The same problems in our words, with a way out where there is one; what only follows from another is left out."""
    lines = source.split("\n")
    names = [*variables, "now"]
    kept = [one for one in problems if "*error*" not in one.message]
    elements = {name for one in kept for name in _element(one, lines[one.line - 1])}
    found: list[ConditionProblem] = []
    for problem in kept:
        name = _NAME.fullmatch(problem.message)
        if (name and _first(name[1]) in elements) or ("<<nil>>" in problem.message and len(kept) > 1):
            continue
        message, hint = _words(problem, lines[problem.line - 1], vocabulary, names)
        follows = message.startswith("syntax") and any(
            one.message.startswith("syntax") and one.hint and hint in {"", one.hint} for one in found
        )
        if not follows:
            hint = problem.hint or hint
            found.append(ConditionProblem(message=message, line=problem.line, column=problem.column, hint=hint))
    return found


def _element(problem: ConditionProblem, line: str) -> tuple[str, ...]:
    """The name that the author of a misspelt macro gave to the element."""
    name, argument = _NAME.fullmatch(problem.message), _ARGUMENT.match(line, problem.column - 1)
    return (argument[1],) if name and argument and _macro_meant(name[1]) else ()


def _macro_meant(name: str) -> str:
    """The macro that a name of no function was meant to be; empty when none is near."""
    near = difflib.get_close_matches(name, _MACROS, n=1)
    meant = _OTHERWISE.get(name, near[0] if near else "")
    return meant if meant in _MACROS else ""


def _first(path: str) -> str:
    """The first name of a path."""
    return path.partition(".")[0]


def _words(problem: ConditionProblem, line: str, vocabulary: Vocabulary, names: list[str]) -> tuple[str, str]:
    """Message and hint; `line` is the line of the source that the problem is in."""
    text, at = problem.message, problem.column - 1
    if match := _FIELD.fullmatch(text):
        kind = vocabulary.entity(match[2])
        known = [fact.name for fact in kind.facts] if kind else []
        return f"`{match[2]}` has no fact `{match[1]}`", did_you_mean(match[1], known)
    if match := _NAME.fullmatch(text):
        if line[at : at + 1] == "(":  # a problem at a bracket is about a function
            return _not_a_function(match[1])
        return f"`{_first(match[1])}` is not known here", did_you_mean(_first(match[1]), names)
    if match := _OVERLOAD.fullmatch(text):
        return _not_applicable(match[1], _plain_types(match[2][1:-1]))
    if match := _OPERAND.fullmatch(text):
        return _without_facts(match[1], vocabulary)
    if _SYNTAX.fullmatch(text):
        return plain_words(text)[0], _instead(line, at)
    return plain_words(text)


def _not_a_function(name: str) -> tuple[str, str]:
    """A call of something that can't be called."""
    if name in _MACROS:
        return f"`{name}` needs a name for the element", f"write `list.{name}(x, …)`"
    meant = _macro_meant(name) or _OTHERWISE.get(name)
    hint = f"did you mean `{meant}`?" if meant else FUNCTIONS_REFUSED.get(name, OTHER_FUNCTION)
    return f"`{name}` is not supported", "write `has(account.fact)`" if name == "has" else hint


def _without_facts(type_: str, vocabulary: Vocabulary) -> tuple[str, str]:
    """A fact asked of what is no entity."""
    items = _LIST.fullmatch(type_)
    kind = vocabulary.entity(items[1]) if items else None
    yes_no = next((fact.name for fact in kind.facts if fact.type is ValueType.BOOL), "") if kind else ""
    hint = "only an entity has facts"
    if items:
        hint = f"ask its items: `.exists(x, x.{yes_no})`" if yes_no else "ask its items: `.exists(x, …)`"
    return f"`{_plain_types(type_)}` has no facts", hint


def _instead(line: str, at: int) -> str:
    """What to write in place of what stands at a place that CEL's grammar does not foresee."""
    token = re.match(r"\w+|\W?", line[at:])
    ends = (line[:at], line[:at] + (token[0] if token else ""))
    return next((hint for shape, hint in _AT_A_PLACE if any(re.search(shape, end) for end in ends)), "")


def _plain_types(types: str) -> str:
    """Names of types as the vocabulary has them."""
    plain = re.sub(r"list\(([^()]*)\)", r"list of \1", _OF_ITS_PACKAGE.sub("", types))
    for name, ours in _TYPE_NAMES.items():
        plain = plain.replace(name, ours)
    return plain


def plain_words(text: str) -> tuple[str, str]:
    """Message and hint of what is not about a vocabulary."""
    if match := _SYNTAX.fullmatch(text):
        said = match[1].replace("'<EOF>'", "the end").replace("mismatched input", "unexpected")
        return f"syntax: {said}", ""
    if "unsupported syntax" in text:
        return text, "optional values are not supported: write `has(…) ? … : …`"
    if "recursion" in text:
        return "this is nested deeper than 32 levels", "split the clause, or leave out brackets"
    hint = next((hint for words, hint in _SIMPLE.items() if words in text), "")
    return text[:1].lower() + text[1:], hint


def _not_applicable(function: str, types: str) -> tuple[str, str]:
    """An operator or function over types that it does not take."""
    name = _OPERATOR_NAMES.get(function, function.strip("_"))
    hint = "use types that go together"
    sides = sorted(types.split(", "))
    if "null" in types:
        hint = "write `has(…)` or `!has(…)`"
    elif sides == ["double", "int"]:
        hint = "write both sides as whole numbers, or both with a decimal point; `double(…)` converts"
    elif sides in (["string", "timestamp"], ["duration", "string"]):
        time = "duration" if name in "+-" else next(side for side in sides if side != "string")
        hint = f"write `{time}('…')`"
    return f"`{name}` can't be applied to `{types}`", hint
