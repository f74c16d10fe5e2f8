"""List every article and version that uses a post, a channel or an outlet."""

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError

from articles.archive import usage
from web.words import count_of, plural
from wires import ingest
from wires.management.outage import no_database
from wires.models import Channel, Outlet


class Command(BaseCommand):
    help = (
        "List every article, version and working copy that uses a post, a channel or an outlet, "
        "public articles first, then newest first."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        subject = parser.add_mutually_exclusive_group(required=True)
        subject.add_argument("--post", metavar="URL", help="the address of a post on file")
        subject.add_argument("--channel", metavar="CODE", help="the code of a channel")
        subject.add_argument("--outlet", metavar="SLUG", help="the slug of an outlet")
        parser.add_argument("--format", choices=["text", "json"], default="text", dest="form")

    def handle(
        self,
        *,
        post: str | None,
        channel: str | None,
        outlet: str | None,
        form: str,
        **options: Any,
    ) -> None:
        try:
            used = usage.Usage(_subject(post, channel, outlet))
            for found in used:
                self.stdout.write(_json(found) if form == "json" else _line(found))
        except DatabaseError as error:
            raise no_database(error) from error
        if form == "text":
            count = len(used)
            self.stdout.write(f"Used in {count_of(count, 'article')}.")


def _subject(post: str | None, channel: str | None, outlet: str | None) -> usage.Subject:
    """Return the named post, channel or outlet. Raises CommandError if there is none."""
    found: usage.Subject | None
    if post:
        found = ingest.on_file(post)
    elif channel:
        found = Channel.objects.filter(code=channel).first()
    else:
        found = Outlet.objects.filter(slug=outlet or "").first()
    if found is None:
        named = post or channel or outlet
        message = f"Nothing on file is called {named}."
        raise CommandError(message)
    return found


def _line(found: usage.ArticleUsage) -> str:
    article = found.article
    parts = [
        f"version {version.n}{' (live)' if version.is_live else ''},"
        f" {plural(len(version.numbers), 'source')} {', '.join(map(str, version.numbers))}"
        for version in found.versions
    ]
    if found.keys:
        parts.append(f"working copy, {', '.join(f'[@{key}]' for key in found.keys)}")
    where = article.get_absolute_url() if article.was_ever_public else f"article {article.pk}"
    return f"{article.get_status_display()}: {article.headline} ({where}): {'; '.join(parts)}"


def _json(found: usage.ArticleUsage) -> str:
    article = found.article
    row = {
        "id": article.pk,
        "headline": article.headline,
        "status": article.status,
        "url": article.get_absolute_url() if article.was_ever_public else None,
        "versions": [
            {"n": version.n, "live": version.is_live, "numbers": list(version.numbers)}
            for version in found.versions
        ],
        "working_copy": list(found.keys),
    }
    return json.dumps(row)
