"""What machines read of a version's posts and corrections: members of its NewsArticle in JSON-LD."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime

from django.urls import reverse
from django.utils.safestring import SafeString

from articles.models import Article, Correction, VersionSource
from web.addresses import absolute
from web.json_in_html import as_members
from wires.templatetags.wire import bare, fate, stated_address, web_address


def data_of_sources(sources: Sequence[VersionSource]) -> SafeString:
    """Return the posts that a version rests on, "" where it cites none. No query.

    Each is described once, under the address of the version that is cited.
    """
    if not sources:
        return SafeString("")
    posts = [_cited_post(source) for source in sources]
    return as_members({"isBasedOn": posts, "citation": [{"@id": post["@id"]} for post in posts]})


def _cited_post(source: VersionSource) -> Mapping[str, object]:
    words = source.post_version
    post = words.post
    channel, became = post.channel, fate(post, words)
    archived = absolute(reverse("articles:cited_version", args=[post.pk, words.n]))
    told = {
        "@type": "SocialMediaPosting" if channel.on_platform.has_accounts else "CreativeWork",
        "@id": archived,
        "url": web_address(post),
        # Of a post whose address is not to be followed, as the page prints it.
        "identifier": bare(stated_address(post)),
        "archivedAt": archived,
        "datePublished": as_moment(post.posted_at),
        "publisher": {"@type": "Organization", "name": channel.outlet.name},
        "creativeWorkStatus": "" if became.kind == "live" else became.kind,
    }
    return {name: value for name, value in told.items() if value}


def data_of_corrections(article: Article, corrections: Sequence[Correction]) -> SafeString:
    """Return the corrections among the notes that the page shows, "" where there is none.

    An update is none: nothing was wrong.
    """
    home = absolute(article.get_absolute_url()) if article.first_published_at else ""
    told = [
        {
            "@type": "CorrectionComment",
            "text": note.note,
            "datePublished": as_moment(note.at),
            "url": f"{home}corrections/{note.pk}/",
        }
        for note in corrections
        if note.kind == Correction.Kind.CORRECT
    ]
    return as_members({"correction": told}) if told else SafeString("")


def as_moment(at: datetime | None) -> str:
    """Return a moment as schema.org has it, in UTC; "" for none."""
    return f"{at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}" if at else ""
