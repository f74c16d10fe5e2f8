"""Check cases from files, without a database, or a stored article by its slug."""

import json
from argparse import ArgumentParser
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from articles import publishing, vetting
from articles.models import Article
from articles.vetting import cases, report

PASSES, HELD, NOT_READ = 0, 1, 2


@dataclass(frozen=True)
class VettedCase:
    """A piece and its findings."""

    name: str
    piece: vetting.Piece
    findings: tuple[vetting.Finding, ...]

    @property
    def is_held(self) -> bool:
        return any(finding.level is vetting.Level.HOLD for finding in self.findings)


class Command(BaseCommand):
    help = (
        "Check cases (JSON files; docs/checks.md says how they look) or a stored article. "
        "Exit status: 0 without holds, 1 with holds, 2 when a case cannot be read."
    )
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("paths", nargs="*", metavar="CASE.json")
        parser.add_argument("--article", metavar="SLUG", help="check the article with this slug")
        parser.add_argument("--format", choices=["text", "json"], default="text", dest="form")

    def handle(
        self,
        *,
        paths: list[str],
        article: str | None,
        form: str,
        no_color: bool,
        force_color: bool,
        **options: Any,
    ) -> None:
        if bool(paths) == bool(article):
            message = "Name case files, or an article with --article."
            raise CommandError(message, returncode=NOT_READ)
        ink = report.Ink(is_coloured=force_color or (self.stdout.isatty() and not no_color))
        status, unreadable = PASSES, False
        for vetted in [_stored(article)] if article else self._read([Path(path) for path in paths]):
            if vetted is None:
                unreadable = True
                continue
            status = HELD if vetted.is_held else status
            self._say(vetted, form, ink)
        if status or unreadable:
            raise SystemExit(NOT_READ if unreadable else status)

    def _read(self, paths: list[Path]) -> Iterator[VettedCase | None]:
        """Yield the findings in each case; None, after saying why, for one that cannot be read."""
        for path in paths:
            try:
                case = cases.read_case(path.read_bytes())
            except OSError as error:
                self.stderr.write(f"{path}: {error.strerror or 'it cannot be read'}")
                yield None
            except cases.UnreadableCase as error:
                self.stderr.write(f"{path}: {error}")
                yield None
            else:
                now = case.now or timezone.now()
                findings = vetting.check(case.piece, now=now, outlet_directory=case.outlets)
                yield VettedCase(case.id or path.stem, case.piece, tuple(findings))

    def _say(self, vetted: VettedCase, form: str, ink: report.Ink) -> None:
        if form == "json":
            found = [cases.as_case(finding) for finding in vetted.findings]
            # Non-ASCII is escaped, so that no terminal or locale can garble a line.
            self.stdout.write(json.dumps({"id": vetted.name, "findings": found}))
            return
        for line in report.lines(vetted.name, vetted.piece, vetted.findings, ink):
            self.stdout.write(line)


def _stored(slug: str) -> VettedCase:
    """Vet the working copy of an article. Raises CommandError if there is none, or several."""
    found = list(
        Article.objects.select_related("section", "image", "live_version").filter(slug=slug)[:2]
    )
    if len(found) > 1:
        found = [article for article in found if article.live_slug == slug]
    if len(found) != 1:
        message = f"{'No' if not found else 'More than one'} article has the slug {slug}."
        raise CommandError(message, returncode=NOT_READ)
    snapshot = publishing.build_snapshot(found[0], at=timezone.now())
    return VettedCase(slug, snapshot.piece, snapshot.findings)
