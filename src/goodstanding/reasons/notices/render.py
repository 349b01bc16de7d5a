"""Writes a check for people: each element with its words, or what the law asks and how to mend it.

Leaves the verdict to `check`. Articles are those of Regulation (EU) 2022/2065; the warnings rest on art. 17(4) and on
promise P5.
"""

from __future__ import annotations

import textwrap

from goodstanding.reasons.notices.model import Element, NoticeCheck, NoticeWarning

_WIDTH = 88

ASKED: dict[Element, tuple[str, str, str]] = {
    Element.MEASURE: (
        "what was done",
        "17(3)(a): whether content, payments, a service or an account is removed, limited, suspended or ended",
        "Say what is off and what stays on.",
    ),
    Element.CLAUSE: (
        "the rule",
        "17(3)(d)-(e): a reference to the legal or contractual ground relied on",
        "Name one rule so that it can be looked up: its title or number, not the whole body of rules.",
    ),
    Element.FACTS: (
        "the facts of this case",
        "17(3)(b): the facts and circumstances relied on",
        "State an act, an item, a date, an address, a count or the words at issue.",
    ),
    Element.SOURCE: (
        "where the facts come from",
        "17(3)(b): whether the decision follows a notice or the platform's own investigation",
        "Say who reported it, which order was received, or that reviewers looked and at what.",
    ),
    Element.TERRITORY: (
        "where it applies",
        "17(3)(a): where relevant, the territorial scope of the decision",
        "Name the countries, or say that it applies everywhere.",
    ),
    Element.DURATION: (
        "how long it applies",
        "17(3)(a): where relevant, the duration of the decision",
        "Give an end, an event that ends it, or say that it is permanent.",
    ),
    Element.AUTOMATION: (
        "whether a machine took part",
        "17(3)(c): where applicable, the use made of automated means to detect or decide",
        "Say whether automated means found it or decided it, or that a person did.",
    ),
    Element.EXPLANATION: (
        "why the facts fall under the rule",
        "17(3)(d)-(e): explanations as to why the information is illegal or incompatible with that ground",
        "Join the two: this is what we saw, this is what the rule says, so it applies.",
    ),
    Element.REDRESS_INTERNAL: (
        "how to complain to the platform",
        "17(3)(f), 20(1): the internal complaint-handling system",
        "Link the form or offer a reply, and give the time left (at least six months).",
    ),
    Element.REDRESS_OUT_OF_COURT: (
        "out-of-court settlement",
        "17(3)(f), 21(1): out-of-court dispute settlement",
        "Say that a certified body may be chosen, and where the list is.",
    ),
    Element.REDRESS_COURT: (
        "the courts",
        "17(3)(f): judicial redress",
        "Say that the courts stay open.",
    ),
}
"""For each element: its name, what the law asks, and a fix."""

MEANT: dict[NoticeWarning, str] = {
    NoticeWarning.REPEATS_EARLIER: "It repeats an earlier reason. Say what was examined again, and by whom.",
    NoticeWarning.ADDS_NOTHING: "It has no element, fact or answer that is new. Answer what was asked.",
    NoticeWarning.GENERIC: "It could be sent to anybody. Say what is true of this case only (17(4)).",
    NoticeWarning.UNFILLED_SLOT: "Something of a template or draft was left in. Fill it or take it out.",
    NoticeWarning.CONTRADICTION: "It says two things that exclude each other. Keep the true one.",
}


def render_check(check: NoticeCheck) -> str:
    """The check as plain text, ending in a line feed."""
    lines = [f"{len(check.present)} of {len(Element)} elements found.", ""]
    for present in check.present:
        lines += [
            f"present  {ASKED[present.code][0]} ({present.code})",
            *_wrapped(f'"{" ".join(present.quote.split())}"'),
        ]
    for element in check.missing:
        name, law, fix = ASKED[element]
        lines += [f"missing  {name} ({element})", *_wrapped(f"The law asks: {law}."), *_wrapped(f"Fix: {fix}")]
    for warning in check.warnings:
        lines += [f"warning  {warning}", *_wrapped(MEANT[warning])]
    return (
        "\n".join(
            [
                *lines,
                "",
                "This informs and decides nothing: whether each duty applies depends on the service and the case.",
            ]
        )
        + "\n"
    )


def _wrapped(text: str) -> list[str]:
    """A paragraph under its heading."""
    return textwrap.wrap(text, width=_WIDTH, initial_indent=" " * 9, subsequent_indent=" " * 9)
