"""The post behind a link, if it is here already: by its ids, its page, or its number and words."""

from datetime import timedelta
from urllib.parse import urlsplit

from django.db.models import QuerySet

from wires.ingest.by_hand import fold
from wires.ingest.channels import channels_of_site
from wires.models import Channel, Post, PostAlias, native_id_hash
from wires.platforms.elsewhere import original_of
from wires.platforms.link_keys import link_key
from wires.platforms.permalinks import Permalink, canonical_url, recognise

MOST_ALIKE = 50  # posts at addresses like the one that is pasted
NEAR = timedelta(days=1)  # of the time in a number, a post is on the wire


def on_file(url: str) -> Post | None:
    """Return the post behind a link if it is already archived, whatever channel it came from."""
    posts = Post.objects.on_file().with_newest_words()
    url = original_of(url.strip())
    link = recognise(url)
    if link is None:
        channels = channels_of_site(url)
        return _at_page(posts.filter(channel__in=channels), url)
    hashes = [native_id_hash(native_id) for native_id in (link.native_id, *link.aliases)]
    on_platform = Channel.objects.filter(platform=link.platform)
    alias = PostAlias.objects.filter(channel__in=on_platform, native_id_hash__in=hashes).first()
    if alias is not None:
        return posts.filter(pk=alias.post_id).first()
    return (
        posts.filter(channel__in=on_platform, native_id_hash__in=hashes).first()
        or posts.filter(
            channel__in=on_platform.filter(account=link.account), canonical_url=link.url
        ).first()
        or _on_its_server(posts, link)
    )


def on_file_in_words(link: Permalink | None, text: str) -> Post | None:
    """Return the post with the number of a link and the words that an editor copied from there.

    An account may be known by a handle, by the one before or by its number, and only the platform
    could tell; where the words are the same too, nobody needs to ask.
    """
    if link is None or not text:
        return None
    for post in _of_this_number(Post.objects.with_newest_words(), link)[:MOST_ALIKE]:
        version = post.newest_version
        if version is not None and fold(version.text) == fold(text):
            return post
    return None


def _of_this_number(posts: QuerySet[Post], link: Permalink) -> QuerySet[Post]:
    """Return the posts of any account that have this number, if it says when it was made."""
    if link.id_time is None:
        return posts.none()
    # By the index of the wire: numbers alone have none.
    near = (link.id_time - NEAR, link.id_time + NEAR)
    return posts.filter(
        channel__platform=link.platform,
        wire_at__range=near,
        native_id__endswith=f"/{link.number}",
    ).order_by("pk")


def _on_its_server(posts: QuerySet[Post], link: Permalink) -> Post | None:
    """Return the post that a server knows by its number alone, in a link that names no account."""
    if link.account:
        return None
    here = _of_this_number(posts, link).filter(native_id__startswith=f"https://{link.host}/")
    return here.first()


def _at_page(posts: QuerySet[Post], url: str) -> Post | None:
    """Return the post whose page an address leads to; with whom it came from, or with www, too."""
    address = canonical_url(url)
    if post := posts.filter(canonical_url=address).first():
        return post
    path = urlsplit(address).path.rstrip("/").removesuffix("/amp")
    if len(path) < 2:
        return None
    alike = posts.filter(canonical_url__contains=path).order_by("-pk")[:MOST_ALIKE]
    found = [post for post in alike if link_key(post.canonical_url) == link_key(address)]
    return found[0] if len(found) == 1 else None
