"""What English puts before or after the name of a person: offices, ranks, styles. Data only.

TITLES leads from each form to the title that it is a form of; forms that one says for the other
("lieutenant colonel", "colonel") are one. RIVALS are sets of titles of which a person has one at
a time: who is called another of the same set in a post is asked about. What many are at once,
such as director, professor or leader, is in no set.
"""

from articles.vetting.lexicon.lexicon import each, words

# Ministers and secretaries by what they are in charge of.
_PORTFOLIOS = {
    "foreign minister": "foreign, foreign affairs, external affairs",
    "defence minister": "defence, defense",
    "interior minister": "interior, home, home affairs, internal affairs",
    "finance minister": "finance, treasury",
    "justice minister": "justice",
    "health minister": "health",
    "education minister": "education",
    "energy minister": "energy",
    "oil minister": "oil, petroleum",
    "economy minister": "economy, economics",
    "trade minister": "trade, commerce",
    "transport minister": "transport, transportation",
    "agriculture minister": "agriculture, farm",
    "environment minister": "environment",
    "labour minister": "labour, labor",
    "culture minister": "culture",
    "information minister": "information",
    "security minister": "security, national security",
}
_MINISTERS: dict[str, str] = {
    f"{area} {office}": title
    for title, areas in _PORTFOLIOS.items()
    for area in sorted(words(areas))
    for office in ("minister", "secretary")
} | {
    f"minister of {area}": title
    for title, areas in _PORTFOLIOS.items()
    for area in sorted(words(areas))
}

TITLES: dict[str, str] = {
    **_MINISTERS,
    **each("secretary of state", "secretary of state"),
    **each("president, pres", "president"),
    **each("vice president, veep, vp", "vice president"),
    **each("prime minister, pm, premier, taoiseach", "prime minister"),
    **each("deputy prime minister, vice premier, deputy pm", "deputy prime minister"),
    **each("chancellor", "chancellor"),
    **each("governor, gov", "governor"),
    **each("deputy governor, lieutenant governor, lt gov", "deputy governor"),
    **each("mayor, lord mayor", "mayor"), **each("deputy mayor", "deputy mayor"),
    **each("senator, sen", "senator"),
    **each("congressman, congresswoman, rep", "congressman"),
    **each("ambassador, amb", "ambassador"), **each("consul, consul general", "consul"),
    **each("minister", "minister"), **each("secretary", "secretary"),
    **each("secretary general", "secretary general"),
    **each("private, pvt", "private"), **each("corporal, cpl, lance corporal", "corporal"),
    **each(
        "sergeant, sgt, staff sergeant, detective sergeant, det sgt, sergeant major, sgt maj",
        "sergeant",
    ),
    **each(
        "lieutenant, lt, first lieutenant, 1st lt, second lieutenant, sub lieutenant", "lieutenant"
    ),
    **each("captain, capt", "captain"), **each("major, maj", "major"),
    **each("commander, cmdr, cdr, lieutenant commander, lt cmdr", "commander"),
    **each("colonel, col, lieutenant colonel, lt col", "colonel"),
    **each(
        "general, gen, lieutenant general, lt gen, major general, maj gen, brigadier general,"
        " brig gen, brigadier, brig",
        "general",
    ),
    **each("admiral, adm, rear admiral, vice admiral, commodore", "admiral"),
    **each("constable, police constable, detective constable, pc", "constable"),
    **each("inspector, insp, detective inspector, det insp, chief inspector", "inspector"),
    **each("superintendent, supt, chief superintendent", "superintendent"),
    **each("detective, det, officer, chief, police chief, commissioner", "officer"),
    **each("sheriff", "sheriff"),
    **each("ceo, chief executive, chief executive officer, managing director", "chief executive"),
    **each("cfo, chief financial officer, finance director", "chief financial officer"),
    **each("coo, chief operating officer", "chief operating officer"),
    **each("cto, chief technology officer", "chief technology officer"),
    **each("chairman, chairwoman, chair, chairperson", "chairman"),
    **each("king", "king"), **each("queen", "queen"),
    **each("prince, crown prince", "prince"), **each("princess, crown princess", "princess"),
    **each("duke", "duke"), **each("duchess", "duchess"), **each("emperor", "emperor"),
    **each("sultan", "sultan"), **each("emir, amir", "emir"),
    **each("pope", "pope"), **each("archbishop, most reverend, most rev", "archbishop"),
    **each("bishop, right reverend, right rev, rt rev", "bishop"),
    **each("cardinal", "cardinal"), **each("father, fr, reverend, rev, pastor", "priest"),
    **each("rabbi", "rabbi"), **each("imam", "imam"),
    **each("ayatollah, grand ayatollah", "ayatollah"), **each("sheikh, sheik", "sheikh"),
    **each("judge", "judge"), **each("justice, chief justice", "justice"),
    **each("prosecutor, chief prosecutor", "prosecutor"),
    **each("attorney general", "attorney general"),
    **each("mr, sir, lord", "mr"), **each("mrs, ms, miss, dame, lady", "ms"),
    **each("dr, doctor", "doctor"), **each("prof, professor", "professor"),
    **each("spokesman, spokeswoman, spokesperson", "spokesman"),
    **each("coach, manager", "coach"), **each("lawyer, attorney, counsel", "lawyer"),
    **each("councillor, councilman, councilwoman", "councillor"),
    **each("actor, actress", "actor"), **each("adviser, advisor", "adviser"),
    **each("goalkeeper, keeper", "goalkeeper"), **each("saint", "saint"),
    **{
        each_one: each_one
        for each_one in sorted(
            words(
                "director, leader, deputy, lawmaker, mp, md, fm, envoy, speaker, analyst, economist,"
                " head, editor, singer, author, writer, striker, midfielder, defender, forward,"
                " pilot, skipper, driver, suspect, witness, activist, journalist, reporter,"
                " candidate, nominee, aide, coroner, representative, republican, democrat, founder,"
                " majority leader, minority leader, opposition leader, principal, teacher, nurse,"
                " star"
            )
        )
    },
}  # fmt: skip

_HEADS = words("president, prime minister")
_MINISTERIAL = frozenset(_PORTFOLIOS)
RIVALS: tuple[frozenset[str], ...] = (
    _HEADS | words("vice president, governor, mayor"),
    _HEADS | words("deputy prime minister"),
    _HEADS | words("minister"),
    _HEADS | _MINISTERIAL | words("ambassador"),
    words("governor, mayor") | _MINISTERIAL,
    words("president, vice president, secretary of state, ambassador"),
    words("chancellor, president, foreign minister, defence minister, interior minister"),
    words("senator, congressman, governor, mayor, president"),
    words("governor, deputy governor"),
    words("mayor, deputy mayor"),
    words("chief executive, chief financial officer, chief operating officer"),
    words("chief executive, chief technology officer, chairman"),
    words("private, corporal, sergeant, lieutenant, captain, major, colonel, general, admiral"),
    words("sergeant, commander, general"),
    words("constable, sergeant, inspector, superintendent"),
    words("king, queen, prince, princess, duke, duchess, emperor, sultan"),
    words("pope, archbishop, bishop"),
    words("judge, prosecutor, attorney general"),
    words("mr, ms"),
)
# Walks of life: who has a title of one is not given a title of another by chance. A general may
# head a state and a firm may have a president, so that not all are held against each other.
_GOVERNING = (
    _HEADS
    | _MINISTERIAL
    | words(
        "vice president, deputy prime minister, chancellor, governor, deputy governor, mayor, deputy"
        " mayor, senator, congressman, ambassador, consul, minister, secretary of state, envoy,"
        " councillor, mp, lawmaker"
    )
)
_WALKS: dict[str, frozenset[str]] = {
    "court": words("judge, justice, prosecutor, attorney general"),
    "church": words("pope, archbishop, bishop, cardinal, priest, rabbi, imam, ayatollah"),
    "forces": words("private, corporal, lieutenant, major, colonel, general, admiral"),
    "police": words("constable, inspector, superintendent, officer, sheriff"),
    "government": _GOVERNING,
    "business": words(
        "chief executive, chief financial officer, chief operating officer, chief technology officer"
    ),
    "learning": words("doctor, professor"),
}
_WALK_OF = {title: walk for walk, titles in _WALKS.items() for title in titles}
_MAY_BE_ONE = (
    frozenset({"forces", "government"}), frozenset({"forces", "police"}),
    frozenset({"business", "learning"}), frozenset({"church", "learning"}),
)  # fmt: skip


def are_of_other_walks(said: str, given: str) -> bool:
    """Return whether a person with one title hardly has the other: a judge, a bishop.

    Anybody may be a doctor, too, who is learned may come to govern, and a president may be that of
    a firm.
    """
    walks = {_WALK_OF.get(said, ""), _WALK_OF.get(given, "")}
    if len(walks) == 1 or "" in walks or said == "doctor":
        return False
    if given in _WALKS["learning"] and said in _GOVERNING:
        return False
    return walks not in _MAY_BE_ONE and not ("president" in (said, given) and "business" in walks)


# What one is by election, appointment or rank, and what may be said of one who is that.
_OFFICES = frozenset(_WALK_OF) - _WALKS["learning"] | words(
    "speaker, opposition leader, majority leader, minority leader, secretary general, coroner, sergeant,"
    " commander, king, queen, prince, princess, emperor, sultan, emir"
)
# Of a ship, a team or a company: no other office that somebody is elected or ordained to.
_OFFICES |= {"captain"}
_MAY_BE_CALLED: dict[str, frozenset[str]] = {
    "minister": _MINISTERIAL | words("deputy prime minister, secretary of state, chancellor"),
    "secretary of state": words("foreign minister, minister"),
    "officer": _WALKS["police"] | _WALKS["forces"] | words("sergeant, commander"),
    "constable": words("officer"), "inspector": words("officer"), "superintendent": words("officer"),
    "sergeant": words("officer"), "commander": _WALKS["forces"] | words("officer, governor"),
    "sheriff": words("officer"), "judge": words("justice"), "justice": words("judge"),
    "prosecutor": words("attorney general"), "attorney general": words("prosecutor"),
    "congressman": words("mp, lawmaker, councillor"), "senator": words("lawmaker, mp"),
    "mp": words("lawmaker, minister, congressman") | _MINISTERIAL,
    "lawmaker": words("mp, senator, congressman, councillor, minister, speaker") | _MINISTERIAL,
    "bishop": words("archbishop, cardinal"), "archbishop": words("cardinal"),
    "cardinal": words("archbishop, bishop"), "priest": words("bishop, archbishop, imam"),
    "envoy": words("ambassador, minister"), "ambassador": words("envoy"),
    "opposition leader": words("mp, lawmaker, senator, congressman, councillor"),
    "majority leader": words("senator, congressman, mp, lawmaker"),
    "minority leader": words("senator, congressman, mp, lawmaker"),
    "speaker": words("congressman, mp, lawmaker"),
    "imam": words("ayatollah, sheikh, priest"), "ayatollah": words("imam"),
    **{
        each_one: words("minister, mp, lawmaker, secretary of state")
        for each_one in sorted(_MINISTERIAL)
    },
}  # fmt: skip
_MAY_BE_CALLED["captain"] = words("officer, commander") | _WALKS["forces"]
HELD = _OFFICES | _WALKS["learning"]
_IN_FORCES = _WALKS["forces"] | words("captain")
# These commanded before they governed, and are called so ever after.
_AFTER_FORCES = words(
    "president, prime minister, vice president, minister, defence minister, interior minister, officer"
)

# Who speaks as the one does not speak as the other: `role_differs` asks.
_ASKED_AS_ROLES = words("envoy, governor, mayor, senator")


def are_two_offices(said: str, given: str) -> bool:
    """Return whether an office is another one than a post gives, and no other word for it.

    A person may have both, as a professor may come to govern: it is asked about only where no post
    has the one that is said.
    """
    if said == given or said not in _OFFICES or given not in HELD:
        return False
    if (given == "professor" and said in _GOVERNING) or {said, given} <= _ASKED_AS_ROLES:
        return False
    if {said, given} & _IN_FORCES and {said, given} & _AFTER_FORCES:
        return False
    if "president" in (said, given) and {said, given} & _WALKS["business"]:
        return False
    return given not in _MAY_BE_CALLED.get(said, frozenset())


# A person so called had the title, will have it, or stands in for one who has.
BEFORE_TITLES = words(
    "former, ex, late, then, acting, interim, deputy, assistant, associate, vice, incoming, future,"
    " onetime, one time, sometime, ousted, deposed, would be, designate, shadow, honorary"
)
AFTER_TITLES = words("elect, designate, candidate, nominee, emeritus, in waiting, hopeful")
# Whose president is not the country's: next to these a title says another thing.
BODIES = words(
    "senate, council, court, commission, university, college, school, club, federation, union, bank,"
    " fed, reserve, house, parliament, assembly, board, company, association, committee, chamber,"
    " congress, party, league, group, society, institute, foundation, fund, team, agency, student,"
    " tribunal, synod, corporation, division, region, network, studio, studios, news, sports"
)
# Parts of a name that are not written with a capital.
PARTICLES = words(
    "de, del, della, der, den, di, da, das, dos, do, du, van, von, vom, zu, zum, ter, ten, te, la,"
    " le, al, el, bin, ibn, bint, abu, ben, ould, af, av, y, e, dem, st"
)
# What stands after a name and is none.
POST_NOMINALS = words(
    "kc, qc, jr, sr, mp, msp, phd, obe, cbe, mbe, ii, iii, iv, vi, vii, llc, inc, ltd, plc"
)
# What the particle before an Arabic name is written like when it is one word with it.
ARTICLES_IN_NAMES = ("al", "el", "ad", "ar", "as", "az", "an", "ul", "at")
# Next to these a second person of the same name is meant.
KIN = words(
    "wife, husband, widow, widower, son, daughter, brother, sister, father, mother, twin, cousin,"
    " uncle, aunt, nephew, niece, grandson, granddaughter, grandfather, grandmother, stepson,"
    " stepdaughter, stepfather, stepmother, sibling, siblings, brothers, sisters, parents, couple,"
    " fiance, fiancee, namesake, sons, daughters, children, child"
)
