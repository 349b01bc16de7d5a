"""Decide a matter: every clause in force, read against every subject it speaks of (promises P1, P2, P3, P11).

Pure and deterministic: the same policy, dossier, holdings and matter give the same bytes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from goodstanding.clause.model import Verdict
from goodstanding.clause.prose.reading import say_cells
from goodstanding.clause.tree import Condition
from goodstanding.decisions.bench import ANY_GRADE, Bench
from goodstanding.decisions.effects import effect_of, with_precedence
from goodstanding.decisions.findings import find
from goodstanding.decisions.model import FORMAT, Decision, EvidenceShown, FactShown, Pins
from goodstanding.decisions.subjects import subjects
from goodstanding.evidence.rules import KnownFacts
from goodstanding.kernel.digests import digest_of
from goodstanding.kernel.ids import AccountId
from goodstanding.owners.rules import accounts_of
from goodstanding.policy.model import Clause, ClauseKind
from goodstanding.policy.rules import in_force

if TYPE_CHECKING:
    from collections.abc import Iterator

    from goodstanding.decisions.findings import Found
    from goodstanding.decisions.model import Effect, Finding, Matter
    from goodstanding.evidence.model import Evidence, Fact
    from goodstanding.kernel.ids import DecisionId, PersonId
    from goodstanding.policy.model import Policy


def decide(matter: Matter, policy: Policy, bench: Bench, *, name: DecisionId, by: PersonId) -> Decision:
    """Every finding of a policy in a matter, and what follows; a version that is not in force gives no finding."""
    accounts = tuple(AccountId(a) for a in accounts_of(bench.holdings, matter.owner, matter.at).names or ())
    found = with_precedence(list(_found(matter, policy, bench)), bench.granted) if in_force(policy, matter.at) else []
    effects = tuple(effect for one in found if (effect := effect_of(one, bench)) is not None)
    findings = tuple(one.finding for one in found)
    facts = _relied_on(findings, effects, bench)
    return Decision(
        id=name,
        matter=matter,
        decided_by=by,
        accounts=accounts,
        pins=_pins(policy, facts, bench),
        findings=findings,
        effects=effects,
        facts=tuple(_fact_shown(fact, bench) for fact, _ in facts),
        evidence=tuple(sorted({piece.id: _evidence_shown(piece) for _, piece in facts}.values(), key=lambda p: p.id)),
        needs_person=tuple(_for_a_person(findings)),
        unread=tuple(_unread(policy, bench)),
        high_impact=any(effect.owner_wide for effect in effects),
    )


def _found(matter: Matter, policy: Policy, bench: Bench) -> Iterator[Found]:
    """Every clause that has a condition, read against each of its subjects."""
    for clause in policy.clauses:
        if clause.kind is not ClauseKind.PUBLISHED_ONLY:
            for subject in subjects(clause, matter, bench):
                yield find(clause, subject, bench)


def _relied_on(findings: tuple[Finding, ...], effects: tuple[Effect, ...], bench: Bench) -> list[tuple[Fact, Evidence]]:
    """Every fact that a finding or a ground names, with its evidence, by fact id."""
    names = {name for finding in findings for name in finding.facts}
    names |= {name for effect in effects for ground in effect.grounds for name in ground.facts}
    evidence = {piece.id: piece for piece in bench.dossier.evidence}
    facts = sorted((fact for fact in bench.dossier.facts if fact.id in names), key=lambda fact: fact.id)
    return [(fact, evidence[fact.evidence]) for fact in facts]


def _fact_shown(fact: Fact, bench: Bench) -> FactShown:
    """A fact with the sentence that says it."""
    return FactShown(
        id=fact.id, cell=fact.cell, sentence=_sentence(fact, bench), value=fact.value, evidence=fact.evidence
    )


def _sentence(fact: Fact, bench: Bench) -> str:
    """What one fact says, whatever other facts say of the same cell."""
    alone = msgspec.structs.replace(bench.dossier, facts=(fact,), resolutions=())
    facts = KnownFacts(alone, bench.at, lambda _: ANY_GRADE)
    return " ".join(say_cells((fact.cell,), facts, bench.vocabulary, bench.names))


def _evidence_shown(piece: Evidence) -> EvidenceShown:
    """A piece of evidence as the decision relies on it."""
    return EvidenceShown(
        id=piece.id,
        title=piece.source.title,
        publisher=piece.source.publisher,
        url=piece.source.url,
        quotation="" if piece.quotation is None else piece.quotation.text,
        grade=piece.grade,
        handling=piece.handling,
        binds=piece.covers.binds,
        valid=piece.valid,
        known_from=piece.known_from,
        digest=piece.digest,
    )


def _pins(policy: Policy, facts: list[tuple[Fact, Evidence]], bench: Bench) -> Pins:
    """The digests that a replay is held against."""
    pieces = {piece.id: piece for _, piece in facts}
    return Pins(
        format=FORMAT,
        policy=policy.id,
        policy_version=policy.version,
        policy_in_force_from=policy.in_force_from,
        policy_digest=policy.digest,
        vocabulary_version=bench.vocabulary.version,
        vocabulary_digest=bench.vocabulary.digest,
        evidence=tuple((name, digest_of(msgspec.to_builtins(pieces[name]))) for name in sorted(pieces)),
        facts=tuple((fact.id, digest_of(msgspec.to_builtins(fact))) for fact, _ in facts),
    )


def _for_a_person(findings: tuple[Finding, ...]) -> Iterator[str]:
    """The findings that a person must look at: undecided although something is on file, failed to evaluate, barred."""
    for finding in findings:
        if finding.barred:
            yield f"{finding.title}: {finding.barred}"
        if finding.verdict is not Verdict.UNDECIDED or not (finding.held or finding.errors or _contested(finding)):
            continue
        reasons = (*finding.errors, *(one.sentence for one in finding.missing))
        yield f"{finding.title}: {'; '.join(reasons)}"


def _contested(finding: Finding) -> bool:
    """Whether there is evidence for what is missing, which does not count, rather than none."""
    return any(one.why not in {"", "no evidence"} for one in finding.missing)


def _unread(policy: Policy, bench: Bench) -> Iterator[str]:
    """The facts on file that no clause of this policy speaks of, said in sentences."""
    spoken = {pair for clause in policy.clauses for pair in _spoken_of(clause)}
    known = bench.at_any_grade()
    for fact in bench.dossier.facts:
        pair = (fact.cell.entity.kind, fact.cell.fact)
        told = pair in spoken or fact.cell.fact == "name" or fact.evidence in bench.routine
        if not told and known.support(fact.cell):
            yield _sentence(fact, bench)


def _spoken_of(clause: Clause) -> Iterator[tuple[str, str]]:
    """The facts, as entity kind and name, that a clause reads for its conditions, its scope and its list."""
    for part in (clause.when, clause.requires, clause.ends, clause.territory, clause.topics, clause.audience):
        if isinstance(part, Condition):
            yield from part.facts
    if clause.each is not None:
        yield clause.each.root, clause.each.fact
