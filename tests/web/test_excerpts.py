import pytest

from tests.wires.factories import make_post
from web.excerpts import cut

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
