"""Units that are written alike in every language: signs, codes, and symbols of the SI."""

from collections.abc import Mapping
from dataclasses import replace

from articles.vetting.lexicon.lexicon import Unit, beginnings, each, first_words

PERCENT = Unit("%", "share", 1.0)
POINTS = Unit("points", "points", 1.0)
BASIS_POINTS = Unit("bp", "points", 0.01)
TIMES = Unit("times", "multiple", 1.0)
MAGNITUDE = Unit("magnitude", "magnitude", 1.0)

SECOND = Unit("second", "time", 1.0)
MINUTE = Unit("minute", "time", 60.0)
HOUR = Unit("hour", "time", 3_600.0)
DAY = Unit("day", "time", 86_400.0)
WEEK = Unit("week", "time", 604_800.0)
MONTH = Unit("month", "time", 2_629_746.0)
YEAR = Unit("year", "time", 31_556_952.0)

MILLIMETRE = Unit("mm", "length", 0.001)
CENTIMETRE = Unit("cm", "length", 0.01)
METRE = Unit("m", "length", 1.0)
KILOMETRE = Unit("km", "length", 1_000.0)
INCH = Unit("inch", "length", 0.0254)
FOOT = Unit("foot", "length", 0.3048)
YARD = Unit("yard", "length", 0.9144)
MILE = Unit("mile", "length", 1_609.344)
NAUTICAL_MILE = Unit("nautical mile", "length", 1_852.0)
GRAM = Unit("g", "mass", 0.001)
KILOGRAM = Unit("kg", "mass", 1.0)
TONNE = Unit("tonne", "mass", 1_000.0)
POUND_OF_MASS = Unit("lb", "mass", 0.45359237)
SQUARE_METRE = Unit("m²", "area", 1.0)
HECTARE = Unit("ha", "area", 10_000.0)
SQUARE_KILOMETRE = Unit("km²", "area", 1_000_000.0)
ACRE = Unit("acre", "area", 4_046.8564224)
LITRE = Unit("l", "volume", 1.0)
CUBIC_METRE = Unit("m³", "volume", 1_000.0)
KILOWATT = Unit("kw", "power", 0.001)
MEGAWATT = Unit("mw", "power", 1.0)
GIGAWATT = Unit("gw", "power", 1_000.0)
KMH = Unit("km/h", "speed", 1.0)
MPH = Unit("mph", "speed", 1.609344)
KNOT = Unit("knot", "speed", 1.852)
PPM = Unit("ppm", "concentration")
OUNCE = Unit("oz", "mass", 0.0283495)
BARREL = Unit("barrel", "barrels", 1.0)
CELSIUS = Unit("°C", "temperature")
FAHRENHEIT = Unit("°F", "temperature")
# "9 degrees" are said of an angle and of the weather.
DEGREE = Unit("°", "angle", may_be=(CELSIUS, FAHRENHEIT))
HECTOPASCAL = Unit("hpa", "pressure", 1.0)
MILLION_BARRELS = Unit("million barrels", "barrels", 1e6)
THOUSAND_BARRELS = Unit("thousand barrels", "barrels", 1e3)
MILLIGRAM = Unit("mg", "mass", 1e-6)
KILOWATT_HOUR, MEGAWATT_HOUR = Unit("kwh", "energy", 1.0), Unit("mwh", "energy", 1e3)
GIGAWATT_HOUR, TERAWATT_HOUR = Unit("gwh", "energy", 1e6), Unit("twh", "energy", 1e9)
KILOTONNE = Unit("kt", "mass", 1e6)
KILOBYTE, MEGABYTE = Unit("kb", "data", 1e-3), Unit("mb", "data", 1.0)
GIGABYTE, TERABYTE = Unit("gb", "data", 1e3), Unit("tb", "data", 1e6)
MICROSECOND, MILLISECOND = Unit("µs", "time", 1e-6), Unit("ms", "time", 1e-3)
MICROMETRE, NANOMETRE = Unit("µm", "length", 1e-6), Unit("nanometre", "length", 1e-9)
MICROGRAM = Unit("µg", "mass", 1e-9)
MILLILITRE = Unit("ml", "volume", 0.001)
HERTZ, KILOHERTZ = Unit("hz", "frequency", 1.0), Unit("khz", "frequency", 1e3)
MEGAHERTZ, GIGAHERTZ = Unit("mhz", "frequency", 1e6), Unit("ghz", "frequency", 1e9)
WATT, TERAWATT = Unit("w", "power", 1e-6), Unit("tw", "power", 1e6)
VOLT, KILOVOLT = Unit("v", "voltage", 1.0), Unit("kv", "voltage", 1e3)
DECIBEL = Unit("db", "loudness")


def money(code: str) -> Unit:
    return Unit(code, "money")


DOLLAR, EURO, POUND, YEN, YUAN, RUPEE = (money(code) for code in "$€£¥元₹")
ROUBLE, LIRA, SHEKEL, WON, HRYVNIA = (money(code) for code in "₽₺₪₩₴")
REAL, FRANC, CROWN, PESO = (money(code) for code in ("R$", "francs", "crowns", "pesos"))
PENCE, CENT = money("pence"), money("cents")

# Before a number. A dollar of another country is another currency.
SIGNS: Mapping[str, Unit] = {
    **each("$, us$, usd", DOLLAR), **each("€, eur", EURO), **each("£, gbp", POUND),
    **each("¥, jpy", YEN), **each("cny, rmb", YUAN), **each("₹, inr", RUPEE),
    **each("₽, rub", ROUBLE), **each("₺, try", LIRA), **each("₪, ils", SHEKEL),
    **each("₩, krw", WON), **each("₴, uah", HRYVNIA), **each("r$, brl", REAL),
    **each("chf", FRANC), **each("sek, nok, dkk, czk", CROWN),
    "a$": money("A$"), "c$": money("C$"), "hk$": money("HK$"), "nz$": money("NZ$"),
    "s$": money("S$"),
}  # fmt: skip
# Before a number that is glued to them, as in "Kr450": what few know is any money.
GLUED_SIGNS: Mapping[str, Unit] = {
    "kr": CROWN, "skr": CROWN, "nkr": CROWN, "dkr": CROWN, "rs": RUPEE, "sfr": FRANC, "ffr": FRANC,
    "fr": FRANC, "frs": FRANC, "cr": CROWN, "rmb": YUAN, "kc": CROWN,
}  # fmt: skip
# Scales that are glued to the number and to what follows, in texts of any language.
GLUED_SCALES: Mapping[str, float] = {
    **each("千, 천", 1e3), **each("万, 萬, 만", 1e4), **each("億, 亿, 억", 1e8), **each("兆, 조", 1e12),
}  # fmt: skip
# After a number, in any language. One letter only where it is glued to the number.
SYMBOLS: Mapping[str, Unit] = {
    **SIGNS,
    "%": PERCENT, "pct": PERCENT, "bp": BASIS_POINTS, "bps": BASIS_POINTS,
    **each("pp, ppt, ppts", POINTS),
    "km": KILOMETRE, "m": METRE, "cm": CENTIMETRE, "mm": MILLIMETRE, "ft": FOOT, "yd": YARD,
    "mi": MILE, "nm": NAUTICAL_MILE, "kg": KILOGRAM, "g": GRAM, "t": TONNE, "lb": POUND_OF_MASS,
    "lbs": POUND_OF_MASS, "kt": replace(KNOT, may_be=(KILOTONNE,)), "mt": Unit("mt", "mass", 1e9),
    "mg": MILLIGRAM, "oz": OUNCE,
    "ha": HECTARE, "m²": SQUARE_METRE, "m2": SQUARE_METRE, "sqm": SQUARE_METRE,
    "km²": SQUARE_KILOMETRE, "km2": SQUARE_KILOMETRE, "m³": CUBIC_METRE, "m3": CUBIC_METRE,
    "mcm": Unit("mcm", "volume", 1e9), "bcm": Unit("bcm", "volume", 1e12),
    "l": LITRE, "ml": MILLILITRE, **each("µg, mcg", MICROGRAM), "µm": MICROMETRE,
    "kw": KILOWATT, "mw": MEGAWATT, "gw": GIGAWATT, "tw": TERAWATT, "w": WATT, "kv": KILOVOLT,
    "kwh": KILOWATT_HOUR, "mwh": MEGAWATT_HOUR,
    "gwh": GIGAWATT_HOUR, "twh": TERAWATT_HOUR,
    "mb": replace(MEGABYTE, may_be=(HECTOPASCAL, MILLION_BARRELS)), "gb": GIGABYTE, "tb": TERABYTE, "kb": KILOBYTE,
    "hz": HERTZ, "khz": KILOHERTZ, "mhz": MEGAHERTZ, "ghz": GIGAHERTZ,
    "km/h": KMH, "kmh": KMH, "kph": KMH, "mph": MPH, "kn": KNOT, "kts": KNOT, "nmi": NAUTICAL_MILE,
    **each("bbl, bbls, bpd, b/d", BARREL), **each("mb/d, mbd, mbpd, mmb/d", MILLION_BARRELS),
    **each("kb/d, kbd, kbpd", THOUSAND_BARRELS), **each("hpa, mbar", HECTOPASCAL),
    **each("sq km, sqkm, sq kms", SQUARE_KILOMETRE), "sq m": SQUARE_METRE,
    "kgs": KILOGRAM, "kms": KILOMETRE,
    "s": SECOND, "sec": SECOND, "secs": SECOND, "ms": MILLISECOND, "µs": MICROSECOND, "min": MINUTE,
    "mins": MINUTE, "h": HOUR, "hr": HOUR, "hrs": HOUR, "d": DAY,
    **each("wk, wks", WEEK), **each("mth, mths, mo, mos", MONTH), **each("y, yr, yrs, yo, y/o", YEAR),
    **each("deg, degs", DEGREE), **each("degc, deg c", CELSIUS), **each("degf, deg f", FAHRENHEIT),
    "c": replace(CELSIUS, may_be=(CENT,)), "°c": CELSIUS, "f": FAHRENHEIT, "°f": FAHRENHEIT, "°": DEGREE,
    "v": VOLT, "ppm": PPM, "db": DECIBEL,
    "x": TIMES, "×": TIMES, "in": INCH, "p": PENCE,
}  # fmt: skip
SYMBOL_STARTS = first_words(SYMBOLS)
SYMBOL_BEGINNINGS = beginnings(SYMBOLS)
# No unit where a blank parts them from the number: "5 a day", "10 in a row", "3 C".
GLUED_ONLY = frozenset({
    "g", "l", "s", "w", "c", "f", "v", "p", "x", "×", "in", "try", "d", "y", "mo", "mos", "yo",
})  # fmt: skip
# "6-mth low", "10-yr yield": a dash before them too.
AFTER_DASH = frozenset({"d", "y", "mo"})
