"""The drawn cards of articles and sections, for social networks."""

from typing import Self

from django.core.exceptions import ObjectDoesNotExist
from django.db import models
from django.db.models import F, Q

from articles.models.taxonomy import Section
from articles.models.version import ArticleVersion
from web.addresses import path_of


class SocialCardQuerySet(models.QuerySet["SocialCard"]):
    def shown(self) -> Self:
        """Those that anybody may see: of sections, and of what is live."""
        is_live = Q(version__article__live_version=F("version"))
        return self.filter(Q(section__isnull=False) | is_live)


class SocialCard(models.Model):
    """A file that the worker drew: it shows a version that is live, or a section.

    Nothing but what these say in another form: a row may be deleted at any time, then its file.
    """

    version = models.OneToOneField(
        ArticleVersion, on_delete=models.CASCADE, null=True, related_name="card"
    )
    section = models.OneToOneField(
        Section, on_delete=models.CASCADE, null=True, related_name="card"
    )
    mark = models.CharField(
        max_length=64,
        db_index=True,
        help_text="The hash of what it shows; its file is named for it.",
    )
    size = models.PositiveIntegerField(help_text="Bytes.")
    at = models.DateTimeField()

    objects = SocialCardQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        constraints = [
            models.CheckConstraint(
                condition=Q(version__isnull=True) ^ Q(section__isnull=True),
                name="card_is_of_a_version_or_a_section",
            ),
        ]

    def __str__(self) -> str:
        return f"Card {self.mark[:8]}"

    @property
    def filename(self) -> str:
        return file_of_card(self.mark)

    @property
    def url(self) -> str:
        return path_of("articles:card", self.mark)


def card_of(row: ArticleVersion | Section) -> SocialCard | None:
    """Return the card of a version or a section, if there is one. No query where it is selected."""
    try:
        card: SocialCard = row.card
    except ObjectDoesNotExist:
        return None
    return card


def file_of_card(mark: str) -> str:
    """Return the name in the storage of the card with this mark."""
    return f"card-{mark}.jpg"
