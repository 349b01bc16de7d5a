"""The evidence of a case file, and the facts that rest on it.

Values are plain YAML and get their type from the vocabulary; `absent` says that evidence records that there is none.
Position and digest of a quotation are computed, so that nobody has to count characters.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import yaml

from goodstanding.app.case_file_material import fact_id, typed
from goodstanding.app.case_file_parts import SLUG_HINT, Part, check_name, names_of, read_flag, read_names, read_with
from goodstanding.clause.marked_yaml import did_you_mean
from goodstanding.clause.model import Cell
from goodstanding.clause.values import ABSENT, EntityRef, Value, ValueType
from goodstanding.clause.vocabulary_document import DOMAINS
from goodstanding.evidence.model import Coverage, Dossier, Estimate, Evidence, Fact, Quotation, Source
from goodstanding.kernel.digests import Digest, digest_of_text, is_digest
from goodstanding.kernel.grades import Grade, Handling
from goodstanding.kernel.ids import EvidenceId, is_slug
from goodstanding.kernel.instants import instant, length

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Mapping

    from goodstanding.clause.marked_yaml import MarkedYaml
    from goodstanding.clause.vocabulary import FactKind, Vocabulary

NAMED_BY_FILE = ("owner", "account", "ad")
"""The kinds whose entities the file itself names; a ref to another one of these kinds is a slip of the pen."""

_REQUIRED = ("id", "source", "grade", "covers", "known_from", "retrieved_at")
_OPTIONAL = ("handling", "valid", "kept", "digest", "quotation", "estimate", "facts")


class EvidenceReader:
    """Reads the list under `evidence`; `known` are the owners, accounts and ads that facts may speak of."""

    def __init__(self, document: MarkedYaml, vocabulary: Vocabulary, known: Collection[EntityRef]) -> None:
        self._document = document
        self._vocabulary = vocabulary
        self._known = known

    def dossier(self, nodes: Iterator[yaml.Node]) -> Dossier:
        """Every piece of evidence with its facts; an id that stands twice is a problem."""
        evidence: dict[EvidenceId, Evidence] = {}
        facts: list[Fact] = []
        for node in nodes:
            part = Part(self._document, node, "a piece of evidence", required=_REQUIRED, optional=_OPTIONAL)
            piece = self._piece(part)
            if piece.id in evidence:
                self._document.problem(part.fields["id"], f"`{piece.id}` is there twice", "give each piece its own id")
            evidence[piece.id] = piece
            facts.extend(self._facts(part, piece.id))
        return Dossier(evidence=tuple(evidence.values()), facts=tuple(facts))

    def _piece(self, part: Part) -> Evidence:
        grade = part.choice("grade", "a grade of evidence", Grade, Grade.ALLEGATION)
        handling = part.choice("handling", "a way of handling", Handling, Handling.OPEN)
        kept = part.text("kept")
        return Evidence(
            id=EvidenceId(part.slug("id")),
            source=_source(part),
            grade=grade,
            covers=self._coverage(part),
            known_from=part.at("known_from"),
            retrieved_at=part.at("retrieved_at"),
            digest=_digest(part, kept, handling),
            handling=handling,
            kept=kept,
            quotation=_quotation(part, kept),
            valid=part.period("valid"),
            estimate=_estimate(part, grade),
        )

    def _coverage(self, piece: Part) -> Coverage:
        """What a piece of evidence covers; territories and topics have to be said, be it as `all`."""
        if "covers" not in piece.fields:
            return Coverage(binds="")
        part = Part(
            self._document,
            piece.fields["covers"],
            "`covers`",
            required=("binds", "territories", "topics"),
            optional=("affiliates",),
        )
        return Coverage(
            binds=part.text("binds"),
            territories=part.extent("territories", "territory", names_of(self._vocabulary, "territory")),
            topics=part.extent("topics", "topic", names_of(self._vocabulary, "topic")),
            affiliates=part.flag("affiliates", default=False),
        )

    def _facts(self, piece: Part, evidence: EvidenceId) -> Iterator[Fact]:
        """What a piece of evidence says, entity by entity, each cell once."""
        seen: set[Cell] = set()
        for node in piece.items("facts"):
            part = Part(self._document, node, "a fact", required=("about", "says"))
            if not {"about", "says"} <= set(part.fields):
                continue
            about = self._ref(part.fields["about"], part.text("about"))
            for name, (key, value) in self._document.entries(part.fields["says"], "`says`").items():
                cell = Cell(about, name) if about is not None else None
                says = self._says(cell, key, value) if cell is not None else None
                if cell in seen:
                    self._document.problem(key, f"`{cell}` is said twice by this evidence", "keep one of the two")
                elif cell is not None and says is not None:
                    seen.add(cell)
                    yield Fact(id=fact_id(evidence, cell), cell=cell, value=typed(says), evidence=evidence)

    def _ref(self, node: yaml.Node, text: str) -> EntityRef | None:
        """An entity by `kind:id`, of a kind that the vocabulary has."""
        ref = read_with(self._document, node, text, EntityRef.read) if text else None
        if ref is None:
            return None
        if self._vocabulary.entity(ref.kind) is None:
            kinds = [kind.name for kind in self._vocabulary.entities]
            self._document.problem(node, f"the vocabulary has no `{ref.kind}`", did_you_mean(ref.kind, kinds))
            return None
        if not is_slug(ref.id):
            self._document.problem(node, f"`{ref.id}` is not an id", SLUG_HINT)
        elif ref.kind in NAMED_BY_FILE and ref not in self._known:
            others = [str(one) for one in self._known if one.kind == ref.kind]
            self._document.problem(node, f"there is no `{ref}`", did_you_mean(str(ref), others) if others else "add it")
        return ref

    def _says(self, cell: Cell, key: yaml.Node, node: yaml.Node) -> Value | None:
        """One value, of the type that the vocabulary gives it."""
        entity = self._vocabulary.entity(cell.entity.kind)
        kinds = {kind.name: kind for kind in entity.facts} if entity else {}
        kind = kinds.get(cell.fact)
        if kind is None:
            message = f"the vocabulary has no `{cell.entity.kind}.{cell.fact}`"
            self._document.problem(key, message, did_you_mean(cell.fact, kinds))
            return None
        if isinstance(node, yaml.ScalarNode) and node.value == ABSENT.value:
            return ABSENT
        if kind.type is ValueType.LIST:
            return self._list(node, f"`{cell.fact}`", kind)
        return self._scalar(node, f"`{cell.fact}`", kind.type, kind.of)

    def _list(self, node: yaml.Node, what: str, kind: FactKind) -> Value:
        """The members of a list, each of the kind that the vocabulary says."""
        of = kind.of or ""
        if of in DOMAINS:
            return read_names(self._document, node, of, names_of(self._vocabulary, of))
        element = ValueType.ENTITY if self._vocabulary.entity(of) is not None else ValueType(of)
        members = (self._scalar(item, what, element, of) for _, item in self._document.texts(node, what))
        return tuple(member for member in members if member is not None)

    def _scalar(self, node: yaml.Node, what: str, kind: ValueType, of: str | None) -> Value | None:
        """One value that is no list."""
        if kind is ValueType.BOOL:
            return read_flag(self._document, node, what)
        text = self._document.text(node, what)
        if not text:
            return None
        if kind is ValueType.ENTITY:
            return self._entity(node, text, of)
        if kind is ValueType.STRING and of is not None:
            check_name(self._document, node, text, of, names_of(self._vocabulary, of))
        return read_with(self._document, node, text, _READERS.get(kind, str))

    def _entity(self, node: yaml.Node, text: str, of: str | None) -> EntityRef | None:
        """A ref to an entity of one kind."""
        ref = self._ref(node, text)
        if ref is not None and of is not None and ref.kind != of:
            self._document.problem(node, f"`{ref}` is not of the kind `{of}`", f"name one as `{of}:id`")
        return ref


def _int(text: str) -> int:
    """A whole number.

    Raises:
        ValueError: it is none, or wider than CEL's 64 bits.
    """
    try:
        number = int(text)
    except ValueError:
        number = 2**63
    if not -(2**63) <= number < 2**63:
        msg = f"`{text}` is not a whole number of at most 64 bits: write digits alone"
        raise ValueError(msg)
    return number


def _double(text: str) -> float:
    """A finite number.

    Raises:
        ValueError: it is none.
    """
    try:
        number = float(text)
        typed(number)
    except ValueError:
        msg = f"`{text}` is not a finite number: write one such as `1.5`"
        raise ValueError(msg) from None
    return number


def _length(text: str) -> timedelta:
    """A length of time such as `30d`."""
    return length(text)


_READERS: Mapping[ValueType, Callable[[str], Value]] = {
    ValueType.INT: _int,
    ValueType.DOUBLE: _double,
    ValueType.TIMESTAMP: instant,
    ValueType.DURATION: _length,
}


def _source(piece: Part) -> Source:
    """Where a piece of evidence comes from."""
    if "source" not in piece.fields:
        return Source(title="", publisher="")
    part = Part(
        piece.document,
        piece.fields["source"],
        "`source`",
        required=("title", "publisher"),
        optional=("url",),
    )
    return Source(title=part.text("title"), publisher=part.text("publisher"), url=part.text("url"))


def _digest(part: Part, kept: str, handling: Handling) -> Digest:
    """The digest of what is kept, or the one stated where nothing is."""
    stated = part.text("digest")
    if kept:
        if stated and stated != digest_of_text(kept):
            part.document.problem(part.fields["digest"], "this is not the digest of `kept`", "leave `digest` out")
        return digest_of_text(kept)
    if handling is not Handling.NOT_KEPT:
        part.document.problem(part.node, "nothing is kept", "add `kept:`, or `handling: not kept` with a digest")
    elif not is_digest(stated):
        node = part.fields.get("digest", part.node)
        part.document.problem(node, "evidence that is not kept needs a digest", "write `digest: sha256:…`")
    return Digest(stated)


def _quotation(part: Part, kept: str) -> Quotation | None:
    """The words relied on, found where they stand first in the text kept."""
    said = part.text("quotation")
    if not said:
        return None
    start = kept.find(said)
    if start < 0:
        part.document.problem(
            part.fields["quotation"], "the quotation does not stand in `kept`", "copy it from there to the letter"
        )
        return None
    return Quotation(text=said, start=start, end=start + len(said), digest=digest_of_text(said))


def _estimate(piece: Part, grade: Grade) -> Estimate | None:
    """What an estimate says of what made it; an estimate has to, nothing else may."""
    stated = piece.fields.get("estimate")
    if (grade is Grade.ESTIMATE) != (stated is not None):
        piece.document.problem(
            stated or piece.fields.get("grade", piece.node),
            "an estimate, and only an estimate, says what made it",
            "state `grade: estimate` with `estimate: {model, version, threshold, precision, measured_at}`",
        )
    if stated is None:
        return None
    keys = ("model", "version", "threshold", "precision", "measured_at")
    part = Part(piece.document, stated, "`estimate`", required=keys)
    for key in ("threshold", "precision"):
        _check_share(part, key)
    return Estimate(
        model=part.text("model"),
        version=part.text("version"),
        threshold=part.text("threshold"),
        precision=part.text("precision"),
        measured_at=part.at("measured_at"),
    )


def _check_share(part: Part, key: str) -> None:
    """Note a share that is not between 0 and 1."""
    text = part.text(key)
    number = read_with(part.document, part.fields[key], text, _double) if text else None
    if number is not None and not 0 <= number <= 1:
        part.document.problem(part.fields[key], f"`{text}` is not between 0 and 1", "write a share such as `0.93`")
