"""Owners, accounts, links and common control."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

import msgspec

from goodstanding.kernel.ids import AccountId, EvidenceId, OwnerId, PersonId


class Owner(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A legal or natural person that controls accounts; `language` and `zone` are how it wishes to be addressed.

    `contact_known`: whether the platform can reach it at all (DSA art. 17(2)).
    """

    id: OwnerId
    name: str
    seat: str
    language: str = "en"
    zone: str = "UTC"
    contact_known: bool = True


class Account(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What posts and advertises; `handle` is what the platform and the public call it."""

    id: AccountId
    handle: str


class Basis(StrEnum):
    """The kind of identifier that a link rests on; an advertiser is shown the kind, never another party's values."""

    DECLARED = "declared by the owner"
    DOMAIN = "verified domain"
    PAYMENT = "payment instrument"
    REGISTER = "company register"
    STAFF = "established by a person of the platform"


class Link(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Why an account belongs to an owner; only a confirmed link counts, from the instant it was confirmed."""

    account: AccountId
    owner: OwnerId
    basis: Basis
    confirmed_by: PersonId
    confirmed_at: datetime


class Control(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One owner controls another, or both stand under common control, as evidence says."""

    owner: OwnerId
    controls: OwnerId
    evidence: EvidenceId
    known_from: datetime


class Holdings(msgspec.Struct, frozen=True, kw_only=True):
    """Every owner, account, link and control that is known to the desk."""

    owners: tuple[Owner, ...] = ()
    accounts: tuple[Account, ...] = ()
    links: tuple[Link, ...] = ()
    controls: tuple[Control, ...] = ()
