"""The same words under other ids, addresses and dress: no new post, no version, no alarm."""

import pytest

from tests.articles.factories import make_article, make_source
from tests.clock import NOON, later
from tests.wires.documents import document, raw
from tests.wires.factories import make_channel
from tests.wires.unguarded import forget_hashes
from wires import retention
from wires.ingest import IngestOutcome, read_body, store
from wires.ingest.bodies import FetchedBody
from wires.models import Capture, Channel, Post, PostVersion
from wires.platforms import parse
from wires.platforms.base import with_posts

pytestmark = pytest.mark.django_db

PAGE = (
    '<?xml version="1.0"?><rss version="2.0"><channel><title>Harbour</title>'
    "<item><title>Why &lt;main&gt; matters</title><link>http://harbour.example/a/1</link>"
    "<guid>http://harbour.example/a/1</guid><pubDate>28.06.2026 09:30</pubDate>"
    "<description>&lt;p&gt;Part of the &amp;lt;a href='https://x.example/'&amp;gt;project"
    "&amp;lt;/a&amp;gt;. Fares&amp;amp;nbsp;rise.&lt;/p&gt;</description></item></channel></rss>"
)
# What the code of 29 November 2026 stored of it, under a hash that it made in its own way.
STORED = {"title": "Why matters", "text": 'Part of the <a href=\'https://x.example/\'>project</a>. Fares&nbsp;rise.'}  # fmt: skip


def stored_as_then(channel):
    """Make the rows that the code of then wrote."""
    store(channel, document(raw("x", native_id="http://harbour.example/a/1")), at=NOON)
    post = Post.objects.get()
    PostVersion.objects.all()._raw_delete("default")
    version = PostVersion.objects.create(
        post=post, n=1, captured_at=NOON, html="", content_hash="written-then", **STORED
    )
    Post.objects.update(
        latest_version=version,
        url="http://harbour.example/a/1",
        canonical_url="http://harbour.example/a/1",
        posted_at=None,
    )
    return Post.objects.get()


def test_what_an_earlier_release_stored_and_an_article_cites_is_the_same_now():
    channel = make_channel()
    post = stored_as_then(channel)
    make_source(make_article(sources=False), post=post)

    outcome = read_body(channel, PAGE.encode(), at=later(hours=1), parse=parse)
    forget_hashes()
    moved = PAGE.replace("http://harbour", "https://www.harbour")
    again = read_body(channel, moved.encode(), at=later(hours=2), parse=parse)

    assert (outcome, again) == (IngestOutcome(seen=1), IngestOutcome(seen=1))
    assert PostVersion.objects.get().content_hash == "written-then"
    assert Post.objects.get().state == "live"


MOVES = {
    "https": "https://harbour.example/news/harbour-closes",
    "www": "http://www.harbour.example/news/harbour-closes",
    "slash": "http://harbour.example/news/harbour-closes/",
    "ref": "http://harbour.example/news/harbour-closes?ref=rss",
    "session": "http://harbour.example/news/harbour-closes?PHPSESSID=4f1d",
    "path session": "http://harbour.example/news/harbour-closes;jsessionid=4F1D",
    "host": "https://news.port.example/news/harbour-closes",
}
OLD = "http://harbour.example/news/harbour-closes"


@pytest.mark.parametrize("link", MOVES.values(), ids=MOVES)
def test_a_post_whose_address_moved_is_the_same_post(link):
    channel = make_channel()
    store(channel, document(raw("Harbour closes", native_id=OLD, link=OLD)), at=NOON)

    moved = document(raw("Harbour closes", native_id=link, link=link))
    outcomes = [store(channel, moved, at=later(days=days)) for days in (1, 2)]

    assert outcomes == [IngestOutcome(seen=1), IngestOutcome(seen=1)]


@pytest.mark.parametrize("link", MOVES.values(), ids=MOVES)
def test_an_erased_post_whose_address_moved_stays_erased(link):
    channel = make_channel()
    store(channel, document(raw("Harbour closes", native_id=OLD, link=OLD)), at=NOON)
    retention.erase(Post.objects.get(), reason="court order", by=None, at=NOON)

    outcome = store(
        channel, document(raw("Harbour closes", native_id=link, link=link)), at=later(days=1)
    )

    assert outcome == IngestOutcome(seen=1)


@pytest.mark.parametrize(
    ("fillers", "guid"),
    [(3, "guid-1"), (300, "guid-1"), (3, "http://www.harbour.example/news/harbour-closes/")],
    ids=["few posts", "many posts", "its guid is its link in another spelling"],
)
def test_an_erased_post_does_not_come_back_under_another_guid(fillers, guid):
    channel, link = make_channel(), "https://harbour.example/news/harbour-closes"
    fill = [raw(f"Filler {n} of the day", native_id=f"id-{n}") for n in range(fillers)]
    store(channel, document(raw("Harbour closes", native_id=guid, link=link), *fill), at=NOON)
    post = Post.objects.get(canonical_url=link)
    retention.erase(post, reason="court order", by=None, at=NOON)

    again = document(raw("Harbour closes", native_id="guid-2", link=link))
    outcome = store(channel, again, at=later(hours=1))

    assert outcome == IngestOutcome(seen=1)


def test_a_body_is_not_kept_for_what_was_dropped_of_it():
    channel = make_channel()
    erased, other = raw("Harbour closes"), raw("Ferries sail again")
    store(channel, document(erased), at=NOON)
    retention.erase(Post.objects.get(), reason="court order", by=None, at=NOON)

    cut = with_posts(document(erased, other), (other,))
    store(channel, cut, at=NOON, body=FetchedBody.of(b"both", url="https://harbour.example/"))

    capture = Capture.objects.get(url="https://harbour.example/")
    assert (capture.body, capture.erased_at) == (None, NOON)


@pytest.mark.parametrize("posts", [2, 20])
def test_where_all_stories_link_to_one_page_an_erased_one_swallows_no_other(posts):
    channel = make_channel()
    headlines = [
        f"{word} alone"
        for word in ["Ada", "Bel", "Cy", "Dov", "Eli", "Fen", "Gus", "Hal", "Ida", "Jo"] * 3
    ]
    stories = [
        raw(
            f"{headline} {n}",
            native_id=f"id-{n}",
            link="https://harbour.example/",
            posted_at=later(hours=-n),
        )
        for n, headline in enumerate(headlines[: posts + 2])
    ]
    store(channel, document(*stories[:posts]), at=NOON)
    retention.erase(Post.objects.order_by("pk").first(), reason="court order", by=None, at=NOON)

    outcomes = [store(channel, document(story), at=later(hours=1)) for story in (stories[posts:])]

    assert outcomes == [IngestOutcome(new=1), IngestOutcome(new=1)]


def test_a_story_with_the_number_of_another_page_is_a_new_post():
    channel = make_channel()
    store(channel, document(raw("Report 1 from the quay", link=f"{OLD}?p=1")), at=NOON)

    outcome = store(channel, document(raw("Report 2 from the quay", link=f"{OLD}?p=2")), at=NOON)

    assert outcome == IngestOutcome(new=1)


TEXT = "The harbour is shut. Nine ships wait for the pilots, who want more pay."


@pytest.mark.parametrize(
    "text",
    [
        f"{TEXT}\n\n1,204 views",
        f"{TEXT}\n\nComments (12) | 3 shares",
        f"{TEXT}\n\nUpdated 5 minutes ago",
        f"By Ines Okonjo\n\n{TEXT}",
        f"By Ines Okonjo and Ada Roe {TEXT}",
        f"{TEXT}\n\nRead also: Ferries sail again",
        f"{TEXT}\n\nRelated stories:\n\nFerries sail again\nGrain prices slip",
        f"{TEXT}\n\nAdvertisement",
        f"{TEXT}\n\nSponsored: Book a cruise",
        f"{TEXT}\n\nThe post Harbour appeared first on Harbour Wire.",
        "The harbour is shut. Nine ships…",
        "The harbour is shut. [...]",
        "The harbour is shut.",
    ],
)
def test_what_stands_around_the_words_makes_no_version(text):
    channel = make_channel()
    texts = (TEXT, text, TEXT)
    pages = [document(raw("Ships", native_id="1", text=each)) for each in texts]

    outcomes = [store(channel, page, at=later(days=2 * n)) for n, page in enumerate(pages)]

    assert outcomes[1:] == [IngestOutcome(seen=1)] * 2


def test_a_footer_added_to_every_item_makes_no_version():
    channel = make_channel()
    plain = [raw(f"Ships {n}", text=f"Ship {n} waits at the quay.") for n in range(4)]
    footed = [raw(post.title, text=f"{post.text}\n\n© 2026 Harbour Wire.") for post in plain]

    outcomes = [
        store(channel, document(*posts), at=later(days=n))
        for n, posts in enumerate((plain, footed, plain))
    ]

    assert outcomes[1:] == [IngestOutcome(seen=4)] * 2


def test_of_far_too_much_that_differs_the_longest_is_an_edit_and_nothing_is_read_into_it():
    channel = make_channel()
    long = "The ship waits. " * 80_000
    posts = [raw("Long", text=long), raw("Short", text="Ship 2 waits at the quay.")]
    footed = [raw(post.title, text=f"{post.text}\n\nRead also: Fog") for post in posts]
    store(channel, document(*posts), at=NOON)

    outcome = store(channel, document(*footed), at=later(days=1))

    assert outcome == IngestOutcome(seen=1, versions=1)
    assert PostVersion.objects.get(n=2).title == "Long"


def test_the_full_text_takes_the_place_of_the_summary():
    channel = make_channel()
    for n, text in enumerate(("The harbour is shut…", TEXT, "The harbour is shut…")):
        store(channel, document(raw("Ships", native_id="1", text=text)), at=later(days=2 * n))

    assert Post.objects.get().latest_version.text == TEXT


def test_dates_without_a_zone_are_in_that_of_the_channel():
    channel = make_channel(time_zone="Europe/Helsinki", last_read_at=later(days=-1))
    page = PAGE.replace("28.06.2026 09:30", "25.06.2026 09:30")

    read_body(channel, page.encode(), at=NOON, parse=parse)

    assert Post.objects.get().posted_at == later(hours=-5.5)


def test_an_undated_post_is_no_newer_than_the_one_above_it():
    channel = make_channel(last_read_at=later(days=-1))
    page = document(raw("One", posted_at=later(hours=-3)), raw("Two", posted_at=None))

    store(channel, page, at=NOON)

    two = Post.objects.get(latest_version__title="Two")
    assert (two.posted_at, two.wire_at) == (None, later(hours=-3))
    assert Channel.objects.get().last_post_at == later(hours=-3)
