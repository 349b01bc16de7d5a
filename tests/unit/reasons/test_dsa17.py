"""The profile `dsa-17`: taking one part away makes exactly its check fail."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest

from goodstanding.errors import IncompleteStatementError
from goodstanding.kernel.digests import Digest
from goodstanding.kernel.grades import Grade, Handling
from goodstanding.kernel.instants import instant
from goodstanding.kernel.money import Money
from goodstanding.reasons.checks_redress import months_after
from goodstanding.reasons.dsa17 import CHECKS, check_complete, require_complete
from goodstanding.reasons.model import BasisKind, BasisShown, EvidenceStated, Statement, WayShown
from goodstanding.reasons.money import Invoice, MoneyAnswer
from goodstanding.reasons.profile import Applies, Severity
from unit.reasons.samples import (
    NOWHERE,
    composed,
    decision,
    effect,
    evidence,
    hold,
    issue,
    legal_order,
    reconstructed,
    restriction,
)

replace = msgspec.structs.replace
ASKED = Applies()


def within(part: str, **changes: object) -> Callable[[Statement], Statement]:
    """The same statement with one part changed inside."""
    return lambda statement: replace(statement, **{part: replace(getattr(statement, part), **changes)})


def first(part: str, **changes: object) -> Callable[[Statement], Statement]:
    """The same statement with the first of a list changed inside."""

    def changed(statement: Statement) -> Statement:
        head, *tail = getattr(statement, part)
        return replace(statement, **{part: (replace(head, **changes), *tail)})

    return changed


def whole(**changes: object) -> Callable[[Statement], Statement]:
    """The same statement with a part replaced whole."""
    return lambda statement: replace(statement, **changes)


def fact_says(text: str) -> Callable[[Statement], Statement]:
    """The same statement with another sentence for its first fact."""

    def changed(statement: Statement) -> Statement:
        ground = statement.grounds[0]
        facts = (replace(ground.facts[0], sentence=text), *ground.facts[1:])
        return first("grounds", facts=facts)(statement)

    return changed


def internal(**changes: object) -> Callable[[Statement], Statement]:
    """The same statement with another appeal."""

    def changed(statement: Statement) -> Statement:
        return within("redress", internal=replace(statement.redress.internal, **changes))(statement)

    return changed


def money(statement: Statement) -> MoneyAnswer:
    assert statement.money is not None
    return statement.money


def appealable_longer() -> Statement:
    return composed(decision(effect()), issue(appeal="2025-06-01"))


GONE = WayShown(available=False, name="", address="", sentence="")
ALREADY = instant("2024-08-30")
BROKEN: list[tuple[str, Callable[[], Statement], Callable[[Statement], Statement]]] = [
    ("MeasureBeginsNoEarlierThanItsStatement", appealable_longer, whole(issued_at=instant("2024-10-15"))),
    ("StatementNamesTheMeasure", restriction, within("measure", sentence="")),
    ("StatementNamesTheMeasure", restriction, within("measure", forms=())),
    ("StatementNamesTheMeasure", restriction, within("measure", capabilities=())),
    ("StatementNamesTheAccount", restriction, within("account", handle=" ")),
    ("StatementShowsEveryBox", legal_order, whole(boxes=())),
    ("StatementShowsEveryBox", restriction, first("boxes", topics=())),
    ("StatementShowsEveryBox", restriction, first("boxes", grounds=())),
    ("StatementShowsEveryBox", restriction, first("boxes", grounds=(7,))),
    ("StatementNamesTheTerritory", restriction, first("boxes", territories=())),
    ("StatementSaysHowLong", restriction, within("duration", ends_when="")),
    ("StatementSaysHowLong", restriction, within("duration", ends_at=ALREADY)),
    ("StatementSaysWhenItIsLookedAtAgain", restriction, within("duration", review_at=None)),
    ("StatementSaysWhenItIsLookedAtAgain", restriction, within("duration", review_at=ALREADY)),
    ("HoldSaysThatItEndsUnlessAPersonDecides", hold, within("measure", terms=())),
    ("HoldSaysThatItEndsUnlessAPersonDecides", hold, within("duration", ends_at=None)),
    ("StatementSaysWhatStaysPossible", restriction, within("possible", always=("appeal",))),
    ("StatementAnswersForTheMoney", restriction, whole(money=None)),
    ("StatementAnswersForTheMoney", restriction, within("money", stops=())),
    ("StatementAnswersForTheMoney", restriction, within("money", charged_until=instant("2024-10-30"))),
    (
        "StatementAnswersForTheMoney",
        restriction,
        within("money", invoices=(Invoice(number="1", amount=Money(minor=1, currency="EUR"), becomes=""),)),
    ),
    (
        "StatementAnswersForTheMoney",
        restriction,
        lambda s: within("money", balance=replace(money(s).balance, becomes=""))(s),
    ),
    ("ReconstructionIsMarked", reconstructed, whole(mark="")),
    ("EveryGroundHasAFact", restriction, whole(grounds=())),
    ("EveryGroundHasAFact", restriction, first("grounds", facts=())),
    ("EveryFactIsASentence", restriction, fact_says("")),
    ("EveryFactIsASentence", restriction, fact_says("PRODUCTS whose supply  to the public is forbidden.")),
    ("EveryFactRestsOnEvidence", legal_order, lambda s: replace(s, evidence=s.evidence[1:])),
    ("EvidenceShowsWhatItsHandlingAllows", restriction, first("evidence", digest="")),
    ("EvidenceShowsWhatItsHandlingAllows", restriction, first("evidence", title="")),
    ("EvidenceShowsWhatItsHandlingAllows", hold, first("evidence", url="https://witness.example")),
    ("EvidenceShowsWhatItsHandlingAllows", hold, first("evidence", withheld="")),
    ("OpenEvidenceIsQuoted", restriction, first("evidence", quotation="")),
    ("SealedEvidenceSaysOnWhatBasis", legal_order, lambda s: replace(s, evidence=(s.evidence[0], unsealed(s)))),
    ("StatementSaysWhatLedToIt", restriction, within("origin", sentence="")),
    ("StatementSaysWhyThisAccountIsReached", restriction, within("account", reached="")),
    ("StatementSaysWhatWasAutomated", restriction, within("automation", detection_sentence="")),
    ("StatementSaysWhatWasAutomated", restriction, within("automation", decision_sentence="")),
    ("StatementNamesTheLegalGround", legal_order, within("basis", legal="")),
    ("LegalReferenceCanBeLookedUp", legal_order, within("basis", legal="the sanctions law named elsewhere")),
    ("StatementNamesTheClause", restriction, within("clause", policy_version="")),
    ("StatementNamesTheClause", restriction, within("clause", title="")),
    ("StatementSaysWhetherTermsOrLaw", restriction, within("basis", sentence="")),
    ("StatementQuotesTheClauseWhole", restriction, within("clause", text="We do not run some ads.")),
    ("StatementQuotesTheClauseWhole", restriction, within("clause", digest="")),
    ("ClauseWasInForce", restriction, within("clause", in_force_from=instant("2024-12-01"))),
    ("StatementExplainsWhyTheFactsFallUnderTheClause", restriction, within("explanation", sentences=())),
    (
        "StatementExplainsWhyTheFactsFallUnderTheClause",
        restriction,
        within("explanation", sentences=("Products whose supply to the public is forbidden",)),
    ),
    ("StatementSaysWhatTheAdvertiserCanDo", restriction, within("remedy", yours_sentence="")),
    ("StatementSaysWhatTheAdvertiserCanDo", restriction, within("remedy", yours=("",))),
    (
        "StatementSaysWhatOnlyOthersCanChange",
        restriction,
        lambda s: within("remedy", others=(replace(s.remedy.others[0], sentence=""),))(s),
    ),
    ("StatementNamesTheInternalAppeal", restriction, internal(addresses=())),
    ("StatementNamesTheInternalAppeal", restriction, internal(sentence="")),
    ("AppealStaysOpenForSixMonths", restriction, internal(until=instant("2025-02-27"))),
    ("StatementNamesOutOfCourtSettlement", restriction, within("redress", out_of_court=GONE)),
    ("StatementNamesOutOfCourtSettlement", reconstructed, within("redress", out_of_court=GONE)),
    ("StatementNamesTheCourt", restriction, within("redress", court=GONE)),
    ("StatementLabelsLaterLaw", restriction, whole(duties=())),
    ("StatementLabelsLaterLaw", reconstructed, first("duties", label="")),
    ("StatementLabelsLaterLaw", restriction, first("duties", label="not in force then")),
]


def unsealed(statement: Statement) -> EvidenceStated:
    return replace(statement.evidence[1], sealed_on="")


def failing(statement: Statement, applies: Applies = ASKED) -> list[str]:
    return [failure.check for failure in check_complete(statement, applies=applies).failed]


@pytest.mark.parametrize("sample", [restriction, hold, legal_order, reconstructed])
def test_every_sample_is_complete(sample: Callable[[], Statement]) -> None:
    completeness = require_complete(sample(), applies=ASKED)
    assert not completeness.failed
    assert completeness.profile == "dsa-17"
    assert len(completeness.passed) + len(completeness.not_applicable) == len(CHECKS)


@pytest.mark.parametrize(("check", "sample", "without"), BROKEN)
def test_without_a_part_exactly_its_check_fails(
    check: str, sample: Callable[[], Statement], without: Callable[[Statement], Statement]
) -> None:
    assert failing(without(sample())) == [check]


def test_every_check_has_a_part_whose_absence_makes_it_fail() -> None:
    assert {check.name for check in CHECKS} == {name for name, _, _ in BROKEN}


def test_every_check_cites_an_article_and_says_what_mends_it() -> None:
    for check in CHECKS:
        assert check.fix
        assert check.judge.__doc__
        assert check.article.startswith(("DSA art. ", "house rule"))


def test_what_may_not_be_issued_is_refused_by_the_names_of_its_checks() -> None:
    broken = within("basis", sentence="")(within("origin", sentence="")(restriction()))
    with pytest.raises(IncompleteStatementError) as refused:
        require_complete(broken, applies=ASKED)
    assert refused.value.missing == ("StatementSaysWhatLedToIt", "StatementSaysWhetherTermsOrLaw")


def test_what_should_be_better_does_not_stand_against_issuing() -> None:
    completeness = require_complete(first("evidence", quotation="")(restriction()), applies=ASKED)
    assert [failure.severity for failure in completeness.failed] == [Severity.SHOULD]


def test_not_applicable_is_not_passed() -> None:
    completeness = check_complete(restriction(), applies=ASKED)
    skipped = {one.check: one.why for one in completeness.not_applicable}
    assert skipped["StatementNamesTheLegalGround"] == "the ground is the platform's own clause"
    assert not skipped.keys() & set(completeness.passed)


def test_a_profile_that_is_not_asked_passes_nothing() -> None:
    completeness = check_complete(restriction(), applies=Applies(exempt="an order under DSA art. 9"))
    assert completeness.passed == ()
    assert {one.why for one in completeness.not_applicable} == {"an order under DSA art. 9"}


def test_territory_is_not_asked_of_a_service_in_one_territory() -> None:
    assert failing(first("boxes", territories=())(restriction()), Applies(territorial=False)) == []


def test_a_platform_without_settlement_needs_its_ground() -> None:
    statement = composed(decision(effect()), issue(), platform=NOWHERE)
    assert failing(statement) == ["StatementNamesOutOfCourtSettlement"]
    completeness = check_complete(statement, applies=Applies(settlement=False))
    assert not completeness.failed
    assert {"StatementNamesOutOfCourtSettlement", "StatementNamesTheCourt"} <= {
        one.check for one in completeness.not_applicable
    }


def test_a_fact_named_in_the_words_of_the_clause_is_no_fact() -> None:
    statement = restriction()
    assert failing(fact_says(statement.clause.text)(statement)) == ["EveryFactIsASentence"]


@pytest.mark.parametrize("handling", [Handling.ABOUT_OTHERS, Handling.NOT_KEPT])
def test_evidence_shows_no_more_than_its_handling_allows(handling: Handling) -> None:
    pieces = (evidence("order-text", handling=handling), evidence("order-list"))
    statement = composed(decision(effect(), pieces=pieces), issue())
    assert failing(statement) == []
    assert failing(first("evidence", quotation="a name")(statement)) == ["EvidenceShowsWhatItsHandlingAllows"]


def test_a_measurement_has_no_words_to_quote() -> None:
    pieces = tuple(evidence(name, grade=Grade.MEASUREMENT) for name in ("order-text", "order-list"))
    completeness = check_complete(composed(decision(effect(), pieces=pieces), issue()), applies=ASKED)
    assert "OpenEvidenceIsQuoted" in {one.check for one in completeness.not_applicable}


def test_a_remedy_in_nobody_elses_hands_asks_for_nothing() -> None:
    yours = replace(effect(), remedy=effect().remedy[1:])
    completeness = check_complete(composed(decision(yours), issue()), applies=ASKED)
    assert "StatementSaysWhatOnlyOthersCanChange" in {one.check for one in completeness.not_applicable}


def test_a_basis_in_law_asks_for_the_law_instead_of_the_clause() -> None:
    law = BasisShown(kind=BasisKind.LAW, legal="Act 5, section 3", sentence="The ground is the law: Act 5, section 3.")
    completeness = check_complete(replace(restriction(), basis=law), applies=ASKED)
    assert "StatementNamesTheLegalGround" in completeness.passed
    assert "StatementNamesTheClause" not in completeness.passed


def test_a_forged_digest_is_seen() -> None:
    assert failing(within("clause", digest=Digest("sha256:" + "0" * 64))(restriction())) == [
        "StatementQuotesTheClauseWhole"
    ]


@pytest.mark.parametrize(
    ("start", "end"), [("2024-08-31", "2025-02-28"), ("2023-08-31", "2024-02-29"), ("2024-06-30", "2024-12-30")]
)
def test_six_months_end_on_the_same_day_or_the_last_of_a_shorter_month(start: str, end: str) -> None:
    assert months_after(instant(start), 6) == instant(end)


def test_the_reference_lists_every_check(root: Path) -> None:
    page = (root / "docs" / "reference" / "statement.md").read_text(encoding="utf-8")
    assert [check.name for check in CHECKS if f"`{check.name}`" not in page] == []
    assert [check.fix for check in CHECKS if check.fix not in page] == []


def test_the_reference_lists_every_part_of_a_statement(root: Path) -> None:
    page = (root / "docs" / "reference" / "statement.md").read_text(encoding="utf-8")
    assert [name for name in Statement.__struct_fields__ if f"`{name}`" not in page] == []
