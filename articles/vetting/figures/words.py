"""The words around and inside figures: numbers, scales, units, comparators, labels."""

import re

_SMALL = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven",
    "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
)  # fmt: skip
_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
NUMBERS: dict[str, float] = {word: float(n) for n, word in enumerate(_SMALL)} | {
    word: 10.0 * n for n, word in enumerate(_TENS, 2)
}
del NUMBERS["zero"]

# Spanish, French, German, Italian, Portuguese, Arabic and Persian scales follow digits there.
SCALES: dict[str, float] = {
    **dict.fromkeys(("hundred",), 1e2),
    **dict.fromkeys(("dozen",), 12.0),
    **dict.fromkeys(
        ("k", "thousand", "tsd", "tausend", "mille", "mil", "ألف", "آلاف", "الف", "هزار", "тыс",
         "тысяч", "тысячи", "bin"), 1e3
    ),
    **dict.fromkeys(("lakh",), 1e5),
    **dict.fromkeys(
        ("m", "mn", "mln", "mio", "million", "millions", "millionen", "millón", "millones",
         "milioni", "milhão", "milhões", "مليون", "ملايين", "میلیون", "млн", "миллион", "миллиона",
         "миллионов"), 1e6
    ),
    **dict.fromkeys(("crore",), 1e7),
    **dict.fromkeys(
        ("bn", "bln", "bil", "bio", "billion", "billions", "mrd", "mld", "milliard", "milliards", "milliarde", "milliarden",
         "mil millones", "miliardi", "مليار", "مليارات", "میلیارد", "млрд", "миллиард",
         "миллиарда", "миллиардов", "milyar", "bilhão", "bilhões", "mil milhões"), 1e9
    ),
    **dict.fromkeys(
        ("tn", "trn", "tln", "trln", "trillion", "trillions", "billón", "billones", "billionen", "trilhão", "trilhões",
         "трлн"), 1e12
    ),
}  # fmt: skip
# Written against the number, and against what follows.
EASTERN_SCALES = {
    "千": 1e3, "万": 1e4, "萬": 1e4, "만": 1e4, "億": 1e8, "亿": 1e8, "억": 1e8, "兆": 1e12, "조": 1e12,
}  # fmt: skip
VULGAR = {"½": 0.5, "¼": 0.25, "¾": 0.75, "⅓": 1 / 3, "⅔": 2 / 3, "⅛": 0.125}

PERCENT = (
    "%", "per cent", "percent", "pct", "prozent",
    "por ciento", "pour cent", "pour-cent", "per cento", "por cento", "في المئة", "في المائة",
    "بالمئة", "بالمائة", "درصد",
)  # fmt: skip

# What a share moves by. A basis point is a hundredth of a percentage point.
POINTS = (
    "percentage points", "percentage point", "percent points", "percentage-point", "%-points",
    "prozentpunkte", "prozentpunkten", "puntos porcentuales", "points de pourcentage",
    "pontos percentuais", "punti percentuali",
)  # fmt: skip
BASIS_POINTS = ("basis points", "basis point", "basis-point", "bps", "bp")
# Streets, after a number that is a house's.
STREETS = (
    "street", "st", "road", "rd", "avenue", "ave", "lane", "square", "place", "drive", "boulevard",
    "terrace", "way", "court", "crescent", "row", "gardens", "quay", "parade", "close",
)  # fmt: skip

CURRENCIES = {
    **dict.fromkeys(
        ("$", "us$", "usd", "dollar", "dollars", "dólares", "dólar", "dollari", "доллар", "доллара",
         "долларов", "دولار", "دلار", "美元"), "$"
    ),
    **dict.fromkeys(("€", "eur", "euro", "euros", "евро", "يورو", "یورو", "欧元"), "€"),
    **dict.fromkeys(("£", "gbp", "pound", "pounds", "sterling", "libras", "livres", "pfund"), "£"),
    **dict.fromkeys(("¥", "jpy", "yen", "yenes", "円"), "¥"),
    **dict.fromkeys(("yuan", "renminbi", "rmb", "cny", "元"), "元"),
    **dict.fromkeys(("₹", "inr", "rupee", "rupees"), "₹"),
    **dict.fromkeys(
        ("₽", "rub", "rouble", "roubles", "ruble", "rubles", "рубль", "рубля", "рублей"), "₽"
    ),
    **dict.fromkeys(("₺", "lira", "liras"), "₺"),
    **dict.fromkeys(("₪", "shekel", "shekels"), "₪"),
    **dict.fromkeys(("₩", "krw", "won"), "₩"),
    **dict.fromkeys(("₴", "uah", "hryvnia", "hryvnias"), "₴"),
    **dict.fromkeys(("r$", "brl", "real", "reais"), "R$"),
    **dict.fromkeys(("chf", "franc", "francs", "franken"), "francs"),
    **dict.fromkeys(("crown", "crowns", "kronor", "kroner", "krona", "krone"), "crowns"),
    "a$": "A$", "aud": "A$", "c$": "C$", "cad": "C$", "hk$": "HK$", "nz$": "NZ$", "s$": "S$",
    "pesos": "pesos", "riyals": "riyals", "rials": "rials", "tomans": "tomans",
    "dirhams": "dirhams", "dinars": "dinars", "naira": "naira", "rand": "rand", "baht": "baht",
    "zloty": "zloty", "zlotys": "zloty", "rupiah": "rupiah", "shillings": "shillings",
}  # fmt: skip
# Words of other meanings too: a currency only after a scale, as in "3 trillion won".
AFTER_A_SCALE = frozenset({"won", "real", "rand", "rub", "livres", "lira"})

# What measures go over into: a dimension, and how many of its smallest common unit.
DIMENSIONS = {
    **dict.fromkeys(("second", "seconds", "secs"), ("time", 1.0)),
    **dict.fromkeys(("minute", "minutes", "mins"), ("time", 60.0)),
    **dict.fromkeys(("hour", "hours", "hrs"), ("time", 3_600.0)),
    **dict.fromkeys(("day", "days"), ("time", 86_400.0)),
    **dict.fromkeys(("week", "weeks"), ("time", 604_800.0)),
    **dict.fromkeys(("month", "months"), ("time", 2_629_746.0)),
    **dict.fromkeys(("year", "years"), ("time", 31_556_952.0)),
    **dict.fromkeys(("cm", "centimetres", "centimeters"), ("length", 0.01)),
    **dict.fromkeys(("metre", "metres", "meter", "meters"), ("length", 1.0)),
    **dict.fromkeys(("km", "kilometre", "kilometres", "kilometers"), ("length", 1_000.0)),
    **dict.fromkeys(("ft", "feet", "foot"), ("length", 0.3048)),
    **dict.fromkeys(("mile", "miles"), ("length", 1_609.344)),
    **dict.fromkeys(("kg", "kilos", "kilograms"), ("mass", 1.0)),
    **dict.fromkeys(("tonne", "tonnes"), ("mass", 1_000.0)),
    **dict.fromkeys(("lb", "lbs"), ("mass", 0.45359237)),
    **dict.fromkeys(("hectare", "hectares", "ha"), ("area", 10_000.0)),
    **dict.fromkeys(("acre", "acres"), ("area", 4_046.8564224)),
    **dict.fromkeys(("mw", "megawatts", "megawatt"), ("power", 1.0)),
    **dict.fromkeys(("gw", "gigawatts", "gigawatt"), ("power", 1_000.0)),
}
MEASURES = frozenset({
    "km", "m", "cm", "mm", "kg", "g", "t", "ft", "mi", "kmh", "kph", "mph", "mw", "gw", "kw", "tw",
    "kwh", "mwh", "gwh", "twh", "mb", "gb", "tb", "hz", "khz", "mhz", "ghz", "ms", "s", "min", "h",
    "kt", "mt", "ha", "lb", "lbs", "oz", "in", "sq", "c", "f", "v", "a", "l", "ml",
    "kilometres", "kilometers", "metres", "meters", "tonnes", "tons", "hectares", "acres",
    "megawatts", "miles", "feet", "barrels", "litres", "kilos", "kilograms", "hours", "minutes",
    "seconds", "days", "weeks", "months", "years", "year", "points", "p", "pts", "ppm", "mg", "db",
})  # fmt: skip

SIDES = {
    "more than": 1, "over": 1, "above": 1, "at least": 1, "exceeding": 1, "in excess of": 1,
    "just over": 1, "upwards of": 1, "well over": 1, "greater than": 1, "no fewer than": 1,
    "no less than": 1, "upward of": 1, "exceeds": 1, "exceeded": 1, "exceed": 1, "pass": 1,
    "passes": 1, "cleared": 1, "passing": 1, "top": 1, "tops": 1, "topped": 1, "topping": 1,
    "surpass": 1, "surpasses": 1, "surpassed": 1, "beyond": 1, "crossed": 1, "crosses": 1,
    "fewer than": -1, "less than": -1, "under": -1, "below": -1, "nearly": -1, "almost": -1,
    "up to": -1, "at most": -1, "close to": -1, "just under": -1, "no more than": -1,
    "not quite": -1, "as many as": -1, "as much as": -1, "well under": -1,
    **dict.fromkeys(
        ("más de", "al menos", "plus de", "au moins", "mehr als", "über", "mindestens", "mais de",
         "ao menos", "pelo menos", "più di", "oltre", "almeno", "أكثر من", "على الأقل", "بیش از",
         "دست‌کم", "دست کم"), 1
    ),
    **dict.fromkeys(
        ("menos de", "hasta", "casi", "moins de", "jusqu'à", "près de", "presque", "weniger als",
         "bis zu", "knapp", "fast", "quase", "até", "meno di", "quasi", "fino a", "أقل من",
         "قرابة", "ما يقرب من", "کمتر از", "نزدیک به"), -1
    ),
}  # fmt: skip
HEDGES = frozenset({
    "about", "around", "some", "roughly", "approximately", "circa", "nearly", "almost", "c.",
    "close to", "an estimated", "estimated", "~", "≈", "approx.", "approx", "just over", "just under",
    "unos", "unas", "cerca de", "alrededor de", "aproximadamente", "casi", "environ", "quelque",
    "près de", "autour de", "presque", "rund", "etwa", "ca.", "knapp", "fast", "ungefähr", "quase",
    "quasi", "intorno a", "نحو", "حوالي", "قرابة", "ما يقرب من", "حدود", "تقریبا", "نزدیک به",
})  # fmt: skip
_PHRASES = sorted({*SIDES, *HEDGES}, key=len, reverse=True)
COMPARATORS = re.compile(
    rf"(?:(?<=\W)|\A)({'|'.join(re.escape(phrase).replace(chr(92) + ' ', r'\s+') for phrase in _PHRASES)})"
    r"\s*(?:the\s+|a\s+)?\Z"
)

LABELS = frozenset({
    "article", "articles", "section", "sections", "chapter", "page", "pages", "no", "nos", "nr",
    "number", "numbers", "phase", "version", "volume", "vol", "part", "room", "route", "channel",
    "season", "episode", "level", "class", "grade", "stage", "round", "resolution", "flight", "act",
    "rule", "title", "paragraph", "tier", "category", "type", "unit", "line", "gate", "berth",
    "berths", "highway", "district", "ward", "zone", "block", "point",
    "reactor", "sector", "clause", "item", "track", "week", "day", "game", "match",
    "figure", "table", "step", "position", "platform", "pier", "dock", "hangar", "lane", "protocol",
    "artículo", "artikel", "seite", "página", "formula", "apollo", "model", "mark", "mk", "code",
    "exit", "junction", "quarter", "top", "form", "case", "docket", "file", "bill", "psalm",
    "psalms", "kilometre", "kilometer", "km", "mile", "marker", "postcode", "postal", "zip",
    "release", "build", "ios", "macos", "android", "windows", "python", "java", "php", "linux",
    "kernel", "firefox", "chrome", "drupal", "wordpress", "chatgpt", "gpt", "claude", "gemini",
    "llama", "edition", "opus", "symphony", "studio", "lot", "seed", "bus", "tram", "train",
})  # fmt: skip

MONTHS_ELSEWHERE = (
    "enero", "febrero", "marzo", "abril", "mayo", "junio", "julio", "agosto", "septiembre",
    "octubre", "noviembre", "diciembre", "janvier", "février", "mars", "avril", "mai", "juin",
    "juillet", "août", "septembre", "octobre", "novembre", "décembre", "januar", "februar", "märz",
    "juni", "juli", "oktober", "dezember", "يناير", "فبراير", "مارس", "أبريل", "مايو", "يونيو",
    "يوليو", "أغسطس", "سبتمبر", "أكتوبر", "نوفمبر", "ديسمبر", "فروردین", "اردیبهشت", "خرداد", "تیر",
    "مرداد", "شهریور", "مهر", "آبان", "آذر", "دی", "بهمن", "اسفند", "ژانویه", "ژوئن", "ژوئیه", "april",
    "september", "november", "janeiro", "fevereiro", "março", "maio", "junho", "julho", "setembro",
    "outubro", "novembro", "dezembro", "gennaio", "febbraio", "aprile", "maggio", "giugno", "luglio",
    "settembre", "ottobre", "dicembre", "januari", "februari", "maart", "mei", "augustus", "oktober",
    "ocak", "şubat", "mart", "nisan", "mayıs", "haziran", "temmuz", "ağustos", "eylül", "ekim",
    "kasım", "aralık", "января", "февраля", "марта", "апреля", "мая", "июня", "июля", "августа",
    "сентября", "октября", "ноября", "декабря", "stycznia", "lutego", "marca", "kwietnia", "maja",
    "czerwca", "lipca", "sierpnia", "września", "października", "listopada", "grudnia",
    "كانون الثاني", "شباط", "آذار", "نيسان", "أيار", "حزيران", "تموز", "آب", "أيلول",
    "تشرين الأول", "تشرين الثاني", "كانون الأول",
)  # fmt: skip

# "the two sides": no count, but a way to point.
NO_COUNT_AFTER = frozenset({
    "the", "these", "those", "all", "both", "its", "his", "her", "their", "our", "other", "first",
    "last", "next", "past", "final", "opening", "closing", "every", "any", "each", "latter", "former", "either",
})  # fmt: skip
# What an article counts of its own.
NO_COUNT_OF = frozenset({
    "outlets", "outlet", "sources", "agencies", "posts", "reports", "accounts", "sides", "things",
    "questions", "points", "versions", "ways", "parts", "figures", "numbers", "sentences",
    "papers", "wires", "statements", "paragraphs", "words", "others", "counts", "claims", "stories",
    "channels", "texts", "reasons", "capitals", "parties", "governments", "camps", "is", "was", "has",
    "does", "says", "as", "its", "this", "thus", "us", "his", "hers", "yours", "ours", "theirs",
    "outcomes", "readings", "facts", "halves", "sets", "kinds", "accounts'", "news",
})  # fmt: skip
_IRREGULAR = frozenset({
    "people", "men", "women", "children", "police", "troops", "dead", "wounded", "injured",
    "killed", "missing", "hurt", "cattle", "sheep", "aircraft", "were", "died", "arrested",
})  # fmt: skip


def is_countable(word: str) -> bool:
    """Return whether a word looks like what is counted: a plural, people, or what befell them."""
    if word in _IRREGULAR or word.endswith(("men", "people")):
        return True
    return len(word) > 3 and word.endswith("s") and not word.endswith("ss")
