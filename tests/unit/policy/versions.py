"""Small policies in several versions."""

from __future__ import annotations

from datetime import datetime

from goodstanding.clause.vocabulary import Vocabulary
from goodstanding.kernel.instants import instant
from goodstanding.policy.model import Policy
from goodstanding.policy.versions import Edition


def one_clause(
    block: str, *, id_: str = "rule", text: str = "What it says.", title: str = "Rule", head: str = ""
) -> str:
    """A policy of one clause."""
    return f"""---
id: tiny
version: "1"
title: Tiny
language: en
in_force_from: 2024-01-01
capabilities: [advertise]
vocabulary: advertising@1
{head}---

## {title} {{#{id_}}}

{text}

```clause
{block.strip()}
```
"""


def together(*texts: str) -> str:
    """The clauses of several such policies in one."""
    first, *rest = texts
    return first + "".join("\n## " + text.split("\n## ", 1)[1] for text in rest)


def edition(
    policy: Policy, vocabulary: Vocabulary, published: str | datetime, until: datetime | None = None
) -> Edition:
    """A policy as it was published on a day."""
    at = instant(published) if isinstance(published, str) else published
    return Edition(policy=policy, vocabulary=vocabulary, published_at=at, until=until)
