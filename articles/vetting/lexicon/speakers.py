"""English words around who speaks: verbs, titles, and what makes a name that of a body. Data alone."""

from articles.vetting.lexicon.lexicon import words

SAYING = words(
    "said, says, told, tells, added, adds, recalled, recalls, wrote, writes, warned, warns, argued,"
    " argues, explained, explains, insisted, insists, admitted, admits, noted, notes, replied,"
    " replies, asked, asks, announced, announces, stated, states, declared, declares, claimed,"
    " claims, tweeted, tweets, posted, posts, commented, comments, testified, testifies, shouted,"
    " shouts, remembered, remembers, complained, complains, promised, promises, stressed, stresses,"
    " concluded, concludes, suggested, suggests, joked, jokes, cried, conceded, responded, called,"
    " described"
)
TITLES = words(
    "mr, mrs, ms, mx, dr, prof, professor, sir, dame, lord, lady, president, vice, prime, minister,"
    " premier, chancellor, secretary, deputy, king, queen, prince, princess, pope, bishop,"
    " archbishop, cardinal, imam, rabbi, ayatollah, sheikh, judge, justice, mayor, governor, senator,"
    " representative, congressman, congresswoman, mp, ambassador, general, gen, colonel, col, major,"
    " maj, captain, capt, lieutenant, lt, sergeant, sgt, admiral, adm, commander, chief, officer,"
    " inspector, superintendent, constable, director, chair, chairman, chairwoman, coach, manager,"
    " ceo, cfo, pm, fm, spokesman, spokeswoman, spokesperson, former, acting, foreign, defence, defense,"
    " interior, finance, health, the, a, sen, rep, gov, attorney, prosecutor, speaker, leader, head,"
    " resident, neighbour, neighbor, lawyer, analyst, economist, engineer, farmer, teacher, doctor,"
    " nurse, driver, witness, passenger, pilot, singer, actor, actress, author, striker, defender,"
    " goalkeeper, midfielder, brigadier, marshal, staff, and, brig, councillor, detective, sheriff"
)
BODIES = words(
    "ministry, council, authority, police, army, navy, office, agency, commission, committee, court,"
    " department, university, party, union, group, company, corporation, corp, inc, ltd, plc, bank,"
    " board, institute, organisation, organization, association, federation, airlines, airline,"
    " airways, house, kremlin, government, embassy, foundation, club, fund, service, forces, force,"
    " command, parliament, congress, senate, tribunal, society, centre, center, coalition, alliance,"
    " movement, front, network, administration, bureau, guard, coastguard, hospital, school, college,"
    " church, league, team, united, city, town, county, state, republic, kingdom, nations, states"
)
# What a name may have in it that is written small.
PARTICLES = words(
    "de, da, di, du, del, van, von, der, den, bin, ibn, al, el, la, le, dos, das, ter"
)
