"""A condition as a sentence, composed from the tree, the vocabulary's words and a language's frames.

No clause has a template. A boolean node becomes clauses of subject and verb phrase, so that facts of one subject share
it; negation moves inwards (De Morgan holds with three values too) until it reaches a verb. Any other node becomes a
noun phrase. `frames` lists the frames; what has none is refused by `unspoken` at policy check, never while speaking.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, TypeGuard

import msgspec

from goodstanding.clause.prose import frames
from goodstanding.clause.prose.wording import bare, belonging, label_of, listed, say_value
from goodstanding.clause.prose.words import ENGLISH, Called
from goodstanding.clause.tree import (
    Binary,
    Call,
    Choice,
    Connective,
    Field,
    Function,
    Has,
    Index,
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

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from goodstanding.clause.prose.words import Words
    from goodstanding.clause.vocabulary import EntityKind, FactKind, Vocabulary

_COLUMNS: Final[dict[object, int]] = {ValueType.TIMESTAMP: 1, ValueType.DURATION: 2}
_FLIPPED: Final = {Connective.AND: Connective.OR, Connective.OR: Connective.AND}


class _Clause(msgspec.Struct, frozen=True):
    """Subject and verb phrase; a whole clause that can't share its subject has only `verb`."""

    subject: str
    verb: str


class Sentences:
    """Says nodes in the words of one vocabulary and one language."""

    def __init__(self, vocabulary: Vocabulary, words: Words = ENGLISH) -> None:
        """Keep the words."""
        self._vocabulary = vocabulary
        self._words = words

    def sentence(self, node: Node, names: Mapping[str, Called], *, holds: bool = True, depth: int = 0) -> str:
        """A boolean node as a clause; `holds` is false for its negation. `names`: what to call each variable."""
        return self._joined([node], Connective.AND, names, holds=holds, depth=depth)

    def _joined(
        self, nodes: Sequence[Node], connective: Connective, names: Mapping[str, Called], *, holds: bool, depth: int
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
        said = [f"{subject} {self._verbs(verbs, word)}".lstrip() for subject, verbs in groups]
        inner = [f" {self._words.say(one)} " for one in ("and", "or")]
        if any(one in text for text in said for one in inner) and len(said) > 1:
            return f", {self._words.say(word)} ".join(said)
        return listed(said, word, self._words)

    def _verbs(self, verbs: Sequence[str], word: str) -> str:
        """Verb phrases of one subject; a comma closes one that has commas of its own."""
        if any(", " in verb for verb in verbs[:-1]):
            return f"{', '.join(verbs[:-1])}, {self._words.say(word)} {verbs[-1]}"
        return listed(verbs, word, self._words)

    def _clause(self, node: Node, names: Mapping[str, Called], *, holds: bool, depth: int) -> _Clause:
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
                return self._recorded(node, names, holds=holds)
            case Binary():
                return self._comparison(node, names, holds=holds)
            case Call(function=function, operands=(left, right)) if function in frames.TEXT:
                frame = frames.TEXT[function][not holds]
                return self._framed(frame, self.noun(left, names), x=self.noun(right, names))
            case Quantifier(macro=Macro.EXISTS | Macro.ALL | Macro.EXISTS_ONE):
                return self._quantifier(node, names, holds=holds)
            case Choice(if_=if_, then=then, otherwise=otherwise):
                test, yes, no = (
                    self.sentence(part, names, holds=holds or part is if_) for part in (if_, then, otherwise)
                )
                return _Clause("", self._words.say(frames.CHOICE, test=test, yes=yes, no=no))
            case Literal(value=value):
                return _Clause("", self._words.say(frames.CERTAIN[value is holds]))
        return self._framed(frames.TRUTH[holds], self.noun(node, names))

    def _framed(self, frame: str, subject: str, **parts: str) -> _Clause:
        """A frame said of a subject, which it can share if it begins with it."""
        said = self._words.frame(frame)
        verb = said.removeprefix("{subject} ")
        if verb != said:
            return _Clause(subject, verb.format(**parts))
        return _Clause("", said.format(subject=subject, **parts))

    def _recorded(self, node: Has, names: Mapping[str, Called], *, holds: bool) -> _Clause:
        """`has(…)`."""
        kind, fact = self._fact(node)
        subject = self.noun(node.of, names)
        if fact.type is ValueType.BOOL:
            return self._framed(frames.DECIDED[holds], subject, holds=fact.holds)
        what = belonging(fact, kind, self._called(node.of, names))
        return self._framed(frames.RECORDED[holds], subject, bare=bare(fact.label), what=what)

    def _logical(self, node: Logical, names: Mapping[str, Called], *, holds: bool, depth: int) -> str:
        """`&&` and `||`; inside another one, `or` is said with `either`, and from the third level on in brackets."""
        connective = node.connective if holds else _FLIPPED[node.connective]
        said = self._joined(node.operands, connective, names, holds=holds, depth=depth + 1)
        if depth and connective is Connective.OR:
            said = self._words.say(frames.ALTERNATIVES, alternatives=said)
        return f"({said})" if depth > 1 and not (said.startswith("(") and said.endswith(")")) else said

    def _comparison(self, node: Binary, names: Mapping[str, Called], *, holds: bool) -> _Clause:
        """A comparison or membership, said of its left side."""
        left, right = node.left, node.right
        if node.operator is Operator.IN:
            frame = (frames.ONE_OF if isinstance(right, ListLiteral) else frames.AMONG)[holds]
            what = self.noun(left, names, beside=right)
            return self._framed(frame, what, x=self.noun(right, names, beside=left, conjunction="or"))
        if isinstance(left, Literal) and not isinstance(right, Literal) and node.operator in _MIRRORED:
            mirrored = msgspec.structs.replace(node, operator=_MIRRORED[node.operator], left=right, right=left)
            return self._comparison(mirrored, names, holds=holds)
        if node.operator in {Operator.EQUAL, Operator.NOT_EQUAL}:
            return self._equality(node, names, holds=holds is (node.operator is Operator.EQUAL))
        x = self.noun(right, names, beside=left)
        if _is_age(left):
            said = self._words.say(frames.AGE[node.operator][not holds], x=x, since=self.noun(left.right, names))
            return _Clause("", said)
        counted = self._counted(node, self._words.say(frames.QUANTITY[node.operator], x=x), names, holds=holds)
        column = _COLUMNS.get(left.type.value, 0)
        frame = frames.COMPARED[node.operator][column][not holds]
        return counted or self._framed(frame, self.noun(left, names), x=x)

    def _equality(self, node: Binary, names: Mapping[str, Called], *, holds: bool) -> _Clause:
        left, right = node.left, node.right
        if isinstance(right, Literal) and isinstance(right.value, bool):
            return self._clause(left, names, holds=holds is right.value, depth=1)
        if left.type.value is ValueType.BOOL:
            a, b = self.sentence(left, names, depth=1), self.sentence(right, names, holds=holds, depth=1)
            return _Clause("", self._words.say(frames.SAME_TRUTH, a=a, b=b))
        if isinstance(right, ListLiteral) and not right.items:
            return self._emptiness(left, names, holds=holds)
        x = self.noun(right, names, beside=left)
        counted = self._counted(node, self._words.say(frames.EXACTLY, x=x), names, holds=holds)
        frame = (frames.SAME_LIST if left.type.value is ValueType.LIST else frames.SAME)[holds]
        is_number = isinstance(right, Literal) and right.type.value in {ValueType.INT, ValueType.DOUBLE}
        said = self._words.variant(frame, "for a number") if is_number else frame
        return counted or self._framed(said, self.noun(left, names, beside=right), x=x)

    def _emptiness(self, node: Node, names: Mapping[str, Called], *, holds: bool) -> _Clause:
        """Whether a list has no items."""
        what = self.noun(node, names)
        if isinstance(node, Field):
            _, fact = self._fact(node)
            subject = self.noun(node.of, names)
            return self._framed(frames.EMPTY_FACT[holds], subject, bare=bare(fact.label), what=what)
        return self._framed(frames.EMPTY[holds], what)

    def _counted(self, node: Binary, quantity: str, names: Mapping[str, Called], *, holds: bool) -> _Clause | None:
        """`size(list.filter(…))` compared: how many of the list."""
        match node.left:
            case Call(function=Function.SIZE, operands=(Quantifier(macro=Macro.FILTER) as filtered,)):
                body = self.sentence(filtered.body, self._inside(names, filtered))
                over = self.noun(filtered.over, names)
                return _Clause("", self._words.say(frames.COUNTED[holds], quantity=quantity, over=over, body=body))
        return None

    def _quantifier(self, node: Quantifier, names: Mapping[str, Called], *, holds: bool) -> _Clause:
        """`exists`, `all`, `exists_one` over a list."""
        macro, inner = node.macro, True
        if macro is Macro.ALL and not holds:
            macro, holds, inner = Macro.EXISTS, True, False
        clauses: Sequence[Node] = [node.body]
        connective = Connective.AND
        if isinstance(node.body, Logical):
            clauses = node.body.operands
            connective = node.body.connective if inner else _FLIPPED[node.body.connective]
        inside, over = self._inside(names, node), self.noun(node.over, names)
        subject, whole = frames.QUANTIFIED[macro, holds]
        said = [self._clause(clause, inside, holds=inner, depth=1) for clause in clauses]
        if self._words.shares and all(clause.subject == inside[node.variable].name for clause in said):
            verbs = self._verbs([clause.verb for clause in said], "and" if connective is Connective.AND else "or")
            return _Clause(self._words.say(subject, over=over), verbs)
        body = self._joined(clauses, connective, inside, holds=inner, depth=1)
        return _Clause("", self._words.say(whole, over=over, body=body))

    def noun(
        self, node: Node, names: Mapping[str, Called], *, beside: Node | None = None, conjunction: str = "and"
    ) -> str:
        """Any node as a noun phrase; `beside` is what it is compared with, whose closed set says what a text means."""
        match node:
            case Literal(value=str(text)):
                return label_of(text, self._domain(beside), self._vocabulary, self._words)
            case Literal(value=value):
                return say_value(value, None, self._vocabulary, words=self._words)
            case Variable(name=name):
                return names[name].name
            case Field() if node.type.value is not ValueType.BOOL:
                kind, fact = self._fact(node)
                return belonging(fact, kind, self._called(node.of, names))
            case ListLiteral(items=items):
                return listed([self.noun(item, names, beside=beside) for item in items], conjunction, self._words)
            case Unary(sign=Sign.MINUS, operand=operand):
                return self._words.variant("minus {x}", "of a value").format(x=self.noun(operand, names))
            case Binary(operator=operator, left=left, right=right) if operator in frames.ARITHMETIC:
                a, b = self._operand(left, names), self._operand(right, names)
                return self._words.say(frames.ARITHMETIC[operator], a=a, b=b)
            case Call(operands=(operand,)) | Index(of=operand) if node.type.value is not ValueType.BOOL:
                return self._derived(node, self.noun(operand, names), names)
            case Choice(if_=if_, then=then, otherwise=otherwise) if node.type.value is not ValueType.BOOL:
                a, b = self.noun(then, names), self.noun(otherwise, names)
                return self._words.say(frames.CHOSEN, a=a, test=self.sentence(if_, names), b=b)
            case Quantifier(macro=Macro.FILTER | Macro.MAP):
                return self._selection(node, names)
        return self._words.say("whether {clause}", clause=self.sentence(node, names))

    def _derived(self, node: Call | Index, of: str, names: Mapping[str, Called]) -> str:
        """What a function of one operand gives, or an item of a list."""
        if isinstance(node, Index):
            return self._words.say(frames.ITEM, at=self.noun(node.at, names), over=of)
        if node.function is Function.SIZE:
            is_text = node.operands[0].type.value is ValueType.STRING
            return self._words.say(frames.SIZE[is_text], x=of, bare=bare(of))
        return self._words.say(frames.PART[node.function], x=of)

    def _selection(self, node: Quantifier, names: Mapping[str, Called]) -> str:
        """`filter` and `map` as noun phrases."""
        inside = self._inside(names, node)
        over, body = self.noun(node.over, names), node.body
        if node.macro is Macro.FILTER:
            return self._words.say(frames.FILTERED, over=over, body=self.sentence(body, inside))
        what = self.noun(body, inside)
        if node.where is None:
            return self._words.say(frames.MAPPED, what=what, over=over)
        return self._words.say(frames.MAPPED_WHERE, what=what, over=over, test=self.sentence(node.where, inside))

    def _operand(self, node: Node, names: Mapping[str, Called]) -> str:
        """An operand of arithmetic, in brackets when it is arithmetic itself."""
        inner = isinstance(node, Binary) and node.operator in frames.ARITHMETIC
        return f"({self.noun(node, names)})" if inner else self.noun(node, names)

    def _called(self, node: Node, names: Mapping[str, Called]) -> Called:
        """What the entity is called that a fact is of; one that is itself a fact is quoted where nouns have cases."""
        if isinstance(node, Variable):
            return names[node.name]
        return self._words.called(self._words.say("{chain}", chain=self.noun(node, names)))

    def _inside(self, names: Mapping[str, Called], node: Quantifier) -> dict[str, Called]:
        """Inside a quantifier its element is `it`, and an outer element is `that one`."""
        it, that = (frames.pronoun(words, self._words) for words in ("it", "that one"))
        return {name: that if called.it else called for name, called in names.items()} | {
            node.variable: msgspec.structs.replace(it, it=True)
        }

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
