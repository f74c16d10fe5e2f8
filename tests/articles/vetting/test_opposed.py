"""Wire copy turned round: the order, the outcome, the direction, a “not” more or less."""

import pytest

from articles.vetting.facts.order import read_spans
from articles.vetting.facts.results import read_results
from articles.vetting.facts.words import read_words
from articles.vetting.piece import Context
from articles.vetting.rules import negation_differs, opposite_told, winner_differs
from articles.vetting.text import View
from tests.articles.vetting.factories import NOW, make_feed_source_ref, make_piece
from tests.articles.vetting.opposed_pairs import OPPOSED_CLEAN, OPPOSED_FAULTS

RULES = (opposite_told.RULE, winner_differs.RULE, negation_differs.RULE)


def codes(sentence, post):
    """Return what the three rules ask about an article of these words, each sentence citing the post."""
    body = sentence.replace(". ", " [@r1]. ").removesuffix(".") + " [@r1]."
    piece = make_piece(headline="", body=body, sources=[make_feed_source_ref(text=post)])
    context = Context(now=NOW, outlet_directory=())
    return {finding.code for rule in RULES for finding in rule.find(piece, context)}


def spans(text):
    view = View.of(text)
    found = read_spans(read_words(view), view.folded)
    return [(each.order, *each.length, each.is_lead) for each in found]


def results(text):
    view = View.of(text)
    return [(each.winner, each.loser) for each in read_results(read_words(view), view.text)]


@pytest.mark.parametrize(("code", "sentence", "post"), OPPOSED_FAULTS)
def test_wire_copy_turned_round_is_asked_about(code, sentence, post):
    assert code in codes(sentence, post)


@pytest.mark.parametrize(("sentence", "post"), OPPOSED_CLEAN)
def test_wire_copy_told_in_other_words_is_not_asked_about(sentence, post):
    assert codes(sentence, post) == set()


@pytest.mark.parametrize(
    ("text", "span"),
    [
        ("11 minutes before dawn", ("before", "11", "minute", True)),
        ("after 12 months", ("after", "1", "year", False)),
        ("sixty-one hours after", ("after", "61", "hour", True)),
        ("T+71min", ("after", "71", "minute", True)),
        ("two days ago", ("after", "2", "day", True)),
    ],
)
def test_a_span_of_time_is_read_with_what_it_is_before_or_after(text, span):
    assert spans(text) == [span]


@pytest.mark.parametrize("text", ["before a second card", "ran before noon", "12 months"])
def test_what_is_no_span_before_or_after_anything_is_none(text):
    assert spans(text) == []


@pytest.mark.parametrize(
    ("sentence", "post"),
    [
        ("Rovers beat Ansel 2-0 in the final.", "Ansel defeated Rovers 2-0 in the final."),
        ("Rovers defeated Ansel 2-0 in the final.", "Ansel beat Rovers 2-0 in the final."),
        ("Rovers defeated the Pikes 2-0.", "The Pikes defeated Rovers 2-0."),
    ],
)
def test_who_won_is_asked_about_once_and_to_beat_is_not_against_to_defeat(sentence, post):
    assert codes(sentence, post) == {winner_differs.RULE.code}


def test_a_list_of_two_scores_tells_who_won():
    assert results("FINAL: Pikes 4, Generals 3.")[0] == ({"pikes"}, {"generals"})
    assert results("Castellan 50.4, Hartigan 49.6, margin 1,904")[0] == (
        {"castellan"},
        {"hartigan"},
    )


def test_numbers_that_count_something_are_no_scores():
    assert results("Calvera 4, Lindow 3 dead") == []
