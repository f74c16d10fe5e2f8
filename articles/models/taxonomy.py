"""Where an article belongs, what it is about, and who signs it."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Exists, Q
from django.http import Http404

from web.addresses import path_of


class Section(models.Model):
    name = models.CharField(max_length=60, unique=True)
    slug = models.SlugField(max_length=60, unique=True)
    description = models.CharField(max_length=300, blank=True)
    position = models.PositiveSmallIntegerField(default=0, help_text="Order in the navigation.")

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return path_of("articles:section", self.slug)


class Topic(models.Model):
    name = models.CharField(max_length=60, unique=True)
    slug = models.SlugField(max_length=60, unique=True)
    description = models.CharField(max_length=300, blank=True)

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return path_of("articles:topic", self.slug)


class AuthorQuerySet(models.QuerySet["Author"]):
    def with_page(self) -> Self:
        """Return the authors whose page readers can open."""
        return self.filter(has_page=True)


class Author(models.Model):
    name = models.CharField(max_length=120)
    slug = models.SlugField(max_length=120, unique=True)
    bio = models.CharField(max_length=500, blank=True)
    has_page = models.BooleanField(
        "has a page",
        default=True,
        db_default=True,
        help_text="Readers can open a page with the biography and the articles; bylines lead to it.",
    )
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="author",
    )

    objects = AuthorQuerySet.as_manager()

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """Return the address of the page, which answers 404 unless the author has one."""
        return path_of("articles:author", self.slug)


def find_by_slug[Row: Section | Topic | Author](rows: models.QuerySet[Row], slug: str) -> Row:
    """Return the row of `rows` whose slug it is, or else the one whose slug it was last.

    An address leads to nobody else while it is somebody's, also of one that is none of `rows`: an
    author without a page is not told apart by that of another. One query, two where it is no
    present slug of `rows`. Raises Http404.
    """
    taken = Exists(rows.model._default_manager.filter(slug=slug))
    row = (
        rows.filter(slug=slug).first()
        or rows.exclude(taken).filter(former_slugs__slug=slug).first()
    )
    if row is None:
        message = "Nothing of ours has this address."
        raise Http404(message)
    return row


class FormerSlug(models.Model):
    """A slug that a section, a topic or an author had: its addresses lead to the present ones."""

    slug = models.SlugField(max_length=120)
    section = models.ForeignKey(
        Section, on_delete=models.CASCADE, null=True, related_name="former_slugs"
    )
    topic = models.ForeignKey(
        Topic, on_delete=models.CASCADE, null=True, related_name="former_slugs"
    )
    author = models.ForeignKey(
        Author, on_delete=models.CASCADE, null=True, related_name="former_slugs"
    )
    created_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(section__isnull=False, topic=None, author=None)
                | Q(section=None, topic__isnull=False, author=None)
                | Q(section=None, topic=None, author__isnull=False),
                name="former_slug_is_of_one_thing",
            ),
            models.UniqueConstraint(
                fields=["slug"],
                condition=Q(section__isnull=False),
                name="former_slug_leads_to_one_section",
            ),
            models.UniqueConstraint(
                fields=["slug"],
                condition=Q(topic__isnull=False),
                name="former_slug_leads_to_one_topic",
            ),
            models.UniqueConstraint(
                fields=["slug"],
                condition=Q(author__isnull=False),
                name="former_slug_leads_to_one_author",
            ),
        ]

    def __str__(self) -> str:
        return self.slug
