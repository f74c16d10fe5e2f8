"""What publishing reads of the database to freeze an article, and how it sees that this changed."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import CharField, Value

from articles.models import Article, Author, Image, Topic, WireSource
from articles.models.frozen import FROZEN_OF_ARTICLE, FROZEN_OF_SOURCE, copy_frozen
from articles.prose import Picture
from articles.publishing.pieces import label, source_ref


@dataclass(frozen=True, slots=True, kw_only=True)
class Labels:
    """Who signs an article, and what it is about, each in the order readers see."""

    authors: Sequence[Author] = ()
    topics: Sequence[Topic] = ()


# What decides on the act itself, and on how the checks read.
STATE = ("status", "embargo_until", "live_version_id", "first_published_at")


@dataclass(frozen=True, slots=True, kw_only=True)
class Inputs:
    """An article with all that its snapshot is built from; `pictures` are those its body names."""

    article: Article
    sources: Sequence[WireSource]
    authors: Sequence[Author]
    topics: Sequence[Topic]
    pictures: Mapping[int, Picture]

    @property
    def lead(self) -> Picture | None:
        return self.article.image.picture if self.article.image else None

    @property
    def bylines(self) -> list[dict[str, str]]:
        return [{"name": author.name, "slug": author.slug} for author in self.authors]

    @property
    def topic_names(self) -> list[dict[str, str]]:
        return [{"name": topic.name, "slug": topic.slug} for topic in self.topics]

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
            self.topic_names,
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
    labels: Labels | None = None,
) -> Inputs:
    """Return what a snapshot is built from; what is not handed in is read. At most three queries."""
    if sources is None:
        sources = stored_sources(article)
    if labels is None:
        labels = stored_labels(article)
    pictures = Image.objects.pictures_in(article.body)
    return Inputs(
        article=article,
        sources=sources,
        authors=labels.authors,
        topics=labels.topics,
        pictures=pictures,
    )


def stored_labels(article: Article) -> Labels:
    """Return who signs a stored article and what it is about. One query for both."""
    if article.pk is None:
        return Labels()
    kinds = (("author", Author), ("topic", Topic))
    authors, topics = (
        model._default_manager.filter(articles=article)
        .annotate(kind=Value(kind, output_field=CharField()))
        .values_list("kind", "pk", "name", "slug")
        for kind, model in kinds
    )
    rows = sorted(authors.union(topics, all=True))
    return Labels(
        authors=[
            Author(pk=pk, name=name, slug=slug) for k, pk, name, slug in rows if k == "author"
        ],
        topics=[Topic(pk=pk, name=name, slug=slug) for k, pk, name, slug in rows if k == "topic"],
    )


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
