"""Whether a body has a post that was erased on legal request: its bytes are not kept then."""

from collections.abc import Collection

from wires.models import Channel, Post, PostAlias, PostVersion


def has_erased_post(
    channel: Channel, present: Collection[str], addresses: Collection[str] = ()
) -> bool:
    """Return whether an erased post is among these, known by the hashes of their ids or by address.

    One query, two more where anything was ever erased.
    """
    erased = PostVersion.objects.filter(erased_at__isnull=False).values_list("post").distinct()
    # Asked apart: joined to the posts of the channel, it would read all of them.
    posts = [pk for (pk,) in erased]
    if not posts:
        return False
    here = Post.objects.filter(pk__in=posts, channel=channel)
    aliases = PostAlias.objects.filter(post__in=posts, channel=channel)
    known = {hash_ for (hash_,) in aliases.values_list("native_id_hash")}
    for hash_, address in here.values_list("native_id_hash", "canonical_url"):
        known.add(hash_)
        if address and address in addresses:
            return True
    return not known.isdisjoint(present)
