"""Published policies, read once: the texts are on the record, and what is read from them depends on nothing else."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

import msgspec

from goodstanding.clause.parse import Conditions
from goodstanding.clause.vocabulary import Vocabulary
from goodstanding.clause.vocabulary_document import read_vocabulary
from goodstanding.policy.document import read_policy
from goodstanding.policy.model import Policy
from goodstanding.policy.rules import in_force

if TYPE_CHECKING:
    from datetime import datetime

    from goodstanding.app.state import Published, State


class Volume(msgspec.Struct, frozen=True, kw_only=True):
    """A policy with the vocabulary that it was written in."""

    policy: Policy
    vocabulary: Vocabulary


@lru_cache(maxsize=64)
def volume(text: str, file: str, vocabulary_text: str, vocabulary_file: str) -> Volume:
    """Read a policy and its vocabulary.

    Raises:
        VocabularyError: the vocabulary has problems.
        PolicyError: the policy has problems.
    """
    vocabulary = read_vocabulary(vocabulary_text, file=vocabulary_file)
    policy = read_policy(text, file=file, vocabulary=vocabulary, conditions=Conditions(vocabulary))
    return Volume(policy=policy, vocabulary=vocabulary)


def published_volume(published: Published) -> Volume:
    """A published policy, read."""
    return volume(published.text, published.file, published.vocabulary, published.vocabulary_file)


def policy_at(state: State, policy: str, at: datetime) -> Volume | None:
    """The newest published version of a policy whose time includes an instant."""
    for published in reversed(state.published):
        if published.policy == policy and published.published_at <= at:
            found = published_volume(published)
            if in_force(found.policy, at):
                return found
    return None
