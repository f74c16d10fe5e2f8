"""What English calls a person by work, office or family. Data only.

CALLINGS and KIN_FORMS lead from each form to what it is a form of. Of two callings in one group a
person may have both, or one is said for the other: a singer is an actor, a surgeon a doctor. Two
that share no group are not told of one person at a time.
"""

from collections.abc import Iterable

from articles.vetting.lexicon.lexicon import each, words

CALLINGS: dict[str, str] = {
    # Health.
    **each("doctor, physician, gp, medic, clinician, consultant, specialist", "doctor"),
    **each("paediatrician, pediatrician", "paediatrician"), **each("surgeon", "surgeon"),
    **each("anaesthetist, anesthetist, anesthesiologist", "anaesthetist"),
    **each("vet, veterinarian", "vet"),
    # Law and force.
    **each("lawyer, attorney, solicitor, barrister, counsel, advocate", "lawyer"),
    **each("prosecutor, chief prosecutor, public prosecutor, state prosecutor", "prosecutor"),
    **each("firefighter, fireman", "firefighter"), **each("policeman, policewoman", "officer"),
    # Offices.
    **each("governor, gov", "governor"), **each("senator, sen", "senator"),
    **each("justice", "judge"), **each("superintendent, supt", "superintendent"), **each("professor, prof", "professor"),
    **each("chief executive, ceo, chief executive officer", "chief executive"),
    **each("finance director, chief financial officer, cfo", "finance director"),
    **each("prime minister, premier, pm", "prime minister"),
    **each("spokesman, spokeswoman, spokesperson", "spokesman"),
    **each("harbour master, harbor master, harbourmaster, harbormaster", "harbour master"),
    **each("councillor, councilman, councilwoman, councilor", "councillor"),
    **each("headteacher, head teacher, headmaster, headmistress", "headteacher"),
    # Work.
    **each("fisherman, fisher, trawlerman", "fisherman"), **each("cook, chef", "cook"),
    **each("waiter, waitress", "waiter"), **each("lorry driver, truck driver, trucker", "driver"),
    **each("bus driver, taxi driver, van driver, train driver, driver", "driver"),
    **each("barber, hairdresser", "hairdresser"), **each("cleaner, janitor", "cleaner"),
    **each("shopkeeper, shop owner, grocer, greengrocer", "shopkeeper"),
    **each("postman, mailman, postwoman, letter carrier", "postman"),
    **each("businessman, businesswoman, entrepreneur", "entrepreneur"),
    **each("software engineer, programmer, software developer, coder", "programmer"),
    # Arts and sport.
    **each("actor, actress", "actor"), **each("film maker, filmmaker, film director", "filmmaker"),
    **each("writer, author, novelist", "writer"), **each("footballer, soccer player", "footballer"),
    **each("goalkeeper, keeper, goalie", "goalkeeper"), **each("coach, manager", "coach"),
    **{
        name: name
        for name in sorted(
            words(
                "nurse, midwife, carer, paramedic, pharmacist, dentist, psychiatrist, psychologist,"
                " physiotherapist, cardiologist, epidemiologist, optician, judge, magistrate,"
                " sheriff, constable, detective, officer, coroner, mayor,"
                " president, chancellor, captain, speaker, ambassador, envoy, foreign minister, finance minister,"
                " interior minister, defence minister, defense minister, energy minister,"
                " health minister, justice minister, transport minister, chairman, chairwoman,"
                " flight director, chief engineer, union leader, opposition leader, bishop,"
                " archbishop, cardinal, imam, rabbi, priest, pastor, vicar, monk, nun, teacher,"
                " lecturer, student, pupil, engineer, electrician, plumber, carpenter,"
                " bricklayer, welder, mechanic, builder, roofer, miner, farmer, shepherd, gardener,"
                " beekeeper, baker, butcher, brewer, tailor, shoemaker, watchmaker, accountant,"
                " banker, economist, analyst, trader, broker, architect, surveyor, librarian,"
                " archivist, cashier, clerk, receptionist, soldier, sailor, pilot,"
                " co pilot, stewardess, steward, docker, tailor, potter, singer, musician,"
                " guitarist, pianist, drummer, violinist, composer, dancer, comedian, model,"
                " playwright, poet, painter, sculptor, photographer, journalist, reporter, editor,"
                " presenter, broadcaster, blogger, goalkeeper, striker, midfielder, defender,"
                " winger, sprinter, swimmer, boxer, cyclist, jockey, cricketer, golfer, referee,"
                " umpire, biologist, physicist, chemist, geologist, seismologist, volcanologist,"
                " meteorologist, glaciologist, astronomer, mathematician, statistician, historian,"
                " archaeologist, palaeontologist, botanist, zoologist, ecologist, oceanographer,"
                " hydrologist, anthropologist, sociologist, philosopher, linguist, astronaut,"
                " cosmonaut, undertaker, locksmith, blacksmith, goldsmith, lifeguard, ranger,"
                " gamekeeper, lighthouse keeper, skipper, porter, courier, builder, decorator,"
                " mason, stonemason, joiner, cabinetmaker, boatbuilder, sailmaker, ropemaker, saddler,"
                " farrier, glazier, plasterer, tiler, upholsterer, weaver, seamstress, dressmaker,"
                " milliner, jeweller, jeweler, engraver, printer, bookbinder, bookseller, publisher,"
                " translator, interpreter, tour guide, winemaker, cheesemaker, distiller, miller,"
                " florist, fishmonger, butler, chauffeur, forester, logger, puppeteer, magician,"
                " choreographer, conductor, organist, cellist, flautist, radiographer, dietitian,"
                " social worker, nanny, caretaker, security guard, prison guard, notary, bailiff,"
                " auctioneer, estate agent, actuary, auditor, civil servant, diplomat, machinist,"
                " toolmaker, technician, air traffic controller, flight attendant, signalman,"
                " farmhand, fruit picker, glassblower, clockmaker, piano tuner, cameraman, cartoonist,"
                " illustrator, graphic designer, fashion designer"
            )
        )
    },
}  # fmt: skip

_POLITICS = words(
    "governor, mayor, speaker, president, prime minister, chancellor, senator, ambassador, envoy,"
    " foreign minister, finance minister, interior minister, defence minister, defense minister,"
    " energy minister, health minister, justice minister, transport minister, chairman, chairwoman,"
    " opposition leader, union leader, councillor, lawyer, entrepreneur, economist, writer"
)
# A lawyer may become a senator; who speaks as the one today does not speak as the other.
_SPEAKING_FOR = words(
    "governor, mayor, senator, lawyer, spokesman, envoy, judge, coach, union leader"
)
_GROUPS: tuple[frozenset[str], ...] = (
    _POLITICS,
    words(
        "doctor, paediatrician, surgeon, anaesthetist, psychiatrist, cardiologist, epidemiologist,"
        " professor, lecturer, coroner"
    ),
    words("nurse, midwife, carer, paramedic"),
    words("psychologist, psychiatrist, professor"),
    words("president, chief executive, chairman, chairwoman, entrepreneur, finance director, banker"),
    words("captain, sheriff, constable, detective, superintendent, officer, coroner"),
    words("judge, magistrate, lawyer, professor"), words("spokesman, officer, constable, detective, superintendent"),
    words("spokesman, lawyer, chairman, chairwoman, union leader, councillor, editor, journalist, envoy"),
    words("bishop, archbishop, cardinal, priest, pastor, vicar, monk, president, professor"),
    words("teacher, headteacher, lecturer, professor"), words("student, pupil"),
    words("engineer, chief engineer, programmer, mechanic, builder, electrician, flight director"),
    words("carpenter, bricklayer, welder, builder, roofer, plumber, electrician, mechanic, decorator"),
    words("farmer, shepherd, beekeeper, gardener, brewer, president, councillor, mayor, entrepreneur"),
    words("baker, cook, butcher, shopkeeper, brewer, entrepreneur"), words("cook, waiter"),
    words("banker, economist, analyst, trader, broker, accountant, finance director, professor"),
    words("cashier, clerk, receptionist, shopkeeper"),
    words("captain, pilot, co pilot, soldier, officer, astronaut, cosmonaut, engineer, sailor"),
    words("captain, sailor, skipper, fisherman, pilot, harbour master, officer"),
    words("steward, stewardess, porter, waiter, cleaner"), words("driver, courier, postman, porter"),
    words(
        "singer, musician, guitarist, pianist, drummer, violinist, composer, actor, dancer, comedian,"
        " model, filmmaker, writer, playwright, poet, painter, sculptor, photographer, journalist,"
        " reporter, editor, presenter, broadcaster, blogger, historian, philosopher, potter, teacher"
    ),
    words(
        "footballer, captain, coach, goalkeeper, striker, midfielder, defender, winger, president, editor, teacher"
    ),
    words("captain, coach, sprinter, swimmer, boxer, cyclist, jockey, cricketer, golfer, footballer, presenter"),
    words("referee, umpire, teacher, officer"),
    words(
        "biologist, physicist, chemist, geologist, seismologist, volcanologist, meteorologist,"
        " glaciologist, astronomer, mathematician, statistician, historian, archaeologist,"
        " palaeontologist, botanist, zoologist, ecologist, oceanographer, hydrologist,"
        " anthropologist, sociologist, philosopher, linguist, epidemiologist, economist, professor,"
        " lecturer, engineer, ranger, astronaut, doctor, vet, psychologist, writer, student"
    ),
    words("mason, stonemason, builder, bricklayer, sculptor, plasterer, tiler, glazier, roofer"),
    words("joiner, carpenter, cabinetmaker, boatbuilder, builder, sailor, upholsterer"),
    words("boatbuilder, sailmaker, ropemaker, sailor, fisherman, skipper"),
    words("weaver, seamstress, dressmaker, tailor, milliner, fashion designer"),
    words("jeweller, jeweler, engraver, goldsmith, watchmaker, clockmaker, shopkeeper"),
    words("farrier, blacksmith, saddler"), words("printer, bookbinder, bookseller, publisher, shopkeeper"),
    words("publisher, bookseller, editor, journalist, writer, entrepreneur"),
    words("translator, interpreter, writer, linguist, teacher, tour guide, poet"),
    words("winemaker, cheesemaker, distiller, miller, farmer, brewer, entrepreneur"),
    words("florist, fishmonger, shopkeeper, gardener, fisherman"), words("butler, chauffeur, driver, nanny, caretaker, cleaner"),
    words("forester, logger, ranger, gamekeeper"), words("farmhand, fruit picker, farmer, shepherd"),
    words("choreographer, dancer, puppeteer, magician, comedian, actor"),
    words("conductor, organist, cellist, flautist, musician, composer, piano tuner, violinist, pianist"),
    words("cartoonist, illustrator, graphic designer, painter, writer, cameraman, photographer, journalist, filmmaker"),
    words("radiographer, nurse, technician, dietitian"), words("social worker, psychologist, carer, nurse, civil servant"),
    words("security guard, prison guard, caretaker, officer, porter, soldier"),
    words("notary, lawyer, bailiff, auctioneer, estate agent"), words("actuary, auditor, accountant, banker, economist, statistician"),
    words("civil servant, diplomat, ambassador, envoy, spokesman, economist, lawyer, clerk"),
    words("machinist, toolmaker, technician, mechanic, engineer, electrician, welder"),
    words("flight attendant, steward, stewardess"), words("signalman, air traffic controller, driver"),
    words("librarian, archivist, historian, teacher, clerk"), words("ranger, gamekeeper, lifeguard, officer"),
    words("pharmacist, chemist, doctor, shopkeeper"), words("dentist, doctor, surgeon"),
    words("optician, shopkeeper"), words("architect, surveyor, engineer, professor"),
)  # fmt: skip

KIN_FORMS: dict[str, str] = {
    **each("father, dad, papa", "father"), **each("mother, mum, mom, mama", "mother"),
    **each("brother", "brother"), **each("sister", "sister"), **each("son", "son"),
    **each("daughter", "daughter"), **each("husband", "husband"), **each("wife", "wife"),
    **each("widow", "widow"), **each("widower", "widower"), **each("fiance", "fiance"),
    **each("fiancee", "fiancee"), **each("boyfriend", "boyfriend"),
    **each("girlfriend", "girlfriend"), **each("partner, spouse", "partner"),
    **each("uncle", "uncle"), **each("aunt", "aunt"), **each("nephew", "nephew"),
    **each("niece", "niece"), **each("cousin", "cousin"),
    **each("grandfather, grandad, granddad, grandpa", "grandfather"),
    **each("grandmother, grandma, granny", "grandmother"), **each("grandson", "grandson"),
    **each("granddaughter", "granddaughter"), **each("stepfather", "stepfather"),
    **each("stepmother", "stepmother"), **each("stepson", "stepson"),
    **each("stepdaughter", "stepdaughter"), **each("stepbrother", "stepbrother"),
    **each("stepsister", "stepsister"), **each("brother in law", "brother in law"),
    **each("sister in law", "sister in law"), **each("father in law", "father in law"),
    **each("mother in law", "mother in law"), **each("son in law", "son in law"),
    **each("daughter in law", "daughter in law"), **each("godfather", "godfather"),
    **each("godmother", "godmother"), **each("godson", "godson"),
    **each("goddaughter", "goddaughter"), **each("twin", "twin"), **each("sibling", "sibling"),
    **each("parent", "parent"), **each("child", "child"), **each("relative", "relative"),
    **each("ex wife, former wife", "former wife"),
    **each("ex husband, former husband", "former husband"),
    **each("half brother", "half brother"), **each("half sister", "half sister"),
    **each("great grandfather", "great grandfather"),
    **each("great grandmother", "great grandmother"),
}  # fmt: skip
_KIN_GROUPS: tuple[frozenset[str], ...] = (
    words("twin, sibling, brother, half brother, stepbrother"),
    words("twin, sibling, sister, half sister, stepsister"),
    words("parent, father"), words("parent, mother"), words("child, son"), words("child, daughter"),
    words("wife, partner, widow, girlfriend, fiancee"), words("wife, former wife, widow"),
    words("husband, partner, widower, boyfriend, fiance"), words("husband, former husband, widower"),
    words("fiancee, girlfriend, partner"), words("fiance, boyfriend, partner"),
)  # fmt: skip
# A post that has the first bears out the second, and not the other way round.
_LOST_WITH_TIME = frozenset({("wife", "former wife"), ("husband", "former husband")})

# Several of them: "her two sons".
KIN_PLURALS: dict[str, str] = {
    "sons": "son", "daughters": "daughter", "brothers": "brother", "sisters": "sister",
    "boys": "son", "girls": "daughter", "grandsons": "grandson", "granddaughters": "granddaughter",
    "nephews": "nephew", "nieces": "niece", "uncles": "uncle", "aunts": "aunt",
    "cousins": "cousin", "stepsons": "stepson", "stepdaughters": "stepdaughter",
}  # fmt: skip

# Offices and posts of which somebody has one: another that no post has is asked about.
_APPOINTED = _POLITICS - words("entrepreneur, economist, writer, chairwoman") | words(
    "spokesman, chief executive, finance director, harbour master, flight director, chief engineer,"
    " judge, prosecutor, sheriff, superintendent, bishop, archbishop, cardinal, headteacher, coroner, coach"
)
_ONE_APPOINTMENT: tuple[frozenset[str], ...] = (
    words("president, chairman, chief executive"), words("ambassador, envoy"), words("bishop, archbishop, cardinal"),
    words("lawyer, prosecutor"), words("senator, opposition leader"), words("spokesman, superintendent, sheriff"),
    words("lawyer, senator, mayor, councillor"), words("speaker, president"),
)  # fmt: skip


def _by_member(groups: Iterable[frozenset[str]]) -> dict[str, frozenset[str]]:
    found: dict[str, frozenset[str]] = {}
    for group in groups:
        for member in group:
            found[member] = found.get(member, frozenset()) | group
    return found


_MAY_BE = _by_member(_GROUPS)
_MAY_BE_KIN = _by_member(_KIN_GROUPS)


def are_rival_callings(one: str, other: str) -> bool:
    """Return whether a person is hardly called both at a time."""
    if one != other and {one, other} <= _SPEAKING_FOR:
        return True
    return one != other and other not in _MAY_BE.get(one, frozenset())


def are_two_appointments(said: str, given: str) -> bool:
    """Return whether these are two offices; a person may have both all the same."""
    if said == given or not {said, given} <= _APPOINTED:
        return False
    return not any({said, given} <= one for one in _ONE_APPOINTMENT)


def are_rival_kin(said: str, given: str) -> bool:
    """Return whether who is the one to somebody is not the other: what a post gives comes second."""
    if (given, said) in _LOST_WITH_TIME:
        return False
    if (said, given) in _LOST_WITH_TIME:
        return True
    if "relative" in (said, given):
        return False
    return said != given and given not in _MAY_BE_KIN.get(said, frozenset())
