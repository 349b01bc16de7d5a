"""What the party can do about it (DSA art. 17(3)(f), 20, 21)."""

from __future__ import annotations

from goodstanding.reasons.notices.model import Element, Signal

_DENIED = (
    r"\b(?:cannot|can't|can not|may not|no longer|not be able to|unable to|not possible to|won't be able to"
    r"|no (?:right|option|possibility|further|way) (?:of|to)?|"
    r"not eligible (?:to|for)|already|have exhausted|without)\b[^.;]{0,25}$"
)

INTERNAL = (
    Signal(
        name="an appeal, offered",
        element=Element.REDRESS_INTERNAL,
        why="`you can appeal`, `submit an appeal through …`, `appeal form`, `request a review`",
        cues="disagree|have |ask |appeal|review|complain|contest|disput|reconsider|challeng|object|reinstat|counter|second look|looked at again",
        pattern=r"\b(?:(?:can|may|could|to|please|and|or|also|want to|wish to|like to|then|must|should"
        r"|:) (?:also |now |still |formally |then )?(?:appeal|contest|dispute|challenge"
        r"|object to)\b(?! (?:to )?(?:buyers|viewers|users|audiences?|people))"
        r"|(?:submit|file|lodge|send(?: us)?|make|start|open|request|raise|complete|fill (?:in|out)|use|using"
        r"|via|through|launch|initiate|begin|provide)(?: \w+)? (?:an?|the|your|our|one|this"
        r"|another)? ?(?:[\w-]+ ){0,3}(?:appeals?|complaints?|counter[- ]?(?:notice|notification|statement)"
        r"|re-?review|reconsideration|reinstatement|objection|dispute)\b"
        r"|request (?:an? |another |further |its )?(?:[\w-]+ )?(?:review|reconsideration|reinstatement"
        r"|re-?evaluation|re-?assessment|appeal|second look)"
        r"|ask (?:us )?(?:for|to) (?:an? |another |have )?(?:\w+ )?(?:review|look again|it (?:reviewed"
        r"|looked)|reconsider|re-?examine)"
        r"|appeal (?:with|form|link|button|page|process|from|here|now|this|the|your|within|before|by|in|via"
        r"|through|at|using|decision)\b|appeals? (?:can be|may be|must be|should be) (?:submitted|filed|sent"
        r"|made|lodged)|(?:contest|appeal|challenge|dispute) (?:the|this|our|your) (?:decision|suspension"
        r"|restriction|rejection|removal|termination|measure|outcome)|ask (?:us )?for (?:an?"
        r"|another) (?:person|human|manual|second|other)|(?:may|can) (?:also )?complain|(?:^|\| ?)(?:appeal"
        r"|request (?:a )?review)(?: \||[.:]?$)|disagree with (?:the|this|our) (?:decision|outcome)\?|(?:can"
        r"|may) have (?:a person|someone|us|it) (?:check|look|review|looked)|right to (?:appeal"
        r"|complain|object|contest)|(?:have|has) (?:only )?(?:one|1|two|2|three|3) (?:more )?appeals? (?:left"
        r"|remaining)|to have (?:it|this|the decision) (?:looked at|reviewed|examined) again"
        r"|complain (?:to us|here|within|through|via|at|about this)|(?:complaint"
        r"|complaints)(?:-handling)? (?:form|system|here|page|portal|process)|internal complaint)",
        not_after=_DENIED
        + (
            r"|\b(?:your|we (?:have )?(?:received|reviewed)|after|thank you for|denied|rejected|following"
            r"|previous|the outcome of|reviewing)\b[^.;]{0,12}$"
        ),
        not_within=(
            r"(?:appeal|complaint)s? (?:has|have|was|were)|^(?:request|ask for) (?:a |the )?(?:refund"
            r"|review of (?:products?|items?))|appeal (?:the|your|this|in|by|before|at|within"
            r"|decision)? ?(?:is|was|has)|to (?:appeal|dispute) (?:to|with) (?:buyers)|and (?:dispute"
            r"|object)|or complaint|use (?:complaints|reports)"
        ),
        not_before=(
            r"^ ?(?:has been|have been|was|were|is|cannot be|can't be|will not be|has already"
            r"|are) (?:\w+ )?(?:denied|rejected|unsuccessful|reviewed|received|declined|upheld|closed"
            r"|considered|final|not possible|not available|unavailable|turned down)"
        ),
        unless=(
            r"\b(?:cannot|can't|may not|can not) (?:be )?(?:appeal\w*|contest\w*)|no (?:further )?(?:appeals?"
            r"|appeal process)|not (?:be )?(?:open to|subject to) appeal|appeals? (?:is|are|was|were) (?:not"
            r"|no longer)|(?:court|dispute settlement body|mediator)[^.]{0,30}$|(?:any|further|additional"
            r"|more) appeals? (?:will|can|may) ?not"
        ),
    ),
    Signal(
        name="a way to say that it is wrong",
        element=Element.REDRESS_INTERNAL,
        why="`if you think this is a mistake, contact support`, `if you disagree, reply to this message`",
        cues="compliant|false|disput|unfounded|unjust|right|mistake|error|differently|meets|line with|complies|comply|disagree|wrong|incorrect|unfair|don't agree|not agree|contest|counted|believe|feel|think|questions? about th|mistaken",
        pattern=(
            r"\b(?:if|should|in case|where|think|believe|feel|consider|feels)\b[^.]{0,90}\b(?:see (?:it|this"
            r"|things) (?:differently|another way)|mistake\w*|(?:in|an|this) error|disagree\w*|wrong(?:ly"
            r"|ful)?|incorrect(?:ly)?|unfair(?:ly)?|unfounded|unjustified|not right|n\'t right|(?:don't"
            r"|do not|not) agree|contest|should not have been|shouldn't have been|should be (?:restored"
            r"|reinstated)|does(?:n't| not) (?:break|violate|go against)|compl(?:y|ies) with|(?:is|are) compliant|false (?:alarm|positive)|disput\w+|in line with"
            r"|meets?)\b"
        ),
        also=(
            r"\b(?:contact|reply|respond|open|raise|ticket|get back|ask|write|let us know|tell us|reach out"
            r"|get in touch|e-?mail|message|call|form|fill|appeal|review|request|visit|click|send us|answer|here"
            r"|submit|support)\b"
        ),
        unless=(
            r"\b(?:we (?:apologi[sz]e|are sorry)|cannot be (?:appealed|reversed)|to avoid|ensure|make sure"
            r"|before (?:you )?submit|after reviewing|we (?:have )?(?:reviewed|determined|found|concluded))\b"
        ),
    ),
    Signal(
        name="a reply that is wanted",
        element=Element.REDRESS_INTERNAL,
        why="`you can answer this message to …`, `a plan of action by replying`",
        cues="write|mail|contact|message|reply|repl|answer|respond|plan of action|respon",
        pattern=(
            r"\b(?:(?:reply|respond|replying|responding|answer|answering) (?:directly )?(?:to )?(?:this"
            r"|the) (?:e-?mail|message|notice|letter)|(?:reply|respond) with (?:an? |the |your |any )?(?:proof|evidence|documents?|following|explanation|plan)|plan of action|(?:write|e-?mail|contact"
            r"|message) [^;]{2,80}\b(?:to|want to|wish to) (?:object|contest|appeal|disagree|dispute"
            r"|challenge))\b"
        ),
        also=(
            r"\b(?:contest|appeal|reinstat\w+|reactivat\w+|review\w*|reconsider\w*|submit|evidence|documents?"
            r"|proof|explain|explanation|clarif\w+|contest|dispute|challenge|disagree|counter|object\w*|wrong"
            r"|why you|your side|provide|send|restor\w*|tell us)\b"
        ),
        not_after=r"\b(?:do not|don't|cannot|not|won't|unable to)\b[^.]{0,15}$",
        unless=r"\b(?:unable to accept|rejected|was insufficient|did not|not sufficient)\b",
    ),
    Signal(
        name="German, French, Spanish",
        element=Element.REDRESS_INTERNAL,
        why="`Einspruch einlegen`, `faire appel`, `presentar una apelación`",
        cues="einspruch|widerspruch|beschwerde|überprüfung|appel|recours|réclamation|contester|apela|recurso|revisión|reclamación",
        pattern=r"\b(?:(?:einspruch|widerspruch|beschwerde) (?:\w+ )?(?:einlegen|erheben|einreichen)"
        r"|(?:erneute )?überprüfung (?:beantragen|anfordern)|faire appel|contester cette"
        r"|déposer une réclamation|introduire (?:un recours|une réclamation)|"
        r"(?:presentar|enviar) (?:una apelación|un recurso|una reclamación)|puede[sn]? apelar"
        r"|solicitar (?:una|la) revisión)\b",
    ),
)

OUT_OF_COURT = (
    Signal(
        name="a settlement body or mediator",
        element=Element.REDRESS_OUT_OF_COURT,
        why="`a certified out-of-court dispute settlement body`, `one of our mediators`",
        cues="certified|settlement|independent|out-of-court|out of court|dispute|mediat|arbitrat|ombud|schlichtung|streitbeilegung|médiat|extrajudic",
        pattern=r"\b(?:out[- ]of[- ]court|dispute[- ](?:settlement|resolution) (?:bod(?:y|ies)|provider|centre"
        r"|center|service)|certified (?:\w+ )?(?:dispute|body)|(?:certified"
        r"|independent) (?:\w+ )?(?:settlement )?bod(?:y|ies)|alternative dispute|(?:our |independent "
        r"|named |the |a )?mediat(?:ors?|ion)|arbitrat(?:ion|or)|ombuds\w+|"
        r"außergerichtlich\w*|schlichtungsstelle|streitbeilegung\w*|médiat(?:eur|ion)|extrajudicial\w*"
        r"|extrajudiciaire)\b",
        unless=(
            r"\b(?:not available|no (?:mediation|arbitration)|buyer|between you and (?:the|your) (?:buyer"
            r"|customer))\b"
        ),
    ),
)

COURT = (
    Signal(
        name="a court",
        element=Element.REDRESS_COURT,
        why="`you may go to court`, `judicial redress`, `bring the matter before a court`",
        cues="court|judicial|legal action|legal proceedings|lawsuit|tribunal|gericht|tribunaux|tribunales|klage",
        pattern=r"\b(?:(?:go|turn|apply|appeal|take (?:\w+ ){0,3}|bring (?:\w+ ){0,4}|refer\w* (?:\w+ ){0,3}"
        r"|recourse|access|right|before|claim in|action (?:in|before)|proceedings (?:in|before)|free"
        r"|seek\w* (?:\w+ ){0,4}|challenge (?:\w+ ){0,3}|relief)(?: (?:to|before|in|at|from))? (?:an? "
        r"|the |any |your )?(?:[\w-]+ ){0,2}(?:courts?|tribunal)\b"
        r"|\bsue\b[^.]{0,20} court|in court\b|judicial (?:redress|remed\w+|review|proceedings|action|recourse"
        r"|relief|protection|means)|(?:take|bring|start|initiate|pursue|commence) (?:\w+ )?(?:legal (?:action"
        r"|proceedings)|a lawsuit)|(?:courts?|tribunal) (?:of|in) your (?:country|member state)"
        r"|gerichtlich\w* (?:vorgehen|rechtsbehelf\w*|klären|überprüf\w+)|klage (?:erheben|einreichen)"
        r"|vor gericht|saisir (?:le|les|un) (?:tribunal|tribunaux|juge)|recours (?:juridictionnel|judiciaire)"
        r"|acudir a los tribunales|recurso judicial|vía judicial)",
        not_after=r"\b(?:out[- ]of[- ]?)$|\b(?:out of)\b[^.]{0,3}$|\bwe (?:may|will|reserve|can)\b[^.]{0,40}$",
        not_within=r"out of court",
        unless=r"\b(?:exclusive|jurisdiction|governed by|court order|we reserve|ordered)\b",
    ),
)
"""Ways of redress, each on its own."""
