from __future__ import annotations

import inspect
import re

from goodstanding import errors
from goodstanding.errors import ConditionError, ConditionProblem, IncompleteStatementError, InputError, Place, Problem

NAME = re.compile(r"\b\w+Error\b")


def test_problems_are_listed_in_the_order_of_their_places_and_placeless_ones_last() -> None:
    first, second = Place(file="a.md", line=2, column=9), Place(file="a.md", line=10, column=1)
    refused = InputError([Problem(message="z"), Problem(message="y", place=second), Problem(message="x", place=first)])
    assert [problem.message for problem in refused.problems] == ["x", "y", "z"]
    assert str(refused) == "a.md:2:9: x\na.md:10:1: y\nz"


def test_a_problem_says_where_what_and_what_to_do() -> None:
    problem = Problem(message="no such fact", place=Place(file="a.md", line=1, column=2), hint="did you mean `post`?")
    assert str(problem) == "a.md:1:2: no such fact (did you mean `post`?)"


def test_an_expression_s_problems_are_all_kept() -> None:
    problems = [ConditionProblem(message=text, line=1, column=1) for text in ("one", "two")]
    refused = ConditionError(problems)
    assert refused.problems == tuple(problems)
    assert str(refused) == "one; two"


def test_an_incomplete_statement_names_what_it_lacks() -> None:
    refused = IncompleteStatementError(["StatementNamesTheClause", "StatementNamesRedress"])
    assert refused.missing == ("StatementNamesTheClause", "StatementNamesRedress")
    assert str(refused) == "the statement lacks: StatementNamesTheClause, StatementNamesRedress"


def test_the_tree_drawn_in_the_docstring_is_the_tree_of_the_code() -> None:
    drawn = {name: line.index(name) // 4 for line in str(errors.__doc__).splitlines() for name in NAME.findall(line)}
    tree = {
        name: sum(issubclass(base, errors.GoodstandingError) for base in error.__mro__)
        for name, error in inspect.getmembers(errors, inspect.isclass)
        if issubclass(error, Exception)
    }
    assert drawn == tree
