"""Plain facts in JSON or YAML: names and values, without a vocabulary that would say their types.

YAML is read as its core schema has it: `no` is a text and a date stays one, so that both formats say the same.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, NoReturn

import yaml

from goodstanding.errors import InputError, Place, Problem

if TYPE_CHECKING:
    from goodstanding.kernel.canonical import Json


class NotFactsError(ValueError):
    """A text that is no JSON, or not of the form asked for; the message says where."""


class _CoreLoader(yaml.SafeLoader):
    """YAML's core schema: `true`, `false`, `null`, numbers; everything else is text."""

    yaml_implicit_resolvers: dict[str, list[tuple[str, re.Pattern[str]]]] = {}  # noqa: RUF012  as PyYAML declares it

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[object, object]:  # noqa: FBT002  as PyYAML declares it
        """A mapping, each of whose keys is a text that stands once."""
        seen: set[str] = set()
        for key, _ in node.value:
            if not isinstance(key, yaml.ScalarNode) or key.value in seen:
                problem = (
                    "a key is not a text" if not isinstance(key, yaml.ScalarNode) else f"`{key.value}` stands twice"
                )
                raise yaml.constructor.ConstructorError(None, None, problem, key.start_mark)
            seen.add(key.value)
            key.tag = "tag:yaml.org,2002:str"
        return super().construct_mapping(node, deep=deep)


for _tag, _pattern, _first in (
    ("bool", r"true|false", "tf"),
    ("null", r"null|~|", ["n", "~", ""]),
    ("int", r"[-+]?[0-9]+", "-+0123456789"),
    ("float", r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?|\.nan|[-+]?\.inf", "-+0123456789."),
):
    _CoreLoader.add_implicit_resolver(f"tag:yaml.org,2002:{_tag}", re.compile(f"^(?:{_pattern})$"), list(_first))


def facts_of(text: str, file: str) -> Mapping[str, Json]:
    """The facts of a file by name; JSON where it begins with a brace, else YAML.

    Raises:
        InputError: it is neither, or no mapping; the problem has its place.
    """
    if text.lstrip().startswith("{"):
        try:
            facts = json_of(text)
        except NotFactsError as error:
            _refuse(str(error), file, *_place_of(text, error))
    else:
        facts = _yaml(text, file)
    if not isinstance(facts, Mapping):
        _refuse("the facts are not a mapping of names to values", file, 1, 1)
    return facts


def json_of(text: str) -> Json:
    """A JSON text, each key once.

    Raises:
        NotFactsError: it is none.
    """
    try:
        read: Json = json.loads(text, object_pairs_hook=_once, parse_constant=_no_constant)
    except json.JSONDecodeError as error:
        msg = f"not JSON: {error.msg.lower()} at line {error.lineno}, column {error.colno}"
        raise NotFactsError(msg) from error
    except RecursionError:
        msg = "not JSON that can be read: it is nested too deeply"
        raise NotFactsError(msg) from None
    except NotFactsError:
        raise
    except ValueError as error:  # a number with thousands of digits
        msg = f"not JSON that can be read: {str(error).partition(':')[0].lower()}"
        raise NotFactsError(msg) from error
    return read


def _once(pairs: list[tuple[str, Json]]) -> dict[str, Json]:
    """An object, each key of which stands once.

    Raises:
        NotFactsError: one stands twice.
    """
    found = dict(pairs)
    if len(found) < len(pairs):
        names = [name for name, _ in pairs]
        msg = f"`{next(name for name in names if names.count(name) > 1)}` stands twice"
        raise NotFactsError(msg)
    return found


def _no_constant(name: str) -> NoReturn:
    """`NaN` and `Infinity` are no JSON.

    Raises:
        NotFactsError: always.
    """
    msg = f"not JSON: `{name}` is no number"
    raise NotFactsError(msg)


def _yaml(text: str, file: str) -> Json:
    """A YAML text.

    Raises:
        InputError: it is none.
    """
    try:
        return yaml.load(text, Loader=_CoreLoader)  # type: ignore[no-any-return]  # noqa: S506  a safe loader
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
        _refuse(f"not YAML: {error.problem or error.context}", file, line, column)
    except (yaml.YAMLError, ValueError, RecursionError):
        _refuse("not YAML: a character can't be printed, or its nesting goes too far", file, 1, 1)


def _place_of(text: str, error: NotFactsError) -> tuple[int, int]:
    """Where JSON goes wrong; the first line where that is not known."""
    cause = error.__cause__
    return (cause.lineno, cause.colno) if isinstance(cause, json.JSONDecodeError) and text else (1, 1)


def _refuse(message: str, file: str, line: int, column: int) -> NoReturn:
    """Refuse a file of facts.

    Raises:
        InputError: always.
    """
    hint = 'write the facts by name, such as `{"account": {"days_overdue": 31}}`'
    place = Place(file=file, line=line, column=column)
    raise InputError([Problem(message=message, place=place, hint=hint)]) from None
