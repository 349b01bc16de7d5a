"""Words that several rules of the catalogue share, as pieces of patterns."""

from __future__ import annotations

HYPOTHETICAL = (
    r"\b(?:if|(?<!\d )(?<!of )(?<!april and )(?<!april, )may(?! \d)|might|could|can(?! no longer)|would|should|must|shall"
    r"|please|ensure|make sure|whenever|when you|unless|such as|"
    r"includ\w+ but|not limited to|in order to|to avoid|and/or|one or more|possible|potentially|either|any of"
    r"|aren't allowed|are not allowed|"
    r"we (?:don't|do not) (?:allow|permit)|(?:is|are) (?:prohibited|forbidden)|not permitted|never (?:allow"
    r"|permit|accept))\b"
)
"""Talk of what might be, of rules and of advice: nothing that happened."""

MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|"
    r"nov(?:ember)?|dec(?:ember)?|januar|februar|märz|mai|juni|juli|oktober|dezember)\.?"
)
DATE = (
    rf"(?:\b\d{{1,2}}(?:st|nd|rd|th|\.)? ?(?:of )?{MONTH}(?:,? \d{{4}})?(?![\w])|\b{MONTH} \d{{1,2}}(?:st|nd"
    rf"|rd|th)?(?:,? \d{{4}})?\b|"
    r"\b\d{4}-\d{2}-\d{2}\b|\b\d{1,2}[./]\d{1,2}[./]\d{2,4}\b)"
)
"""A day in the ways in which notices write one."""

NUMBER = (
    r"(?:\d{1,3}(?:[,.]\d{3})+|\d{1,6}|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|dozens of"
    r"|hundreds of)"
)

COUNTRY = (
    r"(?:(?:the )?(?:european union|european economic area|eu|eea|united kingdom|uk"
    r"|united states(?: of america)?|us|usa|"
    r"u\.s\.|netherlands|czech republic|united arab emirates)|albania|algeria|argentina|australia|austria"
    r"|bangladesh|belarus|"
    r"belgium|brazil|bulgaria|canada|chile|china|colombia|crimea|croatia|cuba|cyprus|czechia|denmark|egypt"
    r"|estonia|finland|"
    r"france|germany|greece|hong kong|hungary|iceland|india|indonesia|iran|iraq|ireland|israel|italy|japan"
    r"|kazakhstan|kenya|"
    r"korea|south korea|north korea|latvia|lithuania|luxembourg|malaysia|malta|mexico|morocco|new zealand"
    r"|nigeria|norway|"
    r"pakistan|peru|philippines|poland|portugal|romania|russia|saudi arabia|serbia|singapore|slovakia|slovenia|"
    r"south africa|spain|sweden|switzerland|syria|taiwan|thailand|tunisia|turkey|türkiye|ukraine|venezuela|vietnam|"
    r"deutschland|österreich|frankreich|españa|allemagne|espagne)"
)

MEASURED = (
    r"(?:suspend\w*|delet\w+|disabl\w+|deactivat\w+|terminat\w+|remov\w+|reject\w+|disapprov\w+|block\w*|bann?\w*"
    r"|restrict\w*|limit\w*|"
    r"demoneti\w+|withh[eo]ld\w*|closed?|delist\w+|unpublish\w+|off-?board\w*|taken (?:down|off)|took down|hidden|"
    r"pulled|declined|refused|turned down|not (?:be )?(?:eligible|available|approved|shown|served|run|visible)"
    r"|unavailable|ineligible|"
    r"gesperrt|deaktiviert|entfernt|abgelehnt|eingeschränkt|suspendu\w*|désactivé\w*|supprimé\w*|suspendid\w+"
    r"|desactivad\w+|"
    r"inhabilitad\w+|eliminad\w+|rechazad\w+)"
)
"""A measure as done, in any of its forms."""

GENERIC_OBJECT = (
    r"\b(?:violat\w+|breach\w*|compl(?:y|ies|iant|iance)|prohibited|restricted|disallowed|unacceptable"
    r"|inappropriate|mislead\w+|decepti\w+|"
    r"malicious|suspicious|unusual|invalid|fraud\w*|harmful|abus\w+|polic(?:y|ies)|guidelines?|standards?"
    r"|terms|circumvent\w*|"
    r"allowed|permitted|eligib\w+|appropriate|insufficient|sufficient|enough|adequate|quality|valuable|issues?|risk|"
    r"appeal|mistake|error|requirements?|trust(?:worthy)?|integrity|and/or)\b"
)
"""What a sentence says when it restates that a rule was broken, or names a category, and no fact of the case."""

SPECIFIC = (
    r'(?:\d|"|https?://|www\.|\b(?:an?|its|his|her|their|two|three|four|several|another|'
    r"other people's|someone else's|the (?:name|logo|same|list|brand|words?|image|text|price|face|phone"
    r"|address|photos?))\b)"
)
"""Something that points at one thing rather than at a kind of thing."""

ITEM = (
    r"(?:ads?|adverts?|advertisements?|app|video|videos|pages?|website|site|landing page|listings?|products?"
    r"|post|posts|tweet|images?|"
    r"photos?|pictures?|version [\d.]+|store|shop|channel|campaigns?|extension|add-on|creative|headline|thumbnail|"
    r"destination|checkout|game|book|item|items|label|packaging|code|package|binary|description|title"
    r"|screenshots?|profile|"
    r"document|documents|invoices?|bill|receipt|licen[cs]e|passport|id card|statement|certificate|comment"
    r"|story|reel|stream|"
    r"song|track|file|manifest|link|domain|robot|storefront|newsletter|brochure|label|bio|banner)"
)

TOPIC = (
    r"(?:circumventing systems?|circumvention|system circumvention|misrepresentation|personal health"
    r"|personal attributes|personalized advertising|"
    r"counterfeit(?:ing|s| goods| products)?|anti-counterfeiting|copyright\w*|trademarks?"
    r"|intellectual property|spam|clickbait|phishing|"
    r"malware|malicious software|unwanted software|compromised sites?|malicious or unwanted software"
    r"|deceptive behaviou?rs?|deceptive practices|"
    r"unacceptable business practices?|business practices|abusing the ad network|enabling dishonest behaviou?r|"
    r"inauthentic behaviou?r|impersonation|hate speech|hateful (?:conduct|content)|harassment|bullying"
    r"|violence|dangerous products(?: (?:or|and) services)?|"
    r"weapons|guns|tobacco|alcohol|drugs?|gambling|adult content|sexual content|sexually explicit content"
    r"|nudity|adult nudity|"
    r"child safety|child endangerment|minors|gambling and games|political (?:content|ads?|advertising)"
    r"|election\w*|social issues|"
    r"cryptocurrenc\w+|financial (?:products|services)(?: and services)?"
    r"|government documents(?: and (?:official )?services)?|"
    r"healthcare and medicines?|health(?:care)?|medical devices?|weight loss|before and after"
    r"|prescription drugs|payments?|"
    r"suspicious payments?|billing|unpaid balances?|promotional codes?|invalid (?:traffic|clicks?|activity"
    r"|click activity)|"
    r"reused content|repetitive content|repetitious content|inauthentic content|mass-produced content"
    r"|low[- ]value content|"
    r"low[- ]quality content|thin content|scraped content|replicated content|limited originality(?: of content)?|"
    r"insufficient content|valuable inventory|made for kids|ad experience|ads? placement|encouraging clicks"
    r"|user data|personal and sensitive information|"
    r"data (?:use|privacy)|permissions?|families|minimum functionality|device and network abuse|metadata"
    r"|store listing|"
    r"multiple accounts?(?: terminations?)?|related accounts?|duplicate accounts?|account integrity"
    r"|drop ?shipping|product authenticity|condition guidelines?|"
    r"(?:customer )?(?:product )?reviews?|review manipulation|platform manipulation|ranking manipulation"
    r"|restricted products|recalled products|product safety|"
    r"off-platform (?:sales|transactions)|fee avoidance|shipping|listing quality|site quality"
    r"|landing page(?: and site)?(?: quality)?|destination (?:requirements|mismatch|experience)|"
    r"sanctions|export controls?|trade (?:restrictions|sanctions)|real[- ]money gambling|lock ?screen"
    r"|code of conduct|refunds?(?: and returns?)?|obfuscated code|"
    r"remote code(?: execution)?|get[- ]rich[- ]quick(?: schemes?)?|work[- ]from[- ]home|scams?"
    r"|fraud and scams|privacy|animals?|live animals?|"
    r"supplements?|creativity standards?|handmade|authenticity|identity verification|advertiser verification"
    r"|business operations? verification|state media|"
    r"crisis|sensitive events?|sensational content|shocking content|profanity|misinformation"
    r"|harmful misinformation|editorial|capitali[sz]ation|"
    r"relevance|coordinated inauthentic behaviou?r|third-party ad serving|data collection|"
    r"mature content|violent extremism|terrorism|graphic content|ai-generated content|synthetic media"
    r"|ticket\w*|dating|pharmac\w+|cbd|hemp)"
)
"""Names that platforms give to single rules, so that `our spam policy` is a rule and `our advertising policy` is not."""

BLANKET = (
    r"(?:Google|Ads?|AdSense|AdMob|AdWords|Meta|Facebook|Instagram|WhatsApp|Twitter|X|TikTok|YouTube|Amazon"
    r"|eBay|Etsy|Pinterest|LinkedIn|Snap|"
    r"Snapchat|Reddit|Microsoft|Bing|Apple|Play|App|Store|Mozilla|Firefox|Chrome|Web|Shopify|PayPal|Stripe"
    r"|Twitch|Spotify|Steam|Outbrain|Taboola|"
    r"Shopping|Advertis\w+|Community|Program(?:me)?|Developer|Developers|Terms|Conditions|Partner|Content"
    r"|Publisher|Publishers|Merchant|Merchants|"
    r"Seller|Sellers|Selling|User|Users|Service|Services|Platform|Commerce|Our|The|Your|This|These|All|Any"
    r"|Other|Such|Those|Their|Its|And|Or|Of|For|"
    r"Moneti[sz]ation|Product|Products|Policy|Policies|Company|General|Standard|Center|Centre|Help|Channel"
    r"|Creator|Network|Business|Product|Account|"
    r"Add-on|Add-ons|Extension|Marketplace|Site|Website|Use|Usage|Acceptable|Certain|Please|See|Review"
    r"|Violated|Following|Several|Multiple|Related|Applicable|"
    r"We|You|To|In|With|By|Because|Due|Under|Per|Read|Learn|House|Membership|Audience|Media|Search|Display"
    r"|Inventory|Campaign|Manager|Hub|"
    r"A|An|As|On|At|It|If|Is|Not|More|About|From|Trust|Safety|Quality|Global|Official|Online|Vendor|Supplier"
    r"|Host|Brand|Game|Item|Items|Digital|Console|Central|Both|These|Each|Every|Violating|Violation|Against"
    r"|Updated|New|Latest|Current|Relevant|Specific|Various|Important|Above|Named|Enforcement|Legal|Rules?"
    r"|Guidelines?)"
)
"""Words that make a name of a whole body of rules, not of one rule."""
