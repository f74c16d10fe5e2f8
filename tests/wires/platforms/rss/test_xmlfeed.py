from datetime import UTC, datetime, timedelta

import pytest

from tests.wires.platforms.documents import item, rss
from wires.platforms import Media, parse

ATOM = '<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="fr"><title>F</title>{}</feed>'
NOON = datetime(2026, 6, 25, 12, 0, tzinfo=UTC)


def read(*items, url="https://paper.example/feed", **arguments):
    return parse(rss(*items, **arguments).encode(), url=url)


def only(*items, **arguments):
    (post,) = read(*items, **arguments).posts
    return post


def test_an_rss_item_becomes_a_post():
    post = only(
        item(
            "Ministers &amp;amp; budget",
            "guid-1",
            link="https://Paper.example/1?utm_source=rss",
            body="<![CDATA[<p>One <b>two</b></p><p><a href='/more'>three</a></p>]]>",
            more="<pubDate>Thu, 25 Jun 2026 08:00:00 EDT</pubDate>"
            "<author>desk@paper.example (Ada Writer)</author>"
            '<enclosure url="https://cdn.example/a.jpg?sig=1" type="image/jpeg" length="1"/>',
        )
    )

    assert post.native_id == "guid-1"
    assert post.url == "https://Paper.example/1?utm_source=rss"
    assert post.link_id == "https://paper.example/1"
    assert post.title == "Ministers & budget"
    assert post.text == "One two\n\nthree"
    assert post.html == (
        "<p>One <strong>two</strong></p>"
        '<p><a href="https://paper.example/more" rel="nofollow noopener">three</a></p>'
    )
    assert post.author == "Ada Writer"
    assert post.posted_at == NOON
    assert post.posted_raw == "Thu, 25 Jun 2026 08:00:00 EDT"
    assert post.media == (
        Media(kind="photo", id="cdn.example/a.jpg", url="https://cdn.example/a.jpg?sig=1"),
    )
    assert post.flags == frozenset()


def test_an_atom_entry_becomes_a_post():
    entry = (
        "<entry><id>tag:paper.example,2026:1</id><title>Un titre</title>"
        '<link rel="enclosure" href="https://cdn.example/a.mp3" type="audio/mpeg"/>'
        '<link href="https://paper.example/1"/><published>2026-06-25T12:00:00Z</published>'
        "<updated>2026-06-25T13:00:00Z</updated><author><name>Ada</name></author>"
        "<author><name>Bob</name></author><summary>Résumé</summary>"
        '<content type="text">1 &lt; 2\nlignes, et plus de texte</content></entry>'
    )

    document = parse(ATOM.format(entry).encode())

    (post,) = document.posts
    assert post.native_id == "tag:paper.example,2026:1"
    assert post.url == "https://paper.example/1"
    assert post.posted_at == NOON
    assert post.source_edited_at == NOON + timedelta(hours=1)
    assert post.author == "Ada, Bob"
    assert post.language == document.language == "fr"
    assert post.text == "1 < 2\nlignes, et plus de texte"
    assert post.html == "1 &lt; 2<br>lignes, et plus de texte"
    assert [media.kind for media in post.media] == ["audio"]


def test_the_longest_body_of_an_item_is_taken():
    full = "<content:encoded>All of the words there are</content:encoded>"

    assert only(item(body="Some words", more=full)).text == "All of the words there are"


def test_an_item_without_a_guid_is_identified_by_its_link_or_its_content():
    linked = only(item(guid="", link="https://paper.example/1/?utm_medium=x"))
    by_content = only(item(guid="", link=""))

    assert linked.native_id == linked.link_id == "https://paper.example/1/"
    assert "no_id" in linked.flags
    assert by_content.native_id.startswith("sha256:")
    assert by_content.native_id == only(item(guid="", link="", body="Edited")).native_id
    assert by_content.native_id != only(item("Other", guid="", link="")).native_id


def test_items_without_a_guid_that_share_a_link_are_kept_apart():
    home = "https://paper.example/"
    document = read(
        item("One", guid="", link=home),
        item("Two", guid="", link=home),
        item("Three", guid="", link=""),
    )
    shared = read(
        item("One", guid="", link="https://paper.example/live"),
        item("Two", guid="", link="https://paper.example/live"),
    )

    assert len({post.native_id for post in document.posts}) == 3
    assert len({post.native_id for post in shared.posts}) == 2
    assert not document.guids_repeat
    assert not shared.guids_repeat


@pytest.mark.parametrize(
    ("field", "author"),
    [
        ("<author>desk@paper.example (Ada Writer)</author>", "Ada Writer"),
        ("<author>Ada Writer &lt;desk@paper.example&gt;</author>", "Ada Writer"),
        ("<author>desk@paper.example</author>", ""),
        ("<author>Ada Writer</author>", "Ada Writer"),
        ("<author>&lt;b&gt;Ada&lt;/b&gt; Writer</author>", "Ada Writer"),
    ],
)
def test_authors_are_named_without_their_addresses(field, author):
    assert only(item(more=field)).author == author


def test_ids_do_not_depend_on_the_feed_address():
    one = only(item(guid="story 12345"), url="http://paper.example/feed")
    two = only(item(guid=" story\n12345 "), url="https://www.paper.example/feed")

    assert one.native_id == two.native_id == "story 12345"


def test_a_guid_too_long_to_keep_is_hashed():
    assert only(item(guid="x" * 3000)).native_id.startswith("sha256:")


def test_a_repeated_item_is_kept_once():
    document = read(
        item("One", "1"), item("One", "1"), item("Two", "2", link="https://p.example/2")
    )

    assert [post.title for post in document.posts] == ["One", "Two"]
    assert not document.guids_repeat


def test_a_guid_shared_by_different_items_is_flagged():
    document = read(
        item("One", "x", link="https://paper.example/1"),
        item("Two", "x", link="https://paper.example/2"),
    )

    assert [post.title for post in document.posts] == ["One", "Two"]
    assert document.guids_repeat


@pytest.mark.parametrize(
    ("date", "raw", "flagged"),
    [("", "", False), ("someday", "someday", True), ("Thu, 01 Jan 1970 00:00:00 GMT", None, True)],
)
def test_an_unreadable_date_is_kept_as_written(date, raw, flagged):
    post = only(item(more=f"<pubDate>{date}</pubDate>"))

    assert post.posted_at is None
    assert post.posted_raw == (date if raw is None else raw)
    assert ("bad_date" in post.flags) is flagged


def test_identical_dates_on_all_items_are_flagged():
    stamp = "<pubDate>Thu, 25 Jun 2026 12:00:00 GMT</pubDate>"
    items = [item(str(n), str(n), link=f"https://p.example/{n}", more=stamp) for n in range(5)]

    assert "one_date_for_all" in read(*items).faults


def test_an_item_without_a_title_takes_its_text_or_picture_as_title():
    picture = '<enclosure url="https://cdn.example/a.png" type="image/png"/>'

    assert only(item("", body="Some &lt;b&gt;words&lt;/b&gt;")).title == "Some words"
    assert only(item("", body="", more=picture)).title == "[photo]"
    assert "no_title" in only(item("", body="")).flags


def test_relative_links_are_resolved_against_the_feed():
    post = only(item(link="/news/1"), url="https://paper.example/feeds/all.xml")

    assert post.url == "https://paper.example/news/1"


def test_the_content_hash_depends_on_the_content_only():
    date = "<pubDate>Thu, 25 Jun 2026 12:00:00 GMT</pubDate>"
    picture = '<enclosure url="https://cdn.example/a.png?sig={}" type="image/png"/>'
    base = only(item("Title", more=picture.format(1)))
    same = only(item(" Title ", body="<![CDATA[<p>Words </p>]]>", more=picture.format(2) + date))

    assert base.content_hash() == same.content_hash()
    assert base.content_hash() != only(item("Title!", more=picture.format(1))).content_hash()
    assert base.content_hash() != only(item("Title", more="")).content_hash()


@pytest.mark.parametrize(
    ("head", "ttl"),
    [
        ("<ttl>30</ttl>", timedelta(minutes=30)),
        ("<ttl>999999</ttl>", timedelta(days=7)),
        ("<ttl>-5</ttl>", None),
        ("<ttl>soon</ttl>", None),
        ("", None),
    ],
)
def test_the_refresh_interval_of_the_publisher_is_read(head, ttl):
    assert read(item(), head=head).ttl == ttl


def test_the_channel_name_and_language_are_read():
    document = read(
        item("السلطات", body="تعلن"), item("News", "2"), head="<language>en_us</language>"
    )

    assert document.kind == "rss"
    assert document.title == "Paper"
    assert document.language == "en-US"
    assert [post.language for post in document.posts] == ["und", "en-US"]
