"""Figures as newsrooms write them in many languages: which are equal, which are not figures."""

import pytest

from articles.vetting import Context, Level, check
from articles.vetting.facts.matching import Match
from articles.vetting.facts.post_quantities import read_post_quantities
from articles.vetting.facts.quantity import Kind
from articles.vetting.facts.reading import read_quantities
from articles.vetting.quantified import compare
from tests.articles.vetting.factories import make_feed_source_ref, make_piece
from tests.clock import NOON


def is_carried(said, post):
    quantity, *_ = needing_a_source(said)
    return compare(quantity, [post], Context(now=NOON))[0] is Match.SAME


def needing_a_source(text):
    return [one for one in read_quantities(text, "en") if one.needs_source()]


def holds(body, post, **fields):
    piece = make_piece(body=body, sources=[make_feed_source_ref(text=post)], **fields)
    return {found.code for found in check(piece, now=NOON) if found.level is Level.HOLD}


@pytest.mark.parametrize(
    ("said", "post"),
    [
        ("raised by a quarter-point", "raises rate 25 basis points"),
        ("raised by 0.25 percentage points", "raises rate by 25bp"),
        ("half a percentage point", "cut of 50 bps"),
        ("four percentage points more", "some four points more than in 2020"),
        ("4.6 billion dollars", "a US$4.6 bln plant"),
        ("5.2 billion yen", "launch cost: 5.2 bil. yen."),
        ("62 million pounds", "signs for £62m"),
        ("$850m", "$850 mln a year earlier"),
        ("430m roubles", "430 млн рублей пропали, считает следствие"),
        ("€2.5bn", "кредит на 2,5 млрд евро"),
        ("12,000 people", "1.2万人が避難した"),
        ("4.5 years", "on a 4½-year deal"),
        ("7.5 points", "beats him 7½–5½"),
        ("9.1 out of 10", "severity 9.1/10 (out of 10)"),
        ("3.5 billion reais", "libera R$ 3,5 bilhões em crédito"),
        ("more than 4,000 cases", "cases pass 4,312"),
        ("Cases pass 4,300", "rose to 4,312 on Monday"),
        ("25,000 people", "25\u200b,000 people"),
        ("one in five growers", "20 percent of the growers"),
        ("one in five growers", "19% of the growers"),
        ("three lakh people", "3,00,000 people"),
        ("a quarter of a million", "250,000 people"),
        ("3 by 4 metres", "a 3x4 m sheet"),
        ("1.5 hours", "a delay of 90 minutes"),
        ("20 miles away", "32 km away"),
        ("1.2 gigawatts", "1,200 MW"),
    ],
)
def test_a_figure_in_another_spelling_is_found_in_the_post(said, post):
    assert is_carried(said, post)


@pytest.mark.parametrize(
    ("said", "post"),
    [
        ("rose by 0.5 percentage points", "raises the rate by 25 basis points"),
        ("4.6 million dollars", "a US$4.6 bln plant is to be built"),
        ("€62m", "signs the player for £62m"),
        ("430m roubles", "340 млн рублей пропали, по данным 12 следователей"),
        ("one in five growers", "26% of the growers"),
        ("20 miles away", "20 km away"),
        ("12 hours late", "late by 12 minutes"),
        ("8.5 points", "he beats them 7½–5½ in the end"),
        ("52\u200b,000 people", "25,000 people were there"),
    ],
)
def test_a_different_figure_is_not_found_in_the_post(said, post):
    assert not is_carried(said, post)


@pytest.mark.parametrize(
    "text",
    [
        "at 10 Downing Street",
        "of 15 Main St. in Elsby",
        "el 25 de noviembre",
        "nesta terça-feira, 25 de novembro",
        "25 ноября",
        "on 9/11 and 24/7",
        "an iPhone 17 is out",
        "an RTX 5090 card",
        "a 737 MAX jet",
        "in her 30s",
        "a ’90s band",
        "155mm shells",
        "a 9mm pistol",
        "a 4K film",
        "5G masts",
        "Form 10-K",
        "Matthew 5:9",
        "kilometre 112",
        "ZIP code 90210",
        "the 112 number",
        "to dial 911",
        "iOS 26.1",
        "Case 24-117",
        "wearing 23",
        "the last 16",
    ],
)
def test_text_that_only_looks_like_a_figure_is_not_read(text):
    assert [one for one in needing_a_source(text) if one.kind is not Kind.UNSURE] == []


def test_adjacent_number_words_are_read_as_separate_numbers():
    assert [one.value for one in read_quantities("at about eight nine lorries left", "en")] == [
        8,
        9,
    ]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("Ventitré persone", 23),
        ("treinta y dos heridos", 32),
        ("quatre-vingt-onze morts", 91),
        ("soixante et onze voix", 71),
        ("einundzwanzig Busse", 21),
        ("dreißig Menschen", 30),
        ("vinte e três feridos", 23),
        ("ventotto treni", 28),
        ("fünfhundert Seiten", 500),
        ("cuatrocientos folios", 400),
    ],
)
def test_number_words_of_five_languages_are_read(text, value):
    assert value in [one.value for one in read_post_quantities(text)]


def test_a_headline_figure_in_digits_matches_the_body_in_words():
    post = "23 feriti su 140 passeggeri."
    body = "Ventitré persone sono rimaste ferite su 140 [@r1]."

    assert not holds(body, post, language="it", headline="Treno deragliato, 23 feriti")
    assert "headline-drift" in holds(body, post, language="it", headline="Treno, 32 feriti")


@pytest.mark.parametrize(
    ("headline", "language", "body"),
    [
        ("Más de 120.000 vecinos", "es", "Afecta a unas 121.500 personas [@r1]."),
        ("Près de 45 navires attendent", "fr", "À Marseille, 44 navires attendaient [@r1]."),
        ("Rund 5.000 Menschen", "de", "Gezählt wurden 4.950 Menschen [@r1]."),
    ],
)
def test_rounding_words_are_read_in_the_language_of_the_article(headline, language, body):
    assert not holds(body, body.replace(" [@r1]", ""), language=language, headline=headline)


def test_a_date_in_another_time_zone_matches_the_date_of_the_post():
    post = "Coastguard started turning ships around at 03:30 UTC on 23 June."
    body = "It began at 11:30 p.m. EDT on 22 June [@r1]."

    assert not holds(body, post)


@pytest.mark.parametrize("days", ["August 4-6", "4-6 August", "4 to 6 August", "August 4 and 6"])
def test_a_date_inside_a_range_of_the_post_is_found(days):
    assert not holds("It rained until 6 August [@r1].", f"Rain fell on {days} in the camp.")


def test_a_date_outside_a_range_of_the_post_is_not_found():
    assert "figure-not-found" in holds(
        "It rained until 9 August [@r1].", "Rain fell on August 4-6."
    )


@pytest.mark.parametrize(
    ("text", "held"),
    [
        ("Dame Olive, 71, spoke slowly.", False),
        ("It has 71, and no more, said she.", True),
        ("Some 710 people came.", True),
    ],
)
def test_an_age_alone_needs_no_source(text, held):
    assert ("unsourced-claim" in holds(text, "A post.")) is held


def test_a_figure_in_a_subhead_must_be_in_the_body():
    post = "The company runs 26 clinics."
    body = "## Only 16 clinics\n\nIt runs 26 clinics [@r1]."

    assert holds(body, post) == {"headline-drift"}
    assert not holds(body.replace("16", "26"), post)


def test_a_figure_in_a_subhead_citing_a_post_must_be_in_that_post():
    body = "## Only 16 clinics [@r1]\n\nIt runs 26 clinics [@r1]."

    assert holds(body, "The company runs 26 clinics.") == {"figure-not-found"}


OPENINGS = (
    "On Sunday {n} were killed", "In Gaza {n} were killed", "In Gaza {n} fled",
    "Iran fired {n} drones", "Israel launched {n} ballistic missiles", "The quake killed {n}",
    "It cost {n} euros", "It cost {n}", "The army sent {n} US troops", "Of those {n} were children",
)  # fmt: skip
HEADLINES = (
    "Quake Kills {n} People", "Quake Kills {n}", "Storm Strands {n} Tourists", "QUAKE KILLS {n} PEOPLE",
    "In Gaza {n} Killed", "On Sunday {n} Were Killed", "Iran Fires {n} Drones",
)  # fmt: skip
NUMBERS = ("40", "250", "1500", "1600", "2,500")


@pytest.mark.parametrize("number", NUMBERS)
@pytest.mark.parametrize("opening", OPENINGS)
def test_a_count_after_a_name_date_or_verb_is_held_when_no_post_has_it(opening, number):
    body, post = opening.format(n=number), opening.format(n="777")

    assert "figure-not-found" in holds(f"{body} [@r1].", f"{post}, they said.")
    assert "figure-not-found" not in holds(f"{body} [@r1].", f"{body}, they said.")
    assert "unsourced-claim" in holds(f"The harbour is closed [@r1]. {body}.", post)


@pytest.mark.parametrize("number", NUMBERS)
@pytest.mark.parametrize("headline", HEADLINES)
def test_a_count_in_a_headline_is_held_when_the_body_has_another(headline, number):
    body = "The disaster struck 777 people [@r1]."

    assert "headline-drift" in holds(body, body, headline=headline.format(n=number))


@pytest.mark.parametrize(
    ("said", "given"),
    [
        ("1%", "0.1%"),
        ("one per cent", "0.1 per cent"),
        ("0%", "5%"),
        ("$1", "$3"),
        ("1 percentage point", "0.25 percentage points"),
    ],
)
def test_a_share_or_sum_of_zero_or_one_is_held_when_the_post_has_another(said, given):
    body = f"Prices rose by {said} in May [@r1]."

    assert "figure-not-found" in holds(body, f"Prices rose by {given} in May.")
    assert "figure-not-found" not in holds(body, f"Prices rose by {said} in May.")


@pytest.mark.parametrize(
    "text",
    [
        "The 2024 elections were close", "Elections in 2024 were close", "Its 2019 profits fell",
        "France’s 2017 elections were close", "The January 2021 riots were televised",
        "The 2024 Olympics opened", "By late 2023 several ministers had left",
        "The Boeing 737 was grounded", "A Boeing 737 crashed", "A Boeing 737 MAX crashed",
        "Kvern 1 and Kvern 2 were shut", "The poet (1795) is read again", "One ship left",
        "The Apollo 11 Moon Landing", "It was in Formula 1 that he won",
    ],
)  # fmt: skip
def test_years_model_numbers_and_unit_numbers_are_not_counts(text):
    assert [one.text for one in needing_a_source(text) if one.kind is not Kind.UNSURE] == []
