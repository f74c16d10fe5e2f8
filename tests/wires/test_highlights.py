"""Words that a search found are marked as they are printed, and nothing else is."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wires.search.highlights import find_places, marked
from wires.search.query import SearchQuery
from wires.search.terms import placed_tokens, tokens

NOON = datetime(2026, 6, 25, 12, tzinfo=UTC)


def mark(asked, text, language="en", most=1_000):
    query = SearchQuery.read(asked, at=NOON)
    places = find_places(text, query.wanted, language=language, languages=query.languages)
    parts = marked(text, places, most=most)
    return "".join(f"[{part.text}]" if part.is_marked else part.text for part in parts)


@pytest.mark.parametrize(
    ("asked", "language", "expected"),
    [
        ("harbour", "en", "The [HARBOUR]’s [harbours], harbinger? no: [harbour]-master"),
        ("closing", "en", "It [closes], is [closed], a closet"),
        ("closing", "", "It closes, [closing] time"),
        ("elections", "fr", "L’[élection] présidentielle"),
        ('"is closed"', "en", "It is open. It [is closed]; closed it is"),
        ("AT&T", "en", "Shares of [AT&T] fell on T"),
        ("clos*", "en", "[closure], [close], clo"),
        ("税金", "ja", "政府が[税金]を上げる"),
        ("税", "ja", "政府が[税]金を"),
        ("政府が税", "ja", "[政府が税]金"),
        ("ﬁsh", "en", "[fish] and [ﬁsh]"),
        ("lang:fr closing", "en", "It closes, [closing] time"),
        ("fog -rain", "en", "[Fog] and rain"),
        ("السلام", "ar", "اتفاق [السَّلَام]"),
    ],
)
def test_words_are_marked_where_the_index_finds_them(asked, language, expected):
    text = expected.replace("[", "").replace("]", "")

    assert mark(asked, text, language) == expected


def test_a_long_text_is_shown_where_most_of_the_words_stand():
    text = (
        "A fog came. "
        + "Rain fell on the quay. " * 50
        + "In the fog the harbour closed. "
        + "x " * 99
    )

    shown = mark("fog harbour", text, most=120)

    assert "[fog] the [harbour] closed" in shown
    assert shown.startswith("… ")
    assert shown.endswith("…")
    assert len(shown) < 140


def test_words_are_not_cut_and_a_text_without_places_begins_at_its_beginning():
    text = "The lock gates of Port Ansel are closed to all ships until noon on Friday."

    shown = mark("zeppelin", text, most=40)

    assert shown == "The lock gates of Port Ansel are closed …"


@given(st.text(max_size=300), st.text(max_size=40), st.integers(1, 200))
def test_no_text_is_changed_by_marking_it(text, asked, most):
    query = SearchQuery.read(asked, at=NOON)
    places = find_places(text, query.wanted, language="en")

    parts = marked(text, places, most=most)

    shown = "".join(part.text for part in parts)
    assert shown.removeprefix("… ").removesuffix("…").rstrip(" ") in text
    assert all(0 <= start < end <= len(text) for start, end in places)


def test_an_accent_without_a_letter_is_no_word():
    text = "¯\\_(shrug)_/¯ ´ it´s"

    assert [token.word for token in tokens(text, "en")] == ["shrug", "it", "s"]
    assert [token.word for token in placed_tokens(text, "en")] == ["shrug", "it", "s"]
