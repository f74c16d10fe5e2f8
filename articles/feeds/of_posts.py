"""The feed of the public wire: a line a post, no more of it than the wire's list shows."""

from datetime import datetime
from uuid import NAMESPACE_URL, uuid5

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.translation import gettext

from articles.feeds.entry import Feed, FeedEntry
from web.addresses import absolute
from wires.lists import listed_posts
from wires.models import Post
from wires.templatetags.wire import line, line_language

ITEMS = 40


def feed_of_posts(at: datetime) -> Feed:
    """Return the feed of the newest posts. One query."""
    posts = listed_posts().newest_first()[:ITEMS]
    return Feed.of(
        [_entry(post) for post in posts],
        title=f"{settings.SITE_NAME} – {gettext('the wire')}",
        page="/wire/",
        description=gettext("Every public post on our wire, newest first."),
    )


def _entry(post: Post) -> FeedEntry:
    version, outlet = post.latest_version, post.channel.outlet
    seen = version.source_edited_at or version.captured_at if version else post.wire_at
    # Whose id in its channel is known for good; the address of the site is no part of it.
    known_as = f"{post.channel_id}/{post.native_id_hash}"
    return FeedEntry(
        id=f"urn:uuid:{uuid5(NAMESPACE_URL, known_as)}",
        title=line(post),
        link=absolute(post.get_absolute_url()),
        summary="",
        content=render_to_string("articles/_feed_post.html", {"post": post, "outlet": outlet}),
        language=line_language(post),
        published=post.wire_at,
        updated=max(post.withdrawn_at or seen, post.wire_at),
        author=outlet.name,
        categories=(post.channel.get_platform_display(),),
    )
