"""What this case is about (DSA art. 17(3)(b)): an act, item, date, address, count or quotation of this very case.

Three things are no fact here, on purpose. The name of the account, site or app that was restricted says what was hit, not why. A category
(`suspicious activity`) says which kind of reason, not which reason. What might be, what is asked and what rules say did not happen.
"""

from __future__ import annotations

from goodstanding.reasons.notices.catalogue.words import DATE, GENERIC_OBJECT, HYPOTHETICAL, ITEM, NUMBER, SPECIFIC
from goodstanding.reasons.notices.model import Element, Signal

_ALTERNATIVES = r"\b(?:and/or|or)\b(?! (?:its|her|his))"
_SHOWS = (
    r"(?:shows?|showed|contains?|contained|displays?|displayed|promotes?|promoted|sells?|sold|offers?|offered"
    r"|advertises?|depicts?|claims?|claimed|says?|said|states?|stated|"
    r"redirects?|redirected|collects?|requests?|requested|links?|linked|mentions?|mentioned|features?"
    r"|featured|includes?|included|loads?|downloads?|downloaded|installs?|sends?|sent|"
    r"uploads?|uploaded|transmits?|tells?|asks|asked|uses?|used|carries|carried|bears?|names?|named|copies"
    r"|copied|reproduces?|imitates?|plays?|opens?|opened|"
    r"promises?|promised|leads?|led|points?|pointed|hides?|hid|changes?|changed|executes?|fetche[sd]"
    r"|accesse[sd]|lists?|listed|charges?|charged|quotes?|calls|"
    r"(?:is|are|was|were) (?:selling|promoting|showing|advertising|offering|sending|uploading|redirecting"
    r"|using|collecting|linking|downloading|taken from|copied from|"
    r"identical to|named|called|titled))"
)
_ACTS = (
    r"(?:uploaded|posted|published|shipped|logged (?:in|on)to|logged in|changed|created|opened|registered"
    r"|submitted|charged|listed|sold|bought|purchased|clicked|"
    r"paid|offered|asked|sent|linked|redirected|replaced|copied|re-?uploaded|refunded|cancelled|swapped"
    r"|renamed|told|wrote|promised|ran|placed|advertised|"
    r"promoted|streamed|used|hid|added|removed|impersonated|claimed|invited|rewarded|transferred|withdrew"
    r"|signed up|set up|enrolled|ordered|got|received|edited|forged|altered|played)"
)

FACTS = (
    Signal(
        name="quoted words of the item",
        element=Element.FACTS,
        why='`the line "…"`, `headline used: "…"`, `your video "…"`',
        cues='"',
        pattern=r"\b(?:lines?|phrases?|words?|wording|claims?|text|headlines?|title|keywords?|captions?|taglines?"
        r"|slogans?|sentences?|images?|photos?|thumbnails?|videos?|ads?|"
        r"posts?|tweets?|listings?|comments?|expressions?|statements?|description|passage|says|said|reads"
        r"|wrote|writing|under the name|logo|mark|brand|campaign|book|song|track|file|gig|offer|service|story"
        r"|reel|article|event|pin|board|sentence|product|recording|item|keyword|search term|domain name)"
        r"\b(?: (?:used|is|was|reads?|says|that|which|you|of|in|your|called|titled|named|were|using|like"
        r"|posted|entitled|with)){0,4}[:,]? ?\(?\"[^\"]{3,240}\"",
        not_before=(
            r"^ (?:polic|rule|guideline|section|standard|button|tab|link|page|form|and follow"
            r"|in the (?:top|menu)|status)"
        ),
        not_after=(
            r"\b(?:click|select|choose|press|tap|subject|policy|guideline|please|if|must not|see"
            r"|titled)\b[^.]{0,40}$"
        ),
        not_within=(
            r'"(?:appeal|fix|request|contact|review|policy center|submit|account)\b|"\W|"(?:ads?'
            r"|advertis\w+|apps?|sellers?|content) (?:must|should|may|that|cannot)\b|\bpolic"
        ),
    ),
    Signal(
        name="a dated act",
        element=Element.FACTS,
        why="`on 3 May you uploaded …`; the date of the notice or of the measure is none",
        cues="1|2|3|4|5|6|7|8|9",
        pattern=DATE,
        also=(
            rf"\b(?:you|your|they|buyers?|customers?|users?|company|it|organi[sz]ation|we received|seller|shop"
            rf"|account|ads?|app|video|page|channel|(?:test )?buyer|claimant|reviewers?|team|authority|office"
            rf"|agency|ministry)\b.{{0,120}}\b(?:{_ACTS}|received|reported|complained|showed|contained|failed"
            rf"|declined|returned|were opened|was opened|published|missed|overdue)\b"
        ),
        unless=rf"\b(?:appeal\w*|your (?:message|e-?mail|letter|request|reply|response)|deadline|by {DATE}"
        rf"|before {DATE}|until {DATE}|effective|terms of service (?:of|dated)|"
        r"polic(?:y|ies) (?:updated?|changed)|if|may be|updated (?:our|the)|from now|application (?:of|you"
        r"|dated)|suspended on|disabled on|removed on|created on|joined|member since|signed up|(?:published"
        r"|posted|sent|updated|issued|dated):? (?:on )?{DATE})\b",
    ),
    Signal(
        name="what an item shows",
        element=Element.FACTS,
        why="`your landing page sells a …`: an item of the case, a verb, and one thing",
        cues="your |the |this |these |its |version|one of",
        pattern=(
            rf"\b(?:your|the|this|these|its|each|one of your|both"
            rf"|all three) (?:[\w'-]+ ){{0,3}}?{ITEM}(?:,? (?:(?!and |or |to |you |we |before |then "
            rf"|for )[\w'.:/-]+,? ){{0,6}}?| ){_SHOWS} (?!that\b)(?:[^.;]|\.(?=\S)){{3,140}}"
        ),
        also=SPECIFIC,
        unless=HYPOTHETICAL,
        not_within=GENERIC_OBJECT
        + "|"
        + _ALTERNATIVES
        + r"|\bthe (?:page|pages|list|links?|video|items?|listings?|products?|document|title) (?:below|above"
        r"|lists|contains|includes)|this (?:page|link|document|video)|"
        r"\b(?:help|policy|support|appeal|account|below|following)\b|more information|your (?:account"
        r"|profile) page|information|in a way|listed (?:below|above)",
    ),
    Signal(
        name="what an item lacks",
        element=Element.FACTS,
        why="`the page gives no company address`",
        cues=" no |n't|not |without",
        pattern=(
            rf"\b(?:your|the|this|these|its) (?:[\w'-]+ ){{0,3}}?{ITEM} (?:(?:do|does|did)(?:n't"
            rf"| not) (?:have|show|list|display|include|state|name|give|carry|contain|load|open)|(?:has|have"
            rf"|had|shows|lists|gives|carries|names|states|displays|contains) no|(?:sends?|sold|is sold"
            rf"|collects?|[a-z]+s) [^.]{{3,60}} without) (?:[^.;]|\.(?=\S)){{3,100}}"
        ),
        unless=HYPOTHETICAL,
        not_within=GENERIC_OBJECT + "|" + _ALTERNATIVES + r"|\boriginal|unique|clear|meet\b|information",
    ),
    Signal(
        name="what somebody did",
        element=Element.FACTS,
        why="`you offered buyers a refund for a review`, `it logged into a dormant account`",
        cues="you|they|it |who|seller|company|owner|organisation|organization|commission|campaign|he |she |channel|shop|somebody|someone|account|store|publisher",
        pattern=rf"\b(?:you|they|it|who|which|he|she|(?:your |the |this )(?:[\w'-]+ ){{0,2}}(?:company|seller"
        rf"|owner|organi[sz]ation|commission|agency|campaign|channel|shop|store|account|team|staff"
        rf"|administrators?|user|publisher|developer))"
        rf" (?:have |had |has |also |then |'ve |repeatedly |were |was |been |has been |have been )*(?:{_ACTS}"
        rf"|selling|offering|asking|paying|sending|using|posting|running|redirecting) (?:[^.;]"
        rf"|\.(?=\S)){{3,140}}",
        also=SPECIFIC,
        unless=HYPOTHETICAL,
        not_within=GENERIC_OBJECT
        + "|"
        + _ALTERNATIVES
        + r"|\byou (?:sent|submitted|wrote|told|asked|used|placed|created|opened|posted"
        r"|registered)(?: us)? (?:an? )?(?:request|message|e-?mail|letter|ticket|account|appeal|case|inquiry"
        r"|enquiry|application|question|report|complaint|to us|us )\b|"
        r"\b(?:to your|the same|used (?:in|by|to|for)|this (?:notice|message)|e-?mail address|(?:has|have|was"
        r"|were|been) (?:suspended|removed|used)|information)\b|\byou (?:agreed|signed up)|\bwe sent"
        r"|which (?:used|sent|listed|added)",
    ),
    Signal(
        name="what somebody did, told without a name or number",
        element=Element.FACTS,
        why="`you have run ads that reference legislation`, `you operate more than one account`",
        cues="you|they|company|seller|owner|it ",
        pattern=rf"\b(?:you|they|it|(?:your |the |this )(?:[\w'-]+ ){{0,2}}(?:company|seller|owner|organi[sz]ation"
        rf"|agency|campaign|channel|shop|store|team|staff|publisher|developer|website|site|app|ads?|page|videos?|items?))"
        rf" (?:have |had |has |also |then |'ve |been |was |were |are |is |repeatedly )*"
        rf"(?:{_ACTS}|run|operated?|operating|running|selling|offering|asking|paying|sending|using|posting|copying|re-?selling"
        rf"|made by|made in|taken from|copied from|shipped (?:from|by)|owned by|controlled by)"
        rf" (?:[\w'/-]+ ){{0,8}}?(?:that|which|who|whose|without|instead of|from|by|more than one|made|taken|containing"
        rf"|showing|offering|in return|in exchange|to (?:a|an|another|other|buyers|customers|users))\b"
        rf"(?: (?!in breach|in violation|against|contrary)[\w'/-]+){{1,4}}",
        unless=HYPOTHETICAL,
        not_within=GENERIC_OBJECT
        + "|"
        + _ALTERNATIVES
        + r"|\b(?:us|our|we|information|e-?mail|message|request|appeal|form|notice|receive|received|got|this|these|those|go(?:es)?|going|do(?:es)?"
        r"|something)\b",
        not_after=r"\b(?:if|when|that|how|whether|what|where|once|all|any|every)\b[^.;:,]{0,20}$",
    ),
    Signal(
        name="what was asked for and did not come",
        element=Element.FACTS,
        why="`we have not received the invoices that we asked for`",
        cues="received|provide|sent|supplied|submit|answer|deliver",
        pattern=r"\b(?:we (?:have |had )?(?:not|never|n't|haven't|didn't) (?:yet )?receiv\w+ (?:the|any|your)"
        r"|you (?:have |had )?(?:not|never|haven't|didn't|did not|failed to) (?:yet )?(?:provided?|send|sent|supply|supplied"
        r"|submit(?:ted)?|delivere?d?|answer(?:ed)?) (?:us )?(?:with )?(?:the|any|your)?) ?(?:\w+ ){0,3}?"
        r"(?:invoices?|receipts?|documents?|licen[cs]e|certificates?|passport|statement|payment|proof|identification|id)\b",
        unless=HYPOTHETICAL,
    ),
    Signal(
        name="what happens in the item",
        element=Element.FACTS,
        why="`in your app, full-screen ads appear on the lock screen`, `your domain was first registered 60 days ago`",
        cues="in your|on your|your |version",
        pattern=rf"\b(?:in|on) your {ITEM},? (?:[\w'-]+ ){{1,6}}?(?:appears?|opens?|plays?|loads?|starts?|covers?|shows?|asks?"
        rf"|redirects?|downloads?|is shown|are shown|were shown|was shown|is missing|are missing) [^.;]{{3,100}}"
        rf"|\bversion \d[\d.]* {_SHOWS} [^;]{{3,140}}"
        rf"|\byour (?:[\w-]+ ){{0,2}}{ITEM} (?:[\w.-]+ )?(?:was|were|is|are|has been|have been) (?:\w+ )?(?:registered"
        rf"|created|made|opened|uploaded|copied|taken|sold|shipped|produced|bought) [^;]{{0,60}}(?:\d|ago\b|\bby an?\b|\bfrom an?\b)",
        unless=HYPOTHETICAL,
        not_within=r"\b(?:polic(?:y|ies)|guidelines?|violat\w+|review|appeal)\b",
    ),
    Signal(
        name="a passage, by what it is about",
        element=Element.FACTS,
        why="`the line about the closing of the mill is deemed inflammatory`",
        cues="line|phrase|sentence|passage|statement|claim|reference|mention|image|photo|picture|scene|remark",
        pattern=r"\b(?:the|your|this|that) (?:lines?|phrases?|sentences?|passages?|statements?|claims?|references?|mentions?|images?|photos?"
        r"|pictures?|scenes?|remarks?) (?:about|of|that|regarding|to|on|in which) (?:[\w'-]+ ){2,14}?(?:is|are|was|were|has been|have been)"
        r" (?:deemed|considered|judged|held|found|regarded|seen|flagged|removed|inflammatory|provocative|misleading|unproven)",
        unless=HYPOTHETICAL,
        not_within=r"\b(?:polic\w+|guidelines?|violat\w+|account|appeal|your)\b",
    ),
    Signal(
        name="an item by its title",
        element=Element.FACTS,
        why="`your listings 'Brass bell, small' and 'Brass bell, large'`",
        cues="'",
        pattern=r"\byour (?:[\w-]+ ){0,2}(?:ads?|listings?|videos?|posts?|items?|products?|books?|songs?|pins?|campaigns?"
        r"|events?|comments?|stor(?:y|ies)|reels?|headline|titles?|keywords?),? ?\(?'[^'\n]{3,80}'(?=[ .,;:)!?]|$)",
        unless=HYPOTHETICAL,
    ),
    Signal(
        name="a count",
        element=Element.FACTS,
        why="`37 cases opened by buyers`, `three copyright strikes`",
        cues="complaint|report|claim|chargeback|refund|order|case|notice|strike|review|click|cop|account|ads|listing|purchase|address|buyer|customer|item|impression|video|time|install",
        pattern=rf"\b{NUMBER} (?:of (?:your|the|these) |[a-z-]+ ){{0,3}}?(?:complaints?|reports?|claims?"
        rf"|chargebacks?|refunds?|orders?|cases|notices|strikes?|reviews?|clicks|copies|accounts|"
        r"ads|listings|purchases|ip addresses|buyers|customers|items|impressions|videos|installs|domains"
        r"|posts|invoices)\b",
        also=(
            r"\b(?:received|counted|found|were|was|recorded|reported|sold|clicked|sent|opened|posted|had|have"
            r"|has|placed|created|came|show|lists?|made|linked|contain\w*|ran|spotted|saw|see|registered"
            r"|measured|noticed|detected|identified|paid|bought)\b"
        ),
        unless=HYPOTHETICAL
        + (
            r"|\b(?:up to|at least|more than (?:one|1)|maximum|within|allowed|each|every|per|minimum|millions?"
            r"|billions?|days?|following|help you|partners|over \d+ (?:million|billion))\b"
        ),
    ),
    Signal(
        name="a measured rate or amount",
        element=Element.FACTS,
        why="`your order defect rate is 2.3%`, `a payment of EUR 43.20 was declined`",
        cues="%|percent|€|$|£|eur|usd|gbp",
        pattern=r"\b(?:rate|share|ratio|score|volume|percentage)\b[^.]{0,40}\b(?:is|was|reached|rose to|of|at"
        r"|stands at)\b[^.]{0,12}\d+(?:\.\d+)? ?(?:%|percent)|\d+(?:\.\d+)? ?(?:%|percent) of (?:your"
        r"|the) (?:orders|clicks|traffic|impressions|reviews|views|sales|buyers)"
        r"|(?:[€$£] ?\d[\d.,]*|\b\d[\d.,]* ?(?:eur|usd|gbp|euros?|dollars)\b|\b(?:eur|usd"
        r"|gbp) \d[\d.,]*)[^.;]{0,60}\b(?:declined|failed|charged back|unpaid|overdue|disputed|reversed|owed"
        r"|outstanding|due)\b"
        r"|\b(?:declined|unpaid|overdue|disputed|outstanding|owed|owe|invoice"
        r"|charge)\b[^.;]{0,60}(?:[€$£] ?\d|\b\d[\d.,]* ?(?:eur|usd|gbp|euros?|dollars)\b|\b(?:eur|usd"
        r"|gbp) \d)",
        unless=HYPOTHETICAL + r"|\b(?:below|under|target|at least|less than|refund of|threshold is)\b",
    ),
    Signal(
        name="a file of the item",
        element=Element.FACTS,
        why="`content.js is obfuscated`",
        cues=".js|.exe|.apk|.dll|.php|.dex|.zip|.swf|.html",
        pattern=r"(?<![/\w.])[\w-]+\.(?:min\.)?(?:js|exe|apk|dll|php|dex|zip|swf|html)\b",
        unless=HYPOTHETICAL,
    ),
    Signal(
        name="a point in a recording",
        element=Element.FACTS,
        why="`from 2:10 to 6:45`, `the beat from 0:31 on`",
        cues=":",
        pattern=r"\b(?:from|at|between|minute|timestamp|segment) \d{1,2}:\d{2}(?::\d{2})?\b",
        also=(
            r"\b(?:video|song|beat|clip|stream|recording|track|seconds?|minute|timestamp|audio|footage|scene"
            r"|segment)\b"
        ),
        unless=HYPOTHETICAL,
    ),
    Signal(
        name="an order that was given",
        element=Element.FACTS,
        why="`the office ordered us on 4 April to stop ads for …`",
        cues="ordered us|directed us|instructed us|required us|told us",
        pattern=r"\b(?:ordered|directed|instructed|required|told) us\b[^;]{0,120}",
        also=DATE,
        unless=HYPOTHETICAL,
    ),
    Signal(
        name="the address of the thing",
        element=Element.FACTS,
        why="`found at https://…`, a list of pages under `Pages:`; not the address of a help page",
        cues="http|www.|.com/|.net/|.org/",
        pattern=(
            r"\b(?:pages?|urls?|found (?:at|on)|seen (?:at|on)|detected (?:at|on)|examples?|landing"
            r"|destination|offending|redirect\w*|appears?|located|screenshot|sends?|violating|infringing"
            r"|affected|copied from|where|video|item|post|link to|leads to|original"
            r"|evidence)\b[^.]{0,60}?(?:https?://|www\.|[a-z0-9-]+\.(?:com|net|org|example)/)\S*"
        ),
        not_within=(
            r"(?:support|help|polic(?:y|ies)|appeal|forms?|contact|terms|legal|learn|guidelines|answers?"
            r"|community|rules|console|center|centre|transparency|disput|complain|standards"
            r"|business\.)\S*$"
        ),
        unless=(
            r"\b(?:learn more|more information|read|visit|see|appeal|contact|review our|go to|log in|sign in"
            r"|here:|via|complain\w*|click|check|details (?:at|on)|find out)\b"
        ),
    ),
    Signal(
        name="a numbered item",
        element=Element.FACTS,
        why="`ad 48211`, `order 114-…`, `ASIN: B0…`: the item can be found",
        cues="ad |ads |listing|order|asin|invoice|transaction|item|creative|sku|post|video|isbn|tweet|image|campaign|product|build|version|b0",
        pattern=r"\b(?:ads?|adverts?|listings?|orders?|invoices?|transactions?|items?|creatives?|skus?|posts?"
        r"|tweets?|videos?|images?|campaigns?|products?|isbn|build)"
        r"(?: ?(?:ids?|no\.?|numbers?|nr\.?))? ?[:#]? ?#?\d[\d-]{3,}\b|\basins?:? \(?[a-z0-9]{10}\b"
        r"|\bb0[a-z0-9]{8}\b|\b\d{3}-\d{7}-\d{7}\b",
        not_within=r"^(?:campaign|product|order)s? (?:19|20)\d\d$|(?:19|20)\d\d$|b0[a-z]{8}",
        not_after=r"\b(?:case|ticket|reference|support)\b[^.]{0,12}$|\bexecutive $",
    ),
    Signal(
        name="German, French, Spanish",
        element=Element.FACTS,
        why="`Ihre Anzeige 4711 zeigt …`, `votre annonce n° …`",
        cues="anzeige|angebot|annonce|anuncio|bestellung|commande|pedido|produkt",
        pattern=(
            r"\b(?:anzeige|angebot|bestellung|annonce|anuncio|commande|pedido|produkt)s?(?: ?(?:nr\.?|nummer"
            r"|n°|núm\.?|id))? ?:? ?\d{4,}"
        ),
    ),
)
"""How a fact of the case is told."""
