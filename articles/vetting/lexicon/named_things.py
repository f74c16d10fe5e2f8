"""What ends or begins a name that is no person's: bodies, firms, places. English, data only."""

from articles.vetting.lexicon.lexicon import words
from articles.vetting.lexicon.speakers import BODIES

# Sandvik Holdings, the Cabinet Office, the Civic Front.
ORGANISATIONS = BODIES | words(
    "holdings, holding, capital, partners, bros, brothers, media, press, news, radio, tv, television,"
    " times, post, herald, tribune, journal, gazette, magazine, minerals, copper, steel, energy, oil,"
    " gas, petroleum, mining, mines, motors, systems, technologies, technology, labs, laboratories,"
    " pharma, foods, shipping, lines, securities, insurance, trust, ventures, studios, records, films,"
    " books, games, industries, works, yard, shipyard, store, stores, supermarkets, hotels, hotel,"
    " rovers, wanderers, athletic, rangers, albion, fc, rfc, afc, sc, front, bloc, greens, democrats,"
    " republicans, conservatives, liberals, labour, rally, left, right, reform, bar, lodge, theatre,"
    " opera, orchestra, choir, museum, gallery, library, academy, prize, award, awards, cup, trophy,"
    " open, games, festival, rebels, brigade, brigades, militia, taliban, corps, division, regiment,"
    " devices, electronics, airlines, airways, marathon, derby, league, summit,"
    " ministry, bureau, registry, tribunal, inquiry, commission, watch, aid, relief, cross, crescent"
)
# Station Road, Lake Orr, the Meray valley: a part of a place, or another sort of thing.
GEOGRAPHY = words(
    "street, st, road, avenue, lane, square, plaza, boulevard, drive, way, close, terrace, gate,"
    " bridge, tunnel, station, airport, airfield, port, harbour, harbor, dock, docks, quay, pier,"
    " park, gardens, garden, hall, palace, castle, tower, house, building, hotel, stadium, arena,"
    " ground, river, lake, sea, ocean, gulf, strait, bay, channel, canal, creek, falls, dam, island,"
    " islands, isle, isles, peninsula, cape, coast, beach, reef, mount, mountain, mountains, hill,"
    " hills, peak, ridge, valley, canyon, gorge, desert, forest, plain, plains, plateau, glacier,"
    " county, district, province, region, state, territory, prefecture, oblast, borough, parish,"
    " quarter, ward, suburb, township, village, town, city, basin, field, fields, fort, base, camp,"
    " north, south, east, west, northern, southern, eastern, western, central, upper, lower, old,"
    " new, great, little, market, mall, centre, center, hospital, school, university, college,"
    " church, cathedral, mosque, temple, abbey, prison, jail, court, zone, border, heights, point,"
    " highway, motorway, railway, line, route, spring, springs, wood, woods, moor, marsh, delta"
)
# A town has several clubs, of these names: one is not the other.
CLUBS = words("rovers, wanderers, athletic, rangers, albion, united, city, town")
