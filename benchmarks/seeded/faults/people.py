"""Who somebody is, where something happened and who won, told otherwise than in the post."""

from random import Random

from benchmarks.seeded.articles import Article
from benchmarks.seeded.fault import Fault
from benchmarks.seeded.faults.senses import reported

_PEOPLE = ("Oskar Brandvold", "Lucia Ferrante", "Ewa Malinowska", "Tariq Benali", "Greta Sundqvist")
# Each set holds trades of which nobody has two.
_TRADES = (
    "a nurse", "a plumber", "a baker", "a pilot", "a judge", "a dentist", "a firefighter", "a tailor",
    "a goalkeeper", "a librarian", "a shepherd", "a sailmaker", "a welder", "an electrician",
)  # fmt: skip
_WORK = (
    ("{name}, {age}, {trade} from {place}, found the letters in an attic.",
     "The letters were found in an attic by {name}, {trade}."),
    ("{bare} {name} of {place} found the letters in an attic",
     "{name}, {trade}, found the letters in an attic."),
    ("“I found them in the attic.” That is how {name}, {trade}, tells it.",
     "The {bare} {name} told how the letters turned up."),
)  # fmt: skip
_KIN = (
    ("brother", "father"), ("brother-in-law", "brother"), ("uncle", "father"), ("cousin", "brother"),
    ("nephew", "son"), ("grandfather", "father"), ("stepfather", "father"), ("son-in-law", "son"),
)  # fmt: skip
_KINDRED = (
    ("The barge belongs to his {kin}, {name}.", "The barge is owned by his {kin} {name}."),
    ("{name}, his {kin}, sold the barge in {place}.", "His {kin}, {name}, sold the barge."),
)
_BROODS = (("sons", "daughters"), ("brothers", "sisters"), ("nephews", "nieces"))
_TOWNS = (
    "Ostmere",
    "Hallin",
    "Treskow",
    "Varlund",
    "Anselm",
    "Corvey",
    "Bramholt",
    "Lindau",
    "Quarn",
)
_EVENTS = (
    ("A workshop in {place} repaired the {n} bells.", "The {n} bells were repaired by a workshop in {place}."),
    ("Divers found {n} crates of porcelain off {place}.", "Off {place} divers found {n} crates of porcelain."),
    ("The {n} looms were sold by a mill in {place}.", "A {place} mill sold the {n} looms."),
    ("Some {n} storks landed on a school near {place}.", "A school near {place}: {n} storks landed on it."),
)  # fmt: skip
_SIDES = ("Ostmere", "Hallin Town", "Port Ansel", "Quarn Rovers", "Treskow", "Bramholt")
_WON = (
    "{one} beat {other} {score} in the regatta final.",
    "{one} defeated {other} {score} in the regatta final.",
)
_RESULTS = (
    *_WON,
    "{other} lost {score} to {one} in the regatta final.",
    "Regatta final: {one} {score} {other}.",
)


def call_somebody_something_else(article: Article, rng: Random) -> Fault | None:
    """Make a plumber of the nurse of a post."""
    said, told = rng.choice(_WORK)
    one, other = rng.sample(_TRADES, 2)
    person = {"name": rng.choice(_PEOPLE), "age": rng.randint(23, 71), "place": rng.choice(_TOWNS)}
    return reported(
        article,
        rng,
        _of_trade(said, one, person),
        _of_trade(told, other, person),
        code="role-differs",
    )


def _of_trade(template: str, trade: str, person: dict[str, object]) -> str:
    text = template.format_map({**person, "trade": trade, "bare": trade.split()[1]})
    return text[0].upper() + text[1:]


def relate_somebody_otherwise(article: Article, rng: Random) -> Fault | None:
    """Make a brother of the brother-in-law of a post."""
    one, other = rng.choice(_KIN)
    said, told = rng.sample(rng.choice(_KINDRED), 2)
    person = {
        "name": f"{rng.choice(('Jan', 'Piet', 'Karl'))} Oosterveen",
        "place": rng.choice(_TOWNS),
    }
    return reported(
        article, rng, said.format(kin=one, **person), told.format(kin=other, **person),
        code="role-differs",
    )  # fmt: skip


def count_other_kin(article: Article, rng: Random) -> Fault | None:
    """Make sons of the daughters of a post."""
    one, other = rng.choice(_BROODS)
    name, n = rng.choice(_PEOPLE), rng.choice(("two", "three", "four"))
    return reported(
        article, rng, f"{name} rowed to the fort with {n} {one}.",
        f"{name} and {n} {other} rowed to the fort.", code="role-differs",
    )  # fmt: skip


def put_it_elsewhere(article: Article, rng: Random) -> Fault | None:
    """Move what a post tells of to another town."""
    said, told = rng.sample(rng.choice(_EVENTS), 2)
    one, other = rng.sample(_TOWNS, 2)
    n = rng.randint(12, 96)
    return reported(
        article,
        rng,
        said.format(place=one, n=n),
        told.format(place=other, n=n),
        code="place-differs",
    )


def let_the_loser_win(article: Article, rng: Random) -> Fault | None:
    """Give a final to the side that lost it in the post."""
    one, other = rng.sample(_SIDES, 2)
    low = rng.randint(0, 4)
    score = f"{low + rng.randint(1, 3)}-{low}"
    said, told = rng.choice(_RESULTS), rng.choice(_WON)
    return reported(
        article, rng, said.format(one=one, other=other, score=score),
        told.format(one=other, other=one, score=score), code="winner-differs",
    )  # fmt: skip
