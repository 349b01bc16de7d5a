"""A policy document: Markdown in, `Policy` out, or every problem at once with its place.

It puts the parts together and holds the clauses against each other: an id names one clause, and an exemption lifts only
what can be lifted, for `overridable: false` stands above exemptions, and these above other clauses. It leaves to
`rules` when a version applies.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from goodstanding.clause.marked_yaml import did_you_mean
from goodstanding.errors import Place, PolicyError, Problem
from goodstanding.kernel.digests import digest_of_text
from goodstanding.kernel.ids import ClauseId, PolicyId
from goodstanding.policy.clauses import Surroundings, read_clause
from goodstanding.policy.front_matter import read_front_matter
from goodstanding.policy.keys import Keys
from goodstanding.policy.model import Clause, ClauseKind, Policy
from goodstanding.policy.sections import read_structure
from goodstanding.policy.source import Problems, Source, with_plain_line_ends
from goodstanding.policy.yaml_parts import read_table

if TYPE_CHECKING:
    from collections.abc import Sequence

    from goodstanding.clause.parse import Conditions
    from goodstanding.clause.vocabulary import Vocabulary
    from goodstanding.policy.sections import Section
    from goodstanding.policy.yaml_parts import Block

LIFTABLE = frozenset({ClauseKind.RESTRICTION, ClauseKind.ENTRY_REQUIREMENT, ClauseKind.COMMERCIAL_ENDING})
"""The kinds of clause that an exemption can lift."""


def read_policy(text: str, *, file: str, vocabulary: Vocabulary, conditions: Conditions) -> Policy:
    """Read a policy document; `file` is what its places are named by.

    Raises:
        PolicyError: anything is wrong with it; every problem is listed with its place, up to a number of them.
    """
    try:
        digest = digest_of_text(text)
    except UnicodeEncodeError as error:
        before = with_plain_line_ends(text[: error.start]).split("\n")
        place = Place(file=file, line=len(before), column=len(before[-1]) + 1)
        raise PolicyError(
            [Problem(message="this is half a character", place=place, hint="save the file as UTF-8")]
        ) from error
    source = Source(file=file, text=with_plain_line_ends(text))
    problems = Problems()
    structure = read_structure(source, problems)
    head = _keys(structure.front_matter, source, problems) if structure.front_matter else None
    front = read_front_matter(head, vocabulary) if head else None
    around = Surroundings(
        source=source,
        vocabulary=vocabulary,
        conditions=conditions,
        capabilities=front.capabilities if front else (),
        problems=problems,
    )
    blocks = [_keys(one.block, source, problems) if one.block else None for one in structure.sections]
    clauses = [read_clause(*pair, around) for pair in zip(structure.sections, blocks, strict=True)]
    _an_id_names_one_clause(structure.sections, source, problems)
    for keys in blocks:
        if keys is not None:
            _an_exemption_lifts_what_can_be_lifted(keys, clauses)
    if problems or front is None or front.period.start is None:
        raise PolicyError(problems)
    return Policy(
        id=PolicyId(front.id),
        version=front.version,
        title=front.title,
        language=front.language,
        in_force_from=front.period.start,
        in_force_until=front.period.end,
        capabilities=front.capabilities,
        services=front.services,
        vocabulary=front.vocabulary,
        vocabulary_digest=vocabulary.digest,
        clauses=tuple(clauses),
        digest=digest,
        text=text,
    )


def _keys(block: Block, source: Source, problems: list[Problem]) -> Keys | None:
    """What a block holds, if it can be read."""
    table = read_table(block, source=source, problems=problems)
    return Keys(table, source=source, problems=problems, whole=block.fence) if table else None


def _an_id_names_one_clause(sections: Sequence[Section], source: Source, problems: list[Problem]) -> None:
    """No two clauses have the same id."""
    first: dict[str, Section] = {}
    for section in sections:
        earlier = first.setdefault(section.id, section)
        if section.id and earlier is not section:
            line = source.place(earlier.heading.start).line
            hint = f"the first is in line {line}: give one of them another id"
            problems.append(source.problem(section.heading, f"`{section.id}` names two clauses", hint))


def _an_exemption_lifts_what_can_be_lifted(keys: Keys, clauses: Sequence[Clause]) -> None:
    """Each clause that an exemption names is there, restricts something, and is overridable."""
    named = {clause.id: clause for clause in clauses if clause.id}
    liftable = [clause.id for clause in named.values() if clause.kind in LIFTABLE and clause.overridable]
    for text in keys.texts("lifts"):
        clause = named.get(ClauseId(text.value))
        if clause is None:
            hint = did_you_mean(text.value, liftable) if liftable else "name a clause of this policy"
            keys.refuse(text.span, f"there is no clause `{text.value}` in this policy", hint)
        elif clause.kind not in LIFTABLE:
            keys.refuse(text.span, f"`{text.value}` restricts nothing that could be lifted", "remove it")
        elif not clause.overridable:
            message = f"`{text.value}` says `overridable: false`, so nothing lifts it"
            keys.refuse(
                text.span, message, "remove it here; what is lawful under that clause is said in its own condition"
            )
