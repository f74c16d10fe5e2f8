"""Every kind of page of the demo edition as readers get it at noon, made comparable."""

import re
from hashlib import sha256

import time_machine

from articles.models import Article, Correction, Section, VersionSource
from newsroom import demo
from tests.clock import NOON, later
from wires.models import Outlet, Post

# Of the posts, one page for each fate; of the outlets a few are enough.
POSTS_OF_A_STATE, OUTLETS = 2, 4
_SPACE = re.compile(r"\s+")
# Numbers that differ from one database to the next: in the order in which they were given.
_POST = re.compile(r"(?<=/wire/posts/)\d+")
_ARTICLE = re.compile(r"(?<=:article-)\d+|(?<=[#\"]a)\d+(?=-s\d)")
_NOTE = re.compile(r"(?<=/corrections/)\d+")
# The newest and the oldest of a page of a list.
_CURSOR = re.compile(r"(?<=er=)(-?\d+)-\d+")


def load():
    with time_machine.travel(NOON, tick=False):
        demo.load(at=NOON)


def addresses():
    """Return the address of each page, by a name that stays the same."""
    found = {
        "front": "/",
        "wire": "/wire/",
        "live wire": "/wire/live/",
        "strip": "/markets/strip/",
        "feed": "/feed/",
        "not found": "/nothing/",
        "sections.xml": "/sitemaps/sections.xml",
    }
    for section in Section.objects.all():
        found[f"section {section.slug}"] = section.get_absolute_url()
        found[f"feed of {section.slug}"] = f"{section.get_absolute_url()}feed/"
    for article in Article.objects.exclude(first_published_at=None):
        found[f"article {article.live_slug}"] = article.get_absolute_url()
    for correction in Correction.objects.select_related("article"):
        article = correction.article
        found[f"corrections of {article.live_slug}"] = f"{article.get_absolute_url()}corrections/"
    for source in VersionSource.objects.filter(number=1).select_related("version", "post_version"):
        words = source.post_version
        found[f"cited by {source.version.slug}"] = (
            f"/wire/posts/{words.post_id}/versions/{words.n}/"
        )
    for state in Post.State.values:
        rows = Post.objects.filter(state=state, hidden_at=None).order_by("pk")
        for n, post in enumerate(rows[:POSTS_OF_A_STATE], start=1):
            found[f"{state} post {n}"] = post.get_absolute_url()
    for outlet in Outlet.objects.order_by("name")[:OUTLETS]:
        found[f"outlet {outlet.slug}"] = outlet.get_absolute_url()
    return found


def read(client):
    """Return each page, by its name, without what depends on the database or on white space."""
    posts, articles, notes = ranks(Post), ranks(Article), ranks(Correction)
    with time_machine.travel(later(minutes=5), tick=False):
        pages = {name: client.get(address) for name, address in addresses().items()}
    return {
        name: comparable(f"{page.status_code} {page.content.decode()}", posts, articles, notes)
        for name, page in pages.items()
    }


def ranks(model):
    keys = model.objects.order_by("pk").values_list("pk", flat=True)
    return {str(key): str(rank) for rank, key in enumerate(keys, start=1)}


def comparable(text, posts, articles, notes):
    text = _POST.sub(lambda match: posts[match[0]], text)
    text = _ARTICLE.sub(lambda match: articles[match[0]], text)
    text = _NOTE.sub(lambda match: notes[match[0]], text)
    return _SPACE.sub(" ", _CURSOR.sub(r"\1", text)).strip()


def digest(text):
    return sha256(text.encode()).hexdigest()[:16]
