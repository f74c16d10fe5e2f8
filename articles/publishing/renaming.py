"""What a section, a topic or an author was called in an address, so that the old one leads on."""

from datetime import datetime

from django.db import transaction

from articles.models import Author, FormerSlug, Section, Topic

# The column of FormerSlug that holds each.
_KINDS = {Section: "section", Topic: "topic", Author: "author"}


def keep_former_slug(row: Section | Topic | Author, was: str, *, at: datetime) -> None:
    """Note the slug that a saved row had until now. Nothing to do where it is the same.

    An address that was another's leads to the row that had it last.
    """
    if was in ("", row.slug):
        return
    kind = _KINDS[type(row)]
    with transaction.atomic():
        same_kind = FormerSlug.objects.filter(**{f"{kind}__isnull": False})
        same_kind.filter(slug__in=(was, row.slug)).delete()
        FormerSlug.objects.create(slug=was, created_at=at, **{kind: row})
