import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.wires.factories import make_post
from web.excerpts import cut, marked

pytestmark = pytest.mark.django_db


def test_a_short_text_is_not_cut():
    assert cut("  The harbour is closed. ", 30) == "The harbour is closed."


@pytest.mark.parametrize("length", range(1, 60))
def test_an_excerpt_is_never_longer_than_its_limit(length):
    assert (
        len(cut("The harbour master — who did not sign — turned eleven ships back.", length))
        <= length
    )


def test_an_excerpt_ends_between_words():
    assert cut("The harbour is closed until further notice", 26) == "The harbour is closed…"


def test_a_script_without_spaces_is_cut_at_the_limit():
    assert cut("港湾当局は大型船の航行を七月二日まで停止した", 10) == "港湾当局は大型船の…"


def test_an_excerpt_limit_of_zero_shows_nothing():
    assert cut("The harbour is closed.", 0) == ""


def test_a_title_that_starts_the_text_is_not_repeated():
    post = make_post(title="The harbour is closed…", text="The harbour  is closed until July.")

    assert post.latest_version.words == "The harbour  is closed until July."


def test_a_separate_title_is_shown_above_the_text():
    post = make_post(title="Harbour closed", text="It stays so until July.")

    assert post.latest_version.words == "Harbour closed\nIt stays so until July."


PORT = "The harbour master orders all vessels above 20,000 tonnes to hold west of Meray Light until 2 July, a port notice says."


def striped(text, *words, length=300):
    spans = [(text.index(word), text.index(word) + len(word)) for word in words]
    return "".join(
        f"<{part.text}>" if part.is_marked else part.text
        for part in marked(text, spans, length=length)
    )


def test_cited_words_are_marked_in_an_uncut_text():
    assert striped(PORT, "20,000", "2 July").startswith(
        "The harbour master orders all vessels above <20,000> tonnes to hold"
    )


def test_a_cut_excerpt_shows_the_cited_words_instead_of_the_beginning():
    assert (
        striped(PORT, "until 2 July", length=50)
        == "… of Meray Light <until 2 July>, a port notice …"
    )


def test_words_between_two_cited_passages_become_an_ellipsis():
    assert striped(PORT, "20,000", "2 July", length=60) == (
        "… above <20,000> tonnes to … Light until <2 July>, a port …"
    )


def test_an_excerpt_without_cited_words_is_the_beginning_of_the_text():
    assert striped(PORT, length=26) == "The harbour master orders…"


def test_adjacent_cited_words_are_merged():
    assert [s.text for s in marked("a port notice", [(0, 6), (4, 13)], length=20)] == [
        "a port notice"
    ]


@given(
    st.text(max_size=400),
    st.lists(st.tuples(st.integers(-2, 420), st.integers(-2, 420)), max_size=6),
    st.integers(0, 320),
)
def test_an_excerpt_with_marks_keeps_to_its_limit(text, spans, length):
    parts = marked(text, spans, length=length)

    assert sum(len(part.text) for part in parts) <= length
    assert all(part.text in text for part in parts if part.is_marked)
