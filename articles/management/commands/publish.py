"""Publish articles by their slugs, with the same checks as the desk."""

from argparse import ArgumentParser
from typing import Any

from django.contrib.auth.models import User
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from articles import publishing
from articles.models import Article
from articles.vetting import report

PUBLISHED, HELD, REFUSED = 0, 1, 2


class Command(BaseCommand):
    help = (
        "Publish drafts by their slugs. An article with holds stays a draft, and its holds are printed. "
        "Exit status: 0 when all are public, 1 when one is held, 2 when one cannot be published."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("slugs", nargs="+", metavar="SLUG")
        parser.add_argument(
            "--by", metavar="USERNAME", help="who publishes; the system if not given"
        )

    def handle(
        self, *, slugs: list[str], by: str | None, no_color: bool, force_color: bool, **options: Any
    ) -> None:
        who = _person(by) if by else None
        ink = report.Ink(is_coloured=force_color or (self.stdout.isatty() and not no_color))
        status = max(self._publish(slug, who, ink) for slug in slugs)
        if status:
            raise SystemExit(status)

    def _publish(self, slug: str, who: User | None, ink: report.Ink) -> int:
        """Publish one article, print the result and return its status."""
        at = timezone.now()
        articles = list(Article.objects.filter(slug=slug).order_by("pk")[:2])
        if len(articles) != 1:
            self.stderr.write(
                f"{slug}: {'more than one' if articles else 'no'} article has this slug"
            )
            return REFUSED
        (article,) = articles
        try:
            publishing.publish(article, by=who, at=at)
        except publishing.HeldByChecks as held:
            snapshot = publishing.build_snapshot(article, at=at)
            for line in report.lines(slug, snapshot.piece, held.findings, ink):
                self.stdout.write(line)
            for why in dict.fromkeys(held.uncounted.values()):
                self.stdout.write(f"{slug}: {why}")
            return HELD
        except publishing.Refused as refused:
            self.stderr.write(f"{slug}: {refused}")
            return REFUSED
        self.stdout.write(f"{slug}: public at {article.get_absolute_url()}")
        return PUBLISHED


def _person(username: str) -> User:
    """Return the user who publishes. Raises CommandError."""
    person = User.objects.filter(username=username).first()
    if person is None:
        message = f"Nobody at the desk is called {username}."
        raise CommandError(message, returncode=REFUSED)
    return person
