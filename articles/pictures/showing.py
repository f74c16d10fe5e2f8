"""Which articles show a picture, at their head or in their text: to readers, or in a draft."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from articles.models import Article, ArticleVersion, Image
from articles.models.image import REFERENCE


@dataclass(frozen=True, slots=True, kw_only=True)
class Showing:
    """An article that shows a picture."""

    article: Article
    to_readers: bool
    in_draft: bool


def articles_showing(image: Image, *, most: int) -> list[Showing]:
    """Return the articles that show a picture, the newest first. One query, which reads bodies.

    Earlier versions, which nobody is shown any more, are left out.
    """
    in_draft, to_readers = _with(image), _with(image, "live_version__")
    rows = (
        Article.objects.filter(in_draft | to_readers)
        .select_related("live_version")
        .only(
            "headline", "status", "image", "body", "first_published_at", "live_slug",
            "live_version__image", "live_version__body", "live_version__headline",
        )
        .order_by("-updated_at", "-pk")[:most]
    )  # fmt: skip
    found = [
        Showing(
            article=row,
            to_readers=row.live_version is not None and _shows(row.live_version, image),
            in_draft=row.status != Article.Status.WITHDRAWN and _shows(row, image),
        )
        for row in rows
    ]
    return [each for each in found if each.to_readers or each.in_draft]


def is_shown_to_readers(image: Image) -> bool:
    """Return whether any public article shows a picture. One query, however many drafts do."""
    rows = Article.objects.filter(_with(image, "live_version__")).select_related("live_version")
    rows = rows.only("live_version__image", "live_version__body")
    return any(row.live_version and _shows(row.live_version, image) for row in rows.iterator())


def is_kept_by(image: Image) -> Sequence[str]:
    """Return what keeps a picture from being deleted, in words; nothing where it may go."""
    kept: list[tuple[QuerySet[Article] | QuerySet[ArticleVersion], str]] = [
        (Article.objects.filter(_with(image)), "an article"),
        (ArticleVersion.objects.filter(_with(image)), "a published version"),
    ]
    return [
        words
        for rows, words in kept
        if any(_shows(row, image) for row in rows.only("image", "body").iterator())
    ]


def _with(image: Image, prefix: str = "") -> Q:
    # Image 170 is not image 17: rows that only begin alike would fill a list that has an end.
    named = Q(**{f"{prefix}body__contains": f"image:{image.pk}"})
    named &= Q(**{f"{prefix}body__regex": f"image:{image.pk}([^0-9]|$)"})
    return Q(**{f"{prefix}image": image}) | named


def _shows(row: Article | ArticleVersion, image: Image) -> bool:
    return row.image_id == image.pk or str(image.pk) in REFERENCE.findall(row.body)
