"""What must hold between the keys of a clause, each check named as the sentence it upholds.

- `a_condition_sees_one_subject`, `the_condition_reads_what_the_clause_reaches`: no wider than the ground (P2).
- `an_allegation_is_no_ground`, `an_estimate_restricts_one_ad_only`: which evidence can meet a clause (P3).
- `a_hold_touches_one_ad_or_account`, `a_hold_only_clause_holds`: what a hold may be (P3).
- `an_entry_requirement_closes_something_named`: it keeps a topic, audience or territory closed, never everything (P3).
- `a_restriction_has_an_end`: its duration can be stated (DSA art. 17(3)(a)) and its wait has a date (P7).
- `a_strike_stays_with_an_ad_or_account`, `a_law_is_named_for_a_legal_ground` (DSA art. 17(3)(d)).
- `a_commercial_ending_is_announced_in_time`: 30 days at least (Regulation (EU) 2019/1150 art. 4(2)).
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from goodstanding.clause.marked_yaml import did_you_mean
from goodstanding.kernel.grades import Grade
from goodstanding.kernel.ids import is_slug
from goodstanding.policy.expressions import first_mention, names_of, with_article
from goodstanding.policy.model import Basis, ClauseKind, Reach
from goodstanding.policy.yaml_parts import Text

if TYPE_CHECKING:
    from goodstanding.clause.tree import Condition
    from goodstanding.policy.keys import Keys
    from goodstanding.policy.model import Clause

_LEAST_NOTICE = timedelta(days=30)


def check(clause: Clause, keys: Keys) -> None:
    """Run every check; problems are added to those of `keys`."""
    for one in CHECKS:
        one(clause, keys)


def visible_to(clause: Clause) -> frozenset[str]:
    """The variables that a clause's conditions can see: its subject, the owner, and the entity of `each`."""
    bound = {clause.each.name} if clause.each else set()
    return frozenset({Reach.OWNER.value, *bound} | ({clause.reach.value} if clause.reach else set()))


def a_condition_sees_one_subject(clause: Clause, keys: Keys) -> None:
    """A condition sees the ad or the account that the clause reaches, its owner, and the entity of `each`."""
    if clause.reach is None:
        return
    visible = visible_to(clause)
    seen = sorted(f"`{variable}`" for variable in visible)
    start = f"a clause that reaches {with_article(clause.reach)}"
    if clause.each is not None and clause.each.root not in visible:
        message = f"{start} can't go through a list of `{clause.each.root}`"
        keys.refuse(keys.span("each"), message, f"write `reach: {clause.each.root}`, or go through a list of `owner`")
    for key in ("when", "requires", "ends"):
        condition: Condition | None = getattr(clause, key)
        text = keys.text(key)
        if condition is None or text is None:
            continue
        for name in sorted(names_of(condition) - visible):
            message = f"{start} sees {' and '.join(seen)}, not `{name}`"
            hint = f"write `reach: {name}`, or read a fact of {' or '.join(seen)}"
            keys.refuse(first_mention(text, condition, name), message, hint)


def the_condition_reads_what_the_clause_reaches(clause: Clause, keys: Keys) -> None:
    """A restriction of one ad or account rests on a fact of that ad or account; else it is one of all of them."""
    if clause.condition is None or clause.reach is None:
        return
    read, visible = names_of(clause.condition), visible_to(clause)
    if clause.each is not None and clause.each.name not in read:
        message = f"the condition reads no fact of `{clause.each.name}`, which `each` binds"
        keys.refuse(keys.span("each"), message, "read one, or remove `each`")
    roots = read | ({clause.each.root} if clause.each else set())
    if roots <= visible and clause.reach.value not in roots:
        message = f"the clause reaches {with_article(clause.reach)}, and its condition reads no fact of it"
        hint = "write `reach: owner`" if Reach.OWNER.value in roots else f"read a fact of `{clause.reach.value}`"
        keys.refuse(keys.span("reach"), message, hint)


def needs_names_what_the_condition_reads(clause: Clause, keys: Keys) -> None:
    """`needs` speaks of variables whose facts the clause reads."""
    if clause.condition is None:
        return
    lists = frozenset({clause.each.root}) if clause.each else frozenset()
    read = names_of(clause.condition) | names_of(clause.ends) | lists
    for name in clause.needs:
        if name not in read:
            message = f"the condition reads no fact of `{name}`"
            keys.refuse(keys.span("needs", name), message, did_you_mean(name, read) if read else "remove it")


def an_allegation_is_no_ground(clause: Clause, keys: Keys) -> None:
    """No clause is met by an allegation to somebody's detriment; a hold may rest on one without saying so."""
    if clause.kind is ClauseKind.EXEMPTION:
        return
    for name, grades in clause.needs.items():
        if Grade.ALLEGATION in grades:
            hint = "remove it; a clause with `hold` can act on a first sign"
            keys.refuse(keys.span("needs", name), "an allegation is never a ground", hint)


def an_estimate_restricts_one_ad_only(clause: Clause, keys: Keys) -> None:
    """The output of a model or match restricts one ad where the clause says so, and nothing wider."""
    if clause.reach in {None, Reach.AD} or clause.kind is ClauseKind.EXEMPTION:
        return
    for name, grades in clause.needs.items():
        if Grade.ESTIMATE in grades:
            message = "an estimate restricts one ad and nothing wider"
            keys.refuse(keys.span("needs", name), message, "remove it, or write `reach: ad`")


def a_hold_touches_one_ad_or_account(clause: Clause, keys: Keys) -> None:
    """A hold never reaches an owner."""
    if clause.kind is ClauseKind.RESTRICTION and keys.has("hold") and clause.reach is Reach.OWNER:
        keys.refuse(keys.span("hold"), "a hold touches one ad or one account", "write `reach: ad` or `reach: account`")


def a_hold_only_clause_holds(clause: Clause, keys: Keys) -> None:
    """A clause that only holds says for how long, and has nothing that belongs to a restriction."""
    if not clause.hold_only:
        return
    if not keys.has("hold"):
        keys.refuse(keys.span("hold_only"), "the clause only holds, and does not say for how long", "add `hold: 24h`")
    for key in ("strike", "notice", "needs"):
        if keys.has(key):
            message = f"`{key}` has no meaning in a clause that only holds"
            keys.refuse(keys.span(key), message, "remove it, or remove `hold_only`")


def an_entry_requirement_closes_something_named(clause: Clause, keys: Keys) -> None:
    """An entry requirement names the topic, audience or territory that it keeps closed."""
    if clause.kind is not ClauseKind.ENTRY_REQUIREMENT:
        return
    if all(_is_open(keys, side) for side in ("territory", "topics", "audience")):
        message = "an entry requirement would close everything"
        keys.refuse(keys.whole, message, "name what it keeps closed with `topics`, `audience` or `territory`")


def a_restriction_has_an_end(clause: Clause, keys: Keys) -> None:
    """Whatever acts for a time says when it ends or when it is looked at again."""
    if clause.kind is ClauseKind.ENTRY_REQUIREMENT or keys.has("ends") or keys.has("review_after"):
        return
    message = f"the {clause.kind.value} does not say when it ends"
    keys.refuse(keys.whole, message, "add `ends`, a condition, or `review_after`, such as `review_after: 180d`")


def a_strike_stays_with_an_ad_or_account(clause: Clause, keys: Keys) -> None:
    """A strike is counted for what one ad or account did, never for what an owner is."""
    if clause.kind is ClauseKind.RESTRICTION and keys.has("strike") and clause.reach is Reach.OWNER:
        keys.refuse(keys.span("strike"), "a clause that reaches an owner counts no strike", "remove it")
    for key in ("strike_weight", "strike_category"):
        if keys.has(key) and not keys.has("strike"):
            keys.refuse(keys.span(key), f"`{key}` says how a strike counts, and the clause has none", "add `strike`")
    if clause.strike_category and not is_slug(clause.strike_category):
        hint = "write lower case words joined by hyphens, such as `product-claims`"
        keys.refuse(keys.span("strike_category"), f"`{clause.strike_category}` can't be a category", hint)


def a_law_is_named_for_a_legal_ground(clause: Clause, keys: Keys) -> None:
    """`law` and `basis: law` go together."""
    if clause.basis is Basis.LAW and not keys.has("law"):
        keys.refuse(keys.span("basis"), "the clause does not name the law that it rests on", "add `law`")
    if clause.basis is Basis.TERMS and keys.has("law"):
        keys.refuse(keys.span("law"), "the clause names a law and rests on the platform's terms", "add `basis: law`")


def a_commercial_ending_is_announced_in_time(clause: Clause, keys: Keys) -> None:
    """A commercial ending leaves at least 30 days."""
    if clause.kind is ClauseKind.COMMERCIAL_ENDING and keys.has("notice") and clause.notice < _LEAST_NOTICE:
        message = "a commercial ending is announced at least 30 days ahead"
        keys.refuse(keys.span("notice"), message, "write `notice: 30d` or longer")


def a_clause_that_may_hold_announces_nothing(clause: Clause, keys: Keys) -> None:
    """What is urgent enough to hold leaves no time to announce it."""
    if clause.hold is not None and clause.notice >= clause.hold:
        message = "the notice is as long as the hold or longer, so the hold would end before the restriction begins"
        keys.refuse(keys.span("notice"), message, "remove `notice`, or remove `hold`")


CHECKS = (
    a_condition_sees_one_subject,
    the_condition_reads_what_the_clause_reaches,
    needs_names_what_the_condition_reads,
    an_allegation_is_no_ground,
    an_estimate_restricts_one_ad_only,
    a_hold_touches_one_ad_or_account,
    a_hold_only_clause_holds,
    a_clause_that_may_hold_announces_nothing,
    an_entry_requirement_closes_something_named,
    a_restriction_has_an_end,
    a_strike_stays_with_an_ad_or_account,
    a_law_is_named_for_a_legal_ground,
    a_commercial_ending_is_announced_in_time,
)


def _is_open(keys: Keys, side: str) -> bool:
    """Whether one side of the scope leaves nothing out."""
    field = keys.table.get(side)
    return field is None or (isinstance(field.part, Text) and field.part.value == "all")
