"""Import posts by hand: from a file, a folder, an address or standard input."""

import os
import stat
import sys
from argparse import ArgumentParser
from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.core.management.color import no_style
from django.db import DatabaseError
from django.utils import timezone

from web.words import count_of, plural
from wires import http, ingest
from wires.ingest.channels import BadCode, FileChannels
from wires.management.outage import no_database
from wires.models import Channel
from wires.platforms.base import Document, UnreadableBody
from wires.platforms.processes import Parsers

LARGEST = 20 * 1024 * 1024
NAMED = 3


@dataclass(frozen=True, slots=True)
class ImportSource:
    """One body to import: the name that people know it by, and how to get its bytes."""

    name: str
    load: Callable[[], bytes]


@dataclass(frozen=True, slots=True)
class ImportJob:
    """A body on its way: seen before, or being parsed."""

    source: ImportSource
    channel: Channel | None
    body: ingest.FetchedBody | None = None
    seen: ingest.IngestOutcome | None = None
    document: Future[Document] | None = None


class Command(BaseCommand):
    help = "Import posts from a file, a folder, an address or standard input (-)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("path", metavar="PATH|URL|-", help="what to import")
        parser.add_argument("--channel", metavar="CODE", required=True, help="the channel's code")
        parser.add_argument(
            "--per-file",
            action="store_true",
            help="make each file its own channel (CODE-0001, CODE-0002 …) of one outlet",
        )

    def handle(self, *, path: str, channel: str, per_file: bool, **options: Any) -> None:
        if os.environ.get("NO_COLOR"):
            self.style = no_style()
        try:
            unreadable = self.import_all(path, channel, per_file=per_file)
        except (BadCode, http.FetchError) as error:
            raise CommandError(str(error)) from error
        except DatabaseError as error:
            raise no_database(error) from error
        if unreadable:
            sys.exit(1)

    def import_all(self, path: str, code: str, *, per_file: bool) -> int:
        """Import every source and return how many could not be read. Raises CommandError."""
        target = ImportTarget(code, per_file=per_file)
        sources = sources_of(path, target.base)
        outcome, unreadable = ingest.IngestOutcome(), []
        with Parsers(workers=workers(len(sources))) as parsers:
            for n, (source, result) in enumerate(target.results(sources, parsers), start=1):
                if isinstance(result, UnreadableBody):
                    unreadable.append(f"{source.name}: {result.message}")
                else:
                    outcome += result
                self.show_progress(n, len(sources))
        self.summarise(outcome, unreadable)
        return len(unreadable)

    def show_progress(self, done: int, total: int) -> None:
        if total > 1 and sys.stderr.isatty() and (done % 10 == 0 or done == total):
            end = "\n" if done == total else ""
            self.stderr.write(f"\r{done} of {total} files", str, ending=end)
            self.stderr.flush()

    def summarise(self, outcome: ingest.IngestOutcome, unreadable: list[str]) -> None:
        parts = [
            f"{outcome.new} new {plural(outcome.new, 'post')}",
            f"{outcome.versions} new {plural(outcome.versions, 'version')}",
            f"{outcome.seen} known",
        ]
        if not unreadable:
            self.stdout.write(self.style.SUCCESS(", ".join(parts)))
            return
        if len(unreadable) > NAMED:
            for line in unreadable:
                self.stderr.write(f"unreadable: {line}", str)
        named = "; ".join(unreadable[:NAMED])
        more = f"; and {len(unreadable) - NAMED} more" if len(unreadable) > NAMED else ""
        parts.append(f"{count_of(len(unreadable), 'file')} unreadable: {named}{more}")
        self.stdout.write(self.style.WARNING(", ".join(parts)))


class ImportTarget:
    """Where the posts go: into one channel, or into one a file. Raises CommandError, BadCode."""

    def __init__(self, code: str, *, per_file: bool) -> None:
        self._files = FileChannels(code) if per_file else None
        self._channel = None if per_file else channel_of(code)

    @property
    def base(self) -> str:
        """What relative links in a file refer to."""
        address = self._channel.address if self._channel else ""
        return address if is_address(address) else ""

    def results(
        self, sources: list[ImportSource], parsers: Parsers
    ) -> Iterator[tuple[ImportSource, ingest.IngestOutcome | UnreadableBody]]:
        """Read the sources in order; while one is stored the next ones are parsed."""
        pending: deque[ImportJob | tuple[ImportSource, UnreadableBody]] = deque()
        most = workers(len(sources))
        with ThreadPoolExecutor(most) as pool:
            for source in sources:
                pending.append(self._begin(source, parsers, pool))
                if len(pending) > 2 * most:
                    yield self._finish(pending.popleft())
            while pending:
                yield self._finish(pending.popleft())

    def _begin(
        self, source: ImportSource, parsers: Parsers, pool: ThreadPoolExecutor
    ) -> ImportJob | tuple[ImportSource, UnreadableBody]:
        try:
            body = source.load()
        except UnreadableBody as error:
            return source, error
        channel = self._files.find(source.name) if self._files else self._channel
        seen = ingest.seen_before(channel, body) if channel else None
        if seen is not None:
            return ImportJob(source, channel, seen=seen)
        account = channel.account if channel else ""
        url = source.name if is_address(source.name) else self.base
        return ImportJob(
            source,
            channel,
            body=ingest.FetchedBody.of(body, url=url),
            document=pool.submit(parsers.parse, body, url=url, account=account),
        )

    def _finish(
        self, job: ImportJob | tuple[ImportSource, UnreadableBody]
    ) -> tuple[ImportSource, ingest.IngestOutcome | UnreadableBody]:
        if isinstance(job, tuple):
            return job
        if job.seen is not None or job.document is None:
            return job.source, job.seen or ingest.IngestOutcome()
        try:
            document = job.document.result()
        except UnreadableBody as error:
            return job.source, error
        channel = job.channel
        if channel is None and self._files:
            channel = self._files.make(job.source.name, document)
        assert channel is not None  # noqa: S101 - for the type: without files there is a channel
        return job.source, ingest.store(channel, document, at=timezone.now(), body=job.body)


def channel_of(code: str) -> Channel:
    """Return the channel with this code. Raises CommandError."""
    channel = Channel.objects.filter(code=code).select_related("outlet").first()
    if channel is None:
        message = (
            f"No channel has the code {code}. Add it at the desk, or use --per-file to make"
            " each file a channel."
        )
        raise CommandError(message)
    return channel


def sources_of(path: str, base: str) -> list[ImportSource]:
    """Return what PATH, URL or - names, in sorted order. Raises CommandError, FetchError."""
    if path == "-":
        return [
            ImportSource("standard input", lambda: within_limit(sys.stdin.buffer.read(LARGEST + 1)))
        ]
    if is_address(path):
        response = http.fetch(
            path,
            trusted_hosts=settings.WIRE_TRUSTED_HOSTS,
            user_agent=settings.WIRE_USER_AGENT,
        )
        return [ImportSource(path, lambda: response.body)]
    root = Path(path)
    if not root.exists():
        message = f"There is no file or folder {path}."
        raise CommandError(message)
    if not root.is_dir():
        return [ImportSource(root.name, lambda: bytes_of(root))]
    names = sorted(names_below(root))
    if not names:
        message = f"The folder {path} contains no files."
        raise CommandError(message)
    return [ImportSource(name, lambda name=name: bytes_of(root / name)) for name in names]  # type: ignore[misc]


def names_below(root: Path) -> Iterator[str]:
    """Yield the path below root of every file in it; what begins with a dot is left out."""
    for folder, folders, files in root.walk():
        folders[:] = [name for name in folders if not name.startswith(".")]
        for name in files:
            if not name.startswith("."):
                yield (folder / name).relative_to(root).as_posix()


def bytes_of(path: Path) -> bytes:
    """Return the content of a file. Raises UnreadableBody."""
    try:
        # Before it is opened: opening a pipe waits for somebody to write.
        if not stat.S_ISREG(path.stat().st_mode):
            kind = "not_a_file"
            raise UnreadableBody(kind, "it is not a regular file")
        with path.open("rb") as file:
            return within_limit(file.read(LARGEST + 1))
    except OSError as error:
        kind = "not_a_file"
        raise UnreadableBody(kind, (error.strerror or "it cannot be opened").lower()) from error


def within_limit(body: bytes) -> bytes:
    if len(body) > LARGEST:
        kind = "too_big"
        raise UnreadableBody(kind, f"it is larger than {LARGEST // 1024 // 1024} MB")
    return body


def is_address(path: str) -> bool:
    return path.lower().startswith(("http://", "https://"))


def workers(sources: int) -> int:
    """Return how many parser processes to start: one a core, and none that would idle."""
    return max(1, min(os.cpu_count() or 1, 4, sources))
