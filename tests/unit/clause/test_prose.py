from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from goodstanding.clause.model import Why
from goodstanding.clause.prose.reading import say_cells, say_condition, say_missing, say_remedy
from goodstanding.clause.prose.wording import listed, say_instant, say_length, say_value
from goodstanding.clause.values import ABSENT, EntityRef, Value
from goodstanding.clause.vocabulary import ChangedBy
from goodstanding.clause.vocabulary_document import read_vocabulary
from unit.clause.world import ACCOUNT, AD, NOW, ORDERS, OWNER, VOCABULARY, FactsIn, cell, condition

NAMES = {OWNER: "Kestrel Ltd", ACCOUNT: "@kestrel", AD: "ad 7", ORDERS[0]: "Directive 17-01", ORDERS[1]: "Order 2"}


def named(entity: EntityRef) -> str:
    return NAMES[entity]


def said(source: str) -> str:
    return say_condition(condition(source, None), VOCABULARY)


SOURCES = (
    "order.forbids_supply && order.in_force",
    "!(order.forbids_supply && order.in_force)",
    "!order.in_force || account.blocked",
    "account.balance > 3 && (account.verified || account.blocked) && order.in_force",
    "account.verified && (order.in_force || order.forbids_supply && (account.blocked || ad.topic == 'x'))",
    "account.verified == false",
    "account.verified != false",
    "account.verified == account.blocked",
    "account.verified != account.blocked",
    "account.balance >= 3",
    "!(account.balance <= 3)",
    "3 < account.balance",
    "3 == account.balance",
    "account.score != 0.5",
    "(account.balance + 1) * 2 < -account.balance",
    "account.opened < timestamp('2024-01-01T00:00:00Z')",
    "account.opened >= now",
    "account.idle <= duration('90m')",
    "now - account.opened > duration('720h')",
    "!(now - account.opened > duration('720h'))",
    "now - account.idle < account.opened",
    "account.name.startsWith('a')",
    "!account.name.contains(owner.name)",
    "account.name.endsWith('a')",
    "size(account.name) > 9",
    "size(order.products) >= 2",
    "order.products == []",
    "order.products != []",
    "order.products.filter(p, p == 'x') == []",
    "order.products == ['antivirus']",
    "ad.topic == 'antivirus'",
    "'antivirus' in order.products",
    "!('NO' in account.countries)",
    "ad.topic in ['antivirus', 'training', 'x']",
    "has(account.name)",
    "!has(account.owner.name)",
    "account.owner == owner",
    "owner.orders.exists(o, o.in_force && o.forbids_supply)",
    "!owner.orders.exists(o, o.in_force)",
    "owner.orders.all(o, !o.in_force)",
    "!owner.orders.all(o, o.in_force || o.forbids_supply)",
    "owner.orders.exists_one(o, o.in_force)",
    "!owner.orders.exists_one(o, o.in_force)",
    "owner.orders.exists(o, o.in_force && 'antivirus' in o.products)",
    "owner.orders.exists(o, owner.orders.all(p, p.since <= o.since))",
    "account.owner.orders.exists(o, o.in_force)",
    "size(owner.orders.filter(o, o.in_force)) > 3",
    "size(owner.orders.filter(o, o.in_force)) != 3",
    "account.verified ? account.balance > 3 : account.blocked",
    "(account.verified ? 1 : 2) == account.balance",
    "true in owner.orders.map(o, o.in_force)",
    "true || account.blocked && false",
    "[true].exists(x, x)",
    "order.products",
    "owner.orders.map(o, o.in_force, o.since)",
)


def test_conditions_read_as_sentences(golden: Callable[[str, str], None]) -> None:
    golden("clause/sentences.txt", "".join(f"{source}\n    {said(source)}\n" for source in SOURCES))


def test_decisive_facts_are_said_with_the_values_of_the_case() -> None:
    known: dict[str, Value] = {
        "order:r0.forbids_supply": False,
        "order:r0.in_force": True,
        "order:r0.products": ("antivirus", "training"),
        "order:r0.since": NOW,
        "order:r1.products": (),
        "account:a.name": ABSENT,
        "account:a.balance": 12,
        "account:a.owner": OWNER,
        "account:a.countries": ("NO",),
        "owner:o.orders": ORDERS[:2],
    }
    assert say_cells([cell(text) for text in known], FactsIn(known), VOCABULARY, named) == (
        "Directive 17-01 does not forbid supply to the public",
        "Directive 17-01 is in force",
        "The products covered of Directive 17-01 are antivirus software and security training",
        "The date of issue of Directive 17-01 is 30 September 2024",
        "Order 2 has no products covered",
        "@kestrel has no display name",
        "The balance overdue of @kestrel is 12",
        "The owner of @kestrel is Kestrel Ltd",
        "The countries served of @kestrel are NO",
        "The orders that name Kestrel Ltd are Directive 17-01 and Order 2",
    )


def test_missing_facts_are_said_with_the_reason() -> None:
    cells = [cell("order:r0.in_force"), cell("account:a.balance"), cell("owner:o.orders")]
    assert say_missing(cells, FactsIn({}, Why.DISPUTED), VOCABULARY, named) == (
        "It is not known whether Directive 17-01 is in force (evidence that contradicts itself)",
        "It is not known what the balance overdue of @kestrel is (evidence that contradicts itself)",
        "It is not known what the orders that name Kestrel Ltd are (evidence that contradicts itself)",
    )
    assert say_cells(cells[:1], FactsIn({}), VOCABULARY, named) == (
        "It is not known whether Directive 17-01 is in force (no evidence)",
    )
    known: dict[str, Value] = {"order:r0.in_force": True}
    assert say_missing(cells[:1], FactsIn(known), VOCABULARY, named) == (
        "It is not known whether Directive 17-01 is in force",
    )


def test_remedies_begin_with_what_the_advertiser_can_do() -> None:
    cells = [
        "owner:o.strikes",
        "account:a.blocked",
        "order:r0.in_force",
        "order:r0.forbids_supply",
        "account:a.balance",
    ]
    steps = say_remedy([cell(text) for text in cells], VOCABULARY, named)
    assert [(step.changed_by, step.text) for step in steps] == [
        (ChangedBy.ADVERTISER, "pay it"),
        (ChangedBy.AUTHORITY, "withdraw the order"),
        (ChangedBy.AUTHORITY, "only the authority can change whether Directive 17-01 forbids supply to the public"),
        (ChangedBy.PLATFORM, "only the platform can change whether @kestrel is blocked"),
        (ChangedBy.NOBODY, "nobody can change the number of strikes of Kestrel Ltd"),
    ]
    assert steps[0].cell == cell("account:a.balance")


def test_words_that_the_vocabulary_lacks_are_refused() -> None:
    with pytest.raises(ValueError, match=r"has no fact `order\.color`"):
        say_cells([cell("order:r0.color")], FactsIn({"order:r0.color": 1}), VOCABULARY, named)
    other = read_vocabulary(
        "{id: x, version: 1, language: en, capabilities: {}, topics: {}, audiences: {}, entities: {account: "
        "{label: l, facts: {}}, owner: {label: l, facts: {}}, ad: {label: l, facts: {}}}}",
        file="f",
    )
    for source in ("order.in_force", "account.verified"):
        with pytest.raises(ValueError, match="has no fact"):
            say_condition(condition(source), other)


def test_small_words() -> None:
    assert (listed([], "and"), listed(["a"], "or"), listed(["a", "b", "c"], "or")) == ("nothing", "a", "a, b or c")
    assert say_length(timedelta(days=1, hours=2, minutes=1, seconds=1.5)) == "1 day, 2 hours, 1 minute and 1.5 seconds"
    assert (say_length(timedelta()), say_length(-timedelta(hours=1))) == ("no time", "minus 1 hour")
    assert say_instant(NOW + timedelta(hours=1)) == "30 September 2024, 01:00 UTC"
    assert [say_value(v, None, VOCABULARY) for v in (ABSENT, True, False, 1.5, OWNER)] == [
        "nothing",
        "true",
        "false",
        "1.5",
        "owner:o",
    ]
