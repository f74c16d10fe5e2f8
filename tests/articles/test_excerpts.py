"""Excerpts of cited posts: whole sentences, gaps, quotations, subjects."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.excerpts import LONGEST, CitedSpan, excerpt


def span(text, words, by=1):
    start = text.index(words)
    return CitedSpan(start=start, end=start + len(words), cited_by=(by,))


def shown(text, *words, **options):
    """Return an excerpt as a string, the marked words between asterisks."""
    spans = [span(text, each, n) for n, each in enumerate(words, start=1)]
    parts = excerpt(text, spans, **options)
    return "".join(f"*{part.text}*" if part.is_marked else part.text for part in parts)


def test_an_excerpt_has_whole_sentences_and_says_what_is_left_out():
    text = "Rain fell. Nine ships turned back at dawn. The port is shut. Two ships wait. Fog came."

    assert shown(text, "Nine", "Two") == (
        "[…] *Nine* ships turned back at dawn. […] *Two* ships wait. […]"
    )


def test_a_post_that_is_shown_whole_has_no_gap():
    assert shown("Nine ships turned back.", "Nine") == "*Nine* ships turned back."


def test_the_title_is_always_shown():
    text = "Port shut\nRain fell. Nine ships wait. Fog came."

    assert shown(text, "Nine", title=9) == "Port shut\n[…] *Nine* ships wait. […]"


def test_no_gap_stands_inside_a_quotation():
    text = "It rained. The master said: “We wait. We have nine ships. We sail at dawn.” Fog came."

    assert shown(text, "nine") == (
        "[…] The master said: “We wait. We have *nine* ships. We sail at dawn.” […]"
    )


def test_a_sentence_that_begins_with_a_pronoun_keeps_the_one_that_names_who():
    text = "Fog came. The harbour master spoke. She counted nine ships. Nobody answered."

    assert shown(text, "nine") == ("[…] The harbour master spoke. She counted *nine* ships. […]")


def test_words_of_two_citations_that_overlap_are_marked_once():
    text = "Nine grain ships wait."
    parts = excerpt(text, [span(text, "Nine grain", 1), span(text, "grain ships", 2)])

    assert [(part.text, part.cited_by) for part in parts if part.is_marked] == [
        ("Nine grain ships", (1, 2))
    ]


def test_a_limit_leaves_out_later_sentences_and_never_the_first():
    text = "Nine ships, two tugs and a ferry turned back at dawn. Ten wait. Two sank off the point."

    assert shown(text, "Nine", "Ten", "Two", limit=10).count("*") == 2
    assert shown(text, "Nine", "Ten", "Two", limit=70).count("*") == 4


def test_a_post_without_cited_words_begins_with_whole_sentences():
    text = "Nine ships wait. The port is shut until the tide turns. Fog came."

    assert shown(text, limit=30) == "Nine ships wait. […]"
    assert shown(text, limit=200) == text
    assert shown("word " * 30, limit=12) == "word word…"
    assert shown(text, limit=0) == ""


def test_a_sentence_without_an_end_is_shown_around_the_cited_words():
    text = "word " * 2_000 + "nine ships " + "word " * 2_000

    found = shown(text, "nine ships")

    assert "*nine ships*" in found
    assert len(found) < LONGEST


@given(
    text=st.text(alphabet='ab .!?\n“”"IHe', max_size=300),
    places=st.lists(st.tuples(st.integers(0, 320), st.integers(0, 320)), max_size=6),
    title=st.integers(0, 20),
    limit=st.none() | st.integers(0, 300),
)
def test_every_excerpt_is_made_of_the_post_and_marks_what_it_shows(text, places, title, limit):
    spans = [CitedSpan(start=a, end=b, cited_by=(n,)) for n, (a, b) in enumerate(places)]

    parts = excerpt(text, spans, title=min(title, len(text)), limit=limit)

    at = 0
    for part in parts:
        words = part.text.replace("[…]", "").strip().removesuffix("…")
        assert words in text[at:]
        at = text.index(words, at)
    cited = [text[a:b] for a, b in places if text[a:b].strip()]
    if cited and limit is None:
        marked = {n for part in parts for n in part.cited_by}
        assert marked == {n for n, (a, b) in enumerate(places) if text[a:b]}


@pytest.mark.parametrize("limit", [None, 300])
def test_a_long_post_is_read_in_time_that_grows_with_it(limit):
    text = "The “port” of Ansel is shut. " * 8_000

    assert excerpt(text, [span(text, "port")], limit=limit)
