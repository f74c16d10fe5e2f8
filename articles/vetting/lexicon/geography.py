"""What sort of place a name is: a country, a state, a continent; the rest is a town, or unknown.

A town and its country are one place told in two ways, two towns are not. Data only.
"""

from articles.vetting.lexicon.lexicon import words

_COUNTRIES = words(
    "afghanistan, albania, algeria, andorra, angola, argentina, armenia, australia, austria,"
    " azerbaijan, bahamas, bahrain, bangladesh, barbados, belarus, belgium, belize, benin, bhutan,"
    " bolivia, bosnia, botswana, brazil, britain, brunei, bulgaria, burkina faso, burundi, cambodia,"
    " cameroon, canada, cape verde, chad, chile, china, colombia, comoros, congo, costa rica, croatia,"
    " cuba, cyprus, czechia, denmark, djibouti, dominica, ecuador, egypt, el salvador, england,"
    " eritrea, estonia, eswatini, ethiopia, fiji, finland, france, gabon, gambia, germany, ghana,"
    " greece, greenland, grenada, guatemala, guinea, guyana, haiti, holland, honduras, hungary,"
    " iceland, india, indonesia, iran, iraq, ireland, israel, italy, ivory coast, jamaica, japan,"
    " jordan, kazakhstan, kenya, kosovo, kuwait, kyrgyzstan, laos, latvia, lebanon, lesotho, liberia,"
    " libya, liechtenstein, lithuania, luxembourg, madagascar, malawi, malaysia, maldives, mali,"
    " malta, mauritania, mauritius, mexico, moldova, monaco, mongolia, montenegro, morocco,"
    " mozambique, myanmar, burma, namibia, nauru, nepal, netherlands, new zealand, nicaragua, niger,"
    " nigeria, north korea, north macedonia, northern ireland, norway, oman, pakistan, palestine,"
    " panama, papua new guinea, paraguay, peru, philippines, poland, portugal, qatar, romania, russia,"
    " rwanda, samoa, san marino, saudi arabia, scotland, senegal, serbia, seychelles, sierra leone,"
    " singapore, slovakia, slovenia, somalia, south africa, south korea, south sudan, spain,"
    " sri lanka, sudan, suriname, sweden, switzerland, syria, taiwan, tajikistan, tanzania, thailand,"
    " togo, tonga, trinidad, tunisia, turkey, turkmenistan, uganda, ukraine, united arab emirates,"
    " united kingdom, united states, america, uruguay, uzbekistan, vanuatu, vatican, venezuela,"
    " vietnam, wales, yemen, zambia, zimbabwe, gaza, west bank, hong kong, tibet, catalonia, crimea"
)
_STATES = words(
    "alabama, alaska, arizona, arkansas, california, colorado, connecticut, delaware, florida,"
    " georgia, hawaii, idaho, illinois, indiana, iowa, kansas, kentucky, louisiana, maine, maryland,"
    " massachusetts, michigan, minnesota, mississippi, missouri, montana, nebraska, nevada,"
    " new hampshire, new jersey, new mexico, north carolina, north dakota, ohio, oklahoma, oregon,"
    " pennsylvania, rhode island, south carolina, south dakota, tennessee, texas, utah, vermont,"
    " virginia, west virginia, wisconsin, wyoming, ontario, quebec, alberta, manitoba, saskatchewan,"
    " nova scotia, british columbia, new brunswick, newfoundland, victoria, queensland, tasmania,"
    " new south wales, south australia, western australia, bavaria, saxony, hesse, brandenburg,"
    " lombardy, tuscany, sicily, sardinia, veneto, piedmont, andalusia, galicia, brittany, normandy,"
    " provence, alsace, cornwall, kent, essex, sussex, surrey, devon, dorset, somerset, norfolk,"
    " suffolk, yorkshire, lancashire, cumbria, kerala, punjab, gujarat, bihar, assam, sindh, kashmir,"
    " balochistan, sichuan, guangdong, yunnan, hunan, hubei, xinjiang, siberia, donbas, darfur, tigray"
)
_CONTINENTS = words(
    "europe, asia, africa, oceania, antarctica, north america, south america, latin america,"
    " central america, middle east, balkans, baltics, caribbean, scandinavia, sahel, caucasus, gulf,"
    " mediterranean, arctic, west, east, north, south"
)
# Capitals and cities of which a district or a suburb may be told by its own name.
CITIES = words(
    "london, paris, berlin, madrid, rome, vienna, athens, lisbon, dublin, brussels, amsterdam,"
    " copenhagen, stockholm, oslo, helsinki, warsaw, prague, budapest, bucharest, sofia, belgrade,"
    " kyiv, kiev, moscow, st petersburg, istanbul, ankara, cairo, tehran, baghdad, beirut, damascus,"
    " jerusalem, tel aviv, amman, riyadh, dubai, doha, kabul, karachi, lahore, islamabad, delhi,"
    " new delhi, mumbai, kolkata, chennai, bangalore, dhaka, colombo, kathmandu, bangkok, hanoi,"
    " jakarta, manila, singapore, kuala lumpur, hong kong, beijing, shanghai, taipei, seoul,"
    " pyongyang, tokyo, osaka, sydney, melbourne, auckland, nairobi, lagos, abuja, accra, kinshasa,"
    " johannesburg, cape town, addis ababa, khartoum, tripoli, tunis, algiers, casablanca, new york,"
    " washington, los angeles, chicago, boston, philadelphia, houston, dallas, miami, atlanta,"
    " seattle, san francisco, detroit, toronto, montreal, vancouver, mexico city, havana, bogota,"
    " caracas, lima, quito, santiago, buenos aires, montevideo, rio de janeiro, sao paulo, brasilia,"
    " glasgow, edinburgh, manchester, birmingham, liverpool, leeds, cardiff, belfast, marseille, lyon,"
    " munich, hamburg, frankfurt, cologne, milan, naples, turin, barcelona, valencia, zurich, geneva"
)
# Parts of these that are known by their own names: a piece may name no more.
DISTRICTS = words(
    "manhattan, brooklyn, queens, bronx, harlem, staten island, hollywood, beverly hills, capitol hill,"
    " georgetown, brixton, soho, westminster, whitehall, camden, hackney, tottenham, croydon, wembley,"
    " wimbledon, greenwich, chelsea, kensington, mayfair, heathrow, gatwick, stansted, canary wharf,"
    " montmartre, bercy, nanterre, saint denis, versailles, orly, la defense, kreuzberg, neukolln,"
    " charlottenburg, wedding, mitte, potsdam, trastevere, ostia, vallecas, triana, exarcheia, piraeus,"
    " molenbeek, schaerbeek, norrebro, christiania, rinkeby, wola, praga, podil, darnytsia, khimki,"
    " sheremetyevo, beyoglu, taksim, kadikoy, galata, uskudar, zamalek, giza, maadi, sadr city, dahiyeh,"
    " hamra, achrafieh, silwan, sheikh jarrah, jaffa, saddar, lyari, clifton, dharavi, bandra, andheri,"
    " colaba, noida, gurgaon, gurugram, howrah, gulshan, dhanmondi, silom, sukhumvit, makati, quezon city,"
    " tondo, kowloon, mong kok, wan chai, pudong, hongqiao, haidian, chaoyang, gangnam, itaewon, yeouido,"
    " shibuya, shinjuku, ginza, akihabara, haneda, bondi, parramatta, redfern, fitzroy, westlands, kibera,"
    " eastleigh, mathare, ikeja, lekki, makoko, surulere, soweto, sandton, alexandra, khayelitsha, bole,"
    " omdurman, bahri, bab al oued, copacabana, ipanema, leblon, rocinha, vila madalena, palermo, recoleta,"
    " la boca, miraflores, callao, polanco, coyoacan, tepito, vedado, petare, scarborough, north york"
)
# Towns that another language of Europe calls otherwise, and not only spells otherwise.
EXONYMS = CITIES | words(
    "seville, saragossa, cordoba, corunna, bilbao, san sebastian, pamplona, la coruna, vitoria, florence,"
    " genoa, leghorn, mantua, padua, syracuse, trent, bolzano, nuremberg, brunswick, aachen, aix, mainz,"
    " trier, hanover, constance, freiburg, regensburg, ratisbon, dresden, leipzig, basle, basel, bern,"
    " berne, lucerne, sion, antwerp, ghent, bruges, liege, louvain, leuven, mechelen, courtrai, kortrijk,"
    " the hague, hague, gothenburg, malmo, turku, tallinn, riga, vilnius, minsk, lviv, odesa, odessa,"
    " krakow, cracow, gdansk, wroclaw, poznan, lodz, bratislava, ljubljana, zagreb, dubrovnik, split,"
    " rijeka, trieste, thessaloniki, salonika, corinth, strasbourg, lille, dunkirk, nice, bayonne, perpignan,"
    " toulouse, tangier, tetouan, ceuta, fez, marrakesh, marrakech, rabat, alexandria, aleppo, homs, gaza,"
    " mecca, medina, basra, mosul, porto, oporto, coimbra, edinburgh, dover, canterbury, cork, galway"
)
# What has a capital after "in" and is no place.
NO_PLACES = words(
    "parliament, congress, christmas, easter, ramadan, diwali, hanukkah, lent, eid, heaven, god,"
    " english, french, german, spanish, italian, arabic, russian, chinese, japanese, mandarin, latin,"
    " bitcoin, euros,"
    " premier, championship, olympics, paralympics, covid, brexit, act, article, chapter, part, phase,"
    " section, series, group, room, gate, platform, route, category, level, round, game, q"
)

# What a town has: "Zarevsk airport" is a place where it begins a sentence, too.
FACILITIES = words(
    "airport, airfield, port, harbour, harbor, station, depot, refinery, hospital, court, prison, jail,"
    " council, police, university, stadium, market, mine, plant, zoo, cathedral, mosque, shipyard"
)
# What stands in one place.
SITES = FACILITIES | words(
    "mill, sawmill, yard, factory, foundry, smelter, quarry, colliery, brewery, distillery, bakery, farm,"
    " vineyard, school, college, hotel, museum, gallery, bridge, warehouse, shop, store, pub, church, chapel,"
    " temple, clinic, surgery, theatre, theater, cinema, arena, racecourse, course, track, garage, workshop,"
    " laboratory, reactor, dam, mast, lighthouse, landfill, camp, barracks, terminal, dock, quay, shelter,"
    " orphanage, nursery, library, restaurant, cafe, works"
)
# What wires begin with in capitals, and is no place.
SLUGS = words(
    "alert, breaking, update, updated, urgent, flash, final, close, closing, open, opening, live, watch,"
    " exclusive, correction, corrected, video, videos, photo, photos, picture, pictures, opinion, analysis,"
    " factbox, explainer, just, more, now, news, report, reports, statement, full, half, time, score, result,"
    " results, recap, touchdown, goal, goals, red, yellow, penalty, record, warning, notice, earthquake, quake,"
    " storm, fire, flood, avalanche, exchange, deal, done, over, official, confirmed, developing, latest, brief,"
    " markets, market, stocks, bonds, gold, world, best, thread, dead, killed, toll, court, poll, vote, election,"
    " turnout, first, second, third, week, today, monday, tuesday, wednesday, thursday, friday, saturday, sunday"
)


def level_of(name: str) -> str:
    """Return the sort of place that a folded name is: country, state, continent, city or ""."""
    for level, names in (
        ("country", _COUNTRIES),
        ("state", _STATES),
        ("continent", _CONTINENTS),
        ("city", CITIES),
    ):
        if name in names:
            return level
    return ""
