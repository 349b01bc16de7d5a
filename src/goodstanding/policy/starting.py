"""A policy to start from, made of the facts that a vocabulary has, with a word on what each line is for."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from goodstanding.clause.values import ValueType
from goodstanding.clause.vocabulary import ChangedBy, FactKind
from goodstanding.kernel.grades import Grade
from goodstanding.policy.model import Reach

if TYPE_CHECKING:
    from datetime import date

    from goodstanding.clause.vocabulary import Vocabulary

_NOT_BY_ITSELF = frozenset({Grade.ALLEGATION, Grade.ESTIMATE})


class _Pick(msgspec.Struct, frozen=True):
    """The fact that the first clause is about."""

    reach: Reach
    fact: FactKind


def starting_policy(vocabulary: Vocabulary, *, policy: str, title: str, start: date) -> str:
    """The text of a policy that can be read and tested as it is; `title` is one line."""
    pick = _pick(vocabulary)
    clause = _WORDS_ONLY if pick is None else _clause(pick)
    quoted = title.replace("\\", "\\\\").replace('"', '\\"')
    capability = next((named.id for named in vocabulary.capabilities if named.id == "advertise"), "")
    capability = capability or next((named.id for named in vocabulary.capabilities), "advertise")
    return _HEAD.format(
        policy=policy,
        title=title,
        quoted=quoted,
        start=start.isoformat(),
        language=vocabulary.language,
        capability=capability,
        vocabulary=f"{vocabulary.id}@{vocabulary.version}",
        clause=clause.replace("CAPABILITY", capability),
    )


def _pick(vocabulary: Vocabulary) -> _Pick | None:
    """A fact that is true or false, that its owner can change and evidence can state; of an ad if there is one."""
    for reach in (Reach.AD, Reach.ACCOUNT, Reach.OWNER):
        kind = vocabulary.entity(reach)
        for fact in kind.facts if kind else ():
            is_plain = fact.type is ValueType.BOOL and fact.changed_by is ChangedBy.ADVERTISER
            if is_plain and _grades(fact):
                return _Pick(reach, fact)
    return None


def _grades(fact: FactKind) -> list[str]:
    return [grade.value for grade in fact.accepts if grade not in _NOT_BY_ITSELF]


def _clause(pick: _Pick) -> str:
    """A restriction that rests on one fact, and its examples."""
    path = f"{pick.reach}.{pick.fact.name}"
    return _CLAUSE.format(
        path=path,
        reach=pick.reach,
        grades=", ".join(_grades(pick.fact)),
        holds=pick.fact.holds,
        remedy=pick.fact.remedy,
    )


_HEAD = """---
# every decision names the policy by its id; choose one that can stay
id: {policy}
# a new one for each change
version: "1"
title: "{quoted}"
# the first day on which it applies
in_force_from: {start}
language: {language}
# what a clause switches off where it does not say so itself
capabilities: [{capability}]
# the words of its conditions, with their version
vocabulary: {vocabulary}
---

# {title}

Say here, in plain words, what may be advertised and by whom. Under each heading below stands one rule: first the words
that people read, then the block that the machine applies, then examples that `goodstanding policy test` runs. Words and
block say the same.

{clause}
## What we hope for {{#what-we-hope-for}}

A rule without a block is published, and nothing is ever restricted on it. Use this for aims too wide to decide a case
by.
"""

_CLAUSE = """## A first rule {{#first-rule}}

Replace these words by your own. An {reach} may not be used for advertising while it
{holds}.
This ends as soon as that is no longer so.

```clause
# what must be known to be so; a fact that is not known never restricts
when: {path}
# which evidence counts; an allegation never does
needs: {{{reach}: [{grades}]}}
restricts: [CAPABILITY]
# the narrowest of ad, account and owner that the ground supports
reach: {reach}
# what ends it, and when somebody looks again
ends: "!{path}"
review_after: 90d
# how everybody stays clear of it
guidance: "Before you advertise: {remedy}."
```

```example
name: the fact is known
given:
  {path}: true
expect: met
because: [{path}]
```

```example
name: the opposite is known
given:
  {path}: false
expect: not met
```

```example
name: somebody only says so
given:
  {path}: {{value: true, grade: allegation}}
expect: undecided
missing: [{path}]
```
"""

_WORDS_ONLY = """## A first rule {#first-rule}

Replace these words by your own. Then add a block of kind `clause` with the facts of your vocabulary.
"""
