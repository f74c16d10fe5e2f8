"""Places in an order and periods that a post gives otherwise are asked about, and nothing else is."""

from datetime import UTC, datetime

import pytest

from articles.vetting import check
from articles.vetting.finding import Level
from tests.articles.vetting.factories import NOW, make_feed_source_ref, make_piece

POSTED = datetime(2026, 6, 24, 9, tzinfo=UTC)


def asked(said, post):
    """Return the levels and words of what figure-not-found points at in a sentence."""
    body = f"{said} [@r1]."
    piece = make_piece(body=body, sources=[make_feed_source_ref(text=post, posted_at=POSTED)])
    return [
        (one.level, body[one.start : one.end])
        for one in check(piece, now=NOW)
        if one.code == "figure-not-found"
    ]


@pytest.mark.parametrize(
    ("said", "post", "words"),
    [
        ("It was the second cut in a row", "Bank cuts again: third cut in a row", "second"),
        ("It was the 2nd cut in a row", "Bank cuts again: third cut in a row", "2nd"),
        ("It was his fifth goal in five games", "Oduya got his 4th goal in 5 games", "fifth"),
        ("He scored in the 78th minute", "He scored in the 88th minute", "78th"),
        (
            "It was the second cut in a row",
            "They voted 7-2 for its third consecutive cut",
            "second",
        ),
        ("Calder drop to ninth", "Calder drop to 8th.", "ninth"),
        ("He fears a slump in the first half", "Slump feared in second half", "first"),
        ("The third wave hit Arden", "The fifth wave has hit Arden", "third"),
        ("It was her sixth win in a row", "Her seventh straight win", "sixth"),
        ("She lives on the 12th floor", "Fire on 21st floor, says brigade", "12th"),
        ("It is the third trial of Haldane", "Haldane faces fourth trial", "third"),
        ("Dahl came in seventh", "Dahl came sixth", "seventh"),
        ("The fourth ferry was late", "Fifth ferry late again", "fourth"),
        ("Bills fall 28 pounds a year", "Bills fall 28 pounds a month", "28 pounds a year"),
        ("Rents rose 40 crowns a week", "Rents up 40 crowns per month", "40 crowns a week"),
        ("It drew 3,000 visitors a day", "3,000 visitors weekly", "3,000 visitors a day"),
        ("He earns 900 crowns annually", "He earns 900 crowns a month", "900 crowns annually"),
        ("They burn 70 tonnes an hour", "70 tonnes a day burnt", "70 tonnes an hour"),
        ("It loses $5 million a quarter", "Losing $5 million a year", "5 million a quarter"),
    ],
)
def test_another_place_in_an_order_or_another_period_is_asked_about(said, post, words):
    assert asked(said, post) == [(Level.QUERY, words)]


@pytest.mark.parametrize(
    ("said", "post"),
    [
        ("It was the third cut in a row", "Bank cuts again: its 3rd straight cut"),
        ("It was the third cut this year", "Bank cuts; cut no. 3 follows a second cut"),
        ("It was his fourth goal", "Oduya: goal 4 of the season, his second goal at home"),
        ("He scored in the 88th minute", "Oduya 88' wins it; 2nd goal in last minute"),
        ("A third of the ships left", "A third of ships left on the fourth day"),
        ("Two thirds of ships left", "Two thirds of ships left; the fourth ship stayed"),
        ("It lasted a second", "It lasted a second; a third wave hit"),
        ("The ship left on 28 September", "Ship leaves Sept 28 on its 2nd trip"),
        ("It sailed on the 28th", "Sails 28 Sept, third ship to sail"),
        ("It was the first time that he spoke", "He spoke, a second time he did not speak"),
        ("The second ferry sank", "First ferry was saved, second ferry sank"),
        ("They meet in the third quarter", "Meeting in Q3; the fourth quarter follows the third"),
        ("The first ship left", "The second ship is still there; a ship left"),
        ("The second ship left", "The ship left; a third man was hurt"),
        ("He was the second man aboard", "The seventh ship was late"),
        ("“It is the second cut in a row,” he said", "He: “It is the second cut in a row.”"),
        ("Rita Holm of the second division left", "Holm of the 2nd division left, 3rd to go"),
        ("A third party bought it", "A third party bought it; the fourth party"),
        ("Second, the ship was late", "The ship was late; third, the crew was ill"),
        ("It won third place", "Bronze for Arden; the second place went to Calder and 3rd to it"),
        ("On the 14th floor a fire broke out", "Fire on floor 14; the 15th floor was cleared"),
        ("The 19th century house burnt", "House of the 19th century burns, 2nd house to burn"),
        ("Bills fall 28 pounds a month", "Bills down 28 pounds a month, 336 pounds a year"),
        ("Bills fall 28 pounds a month", "Bills down 28 pounds monthly"),
        ("He earns 900 crowns a month", "Pay: 900 crowns"),
        ("It drew 3,000 visitors a day", "3,000 visitors daily"),
        ("It drew 3,000 visitors a day", "3,000 visitors per day, 3,000 a week out of season"),
        ("They sail 3 times a day", "They sail 3 times daily; 3 times a year to Arden"),
        ("It runs at 90 km an hour", "Runs at 90 km per hour, 90 km a day too"),
        (
            "It sank 3 km off on a night in May",
            "It sank 3 km off, 3 times a week searched for 3 km",
        ),
        ("It is open 24 hours a day", "Open 24 hours a day; 24 trains an hour"),
        ("It runs at 90 kilometers an hour", "Runs at 90 kmph"),
        ("He made 30 calls, each month", "He made 30 calls"),
    ],
)
def test_the_same_place_or_period_told_otherwise_is_not_asked_about(said, post):
    assert asked(said, post) == []


def test_a_possessor_is_no_speaker_of_a_quotation():
    body = '"We have sandbags for two days," said Stowe\'s fire chief, Kurt Amsel [@r1].'
    post = 'Fire chief Kurt Amsel: "We have sandbags for two days."'

    piece = make_piece(body=body, sources=[make_feed_source_ref(text=post, posted_at=POSTED)])

    assert "speaker-differs" not in [one.code for one in check(piece, now=NOW)]
