"""Pages that editors write about the site itself: about, contact, privacy, ethics."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, OuterRef, Q, Subquery

from web.addresses import path_of


class SitePageQuerySet(models.QuerySet["SitePage"]):
    def with_newest(self) -> Self:
        """Add the kind and the title of the newest version, None where there is none."""
        newest = SitePageVersion.objects.filter(page=OuterRef("pk")).newest_first()
        return self.annotate(
            newest_kind=Subquery(newest.values("kind")[:1]),
            newest_title=Subquery(newest.values("title")[:1]),
        )

    def public(self) -> Self:
        """Return the pages that readers can open, with the title that they see."""
        return self.with_newest().filter(newest_kind=SitePageVersion.Kind.PUBLISH)

    def in_order(self) -> Self:
        return self.order_by("position", "slug")


class SitePage(models.Model):
    """The working copy of a page; readers get the newest of its versions."""

    title = models.CharField(max_length=100)
    slug = models.SlugField(
        max_length=60,
        unique=True,
        help_text="Its address, such as about for /about/. Fixed once the page was public.",
    )
    body = models.TextField(blank=True, help_text="Markdown, as in articles, without marks.")
    position = models.PositiveSmallIntegerField(default=0, help_text="Order at the foot of pages.")
    updated_at = models.DateTimeField(auto_now=True)
    is_demo = models.BooleanField(default=False, editable=False)

    objects = SitePageQuerySet.as_manager()

    class Meta:
        verbose_name = "page"
        permissions = [("publish_sitepage", "Can publish a page of the site, and take it down")]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return path_of("site_page", self.slug)


class SitePageVersionQuerySet(models.QuerySet["SitePageVersion"]):
    def newest_first(self) -> Self:
        return self.order_by("-n")


class SitePageVersion(models.Model):
    """What readers were shown of a page, or that it was taken down. A trigger keeps it as it is."""

    class Kind(models.TextChoices):
        PUBLISH = "publish", "Published"
        TAKE_DOWN = "take_down", "Taken down"

    page = models.ForeignKey(SitePage, on_delete=models.PROTECT, related_name="versions")
    n = models.PositiveIntegerField()
    kind = models.CharField(max_length=9, choices=Kind)
    title = models.CharField(max_length=100)
    body = models.TextField(blank=True)
    html = models.TextField(blank=True, help_text="What the renderer made of the body.")
    note = models.CharField(
        max_length=300, blank=True, help_text="What changed, for readers; why it was taken down."
    )
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    at = models.DateTimeField()

    objects = SitePageVersionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["page", "n"], name="version_number_is_unique_in_its_page"
            ),
            models.CheckConstraint(
                condition=Q(kind="publish") | Q(body="", html=""),
                name="page_taken_down_has_no_text",
            ),
        ]
        indexes = [models.Index(F("page"), F("n").desc(), name="page_version_newest_first")]

    def __str__(self) -> str:
        return f"{self.title} (version {self.n})"

    @property
    def is_public(self) -> bool:
        return self.kind == self.Kind.PUBLISH
