"""A clause in words, for those who write and read policies: what it asks and does, and who can change what.

Everything comes from the clause, the vocabulary's words and a language's frames; `outcome` adds what a case's facts
make of it. It leaves the statement of reasons to `reasons`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import msgspec

from goodstanding.clause.model import Verdict
from goodstanding.clause.prose.reading import say_cells, say_condition, say_kind_of_fact, say_missing, say_remedy
from goodstanding.clause.prose.wording import kind_called, listed, say_length
from goodstanding.clause.prose.words import ENGLISH
from goodstanding.clause.vocabulary import HANDS, ChangedBy
from goodstanding.kernel.extents import Extent
from goodstanding.kernel.grades import Grade
from goodstanding.policy.examples.rules import GivenFacts
from goodstanding.policy.model import ClauseKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from goodstanding.clause.prose.wording import Names
    from goodstanding.clause.prose.words import Called, Words
    from goodstanding.clause.values import EntityRef
    from goodstanding.clause.vocabulary import Named, Vocabulary
    from goodstanding.policy.examples.rules import Outcome
    from goodstanding.policy.model import Clause, Dimension

_NOT_BY_ITSELF = frozenset({Grade.ALLEGATION, Grade.ESTIMATE})
LABELS: Final = (
    *("met when", "open when", "once for each of", "lifts", "approved by", "restricts", "reaches", "where", "about"),
    *("shown to", "begins", "hold", "ends when", "looked at again", "a strike lives", "no exemption lifts it", "yes"),
    *("everywhere", "everything", "everybody", "{length} after the statement", "after {length}", "at most {length}"),
    *("facts", "changed by", "evidence", "in this case", "because", "not known", "error", "what would end it"),
    *("nothing is ever restricted on it", "{label}: {said}"),
)
"""The labels and small sentences of an explanation, as the catalogues have them."""


class FactExplained(msgspec.Struct, frozen=True, kw_only=True):
    """A fact that a clause reads: what it is, in whose hands, how it is changed, which grades of evidence count."""

    fact: str
    says: str
    changed_by: ChangedBy
    remedy: str
    grades: tuple[Grade, ...]


class CaseExplained(msgspec.Struct, frozen=True, kw_only=True):
    """What the facts of one case make of a clause."""

    verdict: Verdict
    because: tuple[str, ...]
    missing: tuple[str, ...]
    errors: tuple[str, ...]
    remedy: tuple[str, ...]


class ClauseExplained(msgspec.Struct, frozen=True, kw_only=True):
    """A clause in words; `rows` are label and sentence, in one language."""

    clause: str
    title: str
    kind: ClauseKind
    rows: tuple[tuple[str, str], ...]
    facts: tuple[FactExplained, ...]
    case: CaseExplained | None = None


def explain(
    clause: Clause, vocabulary: Vocabulary, words: Words = ENGLISH, outcome: Outcome | None = None
) -> ClauseExplained:
    """Explain a clause; `vocabulary` is in the language of `words`, `outcome` what a case's facts made of it."""
    return ClauseExplained(
        clause=clause.id,
        title=clause.title,
        kind=clause.kind,
        rows=tuple((words.say(label), said) for label, said in _rows(clause, vocabulary, words) if said),
        facts=tuple(_facts(clause, vocabulary, words)),
        case=_case(outcome, clause, vocabulary, words) if outcome else None,
    )


def _rows(clause: Clause, vocabulary: Vocabulary, words: Words) -> Iterator[tuple[str, str]]:
    """What the block says, label by label."""
    if clause.condition is None:
        yield "restricts", words.say("nothing is ever restricted on it")
        return
    is_entry = clause.kind is ClauseKind.ENTRY_REQUIREMENT
    yield "open when" if is_entry else "met when", say_condition(clause.condition, vocabulary, words=words)
    yield "once for each of", _each(clause, vocabulary, words)
    yield "lifts", ", ".join(clause.lifts)
    yield "approved by", clause.approver
    yield "restricts", _labels(clause.restricts, vocabulary.capabilities)
    reach = vocabulary.entity(clause.reach) if clause.reach else None
    yield "reaches", reach.label if reach else ""
    yield "where", _side(clause.territory, (), "everywhere", vocabulary, words)
    yield "about", _side(clause.topics, vocabulary.topics, "everything", vocabulary, words)
    yield "shown to", _side(clause.audience, vocabulary.audiences, "everybody", vocabulary, words)
    if clause.notice:
        yield "begins", words.say("{length} after the statement", length=say_length(clause.notice, words))
    if clause.hold:
        yield "hold", words.say("at most {length}", length=say_length(clause.hold, words))
    yield "ends when", say_condition(clause.ends, vocabulary, words=words) if clause.ends else ""
    if clause.review_after:
        yield "looked at again", words.say("after {length}", length=say_length(clause.review_after, words))
    yield "a strike lives", say_length(clause.strike, words) if clause.strike else ""
    yield "no exemption lifts it", "" if clause.overridable else words.say("yes")


def _each(clause: Clause, vocabulary: Vocabulary, words: Words) -> str:
    """The list that a clause goes through."""
    kind = vocabulary.entity(clause.each.root) if clause.each else None
    fact = kind.fact(clause.each.fact) if kind and clause.each else None
    return say_kind_of_fact(kind, fact, kind_called(kind, words), words) if kind and fact else ""


def _labels(ids: Iterable[str], known: Iterable[Named]) -> str:
    """Ids in the vocabulary's words; those without words as they are."""
    labels = {named.id: named.label for named in known}
    return "; ".join(labels.get(one, one) for one in ids)


def _side(side: Dimension, known: Iterable[Named], every: str, vocabulary: Vocabulary, words: Words) -> str:
    """One side of the scope."""
    if not isinstance(side, Extent):
        return say_condition(side, vocabulary, words=words)
    return words.say(every) if side.names is None else _labels(side.names, known)


def _facts(clause: Clause, vocabulary: Vocabulary, words: Words) -> Iterator[FactExplained]:
    """Every fact that the clause's conditions read, once."""
    conditions = [one for one in (clause.condition, clause.ends) if one]
    needs = {kind: clause.needs.get(name) for one in conditions for name, kind in one.variables}
    for kind_name, fact_name in sorted({pair for one in conditions for pair in one.facts}):
        kind = vocabulary.entity(kind_name)
        assert kind is not None, kind_name  # the condition was checked with the vocabulary
        fact = kind.fact(fact_name)
        assert fact is not None, fact_name  # as above
        own = tuple(grade for grade in fact.accepts if grade not in _NOT_BY_ITSELF)
        yield FactExplained(
            fact=f"{kind_name}.{fact_name}",
            says=say_kind_of_fact(kind, fact, kind_called(kind, words), words),
            changed_by=fact.changed_by,
            remedy=fact.remedy,
            grades=needs.get(kind_name) or own,
        )


def _case(outcome: Outcome, clause: Clause, vocabulary: Vocabulary, words: Words) -> CaseExplained:
    """What decided, what is missing, and what would end it."""
    example, names = outcome.example, naming(vocabulary, words, outcome.example.bindings.values())
    facts = GivenFacts(example, clause, vocabulary)
    decisive = outcome.because[0] if outcome.because else ()
    steps = say_remedy(decisive, vocabulary, names, words) if outcome.verdict is Verdict.MET else ()
    return CaseExplained(
        verdict=outcome.verdict,
        because=say_cells(decisive, facts, vocabulary, names, words),
        missing=say_missing(outcome.missing, facts, vocabulary, names, words),
        errors=outcome.errors,
        remedy=tuple(f"{step.text} ({words.say(HANDS[step.changed_by])})" for step in steps),
    )


def naming(vocabulary: Vocabulary, words: Words, variables: Iterable[EntityRef]) -> Names:
    """What the variables of a clause stand for is called what it is; any other entity by its name."""
    known = frozenset(variables)

    def name(entity: EntityRef) -> str | Called:
        kind = vocabulary.entity(entity.kind)
        return kind_called(kind, words) if kind and entity in known else entity.id

    return name


def shown(explained: ClauseExplained, words: Words = ENGLISH) -> str:
    """An explanation as text, a line for each thing that is said."""
    wide = max((len(label) for label, _ in explained.rows), default=0)
    lines = [f"{explained.clause}: {explained.title} [{words.say(explained.kind)}]"]
    lines += [f"  {label:<{wide}}  {said}" for label, said in explained.rows]
    if explained.facts:
        lines.append(f"  {words.say('facts')}")
    for fact in explained.facts:
        remedy = f" ({fact.remedy})" if fact.remedy else ""
        grades = listed([words.say(grade) for grade in fact.grades], "or", words)
        lines += [f"    {fact.fact}: {fact.says}"]
        for label, said in (("changed by", f"{words.say(HANDS[fact.changed_by])}{remedy}"), ("evidence", grades)):
            lines.append(f"      {_labelled(label, said, words)}")
    return "\n".join([*lines, *_shown_case(explained.case, words)]) + "\n"


def _shown_case(case: CaseExplained | None, words: Words) -> Iterator[str]:
    """What the facts of a case make of the clause."""
    if case is None:
        return
    yield f"  {_labelled('in this case', words.say(case.verdict), words)}"
    parts = (("because", case.because), ("not known", case.missing), ("error", case.errors))
    for label, said in (*parts, ("what would end it", case.remedy)):
        yield from (f"    {_labelled(label, one, words)}" for one in said)


def _labelled(label: str, said: str, words: Words) -> str:
    return words.say("{label}: {said}", label=words.say(label), said=said)
