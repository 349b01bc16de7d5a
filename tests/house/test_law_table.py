"""The law table ties article or promise → module → test, in both directions (docs/law/table.md).

A failing test prints the rows that are missing, ready to be pasted; `?` stands where a test has to be chosen. Choose it
by breaking the module: whether a test fails when its module stops upholding what it cites is not held by a machine.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

from repository import PACKAGE, ROOT, modules, tree

TABLE = ROOT / "docs" / "law" / "table.md"
ACT = r"(?P<act>DSA|P2B|GDPR|Reg(?:ulation|\.) \(EU\) \d+/\d+)"
PLACE = r"\d+[a-z]?(?:\(\w+\))*|(?:\(\w+\))+"
ARTICLE = re.compile(
    rf"{ACT},? arts?\. (?P<first>\d+[a-z]?(?:\(\w+\))*)(?P<more>(?:(?:,| and|, and| or| to) (?:{PLACE}))*)"
)
GLOSS = re.compile(r"(?<=\)) \([a-z][^()]* [^()]*\)")
"""What a docstring explains in brackets behind an article, as in `20(4) (diligent, not arbitrary)`."""
PROMISE = re.compile(r"(?<![\w.])P(?:1[0-2]|[1-9])(?![\w.]\w)")
SPAN = re.compile(r"(?<![\w.])P(1[0-2]|[1-9])(?: to |–|-)P(1[0-2]|[1-9])(?!\w)")
PROMISES = tuple(f"P{number}" for number in range(1, 13))


class Row(NamedTuple):
    """One line of the table; `module` is a path below `src/goodstanding`."""

    cited: str
    module: str
    test: str


def cells(line: str) -> list[str]:
    """The cells of a line of a Markdown table, without the code marks."""
    return [cell.strip().strip("`") for cell in line.strip().strip("|").split("|")]


@cache
def rows() -> tuple[Row, ...]:
    """The rows of the table, below its head."""
    section = TABLE.read_text(encoding="utf-8").split("## Not upheld yet")[0]
    lines = [line for line in section.splitlines() if line.startswith("|")]
    return tuple(Row(*cells(line)) for line in lines[2:])


def not_yet() -> dict[str, str]:
    """What is missing of each promise that the second table names."""
    section = TABLE.read_text(encoding="utf-8").split("## Not upheld yet")[1]
    lines = [cells(line) for line in section.splitlines() if PROMISE.match(line.strip("| "))]
    return {promise: missing for promise, _, missing in lines}


def places(first: str, more: str) -> Iterator[str]:
    """The articles of one citation: `17(3)(b)` and `(d), 20` are 17(3)(b), 17(3)(d), 20; `(b) to (d)` names (c) too."""
    yield first
    last = first
    for word, place in re.findall(rf"(,| and|, and| or| to) ({PLACE})", more):
        here = place if place[0].isdigit() else re.sub(r"\(\w+\)$", "", last) + place
        if word == " to" and here[:-2] == last[:-2]:
            yield from (f"{here[:-2]}{chr(letter)})" for letter in range(ord(last[-2]) + 1, ord(here[-2])))
        yield here
        last = here


def cited(text: str) -> Iterator[str]:
    """Every article and promise that a docstring names; a span of promises names none, it speaks of them all."""
    for match in ARTICLE.finditer(GLOSS.sub("", text)):
        yield from (f"{match['act']} art. {place}" for place in places(match["first"], match["more"]))
    yield from PROMISE.findall(SPAN.sub("", text))


@cache
def citations() -> frozenset[tuple[str, str]]:
    """Every article or promise with the module whose docstring cites it."""
    return frozenset(
        (cite, path.relative_to(PACKAGE).as_posix())
        for path in modules(PACKAGE)
        for cite in cited(" ".join((ast.get_docstring(tree(path)) or "").split()))
    )


def by_article(pair: tuple[str, str]) -> list[tuple[int, str]]:
    """A key that puts P2 before P10 and 17(3) before 20."""
    return [(int(part), "") if part.isdigit() else (0, part) for part in re.split(r"(\d+)", " ".join(pair))]


def functions(path: Path) -> set[str]:
    """The names of a test file's functions."""
    return {node.name for node in ast.walk(tree(path)) if isinstance(node, ast.FunctionDef)}


def test_every_article_and_promise_that_a_module_cites_has_a_row() -> None:
    missing = citations() - {(row.cited, row.module) for row in rows()}
    assert not missing, "add to docs/law/table.md:\n" + "\n".join(
        f"| {cite} | `{module}` | `?` |" for cite, module in sorted(missing, key=by_article)
    )


def test_every_row_s_module_exists_and_cites_it() -> None:
    idle = {(row.cited, row.module) for row in rows()} - citations()
    assert not idle, "no module docstring says so, take out or say it there:\n" + "\n".join(map(str, sorted(idle)))


def test_every_test_that_the_page_names_exists() -> None:
    named = re.findall(r"`(tests/[\w/]+\.py)::(\w+)`", TABLE.read_text(encoding="utf-8"))
    assert len(named) >= len(rows())
    lost = [(file, name) for file, name in named if not (ROOT / file).is_file() or name not in functions(ROOT / file)]
    assert not lost, "no such test:\n" + "\n".join(f"`{file}::{name}`" for file, name in lost)


def test_no_row_stands_twice() -> None:
    pairs = [(row.cited, row.module, row.test) for row in rows()]
    assert len(pairs) == len(set(pairs))


def test_every_promise_has_its_rows_or_says_what_is_missing() -> None:
    upheld = {row.cited for row in rows()} & set(PROMISES)
    assert upheld | set(not_yet()) == set(PROMISES)
    assert all(not_yet().values())


def test_the_page_of_promises_names_each_with_its_pages_and_its_rows() -> None:
    page = (TABLE.parent / "promises.md").read_text(encoding="utf-8")
    assert re.findall(r"^## (P\d+) ", page, re.MULTILINE) == list(PROMISES)
    for promise, section in zip(PROMISES, page.split("\n## ")[1:], strict=True):
        modules_of = sorted({row.module for row in rows() if row.cited == promise})
        told = re.search(r"^Upheld in (.*?)\.$", section, re.MULTILINE | re.DOTALL)
        assert (re.findall(r"`([^`]+)`", told[1]) if told else []) == modules_of, f"{promise}: {modules_of}"
        assert ("(table.md#not-upheld-yet)" in section) == (promise in not_yet()), promise


def test_citations_are_read_as_people_write_them() -> None:
    text = "Upholds P1, P10 (P2), DSA art. 17(3)(b) and (d), P2B art. 4(2), GDPR art. 22; see P3 to P9, RFC 8785, CP1."
    articles = {"DSA art. 17(3)(b)", "DSA art. 17(3)(d)", "P2B art. 4(2)", "GDPR art. 22"}
    assert set(cited(text)) == {"P1", "P10", "P2"} | articles
    assert set(cited("DSA arts. 17(4), 20(4)")) == {"DSA art. 17(4)", "DSA art. 20(4)"}
    assert list(cited("DSA art. 17(3)(b) to (d), 17(4)")) == [
        f"DSA art. 17{part}" for part in ("(3)(b)", "(3)(c)", "(3)(d)", "(4)")
    ]
    assert set(cited("DSA art. 20(4) (fair, not hasty) and 20(6), 21")) == {
        "DSA art. 20(4)",
        "DSA art. 20(6)",
        "DSA art. 21",
    }
    assert list(cited("Regulation (EU) 2019/1150 art. 1(3), 4")) == [
        "Regulation (EU) 2019/1150 art. 1(3)",
        "Regulation (EU) 2019/1150 art. 4",
    ]
