"""What an author reads when a condition is refused: CEL's problems in our words, and the ways out."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from goodstanding.clause.cel import PACKAGE
from goodstanding.clause.marked_yaml import did_you_mean
from goodstanding.errors import ConditionProblem

if TYPE_CHECKING:
    from collections.abc import Iterable

    from goodstanding.clause.vocabulary import Vocabulary

_COMPARE = "compare with a literal: `fact < timestamp('2024-09-30T00:00:00Z')`"
_NO_CONVERSION = "give the fact the type you need in the vocabulary"
FUNCTIONS_REFUSED: Final = {
    "[ ]": "write `.exists(…)`: no reading depends on the order of a list",
    "matches": "write `contains`, `startsWith` or `endsWith`",
    "type": "every fact has its type in the vocabulary: leave this out",
    "dyn": "every fact has its type in the vocabulary: leave this out",
} | dict.fromkeys(("int", "uint", "double", "string", "bytes", "bool"), _NO_CONVERSION)
OTHER_FUNCTION: Final = "the functions are size, startsWith, endsWith, contains, timestamp and duration"

_FIELD = re.compile(rf"undefined field '(\w+)' not found in struct '{PACKAGE}\.(\w+)'")
_NAME = re.compile(r"undeclared reference to '([\w.]+)'.*")
_OVERLOAD = re.compile(r"found no matching overload for '([^']+)' applied to '([^']*)'")
_OPERATOR_NAMES = {"@in": "in", "_?_:_": "? :", "_[_]": "[ ]"}


_SYNTAX = re.compile(r"Syntax error: (.*?)(?: expecting .*)?")
_WORD = re.compile(r".*'(and|or|not|=) ?'.*")
_SPELLED = {"and": "&&", "or": "||", "not": "!", "=": "=="}
_SIMPLE: Final = {
    "invalid int literal": "whole numbers reach from -2⁶³ to 2⁶³-1",
    "variable name must be a simple identifier": "write a name for the element: `list.exists(x, …)`",
    "operand of a select": "only an entity has facts",
    "range of a comprehension": "only a list has `exists`, `all`, `exists_one`, `filter` and `map`",
}


def reworded(
    problems: Iterable[ConditionProblem], source: str, vocabulary: Vocabulary, variables: Iterable[str]
) -> list[ConditionProblem]:
    """The same problems in our words, with a way out where there is one."""
    lines = source.split("\n")
    names = [*variables, "now"]
    found = []
    for problem in problems:
        if "*error*" in problem.message:  # it only follows from another problem
            continue
        called = lines[problem.line - 1][problem.column - 1 : problem.column] == "("
        message, hint = _words(problem.message, vocabulary, names, called=called)
        found.append(ConditionProblem(message=message, line=problem.line, column=problem.column, hint=hint))
    return found


def _words(text: str, vocabulary: Vocabulary, names: list[str], *, called: bool) -> tuple[str, str]:
    """Message and hint; `called` when the problem is at a bracket, hence about a function."""
    if match := _FIELD.fullmatch(text):
        kind = vocabulary.entity(match[2])
        known = [fact.name for fact in kind.facts] if kind else []
        return f"`{match[2]}` has no fact `{match[1]}`", did_you_mean(match[1], known)
    if match := _NAME.fullmatch(text):
        if called:
            return f"`{match[1]}` is not supported", FUNCTIONS_REFUSED.get(match[1], OTHER_FUNCTION)
        return f"`{match[1]}` is not known here", did_you_mean(match[1], names)
    if match := _OVERLOAD.fullmatch(text):
        return _not_applicable(match[1], match[2][1:-1].replace(f"{PACKAGE}.", "").replace("null_type", "null"))
    if match := _SYNTAX.fullmatch(text):
        said = match[1].replace("'<EOF>'", "the end").replace("mismatched input", "unexpected")
        word = _WORD.fullmatch(said)
        hint = f"write `{_SPELLED[word[1]]}`" if word else "mend it at this place"
        return f"syntax: {said}", hint
    if "recursion" in text:
        return "this is nested deeper than 32 levels", "split the clause, or leave out brackets"
    hint = next((hint for words, hint in _SIMPLE.items() if words in text), "")
    return text[:1].lower() + text[1:], hint


def _not_applicable(function: str, types: str) -> tuple[str, str]:
    """An operator or function over types that it does not take."""
    name = _OPERATOR_NAMES.get(function, function.strip("_"))
    hint = "use types that go together"
    if "null" in types:
        hint = "write `has(…)` or `!has(…)`"
    elif sorted(types.split(", ")) == ["double", "int"]:
        hint = "write both sides as whole numbers, or both with a decimal point"
    return f"`{name}` can't be applied to `{types}`", hint
