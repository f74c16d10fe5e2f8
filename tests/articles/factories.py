"""Plain functions that make articles and what they rest on; pass only what the test is about."""

import itertools

from django.utils.text import slugify

from articles import publishing
from articles.models import Article, Author, Section, SitePage, Topic, WireSource
from tests.clock import NOON
from tests.wires.factories import make_post

count = itertools.count(1)


def make_section(name="World", **fields):
    section, _ = Section.objects.get_or_create(name=name, defaults={"slug": slugify(name)} | fields)
    return section


def make_author(name="Ines Okonjo-Hale", **fields):
    return Author.objects.create(name=name, **{"slug": slugify(name)} | fields)


def make_topic(name="Shipping", **fields):
    return Topic.objects.create(name=name, **{"slug": slugify(name)} | fields)


def make_site_page(title="About", *, public=True, at=NOON, **fields):
    """Make a page about the site, published unless said otherwise."""
    page = SitePage.objects.create(
        title=title, **{"slug": slugify(title), "body": "We report from the wire."} | fields
    )
    if public:
        publishing.publish_page(page, by=None, at=at)
    return page


def make_source(article, *, key="r1", post=None, archived=True, **fields):
    post = post or make_post()
    return WireSource.objects.create(
        article=article,
        key=key,
        post=post,
        version=post.latest_version if archived else None,
        **fields,
    )


def make_article(*, headline="Calvera turns ships back", sources=True, topics=(), **fields):
    """Make a draft without holds: one sentence citing one archived post, and a framing note."""
    article = Article.objects.create(
        headline=headline,
        **{
            "slug": f"{slugify(headline)}-{next(count)}",
            "section": fields.pop("section", None) or make_section(),
            "standfirst": "A port notice bars large vessels.",
            "body": "The harbour is closed [@r1].",
            "framing_note": "We lead with the harbour.",
        }
        | fields,
    )
    article.topics.set(topics)
    if sources:
        make_source(article)
    return article


def make_live_article(*, at=NOON, by=None, **fields):
    """Make an article and publish it with publishing.publish."""
    article = make_article(**fields)
    publishing.publish(article, by=by, at=at)
    article.refresh_from_db()
    return article


def cite(*posts, body="", at=NOON, **fields):
    """Return a live article citing these posts, with the keys r1, r2 …"""
    marks = " ".join(f"It stands [@r{n}]." for n in range(1, len(posts) + 1))
    article = make_article(sources=False, body=body or marks, **fields)
    for n, post in enumerate(posts, start=1):
        make_source(article, key=f"r{n}", post=post, position=n)
    publishing.publish(article, by=None, at=at)
    article.refresh_from_db()
    return article


def post_of(article):
    """Return the one post that an article cites."""
    return article.wire_sources.get().post
