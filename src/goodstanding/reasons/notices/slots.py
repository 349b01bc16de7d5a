"""Finds what a template left behind: slots never filled, headings over nothing, notes to the drafter.

What a reader put in place of a name when publishing a notice (`[redacted]`) is no slot.
"""

from __future__ import annotations

import re
from itertools import pairwise

from goodstanding.reasons.notices.sentences import LONGEST_READ

_SLOT = re.compile(
    r"\{\{[^{}\n]{0,60}\}\}|\$\{[^{}\n]{0,60}\}|\{%[^%\n]{0,60}%\}|\{[a-zA-Z_][\w. ]{0,40}\}"
    r"|%\([a-zA-Z_]\w{0,40}\)[sd]|(?<![\w%])%[sd]\b"
    r"|%%?[A-Z][A-Z_]{2,40}%%?|<<[^<>\n]{1,60}>>"
    r"|<(?:insert|enter|add|your|name|reason|date|account|policy|clause|advertiser|product|url|link"
    r"|placeholder|tbd|todo)\b[^<>\n]{0,60}>"
    r"|\[(?!(?:redacted|removed|name removed|sic|link|image|cid|\d|https?:|deleted|omitted)\b)(?:(?:insert"
    r"|enter|add|your|choose|select|delete|describe|specify|placeholder|tbd|todo|reason|date|policy name"
    r"|advertiser|recipient|first ?name|last ?name|customer ?name|user ?name|company ?name|account ?(?:name"
    r"|id|number))\b[^\[\]\n]{0,80})\]"
    r"|\[(?!REDACTED|REMOVED|LINK|IMAGE|EXTERNAL|SIC|DELETED|OMITTED"
    r"|URL REMOVED)[A-Z][A-Z0-9]*(?:[ _/-][A-Z0-9]+){0,6}\]"
    r"|_{4,}|\blorem ipsum\b",
    re.IGNORECASE,
)
_UPPER_ONLY = re.compile(r"\[[^\]]*[a-z][^\]]*\]")
_WORDED = re.compile(
    r"\[(?:insert|enter|add|your|choose|select|delete|describe|specify|placeholder|tbd|todo|reason|date"
    r"|policy name|advertiser|recipient|"
    r"first ?name|last ?name|customer ?name|user ?name|company ?name|account ?(?:name|id|number))\b",
    re.IGNORECASE,
)
_NOTE = re.compile(
    r"\bTODO\b|\bTBD\b|\bTBC\b|\bFIXME\b|\bXXX+\b|\b(?i:confirm with (?:legal|policy|counsel)"
    r"|check with legal|legal to confirm|to be (?:filled in|completed by)|"
    r"delete (?:this|as|if) (?:line|applicable|not applicable|appropriate)|delete as applicable"
    r"|insert (?:reason|name|policy|link|date|facts|evidence) here|draft(?:ing)? note|"
    r"placeholder (?:text|for))\b"
)
_LABEL_LINE = re.compile(
    r"^[ \t>*#-]*(?:evidence|reasons?|details|facts|policy|policies|violations?|examples?|clause|rule|ad ids?"
    r"|affected (?:ads|items|content)|items?|urls?|content|explanation|"
    r"account(?: name| id)?|name|date|begründung|motif|motivo)\b[^:\n]{0,40}:[ \t*]*(?P<value>[^\n]*)$",
    re.IGNORECASE,
)
_NO_VALUE = re.compile(r"^(?:n/?a|none given|null|none|undefined|nan|-+|\.+|\?+|tbd)[. ]*$", re.IGNORECASE)
_ANY_LABEL = re.compile(
    r"^[ \t>*#-]*[A-Z][\w' /-]{1,40}:|^(?:(?:kind |best )?regards|sincerely|thank(?:s| you)|yours|the [\w ]+ team)\b",
    re.IGNORECASE,
)


def has_unfilled_slot(text: str) -> bool:
    """Whether something stands there that was to be replaced, filled in or taken out before sending."""
    read = text[:LONGEST_READ]
    return (
        any(_is_slot(match.group()) for match in _SLOT.finditer(read))
        or bool(_NOTE.search(read))
        or _heads_nothing(read.split("\n"))
    )


def _is_slot(found: str) -> bool:
    """Square brackets around ordinary words are an editor's remark; around capitals or an instruction, a slot."""
    return not _UPPER_ONLY.fullmatch(found) or bool(_WORDED.match(found))


def _heads_nothing(lines: list[str]) -> bool:
    """Whether a label such as `Evidence:` has `N/A` or nothing under it."""
    filled = [line for line in lines if line.strip()]
    for line, after in pairwise([*filled, ""]):
        label = _LABEL_LINE.match(line)
        if label is None:
            continue
        value = label["value"].strip()
        if _NO_VALUE.match(value) or (not value and (not after or _ANY_LABEL.match(after.strip()) is not None)):
            return True
    return False
