"""/metrics and the desk's page of health: the figures of the site, from outside and inside."""

import threading

import pytest
from django.db import DatabaseError, OperationalError, connection
from prometheus_client.parser import text_string_to_metric_families

from newsroom import desk_health
from newsroom.desk_health import duration, problems
from newsroom.figures import Backups, Figure, Sample, existing, figures, of_backups
from newsroom.last_known import LastKnown
from tests.clock import NOON, later
from tests.newsroom.factories import make_user
from tests.waiting import CEILING, Stopwatch, wait_until
from tests.wires.factories import make_channel, make_post
from wires.models import PollMinute, Worker

TOKEN = "only-for-this-test"  # noqa: S105


@pytest.fixture
def with_token(settings):
    settings.METRICS_TOKEN = TOKEN


def ask(client, token=TOKEN):
    return client.get("/metrics", headers={"Authorization": f"Bearer {token}"})


def read_metrics(answer):
    """Return the value of each sample by its name and labels, as a monitor reads them."""
    return {
        (sample.name.removeprefix("newsroom_"), *sample.labels.values()): sample.value
        for family in text_string_to_metric_families(answer.content.decode())
        for sample in family.samples
    }


def poll_minute(**fields):
    counts = dict.fromkeys(
        ("unchanged", "failed", "posts", "versions", "parser_failures", "lost_leases"), 0
    )
    return PollMinute.objects.create(
        **counts | {"at": later(minutes=-1), "worker": "w", "channels": 0, "lag_p95": 0.0} | fields
    )


@pytest.mark.django_db
def test_without_a_token_in_the_settings_there_are_no_metrics(client):
    assert ask(client).status_code == 404


@pytest.mark.django_db
@pytest.mark.parametrize("headers", [{}, {"Authorization": "Bearer "}, {"Authorization": TOKEN}])
def test_a_wrong_token_gets_no_figures(client, with_token, headers):
    answer = client.get("/metrics", headers=headers)

    assert answer.status_code == 401
    assert "newsroom_" not in answer.content.decode()
    assert answer["WWW-Authenticate"].startswith("Bearer")


@pytest.mark.django_db
def test_metrics_tell_how_the_wire_the_mail_and_the_disks_are(
    client, with_token, at_noon, django_assert_max_num_queries
):
    channel = make_channel(next_poll_at=later(minutes=-3))
    make_post(channel=channel, at=later(minutes=-5))
    make_channel(health="failing")
    Worker.objects.create(name="w", started_at=NOON, heartbeat_at=later(seconds=-7))
    poll_minute(channels=9, unchanged=4, failed=2, lag_p95=1.5, kinds={"timeout": 2})
    poll_minute(channels=1, failed=1, parser_failures=1, kinds={"timeout": 1}, worker="v")
    poll_minute(channels=500, at=later(minutes=-30))

    with django_assert_max_num_queries(13 + 2):  # the savepoint
        answer = ask(client)

    found = read_metrics(answer)
    assert answer["Cache-Control"].find("no-store") >= 0
    assert found["database_up",] == 1
    assert found["workers",] == 1
    assert found["worker_heartbeat_age_seconds",] == 7
    assert found["wire_newest_post_age_seconds",] == 300
    assert found["wire_overdue_seconds",] == 180
    assert found["wire_lag_p95_seconds",] == 1.5
    assert found["wire_fetches", "read"] == 3
    assert found["wire_fetches", "unchanged"] == 4
    assert found["wire_fetches", "failed"] == 3
    assert found["wire_failures", "timeout"] == 3
    assert found["wire_parser_failures",] == 1
    assert found["wire_channels", "failing"] == 1
    assert found["mail_failing",] == 0
    assert found["disk_free_bytes", "media"] > 0
    assert found["database_bytes",] > 100_000
    assert found["erasures_not_noted",] == 0
    is_sized = any(name == "table_bytes" for name, *_ in found)
    assert is_sized == (connection.vendor == "postgresql")


@pytest.mark.django_db
def test_metrics_are_answered_while_the_database_is_away(client, with_token, monkeypatch):
    def refuse(*args):
        raise OperationalError

    with connection.execute_wrapper(refuse):
        monkeypatch.setattr("django.db.transaction.Atomic.__enter__", refuse)
        answer = ask(client)

    found = read_metrics(answer)
    assert answer.status_code == 200
    assert found["database_up",] == 0
    assert found["disk_free_bytes", "runtime"] > 0
    assert ("workers",) not in found


@pytest.mark.django_db
def test_the_health_page_says_what_to_do_and_shows_the_figures(client, at_noon):
    make_channel()
    client.force_login(make_user(group="Administrator"))

    page = client.get("/desk/health/").content.decode()

    assert "No worker is running: start manage.py work." in page
    assert "no backup of the last 26 hours" in page
    assert "How long the longest due channel waits" in page


def test_only_administrators_see_the_health_page(log_in, db):
    assert log_in("Publisher").get("/desk/health/").status_code == 403


WELL = {
    "database_up": 1, "workers": 1, "wire_polled_channels": 3, "backup_age_seconds": 3_600,
    "backup_place_up": 1,
}  # fmt: skip


def found(free=50, **values):
    place = (("place", "media"),)
    return [
        *(Figure(name, "", (Sample(value),)) for name, value in (WELL | values).items()),
        Figure("disk_free_bytes", "", (Sample(free, place),)),
        Figure("disk_size_bytes", "", (Sample(100, place),)),
    ]


def test_a_site_that_is_well_needs_nobody():
    assert list(problems(found())) == []


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"database_up": 0}, "The database does not answer"),
        ({"workers": 0}, "No worker is running"),
        ({"wire_overdue_seconds": 600}, "Channels wait too long"),
        ({"free": 4}, "The disk of media is nearly full"),
        ({"mail_failing": 1}, "E-mail does not go out"),
        ({"backup_age_seconds": 60 * 60 * 50}, "There is no backup of the last 26 hours"),
        ({"erasures_not_noted": 1}, "Erasures are missing beside the backups"),
        ({"backup_place_up": 0}, "The place of the backups does not answer"),
    ],
)
def test_each_problem_is_said_alone(values, said):
    (line,) = problems(found(**values))

    assert line.startswith(said)


@pytest.mark.parametrize(
    ("seconds", "said"),
    [(0, "0 s"), (119, "119 s"), (120, "2 min"), (7_200, "2 h"), (172_800, "2 days")],
)
def test_a_span_is_told_in_its_largest_unit(seconds, said):
    assert duration(seconds) == said
    assert desk_health.in_words("wire_overdue_seconds", seconds) == said


def test_a_folder_that_nobody_wrote_to_is_on_the_disk_above_it(tmp_path):
    assert existing(tmp_path / "a" / "b") == tmp_path


@pytest.mark.django_db
def test_a_database_that_fails_midway_gives_up_its_figures_alone(monkeypatch):
    def fail(at):
        raise DatabaseError
        yield

    monkeypatch.setattr("newsroom.figures.of_mail", fail)

    names = [figure.name for figure in figures(NOON)]

    assert "disk_free_bytes" in names
    assert "workers" not in names


# A place of backups that does not answer


class SlowPlace:
    """A place of backups that answers when it may, or says why it does not."""

    def __init__(self):
        self.asked = 0
        self.may_answer = threading.Event()
        self.error = None

    def __call__(self):
        self.asked += 1
        self.may_answer.wait(CEILING)
        if self.error:
            raise self.error
        return Backups(newest=later(hours=-self.asked), erasures_missing=self.asked)


@pytest.fixture
def place():
    slow = SlowPlace()
    yield slow
    slow.may_answer.set()


def values_of(answer, at):
    return {figure.name: figure.samples[0].value for figure in of_backups(answer, at)}


def test_a_place_that_never_answered_is_down_and_nothing_else_is_said(place):
    known, watch = LastKnown(place, name="test"), Stopwatch()

    answers = [known.ask(at=NOON)(0.05) for _ in range(3)]

    assert watch.lap() < CEILING / 10
    assert [values_of(answer, NOON) for answer in answers] == [{"backup_place_up": 0}] * 3
    assert place.asked == 1


def test_a_place_that_answers_no_longer_is_told_by_its_last_answer_and_the_age_of_that(place):
    known = LastKnown(place, name="test")
    place.may_answer.set()
    first = known.ask(at=NOON)(CEILING)
    place.may_answer.clear()

    second = known.ask(at=later(minutes=5))(0.05)
    place.may_answer.set()
    assert wait_until(lambda: known._thread.asked.done())
    third = known.ask(at=later(minutes=10))(CEILING)

    assert values_of(first, NOON)["backup_place_up"] == 1
    assert values_of(second, later(minutes=5)) == {
        "backup_place_up": 0, "backup_place_answered_age_seconds": 300,
        "backup_age_seconds": 3_900, "erasures_not_noted": 1,
    }  # fmt: skip
    assert values_of(third, later(minutes=10))["backup_place_up"] == 1


def test_a_place_that_refuses_is_down_at_once(place):
    known, place.error = LastKnown(place, name="test"), OSError("refused")
    place.may_answer.set()

    assert known.ask(at=NOON)(CEILING) is None
