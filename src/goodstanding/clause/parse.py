"""Conditions: source text in, our own tree out, or every problem at its line and column.

CEL's parser and type checker say what is a well-formed expression over the vocabulary (`cel`), `build` says which part
of it the verdict supports, and both refuse here, never when a case is read. Supported is standard CEL without messages
and without time zones by name; a fact is read only where the checker knows of which entity it is, and names of elements
hide no other name. What the other readings support is asked of them (`language`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from goodstanding.clause.build import Builder
from goodstanding.clause.cel import Environment
from goodstanding.clause.diagnostics import reworded
from goodstanding.clause.reads import facts_named
from goodstanding.clause.tree import Condition
from goodstanding.clause.values import ValueType
from goodstanding.errors import ConditionError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from goodstanding.clause.vocabulary import Vocabulary


class Conditions:
    """Parses conditions that speak of one vocabulary."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        """Nothing of CEL is loaded before the first condition is read."""
        self._vocabulary = vocabulary
        self._environments: dict[tuple[tuple[str, str], ...], Environment] = {}

    def read(
        self, source: str, *, variables: Mapping[str, str], result: ValueType | None = ValueType.BOOL
    ) -> Condition:
        """Parse and type-check a condition over variables (name to entity kind) and `now`.

        `result` is the type that it has to give; `None` takes any.

        Raises:
            ConditionError: it is not well formed, not well typed, or uses a part of CEL that we do not support.
        """
        names = tuple(sorted(variables.items()))
        try:
            expression = self._environment(names).check(source)
        except ConditionError as error:
            raise ConditionError(reworded(error.problems, source, self._vocabulary, variables)) from error
        builder = Builder(source, expression)
        tree = builder.build({*variables, "now"}, result)
        if builder.problems:
            raise ConditionError(builder.problems)
        reads, facts = facts_named(tree, variables)
        return Condition(source=source, tree=tree, variables=names, reads=reads, facts=facts)

    def _environment(self, names: tuple[tuple[str, str], ...]) -> Environment:
        if names not in self._environments:
            self._environments[names] = Environment(self._vocabulary, dict(names))
        return self._environments[names]
