"""The clause, the facts under it, what they rest on, and why they fall under it (DSA art. 17(3)(b) to (e)).

What a reader sees of evidence follows its handling: the conduct is always stated, a protected source or another party's
values never. The digest and id of protected or sealed evidence are withheld too, since both would let a reader confirm
a guess.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, assert_never

import msgspec

from goodstanding.decisions.model import Origin
from goodstanding.kernel.grades import Handling
from goodstanding.reasons.model import (
    AutomationStated,
    BasisKind,
    BasisShown,
    ClauseQuoted,
    EvidenceStated,
    Explanation,
    FactStated,
    GroundStated,
    OriginStated,
)
from goodstanding.reasons.wording import sentence

if TYPE_CHECKING:
    from collections.abc import Sequence

    from goodstanding.decisions.model import Automation, Decision, Effect, EvidenceShown, Finding
    from goodstanding.kernel.ids import EvidenceId
    from goodstanding.reasons.issue import Issue
    from goodstanding.reasons.measure import Held


def clause_quoted(decision: Decision, effect: Effect) -> ClauseQuoted:
    """The clause whole, and the policy it stands in."""
    return ClauseQuoted(
        id=effect.clause.id,
        title=effect.clause.title,
        text=effect.clause.text,
        digest=effect.clause.text_digest,
        condition=effect.clause.condition,
        guidance=effect.clause.guidance,
        policy=decision.pins.policy,
        policy_version=decision.pins.policy_version,
        in_force_from=decision.pins.policy_in_force_from,
    )


def basis_shown(effect: Effect, origin: Origin) -> BasisShown:
    """Whether the ground is the platform's own clause or the law, and whether an authority ordered it."""
    legal = effect.clause.legal
    ordered = origin is Origin.AUTHORITY
    if legal:
        by = (
            "An authority ordered the platform to act on it."
            if ordered
            else "No authority ordered the platform to act in this case: it applies that law itself."
        )
        return BasisShown(kind=BasisKind.LAW, legal=legal, sentence=f"The ground is the law: {legal}. {by}")
    by = (
        "An order of an authority to the platform set the matter going."
        if ordered
        else "It is not an order of an authority to the platform."
    )
    return BasisShown(kind=BasisKind.TERMS, legal="", sentence=f"The ground is the platform's own clause. {by}")


def evidence_numbers(decision: Decision, held: Sequence[Held]) -> dict[EvidenceId, int]:
    """A number for each piece of evidence that the grounds rest on, in the order in which they need it."""
    order = dict.fromkeys(decision.evidence_of(fact).id for one in held for fact in one.ground.facts)
    return {name: number for number, name in enumerate(order, start=1)}


def grounds_stated(
    decision: Decision, held: Sequence[Held], numbers: dict[EvidenceId, int]
) -> tuple[GroundStated, ...]:
    """Each ground with its facts in sentences."""
    return tuple(
        GroundStated(
            number=one.number,
            facts=tuple(
                FactStated(
                    fact=name,
                    sentence=decision.fact(name).sentence,
                    evidence=numbers[decision.evidence_of(name).id],
                )
                for name in one.ground.facts
            ),
        )
        for one in held
    )


def evidence_stated(decision: Decision, numbers: dict[EvidenceId, int], issue: Issue) -> tuple[EvidenceStated, ...]:
    """Each numbered piece of evidence, as its handling allows."""
    pieces = {piece.id: piece for piece in decision.evidence}
    bases = {seal.evidence: seal.basis for seal in issue.seals}
    return tuple(_handled(_open(pieces[name], number), bases.get(name, "")) for name, number in numbers.items())


def _open(piece: EvidenceShown, number: int) -> EvidenceStated:
    """The piece with nothing withheld."""
    return EvidenceStated(
        number=number,
        reference=piece.id,
        title=piece.title,
        publisher=piece.publisher,
        url=piece.url,
        quotation=piece.quotation,
        grade=piece.grade,
        handling=piece.handling,
        binds=piece.binds,
        valid_from=piece.valid.start,
        valid_to=piece.valid.end,
        known_from=piece.known_from,
        digest=piece.digest,
        withheld="",
        sealed_on="",
    )


def _handled(piece: EvidenceStated, sealed_on: str) -> EvidenceStated:
    """The piece without what its handling keeps from this reader, and a sentence that says so."""
    replace = msgspec.structs.replace
    unnamed = replace(piece, reference="", title="", publisher="", url="", quotation="", digest="")
    match piece.handling:
        case Handling.OPEN:
            return piece
        case Handling.ABOUT_OTHERS:
            why = "The words are not quoted, because they hold what belongs to other parties."
            return replace(piece, quotation="", withheld=why)
        case Handling.SOURCE_PROTECTED:
            why = "Who said it, where, and in which words is withheld to protect the source. What it shows is stated."
            return replace(unnamed, withheld=why)
        case Handling.SEALED:
            why = f"This evidence is sealed. The legal basis of the seal: {sealed_on}"
            return replace(unnamed, binds="", sealed_on=sealed_on, withheld=sentence(why) if sealed_on else "")
        case Handling.NOT_KEPT:
            why = "The platform keeps no copy: the digest of what was seen and the reference to it are all there is."
            return replace(piece, quotation="", withheld=why)
        case _ as unreachable:
            assert_never(unreachable)


def explanation(decision: Decision, effect: Effect) -> Explanation:
    """Why the facts fall under the clause, as the finding says it; nothing where the decision holds no such finding."""
    found = [finding for finding in decision.findings if _leads_to(finding, effect)]
    because = tuple(text for finding in found for text in finding.because)
    missing = (gap.sentence for finding in found for gap in finding.missing)
    return Explanation(
        sentences=because,
        facts=tuple(name for finding in found for name in finding.facts),
        unknown=tuple(text for text in missing if text not in because),
    )


def _leads_to(finding: Finding, effect: Effect) -> bool:
    """Whether it is this finding that has this effect."""
    return (finding.clause, finding.subject, finding.binding) == (effect.clause.id, effect.subject, effect.binding)


def origin_stated(origin: Origin) -> OriginStated:
    """What set the matter going."""
    return OriginStated(kind=origin, sentence=_origin_sentence(origin))


def _origin_sentence(origin: Origin) -> str:
    """The sentence for it; a notifier is named only where strictly necessary, which it is not here."""
    match origin:
        case Origin.OWN_INITIATIVE:
            return (
                "The platform looked into this on its own initiative: no third party's notice and no order led to it."
            )
        case Origin.NOTICE:
            return (
                "A notice of a third party led to this. Who sent it is not a reason for the decision, and is not named."
            )
        case Origin.AUTHORITY:
            return "An order of an authority to the platform led to this."
        case Origin.APPEAL:
            return (
                "This was found when an appeal was examined. It is a decision of its own, with its own time to appeal."
            )
        case _ as unreachable:
            assert_never(unreachable)


def automation_stated(automation: Automation) -> AutomationStated:
    """The use made of automated means, said either way."""
    return AutomationStated(
        detection=automation.detection,
        detection_sentence=(
            "Automated means detected or identified what this is about."
            if automation.detection
            else "No automated means detected or identified what this is about."
        ),
        decision=automation.decision,
        decision_sentence=(
            "Automated means were used in taking the decision."
            if automation.decision
            else "A person took the decision; it was not taken by automated means."
        ),
    )
