"""What a web process does not load: it costs memory, and readers' pages have no use for it."""

import pytest

from tests.processes import run_manage, run_python
from wires.platforms import PLATFORMS

# What parses outside data belongs to the worker only: the adapters and their dependencies. The
# values they return (platforms.base) and its text cleaning are for everyone.
WORKER_ONLY = {
    "feedparser",
    "selectolax",
    "holidays",
    # Where a setting names a bucket, it is worth its 40 MB.
    "boto3",
    "wires.platforms.processes",
    *(platform.adapter for platform in PLATFORMS if platform.can_be_polled),
}
# What a web process loads when somebody asks for it: a picture, a code for an app, the figures, what
# an edit changed, an address that the desk has fetched. Each is some megabytes.
WHEN_ASKED_FOR = {
    "lxml", "pillow_heif", "prometheus_client", "qrcode", "rapidfuzz", "requests", "charset_normalizer",
}  # fmt: skip
# What no page of readers needs on SQLite.
ON_POSTGRESQL = {"psycopg"}
UNUSED = WORKER_ONLY | WHEN_ASKED_FOR | ON_POSTGRESQL

URLS_AND_VIEWS = """
import gc, sys, newsroom.wsgi, markets.hours
from babel.localedata import LocaleDataDict
from django.urls import get_resolver
get_resolver().reverse_dict
print(*sys.modules)
print(sum(isinstance(each, LocaleDataDict) for each in gc.get_objects()))
"""
PAGES = """
import sys
from newsroom.wsgi import pages
from articles.models import Article
from newsroom.pagecache import ask
from newsroom.plain_requests import plain_request
article = Article.objects.live().newest_first()[0].get_absolute_url()
asked = [("/", ""), (article, ""), ("/wire/", ""), ("/wire/live/", ""), ("/feed/", ""), ("/search/", "q=grain")]
assert {ask(pages, plain_request(*each)).status for each in asked} == {"200 OK"}
print(*sys.modules)
"""


def test_a_web_process_starts_without_what_few_pages_need(tmp_path):
    done = run_python("-c", URLS_AND_VIEWS, RUNTIME_DIR=str(tmp_path))

    modules, locales = done.stdout.splitlines()
    assert "newsroom.urls" in modules.split(), done.stderr
    assert UNUSED & {*modules.split()} == set()
    # Babel keeps what it read, and all that was needed of it are names of months and weekdays.
    assert locales == "0"


@pytest.mark.long
def test_readers_pages_load_nothing_that_they_do_not_need(tmp_path):
    database = {"RUNTIME_DIR": str(tmp_path), "DATABASE_URL": f"sqlite:///{tmp_path}/db.sqlite3"}
    for command in ("migrate", "load_demo", "collectstatic"):
        run_manage(command, "-v0", *["--no-input"] * (command == "collectstatic"), **database)

    done = run_python("-c", PAGES, **database)

    assert "newsroom.urls" in done.stdout.split(), done.stderr
    assert UNUSED & {*done.stdout.split()} == set()
