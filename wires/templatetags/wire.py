"""How a post is shown: its words within the outlet's limit, what became of it, its moment."""

from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit

from django import template

from web import excerpts, languages
from wires.models import Channel, Post, PostVersion

register = template.Library()
register.filter(languages.language_name)
register.filter(languages.direction)
register.filter(languages.known_language)

NO_WORDS = "Post without text"


@dataclass(frozen=True, slots=True, kw_only=True)
class Fate:
    """What has become of a post: a word with a sign, and since when."""

    kind: str
    label: str
    at: datetime | None = None


@register.filter
def excerpt(version: PostVersion, limit: int) -> str:
    """Return the words of a version within an outlet's limit of characters."""
    return excerpts.cut(version.words, limit)


@register.filter
def line(post: Post) -> str:
    """Return the post's line on the wire: never the words of one that was withdrawn or erased.

    A query where it has no title, unless it comes from wires.lists.
    """
    version = post.latest_version
    if post.is_withdrawn:
        return "Withdrawn by the outlet"
    if version is None or version.is_erased:
        return "Removed on legal request" if version else NO_WORDS
    limit = post.channel.outlet.excerpt_length
    begins = post.begins if hasattr(post, "begins") else version.text
    return excerpts.cut(version.title or begins, limit) or NO_WORDS


@register.filter
def is_ours(post: Post) -> bool:
    """Return whether the post's line on the wire is our words, not its source's."""
    version = post.latest_version
    return post.is_withdrawn or version is None or version.is_erased


@register.simple_tag
def fate(post: Post, version: PostVersion | None = None) -> Fate:
    """Return what became of a post since the version was cited, or of the post as it is now.

    Reads post.latest_version where a version is given.
    """
    latest = post.latest_version
    words = version or latest
    if words is not None and words.is_erased:
        return Fate(kind="removed", label="Removed on legal request")
    if post.is_withdrawn:
        return Fate(kind="withdrawn", label="Withdrawn", at=post.withdrawn_at)
    if version is None:
        return Fate(kind=post.state, label=post.get_state_display())
    if latest is not None and latest.pk != version.pk and latest.n > version.n:
        return Fate(
            kind="edited", label="Edited since", at=latest.source_edited_at or latest.captured_at
        )
    return Fate(kind="live", label="Live")


@register.filter
def account(channel: Channel) -> str:
    """Return the name by which readers know the channel on its platform."""
    platform = channel.on_platform
    if not platform.has_accounts or not channel.account:
        return host(channel.address)
    return platform.account_name(channel.account)


@register.filter
def account_url(channel: Channel) -> str:
    """Return the public address of the channel, or "" for one that was imported from a file."""
    return channel.address if channel.address.startswith(("https://", "http://")) else ""


@register.filter
def host(address: str) -> str:
    """Return the host of a web address without www, or "" if it is not a web address."""
    if not address.startswith(("https://", "http://")):
        return ""
    try:
        return (urlsplit(address).hostname or "").removeprefix("www.")
    except ValueError:
        return ""


@register.filter
def web_address(post: Post) -> str:
    """Return the post's address where it can be followed, else "".

    A demo's accounts are invented, and on a platform somebody may have taken the name.
    """
    if post.channel.outlet.is_demo:
        return ""
    address = post.url or post.canonical_url
    return address if address.startswith(("https://", "http://")) else ""


@register.filter
def bare(address: str) -> str:
    """Return a web address as people write it, without its scheme."""
    return address.partition("://")[2].removesuffix("/") or address
