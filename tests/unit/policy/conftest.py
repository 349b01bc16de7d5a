"""The example vocabulary, and a reader of policies that are written in it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from goodstanding.clause.parse import Conditions
from goodstanding.clause.vocabulary import Vocabulary
from goodstanding.clause.vocabulary_document import read_vocabulary
from goodstanding.policy.document import read_policy
from goodstanding.policy.model import Policy

FRONT = """---
id: sample
version: "1"
title: Sample
in_force_from: 2024-01-01
in_force_until: 2025-01-01
language: en
capabilities: [advertise]
vocabulary: advertising@1
services: [feed]
---

"""


@pytest.fixture(scope="session")
def vocabulary(root: Path) -> Vocabulary:
    """The vocabulary that the repository offers to start from."""
    return read_vocabulary((root / "policies" / "vocabulary.yaml").read_text(encoding="utf-8"), file="vocabulary.yaml")


@pytest.fixture(scope="session")
def read(vocabulary: Vocabulary) -> Callable[[str], Policy]:
    """Reads the text of a policy."""
    conditions = Conditions(vocabulary)
    return lambda text: read_policy(text, file="sample.md", vocabulary=vocabulary, conditions=conditions)


@pytest.fixture(scope="session")
def written(read: Callable[[str], Policy]) -> Callable[[str], Policy]:
    """Reads the clauses of a policy, under a front matter that is in order."""
    return lambda clauses: read(FRONT + clauses)
