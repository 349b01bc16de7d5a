"""A small world for the tests of conditions: a vocabulary, entities, facts in a dictionary."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime

from goodstanding.clause.model import Cell, Known, Reading, Unknown, Why
from goodstanding.clause.parse import Conditions
from goodstanding.clause.tree import Condition
from goodstanding.clause.values import EntityRef, Value, ValueType
from goodstanding.clause.verdict import ValueReading, read_value, read_verdict
from goodstanding.clause.vocabulary_document import read_vocabulary

TEXT = """
id: test-words
version: 1.10
language: en
capabilities: {advertise: promote posts, post: post without paying}
topics: {antivirus: antivirus software, training: security training}
audiences: {minors: people under 18}
entities:
  account:
    label: the account
    facts:
      balance: {type: int, label: the balance overdue, accepts: [measurement], changed_by: advertiser, remedy: pay it}
      score: {type: double, label: the risk score, accepts: [estimate], changed_by: platform}
      name: {type: string, label: the display name, accepts: [measurement], changed_by: advertiser, remedy: rename it}
      verified: {type: bool, label: whether it is verified, holds: is verified, holds_not: is not verified,
        accepts: [measurement], changed_by: advertiser, remedy: verify the account}
      blocked: {type: bool, label: whether it is blocked, holds: is blocked, holds_not: is not blocked,
        accepts: [measurement], changed_by: platform}
      opened: {type: timestamp, label: the opening date, accepts: [measurement], changed_by: nobody}
      idle: {type: duration, label: the idle time, accepts: [measurement], changed_by: nobody}
      countries: {type: list, of: territory, label: the countries served, accepts: [admission], changed_by: nobody}
      owner: {type: entity, of: owner, label: the owner, accepts: [finding], changed_by: nobody}
  owner:
    label: the owner
    facts:
      orders: {type: list, of: order, label: the orders that name the owner, accepts: [directive],
        changed_by: authority}
      strikes: {type: int, label: the number of strikes, accepts: [measurement], changed_by: nobody}
      name: {type: string, label: the name, accepts: [finding], changed_by: nobody}
  ad:
    label: the ad
    facts:
      topic: {type: string, of: topic, label: the topic, accepts: [finding], changed_by: advertiser, remedy: change it}
  order:
    label: the order
    facts:
      in_force: {type: bool, label: whether it is in force, holds: is in force, holds_not: is not in force,
        accepts: [directive, finding], changed_by: authority, remedy: withdraw the order}
      forbids_supply: {type: bool, label: whether it forbids supply, holds: forbids supply to the public,
        holds_not: does not forbid supply to the public, accepts: [directive], changed_by: authority}
      products: {type: list, of: topic, label: the products covered, accepts: [directive], changed_by: authority}
      since: {type: timestamp, label: the date of issue, accepts: [directive], changed_by: nobody}
"""
VOCABULARY = read_vocabulary(TEXT, file="words.yaml")
CONDITIONS = Conditions(VOCABULARY)
VARIABLES = {"account": "account", "owner": "owner", "ad": "ad", "order": "order"}
NOW = datetime(2024, 9, 30, tzinfo=UTC)

ACCOUNT, OWNER, AD = EntityRef("account", "a"), EntityRef("owner", "o"), EntityRef("ad", "d")
ORDERS = tuple(EntityRef("order", f"r{number}") for number in range(8))
BINDINGS = {"account": ACCOUNT, "owner": OWNER, "ad": AD, "order": ORDERS[0]}


class FactsIn:
    """Facts from a dictionary keyed `account:a.balance`; whatever is not there is unknown."""

    def __init__(self, known: Mapping[str, Value], why: Why = Why.NO_EVIDENCE) -> None:
        self.known = known
        self.why = why

    def read(self, cell: Cell) -> Known | Unknown:
        """What is known at a cell."""
        key = str(cell)
        return Known(self.known[key]) if key in self.known else Unknown(self.why)


def cell(text: str) -> Cell:
    """`order:r0.in_force`."""
    entity, _, fact = text.rpartition(".")
    return Cell(EntityRef.read(entity), fact)


def condition(source: str, result: ValueType | None = ValueType.BOOL) -> Condition:
    return CONDITIONS.read(source, variables=VARIABLES, result=result)


def verdict(source: str, known: Mapping[str, Value]) -> Reading:
    return read_verdict(condition(source), BINDINGS, FactsIn(known), now=NOW)


def value(source: str, known: Mapping[str, Value]) -> ValueReading:
    return read_value(condition(source, None), BINDINGS, FactsIn(known), now=NOW)


def shown(sets: tuple[tuple[Cell, ...], ...]) -> list[str]:
    """Sets of cells, one line each."""
    return [" ".join(map(str, cells)) for cells in sets]
