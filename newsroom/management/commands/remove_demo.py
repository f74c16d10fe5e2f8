"""Remove the demo edition from the site."""

from typing import Any

from django.core.management.base import BaseCommand

from newsroom import demo


class Command(BaseCommand):
    help = "Remove the demo edition: articles, posts, outlets, bylines, pictures, sections, quotes."

    def handle(self, *, verbosity: int, **options: Any) -> None:
        removed = demo.remove()
        if not verbosity:
            return
        if removed.is_nothing:
            self.stdout.write("There is no demo edition to remove.")
        else:
            self.stdout.write(
                f"Removed the demo edition: {removed.articles} articles, {removed.posts} posts, "
                f"{removed.outlets} outlets, {removed.pictures} pictures, {removed.sections} sections, "
                f"{removed.quotes} quotes."
            )
        if removed.kept:
            self.stdout.write(f"Kept because the site uses them: {', '.join(removed.kept)}.")
