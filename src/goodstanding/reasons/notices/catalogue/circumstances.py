"""Where facts come from, where the measure holds, how long, and whether a machine took part (DSA art. 17(3)(a) to (c))."""

from __future__ import annotations

from goodstanding.reasons.notices.catalogue.words import COUNTRY, DATE, HYPOTHETICAL, MEASURED
from goodstanding.reasons.notices.model import Element, Signal

_WHO = (
    r"(?:users?|buyers?|customers?|rights? ?(?:holders?|owners?)|brand owners?|trademark owners?"
    r"|copyright (?:owners?|holders?)|members?|viewers?|consumers?|"
    r"claimants?|complainants?|advertisers?|third part(?:y|ies)|another (?:user|seller|member|developer"
    r"|party)|other (?:users|sellers|members|parties)|law firm|court|authorit(?:y|ies)|regulators?|government"
    r"|ministry|police|"
    r"agency|trusted flagger|bank|card issuer|payments? (?:provider|processor|partner)|journalists?|researchers?"
    r"|the public|a person|company|owner|patients?|parents?|organi[sz]ation)"
)
_TIME = (
    r"(?:\d{1,4}|one|two|three|four|five|six|seven|ten|twelve|fourteen|thirty|sixty|ninety|24|48"
    r"|72)[ -](?:\w+ )?(?:hours?|days?|weeks?|months?|years?)"
)

SOURCE = (
    Signal(
        name="somebody told us",
        element=Element.SOURCE,
        why="`we received a complaint from a rights holder`, `buyers told us`",
        cues="wrote|contact|demand|drew|report|complain|notice|notif|contacted|warned|says|assert|claim|told|request|flag|alert|tip|inform",
        pattern=rf"\b(?:reports?|complaints?|notices?|notifications?|claims?|requests?|(?:legal |formal )?demands?|alerts?|takedown\w*|dmca"
        rf"|letter|tip|information)\b[^.;]{{0,50}}\b(?:from|by|of|filed by|sent by)\b(?: (?:an?|the"
        rf"|several|other|one|two|our|many|your|multiple|some|\d+))?(?: [\w'-]+){{0,3}}? {_WHO}\b"
        rf"|\b{_WHO}(?:,? [^.;]{{0,40}})? (?:has |have |had )?(?:reported|complained|notified us|told us"
        rf"|informed us|wrote to us|contacted us|drew our attention|says? that|asserts? that|states? that"
        rf"|flagged|alerted us|claims? that|alleges?|submitted a (?:notice|claim|complaint|report)"
        rf"|filed a (?:notice|claim|complaint|report|dmca\w*))\b"
        r"|\b(?:following|after|in response to|because of|based on|due to|acting on|pursuant to|received"
        r"|upon) (?:an? |the |several |multiple |\w+ )?(?:valid |recent |formal |legal |third[- ]party |user "
        r"|buyer |customer |copyright |trademark |dmca |infringement |takedown |counterfeit |court "
        r"|removal ){0,3}(?:complaints?|reports?|notices?|claims?|order|takedown\w*|dmca)\b"
        rf"|\b(?:was|were|been) (?:reported|flagged) (?:to us )?(?:by|as)\b|reported by|\b(?:contacted|told"
        rf"|informed|notified|alerted|approached|warned) by (?:your|the|an?|several"
        rf"|our)(?: [\w'-]+){{0,2}}? {_WHO}\b|\b(?:as a result of|following) (?:a|an"
        rf"|several) (?:[\w-]+ )?(?:complaint|report|notice)s?",
        unless=HYPOTHETICAL,
        not_within=(
            r"\b(?:prior|previous|earlier|this|your) (?:notices?|reports?|requests?|complaints?)|(?:legal"
            r"|policy|service|transparency) notices?|notices? (?:from|by) (?:us|the platform|our)"
            r"|received (?:this|your|the) |following (?:notice|reports?|claims?)$|report to"
            r"|your (?:request|report|complaint|claim)|following your|owner of"
        ),
        not_after=(
            r"\bthank you\b[^.]{0,30}$|\byour (?!profile|account|page|shop|store|ads?\b|listing|video|post"
            r"|channel|app\b|product|site|website)(?:\w+ )?$"
        ),
    ),
    Signal(
        name="an authority's act",
        element=Element.SOURCE,
        why="`following an order by the ministry`, `the directive of …`, `under a court order`",
        cues="order|instruction|on the request|on the demand|directed |instructed |required |directive|injunction|judgment|subpoena|ruling|determination|conclusion|sanction|restrictions",
        pattern=(
            r"\b(?:following|after|in response to|pursuant to|under|by|because of|due to|comply with|based on"
            r"|received|on the basis of|rests? on|as required by|in compliance with"
            r"|owing to|on account of|and on)(?: (?:[\w'-]|\.(?=\w))+\.?){0,6}"
            r" (?:restrictions|sanctions|order|directive|injunction|judgment|ruling|determination"
            r"|conclusion|executive order)s?\b(?: (?:of|by|from|issued|dated|that|on|in|\d+)\b|,? namely|[.;]?$)"
            r"|\b(?:ordered|directed|instructed|required) (?:us|the platform) (?:on|to|by|in)\b"
            r"|\bon the (?:orders?|instructions?|request|demand) of (?!our|your)"
            r"|\ban (?:official )?order (?:of|by|from) an? (?:\w+ )?(?:authority|court|ministry|regulator|government)"
        ),
        not_within=(
            r"\bin order|in our|our (?:determination|conclusion)|order (?:number|no)|this (?:determination"
            r"|conclusion)|purchase order|(?:your|an?|the) order (?:of|from|on|dated|by) (?:a "
            r"|the )?(?:product|item|\d)"
        ),
        not_after=r"\b(?:if|may|might|such as|unless)\b[^.]{0,50}$|\bnot $",
    ),
    Signal(
        name="our own look",
        element=Element.SOURCE,
        why="`one of our reviewers compared …`, `our own investigation`, `in a routine review`",
        cues="reviewer|moderator|specialist|analyst|editors|staff|team|by hand|investigat|routine|manual|audit|test purchase|test buyer|test buy|inspect|our own|spot check|proactive|own-initiative|own initiative|sampl|monitoring",
        pattern=r"\b(?:(?:one of |some of )?(?:our|the|two|a) (?:[\w-]+ )?(?:reviewers?|moderators?|specialists?"
        r"|analysts?|inspectors?|engineers?)(?: [\w-]+){0,3} (?:looked|compared|examined|checked|saw"
        r"|opened|visited|found|watched|read|tested|bought|reviewed|noticed|noted|confirmed|clicked"
        r"|downloaded|installed|identified|listened|inspected|ran|analy[sz]ed)"
        r"|(?:our|a|the|one of our) (?:(?:small|trust|safety|and|policy|review|moderation|integrity|compliance|content"
        r"|editorial|product|app|whole|dedicated) ){0,4}(?:(?:reviewers?|moderators?|specialists?|analysts?|editors)"
        r" (?:has |have |had )?(?:believed?|thinks?)|(?:reviewers?|moderators?|specialists?|analysts?|editors|staff|teams?)"
        r" (?:has |have |had |also |then |manually |just )*(?:looked (?:at|into|through)|compared|examined|checked|watched"
        r"|inspected|visited|reviewed (?:your (?!appeal|request|message|case|response)|this|the (?!appeal|request))))"
        r"|(?:reviewed|checked|verified|examined|inspected|tested)(?: \w+){0,4} (?:manually|by hand)"
        r"|(?:manually|by hand) (?:reviewed|checked|verified|examined|inspected|tested)"
        r"|(?:by|from|after|following|upon|on|a|in) (?:a |our |an )?(?:\w+ )?manual (?:review|check|inspection)"
        r"|(?:our|an|own|internal|retrospective|its) (?:own |internal |independent |retrospective |thorough "
        r"|recent )*investigation (?:of|into|found|showed|has|shows|we|revealed|concluded|by)"
        r"|(?:during|in|after|as part of|following) (?:a|an|our) (?:recent |regular |periodic "
        r"|scheduled )*(?:routine|manual|random|proactive|regular|periodic|scheduled|quarterly"
        r"|annual) (?:[\w-]+ ){0,2}(?:review|check|audit|inspection|sweep|monitoring|scan)"
        r"|test (?:purchase|buy|buyer|order|customer)s?|spot[ -]checks?|own[- ]initiative|(?:our"
        r"|an) audit (?:of|found|showed)|on our own motion)",
        not_after=r"\b(?:if|may|might|appeal|request|could|you can)\b[^.]{0,50}$",
        unless=r"\byour appeal\b",
    ),
    Signal(
        name="published by others",
        element=Element.SOURCE,
        why="`according to the report of …`, `your reply to our question`",
        cues="according to|press|news|published|media|on the basis of|your own|told us|data from|list of",
        pattern=(
            r"\b(?:according to|on the basis of|based on|as reported in|as shown (?:in|by)|as published (?:in"
            r"|by)) (?!our\b|your?\b|these\b|this\b|polic|us\b)(?:an? |the )?(?:[\w'&-]+ ){0,4}(?:reports?"
            r"|articles?|press|news(?:paper)?|media|study|findings?|register|list|database|records?|court"
            r"|regulator|authority|logs?|data|commission|agency)\b"
        ),
        not_within=r"(?:polic|guideline|terms|account|our |your |reports? (?:center|page))",
        unless=HYPOTHETICAL,
    ),
)

TERRITORY = (
    Signal(
        name="a country or the world, beside the measure",
        element=Element.TERRITORY,
        why="`is hidden in Germany and Austria`, `removed worldwide`, `in all countries`",
        cues="in |world|global|countr|territor|region|storefront|across|everywhere|for users|from the",
        pattern=rf"\b(?:(?:only |also )?(?:in|within|for|across|throughout|to (?:users|people|viewers"
        rf"|customers) in|from) (?:(?:the )?(?:following|these) )?(?:{COUNTRY}\b"
        rf"|all (?:\w+ )?(?:countries|territories|regions|markets|storefronts|locations|member states"
        rf"|marketplaces)|every (?:country|market|territory|marketplace)|your country\b"
        rf"|the following (?:countries|territories|markets|regions))"
        rf"|worldwide|globally|around the world|everywhere|(?:regardless of|irrespective of) (?:country"
        rf"|location)|{COUNTRY} (?:storefront|store|marketplace|delivery|users))",
        also=MEASURED
        + (
            r"|\b(?:no longer|stop\w*|off\b|end\w*|withdr\w+|paus\w+|applies|application|in force|takes effect"
            r"|sell|advertise|deliver\w*)"
        ),
        not_within=r"^(?:from|for) (?:us|the us)$",
        not_after=(
            r"\b(?:law|laws|legal requirements|based|located|registered|incorporated|court|courts|office"
            r"|resident|residents|users|millions|businesses|people|customers|support|team|lives?|companies"
            r"|advertisers|trusted|leader|established|made|manufactured|shipped|countr(?:y|ies) like"
            r"|regulations?|available|operates?|prohibited|restricted|illegal|publishers|developers"
            r"|community|political|you are|you're)\b[^.;]{0,30}$"
        ),
        unless=(
            r"\b(?:street|avenue|ltd|gmbh|inc\.|jurisdiction|law of|address|phone|p\.?o\.? box|if you (?:are"
            r"|live|reside)|recipients in|united kingdom law)\b"
        ),
    ),
    Signal(
        name="the scope, labelled",
        element=Element.TERRITORY,
        why="`Territorial scope: EU`, `This applies in …`, `Countries affected: …`",
        cues="scope|countr|territor|applies|region|market|where:",
        pattern=(
            rf"\b(?:territor(?:y|ial scope)|geographic(?:al)? scope|scope|countries(?: affected)?"
            rf"|affected (?:countries|regions|markets)|regions?|where (?:it|this) applies|(?:restriction"
            rf"|measure|decision|removal|block|ban|suspension) (?:applies|is limited|is valid|has effect"
            rf"|covers|holds))(?: (?:to|in|only|for|of|the)){{0,3}}:? (?:{COUNTRY}\b|all countries|worldwide"
            rf"|global)|^\W*where: (?:{COUNTRY}\b|(?:every|all) (?:territor|countr|region)|everywhere|worldwide)"
        ),
    ),
    Signal(
        name="German, French, Spanish",
        element=Element.TERRITORY,
        why="`in allen Ländern`, `dans toute l'Union`, `en todos los países`",
        cues="länder|weltweit|deutschland|pays|union|países|mundo|francia|alemania",
        pattern=(
            r"\b(?:in allen ländern|weltweit (?:gesperrt|entfernt)|in deutschland (?:gesperrt|entfernt|nicht)"
            r"|dans (?:tous les pays|toute l'union)|dans le monde entier|en todos los países"
            r"|en todo el mundo)\b"
        ),
    ),
)

DURATION = (
    Signal(
        name="for good",
        element=Element.DURATION,
        why="`permanently suspended`, `for an indefinite period`, `you will never be able to …`",
        cues="permanent|indefinit|never|lifetime|for life|forever|for good|further notice",
        pattern=rf"\b(?:permanently(?: \w+){{0,3}} {MEASURED}|{MEASURED}(?: [\w']+){{0,6}} (?:permanently"
        rf"|indefinitely|forever|for good|for life)|permanent(?: \w+)? (?:suspension|ban|restriction"
        rf"|removal|termination|closure|disablement|block)|indefinite(?:ly)? (?:\w+ )?(?:{MEASURED}"
        rf"|suspension|period|hold|ban|restriction)|indefinite period"
        r"|will never (?:again )?(?:be able|be allowed|be reinstated|be eligible)|lifetime ban"
        r"|for good[.!]?$|banned for life|(?:restriction|suspension|ban|decision|this|it|measure|termination|removal"
        r"|deactivation) is (?:permanent|indefinite|not temporary)|until further notice|(?:remain"
        r"|stay)s? (?:\w+ )?(?:indefinitely|permanently)|permanently (?:lose|lost|unable|limit))",
        not_after=r"\b(?:may|might|could|can|if|would|risk|result in|lead to|or|avoid|prevent)\b[^.;:]{0,40}$",
        not_within=r"permanent(?:ly)? or temporar|temporar\w+ or permanent",
        not_before=r"^ or temporar",
    ),
    Signal(
        name="for a time",
        element=Element.DURATION,
        why="`for 90 days`, `a 7-day suspension`, `you can reapply in 30 days`",
        cues="day|hour|week|month|year",
        pattern=(
            rf"\b(?:for (?:a (?:period|minimum|total) of |the next |another |at least |a further )?{_TIME}"
            rf"|(?:{_TIME}|\d+[- ](?:day|hour|week|month)s?) (?:suspension|ban|restriction|hold|block"
            rf"|period of suspension|freeze|timeout)|(?:re-?apply|apply again|be eligible again|lifted"
            rf"|expires?|ends?|regain|resume)(?: \w+){{0,4}} (?:in|after|within) (?:the next )?{_TIME}"
            rf"|(?:lasts?|last for|duration:?|period:?) (?:of )?{_TIME}|(?:next|coming) {_TIME}, (?:you"
            rf"|your))"
        ),
        not_within=r"^for (?:the last|the past)|last \d+",
        unless=(
            r"\b(?:appeal\w* (?:within|in|for)|keep (?:a|your) (?:copy|data)|respond|reply|data|records?"
            r"|retain|logs?|have been|submit (?:an? |your )?(?:appeal|complaint|review|answer)|wait|processing"
            r"|(?:reviews?|it) (?:takes?|can take)|if you (?:do not|don't)|available for|get back|may be"
            r"|complain|inactive|valued?|member for|customers? for)\b"
        ),
    ),
    Signal(
        name="until something",
        element=Element.DURATION,
        why="`until you verify your identity`, `until 31 December`",
        cues="until|till|unless and|as long as|once ",
        pattern=(
            rf"\b(?:until|till) (?:{DATE}|you|your|we|the|this|these|it|all|such|resolved|further|proof|our"
            rf"|payment|identity|verification|an?|they|that|then|both|either|at least|corrected|end"
            rf"|compliance|review|\d)"
        ),
        not_after=(
            r"\b(?:(?<!we )have|respond|reply|appeal|open|available|submit|deadline|not (?:create|open"
            r"|submit)|wait|don't|do not|can still|may still|keep|continue to)\b[^.;]{0,60}$"
            r"|\bbetween\b[^.;]{0,20}$"
        ),
        unless=r"\b(?:until now|up until|may be|might be)\b",
    ),
    Signal(
        name="from a day",
        element=Element.DURATION,
        why="`with effect from 1 June`, `as of 12 May`; `effective immediately` says when it began, not how long: it is none",
        cues="effective|as of|from |effect|starting|on |lift|will ",
        pattern=(
            rf"\b(?:with effect (?:from|on|as of)|effective(?: date)?(?: as of| from| on|:)?|as of|as from"
            rf"|starting(?: on| from)?|beginning on|takes? effect (?:on|from)|will (?:be (?:\w+ )?{MEASURED}"
            rf"|end|terminate|close|expire) on|(?:ends?|expires?|closes?|terminates?|lapses?) on|(?:valid"
            rf"|in force|applies) from) {DATE}|\bwill (?:\w+ )?be (?:\w+ )?{MEASURED} in {_TIME}|\bfrom {DATE},? on(?:wards?)?\b|\b(?:lift|end|expire|restore)s? (?:\w+ ){{0,3}}on {DATE}"
        ),
        unless=r"\b(?:polic(?:y|ies)|terms) (?:\w+ )?(?:effective|update)|updated (?:terms|polic)|balance",
    ),
    Signal(
        name="German, French, Spanish",
        element=Element.DURATION,
        why="`dauerhaft gesperrt`, `définitivement`, `durante 30 días`",
        cues="dauerhaft|endgültig|tage|bis |définitiv|jours|jusqu|permanente|días|hasta",
        pattern=(
            rf"\b(?:dauerhaft|unbefristet|endgültig) (?:\w+ )?(?:gesperrt|deaktiviert|entfernt|eingeschränkt)"
            rf"|für \d+ (?:tage|wochen|monate)\b|bis (?:zum )?{DATE}|(?:suspendu"
            rf"|désactivé)\w* (?:définitivement|de façon permanente)|(?:pendant|pour) \d+ jours|jusqu'(?:au"
            rf"|à ce que)|permanentemente|de forma permanente|durante \d+ días|hasta que"
        ),
    ),
)

AUTOMATION = (
    Signal(
        name="machines, said outright",
        element=Element.AUTOMATION,
        why="`detected by automated means`; `our systems flagged` alone discloses nothing about this decision",
        cues="automat|algorithm|machine|artificial|classifier| ai |automatisiert|automatique|automatiz",
        pattern=(
            r"\b(?:(?:fully |partly |partially |solely |semi-)?automat(?:ed|ic|ically|ion)|algorithm\w*"
            r"|machine[- ]learning|artificial intelligence|classifiers?|automatisiert\w*|automatisé\w*"
            r"|automatizad\w+)\b"
        ),
        also=(
            r"\b(?:detect\w*|identif\w+|flagg\w+|decid\w+|decision|found|picked up|caught|spotted|taken|made"
            r"|review\w*|used|determin\w+|disabled|suspended|removed|rejected|system|systems|means|tools?"
            r"|without|check\w*|scan\w*|erkannt|entschieden|mittel|system\w*|moyens|medios)\b"
        ),
        not_after=HYPOTHETICAL.replace("can(?! no longer)|", ""),
        not_before=r"^(?: \w+){0,2} (?:may|might|could)\b",
        unless=(
            r"\bautomated (?:clicks?|traffic|queries|bots?|behaviou?r|activity|scripts?|engagement|accounts?"
            r"|message|reply|e-?mail|response|notification)|automatic(?:ally)? (?:generated|reply|response"
            r"|message|e-?mail|renew\w*|charged?|payments?|sent|pay)|automatically-generated|automated or"
            r"|automatic(?:ally)? (?:restored|reinstated|closed|convert\w*|paused?|cancel\w*|expire\w*)"
        ),
    ),
    Signal(
        name="people, said outright",
        element=Element.AUTOMATION,
        why="`a person reviewed`, `no automated means were used`, `reviewed by our team manually`",
        cues="human|no person|no automat|without|a person|manually|people|by hand",
        pattern=(
            r"\b(?:human (?:review(?:er|ers|ed)?|moderators?|decision|oversight|being)"
            r"|reviewed by (?:a )?(?:human|person|people|real person)|a person (?:looked|reviewed|decided"
            r"|checked|took|made)|by a (?:human|person)|decided by (?:a |our )?(?:human|person|people)"
            r"|decided (?:manually|by hand)|(?:no|without(?: a)?) (?:person|human)(?: (?:was |being )?involve\w*)|(?:no"
            r"|without) (?:\w+ )?automat\w+)"
        ),
        unless=(
            r"\b(?:request|ask for|asking for|if you|may be reviewed|will be (?:manually )?reviewed|appeal"
            r"|can be)\b"
        ),
    ),
)
"""Why, where and how, around the facts."""
