"""What wire posts abbreviate is what an article writes out, and a letter that may be two units is both."""

import pytest

from articles.vetting.facts.matching import Match, best_match
from articles.vetting.facts.quantity import Kind
from articles.vetting.facts.reading import read_quantities


def matched(said, post):
    """Return how the first quantity of an English text compares with the best of a post."""
    found, *_ = [one for one in read_quantities(said, "en") if one.needs_source()]
    return best_match(found, read_quantities(post, "en"))[0]


@pytest.mark.parametrize(
    ("said", "post"),
    [
        ("lowest in six months", "6-mth low"), ("lowest in 18 months", "18mo low"),
        ("the 30-day average", "above 30d avg"), ("the ten-year yield", "10y yld at 3%"),
        ("the ten-year yield", "10-yr yld at 3%"), ("12 weeks", "out 12wks"),
        ("fall by up to 9 degrees", "temps down by as much as 9C"),
        ("listing 8 degrees", "list 8deg to port"), ("31 degrees Celsius", "31 deg C at noon"),
        ("20 seconds of shaking", "abt 20s, ppl in streets"), ("148 seconds", "out at T+148s"),
        ("37 cents", "Dec wheat +37c"), ("37 degrees", "peak 37c"), ("80 pence", "up 80p"),
        ("16.5 knots", "@ 16.5kt avg"), ("35 knots", "gusts 35kts"), ("40 kilotonnes", "40kt cargo"),
        ("71 days, 14 hours and 22 minutes", "71d 14h 22m solo"),
        ("74 days 3 h 35 min", "Old rec 74d 3h 35m"), ("71 days", "71d 14h 22m solo"),
        ("2 hours 6 minutes", "in 2h 6m"), ("140 nautical miles", "140nmi off"),
        ("948 hectopascals", "min 948 hPa"), ("948 hectopascals", "948mb at landfall"),
        ("1.2 million barrels a day", "cut of 1.2 mb/d"), ("400,000 barrels", "400k bpd"),
        ("two million barrels", "2mb/d more"), ("0.4 percentage points", "core +0.4pp"),
        ("310 square kilometres", "310 sq km burnt"), ("140 people", "140 ppl out"),
        ("30 millimetres in 12 hours", "30mm/12h"), ("12 hours", "30mm/12h"),
        ("100 metres", "100m hurdles final"), ("37 minutes", "after 37m of delays"),
        ("22 kilometres left", "attack 22k to go"), ("12 years old", "12yo Aframax"),
        ("12 years", "12 y/o"), ("30-year bonds", "30s at 4.6pct"), ("70 miles", "70mi W of Holt"),
        ("14 and a half hours", "14.5h op"), ("14.5 hours", "14 and a half hours"),
        ("four minutes and 20 seconds", "burn 4m20s"), ("1.5 kilometres", "1500m swim"),
        ("2.1 million", "exports to 2.1mb/d"), ("50 milligrams", "dose 50mg/d"),
        ("42 million cubic metres", "flows 42mcm/d"),
        ("$37 million", "$37m"), ("twice the price: 2x", "2x the price"),
    ],
)  # fmt: skip
def test_an_abbreviated_unit_is_the_unit_written_out(said, post):
    assert matched(said, post) is Match.SAME


@pytest.mark.parametrize(
    ("said", "post"),
    [
        ("30 weeks", "above 30d avg"), ("six weeks", "6-mth low"), ("37 metres", "Dec wheat +37c"),
        ("16.5 miles", "@ 16.5kt avg"), ("310 hectares", "310 sq km burnt"), ("9 metres", "down 9C"),
        ("72 days, 14 hours and 22 minutes", "1d 14h 22m"), ("12 days", "30mm/12h"),
        ("140 degrees", "T+140s"), ("948 dollars", "948mb at landfall"),
    ],
)  # fmt: skip
def test_another_unit_is_no_abbreviation_of_it(said, post):
    assert matched(said, post) is not Match.SAME


@pytest.mark.parametrize("text", ["a 3D film", "5G masts", "in the 1990s", "in her 30s"])
def test_a_format_or_a_decade_has_no_unit(text):
    assert [one.unit for one in read_quantities(text, "en")] == [None]


@pytest.mark.parametrize(
    ("said", "post"),
    [
        ("4.7 billion crowns", "T/over Cr4.7bn, 18% above avg"), ("450 million kronor", "pays Kr450m"),
        ("4.7 billion", "T/over Zk4.7bn"), ("4.7 billion crowns", "turnover 4.7bn"),
        ("1.2 billion francs", "order worth Fr1.2bn"), ("450 rupees", "Rs450 a head"),
        ("3.2 billion zloty", "signs Zl3.2bn deal"), ("30 million people", "30mn hit"),
    ],
)  # fmt: skip
def test_a_scaled_number_may_be_of_a_currency_that_is_not_known(said, post):
    assert matched(said, post) is Match.SAME


@pytest.mark.parametrize("text", ["the A320", "a Tu22 bomber", "route R250"])
def test_letters_before_a_bare_number_are_part_of_a_name(text):
    assert [one.kind for one in read_quantities(text, "en")] == [Kind.LABEL]


@pytest.mark.parametrize(
    "text",
    ["fire at Brannock No. 4 colliery", "tanker hit at #4 berth", "engine 5 (of 9)", "pump No. 2 failed"],
)  # fmt: skip
def test_what_is_numbered_is_not_counted(text):
    assert read_quantities(text, "en")[0].kind is Kind.LABEL


@pytest.mark.parametrize(
    ("said", "post"),
    [
        ("won 4-3", "FINAL: Pikes 4, Generals 3"), ("a 3-4 defeat", "FT: Pikes 4; Harlow Generals 3"),
        ("won 6-1, 6-2", "d. Reyes 61 62 in 58min"),
        ("won 6-1", "d. Reyes 6\u200b1 6\u200b2"), ("won 4-3", "Pikes 4, Gen\u200berals 3"),
        ("3h 41min", "3:\u200b41, longest"), ("a 7-6, 6-4 win", "76 64 in 2:10"),
        ("3h 41min", "3:41, longest of the event"), ("3 hours and 41 minutes", "in 3:41"),
        ("two minutes and 14 seconds", "at 2:14 of OT"), ("six straight wins", "W6 for Harlow"),
        ("five golds", "Fifth gold for the team"), ("three goals", "Lund (hat trick)"),
        ("two goals", "a brace for Lund"), ("two tugs", "a pair of tugs stood by"),
        ("two stage wins", "a brace of stage wins"),
        ("seven wins", "7th win this year"), ("12 titles", "twelfth title"),
        ("20 per cent more", "bread up a fifth by May"), ("33 per cent", "sales fell by a third"),
        ("25 per cent", "rents rise nearly a quarter"),
    ],
)  # fmt: skip
def test_a_number_follows_from_how_a_post_tells_it(said, post):
    assert matched(said, post) is Match.SAME


@pytest.mark.parametrize(
    ("said", "post"),
    [
        ("won 5-3", "FINAL: Pikes 4, Generals 3"), ("won 6-3", "d. Reyes 61 62 in 58min"),
        ("won 6-1", "61 boats, 12 crews"), ("3h 42min", "3:41, longest of the event"),
        ("six golds", "Fifth gold for the team"), ("five ships", "Fifth gold for the team"),
        ("five people died", "Fifth gold for the team"), ("four goals", "Lund (hat trick)"),
        ("30 per cent more", "bread up a fifth by May"), ("20 per cent", "the fifth day of talks"),
    ],
)  # fmt: skip
def test_no_other_number_follows_from_it(said, post):
    assert matched(said, post) is not Match.SAME


@pytest.mark.parametrize(
    "text",
    [
        "Rents rose by a third.", "It was her fifth gold.", "Lund scored a hat trick.", "A pair of tugs came.",
        "The second ship sank.", "Arlen ended with ten men.", "It was his third hundred.", "Prices fell by nearly a quarter.",
    ],
)  # fmt: skip
def test_what_an_article_says_in_another_word_needs_no_source(text):
    assert not any(one.needs_source() for one in read_quantities(text, "en"))


def test_a_scale_that_the_language_of_the_article_has_not_is_that_of_the_post():
    said = read_quantities("2.5 million copies were sold", "tlh")[0]

    assert best_match(said, read_quantities("sold 2.5 million copies", "en"))[0] is Match.SAME
