"""A figure that the post has of something else, while it gives another one for what is told."""

import pytest

from articles.vetting import Context
from articles.vetting.facts.words import numbers, read_numbers, read_words
from articles.vetting.rules import figure_not_found
from articles.vetting.text import View
from articles.vetting.told import told
from tests.articles.vetting.factories import NOW, make_feed_source_ref, make_piece

POST = "Fishing boats got there in 20 minutes, the first cutter in 55."


def asked(body, *posts):
    sources = [make_feed_source_ref(key=f"r{n}", text=post) for n, post in enumerate(posts, 1)]
    piece = make_piece(body=body, headline="", sources=sources)
    return list(figure_not_found.RULE.find(piece, Context(now=NOW)))


def test_a_figure_that_the_post_has_of_something_else_is_asked_about():
    body = "Fishing boats reached the wreck within 55 minutes [@r1]."

    (found,) = asked(body, POST)

    assert (body[found.start : found.end], found.level) == ("55", "query")
    assert "20 where the sentence says 55" in found.message


@pytest.mark.parametrize(
    ("body", "post"),
    [
        ("Fishing boats reached the wreck within 20 minutes [@r1].", POST),
        ("The first cutter came after 55 minutes [@r1].", POST),
        ("Fishing boats came within 20 minutes, a cutter after 55 [@r1].", POST),
        # What a short clause leaves out is that of the one before.
        ("Orrin sold 300 lorries in June [@r1].", "Orrin sold 200 lorries in May, 300 in June."),
        ("The toll at the mine was 11 [@r1].", "Toll at the mine now 14, was 11 overnight."),
        ("Turnout in Lindow was 58% in 2021 [@r1].", "Turnout in Lindow 61%, 58% in 2021."),
        (
            "The crew of the ferry are 12 sailors [@r1].",
            "Ferry crew of 30 on strike, 12 sailors held.",
        ),
        ("The ferry has 12 cabins [@r1].", "Ferry with 30 berths, 12 cabins."),
    ],
)
def test_a_figure_of_its_own_thing_is_not_asked_about(body, post):
    assert asked(body, post) == []


@pytest.mark.parametrize(
    ("body", "post", "words"),
    [
        (
            "Union won, with 31.2 per cent against 38.6 per cent for Labour [@r1].",
            "Union 38.6% (112 seats), Labour 31.2% (90 seats)",
            "31.2",
        ),
        ("Varn lost 12 houses, Mellin 40 [@r1].", "Houses lost: 40 in Varn, 12 in Mellin", "12"),
        ("Some 18 voted for, 78 against [@r1].", "Senate vote: 78 for, 18 against", "18"),
        (
            "The shares lost 3% on Thursday and 11.2% on Friday [@r1].",
            "Shares -11.2% on Thursday, another -3% on Friday",
            "3",
        ),
        (
            "The shares lost 3% on Thursday and another 11.2% by 12:40 UTC on Friday [@r1].",
            "Shares down a further 3% at 12:40 UTC on Friday, after a fall of 11.2% on Thursday",
            "3",
        ),
        (
            "Harrow had 9 shots in the first half and 14 in the second [@r1].",
            "Harrow shots: first half 14, second half 9",
            "9",
        ),
        (
            "A poll put Ortega at 11 percent and Pike at 43, with 46 percent undecided [@r1].",
            "Ortega 46%, Pike 43%, undecided 11%.",
            "11",
        ),
        (
            "Menon takes about $1.15 million and Dorin $1.35 million [@r1].",
            "Menon, with three wins to two, goes home with $1.35m, Dorin with $1.15m.",
            "1.15",
        ),
        (
            "He took 2016 savers for a ride between 1,130 and 2021 [@r1].",
            "Jailed for theft from 1,130 savers from 2016 to 2021",
            "2016",
        ),
        (
            "Some 19 have died since it began on 61 July [@r1].",
            "At least 61 dead since 19 July",
            "61",
        ),
        (
            "Traders put the odds of a rise in June at 55 per cent, from 70 per cent a week earlier [@r1].",
            "Mkt prices 70% chance of June hike vs 55% wk ago",
            "55",
        ),
    ],
)
def test_two_figures_in_each_others_place_are_asked_about(body, post, words):
    (found,) = asked(body, post)

    assert (body[found.start : found.end], found.level) == (words, "query")


@pytest.mark.parametrize(
    ("body", "post"),
    [
        ("Varn lost 40 houses, Mellin 12 [@r1].", "Houses lost: 40 in Varn, 12 in Mellin"),
        ("Mellin lost 12 houses, Varn 40 [@r1].", "Houses lost: 40 in Varn, 12 in Mellin"),
        ("Mellin lost 12 houses and Varn 40 [@r1].", "Varn lost 40 houses and Mellin 12."),
        ("Union fell to 31 per cent from 38 [@r1].", "Union was on 38% and is on 31%."),
        ("Varn lost 12 of its 40 houses [@r1].", "Of 40 houses in Varn 12 are lost."),
        ("Varn beat Mellin 31-28 [@r1].", "FT Mellin 28 Varn 31"),
        ("Only 38 of 402 departures were left at 0700 [@r1].", "LISSEN 0700: 38 of 402 still on."),
        (
            "Larkspur offered $4.2 billion on Tuesday, or $38.50 a share [@r1].",
            "LARKSPUR BIDS $38.50/SHR FOR BRANDYWELL, VALUES CO AT $4.2B",
        ),
        ("In 2016 savers lost 1,130 crowns each [@r1].", "Savers lost 1,130 crowns each in 2016."),
        ("Twelve left Varn for Mellin, 40 stayed [@r1].", "40 stayed in Varn, 12 went to Mellin"),
        ("Varn sold 12 ships on 3 May, Mellin 40 [@r1].", "Ships: 12 by Varn, 40 by Mellin, 3 May"),
    ],
)
def test_two_figures_in_their_own_places_are_not_asked_about(body, post):
    assert asked(body, post) == []


def test_two_figures_that_one_of_two_posts_has_so_are_not_asked_about():
    body = "Varn lost 12 houses, Mellin 40 [@r1; @r2]."

    assert asked(body, "Houses: 40 in Varn, 12 in Mellin", "Varn: 12, Mellin: 40") == []


def test_another_post_that_has_the_figure_of_it_is_enough():
    body = "Fishing boats reached the wreck within 55 minutes [@r1; @r2]."

    assert asked(body, POST, "Fishing boats needed 55 minutes.") == []


@pytest.mark.parametrize(
    "sentence",
    [
        "In 2024 some 1,500 of the 25,000 left; w/o five of them, 5five and high-five.",
        "Twenty-two paid £1.5m on 3 May 1999, 12.5 per cent more than in 2100 or 2101.",
        "Nobody's, one's and 1's: ½ of ٢٥٬٤٣٧, 10:30, 4-2, 0.1%, 7/7, A320 and km2.",
        "No number here.",
    ],
)
def test_the_numbers_of_a_sentence_are_those_of_its_words(sentence):
    view = View.of(sentence)

    assert read_numbers(view) == numbers(read_words(view))


def test_a_sentence_whose_figures_its_post_gives_alone_is_not_read_word_by_word():
    source = make_feed_source_ref(key="r1", text="Fishing boats got there in 20 minutes.")
    body = "Fishing boats reached the wreck within 20 minutes [@r1]."
    piece = make_piece(body=body, headline="", sources=[source])
    context = Context(now=NOW)

    list(figure_not_found.RULE.find(piece, context))

    (each,) = [one for one in told(piece, context) if one.sentence.field == "body"]
    assert "words" not in vars(each.saying)


@pytest.mark.parametrize(
    ("body", "post", "words"),
    [
        ("The fund bought 14 bonds and 230 mortgages [@r1].", "Fund buys 230 bonds, 14 mortgages", "14"),
        ("He took 6 wickets with 41 overs left [@r1].", "Took 41 wickets this season; 6 overs left", "6"),
        (
            "Gusts of 88 knots and waves of 12 metres sank her [@r1].",
            "12 knots of wind but waves of 88 metres sank her",
            "88",
        ),
    ],
)  # fmt: skip
def test_a_figure_beside_the_noun_of_the_other_is_asked_about(body, post, words):
    found = asked(body, post)

    assert words in [body[one.start : one.end] for one in found]
