"""Erase a version of an article on legal request, or show where its words stand."""

from argparse import ArgumentParser
from functools import partial
from typing import Any

from django.core.management.base import CommandError
from django.db.models import Q

from articles import erasure
from articles.management.erasing import REFUSED, EraseCommand
from articles.models import ArticleVersion


class Command(EraseCommand):
    help = (
        "Show where the words of a version stand and, with --reason, erase them. Exit status: 0 "
        "when erased, or shown; 1 when other texts still print the words; 2 when refused."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("slug", metavar="SLUG", help="the last part of the article’s address")
        parser.add_argument("number", metavar="N", type=int, help="the number of the version")
        super().add_arguments(parser)

    def handle(
        self, *, slug: str, number: int, reason: str | None, by: str | None, **options: Any
    ) -> None:
        find = partial(_find, slug, number)
        self.erase(find, erasure.inspect_version, erasure.erase_version, reason=reason, by=by)


def _find(slug: str, number: int) -> ArticleVersion:
    """Return a version of the article with this slug, of now or of its address. Raises CommandError."""
    named = Q(article__live_slug=slug) | Q(article__slug=slug)
    versions = list(ArticleVersion.objects.filter(named, n=number).select_related("article")[:2])
    if len(versions) != 1:
        what = "More than one article has" if versions else "No article with this version has"
        message = f"{what} the slug {slug}."
        raise CommandError(message, returncode=REFUSED)
    return versions[0]
