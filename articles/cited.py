"""One version of a post as articles cite it: the cited sentences, and the ways back to theirs."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

from django.db.models import F

from articles.excerpts import CitedPart, CitedSpan, excerpt
from articles.models import VersionSource
from wires.models import PostVersion

# Of a version that more live articles cite, the newest citations: every update cites again.
LOOKED_AT = 500
# So many of those of live articles have their sentences marked.
MARKED = 100
LISTED = 20
# Ways back beside the words that they cite; the list of articles has the others.
BESIDE = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Backlink:
    """A sentence of an article that cites the version; `anchor` is an element id of the page."""

    anchor: str
    url: str
    sentence: int
    headline: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Citing:
    """A live article that cites the version, with its sentences that do."""

    source: VersionSource
    url: str
    backlinks: tuple[Backlink, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownPart:
    """A part of the words; of what cites it `beside` stands there, and `others` only arrive there."""

    text: str
    is_marked: bool
    beside: tuple[Backlink, ...] = ()
    others: tuple[Backlink, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class CitedWords:
    """What the page of a version shows; the anchors of sentences without marked words are listed."""

    parts: tuple[ShownPart, ...]
    citing: tuple[Citing, ...]
    placed: frozenset[str]
    translation: str
    language: str


def find_version(post: int, n: int) -> int | None:
    """Return the key of a version that readers may see. One query."""
    versions = PostVersion.objects.for_readers().filter(post=post, n=n)
    # Without an order: PostgreSQL would walk all versions by their keys to find the first.
    return next(iter(versions.values_list("pk", flat=True)), None)


def read_version(key: int) -> PostVersion:
    """Return a version with its words, its post and where that came from. One query.

    Only once it is known that somebody cites it: its words may be a megabyte.
    """
    return (
        PostVersion.objects.select_related(
            "post__channel__outlet", "post__latest_version", "confirmation"
        )
        .defer("html", "media", "post__native_id")
        .defer("post__latest_version__text", "post__latest_version__html")
        .get(pk=key)
    )


def citations_of(key: int) -> list[VersionSource]:
    """Return where live articles cite exactly this version, the newest first. One query."""
    citations = VersionSource.objects.filter(post_version=key)
    newest = citations.order_by("-pk").values("pk")[:LOOKED_AT]
    return list(
        VersionSource.objects.filter(
            pk__in=newest, version__article__live_version=F("version")
        )
        .select_related("version__article__live_section")
        .only(
            "translation", "translated_by", "translation_confirmed_by", "key", "number", "sentences", "spans", "post_version",
            "version__headline", "version__language",
            "version__article__first_published_at", "version__article__live_slug",
            "version__article__live_section__name",
        )
        .order_by("-version__article__first_published_at", "number")[:MARKED]
    )  # fmt: skip


def cited_words(version: PostVersion, sources: Sequence[VersionSource]) -> CitedWords:
    """Return what a version's page shows of these citations. No query."""
    citing = [_citing(source) for source in sources]
    words = version.words
    spans = [
        CitedSpan(start=span["start"], end=span["end"], cited_by=(backlink,))
        for each in citing
        for backlink in each.backlinks
        for span in spans_of(each.source, words)
        if span["claim"] == backlink.sentence
    ]
    limit = version.post.channel.outlet.excerpt_length
    parts = excerpt(
        words, spans, title=len(version.own_title), limit=None if spans and limit else limit
    )
    shown = tuple(_with_new_anchors(parts))
    placed = [link.anchor for part in shown for link in (*part.beside, *part.others)]
    translated = next((each for each in sources if each.confirmed_translation), None)
    return CitedWords(
        parts=shown,
        citing=tuple(citing),
        placed=frozenset(placed),
        translation=translation_of(translated, limit) if translated else "",
        language=translated.version.language if translated else "",
    )


def translation_of(source: VersionSource, limit: int) -> str:
    """Return the confirmed translation of a source within its outlet's limit, whole sentences."""
    parts: list[CitedPart[int]] = excerpt(source.confirmed_translation.strip(), [], limit=limit)
    return "".join(part.text for part in parts)


def spans_of(source: VersionSource, words: str) -> list[dict[str, Any]]:
    """Return the cited words of a source that stand where they are said to stand in its post."""
    return [
        span
        for span in source.spans
        if span["kind"] != "outlet" and words.startswith(span["exact"], span["start"])
    ]


def _citing(source: VersionSource) -> Citing:
    article = source.version.article
    url = article.get_absolute_url()
    claims = dict.fromkeys([*source.sentences, *(span["claim"] for span in source.spans)])
    return Citing(
        source=source,
        url=f"{url}#source-{source.key}",
        backlinks=tuple(
            Backlink(
                anchor=anchor(article.pk, number),
                url=f"{url}#s{number}",
                sentence=number,
                headline=source.version.headline,
            )
            for number in claims
        ),
    )


def anchor(article: int, sentence: int) -> str:
    """Return the element id of what a sentence of an article cites, on the version's page."""
    return f"a{article}-s{sentence}"


def _with_new_anchors(parts: Iterable[CitedPart[Backlink]]) -> Iterable[ShownPart]:
    """Yield the parts; words that a sentence cites at several places have its anchor at the first."""
    seen: set[str] = set()
    for part in parts:
        links = [link for link in part.cited_by if link.anchor not in seen]
        seen.update(link.anchor for link in links)
        beside = tuple(islice(links, BESIDE))
        yield ShownPart(
            text=part.text,
            is_marked=part.is_marked,
            beside=beside,
            others=tuple(links[len(beside) :]),
        )
