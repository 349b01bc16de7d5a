"""Files and functions stay small enough to be read in one go (docs/adr/0002)."""

from __future__ import annotations

import ast
import statistics
from collections.abc import Iterator
from math import ceil

from repository import ROOT, modules, shown, tree

FILES = tuple(path for folder in ("src", "tests") for path in modules(ROOT / folder))


def functions() -> Iterator[tuple[str, int]]:
    """Every function with its length in lines, its docstring included."""
    for path in FILES:
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                yield f"{shown(path)}:{node.lineno} {node.name}", (node.end_lineno or 0) - node.lineno + 1


def hold(sizes: dict[str, int], *, median: int, p95: int, largest: int) -> None:
    """Hold a set of sizes against its three figures, naming the biggest when one is passed."""
    ordered = sorted(sizes.values())
    biggest = "\n".join(f"{size:5} {name}" for name, size in sorted(sizes.items(), key=lambda pair: -pair[1])[:12])
    assert ordered[-1] <= largest, f"over {largest} lines:\n{biggest}"
    assert ordered[ceil(0.95 * len(ordered)) - 1] <= p95, f"the 95th percentile is over {p95} lines:\n{biggest}"
    assert statistics.median(ordered) <= median, f"the median is over {median} lines:\n{biggest}"


def test_files_have_a_median_of_120_lines_a_95th_percentile_of_400_and_none_over_600() -> None:
    lines = {shown(path): len(path.read_text(encoding="utf-8").splitlines()) for path in FILES}
    hold({name: size for name, size in lines.items() if size}, median=120, p95=400, largest=600)


def test_functions_have_a_median_of_10_lines_a_95th_percentile_of_40_and_none_over_80() -> None:
    hold(dict(functions()), median=10, p95=40, largest=80)
