"""Attributions in English: "Reuters reports", "according to the BBC", "seen by an AFP reporter"."""

import re

from articles.vetting.attribution import NOTES, Wording
from articles.vetting.platform_names import PLATFORM_NAMES

_DAY = r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
_PLATFORM = rf"(?:{PLATFORM_NAMES})"
# What may stand between an outlet and its verb.
_FILLER = (
    r"(?:,? (?:has|have|had|also|later|first|now|earlier|then|since|separately|initially|already|for its part"
    r"|both|all|each|itself|themselves|still|previously|meanwhile|however|news agency|the agency"
    rf"|(?:on|in|via|at) (?:its \w+(?: channel)?|{_PLATFORM}|Persian|Arabic|French|Spanish|German"
    rf"|Russian|Turkish|Hebrew|English|an? \w+)|(?:on )?{_DAY})\b|, [^,;.]{{1,80}},| \([^()]{{1,40}}\))"
)
_REPORTS = (
    r"reports?|reported|writes?|wrote|quot(?:ed|es?)|cit(?:ed|es?)|count(?:s|ed)?|tweeted|posted"
    r"|publish(?:es|ed)|estimate[sd]?|describe[sd]?|carries|carried|learn(?:s|ed|t)|notes|noted"
    r"|calculate[sd]?|reckon(?:s|ed)|tall(?:ies|ied)|forecasts?|understands|geolocated|authenticated"
    r"|verified|mention(?:s|ed)|alleg(?:es|ed)|broke the (?:news|story)|(?:was|were) (?:the )?first (?:to|with)"
    r"|(?:said|reported|had it) first|followed (?:at|with|suit|up|\w+ (?:minutes|hours) later)"
    r"|gives? (?:\w+ ){0,4}(?:toll|number|figure|count|total|estimate|account|version|time|date|details|\d[\d.,]*)"
    r"|gave (?:\w+ ){0,4}(?:toll|number|figure|count|total|estimate|account|version|time|date|details|\d[\d.,]*)"
    r"|(?:speaks|spoke|talks|talked) of (?!its)|(?:speaks|spoke) to (?:two|three|four|several|some|\w+ (?:people|sources|witnesses))"
    r"|(?:has|had) (?:the|it) (?:\w+ ){0,3}at|interviewed|identified (?:him|her|them|the|one|two)"
    r"|(?:aired|broadcast|ran|shows?|showed|released|obtained|saw|reviewed|viewed) (?:\w+ ){0,3}(?:footage|video|videos|pictures|photos"
    r"|images|documents?|emails?|memo|letter|report|clip|interview|story|copy|draft|recording|transcript)"
    r"|tells? (?:of|a different)|(?:saw|witnessed|heard) (?:\w+ )?(?:people|bodies|soldiers|troops|smoke|explosions?|shots|gunfire)"
    r"|puts? (?:it|the|that|this|them|its|his|her|their|losses|damage|about|around|\d)"
    r"|date[sd]? (?:it|the|this|that)"
)
# With these an outlet may speak of itself.
_STATES = (
    r"(?:says?|said|claim(?:s|ed)?|confirm(?:s|ed)?|add(?:s|ed)|reveal(?:s|ed)|disclos(?:es|ed)"
    r"|states?|stated|explain(?:s|ed)|detail(?:s|ed)|suggest(?:s|ed)|found that|finds that|observe[sd])"
)
_ITSELF = rf"(?: on {_DAY})?,?(?: that)? (?:it|its|plans|the (?:company|network|broadcaster|paper|agency))\b"
_WORK = (
    r"(?:(?:re)?counts?|tall(?:y|ies)|figures?|arithmetic|estimates?|calculations?|surveys?|polls?|numbers"
    r"|data|analys[ie]s|census|trackers?"
    r"|investigations?|reports?|reporting|dispatch(?:es)?|accounts?|stor(?:y|ies)|alerts?|bulletins?|footage"
    r"|live ?blogs?|interviews?|scoops?|exclusives?|headlines?|liveblogs?)\b"
    r"(?! (?:business|cent(?:re|er)s?|terminals?|arm|unit|breach|team|protection|department|desk|editor)\b)"
)
_PERSON = (
    r"(?:correspondents?|reporters?|photographers?|journalists?|crews?|teams?|cameram[ae]n|stringers?"
    r"|producers?|videographers?|bureau|witness(?:es)?|editors?|columnists?|analysis editor|man|woman)\b"
)
_WITNESSES = (
    r"(?:saw|sees|said|says|reports?|reported|heard|hears|witnessed|counted|counts|watched|found|wrote|writes|spoke"
    r"|described|describes|visited|was told|were told|noted|observed|filmed|photographed|tweeted|posted|timed|measured)\b"
)
# "Our correspondent Jane Doe in Goma saw": a name and a place may stand between.
_SEES = rf"(?:,? (?!who\b)[\w'.-]+){{0,6}}?,? {_WITNESSES}"
_SHOWS = (
    r"(?:,? [\w'.%-]+){0,5}? (?:shows?|showed|finds?|found|suggest(?:s|ed)?|reveal(?:s|ed)?|puts?|indicate[sd]?|says?|said"
    r"|counts?|counted|confirm(?:s|ed)?|has|had|have|gives?|gave)\b"
)
_FOLLOWS = re.compile(
    rf"{_FILLER}{{0,5}},? (?:(?:{_REPORTS})\b|{_STATES}\b(?!{_ITSELF}))"
    rf"|'s? (?:own )?(?:\w+ ){{0,2}}{_WORK}"
    rf"|'s? (?:own )?(?:\w+ ){{0,2}}{_PERSON}{_SEES}|'s (?:[A-Z][\w'.-]+ ){{1,3}}{_WITNESSES}"
    rf"|(?: [a-z]+)? {_PERSON}{_SEES}|(?: [a-z]+)? {_WORK}{_SHOWS}"
)
# "A reporter of Reuters said", "the man on Al Jazeera said": somebody else speaks.
_DISOWNED = re.compile(
    r"\b(?:of|for|from|at|against|with|on|in|to|by|about|inside|near)(?: the)? \Z", re.IGNORECASE
)
_READ = (
    r"quoted|cited|reported|published|seen|reviewed|obtained|interviewed|counted|tallied|compiled|carried"
    r"|verified|viewed|heard|filmed|photographed|witnessed|confirmed|revealed|disclosed|aired|broadcast"
    r"|geolocated|authenticated|analysed|analyzed|calculated|surveyed|polled|described|broken|collected|gathered"
    r"|released|reached|contacted|asked|named|identified|estimated|written|relayed|run"
)
_GIVEN = r"(?:(?:spoke|speaking|talked|talking) (?:to|with)|(?:an? |the |his |her |their )?(?:\w+ )?(?:interview|remarks|comments?|statement|email|message|briefing|reply) (?:with|to)|(?:given|shown|sent|leaked|provided|handed|cleared|disclosed|supplied|confided|confirmed|said|admitted) to|(?:confirmed|denied|disclosed|revealed|described|explained|leaked|cleared) (?:[\w'-]+ ){1,5}to)"
_LEADS = re.compile(
    rf"\b(?:according to|(?:{_READ})(?: \w+ly)? by|(?:reported|published|quoted|carried|appeared|appearing|writing|described) (?:in|on)"
    rf"|tells?|told|telling|{_GIVEN}|citing|quoting|cites|quotes|per|via|as (?:the )?source"
    r"|(?:reports?|figures|data|counts?|tall(?:y|ies)|polls?|surveys?|analys[ei]s|footage|estimates?|investigations?|calculations?|dispatch(?:es)?)"
    rf" (?:by|from|in))(?: the)?(?: (?:news agency|newspaper|broadcaster|agency|newswire|magazine|website|daily))? \Z",
    re.IGNORECASE,
)
# Another name ("Reuters Institute"), or an order ("told Al Jazeera to close").
_GOES_ON = re.compile(
    rf" (?:not )?to\b| (?!(?:{_DAY}|{_PLATFORM}|I|In|At|On|TV|Radio|News|World|Television)\b)[A-Z][a-z]"
    r"|'s? (?:\w+ )?(?:office|staff|lawyers?|owners?|boss|chief|board|chair(?:man|woman)?|managers?|executives?|parent|employees)"
    r"| (?:staff|executives?|bosses|managers|employees|lawyers|bureau)\b"
)
_BY = re.compile(
    rf"\b(?:according to|in|by|from|per|citing|quoting|on|(?:{_GIVEN})|tells?|told|telling)"
    r"(?: (?:an?|one|two|three|several|the|its|her|his))(?: (?!(?:who|as)\b)\w+){0,2} \Z"
    r"|\b(?:according to|citing|quoting|per|told|by) \Z",
    re.IGNORECASE,
)
_PERSON_OF = re.compile(rf"\b{_PERSON} (?:for|of|from|with|at)(?: the)? \Z")
_MADE = re.compile(
    rf"(?: [a-z]+)? (?:{_WORK}|{_PERSON})(?! (?:of its|into its|into the broadcaster)\b)"
)
# ", said Reuters": only right after what is said, and where the outlet ends it.
_SAID = re.compile(
    r"(?:[,\"'?!)] ?|\b(?:[Ss]o|[Tt]hus|[Aa]s) )(?:said|says|wrote|writes|reports|reported|noted|notes|added|adds|quoth|tweeted|posted"
    r"|confirmed|observed)(?: the)?(?: (?:news agency|newspaper|broadcaster|agency|paper|daily))? \Z"
)
_ENDS = re.compile(
    r"(?=[.,;:!?)\"\[]|\Z)|(?:,? (?:and|&) (?:the )?[A-Z]| (?:on|in|at|citing|quoting|late|early|earlier|later|first|yesterday|today|from)\b)"
)

ENGLISH = Wording(
    follows=_FOLLOWS,
    disowned=_DISOWNED,
    leads=_LEADS,
    goes_on=_GOES_ON,
    pairs=((_BY, _MADE), (_PERSON_OF, re.compile(_SEES)), (_SAID, _ENDS), *NOTES),
    joins=re.compile(r"(?:, (?:and |or )?| (?:and|or|&) )(?:the )?"),
)
