"""A statement as plain text, ready to be mailed: at most 78 columns, every part under a heading.

It shows the record and adds no fact. It leaves to `plain` how characters and times are shown.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from goodstanding.reasons.plain import WIDTH, paragraphs, visible, when, wrapped
from goodstanding.reasons.wording import in_hands_of, listed, shown

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import tzinfo

    from goodstanding.reasons.model import Box, EvidenceStated, Statement, WayShown
    from goodstanding.reasons.money import MoneyAnswer


def render_text(statement: Statement, *, zone: tzinfo) -> str:
    """The whole statement; times in the reader's zone, with UTC beside."""
    seen = visible(statement)
    parts = (
        _head(seen, zone),
        _in_short(seen, zone),
        _boxes(seen, zone),
        _clause(seen, zone),
        _grounds(seen),
        _evidence(seen, zone),
        _decided(seen),
        _remedy(seen, zone),
        _money(seen.money, zone),
        _redress(seen, zone),
        _duties(seen),
        _proof(),
    )
    return "\n\n".join("\n".join(line.rstrip() for line in part).rstrip("\n") for part in parts) + "\n"


def _heading(text: str) -> list[str]:
    """A heading with its underline and an empty line."""
    return [text.upper(), "-" * len(text), ""]


def _say(text: str, indent: str = "") -> list[str]:
    """A paragraph."""
    return wrapped(text, first=indent, rest=indent)


def _items(texts: Iterable[str], indent: str = "") -> Iterator[str]:
    """A list with dashes."""
    for text in texts:
        yield from wrapped(text, first=f"{indent}- ", rest=f"{indent}  ")


def _row(name: str, text: str, indent: str = "") -> list[str]:
    """A named value; nothing for an empty one."""
    return wrapped(f"{name}: {text}", first=indent, rest=f"{indent}  ") if text else []


def _head(statement: Statement, zone: tzinfo) -> Iterator[str]:
    """Who says what to whom."""
    if statement.mark:
        yield from ["*" * WIDTH, *_say(statement.mark.upper() + "."), "*" * WIDTH, ""]
    yield from _say(f"{statement.platform}: statement of reasons")
    yield "=" * WIDTH
    yield ""
    yield from _row("To", statement.owner.name)
    yield from _row("Account", f"{statement.account.handle} ({statement.account.id})")
    yield from _row("Issued", when(statement.issued_at, zone))
    yield from _row("Statement", f"{statement.id}, case {statement.case}, decision {statement.decision}")


def _in_short(statement: Statement, zone: tzinfo) -> Iterator[str]:
    """The five answers."""
    yield from _heading("In short")
    yield from _row("What is off", statement.measure.sentence)
    beyond = ". And outside the limits of the measure: see below" if statement.possible.elsewhere else ""
    yield from _row("What still works", f"{listed(still_works(statement))}{beyond}")
    yield from _row("Why", f"{statement.clause.title} (clause {statement.clause.id}). {statement.basis.sentence}")
    yield from _row("What would end it", listed_end(statement))
    yield from _row("Until when", until_when(statement, zone))


def still_works(statement: Statement) -> list[str]:
    """The capabilities that are untouched, and what never is touched."""
    possible = statement.possible
    return [*(named.label for named in possible.capabilities), *possible.always]


def listed_end(statement: Statement) -> str:
    """What would end it, first of all in the advertiser's hands; a choice or a part is said to be one."""
    remedy = statement.remedy
    yours = " ".join(remedy.yours)
    if len(remedy.yours) > 1 or (yours and remedy.others):
        return f"{remedy.yours_sentence} {yours}"
    return yours or statement.duration.ends_when or remedy.yours_sentence


def until_when(statement: Statement, zone: tzinfo) -> str:
    """From when to when, and the next look at it."""
    duration = statement.duration
    end = f"It ends on {when(duration.ends_at, zone)}." if duration.ends_at else f"It ends when: {duration.ends_when}"
    review = f" It is looked at again by {when(duration.review_at, zone)}." if duration.review_at else ""
    return f"It begins on {when(duration.begins_at, zone)}. {end}{review}"


def _boxes(statement: Statement, zone: tzinfo) -> Iterator[str]:
    """Exactly what is off, and exactly what is not."""
    yield from _heading("What exactly is off")
    for number, box in enumerate(statement.boxes, start=1):
        yield from _box(number, box, zone)
    yield from _items((*statement.measure.terms, statement.account.reached))
    yield ""
    yield from _heading("What stays possible")
    yield from _items(f"{named.label}: untouched." for named in statement.possible.capabilities)
    yield from _items(statement.possible.elsewhere)
    yield from _items([f"Always: {listed(statement.possible.always)}."])


def _box(number: int, box: Box, zone: tzinfo) -> Iterator[str]:
    """One box, side by side."""
    yield from _say(f"{number}. Resting on ground {listed(map(str, box.grounds))}:")
    for name, text in box_rows(box, zone):
        yield from _row(name, text, "   ")
    yield ""


def box_rows(box: Box, zone: tzinfo) -> list[tuple[str, str]]:
    """The sides of a box, each with its name."""
    start = f"from {when(box.starts_at, zone)}" if box.starts_at else ""
    end = f"to {when(box.ends_at, zone)}" if box.ends_at else "until it is ended"
    return [
        ("What", shown(box.capabilities, "every capability")),
        ("Where", shown(box.territories, "everywhere")),
        ("On what topics", shown(box.topics, "every topic")),
        ("To whom", shown(box.audiences, "every audience")),
        ("On which services", shown(box.services, "every service")),
        ("Which ads", shown(box.ads, "every ad of this account")),
        ("When", f"{start} {end}".strip()),
    ]


def _clause(statement: Statement, zone: tzinfo) -> Iterator[str]:
    """The rule, whole."""
    clause = statement.clause
    yield from _heading("The rule")
    yield from _say(f"{clause.title} (clause {clause.id})")
    yield ""
    for text in paragraphs(clause.text):
        yield from _say(text, "    ")
        yield ""
    since = when(clause.in_force_from, zone)
    yield from _row("From", f"policy {clause.policy}, version {clause.policy_version}, in force from {since}")
    yield from _row("Digest of the text", clause.digest)
    yield from _row("How to stay within it", clause.guidance)
    yield from _say(statement.basis.sentence)


def _grounds(statement: Statement) -> Iterator[str]:
    """Facts, and why they are enough."""
    yield from _heading("The facts")
    for ground in statement.grounds:
        yield f"Ground {ground.number}"
        yield from _items((f"{fact.sentence} [evidence {fact.evidence}]" for fact in ground.facts), "  ")
    yield ""
    yield from _heading("Why these facts fall under the rule")
    yield from _row("The rule applies when", statement.clause.condition)
    yield "In this case:"
    yield from _items(statement.explanation.sentences)
    if statement.explanation.unknown:
        yield from ["", "Not known so far:", *_items(statement.explanation.unknown)]


def _evidence(statement: Statement, zone: tzinfo) -> Iterator[str]:
    """What the facts rest on."""
    yield from _heading("The evidence")
    for piece in statement.evidence:
        yield from _say(f"[{piece.number}] {piece.title or 'Not shown'}")
        for name, text in evidence_rows(piece, zone):
            yield from _row(name, text, "    ")
        yield ""


def evidence_rows(piece: EvidenceStated, zone: tzinfo) -> list[tuple[str, str]]:
    """What is shown of a piece of evidence, each with its name; what is empty is left out."""
    since = f"from {when(piece.valid_from, zone)}" if piece.valid_from else ""
    until = f"to {when(piece.valid_to, zone)}" if piece.valid_to else ""
    rows = (
        ("Published by", piece.publisher),
        ("Where", piece.url),
        ("It says", f"“{piece.quotation}”" if piece.quotation else ""),
        ("Kind", str(piece.grade)),
        ("Binds", piece.binds),
        ("Speaks of the time", f"{since} {until}".strip()),
        ("Known to the platform from", when(piece.known_from, zone)),
        ("Handling", str(piece.handling)),
        ("Withheld", piece.withheld),
        ("Reference", piece.reference),
        ("Digest", piece.digest),
    )
    return [(name, text) for name, text in rows if text]


def _decided(statement: Statement) -> Iterator[str]:
    """What led to it, and the part of machines in it."""
    yield from _heading("How it came about")
    yield from _items(
        (statement.origin.sentence, statement.automation.detection_sentence, statement.automation.decision_sentence)
    )


def _remedy(statement: Statement, zone: tzinfo) -> Iterator[str]:
    """What would end it."""
    remedy, duration = statement.remedy, statement.duration
    yield from _heading("What would end it")
    yield from _say(remedy.yours_sentence)
    yield from _items(remedy.yours)
    if remedy.others:
        yield from ["", "Only others can change:"]
        yield from _items(in_hands_of(step.changed_by, step.sentence) for step in remedy.others)
    if remedy.together:
        yield from ["", *_say(remedy.together_sentence), *_items(remedy.together)]
    yield ""
    yield from _row("It ends when", duration.ends_when)
    yield from _row("Looked at again by", when(duration.review_at, zone) if duration.review_at else "")
    yield from _say(remedy.review_sentence)


def _money(money: MoneyAnswer | None, zone: tzinfo) -> Iterator[str]:
    """What becomes of the money."""
    yield from _heading("Your money")
    if money is None:
        yield from _say("There is no answer from billing yet.")
        return
    yield from _items(f"{stop.what}: stops on {when(stop.at, zone)}" for stop in money.stops)
    yield from _say(charged(money, zone))
    for name, text in money_rows(money):
        yield from _row(name, text)


def charged(money: MoneyAnswer, zone: tzinfo) -> str:
    """That nothing is charged after."""
    return f"For what is stopped, nothing is charged after {when(money.charged_until, zone)}."


def money_rows(money: MoneyAnswer) -> list[tuple[str, str]]:
    """Each sum with what becomes of it."""
    return [
        ("Balance", f"{money.balance.amount}. {money.balance.becomes}"),
        ("Credits", f"{money.credits.amount}. {money.credits.becomes}"),
        *((f"Invoice {one.number}", f"{one.amount}. {one.becomes}") for one in money.invoices),
    ]


def _redress(statement: Statement, zone: tzinfo) -> Iterator[str]:
    """What the party can do against it."""
    redress = statement.redress
    yield from _heading("Your rights")
    yield from _row("Appeal to the platform", f"until {when(redress.internal.until, zone)}")
    yield from _items(redress.internal.addresses, "  ")
    yield from _say(redress.internal.sentence)
    for name, way in (("Out-of-court settlement", redress.out_of_court), ("Court", redress.court)):
        yield ""
        yield from _way(name, way)


def _way(name: str, way: WayShown) -> Iterator[str]:
    """One way outside the platform."""
    yield from _row(name, way.sentence)
    if way.available:
        yield from _items((f"{way.name}, {way.address}",), "  ")


def _duties(statement: Statement) -> Iterator[str]:
    """The provisions it answers."""
    yield from _heading("The law that this statement answers")
    for duty in statement.duties:
        label = f" ({duty.label})" if duty.label else ""
        yield from _items((f"{duty.reference}{label}: {duty.answers}",))
    yield from _say(DUTIES)


def _proof() -> Iterator[str]:
    """How to prove it later."""
    yield from _heading("Keep this")
    yield from _say(PROOF)


DUTIES = "Naming a provision does not say that it binds this platform or protects you in this matter."
PROOF = (
    "This statement is an entry of the platform's record. With its receipt, anyone can check offline that not a word "
    "of it was changed. The time in it is the operator's claim until a witness covers it."
)
