"""The life of a policy at the desk: drafted, approved by a second person, published, withdrawn (promises P4 and P12).

A text is published as it was approved, to the byte. In which way, and from when on, is in `policy.publication`; that a
clause which is gone restricts nobody any longer is in `ending`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from goodstanding.app.desk import PLATFORM
from goodstanding.app.ending import ended, resting_on
from goodstanding.app.guards import Role, first, lacks_role, unknown_person
from goodstanding.app.library import editions, policy_at, published_volume, volume
from goodstanding.app.ports import Command, Refusal
from goodstanding.app.state import Drafted, Published, State
from goodstanding.kernel.instants import utc
from goodstanding.ledger.model import Draft, Kind
from goodstanding.policy.model import ClauseKind
from goodstanding.policy.normal import digest_of_text
from goodstanding.policy.proving import by_logic
from goodstanding.policy.publication import URGENT, Before, Publication, Surprise, Urgency, Way, publication
from goodstanding.policy.rules import clause as clause_of
from goodstanding.policy.versions import Edition

if TYPE_CHECKING:
    from datetime import datetime

    from goodstanding.app.ports import Ids
    from goodstanding.kernel.canonical import Json
    from goodstanding.kernel.ids import ClauseId, PersonId

NO_FORECAST = "none: this desk has no room to forecast in"
"""What the record says in place of the forecast that an urgent publication begins with."""


def draft_policy(*, text: str, file: str, vocabulary: str, vocabulary_file: str, by: PersonId) -> Command[State]:
    """Record a text that is to be published, with its vocabulary; whoever calls has read it, so it has no problems."""

    def run(state: State, now: datetime, ids: Ids) -> list[Draft] | Refusal:
        del now
        refusal = lacks_role(state, by, Role.POLICY_AUTHOR)
        if refusal is not None:
            return refusal
        policy = volume(text, file, vocabulary, vocabulary_file).policy
        refusal = _published_before(state, policy.id, policy.version)
        if refusal is not None:
            return refusal
        drafted = Drafted(
            id=ids.new("drf"),
            policy=policy.id,
            version=policy.version,
            file=file,
            text=text,
            vocabulary=vocabulary,
            vocabulary_file=vocabulary_file,
            digest=policy.digest,
            words=digest_of_text(text),
            by=by,
        )
        named = {"draft": drafted.id, "policy": drafted.policy, "version": drafted.version}
        clear: dict[str, Json] = {**named, "digest": drafted.digest, "words": drafted.words}
        document: dict[str, Json] = {"drafted": msgspec.to_builtins(drafted)}
        return [Draft(kind=Kind.POLICY_DRAFTED, subject=PLATFORM, clear=clear, document=document)]

    return run


def approve_policy(draft: str, *, reason: str, by: PersonId) -> Command[State]:
    """Approve a draft as the second person: another author, or an officer (P4)."""

    def run(state: State, now: datetime, ids: Ids) -> list[Draft] | Refusal:
        del now, ids
        found = state.drafts.get(draft)
        if found is None:
            return _reads_policies(state, by) or _no_such_draft(state, draft)
        refusal = first(_reads_policies(state, by), _drafted_by(found, by), _approved_before(found))
        if refusal is None and not reason.strip():
            refusal = Refusal(
                rule="AnApprovalHasAReason",
                message="no reason was given",
                hint="say what you looked at, with `--reason`",
            )
        document: dict[str, Json] = {"by": by, "reason": reason, "digest": found.digest}
        return refusal or [
            Draft(kind=Kind.POLICY_APPROVED, subject=PLATFORM, clear={"draft": draft}, document=document)
        ]

    return run


def publish_policy(draft: str, *, by: PersonId, urgency: Urgency | None = None) -> Command[State]:
    """Publish an approved draft; what is stricter waits, or has a ground of urgency that an officer answers for."""

    def run(state: State, now: datetime, ids: Ids) -> list[Draft] | Refusal:
        del ids
        found = state.drafts.get(draft)
        refusal = _reads_policies(state, by) if urgency is None else lacks_role(state, by, Role.OFFICER)
        if refusal is not None or found is None:
            return refusal or _no_such_draft(state, draft)
        refusal = _unapproved(found) or _published_before(state, found.policy, found.version)
        if refusal is not None:
            return refusal
        how = _how(state, found, now, urgency)
        if isinstance(how, Surprise):
            return Refusal(rule=how.rule, message=how.message, hint=how.hint, promise="P12")
        return [_publication(found, how, now, urgency, by)]

    return run


def _how(state: State, found: Drafted, now: datetime, urgency: Urgency | None) -> Publication | Surprise:
    """In which way a draft may be published now."""
    read = volume(found.text, found.file, found.vocabulary, found.vocabulary_file)
    urgent = [one for one in state.published if one.policy == found.policy and one.way is Way.DANGER]
    before = Before(
        editions=editions(state, found.policy, now),
        urgent=tuple(published_volume(one).policy for one in urgent),
        in_operation=bool(state.statements) or state.cut_over_at is not None,
        notice=state.notice,
    )
    new = Edition(policy=read.policy, vocabulary=read.vocabulary, published_at=now)
    return publication(new, before, urgency=urgency, proof=by_logic(read.vocabulary, around=utc(now)))


def _publication(found: Drafted, how: Publication, now: datetime, urgency: Urgency | None, by: PersonId) -> Draft:
    """The entry of a publication."""
    published = Published(
        policy=found.policy,
        version=found.version,
        file=found.file,
        text=found.text,
        vocabulary=found.vocabulary,
        vocabulary_file=found.vocabulary_file,
        published_at=now,
        draft=found.id,
        way=how.way,
        ground="" if urgency is None else urgency.ground,
        until=how.until,
    )
    document = {**msgspec.to_builtins(published), "stricter": list(how.why), "by": by}
    if how.way in URGENT:
        document["forecast"] = NO_FORECAST
    clear: dict[str, Json] = {"policy": found.policy, "version": found.version, "draft": found.id, "way": how.way.value}
    return Draft(kind=Kind.POLICY_PUBLISHED, subject=PLATFORM, clear=clear, document=document)


def withdraw_clause(policy: str, clause: ClauseId, *, reason: str, by: PersonId) -> Command[State]:
    """Take a clause back at once, and end all that rests on it; only what restricts is withdrawn, never a way out."""

    def run(state: State, now: datetime, ids: Ids) -> list[Draft] | Refusal:
        refusal = lacks_role(state, by, Role.OFFICER) or _cannot_withdraw(state, policy, clause, now)
        if refusal is None and not reason.strip():
            refusal = Refusal(
                rule="AWithdrawalHasAReason",
                message="no reason was given",
                hint="say why it can't stand for another day",
            )
        if refusal is not None:
            return refusal
        taken = Draft(
            kind=Kind.CLAUSE_WITHDRAWN,
            subject=PLATFORM,
            clear={"policy": policy, "clause": clause},
            document={"reason": reason, "by": by},
        )
        told = f"the rule `{clause}` was withdrawn: {reason}"
        return [taken, *ended(state, resting_on(state, policy, clause), why=told, by=by, now=now, ids=ids)]

    return run


def _cannot_withdraw(state: State, policy: str, clause: ClauseId, now: datetime) -> Refusal | None:
    """Why a clause can't be withdrawn: it is in no version, or withdrawing it would make the policy stricter."""
    versions = editions(state, policy, now)
    found = [one for each in versions if (one := clause_of(each.policy, clause)) is not None]
    if not found:
        applies = policy_at(state, policy, now)
        known = () if applies is None else applies.policy.clauses
        return Refusal(
            rule="TheClauseIsPublished",
            message=f"no published version of `{policy}` has a clause `{clause}`",
            hint=f"its clauses: {', '.join(one.id for one in known) or 'none are in force'}",
        )
    if found[-1].kind not in {ClauseKind.EXEMPTION, ClauseKind.PUBLISHED_ONLY}:
        return None
    return Refusal(
        rule="OnlyWhatRestrictsIsWithdrawn",
        message=f"`{clause}` restricts nothing: without it the policy would be as strict, or stricter",
        hint="draft a version without it, and announce that",
        promise="P12",
    )


def _reads_policies(state: State, by: PersonId) -> Refusal | None:
    """A refusal unless somebody is an author or an officer."""
    refusal = unknown_person(state, by)
    if refusal is not None or Role.OFFICER in state.people[by].roles:
        return refusal
    return lacks_role(state, by, Role.POLICY_AUTHOR)


def _drafted_by(found: Drafted, by: PersonId) -> Refusal | None:
    """Whoever drafted a text can't be its second person."""
    if found.by != by:
        return None
    return Refusal(
        rule="WhoDraftedCannotApprove",
        message=f"`{by}` drafted `{found.id}`",
        hint="another policy author, or an officer, has to read it",
        promise="P4",
    )


def _approved_before(found: Drafted) -> Refusal | None:
    """A draft is approved once."""
    if found.approved_by is None:
        return None
    return Refusal(
        rule="ADraftIsApprovedOnce", message=f"`{found.approved_by}` approved `{found.id}`", hint="publish it"
    )


def _unapproved(found: Drafted) -> Refusal | None:
    """What nobody else has approved is not published."""
    if found.approved_by is not None:
        return None
    return Refusal(
        rule="APolicyNeedsASecondPerson",
        message=f"nobody has approved `{found.id}`",
        hint="have another policy author, or an officer, run `goodstanding policy approve`",
        promise="P4",
    )


def _published_before(state: State, policy: str, version: str) -> Refusal | None:
    """A version is published once, and never changes."""
    if not any((p.policy, p.version) == (policy, version) for p in state.published):
        return None
    return Refusal(
        rule="AVersionIsPublishedOnce",
        message=f"`{policy}` version `{version}` is published already",
        hint="give the changed text a version of its own",
        promise="P12",
    )


def _no_such_draft(state: State, draft: str) -> Refusal:
    """The refusal of an act on a draft that nobody recorded."""
    waiting = [one.id for one in state.drafts.values() if not one.published]
    return Refusal(
        rule="TheDraftExists",
        message=f"there is no draft `{draft}`",
        hint=f"drafts not published yet: {', '.join(waiting) or 'none'}; record one with `goodstanding policy draft`",
    )
