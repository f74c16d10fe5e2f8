"""What publishing reads of the database to freeze an article, and how it sees that this changed."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from articles.models import Article, Author, Image, WireSource
from articles.models.frozen import FROZEN_OF_ARTICLE, FROZEN_OF_SOURCE, copy_frozen
from articles.prose import Picture
from articles.publishing.pieces import label, source_ref

# What decides on the act itself, and on how the checks read.
STATE = ("status", "embargo_until", "live_version_id", "first_published_at")


@dataclass(frozen=True, slots=True, kw_only=True)
class Inputs:
    """An article with all that its snapshot is built from; `pictures` are those its body names."""

    article: Article
    sources: Sequence[WireSource]
    authors: Sequence[Author]
    pictures: Mapping[int, Picture]

    @property
    def lead(self) -> Picture | None:
        return self.article.image.picture if self.article.image else None

    @property
    def bylines(self) -> list[dict[str, str]]:
        return [{"name": author.name, "slug": author.slug} for author in self.authors]

    def stamp(self) -> tuple[object, ...]:
        """Return what differs as soon as another version would be written. No query.

        The directory of outlets is not part of it: no reader sees it, and the checks only look
        there for names of outlets that the article does not cite.
        """
        article = self.article
        return (
            copy_frozen(article, FROZEN_OF_ARTICLE),
            article.image_caption,
            tuple(getattr(article, name) for name in STATE),
            self.bylines,
            self.lead,
            self.pictures,
            tuple(tuple(_of_source(source)) for source in self.sources),
        )


def _of_source(source: WireSource) -> Iterator[object]:
    yield copy_frozen(source, FROZEN_OF_SOURCE)
    yield from (source.position, source.post_id, source.version_id, source.post.state)
    yield source.post.channel.outlet_id
    # What the checks and the renderer read of it, erasures and later versions included.
    yield source_ref(source)
    yield label(source)


def read_inputs(
    article: Article,
    *,
    sources: Sequence[WireSource] | None = None,
    authors: Sequence[Author] | None = None,
) -> Inputs:
    """Return what a snapshot is built from; what is not handed in is read. At most three queries."""
    if sources is None:
        sources = stored_sources(article)
    if authors is None:
        authors = list(article.authors.order_by("pk")) if article.pk else []
    pictures = Image.objects.pictures_in(article.body)
    return Inputs(article=article, sources=sources, authors=authors, pictures=pictures)


def stored_sources(article: Article) -> list[WireSource]:
    """Return the sources of a stored article with their posts, in order. One query."""
    if article.pk is None:
        return []
    return list(
        WireSource.objects.filter(article=article)
        .select_related("version__confirmation", "post__channel__outlet", "post__latest_version")
        .defer("version__html", "post__latest_version__html")
        .order_by("position", "pk")
    )
