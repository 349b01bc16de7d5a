"""What can be done against a decision, as far as it exists for this platform (DSA art. 17(3)(f), 20, 21).

The platform's own appeal always exists. Where another way does not, the ground of that is said.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from goodstanding.kernel.instants import iso
from goodstanding.reasons.issue import Available
from goodstanding.reasons.model import AppealOpen, Redress, WayShown
from goodstanding.reasons.wording import sentence

if TYPE_CHECKING:
    from datetime import datetime

    from goodstanding.reasons.issue import Issue, Platform, Way

_APPEAL = (
    "An appeal is free and needs no form and no reference to a law. It is examined by a person who took no part in the "
    "decision, and not by automated means alone. Number your questions if you like: each one is answered."
)


def redress(platform: Platform, issue: Issue) -> Redress:
    """The three ways."""
    return Redress(
        internal=AppealOpen(addresses=platform.appeal_addresses, until=issue.appeal_until, sentence=_APPEAL),
        out_of_court=_way(platform.out_of_court, "An out-of-court settlement of the dispute", issue.issued_at),
        court=_way(platform.court, "A claim in court", issue.issued_at),
    )


def _way(way: Way, what: str, at: datetime) -> WayShown:
    """One way, or the ground on which there is none."""
    if not isinstance(way, Available):
        ground = sentence(way.ground)
        return _none(f"{what} is not available. {ground}" if ground else "")
    if way.since is not None and at < way.since:
        return _none(f"{what} was not available then: {way.name} takes disputes from {iso(way.since)[:10]} on.")
    note = f" {sentence(way.note)}" if way.note else ""
    return WayShown(available=True, name=way.name, address=way.address, sentence=f"{what} is open to you.{note}")


def _none(text: str) -> WayShown:
    """A way that does not exist."""
    return WayShown(available=False, name="", address="", sentence=text)
