"""The expressions of a block: its conditions, and the sides of its scope that are read from a fact.

Every problem of an expression is placed in the Markdown file, whatever quoting or folding YAML put around it.

Grammar: a side of a scope = `all` | name or list of names | BOUND `.` FACT
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from goodstanding.clause.marked_yaml import did_you_mean
from goodstanding.clause.prose.reading import refusals
from goodstanding.clause.tree import Field, Variable, walk
from goodstanding.clause.values import ValueType
from goodstanding.errors import ConditionError
from goodstanding.kernel.extents import ALL, Extent
from goodstanding.policy.binding import facts_of
from goodstanding.policy.model import Reach

if TYPE_CHECKING:
    from collections.abc import Collection

    from goodstanding.clause.parse import Conditions
    from goodstanding.clause.tree import Condition
    from goodstanding.clause.vocabulary import Vocabulary
    from goodstanding.policy.keys import Keys
    from goodstanding.policy.model import Dimension, Each
    from goodstanding.policy.source import Span
    from goodstanding.policy.yaml_parts import Text

_MANY = {"territory": "write the two letters of ISO 3166-1, such as `GB` for the United Kingdom"}
"""Hints for domains with too many names to list."""

_PATH = re.compile(r"\w+(?:\.\w+)+")


class Expressions:
    """Reads the expressions of one block, over `account`, `ad`, `owner` and the entity of `each`."""

    def __init__(self, keys: Keys, *, each: Each | None, vocabulary: Vocabulary, conditions: Conditions) -> None:
        """Begin to read; a binding that could not be read leaves nothing more to say of the expressions."""
        self._keys = keys
        self._blind = each is None and keys.has("each")
        self._vocabulary = vocabulary
        self._conditions = conditions
        self.variables = {reach.value: reach.value for reach in Reach} | ({each.name: each.kind} if each else {})

    def condition(self, key: str) -> Condition | None:
        """The condition under a key."""
        text = self._keys.text(key)
        return self._read(text, ValueType.BOOL) if text else None

    def side(self, key: str, *, domain: str, known: Collection[str], bound: str) -> Dimension:
        """One side of the scope; `domain` is what the vocabulary calls the names that it is made of."""
        texts = self._keys.texts(key)
        if len(texts) == 1 and texts[0].value == "all":
            return ALL
        if len(texts) == 1 and _PATH.fullmatch(texts[0].value):
            return self._fact(texts[0], domain=domain, bound=bound) or ALL
        what, hint = f"a known {domain}", _MANY.get(domain, "")
        names = [text.value for text in texts if self._keys.is_known(text, what=what, known=known, hint=hint)]
        return Extent.of(names) if names else ALL

    def _fact(self, text: Text, *, domain: str, bound: str) -> Condition | None:
        """A fact of the bound entity that says names of a domain (P2: never wider than the evidence)."""
        condition = self._read(text, None)
        if condition is None or not bound:
            return None
        tree = condition.tree
        if not (isinstance(tree, Field) and isinstance(tree.of, Variable) and tree.of.name == bound):
            hint = f"write a fact of `{bound}`, or bind the other entity with `each`"
            self._keys.refuse(text.span, f"a scope names only facts of `{bound}`, which this clause is about", hint)
            return None
        names = [fact.name for fact in facts_of(self.variables[bound], self._vocabulary) if fact.of == domain]
        if tree.name not in names:
            hint = did_you_mean(tree.name, names) if names else f"list the names here, or state them of `{bound}`"
            self._keys.refuse(text.span, f"`{text.value}` names nothing that is {with_article(domain)}", hint)
            return None
        return condition

    def _read(self, text: Text, result: ValueType | None) -> Condition | None:
        """Parse an expression; its problems, and what of it can't be said in words, are placed in the file."""
        if self._blind:
            return None
        try:
            condition = self._conditions.read(text.value, variables=self.variables, result=result)
            problems = refusals(condition)
        except ConditionError as error:
            condition, problems = None, error.problems
        for problem in problems:
            self._keys.refuse(text.word(problem.line, problem.column), problem.message, problem.hint)
        return condition


def with_article(noun: str) -> str:
    """A noun with `a` or `an`."""
    return f"an {noun}" if noun[0] in "aeiou" else f"a {noun}"


def first_mention(text: Text, condition: Condition, variable: str) -> Span:
    """Where a condition first names a variable, in the file; `text` is what it was read from."""
    nodes = [node for node in walk(condition.tree) if isinstance(node, Variable) and node.name == variable]
    return text.word(*min((node.line, node.column) for node in nodes))


def names_of(condition: Condition | None) -> frozenset[str]:
    """The variables whose facts a condition reads."""
    return frozenset(variable for variable, _ in condition.reads) if condition else frozenset()
