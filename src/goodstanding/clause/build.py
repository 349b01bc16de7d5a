"""From CEL's checked expression to our own tree; what not every reading supports is refused with a way out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, assert_never

from goodstanding.clause import times
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
from goodstanding.clause.tree import (
    Binary,
    Call,
    Choice,
    Connective,
    Field,
    Function,
    Has,
    ListLiteral,
    Literal,
    Logical,
    Macro,
    Node,
    Operator,
    Quantifier,
    Sign,
    Type,
    Unary,
    Variable,
)
from goodstanding.clause.values import ValueType
from goodstanding.errors import ConditionProblem

if TYPE_CHECKING:
    from collections.abc import Set as AbstractSet

_OPERATORS: Final = {"@in" if o is Operator.IN else f"_{o}_": o for o in Operator}
_CONNECTIVES: Final = {"_&&_": Connective.AND, "_||_": Connective.OR}
_SIGNS: Final = {"!_": Sign.NOT, "-_": Sign.MINUS}
_FUNCTIONS: Final = {function.value: function for function in Function}
_LITERALS: Final = {"timestamp": times.timestamp, "duration": times.duration}
_ACCUMULATOR: Final = "@result"


class Builder:
    """Builds one tree; `problems` grows on the way."""

    def __init__(self, source: str, checked: Checked) -> None:
        """Begin without problems."""
        self._source = source
        self._checked = checked
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
                if value is not None:
                    return Literal(type=type_, line=line, column=column, value=value)
                self._refuse_constant(raw)
            case Name(name=name):
                return Variable(type=type_, line=line, column=column, name=name)
            case Selection(operand=operand, field=field, tests=tests):
                node = Has if tests else Field
                return node(type=type_, line=line, column=column, of=self._node(operand, names), name=field)
            case Sequence(items=items):
                if items and type_.of == ANYTHING:
                    self._refuse(raw, "a list of different types is not supported", "give each its own comparison")
                nodes = tuple(self._node(item, names) for item in items)
                return ListLiteral(type=type_, line=line, column=column, items=nodes)
            case Construction():
                self._refuse(raw, "maps and messages can't be written here", "write a list, or name facts")
            case Comprehension():
                return self._quantifier(raw, type_, names)
            case Application():
                return self._application(raw, type_, names)
            case _ as unreachable:
                assert_never(unreachable)
        return _NOTHING

    def _application(self, raw: Application, type_: Type, names: AbstractSet[str]) -> Node:
        """One call of an operator or function."""
        line, column = self._place(raw)
        if reader := _LITERALS.get(raw.function):
            return self._written_time(raw, reader, type_)
        operands = tuple(self._node(operand, names) for operand in raw.operands)
        if connective := _CONNECTIVES.get(raw.function):
            flat = tuple(inner for operand in operands for inner in _flat(operand, connective))
            return Logical(type=type_, line=line, column=column, connective=connective, operands=flat)
        if operator := _OPERATORS.get(raw.function):
            left, right = operands
            return Binary(type=type_, line=line, column=column, operator=operator, left=left, right=right)
        if sign := _SIGNS.get(raw.function):
            return Unary(type=type_, line=line, column=column, sign=sign, operand=operands[0])
        if function := _FUNCTIONS.get(raw.function):
            return Call(type=type_, line=line, column=column, function=function, operands=operands)
        if raw.function == "_?_:_":
            if_, then, otherwise = operands
            return Choice(type=type_, line=line, column=column, if_=if_, then=then, otherwise=otherwise)
        name = "[ ]" if raw.function == "_[_]" else raw.function
        self._refuse(raw, f"`{name}` is not supported", FUNCTIONS_REFUSED.get(name, OTHER_FUNCTION))
        return _NOTHING

    def _written_time(self, raw: Application, reader: object, type_: Type) -> Node:
        """`timestamp('…')` and `duration('…')`, as literals."""
        line, column = self._place(raw)
        match raw.operands:
            case (Constant(value=str(text)),) if callable(reader):
                try:
                    return Literal(type=type_, line=line, column=column, value=reader(text))
                except ValueError as error:
                    message, _, hint = str(error).partition(": ")
                    self._refuse(raw, message, hint)
            case _:
                hint = f"give the fact the type {raw.function} in the vocabulary, or write `{raw.function}('…')`"
                self._refuse(raw, f"`{raw.function}` takes only a text written in the condition", hint)
        return _NOTHING

    def _quantifier(self, raw: Comprehension, type_: Type, names: AbstractSet[str]) -> Node:
        """The macro that a comprehension was, by the fixed shape that each expands to."""
        line, column = self._place(raw)
        if raw.variable in names:
            self._refuse(raw, f"`{raw.variable}` means two things here", "name the element otherwise")
        over = self._node(raw.over, names)
        macro, where, body = _macro(raw)
        inside = names | {raw.variable}
        return Quantifier(
            type=type_,
            line=line,
            column=column,
            macro=macro,
            over=over,
            variable=raw.variable,
            body=self._node(body, inside),
            where=None if where is None else self._node(where, inside),
        )

    def _type(self, raw: Raw) -> Type:
        """The type of a node; those that are none of ours are refused where they arise."""
        return self._checked.types.get(raw.id) or ANYTHING

    def _place(self, raw: Raw) -> tuple[int, int]:
        """Line and column of a node, from 1."""
        before = self._source[: self._checked.offsets.get(raw.id, 0)]
        return before.count("\n") + 1, len(before) - (before.rfind("\n") + 1) + 1

    def _refuse(self, raw: Raw, message: str, hint: str) -> None:
        line, column = self._place(raw)
        self.problems.append(ConditionProblem(message=message, line=line, column=column, hint=hint))

    def _refuse_constant(self, raw: Constant) -> None:
        first = self._source[self._checked.offsets.get(raw.id, 0) :][:1].lower()
        if first == "n":
            self._refuse(raw, "`null` is not supported", "write `has(…)`, or `!has(…)`")
        elif first.isdigit():
            self._refuse(raw, "unsigned numbers are not supported", "leave out the `u`")
        else:
            self._refuse(raw, "bytes are not supported", "leave out the `b`")


_NOTHING: Final = Literal(type=ANYTHING, line=1, column=1, value=False)
"""What stands for a node that was refused; no tree with it leaves this module."""


def _flat(node: Node, connective: Connective) -> tuple[Node, ...]:
    """The operands of a node of the same connective, else the node."""
    return node.operands if isinstance(node, Logical) and node.connective is connective else (node,)


def _macro(raw: Comprehension) -> tuple[Macro, Raw | None, Raw]:
    """Which macro it was, its filter if `map` had one, and its body."""
    match raw.step:
        case Application(function="_||_", operands=(_, body)):
            return Macro.EXISTS, None, body
        case Application(function="_&&_", operands=(_, body)):
            return Macro.ALL, None, body
        case Application(function="_+_", operands=(_, Sequence(items=(body,)))):
            return Macro.MAP, None, body
        case Application(operands=(where, Application(operands=(_, Sequence(items=(body,)))), _)):
            if body == Name(body.id, raw.variable):
                return Macro.FILTER, None, where
            return Macro.MAP, where, body
        case Application(operands=(where, _, _)):
            return Macro.EXISTS_ONE, None, where
    msg = f"a comprehension over `{raw.variable}` has no known shape: use a supported cel-expr-python"
    raise ValueError(msg)
