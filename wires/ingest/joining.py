"""Posts that turn out to be one: each link of an edit chain was pasted before the chain was known."""

from collections.abc import Sequence
from datetime import datetime

from django.db.models import Exists, OuterRef

from wires.ingest.item import Item
from wires.models import Channel, Post, PostAlias, PostVersion

SAME_POST = "The source says that this is an earlier or later edit of post {pk}."


def join_posts(channel: Channel, items: Sequence[Item], *, at: datetime) -> list[int]:
    """Let the ids of all posts that an item is lead to one, and hide the others; return the keys of these.

    Nothing is deleted, and what an article cites is not hidden: readers go on seeing it there. Each
    is hidden once, so that a person who shows it again is heeded. No query where no item is several
    posts, two where all are joined.
    """
    kept = {other.native_id_hash: item.post for item in items for other in item.others}
    if not kept:
        return []
    aliases = PostAlias.objects.filter(channel=channel)
    joined = set(aliases.filter(native_id_hash__in=kept).values_list("native_id_hash", flat=True))
    others = Post.objects.filter(channel=channel, native_id_hash__in=kept.keys() - joined)
    uncited = Post.objects.filter(
        ~Exists(PostVersion.objects.filter(post=OuterRef("pk"), citations__isnull=False))
    )
    rows = list(others.only("native_id", "native_id_hash"))
    for other in rows:
        post = kept[other.native_id_hash]
        if post is None:
            continue
        aliases.filter(post=other).update(post=post)
        PostAlias.objects.create(
            channel=channel,
            native_id=other.native_id,
            native_id_hash=other.native_id_hash,
            post=post,
        )
        uncited.filter(pk=other.pk, hidden_at__isnull=True).update(
            hidden_at=at, hidden_reason=SAME_POST.format(pk=post.pk)
        )
    return [other.pk for other in rows]
