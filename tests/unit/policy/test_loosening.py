from __future__ import annotations

from collections.abc import Callable

import msgspec
import pytest

from goodstanding.clause.tree import Condition
from goodstanding.clause.vocabulary import Vocabulary
from goodstanding.kernel.digests import digest_of_text
from goodstanding.kernel.instants import instant
from goodstanding.policy.loosening import tightened
from goodstanding.policy.model import Policy
from goodstanding.policy.proving import by_logic
from unit.policy.versions import one_clause, together

Reader = Callable[[str], Policy]

RULE = """when: ad.misstates_the_offer
restricts: [advertise]
reach: ad
needs: {ad: [finding, admission]}
topics: [news, health]
ends: "!ad.misstates_the_offer"
notice: 7d
review_after: 90d
strike: 90d
strike_weight: 2
"""
ENTRY = "requires: owner.identity_verified\nrestricts: [advertise]\nreach: owner\ntopics: [political, health]\n"
EXEMPTION = """when: ad.warns_of_danger
lifts: [rule]
reach: ad
approver: duty editor
topics: [news]
review_after: 7d
"""
HOLDING = """when: account.hijacked
restricts: [advertise]
reach: account
hold: 24h
hold_only: true
review_after: 1d
"""


def without(line: str, text: str = RULE) -> str:
    """A block without one of its lines."""
    (found,) = (one for one in text.splitlines(keepends=True) if one.startswith(line))
    return text.replace(found, "")


LOOSER = {
    "the same": (RULE, RULE),
    "longer notice": (RULE, RULE.replace("7d", "14d")),
    "looked at sooner": (RULE, RULE.replace("review_after: 90d", "review_after: 30d")),
    "a shorter strike": (RULE, RULE.replace("strike: 90d", "strike: 30d")),
    "a lighter strike": (RULE, without("strike_weight", RULE)),
    "fewer topics": (RULE, RULE.replace("[news, health]", "news")),
    "an end more": (without("ends"), RULE),
    "overridable": (RULE + "overridable: false\n", RULE),
    "an entry for less": (ENTRY, ENTRY.replace("[political, health]", "political")),
    "an exemption for more": (EXEMPTION, EXEMPTION.replace("[news]", "[news, health]")),
    "a side of its own": (
        without("topics", RULE)
        .replace("reach: ad", "reach: account")
        .replace("ad.", "account.")
        .replace("account.misstates_the_offer", "account.hijacked")
        .replace("{ad:", "{account:"),
        without("topics", RULE)
        .replace("reach: ad", "reach: account")
        .replace("ad.", "account.")
        .replace("account.misstates_the_offer", "account.hijacked")
        .replace("{ad:", "{account:")
        + "territory: [AT]\n",
    ),
}

TIGHTER = {
    "another condition": (
        RULE,
        RULE.replace("when: ad.misstates_the_offer", "when: ad.poses_as_another"),
        "not proven",
    ),
    "another end": (RULE, RULE.replace('"!ad.misstates_the_offer"', "ad.poses_as_another"), "not proven to end"),
    "less notice": (RULE, RULE.replace("7d", "1d"), "less notice"),
    "looked at later": (RULE, RULE.replace("review_after: 90d", "review_after: 91d"), "later"),
    "never looked at": (RULE, without("review_after"), "later"),
    "a longer strike": (RULE, RULE.replace("strike: 90d", "strike: 91d"), "more strikes"),
    "a heavier strike": (RULE, RULE.replace("weight: 2", "weight: 3"), "more strikes"),
    "counted elsewhere": (RULE, RULE + "strike_category: lies\n", "`strike_category`"),
    "more topics": (RULE, without("topics"), "wider in `topics`"),
    "more evidence": (RULE, RULE.replace("admission]", "admission, report]"), "`needs`"),
    "an end less": (RULE, without("ends"), "not proven to end"),
    "less evidence": (RULE, RULE.replace("[finding, admission]", "[finding]"), "`needs`"),
    "an exemption that ends sooner": (EXEMPTION, EXEMPTION + "ends: ad.danger_past\n", "ends otherwise"),
    "any evidence": (RULE, without("needs"), "`needs`"),
    "never lifted": (RULE, RULE + "overridable: false\n", "can't be lifted"),
    "a wider reach": (
        RULE,
        RULE.replace("reach: ad", "reach: account")
        .replace("ad.", "account.")
        .replace("account.misstates_the_offer", "account.hijacked")
        .replace("{ad:", "{account:"),
        "`reach`",
    ),
    "an entry for more": (ENTRY, ENTRY.replace("health", "news"), "wider"),
    "an entry asks otherwise": (ENTRY, ENTRY.replace("identity_verified", "is_news_medium"), "not proven"),
    "an exemption for less": (EXEMPTION, EXEMPTION.replace("[news]", "[health]"), "reaches less"),
    "an exemption met otherwise": (EXEMPTION, EXEMPTION.replace("warns_of_danger", "danger_confirmed"), "no less"),
    "an exemption by others": (EXEMPTION, EXEMPTION.replace("duty editor", "nobody"), "`approver`"),
    "an exemption on evidence": (EXEMPTION, EXEMPTION + "needs: {ad: [finding]}\n", "`needs`"),
    "more than a hold": (HOLDING, without("hold_only", HOLDING), "only holds"),
    "a longer hold": (HOLDING, HOLDING.replace("24h", "48h"), "holds longer"),
}


def blocks(read: Reader, block: str) -> Policy:
    """A policy of one clause, with the clause that its exemption needs."""
    other = one_clause(RULE, id_="rule")
    return read(together(one_clause(block, id_="it"), other) if "lifts" in block else one_clause(block, id_="it"))


@pytest.mark.parametrize("name", LOOSER)
def test_what_is_plainly_looser_is_known_to_be(read: Reader, name: str) -> None:
    old, new = (blocks(read, block) for block in LOOSER[name])
    assert tightened(old, new) == ()


@pytest.mark.parametrize("name", TIGHTER)
def test_what_may_be_stricter_says_in_what(read: Reader, name: str) -> None:
    old, new, why = TIGHTER[name]
    (found,) = tightened(blocks(read, old), blocks(read, new))
    assert why in found
    assert found.startswith("`it` ")


def test_a_clause_that_restricts_is_stricter_than_none_and_its_end_is_looser(read: Reader) -> None:
    one, two = one_clause(RULE, id_="one"), one_clause(RULE, id_="two")
    assert tightened(read(one), read(together(one, two))) == ("`two` is new",)
    assert tightened(read(together(one, two)), read(one)) == ()
    assert tightened(None, read(one)) == ("`one` is new",)


def test_an_exemption_more_is_looser_and_one_less_is_stricter(read: Reader) -> None:
    rule = one_clause(RULE)
    both = together(rule, one_clause(EXEMPTION, id_="way-out"))
    assert tightened(read(rule), read(both)) == ()
    assert tightened(read(both), read(rule)) == ("the exemption `way-out` is gone",)
    more = together(
        rule, one_clause(RULE, id_="other"), one_clause(EXEMPTION.replace("[rule]", "[rule, other]"), id_="way-out")
    )
    less = together(rule, one_clause(RULE, id_="other"), one_clause(EXEMPTION, id_="way-out"))
    assert tightened(read(less), read(more)) == ()
    assert tightened(read(more), read(less)) == ("`way-out` lifts less",)


def test_a_text_that_gets_a_block_is_new_and_one_that_loses_it_is_looser(read: Reader) -> None:
    plain = one_clause(RULE).replace("```clause\n" + RULE.strip() + "\n```\n", "")
    assert tightened(read(plain), read(one_clause(RULE))) == ("`rule` is new",)
    assert tightened(read(one_clause(RULE)), read(plain)) == ()


def test_other_services_are_stricter_until_somebody_knows(read: Reader) -> None:
    assert tightened(read(one_clause(RULE)), read(one_clause(RULE, head="services: [feed]\n"))) == (
        "the services are others",
    )


def test_more_capabilities_are_stricter(read: Reader) -> None:
    more = RULE.replace("[advertise]", "[advertise, monetise]")
    assert tightened(read(one_clause(RULE)), read(one_clause(more))) == ("`rule` restricts more",)
    assert tightened(read(one_clause(more)), read(one_clause(RULE))) == ()


def test_a_proof_is_asked_only_where_the_forms_differ(read: Reader) -> None:
    asked = []

    def proof(narrow: Condition, wide: Condition) -> bool:
        asked.append((narrow.source, wide.source))
        return True

    narrow = RULE.replace("when: ad.misstates_the_offer", "when: ad.misstates_the_offer && ad.poses_as_another")
    assert tightened(read(one_clause(RULE)), read(one_clause(RULE)), proof=proof) == ()
    assert tightened(read(one_clause(RULE)), read(one_clause(narrow)), proof=proof) == ()
    assert asked == [("ad.misstates_the_offer && ad.poses_as_another", "ad.misstates_the_offer")]


def test_other_words_count_where_the_clauses_read_them(read: Reader, vocabulary: Vocabulary) -> None:
    policy = read(
        one_clause(
            "each: order in owner.orders\n"
            + RULE.replace("reach: ad", "reach: owner")
            .replace("ad.misstates_the_offer", "order.in_force")
            .replace("{ad:", "{order:")
            .replace("strike: 90d\n", "")
            .replace("strike_weight: 2\n", "")
            .replace("[news, health]", "order.products")
        )
    )
    again = msgspec.structs.replace(policy, vocabulary_digest=digest_of_text("other words"))
    assert tightened(policy, again) == ("the words are others",)
    assert tightened(policy, again, words=(vocabulary, vocabulary)) == ()

    def changed(kind: str, fact: str, **how: object) -> Vocabulary:
        entities = tuple(
            msgspec.structs.replace(
                one,
                facts=tuple(msgspec.structs.replace(f, **how) if f.name == fact else f for f in one.facts),
            )
            if one.name == kind
            else one
            for one in vocabulary.entities
        )
        return msgspec.structs.replace(vocabulary, entities=entities)

    assert tightened(policy, again, words=(vocabulary, changed("order", "in_force", accepts=()))) == (
        "`order.in_force` is another fact",
    )
    assert tightened(policy, again, words=(vocabulary, changed("order", "in_force", label="another word"))) == ()
    assert tightened(policy, again, words=(vocabulary, changed("ad", "offers_live_animals", accepts=()))) == ()
    nothing = msgspec.structs.replace(vocabulary, entities=())
    assert len(tightened(policy, again, words=(vocabulary, nothing))) == 3
    plain = read(one_clause(RULE))
    assert (
        tightened(
            plain,
            msgspec.structs.replace(plain, vocabulary_digest=again.vocabulary_digest),
            words=(vocabulary, vocabulary),
        )
        == ()
    )


def test_the_logic_reading_proves_what_forms_do_not_show(read: Reader, vocabulary: Vocabulary) -> None:
    def said(old: str, new: str) -> tuple[str, ...]:
        policies = [
            read(one_clause(RULE.replace("when: ad.misstates_the_offer", f'when: "{text}"'))) for text in (old, new)
        ]
        return tightened(*policies, proof=by_logic(vocabulary, around=instant("2024-06-01")))

    lies, poses = "ad.misstates_the_offer", "ad.poses_as_another"
    assert said(lies, f"{poses} && {lies}") == ()
    assert said(f"{lies} || {poses}", lies) == ()
    assert said(f"!({lies} && {poses})", f"!{lies} || !{poses}") == ()
    for old, new in ((lies, f"{lies} || {poses}"), (f"{lies} && {poses}", lies), (lies, poses)):
        assert said(old, new) == ("`rule` is not proven to be met by no more than before",)


def test_what_the_logic_reading_refuses_is_not_proven(read: Reader, vocabulary: Vocabulary) -> None:
    block = "each: order in owner.orders\nwhen: {}\nrestricts: [advertise]\nreach: owner\nreview_after: 90d\n"
    old, new = "order.in_force", "order.in_force && order.binds.matches('a+b')"
    policies = [read(one_clause(block.format(text))) for text in (old, new)]
    (found,) = tightened(*policies, proof=by_logic(vocabulary, around=instant("2024-06-01")))
    assert "not proven" in found
