"""What was done (DSA art. 17(3)(a)): an announced or past act, not a threat."""

from __future__ import annotations

from goodstanding.reasons.notices.catalogue.words import MEASURED
from goodstanding.reasons.notices.model import Element, Signal

_THREAT = (
    r"\b(?:(?<!\d )(?<!of )may(?! \d)|might|could|can(?! (?:now )?confirm)|would)\b[^;:,]{0,40}$|\b(?:if"
    r"|unless|risk of (?:being |a )?(?:suspension|removal|termination|suspended|removed)|result in|lead to|avoid|reserve the right|whenever|subject to)\b[^;:]{0,60}$"
)

MEASURE = (
    Signal(
        name="an act in the passive",
        element=Element.MEASURE,
        why="`your account has been suspended`, `the listing is hidden`, `payments have been held`",
        cues="been|was|were|is |are |be |being|remain|stay|keep|got",
        pattern=r"\b(?:(?:has|have|had) (?:now |also |already |therefore |just |recently |all )?been|(?:will"
        r"|shall) (?:now |also |therefore |not |no longer )?be|is|are|was|were|being|remains?|stays?"
        r"|keep\w*|got)"
        r" (?:[a-z-]+ ){0,3}?(?:caught [a-z ]{2,30} and )?" + MEASURED + r"\b",
        not_after=_THREAT,
        not_within=(
            r"\bnot (?:been |be )?(?:suspended|disabled|removed|rejected|restricted|limited)|(?:is|are"
            r"|was) (?:why|not limited)|limited to|prohibited|\bto (?:appeal|request)"
        ),
        not_before=r"^ (?:to (?:those|persons)|by law|only (?:when|if))",
    ),
    Signal(
        name="an act of ours",
        element=Element.MEASURE,
        why="`we have disabled your account`, `we took your ads down`",
        cues="we|twitter|google|decision|decided|team|intend",
        pattern=r"\b(?:we|we've|we'll|we're|us|team|twitter|google|meta|facebook|amazon|apple|tiktok|pinterest"
        r"|linkedin|etsy|youtube|x|which|and|has|have|"
        r"decided to|decision to|determined to|going to|intend to|chosen to|had to|need to|forced to|will|now"
        r"|therefore|also|immediately|permanently|temporarily|"
        r"notice of our|so we)"
        r" (?:also |now |are |is |therefore |have |had to |had |has |immediately |temporarily |permanently "
        r"|accordingly |to )*"
        r"(?:suspend|suspended|suspending|disabled?|disabling|deactivated?|deactivating|terminated?"
        r"|terminating|removed?|removing|rejected|disapproved|blocked|banned|restrict|"
        r"restricted|limited(?: (?:who|how|where|what|its|the|your))?|closed|closing|delisted|unpublished|off-?board\w*|withheld|withhold\w*"
        r"|taken down|took down|took (?:it|them|this|these|those|your [\w ]{2,30}) down|took your|taken|pulled|paused|stopped|stop|stopping|turned off|switched off|"
        r"end our|ended our|ending our|end your|ended your|ending your|frozen|froze|hidden|declined|refused"
        r"|revoked|cancell?ed|demoneti[sz]ed|held|placed (?:a|your)|put|close (?:it|your|the|this)"
        r")\b",
        not_after=_THREAT,
        not_within=(
            r"^(?:we|and|has|have|which|will|now|also) (?:have |had |has )?(?:taken|put|placed|held|will)$"
            r"|\bwe (?:limited|held)$"
        ),
        unless=r"\b(?:how|whether|reserve|steps? (?:we|have)|for what)\b[^.]{0,40}\b(?:suspend|remove|restrict)\w*",
    ),
    Signal(
        name="an account that no longer can",
        element=Element.MEASURE,
        why="`you can no longer advertise`, `you're restricted from advertising`, `not eligible to monetise`",
        cues="pass|off|stay|won't|no longer|can't|cannot|not |n't|unable|ineligible|restricted|not able|lost|off|loss",
        pattern=r"\b(?:no longer (?:be )?(?:able|eligible|allowed|permitted|appear|run|show|show\w*|serve"
        r"|moneti\w+|advertise|sell|access|publish|accept|participate|authori[sz]ed|listed|part|live"
        r"|available|offer|provide|carry|accept|support your)"
        r"|(?:you|your \w+(?: \w+)?|it|they|which|account) (?:can't|cannot|can not|won't be able to"
        r"|will not be able to|aren't able to|are not able to|may not|are unable to|may no longer"
        r"|can no longer) (?:currently )?(?:be used to |use (?:it|this|your \w+|\w+ \w+) to |use |go live|run"
        r"|advertise|sell|moneti[sz]e|promote|publish|earn|post|place ads|create (?:new )?ads|receive|access"
        r"|be (?:shown|used|published))"
        r"|no longer qualif\w+|(?:hasn't|haven't|has not|have not) been (?:approved|accepted)"
        r"|(?:ads?|adverts?|campaigns?|app|video|content|listings?|products?|they|it|yours) (?:won't|will not|don't|doesn't|can't|cannot)"
        r" (?:be able to )?(?:show|run|serve|appear|go live|be (?:carried|promoted|recommended|listed|accepted))\b"
        r"|(?:unable|not able) to proceed|(?:to )?part ways with you\w*"
        r"|(?:not|isn't|aren't|wasn't|are not|is not|was not|weren't) (?:currently |been |yet "
        r"|be )?(?:eligible|approved|accepted|able to (?:approve|accept|advertise)|allowed to (?:advertise"
        r"|sell)|ready to show|suitable for (?:our|moneti\w+|advertis\w+|this|the))"
        r"|(?:ads?|app|version|build|update|submission|extension|add-on|application|website|site|video|book|product|item|it)"
        r" (?:did not|didn't|has not|hasn't|failed to|does not|doesn't) pass(?:ed)? (?:our |the )?(?:\w+ )?(?:review|verification|check)"
        r"|(?:remains?|are|is|be|deemed|became) (?:currently |now )?ineligible"
        r"|(?:unable|not able|won't be able|can't|cannot|won't|will not|not going|decided not"
        r"|not in a position)(?: to)?(?: be)? (?:put (?:it |them )?back|reinstated?|restored?|re-?activate|approve|accept|lift"
        r"|publish|continue (?:to|our|your|doing)|keep)"
        r"|(?:cannot|\w+n't|not|no longer) (?:\w+ ){0,3}(?:advertis\w+|ads|sell|moneti\w+|promote"
        r"|promotion)\b (?:\w+ ){0,3}(?:with|through|on|here|via) (?:us|our|any|this|meta|google|the)"
        r"|(?:not|\w+n't|no longer) (?:be|being) (?:shown|served|displayed|published|distributed|delivered"
        r"|paid)|\w+n't (?:be )?(?:moving forward|proceed\w*|going ahead)|not (?:be )?(?:moving forward"
        r"|proceed\w*|going ahead)|(?:stays?|remains?) (?:down|off)|(?:it's|it is) (?:now )?off\b"
        r"|loss of (?:access|advertising)|lost (?:access|eligibility|the (?:ability|right)))",
        not_after=(
            r"\b(?:if|(?:content|ads|apps|anything|products|items|videos|sites|pages) that|so that you"
            r"|to ensure|make sure|when|avoid|result in)\b[^;:,]{0,50}$"
        ),
    ),
    Signal(
        name="a status line",
        element=Element.MEASURE,
        why="`Ad disapproved`, `Status: rejected`, `App removed`, `Notice of termination`",
        cues="revok|cancel|paus|stop|suspend|disab|reject|disappr|remov|termin|denied|declin|restrict|limit|not approved|deactiv|demoneti|ban|close|on hold|held",
        pattern=r"(?:^|[:!*#-] ?|\bsubject: )[\"'(]?(?:your |the )?(?:[\w'.-]+ ){0,5}(?:disapproved|suspended"
        r"|rejected|removed|terminated|denied|declined|restricted|limited|disabled|deactivated|"
        r"not approved|demoneti[sz]ed|banned|closed|on hold|blocked|withheld|revoked|cancell?ed|paused"
        r"|stopped)\b|(?:notice of|notification of|reasons? (?:of|for)|account|immediate"
        r"|confirmation of) (?:your )?(?:account )?(?:suspension|termination|removal|deactivation|restriction"
        r"|ban)\b",
        not_after=_THREAT,
        not_within=(
            r"\b(?:may|if|might|could|can|not (?:been )?(?:suspended|removed|disabled)|why|how|appeal"
            r"|would|review|get|prevent|avoid)\b"
        ),
        unless=r"\b(?:may|might|could) (?:be|result|lead)",
    ),
    Signal(
        name="a thing on hold or off",
        element=Element.MEASURE,
        why="`is on hold`, `has been turned off`, `is under restriction`, `ads stopped running`",
        cues="hold|held|halt|retain|demot|off|stopp|paus|froz|down|cancel|revok|stay|not be paid|out of|withdr|denied|den",
        pattern=r"\b(?:on hold|(?:been|is|are|was|were|be) (?:now |also )?(?:turned off|switched off|stopped"
        r"|paused|halted|frozen|taken (?:down|off|offline)|cancell?ed|revoked|withdrawn|denied|put on hold|held"
        r"|retained|demoted|downranked|flagged and (?:disabled|removed))|not be paid"
        r"|(?:ads?|payments?|payouts?|moneti[sz]ation|advertising|it|account)(?: \w+){0,3} (?:off|stopped|paused)\b|switched off (?:for|on|in)\b)",
        not_after=_THREAT,
        not_within=r"\b(?:may|might|could|can|would|if)\b",
    ),
    Signal(
        name="an act that is announced or asked for",
        element=Element.MEASURE,
        why="`your account will close`, `we intend to end the agreement`, `it was taken down`",
        cues="terminat|close|lapse|block of|removal of|restriction|rejection|removal|ban |end |ending|upheld|suspension|decision|off-board",
        pattern=r"\b(?:hereby terminat\w+|terminat(?:es|ed|ing) (?:your|the|this)|intent to terminate"
        r"|pending termination|will (?:end|terminate|close|lapse)"
        r"|(?:decision|action|measure)(?: taken)?: (?:\w+ ){0,3}(?:termination|suspension|removal|restriction|closure|rejection)\b"
        r"|(?:a|the|this) (?:block|removal|suspension|takedown|closure|demonetisation|restriction) of your"
        r"|(?:suspension|decision|restriction|termination|rejection|ban|removal|disapproval) (?:(?:of|on) (?:your|the) \w+ )?(?:has been|was"
        r"|is|will be|remains?|stands?)(?: \w+){0,2} ?(?:upheld|confirmed|maintained|final|in place|in effect"
        r"|correct)?|upheld (?:the|your|our)"
        r"|off-?board(?:ed|ing)?\b|(?:your|the|this|current|account) (?:suspension|deactivation|termination) )",
        not_after=_THREAT,
        not_within=r"^decision (?:has been|was|is) (?:made|based)",
    ),
    Signal(
        name="German, French, Spanish",
        element=Element.MEASURE,
        why="`wurde gesperrt`, `a été suspendu`, `ha sido suspendida`",
        cues="wurde|worden|ist |bleib|été|est |sido|está|hemos|haben|avons",
        pattern=r"\b(?:wurden?|worden|ist|sind|bleibt|haben wir|wir haben|a été|ont été|est|avons|ha sido"
        r"|han sido|está|hemos) (?:[\wäöüß'-]+ ){0,6}?"
        r"(?:gesperrt|deaktiviert|entfernt|abgelehnt|eingeschränkt|gelöscht|gekündigt|suspendu\w*"
        r"|désactivé\w*|supprimé\w*|refusé\w*|restreint\w*|"
        r"suspendid\w+|suspendido|desactivad\w+|inhabilitad\w+|eliminad\w+|rechazad\w+|restringid\w+)",
    ),
)
"""How a measure is told; questions, instructions and threats are no measure."""
