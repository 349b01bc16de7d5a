"""What a notice gives as its ground, as sets of words that can be compared: for repeats, novelty and contradictions.

Likeness of letters misleads both ways, so words are read as concepts: `off-boarded` and `ineligible` say one thing,
`tobacco` and `alcohol` two.
"""

from __future__ import annotations

import re

from goodstanding.reasons.notices.catalogue.words import TOPIC
from goodstanding.reasons.notices.model import compiled
from goodstanding.reasons.notices.sentences import Sentence

REASON = re.compile(
    r"\b(?:because|due to|based on|reasons?|violat\w+|breach\w*|conflict\w*|contrary|not (?:in )?compl\w+"
    r"|n't comply|failed to comply|"
    r"inconsistent|incompatible|fit|at odds|against our|goes against|not (?:in line|meet|compatible|consistent"
    r"|fit|permitted|allowed)|does(?:n't| not) (?:meet|fit|follow|agree)|"
    r"determin\w+|found|detected|identified|concluded|associated with|linked to|risk|suspicious|unusual"
    r"|invalid|deceptive|suspended for|weil|verstö\w+|enfreint|infring\w+|incumpl\w+|viola\w*)\b"
)
_TOPIC_AS_GROUND = (
    (
        r"(?:\b(?:for|due to|because of|violat\w+(?: of)?|breach\w*(?: of)?|against|under"
        r"|reason(?: \w+){0,3}(?: is| was|:)|regarding|on|policy:|about)\b[^.;]{0,40}?\b(?P<after>"
    )
    + TOPIC
    + r")\b|\b(?P<before>"
    + TOPIC
    + r")[\"']? (?:polic(?:y|ies)|rules?|guidelines?|standards?)\b)"
)
_WORD = re.compile(r"[a-zà-ÿ0-9][a-zà-ÿ0-9'%.-]*[a-zà-ÿ0-9%]|[a-z0-9]")
_EMPTY = frozenset(
    (
        "a an the and or but of to in on for with by at from as is are was were be been being it its this that "
        "these those your you our we us i my have has had do does did will would shall can could may might not no "
        "nor so than then there here which who whom what when where why how all any each such other more most very "
        "also too just only own same about into over under again once while after before during upon within dear "
        "hello hi thank thanks please regards sincerely team support continue abide further still now already "
        "however therefore accordingly remain remains us we've we're you're it's don't can't they them their he "
        "she him her one some us-based make made using use used based place "
    ).split()
)
_CONCEPTS: tuple[tuple[str, str], ...] = (
    (
        (
            r"suspen|disabl|deactiv|terminat|off-?board|ineligib|ban(?:s|ned|ning)?$|block|restrict|"
            r"remov|reject|disapprov|declin|revok|unavailab|closed?$|clos(?:e|ure|ing)$|withdr|stopp|"
            r"switch|shut|turned$|off$"
        ),
        "MEASURE",
    ),
    (
        (
            r"violat|breach|infring|conflict|incompatib|compatib|inconsisten|contra(?:ry|ven)|complian|compl(?:y|"
            r"ies)|against$|odds$|fit$|align|clash|square|reconcil|break|broke|irreconcil"
        ),
        "CLASH",
    ),
    (r"polic|rule|guideline|standard|practice|terms$|condition|norm|requirement|criteria|expect", "RULE"),
    (r"ads?$|advert|promot|campaign|market(?:ing)?$|placement", "ADS"),
    (r"account|profile|page|handle", "ACCOUNT"),
    (
        (
            r"determin|conclu|decid|decision|find|found|judg|assess|view$|verdict|opinion|consider|"
            r"believ|stand(?:s|point)?$|position"
        ),
        "DECISION",
    ),
    (r"compan|business|firm|enterprise|operat|commerc|trade|run$|runs$|running$", "BUSINESS"),
    (r"model|method|approach|way$|ways$|manner", "WAY"),
    (r"inherent|fundament|by nature|nature$|intrinsic|essential", "INHERENT"),
    (r"unusual|suspicio|abnormal|irregular|odd$|strange", "UNUSUAL"),
    (r"activit|behav|conduct|action|engag", "ACTIVITY"),
    (r"accept|allow|permit|tolerat|approv", "ACCEPT"),
    (r"platform|network|service|site$|system", "PLATFORM"),
    (r"risk|danger|threat|harm", "RISK"),
    (r"review|examin|look|check|double-check|re-?check|investigat|careful|thorough", "REVIEW"),
    (r"detail|information|specific|disclos|shar(?:e|ing)", "DETAIL"),
    (
        (
            r"final|uphold|upheld|maintain|confirm|stand$|stays?$|unchang|revers|overturn|reinstat|"
            r"restor"
        ),
        "FINAL",
    ),
)
"""Beginnings of words (`$`: the whole word) that say the same in a notice."""
_ENDINGS = re.compile(r"(?:ingly|edly|ings?|ed|es|s|ly|'s|')$")
_SPECIFIC = re.compile(r'https?://\S+|"[^"]{3,}"|\b[\w.-]*\d[\w.:/-]*')


def concepts(text: str) -> frozenset[str]:
    """The words of a text that carry meaning, synonyms of the trade as one."""
    return frozenset(_concept(word) for word in _WORD.findall(text.lower()) if word not in _EMPTY)


def _concept(word: str) -> str:
    """The concept of a word, or the word without its ending."""
    for pattern, concept in _CONCEPTS:
        if compiled(pattern).match(word):
            return concept
    stem = _ENDINGS.sub("", word)
    return stem if len(stem) > 2 else word  # noqa: PLR2004  shorter stems collide


def topics(sentences: tuple[Sentence, ...]) -> frozenset[str]:
    """The rules and kinds of conduct that the sentences give as ground, as single words."""
    found: set[str] = set()
    for sentence in sentences:
        for match in compiled(_TOPIC_AS_GROUND).finditer(sentence.plain):
            found |= {_ENDINGS.sub("", word) for word in _WORD.findall(match["after"] or match["before"])}
    return frozenset(found - {"and", "or", "content", "policy", "product", "good", "the", "ad", "ads"})


def specifics(text: str) -> frozenset[str]:
    """Numbers, addresses and quotations: what can't be a paraphrase."""
    return frozenset(found.strip(".:/") for found in _SPECIFIC.findall(text.lower()))
