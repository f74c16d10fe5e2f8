"""English."""

from articles.vetting.lexicon import units
from articles.vetting.lexicon.calendar_names import month_names, weekday_names
from articles.vetting.lexicon.lexicon import Bound, Lexicon, compounds, counting, each, words

_SMALL = counting(
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen"
    " sixteen seventeen eighteen nineteen"
)
_TENS = counting("twenty thirty forty fifty sixty seventy eighty ninety", start=20, step=10)

LEXICON = Lexicon(
    code="en",
    months=month_names("en", "en_GB"),
    weekdays=weekday_names("en"),
    number_words={
        word: value
        for word, value in (*_SMALL.items(), *_TENS.items(), *compounds(_TENS, _SMALL))
        if value > 1
    },
    ones=words("one"),
    articles=words("a, an"),
    joints=words("and"),
    scales={
        "hundred": 1e2, **each("dozen, dozens", 12.0), **each("thousand, thousands, k", 1e3),
        "lakh": 1e5, "crore": 1e7,
        **each("million, millions, m, mn, mln, mio", 1e6),
        **each("billion, billions, b, bn, bln, bil, bio, mrd", 1e9),
        **each("trillion, trillions, t, tn, trn, tln, trln", 1e12),
    },
    fractions={
        "half": 1 / 2, **each("third, thirds", 1 / 3), **each("quarter, quarters", 1 / 4),
        **each("fifth, fifths", 1 / 5), **each("sixth, sixths", 1 / 6),
        **each("seventh, sevenths", 1 / 7), **each("eighth, eighths", 1 / 8),
        **each("tenth, tenths", 1 / 10),
    },
    multiples={
        **each("double, doubled, doubles, doubling, twice, twofold", 2),
        **each("triple, tripled, triples, tripling, treble, trebled, thrice, threefold", 3),
        **each("quadruple, quadrupled, fourfold", 4), **each("tenfold", 10),
    },
    ordinals=counting(
        "second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth"
        " fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth",
        start=2,
    ),
    groups={
        **each("hat trick", (3, "goals")), **each("brace", (2, "goals")), **each("treble", (3, "")),
        **each("pair, duo", (2, "")), **each("trio", (3, "")), **each("quartet", (4, "")),
    },
    changes=words(
        "up, down, rise, rises, rose, risen, fall, falls, fell, fallen, jump, jumps, jumped, drop,"
        " drops, dropped, climb, climbs, climbed, gain, gains, gained, lost, loses, slump, slumps,"
        " slumped, shrink, shrinks, shrank, shrunk, grow, grows, grew, grown, cut, cuts, increase,"
        " increases, increased, decrease, decreased, plunge, plunged, surge, surges, surged, slid,"
        " decline, declined, raise, raises, raised, reduce, reduces, reduced, soar, soared, swell,"
        " swelled, dearer, cheaper, higher, lower, more, less, fewer"
    ),
    spans={
        **each("decade", (10.0, "years")), **each("century", (100.0, "years")),
        **each("fortnight", (14.0, "days")), **each("half an hour", (30.0, "minutes")),
        **each("half hour", (30.0, "minutes")),
    },
    units={
        **each("per cent, percent, pc, percentage, procent", units.PERCENT),
        **each(
            "percentage points, percentage point, percent points, percent point, % points",
            units.POINTS,
        ),
        **each("basis points, basis point", units.BASIS_POINTS),
        **each("times, fold", units.TIMES),
        **each("dollar, dollars, bucks", units.DOLLAR), **each("euro, euros", units.EURO),
        **each("pound, pounds, pounds sterling, sterling", units.POUND), "yen": units.YEN,
        **each("yuan, renminbi", units.YUAN), **each("rupee, rupees", units.RUPEE),
        **each("rouble, roubles, ruble, rubles", units.ROUBLE), **each("liras, lira", units.LIRA),
        **each("shekel, shekels", units.SHEKEL), "won": units.WON,
        **each("hryvnia, hryvnias", units.HRYVNIA), **each("real, reais", units.REAL),
        **each("franc, francs", units.FRANC), **each("peso, pesos", units.PESO),
        **each("crown, crowns, kronor, kroner, krona, krone", units.CROWN),
        **each("cent, cents", units.CENT), **each("pence", units.PENCE),
        **each("riyal, riyals", units.money("riyals")), **each("rials", units.money("rials")),
        **each("tomans", units.money("tomans")), **each("dirhams", units.money("dirhams")),
        **each("dinars", units.money("dinars")), **each("naira", units.money("naira")),
        **each("rand", units.money("rand")), **each("baht", units.money("baht")),
        **each("zloty, zlotys", units.money("zloty")), **each("rupiah", units.money("rupiah")),
        **each("shillings", units.money("shillings")),
        **each("microsecond, microseconds", units.MICROSECOND),
        **each("millisecond, milliseconds", units.MILLISECOND),
        **each("nanometre, nanometres, nanometer, nanometers", units.NANOMETRE),
        **each("micron, microns, micrometre, micrometres", units.MICROMETRE),
        **each("microgram, micrograms", units.MICROGRAM),
        **each("millilitre, millilitres, milliliter, milliliters", units.MILLILITRE),
        **each("kilobyte, kilobytes", units.KILOBYTE), **each("megabyte, megabytes", units.MEGABYTE),
        **each("gigabyte, gigabytes, gigs", units.GIGABYTE),
        **each("terabyte, terabytes", units.TERABYTE), "hertz": units.HERTZ,
        "kilohertz": units.KILOHERTZ, "megahertz": units.MEGAHERTZ, "gigahertz": units.GIGAHERTZ,
        **each("watt, watts", units.WATT), **each("terawatt, terawatts", units.TERAWATT),
        **each("volt, volts", units.VOLT), **each("kilovolt, kilovolts", units.KILOVOLT),
        **each("decibel, decibels", units.DECIBEL),
        **each("second, seconds", units.SECOND), **each("minute, minutes", units.MINUTE),
        **each("hour, hours", units.HOUR), **each("day, days", units.DAY),
        **each("week, weeks", units.WEEK), **each("month, months", units.MONTH),
        **each("year, years", units.YEAR),
        **each("millimetre, millimetres, millimeter, millimeters", units.MILLIMETRE),
        **each("centimetre, centimetres, centimeter, centimeters", units.CENTIMETRE),
        **each("metre, metres, meter, meters", units.METRE),
        **each("kilometre, kilometres, kilometer, kilometers", units.KILOMETRE),
        **each("inch, inches", units.INCH), **each("foot, feet", units.FOOT),
        **each("yard, yards", units.YARD), **each("mile, miles", units.MILE),
        **each("nautical mile, nautical miles", units.NAUTICAL_MILE),
        **each("milligram, milligrams", units.MILLIGRAM), **each("gram, grams", units.GRAM),
        **each("kilo, kilos, kilogram, kilograms, kilogramme, kilogrammes", units.KILOGRAM),
        **each("tonne, tonnes, ton, tons", units.TONNE),
        **each("kilotonne, kilotonnes", units.KILOTONNE),
        **each("square metre, square metres, square meters", units.SQUARE_METRE),
        **each(
            "square kilometre, square kilometres, square kilometers", units.SQUARE_KILOMETRE
        ),
        **each("hectare, hectares", units.HECTARE), **each("acre, acres", units.ACRE),
        **each("litre, litres, liter, liters", units.LITRE),
        **each("cubic metre, cubic metres, cubic meters", units.CUBIC_METRE),
        **each("barrel, barrels", units.BARREL),
        **each("kilowatt hour, kilowatt hours", units.KILOWATT_HOUR),
        **each("megawatt hour, megawatt hours", units.MEGAWATT_HOUR),
        **each("gigawatt hour, gigawatt hours", units.GIGAWATT_HOUR),
        **each("terawatt hour, terawatt hours", units.TERAWATT_HOUR),
        **each("kilowatt, kilowatts", units.KILOWATT),
        **each("megawatt, megawatts", units.MEGAWATT),
        **each("gigawatt, gigawatts", units.GIGAWATT),
        **each(
            "kilometres an hour, kilometers an hour, kilometers per hour, kilometres per hour,"
            " kilometre an hour, kilometer an hour, kilometre per hour, kilometer per hour, km an hour,"
            " km per hour, kms per hour, kms an hour",
            units.KMH,
        ),
        **each("miles an hour, miles per hour, mile an hour, mile per hour", units.MPH),
        **each("knot, knots", units.KNOT),
        **each("degrees celsius, degrees centigrade, celsius", units.CELSIUS),
        **each("degrees fahrenheit, fahrenheit", units.FAHRENHEIT),
        **each("degree, degrees", units.DEGREE),
        **each("hectopascal, hectopascals, millibar, millibars", units.HECTOPASCAL),
        "magnitude": units.MAGNITUDE, "parts per million": units.PPM,
        **each("ounce, ounces", units.OUNCE),
    },
    comparators={
        **each(
            "more than, over, above, at least, exceeding, in excess of, just over, upwards of,"
            " upward of, well over, greater than, no fewer than, no less than, not less than,"
            " exceeds, exceeded, exceed, pass, passes, passed, passing, cleared, top, tops, topped,"
            " topping, surpass, surpasses, surpassed, beyond, crossed, crosses",
            Bound.ABOVE,
        ),
        **each(
            "fewer than, less than, under, below, nearly, almost, up to, at most, close to,"
            " just under, no more than, not more than, not quite, as many as, as much as,"
            " well under",
            Bound.BELOW,
        ),
    },
    hedges=words(
        "about, around, some, roughly, approximately, circa, nearly, almost, c, close to,"
        " an estimated, estimated, ~, ≈, approx, just over, just under"
    ),
    labels=words(
        "article, articles, section, sections, chapter, page, pages, no, nos, nr, number, numbers,"
        " phase, version, volume, vol, part, room, route, channel, season, episode, level, class,"
        " grade, stage, round, resolution, flight, act, rule, title, paragraph, tier, category,"
        " type, unit, line, gate, berth, berths, highway, district, ward, zone, block, reactor,"
        " sector, clause, item, track, week, day, game, match, figure, table, step, position,"
        " platform, pier, dock, hangar, lane, protocol, model, mark, mk, code, exit, junction,"
        " quarter, top, form, case, docket, file, bill, psalm, psalms, kilometre, kilometer, km,"
        " mile, marker, postcode, postal, zip, zip code, release, build, edition, opus, symphony,"
        " engine, pump, carriage, silo, furnace, kiln, boiler, buoy, leg, compartment, cabin,"
        " avenue, gallery, shaft, terminal, runway, tower, hall, warehouse, turbine, substation,"
        " studio, lot, seed, bus, tram, train, dial, dialled, dialed, call, ring, wear, wears,"
        " wearing, wore, area, apartment, flat, floor, court, cell, squadron, brigade, battalion,"
        # Products and series that are known by their number.
        " boeing, airbus, formula, apollo, ios, macos, android, windows, python, java, php, linux,"
        " kernel, firefox, chrome, drupal, wordpress, chatgpt, gpt, claude, gemini, llama, iphone,"
        " ipad, galaxy, pixel, playstation, xbox, rtx, gtx, embraer, tupolev, soyuz, ariane, falcon,"
        " artemis, vostok, voyager, cop, covid, article no, france, interstate"
    ),
    before_years=words(
        "in, since, by, of, from, until, till, between, before, after, during, through, circa,"
        " late, early, mid, year, spring, summer, autumn, winter, fall, fiscal, fy, the, its, his,"
        " her, their, our, this, that, to, and"
    ),
    tolls={
        **each(
            "dead, death, deaths, died, die, dies, dying, kill, kills, killed, killing, fatalities,"
            " fatality, toll, bodies, perished",
            "dead",
        ),
        **each(
            "injured, injures, injure, injuries, injury, injuring, wounded, wounds, wound, wounding,"
            " hurt, hurts",
            "hurt",
        ),
        **each("missing, unaccounted", "missing"),
        **each("arrested, arrests, arrest, detained, detains, detain", "held"),
        **each("rescued, rescues, rescue, rescuing", "rescued"),
        **each("survived, survivors, survivor, survives, survive, surviving", "alive"),
        **each("displaced, displaces, displacing, evacuated, evacuates, evacuating", "displaced"),
    },
    function_words=words(
        "a, an, the, in, on, at, to, of, for, from, by, with, and, or, but, after, before, when,"
        " while, as, that, which, who, whom, whose, is, was, are, were, be, been, being, has, had,"
        " have, having, will, would, can, could, may, might, must, should, shall, do, does, did,"
        " said, says, say, told, it, its, he, she, they, we, you, i, his, her, their, our, my, your,"
        " this, these, those, there, here, than, then, if, so, because, since, until, till, into,"
        " onto, over, under, above, below, between, against, through, during, within, without,"
        " across, near, off, out, up, down, per, not, no, also, only, just, now, still, yet, each,"
        " every, other, others, another, us, them, him, me, where, why, how, what, via, amid, among,"
        " including, according, about, around, like, last, next, ago, later, earlier, previously,"
        " alone, yesterday, today, tomorrow, already, least, as"
    ),
)  # fmt: skip
