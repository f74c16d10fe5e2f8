"""How a post is shown: its words within the outlet's limit, what became of it, its moment."""

from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit

from django import template
from django.utils.translation import gettext, gettext_noop

from web import excerpts, languages
from web.interface import page_language
from wires.models import Channel, Confirmation, Post, PostVersion, link_to

register = template.Library()
register.filter(languages.language_name)
register.filter(languages.direction)
register.filter(languages.known_language)

register.filter(languages.language_here)
register.filter(languages.foreign_name)

NO_WORDS = gettext_noop("Post without text")
COPIED = gettext_noop("Copied by the desk, not fetched")
UNCONFIRMED = gettext_noop("Copied by the desk, not fetched, not confirmed")
# What is said of words from before they had to be confirmed, and of the demo's, is no more than that.
CONFIRMED: dict[str, str] = {
    Confirmation.How.SECOND: gettext_noop("; confirmed by a second person"),
    Confirmation.How.ALONE: gettext_noop("; confirmed by one editor alone"),
}


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
        return gettext("Withdrawn by the outlet")
    if version is None or version.is_erased:
        return gettext("Removed on legal request") if version else gettext(NO_WORDS)
    limit = post.channel.outlet.excerpt_length
    begins = post.begins if hasattr(post, "begins") else version.text
    return excerpts.cut(version.title or begins, limit) or gettext(NO_WORDS)


@register.filter
def is_ours(post: Post) -> bool:
    """Return whether the post's line on the wire is our words, not its source's."""
    version = post.latest_version
    return post.is_withdrawn or version is None or version.is_erased


@register.filter
def line_language(post: Post) -> str:
    """Return the language of a post's line on the wire, for a lang attribute; "" if not known."""
    version = post.latest_version
    if is_ours(post) or version is None:
        return page_language()
    return languages.known_language(version.language)


@register.filter
def copied(version: PostVersion | None) -> str:
    """Return how words came that were never fetched, in short; "" of others.

    A query where they were entered by hand, unless their confirmation is selected.
    """
    if version is None or not version.is_copied():
        return ""
    return gettext(UNCONFIRMED if version.is_unconfirmed() else COPIED)


@register.filter
def copied_in_full(version: PostVersion | None) -> str:
    """Return how words came that were never fetched, and who confirmed them; "" of others."""
    if not copied(version):
        return ""
    confirmation = version.find_confirmation() if version is not None else None
    if version is not None and version.is_unconfirmed():
        # Of the desk alone, which is in English.
        return f"{UNCONFIRMED}. Only the desk sees these words until somebody confirms them."
    how = CONFIRMED.get(confirmation.how, "") if confirmation else ""
    return f"{gettext(COPIED)}{gettext(how) if how else ''}."


@register.simple_tag
def fate(post: Post, version: PostVersion | None = None) -> Fate:
    """Return what became of a post since the version was cited, or of the post as it is now.

    Reads post.latest_version where a version is given.
    """
    latest = post.latest_version
    words = version or latest
    if words is not None and words.is_erased:
        return Fate(kind="removed", label=gettext("Removed on legal request"))
    if post.is_withdrawn:
        return Fate(kind="withdrawn", label=gettext("Withdrawn"), at=post.withdrawn_at)
    if version is None:
        return Fate(kind=post.state, label=gettext(post.get_state_display()))
    if latest is not None and latest.pk != version.pk and latest.n > version.n:
        return Fate(
            kind="edited",
            label=gettext("Edited since"),
            at=latest.source_edited_at or latest.captured_at,
        )
    return Fate(kind="live", label=gettext("Live"))


@register.filter
def account(channel: Channel) -> str:
    """Return the name by which readers know the channel on its platform."""
    platform = channel.on_platform
    if not platform.has_accounts or not channel.account:
        return host(channel.address)
    return platform.account_name(channel.account)


@register.filter
def account_url(channel: Channel) -> str:
    """Return the public address of the channel; "" for a file's, and for one that is no link."""
    return link_to(channel.address)


@register.filter
def host(address: str) -> str:
    """Return the host of a web address without www, or "" if it is not one that may be a link."""
    return (urlsplit(link_to(address)).hostname or "").removeprefix("www.")


@register.filter
def web_address(post: Post) -> str:
    """Return the post's address where it can be followed, else "".

    A demo's accounts are invented, and on a platform somebody may have taken the name.
    """
    if post.channel.outlet.is_demo:
        return ""
    return link_to(post.url or post.canonical_url)


@register.filter
def stated_address(post: Post) -> str:
    """Return a post's web address that is none to follow, to be shown as text; "" for one that is."""
    address = post.url or post.canonical_url
    is_text = address.startswith(("https://", "http://")) and not web_address(post)
    return address if is_text else ""


@register.filter
def as_link(address: str) -> str:
    """Return an address as a link may have it, or "" if it may not be one."""
    return link_to(address)


@register.filter
def bare(address: str) -> str:
    """Return a web address as people write it, without its scheme."""
    return address.partition("://")[2].removesuffix("/") or address
