"""Erase a post on legal request, or show where its words stand."""

from argparse import ArgumentParser
from functools import partial
from typing import Any

from django.core.management.base import CommandError

from articles import erasure
from articles.management.erasing import REFUSED, EraseCommand
from wires import ingest
from wires.models import Post

# As many digits as an id can have.
DIGITS = 18


class Command(EraseCommand):
    help = (
        "Show where the words of a post stand and, with --reason, erase them. Exit status: 0 when "
        "erased, or shown; 1 when articles of ours still print the words; 2 when refused."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("post", metavar="URL|ID", help="the post’s address, or its number here")
        super().add_arguments(parser)

    def handle(self, *, post: str, reason: str | None, by: str | None, **options: Any) -> None:
        find = partial(_find, post)
        self.erase(find, erasure.inspect_post, erasure.erase_post, reason=reason, by=by)


def _find(named: str) -> Post:
    """Return the post of an address or a number. Raises CommandError."""
    if named.isascii() and named.isdecimal():
        found = Post.objects.filter(pk=int(named[:DIGITS])).first()
    else:
        found = ingest.on_file(named)
    if found is None:
        message = f"No post on file is called {named}."
        raise CommandError(message, returncode=REFUSED)
    return found
