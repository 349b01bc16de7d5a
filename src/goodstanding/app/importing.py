"""Take a case's file into the desk: its keys become pseudonyms, its evidence is recorded once it is known."""

from __future__ import annotations

from typing import TYPE_CHECKING

from goodstanding.app.case_file_material import CaseMaterial
from goodstanding.app.guards import Role, lacks_role
from goodstanding.app.holdings import open_case, record_evidence, register
from goodstanding.app.ports import Command, Refusal
from goodstanding.app.state import State
from goodstanding.clause.values import EntityRef
from goodstanding.evidence.model import Dossier
from goodstanding.kernel.ids import CaseId
from goodstanding.owners.model import Holdings

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from goodstanding.app.ports import Ids
    from goodstanding.clause.vocabulary import Vocabulary
    from goodstanding.kernel.ids import PersonId
    from goodstanding.ledger.model import Draft

_PREFIXES = {"owner": "own", "account": "acc", "ad": "ad"}


def take_in(material: CaseMaterial, *, by: PersonId) -> Command[State]:
    """Register everybody that a case's file names and open its case, in one act."""

    def run(state: State, now: datetime, ids: Ids) -> list[Draft] | Refusal:
        if material.case is None:
            return Refusal(
                rule="AFileOpensACase", message="the file has no `case:`", hint="say which case it is, and whose"
            )
        names = {ref: EntityRef(ref.kind, ids.new(_PREFIXES[ref.kind])) for ref in material.refs}
        renamed = material.renamed(names)
        about = renamed.case
        assert about is not None
        parts = (
            register(renamed.owners, renamed.accounts, renamed.links, renamed.controls, by=by)(state, now, ids),
            open_case(
                CaseId(about.id),
                owner=about.owner,
                title=about.title,
                ads=tuple(one.ad for one in renamed.ads),
                keys=names,
                by=by,
            )(_once_registered(state, renamed), now, ids),
        )
        refusal = next((part for part in parts if isinstance(part, Refusal)), None)
        return refusal or [draft for part in parts if not isinstance(part, Refusal) for draft in part]

    return run


def _once_registered(state: State, material: CaseMaterial) -> State:
    """The state as it will be for the second half of the act."""
    held, new = state.holdings, material.holdings
    soon = Holdings(
        owners=held.owners + new.owners,
        accounts=held.accounts + new.accounts,
        links=held.links + new.links,
        controls=held.controls + new.controls,
    )
    return State(people=state.people, cases=state.cases, holdings=soon)


def add_evidence(case: CaseId, dossier: Dossier, *, vocabulary: Vocabulary, by: PersonId) -> Command[State]:
    """Record what a case's file brings that is known by now and not on record yet, under the case's pseudonyms."""

    def run(state: State, now: datetime, ids: Ids) -> Sequence[Draft] | Refusal:
        opened = state.cases.get(case)
        if opened is None:
            return record_evidence(case, dossier, vocabulary=vocabulary, by=by)(state, now, ids)
        new = known_by(CaseMaterial(dossier=dossier).renamed(names_of(opened.keys)).dossier, now)
        held = state.dossiers.get(opened.owner, Dossier())
        recorded = {piece.id for piece in held.evidence}
        added = Dossier(
            evidence=tuple(piece for piece in new.evidence if piece.id not in recorded),
            facts=tuple(fact for fact in new.facts if fact.evidence not in recorded),
        )
        if not added.evidence:
            return lacks_role(state, by, Role.INVESTIGATOR) or Refusal(
                rule="OnlyWhatIsNewIsRecorded",
                message="the file has no evidence that is known by now and not on record",
                hint="give new evidence an id of its own",
            )
        return record_evidence(case, added, vocabulary=vocabulary, by=by)(state, now, ids)

    return run


def names_of(keys: Mapping[str, str]) -> dict[EntityRef, EntityRef]:
    """A case's keys as references."""
    return {EntityRef.read(key): EntityRef.read(name) for key, name in keys.items()}


def known_by(dossier: Dossier, at: datetime) -> Dossier:
    """The evidence that was known by an instant, with its facts."""
    evidence = tuple(piece for piece in dossier.evidence if piece.known_from <= at)
    names = {piece.id for piece in evidence}
    return Dossier(evidence=evidence, facts=tuple(fact for fact in dossier.facts if fact.evidence in names))
