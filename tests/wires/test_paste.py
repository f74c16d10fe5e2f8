"""Add a post by its link: what is found, what is fetched, and what an editor copies."""

from hashlib import sha256
from types import SimpleNamespace

import pytest

from tests.clock import NOON, later
from tests.newsroom.factories import make_user
from tests.wires.factories import make_channel, make_feed, make_outlet, make_post
from wires import ingest, retention
from wires.http import FaultKind, FetchError, Response
from wires.models import Channel, Evidence, Outlet, Post, PostAlias, native_id_hash
from wires.platforms import parse
from wires.platforms.base import Document, RawPost
from wires.platforms.x.clock import x_id_at

pytestmark = pytest.mark.django_db

MESSAGE = """<div class="tgme_widget_message_wrap js-widget_message_wrap">
<div class="tgme_widget_message js-widget_message" data-post="PortWatch/{number}">
<div class="tgme_widget_message_text js-message_text" dir="auto">{text}</div>
<a class="tgme_widget_message_date" href="https://t.me/PortWatch/{number}"><time
 datetime="2026-06-25T11:58:00+00:00" class="time">11:58</time></a></div></div>"""
PAGE = (
    '<html><head><meta property="og:title" content="Port Watch"></head><body>'
    '<div class="tgme_channel_info_header_title"><span dir="auto">Port Watch</span></div>'
    '<section class="tgme_channel_history js-message_history">{messages}</section></body></html>'
)


def page(*numbers):
    messages = "".join(MESSAGE.format(number=n, text=f"Message {n}") for n in numbers)
    return PAGE.format(messages=messages).encode()


class Web:
    """A fake web of a few addresses."""

    def __init__(self, **pages):
        self.pages = pages
        self.asked = []

    def __call__(self, url, *, trusted_hosts, user_agent):
        self.asked.append(url)
        body = self.pages.get("body")
        if body is None:
            raise FetchError(FaultKind.TIMEOUT, "harbour.example took longer than 45 seconds")
        return Response(url=url, status=200, headers={}, body=body)


def paste(url, by, *, web=None, **fields):
    return ingest.paste(
        url,
        by=by,
        at=fields.pop("at", NOON),
        fetch=web or Web(),
        parsers=SimpleNamespace(parse=parse),
        **fields,
    )


def test_a_pasted_x_post_is_stored_with_the_text_the_editor_copied(editor):
    number = x_id_at(later(minutes=-30))

    post = paste(
        f"https://x.com/PortWatch/status/{number}", editor, text="The harbour\nis <closed>."
    )

    version = post.newest_version
    assert (version.n, version.captured_by, version.text) == (
        1,
        editor,
        "The harbour\nis <closed>.",
    )
    assert "&lt;closed&gt;" in version.html
    assert abs(post.posted_at - later(minutes=-30)).total_seconds() < 1
    channel = post.channel
    assert (channel.platform, channel.account, channel.origin) == ("x", "portwatch", "by_hand")
    assert (channel.paused, channel.outlet.name, channel.code) == (True, "@portwatch", "PORTWATCH")
    assert not Channel.objects.polled().exists()


@pytest.mark.parametrize(
    "again",
    [
        "https://x.com/PortWatch/status/{number}",
        "https://twitter.com/portwatch/status/{number}?s=20",
        "https://mobile.twitter.com/i/web/status/{number}",
    ],
)
def test_pasting_an_archived_post_adds_nothing(editor, again):
    number = x_id_at(later(minutes=-30))
    first = paste(f"https://x.com/portwatch/status/{number}", editor, text="Closed.")

    second = paste(again.format(number=number), editor, text=" Closed. ")

    assert (second, Post.objects.count()) == (first, 1)
    assert second.newest_version.n == 1


@pytest.mark.parametrize(
    "again",
    [
        "https://x.com/PortWatch/status/{number}",
        "https://mobile.twitter.com/i/web/status/{number}",
    ],
)
def test_new_text_for_a_post_copied_by_hand_is_its_next_version(editor, again):
    number = x_id_at(later(minutes=-30))
    first = paste(f"https://x.com/portwatch/status/{number}", editor, text="Closed.")
    colleague = make_user(group="Wire desk")

    second = paste(again.format(number=number), colleague, text="Closed until noon.")

    version = second.newest_version
    assert (second, Post.objects.count()) == (first, 1)
    assert (version.n, version.text, version.captured_by) == (2, "Closed until noon.", colleague)
    assert (second.posted_at, second.wire_at) == (first.posted_at, first.wire_at)
    assert first.versions.get(n=1).text == "Closed."


def test_a_copied_post_has_the_id_and_address_of_its_platform_and_a_page_its_own(editor):
    number = str(x_id_at(later(minutes=-30)))
    page_address = "https://harbour.example/news/old?utm_source=x"

    post = paste(f"https://twitter.com/portwatch/status/{number}?s=20", editor, text="Closed.")
    entry = paste(page_address, editor, text="Closed.")

    assert (post.native_id, post.url) == (number, f"https://x.com/portwatch/status/{number}")
    assert (entry.native_id, entry.url) == ("https://harbour.example/news/old", page_address)


def test_new_text_for_a_page_copied_by_hand_is_its_next_version(editor):
    url = "https://harbour.example/news/old"
    first = paste(url, editor, text="What the page said.")

    second = paste(f"{url}?utm_source=x", editor, text="What it said later.")

    assert (second, second.newest_version.n, second.url) == (first, 2, url)


def test_new_text_for_a_fetched_post_is_refused(editor):
    channel = make_channel(platform="x", account="portwatch")
    url = f"https://x.com/portwatch/status/{x_id_at(NOON)}"
    number = url.rpartition("/")[2]
    known = make_post(channel=channel, native_id=number, url=url, text="The harbour is closed.")

    with pytest.raises(ingest.OtherWords) as refused:
        paste(url, editor, text="The harbour is open.", screenshot=b"picture")

    assert str(refused.value).startswith(
        "This post is already on file with different text: “The harbour is closed.”. Cite that,"
    )
    assert refused.value.post == known
    assert (known.versions.count(), Evidence.objects.count()) == (1, 0)
    assert paste(url, editor, text="The harbour  is closed.\n") == known


def test_erased_words_cannot_be_pasted_again(editor):
    url = f"https://x.com/portwatch/status/{x_id_at(NOON)}"
    post = paste(url, editor, text="Closed.")
    retention.erase(post, reason="court order", by=None, at=NOON)

    again = r"its text was erased\. It cannot be pasted again"
    with pytest.raises(ingest.OtherWords, match=again) as refused:
        paste(url, editor, text="Closed.")

    assert refused.value.post == post
    assert post.versions.count() == 1


def test_a_screenshot_of_erased_words_is_not_kept(editor):
    url = f"https://x.com/portwatch/status/{x_id_at(NOON)}"
    post = paste(url, editor, text="Closed.")
    retention.erase(post, reason="court order", by=None, at=NOON)

    with pytest.raises(ingest.OtherWords, match="its text was erased"):
        paste(url, editor, screenshot=b"picture")

    assert paste(url, editor) == post
    assert not Evidence.objects.exists()


def test_on_file_finds_a_post_by_any_form_of_its_address(editor):
    number = x_id_at(NOON)
    post = paste(f"https://x.com/portwatch/status/{number}", editor, text="Closed.")

    assert ingest.on_file(f" https://twitter.com/i/web/status/{number} ") == post
    assert ingest.on_file("https://x.com/portwatch/status/1803009200000000000") is None
    assert ingest.on_file("not a link") is None


def test_a_pasted_post_joins_the_channel_of_its_account(editor):
    outlet = make_outlet("Port Authority")
    channel = make_channel(outlet=outlet, platform="x", account="portwatch", paused=True)

    post = paste(f"https://x.com/PortWatch/status/{x_id_at(NOON)}", editor, text="Closed.")

    assert (post.channel, Outlet.objects.get()) == (channel, outlet)


def test_codes_of_channels_made_by_pasting_are_unique(editor):
    make_channel(code="PORTWATCH")

    post = paste(f"https://x.com/PortWatch/status/{x_id_at(NOON)}", editor, text="Closed.")

    assert post.channel.code == "PORTWATCH-2"


def test_pasting_a_post_that_is_not_fetched_requires_its_text(editor):
    url = "https://x.com/portwatch/status/1803009200000000000"

    with pytest.raises(
        ingest.WordsMissing, match=r"not fetched\. Paste the text and enter the time"
    ):
        paste(url, editor)

    assert not Channel.objects.exists()


@pytest.mark.parametrize(
    "url",
    [
        "https://bsky.app/profile/port.bsky.social/post/3kv4ztmpgls2k",
        "https://social.example/@port/112650000000000000",
    ],
)
def test_bluesky_and_mastodon_posts_can_be_copied_by_hand(editor, url):
    post = paste(url, editor, text="Closed.", posted_at=later(hours=-1))
    again = paste(url, editor, text="Closed.")

    assert (post.posted_at, again) == (later(hours=-1), post)
    assert post.newest_version.is_pasted


@pytest.mark.parametrize(
    ("url", "clause"),
    [
        ("https://x.com/portwatch", "profile"),
        ("https://t.me/portwatch", "channel"),
        ("https://harbour.example/", "home page"),
        ("https://harbour.example/feed", "a feed"),
        ("not a link", "not a web address"),
        ("file:///etc/passwd", "not a web address"),
        ("", "no address"),
    ],
)
def test_pasting_an_address_that_is_not_a_post_is_refused_with_the_reason(editor, url, clause):
    with pytest.raises(ingest.NotAPost, match=clause):
        paste(url, editor, text="Words.")

    assert not Post.objects.exists()


def test_a_pasted_telegram_post_is_fetched_on_its_own(editor):
    web = Web(body=page(6, 7, 8))

    post = paste("https://t.me/PortWatch/7?single", editor, web=web)

    assert web.asked == ["https://t.me/portwatch/7?embed=1&mode=tme"]
    version = post.newest_version
    assert (version.text, version.captured_by, Post.objects.count()) == ("Message 7", None, 1)
    assert version.capture.body is not None
    assert (post.channel.account, post.channel.paused) == ("portwatch", True)
    again = paste("https://t.me/s/portwatch/7", editor)
    assert again == post


def test_a_deleted_telegram_post_can_be_copied_by_hand(editor):
    with pytest.raises(ingest.NotFetched, match="does not show this post"):
        paste("https://t.me/portwatch/9", editor, web=Web(body=page(6, 7)))
    with pytest.raises(ingest.NotFetched, match="Paste the text"):
        paste("https://t.me/portwatch/9", editor)

    post = paste("https://t.me/portwatch/9", editor, text="Gone.", posted_at=later(hours=-1))

    assert post.newest_version.is_pasted


def feed_of_the_site(*titles):
    """Return a feed whose links count readers, and whose ids are no addresses."""
    link = "https://harbour.example/news/{}?utm_source=rss"
    return make_feed(*titles, link=link, guid="id-{}")


def test_a_pasted_entry_of_a_known_feed_is_found_by_its_link(editor):
    channel = make_channel(address="https://feeds.harbour.example/rss")
    known = make_post(channel=channel, url="https://harbour.example/news/one")

    assert paste("https://harbour.example/news/one?utm_medium=x#top", editor) == known


def test_a_pasted_entry_not_yet_stored_is_looked_up_in_the_feed_of_its_site(editor):
    channel = make_channel(address="https://feeds.harbour.example/rss")
    web = Web(body=feed_of_the_site("One", "Two"))

    post = paste("https://harbour.example/news/two", editor, web=web)

    assert web.asked == [channel.address]
    assert post.newest_version.title == "Two"
    assert post.channel == channel


def test_a_copied_entry_is_merged_when_the_feed_delivers_it(editor):
    channel = make_channel(address="https://feeds.harbour.example/rss")
    url = "https://harbour.example/news/old"
    with pytest.raises(ingest.NotFetched, match=f"not in the feed of {channel.code} now"):
        paste(url, editor, web=Web(body=feed_of_the_site("One")))

    post = paste(url, editor, text="What the page said.")
    document = parse(feed_of_the_site("Old"))
    ingest.store(channel, document, at=later(hours=1))

    assert (post.channel, post.url) == (channel, url)
    post.refresh_from_db()
    assert post.newest_version.n == 2
    assert Post.objects.filter(canonical_url=url).count() == 1


def test_a_page_of_an_unknown_site_is_refused_with_advice(editor):
    with pytest.raises(
        ingest.WordsMissing, match=r"None of our channels covers harbour\.example. Paste"
    ):
        paste("https://harbour.example/news/one", editor)

    post = paste("https://harbour.example/news/one", editor, text="What the page said.")

    assert post.channel.outlet.name == "harbour.example"
    assert post.posted_at is None


def test_a_pasted_screenshot_is_kept_as_evidence(editor):
    url = f"https://x.com/portwatch/status/{x_id_at(NOON)}"

    post = paste(url, editor, text="Closed.", screenshot=b"picture")

    assert Evidence.objects.get().post_version == post.newest_version


def test_pasting_does_not_count_as_reading_the_channel(editor):
    channel = make_channel(address="https://harbour.example/rss")

    paste("https://harbour.example/news/one", editor, text="What the page said.")

    channel.refresh_from_db()
    assert channel.last_read_at is None


def test_pasting_requires_the_import_permission():
    with pytest.raises(ingest.NotAllowed):
        paste("https://t.me/portwatch/9", make_user(), text="Words.")


# Two platforms, two accounts, two sites


def test_an_id_is_not_on_file_by_the_post_or_alias_of_another_platform(editor):
    number = x_id_at(NOON)
    elsewhere = make_channel(platform="telegram", account="portwatch")
    ingest.store(
        elsewhere,
        Document(
            kind="telegram",
            posts=(RawPost(native_id=number), RawPost(native_id="7", aliases=(f"{number}1",))),
        ),
        at=NOON,
    )

    assert PostAlias.objects.get().native_id == f"{number}1"
    assert ingest.on_file(f"https://x.com/portwatch/status/{number}") is None
    assert ingest.on_file(f"https://x.com/portwatch/status/{number}1") is None


def test_a_post_is_on_file_by_its_alias_on_its_own_platform(editor):
    number = x_id_at(NOON)
    channel = make_channel(platform="x", account="portwatch")
    other = make_post(channel=channel, native_id="1")
    post = make_post(channel=channel, native_id="7")
    PostAlias.objects.create(
        channel=channel, post=post, native_id=number, native_id_hash=native_id_hash(number)
    )

    assert ingest.on_file(f"https://x.com/portwatch/status/{number}") == post != other


def test_a_link_is_on_file_by_the_account_that_it_names(editor):
    url = f"https://x.com/portwatch/status/{x_id_at(NOON)}"
    make_post(channel=make_channel(platform="x", account="harbour"), url=url)
    make_post(channel=make_channel(platform="rss", account="portwatch"), url=url)
    before = ingest.on_file(url)

    own = make_post(channel=make_channel(platform="x", account="portwatch"), url=url)

    assert (before, ingest.on_file(url)) == (None, own)


def test_an_entry_is_on_file_by_the_feeds_of_its_own_site(editor):
    url = "https://harbour.example/news/one"
    make_channel(address="https://harbour.example/rss")
    digest = make_channel(outlet=make_outlet("Digest"), address="https://digest.example/rss")
    make_post(channel=digest, url=url)

    assert ingest.on_file(url) is None


def test_a_pasted_post_joins_the_channel_of_its_platform_and_account(editor):
    make_channel(platform="telegram", account="portwatch")
    make_channel(platform="x", account="harbour")
    first = make_channel(platform="x", account="portwatch", paused=True)
    make_channel(platform="x", account="portwatch", paused=True)

    post = paste(f"https://x.com/PortWatch/status/{x_id_at(NOON)}", editor, text="Closed.")

    assert post.channel == first
    assert Channel.objects.count() == 4


def test_a_time_that_the_editor_gives_wins_over_that_of_the_id(editor):
    url = f"https://x.com/portwatch/status/{x_id_at(later(minutes=-30))}"

    post = paste(url, editor, text="Closed.", posted_at=later(hours=-2), at=later(hours=1))

    assert (post.posted_at, post.first_seen_at, post.newest_version.captured_at) == (
        later(hours=-2),
        later(hours=1),
        later(hours=1),
    )


def test_the_same_words_for_two_posts_of_one_account_are_two_posts(editor):
    urls = [f"https://x.com/portwatch/status/{x_id_at(later(minutes=n))}" for n in (-2, -1)]

    one, other = (paste(url, editor, text="Closed.") for url in urls)
    again = paste(urls[0], editor, text="Closed until noon.")

    assert (again, one != other) == (one, True)
    assert [post.versions.count() for post in (one, other)] == [2, 1]
    assert [ingest.on_file(url) for url in urls] == [one, other]


def test_a_new_text_leaves_a_withdrawn_post_withdrawn(editor):
    url = f"https://x.com/portwatch/status/{x_id_at(NOON)}"
    post = paste(url, editor, text="Closed.")
    ingest.withdraw(post, by=editor, reason="Its page answers 404.", at=NOON)

    again = paste(url, editor, text="Closed until noon.", at=later(hours=1))

    assert (again.newest_version.n, again.state) == (2, Post.State.WITHDRAWN)


def test_a_screenshot_belongs_to_the_version_that_it_was_pasted_with(editor):
    url = f"https://x.com/portwatch/status/{x_id_at(NOON)}"
    paste(url, editor, text="Closed.")

    post = paste(url, editor, text="Closed until noon.", screenshot=b"pic", at=later(hours=1))

    kept = Evidence.objects.get()
    assert (kept.post_version.n, kept.post_version.post, kept.kept_at) == (2, post, later(hours=1))
    assert kept.sha256 == sha256(b"pic").hexdigest()


def test_pasting_keeps_when_the_channel_was_last_read(editor):
    read = later(days=-2)
    channel = make_channel(address="https://harbour.example/rss", last_read_at=read)

    paste("https://harbour.example/news/one", editor, text="What the page said.")

    channel.refresh_from_db()
    assert channel.last_read_at == read


class Feeds(Web):
    """A web in which each address has its own answer."""

    def __call__(self, url, *, trusted_hosts, user_agent):
        self.asked.append(url)
        given = self.pages[url.rpartition("/")[2]]
        if isinstance(given, Exception):
            raise given
        return Response(url=url, status=200, headers={}, body=given)


def test_at_most_three_feeds_of_a_site_are_looked_at(editor):
    for n in range(4):
        make_channel(code=f"FEED-{n}", address=f"https://harbour.example/{n}")
    make_channel(code="FILE", origin="file", address="https://harbour.example/file")
    make_channel(code="PAGE", origin="by_hand", address="https://harbour.example/page")
    web = Feeds(**{f"{n}": feed_of_the_site("other") for n in range(3)})

    with pytest.raises(ingest.NotFetched) as refused:
        paste("https://harbour.example/news/one", editor, web=web)

    assert web.asked == [f"https://harbour.example/{n}" for n in range(3)]
    assert "the feed of FEED-0, FEED-1, FEED-2 now. Paste its text." in str(refused.value)


def test_a_channel_that_is_only_pasted_into_is_not_asked_and_a_paused_feed_is(editor):
    make_channel(code="PAGE", origin="by_hand", address="https://harbour.example/page")
    make_channel(code="TIDE", platform="telegram", address="https://harbour.example/tide")
    feed = make_channel(code="FEED", paused=True, address="https://harbour.example/feed")
    web = Feeds(feed=feed_of_the_site("one"))

    post = paste("https://harbour.example/news/one", editor, web=web)

    assert web.asked == [feed.address]
    assert post.channel == feed


def test_a_feed_that_fails_does_not_stop_the_next_from_being_looked_at(editor):
    for n in range(2):
        make_channel(code=f"FEED-{n}", address=f"https://harbour.example/{n}")
    slow = FetchError(FaultKind.TIMEOUT, "harbour.example is slow")

    with pytest.raises(ingest.NotFetched, match=r"\(harbour\.example is slow\)"):
        paste(
            "https://harbour.example/news/one",
            editor,
            web=Feeds(**{"0": slow, "1": feed_of_the_site("other")}),
        )
    post = paste(
        "https://harbour.example/news/one",
        editor,
        web=Feeds(**{"0": slow, "1": feed_of_the_site("one")}),
    )

    assert post.channel.code == "FEED-1"
    assert post.native_id == "id-one"


def test_a_pasted_message_is_that_of_its_own_number(editor):
    post = paste("https://t.me/PortWatch/7", editor, web=Web(body=page(6, 7, 77)))
    other = paste("https://t.me/PortWatch/77", editor, web=Web(body=page(6, 7, 77)))

    assert [each.newest_version.text for each in (post, other)] == ["Message 7", "Message 77"]
    assert post.channel == other.channel


def test_a_link_without_an_account_is_refused_with_the_way_out(editor):
    with pytest.raises(ingest.NotAPost, match="does not say whose post it is"):
        paste(f"https://x.com/i/web/status/{x_id_at(later(minutes=-30))}", editor, text="Words.")
