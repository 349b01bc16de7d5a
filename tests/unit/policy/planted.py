"""A policy of 60 clauses in two versions, with faults planted in it, and the list of what was planted.

The sound clauses stop ads for one thing each. The faulty ones look like them; each is named after what is wrong with
it, and `PLANTED` and `PLANTED_IN_2` say what the analysis has to find, and of which clauses.
"""

from __future__ import annotations

from typing import Final

from goodstanding.clause.parse import Conditions
from goodstanding.clause.vocabulary_document import read_vocabulary
from goodstanding.policy.analysis.model import Kind
from goodstanding.policy.document import read_policy
from goodstanding.policy.model import Policy

GOODS: Final = (
    *("kettles", "ladders", "tents", "drones", "mattresses", "bicycles", "paints", "heaters", "scooters", "cameras"),
    *("seeds", "perfumes", "knives", "stoves", "helmets"),
)
"""What an ad can lack a safety mark for; one sound clause each."""

COUNTS: Final = ("complaints", "refunds", "late_parcels", "reopened_tickets", "missed_calls", "broken_links")
"""What an account has a number of; one sound clause each."""

_ADS = ("untrue_price", "hidden_fee", "free_of_charge", "copied_picture", "false_scarcity", "names_a_rival", "shouts")
_ACCOUNTS = ("verified", "shares_a_card", "sends_spam", "answers_mail")


def _bool(name: str, changed_by: str = "advertiser") -> str:
    words = name.replace("_", " ")
    remedy = f", remedy: mend {words}" if changed_by != "nobody" else ""
    said = f"label: whether {words} is on record, holds: is marked “{words}”, holds_not: is not marked “{words}”"
    return f"      {name}: {{type: bool, {said}, accepts: [finding, measurement], changed_by: {changed_by}{remedy}}}"


def _plain(name: str, type_: str, changed_by: str = "advertiser", of: str = "") -> str:
    words, domain = name.replace("_", " "), f", of: {of}" if of else ""
    remedy = f", remedy: mend the {words}" if changed_by != "nobody" else ""
    said = f"type: {type_}{domain}, label: the {words}, accepts: [measurement]"
    return f"      {name}: {{{said}, changed_by: {changed_by}{remedy}}}"


WORDS: Final = "\n".join(
    [
        "id: shop-words",
        "version: 1",
        "language: en",
        "capabilities: {advertise: promote posts, monetise: earn a share}",
        "topics: {alcohol: alcohol, lotteries: lotteries, toys: toys, books: books, cars: cars, travel: travel}",
        "audiences: {adults: adults, minors: people under 18}",
        "entities:",
        "  owner:",
        "    label: the owner",
        "    facts:",
        _plain("notices", "list", "authority", "notice"),
        _bool("insolvent", "authority"),
        _bool("convicted_once", "nobody"),
        _bool("founded_elsewhere", "nobody"),
        _plain("strikes", "int", "nobody"),
        "  account:",
        "    label: the account",
        "    facts:",
        *(_bool(name) for name in _ACCOUNTS),
        *(_plain(name, "int") for name in (*COUNTS, "days_overdue", "age_in_days")),
        _plain("refund_rate", "double"),
        _plain("opened", "timestamp", "nobody"),
        _plain("display_name", "string"),
        "  ad:",
        "    label: the ad",
        "    facts:",
        *(_bool(f"{goods}_without_mark") for goods in GOODS),
        *(_bool(name) for name in _ADS),
        _plain("topic", "string", "advertiser", "topic"),
        "  notice:",
        "    label: the notice",
        "    facts:",
        _bool("in_force", "authority"),
        _bool("forbids_sale", "authority"),
        _plain("places", "list", "authority", "territory"),
    ]
)
VOCABULARY: Final = read_vocabulary(WORDS, file="shop-words.yaml")

_HEAD = """---
id: shop
version: "{version}"
title: Rules of the shop
in_force_from: 2030-01-01
language: en
capabilities: [advertise]
vocabulary: shop-words@1
---

# Rules of the shop
"""
_KEYS = {"restricts": "[advertise]", "review_after": "90d", "guidance": "Mend it before you advertise."}


def clause(name: str, says: str, **keys: str) -> str:
    """A clause under its heading; `without` names keys that it does not have."""
    without = keys.pop("without", "").split()
    block = {key: value for key, value in {**_KEYS, **keys}.items() if key not in without}
    lines = [f"{key}: {value}" for key, value in block.items()]
    title = name.replace("-", " ").capitalize()
    return "\n".join([f"\n## {title} {{#{name}}}\n", f"{says}\n", "```clause", *lines, "```", ""])


def _stop(name: str, says: str, when: str, ends: str = "", reach: str = "ad", **keys: str) -> str:
    if ends:
        keys["ends"] = f'"{ends}"'
    return clause(name, says, when=f'"{when}"', reach=reach, **keys)


def _entry(name: str, says: str, requires: str, **keys: str) -> str:
    return clause(name, says, requires=f'"{requires}"', without="review_after", **keys)


def _lift(name: str, says: str, when: str, lifts: str, **keys: str) -> str:
    return clause(name, says, when=f'"{when}"', lifts=lifts, approver="duty editor", without="restricts", **keys)


SOUND: Final = (
    *(
        _stop(
            f"{goods}-need-a-mark",
            f"An ad for {goods} without a safety mark does not run.",
            f"ad.{goods}_without_mark",
            f"!ad.{goods}_without_mark",
            strike="90d",
        )
        for goods in GOODS
    ),
    *(
        _stop(
            f"too-many-{name.replace('_', '-')}",
            f"An account with more than {limit} {name.replace('_', ' ')} in a month does not advertise.",
            f"account.{name} > {limit}",
            f"account.{name} <= {limit}",
            reach="account",
        )
        for limit, name in enumerate(COUNTS, 20)
    ),
    _stop("untrue-price", "The price in an ad is the price that is asked.", "ad.untrue_price", "!ad.untrue_price"),
    _stop(
        "alcohol-for-minors",
        "Ads about alcohol are not shown to people under 18.",
        "ad.topic == 'alcohol'",
        "ad.topic != 'alcohol'",
        audience="minors",
    ),
    _stop(
        "young-account-that-spams",
        "An account that is younger than 30 days and sends spam does not advertise.",
        "now - account.opened < duration('720h') && account.sends_spam",
        "!account.sends_spam",
        reach="account",
    ),
    _stop(
        "forbidden-by-notice",
        "Where an authority forbids the sale, we do not advertise it.",
        "notice.in_force && notice.forbids_sale",
        "!notice.in_force",
        reach="owner",
        each="notice in owner.notices",
        territory="notice.places",
    ),
    _stop(
        "official-looking-name",
        "An account that calls itself official does not advertise until it is verified.",
        "account.display_name.contains('official') && !account.verified",
        "account.verified",
        reach="account",
    ),
    _stop(
        "high-refund-rate",
        "An account with a refund rate above a fifth does not advertise while it leaves mail unanswered.",
        "account.refund_rate > 0.2 && !account.answers_mail",
        "account.refund_rate <= 0.2 || account.answers_mail",
        reach="account",
    ),
    _entry(
        "lotteries-need-a-verified-account",
        "Ads for lotteries are open to verified accounts.",
        "account.verified",
        reach="account",
        topics="[lotteries]",
    ),
    _lift(
        "satire",
        "A price that nobody can take at its word may stand.",
        "ad.untrue_price && ad.shouts",
        "[untrue-price]",
        reach="ad",
    ),
    _stop("hidden-fee", "An ad names every fee.", "ad.hidden_fee && !ad.free_of_charge", "!ad.hidden_fee"),
    _stop(
        "many-notices",
        "An owner with a notice that is in force and forbids a sale is looked at.",
        "owner.notices.exists(n, n.in_force && n.forbids_sale) && owner.insolvent",
        "!owner.insolvent",
        reach="owner",
    ),
    _stop("too-new", "An account opened tomorrow does not advertise.", "account.opened > now", reach="account"),
)
FAULTY: Final = (
    _stop("unreachable-topic", "Ads for boats do not run.", "ad.topic == 'boats'"),
    _stop(
        "unreachable-time",
        "Until the end of 2029 shouting ads do not run.",
        "now < timestamp('2029-12-31T00:00:00Z') && ad.shouts",
    ),
    _stop(
        "unreachable-number",
        "A broken rule.",
        "account.complaints > 9223372036854775806 + 1",
        reach="account",
    ),
    _stop(
        "contradictory-ages",
        "Accounts between two ages do not advertise.",
        "account.age_in_days > 90 && account.sends_spam && account.age_in_days < 30",
        reach="account",
    ),
    _stop(
        "contradictory-marks",
        "A free ad that costs something does not run.",
        "ad.free_of_charge && (ad.copied_picture && !ad.free_of_charge)",
    ),
    _stop(
        "always-met-either-way",
        "Ads that shout or do not shout are looked at.",
        "ad.shouts || !ad.shouts",
    ),
    _stop(
        "always-met-all-numbers",
        "Accounts by their age.",
        "account.age_in_days < 50 || account.age_in_days > 10",
        reach="account",
    ),
    _stop(
        "incurable-conviction",
        "An owner who was once convicted does not advertise.",
        "owner.convicted_once",
        "!owner.convicted_once",
        reach="owner",
        without="review_after",
    ),
    _stop(
        "incurable-origin",
        "An owner founded elsewhere, with strikes, does not advertise while it is insolvent or has three strikes.",
        "owner.founded_elsewhere && (owner.insolvent || owner.strikes >= 3)",
        "!owner.founded_elsewhere",
        reach="owner",
        without="review_after",
    ),
    _stop(
        "overlapping-overdue",
        "An account 30 days overdue does not advertise.",
        "account.days_overdue > 30",
        "account.days_overdue <= 30",
        reach="account",
    ),
    _stop(
        "overlapping-long-overdue",
        "An account 60 days overdue does not advertise.",
        "account.days_overdue > 60",
        "account.days_overdue <= 60",
        reach="account",
    ),
    _stop(
        "overlapping-pictures",
        "Copied pictures and false scarcity are not allowed.",
        "!(!ad.copied_picture && !ad.false_scarcity)",
        "!ad.copied_picture && !ad.false_scarcity",
    ),
    _stop(
        "overlapping-scarcity",
        "False scarcity and copied pictures are not allowed.",
        "ad.false_scarcity || ad.copied_picture",
        "!(ad.copied_picture || ad.false_scarcity)",
    ),
    _stop(
        "at-once-over",
        "An ad that names a rival does not run.",
        "ad.names_a_rival && !ad.shouts",
        "ad.names_a_rival || ad.shouts",
    ),
    _stop(
        "at-once-over-too",
        "An account that sends spam with a name of its own does not advertise.",
        "account.sends_spam && account.display_name != 'shop'",
        "account.sends_spam || account.answers_mail",
        reach="account",
    ),
    _lift(
        "lifts-nothing",
        "A fair price may be untrue.",
        "!ad.untrue_price && ad.free_of_charge",
        "[untrue-price]",
        reach="ad",
    ),
    _lift(
        "lifts-nothing-either",
        "Ads about travel are lifted out of the rule on alcohol.",
        "ad.topic == 'travel'",
        "[alcohol-for-minors]",
        reach="ad",
    ),
    _entry(
        "no-way-toys",
        "Ads for toys are open where the account answers mail and shares a card.",
        "account.answers_mail && account.shares_a_card",
        reach="account",
        topics="[toys]",
    ),
    _stop(
        "no-way-toys-either",
        "An account that shares a card and answers mail does not advertise toys.",
        "account.shares_a_card && account.answers_mail",
        reach="account",
        topics="[toys]",
    ),
    _entry(
        "no-way-books",
        "Ads for books are open to owners that are insolvent.",
        "owner.insolvent",
        reach="owner",
        topics="[books]",
    ),
    _entry(
        "no-way-books-either",
        "Ads for books are open to owners that are not insolvent.",
        "!owner.insolvent",
        reach="owner",
        topics="[books]",
    ),
    *(
        _stop(f"quiet-{name}", says, when, reach=reach, **keys)
        for name, says, when, reach, keys in (
            (
                "hours",
                "Long waits for an answer stop an account.",
                "account.missed_calls > 90",
                "account",
                {"strike": "30d"},
            ),
            (
                "mail",
                "Spam stops an account.",
                "account.sends_spam && !account.answers_mail && !account.verified",
                "account",
                {},
            ),
            ("places", "Shouting about fees stops an ad.", "ad.shouts && ad.hidden_fee", "ad", {"territory": "[DE]"}),
            (
                "proof",
                "Naming rivals by copied pictures stops an ad.",
                "ad.names_a_rival && ad.copied_picture",
                "ad",
                {"needs": "{ad: [finding]}"},
            ),
            ("honest", "More than 80 refunds stop an account.", "account.refunds > 80", "account", {"strike": "30d"}),
            (
                "softer",
                "More than 70 complaints stop an account.",
                "account.complaints > 70",
                "account",
                {"strike": "30d"},
            ),
            (
                "same",
                "More than 95 broken links stop an account.",
                "account.broken_links > 95",
                "account",
                {"strike": "30d"},
            ),
        )
    ),
)

VERSION_1: Final = _HEAD.format(version=1) + "".join((*SOUND, *FAULTY))
_EDITS: Final = (
    ("account.missed_calls > 90", "account.missed_calls > 60"),
    ("account.sends_spam && !account.answers_mail && !account.verified", "account.sends_spam && !account.answers_mail"),
    ("territory: [DE]", "territory: [AT, DE]"),
    ("{ad: [finding]}", "{ad: [finding, measurement]}"),
    ("More than 80 refunds", "More than 75 refunds"),
    ("account.refunds > 80", "account.refunds > 75"),
    ("account.complaints > 70", "account.complaints > 85"),
    ("account.broken_links > 95", "95 < account.broken_links"),
)


def _edited() -> str:
    text = _HEAD.format(version=2) + "".join((*SOUND, *FAULTY))
    for old, new in _EDITS:
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    return text


VERSION_2: Final = _edited()

PLANTED: Final[dict[Kind, frozenset[str]]] = {
    Kind.UNREACHABLE: frozenset({"unreachable-topic", "unreachable-time", "unreachable-number"}),
    Kind.CONTRADICTORY: frozenset({"contradictory-ages", "contradictory-marks"}),
    Kind.ALWAYS_MET: frozenset({"always-met-either-way", "always-met-all-numbers"}),
    Kind.INCURABLE: frozenset({"incurable-conviction", "incurable-origin"}),
    Kind.REDUNDANT: frozenset({"overlapping-long-overdue", "overlapping-scarcity"}),
    Kind.ENDS_AT_ONCE: frozenset({"at-once-over", "at-once-over-too"}),
    Kind.NEVER_LIFTS: frozenset({"lifts-nothing", "lifts-nothing-either"}),
    Kind.NO_WAY_TO_COMPLY: frozenset({"no-way-toys", "no-way-books"}),
}
PLANTED_IN_2: Final = frozenset({"quiet-hours", "quiet-mail", "quiet-places", "quiet-proof"})
"""Widened in version 2, under the text of version 1."""


def policy(text: str) -> Policy:
    """A version, read."""
    return read_policy(text, file="shop.md", vocabulary=VOCABULARY, conditions=Conditions(VOCABULARY))
