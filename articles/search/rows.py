"""The rows of live articles: written in the transaction that publishes, removed by a withdrawal.

A row's key is when an article was first published, so an update writes it in the same place.
"""

from collections.abc import Collection, Iterable, Iterator

from django.db import transaction

from articles.models import Article, ArticleVersion, Listing, VersionSource
from articles.search.words import words_of
from wires.search.dialects import PUBLIC
from wires.search.expressions import language_fact
from wires.search.index import NO_KEY, Index, Row, key_of
from wires.search.terms import indexed_language, tokens

ARTICLES = Index("articles_search")
ROWS_A_TRANSACTION = 200
# Another one wherever a row holds more than those that earlier releases wrote: see is_outdated.
FORM = "form2"


def write_row(
    article: Article, version: ArticleVersion, *, outlets: Iterable[int], topics: Iterable[int]
) -> None:
    """Index what readers see of an article from now on. One query.

    `outlets` are those whose posts it rests on. Call it in the transaction that publishes.
    """
    ARTICLES.write([_row(article, version, outlets, topics)])


def index_stored(keys: Collection[int]) -> None:
    """Index live articles as they are stored. Four queries. Call it where they were written."""
    ARTICLES.write(list(_stored_rows(keys)))


def remove_rows(articles: Iterable[Article]) -> None:
    """Let nobody find these articles. One query, none where none was ever public."""
    ARTICLES.remove(_keys(articles))


def rebuild() -> Iterator[int]:
    """Write the rows of all live articles again, newest ids first; yield how many, a transaction at a time."""
    last = NO_KEY
    while True:
        with transaction.atomic():
            live = Article.objects.live().filter(pk__lt=last).order_by("-pk")
            # Who publishes one of them meanwhile writes its row after us.
            locked = live.select_for_update(no_key=True).values_list("pk", flat=True)
            keys = list(locked[:ROWS_A_TRANSACTION])
            index_stored(keys)
        if not keys:
            return
        yield len(keys)
        last = keys[-1]


def is_outdated() -> bool:
    """Return whether an earlier release wrote any row, which lacks facts of this one.

    One query on SQLite, three at most on PostgreSQL.
    """
    dialect = ARTICLES.dialect
    older = dialect.without(dialect.fact(PUBLIC), [dialect.fact(FORM)])
    return bool(ARTICLES.find(older, low=0, high=NO_KEY, most=1))


def section_fact(section: int | None) -> str:
    return f"n{section or 0}"


def outlet_fact(outlet: int) -> str:
    return f"o{outlet}"


def topic_fact(topic: int) -> str:
    return f"t{topic}"


def _stored_rows(keys: Collection[int]) -> Iterator[Row]:
    """Yield the rows of live articles as they are stored. Three queries."""
    articles = Article.objects.filter(pk__in=keys).select_related("live_version")
    sources = VersionSource.objects.filter(version__article__in=keys)
    cited: dict[int, list[int]] = {}
    outlet = "post_version__post__channel__outlet"
    for version_pk, pk in sources.order_by().values_list("version", outlet).distinct():
        cited.setdefault(version_pk, []).append(pk)
    topics: dict[int, list[int]] = {}
    listings = Listing.objects.filter(article__in=keys, topic__isnull=False).order_by()
    for article_pk, topic in listings.values_list("article", "topic"):
        topics.setdefault(article_pk, []).append(topic)
    for article in articles:
        version = article.live_version
        if version is not None:
            outlets = cited.get(version.pk, ())
            yield _row(article, version, outlets, topics.get(article.pk, ()))


def _keys(articles: Iterable[Article]) -> list[int]:
    return [
        key_of(each.pk, each.first_published_at)
        for each in articles
        if each.first_published_at is not None
    ]


def _row(
    article: Article, version: ArticleVersion, outlets: Iterable[int], topics: Iterable[int]
) -> Row:
    [key] = _keys([article])
    facts = [PUBLIC, FORM, language_fact(version.language), section_fact(article.live_section_id)]
    facts += map(topic_fact, sorted(set(topics)))
    facts += map(outlet_fact, sorted(set(outlets)))
    return Row(
        key=key,
        head=tokens(f"{version.headline}\n{version.standfirst}", version.language),
        rest=tokens(words_of(version.html), version.language),
        language=indexed_language(version.language),
        facts=tuple(facts),
    )
