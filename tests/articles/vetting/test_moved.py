"""A movement turned round is asked about, and one told in other words is not."""

import pytest

from articles.vetting.lexicon.movement import ENDED_LOWER, FALLING, FALLING_BY, LOWERING, RISING
from articles.vetting.piece import Context
from articles.vetting.rules import figure_not_found, opposite_told
from tests.articles.vetting.factories import NOW, make_feed_source_ref, make_piece
from tests.articles.vetting.moved_pairs import MOVED_CLEAN, MOVED_PAIRS

OPPOSITE = opposite_told.RULE
GAUGE = "Flood gauge at Lindow 4.2 m, 30 cm higher than on Sunday"


def asked(rule, sentence, post):
    """Return what a rule finds in an article of one sentence that cites the post."""
    body = sentence.removesuffix(".") + " [@r1]."
    piece = make_piece(headline="", body=body, sources=[make_feed_source_ref(text=post)])
    context = Context(now=NOW, outlet_directory=())
    return [finding.message for finding in rule.find(piece, context)]


@pytest.mark.parametrize(("post", "kept", "turned"), MOVED_PAIRS)
def test_a_movement_is_asked_about_only_where_it_is_turned_round(post, kept, turned):
    assert not asked(OPPOSITE, kept, post)
    assert asked(OPPOSITE, turned, post)


@pytest.mark.parametrize(("post", "sentence"), MOVED_CLEAN)
def test_a_movement_that_the_post_bears_out_is_not_asked_about(post, sentence):
    assert not asked(OPPOSITE, sentence, post)


def test_verbs_have_the_forms_that_news_writes():
    """One letter too many, and what opened lower would be read as no fall."""
    assert {"opened lower", "opening lower", "ended lower", "closes lower"} <= ENDED_LOWER
    assert {"dropped", "slipped", "dipped", "plummeted", "narrowed", "weakening"} <= FALLING
    assert {"sagged", "cooled", "receded", "scaled back", "dialled back"} <= FALLING_BY
    assert {"soared", "rallies", "rebounded", "multiplied", "strengthened"} <= RISING
    assert {"trimming", "slashes", "lowered"} <= LOWERING


def test_a_part_of_a_metre_that_is_told_once_is_not_added_to_another_measure():
    assert asked(figure_not_found.RULE, "The gauge at Lindow rose 30 cm to 4.2 m.", GAUGE) == []
