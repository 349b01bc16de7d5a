"""Generated code that answers true, false or `None` (undecided), and nothing else: two Python expressions a condition.

What needs all its operands becomes a chain of tests, each of which computes one operand (`type(v1 := …) is int and …`),
and a value that may be read once they all hold. In the *careful* expression `&&` and `||` ask of each operand whether
it *is* false, or true, so that what is unknown or failed is neither. The *hasty* one is tried before it: two-valued,
with Python's own `and` and `or`, it raises `KeyError` at the first fact that is unknown or unfit, and is right whenever
it gets to an end without one, since three-valued `&&` and `||` then are two-valued.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, TypeAlias

from goodstanding.clause.compiled import runtime
from goodstanding.clause.compiled.names import Names, UncompilableError, written
from goodstanding.clause.tree import (
    Binary,
    Call,
    Choice,
    Connective,
    Field,
    Has,
    ListLiteral,
    Literal,
    Logical,
    Macro,
    Node,
    Quantifier,
    Sign,
    Unary,
    Variable,
    parts,
)
from goodstanding.clause.values import ABSENT, ValueType

if TYPE_CHECKING:
    from goodstanding.clause.compiled.names import Operation

Strict: TypeAlias = tuple[tuple[str, ...], str]
"""Tests that compute what is needed, and the value that is there when all of them hold."""

NOWHERE: Final = object()
"""A key that no facts have."""

_OVER_LISTS: Final = {
    Macro.EXISTS: "any_or_all({}, {}, absorbing=True)",
    Macro.ALL: "any_or_all({}, {}, absorbing=False)",
    Macro.EXISTS_ONE: "exactly_one({}, {})",
    Macro.FILTER: "filtered({}, {})",
    Macro.MAP: "mapped({}, {})",
}


class PlainCode:
    """Writes one of the expressions of a condition."""

    def __init__(self, names: Names, *, hasty: bool = False) -> None:
        """Begin with no element in scope."""
        self.names = names
        self._hasty = hasty
        self._otherwise = "facts[NOWHERE]" if hasty else "None"
        names.namespace |= {
            "ABSENT": ABSENT,
            "NOWHERE": NOWHERE,
            "VARIABLES": names.variables,
            "any_or_all": runtime.any_or_all,
            "at": runtime.at,
            "counted": runtime.counted,
            "exactly_one": runtime.exactly_one,
            "filtered": runtime.filtered,
            "mapped": runtime.mapped,
        }

    def write(self, node: Node) -> str:
        """The value of a node; else `None`, or `KeyError` when hasty."""
        match node:
            case Logical():
                return self._logical(node)
            case Choice():
                return self._choice(node)
        tests, value = self.strict(node)
        return f"({value} if {' and '.join(tests)} else {self._otherwise})" if tests else value

    def three(self, node: Node, *, first: bool = True) -> str:
        """What *is* true or *is* false when a boolean node is; anything else, or `KeyError`, when it is undecided.

        `first` is the value that a hasty look at a fact asks for first: within `&&` and `||` the one to go on with.
        """
        boolean(node)
        inner, negated = peeled(node) if self._hasty else (node, False)
        if not isinstance(inner, Field):
            return self.write(node)
        tests, found = self._look_up(inner)
        if self._hasty:
            name = self.names.temporary()
            asked = first is not negated
            found = f"{first} if ({name} := {found}) is {asked} else {not first} if {name} is {not asked} else"
            found = f"{found} facts[NOWHERE]"
        return f"(({found}) if {' and '.join(tests)} else {self._otherwise})" if tests else f"({found})"

    def strict(self, node: Node) -> Strict:
        """The value of a node, and what has to hold before it may be read."""
        match node:
            case Literal(value=value):
                return (), self.names.constant(value)
            case Variable():
                return self._variable(node)
            case Field():
                tests, found = self._look_up(node)
                name = self.names.temporary()
                return (*tests, self.names.fits(node.type, f"{name} := {found}", name)), name
            case Has():
                tests, found = self._look_up(node)
                name = self.names.temporary()
                return (*tests, f"({name} := {found}) is not None"), f"({name} is not ABSENT)"
            case Logical() | Choice():
                return self._held((), self.write(node))
            case Quantifier():
                return self._quantifier(node)
            case Unary() | Binary() | Call() | ListLiteral():
                return self._operation(node)
        raise UncompilableError

    def _held(self, tests: tuple[str, ...], expression: str) -> Strict:
        name = self.names.temporary()
        return (*tests, f"({name} := {expression}) is not None"), name

    def _variable(self, node: Variable) -> Strict:
        """`now`, an element, or the entity of a variable."""
        name = self.names.element(node.name)
        if name is not None:
            return (), name
        name = self.names.temporary()
        return (self.names.fits(node.type, f"{name} := {self.at_key(node.name)}", name),), name

    def at_key(self, key: str) -> str:
        """What stands at a key; `in` and `[]` together are twice as fast as `get`."""
        name = self.names.text(key)
        return f"facts[{name}]" if self._hasty else f"facts[{name}] if {name} in facts else None"

    def _look_up(self, node: Field | Has) -> Strict:
        """What stands where a fact is kept."""
        key = self.names.key(node)
        if key is not None:
            return (), self.at_key(key)
        tests, entity = self.strict(node.of)
        return tests, f"at(facts, {entity}, {self.names.text(node.name)}, VARIABLES)"

    def _operation(self, node: Operation) -> Strict:
        """What needs all its operands."""
        if (items := written(node)) is not None:
            return (), self.names.constant(items)
        operands = [self.strict(operand) for operand in parts(node)]
        test, value = self.names.operation(node, [value for _, value in operands])
        tests = tuple(test for tests, _ in operands for test in tests)
        return (*tests, test) if test else tests, value

    def _logical(self, node: Logical) -> str:
        """`&&` and `||`; a second look at the operands tells what is decided from what is not."""
        absorbing = node.connective is Connective.OR
        if self._hasty:
            operands = [self.three(operand, first=not absorbing) for operand in node.operands]
            return f"({(' or ' if absorbing else ' and ').join(operands)})"
        decides, holds = [], []
        for operand in node.operands:
            inner, negated = peeled(operand)
            name = self.names.temporary()
            decides.append(f"({name} := {self.three(inner)}) is {absorbing is not negated}")
            holds.append(f"{name} is {absorbing is negated}")
        return f"({absorbing} if {' or '.join(decides)} else {not absorbing} if {' and '.join(holds)} else None)"

    def _choice(self, node: Choice) -> str:
        then, otherwise = self.write(node.then), self.write(node.otherwise)
        if self._hasty:
            return f"({then} if {self.three(node.if_)} else {otherwise})"
        name = self.names.temporary()
        test = f"({name} := {self.three(node.if_)})"
        return f"({then} if {test} is True else {otherwise} if {name} is False else None)"

    def _quantifier(self, node: Quantifier) -> Strict:
        """A macro over a list."""
        over_list(node)
        tests, over = self.strict(node.over)
        items = f"counted({over}, spent)"
        with self.names.inside(node) as element:
            if node.where is not None:
                tests, items = self._held(tests, f"filtered({items}, lambda {element}: {self.three(node.where)})")
            body = self.write(node.body) if node.macro is Macro.MAP else self.three(node.body)
        return self._held(tests, _OVER_LISTS[node.macro].format(items, f"lambda {element}: {body}"))


def boolean(node: Node) -> None:
    """Hold that a node gives a boolean.

    Raises:
        UncompilableError: its type is known only when it is read.
    """
    if node.type.value is not ValueType.BOOL:
        raise UncompilableError


def over_list(node: Quantifier) -> None:
    """Hold that a macro is one of those over lists, with one variable.

    Raises:
        UncompilableError: it is over a map, or names places too.
    """
    if node.second or node.macro not in _OVER_LISTS or node.over.type.value is not ValueType.LIST:
        raise UncompilableError


def peeled(node: Node) -> tuple[Node, bool]:
    """A node without the `!` around it, and whether they negate it."""
    negated = False
    while isinstance(node, Unary) and node.sign is Sign.NOT:
        node, negated = node.operand, not negated
    return node, negated
