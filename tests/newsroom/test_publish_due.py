"""What is scheduled goes out exactly once, whenever the process that publishes it is killed."""

import json
import random
import signal
from datetime import timedelta
from threading import Timer

import pytest
from django.utils import timezone

from articles.models import Schedule
from articles.publishing import schedule
from tests.articles.factories import make_article
from tests.waiting import CEILING
from tests.wires.databases import run_beside, shared_database

__all__ = ["shared_database"]

# Kills its own process right before a query, or once the publication is committed.
KILLED = """
import os, signal
from django.db import connection, transaction
from django.utils import timezone
from articles import publishing

def kill():
    os.kill(os.getpid(), signal.SIGKILL)

def kill_before(execute, sql, *args):
    if {query!r} in sql:
        kill()
    return execute(sql, *args)

if {query!r} == "committed":
    publishing.releasing.pages_changed = kill
with connection.execute_wrapper(kill_before):
    list(publishing.publish_due(now=timezone.now))
"""
# Says what is stored, publishes what is due a little later as the next worker would, and says it
# again. The worker may have been killed before the second had come.
NEXT = """
import json
from datetime import timedelta
from django.utils import timezone
from articles import publishing
from articles.models import Act, Article, ArticleVersion, Schedule

def stored():
    return [
        list(Article.objects.values_list("status", flat=True)),
        ArticleVersion.objects.count(),
        list(Schedule.objects.values_list("outcome", flat=True)),
        Act.objects.filter(verb="publish").count(),
    ]

left = stored()
Schedule.objects.update(lease_until=None)
list(publishing.publish_due(now=lambda: timezone.now() + timedelta(seconds=20)))
print(json.dumps([left, stored()]))
"""
PUBLISHED = [["live"], 1, ["published"], 1]
UNTOUCHED = [["scheduled"], 0, [""], 0]


def shell(environment, code):
    process = run_beside(environment, "shell", "-v0", "-c", code)
    said, complained = process.communicate(timeout=CEILING)
    return process.returncode, said.decode() or complained.decode()


def make_due():
    """Schedule an article for a moment ago."""
    now = timezone.now()
    return schedule(make_article(), due_at=now, by=None, at=now - timedelta(minutes=1))


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    ("query", "after"),
    [
        ('INSERT INTO "articles_articleversion"', UNTOUCHED),
        ('"outcome" = ', UNTOUCHED),
        ("committed", PUBLISHED),
    ],
)
def test_a_killed_publisher_leaves_all_or_nothing_and_the_next_one_finishes(
    query, after, shared_database
):
    make_due()

    with shared_database({}) as environment:
        status, _ = shell(environment, KILLED.format(query=query))
        _, said = shell(environment, NEXT)

    assert status == -signal.SIGKILL
    assert json.loads(said) == [after, PUBLISHED]


@pytest.mark.long
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("n", range(20))
def test_a_worker_that_is_killed_around_the_second_publishes_once(n, shared_database):
    row = make_due()
    soon = timezone.now() + timedelta(seconds=4)
    Schedule.objects.filter(pk=row.pk).update(due_at=soon)
    wait = random.Random(n).uniform(3.0, 14.5)  # noqa: S311  # repeatable

    with shared_database({"WIRE_POLL": "0", "MARKETS_POLL": "0"}) as environment:
        worker = run_beside(environment, "work")
        Timer(wait, worker.kill).start()
        worker.wait(timeout=CEILING)
        left, done = json.loads(shell(environment, NEXT)[1])

    assert left in (UNTOUCHED, PUBLISHED)
    assert done == PUBLISHED
