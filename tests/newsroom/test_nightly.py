"""The worker's nightly run: once, in slices, however many workers start."""

import threading
from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from articles.models import ArchiveRun, LiveVetting
from newsroom.worker_jobs import JOBS, Work
from tests.articles.factories import make_live_article

pytestmark = pytest.mark.django_db

NIGHT = datetime(2026, 6, 26, 3, 30, tzinfo=UTC)


@pytest.fixture
def work():
    return Work(parsers=None, over=threading.Event())


def vet_archive(work):
    (job,) = [job for job in JOBS if job.name == "vet_archive"]
    return job.run(work)


def test_the_worker_checks_every_live_article_once_a_night(work):
    make_live_article()
    with time_machine.travel(NIGHT, tick=False):
        assert vet_archive(work) == "1 article checked, 0 with new holds"
        assert vet_archive(work) == ""
    with time_machine.travel(NIGHT + timedelta(hours=20), tick=False):
        assert vet_archive(work) == ""
    with time_machine.travel(NIGHT + timedelta(hours=24), tick=False):
        assert vet_archive(work) == "1 article checked, 0 with new holds"

    assert ArchiveRun.objects.count() == 2


def test_a_restarted_worker_does_not_repeat_the_nightly_run(work):
    make_live_article()
    with time_machine.travel(NIGHT, tick=False):
        vet_archive(work)

    with time_machine.travel(NIGHT + timedelta(hours=1), tick=False):
        assert vet_archive(Work(parsers=None, over=threading.Event())) == ""


def test_a_missed_nightly_run_is_made_up_for(work):
    make_live_article()

    with time_machine.travel(NIGHT + timedelta(days=3, hours=6), tick=False):
        vet_archive(work)

    assert [run.night_on.day for run in ArchiveRun.objects.all()] == [29]


def test_the_nightly_run_follows_the_newsroom_time_zone(work, settings):
    from zoneinfo import ZoneInfo

    settings.NEWSROOM_TIME_ZONE = ZoneInfo("America/New_York")
    with time_machine.travel(NIGHT, tick=False):
        vet_archive(work)

    assert [run.night_on.day for run in ArchiveRun.objects.all()] == [25]


def test_a_stopped_worker_leaves_the_rest_of_the_night_to_the_next(work):
    for _ in range(3):
        make_live_article()
    work.over.set()

    with time_machine.travel(NIGHT, tick=False):
        output = vet_archive(work)
        work.over.clear()
        rest = vet_archive(work)

    assert output == ""
    assert rest == "3 articles checked, 0 with new holds"
    assert LiveVetting.objects.count() == 3
