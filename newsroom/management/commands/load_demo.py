"""Fill an empty paper with the demo edition."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from articles.forms import PictureNotStored
from articles.models import Article
from articles.publishing import HeldByChecks, Refused
from newsroom import demo


class Command(BaseCommand):
    help = "Load the demo edition: invented outlets, posts and articles. Safe to repeat."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--force", action="store_true", help="also beside articles of the paper's own"
        )

    def handle(self, *, force: bool, verbosity: int, **options: Any) -> None:
        line = load(is_forced=force)
        if verbosity:
            self.stdout.write(line)


def load(*, is_forced: bool) -> str:
    """Load the edition where it may be loaded and return one line that says what came of it."""
    if Article.objects.filter(is_demo=False).exists() and not is_forced:
        return (
            "This paper has articles of its own: nothing loaded. With --force the demo joins them."
        )
    try:
        loaded = demo.load(at=timezone.now())
    except HeldByChecks as held:
        raise CommandError("; ".join(finding.message for finding in held.findings)) from held
    except (demo.Clash, PictureNotStored, Refused) as refusal:
        raise CommandError(str(refusal)) from refusal
    if not loaded.articles:
        return "The demo edition is loaded already: nothing to do."
    return (
        f"Loaded the demo edition: {loaded.articles} articles in {loaded.sections} sections "
        f"on {loaded.posts} posts of {loaded.outlets} outlets. manage.py remove_demo removes it."
    )
