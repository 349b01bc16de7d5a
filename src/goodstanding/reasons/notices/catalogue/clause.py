"""Which rule (DSA art. 17(3)(d) and (e)): named so that it can be looked up, not a whole body of rules."""

from __future__ import annotations

from goodstanding.reasons.notices.catalogue.words import BLANKET, TOPIC
from goodstanding.reasons.notices.model import Element, Signal

RULE = (
    r"(?:polic(?:y|ies)|guidelines?|rules?|standards?|requirements?|restrictions?|code|section|clause"
    r"|provision|prohibition)"
)
_LAW_OF_REDRESS = r"digital services act|\bdsa\b|2022/2065|2019/1150|gdpr|p2b"
_MERE_LINK = r"\b(?:learn more|read more|more information|visit|for details|help cent(?:er|re))\b[^.]{0,30}$"

CLAUSE = (
    Signal(
        name="a rule named by its topic",
        element=Element.CLAUSE,
        why="`our circumventing systems policy`, `rules on tobacco`, `violation of our spam policy`",
        cues="polic|guideline|rule|standard|requirement|restriction|code of conduct|practice|system|content|goods|software|traffic|account|:",
        pattern=rf"\b{TOPIC}[\"']? (?:\([a-z /&]{{1,40}}\) )?(?:content )?(?:seller |advertising |ads? |program "
        rf"|community |merchant |sub-?)?{RULE}\b"
        rf"|\b{RULE}[\"']? (?:on|about|against|regarding|concerning|around|for|covering|relating to"
        rf"|related to|prohibiting|:|-)[\"']? (?:the |our )?(?:use of |sale of |promoting |promotion of "
        rf"|selling |buying )?[\"']?{TOPIC}\b"
        rf"|^[^\w\"]*(?:policy[^:]{{0,20}}: )?{TOPIC}(?: policy)?: |^(?=\S+ \S)[^\w]*{TOPIC}[.:]?$"
        r"|(?:\b(?:our|the|a) (?:(?!same|following|applicable|relevant|other)[\w-]+ )?|\()(?:polic(?:y|ies)|rules?|guidelines?|standards?) (?:on|against|concerning"
        r"|prohibiting|restricting|forbidding) (?!advertis|ads|our|your|this|these|that|what|how"
        r"|the (?:platform|following|use of our)|content\b|using (?:the|our)|all|which|page|it\b|behalf"
        r"|business assets)[a-z][\w-]{2,}"
        rf"|\b{TOPIC},? (?:under|in|as defined in|according to) (?:our|the) (?:[\w-]+ ){{0,3}}(?:polic(?:y|ies)|rules|guidelines)\b"
        r"|\b(?:seller|supplier|vendor) code of conduct\b|\b(?:our|the|of) (?:[a-z]+ )?acceptable use policy\b",
        not_after=_MERE_LINK
        + r"|\b(?:missing|unclear|incomplete|clear|own|your (?!violation)|no|return and|a|an|provide)\b ?(?:\w+ )?$",
        not_within=(
            r"payments? (?:requirements?|section)|review (?:requirements|section)|\breviews? (?:policies"
            r"|guidelines|our)|privacy policy$|billing section"
        ),
    ),
    Signal(
        name="a rule by its number",
        element=Element.CLAUSE,
        why="`section 3.2(f)`, `rule 4.2`, `guideline 4.3(a)`, `§ 5`",
        cues="section|clause|article|paragraph|§|guideline|rule|policy|point|term|ziffer|abschnitt|nummer|sección|cláusula|art.|sec.|executive order|(f)|regulation",
        pattern=r"(?:\b(?:sections?|sec\.|clauses?|articles?|art\.|paragraphs?|para\.|guidelines?|rules?"
        r"|polic(?:y|ies)|points?|terms?|ziffer|abschnitt|nummer|"
        r"sección|cláusula|executive order|regulation)|§)[ :#]{1,2}(?:no\.? "
        r"|nr\. )?(?:\d{1,6}[a-z]?\b(?:[.-]\d{1,3}\b)*(?: ?\([a-z0-9]{1,4}\))*|[ivx]{1,5}\.\d|\d[a-z]\b)"
        r"|\b\d\.\d(?:\.\d)? ?\([a-z]\)|\b(?:sections?|clauses?|paragraphs?|points?|articles?) (?:\([a-z]{1,3}\)|[\"'][a-z][^\"']{3,60}[\"'])",
        unless=_LAW_OF_REDRESS,
        not_before=r"^ ?(?:days?|hours?|weeks?|months?|%|times)",
        not_within=r"(?:terms?|policy|policies|points?|rules?) (?:19|20)\d\d$",
    ),
    Signal(
        name="a rule by its number alone",
        element=Element.CLAUSE,
        why="`Reason: 5.3.4 Gaming`, `Integrity rules (part 2)`",
        cues="1|2|3|4|5|6|7|8|9",
        pattern=(
            r"(?:^|\b(?:reasons?|violations?|guidelines?|rejected|issue): ?"
            r"|\bunder )\d{1,2}\.\d{1,2}(?:\.\d{1,2})?[:.]? [a-z]"
            r"|\b(?:polic(?:y|ies)|rules|code|terms|guidelines),? \(?(?:part|chapter|no\.) (?:\d{1,2}|[a-e])\b"
        ),
    ),
    Signal(
        name="a rule with a proper name",
        element=Element.CLAUSE,
        why="`the Unreliable Claims policy`, `our Sale of Used Goods Guidelines`",
        cues="polic|guideline|rule|standard|requirement|code",
        pattern=r"(?:[A-Z][\w'&/-]+[ ,]{1,2}|(?:of|and|or|the|for|in|on|to|with) |& ){0,6}(?!(?:"
        + BLANKET
        + r")\b)(?:[A-Z][\w'&/-]{2,})[\"']? (?:(?:"
        + BLANKET
        + r") ){0,2}(?:(?:[Pp]olic(?:y|ies))|(?:[Gg]uidelines?)|(?:[Ss]tandards?)|[Rr]equirements?|[Rr]ules?)\b",
        cased=True,
        not_after=r"(?:Learn more|Read|Visit|See|Check|in the|read) (?:about )?(?:our |the )?$",
        not_within=r"(?:^|\. )(?:Privacy|Cookie|Some|However|Accordingly|Unfortunately|Repeated|Repeatedly|Severe"
        r"|Serious|Egregious|Breaking|Ignoring|Which|What|Potential|Possible|Suspected)"
        r"|\b(?:Twitter|YouTube|Google|Community|Ads?) (?:Rules|Policy|Policies)$|Violates|Breaches"
        r"|(?:January|February|March|April|June|July|August|September|October|November|December)\b",
    ),
    Signal(
        name="one policy of many",
        element=Element.CLAUSE,
        why="`our cloaking policy`, `the Harmful or dangerous acts policy`: in the singular, with a word that tells which",
        cues="policy",
        pattern=r"\b(?:our|the|its|of|[\w]+'s|reason:|policy:) (?:[\w/&'-]+ ){0,5}?(?!(?:advertis\w+|ads?|adsense"
        r"|admob|adwords|google|meta|facebook|platform|community|program\w*|privacy|cookies?|own|this"
        r"|that|following|same|relevant|applicable|specific|violated|"
        r"updated|new|current|above|below|certain|company|developer|publisher|seller|merchant|terms|and|or"
        r"|store|site|website|usage|use|our|your|the|return|returns|shipping|refund|service|play|app|user"
        r"|partner|moneti[sz]ation|official|internal|public|"
        r"strict|important|other|any|each|every|one|general|existing|corporate|global|entire|full|overall"
        r"|whole|violate[sd]?|break\w*|broke|against|with|to|twitter|x|amazon|etsy|pinterest|linkedin|tiktok"
        r"|youtube|reddit|apple|microsoft|mozilla|commerce|product|business|account|brand|made|is|a|made|our"
        r"|enforcement)\b)[a-z][\w-]{3,} (?:content |ads? )?policy\b",
        not_before=(
            r"^[ ,]*(?:team|cent(?:er|re)|specialist|department|page|expert|colleague|decision|update"
            r"|change|manager)"
        ),
        not_after=_MERE_LINK + r"|\b(?:missing|unclear|your|no)\b ?(?:\w+ )?$",
        not_within=r"\b(?:your|missing|about|made|page|due|because|from|potential|possible|suspected|alleged|serious"
        r"|repeated|multiple|severe|egregious|further|previous|prior|recent|for an?)\b",
    ),
    Signal(
        name="a rule by its identifier",
        element=Element.CLAUSE,
        why="`(clause supply-forbidden)`, `(Add-on Policies, Source Code Submission)`, `policy code PS-12`",
        cues="clause|polic|rule|guideline|standard|code|violation|rejection",
        pattern=r"\([Cc]lause [a-z][a-z0-9-]{3,60}\)|\bclause [a-z]+(?:-[a-z0-9]+)+\b"
        r"|\b(?:[Pp]olicy|[Rr]ule|[Cc]lause|[Gg]uideline|[Ss]tandard)(?: code| id| no\.)?:? [A-Z]{1,5}-?\d{1,4}(?:\.\d+)*\b"
        r"|(?:^|\b)(?:Violations?|Policy|Policy violated|Rejection reason): (?!(?:Our|The|Your|Multiple|Repeated|Various|Suspected|Potential|Serious) )[A-Z][a-z]+(?: [a-z]+){1,3}\b"
        r"|\b[A-Z][\w-]+ (?:Policies|Guidelines|Rules|Standards|Requirements)(?:,| -|:| >) (?:[Oo]n )?[A-Z][a-z]+(?: (?:[A-Z][a-z]+|and|of|or|to|for))*"
        r" (?:[A-Z][a-z]+)\b",
        cased=True,
        not_within=r": [^:]*\b(?:activity|polic\w+|terms|guidelines|standards|rules|behaviou?r|account|violations?)\b|(?:Team|Support|Center|Centre|Terms|Polic\w+|Guidelines?|Standards?|Rules|Agreement|Conditions|Us)$",
    ),
    Signal(
        name="a name that only one rule has",
        element=Element.CLAUSE,
        why="`suspended due to circumventing systems`, `refused for low value content`; `suspicious activity` is a kind, no name",
        cues="circumventing|business practices|reused|low value|low-value|ad network|dishonest|misrepresentation|destination|personal attributes",
        pattern=r"\b(?:for|due to|because of|reason:|violation of|violating|violates|is) (?:a |the |our )?(?:violation of |breach of )?[\"']?"
        r"(?:circumventing (?:our )?systems?|unacceptable business practices?|reused content|low[- ]value content|abusing the ad network"
        r"|enabling dishonest behaviou?r|misrepresentation|destination (?:mismatch|not working)|personal attributes)\b",
    ),
    Signal(
        name="a labelled rule",
        element=Element.CLAUSE,
        why="`Policy: Misrepresentation`, `Reason: Low value content`, `Violation - Spam`",
        cues="disabled|suspended|removed|limited|terminated|policy|reason|fails on|violation|issue|rule|guideline|ground|category|verstoß|rejected|disapproved|rejection",
        pattern=rf"\b(?:disabled|suspended|removed|limited|terminated): {TOPIC}\b|\b(?:polic(?:y"
        rf"|ies)(?: \w+){{0,2}}|reasons?(?: (?:for|of) [\w ]{{3,30}})?|violations?(?: (?:type|of|for"
        rf"|reason))?|issues?(?: found)?|rule|guideline|grounds?|category|verstoß|rejected|disapproved"
        rf"|rejection reason|fails on)"
        rf"(?: ?[:,(–-]{{1,2}} ?| of | for | due to )[\"'*(]{{0,2}}(?:the |our )?{TOPIC}\b",
        not_within=(
            r"(?:issues?|reasons?) (?:of|for) (?:the |our )?(?:payments?|shipping|refund|billing|review)"
            r"|\bcategory"
        ),
        not_before=r"^ (?:issues?|problem|reasons?|details|method|may)",
    ),
    Signal(
        name="a rule in quotation marks",
        element=Element.CLAUSE,
        why='`the policy "Enabling dishonest acts"`, `violates: "ads must not …"`',
        cues='"',
        pattern=(
            rf'(?:\b(?:for|due to|because of|violat\w+|under|as) "{TOPIC}"|\b{RULE} (?:called |named |titled '
            rf"|on |is |that (?:says|states|reads) |which (?:says|states) |states |says "
            rf'|reads )?:? ?"[^"]{{4,200}}"|\bpolic\w+ [^".]{{0,20}}under "[^"]{{4,90}}"|"[^"]{{4,90}}"(?: [a-z-]+){{0,2}} {RULE}\b|\b(?:violat\w+'
            rf'|breach\w*|against)[^".]{{0,40}}"(?:ads?|advertis\w+|sellers?|apps?|you|we|do not|don\'t|no'
            rf'|publishers?|content)\b[^"]{{8,200}}")'
        ),
        not_within=(
            r'"(?:appeal|fix|request|contact|review|policy center|submit)\b|"(?:[^"]{0,30}\b(?:community'
            r"|advertising|ads|program|developer|merchant)) (?:policies|guidelines|standards|rules)"
        ),
    ),
    Signal(
        name="a name after `violation of`",
        element=Element.CLAUSE,
        why="`suspended for Circumventing Systems`, `due to Unacceptable Business Practices`",
        cues="violat|for |due|breach|because|under|reason|confirmed|flagged|marked|against",
        pattern=r"\b(?:violat(?:ing|ion of|ions of|es|ed)|due to|suspended for|rejected for|disapproved for"
        r"|removed for|disabled for|terminated for|breach(?:ing|es)? (?:of )?|flagged (?:for|as|under)"
        r"|[Rr]eason(?: is|:)|confirmed:?[^.]{0,40}|under)"
        r" (?:our |the |a )?[\"']?(?:Circumventing Systems?|Misrepresentation"
        r"|Unacceptable Business Practices?|Suspicious Payments?|Counterfeit(?: Goods)?"
        r"|Malicious (?:or Unwanted )?Software|Unwanted Software|Invalid Traffic|Reused Content"
        r"|Repetitive Content|"
        r"Abusing the Ad Network|Deceptive Behaviou?r|Compromised Site|Personal Attributes"
        r"|Inauthentic Behaviou?r|Personal Health|Low Value Content|Prohibited Content|Restricted Products"
        r"|Get Rich Quick|Account Integrity|Spam|Impersonation|"
        r"Multiple Accounts?|Related Accounts?|Intellectual Property|Copyright|Trademark|Business Integrity"
        r"|Adult Content|Hate Speech|Product Authenticity)\b",
        cased=True,
    ),
    Signal(
        name="German, French, Spanish",
        element=Element.CLAUSE,
        why="`Richtlinie zu Tabak`, `politique relative aux armes`, `política de spam`",
        cues="richtlinie|politique|règle|política|regla|norma",
        pattern=(
            r"\brichtlinien? (?:zu|zum|zur|über|gegen|für|\")[\wäöüß \"-]{3,60}|\b(?:politique"
            r"|règle)s? (?:relative|sur|concernant|\")[\w éèàç'\"-]{3,60}|\b(?:política|regla|norma)s? (?:de"
            r"|sobre|contra|\") ?[\w áéíóúñ\"-]{3,60}"
        ),
        not_within=(
            r"für (?:werbung|werbetreibende|anzeigen|die nutzung)|política de (?:publicidad|anuncios"
            r"|privacidad|uso)|políticas de (?:publicidad|anuncios|google|la plataforma|uso)"
            r"|werberichtlinien"
        ),
    ),
)
"""How a single rule is named."""
