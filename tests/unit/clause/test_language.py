from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from goodstanding.clause.bulk import reading as bulk
from goodstanding.clause.language import Line, ReadBy, page, refusals, table
from goodstanding.clause.language_rows import SECTIONS, VARIABLES, WORDS, Row
from goodstanding.clause.logic import reading as logic
from goodstanding.clause.parse import Conditions
from goodstanding.clause.prose.reading import say_condition
from goodstanding.clause.tree import Function, Macro, Operator
from goodstanding.clause.untyped import evaluate_values
from goodstanding.clause.values import EntityRef, Map, Value
from goodstanding.clause.verdict import read_verdict
from goodstanding.clause.vocabulary_document import read_vocabulary
from unit.clause.world import FactsIn

NOW = datetime(2024, 9, 30, tzinfo=UTC)
VOCABULARY = read_vocabulary(WORDS, file="words.yaml")
CONDITIONS = Conditions(VOCABULARY)
BINDINGS = {"account": EntityRef("account", "1")}
FACTS: dict[str, Value] = {
    "balance": 5,
    "score": 1.5,
    "name": "true",
    "verified": True,
    "blocked": False,
    "opened": datetime(2024, 2, 3, tzinfo=UTC),
    "idle": timedelta(hours=3),
    "countries": ("FR",),
    "orders": (),
}
KNOWN = FactsIn(
    {f"account:1.{name}": value for name, value in FACTS.items()}
    | {"account:1.owner": EntityRef("owner", "1"), "owner:1.strikes": 3}
)
PLAIN: dict[str, Value] = {
    "account": Map(
        {name: (name, value) for name, value in {**FACTS, "owner": Map({"strikes": ("strikes", 3)})}.items()}
    ),
    "now": NOW,
}
LINES = [line for _, lines in table() for line in lines]
CONVERTED = {"timestamp(account.name) < now", "duration(account.name) < account.idle"}
"""Examples that no one name can convert for both of them."""


def name(line: Line) -> str:
    return line.row.part


def test_the_reference_page_is_what_the_readings_answer(root: Path, request: pytest.FixtureRequest) -> None:
    path = root / "docs" / "reference" / "language.md"
    if request.config.getoption("--write-golden"):
        path.write_text(page(), encoding="utf-8")
    assert page() == path.read_text(encoding="utf-8"), "`language.md` differs: --write-golden, and read it"


@pytest.mark.parametrize("line", LINES, ids=name)
def test_what_the_verdict_supports_it_decides(line: Line) -> None:
    if ReadBy.VERDICT in line.refused or line.row.example in CONVERTED:
        return
    condition = CONDITIONS.read(line.row.example, variables=VARIABLES)
    assert read_verdict(condition, BINDINGS, KNOWN, now=NOW).errors == ()


@pytest.mark.parametrize("line", LINES, ids=name)
def test_what_prose_and_bulk_and_logic_support_they_read_and_agree(line: Line) -> None:
    if ReadBy.VERDICT in line.refused:
        return
    condition = CONDITIONS.read(line.row.example, variables=VARIABLES)
    if ReadBy.PROSE not in line.refused:
        assert say_condition(condition, VOCABULARY)
    if ReadBy.BULK not in line.refused:
        assert bulk.sql(condition, now=NOW).sql(dialect="duckdb")
    if ReadBy.LOGIC not in line.refused:
        verdict = read_verdict(condition, BINDINGS, KNOWN, now=NOW).verdict.value
        assert logic.truth(condition, BINDINGS, KNOWN, now=NOW) is (verdict == "met")


@pytest.mark.parametrize("line", LINES, ids=name)
def test_what_plain_facts_support_they_give(line: Line) -> None:
    if line.row.example in CONVERTED:
        return
    found = evaluate_values(line.row.example, PLAIN, zones=lambda _: UTC)
    assert ReadBy.PLAIN_FACTS not in line.refused
    assert isinstance(found.value, bool), found


def test_every_refusal_says_what_to_do_instead() -> None:
    problems = [problem for line in LINES for problem in line.refused.values()]
    assert problems
    assert all(problem.hint and problem.message for problem in problems)


def test_every_operator_function_and_macro_has_its_row() -> None:
    text = " ".join(row.part + " " + row.example for _, rows in SECTIONS for row in rows)
    special = {Macro.TRANSFORM_MAP, Macro.TRANSFORM_MAP_ENTRY}
    parts = [part.value for part in (*Operator, *Function, *Macro) if part not in special]
    assert [part for part in parts if f"{part}" not in text] == []


def test_a_condition_that_every_reading_supports_is_refused_by_none() -> None:
    assert refusals(CONDITIONS.read("account.verified", variables=VARIABLES)) == {}


def test_a_row_that_is_no_expression_is_refused_by_every_reading() -> None:
    from goodstanding.clause.language import _line  # noqa: PLC0415  the row is made up

    assert set(_line(Row("nothing", "1 +"), CONDITIONS).refused) == set(ReadBy)
    assert set(_line(Row("an extension", "'a'.upperAscii() == 'A'"), CONDITIONS).refused) == set(ReadBy)
