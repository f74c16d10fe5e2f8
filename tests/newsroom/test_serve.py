"""`manage.py serve` in a process of its own, with real children and real signals."""

import http.client
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from newsroom.management.commands.serve import is_reachable_from_elsewhere, is_untouched
from tests.newsroom.factories import make_user
from tests.processes import clean_environment, free_port
from tests.waiting import CEILING, wait_until
from tests.wires.factories import make_post

ROOT = Path(__file__).resolve().parents[2]


def environment(folder, **more):
    return clean_environment(**{"RUNTIME_DIR": str(folder), "NO_COLOR": "1"} | more)


def serve_and_fail(folder, *arguments, **more):
    """Run serve where it must fail, and return its exit status and last output."""
    done = subprocess.run(
        [sys.executable, "manage.py", "serve", *arguments],
        cwd=ROOT,
        env=environment(folder, **more),
        capture_output=True,
        text=True,
        timeout=CEILING,
        check=False,
    )
    return done.returncode, done.stderr.splitlines()


class Serving:
    """A running serve process and its output so far."""

    def __init__(self, folder, *arguments):
        self.port = free_port()
        self.said = folder / f"said-{self.port}"
        with self.said.open("w") as output:
            self.process = subprocess.Popen(
                [sys.executable, "manage.py", "serve", "--port", str(self.port), *arguments],
                cwd=ROOT,
                env=environment(folder),
                stdout=output,
                stderr=output,
            )

    def text(self):
        return self.said.read_text()

    def wait_until_up(self):
        ended = self.process.poll
        assert wait_until(lambda: "Ctrl-C" in self.text() or ended() is not None), self.text()
        assert ended() is None, self.text()

    def status_of(self, path):
        return self.answer_to(path)[0]

    def text_of(self, path):
        return self.answer_to(path)[1].decode()

    def answer_to(self, path):
        web = http.client.HTTPConnection("127.0.0.1", self.port, timeout=CEILING)
        web.request("GET", path)
        try:
            answer = web.getresponse()
            return answer.status, answer.read()
        finally:
            web.close()

    def children(self):
        lines = subprocess.run(
            [shutil.which("ps"), "-A", "-o", "pid=,ppid=,args="],
            capture_output=True,
            text=True,
            check=True,
        ).stdout.splitlines()
        rows = [line.split(maxsplit=2) for line in lines]
        return {int(pid): args for pid, parent, args in rows if int(parent) == self.process.pid}

    def stop(self, number):
        self.process.send_signal(number)
        return self.process.wait(CEILING)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("runtime")


@pytest.fixture
def start(folder):
    started = []

    def begin(*arguments):
        started.append(Serving(folder, *arguments))
        started[-1].wait_until_up()
        return started[-1]

    yield begin
    for serving in started:
        if serving.process.poll() is None:
            serving.stop(signal.SIGTERM)


def exists(pid):
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def test_serve_answers_and_ctrl_c_stops_it_and_its_children(start):
    serving = start("--no-demo")
    children = serving.children()

    status = serving.status_of("/desk/login/")
    front = serving.text_of("/")
    ended = serving.stop(signal.SIGINT)

    assert status == 200
    assert f'<link rel="canonical" href="http://127.0.0.1:{serving.port}/">' in front
    assert len(children) == 2
    assert ended == 0, serving.text()
    assert not any(exists(pid) for pid in children)
    assert serving.text().endswith("Stopped.\n")
    assert "Traceback" not in serving.text()


@pytest.mark.long
def test_serve_prints_a_password_on_the_first_start_only(folder, start):
    first = start("--no-demo")
    first.stop(signal.SIGTERM)
    second = start("--no-demo")

    assert second.stop(signal.SIGTERM) == 0
    assert "Log in as" not in second.text()


@pytest.mark.long
def test_serve_stops_the_web_process_when_the_worker_dies(start):
    serving = start("--no-demo")
    children = serving.children()
    worker = next(pid for pid, arguments in children.items() if arguments.endswith("work"))

    os.kill(worker, signal.SIGKILL)
    ended = serving.process.wait(CEILING)

    assert ended == 1
    assert not any(exists(pid) for pid in children)
    assert "CommandError: the wire worker stopped unexpectedly" in serving.text()


def test_serve_reports_a_port_in_use_in_one_line(tmp_path):
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]

        status, lines = serve_and_fail(tmp_path, "--port", str(port))

    assert status == 1
    assert len(lines) == 1
    assert f"port {port}: Address already in use" in lines[0]


def test_serve_counts_a_port_of_another_gunicorn_as_in_use(tmp_path):
    with socket.create_server(("127.0.0.1", 0), reuse_port=True) as listener:
        status, _ = serve_and_fail(tmp_path, "--port", str(listener.getsockname()[1]))

    assert status == 1


def test_serve_refuses_an_invalid_port(tmp_path):
    status, lines = serve_and_fail(tmp_path, "--port", "65536")

    assert status == 2
    assert lines[-1].endswith("65536 is not a port; use a number from 1 to 65535")


@pytest.mark.parametrize(
    "url", ["postgres://nobody:x@127.0.0.1:9/paper", "sqlite:////nonexistent/paper.sqlite3"]
)
def test_serve_reports_an_unreachable_database_in_one_line(tmp_path, url):
    status, lines = serve_and_fail(tmp_path, "--port", str(free_port()), DATABASE_URL=url)

    assert status == 1
    assert lines[0].startswith("CommandError: The database does not answer: ")
    assert not re.search("Traceback|WARNING", "\n".join(lines))


def test_serve_refuses_a_half_configured_production(tmp_path):
    status, lines = serve_and_fail(
        tmp_path, "--port", str(free_port()), ALLOWED_HOSTS="paper.example"
    )

    assert status == 1
    assert any("newsroom.E001" in line for line in lines)


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.0.2.1", "fe80::1%lo"])  # noqa: S104
def test_an_address_that_other_machines_can_reach_is_told_from_loopback(host):
    assert is_reachable_from_elsewhere(host)


@pytest.mark.parametrize("host", ["127.0.0.1", "127.0.0.2", "::1", "localhost"])
def test_loopback_is_not_reached_from_elsewhere(host):
    assert not is_reachable_from_elsewhere(host)


def test_serve_on_a_public_address_says_what_is_missing(tmp_path):
    # It ends at the database, after it said so.
    done = subprocess.run(
        [sys.executable, "manage.py", "serve", "--host", "0.0.0.0", "--port", str(free_port())],  # noqa: S104
        cwd=ROOT,
        env=environment(tmp_path, DEBUG="1", DATABASE_URL="sqlite:////nonexistent/paper.sqlite3"),
        capture_output=True,
        text=True,
        timeout=CEILING,
        check=False,
    )

    missing = [line.split(":")[0] for line in done.stdout.splitlines() if line.startswith("- ")]
    assert "Other machines can reach 0.0.0.0." in done.stdout
    assert missing == ["- TLS", "- DEBUG is on", "- SECRET_KEY", "- ALLOWED_HOSTS", "- SITE_URL"]


@pytest.mark.django_db
def test_an_empty_database_counts_as_untouched():
    assert is_untouched()


@pytest.mark.django_db
@pytest.mark.parametrize("make", [make_user, make_post])
def test_a_database_someone_worked_in_does_not_count_as_untouched(make):
    make()

    assert not is_untouched()


@pytest.mark.django_db
def test_a_removed_demo_edition_does_not_come_back():
    make_user(name="desk", is_superuser=True)

    assert not is_untouched()
