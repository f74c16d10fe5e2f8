"""What a feed entry lists of the posts that its article cites: as stored, or made again."""

import pytest

from articles import publishing
from articles.models import Article, PageParts
from articles.page_parts import for_feed, read_feed_sources
from tests.articles.factories import make_article, make_source
from tests.clock import NOON, later
from tests.newsroom.factories import make_user
from tests.wires.factories import make_channel, make_outlet, make_post
from wires.models import Post

pytestmark = pytest.mark.django_db


def publish(outlet, **fields):
    """Publish an article on a post of this outlet; its single origin was acknowledged."""
    article = make_article(sources=False, **fields)
    make_source(article, post=make_post(channel=make_channel(outlet=make_outlet(outlet))))
    for finding in publishing.vet(article, at=NOON):
        publishing.acknowledge(
            article, fingerprint=finding.fingerprint, note="", by=make_user(group="Editor"), at=NOON
        )
    return publishing.publish(article, by=None, at=NOON)


def listed():
    versions = [row.live_version for row in for_feed(Article.objects.live().order_by("pk"))]
    found = read_feed_sources(versions, at=NOON)
    return [
        (name in found[version.pk].html, "withdrawn" in found[version.pk].html,
         found[version.pk].count, found[version.pk].flags)
        for name, version in zip(("Kestrel", "Osprey"), versions, strict=True)
    ]  # fmt: skip


FLAGS = {"sources": "acknowledged"}
BOTH = [(True, False, 1, FLAGS)] * 2


def test_each_entry_lists_its_own_sources_as_stored_in_two_queries(django_assert_num_queries):
    publish("Kestrel")
    publish("Osprey")

    with django_assert_num_queries(2):
        assert listed() == BOTH


@pytest.mark.parametrize("stored", ["none", "one", "by other code"])
def test_what_is_not_stored_is_listed_as_if_it_were(stored, django_assert_num_queries):
    first = publish("Kestrel")
    publish("Osprey")
    rows = PageParts.objects.filter(**{"version": first} if stored == "one" else {})
    if stored == "by other code":
        rows.update(renderer="older", feed_sources="<p>Old.</p>", flags={})
    else:
        rows.delete()

    with django_assert_num_queries(4):
        assert listed() == BOTH


def test_an_entry_whose_post_was_withdrawn_is_listed_anew_and_no_other(django_assert_num_queries):
    publish("Kestrel")
    publish("Osprey")
    withdrawn = Post.objects.filter(channel__outlet__name="Osprey")
    withdrawn.update(state="withdrawn", withdrawn_at=later(hours=1))

    with django_assert_num_queries(3):
        assert listed() == [(True, False, 1, FLAGS), (True, True, 1, FLAGS)]


def test_a_feed_without_entries_asks_no_database(django_assert_num_queries):
    with django_assert_num_queries(0):
        assert read_feed_sources([], at=NOON) == {}
