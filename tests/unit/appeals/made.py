"""A small case that the tests of appeals share: a seller of kettles whose advertising is off."""

from __future__ import annotations

from msgspec.structs import replace

from goodstanding.appeals.model import (
    Answer,
    Appeal,
    Audience,
    Channel,
    Citation,
    Message,
    PublicStatement,
    Question,
    Reply,
)
from goodstanding.kernel.digests import digest_of_text
from goodstanding.kernel.ids import AppealId, CaseId, PersonId, RestrictionId
from goodstanding.kernel.instants import instant

CLAUSE = Citation.of("clause:unsafe-goods")
RECALL = Citation.of("fact:recall-2031")
LETTER = Citation.of("evidence:recall-letter")
UNTOLD = Citation.of("fact:ministry-memo")
KNOWN = (CLAUSE, RECALL, LETTER, UNTOLD)
TOLD = (CLAUSE, RECALL)

FIRST = Message(
    id="st-1",
    at=instant("2031-01-10"),
    text=(
        "We have switched off advertising for all accounts of Copper Kettle, since its business model conflicts with "
        "the safety practices that advertisers on our platform accept. A recall of the whistling kettle by the market "
        "surveillance office of March 2030 is still open. You may go on posting."
    ),
)

APPEAL = Appeal(
    id=AppealId("ap-1"),
    case=CaseId("C90"),
    against=(RestrictionId("re-1"),),
    channel=Channel.LETTER,
    received_at=instant("2031-02-01"),
    recorded_at=instant("2031-02-03"),
    recorded_by=PersonId("clerk"),
    document=digest_of_text("Dear platform"),
    summary="asks for the rule and for the facts",
    questions=(
        Question(number=1, text="Which rule did we break?"),
        Question(number=2, text="Is the recall not over?"),
    ),
)

REPLY = Reply(
    appeal=APPEAL.id,
    by=PersonId("reviewer"),
    at=instant("2031-02-10"),
    text="We looked at both questions.",
    answers=(
        Answer(question=1, text="The clause on unsafe goods, in version four of the document.", examined=(CLAUSE,)),
        Answer(question=2, text="It is not: the authority extended its order to next December.", examined=(LETTER,)),
    ),
    relies_on=(CLAUSE, RECALL),
)

PRESS = PublicStatement(
    case=APPEAL.case,
    audience=Audience.PRESS,
    by=PersonId("press"),
    at=instant("2031-03-01"),
    text="A recall of the whistling kettle is still open.",
    grounds=(RECALL,),
)


def answering(*answers: Answer, text: str = "", reply: Reply = REPLY) -> Reply:
    """The reply with other answers and covering text."""
    return replace(reply, answers=answers, text=text)
