"""Tables of the world that errors are drawn from: units, titles, names, opposites, the calendar.

They are what an almanac or a style book would say. None is taken from the checks, and none says
what the checks can read.
"""

# They stand before a sentence and end in a capital word, a day or a noun; no comma follows.
OPENINGS = (
    "In Karvo", "Around Lowport", "On the Teal Islands", "By Christmas", "At Easter", "In the Tarn valley",
    "Since Monday", "North of Quillan", "Under President Hale", "In all", "In total", "So far",
    "By nightfall", "At dawn", "Across the country", "Within hours", "According to the ministry",
    "In Building B", "At Gate C", "During Ramadan",
)  # fmt: skip
# What is mistaken for what; both ways.
UNITS = (
    ("km", "miles"), ("km", "m"), ("kilometres", "miles"), ("kilometers", "miles"), ("km/h", "mph"),
    ("metres", "feet"), ("meters", "feet"), ("m", "km"), ("mm", "cm"), ("cm", "mm"), ("tonnes", "kilograms"),
    ("tons", "pounds"), ("kg", "tonnes"), ("nautical miles", "kilometres"), ("knots", "mph"),
    ("hectares", "acres"), ("barrels", "litres"), ("gigawatts", "megawatts"), ("GW", "MW"), ("MW", "kW"),
    ("hours", "days"), ("days", "weeks"), ("minutes", "hours"), ("seconds", "minutes"), ("months", "years"),
    ("years", "months"), ("weeks", "months"), ("ounce", "gram"), ("kilovolt", "megavolt"), ("kV", "kW"),
)  # fmt: skip
MEASURES = (
    "km", "m", "cm", "mm", "ft", "metres", "meters", "feet", "miles", "nautical miles", "kg", "tonnes",
    "tons", "hectares", "acres", "barrels", "litres", "km/h", "mph", "knots", "hPa", "GW", "MW", "kV",
    "degrees", "hours", "minutes", "seconds", "days", "weeks", "months", "years", "gigawatts", "square metres",
)  # fmt: skip
CURRENCIES = "$€£¥₹"
LARGE = (
    ("million", "billion"), ("billion", "trillion"), ("thousand", "million"), ("m", "bn"), ("M", "B"), ("bn", "tn"),
)  # fmt: skip
TITLES = (
    "President", "Prime Minister", "Premier", "Chancellor", "Governor", "Mayor", "Senator", "Minister",
    "Envoy", "Ambassador", "Judge", "Justice", "Captain", "Colonel", "General", "Sergeant", "Superintendent",
    "Chief Inspector", "Professor", "Dr", "Bishop", "Cardinal", "Sheriff", "Commissioner", "Speaker",
)  # fmt: skip
# Two words for one title, or for one court.
SAME_TITLES = (("Premier", "Prime Minister"), ("Judge", "Justice"))
OFFICES = (
    "chief executive", "chairman", "finance director", "governor", "mayor", "manager", "captain", "coach",
    "prosecutor", "lawyer", "judge", "sheriff", "energy minister", "finance minister", "foreign minister",
    "flight director", "chief engineer", "harbour master", "union leader", "opposition leader", "spokesman",
    "spokeswoman", "nurse", "pharmacist", "director", "president", "premier", "ambassador", "bishop",
)  # fmt: skip
SURNAMES = (
    "Abara", "Bergqvist", "Castel", "Delmore", "Eklund", "Fonseca", "Gallagher", "Haddad", "Ivers",
    "Jansson", "Kowal", "Lindgren", "Moreau", "Nakata", "Oduya", "Petrov", "Quist", "Rahman", "Santos",
)  # fmt: skip
FIRST_NAMES = (
    "Adam", "Beatrice", "Carl", "Dana", "Elias", "Fatima", "Gregor", "Helen", "Ivan", "Julia", "Kenji",
    "Laura", "Martin", "Nadine", "Oscar", "Priya", "Rafael", "Sofia", "Thomas", "Uma", "Victor",
)  # fmt: skip
TOWNS = (
    "Ashcombe", "Belvoir", "Corrigan", "Dunwick", "Estrela", "Farsund", "Granville", "Hexley", "Istria",
    "Kelso", "Lanark", "Mirador", "Novara", "Orsova", "Penrith", "Rostov", "Salerno", "Tarifa",
)  # fmt: skip
# They open the name of a place, not of a person.
GEOGRAPHY = (
    "Cape", "Port", "Lake", "Mount", "Val", "New", "North", "South", "East", "West", "Great", "San", "Fort",
    "Radio", "High", "Supreme", "Sport", "River", "Point", "Saint",
)  # fmt: skip
ARTICLES = ("The", "A", "An")
COMPASS = (
    "north", "south", "east", "west", "north-east", "north-west", "south-east", "south-west",
)  # fmt: skip
MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
    "November", "December",
)  # fmt: skip
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
# Of whatever rises and falls; the second may stand wherever the first does.
DIRECTIONS = (
    ("rose", "fell"), ("risen", "fallen"), ("rise", "fall"), ("rising", "falling"), ("climbed", "dropped"),
    ("gained", "lost"), ("jumped", "tumbled"), ("higher", "lower"), ("highest", "lowest"), ("increased", "decreased"),
    ("increase", "decrease"), ("raised", "lowered"), ("grew", "shrank"), ("widened", "narrowed"), ("up", "down"),
    ("strengthened", "weakened"), ("above", "below"), ("doubled", "halved"), ("largest", "smallest"),
    ("biggest", "smallest"), ("longest", "shortest"), ("fastest", "slowest"), ("opened", "closed"),
    ("open", "closed"), ("before", "after"),
)  # fmt: skip
OUTCOMES = (
    ("beat", "lost to"), ("beating", "losing to"), ("won", "lost"), ("accepted", "rejected"),
    ("accept", "reject"), ("agreed to", "refused to"), ("upheld", "quashed"), ("bought", "sold"),
    ("survived", "lost"), ("guilty", "not guilty"), ("arrested", "released"), ("win", "lose"), ("banned", "allowed"),
)  # fmt: skip
CASUALTIES = (
    ("killed", "injured"), ("dead", "injured"), ("died", "survived"), ("injured", "killed"),
    ("wounded", "killed"), ("missing", "dead"), ("deaths", "injuries"),
)  # fmt: skip
BOUNDS = (
    ("more than", "less than"), ("at least", "at most"), ("up to", "at least"),
    ("as much as", "at least"), ("nearly", "more than"), ("almost", "well over"),
)  # fmt: skip
# After them a verb can be negated: "was not", "did not".
AUXILIARIES = (
    "was",
    "were",
    "is",
    "are",
    "has",
    "have",
    "had",
    "will",
    "would",
    "could",
    "can",
    "should",
)
# What happened and is over; verbs in -ed besides.
PASTS = ("won", "ran", "met", "fell", "began", "sold", "burnt", "took place")
# A figure after one of these is wrong only beyond the true one.
RAISING = frozenset(
    {"than", "least", "over", "above", "beyond", "past", "exceed", "exceeds", "exceeded"}
)
LOWERING = frozenset({"nearly", "almost", "under", "below", "most", "to", "much", "many", "until"})  # fmt: skip
ROUGHLY = frozenset({"about", "some", "around", "roughly", "nearly", "estimated", "approximately"})
# Words that open a sentence with a count.
BEFORE_COUNTS = frozenset({
    "About", "Some", "At", "In", "On", "Nearly", "Another", "Of", "Over", "With", "From", "All", "By",
    "Around", "The", "Only", "Almost", "After", "Within",
})  # fmt: skip
ONES = (
    "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
    "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
)  # fmt: skip
TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")


def both_ways(pairs: tuple[tuple[str, str], ...]) -> tuple[tuple[str, str], ...]:
    """Return the pairs and the same turned round."""
    return (*pairs, *((other, one) for one, other in pairs))


def in_words(number: int) -> str:
    """Return a number from 1 to 999 as an English text has it."""
    if number >= 100:
        rest = f" and {in_words(number % 100)}" if number % 100 else ""
        return f"{ONES[number // 100 - 1]} hundred{rest}"
    if number < 20:
        return ONES[number - 1]
    ten = TENS[number // 10 - 2]
    return f"{ten}-{ONES[number % 10 - 1]}" if number % 10 else ten
