"""Google's CEL, behind one door: it parses and type-checks, and gives the checked expression or its problems.

Nothing else in the product knows `cel_expr_python` or protocol buffer descriptors; both are loaded when the first
condition is parsed, so that reading parsed conditions needs neither. Each entity of the vocabulary is one message.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Final, Protocol

from goodstanding.clause.checked import Checked, checked, parsed
from goodstanding.clause.values import ValueType
from goodstanding.errors import ConditionError, ConditionProblem

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from google.protobuf.descriptor_pool import DescriptorPool

    from goodstanding.clause.vocabulary import FactKind, Vocabulary

PACKAGE = "_entity"
"""The package of the entities' messages; no variable has this name."""

_SINGULAR, _REPEATED, _MESSAGE = 1, 3, 11
_SCALARS = {ValueType.BOOL: 8, ValueType.INT: 3, ValueType.DOUBLE: 1, ValueType.STRING: 9}
_WELL_KNOWN = {
    ValueType.TIMESTAMP: ".google.protobuf.Timestamp",
    ValueType.DURATION: ".google.protobuf.Duration",
}
_LONGEST: Final = 20_000
"""The most characters of a source; five times as many take the parser a second."""

_MACROS_OF_TWO: Final = "extensions: [{name: two-var-comprehensions}]"
_NOWHERE: Final = 2**31
_PROBLEM = re.compile(r"ERROR: <input>:(-?\d+):(-?\d+): ([^\n]*)")


class Environment:
    """What conditions over certain variables may name."""

    def __init__(self, vocabulary: Vocabulary, variables: Mapping[str, str]) -> None:
        """`variables` maps a name to its entity kind; `now` is always there."""
        from cel_expr_python import cel  # noqa: PLC0415  loaded only by those who parse

        types = {name: cel.Type(f"{PACKAGE}.{kind}") for name, kind in variables.items()}
        types["now"] = cel.Type.TIMESTAMP
        config = cel.NewEnvConfigFromYaml(_MACROS_OF_TWO)
        self._env = cel.NewEnv(descriptor_pool=_descriptors(vocabulary), config=config, variables=types)

    def check(self, source: str) -> Checked:
        """Parse and type-check.

        Raises:
            ConditionError: CEL refuses the source; every problem is at its line and column, in CEL's words.
        """
        _check_text(source)
        return checked(_compiled(lambda: self._env.compile(source)), PACKAGE)


def parse(source: str) -> Checked:
    """Parse alone: names can be anything, and every node can give anything.

    Raises:
        ConditionError: CEL does not read the source; every problem is at its line and column, in CEL's words.
    """
    _check_text(source)
    return parsed(_compiled(lambda: _parser().compile(source, disable_check=True)))


class _Expression(Protocol):
    """What CEL makes of a source."""

    def serialize(self) -> bytes:
        """An `Any` that holds it."""


class _Parser(Protocol):
    """CEL's environment."""

    def compile(self, source: str, *, disable_check: bool = False) -> _Expression:
        """Parse, and check unless it is disabled."""


@cache
def _parser() -> _Parser:
    """An environment that declares nothing."""
    from cel_expr_python import cel  # noqa: PLC0415  loaded only by those who parse

    parser: _Parser = cel.NewEnv(config=cel.NewEnvConfigFromYaml(_MACROS_OF_TWO))
    return parser


def _check_text(source: str) -> None:
    """Refuse what is too long to be read by anybody, and what is no Unicode."""
    message = hint = ""
    if len(source) > _LONGEST:
        message, hint = f"this has {len(source)} characters, and {_LONGEST} are the most", "split it"
    try:
        source.encode("utf-8")
    except UnicodeEncodeError:
        message, hint = "this has half of a surrogate pair", "write the whole character"
    if message:
        raise ConditionError([ConditionProblem(message=message, line=1, column=1, hint=hint)])


def _compiled(compile_: Callable[[], _Expression]) -> bytes:
    """What CEL makes of a source, or its problems."""
    try:
        return compile_().serialize()
    except RuntimeError as error:
        raise ConditionError(_problems(str(error))) from error


def _descriptors(vocabulary: Vocabulary) -> DescriptorPool:
    """The messages of a vocabulary's entities."""
    from google.protobuf import (  # noqa: PLC0415  loaded only by those who parse
        descriptor_pb2,
        descriptor_pool,
        duration_pb2,
        timestamp_pb2,
    )

    pool = descriptor_pool.DescriptorPool()
    file = descriptor_pb2.FileDescriptorProto(name=f"{PACKAGE}.proto", package=PACKAGE, syntax="proto3")
    for module in (timestamp_pb2, duration_pb2):
        pool.AddSerializedFile(module.DESCRIPTOR.serialized_pb)
        file.dependency.append(module.DESCRIPTOR.name)
    for kind in vocabulary.entities:
        message = file.message_type.add(name=kind.name)
        for number, fact in enumerate(kind.facts, 1):
            label, type_, type_name = _field(fact, vocabulary)
            message.field.add(
                name=fact.name, json_name=fact.name, number=number, label=label, type=type_, type_name=type_name
            )
    pool.AddSerializedFile(file.SerializeToString())
    return pool


def _field(fact: FactKind, vocabulary: Vocabulary) -> tuple[int, int, str | None]:
    """Label, type and type name of a fact's field."""
    label = _REPEATED if fact.type is ValueType.LIST else _SINGULAR
    element = (fact.of or "") if fact.type in {ValueType.LIST, ValueType.ENTITY} else fact.type.value
    if element in _SCALARS:
        return label, _SCALARS[ValueType(element)], None
    if element in _WELL_KNOWN:
        return label, _MESSAGE, _WELL_KNOWN[ValueType(element)]
    if vocabulary.entity(element) is not None:
        return label, _MESSAGE, f".{PACKAGE}.{element}"
    return label, _SCALARS[ValueType.STRING], None  # a topic, audience, territory or capability


def _problems(text: str) -> list[ConditionProblem]:
    """The problems in CEL's message, without repeats; the recursion limit has no place of its own (-1 as it is)."""
    found = [
        ConditionProblem(
            message=words.removesuffix(" [INVALID_ARGUMENT]"),
            line=int(line) if 0 < int(line) < _NOWHERE else 1,
            column=max(int(column), 1),
        )
        for line, column, words in _PROBLEM.findall(text)
    ]
    plain = ConditionProblem(message=text.partition(": ")[2].partition(" [")[0], line=1, column=1)
    return list(dict.fromkeys(found)) or [plain]
