"""A polling worker that is killed at random moments, or told to end: nothing lost or doubled."""

import itertools
import os
import random
import signal
import sqlite3
import threading
from contextlib import closing
from dataclasses import dataclass

import pytest
from django.db import connection
from pytest_httpserver import HTTPServer
from werkzeug import Response

from tests.waiting import CEILING, Stopwatch, wait_at_random, wait_until
from tests.wires.databases import run_beside, shared_database
from tests.wires.factories import make_channel, make_feed
from tests.wires.forked_workers import ForkedWorkers

__all__ = ["shared_database"]

# The last one takes two transactions to store.
POSTS_AT_FIRST = (30, 30, 30, 30, 30, 300)
READ = """
    SELECT channel.etag, channel.lease_owner, count(post.id), count(DISTINCT version.title),
        (SELECT count(*) FROM wires_postversion one JOIN wires_post its ON its.id = one.post_id
            WHERE its.channel_id = channel.id)
    FROM wires_channel channel
    LEFT JOIN wires_post post ON post.channel_id = channel.id
    LEFT JOIN wires_postversion version ON version.id = post.latest_version_id
    GROUP BY channel.id, channel.etag, channel.lease_owner ORDER BY channel.id
"""
HELD = """
    SELECT lease_owner FROM wires_channel WHERE lease_owner <> ''
    UNION ALL SELECT lease_owner FROM wires_domain WHERE lease_owner <> ''
"""
# Until what a killed worker held is polled by another.
MAKE_DUE = "UPDATE wires_channel SET next_poll_at = NULL"
# As the end of every lease would, and of every pause between two requests.
FREE = (
    "UPDATE wires_channel SET lease_owner = '', lease_until = NULL",
    "UPDATE wires_domain SET lease_owner = '', lease_until = NULL, not_before = NULL",
)


class GrowingFeed:
    """A feed that has one more post each time it is asked for, and says so in its validator."""

    def __init__(self, name, posts, asked):
        self.name, self.posts, self.asked = name, posts, asked

    def __call__(self, request):
        # Nobody else asks it meanwhile: one worker leases it.
        self.posts += 1
        self.asked.set()
        body = make_feed(*(f"{self.name}-{n}" for n in range(self.posts)))
        return Response(body, headers={"ETag": f'"{self.posts}"'})


@dataclass(frozen=True)
class Stored:
    """What a channel has: what its validator speaks of, who holds it, and how many rows."""

    validator: int
    owner: str
    posts: int
    titles: int
    versions: int


class Table:
    """The database of the workers, which on SQLite is a file of theirs."""

    def __init__(self, environment):
        self._path = environment["DATABASE_URL"].removeprefix("sqlite:///")

    def run(self, *statements):
        """Run statements and return the rows of the last one, if it has any."""
        is_file = connection.vendor == "sqlite"
        opened = sqlite3.connect(self._path, timeout=CEILING) if is_file else connection.cursor()
        with closing(opened) as rows:
            for statement in statements:
                found = rows.execute(statement)
            if is_file:
                rows.commit()
            cursor = found if is_file else rows
            return cursor.fetchall() if cursor.description else []

    def look(self):
        return [Stored(int(etag.strip('"') or 0), *counts) for etag, *counts in self.run(READ)]

    def make_due(self):
        self.run(MAKE_DUE, *FREE)


@pytest.fixture
def asked():
    """Return the event that a site was asked."""
    return threading.Event()


@pytest.fixture
def feeds(asked):
    """Return growing feeds, each a channel on a server of its own, which is a domain of its own."""
    servers, feeds = [], []
    for n, posts in enumerate(POSTS_AT_FIRST):
        server, feed = HTTPServer(port=0), GrowingFeed(f"Site{n}", posts, asked)
        server.expect_request("/feed").respond_with_handler(feed)
        server.start()
        make_channel(code=f"SITE-{n}", address=server.url_for("/feed"))
        servers.append(server)
        feeds.append(feed)
    yield feeds, ",".join(f"{server.host}:{server.port}" for server in servers)
    for server in servers:
        server.stop()


def has_read(table, feeds):
    """Return whether each channel has what its feed said last."""
    return [row.validator for row in table.look()] == [feed.posts for feed in feeds]


def is_storing(table, *, since):
    return [row.posts for row in table.look()] != [row.posts for row in since]


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    ("kills", "lease"), [(10, 10), pytest.param(100, 25, marks=pytest.mark.long)]
)
def test_a_worker_killed_at_random_moments_loses_and_doubles_no_post(
    kills, lease, shared_database, feeds, asked
):
    feeds, trusted = feeds
    chance = random.Random(12)  # noqa: S311 - moments, not secrets
    seen, cut_off = [], 0

    settings = {"WIRE_TRUSTED_HOSTS": trusted, "WIRE_LEASE": str(lease)}
    with shared_database(settings) as environment, ForkedWorkers(environment) as workers:
        table = Table(environment)

        def start():
            asked.clear()
            pid, before = workers.start(), table.look()
            assert asked.wait(CEILING)
            return pid, lambda: wait_until(lambda: is_storing(table, since=before))

        pid, wait_for_posts = start()
        watch = Stopwatch()
        assert wait_for_posts()
        reading = watch.lap()
        assert wait_until(lambda: has_read(table, feeds))
        storing = watch.lap()
        for n in range(kills):
            workers.kill(pid)
            seen.append(table.look())
            cut_off += any(row.owner for row in seen[-1])
            table.make_due()
            pid, wait_for_posts = start()
            # Half of them while sites are asked and parsers begin, half while posts are stored.
            if n % 2:
                assert wait_for_posts()
            wait_at_random(chance, seconds=storing if n % 2 else reading)
        workers.kill(pid)
        # What the last one held runs out by itself, and the next one reads all.
        table.run(MAKE_DUE)
        before = [feed.posts for feed in feeds]
        last = workers.start()
        is_all_read = wait_until(
            lambda: (
                has_read(table, feeds)
                and all(feed.posts > posts for feed, posts in zip(feeds, before, strict=True))
            )
        )
        os.kill(last, signal.SIGTERM)
        status = workers.wait(last)

    for row in (row for rows in seen for row in rows):
        assert row.posts == row.titles == row.versions
        # What a validator speaks of is stored: else “not modified” would hide it for ever.
        assert row.validator <= row.posts
    assert cut_off > kills / 3
    assert (is_all_read, status) == (True, 0)
    assert [row.posts for row in table.look()] == [feed.posts for feed in feeds]


@pytest.mark.long
@pytest.mark.django_db(transaction=True)
def test_a_worker_told_to_end_at_random_moments_ends_without_a_word(shared_database, feeds, asked):
    _, trusted = feeds
    chance = random.Random(30)  # noqa: S311 - moments, not secrets
    ends, held = [], []

    with shared_database({"WIRE_TRUSTED_HOSTS": trusted}) as environment:
        table = Table(environment)
        for _ in range(30):
            table.make_due()
            asked.clear()
            worker = run_beside(environment, "work")
            assert asked.wait(CEILING)
            wait_at_random(chance, seconds=4)
            worker.send_signal(signal.SIGTERM)
            _, said = worker.communicate(timeout=CEILING)
            ends.append((worker.returncode, said.decode()))
            held.append(table.run(HELD))

    assert {*ends} == {(0, "")}
    assert [*itertools.chain.from_iterable(held)] == []
