"""A run over all live articles: shared, interrupted, resumed, once a night."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from hypothesis import given
from hypothesis import strategies as st

from articles import archive
from articles.archive import runs
from articles.archive.runs import LEASE, claim, night_of
from articles.models import ArchiveBatch, ArchiveRun, Fault, LiveVetting
from tests.articles.factories import make_live_article
from tests.clock import later
from tests.wires.factories import add_version

LONDON = ZoneInfo("Europe/London")


def go_on(run, *, at=None, is_over=lambda: False):
    return list(archive.go_on(run, now=lambda: at or later(hours=9), is_over=is_over))


@pytest.fixture
def few_at_once(monkeypatch):
    monkeypatch.setattr(runs, "AT_ONCE", 2)


@pytest.mark.django_db
def test_a_run_checks_everything_live_once_and_ends(few_at_once):
    articles = [make_live_article() for _ in range(5)]
    add_version(articles[3].wire_sources.get().post, text="The harbour is open.", at=later(hours=1))
    run = archive.begin(at=later(hours=9))

    vetted = go_on(run)

    run.refresh_from_db()
    assert [each.article for each in vetted] == articles
    assert (run.articles, run.held, run.queried, run.failed) == (5, 1, 0, 0)
    assert run.finished_at == later(hours=9)
    assert not ArchiveBatch.objects.exists()
    assert LiveVetting.objects.count() == 5


@pytest.mark.django_db
def test_a_run_of_nothing_ends_at_once():
    run = archive.begin(at=later())

    assert go_on(run) == []

    run.refresh_from_db()
    assert run.finished_at is not None


@pytest.mark.django_db
def test_an_interrupted_run_resumes_where_it_stopped(few_at_once):
    articles = [make_live_article() for _ in range(5)]
    run = archive.begin(at=later())

    first = go_on(run, is_over=lambda: True)
    second = go_on(run, is_over=lambda: True)
    rest = go_on(run)

    assert [each.article for each in first] == articles[:1]
    assert [each.article for each in second] == articles[1:2]
    assert [each.article for each in rest] == articles[2:]
    run.refresh_from_db()
    assert run.articles == 5


@pytest.mark.django_db
def test_the_batch_of_a_killed_worker_is_claimed_again_after_its_lease(few_at_once):
    articles = [make_live_article() for _ in range(3)]
    run = archive.begin(at=later())
    killed = claim(run, at=later())

    others = go_on(run, at=later())
    waiting = ArchiveRun.objects.get()
    again = go_on(run, at=later() + LEASE)

    assert (killed.after, killed.through) == (0, articles[1].pk)
    assert [each.article for each in others] == articles[2:]
    assert waiting.finished_at is None
    assert [each.article for each in again] == articles[:2]
    run.refresh_from_db()
    assert (run.articles, run.finished_at) == (3, later() + LEASE)


@pytest.mark.django_db
def test_a_slow_worker_whose_batch_was_claimed_again_counts_nothing_twice(few_at_once):
    for _ in range(2):
        make_live_article()
    run = archive.begin(at=later())
    slow = claim(run, at=later())

    go_on(run, at=later() + LEASE)
    runs.vet_batch(slow, now=lambda: later() + LEASE, is_over=lambda: False)

    run.refresh_from_db()
    assert run.articles == 2
    assert LiveVetting.objects.count() == 2


@pytest.mark.django_db
def test_two_workers_get_different_articles(few_at_once):
    articles = [make_live_article() for _ in range(4)]
    run = archive.begin(at=later())

    one, other = claim(run, at=later()), claim(run, at=later())

    assert (one.after, one.through) == (0, articles[1].pk)
    assert (other.after, other.through) == (articles[1].pk, articles[3].pk)
    assert claim(run, at=later()) is None


@pytest.mark.django_db
def test_there_is_one_run_at_a_time():
    one = archive.begin(at=later())

    assert archive.begin(at=later(hours=1)) == one
    assert ArchiveRun.objects.count() == 1


@pytest.mark.django_db
@pytest.mark.parametrize("rows", [2, 20])
def test_a_batch_takes_the_same_queries_however_many_articles(rows, django_assert_num_queries):
    for _ in range(rows):
        add_version(
            make_live_article().wire_sources.get().post,
            text="The harbour is open.",
            at=later(hours=1),
        )
    run = archive.begin(at=later())
    batch = claim(run, at=later())

    # Outlet names, articles, sources; the record, old faults, new faults, the batch, the run;
    # a savepoint and its release.
    with django_assert_num_queries(10):
        runs.vet_batch(batch, now=later, is_over=lambda: False)

    assert Fault.objects.count() == rows


@pytest.mark.django_db
def test_an_article_withdrawn_during_a_run_is_left_out(few_at_once):
    from articles import publishing

    withdrawn, live = make_live_article(), make_live_article()
    run = archive.begin(at=later())
    batch = claim(run, at=later())
    publishing.withdraw(withdrawn, by=None, at=later(), note="It was wrong.")

    vetted = runs.vet_batch(batch, now=later, is_over=lambda: False)

    assert [each.article for each in vetted] == [live]
    assert not ArchiveBatch.objects.exists()


@pytest.mark.django_db
def test_a_night_has_one_run_however_many_workers_start_it():
    night = datetime(2026, 6, 26, 2, 30, tzinfo=UTC)  # 03:30 in London
    run = archive.tonight(at=night, zone=LONDON)
    go_on(run)

    assert run.night_on == date(2026, 6, 26)
    assert archive.tonight(at=night, zone=LONDON) is None
    assert archive.tonight(at=night + timedelta(hours=23), zone=LONDON) is None
    assert archive.tonight(at=night + timedelta(hours=24), zone=LONDON).night_on == date(
        2026, 6, 27
    )


@pytest.mark.django_db
def test_a_night_finishes_an_abandoned_run_before_its_own():
    left = archive.begin(at=later())
    night = datetime(2026, 6, 26, 4, tzinfo=UTC)

    found = archive.tonight(at=night, zone=LONDON)
    go_on(found)

    assert found == left
    assert archive.tonight(at=night, zone=LONDON).night_on == date(2026, 6, 26)


@pytest.mark.parametrize(
    ("at", "night"),
    [
        (datetime(2026, 6, 26, 2, 29, tzinfo=UTC), date(2026, 6, 25)),
        (datetime(2026, 6, 26, 2, 30, tzinfo=UTC), date(2026, 6, 26)),
        # Clocks go forward at 01:00 and back at 02:00 in London: no night is skipped or repeated.
        (datetime(2026, 3, 29, 2, 30, tzinfo=UTC), date(2026, 3, 29)),
        (datetime(2026, 10, 25, 3, 29, tzinfo=UTC), date(2026, 10, 24)),
        (datetime(2026, 10, 25, 3, 30, tzinfo=UTC), date(2026, 10, 25)),
    ],
)
def test_a_night_begins_at_half_past_three_local_time(at, night):
    assert night_of(at, LONDON) == night


@given(
    st.datetimes(datetime(2020, 1, 1), datetime(2030, 1, 1), timezones=st.just(UTC)),  # noqa: DTZ001
    st.sampled_from(["UTC", "Europe/London", "America/New_York", "Asia/Kolkata"]),
)
def test_a_night_never_goes_back_as_time_passes(at, name):
    zone = ZoneInfo(name)

    step = night_of(at + timedelta(hours=24), zone) - night_of(at, zone)

    assert timedelta() <= step <= timedelta(days=2)
    assert night_of(at + timedelta(hours=1), zone) >= night_of(at, zone)


@pytest.mark.django_db
@time_machine.travel(later())
def test_runs_older_than_a_year_are_deleted():
    ArchiveRun.objects.create(started_at=later(days=-400), finished_at=later(days=-400))
    recent = ArchiveRun.objects.create(started_at=later(days=-1), finished_at=later(days=-1))

    new = archive.begin(at=later())

    assert list(ArchiveRun.objects.order_by("pk")) == [recent, new]


@pytest.mark.django_db
def test_a_run_that_another_worker_ended_hands_out_nothing():
    run = archive.begin(at=later())
    go_on(ArchiveRun.objects.get(), at=later())
    make_live_article()

    claimed = claim(run, at=later(hours=1))

    assert claimed is None
    assert ArchiveRun.objects.get().finished_at == later()


@pytest.mark.django_db
def test_a_slow_worker_leaves_a_batch_alone_that_another_has_claimed():
    make_live_article()
    run = archive.begin(at=later())
    slow = claim(run, at=later())
    theirs = claim(run, at=later() + LEASE)

    runs.vet_batch(slow, now=lambda: later() + LEASE, is_over=lambda: False)

    run.refresh_from_db()
    assert ArchiveBatch.objects.get() == theirs == slow
    assert run.articles == 0
