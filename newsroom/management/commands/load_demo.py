"""Load the demo edition into an empty site."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from articles.models import Article
from articles.pictures import PictureNotStored
from articles.publishing import HeldByChecks, Refused
from newsroom import demo


class Command(BaseCommand):
    help = "Load the demo edition: invented outlets, posts and articles. Safe to repeat."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--force", action="store_true", help="load it even if the site has articles of its own"
        )

    def handle(self, *, force: bool, verbosity: int, **options: Any) -> None:
        line = load(is_forced=force)
        if verbosity:
            self.stdout.write(line)


def load(*, is_forced: bool) -> str:
    """Load the edition where it may be loaded and return one line that says what came of it."""
    if Article.objects.filter(is_demo=False).exists() and not is_forced:
        return "Nothing loaded: this site has articles of its own. Use --force to add the demo to them."
    try:
        loaded = demo.load(at=timezone.now())
    except HeldByChecks as held:
        raise CommandError("; ".join(finding.message for finding in held.findings)) from held
    except (demo.Clash, PictureNotStored, Refused) as refusal:
        raise CommandError(str(refusal)) from refusal
    if not loaded.articles:
        return "The demo edition is already loaded. Nothing to do."
    return (
        f"Loaded the demo edition: {loaded.articles} articles in {loaded.sections} sections "
        f"based on {loaded.posts} posts from {loaded.outlets} outlets. manage.py remove_demo removes it."
    )
