"""A condition as an English sentence, composed from the tree and the vocabulary's words; no clause has a template.

A boolean node becomes clauses of subject and verb phrase, so that facts of one subject share it; negation moves
inwards (De Morgan holds with three values too) until it reaches a verb. Any other node becomes a noun phrase.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, TypeGuard

import msgspec

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
    Unary,
    Variable,
)
from goodstanding.clause.values import ValueType
from goodstanding.clause.wording import bare, belonging, label_of, listed, say_value

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from goodstanding.clause.vocabulary import EntityKind, FactKind, Vocabulary

_COMPARISONS: Final = {
    Operator.LESS: ("less than", "before", "shorter than"),
    Operator.LESS_OR_EQUAL: ("at most", "at or before", "at most"),
    Operator.GREATER: ("more than", "after", "longer than"),
    Operator.GREATER_OR_EQUAL: ("at least", "at or after", "at least"),
}
"""For numbers and texts, for instants, for lengths of time."""

_COLUMNS: Final = {ValueType.TIMESTAMP: 1, ValueType.DURATION: 2}

_ARITHMETIC: Final = {
    Operator.ADD: "plus",
    Operator.SUBTRACT: "minus",
    Operator.MULTIPLY: "times",
    Operator.DIVIDE: "divided by",
    Operator.REMAINDER: "modulo",
}
_TEXT_VERBS: Final = {
    Function.STARTS_WITH: ("begins with", "does not begin with"),
    Function.ENDS_WITH: ("ends with", "does not end with"),
    Function.CONTAINS: ("contains", "does not contain"),
}
_QUANTITIES: Final = {
    (Macro.EXISTS, True): "at least one",
    (Macro.EXISTS, False): "none",
    (Macro.ALL, True): "each",
    (Macro.EXISTS_ONE, True): "exactly one",
    (Macro.EXISTS_ONE, False): "not exactly one",
}


class _Clause(msgspec.Struct, frozen=True):
    """Subject and verb phrase; a whole clause that can't share its subject has only `verb`."""

    subject: str
    verb: str


class Sentences:
    """Says nodes in the words of one vocabulary."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        """Keep the words."""
        self._vocabulary = vocabulary

    def sentence(self, node: Node, names: Mapping[str, str], *, holds: bool = True, depth: int = 0) -> str:
        """A boolean node as a clause; `holds` is false for its negation. `names`: what to call each variable."""
        return self._joined([node], Connective.AND, names, holds=holds, depth=depth)

    def _joined(
        self, nodes: Sequence[Node], connective: Connective, names: Mapping[str, str], *, holds: bool, depth: int
    ) -> str:
        """Several clauses under one connective; neighbours with one subject share it."""
        groups: list[tuple[str, list[str]]] = []
        for node in nodes:
            clause = self._clause(node, names, holds=holds, depth=depth)
            if groups and clause.subject and groups[-1][0] == clause.subject:
                groups[-1][1].append(clause.verb)
            else:
                groups.append((clause.subject, [clause.verb]))
        word = "and" if connective is Connective.AND else "or"
        said = [f"{subject} {listed(verbs, word)}".lstrip() for subject, verbs in groups]
        if any(" and " in text or " or " in text for text in said) and len(said) > 1:
            return f", {word} ".join(said)
        return listed(said, word)

    def _clause(self, node: Node, names: Mapping[str, str], *, holds: bool, depth: int) -> _Clause:
        """One clause."""
        match node:
            case Unary(sign=Sign.NOT, operand=operand):
                return self._clause(operand, names, holds=not holds, depth=depth)
            case Logical():
                return _Clause("", self._logical(node, names, holds=holds, depth=depth))
            case Field():
                _, fact = self._fact(node)
                return _Clause(self.noun(node.of, names), fact.holds if holds else fact.holds_not)
            case Has():
                what = bare(self._fact(node)[1].label)
                verb = f"has its {what} on record" if holds else f"is on record as having no {what}"
                return _Clause(self.noun(node.of, names), verb)
            case Binary():
                return self._comparison(node, names, holds=holds)
            case Call(function=function, operands=(left, right)):
                positive, negative = _TEXT_VERBS[function]
                return _Clause(self.noun(left, names), f"{positive if holds else negative} {self.noun(right, names)}")
            case Quantifier():
                return self._quantifier(node, names, holds=holds)
            case Choice(if_=if_, then=then, otherwise=otherwise):
                test, yes, no = (
                    self.sentence(part, names, holds=holds or part is if_) for part in (if_, then, otherwise)
                )
                return _Clause("", f"if {test}, then {yes}; otherwise {no}")
            case Literal(value=value):
                return _Clause("", "in every case" if value is holds else "in no case")
        return _Clause(self.noun(node, names), "is true" if holds else "is false")

    def _logical(self, node: Logical, names: Mapping[str, str], *, holds: bool, depth: int) -> str:
        """`&&` and `||`; inside another one, `or` is said with `either`, and from the third level on in brackets."""
        flipped = {Connective.AND: Connective.OR, Connective.OR: Connective.AND}
        connective = node.connective if holds else flipped[node.connective]
        said = self._joined(node.operands, connective, names, holds=holds, depth=depth + 1)
        if depth and connective is Connective.OR:
            said = f"either {said}"
        return f"({said})" if depth > 1 else said

    def _comparison(self, node: Binary, names: Mapping[str, str], *, holds: bool) -> _Clause:
        """A comparison or membership, said of its left side."""
        is_ = "is" if holds else "is not"
        left, right = node.left, node.right
        if node.operator is Operator.IN:
            among = "one of" if isinstance(right, ListLiteral) else "among"
            what = self.noun(left, names, beside=right)
            return _Clause(what, f"{is_} {among} {self.noun(right, names, beside=left, conjunction='or')}")
        if isinstance(left, Literal) and not isinstance(right, Literal) and node.operator in _MIRRORED:
            mirrored = msgspec.structs.replace(node, operator=_MIRRORED[node.operator], left=right, right=left)
            return self._comparison(mirrored, names, holds=holds)
        if node.operator in {Operator.EQUAL, Operator.NOT_EQUAL}:
            return self._equality(node, names, holds=holds is (node.operator is Operator.EQUAL))
        if _is_age(left):
            words = _COMPARISONS[node.operator][0] if holds else f"not {_COMPARISONS[node.operator][0]}"
            since = self.noun(left.right, names)
            return _Clause("", f"{words} {self.noun(right, names)} have passed since {since}")
        words = _COMPARISONS[node.operator][_COLUMNS.get(left.type.value or ValueType.INT, 0)]
        return self._counted(node, f"{words} {self.noun(right, names)}", names, holds=holds) or _Clause(
            self.noun(left, names), f"{is_} {words} {self.noun(right, names)}"
        )

    def _equality(self, node: Binary, names: Mapping[str, str], *, holds: bool) -> _Clause:
        left, right = node.left, node.right
        if isinstance(right, Literal) and isinstance(right.value, bool):
            return self._clause(left, names, holds=holds is right.value, depth=1)
        if left.type.value is ValueType.BOOL:
            both = (self.sentence(left, names, depth=1), self.sentence(right, names, holds=holds, depth=1))
            return _Clause("", " exactly if ".join(both))
        if isinstance(right, ListLiteral) and not right.items:
            return self._emptiness(left, names, holds=holds)
        is_ = "is" if holds else "is not"
        what = self.noun(right, names, beside=left)
        return self._counted(node, f"exactly {what}", names, holds=holds) or _Clause(
            self.noun(left, names, beside=right), f"{is_} {what}"
        )

    def _emptiness(self, node: Node, names: Mapping[str, str], *, holds: bool) -> _Clause:
        """Whether a list has no items."""
        if isinstance(node, Field):
            _, fact = self._fact(node)
            return _Clause(self.noun(node.of, names), f"{'has no' if holds else 'has'} {bare(fact.label)}")
        return _Clause(self.noun(node, names), f"{'is' if holds else 'is not'} empty")

    def _counted(self, node: Binary, quantity: str, names: Mapping[str, str], *, holds: bool) -> _Clause | None:
        """`size(list.filter(…))` compared: how many of the list."""
        match node.left:
            case Call(function=Function.SIZE, operands=(Quantifier(macro=Macro.FILTER) as filtered,)):
                body = self.sentence(filtered.body, _inside(names, filtered.variable))
                start = "it holds" if holds else "it does not hold"
                return _Clause("", f"{start} for {quantity} of {self.noun(filtered.over, names)} that {body}")
        return None

    def _quantifier(self, node: Quantifier, names: Mapping[str, str], *, holds: bool) -> _Clause:
        """`exists`, `all`, `exists_one` over a list."""
        macro, inner = node.macro, True
        if macro is Macro.ALL and not holds:
            macro, holds, inner = Macro.EXISTS, True, False
        subject = f"{_QUANTITIES[macro, holds]} of {self.noun(node.over, names)}"
        clauses = [node.body]
        connective = Connective.AND
        if isinstance(node.body, Logical):
            flips = {Connective.AND: Connective.OR, Connective.OR: Connective.AND}
            clauses = list(node.body.operands)
            connective = node.body.connective if inner else flips[node.body.connective]
        inside = _inside(names, node.variable)
        said = [self._clause(clause, inside, holds=inner, depth=1) for clause in clauses]
        if all(clause.subject == "it" for clause in said):
            word = "and" if connective is Connective.AND else "or"
            return _Clause(subject, listed([clause.verb for clause in said], word))
        return _Clause("", f"for {subject}, {self._joined(clauses, connective, inside, holds=inner, depth=1)}")

    def noun(
        self, node: Node, names: Mapping[str, str], *, beside: Node | None = None, conjunction: str = "and"
    ) -> str:
        """Any node as a noun phrase; `beside` is what it is compared with, whose closed set says what a text means."""
        match node:
            case Literal(value=str(text)):
                return label_of(text, self._domain(beside), self._vocabulary)
            case Literal(value=value):
                return say_value(value, None, self._vocabulary)
            case Variable(name=name):
                return names[name]
            case Field() if node.type.value is not ValueType.BOOL:
                (kind, fact), owner = self._fact(node), self.noun(node.of, names)
                return f"its {bare(fact.label)}" if owner == "it" else belonging(fact, kind, owner)
            case ListLiteral(items=items):
                return listed([self.noun(item, names, beside=beside) for item in items], conjunction)
            case Unary(sign=Sign.MINUS, operand=operand):
                return f"minus {self.noun(operand, names)}"
            case Binary(operator=operator, left=left, right=right) if operator in _ARITHMETIC:
                return f"{self._operand(left, names)} {_ARITHMETIC[operator]} {self._operand(right, names)}"
            case Call(function=Function.SIZE, operands=(operand,)):
                what = "the length of" if operand.type.value is ValueType.STRING else "the number of"
                inner = self.noun(operand, names)
                return f"{what} {inner if operand.type.value is ValueType.STRING else bare(inner)}"
            case Choice(if_=if_, then=then, otherwise=otherwise) if node.type.value is not ValueType.BOOL:
                test = self.sentence(if_, names)
                return f"{self.noun(then, names)} if {test}, otherwise {self.noun(otherwise, names)}"
            case Quantifier(macro=Macro.FILTER | Macro.MAP):
                return self._selection(node, names)
        return f"whether {self.sentence(node, names)}"

    def _selection(self, node: Quantifier, names: Mapping[str, str]) -> str:
        """`filter` and `map` as noun phrases."""
        inside = _inside(names, node.variable)
        over = self.noun(node.over, names)
        if node.macro is Macro.FILTER:
            return f"those of {over} of which it holds that {self.sentence(node.body, inside)}"
        where = f" where {self.sentence(node.where, inside)}" if node.where else ""
        return f"{self.noun(node.body, inside)} for each of {over}{where}"

    def _operand(self, node: Node, names: Mapping[str, str]) -> str:
        """An operand of arithmetic, in brackets when it is arithmetic itself."""
        inner = isinstance(node, Binary) and node.operator in _ARITHMETIC
        return f"({self.noun(node, names)})" if inner else self.noun(node, names)

    def _fact(self, node: Field | Has) -> tuple[EntityKind, FactKind]:
        """The vocabulary's entries for a fact.

        Raises:
            ValueError: the condition was read with another vocabulary.
        """
        kind = self._vocabulary.entity(node.of.type.entity)
        fact = kind.fact(node.name) if kind else None
        if kind is None or fact is None:
            msg = f"the vocabulary `{self._vocabulary.id}` has no fact `{node.of.type.entity}.{node.name}`"
            raise ValueError(msg)
        return kind, fact

    def _domain(self, node: Node | None) -> str | None:
        """The closed set that a node ranges over, if it is a fact of one."""
        return self._fact(node)[1].of if isinstance(node, Field) else None


_MIRRORED: Final = {
    Operator.EQUAL: Operator.EQUAL,
    Operator.NOT_EQUAL: Operator.NOT_EQUAL,
    Operator.LESS: Operator.GREATER,
    Operator.LESS_OR_EQUAL: Operator.GREATER_OR_EQUAL,
    Operator.GREATER: Operator.LESS,
    Operator.GREATER_OR_EQUAL: Operator.LESS_OR_EQUAL,
}


def _is_age(node: Node) -> TypeGuard[Binary]:
    """`now - …`: how long ago something was."""
    match node:
        case Binary(operator=Operator.SUBTRACT, left=Variable(name="now"), right=right):
            return right.type.value is ValueType.TIMESTAMP
    return False


def _inside(names: Mapping[str, str], variable: str) -> dict[str, str]:
    """Inside a quantifier its element is `it`, and an outer element is `that one`."""
    return {name: "that one" if words == "it" else words for name, words in names.items()} | {variable: "it"}
