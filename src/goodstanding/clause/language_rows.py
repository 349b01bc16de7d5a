"""The rows of the language's table: each operator, function, macro and kind of literal, with an example of it.

The examples speak of a small vocabulary of their own; each is a whole condition of a policy.
"""

from __future__ import annotations

from typing import Final

import msgspec


class Row(msgspec.Struct, frozen=True):
    """A part of the language, and a condition that uses it and nothing else that any reading could refuse."""

    part: str
    example: str


VARIABLES: Final = {"account": "account"}

WORDS: Final = """
id: language
version: 1.0
language: en
capabilities: {}
topics: {}
audiences: {}
entities:
  account:
    label: the account
    facts:
      balance: {type: int, label: the balance, accepts: [measurement], changed_by: nobody}
      score: {type: double, label: the score, accepts: [measurement], changed_by: nobody}
      name: {type: string, label: the name, accepts: [measurement], changed_by: nobody}
      verified: {type: bool, label: whether it is verified, holds: is verified, holds_not: is not verified,
        accepts: [measurement], changed_by: nobody}
      blocked: {type: bool, label: whether it is blocked, holds: is blocked, holds_not: is not blocked,
        accepts: [measurement], changed_by: nobody}
      opened: {type: timestamp, label: the opening date, accepts: [measurement], changed_by: nobody}
      idle: {type: duration, label: the idle time, accepts: [measurement], changed_by: nobody}
      countries: {type: list, of: string, label: the countries, accepts: [measurement], changed_by: nobody}
      orders: {type: list, of: order, label: the orders, accepts: [measurement], changed_by: nobody}
      owner: {type: entity, of: owner, label: the owner, accepts: [measurement], changed_by: nobody}
  owner:
    label: the owner
    facts:
      strikes: {type: int, label: the strikes, accepts: [measurement], changed_by: nobody}
  ad:
    label: the ad
    facts:
      text: {type: string, label: the text, accepts: [measurement], changed_by: nobody}
  order:
    label: the order
    facts:
      in_force: {type: bool, label: whether it is in force, holds: is in force, holds_not: is not in force,
        accepts: [measurement], changed_by: nobody}
"""

LITERALS: Final = (
    Row("`true`, `false`", "account.verified == true"),
    Row("whole numbers", "account.balance == 7"),
    Row("doubles", "account.score > 0.5"),
    Row("texts", "account.name == 'a'"),
    Row("`timestamp('…')`", "account.opened < timestamp('2024-09-30T00:00:00Z')"),
    Row("`duration('…')`", "account.idle > duration('36h')"),
    Row("lists", "account.name in ['a', 'b']"),
    Row("`now`", "account.opened < now"),
    Row("`null`", "null == null"),
    Row("unsigned numbers", "1u < 2u"),
    Row("bytes", "b'a' == b'b'"),
    Row("maps", "{'a': 1} == {'a': 2}"),
    Row("types", "type(account.name) == string"),
)
FACTS: Final = (
    Row("a fact", "account.verified"),
    Row("a fact of an entity that a fact names", "account.owner.strikes > 2"),
    Row("`has(…)` of a fact", "has(account.name)"),
    Row("a key of a map", "{'a': 1}.a == 1"),
    Row("`has(…)` of a key", "has({'a': 1}.b)"),
    Row("`[ ]` of a list", "account.countries[0] == 'FR'"),
    Row("`[ ]` of a map", "{'a': true}['a']"),
)
OPERATORS: Final = (
    Row("`&&`", "account.verified && account.blocked"),
    Row("`||`", "account.verified || account.blocked"),
    Row("`!`", "!account.verified"),
    Row("`? :`", "account.verified ? account.blocked : true"),
    Row("`==` of numbers", "account.balance == 7"),
    Row("`==` of texts", "account.name == 'a'"),
    Row("`==` of lists", "account.countries == ['FR']"),
    Row("`==` of entities", "account.owner == account.owner"),
    Row("`!=`", "account.balance != 7"),
    Row("`<` `<=` `>` `>=` of numbers", "account.balance <= 7 && account.score > 0.5"),
    Row("`<` `<=` `>` `>=` of texts", "account.name < 'a'"),
    Row("`<` `<=` `>` `>=` of times", "account.opened >= now"),
    Row("`in` a list that is written", "account.name in ['a', 'b']"),
    Row("`in` a list that is a fact", "'FR' in account.countries"),
    Row("`in` a map", "'a' in {'a': 1}"),
    Row("`+` `-` `*` of whole numbers", "account.balance + 1 - 2 * account.balance > 7"),
    Row("`/` and `%` of whole numbers", "account.balance / 2 + account.balance % 2 > 7"),
    Row("`-` of one number", "-account.balance > 7"),
    Row("`+` `-` `*` `/` of doubles", "account.score * 2.0 + 1.0 / account.score > 0.5"),
    Row("`+` of texts", "account.name + 'a' == 'b'"),
    Row("`+` of lists", "size(account.countries + ['FR']) > 1"),
    Row("`+` `-` of times", "now - account.opened > account.idle"),
)
MACROS: Final = (
    Row("`exists`", "account.orders.exists(o, o.in_force)"),
    Row("`all`", "account.orders.all(o, o.in_force)"),
    Row("`exists_one`", "account.orders.exists_one(o, o.in_force)"),
    Row("`filter`", "size(account.orders.filter(o, o.in_force)) > 1"),
    Row("`map`", "true in account.orders.map(o, o.in_force)"),
    Row("`map` with a filter", "'FR' in account.countries.map(c, c != 'DE', c)"),
    Row("a macro over a map", "{'a': 1}.exists(k, k == 'a')"),
    Row("a macro of two variables", "account.countries.exists(i, c, i == 0 && c == 'FR')"),
)
FUNCTIONS: Final = (
    Row("`size` of a list", "size(account.orders) > 1"),
    Row("`size` of a text", "size(account.name) > 1"),
    Row("`startsWith`", "account.name.startsWith('a')"),
    Row("`endsWith`", "account.name.endsWith('a')"),
    Row("`contains`", "account.name.contains('a')"),
    Row("`matches`", "account.name.matches('^a+$')"),
    Row("`bool`", "bool(account.name)"),
    Row("`int`", "int(account.score) > 1"),
    Row("`uint`", "uint(account.balance) > 1u"),
    Row("`double`", "double(account.balance) > 0.5"),
    Row("`string`", "string(account.balance) == 'a'"),
    Row("`bytes`", "size(bytes(account.name)) > 1"),
    Row("`timestamp` of a fact", "timestamp(account.name) < now"),
    Row("`duration` of a fact", "duration(account.name) < account.idle"),
    Row("`dyn`", "dyn(account.name) == 'a'"),
    Row("`getFullYear`", "account.opened.getFullYear() > 2020"),
    Row("`getMonth`", "account.opened.getMonth() > 1"),
    Row("`getDate`", "account.opened.getDate() > 1"),
    Row("`getDayOfMonth`", "account.opened.getDayOfMonth() > 1"),
    Row("`getDayOfWeek`", "account.opened.getDayOfWeek() > 1"),
    Row("`getDayOfYear`", "account.opened.getDayOfYear() > 1"),
    Row("`getHours`", "account.opened.getHours() > 1"),
    Row("`getMinutes`", "account.opened.getMinutes() > 1"),
    Row("`getSeconds`", "account.opened.getSeconds() > 1"),
    Row("`getMilliseconds`", "account.opened.getMilliseconds() > 1"),
    Row("a part of a length of time", "account.idle.getHours() > 1"),
    Row("a part of a time in a fixed zone", "account.opened.getHours('+02:00') > 1"),
    Row("a part of a time in a named zone", "account.opened.getHours('Europe/Paris') > 1"),
)
SECTIONS: Final = (
    ("Literals", LITERALS),
    ("Facts and parts", FACTS),
    ("Operators", OPERATORS),
    ("Macros", MACROS),
    ("Functions", FUNCTIONS),
)
