"""Attributions in German: "berichtete die dpa", "laut Reuters", "wie der NDR meldete"."""

import re

from articles.vetting.attribution import NOTES, Wording

_ARTICLE = r"(?:die|der|dem|den|das|des|eine[rmns]?)"
_KIND = (
    r"(?:(?:\w+-)?(?:Nachrichtenagentur|Agentur|Zeitung|Tageszeitung|Sender|Fernsehsender|Rundfunksender|Magazin"
    r"|Nachrichtenmagazin|Wochenzeitung|Blatt|Portal|Nachrichtenportal|Sender[s]?|Magazin[s]?))"
)
_BETWEEN = rf"(?: (?:{_ARTICLE}|{_KIND}|deutsche[nr]?|französische[nr]?|russische[nr]?|britische[nr]?|staatliche[nr]?)){{0,3}} \Z"
_VERB = (
    r"(?:berichte(?:t|te|n|ten)|melde(?:t|te|n|ten)|vermelde(?:t|te)|schreib(?:t|en)|schrieb(?:en)?|zitier(?:t|te)"
    r"|spr(?:icht|ach) von|beziffer(?:t|te)|veröffentlichte|enthüllte|recherchierte)\b"
)
_NEWS = r"(?:gemeldet|berichtet|geschrieben|vermeldet|enthüllt|veröffentlicht)\b"

GERMAN = Wording(
    follows=re.compile(
        r"-(?:Angaben|Bericht|Meldung|Informationen|Recherche|Zählung|Umfrage|Daten|Interview)"
        r"|-(?:Reporter|Korrespondent|Journalist|Fotograf)\w*(?: [\w.-]+){0,5}? (?:sah|sahen|berichtet\w*|zufolge|beobachtet\w*|zählt\w*|hört\w*|vor Ort)\b"
        rf"| zufolge\b|,? (?:(?:außerdem|später|zuerst|zunächst|bereits|ebenfalls|dagegen|hingegen|auch) ){{0,2}}{_VERB}"
        rf"| ha(?:t|tte|ben|tten)(?: [^ .;]+){{0,8}}? {_NEWS}"
    ),
    # "Der Chef der BBC berichtete": somebody else speaks.
    disowned=re.compile(
        r"\b\w+ (?:der|des|von|vom|beim|bei|im|in|für|an|aus|gegen|über|mit)(?: der| dem)? \Z"
    ),
    leads=re.compile(
        r"(?:\b(?:[Ll]aut|[Gg]emäß|[Nn]ach (?:\w+ )?(?:Angaben|Informationen|Recherchen|Berichten|Darstellung|Zählung|Schätzung(?:en)?)(?: von)?"
        r"|(?:[Ee]inem|[Ee]inen|[Dd]em|[Ee]in) (?:\w+)?[Bb]ericht(?:es|s)?(?: von)?|[Uu]nter Berufung auf|[Uu]nter Verweis auf"
        r"|[Mm]it Verweis auf|[Uu]nter Hinweis auf|[Gg]egenüber|[Bb]erichten von|(?:zitiert|veröffentlicht|gemeldet|berichtet|bestätigt) von"
        r"|[Hh](?:eißt|ieß) es bei|erfuhr|[Ii]m (?:Gespräch|Interview) mit)"
        rf"|\b{_VERB}|,\"? so|\bsagten?(?: (?:er|sie|[A-ZÄÖÜ]\w+)){{0,3}})" + _BETWEEN
    ),
    goes_on=re.compile(r" (?:zu|nicht)\b| (?:Institut|Stiftung|Holding|AG|GmbH)\b"),
    pairs=(
        (
            re.compile(rf"\b[Ww]ie{_BETWEEN}|\b[Ww]ie \Z"),
            re.compile(rf"(?:,? [^,.;]{{0,60}}?)? (?:{_VERB}|{_NEWS}|erfuhr|sagte|mitteilte)"),
        ),
        (
            re.compile(rf"\b(?:liegt|lag|liegen|lagen){_BETWEEN}"),
            re.compile(r"(?: \w+){0,2} vor\b"),
        ),
        *NOTES,
    ),
    joins=re.compile(r"(?:, (?:und |oder )?| (?:und|oder) )(?:die |der |das |dem )?"),
)
