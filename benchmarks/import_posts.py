"""Print how fast posts are imported on SQLite, compared with bulk_create of the same rows.

Goals: at least 500 posts per second for the whole command, including parsing; for storing parsed
posts, at least a quarter of the rate of bulk_create on one table; the search index takes at most 30
per cent more processor time than storing without it, in the median of several rounds.
`python -m benchmarks.import_posts [ENTRIES A FEED]`
"""

import io
import os
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path
from statistics import median
from typing import Any

from benchmarks.options import parser

FEEDS = 60
ENTRIES = 100
ROUNDS = 3
WORDS = (
    "The harbour authority said on Thursday that vessels above eighty metres would be turned back "
    "until the dredging of the north channel is complete, a notice that ferry operators called "
    "sudden and the chamber of shipping called long overdue. "
)


def feed(number: int, entries: int, newest: datetime) -> str:
    items = "".join(
        f"<item><title>Notice {n} of port {number}: the harbour is closed to ships</title>"
        f"<link>https://port{number}.example/notices/{n}?utm_source=rss</link>"
        f"<guid isPermaLink='false'>port{number}-{n}</guid>"
        f"<description>&lt;p&gt;{WORDS * 3}&lt;/p&gt;&lt;p&gt;{n}&lt;/p&gt;</description>"
        f"<pubDate>{format_datetime(newest - timedelta(minutes=n))}</pubDate></item>"
        for n in range(entries)
    )
    return f'<?xml version="1.0"?><rss version="2.0"><channel><title>Port {number}</title>{items}</channel></rss>'


def seconds(work: Callable[[], object], *, clock: Callable[[], float] = time.perf_counter) -> float:
    started = clock()
    work()
    return clock() - started


def main() -> None:
    asked = parser(__doc__)
    asked.add_argument("entries", type=int, nargs="?", default=ENTRIES, help=f"({ENTRIES})")
    entries = asked.parse_args().entries
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        os.environ |= {
            "DJANGO_SETTINGS_MODULE": "newsroom.settings",
            "RUNTIME_DIR": str(folder / "var"),
            "DATABASE_URL": f"sqlite:///{folder / 'posts.sqlite3'}",
        }
        (folder / "feeds").mkdir()
        newest = datetime.now(UTC).replace(microsecond=0)
        for n in range(FEEDS):
            (folder / "feeds" / f"{n:03}.xml").write_text(feed(n, entries, newest))
        measure(folder / "feeds", entries)


def measure(feeds: Path, entries: int) -> None:
    # Importable only once main() has set which database to use.
    import django

    (feeds.parent / "var").mkdir()
    django.setup()
    from django.core.management import call_command

    from wires.models import Capture, Channel, Post, PostVersion

    call_command("migrate", verbosity=0)
    posts = FEEDS * entries

    def import_all() -> None:
        call_command(
            "import_posts", str(feeds), channel="SPEED", per_file=True, stdout=io.StringIO()
        )

    imported, again = seconds(import_all), seconds(import_all)
    if (Post.objects.count(), PostVersion.objects.count()) != (posts, posts):
        sys.exit("not all posts were imported")
    post_rows = list(Post.objects.order_by("pk"))
    version_rows = list(PostVersion.objects.order_by("pk"))
    empty(PostVersion, Post)
    stored = store_all(feeds)
    with_index, without = [], []
    for _ in range(ROUNDS):
        empty(PostVersion, Post, Capture, Channel)
        with unindexed():
            without.append(store_all(feeds, clock=time.process_time))
        empty(PostVersion, Post, Capture, Channel)
        with_index.append(store_all(feeds, clock=time.process_time))
    index = median(with_index) / median(without) - 1
    empty(PostVersion, Post)
    # The same rows again, each table separately, one transaction per feed.
    versions_alone, posts_alone = create(version_rows, entries), create(post_rows, entries)

    print(f"{FEEDS} feeds of {entries} entries, {posts} posts; posts a second:")
    print(f"  import_posts, parsing included      {posts / imported:8.0f}")
    print(f"  the same files again                {posts / again:8.0f}")
    print(f"  store, from parsed posts            {posts / stored:8.0f}")
    print(f"  bulk_create of the versions alone   {posts / versions_alone:8.0f}")
    print(f"  bulk_create of the posts alone      {posts / posts_alone:8.0f}")
    print(f"  the search index takes              {index:8.0%} of storing without it")
    ratio = versions_alone / stored
    print(
        f"goal 500 posts/s imported: {'met' if posts / imported >= 500 else 'MISSED'};"
        f" goal store at least 0.25 x one table: {ratio:.2f}, {'met' if ratio >= 0.25 else 'MISSED'};"
        f" goal index at most 30 %: {'met' if index <= 0.3 else 'MISSED'}"
    )


@contextmanager
def unindexed() -> Iterator[None]:
    """Store posts without the rows by which they are searched."""
    from wires import search

    write_rows = search.write_rows
    search.write_rows = lambda posts: None
    try:
        yield
    finally:
        search.write_rows = write_rows


def empty(*models: Any) -> None:
    """Delete every row without checking references."""
    from django.db import connection

    connection.disable_constraint_checking()
    for model in models:
        model.objects.all()._raw_delete("default")
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM wires_search")


def store_all(feeds: Path, *, clock: Callable[[], float] = time.perf_counter) -> float:
    """Return the seconds to store everything after parsing."""
    from django.utils import timezone

    from wires import ingest
    from wires.ingest.channels import FileChannels
    from wires.platforms import parse

    channels = FileChannels("STORE")
    bodies = {path.name: path.read_bytes() for path in sorted(feeds.iterdir())}
    documents = {name: parse(body) for name, body in bodies.items()}

    def work() -> None:
        for name, document in documents.items():
            channel = channels.make(name, document)
            body = ingest.FetchedBody.of(bodies[name])
            ingest.store(channel, document, at=timezone.now(), body=body)

    return seconds(work, clock=clock)


def create(rows: list, size: int) -> float:
    """Return the seconds for bulk_create of the rows, with the given number per transaction."""
    from django.db import transaction

    for row in rows:
        row.pk = None
        row._state.adding = True

    def work() -> None:
        for start in range(0, len(rows), size):
            with transaction.atomic():
                type(rows[0]).objects.bulk_create(rows[start : start + size])

    return seconds(work)


if __name__ == "__main__":
    main()
