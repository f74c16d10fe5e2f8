"""Words that were erased and come again: passed on, quoted, or repeated by another channel."""

import pytest

from articles import erasure
from tests.articles.erasure.everywhere import columns_with
from tests.clock import NOON, later
from tests.wires.factories import make_channel, make_outlet, make_post
from tests.wires.platforms.bluesky import answers as bluesky
from tests.wires.platforms.mastodon import answers as mastodon
from tests.wires.platforms.telegram import pages as telegram
from tests.wires.platforms.x import answers as x
from tests.wires.sameness.feeds import item, rss
from wires.ingest import read_body
from wires.ingest.erased import without_erased
from wires.models import Post, PostAlias, native_id_hash
from wires.platforms import parse
from wires.platforms.base import Document, RawPost

pytestmark = pytest.mark.django_db

SECRET = "Vandermolen"  # noqa: S105
WORDS = f"Pilot {SECRET} of Tolm slept through two tides, the harbour court heard on Monday."
LATER = "The court sits again on Thursday."


def read(channel, body, *, hours=0):
    return read_body(channel, body, at=later(hours=hours), parse=parse)


def erase(channel):
    post = Post.objects.get(channel=channel)
    return erasure.erase_post(post, reason="Court order 12/26", by=None, at=later(hours=1))


def bluesky_channel(**fields):
    known = {"account": bluesky.HANDLE, "numeric_id": bluesky.DID}
    return make_channel(platform="bluesky", **(known | fields))


def test_what_was_erased_is_not_stored_when_its_author_reposts_it_on_bluesky():
    channel = bluesky_channel()
    read(channel, bluesky.feed(bluesky.post(WORDS)))
    erase(channel)

    renamed = bluesky.author(handle="new.example")
    repost = bluesky.reposted(bluesky.post(WORDS, by=renamed), by=renamed)
    read(channel, bluesky.feed(repost, bluesky.post(LATER, "3lesheq2xbk2z")), hours=3)

    assert columns_with(SECRET) == []
    assert Post.objects.count() == 2


def test_what_was_erased_is_not_stored_when_another_account_reposts_it():
    channel = bluesky_channel()
    read(channel, bluesky.feed(bluesky.post(WORDS)))
    erase(channel)

    other = bluesky.author(bluesky.OTHER_DID, "tides.example")
    repost = bluesky.reposted(bluesky.post(WORDS), by=other)
    read(bluesky_channel(account="tides.example", numeric_id=""), bluesky.feed(repost), hours=3)

    assert columns_with(SECRET) == []


def test_an_erased_post_keeps_no_post_of_another_platform_with_its_id_away():
    channel = make_channel(platform="x", account="harbour", numeric_id="4711")
    read(channel, x.page(x.post(WORDS)))
    erase(channel)
    taken = Post.objects.get(channel=channel).native_id

    elsewhere = bluesky_channel(outlet=make_outlet("Tide Watch"))
    page = Document(kind="bluesky", posts=[RawPost(
        native_id=f"repost:{taken}", url="https://bsky.app/profile/a.example/post/3l", text=LATER,
        title=LATER, posted_at=NOON, flags=frozenset({"forwarded"}), forwarded_ids=(taken,),
    )])  # fmt: skip
    kept, has_erased = without_erased(elsewhere, page)
    here, _ = without_erased(make_channel(platform="x", account="tide"), page)

    assert (list(kept.posts), has_erased, list(here.posts)) == ([*page.posts], False, [])


def test_what_was_erased_is_not_stored_when_it_is_quoted_and_the_quoting_post_is():
    channel = bluesky_channel()
    first = bluesky.post(WORDS)
    read(channel, bluesky.feed(first))
    erase(channel)

    quoting = bluesky.post(LATER, "3lesheq2xbk2z", embed=bluesky.quoted(first))
    read(channel, bluesky.feed(quoting), hours=3)

    assert columns_with(SECRET) == []
    assert Post.objects.get(native_id__endswith="2z").latest_version.text == LATER


def test_a_quotation_of_what_was_not_erased_keeps_its_words():
    channel = bluesky_channel()
    read(channel, bluesky.feed(bluesky.post(WORDS)))
    erase(channel)

    quoted = bluesky.quoted(bluesky.post("Eels ran at dawn.", "3lesheq2xbk2y"))
    read(channel, bluesky.feed(bluesky.post(LATER, "3lesheq2xbk2z", embed=quoted)), hours=3)

    media = Post.objects.get(native_id__endswith="2z").latest_version.media
    assert "Eels ran at dawn." in str(media)


def test_what_was_erased_is_not_stored_when_it_is_boosted_on_mastodon():
    channel = make_channel(platform="mastodon", account="desk@social.example", numeric_id="77")
    first = mastodon.status(f"<p>{WORDS}</p>")
    read(channel, mastodon.body([first]))
    erase(channel)

    boost = mastodon.status("", "114737133179639999", reblog=first)
    read(channel, mastodon.body([boost]), hours=3)

    assert columns_with(SECRET) == []


def test_what_was_erased_is_not_stored_when_an_edit_of_it_is_passed_on_on_x():
    channel = make_channel(platform="x", account="harbour", numeric_id="4711")
    read(channel, x.page(x.post(WORDS, x.SECOND, edits=(x.FIRST,))))
    erase(channel)

    retweet = x.post(
        f"RT @Harbour: {WORDS}",
        "2070104717521849999",
        by=x.TIDE,
        referenced_tweets=[{"type": "retweeted", "id": x.THIRD}],
    )
    edited = x.post(WORDS, x.THIRD, edits=(x.FIRST, x.SECOND))
    other = make_channel(platform="x", account="tidewatch", numeric_id="815")
    page = x.page(retweet, users=(x.USER, x.TIDE), tweets=[edited])
    read(other, page, hours=3)

    assert columns_with(SECRET) == []


def test_what_was_erased_is_not_stored_when_it_is_forwarded_on_telegram():
    channel = make_channel(platform="telegram", account="harbour", numeric_id="100")
    read(channel, telegram.page(telegram.post(96, WORDS)))
    erase(channel)

    forward = (
        telegram.post(
            97,
            WORDS,
            chat=-200,
            inside='<div class="tgme_widget_message_forwarded_from">Forwarded from '
            '<a class="tgme_widget_message_forwarded_from_name" href="https://t.me/Harbour/96">'
            "Harbour</a></div>",
        )
        .replace('data-post="Harbour/97"', 'data-post="Tides/97"')
        .replace("https://t.me/Harbour/97", "https://t.me/Tides/97")
    )
    body = telegram.page().replace(telegram.NONE_FOUND.encode(), forward.encode())
    read(make_channel(platform="telegram", account="tides"), body, hours=3)

    assert columns_with(SECRET) == []


def test_another_channel_of_the_outlet_does_not_bring_back_what_was_erased():
    outlet = make_outlet()
    channel = make_channel(outlet=outlet)
    read(channel, rss(item("Pilot slept", "pilot/1", body=f"<p>{WORDS}</p>")))
    erase(channel)

    again = rss(
        item("Pilot slept", "pilot/1", body=f"<p>{WORDS}</p>"),
        item("A reader writes", "pilot/1", guid="c-1", body="<p>Two tides, and nobody woke.</p>"),
    )
    read(make_channel(outlet=outlet), again, hours=3)

    assert columns_with(SECRET) == []
    # Other words at the same address are another story.
    assert Post.objects.filter(latest_version__text__contains="nobody woke").exists()


def test_the_same_words_under_another_id_and_address_stay_erased():
    channel = make_channel()
    read(channel, rss(item("Pilot slept", "pilot/1", body=f"<p>{WORDS}</p>")))
    erase(channel)

    link = "https://wire.example/?p=48813"
    read(channel, rss(item("Pilot slept", link, guid=link, body=f"<p>{WORDS}</p>")), hours=3)

    assert columns_with(SECRET) == []


def test_a_post_that_was_pasted_by_two_links_is_erased_with_its_twin():
    channel = make_channel()
    by_guid, by_link = (
        make_post(channel=channel, native_id=native_id, text=WORDS) for native_id in ("g-1", "l-1")
    )
    PostAlias.objects.create(
        channel=channel, post=by_link, native_id="g-1", native_id_hash=native_id_hash("g-1")
    )
    shown = {step.name: step.rows for step in erasure.inspect_post(by_guid).steps}

    erasure.erase_post(by_guid, reason="Court order 12/26", by=None, at=NOON)

    assert shown["posts that are this one under another id, erased with it"] == 1
    assert columns_with(SECRET) == []
