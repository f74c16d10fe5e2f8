"""Small inputs that broke other readers, one test a line of their list. See its README."""

from datetime import UTC, datetime, timedelta

import pytest

from tests.wires.factories import make_channel
from wires.ingest import IngestOutcome, read_body
from wires.models import Post, PostVersion
from wires.platforms import parse
from wires.platforms.base import UnreadableBody

pytestmark = pytest.mark.django_db

WHEN = datetime(2026, 11, 28, 15, 30, tzinfo=UTC)


@pytest.fixture
def reported(corpora):
    """Return a function that reads the files of a case into one channel, an hour apart."""

    def read(name, **fields):
        files = sorted((corpora / "reported").glob(f"{name}*"))
        assert files, f"no file of the case {name}"
        channel = make_channel(**fields)
        outcome = IngestOutcome()
        for n, path in enumerate(files):
            at = WHEN + timedelta(hours=n)
            outcome += read_body(channel, path.read_bytes(), at=at, parse=parse)
        return outcome

    return read


@pytest.fixture
def parsed(corpora):
    """Return a function that parses the one file of a case."""

    def read(name, **served):
        (path,) = (corpora / "reported").glob(f"{name}*")
        return parse(path.read_bytes(), **served)

    return read


def versions_by_post():
    return sorted(post.versions.count() for post in Post.objects.all())


def test_a_move_to_https_makes_no_post_new(reported):
    assert reported("01-https") == IngestOutcome(new=10, seen=10)


def test_a_slug_that_follows_the_headline_is_an_edit(reported):
    reported("03-slug")

    assert versions_by_post() == [2]


def test_a_session_key_in_links_makes_no_post_new(reported):
    assert reported("05-session") == IngestOutcome(new=2, seen=2)


def test_stories_that_share_guid_and_link_are_all_stored(reported):
    assert reported("07-section") == IngestOutcome(new=3)


def test_stories_that_follow_each_other_under_one_guid_are_posts_of_their_own(reported):
    reported("08-section")

    assert versions_by_post() == [1, 1, 1]


def test_a_counter_that_moves_is_no_edit(reported):
    reported("10-counter")

    assert versions_by_post() == [1]


def test_a_headline_that_flaps_makes_at_most_two_versions(reported):
    reported("13-flapping")

    assert versions_by_post() == [2]


def test_the_caption_of_a_picture_is_not_the_text(parsed):
    assert parsed("15-media").posts[0].text == "The text of the story about the ferry."


def test_a_word_in_angle_brackets_stays_in_the_title(parsed):
    assert parsed("17-atom").posts[0].title == "Why <main> matters to readers"


def test_the_charset_of_the_http_header_is_used(parsed):
    document = parsed("20-no-declaration", charset="windows-1251")

    assert document.posts[0].title == "Паромы встали из-за шторма"


DATES = (
    "11-28 09:21:00", "11-28 09:30:41", "11-28 13:17:57", "11-28 09:30:00", "11-28 06:30:00",
    "11-28 08:30:00", "05-28 07:30:00", "11-28 09:30:00", "11-28 09:30:00", "11-28 08:30:00",
    "11-28 14:30:00", "11-28 10:57:00", "11-28 13:16:28", "11-28 15:09:00",
)  # fmt: skip


@pytest.mark.parametrize("n", range(len(DATES)))
def test_every_date_is_read(parsed, n):
    posts = {post.native_id: post for post in parsed("22-dates").posts}

    assert f"{posts[f'd{n}'].posted_at:%m-%d %H:%M:%S}" == DATES[n]


def test_the_headline_of_a_telegram_post_is_its_first_line(parsed):
    assert parsed("24-telegram").posts[0].title == "STORM SHUTS THE OUTER PORT"


def test_a_telegram_name_taken_by_another_channel_is_refused(reported):
    with pytest.raises(UnreadableBody):
        reported("26-telegram", platform="telegram", account="harbournews")

    assert PostVersion.objects.get().text == "Port closed."


def test_a_body_escaped_twice_is_read(parsed):
    text = parsed("28-double").posts[0].text

    assert text == "Part of the harbour project now. Fares rise."
