"""What a document says and when, by kinds: the words and the time that must be read."""

from datetime import UTC, datetime

import pytest

from tests.clock import NOON
from tests.wires.factories import make_channel
from tests.wires.sameness.feeds import item, rss, telegram
from wires.ingest import read_body
from wires.models import Post
from wires.platforms import parse

pytestmark = pytest.mark.django_db

OWN = "The harbour office closed the outer basin on Thursday after two pilots reported ice."
MEDIA = {
    "a media group with a description of its own": (
        '<media:group><media:content url="https://cdn.example/a.mp4" type="video/mp4">'
        "<media:description>Ice, filmed from the tower</media:description>"
        "</media:content></media:group>"
    ),
    "an itunes summary after the description": "<itunes:summary>Episode of the week</itunes:summary>",
    "a media text and title beside it": (
        '<media:title>A tower</media:title><media:text type="html">Shot at dawn</media:text>'
    ),
    "an itunes subtitle": "<itunes:subtitle>Short and cold</itunes:subtitle>",
}


@pytest.mark.parametrize("more", MEDIA.values(), ids=MEDIA)
def test_the_words_of_the_item_win_over_captions(more):
    [post] = parse(rss(item("Ice", more=more))).posts

    assert (post.title, post.text) == ("Ice", OWN)


TITLES = {
    "What <script> tags cost us": "What <script> tags cost us",
    "a < b and c > d": "a < b and c > d",
    "Use Vec<String>, they said": "Use Vec<String>, they said",
    "<Breaking> Port shut": "<Breaking> Port shut",
    "<b>Port</b> shut": "Port shut",
}


@pytest.mark.parametrize(("written", "read"), TITLES.items())
def test_words_in_angle_brackets_stay_and_markup_goes(written, read):
    # An RSS title is text: the feed wrote it once, and the builder escaped it for XML.
    [post] = parse(rss(item(written))).posts

    assert post.title == read


BODIES = {
    "&lt;p&gt;Fares rise &amp;amp; ferries stay.&lt;/p&gt;": "Fares rise & ferries stay.",
    "<p>Fares &amp;#8220;rise&amp;#8221;</p>": "Fares “rise”",
    "&lt;div&gt;&lt;p&gt;One&lt;/p&gt;&lt;p&gt;Two&lt;/p&gt;&lt;/div&gt;": "One\n\nTwo",
    "<p>Write &lt;p&gt; for a paragraph.</p>": "Write <p> for a paragraph.",
}


@pytest.mark.parametrize(("written", "read"), BODIES.items())
def test_a_body_that_was_escaped_once_too_often_is_read(written, read):
    [post] = parse(rss(item("Fares", body=written))).posts

    assert post.text == read


HEAD = '<rss version="2.0"><channel><title>W</title><item><title>{}</title><guid>1</guid></item></channel></rss>'  # fmt: skip
CHARSETS = [
    ("Порт закрыт", "koi8-r", "koi8-r"),
    ("Žluťoučký přístav", "windows-1250", "cp1250"),
    ("港口关闭", "gb18030", "GBK"),
    ("Порт закрыт", "utf-8", ""),
]


@pytest.mark.parametrize(("title", "encoding", "served"), CHARSETS)
def test_the_charset_served_is_used_where_the_document_names_none(title, encoding, served):
    [post] = parse(HEAD.format(title).encode(encoding), charset=served).posts

    assert post.title == title


@pytest.mark.parametrize("name", ["x-cp1251", "win-1251", "cp-1251", "WINDOWS-CP1251"])
def test_another_name_for_cp1251_in_the_declaration_is_known(name):
    body = f'<?xml version="1.0" encoding="{name}"?>' + HEAD.format("Порт закрыт")

    assert parse(body.encode("cp1251")).posts[0].title == "Порт закрыт"


DATES = {
    "2026年6月25日 18:30:00 +0900": (25, 9, 30),
    "2026년 6월 25일 오후 6:30 +0900": (25, 9, 30),
    "2026/06/25 下午5:30 +0800": (25, 9, 30),
    "jeudi 25 juin 2026 11:30 +0200": (25, 9, 30),
    "Thu, 25 Jun 2026 09:30:00 Z": (25, 9, 30),
    "25-Jun-2026 09:30 UTC": (25, 9, 30),
    "Thursday, June 25, 2026 5:30 AM EDT": (25, 9, 30),
    "1782379800000": (25, 9, 30),
}


@pytest.mark.parametrize(("written", "read"), DATES.items())
def test_an_odd_date_is_read(written, read):
    body = rss(item("Ice", at="", more=f"<pubDate>{written}</pubDate>"))

    [post] = parse(body).posts

    assert post.posted_at == datetime(2026, 6, *read, tzinfo=UTC)


NOT_DATES = [
    "yesterday",
    "25",
    "2026",
    "06/07/2026 10:00",
    "13:45",
    "Thu, 31 Jun 2026 09:30:00 GMT",
]


@pytest.mark.parametrize("written", NOT_DATES)
def test_what_is_no_full_date_is_not_guessed_and_the_post_is_not_now(written):
    body = rss(item("Ice", at="", more=f"<pubDate>{written}</pubDate>"))
    read_body(make_channel(), body, at=NOON, parse=parse)

    assert Post.objects.get().posted_at is None


ZONES = [
    ("Asia/Seoul", "2026-06-25 18:30", (25, 9, 30)),
    ("America/New_York", "25 Jun 2026 05:30", (25, 9, 30)),
    ("Asia/Kolkata", "2026-06-25T15:00:00", (25, 9, 30)),
    ("Asia/Kolkata", "2026-06-25T09:30:00+00:00", (25, 9, 30)),
]


@pytest.mark.parametrize(("zone", "written", "read"), ZONES)
def test_a_date_without_a_zone_is_in_the_channel_s(zone, written, read):
    body = rss(item("Ice", at="", more=f"<pubDate>{written}</pubDate>"))
    read_body(make_channel(time_zone=zone), body, at=NOON, parse=parse)

    assert Post.objects.get().posted_at == datetime(2026, 6, *read, tzinfo=UTC)


LINES = {
    "Port shut<br/>until dawn": "Port shut",
    "<b>PORT SHUT</b><br/><br/>Ice was found.": "PORT SHUT",
    '<tg-emoji><i class="emoji"><b>⚡</b></i></tg-emoji>Port shut<br/>Ice': "⚡Port shut",
    "⚡️⚡️<br/>Port shut by ice<br/>Nine wait": "Port shut by ice",
}


@pytest.mark.parametrize(("text", "title"), LINES.items())
def test_the_first_line_that_says_something_is_a_telegram_headline(text, title):
    [post] = parse(telegram((7, text))).posts

    assert post.title == title
