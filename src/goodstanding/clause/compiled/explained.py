"""Generated code that answers with what the answer rests on: a few Python statements a node, without short cuts.

Each node becomes a value and a mask (`runtime`). Three things keep it fast. Each fact that the condition
names of a variable has its bit from the start. What needs all its operands, none of them an alternative, is one chain
of tests as in the plain code, and its mask is known beforehand; only when a test fails does the code look closer. And
smallest sets are kept alone, not families of them, wherever the parts of a node share no fact (`sets`).
"""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

from goodstanding.clause.compiled import runtime
from goodstanding.clause.compiled.names import Names, UncompilableError, written
from goodstanding.clause.compiled.plain import PlainCode, boolean, over_list, peeled
from goodstanding.clause.compiled.sets import Part, all_of, bits_of, bits_together, negation, pairs, shares
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
    Unary,
    Variable,
    parts,
    walk,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from goodstanding.clause.compiled.names import Operation


class ExplainedCode:
    """Writes the statements of one condition; `bits` says which fact has which bit."""

    def __init__(self, names: Names, tree: Node) -> None:
        """Give every fact that the condition names of a variable its bit: the first fact has the highest."""
        self.names = names
        self.bits = bits_of(names, tree)
        self._plain = PlainCode(names)
        self._lines: list[str] = []
        self._indent = "    "
        names.namespace |= {name: getattr(runtime, name) for name in _CALLED}

    def write(self, tree: Node) -> tuple[list[str], Part]:
        """The statements, and what the whole became; its mask is a single set."""
        part = self._part(tree, families=False)
        return self._lines, part

    def _part(self, node: Node, *, families: bool) -> Part:
        """One node; unless `families` are asked for, its mask is a single set."""
        if families or not shares(node):
            return self._by_kind(node, families=families)
        part = self._by_kind(node, families=True)
        single = Part(part.value, self.names.temporary("m"))
        self._say(f"{single.mask} = narrowed({part.value}, {part.mask})")
        return single

    def _by_kind(self, node: Node, *, families: bool) -> Part:
        match node:
            case Literal(value=value):
                return Part(self.names.constant(value), "0", 0)
            case Variable():
                return self._variable(node)
            case Field() | Has():
                key = self.names.key(node)
                return self._reached(node, families=families) if key is None else self._fact(node, key)
            case Logical():
                return self._logical(node, families=families)
            case Choice():
                return self._choice(node, families=families)
            case Quantifier():
                return self._quantifier(node, families=families)
            case Unary() | Binary() | Call() | ListLiteral():
                return self._operation(node, families=families)
        raise UncompilableError

    def _say(self, *lines: str) -> None:
        self._lines += [self._indent + line for line in lines]

    @contextmanager
    def _indented(self) -> Iterator[None]:
        outside = self._indent
        self._indent += "    "
        yield
        self._indent = outside

    def _fresh(self, fixed: int | None = None) -> Part:
        return Part(self.names.temporary(), self.names.temporary("m"), fixed)

    # ------------------------------------------------------------------------------------------------------- facts

    def _variable(self, node: Variable) -> Part:
        """`now`, an element, or the entity of a variable: a part of the question, so no value rests on it."""
        element = self.names.element(node.name)
        if element is not None:
            return Part(element, "0", 0)
        part = self._fresh(0)
        v, m = part.value, part.mask
        self._say(
            f"{v} = {self._plain.at_key(node.name)}",
            f"{m} = 0",
            f"if not {self.names.fits(node.type, v, v)}:",
            f"    {m} = {self.bits[node.name]} if {v} is None else {self._unfit(node, v, node.name)}",
            f"    {v} = None",
        )
        return part

    def _fact(self, node: Field | Has, key: str) -> Part:
        """A fact of a variable, with a bit of its own."""
        part = self._fresh(self.bits[key])
        v, m = part.value, part.mask
        self._say(f"{v} = {self._plain.at_key(key)}", f"{m} = {self.bits[key]}")
        if isinstance(node, Has):
            self._say(f"if {v} is not None:", f"    {v} = {v} is not ABSENT")
        else:
            self._say(
                f"if not {self.names.fits(node.type, v, v)} and {v} is not None:",
                f"    {m} = {self._unfit(node, v, key)}",
                f"    {v} = None",
            )
        return part

    def _unfit(self, node: Node, value: str, key: str) -> str:
        return f"unfit({value}, {self.names.text(key)}, {self.names.text(str(node.type))}, {self.names.place(node)})"

    def _reached(self, node: Field | Has, *, families: bool) -> Part:
        """A fact of an entity that another fact led to."""
        entity = self._part(node.of, families=families)
        part = self._fresh()
        name = self.names.text(node.name)
        if isinstance(node, Has):
            call = f"reached.has({entity.value}, {name})"
        else:
            test = f"lambda value: {self.names.fits(node.type, 'value', 'value')}"
            place = self.names.place(node)
            call = f"reached.fact({entity.value}, {name}, {test}, {self.names.text(str(node.type))}, {place})"
        with self._needing(part, entity):
            self._say(f"{part.value}, {part.mask} = {call}")
            self._resting_on(part, entity, families=families)
        return part

    @contextmanager
    def _needing(self, part: Part, needed: Part) -> Iterator[None]:
        """Statements for when a value is there; when it is not, neither is the part's."""
        if needed.mask == "0":
            yield
            return
        v, m = part.value, part.mask
        self._say(f"if {needed.value} is None:", f"    {v}, {m} = None, {needed.mask}", "else:")
        with self._indented():
            yield

    def _resting_on(self, part: Part, needed: Part, *, families: bool) -> None:
        """The part's value rests also on what was needed for it."""
        if needed.fixed != 0:
            both = all_of([needed, part], families=families)
            self._say(f"if {part.value} is not None:", f"    {part.mask} = {both}")

    # -------------------------------------------------------------------------------------------------- operations

    def _operation(self, node: Operation, *, families: bool) -> Part:
        """What needs all its operands: a look at the whole first, where nothing in it has alternatives."""
        if not self._simple(node):
            return self._step_by_step(node, families=families)
        facts = [inner for inner in parts(node) if isinstance(inner, Field)]
        if len(facts) == 1 and all(isinstance(inner, Field | Literal) or written(inner) for inner in parts(node)):
            return self._of_one_fact(node, facts[0])
        tests, value = self._plain.strict(node)
        if not tests:
            return Part(value, "0", 0)
        part = self._fresh(self._all_bits(node))
        v, m = part.value, part.mask
        self._say(f"if {' and '.join(tests)}:", f"    {v} = {value}", f"    {m} = {part.fixed}", "else:")
        with self._indented():
            closer = self._step_by_step(node, families=families)
            self._say(f"{v} = {closer.value}", f"{m} = {closer.mask}")
        return part

    def _of_one_fact(self, node: Operation, fact: Field) -> Part:
        """A fact beside literals: when it does not fit, that is all there is to say."""
        key = self.names.key(fact) or ""
        found = self.names.temporary()
        values = [found if inner is fact else self._plain.write(inner) for inner in parts(node)]
        test, value = self.names.operation(node, values)
        if test:
            return self._step_by_step(node, families=False)
        part = self._fresh(self.bits[key])
        v, m = part.value, part.mask
        self._say(
            f"{found} = {self._plain.at_key(key)}",
            f"{m} = {self.bits[key]}",
            f"if {self.names.fits(fact.type, found, found)}:",
            f"    {v} = {value}",
            "else:",
            f"    {v} = None",
            f"    if {found} is not None:",
            f"        {m} = {self._unfit(fact, found, key)}",
        )
        return part

    def _simple(self, node: Node) -> bool:
        inside = list(walk(node))
        return not any(
            isinstance(inner, Logical | Choice | Quantifier)
            or (isinstance(inner, Field | Has) and self.names.key(inner) is None)
            for inner in inside
        )

    def _all_bits(self, node: Node) -> int:
        keys = {self.names.key(inner) for inner in walk(node) if isinstance(inner, Field | Has)}
        return sum(self.bits[key] for key in keys if key is not None)

    def _step_by_step(self, node: Operation, *, families: bool) -> Part:
        operands = [self._part(operand, families=families) for operand in parts(node)]
        values = [operand.value for operand in operands]
        fixed = [operand.fixed for operand in operands if operand.fixed is not None]
        part = self._fresh(bits_together(fixed) if len(fixed) == len(operands) else None)
        unsure = [operand for operand in operands if operand.mask != "0"]
        test, value = self.names.operation(node, values)
        mask = all_of(operands, families=families)
        if test and not isinstance(node, ListLiteral):
            done = f"computed({mask}, {self.names.place(node)}, {self.names.applied(node, values)})"
        else:
            done = f"{value}, {mask}"
        if not unsure:
            self._say(f"{part.value}, {part.mask} = {done}")
            return part
        lacking = unsure[0].mask if len(unsure) == 1 else f"unsure({pairs(unsure)})"
        self._say(
            f"if {' and '.join(f'{operand.value} is not None' for operand in unsure)}:",
            f"    {part.value}, {part.mask} = {done}",
            "else:",
            f"    {part.value}, {part.mask} = None, {lacking}",
        )
        return part

    # -------------------------------------------------------------------------------------------------- alternatives

    def _logical(self, node: Logical, *, families: bool) -> Part:
        """`&&` and `||`."""
        for operand in node.operands:
            boolean(operand)
        absorbing = node.connective is Connective.OR
        found = [peeled(operand) for operand in node.operands]
        operands = [(self._part(inner, families=families), negated) for inner, negated in found]
        part = self._fresh()
        if families:
            outcomes = "".join(f"({negation(p) if negated else p.value}, {p.mask}), " for p, negated in operands)
            self._say(f"{part.value}, {part.mask} = logical(({outcomes}), FAMILY, absorbing={absorbing})")
            return part
        neutral = [f"{p.value} is {absorbing is negated}" for p, negated in operands]
        decides = [f"{p.value} is {absorbing is not negated}" for p, negated in operands]
        self._say(
            f"if {' and '.join(neutral)}:",
            f"    {part.value} = {not absorbing}",
            f"    {part.mask} = {all_of([p for p, _ in operands], families=False)}",
            f"elif {' or '.join(decides)}:",
            f"    {part.value} = {absorbing}",
        )
        with self._indented():
            self._smallest(part, list(zip([p for p, _ in operands], decides, strict=True)))
        lacking = [f"(0 if {test} else {p.mask})" for (p, _), test in zip(operands, neutral, strict=True)]
        self._say("else:", f"    {part.value} = None", f"    {part.mask} = {' | '.join(lacking)}")
        return part

    def _smallest(self, part: Part, operands: Sequence[tuple[Part, str]]) -> None:
        """The smallest mask of the operands that decide; of those that are always the same it is known which."""
        fixed = sorted(
            ((operand.fixed, test) for operand, test in operands if operand.fixed is not None),
            key=lambda found: runtime.rank(found[0]),
        )
        for number, (mask, test) in enumerate(fixed):
            self._say(f"{'elif' if number else 'if'} {test}:", f"    {part.mask} = {mask}")
        varying = [(operand, test) for operand, test in operands if operand.fixed is None]
        if not varying:
            return
        if fixed:
            self._say("else:", f"    {part.mask} = None")
        else:
            self._say(f"{part.mask} = None")
        for operand, test in varying:
            self._say(
                f"if {test} and ({part.mask} is None or smaller({operand.mask}, {part.mask})):",
                f"    {part.mask} = {operand.mask}",
            )

    def _choice(self, node: Choice, *, families: bool) -> Part:
        """`a ? b : c`: all three are looked at, and two count."""
        boolean(node.if_)
        chooser, then, otherwise = (self._part(inner, families=families) for inner in parts(node))
        part = self._fresh()
        for word, branch in (("if {} is True:", then), ("elif {} is False:", otherwise)):
            mask = all_of([chooser, branch], families=families)
            if branch.mask != "0":  # what rests on nothing is there; a literal is nothing to ask `is` of
                mask = f"{mask} if {branch.value} is not None else {branch.mask}"
            self._say(word.format(chooser.value), f"    {part.value} = {branch.value}", f"    {part.mask} = {mask}")
        lacking = f"unsure_choice({chooser.mask}, {pairs([then, otherwise])})"
        self._say("else:", f"    {part.value} = None", f"    {part.mask} = {lacking}")
        return part

    # ---------------------------------------------------------------------------------------------------------- lists

    def _quantifier(self, node: Quantifier, *, families: bool) -> Part:
        """A macro over a list; what it gives also rests on the list itself."""
        over_list(node)
        over = self._part(node.over, families=families)
        where = "None"
        with self.names.inside(node) as element:
            if node.where is not None:
                boolean(node.where)
                where = self._function(node.where, element, families=families)
            if node.macro is not Macro.MAP:
                boolean(node.body)
            body = self._function(node.body, element, families=families)
        part = self._fresh()
        items = self.names.temporary("l")
        call = _OVER_LISTS[node.macro].format(
            items=items, body=body, where=where, how="FAMILY" if families else "SINGLE"
        )
        with self._needing(part, over):
            self._say(f"{items} = counted({over.value}, spent)", f"{part.value}, {part.mask} = {call}")
            self._resting_on(part, over, families=families)
        return part

    def _function(self, node: Node, element: str, *, families: bool) -> str:
        """A function of the element."""
        name = self.names.temporary("f")
        self._say(f"def {name}({element}):")
        with self._indented():
            part = self._part(node, families=families)
            self._say(f"return {part.value}, {part.mask}")
        return name


_CALLED: Final = (
    "FAMILY",
    "SINGLE",
    "Reached",
    "both",
    "computed",
    "counted",
    "explain_filter",
    "explain_map",
    "explain_one",
    "logical",
    "narrowed",
    "smaller",
    "unfit",
    "unsure",
    "unsure_choice",
)

_OVER_LISTS: Final = {
    Macro.EXISTS: "logical([{body}(item) for item in {items}], {how}, absorbing=True)",
    Macro.ALL: "logical([{body}(item) for item in {items}], {how}, absorbing=False)",
    Macro.EXISTS_ONE: "explain_one([{body}(item) for item in {items}], {how})",
    Macro.FILTER: "explain_filter({items}, [{body}(item) for item in {items}], {how})",
    Macro.MAP: "explain_map({items}, {where}, {body}, {how})",
}
