"""Every sentence frame of a condition's prose, by its English form, which is the key in each language's catalogue.

Pairs are (as it is, denied), and (denied, as it is) where a boolean picks one. `{bare}` is a fact's noun phrase without
its article, `{what}` with its entity. A language that inflects what English does not may use other places of the frame.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from goodstanding.clause.model import Why
from goodstanding.clause.prose.words import Called
from goodstanding.clause.tree import Function, Macro, Operator
from goodstanding.clause.vocabulary import ChangedBy

if TYPE_CHECKING:
    from goodstanding.clause.prose.words import Words


def _both(verb: str) -> tuple[str, str]:
    """`is …` and `is not …`."""
    return f"{{subject}} is {verb} {{x}}", f"{{subject}} is not {verb} {{x}}"


COMPARED: Final = {
    Operator.LESS: (_both("less than"), _both("before"), _both("shorter than")),
    Operator.LESS_OR_EQUAL: (_both("at most"), _both("at or before"), _both("at most")),
    Operator.GREATER: (_both("more than"), _both("after"), _both("longer than")),
    Operator.GREATER_OR_EQUAL: (_both("at least"), _both("at or after"), _both("at least")),
}
"""For numbers and texts, for instants, for lengths of time."""

QUANTITY: Final = {
    Operator.LESS: "less than {x}",
    Operator.LESS_OR_EQUAL: "at most {x}",
    Operator.GREATER: "more than {x}",
    Operator.GREATER_OR_EQUAL: "at least {x}",
}
EXACTLY: Final = "exactly {x}"
AGE: Final = {
    operator: (f"{quantity} have passed since {{since}}", f"not {quantity} have passed since {{since}}")
    for operator, quantity in QUANTITY.items()
}
SAME: Final = ("{subject} is not {x}", "{subject} is {x}")
SAME_LIST: Final = ("{subject} are not {x}", "{subject} are {x}")
SAME_TRUTH: Final = "{a} exactly if {b}"
ONE_OF: Final = ("{subject} is not one of {x}", "{subject} is one of {x}")
AMONG: Final = ("{subject} is not among {x}", "{subject} is among {x}")
EMPTY: Final = ("{subject} is not empty", "{subject} is empty")
EMPTY_FACT: Final = ("{subject} has {bare}", "{subject} has no {bare}")
RECORDED: Final = ("{subject} is on record as having no {bare}", "{subject} has its {bare} on record")
DECIDED: Final = (
    "it is on record that nobody can say whether {subject} {holds}",
    "it is on record whether {subject} {holds}",
)
TRUTH: Final = ("{subject} is false", "{subject} is true")
CERTAIN: Final = ("in no case", "in every case")
ALTERNATIVES: Final = "either {alternatives}"
CHOICE: Final = "if {test}, then {yes}; otherwise {no}"
CHOSEN: Final = "{a} if {test}, otherwise {b}"
TEXT: Final = {
    Function.STARTS_WITH: ("{subject} begins with {x}", "{subject} does not begin with {x}"),
    Function.ENDS_WITH: ("{subject} ends with {x}", "{subject} does not end with {x}"),
    Function.CONTAINS: ("{subject} contains {x}", "{subject} does not contain {x}"),
    Function.MATCHES: ("{subject} matches the pattern {x}", "{subject} does not match the pattern {x}"),
}
PART: Final = {
    Function.FULL_YEAR: "the year of {x}",
    Function.MONTH: "the month of {x}, with January as 0",
    Function.DAY_OF_MONTH: "the day of the month of {x}, counted from 0",
    Function.DATE: "the day of the month of {x}",
    Function.DAY_OF_WEEK: "the day of the week of {x}, with Sunday as 0",
    Function.DAY_OF_YEAR: "the day of the year of {x}, counted from 0",
    Function.HOURS: "the hours of {x}",
    Function.MINUTES: "the minutes of {x}",
    Function.SECONDS: "the seconds of {x}",
    Function.MILLISECONDS: "the milliseconds of {x}",
    Function.INT: "{x} as a whole number",
    Function.DOUBLE: "{x} as a number",
    Function.STRING: "{x} as a text",
    Function.TIMESTAMP: "{x} as a time",
    Function.DURATION: "{x} as a length of time",
}
"""Functions of one operand, as noun phrases."""

ITEM: Final = "the item at place {at} of {over}, counted from 0"
SIZE: Final = ("the number of {bare}", "the length of {x}")
ARITHMETIC: Final = {
    Operator.ADD: "{a} plus {b}",
    Operator.SUBTRACT: "{a} minus {b}",
    Operator.MULTIPLY: "{a} times {b}",
    Operator.DIVIDE: "{a} divided by {b}",
    Operator.REMAINDER: "{a} modulo {b}",
}
QUANTIFIED: Final = {
    (macro, holds): (f"{quantity} of {{over}}", f"for {quantity} of {{over}}, {{body}}")
    for macro, holds, quantity in (
        (Macro.EXISTS, True, "at least one"),
        (Macro.EXISTS, False, "none"),
        (Macro.ALL, True, "each"),
        (Macro.EXISTS_ONE, True, "exactly one"),
        (Macro.EXISTS_ONE, False, "not exactly one"),
    )
}
"""As the subject that facts of the element share, and as a frame around a whole sentence."""

COUNTED: Final = (
    "it does not hold for {quantity} of {over} that {body}",
    "it holds for {quantity} of {over} that {body}",
)
FILTERED: Final = "those of {over} of which it holds that {body}"
MAPPED: Final = "{what} for each of {over}"
MAPPED_WHERE: Final = "{what} for each of {over} where {test}"

NONE: Final = "{name} has no {bare}"
VALUE: Final = ("{what} is {value}", "{what} are {value}")
NOT_KNOWN_WHETHER: Final = "It is not known whether {name} {holds}{why}"
NOT_KNOWN_WHAT: Final = ("It is not known what {what} is{why}", "It is not known what {what} are{why}")
WHETHER_IT: Final = "whether {name} {holds}"
WHO_CAN: Final = {
    ChangedBy.ADVERTISER: "the advertiser can change {what}",
    ChangedBy.AUTHORITY: "only the authority can change {what}",
    ChangedBy.PLATFORM: "only the platform can change {what}",
    ChangedBy.NOBODY: "nobody can change {what}",
}
WHY: Final = tuple(why.value for why in Why)
SMALL: Final = (
    *("and", "or", "nothing", "true", "false", "now", "no time", "minus {x}", "{date}", "“{text}”", "of {name}"),
    *("whether {clause}", "{chain}", "it", "of it", "that one", "of that one"),
)


def pronoun(english: str, words: Words) -> Called:
    """`it` or `that one` in every place of a sentence."""
    name = words.say(english)
    return Called(name, words.variant(english, "as an object"), words.say(f"of {english}"))
