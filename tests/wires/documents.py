"""What an adapter read: raw posts and the documents that hold them."""

from django.utils.text import slugify

from tests.clock import later
from wires.models import Post
from wires.platforms.base import Document, RawPost


def raw(title="Calvera closes its harbour", *, native_id="", link="", **fields):
    link = link or f"https://harbour.example/{slugify(title)}"
    fields = {"posted_at": later(minutes=-10), "text": f"{title}, the port said."} | fields
    return RawPost(native_id=native_id or link, url=link, link_id=link, title=title, **fields)


def document(*posts, kind="rss", **fields):
    return Document(kind=kind, posts=posts, **fields)


def titles(channel):
    posts = Post.objects.filter(channel=channel).order_by("pk").select_related("latest_version")
    return [post.latest_version.title for post in posts]
