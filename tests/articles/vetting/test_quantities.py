"""Every number of a text as a quantity: its kind, value, unit, and what it counts."""

import re
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.vetting.facts.quantity import Kind, Reason
from articles.vetting.facts.reading import read_quantities
from articles.vetting.lexicon.lexicon import Bound
from benchmarks.hostile import BODIES

COUNTED = (Kind.COUNT, Kind.MONEY, Kind.SHARE, Kind.MEASURE, Kind.SCORE)
ZERO_WIDTH = "\u200b"
TRICKY = st.text(
    alphabet="aBMk1 25%.,:/-–—'’$€£½²\n\u00a0\u200b٣万hm()#@°xn", max_size=40
)  # fmt: skip


def read(text, language="en"):
    return read_quantities(text, language)


def the_one(text, language="en"):
    (found,) = read(text, language)
    return found


def kinds(text, language="en"):
    return [found.kind for found in read(text, language)]


OPENINGS = (
    "On Sunday {n}", "In Gaza {n}", "Near Port Adra {n}", "The quake in Tarsa {n}", "By Monday {n}",
    "In March {n}", "Of those, {n}", "At least {n}", "Yesterday {n}", "Police said {n}",
    "In Kvern {n}", "After the flood {n}", "The ministry said that {n}", "Overnight, {n}",
)  # fmt: skip
VERBS = (
    "were killed", "people fled", "houses burned", "drones were fired", "are missing",
    "ballistic missiles fell", "workers strike", "fled", "left town", "children died",
)  # fmt: skip
SENTENCES = (
    "Iran fired {n} drones", "Israel launched {n} ballistic missiles", "The quake killed {n}",
    "It cost {n} euros", "It cost {n}", "The army sent {n} US troops", "The bank shed {n} jobs",
    "The toll rose to {n}", "They paid {n} crowns for it", "The fair drew {n} visitors",
    "A crowd of {n} came", "The region counted {n} cases",
)  # fmt: skip
HEADLINES = (
    "Quake Kills {n} People", "Quake Kills {n}", "Storm Strands {n} Tourists", "Tarsa Loses {n}",
    "QUAKE KILLS {n} PEOPLE", "In Gaza {n} Killed", "On Sunday {n} Were Killed", "STORM STRANDS {n}",
    "Iran Fires {n} Drones", "Iran Fires {n}", "{n} Dead in Tarsa", "Tarsa: {n} Dead",
)  # fmt: skip
NUMBERS = (
    "40",
    "250",
    "1500",
    "1900",
    "2500",
    "2,500",
    "forty",
    "two hundred and fifty",
    "fifteen hundred",
)
GRID = (
    *(f"{opening} {verb}." for opening, verb in product(OPENINGS, VERBS)),
    *(f"{sentence}." for sentence in SENTENCES),
    *HEADLINES,
)


def silent(numbers, templates):
    """Yield the texts of a grid in which a number is no quantity, and none that may be one."""
    for template, number in product(templates, numbers):
        text = template.format(n=number)
        found = [one for one in read(text) if one.kind in (*COUNTED, Kind.UNSURE)]
        if not any(number.casefold() in one.text.casefold() for one in found):
            yield text


def test_no_number_of_the_grid_is_silent_after_any_opening_before_any_verb():
    assert len(GRID) * len(NUMBERS) > 1_400
    assert list(silent(NUMBERS, GRID)) == []


@pytest.mark.parametrize("number", NUMBERS)
@pytest.mark.parametrize(
    "text",
    [
        "On Sunday {n} were killed", "In Gaza {n} people fled", "Quake Kills {n} People",
        "Iran fired {n} drones", "It cost {n} euros", "In March {n} houses burned",
        "The quake killed {n}", "Yesterday {n} left town",
    ],
)  # fmt: skip
def test_what_is_counted_is_surely_a_quantity_whatever_the_number(text, number):
    (found,) = read(text.format(n=number))

    # "In March 1900 houses" may be the year: it is asked for, not passed.
    doubted = (Kind.UNSURE,) if (number, text[:8]) == ("1900", "In March") else ()
    assert found.kind in (*COUNTED, *doubted)


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("Earthquake M6.1", 6.1, "magnitude"), ("a magnitude 6.1 earthquake", 6.1, "magnitude"),
        ("a magnitude-6.1 quake", 6.1, "magnitude"), ("a 6.1-magnitude quake", 6.1, "magnitude"),
        ("in 2h38", 158, "minute"), ("8 h 10 min", 490, "minute"), ("after +0:11", 11, "second"),
        ("8 hours and 10 minutes", 490, "minute"), ("won in 2:15:50", 8_150, "second"),
        ("in 15:31.06", 931.06, "second"), ("6ft 2in", 74, "inch"),
        ("40pc of them", 40, "%"), ("1%", 1, "%"), ("one per cent", 1, "%"), ("0%", 0, "%"),
        ("$5B", 5e9, "$"), ("$4T", 4e12, "$"), ("US$4.6 bln", 4.6e9, "$"), ("5.2 bil. yen", 5.2e9, "¥"),
        ("A$3", 3, "A$"), ("a $3 fee", 3, "$"), ("£62m", 62e6, "£"), ("2.6 million crowns", 2.6e6, "crowns"),
        ("1500 euros", 1_500, "€"), ("EUR 12", 12, "€"), ("3 trillion won", 3e12, "₩"),
        ("tripled", 3, "times"), ("triple the price", 3, "times"), ("twice as many", 2, "times"),
        ("a decade ago", 10, "year"), ("two decades", 20, "year"), ("a fortnight", 14, "day"),
        ("half the growers", 50, "%"), ("a quarter of voters", 25, "%"), ("a fifth of them", 20, "%"),
        ("two-thirds", 66.7, "%"), ("one in five growers", 20, "%"), ("1 in 20 doses", 5, "%"), ("one in two", 50, "%"),
        ("12 bp", 0.12, "points"), ("-9bp", 0.09, "points"), ("25 basis points", 0.25, "points"),
        ("a quarter-point", 0.25, "points"), ("half a percentage point", 0.5, "points"),
        ("5.1 percentage points", 5.1, "points"), ("half an hour", 0.5, "hour"),
        ("19C", 19, "°C"), ("19 °C", 19, "°C"), ("1.5 m", 1.5, "m"), ("140 km/h", 140, "km/h"),
        ("3 km²", 3, "km²"), ("a 30-day state", 30, "day"), ("4½-year deal", 4.5, "year"),
        ("83.6p", 83.6, "pence"), ("2-yr yield", 2, "year"), ("two nautical miles", 2, "nautical mile"),
    ],
)  # fmt: skip
def test_a_unit_is_read_in_every_spelling(text, value, unit):
    found = the_one(text)

    assert (found.value, found.unit.code) == (pytest.approx(value), unit)
    assert found.kind in (Kind.MONEY, Kind.SHARE, Kind.MEASURE)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("25k ships", 25_000), ("twenty-five thousand", 25_000), ("two dozen", 24),
        ("half a million", 500_000), ("a quarter of a million", 250_000),
        ("two and a half million", 2.5e6), ("a million and a half", 1.5e6),
        ("a hundred and five", 105), ("two hundred and fifty", 250), ("fifteen hundred", 1_500),
        ("three lakh", 300_000), ("1,00,000", 100_000), ("25 437 ships", 25_437),
        ("1.2万人", 12_000), ("2\u200b5,000", 25_000), ("\uff12\uff15\uff10", 250), ("٢٥٬٤٣٧", 25_437),
        ("1.234.567", 1_234_567), ("4.7", 4.7), ("two hundred thousand", 200_000),
    ],
)  # fmt: skip
def test_a_number_is_read_in_every_spelling(text, value):
    found = the_one(text)

    assert (found.value, found.kind, found.unit) == (value, Kind.COUNT, None)


@pytest.mark.parametrize(
    ("text", "language", "value", "unit"),
    [
        ("3,5 millions d'euros", "fr", 3.5e6, "€"), ("1,2 Milliarden Euro", "de", 1.2e9, "€"),
        ("R$ 3,5 bilhões", "pt", 3.5e9, "R$"), ("3 mil millones de dólares", "es", 3e9, "$"),
        ("2,4 per cento", "it", 2.4, "%"), ("0,5 Prozentpunkte", "de", 0.5, "points"),
        ("25 في المئة", "ar", 25, "%"), ("۲۵ درصد", "fa", 25, "%"), ("430 млн рублей", "ru", 430e6, "₽"),
        ("quatre-vingt-onze pour cent", "fr", 91, "%"), ("dreißig Tage", "de", 30, "day"),
        ("en 2h38", "fr", 158, "minute"),
        ("dos mil pesos", "es", 2_000, "pesos"),
    ],
)  # fmt: skip
def test_scales_and_units_are_read_in_other_languages(text, language, value, unit):
    found = the_one(text, language)

    assert (found.value, found.unit.code) == (value, unit)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("article 9", Reason.MARKED), ("in phase 3, they said", Reason.MARKED),
        ("The Boeing 737 was grounded", Reason.MARKED), ("No. 4", Reason.MARKED),
        ("berths 3 to 7", Reason.MARKED), ("to dial 911", Reason.MARKED), ("the 112 number", Reason.MARKED),
        ("wearing 23", Reason.MARKED), ("the last 16", Reason.MARKED), ("iOS 26.1", Reason.MARKED),
        ("an F-35", Reason.MODEL), ("the A320", Reason.MODEL), ("Covid-19", Reason.MODEL),
        ("the G7", Reason.MODEL), ("Qwen3", Reason.MODEL), ("5G masts", Reason.MODEL),
        ("Form 10-K", Reason.MODEL), ("model L-10K", Reason.MODEL), ("737s", Reason.MODEL),
        ("155mm shells", Reason.CALIBRE), ("a 9mm pistol", Reason.CALIBRE), ("1080p", Reason.CALIBRE),
        ("at 10 Downing Street", Reason.STREET), ("the 3rd of them", Reason.ORDINAL),
        ("in her 30s", Reason.DECADE), ("a ’90s band", Reason.DECADE),
        ("24 June", Reason.DATE), ("the April 12 vote", Reason.DATE), ("Monday 16 March", Reason.DATE),
        ("24 of June", Reason.DATE), ("2026-06-24", Reason.DATE), ("24.6.2026", Reason.DATE),
        ("at 02:40 UTC", Reason.CLOCK), ("9.30am", Reason.CLOCK), ("at 1430 GMT", Reason.CLOCK),
        ("on 9/11", Reason.FIXED), ("open 24/7", Reason.FIXED), ("a 4x4", Reason.FIXED),
        ("https://a.b/25", Reason.ADDRESS), ("@user25", Reason.ADDRESS), ("#vote2026", Reason.ADDRESS),
        ("Quillmark 4.2.1", Reason.NO_NUMBER), ("account 1234567890123456789", Reason.NO_NUMBER),
        ("no one came", Reason.PRONOUN), ("(1) a body", Reason.ORDINAL),
    ],
)  # fmt: skip
def test_a_label_has_its_reason(text, reason):
    labels = [(found.kind, found.reason) for found in read(text)]

    assert set(labels) == {(Kind.LABEL, reason)}


@pytest.mark.parametrize(
    "text",
    [
        "in 2024", "In 2019, prices", "the crisis of 2008", "at the same point of 2023", "since 1949", "(1987)", "the poet (1795) is read",
        "in June 2026", "mid-2026", "the late 1990s", "by the 1990s",
        "2018–19", "2024/25", "A 1987 quake", "the 2024 elections", "in 1795", "fiscal 2025",
    ],
)  # fmt: skip
def test_a_year_has_a_reason(text):
    (found,) = read(text)

    assert found.kind is Kind.YEAR
    assert found.reason


@pytest.mark.parametrize("text", ["from 2019 to 2021", "between 1979 and 1984", "in 1991-1995"])
def test_both_years_of_a_span_are_years(text):
    assert kinds(text) == [Kind.YEAR, Kind.YEAR]


def test_two_counts_from_one_to_another_are_no_years():
    assert Kind.YEAR not in kinds("It rose from 1900 to 2000 cases")


@pytest.mark.parametrize(
    "text",
    ["24 June 2026", "June 24, 2026", "Dec. 22, 2018", "April 9th, 1931", "24. Juni 2026"],
)
def test_a_full_date_is_a_label_and_a_year(text):
    day, year = read(text, "de" if "Juni" in text else "en")

    assert (day.kind, day.reason) == (Kind.LABEL, Reason.DATE)
    assert (year.kind, year.reason) == (Kind.YEAR, Reason.MONTH)


@pytest.mark.parametrize(
    "text",
    ["24-26 June", "June 24-26", "24 to 26 June", "23 and 24 June", "10, 12 and 14 June", "24–26 May"],
)  # fmt: skip
def test_every_day_of_a_range_is_part_of_a_date(text):
    assert {found.reason for found in read(text)} == {Reason.DATE}


@pytest.mark.parametrize(
    "text",
    [
        "Kvern 2 was shut", "Hopper 1 crashed", "its 2019 profits fell",
        "In 1900 homes the power failed", "a 737 MAX jet",
    ],
)  # fmt: skip
def test_what_may_be_a_name_or_a_year_is_unsure_and_has_a_reason(text):
    (found,) = read(text)

    assert found.kind is Kind.UNSURE
    assert found.reason


@pytest.mark.parametrize(
    "text",
    [
        "Each day 250 people die", "On match day 40 people were hurt", "article 250 people wrote",
        "In 1500 homes the power failed", "By 1500 people", "a Boeing 250 workers built",
        "In case 250 people come", "On Monday 12 were killed", "In June 31 ships sailed",
    ],
)  # fmt: skip
def test_a_label_word_hides_no_count(text):
    (found,) = read(text)

    assert found.kind in (Kind.COUNT, Kind.UNSURE)


@pytest.mark.parametrize(
    ("text", "scores"),
    [
        ("won 3-2 after extra time", [(3, 2), (2, 3)]), ("HT 1-2.", [(1, 2), (2, 1)]),
        ("the match 7½-6½", [(7.5, 6.5), (6.5, 7.5)]),
        ("voted 7-2 to cut", [(7, 2), (2, 7)]), ("beats him 7½–5½", [(7.5, 5.5), (5.5, 7.5)]),
    ],
)  # fmt: skip
def test_a_score_is_two_numbers(text, scores):
    found = read(text)

    assert [(one.value, one.partner) for one in found] == scores
    assert {one.kind for one in found} == {Kind.SCORE}


def test_a_range_of_what_is_counted_is_no_score():
    assert kinds("20-30 people") == [Kind.COUNT, Kind.COUNT]


def test_the_sign_between_two_numbers_is_that_of_the_second():
    three, sum_ = read("three $25,000 sums")

    assert (three.unit, sum_.value, sum_.unit.code) == (None, 25_000, "$")


def test_two_numbers_that_and_joins_share_no_unit():
    shots, share = read("to their 12 and 54 per cent of possession")

    assert (shots.unit, share.unit.code) == (None, "%")


def test_both_ends_of_a_range_have_its_unit_and_scale():
    low, high = read("from 0.1 to 4%")
    few, many = read("2 to 3 million")
    cheap, dear = read("$70-$75")

    assert low.unit == high.unit
    assert (few.values, many.value) == ((2, 2e6), 3e6)
    assert (cheap.value, dear.value, dear.unit) == (70, 75, cheap.unit)


@pytest.mark.parametrize(
    ("text", "bound", "is_hedged"),
    [
        ("more than 40 ships", Bound.ABOVE, False), ("at least 14 dead", Bound.ABOVE, False),
        ("under 40 ships", Bound.BELOW, False), ("nearly 40 ships", Bound.BELOW, True),
        ("about 40 ships", Bound.EXACT, True), ("roughly 40 ships", Bound.EXACT, True),
        ("Under-25s", Bound.BELOW, False), ("40 ships", Bound.EXACT, False),
        ("more than the 40 ships", Bound.ABOVE, False), ("no fewer than 40", Bound.ABOVE, False),
        ("two dozen ships", Bound.EXACT, True),
    ],
)  # fmt: skip
def test_a_comparator_bounds_the_number_after_it(text, bound, is_hedged):
    found = the_one(text)

    assert (found.kind, found.bound, found.is_hedged) == (Kind.COUNT, bound, is_hedged)


@pytest.mark.parametrize(
    ("text", "thing", "toll"),
    [
        ("250 people were killed", "people", "dead"), ("killing at least 12", "", "dead"),
        ("212 injured", "", "hurt"), ("30 are missing", "", "missing"), ("118 were rescued", "", "rescued"),
        ("the toll rose to 12", "", "dead"), ("14 dead", "", "dead"), ("14 soldiers", "people", ""),
        ("the 240-seat chamber", "seat", ""), ("19 burned houses", "hous", ""),
        ("aged 58", "age", ""), ("Halloran, 58, was", "age", ""), ("a 61-year-old man", "age", ""),
        ("a man of 42 was arrested", "age", ""), ("has died at 88", "", ""),
        ("12 of the ships", "ship", ""), ("19 more", "", ""), ("40 in Gaza", "", ""),
    ],
)  # fmt: skip
def test_a_number_carries_what_it_counts(text, thing, toll):
    found = the_one(text)

    assert (found.thing, found.toll) == (thing, toll)


def test_the_tolls_of_one_sentence_are_told_apart():
    found = read("A quake struck, killing at least 14 people and injuring 212; 30 are missing.")

    assert [(one.value, one.toll) for one in found] == [
        (14, "dead"),
        (212, "hurt"),
        (30, "missing"),
    ]


@pytest.mark.parametrize(
    ("text", "is_needed"),
    [
        ("40 ships", True), ("three ships", True), ("1%", True), ("0%", True), ("$1", True),
        ("two decades", True), ("one person died", True), ("a third of voters", True),
        ("the two sides", False), ("two reports", False), ("one day", False), ("in 2024", False),
        ("the next two hours", False), ("three hours", True), ("one ship", False), ("article 9", False),
    ],
)  # fmt: skip
def test_what_a_post_has_to_carry_is_what_says_something(text, is_needed):
    assert the_one(text).needs_source() is is_needed


@given(st.one_of(st.text(max_size=60), TRICKY))
def test_every_digit_of_any_text_is_in_exactly_one_quantity(text):
    found = read(text)

    places = [place for one in found for place in range(one.start, one.end)]
    digits = {at for at, letter in enumerate(text) if re.fullmatch(r"\d", letter)}
    assert len(places) == len(set(places))
    assert digits <= set(places)
    assert all(text[one.start : one.end] == one.text for one in found)


@pytest.mark.parametrize("name", BODIES)
def test_a_hostile_text_is_read_to_its_end(name):
    found = read(BODIES[name](2_000))

    assert list(found) == sorted(found, key=lambda one: one.start)


DISGUISES = (
    lambda text: text.upper(),
    lambda text: text.replace("250", f"2{ZERO_WIDTH}50"),
    lambda text: text.replace("250", "\uff12\uff15\uff10"),
    lambda text: text.replace("250", "25\U000e00350"),
    lambda text: text.replace(" ", "\u00a0"),
)


@pytest.mark.parametrize("disguise", DISGUISES)
def test_a_disguised_text_has_the_same_quantities(disguise):
    text = "At least 250 people were killed, 40 per cent of them children, and 250 homes lost."

    plain, disguised = read(text), read(disguise(text))

    assert len(plain) == 3
    assert [(q.value, q.kind, q.unit, q.bound, q.toll) for q in disguised] == [
        (q.value, q.kind, q.unit, q.bound, q.toll) for q in plain
    ]
