"""Real feeds and pages: imported once, again, and again without capture hashes."""

import re
import shutil

import pytest

from tests.commands import run_command
from tests.wires.unguarded import forget_hashes
from wires.models import Channel, Post, PostVersion

SUMMARY = re.compile(r"(\d+) new posts?, (\d+) new versions?, (\d+) known")

pytestmark = pytest.mark.django_db


def run(folder, code):
    # Some files of a corpus are unreadable by design, so only the summary is tested.
    ran = run_command("import_posts", folder, channel=code, per_file=True)
    return tuple(map(int, SUMMARY.match(ran.out).groups()))


def import_three_times(folder, code):
    """Import once, again, and without capture hashes; return the counts of the first import."""
    first = run(folder, code)
    again = run(folder, code)
    forget_hashes()
    without_hashes = run(folder, code)

    new, versions, _ = first
    assert new > 0
    assert Post.objects.count() == new
    assert PostVersion.objects.count() == new + versions
    assert again[:2] == without_hashes[:2] == (0, 0)
    return first


def test_every_telegram_page_is_imported_once(corpora):
    new, _, _ = import_three_times(corpora / "telegram", "TELEGRAM")

    assert new >= 30
    assert Channel.objects.filter(platform="telegram").exclude(account="").count() >= 30


def test_real_feeds_are_imported_once(corpora):
    import_three_times(corpora / "feeds" / "real", "REAL")


def test_a_sample_of_all_feeds_is_imported_once(corpora, tmp_path):
    files = sorted(path for path in (corpora / "feeds").rglob("*") if path.is_file())
    for n, path in enumerate(files[::15]):
        shutil.copy(path, tmp_path / f"{n:04}-{path.name}")

    import_three_times(tmp_path, "SAMPLE")


@pytest.mark.long
def test_all_feeds_are_imported_once(corpora):
    new, _, _ = import_three_times(corpora / "feeds", "FEEDS")

    assert new > 3_000
