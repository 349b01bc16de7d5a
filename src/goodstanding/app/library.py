"""Published policies, read once: the texts are on the record, and what is read from them depends on nothing else.

Which version applies when is in `policy.versions`; here a clause that was withdrawn is taken out of it.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

import msgspec

from goodstanding.clause.parse import Conditions
from goodstanding.clause.vocabulary import Vocabulary
from goodstanding.clause.vocabulary_document import read_vocabulary
from goodstanding.policy.document import read_policy
from goodstanding.policy.model import Policy
from goodstanding.policy.versions import Edition, edition_at

if TYPE_CHECKING:
    from datetime import datetime

    from goodstanding.app.state import Published, State
    from goodstanding.kernel.ids import ClauseId


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


def editions(state: State, policy: str, at: datetime) -> tuple[Edition, ...]:
    """Every version of a policy published by an instant, without the clauses that were withdrawn from it by then."""
    return tuple(
        _edition(published, _withdrawn(state, policy, number, at))
        for number, published in enumerate(state.published)
        if published.policy == policy and published.published_at <= at
    )


def policy_at(state: State, policy: str, at: datetime) -> Volume | None:
    """The newest published version of a policy whose time includes an instant, as it applies at it."""
    found = edition_at(editions(state, policy, at), at)
    return None if found is None else Volume(policy=found.policy, vocabulary=found.vocabulary)


def _edition(published: Published, withdrawn: set[ClauseId]) -> Edition:
    """A published version without some of its clauses; its digest stays that of the text as published."""
    found = published_volume(published)
    kept = tuple(clause for clause in found.policy.clauses if clause.id not in withdrawn)
    policy = msgspec.structs.replace(found.policy, clauses=kept) if withdrawn else found.policy
    return Edition(
        policy=policy, vocabulary=found.vocabulary, published_at=published.published_at, until=published.until
    )


def _withdrawn(state: State, policy: str, number: int, at: datetime) -> set[ClauseId]:
    """The clauses that were withdrawn by an instant from the publication of that number."""
    return {one.clause for one in state.withdrawn if one.policy == policy and number < one.editions and one.at <= at}
