import json
from datetime import UTC, datetime

import pytest

from wires.platforms import Media, UnreadableBody, parse

VERSION = "https://jsonfeed.org/version/1.1"


def read(*items, **feed):
    body = {"version": VERSION, "title": "Paper", "items": list(items), **feed}
    return parse(json.dumps(body).encode(), url="https://paper.example/feed.json")


def only(**item):
    (post,) = read({"id": "1", **item}).posts
    return post


def test_a_json_feed_item_becomes_a_post():
    document = read(
        {
            "id": "https://paper.example/1",
            "url": "https://paper.example/1?utm_source=x",
            "title": "A &amp; <b>B</b>",
            "content_html": "<p onclick=x>One<br>two <a href='/m'>m</a></p><script>x</script>",
            "content_text": "not taken",
            "date_published": "2026-06-25T14:00:00+02:00",
            "date_modified": "2026-06-25T13:00:00Z",
            "authors": [{"name": "Ada"}, {"name": "Bob"}, {"url": "x"}],
            "attachments": [{"url": "https://cdn.example/a.mp3?x=1", "mime_type": "audio/mpeg"}],
            "language": "fr",
        },
        language="en",
    )

    (post,) = document.posts
    assert (document.kind, document.title, document.language) == ("jsonfeed", "Paper", "en")
    assert post.native_id == "https://paper.example/1"
    assert post.link_id == "https://paper.example/1"
    assert post.title == "A & B"
    assert post.text == "One\ntwo m"
    assert 'href="https://paper.example/m"' in post.html
    assert "script" not in post.html
    assert post.posted_at == datetime(2026, 6, 25, 12, 0, tzinfo=UTC)
    assert post.source_edited_at == datetime(2026, 6, 25, 13, 0, tzinfo=UTC)
    assert post.author == "Ada, Bob"
    assert post.language == "fr"
    assert post.media == (
        Media(kind="audio", id="cdn.example/a.mp3", url="https://cdn.example/a.mp3?x=1"),
    )


def test_json_feed_version_1_has_one_author_and_plain_text_is_escaped():
    feed = {"version": "https://jsonfeed.org/version/1", "author": {"name": "Ada"}, "items": [
        {"id": "1", "content_text": "1 < 2\n<b>"}
    ]}  # fmt: skip

    (post,) = parse(json.dumps(feed).encode()).posts

    assert post.author == "Ada"
    assert post.text == "1 < 2\n<b>"
    assert post.html == "1 &lt; 2<br>&lt;b&gt;"
    assert post.title == "1 < 2 <b>"


@pytest.mark.parametrize(
    ("written", "native_id"),
    [("17", "17"), ("17.0", "17.0"), ("1e400", "1e400"), ('"17"', "17"), ("9" * 1000, "9" * 1000)],
)
def test_numeric_ids_become_strings_as_written(written, native_id):
    body = f'{{"version": "{VERSION}", "items": [{{"id": {written}, "title": "T"}}]}}'

    assert parse(body.encode()).posts[0].native_id == native_id


def test_an_item_without_an_id_is_identified_by_its_link():
    post = read({"url": "https://paper.example/1", "title": "T"}).posts[0]

    assert post.native_id == "https://paper.example/1"
    assert "no_id" in post.flags


def test_values_of_the_wrong_kind_are_left_out():
    post = only(title=["x"], url={"a": 1}, content_html=True, authors="Ada", attachments=[1, {}])

    assert (post.url, post.author, post.media, post.title) == ("", "", (), "[no text]")
    assert read("no item", None, 3).posts == ()


def test_lone_surrogates_and_control_characters_are_dropped():
    body = f'{{"version":"{VERSION}","items":[{{"id":"1","title":"a\\ud83d\\u0000 b","content_text":"\\ud83d\\ude00"}}]}}'

    (post,) = parse(body.encode()).posts

    assert post.title == "a\ufffd b"
    assert post.text == "😀"


@pytest.mark.parametrize("feed", [[], {"items": []}, {"version": VERSION, "items": {}}, {"a": 1}])
def test_json_that_is_not_a_feed_is_refused(feed):
    with pytest.raises(UnreadableBody) as caught:
        parse(json.dumps(feed).encode())

    assert caught.value.kind == "unknown_format"
