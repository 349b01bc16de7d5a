"""The prose reading in each language of the catalogue: whole packs read by people, and the catalogues held complete."""

from __future__ import annotations

import ast
import string
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from goodstanding.bootstrap import languages, words
from goodstanding.clause.model import Cell, Why
from goodstanding.clause.parse import Conditions
from goodstanding.clause.prose import frames
from goodstanding.clause.prose.reading import say_cells, say_condition, say_missing, say_remedy
from goodstanding.clause.prose.words import ENGLISH, Words
from goodstanding.clause.translation import read_translation
from goodstanding.clause.tree import Condition
from goodstanding.clause.values import ABSENT, EntityRef, Value, ValueType
from goodstanding.clause.vocabulary import HANDS, ChangedBy, FactKind, Vocabulary
from goodstanding.clause.vocabulary_document import read_vocabulary
from goodstanding.errors import InputError
from goodstanding.kernel.grades import Grade
from goodstanding.policy import explained
from goodstanding.policy.document import read_policy
from goodstanding.policy.model import ClauseKind
from unit.clause.test_prose import SOURCES
from unit.clause.world import NOW, VOCABULARY, FactsIn, condition

SPOKEN = ("en", "de", "fr")
TWO_FORMS = frozenset(
    {"minus {x}, of a value", "it, as an object", "that one, as an object", "of {name}, before a vowel"}
)
VARIANTS = TWO_FORMS | {f"{one}, for a number" for one in frames.SAME}


def in_language(tag: str, root: Path) -> tuple[Words, Vocabulary]:
    """The words of a language, and the pack's vocabulary in it."""
    vocabulary = read_vocabulary(
        (root / "policies/vocabulary.yaml").read_text(encoding="utf-8"), file="vocabulary.yaml"
    )
    if tag == "en":
        return words(tag), vocabulary
    overlay = (root / f"policies/vocabulary.{tag}.yaml").read_text(encoding="utf-8")
    return words(tag), read_translation(overlay, file=f"vocabulary.{tag}.yaml", vocabulary=vocabulary)


def test_the_product_speaks_english_and_each_catalogue() -> None:
    assert set(languages()) == set(SPOKEN)
    with pytest.raises(InputError, match="no words in `tlh`"):
        words("tlh")


@pytest.mark.parametrize("tag", SPOKEN)
def test_the_whole_pack_is_said_in_each_language(tag: str, root: Path, golden: Callable[[str, str], None]) -> None:
    frame, vocabulary = in_language(tag, root)
    golden(f"clause/pack.{tag}.txt", "".join(pack_said(root, vocabulary, frame)))


def pack_said(root: Path, vocabulary: Vocabulary, frame: Words) -> Iterator[str]:
    """Every condition of the pack, then each fact with a value, not known, and with its remedy."""
    english = in_language("en", root)[1]
    for name in ("ads", "designation"):
        text = (root / "policies" / f"{name}.md").read_text(encoding="utf-8")
        policy = read_policy(text, file=f"{name}.md", vocabulary=english, conditions=Conditions(english))
        for clause in policy.clauses:
            yield f"\n{name}/{clause.id}\n"
            for key in ("when", "requires", "ends", "territory", "topics", "audience"):
                side = getattr(clause, key)
                if isinstance(side, Condition):
                    yield f"    {key}: {say_condition(side, vocabulary, words=frame)}\n"
    for kind in vocabulary.entities:
        for fact in kind.facts:
            cell = Cell(EntityRef(kind.name, "x"), fact.name)
            known = FactsIn({str(cell): sample(fact)})
            yield f"\n{kind.name}.{fact.name}\n"
            yield f"    {say_cells([cell], known, vocabulary, called, frame)[0]}\n"
            yield f"    {say_cells([cell], FactsIn({str(cell): ABSENT}), vocabulary, called, frame)[0]}\n"
            yield f"    {say_missing([cell], FactsIn({}, Why.GRADE), vocabulary, called, frame)[0]}\n"
            yield f"    {say_remedy([cell], vocabulary, called, frame)[0].text}\n"


def called(entity: EntityRef) -> str:
    """What a reader calls the things of this case."""
    names = {"owner": "Example Ltd", "account": "@example", "ad": "Kettle 7", "order": f"Directive {entity.id}"}
    return names.get(entity.kind, f"No. 3 ({entity.kind})")


def sample(fact: FactKind) -> Value:
    """A value of the fact's type."""
    if fact.type is ValueType.LIST:
        kind = {"topic": ("news", "health"), "territory": ("GB", "NO")}
        return kind.get(fact.of or "", (EntityRef(fact.of or "", "one"), EntityRef(fact.of or "", "two")))
    samples: dict[ValueType, Value] = {ValueType.BOOL: True, ValueType.INT: 1234, ValueType.STRING: "text"}
    return samples[fact.type]


@pytest.mark.parametrize("tag", ["de", "fr"])
def test_every_kind_of_condition_is_said_in_each_language(tag: str, golden: Callable[[str, str], None]) -> None:
    overlay = TRANSLATED[tag]
    vocabulary = read_translation(overlay, file="overlay.yaml", vocabulary=VOCABULARY)
    said = [
        f"{source}\n    {say_condition(condition(source, None), vocabulary, words=words(tag))}\n" for source in SOURCES
    ]
    golden(f"clause/sentences.{tag}.txt", "".join(said))


def test_values_are_written_as_each_language_writes_them() -> None:
    cell = Cell(EntityRef("account", "a"), "score")
    opened = Cell(EntityRef("account", "a"), "opened")
    facts = FactsIn({"account:a.score": 12345.5, "account:a.opened": NOW.replace(day=1, month=9)})
    translated = {tag: read_translation(TRANSLATED[tag], file="f", vocabulary=VOCABULARY) for tag in ("de", "fr")}
    assert say_cells([cell, opened], facts, VOCABULARY, lambda _: "@a") == (
        "The risk score of @a is 12,345.5",
        "The opening date of @a is 1 September 2024",
    )
    assert say_cells([cell, opened], facts, translated["de"], lambda _: "@a", words("de")) == (
        "Der Risikowert von @a: 12.345,5",
        "Das Eröffnungsdatum von @a: der 1. September 2024",
    )
    assert say_cells([cell, opened], facts, translated["fr"], lambda _: "Amorce", words("fr")) == (
        "Le score de risque d’Amorce\u00a0: 12\u202f345,5",
        "La date d’ouverture d’Amorce\u00a0: le 1er septembre 2024",
    )


def needed() -> set[str]:
    """Every frame that the product says, by its English form."""
    found = {*frames.SMALL, *frames.WHY, *explained.LABELS, *HANDS.values()}
    found |= {member.value for kind in (ClauseKind, Grade) for member in kind} | {"met", "not met", "undecided"}
    quantified = {whole for _, whole in frames.QUANTIFIED.values()}
    skipped = {"SMALL", "WHY", "QUANTIFIED"}
    tables = [value for name, value in vars(frames).items() if name.isupper() and name not in skipped]
    return found | quantified | {text for table in tables for text in flat(table)}


def flat(value: object) -> Iterator[str]:
    """The texts inside tables."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple):
        for one in value:
            yield from flat(one)
    elif isinstance(value, dict):
        yield from flat(tuple(value.values()))


def places(frame: str) -> set[str]:
    """The places of a frame."""
    return {name for _, name, _, _ in string.Formatter().parse(frame) if name is not None}


@pytest.mark.parametrize("tag", ["de", "fr"])
def test_a_catalogue_has_every_frame_with_its_places_and_no_other(tag: str, root: Path) -> None:
    with (root / "src/goodstanding/locales" / f"{tag}.po").open("rb") as file:
        catalogue = {str(one.id): str(one.string) for one in read_po(file) if one.id}
    assert needed() - catalogue.keys() == set()
    assert catalogue.keys() - needed() - VARIANTS == set()
    assert [english for english, said in catalogue.items() if not said] == []
    allowed = {"what", "x", "subject", "holds"}
    wrong = {
        english: said
        for english, said in catalogue.items()
        if places(said) - places(english) - allowed or (places(english) - {"bare", "subject", "name"}) - places(said)
    }
    assert wrong == {}


def test_every_frame_that_is_said_by_its_text_stands_in_a_table(root: Path) -> None:
    said = set()
    for path in sorted((root / "src/goodstanding").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            match node:
                case ast.Call(func=ast.Attribute(attr="say" | "frame" | "variant"), args=[ast.Constant(str(text)), *_]):
                    said.add(text)
    assert said - needed() == set()


def test_a_language_without_its_own_frame_says_it_in_english() -> None:
    assert Words(frames={}).say("“{text}”", text="a") == "“a”"
    assert ENGLISH.shares
    assert not words("de").shares


@pytest.mark.parametrize("tag", ["de", "fr"])
def test_every_remedy_that_the_vocabulary_lacks_says_who_could_change_it(tag: str) -> None:
    vocabulary = read_translation(TRANSLATED[tag], file="overlay.yaml", vocabulary=VOCABULARY)
    cells = [Cell(EntityRef("owner", "o"), "strikes"), Cell(EntityRef("account", "a"), "blocked")]
    steps = say_remedy(cells, vocabulary, lambda _: "X", words(tag))
    assert [step.changed_by for step in steps] == [ChangedBy.PLATFORM, ChangedBy.NOBODY]
    assert [step.text for step in steps] == {
        "de": [
            "nur die Plattform kann daran etwas ändern: X ist gesperrt",
            "niemand kann daran etwas ändern: die Zahl der Verwarnungen von X",
        ],
        "fr": [
            "seule la plateforme peut y changer quelque chose\u00a0: X est bloqué",
            "personne ne peut y changer quoi que ce soit\u00a0: le nombre d’avertissements de X",
        ],
    }[tag]


TRANSLATED = {
    "de": """
id: test-words
version: 1.10
language: de
capabilities: {advertise: Anzeigen schalten, post: Beiträge veröffentlichen}
topics: {antivirus: Antivirensoftware, training: Sicherheitsschulungen}
audiences: {minors: Personen unter 18 Jahren}
entities:
  account:
    label: das Konto
    of: des Kontos
    facts:
      balance: {label: "der überfällige Betrag {of}", remedy: bezahlen}
      score: {label: "der Risikowert {of}"}
      name: {label: "der Anzeigename {of}", remedy: umbenennen}
      verified: {holds: ist geprüft, holds_not: ist nicht geprüft, remedy: das Konto prüfen lassen}
      blocked: {holds: ist gesperrt, holds_not: ist nicht gesperrt}
      opened: {label: "das Eröffnungsdatum {of}"}
      idle: {label: "die Ruhezeit {of}"}
      countries: {label: "die belieferten Länder {of}"}
      owner: {label: "der Inhaber {of}"}
  owner:
    label: der Inhaber
    object: den Inhaber
    of: des Inhabers
    facts:
      orders: {label: "die Anordnungen gegen {object}"}
      strikes: {label: "die Zahl der Verwarnungen {of}"}
      name: {label: "der Name {of}"}
  ad:
    label: die Anzeige
    of: der Anzeige
    facts:
      topic: {label: "das Thema {of}", remedy: ändern}
  order:
    label: die Anordnung
    of: der Anordnung
    facts:
      in_force: {holds: ist in Kraft, holds_not: ist nicht in Kraft, remedy: die Anordnung zurücknehmen}
      forbids_supply: {holds: verbietet die Abgabe, holds_not: verbietet die Abgabe nicht}
      products: {label: "die betroffenen Produkte {of}"}
      since: {label: "das Ausstellungsdatum {of}"}
""",
    "fr": """
id: test-words
version: 1.10
language: fr
capabilities: {advertise: diffuser des annonces, post: publier}
topics: {antivirus: logiciels antivirus, training: formations à la sécurité}
audiences: {minors: personnes de moins de 18 ans}
entities:
  account:
    label: le compte
    of: du compte
    facts:
      balance: {label: "le solde en retard {of}", remedy: le payer}
      score: {label: "le score de risque {of}"}
      name: {label: "le nom affiché {of}", remedy: le changer}
      verified: {holds: est vérifié, holds_not: n’est pas vérifié, remedy: faire vérifier le compte}
      blocked: {holds: est bloqué, holds_not: n’est pas bloqué}
      opened: {label: "la date d’ouverture {of}"}
      idle: {label: "la durée d’inactivité {of}"}
      countries: {label: "les pays desservis par {entity}"}
      owner: {label: "le titulaire {of}"}
  owner:
    label: le titulaire
    of: du titulaire
    facts:
      orders: {label: "les ordonnances visant {object}"}
      strikes: {label: "le nombre d’avertissements {of}"}
      name: {label: "le nom {of}"}
  ad:
    label: l’annonce
    of: de l’annonce
    facts:
      topic: {label: "le thème {of}", remedy: le changer}
  order:
    label: l’ordonnance
    of: de l’ordonnance
    facts:
      in_force: {holds: est en vigueur, holds_not: n’est pas en vigueur, remedy: retirer l’ordonnance}
      forbids_supply: {holds: interdit la fourniture, holds_not: n’interdit pas la fourniture}
      products: {label: "les produits visés par {entity}"}
      since: {label: "la date d’émission {of}"}
""",
}
