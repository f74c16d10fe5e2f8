"""The command that checks all live articles, with text and JSON output."""

import json
import os
import signal
from pathlib import Path

import pytest
import time_machine
from django.core.management import CommandError

from articles.models import ArchiveRun, Fault, LiveVetting
from tests.articles.factories import make_live_article
from tests.clock import NOON, later
from tests.commands import run_command
from tests.processes import run_manage
from tests.waiting import CEILING
from tests.wires.databases import run_beside, shared_database
from tests.wires.factories import add_version

__all__ = ["shared_database"]

pytestmark = pytest.mark.django_db
ROOT = Path(__file__).resolve().parents[3]


def vet_archive(*arguments, **options):
    """Run the command; return its exit status, output and errors."""
    return run_command("vet_archive", *arguments, **options)


def changed(**fields):
    article = make_live_article(**fields)
    add_version(article.wire_sources.get().post, text="The harbour is open.", at=later(hours=1))
    return article


def test_vet_archive_exits_with_0_and_says_so_when_nothing_is_found():
    make_live_article()

    assert vet_archive() == (0, "1 article checked, 0 with new holds.\n", "")
    assert ArchiveRun.objects.get().finished_at is not None


def test_vet_archive_prints_each_fault_with_its_sentence_and_exits_with_1():
    make_live_article()
    changed(slug="ships-wait")

    status, out, err = vet_archive()

    assert status == 1
    assert "ships-wait: held, 1 hold, 0 queries\n  HOLD source-changed in sources\n" in out
    assert out.endswith("2 articles checked, 1 with new holds.\n")
    assert "\x1b" not in out
    assert err == ""


def test_vet_archive_uses_colour_on_terminals_and_on_request(monkeypatch):
    changed(slug="ships-wait")

    assert "\x1b[1;31mHOLD" in vet_archive(force_color=True)[1]


def test_vet_archive_prints_a_json_line_for_each_article():
    make_live_article(slug="sound")
    changed(slug="ships-wait")

    status, out, _ = vet_archive("--format", "json")

    sound, held = map(json.loads, out.splitlines())
    assert status == 1
    assert sound == {"id": "sound", "url": "/2026/06/25/sound/", "known": 1, "findings": []}
    (finding,) = held["findings"]
    assert (held["id"], finding["code"], finding["excerpt"]) == (
        "ships-wait",
        "source-changed",
        "r1",
    )


def test_vet_archive_checks_one_article_by_its_public_slug():
    changed(slug="ships-wait")
    make_live_article()

    status, out, _ = vet_archive("--article", "ships-wait")

    assert status == 1
    assert out.endswith("1 article checked, 1 with new holds.\n")
    assert LiveVetting.objects.count() == 1
    assert not ArchiveRun.objects.exists()


def test_vet_archive_checks_articles_published_since_a_day():
    make_live_article(at=NOON)
    recent = make_live_article(at=later(days=2))

    status, _, _ = vet_archive("--since", "2026-06-26")

    assert status == 0
    assert [row.article for row in LiveVetting.objects.all()] == [recent]


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (["--article", "none"], "No live article has the slug none."),
        (["--since", "2026-02-31"], "--since needs a day such as 2026-06-25, not 2026-02-31."),
        (["--since", "yesterday"], "--since needs a day such as 2026-06-25, not yesterday."),
    ],
)
def test_vet_archive_refuses_invalid_arguments_in_one_line(arguments, complaint):
    with pytest.raises(CommandError, match=complaint) as refused:
        vet_archive(*arguments)

    assert refused.value.returncode == 2


def test_terminal_control_characters_in_a_post_are_not_printed():
    article = make_live_article()
    add_version(
        article.wire_sources.get().post, text="The harbour is \x1b[2Jopen.", at=later(hours=1)
    )

    out = vet_archive().out
    assert "[2jopen" in out
    assert "\x1b" not in out


@pytest.mark.django_db(transaction=True)
def test_two_vet_archive_processes_share_the_articles_and_survive_a_kill(shared_database):
    for _ in range(60):
        changed()

    with shared_database({}) as environment:
        killed = run_beside(environment, "vet_archive", "--format", "json")
        killed.stdout.readline()
        killed.kill()
        killed.wait(timeout=CEILING)
        # The lease of the killed process expires two minutes later.
        later_on = {**environment, "PYTHONPATH": str(ROOT)}
        forget_leases(later_on)
        both = [run_beside(later_on, "vet_archive", "--format", "json") for _ in range(2)]
        lines = [json.loads(line) for one in both for line in one.stdout]
        statuses = [one.wait(timeout=CEILING) for one in both]
        # A process started after the run has ended starts a new one.
        assert statuses == [1, 1], [one.stderr.read() for one in both]
        assert count_of(later_on) == 60
        assert len({line["id"] for line in lines}) >= 20


def forget_leases(environment):
    code = (
        "from articles.models import ArchiveBatch; from django.utils import timezone;"
        " ArchiveBatch.objects.update(lease_until=timezone.now())"
    )
    assert run_beside(environment, "shell", "-v0", "-c", code).wait(timeout=CEILING) == 0


def count_of(environment):
    code = "from articles.models import Fault; print(Fault.objects.count())"
    shell = run_beside(environment, "shell", "-v0", "-c", code)
    return int(shell.communicate(timeout=CEILING)[0])


@pytest.mark.django_db(transaction=True)
def test_vet_archive_stops_on_a_signal_and_says_it_was_interrupted(shared_database):
    for _ in range(200):
        changed()

    with shared_database({}) as environment:
        command = run_beside(environment, "vet_archive")
        first = command.stdout.readline()
        command.send_signal(signal.SIGINT)
        out, err = command.communicate(timeout=CEILING)

    assert first.endswith(b": held, 1 hold, 0 queries\n")
    assert out.endswith(b"; interrupted, the next run continues from here.\n")
    assert (command.returncode, err) == (2, b"")


@pytest.mark.django_db(transaction=True)
def test_vet_archive_shows_progress_on_a_terminal(shared_database):
    for _ in range(30):
        changed()
    ours, theirs = os.openpty()

    with shared_database({}) as environment:
        command = run_beside(environment, "vet_archive", "--format", "json", stderr=theirs)
        os.close(theirs)
        command.communicate(timeout=CEILING)
        progress = os.read(ours, 10_000).decode()
    os.close(ours)

    assert "1 article checked, " in progress
    assert "with new holds …" in progress


@pytest.mark.long
@pytest.mark.django_db(transaction=True)
def test_a_closed_pipe_ends_vet_archive_without_a_traceback(shared_database):
    for _ in range(100):
        changed()

    with shared_database({}) as environment:
        command = run_beside(environment, "vet_archive")
        command.stdout.readline()
        command.stdout.close()
        status = command.wait(timeout=CEILING)

    assert (status, command.stderr.read()) == (2, b"")


def test_vet_archive_without_a_database_is_a_one_line_error(tmp_path):
    done = run_manage(
        "vet_archive", RUNTIME_DIR=str(tmp_path), DATABASE_URL="postgres://a:b@127.0.0.1:1/x"
    )

    assert done.returncode == 2
    assert done.stderr.startswith("CommandError: The database does not answer: connection")
    assert len(done.stderr.splitlines()) == 1


@time_machine.travel(later(hours=9))
def test_vet_archive_resumes_an_abandoned_run():
    changed()
    run = ArchiveRun.objects.create(started_at=later(hours=8))

    status, _, _ = vet_archive()

    run.refresh_from_db()
    assert (status, run.articles, run.held) == (1, 1, 1)
    assert Fault.objects.count() == 1
