"""German."""

from collections.abc import Iterator

from articles.vetting.lexicon import units
from articles.vetting.lexicon.calendar_names import month_names, weekday_names
from articles.vetting.lexicon.lexicon import Bound, Lexicon, counting, each, words

_SMALL = counting(
    "null ein zwei drei vier fünf sechs sieben acht neun zehn elf zwölf dreizehn vierzehn fünfzehn"
    " sechzehn siebzehn achtzehn neunzehn"
)
_TENS = counting(
    "zwanzig dreissig vierzig fünfzig sechzig siebzig achtzig neunzig", start=20, step=10
)


def _numbers() -> Iterator[tuple[str, int]]:
    yield from _SMALL.items()
    for ten, value in _TENS.items():
        yield ten, value
        yield from ((f"{unit}und{ten}", value + n) for unit, n in _SMALL.items() if 1 <= n <= 9)
    yield "hundert", 100
    yield from ((f"{unit}hundert", n * 100) for unit, n in _SMALL.items() if 1 <= n <= 9)


LEXICON = Lexicon(
    code="de",
    months=month_names("de", "de_AT"),
    weekdays=weekday_names("de"),
    number_words={word: value for word, value in _numbers() if value > 1},
    ones=words("eins, ein, eine, einen, einem, einer"),
    joints=words("und"),
    scales={
        **each("tsd, tausend", 1e3), **each("mio, million, millionen", 1e6),
        **each("mrd, milliarde, milliarden", 1e9), **each("billion, billionen", 1e12),
        **each("dutzend", 12.0),
    },
    fractions={**each("hälfte, halbe", 1 / 2), **each("drittel", 1 / 3), **each("viertel", 1 / 4)},
    multiples={**each("doppelt, verdoppelt", 2), **each("dreifach, verdreifacht", 3)},
    spans={**each("jahrzehnt", (10.0, "jahre"))},
    units={
        **each("prozent, v h", units.PERCENT),
        **each("prozentpunkte, prozentpunkten, prozentpunkt", units.POINTS),
        **each("basispunkte, basispunkten", units.BASIS_POINTS),
        **each("dollar, dollars", units.DOLLAR), **each("euro, euros", units.EURO),
        **each("pfund", units.POUND), **each("rubel", units.ROUBLE),
        **each("franken", units.FRANC), **each("kronen", units.CROWN), **each("yen", units.YEN),
        **each("sekunde, sekunden", units.SECOND), **each("minute, minuten", units.MINUTE),
        **each("stunde, stunden", units.HOUR), **each("tag, tage, tagen", units.DAY),
        **each("woche, wochen", units.WEEK), **each("monat, monate, monaten", units.MONTH),
        **each("jahr, jahre, jahren", units.YEAR), **each("meter, metern", units.METRE),
        **each("kilometer, kilometern", units.KILOMETRE), **each("tonne, tonnen", units.TONNE),
        **each("kilo, kilogramm", units.KILOGRAM), **each("hektar", units.HECTARE),
        **each("grad", units.CELSIUS), **each("liter", units.LITRE),
        **each("megawatt", units.MEGAWATT), **each("gigawatt", units.GIGAWATT),
    },
    comparators={
        **each("mehr als, über, mindestens", Bound.ABOVE),
        **each("weniger als, bis zu, knapp, fast, unter", Bound.BELOW),
    },
    hedges=words("rund, etwa, ca, knapp, fast, ungefähr, gut"),
    labels=words("artikel, seite, nr, nummer, paragraf, kapitel, gleis, linie, zimmer"),
    before_years=words("seit, im, jahr, jahre, von, bis, anfang, ende, mitte, sommer, winter"),
    tolls={
        **each("tote, toten, toter, todesopfer, getötet, starben", "dead"),
        **each("verletzte, verletzten, verletzter, verletzt", "hurt"),
        **each("vermisste, vermissten, vermisst", "missing"),
    },
    function_words=words(
        "der, die, das, den, dem, des, und, oder, in, im, am, an, auf, zu, von, mit, nach, bei, aus,"
        " ist, war, sind, waren, hat, haben, wird, wurde, wurden, sich, es, er, sie, als, wie, für"
    ),
)  # fmt: skip
