"""The file of a case: owners, accounts, control, ads, evidence and facts in YAML, read whole or refused whole.

The format is told by example in the guide and by the demo's own cases; in short,
and with every part optional ::

    case: {id, title, summary, owner, real: {measure, when, stated_reason, notice, lacked, sources, known}}
    as_of: [2018-01-31]
    owners: [{key, name, seat, language, zone, contact_known}]
    accounts: [{key, handle, owner, basis, confirmed_by, confirmed_at}]
    controls: [{owner, controls, evidence, known_from}]
    ads: [{key, account, title, topics}]
    evidence: [{id, source, grade, handling, covers, valid, known_from, retrieved_at, kept, quotation, facts}]
    money: {account: answer}                   # as in a file of money answers

It leaves to the use cases what is recorded, and to `evidence.rules` what is known. Upholds P3: every fact stands under
its evidence.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from goodstanding.app.case_file_evidence import EvidenceReader
from goodstanding.app.case_file_inherited import Inherited, read_inherited
from goodstanding.app.case_file_material import AdAbout, CaseAbout, CaseMaterial, RealMeasure
from goodstanding.app.case_file_money import money_answers, read_money_answers
from goodstanding.app.case_file_parts import Part, check_name, names_of, parse, read_names, read_with, refuse
from goodstanding.clause.marked_yaml import MarkedYaml
from goodstanding.clause.values import EntityRef
from goodstanding.kernel.ids import AccountId, AdId, EvidenceId, OwnerId, PersonId
from goodstanding.kernel.instants import instant
from goodstanding.kernel.languages import language
from goodstanding.kernel.territories import territory
from goodstanding.owners.model import Account, Basis, Control, Link, Owner
from goodstanding.reasons.notices.model import Element

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator
    from datetime import datetime

    from goodstanding.clause.vocabulary import Vocabulary
    from goodstanding.reasons.money import MoneyAnswer

__all__ = ["CaseMaterial", "Inherited", "read_case_file", "read_inherited", "read_money_answers"]

_TOP = ("case", "as_of", "owners", "accounts", "controls", "ads", "evidence", "money")
_REAL = ("measure", "when", "stated_reason", "notice", "lacked", "sources")


def read_case_file(text: str, *, file: str, vocabulary: Vocabulary, known: Collection[EntityRef] = ()) -> CaseMaterial:
    """Read the file of a case; `known` are owners, accounts and ads that it may name without introducing them.

    Raises:
        ImportFileError: anything is wrong with it; every problem is listed with its place.
    """
    document = MarkedYaml(file)
    root = parse(document, text)
    material = CaseMaterial()
    if root is not None:
        part = Part(document, root, "the file of a case", required=(), optional=_TOP)
        material = _Reader(part, vocabulary, known).material()
    refuse(document)
    return material


class _Reader:
    """One reading; `_names` are the owners, accounts and ads met so far, each with what it is called."""

    def __init__(self, top: Part, vocabulary: Vocabulary, known: Collection[EntityRef]) -> None:
        self._top = top
        self._document = top.document
        self._vocabulary = vocabulary
        self._names = set(known)
        self._handles: set[str] = set()

    def material(self) -> CaseMaterial:
        """Everything, in the order in which one thing names another."""
        owners = tuple(self._owners())
        pairs = tuple(self._accounts())
        ads = tuple(self._ads())
        dossier = EvidenceReader(self._document, self._vocabulary, self._names).dossier(self._top.items("evidence"))
        return CaseMaterial(
            case=self._case(),
            as_of=tuple(self._as_of()),
            owners=owners,
            accounts=tuple(account for account, _ in pairs),
            links=tuple(link for _, link in pairs),
            controls=tuple(self._controls({piece.id for piece in dossier.evidence})),
            ads=ads,
            dossier=dossier,
            money=self._money(),
        )

    def _part(self, key: str, what: str, required: tuple[str, ...], optional: tuple[str, ...] = ()) -> Iterator[Part]:
        """The entries of a list."""
        for node in self._top.items(key):
            yield Part(self._document, node, what, required=required, optional=optional)

    def _introduce(self, part: Part, kind: str) -> str:
        """The key of an entry, which from here on may be named."""
        key = part.slug("key")
        ref = EntityRef(kind, key)
        if key and ref in self._names:
            self._document.problem(part.fields["key"], f"the {kind} `{key}` is there twice", "give each its own key")
        self._names.add(ref)
        return key

    def _named(self, part: Part, key: str, kind: str) -> str:
        """An owner or account by its key."""
        found = part.text(key)
        if found:
            check_name(self._document, part.fields[key], found, f"key of an {kind}", self._keys(kind))
        return found

    def _keys(self, kind: str) -> list[str]:
        return [ref.id for ref in self._names if ref.kind == kind]

    def _owners(self) -> Iterator[Owner]:
        optional = ("language", "zone", "contact_known")
        for part in self._part("owners", "an owner", ("key", "name", "seat"), optional):
            yield Owner(
                id=OwnerId(self._introduce(part, "owner")),
                name=part.text("name"),
                seat=self._checked(part, "seat", territory),
                language=self._checked(part, "language", language) or "en",
                zone=part.text("zone") or "UTC",
                contact_known=part.flag("contact_known", default=True),
            )

    def _checked(self, part: Part, key: str, check: Callable[[str], str]) -> str:
        """A text that the kernel accepts."""
        found = part.text(key)
        return (read_with(self._document, part.fields[key], found, check) if found else None) or ""

    def _accounts(self) -> Iterator[tuple[Account, Link]]:
        required = ("key", "handle", "owner", "basis", "confirmed_by", "confirmed_at")
        for part in self._part("accounts", "an account", required):
            key = AccountId(self._introduce(part, "account"))
            handle = part.text("handle")
            if handle and handle in self._handles:
                self._document.problem(part.fields["handle"], f"the handle `{handle}` is there twice")
            self._handles.add(handle)
            yield (
                Account(id=key, handle=handle),
                Link(
                    account=key,
                    owner=OwnerId(self._named(part, "owner", "owner")),
                    basis=part.choice("basis", "the basis of a link", Basis, Basis.STAFF),
                    confirmed_by=PersonId(part.text("confirmed_by")),
                    confirmed_at=part.at("confirmed_at"),
                ),
            )

    def _ads(self) -> Iterator[AdAbout]:
        for part in self._part("ads", "an ad", ("key", "account", "title", "topics")):
            topics = part.fields.get("topics")
            yield AdAbout(
                id=AdId(self._introduce(part, "ad")),
                account=AccountId(self._named(part, "account", "account")),
                title=part.text("title"),
                topics=()
                if topics is None
                else read_names(self._document, topics, "topic", names_of(self._vocabulary, "topic")),
            )

    def _controls(self, evidence: Collection[str]) -> Iterator[Control]:
        for part in self._part("controls", "a control", ("owner", "controls", "evidence", "known_from")):
            rests_on = part.text("evidence")
            if rests_on:
                check_name(self._document, part.fields["evidence"], rests_on, "piece of evidence here", evidence)
            yield Control(
                owner=OwnerId(self._named(part, "owner", "owner")),
                controls=OwnerId(self._named(part, "controls", "owner")),
                evidence=EvidenceId(rests_on),
                known_from=part.at("known_from"),
            )

    def _as_of(self) -> Iterator[datetime]:
        nodes = self._document.texts(self._top.fields["as_of"], "`as_of`") if "as_of" in self._top.fields else []
        for text, node in nodes:
            at = read_with(self._document, node, text, instant)
            if at is not None:
                yield at

    def _case(self) -> CaseAbout | None:
        if "case" not in self._top.fields:
            return None
        required = ("id", "title", "summary", "owner", "real")
        part = Part(self._document, self._top.fields["case"], "`case`", required=required)
        return CaseAbout(
            id=part.text("id"),
            title=part.text("title"),
            summary=part.text("summary"),
            owner=OwnerId(self._named(part, "owner", "owner")),
            real=self._real(part),
        )

    def _real(self, case: Part) -> RealMeasure:
        """What the real platform did."""
        if "real" not in case.fields:
            return RealMeasure(measure="", when="", stated_reason="", notice="", lacked=(), sources=())
        part = Part(self._document, case.fields["real"], "`real`", required=_REAL, optional=("known",))
        lacked = part.fields.get("lacked")
        return RealMeasure(
            measure=part.text("measure"),
            when=part.text("when"),
            stated_reason=part.text("stated_reason"),
            notice=part.text("notice"),
            lacked=() if lacked is None else read_names(self._document, lacked, "element of a notice", tuple(Element)),
            sources=part.texts("sources"),
            known=part.flag("known", default=True),
        )

    def _money(self) -> dict[AccountId, MoneyAnswer]:
        """Billing's answers, by account key."""
        node = self._top.fields.get("money")
        if node is None:
            return {}
        answers = money_answers(self._document, node, self._keys("account"))
        return {AccountId(name): answer for name, answer in answers.items()}
