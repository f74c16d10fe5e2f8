"""Whether what an article says of a quantity is what a post gives, and if not, why."""

import pytest

from articles.vetting.facts.given import Given
from articles.vetting.facts.matching import Match, best_match, match
from articles.vetting.facts.reading import read_quantities


def matched(said, post, language="en"):
    """Return how the first quantity of a text compares with the best of a post."""
    found, *_ = [one for one in read_quantities(said, "en") if one.needs_source()]
    return best_match(found, read_quantities(post, language))[0]


@pytest.mark.parametrize(
    ("said", "post"),
    [
        ("raised by a quarter-point", "raises rate 25 basis points"),
        ("raised by 0.25 percentage points", "raises rate by 25bp"),
        ("half a percentage point", "cut of 50 bps"),
        ("four percentage points more", "some four points more than in 2020"),
        ("4.6 billion dollars", "a US$4.6 bln plant"), ("62 million pounds", "signs for £62m"),
        ("5.2 billion yen", "launch cost: 5.2 bil. yen."), ("$850m", "$850 mln a year earlier"),
        ("4.5 years", "on a 4½-year deal"), ("7.5 points", "a score of 7½ points"),
        ("more than 4,000 cases", "cases pass 4,312"), ("more than 100 cases", "116 cases"),
        ("25,000 people", "25\u200b,000 people"), ("twenty-five thousand people", "25k people"),
        ("one in five growers", "20 percent of the growers"), ("a fifth of growers", "19% of the growers"),
        ("three lakh people", "3,00,000 people"), ("a quarter of a million", "250,000 people"),
        ("100 metres", "the 4x100m relay"), ("3 by 4 metres", "a 3x4 m sheet"),
        ("1.5 hours", "a delay of 90 minutes"), ("20 miles away", "32 km away"),
        ("1.2 gigawatts", "1,200 MW"), ("a decade", "ten years"), ("158 minutes", "in 2h38"),
        ("8 hours and 10 minutes", "8 h 10 min"), ("eleven seconds", "+0:11"),
        ("magnitude 6.1", "M6.1"), ("40 per cent", "40pc"), ("triple the price", "three times the price"),
        ("3-2", "won 3-2"), ("led 2-1", "HT 1-2."), ("2-3 million", "between 2 and 3 million"),
        ("about 25,000 accounts", "25,437 accounts"), ("1.2bn euros", "€1,230,000,000"),
        ("nearly 20,000 tonnes", "19,600 tonnes"), ("14 people were killed", "14 dead"),
        ("250 people", "250 residents"), ("14 polling stations", "14 of 5,200 polling stations"),
        ("from 0.1 per cent", "from 0.1 to 4%"), ("58-year-old", "Halloran, 58, was"),
        ("17 shots", "Shots 17-12"), ("Seven members voted for it", "voted 7-2"),
        ("five matches", "her fourth in 5 games"), ("134 buildings", "134 structures burned"),
        ("280 parts per million", "280 ppm"), ("112,000 ounces of gold", "112,000 oz"),
        ("three months", "for three more months"), ("twelve days", "12 school days"),
        ("two boxes are missing", "Two boxes were not found"),
        ("a third of voters", "33 per cent of voters"),
    ],
)  # fmt: skip
def test_a_quantity_is_found_in_another_spelling(said, post):
    assert matched(said, post) is Match.SAME


@pytest.mark.parametrize(
    ("said", "post", "language"),
    [
        ("430m roubles", "430 млн рублей пропали", "ru"),
        ("€2.5bn", "2,5 Milliarden Euro", "de"),
        ("12,000 people", "1.2万人が避難した", "ja"),
        ("3.5 billion reais", "libera R$ 3,5 bilhões em crédito", "pt"),
        ("fourteen ships", "Quatorze navires attendent", "fr"),
        ("25,437 accounts", "حذف ٢٥٬٤٣٧ حسابا", "ar"),
        ("91 votes", "quatre-vingt-onze voix", "fr"),
    ],
)
def test_a_quantity_is_found_in_a_post_of_another_language(said, post, language):
    assert matched(said, post, language) in (Match.SAME, Match.OTHER_THING)


@pytest.mark.parametrize(
    ("said", "post", "expected"),
    [
        ("19 dead", "Water 19C", Match.OTHER_UNIT),
        ("20 miles away", "20 km away", Match.OTHER_UNIT),
        ("12 hours late", "late by 12 minutes", Match.OTHER_UNIT),
        ("340 million euros", "340 million crowns", Match.OTHER_UNIT),
        ("up 5.1 per cent", "up 5.1 percentage points", Match.OTHER_UNIT),
        ("up 5.1 per cent", "+5.1 points on 2022", Match.OTHER_UNIT),
        ("12 per cent", "12 ships", Match.OTHER_UNIT),
        ("12 per cent", "in article 12", Match.OTHER_UNIT),
        ("€62m", "signs the player for £62m", Match.OTHER_UNIT),
        ("a 4-2 win", "four points behind", Match.OTHER_THING),
        ("212 people were killed", "212 injured", Match.OTHER_THING),
        ("19 dead", "19 houses burned down", Match.OTHER_THING),
        ("19 houses", "19 ships and 40 houses", Match.OTHER_THING),
        ("19 dead", "won 19-12", Match.OTHER_THING),
    ],
)
def test_the_same_number_of_something_else_is_told_apart(said, post, expected):
    assert matched(said, post) is expected


@pytest.mark.parametrize(
    ("said", "post"),
    [
        ("rose by 0.5 percentage points", "raises the rate by 25 basis points"),
        ("4.6 million dollars", "a US$4.6 bln plant is to be built"),
        ("1%", "0.1%"), ("one per cent", "0.1 per cent"), ("$1", "$3"),
        ("one in five growers", "26% of the growers"), ("8.5 points", "7½–5½ in the end"),
        ("1500 drones", "1600 drones"), ("250 people", "2,500 people"), ("won 3-2", "won 3-1"),
        ("9 million people", "8.6 million people"), ("25,000 accounts", "25,437 accounts"),
        ("more than 100 cases", "160 cases"), ("fewer than 20,000 tonnes", "above 20,000 tonnes"),
        ("nearly 100 ships", "101 ships"), ("more than 100 ships", "99 ships"),
        ("a decade", "eleven years"), ("magnitude 6.1", "M6.2"), ("40 ships", ""),
        ("about 25,400 accounts", "30,000 accounts"), ("2h38", "2h48"),
    ],
)  # fmt: skip
def test_another_number_is_different(said, post):
    assert matched(said, post) is Match.DIFFERENT


def test_rounding_says_fewer_digits_and_never_others():
    (rounded,) = read_quantities("about 25,437 ships", "en")
    (exact,) = read_quantities("25,000 ships", "en")

    assert match(rounded, exact) is Match.DIFFERENT
    assert match(exact, rounded) is Match.DIFFERENT


def test_the_best_match_is_the_same_thing_before_another():
    (said,) = read_quantities("19 dead", "en")
    given = read_quantities("Water 19C; 19 houses burned down; 19 people died.", "en")

    found, with_which = best_match(said, given)

    assert found is Match.SAME
    assert with_which is given[2]


def test_a_year_or_label_of_a_post_is_what_an_unsure_number_may_be():
    (said,) = read_quantities("its 2019 profits", "en")
    (given,) = read_quantities("in 2019", "en")

    assert match(said, given) is Match.SAME


NUMBERS = (
    "1",
    "2",
    "5",
    "7",
    "22",
    "30",
    "45",
    "60",
    "90",
    "100",
    "116",
    "1.5",
    "2.1",
    "0.25",
    "1,500",
    "25,437",
    "five",
    "ninety",
)
UNITS = (
    "", "ships", "people", "dead", "km", "miles", "m", "k", "mi", "million", "billion", "m barrels", "mb/d", "%",
    "per cent", "percentage points", "basis points", "points", "c", "C", "degrees", "hours", "minutes", "s",
    "days", "weeks", "years", "tonnes", "kg", "hectares", "acres", "million tonnes", "thousand", "times", "bn",
)  # fmt: skip
OTHERS = (
    "3:41", "1:30:22", "2h38", "8 h 10 min", "3-1", "7-6", "one in five", "a third", "half", "a quarter", "two and a half",
    "a decade", "M6.1", "$5bn", "£2.1 million", "€90", "37c", "more than 100", "nearly 100", "about 45", "at least 30",
    "two dozen", "a fifth gold", "between 5 and 7", "5.5", "200", "1500 euros", "0 ships", "22k", "70mi", "45k", "1500m", "25 mil", "10-12 feet", "42.195 km",
)  # fmt: skip


def test_nothing_that_is_not_near_a_quantity_matches_it():
    texts = [*(f"{number} {unit}" for number in NUMBERS for unit in UNITS), *OTHERS]
    found = [one for text in texts for one in read_quantities(f"Some said {text} of it.", "en")]
    given = Given(found)
    assert len(found) > 100

    missed = [
        (said.text, one.text)
        for said in found
        for near in [{id(one) for one in given.near(said)}]
        for one in found
        if id(one) not in near and match(said, one) is not Match.DIFFERENT
    ]

    assert len(found) > 500
    assert missed == []


def test_few_of_thousands_are_near_a_quantity():
    given = Given(read_quantities(" ".join(f"{n} ships." for n in range(10_000, 90_000, 40)), "en"))
    (said,) = read_quantities("25,437 boats", "en")

    assert len(given.quantities) == 2_000
    assert len(given.near(said)) < 600
