"""Remove the demo edition, except what the site's own articles use."""

from dataclasses import dataclass
from functools import partial

from django.db import transaction
from django.db.models import Model, Q, QuerySet

from articles.cards import forget_cards
from articles.models import (
    Act,
    Article,
    ArticleVersion,
    Author,
    Correction,
    FrontOrder,
    Image,
    Redirect,
    Schedule,
    Section,
    SitePage,
    SocialCard,
    SourceScore,
    Topic,
    VersionSource,
    WireSource,
)
from articles.pictures import delete_picture, is_kept_by
from articles.search import remove_rows
from newsroom.demo.edition import Edition
from newsroom.demo.quotes import remove_quotes
from web.words import count_of
from wires import generations, search
from wires.models import Capture, Channel, Evidence, Outlet, Post, PostVersion


@dataclass(frozen=True, slots=True, kw_only=True)
class Removed:
    """How many rows went, and what stays because the site uses it, in words."""

    articles: int = 0
    posts: int = 0
    outlets: int = 0
    pictures: int = 0
    sections: int = 0
    quotes: int = 0
    kept: tuple[str, ...] = ()

    @property
    def is_nothing(self) -> bool:
        counts = (self.articles, self.posts, self.outlets, self.pictures, self.sections)
        return not (any(counts) or self.quotes)


def remove() -> Removed:
    """Remove every row of the demo edition and the files of its pictures.

    Posts that other articles cite stay, with their outlet and channel; so do pictures, bylines,
    topics and sections in use. A section, topic, page or byline that somebody has rewritten belongs to the site by now.
    """
    with transaction.atomic():
        articles = _remove_articles()
        posts, kept_posts = _remove_posts()
        outlets = _remove_outlets()
        pictures, kept_pictures = _remove_pictures()
        bylines_kept = _remove_authors()
        topics_kept = _remove_topics()
        pages_kept = _remove_pages()
        sections, kept_sections = _remove_sections()
        quotes = remove_quotes()
        for name in generations.NAMES:
            transaction.on_commit(partial(generations.bump, name))
    kept = [_counted(kept_posts, "post"), _counted(kept_pictures, "picture")]
    kept += [f"the byline {name}" for name in bylines_kept]
    kept += [f"the page {name}" for name in pages_kept]
    kept += [f"the topic {name}" for name in topics_kept]
    kept += [f"the section {name}" for name in kept_sections]
    return Removed(
        articles=articles,
        posts=posts,
        outlets=outlets,
        pictures=pictures,
        sections=sections,
        quotes=quotes,
        kept=tuple(name for name in kept if name),
    )


def _counted(count: int, noun: str) -> str:
    return count_of(count, noun) if count else ""


def _delete(rows: QuerySet) -> int:
    """Delete rows and return how many of the model itself went."""
    model: type[Model] = rows.model
    _, by_model = rows.delete()
    return by_model.get(model._meta.label, 0)


def _remove_articles() -> int:
    articles = Article.objects.filter(is_demo=True)
    # Corrections and versions hold on to each other, and acts to corrections: in this order
    # nothing that goes is still referred to.
    Act.objects.filter(Q(article__in=articles) | Q(correction__article__in=articles)).delete()
    Correction.objects.filter(article__in=articles).delete()
    Redirect.objects.filter(article__in=articles).delete()
    Schedule.objects.filter(article__in=articles).delete()
    FrontOrder.objects.filter(banner_article__in=articles).update(
        banner="", banner_article=None, banner_until=None
    )
    VersionSource.objects.filter(version__article__in=articles).delete()
    forget_cards(SocialCard.objects.filter(version__article__in=articles))
    remove_rows(articles)
    articles.update(
        status=Article.Status.DRAFT,
        live_version=None,
        first_published_at=None,
        live_section=None,
        live_slug="",
        live_original=None,
    )
    ArticleVersion.objects.filter(article__in=articles).delete()
    return _delete(articles)


def _remove_posts() -> tuple[int, int]:
    """Return how many posts went and how many stay because an article cites them."""
    # The articles left by now are the site's own.
    in_use = Q(pk__in=WireSource.objects.values("post"))
    in_use |= Q(pk__in=VersionSource.objects.values("post_version__post"))
    in_use |= Q(pk__in=Correction.objects.filter(post__isnull=False).values("post"))
    demo = Post.objects.filter(channel__outlet__is_demo=True)
    kept = set(demo.filter(in_use).values_list("pk", flat=True))
    posts = demo.exclude(pk__in=kept)
    Evidence.objects.filter(post_version__post__in=posts).delete()
    posts.update(latest_version=None)
    search.write_rows(list(posts.values_list("pk", flat=True)))
    PostVersion.objects.filter(post__in=posts).delete()
    return _delete(posts), len(kept)


def _remove_outlets() -> int:
    demo = Outlet.objects.filter(is_demo=True)
    # Of those that stay the worker counts again.
    SourceScore.objects.filter(outlet__in=demo).delete()
    Capture.objects.filter(channel__outlet__in=demo, versions__isnull=True).delete()
    channels = Channel.objects.filter(outlet__in=demo, posts__isnull=True, captures__isnull=True)
    channels.delete()
    return _delete(demo.filter(channels__isnull=True))


def _remove_pictures() -> tuple[int, int]:
    """Return how many pictures went, files included, and how many stay in use."""
    gone, kept = 0, 0
    for image in Image.objects.filter(is_demo=True).order_by("pk"):
        if is_kept_by(image):
            kept += 1
            continue
        delete_picture(image)
        gone += 1
    return gone, kept


def _remove_authors() -> list[str]:
    """Remove the bylines of the edition and return the names of those still in use."""
    kept = []
    for demo in Edition.read().authors:
        for author in Author.objects.filter(slug=demo.slug, bio=demo.bio, user=None):
            if author.articles.exists():
                kept.append(author.name)
            else:
                author.delete()
    return kept


def _remove_pages() -> list[str]:
    """Remove the pages about the site and return the names of those that somebody has rewritten."""
    kept = []
    written = {demo.slug: demo.body for demo in Edition.read().pages}
    for page in SitePage.objects.filter(is_demo=True).order_by("pk"):
        is_ours = page.body != written.get(page.slug) or page.versions.exclude(by=None).exists()
        if is_ours:
            SitePage.objects.filter(pk=page.pk).update(is_demo=False)
            kept.append(page.title)
        else:
            page.versions.all().delete()
            page.delete()
    return kept


def _remove_topics() -> list[str]:
    """Remove the topics of the edition and return the names of those still in use."""
    kept = []
    for demo in Edition.read().topics:
        for topic in Topic.objects.filter(slug=demo.slug, description=demo.description):
            if topic.articles.exists() or topic.listings.exists():
                kept.append(topic.name)
            else:
                topic.delete()
    return kept


def _remove_sections() -> tuple[int, list[str]]:
    """Return how many sections went and the names of those still in use."""
    gone, kept = 0, []
    for demo in Edition.read().sections:
        for section in Section.objects.filter(slug=demo.slug, description=demo.description):
            in_use = Article.objects.filter(Q(section=section) | Q(live_section=section))
            if in_use.exists() or ArticleVersion.objects.filter(section=section).exists():
                kept.append(section.name)
                continue
            section.delete()
            gone += 1
    return gone, kept
