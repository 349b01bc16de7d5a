"""What the two benchmarks of the bulk reading read: a table of accounts, 14 clauses, and SQL by hand for the same.

The SQL by hand is what somebody would write who knows the table: two-valued, with no word about NULL, NaN or overflow.
It counts where a clause is met and nothing else; ours counts not met and undecided as well.
"""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

sys.path.insert(0, str(Path(__file__).parent.parent / "src"))

import duckdb

from goodstanding.clause.bulk.columns import Question
from goodstanding.clause.parse import Conditions
from goodstanding.clause.vocabulary_document import read_vocabulary

NOW: Final = datetime(2026, 6, 1, tzinfo=UTC)

FACTS: Final = {
    "verified": ("bool", "h1 % 10 < 7"),
    "hijacked": ("bool", "h1 % 1000 = 3"),
    "disputed": ("bool", "h2 % 50 = 1"),
    "authorised": ("bool", "h2 % 20 <> 5"),
    "agency": ("bool", "h3 % 8 = 0"),
    "days_overdue": ("int", "h1 % 120"),
    "strikes": ("int", "h2 % 6"),
    "ads_running": ("int", "h3 % 400"),
    "refunds": ("int", "h1 % 90"),
    "orders": ("int", "h2 % 5000"),
    "reports": ("int", "h3 % 300"),
    "balance": ("double", "(h1 % 1000000) / 100.0 - 500"),
    "spend": ("double", "(h2 % 5000000) / 100.0"),
    "risk": ("double", "(h3 % 10000) / 10000.0"),
    "complaint_rate": ("double", "(h1 % 997) / 9970.0"),
    "country": ("string", "['DE','FR','GB','US','NL','ES','IT','PL','RU','CN'][1 + h2 % 10]"),
    "name": ("string", "['Shop ','Official ','News ','Café '][1 + h3 % 4] || (h1 % 100000)"),
    "opened": ("timestamp", "TIMESTAMP '2015-01-01' + INTERVAL (h1 % 360000000) SECOND"),
    "last_paid": ("timestamp", "TIMESTAMP '2024-01-01' + INTERVAL (h2 % 76000000) SECOND"),
    "topics": ("list string", "list_slice(['news','health','alcohol','gambling','toys'], h3 % 3, h3 % 6)"),
}
"""The columns: what each holds, and how it is made from three hashes of the row's number."""

CLAUSES: Final = {
    "overdue": (
        "account.days_overdue > 30 && !account.disputed",
        '"account.days_overdue" > 30 AND NOT "account.disputed"',
    ),
    "strikes": ("account.strikes >= 3", '"account.strikes" >= 3'),
    "hijacked": (
        "account.hijacked || (!account.verified && account.risk > 0.9)",
        '"account.hijacked" OR (NOT "account.verified" AND "account.risk" > 0.9)',
    ),
    "unauthorised": (
        "!account.authorised && account.balance > 100.0",
        'NOT "account.authorised" AND "account.balance" > 100',
    ),
    "young-and-fast": (
        "now - account.opened < duration('720h') && account.spend > 1000.0",
        """ "account.opened" > TIMESTAMP '2026-06-01' - INTERVAL 720 HOUR AND "account.spend" > 1000""",
    ),
    "refunds": (
        "account.orders > 0 && account.refunds * 100 / account.orders > 20",
        '"account.orders" > 0 AND "account.refunds" * 100 // nullif("account.orders", 0) > 20',
    ),
    "complaints": (
        "account.complaint_rate >= 0.05 && account.reports > 10",
        '"account.complaint_rate" >= 0.05 AND "account.reports" > 10',
    ),
    "territory": (
        "account.country in ['RU', 'CN'] && !account.agency",
        """ "account.country" IN ('RU', 'CN') AND NOT "account.agency" """,
    ),
    "impersonates": (
        "account.name.startsWith('Official') && !account.verified",
        """starts_with("account.name", 'Official') AND NOT "account.verified" """,
    ),
    "restricted-topics": (
        "'gambling' in account.topics && account.strikes > 0",
        """list_contains("account.topics", 'gambling') AND "account.strikes" > 0""",
    ),
    "unpaid": (
        "account.balance > account.spend && account.last_paid < timestamp('2025-01-01T00:00:00Z')",
        """ "account.balance" > "account.spend" AND "account.last_paid" < TIMESTAMP '2025-01-01' """,
    ),
    "many-ads": (
        "account.ads_running + account.reports > 500",
        '"account.ads_running" + "account.reports" > 500',
    ),
    "threshold-by-kind": (
        "(account.agency ? account.spend > 40000.0 : account.spend > 10000.0) && account.risk > 0.5",
        """ ("account.agency" AND "account.spend" > 40000 OR NOT "account.agency" AND "account.spend" > 10000)
            AND "account.risk" > 0.5""",
    ),
    "any-sign": (
        "account.risk * 2.0 + account.complaint_rate > 1.5 || account.reports >= 250 || account.strikes == 5",
        '"account.risk" * 2 + "account.complaint_rate" > 1.5 OR "account.reports" >= 250 OR "account.strikes" = 5',
    ),
}
"""14 clauses: as a policy writes them, and as SQL by hand."""


def questions() -> list[Question]:
    """The clauses, read."""
    conditions = Conditions(read_vocabulary(_vocabulary(), file="benchmark.yaml"))
    return [
        Question(name=name, condition=conditions.read(source, variables={"account": "account"}))
        for name, (source, _) in CLAUSES.items()
    ]


def by_hand(table: str) -> str:
    """The counts as somebody would write them."""
    each = ", ".join(f"count(*) FILTER (WHERE {sql})" for _, sql in CLAUSES.values())
    return f"SELECT count(*), {each} FROM {table}"  # noqa: S608  our own table


def write_table(path: Path, rows: int) -> None:
    """Write the table, one value in twenty NULL; nothing when it is there already."""
    if path.exists():
        return
    columns = ", ".join(
        f"""CASE WHEN hash(row, {place}) % 20 <> 0 THEN CAST({sql} AS {_sql_type(kind)}) END AS "account.{name}" """
        for place, (name, (kind, sql)) in enumerate(FACTS.items())
    )
    hashed = ", ".join(f"CAST(hash(range, 'h{n}') % 1000000007 AS BIGINT) AS h{n}" for n in (1, 2, 3))
    source = f"SELECT range AS row, {hashed} FROM range({rows})"  # noqa: S608  our own table
    with duckdb.connect() as connection:
        query = f"SELECT {columns} FROM ({source})"  # noqa: S608  our own table
        connection.sql(query).write_parquet(str(path), compression="zstd")


def _sql_type(kind: str) -> str:
    types = {"bool": "BOOLEAN", "int": "BIGINT", "double": "DOUBLE", "string": "VARCHAR", "timestamp": "TIMESTAMP"}
    return f"{types[kind.removeprefix('list ')]}{'[]' if kind.startswith('list ') else ''}"


def _vocabulary() -> str:
    lines = ["id: benchmark", 'version: "1"', "language: en", "capabilities: {advertise: promote posts}"]
    lines += ["topics: {}", "audiences: {}", "entities:", "  owner: {label: the owner, facts: {}}"]
    lines += ["  ad: {label: the ad, facts: {}}", "  account:", "    label: the account", "    facts:"]
    for name, (kind, _) in FACTS.items():
        listed, _, of = kind.rpartition(" ")
        type_ = f"type: list, of: {of}" if listed else f"type: {kind}"
        holds = ", holds: is so, holds_not: is not so" if kind == "bool" else ""
        lines.append(f"      {name}: {{{type_}, label: the {name}{holds}, accepts: [finding], changed_by: nobody}}")
    return "\n".join(lines) + "\n"
