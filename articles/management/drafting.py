"""What the commands share that make drafts of articles of other programs."""

from argparse import ArgumentParser
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError
from django.utils import timezone

from articles.models import Section
from articles.moving import BadExport
from articles.moving.drafts import Drafted, Drafting, add_drafts
from articles.moving.foreign import ForeignArticle
from web.languages import is_language
from web.words import count_of
from wires.http import FetchError, fetch
from wires.management.outage import no_database

# Of a long list of problems nobody reads more; `-v 2` prints all of them.
SHOWN = 20


class DraftingCommand(BaseCommand):
    """A command that reads a file of another program."""

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE")
        parser.add_argument(
            "--section", required=True, metavar="SLUG",
            help="for articles none of whose categories is called like a section",
        )  # fmt: skip
        parser.add_argument(
            "--media", type=Path, metavar="FOLDER", help="a copy of the pictures, such as uploads/"
        )
        parser.add_argument(
            "--fetch", action="store_true", help="ask the old site for pictures that are not there"
        )
        parser.add_argument(
            "--language", default="en", metavar="TAG", help="of texts that say none (en)"
        )
        parser.add_argument(
            "--dry-run", action="store_true", help="read all of it, and store nothing"
        )

    def read(self, file: Path, **options: Any) -> Iterable[ForeignArticle]:
        """Return the articles of a file, of which all has been looked at. Raises BadExport."""
        raise NotImplementedError

    def handle(self, *, file: Path, verbosity: int, **options: Any) -> None:
        done = Drafted()
        try:
            drafting = self.drafting(**options)
            articles = self.read(file, verbosity=verbosity, **options)
            for done in add_drafts(articles, drafting, at=timezone.now()):
                if verbosity > 1 and not (done.added + done.known) % 100:
                    self.stdout.write(f"{count_of(done.added + done.known, 'article')} …")
        except BadExport as error:
            stored = count_of(done.added, "draft") if done.added else "No draft"
            message = f"{error} {stored} stored; repeat the command once it is put right."
            raise CommandError(message) from error
        except DatabaseError as error:
            raise no_database(error) from error
        self.report(done, verbosity=verbosity, is_dry=options["dry_run"])

    def drafting(
        self, *, section: str, media: Path | None, fetch: bool, language: str, dry_run: bool,
        **options: Any,
    ) -> Drafting:  # fmt: skip
        """Return how drafts are made. Raises BadExport."""
        found = Section.objects.filter(slug=section).first()
        if found is None:
            known = ", ".join(Section.objects.order_by("slug").values_list("slug", flat=True))
            message = f"There is no section “{section}”. There are: {known or 'none'}."
            raise BadExport(message)
        if media is not None and not media.is_dir():
            message = f"{media} is no folder."
            raise BadExport(message)
        if not is_language(language):
            message = f"“{language}” is no language. Write a tag such as en or pt-BR."
            raise BadExport(message)
        return Drafting(
            section=found, language=language, media=media, is_dry=dry_run,
            fetch=fetch_picture if fetch else None,
        )  # fmt: skip

    def report(self, done: Drafted, *, verbosity: int, is_dry: bool) -> None:
        shown = done.problems if verbosity > 1 else done.problems[:SHOWN]
        for said in shown:
            self.stderr.write(said)
        if hidden := len(done.problems) - len(shown):
            self.stderr.write(f"{hidden} more were left out; -v 2 names them.")
        if verbosity:
            verb = "would be stored" if is_dry else "stored"
            self.stdout.write(
                f"{count_of(done.added, 'draft')} and {count_of(done.pictures, 'picture')} {verb};"
                f" {done.known} were here already. Their checks say “No wire source” until each"
                " links the posts that it is based on."
            )


def fetch_picture(address: str) -> bytes:
    """Return a picture of another site, by the one client that may leave. Raises BadExport.

    Never from a private address, whatever the wire may ask there: the file says what is asked for.
    """
    try:
        answer = fetch(address, user_agent=settings.WIRE_USER_AGENT)
    except FetchError as error:
        message = f"{error.message[:1].upper()}{error.message[1:]}."
        raise BadExport(message) from error
    return answer.body
