"""What is read in answers of Bluesky's public API."""

import json
from datetime import UTC, datetime

import pytest

from tests.wires.platforms.bluesky.answers import (
    DID,
    HANDLE,
    OTHER_DID,
    author,
    feed,
    link,
    pictures,
    post,
    posts,
    quoted,
    reposted,
)
from wires.platforms import UnreadableBody, parse
from wires.platforms.permalinks import recognise

OTHER = author(OTHER_DID, "tide.example", "Tide Watch")


def read(*items, account=HANDLE, **more):
    return parse(feed(*items, **more), account=account)


def read_one(*arguments, **fields):
    (found,) = read(post(*arguments, **fields)).posts
    return found


def test_a_post_has_its_words_time_language_and_address():
    found = read_one("The ferry leaves at noon.")

    assert (found.text, found.title) == ("The ferry leaves at noon.",) * 2
    assert found.posted_at == datetime(2026, 6, 25, 11, tzinfo=UTC)
    assert (found.language, found.author) == ("en", "")
    assert found.url == "https://bsky.app/profile/harbour.example/post/3lesheq2xbk2s"


def test_the_feed_tells_its_account_by_name_and_did_and_the_next_page():
    document = read(post(), cursor="2026-06-25T11:00:00Z")

    assert (document.kind, document.account, document.numeric_id) == ("bluesky", HANDLE, DID)
    assert (document.title, document.cursor) == ("Harbour Office", "2026-06-25T11:00:00Z")


def test_a_post_is_known_by_did_and_by_the_handle_of_pasted_links():
    found = read_one()

    with_did, with_handle = (
        recognise(f"https://bsky.app/profile/{actor}/post/3lesheq2xbk2s") for actor in (DID, HANDLE)
    )
    assert found.native_id == with_did.native_id
    assert with_handle.native_id in found.aliases


def test_a_new_handle_changes_neither_the_id_nor_the_content():
    old = read_one()

    new = read_one(by=author(handle="port.example"))

    assert (new.native_id, new.content_hash()) == (old.native_id, old.content_hash())


def test_counters_change_nothing():
    before, after = post(), post() | {"likeCount": 999, "replyCount": 7}

    hashes = {read(view).posts[0].content_hash() for view in (before, after)}

    assert len(hashes) == 1


def test_the_description_of_a_picture_is_among_the_words():
    found = read_one("The pier today.", embed=pictures("Waves over the\npier", ""))

    assert found.text == "The pier today.\n\n[photo: Waves over the pier]"
    assert "[photo: Waves over the pier]" in found.html
    assert [media.kind for media in found.media] == ["photo", "photo"]
    assert found.title == "The pier today."


def test_a_picture_alone_has_its_description_for_a_headline():
    found = read_one("", embed=pictures("Notice: the pier is closed"))

    assert found.title == "[photo: Notice: the pier is closed]"
    assert "unsupported" not in found.flags


def test_a_repost_is_a_forward_with_its_writer_and_its_own_time():
    theirs = post("High tide at six.", "3lesheq2xbk3t", by=OTHER, at="2026-06-01T08:00:00Z")

    (found,) = read(reposted(theirs)).posts

    assert (found.text, found.author, found.forwarded_from) == (
        "High tide at six.", "@tide.example", "@tide.example"
    )  # fmt: skip
    assert found.flags == {"forwarded"}
    assert found.posted_at == datetime(2026, 6, 25, 11, 30, tzinfo=UTC)
    assert found.native_id != theirs["uri"]


def test_a_reposted_own_post_stands_beside_the_post_itself():
    document = read(reposted(post()), post())

    assert len({found.native_id for found in document.posts}) == 2


def test_a_quoted_post_is_attached_and_its_words_are_not_the_author_s():
    theirs = post("High tide at six.", "3lesheq2xbk3t", by=OTHER)

    found = read_one("Mind the tide.", embed=quoted(theirs))

    assert (found.text, found.title) == ("Mind the tide.",) * 2
    (media,) = found.media
    assert (media.kind, media.id) == ("quote", theirs["uri"])
    assert media.alt == "@tide.example: High tide at six."


def test_a_quote_with_pictures_has_both():
    embed = {
        "$type": "app.bsky.embed.recordWithMedia#view",
        "media": pictures("The gauge"),
        "record": quoted(post("High tide at six.", "3lesheq2xbk3t", by=OTHER)),
    }

    assert [media.kind for media in read_one(embed=embed).media] == ["photo", "quote"]


def test_a_quoted_post_that_is_gone_is_left_out():
    gone = {"$type": "app.bsky.embed.record#viewNotFound", "uri": "at://x", "notFound": True}

    assert read_one(embed={"$type": "app.bsky.embed.record#view", "record": gone}).media == ()


def test_a_card_is_a_link_with_its_title():
    external = {"uri": "https://harbour.example/plan", "title": "The plan", "description": "Long"}

    found = read_one("Read this.", embed={"external": external})

    assert found.text == "Read this.\n\n[link: The plan]"
    assert found.media[0].url == "https://harbour.example/plan"


def test_facets_are_links_counted_in_bytes():
    text = "Fähre: harbour.example/plan 🚢 now"
    start = text.encode().index(b"harbour")

    found = read_one(text, facets=[link(start, start + 20, "https://harbour.example/plan")])

    address = '<a href="https://harbour.example/plan" rel="nofollow noopener">'
    assert found.html == f"Fähre: {address}harbour.example/plan</a> 🚢 now"
    assert found.text == text


@pytest.mark.parametrize(
    "facets",
    [
        [link(1, 2, "https://a.example/")],  # inside of a letter
        [link(5, 900, "https://a.example/")],
        [link(9, 4, "https://a.example/")],
        [link(-4, 4, "https://a.example/")],
        [link(0, 2, "javascript:alert(1)")],
        [{"index": {"byteStart": [], "byteEnd": {}}, "features": "none"}],
        ["none", None, 7],
    ],
)
def test_a_facet_that_leads_nowhere_changes_no_word(facets):
    found = read_one("éé words", facets=facets)

    assert (found.text, found.html) == ("éé words", "éé words")


def test_of_two_facets_that_overlap_the_first_is_a_link():
    facets = [link(0, 5, "https://a.example/"), link(3, 8, "https://b.example/")]

    html = read_one("Words words", facets=facets).html

    assert "a.example" in html
    assert "b.example" not in html


def test_a_claimed_time_far_from_bluesky_s_own_is_not_believed():
    found = read_one(at="2020-01-01T00:00:00Z", indexed="2026-06-25T11:00:00Z")

    assert found.posted_at == datetime(2026, 6, 25, 11, tzinfo=UTC)


def test_a_reply_says_what_it_answers():
    parent = {"uri": f"at://{DID}/app.bsky.feed.post/3lesheq2xbk2r", "cid": "x"}

    found = read_one(reply={"root": parent, "parent": parent})

    assert (found.reply_to, found.flags) == (parent["uri"], {"reply"})


def test_single_posts_and_the_did_of_a_handle_are_read_too():
    single = parse(posts(post("One post.")), account=HANDLE)
    resolved = parse(json.dumps({"did": DID}).encode())

    assert [found.text for found in single.posts] == ["One post."]
    assert (resolved.kind, resolved.numeric_id, resolved.posts) == ("bluesky", DID, ())


@pytest.mark.parametrize(
    "body",
    [
        {"feed": [{"post": None}, {"post": {"uri": "at://x"}}, 7, None, {}]},
        {"feed": [{"post": {"uri": f"at://{DID}/app.bsky.feed.like/3lesheq2xbk2s"}}]},
        {"posts": [{"uri": f"at://{DID}/app.bsky.feed.post/3lesheq2xbk2s", "author": 1}]},
    ],
)
def test_what_is_no_post_is_left_out(body):
    assert parse(json.dumps(body).encode()).posts == ()


def test_another_json_is_not_taken_for_bluesky():
    with pytest.raises(UnreadableBody, match="JSON, but not a feed"):
        parse(b'{"feed": [{"title": "A"}], "name": "x"}')


def test_recorded_views_are_read(corpora):
    folder = corpora / "social" / "granary" / "granary" / "tests" / "testdata"
    read_files = 0
    for path in sorted(folder.glob("*.bsky.json")):
        recorded = json.loads(path.read_bytes())
        view = recorded.get("post", recorded) if isinstance(recorded, dict) else {}
        if "/app.bsky.feed.post/" not in str(view.get("uri", "")):
            continue
        document = parse(json.dumps({"posts": [view]}).encode())
        read_files += len(document.posts)

    assert read_files > 0
