"""Checks on facts, evidence, clause and explanation (P3; DSA art. 17(3)(b) to (e), 17(4))."""

from __future__ import annotations

from typing import assert_never

from goodstanding.kernel.digests import digest_of_text, is_digest
from goodstanding.kernel.grades import Grade, Handling
from goodstanding.reasons.model import BasisKind, EvidenceStated, Statement
from goodstanding.reasons.profile import Applies, Outcome, Severity, does_not_apply, passes, says, upholds

_UNQUOTED = frozenset({Grade.MEASUREMENT, Grade.ESTIMATE})
"""Grades whose evidence has no words to quote."""


@upholds("DSA art. 17(3)(b)", fix="state the facts that the decision relied on, ground by ground")
def every_ground_has_a_fact(statement: Statement, _: Applies) -> Outcome:
    """Whether there is a ground, and no ground is empty."""
    filled = statement.grounds != () and all(ground.facts != () for ground in statement.grounds)
    return passes(filled, "there is no ground, or a ground without a fact")


@upholds("DSA art. 17(3)(b)", fix="say each fact of the case in a sentence of its own, not in the words of the clause")
def every_fact_is_a_sentence(statement: Statement, _: Applies) -> Outcome:
    """Whether each fact says something of this case; the clause's title or text repeated says nothing of it."""
    clause = {_plain(statement.clause.title), _plain(statement.clause.text)}
    facts = [fact for ground in statement.grounds for fact in ground.facts]
    told = all(says(fact.sentence) and _plain(fact.sentence) not in clause for fact in facts)
    return passes(told, "a fact is not said, or only the clause is repeated")


@upholds("DSA art. 17(3)(b)", fix="show the evidence under each fact, as its handling allows")
def every_fact_rests_on_evidence(statement: Statement, _: Applies) -> Outcome:
    """Whether the evidence that each fact points to is there."""
    numbers = {piece.number for piece in statement.evidence}
    facts = [fact for ground in statement.grounds for fact in ground.facts]
    return passes(all(fact.evidence in numbers for fact in facts), "a fact points to evidence that is not shown")


@upholds("DSA art. 17(3)(b)", fix="show source and digest, or say what is withheld and why")
def evidence_shows_what_its_handling_allows(statement: Statement, _: Applies) -> Outcome:
    """Whether each piece shows all that this reader may see, and nothing more."""
    return passes(all(map(_shows, statement.evidence)), "evidence shows less, or more, than its handling allows")


def _shows(piece: EvidenceStated) -> bool:
    """Whether one piece does; the basis of a seal has a check of its own."""
    named = bool(piece.title.strip() and piece.publisher.strip() and is_digest(piece.digest))
    hidden = not any((piece.reference, piece.title, piece.publisher, piece.url, piece.quotation, piece.digest))
    match piece.handling:
        case Handling.OPEN:
            return named
        case Handling.ABOUT_OTHERS:
            return named and piece.quotation == "" and says(piece.withheld)
        case Handling.SOURCE_PROTECTED:
            return hidden and says(piece.withheld)
        case Handling.SEALED:
            return hidden
        case Handling.NOT_KEPT:
            return is_digest(piece.digest) and bool(piece.reference) and piece.quotation == "" and says(piece.withheld)
        case _ as unreachable:
            assert_never(unreachable)


@upholds("DSA art. 17(3)(b)", fix="quote the words relied on, with their place", severity=Severity.SHOULD)
def open_evidence_is_quoted(statement: Statement, _: Applies) -> Outcome:
    """Whether open evidence that has words shows them."""
    worded = [piece for piece in statement.evidence if piece.handling is Handling.OPEN and piece.grade not in _UNQUOTED]
    if not worded:
        return does_not_apply("no open evidence has words to quote")
    return passes(all(piece.quotation.strip() for piece in worded), "open evidence is not quoted")


@upholds("DSA art. 17(3)(b)", fix="give the legal basis of each seal when issuing")
def sealed_evidence_says_on_what_basis(statement: Statement, _: Applies) -> Outcome:
    """Whether a seal has its legal basis."""
    sealed = [piece for piece in statement.evidence if piece.handling is Handling.SEALED]
    if not sealed:
        return does_not_apply("no evidence is sealed")
    told = all(piece.sealed_on.strip() and says(piece.withheld) for piece in sealed)
    return passes(told, "evidence is sealed without a legal basis")


@upholds("DSA art. 17(3)(b)", fix="say whether a notice, an order, an appeal or the platform itself set it going")
def statement_says_what_led_to_it(statement: Statement, _: Applies) -> Outcome:
    """Whether the origin is said in a sentence."""
    return passes(says(statement.origin.sentence), "it does not say what led to the decision")


@upholds(
    "DSA art. 17(3)(b)",
    fix="compose it with the link of account and owner, so that its basis is said",
)
def statement_says_why_this_account_is_reached(statement: Statement, _: Applies) -> Outcome:
    """Whether the party can see why this account is touched."""
    return passes(says(statement.account.reached), "it does not say why this account is reached")


@upholds("DSA art. 17(3)(c)", fix="say for detection and for decision whether automated means were used")
def statement_says_what_was_automated(statement: Statement, _: Applies) -> Outcome:
    """Whether the use of automated means is said, either way."""
    automation = statement.automation
    return passes(
        says(automation.detection_sentence, automation.decision_sentence),
        "it does not say whether automated means were used",
    )


@upholds("DSA art. 17(3)(d)", fix="refer to the law that is the ground")
def statement_names_the_legal_ground(statement: Statement, _: Applies) -> Outcome:
    """Whether the law is referred to, where the law is the ground."""
    if statement.basis.kind is BasisKind.TERMS:
        return does_not_apply("the ground is the platform's own clause")
    return passes(says(statement.basis.legal), "the law that is the ground is not referred to")


@upholds("DSA art. 17(3)(d)", fix="give act and article, not only the kind of law", severity=Severity.SHOULD)
def legal_reference_can_be_looked_up(statement: Statement, _: Applies) -> Outcome:
    """Whether the reference holds a number, as that of an act, article or section does."""
    if statement.basis.kind is BasisKind.TERMS or not statement.basis.legal.strip():
        return does_not_apply("there is no reference to a law")
    return passes(any(char.isdigit() for char in statement.basis.legal), "the reference names no act and no article")


@upholds("DSA art. 17(3)(e)", fix="name the clause by id and title, with the policy and its version")
def statement_names_the_clause(statement: Statement, _: Applies) -> Outcome:
    """Whether the clause can be found; a legal ground has a clause too, but then (d) asks for the law."""
    if statement.basis.kind is BasisKind.LAW:
        return does_not_apply("the ground is the law")
    clause = statement.clause
    found = all(part.strip() for part in (clause.id, clause.title, clause.policy, clause.policy_version))
    return passes(found, "the clause, its policy or the version is not named")


@upholds("DSA art. 17(3)(d) and (e)", fix="say expressly whether the ground is the platform's own clause or the law")
def statement_says_whether_terms_or_law(statement: Statement, _: Applies) -> Outcome:
    """Whether the basis is said in a sentence."""
    return passes(says(statement.basis.sentence), "it does not say whether the ground is its own clause or the law")


@upholds("DSA art. 17(4)", fix="quote the clause's public text whole, as it was in force, with its digest")
def statement_quotes_the_clause_whole(statement: Statement, _: Applies) -> Outcome:
    """Whether the quoted text is the text that the digest was taken of."""
    clause = statement.clause
    whole = says(clause.text) and clause.digest == digest_of_text(clause.text)
    return passes(whole, "the clause is not quoted, or not whole: its digest differs")


@upholds("DSA art. 17(4)", fix="apply the clause as it was in force when the statement is issued")
def clause_was_in_force(statement: Statement, _: Applies) -> Outcome:
    """Whether the policy version was in force (P12)."""
    return passes(statement.clause.in_force_from <= statement.issued_at, "the clause was not in force at that time")


@upholds("DSA art. 17(3)(d) and (e)", fix="say why these facts fall under that clause")
def statement_explains_why_the_facts_fall_under_the_clause(statement: Statement, _: Applies) -> Outcome:
    """Whether there is an explanation that is not the clause repeated."""
    clause = {_plain(statement.clause.title), _plain(statement.clause.text)}
    sentences = statement.explanation.sentences
    told = sentences != () and all(says(text) and _plain(text) not in clause for text in sentences)
    return passes(told, "it does not explain why the facts fall under the clause")


def _plain(text: str) -> str:
    """The words of a text, without case, white space and a final stop."""
    return " ".join(text.casefold().split()).rstrip(".")


CHECKS = (
    every_ground_has_a_fact,
    every_fact_is_a_sentence,
    every_fact_rests_on_evidence,
    evidence_shows_what_its_handling_allows,
    open_evidence_is_quoted,
    sealed_evidence_says_on_what_basis,
    statement_says_what_led_to_it,
    statement_says_why_this_account_is_reached,
    statement_says_what_was_automated,
    statement_names_the_legal_ground,
    legal_reference_can_be_looked_up,
    statement_names_the_clause,
    statement_says_whether_terms_or_law,
    statement_quotes_the_clause_whole,
    clause_was_in_force,
    statement_explains_why_the_facts_fall_under_the_clause,
)
