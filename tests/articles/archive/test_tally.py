"""The count of alerts that the worker keeps ready for the desk's first page."""

from functools import partial
from itertools import pairwise

import pytest

from articles import archive, publishing
from articles.models import AlertTally, ArchiveRun, Fault
from tests.articles.factories import make_article, make_live_article, post_of
from tests.clock import NOON, later
from tests.wires.factories import add_version, withdraw

pytestmark = pytest.mark.django_db


def edit(article, *, at):
    return add_version(post_of(article), text="The harbour is open.", at=at)


def counted(at):
    return archive.tallied(at)[1]


def test_without_a_worker_there_is_no_count_ready():
    make_live_article()

    made_of, told = archive.tallied(NOON)

    assert told is None
    assert len(made_of) == 5


def test_the_count_is_read_with_what_it_rests_on_in_one_query(django_assert_num_queries):
    edit(make_live_article(), at=NOON)
    archive.tally_alerts(later(seconds=1))

    with django_assert_num_queries(1):
        told = counted(later(seconds=2))

    assert told == archive.AlertCount(articles=1)


def test_alerts_are_counted_again_once_something_moved_and_each_minute(django_assert_num_queries):
    edit(make_live_article(), at=NOON)
    other = make_live_article()
    archive.tally_alerts(later(seconds=1))

    with django_assert_num_queries(1):
        again_at_once = archive.tally_alerts(later(seconds=6))
    edit(other, at=later(seconds=7))
    again_after_an_edit = archive.tally_alerts(later(seconds=11))
    again_in_a_minute = archive.tally_alerts(later(seconds=72))

    assert (again_at_once, again_after_an_edit, again_in_a_minute) == (False, True, True)
    assert counted(later(seconds=73)) == archive.AlertCount(articles=2)
    assert AlertTally.objects.count() == 1


def test_a_count_is_made_again_when_it_is_a_minute_old_and_not_before():
    make_live_article()
    archive.tally_alerts(NOON)

    again = [archive.tally_alerts(later(seconds=n)) for n in (59.9, 60)]

    assert again == [False, True]


def make_fault(article, fingerprint):
    return Fault.objects.create(
        article=article, version=article.live_version, code="weekday", level="hold",
        fingerprint=fingerprint * 64, finding={}, found_at=NOON,
    )  # fmt: skip


def test_the_newest_of_each_thing_that_alerts_rest_on_makes_another_count_due():
    one, other = make_live_article(), make_live_article()
    seen = [archive.tallied(NOON)[0]]
    for hour, article in ((1, one), (2, other)):
        at = later(hours=hour)
        for move in (
            partial(edit, article, at=at),
            partial(withdraw, post_of(article), at=at),
            partial(make_fault, article, str(hour)),
            partial(ArchiveRun.objects.create, started_at=at, finished_at=at),
            partial(publishing.submit, make_article(), by=None, at=at),
        ):
            move()
            seen.append(archive.tallied(NOON)[0])

    assert all(before != after for before, after in pairwise(seen))


def test_a_count_that_no_worker_has_looked_after_for_minutes_is_not_believed():
    edit(make_live_article(), at=NOON)
    archive.tally_alerts(NOON)

    assert counted(later(minutes=2)) is not None
    assert counted(later(minutes=2, seconds=1)) is None


def test_a_paper_without_any_act_has_nothing_to_count():
    assert archive.tally_alerts(NOON) is False
    assert archive.tallied(NOON) == ((), None)
