from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from goodstanding.app.case_file import read_case_file
from goodstanding.app.case_file_material import CaseMaterial
from goodstanding.clause.model import Cell
from goodstanding.clause.values import ABSENT, EntityRef, ValueType
from goodstanding.clause.vocabulary import ChangedBy, EntityKind, FactKind, Named, Vocabulary
from goodstanding.clause.vocabulary_document import read_vocabulary
from goodstanding.errors import ImportFileError
from goodstanding.evidence.model import Resolution
from goodstanding.evidence.rules import check
from goodstanding.kernel.digests import digest_of_text
from goodstanding.kernel.extents import ALL, Extent
from goodstanding.kernel.grades import Grade, Handling
from goodstanding.kernel.ids import FactId, PersonId
from goodstanding.owners.model import Basis
from goodstanding.reasons.notices.check import check_notice


def fact(name: str, kind: ValueType, of: str | None = None) -> FactKind:
    return FactKind(
        name=name,
        type=kind,
        of=of,
        label=name,
        accepts=tuple(Grade),
        changed_by=ChangedBy.NOBODY,
        holds="",
        holds_not="",
    )


OWNER_FACTS = (
    fact("orders", ValueType.LIST, "order"),
    fact("scores", ValueType.LIST, "int"),
    fact("places", ValueType.LIST, "territory"),
    fact("verified", ValueType.BOOL),
    fact("count", ValueType.INT),
    fact("share", ValueType.DOUBLE),
    fact("motto", ValueType.STRING),
    fact("trade", ValueType.STRING, "topic"),
    fact("since", ValueType.TIMESTAMP),
    fact("grace", ValueType.DURATION),
    fact("parent", ValueType.ENTITY, "owner"),
)
VOCABULARY = Vocabulary(
    id="test",
    version="1",
    language="en",
    digest=digest_of_text("test"),
    entities=(
        EntityKind(name="owner", label="the owner", facts=OWNER_FACTS),
        EntityKind(name="account", label="the account", facts=(fact("hijacked", ValueType.BOOL),)),
        EntityKind(name="ad", label="the ad", facts=(fact("untrue", ValueType.BOOL),)),
        EntityKind(name="order", label="the order", facts=(fact("in_force", ValueType.BOOL),)),
    ),
    capabilities=(Named(id="advertise", label="advertise"),),
    topics=(Named(id="news", label="news"),),
    audiences=(Named(id="minors", label="minors"),),
)

WHOLE = """\
case:
  id: C99
  title: A title
  summary: A summary
  owner: maker
  real: {measure: off, when: 2018, stated_reason: none, notice: ours, lacked: [clause, facts], sources: [https://a.example]}
as_of: [2018-01-31, 2018-04-20]
owners:
  - {key: maker, name: Maker, seat: NO, zone: Europe/Oslo}
  - {key: sister, name: Sister, seat: SE, language: sv, contact_known: false}
accounts:
  - key: main
    handle: "@main"
    owner: maker
    basis: verified domain
    confirmed_by: ines
    confirmed_at: 2016-05-02
controls:
  - {owner: maker, controls: sister, evidence: paper, known_from: 2017-01-01}
ads:
  - {key: banner, account: main, title: A banner, topics: [news]}
evidence:
  - id: paper
    source: {title: Paper, publisher: Office, url: https://a.example}
    grade: directive
    covers: {binds: offices, territories: [NO, SE], topics: all, affiliates: true}
    valid: {from: 2017-01-01, until: 2019-01-01}
    known_from: 2017-02-01
    retrieved_at: 2017-03-01
    kept: The office says it plainly.
    quotation: says it
    facts:
      - about: owner:maker
        says:
          orders: ["order:one"]
          scores: [1, 2]
          places: [NO]
          verified: true
          count: -7
          share: 0.5
          motto: no
          trade: news
          since: 2017-05-01
          grace: 30d
          parent: owner:sister
      - about: account:main
        says: {hijacked: absent}
      - about: ad:banner
        says: {untrue: false}
      - about: order:one
        says: {in_force: true}
  - id: guess
    source: {title: Guess, publisher: Platform}
    grade: estimate
    handling: not kept
    digest: sha256:0000000000000000000000000000000000000000000000000000000000000000
    covers: {binds: nobody, territories: all, topics: [news]}
    known_from: 2017-02-01
    retrieved_at: 2017-03-01
    estimate: {model: m, version: "1", threshold: "0.9", precision: "0.7", measured_at: 2017-01-01}
money:
  main:
    stops: [{what: all ads, at: 2018-01-31}]
    charged_until: 2018-01-31
    balance: {amount: NOK 1.50, becomes: paid back}
    credits: {amount: NOK -0.25, becomes: written off}
    invoices: [{number: "7", amount: NOK 2.00, becomes: stays due}]
"""


@pytest.fixture
def whole() -> CaseMaterial:
    return read_case_file(WHOLE, file="case.yaml", vocabulary=VOCABULARY)


def values(material: CaseMaterial) -> dict[str, object]:
    return {str(fact.cell): fact.says for fact in material.dossier.facts}


def problems(text: str) -> list[str]:
    with pytest.raises(ImportFileError) as refused:
        read_case_file(text, file="case.yaml", vocabulary=VOCABULARY)
    return [str(problem) for problem in refused.value.problems]


def changed(old: str, new: str) -> list[str]:
    assert old in WHOLE
    return problems(WHOLE.replace(old, new, 1))


def test_a_whole_file_becomes_records(whole: CaseMaterial) -> None:
    maker, sister = whole.owners
    assert (maker.name, maker.seat, maker.language, maker.zone, maker.contact_known) == (
        "Maker",
        "NO",
        "en",
        "Europe/Oslo",
        True,
    )
    assert (sister.language, sister.zone, sister.contact_known) == ("sv", "UTC", False)
    assert whole.links[0].basis is Basis.DOMAIN
    assert whole.links[0].confirmed_at == datetime(2016, 5, 2, tzinfo=UTC)
    assert whole.controls[0].controls == "sister"
    assert whole.ads[0].topics == ("news",)
    assert whole.ads[0].ad.account == "main"
    assert [at.year for at in whole.as_of] == [2018, 2018]
    assert whole.holdings.accounts == whole.accounts
    assert whole.case is not None
    assert whole.case.real.lacked == ("clause", "facts")
    assert whole.case.real.known


def test_values_get_their_type_from_the_vocabulary(whole: CaseMaterial) -> None:
    assert values(whole) == {
        "owner:maker.orders": (EntityRef("order", "one"),),
        "owner:maker.scores": (1, 2),
        "owner:maker.places": ("NO",),
        "owner:maker.verified": True,
        "owner:maker.count": -7,
        "owner:maker.share": 0.5,
        "owner:maker.motto": "no",
        "owner:maker.trade": "news",
        "owner:maker.since": datetime(2017, 5, 1, tzinfo=UTC),
        "owner:maker.grace": timedelta(days=30),
        "owner:maker.parent": EntityRef("owner", "sister"),
        "account:main.hijacked": ABSENT,
        "ad:banner.untrue": False,
        "order:one.in_force": True,
    }


def test_a_fact_is_named_by_its_evidence_and_its_cell(whole: CaseMaterial) -> None:
    assert whole.dossier.facts[0].id == "paper/owner:maker.orders"


def test_position_and_digest_of_a_quotation_are_computed(whole: CaseMaterial) -> None:
    paper, guess = whole.dossier.evidence
    assert paper.quotation is not None
    assert (paper.quotation.start, paper.quotation.end) == (11, 18)
    assert paper.digest == digest_of_text(paper.kept)
    assert paper.covers.territories == Extent.of(["NO", "SE"])
    assert paper.covers.topics == ALL
    assert (guess.handling, guess.kept, guess.quotation) == (Handling.NOT_KEPT, "", None)
    assert guess.estimate is not None


def test_what_was_read_passes_the_check_of_evidence(whole: CaseMaterial) -> None:
    check(whole.dossier, VOCABULARY)


def test_money_answers_stand_under_their_account(whole: CaseMaterial) -> None:
    (answer,) = whole.money.values()
    assert [str(answer.balance.amount), str(answer.credits.amount)] == ["NOK 1.50", "NOK -0.25"]
    assert answer.invoices[0].number == "7"
    assert answer.stops[0].what == "all ads"


def test_an_empty_list_of_everything_is_a_case_file() -> None:
    material = read_case_file("owners: []", file="case.yaml", vocabulary=VOCABULARY)
    assert material == CaseMaterial()


def test_evidence_alone_may_speak_of_what_is_known_already() -> None:
    text = re.sub(r"(?s)^.*?(?=evidence:\n)", "", WHOLE).partition("money:")[0]
    known = [EntityRef("owner", "maker"), EntityRef("owner", "sister"), EntityRef("account", "main")]
    material = read_case_file(text, file="case.yaml", vocabulary=VOCABULARY, known=[*known, EntityRef("ad", "banner")])
    assert len(material.dossier.facts) == 14


def test_renaming_reaches_every_record_cell_value_and_fact_id(whole: CaseMaterial) -> None:
    new = {ref: EntityRef(ref.kind, f"{ref.kind}-{n}") for n, ref in enumerate(whole.refs)}
    renamed = whole.renamed(new)
    text = re.sub(r"name='[^']*'|title='[^']*'|handle='[^']*'", "", repr(renamed))
    assert [key for key in ("maker", "sister", "'main'", ":main", "'banner'", ":banner") if key in text] == []
    assert values(renamed)["owner:owner-0.parent"] == EntityRef("owner", "owner-1")
    assert renamed.dossier.facts[0].id == "paper/owner:owner-0.orders"
    assert renamed.renamed({value: key for key, value in new.items()}) == whole


def test_renaming_reaches_resolutions(whole: CaseMaterial) -> None:
    one = Resolution(
        cell=Cell(EntityRef("owner", "maker"), "verified"),
        kept=FactId("paper/owner:maker.verified"),
        against=(FactId("paper/owner:maker.count"),),
        by=PersonId("ines"),
        at=datetime(2018, 1, 1, tzinfo=UTC),
        reason="because",
    )
    dossier = type(whole.dossier)(facts=whole.dossier.facts, resolutions=(one,))
    material = CaseMaterial(dossier=dossier).renamed({EntityRef("owner", "maker"): EntityRef("owner", "x")})
    (renamed,) = material.dossier.resolutions
    assert str(renamed.cell) == "owner:x.verified"
    assert (renamed.kept, renamed.against) == ("paper/owner:x.verified", ("paper/owner:x.count",))
    assert material.case is None


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("seat: NO", "seat: XX", "case.yaml:9:37: `XX` is not an ISO 3166-1 alpha-2 code"),
        (
            "language: sv",
            "language: SV",
            "case.yaml:10:53: `SV` is not a language tag (write one such as `en` or `pt-BR`)",
        ),
        ("key: sister", "key: maker", "the owner `maker` is there twice"),
        ("key: maker", "key: The Maker", "`The Maker` is not an id (write lower case words joined by hyphens)"),
        ("    owner: maker\n", "    owner: makr\n", "`makr` is not a key of an owner (did you mean `maker`?)"),
        ("basis: verified domain", "basis: rumour", "`rumour` is not the basis of a link"),
        ("confirmed_at: 2016-05-02", "confirmed_at: May", "`May` is not a time"),
        ("contact_known: false", "contact_known: perhaps", "`perhaps` is neither true nor false"),
        ("evidence: paper", "evidence: papr", "`papr` is not a piece of evidence here (did you mean `paper`?)"),
        ("topics: [news]}", "topics: [newz]}", "`newz` is not a topic (did you mean `news`?)"),
        ("topics: [news]}", "topics: news}", "the list of every topic is not a list"),
        ("territories: [NO, SE]", "territories: [NO, XX]", "`XX` is not a territory (write its ISO 3166-1 code)"),
        (
            "territories: [NO, SE]",
            "territories: NO",
            "this is no list of every territory (write `all` or `[one, two]`)",
        ),
        (
            "lacked: [clause, facts]",
            "lacked: [claus]",
            "`claus` is not an element of a notice (did you mean `clause`?)",
        ),
        ("as_of: [2018-01-31", "as_of: [2018-13-31", "`2018-13-31` is not a time"),
        ("grade: directive", "grade: gossip", "`gossip` is not a grade of evidence"),
        ("quotation: says it", "quotation: said it", "the quotation does not stand in `kept` (copy it from there"),
        (
            "until: 2019-01-01",
            "until: 2016-01-01",
            "`valid` of a piece of evidence ends before it begins (swap the two)",
        ),
        ("    kept: The office says it plainly.\n", "", "nothing is kept (add `kept:`"),
        (
            "    digest: sha256:0",
            "    digest: sha256:z",
            "evidence that is not kept needs a digest (write `digest: sha256:…`)",
        ),
        ("    grade: directive", "    digest: sha256:1\n    grade: directive", "this is not the digest of `kept`"),
        ("    grade: estimate", "    grade: report", "an estimate, and only an estimate, says what made it"),
        ('precision: "0.7"', 'precision: "1.7"', "`1.7` is not between 0 and 1 (write a share such as `0.93`)"),
        ('threshold: "0.9"', "threshold: high", "`high` is not a finite number (write one such as `1.5`)"),
        ("id: guess", "id: paper", "`paper` is there twice (give each piece its own id)"),
        ("about: owner:maker", "about: owner:makr", "there is no `owner:makr` (did you mean `owner:maker`?)"),
        ("about: owner:maker", "about: maker", "`maker` is not `kind:id`"),
        ("about: order:one", "about: ordr:one", "the vocabulary has no `ordr` (did you mean `order`?)"),
        ("about: order:one", "about: order:One", "`One` is not an id"),
        ("count: -7", "cont: -7", "the vocabulary has no `owner.cont` (did you mean `count`?)"),
        ("count: -7", "count: seven", "`seven` is not a whole number of at most 64 bits (write digits alone)"),
        ("count: -7", "count: 9223372036854775808", "is not a whole number of at most 64 bits"),
        ("share: 0.5", "share: .nan", "`.nan` is not a finite number"),
        ("share: 0.5", "share: inf", "`inf` is not a finite number"),
        ("motto: no", "motto: ''", "`motto` is empty"),
        ("trade: news", "trade: nws", "`nws` is not a topic (did you mean `news`?)"),
        ("places: [NO]", "places: [XX]", "`XX` is not a territory"),
        ("scores: [1, 2]", "scores: [1, two]", "`two` is not a whole number"),
        (
            "parent: owner:sister",
            "parent: order:one",
            "`order:one` is not of the kind `owner` (name one as `owner:id`)",
        ),
        ("grace: 30d", "grace: 30", "`30` is not a length of time (write hours (`24h`) or days (`30d`))"),
        ("  main:\n", "  mian:\n", "`mian` is not a key of an account (did you mean `main`?)"),
        ("NOK 1.50", "1.50 NOK", "`1.50 NOK` is not an amount (write the currency and two decimals: `EUR 12.50`)"),
        ("seat: NO", "sat: NO", "an owner has no `sat` (did you mean `seat`?)"),
    ],
)
def test_each_problem_is_named_with_its_place_and_a_way_out(old: str, new: str, said: str) -> None:
    found = changed(old, new)
    assert any(said in problem for problem in found), found
    assert all(problem.startswith("case.yaml:") for problem in found)


def test_all_problems_are_told_at_once_in_the_order_of_the_file() -> None:
    found = problems(WHOLE.replace("seat: NO", "seat: XX").replace("count: -7", "count: x").replace("NOK 2.00", "two"))
    assert [problem.split(":")[1] for problem in found] == sorted((p.split(":")[1] for p in found), key=int)
    assert len(found) == 3


@pytest.mark.parametrize(
    "lost",
    [
        "  real: {measure: off, when: 2018, stated_reason: none, notice: ours, lacked: [clause, facts], sources: [https://a.example]}\n",
        "    source: {title: Guess, publisher: Platform}\n",
        "    covers: {binds: nobody, territories: all, topics: [news]}\n",
        "    grade: estimate\n",
        "    balance: {amount: NOK 1.50, becomes: paid back}\n",
        "    basis: verified domain\n",
        "    confirmed_at: 2016-05-02\n",
        "    known_from: 2017-02-01\n",
    ],
)
def test_a_lost_line_is_missed_by_name(lost: str) -> None:
    key = lost.partition(":")[0].strip()
    assert any(f"lacks `{key}`" in problem for problem in changed(lost, ""))


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("amount: NOK 1.50, ", "", "lacks `amount`"),
        ("amount: NOK 1.50", "amount: ''", "`amount` is empty"),
        (", topics: [news]}\nevidence", "}\nevidence", "lacks `topics`"),
        (", lacked: [clause, facts]", "", "lacks `lacked`"),
        ("      - about: order:one\n", "      - abut: order:one\n", "lacks `about`"),
        ("about: order:one", "about: ''", "is empty"),
        ('handle: "@main"', "handle: ''", "`handle` of an account is empty"),
        ('threshold: "0.9"', "threshold: ''", "is empty"),
        ("controls:\n  -", "controls:\n  x:", "is not a list"),
    ],
)
def test_a_lost_part_is_missed(old: str, new: str, said: str) -> None:
    assert any(said in problem for problem in changed(old, new))


def test_a_handle_or_a_cell_that_stands_twice_is_a_problem() -> None:
    again = WHOLE[WHOLE.index("  - key: main") : WHOLE.index("controls:")].replace("key: main", "key: other")
    assert any("the handle `@main` is there twice" in one for one in changed("controls:\n", again + "controls:\n"))
    twice = "      - about: order:one\n        says: {in_force: false}\n      - about: order:one\n"
    assert any("`order:one.in_force` is said twice" in one for one in changed("      - about: order:one\n", twice))


def test_a_part_repeated_by_an_alias_is_told_once() -> None:
    text = WHOLE.replace("  main:\n", "  main: &a\n").replace("NOK 1.50", "x").replace("- key: main", "- key: main")
    found = problems(text + "  other: *a\n")
    assert sum("`x` is not an amount" in problem for problem in found) == 1


@pytest.mark.parametrize("text", ["", "[1, 2]", "owners: [", "owners: {a: 1}"])
def test_what_is_no_case_file_is_refused(text: str) -> None:
    assert problems(text)


def test_half_a_character_is_refused() -> None:
    assert any("invalid Unicode" in one for one in changed("name: Maker", 'name: "Mak\\ud800er"'))


CASES = Path(__file__).parents[3] / "src" / "goodstanding" / "cli" / "demo" / "cases"
CONTRASTS = Path(__file__).parents[2] / "conformance" / "cases"
POLICIES = Path(__file__).parents[3] / "policies"
FILES = sorted([*CASES.glob("c??.yaml"), *CONTRASTS.glob("*.yaml")])


@pytest.fixture(scope="module")
def real() -> Vocabulary:
    return read_vocabulary((POLICIES / "vocabulary.yaml").read_text(encoding="utf-8"), file="vocabulary.yaml")


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_each_case_that_ships_is_read_and_checked(path: Path, real: Vocabulary) -> None:
    material = read_case_file(path.read_text(encoding="utf-8"), file=path.name, vocabulary=real)
    assert material.case is not None
    assert material.as_of
    check(material.dossier, real)


def eights(text: str) -> set[tuple[str, ...]]:
    """Every eight words that stand side by side."""
    words = re.findall(r"[a-z0-9]+", text.lower())
    return {tuple(words[at : at + 8]) for at in range(len(words) - 7)}


def test_no_eight_words_of_the_article_ship_in_a_row_but_for_the_quotation(shared: Path) -> None:
    article = eights((shared / "data" / "cases" / "article_2018-04.txt").read_text(encoding="utf-8"))
    quoted = eights("ties between certain Kaspersky officials and Russian intelligence")
    for path in CASES.glob("*.yaml"):
        assert eights(path.read_text(encoding="utf-8")) & article <= quoted, path.name


def test_what_the_notice_of_2018_lacked_is_what_the_check_says(shared: Path, real: Vocabulary) -> None:
    article = (shared / "data" / "cases" / "article_2018-04.txt").read_text(encoding="utf-8")
    start, end = article.index("At Twitter we believe"), article.index('Twitter Rules."')
    material = read_case_file((CASES / "c01.yaml").read_text(encoding="utf-8"), file="c01.yaml", vocabulary=real)
    assert material.case is not None
    assert material.case.real.lacked == tuple(check_notice(article[start:end] + "Twitter Rules.").missing)
