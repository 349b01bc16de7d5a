"""From CEL's expression to our own tree.

Over a vocabulary (`names` is `None`) every problem is refused here, at its place and with a way out. Over plain facts
what has no meaning becomes a node that fails when it is read, since CEL lets `||` and `&&` absorb it.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final, assert_never

from goodstanding.clause import patterns, times
from goodstanding.clause.checked import (
    ANYTHING,
    Application,
    Checked,
    Comprehension,
    Constant,
    Construction,
    Name,
    Raw,
    Selection,
    Sequence,
)
from goodstanding.clause.diagnostics import FUNCTIONS_REFUSED, OTHER_FUNCTION
from goodstanding.clause.faults import TYPE_NAMES, EvaluationError
from goodstanding.clause.macros import macro_of
from goodstanding.clause.signatures import fits
from goodstanding.clause.time_parts import PARTS, offset
from goodstanding.clause.tree import (
    Binary,
    Call,
    Choice,
    Connective,
    Failure,
    Field,
    Function,
    Has,
    Index,
    ListLiteral,
    Literal,
    Logical,
    MapLiteral,
    Node,
    Operator,
    Quantifier,
    Sign,
    Type,
    Unary,
    Variable,
)
from goodstanding.clause.values import TypeName, ValueType, WiderType
from goodstanding.errors import ConditionProblem

if TYPE_CHECKING:
    from collections.abc import Set as AbstractSet

    from goodstanding.clause.fact_names import FactNames

_OPERATORS: Final = {"@in" if o is Operator.IN else f"_{o}_": o for o in Operator}
_CONNECTIVES: Final = {"_&&_": Connective.AND, "_||_": Connective.OR}
_SIGNS: Final = {"!_": Sign.NOT, "-_": Sign.MINUS}
_FUNCTIONS: Final = {function.value: function for function in Function}
_LITERALS: Final[Mapping[Function, Callable[[str], datetime | timedelta]]] = {
    Function.TIMESTAMP: times.timestamp,
    Function.DURATION: times.duration,
}


class Builder:
    """Builds one tree; `problems` grows on the way."""

    def __init__(self, source: str, checked: Checked, names: FactNames | None = None) -> None:
        """Begin without problems; `names` are those of plain facts."""
        self._checked = checked
        self._facts = names
        self._lines = [0, *(at + 1 for at, character in enumerate(source) if character == "\n")]
        self.problems: list[ConditionProblem] = []

    def build(self, names: AbstractSet[str], result: ValueType | None) -> Node:
        """The tree, which gives `result`; meaningless when there are problems."""
        root = self._checked.root
        tree = self._node(root, names)
        if not self.problems and result is not None and tree.type.value is not result:
            way_out = "compare it with something" if result is ValueType.BOOL else f"name a fact of the type {result}"
            self._refuse(root, f"this gives `{tree.type}`, and `{result}` is needed", way_out)
        return tree

    def _node(self, raw: Raw, names: AbstractSet[str]) -> Node:
        """One node, by its kind."""
        line, column = self._place(raw)
        type_ = self._type(raw)
        match raw:
            case Constant(value=value):
                return Literal(type=type_, line=line, column=column, value=value)
            case Name() | Selection() if self._facts and (node := self._facts.resolve(raw, names, line, column)):
                return node
            case Name(name=name) if name not in names and name in TYPE_NAMES:
                return Literal(type=type_, line=line, column=column, value=TypeName(name))
            case Name(name=name):
                return Variable(type=type_, line=line, column=column, name=name)
            case Selection():
                return self._selection(raw, type_, names)
            case Sequence(items=items):
                nodes = tuple(self._node(item, names) for item in items)
                return ListLiteral(type=type_, line=line, column=column, items=nodes)
            case Construction(message="", entries=entries):
                pairs = tuple((self._node(key, names), self._node(value, names)) for key, value in entries)
                return MapLiteral(type=type_, line=line, column=column, entries=pairs)
            case Construction():
                return self._refuse(
                    raw, f"`{raw.message}` can't be made here", "messages are not supported: write a map"
                )
            case Comprehension():
                return self._quantifier(raw, type_, names)
            case Application():
                return self._application(raw, type_, names)
            case _ as unreachable:
                assert_never(unreachable)

    def _selection(self, raw: Selection, type_: Type, names: AbstractSet[str]) -> Node:
        """`a.b` and `has(a.b)`; a fact is only read where the checker knows of which entity it is."""
        line, column = self._place(raw)
        of = self._node(raw.operand, names)
        unclear = of.type.value not in {ValueType.ENTITY, WiderType.MAP} and not isinstance(of, Failure)
        if self._facts is None and unclear:
            hint = "name the fact without `dyn` and without a list of different types around it"
            return self._refuse(raw, f"it is not known here what has `{raw.field}`", hint)
        node = Has if raw.tests else Field
        return node(type=type_, line=line, column=column, of=of, name=raw.field)

    def _application(self, raw: Application, type_: Type, names: AbstractSet[str]) -> Node:
        """One call of an operator or function."""
        line, column = self._place(raw)
        function = _FUNCTIONS.get(raw.function)
        if function and function in _LITERALS and (node := self._written_time(raw, function, type_)):
            return node
        operands = tuple(self._node(operand, names) for operand in raw.operands)
        if connective := _CONNECTIVES.get(raw.function):
            flat = tuple(inner for operand in operands for inner in _flat(operand, connective))
            return Logical(type=type_, line=line, column=column, connective=connective, operands=flat)
        if operator := _OPERATORS.get(raw.function):
            left, right = operands
            return Binary(type=type_, line=line, column=column, operator=operator, left=left, right=right)
        if sign := _SIGNS.get(raw.function):
            return Unary(type=type_, line=line, column=column, sign=sign, operand=operands[0])
        if raw.function == "_?_:_":
            if_, then, otherwise = operands
            return Choice(type=type_, line=line, column=column, if_=if_, then=then, otherwise=otherwise)
        if raw.function == "_[_]":
            return Index(type=type_, line=line, column=column, of=operands[0], at=operands[1])
        if function is None or not fits(function, len(operands), member=raw.member):
            return self._refuse(
                raw, f"`{raw.function}` is not supported", FUNCTIONS_REFUSED.get(raw.function, OTHER_FUNCTION)
            )
        self._check_operands(raw, function, operands)
        return Call(type=type_, line=line, column=column, function=function, operands=operands)

    def _written_time(self, raw: Application, function: Function, type_: Type) -> Node | None:
        """`timestamp('…')` and `duration('…')`, as literals; what is no text is converted when it is read."""
        line, column = self._place(raw)
        match raw.operands:
            case (Constant(value=str(text)),) if not raw.member:
                pass
            case _:
                return None
        try:
            return Literal(type=type_, line=line, column=column, value=_LITERALS[function](text))
        except ValueError as error:
            if self._facts is not None:
                return None
            message, _, hint = str(error).partition(": ")
            return self._refuse(raw, message, hint)

    def _check_operands(self, raw: Application, function: Function, operands: tuple[Node, ...]) -> None:
        """Over a vocabulary a pattern has to be one, and a zone never changes, since decisions are replayed."""
        if self._facts is not None:
            return
        match operands:
            case (_, Literal(value=str(pattern))) if function is Function.MATCHES:
                try:
                    patterns.compiled(pattern)
                except EvaluationError as error:
                    self._refuse(raw, str(error), "write a pattern as https://github.com/google/re2/wiki/Syntax says")
            case (_, Literal(value=str(zone))) if function in PARTS and (zone == "UTC" or offset(zone)):
                return
            case (_, _) if function in PARTS:
                hint = "write `UTC`, or an offset such as `+02:00`: the tables of named zones change"
                self._refuse(raw, "a time zone here has to be a fixed one", hint)

    def _quantifier(self, raw: Comprehension, type_: Type, names: AbstractSet[str]) -> Node:
        """The macro that a comprehension was, by the fixed shape that each expands to."""
        line, column = self._place(raw)
        if self._facts is None and raw.second:
            return self._refuse(raw, "a macro has one variable here", "name the element: `list.exists(x, …)`")
        if self._facts is None and raw.variable in names:
            return self._refuse(raw, f"`{raw.variable}` means two things here", "name the element otherwise")
        over = self._node(raw.over, names)
        macro, where, body = macro_of(raw)
        inside = names | {raw.variable, raw.second} - {""}
        return Quantifier(
            type=type_,
            line=line,
            column=column,
            macro=macro,
            over=over,
            variable=raw.variable,
            body=self._node(body, inside),
            where=None if where is None else self._node(where, inside),
            second=raw.second,
        )

    def _type(self, raw: Raw) -> Type:
        """The type of a node, if it was checked."""
        return self._checked.types.get(raw.id) or ANYTHING

    def _place(self, raw: Raw) -> tuple[int, int]:
        """Line and column of a node, from 1."""
        at = self._checked.offsets.get(raw.id, 0)
        line = bisect_right(self._lines, at)
        return line, at - self._lines[line - 1] + 1

    def _refuse(self, raw: Raw, message: str, hint: str) -> Node:
        """What stands for a node that is refused; over a vocabulary no tree with it leaves this module."""
        line, column = self._place(raw)
        if self._facts is None:
            self.problems.append(ConditionProblem(message=message, line=line, column=column, hint=hint))
        return Failure(type=ANYTHING, line=line, column=column, message=f"{message}: {hint}")


def _flat(node: Node, connective: Connective) -> tuple[Node, ...]:
    """The operands of a node of the same connective, else the node."""
    return node.operands if isinstance(node, Logical) and node.connective is connective else (node,)
