"""The vocabulary document: YAML in, `Vocabulary` out, or every problem at once with its place.

The format, whole::

    id: ads-vocabulary                  # a slug
    version: 2024.1                     # any text
    language: en                        # of the labels

    capabilities:                       # slug: label; never one that has to stay possible always (P2)
      advertise: promote posts and run ads
    topics:                             # slug: label
      antivirus: antivirus software
    audiences:                          # slug: label; `{}` where there are none
      minors: people under 18

    entities:                           # `account`, `owner` and `ad` have to be there
      order:
        label: the order                # a noun phrase with its article
        facts:
          in_force:
            type: bool                  # bool int double string timestamp duration entity list
            label: whether it is in force
            holds: is in force          # booleans: two verb phrases, said after the entity's name
            holds_not: is not in force
            accepts: [directive, finding]   # the grades of evidence that can state it
            changed_by: authority       # advertiser authority platform nobody
            remedy: withdraw the order  # in the imperative; needed when the advertiser can change it
            effort: 20                  # from 1 to 1000, what that weighs against other changes; may be left out
          products:
            type: list
            of: topic                   # a type, `topic` `audience` `territory` `capability`, or an entity's name
            label: the products covered # a noun phrase with its article, said before "of the order"; one that
                                        # names its entity ("the products in the order") stands alone
            accepts: [directive]
            changed_by: authority
          issued_by:
            type: entity
            of: authority               # the name of an entity
            label: the authority behind it
            ...

Names of entities and facts are written `like_this`, ids of capabilities, topics and audiences `like-this`. A `string`
may say `of` too, when it is one topic, audience, territory or capability. Every scalar is text: `NO` is Norway.

It leaves to `evidence` which facts are known, and to `policy` which ones a clause names. Upholds P2 (what stays
possible) and P3 (each fact lists the grades that can state it).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

import yaml

from goodstanding.clause.marked_yaml import MarkedYaml, did_you_mean
from goodstanding.clause.values import ValueType
from goodstanding.clause.vocabulary import ChangedBy, EntityKind, FactKind, Named, Vocabulary
from goodstanding.errors import InputError, VocabularyError
from goodstanding.kernel.digests import digest_of_text
from goodstanding.kernel.grades import Grade
from goodstanding.kernel.ids import is_slug
from goodstanding.kernel.languages import language
from goodstanding.kernel.scope import ALWAYS_POSSIBLE

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

NEEDED = ("account", "owner", "ad")
"""The entities that every condition can speak of."""

DOMAINS = ("topic", "audience", "territory", "capability")
"""Closed sets of strings that a fact can range over."""

_TOP = ("id", "version", "language", "capabilities", "topics", "audiences", "entities")
_FACT = ("type", "of", "label", "holds", "holds_not", "accepts", "changed_by", "remedy", "effort")
_NAME = re.compile(r"[a-z][a-z0-9]*(?:_[a-z0-9]+)*")
_EFFORT = re.compile(r"[1-9][0-9]{0,2}|1000")
_ELEMENTS = tuple(t.value for t in ValueType if t not in {ValueType.ENTITY, ValueType.LIST, ValueType.ABSENT})
_RESERVED = frozenset(
    "as break const continue else false for function if import in let loop namespace null package return true var void "
    "while".split()
)
"""Words that CEL reserves."""

_TAKEN = _RESERVED | set(DOMAINS) | {t.value for t in ValueType} | set("now uint bytes map type dyn size has".split())
"""Words that can't name an entity, since they mean something else in a condition or after `of`."""


def read_vocabulary(text: str, *, file: str) -> Vocabulary:
    """Read a vocabulary document.

    Raises:
        VocabularyError: anything is wrong with it; every problem is listed with its place.
    """
    document = MarkedYaml(file)
    try:
        root = document.root(text)
        vocabulary = _vocabulary(document, root, text) if root else None
    except InputError as error:  # there are too many problems to go on
        raise VocabularyError(error.problems) from error
    if vocabulary is None or document.problems:
        raise VocabularyError(document.problems)
    return vocabulary


def _vocabulary(document: MarkedYaml, root: yaml.Node, text: str) -> Vocabulary:
    fields = document.fields(root, "a vocabulary", known=_TOP, required=_TOP)
    return Vocabulary(
        id=_slug(document, fields, "id"),
        version=document.text(fields["version"], "`version`") if "version" in fields else "",
        language=_language(document, fields.get("language")),
        digest=digest_of_text(text),
        entities=_entities(document, fields.get("entities")),
        capabilities=_capabilities(document, fields.get("capabilities")),
        topics=_named(document, fields.get("topics"), "topic"),
        audiences=_named(document, fields.get("audiences"), "audience"),
    )


def _slug(document: MarkedYaml, fields: Mapping[str, yaml.Node], key: str) -> str:
    node = fields.get(key)
    text = document.text(node, f"`{key}`") if node else ""
    if node and text and not is_slug(text):
        document.problem(node, f"`{text}` is not an id", "write lower case words joined by hyphens")
    return text


def _language(document: MarkedYaml, node: yaml.Node | None) -> str:
    text = document.text(node, "`language`") if node else ""
    if node and text:
        try:
            return language(text)
        except ValueError as error:
            document.problem(node, str(error))
    return text


def _named(document: MarkedYaml, node: yaml.Node | None, what: str) -> tuple[Named, ...]:
    """A mapping of ids to labels."""
    found = []
    for name, (key, value) in (document.entries(node, f"the list of every {what}") if node else {}).items():
        if not is_slug(name):
            document.problem(key, f"`{name}` is not an id", "write lower case words joined by hyphens")
        found.append(Named(id=name, label=document.text(value, f"the label of `{name}`")))
    return tuple(found)


def _capabilities(document: MarkedYaml, node: yaml.Node | None) -> tuple[Named, ...]:
    found = _named(document, node, "capability")
    for named in found:
        if node and named.id.replace("-", " ") in ALWAYS_POSSIBLE:
            document.problem(node, f"`{named.id}` stays possible always", "remove it: no restriction can touch it")
    return found


def _entities(document: MarkedYaml, node: yaml.Node | None) -> tuple[EntityKind, ...]:
    if node is None:
        return ()
    entries = document.entries(node, "the list of entities")
    for name in NEEDED:
        if name not in entries:
            document.problem(node, f"there is no entity `{name}`", f"add `{name}:` with its facts")
    return tuple(_entity(document, name, key, value, entries) for name, (key, value) in entries.items())


def _entity(
    document: MarkedYaml, name: str, key: yaml.Node, node: yaml.Node, kinds: Mapping[str, object]
) -> EntityKind:
    _check_name(document, name, key, "an entity", _TAKEN)
    fields = document.fields(node, f"the entity `{name}`", known=("label", "facts"), required=("label", "facts"))
    label = document.text(fields["label"], f"the label of `{name}`") if "label" in fields else ""
    facts = document.entries(fields["facts"], f"the list of facts of `{name}`") if "facts" in fields else {}
    return EntityKind(
        name=name,
        label=label,
        facts=tuple(_fact(document, f"{name}.{fact}", k, v, kinds) for fact, (k, v) in facts.items()),
    )


def _check_name(document: MarkedYaml, name: str, key: yaml.Node, what: str, taken: frozenset[str]) -> None:
    if not _NAME.fullmatch(name):
        document.problem(key, f"`{name}` is not a name for {what}", "write lower case words joined by underscores")
    elif name in taken:
        document.problem(key, f"`{name}` can't name {what}: it means something else in a condition", "choose another")


def _fact(document: MarkedYaml, path: str, key: yaml.Node, node: yaml.Node, kinds: Mapping[str, object]) -> FactKind:
    name = path.partition(".")[2]
    _check_name(document, name, key, "a fact", _RESERVED)
    what = f"the fact `{path}`"
    fields = document.fields(node, what, known=_FACT, required=("type", "label", "accepts", "changed_by"))
    words = {k: document.text(fields[k], f"`{k}` of `{path}`") if k in fields else "" for k in _FACT if k != "accepts"}
    kind = _type(document, words["type"], fields.get("type"))
    changed_by = _changed_by(document, words["changed_by"], fields.get("changed_by"))
    if kind is not None:
        allowed = {
            ValueType.ENTITY: tuple(kinds),
            ValueType.LIST: (*_ELEMENTS, *DOMAINS, *kinds),
            ValueType.STRING: DOMAINS,
        }.get(kind, ())
        document.lacking(node, what, fields, _REQUIRED.get(kind, ()))
        _check_of(document, fields.get("of"), words["of"], kind, allowed)
        _check_holds(document, kind, fields)
    if changed_by is ChangedBy.ADVERTISER:
        document.lacking(node, what, fields, ("remedy",))
    return FactKind(
        name=name,
        type=kind or ValueType.BOOL,
        label=words["label"],
        accepts=_accepts(document, path, fields.get("accepts")),
        changed_by=changed_by or ChangedBy.NOBODY,
        of=words["of"] or None,
        holds=words["holds"],
        holds_not=words["holds_not"],
        remedy=words["remedy"],
        effort=_effort(document, words["effort"], fields.get("effort")),
    )


def _effort(document: MarkedYaml, text: str, node: yaml.Node | None) -> int:
    """A weight; 0 where there is none."""
    if node is None or not text:
        return 0
    if _EFFORT.fullmatch(text) is None:
        document.problem(node, f"`{text}` is not an effort", "write a whole number from 1 to 1000")
        return 0
    return int(text)


def _changed_by(document: MarkedYaml, text: str, node: yaml.Node | None) -> ChangedBy | None:
    return document.choice(text, node, "one who changes facts", ChangedBy) if node else None


def _type(document: MarkedYaml, text: str, node: yaml.Node | None) -> ValueType | None:
    if node is None:
        return None
    if text == ValueType.ABSENT:
        document.problem(node, "`absent` is not a type: evidence records it about a fact of any type")
        return None
    return document.choice(text, node, "a type", ValueType)


def _check_of(
    document: MarkedYaml, of_node: yaml.Node | None, of: str, kind: ValueType, allowed: Sequence[str]
) -> None:
    """`of` names an entity, the element of a list or the closed set behind a string; other types have none."""
    if of_node is None:
        return
    if not allowed:
        document.problem(of_node, f"the type {kind} has no `of`", "remove it")
    elif of and of not in allowed:
        document.problem(of_node, f"`{of}` can't be the `of` of the type {kind}", did_you_mean(of, allowed))


def _check_holds(document: MarkedYaml, kind: ValueType, fields: Mapping[str, yaml.Node]) -> None:
    """Only booleans say how they read when true and when false."""
    for key in ("holds", "holds_not"):
        if kind is not ValueType.BOOL and key in fields:
            document.problem(fields[key], f"only a bool has `{key}`", "remove it")


_REQUIRED: Final[dict[ValueType, tuple[str, ...]]] = {
    ValueType.BOOL: ("holds", "holds_not"),
    ValueType.LIST: ("of",),
    ValueType.ENTITY: ("of",),
}
"""What a fact of a type has to say beyond what every fact says."""


def _accepts(document: MarkedYaml, path: str, node: yaml.Node | None) -> tuple[Grade, ...]:
    if node is None:
        return ()
    texts = document.texts(node, f"`accepts` of `{path}`")
    if isinstance(node, yaml.SequenceNode) and not texts:
        document.problem(node, f"`accepts` of `{path}` is empty", "name at least one grade")
    grades = [document.choice(text, item, "a grade of evidence", Grade) for text, item in texts]
    return tuple(grade for grade in grades if grade is not None)
