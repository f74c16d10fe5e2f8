"""Typical newsroom sentences: each wording with a fault, and a similar one without."""

from datetime import UTC, datetime

import pytest

from articles.vetting import OutletName, PostText, check
from tests.articles.vetting.factories import make_feed_source_ref, make_piece

NOW = datetime(2026, 6, 25, 12, tzinfo=UTC)
POSTED = datetime(2026, 6, 25, 8, 15, tzinfo=UTC)
ORDERED = make_feed_source_ref(posted_at=POSTED, text="The order is out.")
GAZETTEER = (OutletName(name="France 24"), OutletName(name="Politico"), OutletName(name="Reuters"))


def codes(body, *sources, **fields):
    piece = make_piece(body=body, sources=sources or [ORDERED], **fields)
    return {finding.code for finding in check(piece, now=NOW, outlet_directory=GAZETTEER)}


SHAPES = [
    "According to Harbour Wire, which published the statement at {} GMT, the order is out [@r1].",
    "The Harbour Wire alert went out at {} UTC [@r1].",
    "Harbour Wire, which first reported the order at {} UTC on 25 June, said so [@r1].",
    "Harbour Wire, in its live blog, noted at {} UTC that the order is out [@r1].",
    "Harbour Wire, citing the port, put it above 20,000 at {} UTC [@r1].",
    "Harbour Wire put out the news at {} UTC [@r1].",
]


@pytest.mark.parametrize("shape", SHAPES)
def test_a_wrong_post_time_is_held_in_every_wording(shape):
    assert "stated-time" in codes(shape.format("09:45"))
    assert "stated-time" not in codes(shape.format("08:15"))


@pytest.mark.parametrize(
    "body",
    [
        "Harbour Wire reported the blast at 02:40 UTC [@r1].",
        "Harbour Wire said that the ship sank at 02:40 UTC [@r1].",
        "Between 11 p.m. and 4 a.m. UTC the ships waited, Harbour Wire reported [@r1].",
    ],
)
def test_the_time_of_an_event_is_not_read_as_the_time_of_a_post(body):
    assert "stated-time" not in codes(body)


def test_a_time_given_in_two_zones_must_agree():
    body = "Harbour Wire reported at 10:15 a.m. CEST on Thursday ({} UTC on 25 June) that it is out [@r1]."

    assert "stated-time" in codes(body.format("09:15"))
    assert "stated-time" not in codes(body.format("08:15"))


def test_an_outlet_announcing_its_own_news_is_not_a_source():
    assert "outlet-not-linked" not in codes("Reuters announced job cuts. The order is out [@r1].")


def test_an_outlet_named_like_a_word_is_read_when_someone_told_it_something():
    assert "outlet-not-linked" in codes("“The order is out,” a clerk told Politico [@r1].")


def test_a_number_in_an_outlet_name_is_not_a_figure():
    assert "figure-not-found" not in codes(
        "The order is out, France 24 reported [@r1].",
        make_feed_source_ref(outlet="France 24", text="The order is out."),
    )


@pytest.mark.parametrize(
    ("body", "post", "language"),
    [
        ("Evacuaron a 800 personas [@r1].", "El fuego obliga a evacuar a 300 personas en la sierra.", "es"),
        ("It agreed to 451p a share [@r1].", "The firm agrees to 415p a share, it said.", "en"),
        ("It is eight times the level [@r1].", "It is nine times the level, the mayor said.", "en"),
        ("Two of its seven legs broke [@r1].", "Two of its nine legs broke, they said.", "en"),
    ],
)  # fmt: skip
def test_a_figure_that_differs_from_the_post_is_held(body, post, language):
    assert "figure-not-found" in codes(body, make_feed_source_ref(text=post), language=language)


@pytest.mark.parametrize(
    ("body", "post"),
    [
        ("A 24-point lead [@r1].", "BREAKING: 24-POINT LEAD FOR THE GREENS"),
        ("It streams in 1080p [@r1].", "The stream is sharp."),
        ("It rained on June 24-26 [@r1].", "Rain from 24 to 26 June."),
        ("Trescientas personas salieron [@r1].", "Salieron 300 personas de la ciudad."),
    ],
)
def test_the_same_figure_in_another_form_is_found_in_the_post(body, post):
    language = "es" if "personas" in body else "en"

    assert "figure-not-found" not in codes(body, make_feed_source_ref(text=post), language=language)


def test_two_sentences_that_differ_in_one_figure_conflict():
    posts = (
        make_feed_source_ref(text="The convoy had 26 lorries."),
        make_feed_source_ref(key="t1", outlet="Meridian Press", text="The convoy had 62 lorries."),
    )

    assert "conflict" in codes("A convoy came [@r1; @t1].", *posts)


def test_another_kind_of_dash_is_not_a_change_of_the_post():
    text = "The order is out - at last"
    edited = make_feed_source_ref(
        text=text, cited_at=POSTED, versions=(PostText(at=NOW, text=text.replace("-", "–")),)
    )

    assert "source-changed" not in codes("It is out [@r1].", edited)


def test_the_apostrophe_of_a_decade_does_not_open_a_quotation():
    body = "A '70s band and an '80s one met; 'it was loud in there', said one [@r1]."

    assert "quote-not-found" not in codes(
        body, make_feed_source_ref(text="“It was loud in there,” said one.")
    )


def test_a_past_event_at_a_future_time_is_held():
    assert "future-time" in codes("The firm learned of it on Tuesday 17 November 2026 [@r1].")
