"""Finds a fact that no table of verbs foresees: a reason told in words that are not those of every notice.

Notices that say nothing share a few hundred words (`account`, `suspicious`, `integrity`). Where a clause that gives the
reason (`because it …`, `: your page …`) has three words of its own, it says something about this case. Leaves to
`catalogue` what a fixed pattern can find. Serves DSA art. 17(3)(b).
"""

from __future__ import annotations

import re

from goodstanding.reasons.notices.catalogue.words import HYPOTHETICAL, MEASURED, TOPIC
from goodstanding.reasons.notices.grounds import concepts
from goodstanding.reasons.notices.model import compiled

_FEWEST = 3
_SHORTEST = 3
_REASON_CLAUSE = re.compile(
    r"(?:\b(?:because|since|as|found|saw|noticed|see|seen|discovered|given|told us|says?|said|reported|think"
    r"|believe)"
    r"(?: that)?|:)[ (]+(?:at \S+ )?(?P<said>(?:you|they|it|he|she|all (?:three|two|four|of them)"
    r"|(?:your|the|this|these|its|several|some|one|a|an) [^.;:,]{0,40}?) (?:[^;:]|:(?=\d)){10,220})"
)
_CLAUSE_ENDS = re.compile(r",? (?:which|so|and therefore|in breach|in violation|against|contrary|and that)\b|https?:")
_SAYS_NO_FACT = re.compile(
    HYPOTHETICAL
    + rf"|\b{MEASURED}\b"
    + r"|\b(?:or|violat\w+|breach\w*|infring\w+|polic(?:y|ies)|guidelines?|standards?|section|terms|appeal|request"
    r"|e-?mail|reply|contact|fill|click|follow(?:s|ed|ing)?|below|above|our)\b"
)
_OF_THE_TRADE = tuple(
    (
        "abilit able abus acces accord accur activ add address advert affect afford agree already alway anoth "
        "answer anyon api app appeal appear appli approach appropriat artificial ask assess asset associat attempt "
        "attribut audienc authentic author automat avail avoid back bad balanc bank base basi because behalf below "
        "benefi best better binar bot both brand breach bring build bypas campaign cannot car case categor caus "
        "certain challeng chang channel check choic circumvent claim clear click clos code collect com comment "
        "common communit compet complain complet concept concern confirm connect consequen consist contact contain "
        "content continu contract control correct counterfeit countr creat credib current custom damag dat day "
        "deal decei deceiv decept detail detect develop differ difficult direct dishonest disput distribut "
        "document doesn don down due duplicat duti earl earn eas egregious elig else enabl end engag enough ensur "
        "entir entit error especial evad event everyon evidenc exampl exist expect experienc explain expos extra "
        "fact fail fair faith fals featur feedback feel few file fill final financ find first fit fix follow form "
        "forward fraud free frequent full function fund futur gain gener genuin get gett giv goal goes going good "
        "got ground guarant guid happen harm hav health help hid high hist hold home honest identi illeg immedi "
        "impact import improper inaccura inappropriat inauthentic incentiv includ income incomplet indicat inflat "
        "inform infring insufficien integrit intellect intend interest intern invalid inventor involv isn issu "
        "item just keep kept kind know lack languag larg last law lead learn least leav legal legitimat less let "
        "level licen lik limit line link list live local log long look los lot low made maintain maj mak malicious "
        "malwar manag manipulat many matt may mean measur meet member merchant messag method might mind minim "
        "minor mislead misrepresent miss mistak model money month more most mov much multipl must nam natur "
        "necessar need negat network never new next norm noth notic notif now number object oblig obtain offer "
        "official old open opinion option order origin oth out outcom outsid own owner page part pat pattern pay "
        "peopl perform period permanent permiss permit person plac plan point poor portion pos possib post potent "
        "practic present pretend prevent previous prior privac probab problem proces product profil program "
        "progres prohibit project promin promot proof propert protect prov public publish purchas purpos put "
        "qualif qualit question quick rais rang rat reach read real reason receiv recent reciev recogni recommend "
        "reconsid record reduc refer regard regist regular relat relev rely remain repeat repl replac report "
        "represent reput request requir resol resourc respect respond respons restor result retain return reus "
        "revenu right safe sal same satisf scal scam schem scop second section sector secur see seem sell send "
        "sens separat ser set sever shar shop show sign signal signific simil simpl sinc sit siz social sold solel "
        "someon somet sorr sourc spam spec spirit stand start stat statu step still stop stor strict strik strong "
        "subject submi subsequent substan such suffic suggest suit support sur suspi system tak team techn tell "
        "tend term test text thing think third thorough thread through tim today told took tool top total traffic "
        "transact transfer transparen treat tri true trust try turn two typ ultimat unabl unaccept unclear underst "
        "undesir uniq unless unlik unreal unreli untrust unwant updat upload upon usag use user usual valid valu "
        "var ver version video view violen virtual visibl visit want warn web week well whether whil whol wide "
        "will wish within without word work world write wrong wrote year yet young"
    ).split()
)
"""Beginnings of the words that notices share, whatever the case."""


def words_of_its_own(plain: str) -> tuple[int, int] | None:
    """Where a sentence in lower case gives a reason with at least three words that no notice needs, if it does."""
    for match in _REASON_CLAUSE.finditer(plain):
        said = _CLAUSE_ENDS.split(match["said"], maxsplit=1)[0]
        if not _SAYS_NO_FACT.search(said) and _own(said) >= _FEWEST:
            return match.start("said"), match.start("said") + len(said)
    return None


def _own(said: str) -> int:
    """How many words of a clause are neither of the trade nor a name of a rule, a number or an address."""
    left = compiled(rf"\b{TOPIC}\b").sub(" ", said)
    return sum(
        word.replace("-", "").isalpha()
        and word.islower()
        and len(word) > _SHORTEST
        and not word.startswith(_OF_THE_TRADE)
        for word in concepts(left)
    )
