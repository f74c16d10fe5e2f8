"""Attributions in French, Spanish, Italian and Portuguese: "selon l'AFP", "informó EFE"."""

import re

from articles.vetting.attribution import NOTES, Wording

# "Le patron de l'AFP rapporte": somebody else speaks.
_DISOWNED = re.compile(
    r"(?:\b(?:de|du|des|à|au|aux|chez|dans|contre|del|al|en|con|para|por|di|dell'|della|dello|del|all'|alla"
    r"|dall'|dalla|nella|nell'|su|sull'|sulla|do|da|dos|das|no|na|ao|pela|pelo) ?|\bd')(?:l'|la |le |les |el |los |il |lo |o |a )?\Z",
    re.IGNORECASE,
)
_NEVER = re.compile(r"(?!)")

# Each: what stands before the name, with its article and "the agency".
_FRENCH_THE = (
    r"(?: (?:l'agence(?: de presse)?|le (?:journal|quotidien|site|magazine)|l'hebdomadaire|la (?:chaîne|radio)))?"
    r"(?: (?:l'|le |la |les )| )\Z"
)
_FRENCH_VERB = (
    r"(?:rapport(?:e|ent|é|ait)|écri(?:t|vent|vait)|révèl(?:e|ent)|révélé|indiqu(?:e|ent|é|ait)|précis(?:e|ent|é|ait)"
    r"|évoqu(?:e|ent|é|ait)|relat(?:e|ent|é|ait)|signal(?:e|ent|é|ait)|chiffr(?:e|ent|é)|fai(?:t|sait) (?:état|part)|affirm(?:e|ent|é|ait)"
    r"|avanc(?:e|ent|é)|parl(?:e|ent|é|ait) (?:de|d')|cit(?:e|ent|é|ait)|publi(?:e|ent|é|ait))\b"
)
FRENCH = Wording(
    follows=re.compile(
        rf",? (?:(?:a|ont|avait|avaient) )?(?:(?:également|aussi|d'abord|ensuite|de son côté|déjà) )?{_FRENCH_VERB}"
    ),
    disowned=_DISOWNED,
    leads=re.compile(
        rf"(?:\b(?:[Ss]elon|[Dd]'après|(?:a|ont|avait) {_FRENCH_VERB}|(?:rapporte|écrit|indique|précise|révèle|relate|signale|affirme|note)(?:nt)?"
        r"|(?:déclaré|dit|confié|affirmé|assuré|indiqué|expliqué|raconté|précisé|confirmé|répondu)(?: \w+)? (?:à|au|auprès de)"
        r"|(?:cité|rapporté|relayé|interrogé|publié|diffusé|contacté|consulté|recueilli|révélé|joint)(?:e|s|es)? par"
        r"|[Dd]e source|(?:décompte|comptage|calculs?|sondage|dépêche|enquête) (?:de|d'|du)"
        r"|(?:entretien|interview)(?: accordée?)? (?:à|au|avec)))"
        + _FRENCH_THE
        + r"|\b(?:[Ss]elon|[Dd]'après) (?:(?:un|une|les|des|le|la) )(?:décompte|comptage|calculs?|sondage|dépêche|enquête|informations|données|article|bilan)"
        r" (?:de (?:l'|la )?|d'|du )\Z"
    ),
    goes_on=_NEVER,
    pairs=(
        (
            re.compile(
                r"\b(?:journalistes?|correspondant(?:e|s|es)?|reporters?|photographes?|équipes?|envoyée? spéciale?) (?:de (?:l'|la )?|d'|du )\Z"
            ),
            re.compile(
                r"(?: [^,.;]{0,40}?)? (?:(?:a|ont) (?:vu|constaté|entendu|compté|assisté|rapporté|pu)|sur place|présent)"
            ),
        ),
        *NOTES,
    ),
    joins=re.compile(r"(?:, (?:et |ou )?| (?:et|ou) )(?:l'|le |la |les )?"),
)

_SPANISH_THE = r"(?:(?: a)?(?: (?:la|el|los|las|al))?(?: (?:agencia(?: de noticias)?|diario|periódico|cadena|canal|portal|medio|emisora|revista|rotativo))?) \Z"
_SPANISH_VERB = (
    r"(?:inform(?:ó|a|aron|an)|report(?:ó|a|aron)|public(?:ó|a|aron)|señal(?:ó|a)|detall(?:ó|a)|recog(?:e|ió)|precis(?:ó|a)"
    r"|indic(?:ó|a)|revel(?:ó|a)|adelant(?:ó|a)|asegur(?:ó|a)|cit(?:ó|a)|cifr(?:ó|a)|sitú(?:a)|situó|habl(?:ó|a) de|escrib(?:e|ió)|contabiliz(?:ó|a)"
    r"|(?:ha|había|han) (?:informado|reportado|publicado|señalado|detallado|recogido|revelado|adelantado|asegurado))\b"
)
SPANISH = Wording(
    follows=re.compile(rf",? (?:(?:también|ya|además|por su parte) )?{_SPANISH_VERB}"),
    disowned=_DISOWNED,
    leads=re.compile(
        rf"\b(?:[Ss]egún(?: (?:informó|informa|publica|publicó|recoge|un recuento de|datos de|fuentes de))?|[Dd]e acuerdo (?:con|a)|[Cc]onforme a|{_SPANISH_VERB}"
        r"|(?:dijo|declaró|contó|aseguró|explicó|confirmó|señaló|afirmó|relató)(?: \w+)? a|(?:citad|publicad|recogid|difundid|consultad|revelad|divulgad)[oa]s? por"
        r"|en (?:declaraciones|una entrevista|entrevista) (?:a|con))" + _SPANISH_THE
    ),
    goes_on=_NEVER,
    pairs=NOTES,
    joins=re.compile(r"(?:, (?:y |e |o )?| (?:y|e|o) )(?:la |el )?"),
)

_ITALIAN_THE = r"(?: (?:l'agenzia(?: di stampa)?|il (?:quotidiano|giornale|sito)|la (?:testata|rete)))?(?: (?:l'|la |il |lo |i )| ?)\Z"
_ITALIAN_VERB = (
    r"(?:rifer(?:isce|iscono|ito)|riport(?:a|ano|ato)|scri(?:ve|vono|tto)|parla(?:no|to)? di|cita(?:no|to)?|pubblica(?:no|to)?"
    r"|rivela(?:no|to)?|precisa(?:to)?|segnala(?:to)?|indica(?:to)?|raccont(?:a|ato)|conteggia)\b"
)
ITALIAN = Wording(
    follows=re.compile(
        rf",? (?:(?:ha|hanno|aveva) )?(?:(?:anche|già|inoltre|poi) )?{_ITALIAN_VERB}"
    ),
    disowned=_DISOWNED,
    leads=re.compile(
        rf"\b(?:(?:[Ss]econdo|[Ss]tando a|[Cc]ome (?:riferisce|riporta|scrive)|[Ll]o (?:riferisce|riporta|scrive)|(?:ha|hanno) {_ITALIAN_VERB}"
        r"|(?:riferisce|riporta|scrive|precisa|segnala|apprende)(?:no)?)"
        + _ITALIAN_THE
        + r"|(?:[Ss]tando (?:all'|alla |al )|(?:detto|dichiarato|spiegato|raccontato|confermato) (?:all'|alla |al |a )(?:agenzia )?"
        r"|(?:citat|riportat|diffus|pubblicat|interpellat|sentit|raccolt|rivelat)[oaie] (?:dall'|dalla |dal |da )(?:agenzia )?"
        r"|[Ss]econdo (?:un |una |i |le |gli )?(?:conteggio|calcoli|sondaggio|fonti|dati|informazioni|inchiesta)"
        r" (?:dell'|della |del |di ))\Z)"
    ),
    goes_on=_NEVER,
    pairs=NOTES,
    joins=re.compile(r"(?:, (?:e |o )?| (?:e|ed|o) )(?:l'|la |il )?"),
)

_PORTUGUESE_THE = r"(?:(?: (?:a|o|as|os|à|ao|pela|pelo))?(?: (?:agência(?: de notícias)?|jornal|emissora|rede|canal|revista|site|diário|portal))?) \Z"
_PORTUGUESE_VERB = (
    r"(?:inform(?:ou|a|aram|am)|notici(?:ou|a|aram)|relat(?:ou|a|aram)|escrev(?:eu|e)|avanç(?:ou|a)|revel(?:ou|a)|public(?:ou|a)"
    r"|report(?:ou|a)|apont(?:ou|a)|indic(?:ou|a)|cit(?:ou|a)|fal(?:ou|a) (?:em|de)|divulg(?:ou|a)|apur(?:ou|a))\b"
)
PORTUGUESE = Wording(
    follows=re.compile(rf",? (?:(?:também|já|ainda) )?{_PORTUGUESE_VERB}"),
    disowned=_DISOWNED,
    leads=re.compile(
        rf"\b(?:[Ss]egundo|[Dd]e acordo com|[Cc]onforme|{_PORTUGUESE_VERB}|(?:disse|declarou|afirmou|contou|confirmou|explicou|garantiu)(?: \w+)?(?= (?:à|ao) )"
        r"|(?:citad|divulgad|publicad|ouvid|noticiad|revelad)[oa]s?(?= pel[oa] )|(?:entrevista|declarações)(?= (?:à|ao) ))"
        + _PORTUGUESE_THE
    ),
    goes_on=_NEVER,
    pairs=NOTES,
    joins=re.compile(r"(?:, (?:e |ou )?| (?:e|ou) )(?:a |o )?"),
)
