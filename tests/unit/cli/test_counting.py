"""`policy count`: what it prints, and what it leaves out with which reason."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import duckdb

from unit.cli.shell import Shell

ADS = "examples/ads.md"
ACCOUNTS = """
SELECT range % 60 AS "account.days_overdue",
    CASE WHEN range % 10 > 0 THEN range % 7 = 0 END AS "account.balance_disputed",
    range % 5 AS "account.live_strikes", range % 50 = 0 AS "account.hijacked" FROM range(1000)
"""


def accounts(shell: Shell) -> Path:
    """A table of a thousand accounts in the folder of the shell."""
    with duckdb.connect() as connection:
        connection.sql(ACCOUNTS).write_parquet(str(shell.folder / "accounts.parquet"))
    return shell.folder / "accounts.parquet"


def test_clauses_are_counted_in_one_pass(shell: Shell, golden: Callable[[str, str], None]) -> None:
    accounts(shell)
    golden("cli/policy_count.txt", shell.done("policy", "count", ADS, "accounts.parquet").out)


def test_counts_are_given_to_programs(shell: Shell) -> None:
    accounts(shell)
    said = shell.done("policy", "count", ADS, "accounts.parquet", "--as-of", "2026-06-01", "--json").json
    assert (said["rows"], said["engine"], said["as_of"]) == (1000, "duckdb", "2026-06-01T00:00:00Z")
    assert {"clause": "repeated-violations", "met": 400, "not_met": 600, "undecided": 0}.items() <= (
        next(one for one in said["counted"] if one["clause"] == "repeated-violations").items()
    )
    reasons = {one["clause"]: one["problems"][0]["message"] for one in said["not_counted"]}
    assert reasons["live-animals"] == "the table lacks `ad.offers_live_animals` (bool)"
    assert "`order` (string)" in reasons["supply-forbidden"]


def test_what_is_no_table_is_told_in_a_sentence(shell: Shell) -> None:
    said = shell("policy", "count", ADS, "nowhere.parquet")
    assert (said.code, "there is no Parquet file at `nowhere.parquet`" in said.err) == (2, True)
