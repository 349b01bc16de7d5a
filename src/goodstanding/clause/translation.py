"""A vocabulary's words in another language: an overlay document in, the same `Vocabulary` in that language out.

The overlay repeats no type, grade or name; it gives words to every one that the vocabulary has, and to no other::

    id: advertising             # of the vocabulary that it translates, with its version
    version: "1"
    language: de
    capabilities:               # id: words, for all; `topics` and `audiences` likewise
      advertise: Beiträge bewerben und Anzeigen schalten
    entities:
      order:
        label: die Anordnung    # the noun phrase as a subject
        object: die Anordnung   # as an object; `label` where it is left out
        of: der Anordnung       # where something belongs to it
        facts:
          in_force:             # a bool: two verb phrases, said after the entity's name
            holds: ist in Kraft
            holds_not: ist nicht in Kraft
            remedy: hebe die Anordnung auf      # where the vocabulary has one
          products:             # any other fact: a noun phrase with a place for the entity, `{entity}`, `{object}` or
            label: die Produkte {of}            # `{of}`

Verb phrases are said in main clauses only, so that no language has to move its verb. The digest stays that of the
vocabulary: what a decision rests on does not change with the language in which it is told (P11).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import msgspec

from goodstanding.clause.marked_yaml import MarkedYaml
from goodstanding.clause.values import ValueType
from goodstanding.clause.vocabulary import Named
from goodstanding.errors import InputError, VocabularyError
from goodstanding.kernel.languages import language

if TYPE_CHECKING:
    from collections.abc import Mapping

    import yaml

    from goodstanding.clause.vocabulary import EntityKind, FactKind, Vocabulary

_TOP = ("id", "version", "language", "capabilities", "topics", "audiences", "entities")
_PLACE = re.compile(r"\{[^{}]*\}|[{}]")
_PLACES = ("{entity}", "{object}", "{of}")


def read_translation(text: str, *, file: str, vocabulary: Vocabulary) -> Vocabulary:
    """Read an overlay, and give the vocabulary in its language.

    Raises:
        VocabularyError: anything is wrong with it, or is left untranslated; every problem is listed with its place.
    """
    document = MarkedYaml(file)
    try:
        root = document.root(text)
        translated = _translated(document, root, vocabulary) if root else vocabulary
    except InputError as error:  # there are too many problems to go on
        raise VocabularyError(error.problems) from error
    if document.problems:
        raise VocabularyError(document.problems)
    return translated


def _translated(document: MarkedYaml, root: yaml.Node, vocabulary: Vocabulary) -> Vocabulary:
    fields = document.fields(root, "a translation", known=_TOP, required=_TOP)
    for key, wanted in (("id", vocabulary.id), ("version", vocabulary.version)):
        if key in fields and document.text(fields[key], f"`{key}`") not in {wanted, ""}:
            document.problem(fields[key], f"the vocabulary's {key} is `{wanted}`", "translate that one")
    kinds = {kind.name: kind for kind in vocabulary.entities}
    return msgspec.structs.replace(
        vocabulary,
        language=_language(document, fields.get("language")),
        capabilities=_named(document, fields.get("capabilities"), vocabulary.capabilities, "capability"),
        topics=_named(document, fields.get("topics"), vocabulary.topics, "topic"),
        audiences=_named(document, fields.get("audiences"), vocabulary.audiences, "audience"),
        entities=tuple(
            _entity(document, node, kinds[name])
            for name, node in _whole(document, fields.get("entities"), "the list of entities", kinds).items()
        ),
    )


def _language(document: MarkedYaml, node: yaml.Node | None) -> str:
    if node is None:
        return ""
    text = document.text(node, "`language`")
    try:
        return language(text) if text else ""
    except ValueError as error:
        document.problem(node, str(error))
        return ""


def _whole(
    document: MarkedYaml, node: yaml.Node | None, what: str, wanted: Mapping[str, object]
) -> dict[str, yaml.Node]:
    """The values of a mapping that has exactly the wanted keys, in the wanted order."""
    if node is None:
        return {}
    found = document.fields(node, what, known=tuple(wanted), required=tuple(wanted))
    return {name: found[name] for name in wanted if name in found}


def _named(document: MarkedYaml, node: yaml.Node | None, wanted: tuple[Named, ...], what: str) -> tuple[Named, ...]:
    found = _whole(document, node, f"the list of every {what}", {named.id: named for named in wanted})
    return tuple(Named(id=name, label=document.text(one, f"the words of `{name}`")) for name, one in found.items())


def _entity(document: MarkedYaml, node: yaml.Node, kind: EntityKind) -> EntityKind:
    what = f"the entity `{kind.name}`"
    fields = document.fields(node, what, known=("label", "object", "of", "facts"), required=("label", "of", "facts"))
    texts = {
        key: document.text(fields[key], f"`{key}` of {what}") for key in ("label", "object", "of") if key in fields
    }
    facts = {fact.name: fact for fact in kind.facts}
    inner = _whole(document, fields.get("facts"), f"the list of facts of `{kind.name}`", facts)
    return msgspec.structs.replace(
        kind, facts=tuple(_fact(document, one, kind.name, facts[name]) for name, one in inner.items()), **texts
    )


def _fact(document: MarkedYaml, node: yaml.Node, of: str, fact: FactKind) -> FactKind:
    is_bool = fact.type is ValueType.BOOL
    wanted = (*(("holds", "holds_not") if is_bool else ("label",)), *(("remedy",) if fact.remedy else ()))
    known = (*wanted, "label") if is_bool else wanted
    what = f"the fact `{of}.{fact.name}`"
    fields = document.fields(node, what, known=known, required=wanted)
    texts = {key: document.text(one, f"`{key}` of {what}") for key, one in fields.items()}
    for key, one in fields.items():
        _check_places(document, one, texts[key], needed=key == "label" and not is_bool)
    return msgspec.structs.replace(fact, **({} if is_bool else {"label": fact.label}) | texts)


def _check_places(document: MarkedYaml, node: yaml.Node, text: str, *, needed: bool) -> None:
    """Only a label has places, and it has one, so that the sentence says whose fact it is."""
    places = set(_PLACE.findall(text))
    if needed and not places and text:
        document.problem(
            node, "the words have no place for the entity", "write `{of}`, `{object}` or `{entity}` in them"
        )
    for place in sorted(places - set(_PLACES if needed else ())):
        hint = "the places are `{of}`, `{object}` and `{entity}`" if needed else "write the words without braces"
        document.problem(node, f"`{place}` is no place here", hint)
